package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// imeGuard keeps the keys that belong to an input method away from a widget.
//
// While Chinese is composed the window system still reports every key press,
// also those which the input method has taken (Fyne issue 5757): Backspace
// would delete committed text, Return would submit, Escape would close. The
// one sign of a composition that reaches us is a printable key press without
// the character that should follow it, so the guard counts those.
//
// Call keyDown from KeyDown, typedRune from TypedRune, swallow first of all in
// TypedKey, and reset when focus comes or goes. The zero value is ready.
type imeGuard struct {
	pending    int  // printable key presses whose character has not arrived
	committing bool // the characters now arriving come from a composition

	// modifiers tells which modifier keys are held; nil asks the driver.
	modifiers func() fyne.KeyModifier
}

// keyDown notes a key press. A press with Control, Alt or Super held is a
// shortcut, never part of a composition.
func (g *imeGuard) keyDown(name fyne.KeyName) {
	g.committing = false
	if !isPrintableKey(name) {
		return
	}
	if g.held()&(fyne.KeyModifierControl|fyne.KeyModifierAlt|fyne.KeyModifierSuper) != 0 {
		return
	}
	g.pending++
}

// typedRune notes that a character has arrived, which ends a composition. It
// reports whether the character was composed, and so is text and not a
// single-key command: either more keys were pressed than characters came, or
// it follows such a character without a key press in between.
func (g *imeGuard) typedRune() (composed bool) {
	if g.pending > 1 {
		g.committing = true
	}
	g.pending = 0
	return g.committing
}

// swallow reports whether the key belongs to the input method and must not act
// on the widget. Backspace takes one letter back from the composition, Return,
// Enter and Escape end it, the keys of movement choose among the candidates.
func (g *imeGuard) swallow(name fyne.KeyName) bool {
	if g.pending <= 0 {
		return false
	}
	switch name {
	case fyne.KeyBackspace:
		g.pending--
		return true
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyEscape:
		// Return commits the letters as they stand: they are text as well.
		g.pending, g.committing = 0, name != fyne.KeyEscape
		return true
	case fyne.KeyLeft, fyne.KeyRight, fyne.KeyUp, fyne.KeyDown,
		fyne.KeyHome, fyne.KeyEnd, fyne.KeyPageUp, fyne.KeyPageDown,
		fyne.KeyDelete, fyne.KeyTab:
		return true
	}
	return false
}

// composing reports whether keys are held back by an input method, as far as
// can be told. Between a key press and its character it is true for a moment.
func (g *imeGuard) composing() bool { return g.pending > 0 }

// reset forgets a composition: the input method drops it when focus moves.
func (g *imeGuard) reset() { g.pending, g.committing = 0, false }

func (g *imeGuard) held() fyne.KeyModifier {
	if g.modifiers != nil {
		return g.modifiers()
	}
	if app := fyne.CurrentApp(); app != nil {
		if d, ok := app.Driver().(desktop.Driver); ok {
			return d.CurrentKeyModifiers()
		}
	}
	return 0
}

// isPrintableKey reports whether pressing the key alone makes a character.
// Fyne names such keys by the character itself, and the space bar Space.
func isPrintableKey(name fyne.KeyName) bool {
	return name == fyne.KeySpace || len(name) == 1 && name[0] > ' ' && name[0] < 0x7f
}
