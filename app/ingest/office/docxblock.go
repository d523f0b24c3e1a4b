package office

import (
	"encoding/xml"
	"strconv"
)

// A para is a paragraph while it is read.
type para struct {
	to      *block
	text    []byte
	asides  []byte // marks of comments, which stand at its end so that its sentences stay whole
	boxes   block  // text boxes and the like, which stand below it
	begun   bool   // its marker was counted
	marker  string // of a list, with the space after it
	list    string // w:numId and w:ilvl as the paragraph itself has them
	level   string
	style   string
	initial bool // it is a large first letter, with which the next one begins
	deleted bool // its end was deleted: the next paragraph goes on with it
}

// blocks gives what reads an element that stands among paragraphs, into b.
func (d *docx) blocks(b *block) func(xml.StartElement) error {
	var in func(xml.StartElement) error
	in = func(s xml.StartElement) error {
		switch d.c.el(s.Name) {
		case "w:p":
			return d.paragraph(b)
		case "w:tbl":
			return d.table(b)
		case "w:sectPr":
			return d.section()
		case "w:altChunk":
			d.refer(d.c.attr(s, "r:id"))
			return d.c.skip()
		case "w:del", "w:moveFrom", "w:sdtPr", "w:sdtEndPr", "w:customXmlPr":
			return d.c.skip()
		case "mc:AlternateContent":
			return d.alternate(in)
		case "m:oMathPara", "m:oMath", "w:r", "w:hyperlink", "w:fldSimple":
			p := &para{to: b, begun: true}
			if err := d.inline(p)(s); err != nil {
				return err
			}
			d.end(p, len(p.text) > 0)
			return nil
		}
		return d.c.each(in)
	}
	return in
}

func (d *docx) paragraph(b *block) error {
	p := &para{to: b}
	in := d.inline(p)
	err := d.c.each(func(s xml.StartElement) error {
		if d.c.el(s.Name) == "w:pPr" {
			return d.paragraphProperties(p)
		}
		if err := d.begin(p); err != nil {
			return err
		}
		return in(s)
	})
	if err == nil {
		err = d.begin(p)
	}
	d.end(p, true)
	for len(d.fields) > 0 && !d.fields[len(d.fields)-1].result {
		d.fields = d.fields[:len(d.fields)-1] // one whose instruction never ended would hide all that follows
	}
	return err
}

// begin counts the marker of a paragraph.
func (d *docx) begin(p *para) error {
	if p.begun {
		return nil
	}
	p.begun = true
	if !p.deleted && !p.initial {
		p.marker = d.lists.marker(p.style, p.list, p.level)
	}
	return d.left.take(len(p.marker) + 1)
}

// end writes a paragraph and what stands below it. One without words is an empty line where empty is true and nothing
// stands below it.
func (d *docx) end(p *para, empty bool) {
	p.text = append(p.text, p.asides...)
	p.asides = nil
	p.boxes.close()
	switch {
	case p.deleted:
		p.to.joined = p.to.joint(p.text)
	case p.initial:
		p.to.joined, p.to.glued = p.to.joint(p.text), true
	case len(p.text)+len(p.to.joined)+len(p.marker) > 0, empty && p.boxes.lines == 0:
		d.flush(p)
	}
	p.text = nil
	p.to.add(&p.boxes)
	p.boxes = block{}
}

// flush writes what a paragraph has so far as a line.
func (d *docx) flush(p *para) {
	p.to.line(append([]byte(p.marker), p.to.joint(p.text)...))
	p.to.joined, p.to.glued, p.text, p.marker = nil, false, nil, ""
}

func (d *docx) paragraphProperties(p *para) error {
	return d.c.each(func(s xml.StartElement) error {
		switch d.c.el(s.Name) {
		case "w:pStyle":
			p.style = d.c.attr(s, "w:val")
		case "w:numPr":
			var err error
			p.list, p.level, err = d.c.numPr()
			return err
		case "w:framePr":
			v := d.c.attr(s, "w:dropCap")
			p.initial = v == "drop" || v == "margin"
		case "w:sectPr":
			return d.section()
		case "w:rPr":
			return d.c.each(func(s xml.StartElement) error {
				if n := d.c.el(s.Name); n == "w:del" || n == "w:moveFrom" {
					p.deleted = true
				}
				return d.c.skip()
			})
		}
		return d.c.skip()
	})
}

