package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fonds/widgets/look"
)

// KeyCatcher takes the next key that is pressed, whichever it is, while it has
// the focus. Escape leaves it; Tab goes on. Letters that an input method holds
// back are none.
type KeyCatcher struct {
	widget.BaseWidget

	OnRune     func(r rune)                    // a character, typed without Control or Alt
	OnKey      func(name fyne.KeyName)         // a key that makes none
	OnShortcut func(s *desktop.CustomShortcut) // with Control, Alt or Super
	OnLeave    func()                          // Escape

	prompt  string
	bad     bool
	focused bool
	guard   imeGuard
}

// NewKeyCatcher makes a catcher that says prompt.
func NewKeyCatcher(prompt string) *KeyCatcher {
	c := &KeyCatcher{prompt: prompt}
	c.ExtendBaseWidget(c)
	return c
}

// SetBad draws it in the colour of errors. What is wrong belongs beside it.
func (c *KeyCatcher) SetBad(bad bool) { c.bad = bad; c.Refresh() }

// FocusGained shows the ring.
func (c *KeyCatcher) FocusGained() { c.setFocused(true) }

// FocusLost hides the ring.
func (c *KeyCatcher) FocusLost() { c.setFocused(false) }

func (c *KeyCatcher) setFocused(on bool) {
	c.guard.focus(c, on)
	c.focused = on
	c.Refresh()
}

// Tapped takes the focus.
func (c *KeyCatcher) Tapped(*fyne.PointEvent) { focus(c, c) }

// KeyDown notes a key press.
func (c *KeyCatcher) KeyDown(k *fyne.KeyEvent) { c.guard.keyDown(k.Name) }

// KeyUp notes that a key was let go.
func (c *KeyCatcher) KeyUp(k *fyne.KeyEvent) { c.guard.keyUp(k.Name) }

// TypedRune takes a character.
func (c *KeyCatcher) TypedRune(r rune) {
	if !c.guard.typedRune(r) && r != ' ' && c.OnRune != nil {
		c.OnRune(r)
	}
}

// TypedKey takes a key that makes no character.
func (c *KeyCatcher) TypedKey(k *fyne.KeyEvent) {
	switch {
	case c.guard.swallow(k.Name), isPrintableKey(k.Name), k.Name == "",
		k.Name == desktop.KeyShiftLeft, k.Name == desktop.KeyShiftRight, k.Name == desktop.KeyControlLeft, k.Name == desktop.KeyControlRight,
		k.Name == desktop.KeyAltLeft, k.Name == desktop.KeyAltRight, k.Name == desktop.KeySuperLeft, k.Name == desktop.KeySuperRight,
		k.Name == desktop.KeyCapsLock, k.Name == desktop.KeyMenu:
	case k.Name == fyne.KeyEscape:
		if c.OnLeave != nil {
			c.OnLeave()
		}
	case c.OnKey != nil:
		c.OnKey(k.Name)
	}
}

// TypedShortcut takes a combination. Those that Fyne has names of its own for are
// told by their keys.
func (c *KeyCatcher) TypedShortcut(s fyne.Shortcut) {
	if c.OnShortcut == nil {
		return
	}
	key := func(k fyne.KeyName) {
		c.OnShortcut(&desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierShortcutDefault})
	}
	switch s := s.(type) {
	case *desktop.CustomShortcut:
		c.OnShortcut(s)
	case *fyne.ShortcutCopy:
		key(fyne.KeyC)
	case *fyne.ShortcutPaste:
		key(fyne.KeyV)
	case *fyne.ShortcutCut:
		key(fyne.KeyX)
	case *fyne.ShortcutSelectAll:
		key(fyne.KeyA)
	case *fyne.ShortcutUndo:
		key(fyne.KeyZ)
	case *fyne.ShortcutRedo:
		key(fyne.KeyY)
	}
}

// CreateRenderer draws the frame and the words.
func (c *KeyCatcher) CreateRenderer() fyne.WidgetRenderer {
	r := &catcherRenderer{c: c, box: canvas.NewRectangle(color.Transparent), text: canvas.NewText("", color.Transparent)}
	r.Refresh()
	return r
}

type catcherRenderer struct {
	c    *KeyCatcher
	box  *canvas.Rectangle
	text *canvas.Text
}

func (r *catcherRenderer) Destroy()                     {}
func (r *catcherRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.box, r.text} }
func (r *catcherRenderer) MinSize() fyne.Size {
	return r.text.MinSize().AddWidthHeight(2*look.Apart, 2*look.Apart)
}

func (r *catcherRenderer) Layout(size fyne.Size) {
	placeInside(r.box, size)
	m := r.text.MinSize()
	r.text.Move(fyne.NewPos((size.Width-m.Width)/2, (size.Height-m.Height)/2))
}

func (r *catcherRenderer) Refresh() {
	p := look.Current()
	r.text.Text, r.text.Color, r.text.TextSize = r.c.prompt, p.Ink, theme.TextSize()
	r.box.FillColor, r.box.CornerRadius = p.Paper, look.Corner
	r.box.StrokeColor, r.box.StrokeWidth = p.Line, p.LineWidth
	switch {
	case r.c.bad:
		r.box.StrokeColor, r.box.StrokeWidth = p.Bad, ringWidth(p)
	case r.c.focused:
		r.box.StrokeColor, r.box.StrokeWidth = p.Accent, ringWidth(p)
	}
	r.Layout(r.c.Size())
	r.box.Refresh()
	r.text.Refresh()
}
