package legacy

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"

	"fonds/app/ingest/content"
)

// openDocument reads the text of a table or of slides that LibreOffice made: rows as lines with tabs between their cells,
// a sheet or a slide after the other, comments behind. It is no reader of all OpenDocument: what it reads has one writer.
func openDocument(ctx context.Context, data []byte) (*content.Content, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, content.Refuse(content.Damaged, "what LibreOffice made is no ZIP file: %v", err)
	}
	f, err := z.Open("content.xml")
	if err != nil {
		return nil, content.Refuse(content.Damaged, "what LibreOffice made has no content: %v", err)
	}
	defer f.Close()
	d := &document{ctx: ctx, cols: 1, rows: 1}
	if err := d.walk(xml.NewDecoder(io.LimitReader(f, content.MaxUnpacked))); err != nil {
		return nil, err
	}
	return &content.Content{Text: d.text()}, nil
}

// A document is what was read of it so far.
type document struct {
	ctx    context.Context
	out    strings.Builder
	notes  []string
	para   []*strings.Builder // the paragraphs that are open, the innermost last: a comment stands in one
	cell   []string           // paragraphs of the cell that is open
	row    []string
	inRow  int // how deep in cells of tables
	cols   int // how often the cell stands in its row
	rows   int // how often the row stands in its table
	note   []string
	noted  int      // how deep in comments
	asides []string // marks of comments on the cell, behind its words
	speak  int      // how deep in the notes of a slide
	size   int
}

// walk reads the elements one after the other.
func (d *document) walk(x *xml.Decoder) error {
	for n := 0; ; n++ {
		if n%1024 == 0 && d.ctx.Err() != nil {
			return d.ctx.Err()
		}
		t, err := x.Token()
		if err == io.EOF {
			return nil
		} else if err != nil {
			return content.Refuse(content.Damaged, "what LibreOffice made is no XML: %v", err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			if d.begin(t) {
				if err := x.Skip(); err != nil {
					return content.Refuse(content.Damaged, "what LibreOffice made is no XML: %v", err)
				}
			}
		case xml.CharData:
			if len(d.para) > 0 {
				d.para[len(d.para)-1].Write(t)
			}
		case xml.EndElement:
			d.end(t.Name.Local)
		}
		if d.size > content.MaxText {
			return content.Refuse(content.TooMuch, "text %d > %d", d.size, content.MaxText)
		}
	}
}

// begin takes a start tag. It says whether the element is left out.
func (d *document) begin(e xml.StartElement) (skip bool) {
	switch e.Name.Local {
	case "automatic-styles", "font-face-decls", "tracked-changes", "sender-name", "date", "creator", "sender-initials", "binary-data", "named-expressions", "image":
		return true
	case "p", "h":
		d.para = append(d.para, &strings.Builder{})
	case "s":
		d.write(strings.Repeat(" ", min(number(e, "c", 1), 1000)))
	case "tab":
		d.write(" ")
	case "line-break":
		d.write("\n")
	case "annotation":
		d.noted++
		d.note = nil
	case "table-row":
		if d.inRow == 0 {
			d.row, d.rows = nil, number(e, "number-rows-repeated", 1)
		}
	case "table-cell", "covered-table-cell":
		if d.inRow++; d.inRow == 1 {
			d.cell, d.cols = nil, number(e, "number-columns-repeated", 1)
		}
	case "notes":
		d.speak++
	}
	return false
}

func (d *document) write(s string) {
	if len(d.para) > 0 {
		d.para[len(d.para)-1].WriteString(s)
	}
}

// end takes an end tag.
func (d *document) end(name string) {
	switch name {
	case "p", "h":
		if n := len(d.para); n > 0 {
			text := d.para[n-1].String()
			d.para = d.para[:n-1]
			d.paragraph(text)
		}
	case "annotation":
		if d.noted--; d.noted == 0 {
			d.notes = append(d.notes, strings.Join(strings.Fields(strings.Join(d.note, " ")), " "))
			mark := fmt.Sprintf("[c%d]", len(d.notes))
			d.size += len(mark) + len(d.notes[len(d.notes)-1])
			if len(d.para) > 0 {
				d.write(" " + mark)
			} else {
				d.asides = append(d.asides, mark)
			}
		}
	case "table-cell", "covered-table-cell":
		if d.inRow--; d.inRow == 0 {
			d.endCell()
		}
	case "table-row":
		if d.inRow == 0 {
			d.endRow()
		}
	case "notes":
		d.speak--
	}
}

// paragraph takes the text of one that is closed.
func (d *document) paragraph(text string) {
	switch {
	case d.noted > 0:
		d.note = append(d.note, text)
	case d.inRow > 0:
		d.cell = append(d.cell, strings.Join(strings.Fields(text), " "))
	default:
		d.line(text)
	}
}

// endCell takes a cell into its row. Empty ones wait for one that says something.
func (d *document) endCell() {
	text := strings.TrimSpace(strings.Join(append(d.cell, d.asides...), " "))
	d.asides = nil
	for range min(d.cols, 16384) {
		if d.size += len(text) + 1; d.size > content.MaxText || len(d.row) >= 16384 {
			return
		}
		d.row = append(d.row, text)
	}
}

// endRow writes a row, as often as it stands there; one that says nothing is nothing.
func (d *document) endRow() {
	line := strings.TrimRight(strings.Join(d.row, "\t"), "\t")
	d.size -= len(d.row) // the empty ones
	if line == "" {
		return
	}
	for range min(d.rows, 1<<20) {
		if d.size > content.MaxText {
			return
		}
		d.line(line)
	}
}

// line writes a line, without controls.
func (d *document) line(text string) {
	text = strings.Map(func(c rune) rune {
		if unicode.IsControl(c) && c != '\n' && c != '\t' {
			return -1
		}
		return c
	}, strings.TrimRight(text, " "))
	d.size += len(text) + 1
	d.out.WriteString(text)
	d.out.WriteByte('\n')
}

// text gives the lines and behind them the comments.
func (d *document) text() string {
	text := strings.Trim(d.out.String(), "\n")
	for i, n := range d.notes {
		text += fmt.Sprintf("\n[c%d] %s", i+1, n)
	}
	return strings.TrimLeft(text, "\n")
}

// number gives a number that an attribute states, at least 1.
func number(e xml.StartElement, name string, otherwise int) int {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			if n, err := strconv.Atoi(a.Value); err == nil {
				return max(n, 1)
			}
		}
	}
	return otherwise
}
