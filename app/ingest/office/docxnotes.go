package office

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// readNotes writes the notes that the text calls in the order of their marks, and all comments, a line each.
func (d *docx) readNotes(body *block, feet, ends, comments string) error {
	texts := map[string]string{}
	for _, n := range []struct{ part, kind, what string }{{feet, "f", "its footnotes"}, {ends, "e", "its endnotes"}, {comments, "c", "its comments"}} {
		if !d.has(n.part) {
			if n.part != "" {
				d.lose(n.what + " are not in the file")
			}
			continue
		}
		if err := d.minor(d.within(n.part, func(xml.StartElement) error { return d.c.each(d.note(n.kind, texts)) }), n.what); err != nil {
			return err
		}
	}
	for i, k := range d.notes {
		if t, ok := texts[k]; ok {
			if err := d.noteLine(body, "["+strconv.Itoa(i+1)+"] "+t); err != nil {
				return err
			}
		}
	}
	for i, k := range d.comments {
		if t, ok := texts[k]; ok {
			if err := d.noteLine(body, "[c"+strconv.Itoa(i+1)+"] "+t); err != nil {
				return err
			}
		}
	}
	return nil
}

func (d *docx) noteLine(body *block, s string) error {
	body.line([]byte(strings.TrimRight(s, " ")))
	return d.left.take(12) // of the mark; the words were counted when they were read
}

// note reads one footnote, endnote or comment into texts, by the key that its call has. Footnotes that nothing calls are
// not the document's: their calls were deleted. Comments are, for a program may keep them without a place.
func (d *docx) note(kind string, texts map[string]string) func(xml.StartElement) error {
	return func(s xml.StartElement) error {
		k := kind + d.c.attr(s, "w:id")
		_, called := d.marks[k]
		_, twice := texts[k]
		switch name := d.c.el(s.Name); {
		case name == "mc:AlternateContent" || name == "mc:Choice":
			return d.c.each(d.note(kind, texts))
		case name != "w:footnote" && name != "w:endnote" && name != "w:comment", twice, kind != "c" && !called, len(texts) > maxRule:
			return d.c.skip()
		}
		var b block
		author := line(d.c.attr(s, "w:author"))
		if err := d.left.take(len(author)); err != nil {
			return err
		}
		if err := d.c.each(d.blocks(&b)); err != nil {
			return err
		}
		b.close()
		texts[k] = b.one()
		if kind == "c" {
			if author != "" {
				texts[k] = author + ": " + texts[k]
			}
			d.mark(k, &d.comments)
		}
		return nil
	}
}

// drawn reads a paragraph of a drawing.
func (d *docx) drawn(p *para) error {
	var t []byte
	chars := func(b []byte) error { t = append(t, clean(string(b))...); return d.left.take(len(b)) }
	var in func(xml.StartElement) error
	in = func(s xml.StartElement) error {
		switch d.c.el(s.Name) {
		case "a:t":
			return d.c.mixed(chars, in)
		case "a:br":
			t = append(t, ' ')
		}
		return d.c.each(in)
	}
	err := d.c.each(in)
	if len(t) > 0 {
		p.boxes.line(t)
	}
	return err
}

// graphic reads the words of a chart or a diagram, which are a part of their own.
func (d *docx) graphic(p *para, id string) error {
	r, ok := d.rels[id]
	if !ok || r.away || !d.has(r.target) || r.target == d.part {
		return nil
	}
	return d.minor(d.within(r.target, func(xml.StartElement) error {
		for _, id := range d.order {
			if r := d.rels[id]; r.kind == "package" && !r.away {
				d.files.add(r.target)
			}
		}
		var last string
		var in func(xml.StartElement) error
		in = func(s xml.StartElement) error {
			switch d.c.el(s.Name) {
			case "a:p":
				return d.drawn(p)
			case "c:ser":
				return d.series(p, &last)
			case "c:externalData", "mc:Fallback":
				return d.c.skip()
			}
			return d.c.each(in)
		}
		return d.c.each(in)
	}), "the words of a chart or diagram")
}

// series writes a series of a chart as a row: its name and its values by tabs, above it the categories where they are
// others than those of the series before.
func (d *docx) series(p *para, last *string) error {
	var name, cats, vals []string
	var to *[]string
	var in func(xml.StartElement) error
	in = func(s xml.StartElement) error {
		switch d.c.el(s.Name) {
		case "c:tx":
			to = &name
		case "c:cat", "c:xVal":
			to = &cats
		case "c:val", "c:yVal", "c:bubbleSize":
			to = &vals
		case "c:v":
			v, err := d.c.words()
			if v = line(v); err == nil && to != nil {
				*to = append(*to, v)
				err = d.left.take(len(v) + 16)
			}
			return err
		}
		return d.c.each(in)
	}
	err := d.c.each(in)
	if head := "\t" + strings.Join(cats, "\t"); len(cats) > 0 && head != *last {
		*last = head
		p.boxes.line([]byte(head))
	}
	if len(vals)+len(name) > 0 {
		p.boxes.line([]byte(strings.Join(append([]string{strings.Join(name, " ")}, vals...), "\t")))
	}
	return err
}
