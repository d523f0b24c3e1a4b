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

// Button says in words what it does, with its key beside it. It takes the focus
// by Tab and acts on Enter and Space.
type Button struct {
	press
	KeyWatch
	// OnKey is asked before the button acts on a key; true means that it has been
	// dealt with.
	OnKey func(k *fyne.KeyEvent) bool
	// OnReveal asks for the button to be in sight, in its own pixels.
	OnReveal func(top, bottom float32)
}

var (
	_ fyne.Focusable = (*Button)(nil)
	_ fyne.Tappable  = (*Button)(nil)
)

// NewButton makes a button with a hairline around it.
func NewButton(label string, tapped func()) *Button {
	b := &Button{press: press{label: label, onTap: tapped}}
	b.ExtendBaseWidget(b)
	return b
}

// Enable lets something act, or keeps it from acting.
func Enable(o fyne.Disableable, on bool) {
	if on {
		o.Enable()
	} else {
		o.Disable()
	}
}

// NewSmallButton makes a button in the size of labels, for lines of words.
func NewSmallButton(label string, tapped func()) *Button {
	b := NewButton(label, tapped)
	b.small = true
	return b
}

// NewPrimaryButton makes the button of the one thing that is most likely wanted.
func NewPrimaryButton(label string, tapped func()) *Button {
	b := NewButton(label, tapped)
	b.primary = true
	return b
}

// FocusGained shows the ring.
func (b *Button) FocusGained() {
	b.focused = true
	b.Refresh()
	if b.OnReveal != nil {
		b.OnReveal(0, b.Size().Height)
	}
}

// FocusLost hides the ring.
func (b *Button) FocusLost() {
	b.focused = false
	b.Refresh()
}

// TypedKey acts on Enter and Space.
func (b *Button) TypedKey(k *fyne.KeyEvent) {
	if b.Swallow(k) || functionKey(k) || b.OnKey != nil && b.OnKey(k) {
		return
	}
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		b.Tapped(nil)
	}
}

// press is a button for the pointer alone: inside of something that has keys of
// its own for the same, so that Tab goes from field to field without stops.
type press struct {
	widget.BaseWidget

	label, key string
	onTap      func()
	primary    bool // filled with the accent
	link       bool // words in the accent without a frame, small
	small      bool // labels' size
	disabled   bool
	focused    bool
	hovered    bool
}

var (
	_ fyne.Tappable     = (*press)(nil)
	_ desktop.Hoverable = (*press)(nil)
)

// newPress makes a small button for the pointer with its key in quiet ink.
func newPress(label, key string, tapped func()) *press {
	b := &press{label: label, key: key, onTap: tapped, small: true}
	b.ExtendBaseWidget(b)
	return b
}

// newLink makes words that can be pressed.
func newLink(label, key string, tapped func()) *press {
	b := newPress(label, key, tapped)
	b.link = true
	return b
}

// Label is the words of the button.
func (b *press) Label() string { return b.label }

// Labels are the words of the button and of its key.
func (b *press) Labels() (label, key string) { return b.label, b.key }

// SetLabel changes the words of the button.
func (b *press) SetLabel(label string) { b.SetLabels(label, b.key) }

// SetLabels changes the words of the button and of its key, such as "Alt+A".
func (b *press) SetLabels(label, key string) {
	if label != b.label || key != b.key {
		b.label, b.key = label, key
		b.Refresh()
	}
}

// Enable lets the button act.
func (b *press) Enable() { b.setDisabled(false) }

// Disable keeps the button from acting and Tab from stopping at it.
func (b *press) Disable() { b.setDisabled(true) }

// Disabled reports whether the button is kept from acting.
func (b *press) Disabled() bool { return b.disabled }

func (b *press) setDisabled(on bool) {
	if b.disabled != on {
		b.disabled = on
		b.Refresh()
	}
}

// Tapped acts.
func (b *press) Tapped(*fyne.PointEvent) {
	if !b.disabled && b.onTap != nil {
		b.onTap()
	}
}

// MouseIn shades the button.
func (b *press) MouseIn(*desktop.MouseEvent) {
	b.hovered = true
	b.Refresh()
}

