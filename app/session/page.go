package session

import (
	"fyne.io/fyne/v2"

	"fonds/app/i18n"
	"fonds/widgets"
)

// PageHead is the line above a page: its title and the way back, which leave takes; keys
// go to key first.
func PageHead(title string, leave func(), key func(*fyne.KeyEvent) bool) fyne.CanvasObject {
	back := widgets.NewButton(i18n.T("owner.back"), leave)
	back.OnKey = key
	return widgets.NewPageHead(title, back)
}

// CommandList is a list on which single keys are commands of the screen: Left and Right
// go across to the list before (-1) and after (1), every other key goes to key.
func (s *Session) CommandList(screen string, across func(l *widgets.List, by int), key func(*fyne.KeyEvent) bool) *widgets.List {
	l := widgets.NewList()
	l.Covers = Covers
	l.OnRune = func(r rune) { s.Commands.RunOn(screen, r) }
	l.OnKey = func(k *fyne.KeyEvent) bool {
		switch k.Name {
		case fyne.KeyRight:
			across(l, 1)
		case fyne.KeyLeft:
			across(l, -1)
		default:
			return key(k)
		}
		return true
	}
	return l
}
