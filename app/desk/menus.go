package desk

import (
	"fyne.io/fyne/v2"

	"fonds/app/session"
	"fonds/storage/archive"
)

// AskMenu opens the menu of what has the keyboard: of a field, of a row of the list
// of marks, or of the words of the text; false where that has none.
func (d *Desk) AskMenu() bool {
	switch {
	case d.s.Document() == nil:
		return false
	case d.TextFocused():
		d.facing().AskMenu()
		return true
	case d.on.Focused() == fyne.Focusable(d.inspector.marks.list):
		return d.inspector.marks.list.AskMenu()
	}
	return d.inspector.fields.form.AskMenu()
}

// proposalLines are what the person can do with a proposal, as the commands say
// it.
func (d *Desk) proposalLines(it *archive.Item) []session.MenuLine {
	var lines []session.MenuLine
	for _, act := range d.view(d.s.Document(), it).Acts {
		c := d.s.Commands.Get(actCommands[act.ID])
		lines = append(lines, session.Line(act.Label, act.Key, func() { d.s.Commands.Run(c.ID) }))
	}
	return lines
}

// menu offers what can be done with the row that is chosen.
func (m *marksPane) menu(_ int, at fyne.Position) {
	m.showButtons()
	it, c := m.chosen(), m.d.s.Commands
	var lines []session.MenuLine
	if p := m.open(); p != nil && it != nil {
		lines = append(m.d.proposalLines(p), session.LineBetween())
	}
	if !m.goTo.Disabled() {
		lines = append(lines, session.Line(m.goTo.Label(), "Enter", m.jump))
	}
	if !m.confirm.Disabled() {
		lines = append(lines, session.Line(m.confirm.Label(), "", m.confirmChosen))
	}
	if !m.remove.Disabled() {
		lines = append(lines, session.Line(m.remove.Label(), c.Get("mark.remove").FirstKeys(), m.removeChosen))
	}
	if it != nil && it.What == archive.ASplit && it.InForce() {
		lines = append(lines, c.Lines("doc.kin")...)
		lines = append(lines, session.LineBetween())
		if order := c.Lines("part.up", "part.down", "part.places"); len(order) > 0 {
			lines = append(append(lines, order...), session.LineBetween())
		}
	}
	if it != nil {
		lines = append(lines, c.Lines("history.of")...)
	}
	session.ShowMenu(m.d.on, at, lines)
}
