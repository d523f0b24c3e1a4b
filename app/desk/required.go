package desk

import (
	"slices"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage/archive"
	"fonds/widgets"
)

// This file says which required fields are empty, and asks before a document is
// submitted with some.

// missing are the required fields of the document that is shown in which nothing
// stands and nothing is typed.
func (d *Desk) missing() []session.Field {
	return slices.DeleteFunc(d.s.Missing(d.s.Document()), func(f session.Field) bool { return d.inspector.fields.form.Filled(f.ID) })
}

// missingWords says in the line of the status how many there are, "" for none.
func missingWords(n int) string {
	if n == 0 {
		return ""
	}
	return " · ⚠ " + i18n.N("desk.missing", n)
}

// submit submits the document, after asking where required fields are empty.
func (d *Desk) submit() {
	if d.every != nil { // what is asked about comes first
		d.every.apply()
		return
	}
	d.stepped(nil)
	empty := d.missing()
	if len(empty) == 0 || d.s.MayDocument(archive.ActSubmit) != nil {
		d.s.Submit(d.stepped)
		return
	}
	doc := d.s.Document().ID
	var names []string
	for i := range empty {
		names = append(names, empty[i].LabelWords())
	}
	text := widgets.NewText(6, i18n.N("submit.missing.text", len(empty), "fields", i18n.List(names)))
	text.Covers = session.Covers
	var g *dialog
	first := widgets.NewPrimaryButton(i18n.T("submit.missing.go", "field", shorter(names[0])), func() {
		g.close()
		d.inspector.open(fieldsTab)
		d.inspector.fields.form.FocusField(empty[0].ID)
	})
	anyway := widgets.NewButton(i18n.T("submit.missing.anyway"), func() {
		g.close()
		if now := d.s.Document(); now != nil && now.ID == doc {
			d.s.Submit(d.stepped)
		}
	})
	leave := widgets.NewButton(i18n.T("button.cancel"), func() { g.close() })
	g = d.openDialog(i18n.T("submit.missing.title"), text, first, leave, anyway, first)
}
