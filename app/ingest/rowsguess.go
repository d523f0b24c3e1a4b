package ingest

import (
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

// GuessColumns reads off the names of columns what they are, for an archive whose documents are described with fields:
// nothing goes into a field that is not one of these. Without any it is as records.Guess. sample are some rows.
func GuessColumns(columns []string, sample []*records.Row, fields []template.Field) records.Mapping {
	if len(fields) == 0 {
		return records.Guess(columns, sample)
	}
	several := map[string]bool{}
	for i := range fields {
		several[fields[i].ID] = fields[i].Repeatable
	}
	return records.GuessWith(columns, sample, func(name string) string { return FieldOf(name, fields) }, func(id string) bool { return several[id] })
}
