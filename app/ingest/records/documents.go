package records

import (
	"bytes"
	"encoding/json"
	"fmt"
	"iter"
	"path"
	"slices"
	"strings"

	"fonds/app/ingest/content"
)

// Record is the document that a row makes.
type Record struct {
	Name     string // what its file is called: as the row says, else that of the table and the number of the row
	Title    string
	Text     string         // "" where the row has none
	Key      *string        // the member of Original that is Text, see Member; nil where no column is
	Original []byte         // of JSON the object as it stands; of all others the row as an object, its columns in their order
	Fields   []content.Said // by column; Where names it and the row
	Tags     []string
	Row      int // as Row.N
}

// severally are the fields whose cells hold several values.
var severally = []string{"dcterms:creator", "dcterms:contributor", "dcterms:subject", "dcterms:language", "dcterms:coverage", "dcterms:spatial"}

// Documents are those of the rows of a table, one at a time. A row without a text makes one without, and is counted in
// the notes of the table where a column is that of the text. An error is the last that comes, as of Table.Rows.
func Documents(t *Table, m Mapping) iter.Seq2[*Record, error] {
	c := m.columns(t)
	return func(yield func(*Record, error) bool) {
		for r, err := range t.Rows() {
			if err != nil {
				yield(nil, err)
				return
			}
			d := c.document(r)
			if d.Text == "" && c.text >= 0 {
				t.lost.count("%d rows have no text", r.N)
			}
			if !yield(d, nil) {
				return
			}
		}
	}
}

// mapped is a mapping by the numbers of the columns, -1 for none.
type mapped struct {
	t                 *Table
	m                 Mapping
	text, title, name int
	fields            []int
	tags              []int
}

func (m Mapping) columns(t *Table) *mapped {
	at := func(name string) int {
		if name == "" {
			return -1
		}
		return slices.Index(t.Columns, name)
	}
	c := &mapped{t: t, m: m, text: at(m.Text), title: at(m.Title), name: at(m.Name)}
	for i, name := range t.Columns {
		if m.Fields[name] != "" {
			c.fields = append(c.fields, i)
		}
		if slices.Contains(m.Tags, name) {
			c.tags = append(c.tags, i)
		}
	}
	return c
}

func (c *mapped) document(r *Row) *Record {
	d := &Record{Title: strings.Join(strings.Fields(r.Cell(c.title)), " "), Text: r.Cell(c.text), Key: c.t.keyOf(c.text), Row: r.N, Name: c.called(r), Original: r.Original}
	if d.Original == nil {
		d.Original = c.t.object(r)
	}
	if d.Title != "" {
		d.Fields = append(d.Fields, c.said(r, c.title, "dcterms:title", d.Title))
	}
	for _, i := range c.fields {
		if c.isNested(r, i) {
			continue
		}
		id := c.m.Fields[c.t.Columns[i]]
		if date := r.Dates[i]; date != "" {
			s := c.said(r, i, id, date)
			if shown := r.Cell(i); shown != date {
				s.Where += ": " + short(shown)
			}
			d.Fields = append(d.Fields, s)
			continue
		}
		for _, v := range c.m.values(r, i, slices.Contains(severally, id)) {
			d.Fields = append(d.Fields, c.said(r, i, id, strings.Join(strings.Fields(v), " ")))
		}
	}
	for _, i := range c.tags {
		if c.isNested(r, i) {
			continue
		}
		for _, v := range c.m.values(r, i, true) {
			if !slices.Contains(d.Tags, v) {
				d.Tags = append(d.Tags, v)
			}
		}
	}
	return d
}

// isNested says whether a cell is more than words, as the labels of spans are, and counts it: what it has stays in the
// original alone.
func (c *mapped) isNested(r *Row, column int) bool {
	if r.nested[column] {
		c.t.lost.count("%d rows have a value or a tag that is more than words, and is in their original alone", r.N)
	}
	return r.nested[column]
}

func (c *mapped) said(r *Row, column int, field, value string) content.Said {
	where := fmt.Sprintf("column %s, row %d", short(strings.Join(strings.Fields(c.t.Columns[column]), " ")), r.N)
	if c.t.Sheet != "" {
		where = "sheet " + c.t.Sheet + ", " + where
	}
	return content.Said{Field: field, Value: value, Where: where}
}

// called is the name of a row's file: of the row, else of the file, the sheet where there are several, and the number.
func (c *mapped) called(r *Row) string {
	if name := strings.Join(strings.Fields(r.Cell(c.name)), " "); name != "" {
		return name
	}
	stem := path.Base(strings.ReplaceAll(c.t.file.name, "\\", "/"))
	stem = strings.TrimSuffix(stem, path.Ext(stem))
	if len(c.t.file.Tables) > 1 {
		stem += " " + c.t.Sheet
	}
	return fmt.Sprintf("%s %06d", stem, r.N)
}

// object is a row as a JSON object: its columns in their order, those without a value left out. Cells beyond the columns
// go by their numbers.
func (t *Table) object(r *Row) []byte {
	names := t.Columns
	if len(r.Cells) > len(names) {
		names = unlike(append(slices.Clone(names), make([]string, len(r.Cells)-len(names))...))
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	write := func(s string) {
		_ = e.Encode(s) // of a string there is no error
		b.Truncate(b.Len() - 1)
	}
	b.WriteByte('{')
	for i, v := range r.Cells {
		if v == "" {
			continue
		}
		if b.Len() > 1 {
			b.WriteByte(',')
		}
		write(names[i])
		b.WriteByte(':')
		write(v)
	}
	b.WriteByte('}')
	return b.Bytes()
}
