package library

import (
	"fyne.io/fyne/v2"

	"fonds/app/session"
)

// AskMenu opens the menu of the row that is shown, if the list has the keyboard.
func (l *Library) AskMenu() bool { return l.Part() == 1 && l.list.AskMenu() }

// menu offers what can be done with the document of a row. That has been chosen by
// then, and commands wait until it is there.
func (l *Library) menu(_ int, at fyne.Position) {
	l.s.WhenLoaded(func() {
		session.ShowMenu(l.on, at, l.s.Commands.Lines("pane.text", "", "doc.submit", "doc.recall", "doc.return", "doc.approve", "", "field.copy", "",
			"doc.remove", "doc.restore", "doc.destroy", "", "list.find"))
	})
}
