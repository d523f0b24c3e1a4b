package app

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"fonds/widgets"
)

// pressBeside does what Fyne's driver does for a press beside a dialog, with a
// button or with a movement before it is let go.
func (b *bench) pressBeside(button desktop.MouseButton, moved bool) {
	b.t.Helper()
	v, ok := b.win.Canvas().Overlays().Top().(*widgets.Veil)
	if !ok {
		b.t.Fatal("nothing lies over the window")
	}
	ev := &desktop.MouseEvent{Button: button}
	v.MouseDown(ev)
	b.win.Canvas().Unfocus()
	v.MouseUp(ev)
	b.win.Canvas().Unfocus()
	switch {
	case moved:
		v.DragEnd()
	case button == desktop.MouseButtonPrimary:
		v.Tapped(&fyne.PointEvent{})
	case button == desktop.MouseButtonSecondary:
		v.TappedSecondary(&fyne.PointEvent{})
	}
}

// Whatever is pressed beside a dialog, keys go to the dialog and never to what is
// behind it.
func TestKeysStayWithTheDialog(t *testing.T) {
	b := newBench(t, zhang, Options{Sample: true})
	c := b.win.Canvas()
	for _, open := range []string{"palette", "shortcuts", "person"} {
		for _, button := range []desktop.MouseButton{desktop.MouseButtonPrimary, desktop.MouseButtonSecondary, desktop.MouseButtonTertiary} {
			for _, moved := range []bool{false, true} {
				b.lib.Focus()
				b.run(open)
				first, doc := c.Focused(), b.s.Document().ID
				b.pressBeside(button, moved)
				if c.Focused() == nil { // the driver hands keys to the window then
					c.OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyF6})
				}
				if c.Focused() != first {
					t.Errorf("%s, button %d, moved %v: %T has the focus", open, button, moved, c.Focused())
				}
				b.keys(fyne.KeyEscape)
				if b.lib.Part() != 1 || b.s.Document().ID != doc || c.Overlays().Top() != nil {
					t.Fatalf("%s, button %d, moved %v: afterwards %T has the focus", open, button, moved, c.Focused())
				}
			}
		}
	}
}

// A key that nobody has the focus for does nothing behind a menu or a dialog.
func TestKeysWithoutAFocus(t *testing.T) {
	b := newBench(t, zhang, Options{Sample: true})
	b.lib.Focus()
	b.tell("title", "words")
	b.win.Canvas().Unfocus()
	b.win.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyF6})
	if b.modal == nil || b.desk.TextFocused() || b.lib.Part() > 0 {
		t.Error("F6 goes to what is behind the dialog")
	}
	b.modal.close()
}

// F6 goes on from every part of the list's pane.
func TestNextPaneFromTheFilters(t *testing.T) {
	b := newBench(t, zhang, Options{Sample: true})
	for part := 1; part <= 3; part++ {
		b.lib.FocusPart(part)
		b.keys(fyne.KeyF6)
		if !b.desk.TextFocused() {
			t.Errorf("from part %d F6 goes to %T", part, b.win.Canvas().Focused())
		}
		b.keys(fyne.KeyF6)
		if b.desk.FocusedField() == "" {
			t.Errorf("from the text F6 goes to %T", b.win.Canvas().Focused())
		}
		b.keys(fyne.KeyF6)
		if b.lib.Part() != 1 {
			t.Errorf("from the fields F6 goes to %T", b.win.Canvas().Focused())
		}
	}
	b.lib.FocusSearch()
	b.types("图书馆")
	b.keys(fyne.KeyReturn)
	if b.lib.Part() != 1 || b.s.RowOfDocument() != 0 {
		t.Errorf("Enter in the search: row %d is open, %T has the focus", b.s.RowOfDocument(), b.win.Canvas().Focused())
	}
}
