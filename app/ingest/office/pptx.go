package office

import (
	"context"
	"encoding/xml"
	"strconv"
	"strings"

	"fonds/app/ingest/content"
)

// PPTX reads a presentation of Office Open XML (Kind TypePPTX and its kin): slides in their order, of each its paragraphs as
// the file has them, rows of tables by tab, then the notes of whoever spoke to it, marked [notes]. Between two slides is an
// empty line. Text of masters and layouts is none of the slides'. The error is a *content.Refusal or that of ctx.
func PPTX(ctx context.Context, data []byte) (*content.Content, error) {
	d, main, err := openOOXML(ctx, data)
	if err != nil {
		return nil, err
	}
	out := &content.Content{Format: TypePPTX}
	if k := byMain[strings.ToLower(d.types.of(main))]; k != "" {
		out.Format = k
	}
	slides, err := d.slides(main)
	if err != nil {
		return nil, err
	}
	body := &block{long: true}
	for i, part := range slides {
		b := &block{}
		if err = d.minor(d.slide(part, b), "slide "+strconv.Itoa(i+1)); err != nil {
			return nil, err
		}
		if body.lines > 0 && b.lines > 0 {
			body.line(nil)
		}
		body.add(b)
	}
	out.Text = whole(body)
	if err = d.properties(out); err != nil {
		return nil, err
	}
	if out.Parts, err = d.files.parts(d.types); err != nil {
		return nil, err
	}
	out.Lost = d.pack.lost
	return out, ctx.Err()
}

// slides are the parts of the slides, in the order of the presentation.
func (d *docx) slides(main string) (out []string, err error) {
	err = d.within(main, func(s xml.StartElement) error {
		if s.Name.Local != "presentation" {
			return content.Refuse(content.NotIt, "its part %s is no presentation (%s)", main, s.Name.Local)
		}
		return d.c.each(func(s xml.StartElement) error {
			if s.Name.Local != "sldIdLst" {
				return d.c.skip()
			}
			return d.c.each(func(s xml.StartElement) error {
				if r, ok := d.rels[d.c.attr(s, "r:id")]; ok && !r.away && d.has(r.target) && len(out) < content.MaxPages {
					out = append(out, r.target)
				}
				return d.c.skip()
			})
		})
	})
	return out, err
}

// slide reads a slide and the notes on it.
func (d *docx) slide(part string, out *block) error {
	notes := ""
	err := d.within(part, func(xml.StartElement) error {
		notes = firstOf(d.rels, d.order, "notesSlide")
		return d.c.each(d.shapes(out))
	})
	if err != nil || !d.has(notes) {
		return err
	}
	b := &block{}
	err = d.within(notes, func(xml.StartElement) error { return d.c.each(d.shapes(b)) })
	for _, l := range strings.Split(string(b.text), "\n") {
		if l = strings.TrimSpace(l); l != "" && strings.Trim(l, "0123456789") != "" { // the number of the slide
			out.line([]byte("[notes] " + l))
		}
	}
	return d.minor(err, "the notes on a slide")
}

// shapes reads what stands on a slide: paragraphs, tables, what is said of pictures.
func (d *docx) shapes(out *block) func(xml.StartElement) error {
	var in func(s xml.StartElement) error
	in = func(s xml.StartElement) error {
		switch name := d.c.el(s.Name); {
		case name == "a:p":
			return d.slideParagraph(out)
		case name == "a:tbl":
			return d.slideTable(out)
		case name == "mc:Fallback": // says the same in another way
			return d.c.skip()
		case s.Name.Local == "cNvPr":
			if said := line(d.c.attr(s, "descr")); said != "" {
				out.line([]byte("[" + said + "]"))
			}
			return d.c.skip()
		}
		return d.c.each(in)
	}
	return in
}

// slideParagraph reads a paragraph of DrawingML; one without words is no line.
func (d *docx) slideParagraph(out *block) error {
	var b strings.Builder
	var in func(s xml.StartElement) error
	in = func(s xml.StartElement) error {
		switch d.c.el(s.Name) {
		case "a:t", "m:t":
			w, err := d.c.words()
			if err == nil {
				err = d.left.take(len(w))
			}
			b.WriteString(clean(w))
			return err
		case "a:br":
			b.WriteByte('\n')
		case "a:tab":
			b.WriteByte('\t')
		case "a:rPr", "a:pPr", "a:endParaRPr":
			return d.c.skip()
		case "mc:Fallback":
			return d.c.skip()
		}
		return d.c.each(in)
	}
	err := d.c.each(in)
	for _, l := range strings.Split(b.String(), "\n") {
		if l = strings.TrimRight(l, " \t"); l != "" {
			out.line([]byte(l))
		}
	}
	return err
}

// slideTable reads a table: a row a line.
func (d *docx) slideTable(out *block) error {
	return d.c.each(func(s xml.StartElement) error {
		if d.c.el(s.Name) != "a:tr" {
			return d.c.skip()
		}
		var cells []block
		err := d.c.each(func(s xml.StartElement) error {
			if d.c.el(s.Name) != "a:tc" {
				return d.c.skip()
			}
			cells = append(cells, block{})
			return d.c.each(d.shapes(&cells[len(cells)-1]))
		})
		out.row(cells)
		return err
	})
}
