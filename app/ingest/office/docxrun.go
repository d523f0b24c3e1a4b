package office

import (
	"encoding/xml"
	"strconv"
	"strings"

	"fonds/app/ingest/content"
)

// A field is one that has begun: { instruction | result }.
type field struct {
	result bool // its result has begun
	shown  bool // its result has text
	form   string
}

// muted says whether what is read now is a part of the instruction of a field: the result of another field in it. A
// field's own instruction is w:instrText, which is never text.
func (d *docx) muted() bool {
	for i := 0; i < len(d.fields)-1; i++ {
		if !d.fields[i].result {
			return true
		}
	}
	return false
}

// put writes characters into a paragraph; \n is a break of its line, \t a tab.
func (d *docx) put(p *para, s string) error {
	if s == "" || d.muted() {
		return nil
	}
	if n := len(d.fields); n > 0 {
		d.fields[n-1].shown = true
	}
	p.text = append(p.text, s...)
	return d.left.take(len(s))
}

// inline gives what reads an element that stands in a paragraph, into p.
func (d *docx) inline(p *para) func(xml.StartElement) error {
	var in func(xml.StartElement) error
	chars := func(b []byte) error { return d.put(p, clean(string(b))) }
	in = func(s xml.StartElement) error {
		switch name := d.c.el(s.Name); name {
		case "w:t", "m:t":
			return d.c.mixed(chars, in)
		case "w:pPr", "w:rPr", "w:del", "w:moveFrom", "w:delText", "w:instrText", "w:delInstrText", "w:fldData", "w:sdtPr",
			"w:sdtEndPr", "w:customXmlPr", "w:smartTagPr", "m:ctrlPr", "w:rubyPr", "w:bookmarkStart", "w:bookmarkEnd":
			return d.c.skip()
		case "w:p":
			if len(p.text) > 0 {
				d.flush(p)
			}
			return d.paragraph(p.to)
		case "w:tbl":
			if len(p.text) > 0 {
				d.flush(p)
			}
			return d.table(p.to)
		case "w:txbxContent":
			was := d.fields
			d.fields = nil
			defer func() { d.fields = was }()
			return d.c.each(d.blocks(&p.boxes))
		case "w:fldChar":
			return d.fieldChar(p, s)
		case "w:ruby":
			return d.ruby(p)
		case "mc:AlternateContent":
			return d.alternate(in)
		case "m:num", "m:den", "m:sub", "m:sup", "m:rad", "m:d", "m:nary":
			return d.formula(p, name, in)
		case "a:p":
			return d.drawn(p)
		default:
			if err := d.leaf(p, name, s); err != nil {
				return err
			}
		}
		return d.c.each(in)
	}
	return in
}

// leaf writes what an element itself says, apart from what is in it.
func (d *docx) leaf(p *para, name string, s xml.StartElement) error {
	switch name {
	case "w:tab", "w:ptab":
		return d.put(p, "\t")
	case "w:br", "w:cr":
		return d.put(p, "\n")
	case "w:noBreakHyphen":
		return d.put(p, "\u2011")
	case "w:softHyphen":
		return d.put(p, "\u00AD")
	case "w:sym":
		if n, err := strconv.ParseUint(d.c.attr(s, "w:char"), 16, 16); err == nil && n >= 0x20 {
			return d.put(p, clean(symbols(d.c.attr(s, "w:font"), string(rune(n)))))
		}
	case "w:footnoteReference":
		return d.called(p, "f"+d.c.attr(s, "w:id"), "", &d.notes)
	case "w:endnoteReference":
		return d.called(p, "e"+d.c.attr(s, "w:id"), "", &d.notes)
	case "w:commentReference":
		return d.called(p, "c"+d.c.attr(s, "w:id"), "c", &d.comments)
	case "m:chr":
		return d.put(p, clean(d.c.attr(s, "m:val")))
	case "wp:docPr":
		return d.describe(p, d.c.attr(s, "descr"))
	case "v:shape", "v:rect", "v:roundrect", "v:oval", "v:group":
		return d.describe(p, d.c.attr(s, "alt"))
	case "v:textpath":
		if t := line(d.c.attr(s, "string")); t != "" {
			p.boxes.line([]byte(t))
			return d.left.take(len(t))
		}
	case "o:OLEObject":
		d.refer(d.c.attr(s, "r:id"))
	case "c:chart":
		return d.graphic(p, d.c.attr(s, "r:id"))
	case "dgm:relIds":
		return d.graphic(p, d.c.attr(s, "r:dm"))
	case "w:subDoc":
		d.lose("a part of the text stands in another file, to which this one only refers: " + d.rels[d.c.attr(s, "r:id")].target)
	}
	return nil
}

// describe writes the description of a picture.
func (d *docx) describe(p *para, words string) error {
	if words = line(words); words == "" {
		return nil
	}
	return d.put(p, "["+words+"]")
}

// fieldChar reads where a field begins, where its result begins, and where it ends.
func (d *docx) fieldChar(p *para, s xml.StartElement) error {
	n := len(d.fields)
	switch d.c.attr(s, "w:fldCharType") {
	case "begin":
		f := field{}
		var in func(xml.StartElement) error
		choice, entries := -1, []string{}
		in = func(s xml.StartElement) error {
			v := d.c.attr(s, "w:val")
			switch d.c.el(s.Name) {
			case "w:checkBox":
				f.form = "☐"
			case "w:checked":
				f.form = "☐"
				if on(v, true) {
					f.form = "☒"
				}
			case "w:default":
				if f.form != "" && on(v, true) {
					f.form = "☒"
				}
			case "w:result":
				choice = number(v, -1)
			case "w:listEntry":
				if len(entries) < 1000 {
					entries = append(entries, v)
				}
			}
			return d.c.each(in)
		}
		err := d.c.each(in)
		if len(entries) > 0 {
			if f.form = entries[0]; choice >= 0 && choice < len(entries) {
				f.form = entries[choice]
			}
		}
		if len(d.fields) < content.MaxNesting {
			d.fields = append(d.fields, f)
		}
		return err
	case "separate":
		if n > 0 {
			d.fields[n-1].result = true
		}
	case "end":
		if n > 0 {
			f := d.fields[n-1]
			d.fields = d.fields[:n-1]
			if f.form != "" && !f.shown {
				if err := d.put(p, clean(f.form)); err != nil {
					return err
				}
			}
			if f.shown && n > 1 {
				d.fields[n-2].shown = true
			}
		}
	}
	return d.c.skip()
}

// ruby writes characters and their reading as 東京 (とうきょう).
func (d *docx) ruby(p *para) error {
	base, reading := para{to: p.to}, para{to: p.to}
	err := d.c.each(func(s xml.StartElement) error {
		switch d.c.el(s.Name) {
		case "w:rubyBase":
			return d.c.each(d.inline(&base))
		case "w:rt":
			return d.c.each(d.inline(&reading))
		}
		return d.c.skip()
	})
	p.text = append(p.text, base.text...)
	if r := strings.TrimSpace(string(reading.text)); r != "" && err == nil {
		p.text = append(p.text, " ("+r+")"...)
		err = d.left.take(3)
	}
	return err
}
