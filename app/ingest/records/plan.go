package records

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"fonds/app/ingest/content"
)

// Plan says how the rows of a file become documents: which of its tables, which row names the columns, and what each column
// is. It is written as JSON for people to change: {"sheet":"目录","head_row":2,"text":"全文","fields":{"日期":"dcterms:date"}}.
type Plan struct {
	Sheet   string `json:"sheet,omitempty"`    // of a workbook; "" is the first that has rows
	HeadRow int    `json:"head_row,omitempty"` // as Options.HeadRow
	Mapping
}

// ReadPlan reads a plan, alone or as the member "mapping" of an object. What it does not know is an error, as is a plan that
// says nothing of any column.
func ReadPlan(data []byte) (Plan, error) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	var whole struct {
		Mapping json.RawMessage `json:"mapping"`
	}
	if err := json.Unmarshal(data, &whole); err != nil {
		return Plan{}, fmt.Errorf("it is no JSON: %w", err)
	}
	if whole.Mapping != nil {
		data = whole.Mapping
	}
	var p Plan
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&p); err != nil {
		return Plan{}, fmt.Errorf("it is no mapping: %w", err)
	}
	if _, err := d.Token(); err != io.EOF {
		return Plan{}, fmt.Errorf("it is no mapping: something follows it")
	}
	if p.HeadRow < NoHead {
		return Plan{}, fmt.Errorf("it is no mapping: there is no row %d", p.HeadRow)
	}
	if len(p.Columns()) == 0 {
		return Plan{}, fmt.Errorf("it is no mapping: it says of no column what it is")
	}
	return p, nil
}

// Columns are the columns that a mapping names, each once, sorted.
func (m *Mapping) Columns() []string {
	var out []string
	for _, c := range slices.Concat([]string{m.Text, m.Title, m.Name}, slices.Collect(maps.Keys(m.Fields)), m.Tags) {
		if c != "" {
			out = append(out, c)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Clone is a mapping of its own.
func (m Mapping) Clone() Mapping {
	m.Fields, m.Tags = maps.Clone(m.Fields), slices.Clone(m.Tags)
	return m
}

// Missing are the columns that a mapping names and a table does not have, sorted.
func (t *Table) Missing(m Mapping) []string {
	return slices.DeleteFunc(m.Columns(), func(c string) bool { return slices.Contains(t.Columns, c) })
}

// Table is the table of a sheet, the first one for ""; nil where there is none.
func (f *File) Table(sheet string) *Table {
	for _, t := range f.Tables {
		if sheet == "" || t.Sheet == sheet {
			return t
		}
	}
	return nil
}

// Document is what a row of the table makes.
func (t *Table) Document(m Mapping, r *Row) *Record { return m.columns(t).document(r) }

// Top are the first rows of the table that have something in them, those above the head too, HeadWithin at most: what can
// be the head.
func (t *Table) Top() (out []*Row, err error) {
	err = t.each(func(r *Row) error {
		if len(r.Cells) > 0 {
			out = append(out, r)
		}
		if len(out) == HeadWithin {
			return errEnough
		}
		return nil
	})
	return out, ignore(err)
}

// Member is a member of an object as a cell has it, "" for nil: of two of one name the last one counts. It is how the text of a Record
// is made of its Original again, by Record.Key.
func Member(object []byte, key *string) (string, error) {
	if key == nil {
		return "", nil
	}
	if v := bytes.TrimSpace(object); len(v) == 0 || v[0] != '{' {
		return "", content.Refuse(content.Damaged, "it is no object")
	}
	var r Row
	err := members(object, func(name string, v json.RawMessage) error {
		if name == *key {
			r.set(0, v)
		}
		return nil
	})
	return r.Cell(0), err
}

// keyOf is the member of a record's Original that a column is. A member can be called "".
func (t *Table) keyOf(column int) *string {
	switch {
	case column < 0:
		return nil
	case t.keys != nil:
		return &t.keys[column]
	}
	return &t.Columns[column]
}

// Sheets are the names of the sheets of a workbook that have something in them, in order: its tables, and those that have
// no row below the names of columns.
func (f *File) Sheets() []string {
	return slices.DeleteFunc(slices.Clone(f.sheets), func(s string) bool { return s == "" })
}

// String says a mapping in English on one line: 题名 → title, 日期 → dcterms:date.
func (m Mapping) String() string {
	var out []string
	say := func(column, is string) {
		if column != "" {
			out = append(out, short(strings.Join(strings.Fields(column), " "))+" → "+is)
		}
	}
	say(m.Text, "text")
	say(m.Title, "title")
	say(m.Name, "name")
	for _, c := range slices.Sorted(maps.Keys(m.Fields)) {
		say(c, m.Fields[c])
	}
	for _, c := range m.Tags {
		say(c, "tag")
	}
	return strings.Join(out, ", ")
}

// Is says what a column is: "text", "title", "name", "tag", the id of a field, "" for nothing.
func (m *Mapping) Is(column string) string {
	switch {
	case column == "":
		return ""
	case column == m.Text:
		return "text"
	case column == m.Title:
		return "title"
	case column == m.Name:
		return "name"
	case slices.Contains(m.Tags, column):
		return "tag"
	}
	return m.Fields[column]
}

// FieldIDs are the ids of the fields that columns go into, each once, sorted.
func (m *Mapping) FieldIDs() []string {
	return slices.Compact(slices.Sorted(maps.Values(m.Fields)))
}

// Numbered says whether the columns are called by their numbers: no row names them.
func (t *Table) Numbered() bool { return t.HeadRow == 0 && t.keys == nil }
