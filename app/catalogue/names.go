package catalogue

import (
	"slices"
	"strings"

	"fonds/app/ingest/records"
	"fonds/app/template"
)

// FieldOf is the field that a column is for by its name: the field's own id, what it is
// called in either language, or a usual name; "" where it is none.
func FieldOf(name string, fields []template.Field) string {
	name = strings.TrimSpace(name)
	p := records.Plain(name)
	for i := range fields {
		if f := &fields[i]; strings.EqualFold(f.ID, name) {
			return f.ID
		}
	}
	if p == "" {
		return ""
	}
	for i := range fields {
		for _, label := range fields[i].Label {
			if records.Plain(label) == p {
				return fields[i].ID
			}
		}
	}
	for i := range fields {
		if f := &fields[i]; records.FieldNamed(p) == f.ID || strings.EqualFold(strings.TrimPrefix(f.ID, "dcterms:"), p) {
			return f.ID
		}
	}
	return ""
}

// ColumnOf finds a column by its name, or by its number from 1; -1 where there is none.
func (t *Table) ColumnOf(name string) int {
	name = strings.TrimSpace(name)
	if i := slices.Index(t.Head, name); i >= 0 {
		return i
	}
	p := records.Plain(name)
	if i := slices.IndexFunc(t.Head, func(h string) bool { return p != "" && records.Plain(h) == p }); i >= 0 {
		return i
	}
	n := 0
	for _, r := range name {
		if r < '0' || r > '9' || n > MostColumns {
			return -1
		}
		n = n*10 + int(r-'0')
	}
	if n < 1 || n > len(t.Head) {
		return -1
	}
	return n - 1
}
