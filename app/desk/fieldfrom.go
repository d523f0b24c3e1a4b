package desk

import (
	"strconv"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/widgets"
)

// fieldFrom asks which field the selected words are for: by the number beside it,
// by its name, or by Enter the one that was chosen last.
func (d *Desk) fieldFrom() {
	if at, has := d.s.Region(); has {
		d.fieldFromRegion(at)
		return
	}
	start, end, has := d.s.Selection()
	if !has {
		d.s.Say(i18n.T("field.select"))
		return
	}
	d.chooseField(short(d.s.SelectedWords()), func(id string) {
		d.lastField = id
		d.s.FieldFrom(start, end, id, d.s.Field(id).Repeatable)
		d.inspector.open(fieldsTab)
	})
}

// chooseField asks which field words are for.
func (d *Desk) chooseField(words string, pick func(id string)) {
	doc := d.s.Document()
	var choices []widgets.Choice
	for i, f := range d.s.Fields(doc) {
		var now []string
		for _, it := range doc.Values(f.ID) {
			now = append(now, session.OneLine(session.ValueWords(it.Text)))
		}
		ch := widgets.Choice{ID: f.ID, Title: f.LabelWords(), Sub: i18n.List(now)}
		if ch.Sub == "" {
			ch.Sub = i18n.T("field.novalue")
		}
		if i < 9 {
			ch.Badge = strconv.Itoa(i + 1)
		}
		choices = append(choices, ch)
	}
	ch := widgets.NewChooser(i18n.T("field.choose", "words", words), i18n.T("chooser.nothing"), choices)
	ch.Covers, ch.Quick, ch.Start = session.Covers, true, d.lastField
	ch.OnPick = func(id string) {
		if now := d.s.Document(); now == nil || now.ID != doc.ID {
			return
		}
		pick(id)
	}
	ch.Show(d.on)
}
