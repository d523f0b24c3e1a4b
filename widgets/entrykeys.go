package widgets

import (
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Composing reports whether an input method holds keys back, so that single-key
// commands elsewhere can keep still.
func (e *Entry) Composing() bool { return e.guard.composing() }

// AcceptsTab says that Tab leaves the entry, but for the Tab that moves among
// the candidates of an input method.
func (e *Entry) AcceptsTab() bool { return e.guard.composing() }

// KeyDown notes a key press before anything acts on it.
func (e *Entry) KeyDown(k *fyne.KeyEvent) {
	e.guard.keyDown(k.Name)
	e.Entry.KeyDown(k)
}

// KeyUp notes that a key was let go.
func (e *Entry) KeyUp(k *fyne.KeyEvent) {
	e.guard.keyUp(k.Name)
	e.Entry.KeyUp(k)
}

// TypedRune takes a character, typed or composed.
func (e *Entry) TypedRune(r rune) {
	e.guard.typedRune(r)
	if e.locked() {
		return
	}
	e.remember()
	e.Entry.TypedRune(r)
}

// TypedKey acts on a key unless it belongs to an input method.
func (e *Entry) TypedKey(k *fyne.KeyEvent) {
	if e.guard.swallow(k.Name) || functionKey(k) {
		return
	}
	if e.OnKey != nil && e.OnKey(k) {
		return
	}
	switch k.Name {
	case fyne.KeyEscape:
		e.cancel()
		return
	case fyne.KeyReturn, fyne.KeyEnter:
		if !e.MultiLine {
			e.commit()
			return
		}
	case fyne.KeyTab:
		return
	}
	e.remember()
	e.Entry.TypedKey(k)
}

// TypedShortcut acts on a shortcut: undo and redo of typing under way, then
// whatever OnShortcut takes, then Ctrl+Enter, then what Fyne's entry knows.
func (e *Entry) TypedShortcut(s fyne.Shortcut) {
	switch s.(type) {
	case *fyne.ShortcutCut, *fyne.ShortcutPaste:
		if e.locked() {
			return
		}
	case *fyne.ShortcutUndo:
		if !e.UndoTyping() && e.OnShortcut != nil {
			e.OnShortcut(s)
		}
		return
	case *fyne.ShortcutRedo:
		if !e.RedoTyping() && e.OnShortcut != nil {
			e.OnShortcut(s)
		}
		return
	}
	if e.OnShortcut != nil && e.OnShortcut(s) {
		return
	}
	if c, ok := s.(*desktop.CustomShortcut); ok && c.Modifier == fyne.KeyModifierShortcutDefault &&
		(c.KeyName == fyne.KeyReturn || c.KeyName == fyne.KeyEnter) {
		e.commit()
		return
	}
	e.remember()
	e.Entry.TypedShortcut(s)
}

// Finish does what Ctrl+Enter is for while something is being typed: it ends the
// box that the entry is in, or commits what was typed in several lines. It
// reports whether there was such a thing to do.
func (e *Entry) Finish() bool {
	enter := &desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierShortcutDefault}
	switch {
	case e.Composing(), e.OnShortcut != nil && e.OnShortcut(enter):
	case e.MultiLine && e.Dirty():
		e.commit()
	default:
		return false
	}
	return true
}

// UndoTyping takes the last typing back while the entry is dirty and reports
// whether it did. A menu's Undo asks the focused entry first.
func (e *Entry) UndoTyping() bool {
	if !e.Dirty() || e.locked() {
		return false
	}
	e.remember()
	e.Entry.Undo()
	e.redoable = true
	return true
}

// RedoTyping brings undone typing back and reports whether it did.
func (e *Entry) RedoTyping() bool {
	if !e.Dirty() && !e.redoable || e.locked() {
		return false
	}
	e.remember()
	e.Entry.Redo()
	e.redoable = true
	return true
}

// CaretToEnd puts the caret behind the text with nothing selected.
func (e *Entry) CaretToEnd() {
	e.Entry.TypedShortcut(&fyne.ShortcutSelectAll{})
	e.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	e.remember()
}

// FocusGained begins typing.
func (e *Entry) FocusGained() {
	e.guard.focus(e, true)
	e.focused = true
	e.returnCaret()
	e.Entry.FocusGained()
	if e.OnFocus != nil {
		e.OnFocus(true)
	}
}

// FocusLost commits what was typed.
func (e *Entry) FocusLost() {
	e.guard.focus(e, false)
	e.focused = false
	e.leaveCaret()
	e.Entry.FocusLost()
	if e.OnFocus != nil {
		e.OnFocus(false)
	}
	e.Commit()
}

// leaveCaret notes where the caret is and shows the beginning of a long line.
func (e *Entry) leaveCaret() {
	e.left, e.leftText = [2]int{e.CursorRow, e.CursorColumn}, e.Text
	if !e.MultiLine {
		e.CursorColumn = 0
	}
}

// returnCaret puts the caret back where it was, or behind a text that is new:
// typing goes on from there. A pointer that brings the focus says where itself.
func (e *Entry) returnCaret() {
	switch {
	case e.byMouse:
	case e.leftText == e.Text:
		e.CursorRow, e.CursorColumn = e.left[0], e.left[1]
	case !e.MultiLine:
		e.CursorColumn = utf8.RuneCountInString(e.Text)
	}
}

// MouseDown places the caret.
func (e *Entry) MouseDown(ev *desktop.MouseEvent) {
	e.byMouse = true
	e.Entry.MouseDown(ev)
	e.byMouse = false
}
