package widgets

import "fyne.io/fyne/v2"

// Where a menu belongs that a key asks for: below what has the focus, where the
// pointer would be if it had been pressed there.

// absolute is a place of an object on its canvas.
func absolute(o fyne.CanvasObject, x, y float32) fyne.Position {
	return fyne.CurrentApp().Driver().AbsolutePositionForObject(o).AddXY(x, y)
}

// AskMenu asks for the menu of the selected row, as a secondary press on it does;
// false where none is selected.
func (l *List) AskMenu() bool {
	if l.selected < 0 || l.OnMenu == nil {
		return false
	}
	l.EnsureVisible(l.selected)
	h := l.rowHeight()
	l.OnMenu(l.selected, absolute(l, 2*h, float32(l.selected-l.top+1)*h-l.off))
	return true
}

// AskMenu asks for the menu of the selection, or of what is at the caret.
func (v *TextView) AskMenu() {
	if s, _ := v.Selection(); v.OnMenu != nil {
		at, size := v.Around(s)
		v.OnMenu(absolute(v, at.X, at.Y+size.Height))
	}
}

// AskMenu asks for the menu of the field that has the focus; false where none has.
func (f *FieldForm) AskMenu() bool {
	for _, r := range f.rows {
		if r.focused() && f.OnMenu != nil {
			f.OnMenu(r.view.ID, absolute(f.body, 0, r.values[0].entry.Position().Y+r.values[0].entry.Size().Height))
			return true
		}
	}
	return false
}