// MouseMoved does nothing.
func (b *press) MouseMoved(*desktop.MouseEvent) {}

// MouseOut takes the shade away.
func (b *press) MouseOut() {
	b.hovered = false
	b.Refresh()
}

// CreateRenderer draws the button.
func (b *press) CreateRenderer() fyne.WidgetRenderer {
	r := &pressRenderer{
		b:     b,
		box:   canvas.NewRectangle(color.Transparent),
		inner: canvas.NewRectangle(color.Transparent),
		label: canvas.NewText("", color.Transparent),
		key:   canvas.NewText("", color.Transparent),
	}
	r.objects = []fyne.CanvasObject{r.box, r.inner, r.label, r.key}
	r.style()
	return r
}

type pressRenderer struct {
	b          *press
	box        *canvas.Rectangle
	inner      *canvas.Rectangle // the ring of a filled button, within its fill
	label, key *canvas.Text
	objects    []fyne.CanvasObject
}

func (r *pressRenderer) Destroy()                     {}
func (r *pressRenderer) Objects() []fyne.CanvasObject { return r.objects }

// pad is the room beside the words and the height of the button.
func (r *pressRenderer) pad() (side, height float32) {
	switch {
	case r.b.link:
		return look.Tight, lineHeight(captionSize())
	case r.b.small:
		return look.Near, 24 * textScale()
	}
	return look.Apart - look.Tight, look.RowHeight * textScale()
}

func (r *pressRenderer) MinSize() fyne.Size {
	side, height := r.pad()
	w := r.label.MinSize().Width + 2*side
	if r.b.key != "" {
		w += look.Near + r.key.MinSize().Width
	}
	return fyne.NewSize(w, height)
}

func (r *pressRenderer) Layout(size fyne.Size) {
	side, _ := r.pad()
	label, key := r.label.MinSize(), r.key.MinSize()
	x, up := side, lift
	if r.b.link {
		up = 0 // it stands in a line of other words
	}
	if r.b.key == "" {
		x = (size.Width - label.Width) / 2
	}
	r.label.Move(fyne.NewPos(x, (size.Height-label.Height)/2-up))
	r.key.Move(fyne.NewPos(size.Width-side-key.Width, (size.Height-key.Height)/2-up))
	placeInside(r.box, size)
	in := 2 * look.FocusRing
	placeInsideAt(r.inner, fyne.NewPos(in/2, in/2), size.SubtractWidthHeight(in, in))
}

func (r *pressRenderer) Refresh() {
	r.style()
	r.Layout(r.b.Size())
	for _, o := range r.objects {
		o.Refresh()
	}
}

func (r *pressRenderer) style() {
	b, p := r.b, look.Current()
	ink, quiet, fill, line := p.Ink, p.Quiet, color.Color(p.Panel), color.Color(p.Edge)
	switch {
	case b.disabled:
		ink, quiet, line = p.Faint, p.Faint, p.Line
	case b.link:
		ink, fill, line = p.Accent, color.Transparent, color.Transparent
	case b.primary:
		ink, quiet, fill, line = p.OnAccent, p.OnAccent, p.Accent, p.Accent
	}
	if b.hovered && !b.disabled {
		if b.primary {
			fill = look.Over(p.Ink, p.Accent, 0.15)
		} else {
			fill = look.Over(p.Ink, p.Panel, 0.07)
		}
	}
	r.box.FillColor, r.box.StrokeColor, r.box.StrokeWidth, r.box.CornerRadius = fill, line, p.LineWidth, look.Corner
	if b.focused {
		r.box.StrokeColor, r.box.StrokeWidth = p.Accent, ringWidth(p)
	}
	r.inner.FillColor = p.Accent // a stroke around nothing is darkened at its edge
	r.inner.Hidden = !b.focused || !b.primary
	r.inner.StrokeColor, r.inner.StrokeWidth, r.inner.CornerRadius = p.OnAccent, look.FocusRing, look.Corner
	size := theme.TextSize()
	if b.small {
		size = captionSize()
	}
	setText(r.label, b.label, size, ink)
	setText(r.key, b.key, captionSize(), quiet)
	r.key.Hidden = b.key == ""
}