// section reads which headers and footers a section has.
func (d *docx) section() error {
	return d.c.each(func(s xml.StartElement) error {
		if n := d.c.el(s.Name); n == "w:headerReference" || n == "w:footerReference" {
			if r, ok := d.rels[d.c.attr(s, "r:id")]; ok && !r.away && len(d.edges) < maxRule {
				d.edges = append(d.edges, edge{r.target, n == "w:footerReference"})
			}
		}
		return d.c.skip()
	})
}

// alternate reads mc:AlternateContent: the first of its choices that has something, so that what is said in two ways is
// read once.
func (d *docx) alternate(in func(xml.StartElement) error) error {
	taken := false
	return d.c.each(func(s xml.StartElement) error {
		if n := d.c.el(s.Name); taken || n != "mc:Choice" && n != "mc:Fallback" {
			return d.c.skip()
		}
		left, files := d.left, len(d.files.refs)
		err := d.c.each(in)
		taken = left != d.left || files != len(d.files.refs)
		return err
	})
}

func (d *docx) table(b *block) error {
	var in func(xml.StartElement) error
	in = func(s xml.StartElement) error {
		switch d.c.el(s.Name) {
		case "w:tr":
			return d.row(b)
		case "w:tblPr", "w:tblGrid", "w:sdtPr", "w:sdtEndPr", "w:customXmlPr":
			return d.c.skip()
		case "mc:AlternateContent":
			return d.alternate(in)
		case "w:p":
			return d.paragraph(b)
		}
		return d.c.each(in) // w:sdt, w:customXml, w:ins about rows
	}
	b.tabled = true
	return d.c.each(in)
}

// row reads a row. What was deleted with its row, or cell by cell, is left out.
func (d *docx) row(b *block) error {
	var cells []block
	gone := false
	var in func(xml.StartElement) error
	in = func(s xml.StartElement) error {
		switch d.c.el(s.Name) {
		case "w:tc":
			if len(cells) >= maxRule {
				return d.c.skip()
			}
			cell := block{}
			err := d.cell(&cell)
			cells = append(cells, cell)
			return err
		case "w:trPr":
			return d.c.each(func(s xml.StartElement) error {
				n := d.c.el(s.Name)
				if gone = gone || n == "w:del"; n == "w:gridBefore" {
					for range min(number(d.c.attr(s, "w:val"), 0), 63) {
						cells = append(cells, block{})
					}
				}
				return d.c.skip()
			})
		case "w:tblPrEx", "w:sdtPr", "w:sdtEndPr", "w:customXmlPr":
			return d.c.skip()
		case "mc:AlternateContent":
			return d.alternate(in)
		}
		return d.c.each(in)
	}
	err := d.c.each(in)
	if err == nil && !gone {
		err = d.left.take(len(cells))
		b.row(cells)
	}
	return err
}

func (d *docx) cell(b *block) error {
	in := d.blocks(b)
	gone := false
	err := d.c.each(func(s xml.StartElement) error {
		if d.c.el(s.Name) != "w:tcPr" {
			return in(s)
		}
		return d.c.each(func(s xml.StartElement) error {
			gone = gone || d.c.el(s.Name) == "w:cellDel"
			return d.c.skip()
		})
	})
	if gone {
		*b = block{}
	}
	return err
}

// mark gives the number of a note or comment, and counts it at its first call.
func (d *docx) mark(k string, list *[]string) int {
	n, ok := d.marks[k]
	if !ok {
		*list = append(*list, k)
		n = len(*list)
		d.marks[k] = n
	}
	return n
}

// called writes the mark of a note into a paragraph, that of a comment at its end.
func (d *docx) called(p *para, k, before string, list *[]string) error {
	if d.muted() {
		return nil
	}
	s := "[" + before + strconv.Itoa(d.mark(k, list)) + "]"
	if before == "" {
		return d.put(p, s)
	}
	p.asides = append(p.asides, " "+s...)
	return d.left.take(len(s) + 1)
}
