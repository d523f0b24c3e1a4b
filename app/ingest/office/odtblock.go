package office

import (
	"bytes"
	"encoding/xml"
	"strconv"
	"strings"

	"fonds/app/ingest/content"
)

// An odfText is a paragraph while it is read.
type odfText struct {
	text   []byte
	asides []byte // marks of comments, which stand at its end so that its sentences stay whole
	boxes  block  // what stands below it
	solid  bool   // a space may follow: there is a character, and it is no space
}

// blocks gives what reads an element that stands among paragraphs, into b; l is the list around it or nil.
func (d *odt) blocks(b *block, l *list) func(xml.StartElement) error {
	var in func(xml.StartElement) error
	in = func(s xml.StartElement) error {
		switch name := d.c.el(s.Name); name {
		case "text:p", "text:h":
			return d.paragraph(b, l, name, s)
		case "text:list", "text:ordered-list", "text:unordered-list":
			return d.list(b, l, s)
		case "text:number":
			w, err := d.c.words()
			if l != nil {
				l.cached = line(w)
			}
			return err
		case "table:table":
			return d.table(b)
		case "text:tracked-changes", "office:forms", "text:sequence-decls", "text:variable-decls", "text:user-field-decls",
			"text:table-of-content-source", "text:illustration-index-source", "text:table-index-source", "text:object-index-source",
			"text:user-index-source", "text:alphabetical-index-source", "text:bibliography-source", "office:event-listeners",
			"text:section-source", "text:dde-connection-decls", "text:alphabetical-index-auto-mark-file", "office:dde-source",
			"office:scripts", "office:settings", "style:style":
			return d.c.skip()
		}
		if name := d.c.el(s.Name); strings.HasPrefix(name, "draw:") || name == "office:annotation" || name == "text:note" {
			p := &odfText{}
			err := d.inline(p)(s)
			if p.text = append(p.text, p.asides...); len(p.text) > 0 {
				b.line(bytes.TrimLeft(p.text, " "))
			}
			b.add(&p.boxes)
			return err
		}
		return d.c.each(in)
	}
	return in
}

func (d *odt) list(b *block, in *list, s xml.StartElement) error {
	l := d.openList(s, in)
	return d.c.each(func(s xml.StartElement) error {
		l.label = d.c.el(s.Name) == "text:list-item"
		l.start = number(d.c.attr(s, "text:start-value"), -1)
		was := l.style
		if o := d.styles.lists[d.c.attr(s, "text:style-override")]; o != nil {
			l.style = o
		}
		err := d.c.each(d.blocks(b, l))
		l.style, l.cached = was, ""
		return err
	})
}

func (d *odt) paragraph(b *block, l *list, name string, s xml.StartElement) error {
	p := &odfText{}
	marker := d.marker(l, d.c.attr(s, "text:style-name"))
	if name == "text:h" && l == nil {
		marker = d.headingMarker(s)
	}
	if err := d.left.take(len(marker) + 1); err != nil {
		return err
	}
	in := d.inline(p)
	err := d.c.mixed(func(t []byte) error { return d.chars(p, t) }, func(s xml.StartElement) error {
		if d.c.el(s.Name) != "text:number" {
			return in(s)
		}
		w, err := d.c.words() // the marker written out
		if w = line(w); w != "" {
			marker = w + " "
		}
		return err
	})
	if s := append(append([]byte(marker), p.text...), p.asides...); len(s) > 0 || p.boxes.lines == 0 {
		b.line(s)
	}
	b.add(&p.boxes)
	return err
}

// headingMarker counts a heading that is in no list by the numbers of the outline.
func (d *odt) headingMarker(s xml.StartElement) string {
	i := number(d.c.attr(s, "text:outline-level"), 1) - 1
	if i < 0 || i >= odfLevels || d.styles.outline == nil || d.c.attr(s, "text:is-list-header") == "true" {
		return ""
	}
	style := d.styles.outline
	if own, given := d.styles.listStyleOf(d.c.attr(s, "text:style-name")); given {
		if own == nil {
			return ""
		}
		style = own
	}
	start := -1
	if d.c.attr(s, "text:restart-numbering") == "true" {
		start = number(d.c.attr(s, "text:start-value"), 1)
	}
	return d.lists.outline.next(style, i, start)
}

// chars writes characters of a paragraph: runs of white space are one space, none at its beginning.
func (d *odt) chars(p *odfText, t []byte) error {
	before := len(p.text)
	for _, r := range string(t) {
		if r == ' ' || r == '\t' || r == '\n' || r == '\r' {
			if p.solid {
				p.text = append(p.text, ' ')
			}
			p.solid = false
			continue
		}
		p.text = append(p.text, clean(string(r))...)
		p.solid = true
	}
	return d.left.take(len(p.text) - before)
}

// put writes characters that stay as they are.
func (d *odt) put(p *odfText, s string) error {
	p.text = append(p.text, s...)
	p.solid = true
	return d.left.take(len(s))
}

