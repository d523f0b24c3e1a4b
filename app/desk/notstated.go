package desk

import (
	"fonds/app/i18n"
)

// notStated says of the field that has the keyboard that the source does not state it,
// or takes that back.
func (d *Desk) notStated() {
	field := d.FocusedField()
	if field == "" {
		d.s.Say(i18n.T("notstated.which"))
		return
	}
	d.setNotStated(field)
}

// setNotStated turns it in a field. What is typed there is set first: it stands in the
// history, and undo brings it back.
func (d *Desk) setNotStated(field string) {
	typing := d.inspector.fields.form.Typing(field)
	on := !d.s.MarkedNotStated(field) || len(typing) > 0
	d.s.Flush()
	d.s.SetNotStated(field, on, func(err error) {
		f := d.s.Field(field)
		switch {
		case err != nil: // which is said already
		case on:
			d.s.Say(i18n.T("notstated.done", "field", f.LabelWords()))
		default:
			d.s.Say(i18n.T("notstated.back", "field", f.LabelWords()))
		}
	})
}

// notStatedWords are those of the command for a field.
func (d *Desk) notStatedWords(field string) string {
	if d.s.MarkedNotStated(field) {
		return i18n.T("cmd.notstated.back")
	}
	return i18n.T("cmd.notstated")
}
