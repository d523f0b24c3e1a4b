package desk

import (
	"slices"

	"fonds/app/i18n"
	"fonds/app/template"
)

// This file says which required fields are empty.

// missing are the required fields of the document that is shown in which nothing
// stands and nothing is typed.
func (d *Desk) missing() []template.Field {
	return slices.DeleteFunc(d.s.Missing(d.s.Document()), func(f template.Field) bool { return d.inspector.fields.form.Filled(f.ID) })
}

// missingWords says in the line of the status how many there are, "" for none.
func missingWords(n int) string {
	if n == 0 {
		return ""
	}
	return " · ⚠ " + i18n.N("desk.missing", n)
}
