package widgets

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fonds/widgets/look"
)

// Option is one line of Options.
type Option struct {
	ID     string
	Label  string
	Detail string // what it means, quiet, below
	On     bool
}

// Options are a few lines of which one (a ring before it), or any number (a box),
// is on. They are one stop of Tab: Up and Down move, Space and Enter choose, a
// press on a line chooses it. What is chosen is shown when SetOptions brings it.
type Options struct {
	widget.BaseWidget
	KeyWatch

	// OnPick takes what the person chose: on is what it is to be.
	OnPick func(id string, on bool)
	// OnKey is asked before the options act on a key.
	OnKey func(k *fyne.KeyEvent) bool
	// OnReveal asks for a part of the widget to be in sight, in its own pixels.
	OnReveal func(top, bottom float32)
	// Covers says which runes the font has.
	Covers CoversFunc

	many     bool
	options  []Option
	lines    []*optionLine
	at       int
	focused  bool
	disabled bool
	ring     *canvas.Rectangle
	height   float32
	faces    *formFaces
}

// optionLine draws one of them.
type optionLine struct {
	out, in       *canvas.Rectangle // the ring or box, and what fills it
	label, detail *paragraph
	top, bottom   float32
}

var (
	_ fyne.Focusable    = (*Options)(nil)
	_ fyne.Disableable  = (*Options)(nil)
	_ desktop.Mouseable = (*Options)(nil)
)

// NewOptions makes them empty; many says that any number may be on.
func NewOptions(many bool) *Options {
	o := &Options{many: many, ring: canvas.NewRectangle(color.Transparent)}
	o.ExtendBaseWidget(o)
	return o
}

// SetOptions shows options, keeping the line of the keyboard.
func (o *Options) SetOptions(options []Option) {
	if slices.Equal(options, o.options) {
		return
	}
	o.options = slices.Clone(options)
	for len(o.lines) < len(options) {
		o.lines = append(o.lines, &optionLine{canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent),
			newParagraph(2), newParagraph(4), 0, 0})
	}
	o.lines = o.lines[:len(options)]
	o.at = min(o.at, max(0, len(options)-1))
	o.Refresh()
}

// Enable lets the person choose.
func (o *Options) Enable() { o.setDisabled(false) }

// Disable shows what is on and lets nobody choose: Tab passes by.
func (o *Options) Disable() { o.setDisabled(true) }

// Disabled reports whether nobody can choose.
func (o *Options) Disabled() bool { return o.disabled }

func (o *Options) setDisabled(on bool) {
	if o.disabled != on {
		o.disabled = on
		o.Refresh()
	}
}

func (o *Options) pick(i int) {
	if o.disabled || i < 0 || i >= len(o.options) {
		return
	}
	if c := o.options[i]; o.OnPick != nil && (o.many || !c.On) {
		o.OnPick(c.ID, !c.On)
	}
}

func (o *Options) move(to int) {
	o.at = min(max(to, 0), max(0, len(o.options)-1))
	o.Refresh()
	o.reveal()
}

func (o *Options) reveal() {
	if o.OnReveal != nil && o.at < len(o.lines) {
		o.OnReveal(o.lines[o.at].top, o.lines[o.at].bottom)
	}
}

// TypedKey moves and chooses.
func (o *Options) TypedKey(k *fyne.KeyEvent) {
	if o.Swallow(k) || functionKey(k) || o.OnKey != nil && o.OnKey(k) {
		return
	}
	switch k.Name {
	case fyne.KeyUp:
		o.move(o.at - 1)
	case fyne.KeyDown:
		o.move(o.at + 1)
	case fyne.KeyHome:
		o.move(0)
	case fyne.KeyEnd:
		o.move(len(o.options) - 1)
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		o.pick(o.at)
	}
}

// FocusGained shows the ring.
func (o *Options) FocusGained() {
	o.focused = true
	o.Refresh()
	o.reveal()
}

// FocusLost hides the ring.
func (o *Options) FocusLost() {
	o.focused = false
	o.Refresh()
}

// MouseDown chooses the line under the pointer.
func (o *Options) MouseDown(e *desktop.MouseEvent) {
	if o.disabled || e.Button != desktop.MouseButtonPrimary {
		return
	}
	focus(o, o)
	for i, l := range o.lines {
		if e.Position.Y >= l.top && e.Position.Y < l.bottom {
			o.move(i)
			o.pick(i)
			return
		}
	}
}

