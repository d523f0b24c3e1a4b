package widgets

import (
	"slices"
	"time"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// imeGuard keeps the keys that belong to an input method away from a widget.
//
// While Chinese is composed the window system still reports every key press,
// also those which the input method has taken (Fyne issue 5757, GLFW pull
// request 1972): Backspace would delete committed text, Return would submit,
// Escape would close. The one sign of a composition that reaches us is a
// printable key press without the character that should follow it.
//
// Call keyDown from KeyDown, keyUp from KeyUp, typedRune from TypedRune, focus
// when focus comes or goes, and swallow first of all in TypedKey. The zero value
// is ready.
type imeGuard struct {
	c *composition // nil: that of the window
}

// windowComposition is what is known of the window's input method. A window has
// one input context, whichever of its widgets has the focus: what was begun in
// one field goes on in the next that is clicked, and lands there.
var windowComposition composition

// composition is a count of what an input method holds.
type composition struct {
	keys       []heldKey    // printable key presses whose character has not arrived, the oldest first
	committing bool         // the characters now arriving come from a composition
	letters    []heldKey    // a key was pressed with which input methods hand these over as they stand
	ended      time.Time    // when it was
	ending     int          // so many of keys are gone as soon as the first of letters arrives
	alone      fyne.KeyName // the last key that went down, if it is Shift or Caps Lock
	down       fyne.KeyName // the last key that went down, while it is down
	fresh      bool         // it has not been typed yet: if it is typed again, it is held down

	left any    // what had the focus last, while nothing has it
	said bool   // Composing was told of it
	stop func() // of the timer that will tell

	modifiers func() fyne.KeyModifier // that are held; nil asks the driver
	now       func() time.Time        // nil: the clock
	after     AfterFunc               // nil: the real timer
	do        DoFunc
	told      func(on bool) // nil: Composing
}

type heldKey struct {
	name fyne.KeyName
	at   time.Time
}

const (
	// passing is how long a character may be on its way through an input method
	// that has no use for the key. Nobody chooses a candidate in that time.
	passing = 200 * time.Millisecond
	// arriving is the same for a key that is alone: a slow machine draws a few
	// pictures meanwhile.
	arriving = time.Second
	// composingAfter is how long keys must be held back before it is said.
	composingAfter = 300 * time.Millisecond
)

// Composing is told when an input method begins to hold keys back, as far as can
// be seen, and when it holds none any more. Nil: nobody is told.
var Composing func(on bool)

func (g *imeGuard) at() *composition {
	if g.c != nil {
		return g.c
	}
	return &windowComposition
}

// keyDown notes a key press.
func (g *imeGuard) keyDown(name fyne.KeyName) { g.at().keyDown(name) }

// keyUp notes that a key was let go.
func (g *imeGuard) keyUp(name fyne.KeyName) { g.at().keyUp(name) }

// focus notes that the focus comes to a widget or leaves it.
func (g *imeGuard) focus(w any, on bool) { g.at().focus(w, on) }

// typedRune notes that a character has arrived. It reports whether the character
// was composed, and so is text and not a single-key command.
func (g *imeGuard) typedRune(r rune) (composed bool) { return g.at().typedRune(r) }

// swallow reports whether the key belongs to the input method and must not act
// on the widget.
func (g *imeGuard) swallow(name fyne.KeyName) bool { return g.at().swallow(name) }

// composing reports whether keys are held back by an input method, as far as
// can be told. Between a key press and its character it is true for a moment.
func (g *imeGuard) composing() bool { return len(g.at().keys) > 0 }

// A press with Control, Alt or Super held is a shortcut, never part of a
// composition; the one that turns input methods on and off ends it.
func (c *composition) keyDown(name fyne.KeyName) {
	c.committing, c.alone, c.down, c.fresh = false, "", name, true
	switch name {
	case desktop.KeyShiftLeft, desktop.KeyShiftRight, desktop.KeyCapsLock:
		c.alone = name
	}
	if !isPrintableKey(name) {
		return
	}
	if c.shortcut() {
		if name == fyne.KeySpace {
			c.handOver(len(c.keys))
		}
		return
	}
	c.add(name)
}

// keyUp sees whether Shift or Caps Lock was pressed alone: pinyin goes over to
// English then and commits the letters.
func (c *composition) keyUp(name fyne.KeyName) {
	if name != "" && name == c.alone && len(c.keys) > 0 {
		c.handOver(len(c.keys))
	}
	c.alone = ""
	if name == c.down {
		c.down = ""
	}
}

// focus: input methods drop what is being composed when the window loses the
// keyboard, and do not where the focus moves within it. The former is seen by the
// widget that has lost the focus being the next to get it.
func (c *composition) focus(w any, on bool) {
	switch {
	case !on:
		c.left = w
	case c.left == w:
		c.left = nil
		c.clear()
	default:
		c.left = nil
	}
}

// handOver expects the letters that were pressed to arrive as text, also when
// other keys are pressed before they do. With that so many of the keys are done.
func (c *composition) handOver(done int) {
	if len(c.keys) > 0 {
		c.letters, c.ended, c.ending = slices.Clone(c.keys), c.clock(), done
	}
}

func (c *composition) add(name fyne.KeyName) {
	if len(c.keys) > 0 && (name == fyne.KeyMinus || name == fyne.KeyEqual) {
		return // they turn the pages of the candidates
	}
	c.keys = append(c.keys, heldKey{name, c.clock()})
	c.watch()
}

// typedRune tells a character that the input method let pass from one that it
// made. The former is the key's, and comes soon after it where the key is a
// letter: no composition begins with another. Keys typed fast are on their way
// together.
func (c *composition) typedRune(r rune) (composed bool) {
	if len(c.letters) > 0 && c.letters[0].makes(r) && c.clock().Sub(c.ended) < arriving {
		c.keys, c.ending = c.keys[min(c.ending, len(c.keys)):], 0
		c.letters = c.letters[1:]
		c.watch()
		return true
	}
	c.letters, c.ending = nil, 0
	n := len(c.keys)
	switch {
	case c.committing: // another one of the same commit
	case n > 0 && c.keys[0].makes(r) && (!c.keys[0].letter() || c.clock().Sub(c.keys[0].at) < passing):
		c.keys = c.keys[1:]
	default:
		c.committing = n > 1 || n == 1 && c.clock().Sub(c.keys[0].at) >= arriving
		c.keys = c.next()
	}
	c.watch()
	return c.committing
}

// next is what was pressed after the key that committed: where the program is
// slow the first letters of the next word are there before the last one is.
func (c *composition) next() []heldKey {
	for i := len(c.keys) - 1; i >= 0; i-- {
		if !c.keys[i].letter() {
			return c.keys[i+1:]
		}
	}
	return nil
}

// makes says whether a key may have made a character by itself.
func (p heldKey) makes(r rune) bool {
	switch {
	case p.name == fyne.KeySpace:
		return r == ' '
	case p.letter():
		return unicode.ToUpper(r) == rune(p.name[0])
	}
	return !unicode.IsLetter(r) && r != ' '
}

// letter says whether a composition may begin with the key.
func (p heldKey) letter() bool { return len(p.name) == 1 && p.name[0] >= 'A' && p.name[0] <= 'Z' }

// swallow: Backspace takes one letter back from the composition, Return, Enter
// and Escape end it, the keys of movement choose among the candidates. A letter
// that is held down goes into the composition again and again.
func (c *composition) swallow(name fyne.KeyName) bool {
	held := c.down == name && !c.fresh
	c.fresh = false
	if isPrintableKey(name) {
		if held && !c.shortcut() {
			c.add(name)
		}
		return name == fyne.KeySpace && len(c.keys) > 1
	}
	if len(c.keys) == 0 {
		return false
	}
	switch name {
	case fyne.KeyBackspace:
		c.keys = c.keys[:len(c.keys)-1]
		c.watch()
		return true
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyEscape:
		// Return commits the letters as they stand: they are text as well.
		if name != fyne.KeyEscape {
			c.handOver(0)
		}
		c.keys, c.committing = nil, name != fyne.KeyEscape
		c.watch()
		return true
	case fyne.KeyLeft, fyne.KeyRight, fyne.KeyUp, fyne.KeyDown,
		fyne.KeyHome, fyne.KeyEnd, fyne.KeyPageUp, fyne.KeyPageDown,
		fyne.KeyDelete, fyne.KeyTab:
		return true
	}
	return false
}

// clear forgets what was held.
func (c *composition) clear() {
	c.keys, c.committing, c.letters, c.ending = nil, false, nil, 0
	c.watch()
}

// watch tells of a composition once it has lasted a moment, so that nothing
// flickers while somebody types, and of its end at once.
func (c *composition) watch() {
	switch {
	case len(c.keys) == 0:
		if c.stop != nil {
			c.stop()
			c.stop = nil
		}
		c.say(false)
	case c.stop == nil && !c.said && (c.told != nil || Composing != nil):
		c.stop = later(c.after, c.do, composingAfter, func() {
			c.stop = nil
			c.say(true)
		})
	}
}

func (c *composition) say(on bool) {
	if c.said == on {
		return
	}
	c.said = on
	switch {
	case c.told != nil:
		c.told(on)
	case Composing != nil:
		Composing(on)
	}
}

func (c *composition) clock() time.Time {
	if c.now != nil {
		return c.now()
	}
	return time.Now()
}

// held is which modifier keys are down.
func (g *imeGuard) held() fyne.KeyModifier { return g.at().held() }

func (c *composition) held() fyne.KeyModifier {
	if c.modifiers != nil {
		return c.modifiers()
	}
	if app := fyne.CurrentApp(); app != nil {
		if d, ok := app.Driver().(desktop.Driver); ok {
			return d.CurrentKeyModifiers()
		}
	}
	return 0
}

// shortcut says whether Control, Alt or Super is held.
func (c *composition) shortcut() bool {
	return c.held()&(fyne.KeyModifierControl|fyne.KeyModifierAlt|fyne.KeyModifierSuper) != 0
}

// isPrintableKey reports whether pressing the key alone makes a character.
// Fyne names such keys by the character itself, and the space bar Space.
func isPrintableKey(name fyne.KeyName) bool {
	return name == fyne.KeySpace || len(name) == 1 && name[0] > ' ' && name[0] < 0x7f
}

// KeyWatch is embedded by what takes keys and has no text: it lets no key of an
// input method through that was begun elsewhere.
type KeyWatch struct{ guard imeGuard }

// KeyDown notes a key press.
func (w *KeyWatch) KeyDown(k *fyne.KeyEvent) { w.guard.keyDown(k.Name) }

// KeyUp notes that a key was let go.
func (w *KeyWatch) KeyUp(k *fyne.KeyEvent) { w.guard.keyUp(k.Name) }

// TypedRune notes a character, and passes a single key on.
func (w *KeyWatch) TypedRune(r rune) {
	if !w.guard.typedRune(r) && SingleKeys != nil {
		SingleKeys(r)
	}
}

// Swallow is to be asked first in TypedKey: true says that the key belongs to an
// input method.
func (w *KeyWatch) Swallow(k *fyne.KeyEvent) bool { return w.guard.swallow(k.Name) }
