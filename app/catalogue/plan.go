package catalogue

import (
	"slices"
	"strings"

	"fonds/app/i18n"
	"fonds/app/ingest/records"
	"fonds/app/template"
)

// Plan says how rows find their documents, and which columns are taken into which fields.
type Plan struct {
	Match   Match
	Columns []Column // by column; each at most once
}

// Match is what a row finds its document by.
type Match struct {
	Column int    // -1: none, nothing is matched
	Field  string // by a value of this field; "" is by file name
}

// Column is a column that is taken into a field.
type Column struct {
	At     int
	Field  string
	Split  string // the characters that stand between values in a cell; "" takes a cell as one value
	Beside bool   // the values come beside those that the field has, not in their place
}

// identifier is the field of reference codes and document numbers.
const identifier = "dcterms:identifier"

// Separators are those that a cell can be split at; Usual those that it is split at where
// nobody says otherwise.
const (
	Separators = ";；|"
	Usual      = ";；"
)

// splits are the fields whose cells are split where nobody says otherwise: of names and
// terms a catalogue has several in a cell.
var splits = []string{"dcterms:creator", "dcterms:contributor", "dcterms:subject"}

// NewColumn is a column taken into a field as it is where nobody says otherwise.
func NewColumn(at int, f *template.Field) Column {
	c := Column{At: at, Field: f.ID}
	if f.Repeatable {
		if slices.Contains(splits, f.ID) {
			c.Split = Usual
		}
		c.Beside = f.ID == identifier // a document number does not take the place of the reference code
	}
	return c
}

// Guess reads a plan off the names of the columns. A field that holds one value gets one
// column.
func Guess(t *Table, fields []template.Field) Plan {
	p := Plan{Match: Match{Column: -1}}
	best := len(records.FileNames)
	for i, h := range t.Head {
		if at := slices.Index(records.FileNames, records.Plain(h)); at >= 0 && at < best {
			best, p.Match.Column = at, i
		}
	}
	files := p.Match.Column
	code, sure := -1, false
	for i, h := range t.Head {
		id := FieldOf(h, fields)
		at := slices.IndexFunc(fields, func(f template.Field) bool { return f.ID == id })
		if id == "" || at < 0 || i == files || slices.Contains(records.FileNames, records.Plain(h)) {
			continue
		}
		f := &fields[at]
		if !f.Repeatable && slices.ContainsFunc(p.Columns, func(c Column) bool { return c.Field == id }) {
			continue
		}
		p.Columns = append(p.Columns, NewColumn(i, f))
		if id == identifier {
			if own := isReference(h); code < 0 || own && !sure {
				code, sure = i, own
			}
		}
	}
	if p.Match.Column < 0 && code >= 0 {
		p.Match = Match{code, identifier}
	}
	return p
}

// isReference says of a column of identifiers whether it is of reference codes.
func isReference(head string) bool {
	return slices.Contains([]string{"档号", "檔號", "referencecode", "referencecodes", "unitid"}, records.Plain(head))
}

// Set takes a column into a field, or into none where f is nil.
func (p *Plan) Set(at int, f *template.Field) {
	i, there := slices.BinarySearchFunc(p.Columns, at, func(c Column, at int) int { return c.At - at })
	switch {
	case f == nil && there:
		p.Columns = slices.Delete(p.Columns, i, i+1)
	case f == nil:
	case there:
		p.Columns[i] = NewColumn(at, f)
	default:
		p.Columns = slices.Insert(p.Columns, i, NewColumn(at, f))
	}
}

// Column is what becomes of a column, nil where it is not taken.
func (p *Plan) Column(at int) *Column {
	for i := range p.Columns {
		if p.Columns[i].At == at {
			return &p.Columns[i]
		}
	}
	return nil
}

// Clone is a plan of its own.
func (p *Plan) Clone() Plan { return Plan{p.Match, slices.Clone(p.Columns)} }

// notStated says whether a cell says, in a language of the program, that the source does
// not state what the column is about.
func notStated(cell string) bool {
	return slices.ContainsFunc(i18n.Everywhere("value.notstated"), func(words string) bool { return code(words) == code(cell) })
}

// values are the values of a cell, "" for the one that says that there is none. Beside
// others that is no value.
func (c *Column) values(cell string) []string {
	var out []string
	not := false
	parts := []string{cell}
	if c.Split != "" {
		parts = strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(c.Split, r) })
	}
	for _, v := range parts {
		switch v = strings.TrimSpace(v); {
		case v == "":
		case notStated(v):
			not = true
		case !slices.Contains(out, v):
			out = append(out, v)
		}
	}
	if not && len(out) == 0 {
		return []string{""}
	}
	return out
}
