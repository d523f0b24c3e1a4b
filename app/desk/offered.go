package desk

import (
	"slices"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/app/template"
)

// This file says beside a field how strongly it is asked for, and what an empty one is
// offered: a pinned value, else the template's.

// force is how strongly a field is asked for in a document.
func (f *fieldsPane) force(doc *session.Doc, field *template.Field) template.Force {
	return f.d.s.Template().Force(field, doc.Document)
}

// badges are the quiet words behind the label of a field.
func (f *fieldsPane) badges(doc *session.Doc, field *template.Field) []string {
	t := f.d.s.Template()
	var out []string
	switch force := f.force(doc, field); {
	case !slices.ContainsFunc(t.Fields, func(x template.Field) bool { return x.ID == field.ID }):
		out = append(out, i18n.T("form.beyond"))
	case field.Compute != "" && len(doc.Values(field.ID)) == 0:
		out = append(out, i18n.T("form.computed"))
	case force != template.May || t.Constrains():
		out = append(out, force.Words())
	}
	if f.d.s.Pinned(field.ID) {
		out = append(out, i18n.T("form.pinned"))
	}
	return out
}

// offerWords stand in an empty field that is offered a value: the key, the value, and why.
func (f *fieldsPane) offerWords(doc *session.Doc, field *template.Field) string {
	values, pinned := f.d.s.Offered(doc, field)
	if len(values) == 0 || f.d.fixed() != "" {
		return ""
	}
	words, key := session.OneLine(i18n.List(values)), f.d.s.Commands.Get("field.offered").FirstKeys()
	if pinned {
		return i18n.T("form.offer.pinned", "key", key, "value", words)
	}
	return i18n.T("form.offer.default", "key", key, "value", words)
}

// takeOffered gives the field that has the keyboard what it is offered.
func (d *Desk) takeOffered() {
	id := d.FocusedField()
	if id == "" {
		d.s.Say(i18n.T("offered.which"))
		return
	}
	d.s.Flush()
	field := d.s.Field(id)
	d.s.TakeOffered([]string{id}, func(n int, err error) {
		if n == 0 && err == nil {
			d.s.Say(i18n.T("offered.none", "field", field.LabelWords()))
		}
	})
}

// takeAllOffered gives every empty field what it is offered, but where something is
// proposed: that comes first.
func (d *Desk) takeAllOffered() {
	d.s.Flush()
	doc := d.s.Document()
	var fields []string
	for _, f := range d.s.Fields(doc) {
		if len(d.inspector.fields.form.Typing(f.ID)) == 0 && !d.inspector.fields.form.Proposed(f.ID) {
			fields = append(fields, f.ID)
		}
	}
	d.s.TakeOffered(fields, func(n int, err error) {
		switch {
		case err != nil: // which is said already
		case n == 0:
			d.s.Say(i18n.T("offered.nothing"))
		default:
			d.s.Say(i18n.N("offered.done", n))
		}
	})
}

// pin keeps the value of the field that has the keyboard for the documents after this one,
// or lets it go.
func (d *Desk) pin() {
	id := d.FocusedField()
	if id == "" {
		d.s.Say(i18n.T("pin.which"))
		return
	}
	d.s.Flush()
	field := d.s.Field(id)
	d.s.Settled(func(int) {
		if d.s.Pin(id) {
			d.s.Say(i18n.T("pin.on", "field", field.LabelWords(), "key", d.s.Commands.Get("field.offered").FirstKeys()))
		} else {
			d.s.Say(i18n.T("pin.off", "field", field.LabelWords()))
		}
	})
}
