package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"fonds/widgets"
)

// watchKeys follows the input method: the status bar says while it holds the keys.
func (w *window) watchKeys() {
	widgets.Composing = func(on bool) {
		w.composes = on
		w.showStatus()
	}
	// Keys also go to an input method while nothing in the window has the focus.
	if c, ok := w.win.Canvas().(desktop.Canvas); ok {
		none := &widgets.KeyWatch{}
		c.SetOnKeyDown(none.KeyDown)
		c.SetOnKeyUp(none.KeyUp)
		w.win.Canvas().SetOnTypedRune(none.TypedRune)
	}
}

// still is the program without Fyne's animations. A caret that fades in and out
// has the whole window painted at every step: a focused field took 40 % of a
// processor where there is no graphics card. Nothing moves that the person did
// not move.
type still struct{ fyne.App }

// Settings are those of the app that it stands for.
func (s still) Settings() fyne.Settings { return stillSettings{s.App.Settings()} }

type stillSettings struct{ fyne.Settings }

// ShowAnimations is asked by Fyne's widgets before they move.
func (stillSettings) ShowAnimations() bool { return false }
