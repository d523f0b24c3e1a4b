package widgets

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"fonds/widgets/look"
	"fonds/widgets/textpaint"
)

// StylePicker shows every style of marks as the text has it, a sample in each,
// and lets one be chosen. It is one stop of Tab: the arrows, Home and End choose,
// and so does a press.
type StylePicker struct {
	widget.BaseWidget

	// OnPick takes the style that the person chose.
	OnPick func(style int)
	// OnKey is asked before the picker acts on a key.
	OnKey func(k *fyne.KeyEvent) bool

	sample   string
	at       int
	focused  bool
	disabled bool
	raster   *canvas.Raster
	words    []*canvas.Text
}

var (
	_ fyne.Focusable    = (*StylePicker)(nil)
	_ fyne.Disableable  = (*StylePicker)(nil)
	_ desktop.Mouseable = (*StylePicker)(nil)
)

// The cells of a StylePicker, in pixels at text size 1.
const (
	styleColumns         = 5
	styleWidth   float32 = 64
	styleHeight  float32 = 36
)

// NewStylePicker makes one whose samples read so; the first style is chosen.
func NewStylePicker(sample string) *StylePicker {
	s := &StylePicker{sample: sample}
	s.raster = canvas.NewRaster(s.paint)
	for range look.Current().Marks {
		s.words = append(s.words, canvas.NewText(sample, color.Transparent))
	}
	s.ExtendBaseWidget(s)
	return s
}

// Style is what is chosen.
func (s *StylePicker) Style() int { return s.at }

// SetStyle chooses on the program's behalf: OnPick is not told.
func (s *StylePicker) SetStyle(style int) {
	s.at = min(max(style, 0), len(s.words)-1)
	s.Refresh()
}

// SetNone shows that none is chosen.
func (s *StylePicker) SetNone() {
	s.at = -1
	s.Refresh()
}

// Enable lets the person choose.
func (s *StylePicker) Enable() { s.disabled = false; s.Refresh() }

// Disable shows what is chosen and lets nobody change it: Tab passes by.
func (s *StylePicker) Disable() { s.disabled = true; s.Refresh() }

// Disabled reports whether nobody can choose.
func (s *StylePicker) Disabled() bool { return s.disabled }

func (s *StylePicker) pick(style int) {
	if s.disabled || style < 0 || style >= len(s.words) || style == s.at {
		return
	}
	s.SetStyle(style)
	if s.OnPick != nil {
		s.OnPick(style)
	}
}

// TypedKey chooses.
func (s *StylePicker) TypedKey(k *fyne.KeyEvent) {
	if functionKey(k) || s.OnKey != nil && s.OnKey(k) {
		return
	}
	switch k.Name {
	case fyne.KeyLeft:
		s.pick(s.at - 1)
	case fyne.KeyRight:
		s.pick(s.at + 1)
	case fyne.KeyUp:
		s.pick(s.at - styleColumns)
	case fyne.KeyDown:
		s.pick(s.at + styleColumns)
	case fyne.KeyHome:
		s.pick(0)
	case fyne.KeyEnd:
		s.pick(len(s.words) - 1)
	}
}

// TypedRune does nothing.
func (s *StylePicker) TypedRune(rune) {}

// FocusGained shows the ring.
func (s *StylePicker) FocusGained() { s.focused = true; s.Refresh() }

// FocusLost hides the ring.
func (s *StylePicker) FocusLost() { s.focused = false; s.Refresh() }

// MouseDown chooses the sample under the pointer.
func (s *StylePicker) MouseDown(e *desktop.MouseEvent) {
	if e.Button != desktop.MouseButtonPrimary || s.disabled {
		return
	}
	focus(s, s)
	w, h := s.cell()
	if col, row := int(e.Position.X/w), int(e.Position.Y/h); col < styleColumns {
		s.pick(row*styleColumns + col)
	}
}

// MouseUp does nothing.
func (s *StylePicker) MouseUp(*desktop.MouseEvent) {}

func (s *StylePicker) cell() (w, h float32) {
	return styleWidth * textScale(), styleHeight * textScale()
}

// corner is where the cell of a style begins.
func (s *StylePicker) corner(style int) (x, y float32) {
	w, h := s.cell()
	return float32(style%styleColumns) * w, float32(style/styleColumns) * h
}

// paint draws grounds, underlines and the frame of what is chosen: what the text
// view draws under words.
func (s *StylePicker) paint(w, h int) image.Image {
	p := look.Current()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	size := s.raster.Size()
	if size.Width <= 0 {
		return img
	}
	sheet := &textpaint.Sheet{Img: img, Scale: float32(w) / size.Width}
	sheet.Fill(0, 0, size.Width, size.Height, p.Paper)
	cw, ch := s.cell()
	for i, t := range s.words {
		x, y := s.corner(i)
		st := p.MarkStyle(i)
		wide := t.MinSize()
		left, top := x+(cw-wide.Width)/2, y+(ch-wide.Height)/2-1
		sheet.Fill(left, top, wide.Width, wide.Height, tint(st.Color, p.Band))
		sheet.HLine(left, left+wide.Width, top+wide.Height, 2, int(st.Underline), st.Color)
		if i != s.at {
			continue
		}
		thick, ink := max(1, p.LineWidth), p.Quiet
		if s.focused {
			thick, ink = ringWidth(p), p.Accent
		}
		sheet.Frame(x+1, y+1, cw-2, ch-2, thick, textpaint.Solid, textpaint.AllSides, ink)
	}
	return img
}

// CreateRenderer draws the samples.
func (s *StylePicker) CreateRenderer() fyne.WidgetRenderer {
	r := &stylePickerRenderer{s: s, objects: []fyne.CanvasObject{s.raster}}
	for _, t := range s.words {
		r.objects = append(r.objects, t)
	}
	r.style()
	return r
}

type stylePickerRenderer struct {
	s       *StylePicker
	objects []fyne.CanvasObject
}

func (r *stylePickerRenderer) Destroy()                     {}
func (r *stylePickerRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *stylePickerRenderer) MinSize() fyne.Size {
	w, h := r.s.cell()
	rows := (len(r.s.words) + styleColumns - 1) / styleColumns
	return fyne.NewSize(styleColumns*w, float32(rows)*h)
}

func (r *stylePickerRenderer) Layout(fyne.Size) {
	r.s.raster.Resize(r.MinSize())
	w, h := r.s.cell()
	for i, t := range r.s.words {
		x, y := r.s.corner(i)
		size := t.MinSize()
		t.Move(fyne.NewPos(x+(w-size.Width)/2, y+(h-size.Height)/2-1))
		t.Resize(size)
	}
}

func (r *stylePickerRenderer) Refresh() {
	r.style()
	r.Layout(r.s.Size())
	for _, o := range r.objects {
		o.Refresh()
	}
}

func (r *stylePickerRenderer) style() {
	p := look.Current()
	ink := p.Ink
	if r.s.disabled {
		ink = p.Quiet
	}
	for _, t := range r.s.words {
		t.Text, t.TextSize, t.Color = r.s.sample, look.Text*textScale(), ink
	}
}
