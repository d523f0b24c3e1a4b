package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// FocusGained is called by Fyne.
func (v *TextView) FocusGained() { v.setFocus(true) }

// FocusLost is called by Fyne.
func (v *TextView) FocusLost() { v.setFocus(false) }

func (v *TextView) setFocus(on bool) {
	v.focused = on
	v.guard.focus(v, on)
	v.repaint()
	if v.OnFocus != nil {
		v.OnFocus(on)
	}
}

// KeyDown is called by Fyne.
func (v *TextView) KeyDown(e *fyne.KeyEvent) { v.guard.keyDown(e.Name) }

// KeyUp is called by Fyne.
func (v *TextView) KeyUp(e *fyne.KeyEvent) { v.guard.keyUp(e.Name) }

// shift says whether Shift is held. The view itself does not always hear of its
// release: a dialog that came up meanwhile does.
func (v *TextView) shift() bool { return v.guard.held()&fyne.KeyModifierShift != 0 }

// TypedRune is called by Fyne.
func (v *TextView) TypedRune(r rune) {
	if v.guard.typedRune(r) {
		return // composed words are no commands
	}
	v.quench()
	if v.OnRune != nil && v.OnRune(r) {
		return
	}
	if r == ' ' {
		v.page(1, v.shift())
	}
}

// TypedKey is called by Fyne.
func (v *TextView) TypedKey(e *fyne.KeyEvent) {
	if v.guard.swallow(e.Name) {
		return
	}
	v.quench()
	if e.Name == fyne.KeyEscape && v.borders.side != noSide { // the mark stays as it is
		v.borders.side = noSide
		v.endDrag()
		v.repaint()
		return
	}
	if menuKey(e) && functionKey(e) || v.OnKey != nil && v.OnKey(e) {
		return
	}
	l := v.model.layout
	s, any := v.Selection()
	switch e.Name {
	case fyne.KeyLeft:
		if any && !v.shift() {
			v.moveTo(s.Start, false)
			return
		}
		v.moveTo(l.Prev(v.head), v.shift())
	case fyne.KeyRight:
		if any && !v.shift() {
			v.moveTo(s.End, false)
			return
		}
		v.moveTo(l.Next(v.head), v.shift())
	case fyne.KeyUp:
		v.byRows(-1, v.shift())
	case fyne.KeyDown:
		v.byRows(1, v.shift())
	case fyne.KeyPageUp:
		v.page(-1, v.shift())
	case fyne.KeyPageDown:
		v.page(1, v.shift())
	case fyne.KeyHome:
		v.moveTo(int(l.Rows[v.caretRow()].Start), v.shift())
	case fyne.KeyEnd:
		row := v.caretRow()
		end := l.VisibleEnd(row)
		v.moveTo(end, v.shift())
		v.atRowEnd = end == int(l.Rows[row].End)
		v.repaint()
	}
}

// TypedShortcut is called by Fyne. What the view has no use for goes to
// OnShortcut and then to the canvas, which Fyne leaves out once a widget with
// shortcuts has focus.
func (v *TextView) TypedShortcut(s fyne.Shortcut) {
	v.quench()
	switch s := s.(type) {
	case *fyne.ShortcutCopy:
		if _, any := v.Selection(); any && s.Clipboard != nil {
			s.Clipboard.SetContent(v.SelectedText())
		}
		return
	case *fyne.ShortcutSelectAll:
		v.whenThere(func() { v.setSelection(0, v.model.text.Len()) })
		return
	case *desktop.CustomShortcut:
		if s.Modifier&^fyne.KeyModifierShift == fyne.KeyModifierShortcutDefault && v.byControl(s.KeyName, s.Modifier&fyne.KeyModifierShift != 0) {
			return
		}
	}
	if v.OnShortcut != nil && v.OnShortcut(s) {
		return
	}
	if app := fyne.CurrentApp(); app != nil {
		if c, ok := app.Driver().CanvasForObject(v).(fyne.Shortcutable); ok {
			c.TypedShortcut(s)
		}
	}
}

// byControl moves by words and to the ends of the text.
func (v *TextView) byControl(key fyne.KeyName, shift bool) bool {
	l := v.model.layout
	switch key {
	case fyne.KeyHome:
		v.moveTo(0, shift)
	case fyne.KeyEnd:
		v.whenThere(func() { v.moveTo(v.model.text.Len(), shift) })
	case fyne.KeyLeft:
		pos := l.Prev(v.head)
		for pos > 0 && isBlank(v.model.text.Slice(pos, pos+1)) {
			pos = l.Prev(pos)
		}
		v.moveTo(l.WordIn(pos, v.Lexicon).Start, shift)
	case fyne.KeyRight:
		pos := max(l.WordIn(v.head, v.Lexicon).End, l.Next(v.head))
		for pos < v.model.text.Len() && isBlank(v.model.text.Slice(pos, pos+1)) {
			pos = l.Next(pos)
		}
		v.moveTo(pos, shift)
	default:
		return false
	}
	return true
}

func isBlank(s string) bool { return s == " " || s == "\t" || s == "\u3000" }

// moveTo moves the caret, with the other end of the selection left where it is
// when extend is set.
func (v *TextView) moveTo(pos int, extend bool) {
	anchor := pos
	if extend {
		anchor = v.anchor
	}
	v.setSelection(anchor, pos)
	v.reveal(pos)
	v.repaint()
}

// byRows moves the caret up or down, keeping to the same x.
func (v *TextView) byRows(n int, extend bool) {
	l := v.model.layout
	row := v.caretRow()
	x := v.goalX
	if x < 0 {
		x = l.X(row, v.head)
	}
	to := min(max(row+n, 0), len(l.Rows)-1)
	pos := l.Hit(to, x)
	switch {
	case row+n < 0:
		pos = 0
	case row+n >= len(l.Rows):
		pos = v.model.text.Len()
	}
	anchor := pos
	if extend {
		anchor = v.anchor
	}
	v.setSelection(anchor, pos)
	v.goalX = x
	v.atRowEnd = pos == int(l.Rows[to].End) && pos > int(l.Rows[to].Start)
	v.revealRow(v.caretRow())
	v.repaint()
}

// page moves the caret and the view by a page less one row.
func (v *TextView) page(n int, extend bool) {
	view := v.view()
	rows := max(int(view.Height/view.Row)-1, 1)
	to := view.By(v.scroll, float32(n*rows)*view.Row)
	v.byRows(n*rows, extend)
	v.scrollTo(to)
	v.revealRow(v.caretRow())
}

// quench ends the frame that shows where evidence lies.
func (v *TextView) quench() {
	if v.flash != (Span{}) {
		v.flash = Span{}
		v.repaint()
	}
}
