package catalogue

import (
	"slices"
	"strings"

	"fonds/app/ingest"
	"fonds/app/ingest/records"
	"fonds/app/template"
)

// FieldOf is ingest.FieldOf: the field that a column is for by its name.
func FieldOf(name string, fields []template.Field) string { return ingest.FieldOf(name, fields) }

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