// MouseUp does nothing.
func (o *Options) MouseUp(*desktop.MouseEvent) {}

// place puts the lines under each other at the width there is.
func (o *Options) place() {
	width := o.Size().Width
	if o.faces == nil {
		o.faces = newFormFaces()
	}
	if width <= 0 {
		width = 320
	}
	p, text, caption := look.Current(), o.faces.text, o.faces.caption
	sign := look.Text * textScale()
	left := look.Near + sign + look.Near
	y := float32(0)
	for i, l := range o.lines {
		c := o.options[i]
		ink := p.Ink
		if o.disabled {
			ink = p.Quiet
		}
		l.top = y
		y += look.Tight
		l.label.set(cleanLines(c.Label, o.Covers), text, ink, width-left-look.Near)
		h := l.label.place(left, y)
		o.placeSign(l, c.On, ink, fyne.NewPos(look.Near, y+(lineHeight(text.size)-sign)/2+lift), sign)
		y += h
		l.detail.set(cleanLines(c.Detail, o.Covers), caption, p.Quiet, width-left-look.Near)
		y += l.detail.place(left, y) + look.Tight
		l.bottom = y
	}
	o.ring.Hidden = !o.focused || o.at >= len(o.lines)
	if !o.ring.Hidden {
		o.ring.StrokeColor, o.ring.StrokeWidth, o.ring.CornerRadius = p.Accent, ringWidth(p), look.Corner
		l := o.lines[o.at]
		placeInsideAt(o.ring, fyne.NewPos(0, l.top), fyne.NewSize(width, l.bottom-l.top))
	}
	was := o.height
	if o.height = y; was != y {
		canvas.Refresh(o)
	}
}

// placeSign draws the ring or the box before a line, filled where it is on.
func (o *Options) placeSign(l *optionLine, on bool, ink color.NRGBA, at fyne.Position, size float32) {
	p := look.Current()
	l.out.FillColor, l.out.StrokeColor, l.out.StrokeWidth = p.Paper, p.Quiet, max(1, p.LineWidth)
	l.in.FillColor, l.in.Hidden = p.Accent, !on
	if o.disabled {
		l.in.FillColor = ink
	}
	l.out.CornerRadius, l.in.CornerRadius = look.Corner/2, 1
	if !o.many {
		l.out.CornerRadius, l.in.CornerRadius = size/2, size/4
	}
	placeInsideAt(l.out, at, fyne.NewSize(size, size))
	inset := size * 0.27
	l.in.Move(at.AddXY(inset, inset))
	l.in.Resize(fyne.NewSize(size-2*inset, size-2*inset))
}

// CreateRenderer draws the lines.
func (o *Options) CreateRenderer() fyne.WidgetRenderer { o.place(); return &optionsRenderer{o} }

type optionsRenderer struct{ o *Options }

func (r *optionsRenderer) Destroy()           {}
func (r *optionsRenderer) MinSize() fyne.Size { return fyne.NewSize(160, r.o.height) }
func (r *optionsRenderer) Layout(fyne.Size)   { r.o.place() }

func (r *optionsRenderer) Objects() []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for _, l := range r.o.lines {
		out = append(out, l.out, l.in)
		out = append(append(out, l.label.objects()...), l.detail.objects()...)
	}
	return append(out, r.o.ring)
}

func (r *optionsRenderer) Refresh() {
	if r.o.faces != nil && r.o.faces.text.size != theme.TextSize() {
		r.o.faces = nil
	}
	r.o.place()
	for _, o := range r.Objects() {
		o.Refresh()
	}
}

// RevealIn keeps the line that has the focus in sight of a scroll that holds nothing
// but the options.
func (o *Options) RevealIn(s *container.Scroll) {
	o.OnReveal = func(top, bottom float32) {
		if h := s.Size().Height; bottom > s.Offset.Y+h {
			s.ScrollToOffset(fyne.NewPos(0, bottom-h))
		} else if top < s.Offset.Y {
			s.ScrollToOffset(fyne.NewPos(0, top))
		}
	}
}