// inline gives what reads an element that stands in a paragraph, into p.
func (d *odt) inline(p *odfText) func(xml.StartElement) error {
	var in func(xml.StartElement) error
	chars := func(t []byte) error { return d.chars(p, t) }
	in = func(s xml.StartElement) error {
		name := d.c.el(s.Name)
		switch name {
		case "text:s":
			n := min(max(number(d.c.attr(s, "text:c"), 1), 0), content.MaxText)
			if err := d.left.take(n); err != nil {
				return err
			}
			p.text = append(p.text, strings.Repeat(" ", n)...)
			p.solid = true
			return d.c.skip()
		case "text:tab", "text:tab-stop":
			if err := d.put(p, "\t"); err != nil {
				return err
			}
			return d.c.skip()
		case "text:line-break":
			if err := d.put(p, "\n"); err != nil {
				return err
			}
			return d.c.skip()
		case "text:note", "text:footnote", "text:endnote":
			return d.note(p)
		case "office:annotation":
			return d.annotation(p, s)
		case "text:ruby":
			return d.ruby(p)
		case "text:note-citation", "office:annotation-end", "text:tracked-changes", "office:event-listeners", "text:bibliography-mark-source",
			"office:forms", "text:script", "draw:glue-point", "draw:image-map", "draw:enhanced-geometry", "office:binary-data":
			return d.c.skip()
		case "text:p", "text:h", "text:list", "table:table", "draw:text-box":
			if name == "draw:text-box" {
				return d.c.each(d.blocks(&p.boxes, nil))
			}
			return d.blocks(&p.boxes, nil)(s)
		case "draw:frame", "draw:g", "draw:custom-shape", "draw:rect", "draw:line", "draw:polyline", "draw:polygon", "draw:path",
			"draw:circle", "draw:ellipse", "draw:connector", "draw:caption", "draw:measure", "draw:regular-polygon":
			return d.drawing(p)
		case "draw:object":
			return d.object(p, s)
		case "draw:object-ole":
			d.ole(d.c.attr(s, "xlink:href"))
			return d.c.skip()
		}
		return d.c.mixed(chars, in)
	}
	return in
}

// drawing reads a frame or a shape: what describes it, and the text in it. White space between its elements is none.
func (d *odt) drawing(p *odfText) error {
	var title, desc string
	in := d.inline(p)
	err := d.c.each(func(s xml.StartElement) error {
		var err error
		switch d.c.el(s.Name) {
		case "svg:title":
			title, err = d.c.words()
			return err
		case "svg:desc":
			desc, err = d.c.words()
			return err
		case "draw:image":
			return d.c.each(in) // a picture may have text:p of its own
		}
		return in(s)
	})
	if title, desc = line(title), line(desc); title != "" && desc != "" && title != desc {
		title += ": " + desc
	} else if title == "" {
		title = desc
	}
	if err == nil && title != "" {
		err = d.put(p, "["+title+"]")
	}
	return err
}

// note reads a footnote or an endnote where it is called.
func (d *odt) note(p *odfText) error {
	d.nNotes++
	mark := "[" + strconv.Itoa(d.nNotes) + "]"
	var b block
	err := d.c.each(func(s xml.StartElement) error {
		switch d.c.el(s.Name) {
		case "text:note-body", "text:footnote-body", "text:endnote-body":
			return d.c.each(d.blocks(&b, nil))
		}
		return d.c.skip()
	})
	if err == nil {
		err = d.put(p, mark)
	}
	d.notes.line([]byte(strings.TrimRight(mark+" "+b.one(), " ")))
	return err
}

// annotation reads a comment where it is called.
func (d *odt) annotation(p *odfText, s xml.StartElement) error {
	d.nComs++
	mark := "[c" + strconv.Itoa(d.nComs) + "]"
	author := d.c.attr(s, "office:author")
	if err := d.left.take(len(author)); err != nil {
		return err
	}
	var b block
	in := d.blocks(&b, nil)
	err := d.c.each(func(s xml.StartElement) error {
		var err error
		switch d.c.el(s.Name) {
		case "dc:creator":
			if author, err = d.c.words(); err == nil {
				err = d.left.take(len(author))
			}
			return err
		case "dc:date", "meta:date-string", "meta:creator-initials", "loext:sender-initials":
			return d.c.skip()
		}
		return in(s)
	})
	if err == nil {
		err = d.left.take(len(mark) + 1)
	}
	p.asides = append(p.asides, " "+mark...)
	if author = line(author); author != "" {
		mark += " " + author + ":"
	}
	d.comments.line([]byte(strings.TrimRight(mark+" "+b.one(), " ")))
	return err
}

// ruby writes characters and their reading as 東京 (とうきょう).
func (d *odt) ruby(p *odfText) error {
	return d.c.each(func(s xml.StartElement) error {
		if d.c.el(s.Name) == "text:ruby-base" {
			return d.c.mixed(func(t []byte) error { return d.chars(p, t) }, d.inline(p))
		}
		w, err := d.c.words()
		if w = line(w); w != "" && err == nil {
			err = d.put(p, " ("+w+")")
		}
		return err
	})
}
