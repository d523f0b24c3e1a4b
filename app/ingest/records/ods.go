package records

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"

	"fonds/app/ingest/content"
)

// IsODS says whether a file is a spreadsheet of OpenDocument: its first member says so, which is not packed.
func IsODS(data []byte) bool {
	return bytes.HasPrefix(data, []byte("PK\x03\x04")) && bytes.Contains(data[:min(len(data), 200)], []byte("mimetype"+FormatODS)) &&
		!bytes.Contains(data[:min(len(data), 200)], []byte("mimetype"+FormatODS+"-"))
}

// ods opens a spreadsheet of OpenDocument: content.xml, of which every table is read by itself.
func (f *File) ods(ctx context.Context, data []byte) error {
	if n := bytes.Count(data, []byte("PK\x01\x02")); n > mostParts {
		return content.Refuse(content.TooMuch, "parts of a workbook %d > %d", n, mostParts)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if z == nil {
		return content.Refuse(content.Damaged, "%v", err)
	}
	var part *zip.File
	for _, m := range z.File {
		switch m.Name {
		case "content.xml":
			part = m
		case "META-INF/manifest.xml":
			if r, err := m.Open(); err == nil {
				b, _ := io.ReadAll(io.LimitReader(r, 1<<20))
				r.Close()
				if bytes.Contains(b, []byte("encryption-data")) {
					return content.Refuse(content.Encrypted, "")
				}
			}
		}
	}
	switch {
	case part == nil:
		return content.Refuse(content.Damaged, "it has no content.xml")
	case part.UncompressedSize64 > content.MaxUnpacked:
		return content.Refuse(content.TooMuch, "unpacked %d > %d", part.UncompressedSize64, content.MaxUnpacked)
	case part.UncompressedSize64 > inMemory && part.UncompressedSize64/content.MaxRatio > uint64(len(data)):
		return content.Refuse(content.TooMuch, "unpacked %d > %d for each byte of %d", part.UncompressedSize64, content.MaxRatio, len(data))
	}
	names, err := tablesOf(ctx, part)
	if err != nil {
		return err
	}
	for i, name := range names {
		t := &Table{Sheet: name, file: f, ctx: ctx}
		t.each = func(take func(*Row) error) error {
			o := &odsReader{ctx: ctx, want: i, at: -1, take: take}
			return o.read(part)
		}
		f.Tables = append(f.Tables, t)
	}
	return nil
}

// mostSheets is how many tables a spreadsheet may have.
const mostSheets = 1000

func tablesOf(ctx context.Context, part *zip.File) (names []string, err error) {
	o := &odsReader{ctx: ctx, want: -1, at: -1, named: func(name string) error {
		if names = append(names, name); len(names) > mostSheets {
			return content.Refuse(content.TooMuch, "sheets > %d", mostSheets)
		}
		return nil
	}}
	return names, o.read(part)
}

// odsReader reads content.xml once, for one table.
type odsReader struct {
	ctx   context.Context
	want  int // the table
	named func(name string) error
	take  func(*Row) error

	at    int // the table that it is in
	depth int
	row   *Row
	n     int // of the row
	again int // how often the row stands there
	over  int // the cell is in the cells of a row, as often
	date  string
	text  []byte
	in    bool // in a cell
	skip  int  // in what is no text of a cell: a comment
	size  int  // bytes of the row
}

func (o *odsReader) read(part *zip.File) error {
	r, err := part.Open()
	if err != nil {
		return content.Refuse(content.Damaged, "%v", err)
	}
	defer r.Close()
	d := xml.NewDecoder(r)
	for n := 0; ; n++ {
		if n%1000 == 0 && o.ctx.Err() != nil {
			return o.ctx.Err()
		}
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return content.Refuse(content.Damaged, "content.xml: %v", err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if o.depth++; o.depth > content.MaxNesting {
				return content.Refuse(content.TooMuch, "elements in elements > %d", content.MaxNesting)
			}
			err = o.start(&t)
		case xml.EndElement:
			o.depth--
			err = o.end(t.Name.Local)
		case xml.CharData:
			if o.in && o.skip == 0 {
				o.text = append(o.text, t...)
			}
		}
		if err != nil {
			return err
		}
	}
}

func attr(e *xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// times is an attribute that says how often something stands there.
func times(e *xml.StartElement, name string, most int) int {
	n, err := strconv.Atoi(attr(e, name))
	if err != nil || n < 1 {
		return 1
	}
	return min(n, most)
}

func (o *odsReader) start(e *xml.StartElement) error {
	if o.skip > 0 {
		o.skip++
		return nil
	}
	if e.Name.Local == "table" && e.Name.Space == "table" && !o.in {
		o.at, o.n = o.at+1, 0
		if o.named != nil {
			return o.named(attr(e, "name"))
		}
		return nil
	}
	if o.at != o.want {
		return nil
	}
	switch e.Name.Local {
	case "table-row":
		o.row, o.again, o.size = &Row{}, times(e, "number-rows-repeated", 1<<20), 0
	case "table-cell", "covered-table-cell":
		o.in, o.text, o.over, o.date = true, o.text[:0], times(e, "number-columns-repeated", 1<<14), ""
		if attr(e, "value-type") == "date" {
			o.date = edtfOf(attr(e, "date-value"))
		}
	case "annotation":
		if o.in {
			o.skip = 1
		}
	case "p":
		if o.in && len(o.text) > 0 {
			o.text = append(o.text, '\n')
		}
	case "s":
		if o.in {
			o.text = append(o.text, strings.Repeat(" ", times(e, "c", 1000))...)
		}
	case "tab":
		if o.in {
			o.text = append(o.text, '\t')
		}
	case "line-break":
		if o.in {
			o.text = append(o.text, '\n')
		}
	}
	return nil
}

func (o *odsReader) end(name string) error {
	if o.skip > 0 {
		o.skip--
		return nil
	}
	if o.at != o.want || o.row == nil {
		return nil
	}
	switch name {
	case "table-cell", "covered-table-cell":
		if !o.in {
			return nil
		}
		o.in = false
		value := string(o.text)
		if o.size += len(value) * o.over; o.size > content.MaxText {
			return content.Refuse(content.TooMuch, "a row of %d bytes > %d", o.size, content.MaxText)
		}
		for range o.over {
			if o.date != "" && value != "" {
				if o.row.Dates == nil {
					o.row.Dates = map[int]string{}
				}
				o.row.Dates[len(o.row.Cells)] = o.date
			}
			o.row.Cells = append(o.row.Cells, value)
			if len(o.row.Cells) > 1<<14 {
				break
			}
		}
	case "table-row":
		return o.give()
	}
	return nil
}

// give hands the row on, as often as it stands there; empty ones are only counted.
func (o *odsReader) give() error {
	r := o.row
	o.row = nil
	cells := clean(r.Cells)
	if len(cells) == 0 {
		o.n += o.again
		return nil
	}
	for range o.again {
		o.n++
		if err := o.take(&Row{N: o.n, Cells: cells, Dates: r.Dates}); err != nil {
			return err
		}
	}
	return nil
}
