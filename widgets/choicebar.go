package widgets

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fonds/widgets/look"
)

// ChoiceBar is a row of words of which one is on, filled with the accent. It is
// one stop of Tab: Left and Right move, Space and Enter choose, a press chooses.
// Where the row is too narrow the words go on below. What is chosen is shown when
// SetChoices brings it.
type ChoiceBar struct {
	widget.BaseWidget
	KeyWatch

	// OnPick takes the id of what the person chose, which was not on.
	OnPick func(id string)
	// OnKey is asked before the bar acts on a key.
	OnKey func(k *fyne.KeyEvent) bool
	// OnReveal asks for a part of the widget to be in sight, in its own pixels.
	OnReveal func(top, bottom float32)

	choices []Choice
	on      string
	at      int
	pressed int // where the button went down, -1 for nowhere
	focused bool
	cells   []*choiceCell
	height  float32
}

// choiceCell draws one of them; inner is the ring of the one that is on.
type choiceCell struct {
	box, inner *canvas.Rectangle
	label      *canvas.Text
}

var (
	_ fyne.Focusable    = (*ChoiceBar)(nil)
	_ desktop.Mouseable = (*ChoiceBar)(nil)
)

// NewChoiceBar makes an empty one.
func NewChoiceBar() *ChoiceBar {
	b := &ChoiceBar{pressed: -1}
	b.ExtendBaseWidget(b)
	return b
}

// SetChoices shows choices, by their titles, and which of them is on.
func (b *ChoiceBar) SetChoices(choices []Choice, on string) {
	if slices.Equal(choices, b.choices) && on == b.on {
		return
	}
	if !b.focused || !slices.Equal(choices, b.choices) {
		b.at = max(0, slices.IndexFunc(choices, func(c Choice) bool { return c.ID == on }))
	}
	b.choices, b.on = slices.Clone(choices), on
	for len(b.cells) < len(choices) {
		b.cells = append(b.cells, &choiceCell{canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent), canvas.NewText("", color.Transparent)})
	}
	b.cells = b.cells[:len(choices)]
	b.Refresh()
}

// On is the id of the one that is on.
func (b *ChoiceBar) On() string { return b.on }

func (b *ChoiceBar) pick(i int) {
	if i >= 0 && i < len(b.choices) && b.choices[i].ID != b.on && b.OnPick != nil {
		b.OnPick(b.choices[i].ID)
	}
}

func (b *ChoiceBar) move(to int) {
	b.at = min(max(to, 0), max(0, len(b.choices)-1))
	b.Refresh()
}

// TypedKey moves and chooses.
func (b *ChoiceBar) TypedKey(k *fyne.KeyEvent) {
	if b.Swallow(k) || functionKey(k) || b.OnKey != nil && b.OnKey(k) {
		return
	}
	switch k.Name {
	case fyne.KeyLeft, fyne.KeyUp:
		b.move(b.at - 1)
	case fyne.KeyRight, fyne.KeyDown:
		b.move(b.at + 1)
	case fyne.KeyHome:
		b.move(0)
	case fyne.KeyEnd:
		b.move(len(b.choices) - 1)
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		b.pick(b.at)
	}
}

// FocusGained shows the ring.
func (b *ChoiceBar) FocusGained() {
	b.focused = true
	b.Refresh()
	if b.OnReveal != nil {
		b.OnReveal(0, b.height)
	}
}

// FocusLost hides the ring.
func (b *ChoiceBar) FocusLost() {
	b.focused = false
	b.Refresh()
}

// MouseDown takes the focus to what is under the pointer.
func (b *ChoiceBar) MouseDown(e *desktop.MouseEvent) {
	b.pressed = -1
	if e.Button != desktop.MouseButtonPrimary {
		return
	}
	focus(b, b)
	if i := b.cellAt(e.Position); i >= 0 {
		b.pressed = i
		b.move(i)
	}
}

// MouseUp chooses what was pressed, if the pointer is still on it. Not earlier:
// what is chosen may build the window anew, and Fyne takes the focus from whatever
// was not there when the button went down.
func (b *ChoiceBar) MouseUp(e *desktop.MouseEvent) {
	if b.pressed >= 0 && b.cellAt(e.Position) == b.pressed {
		b.pick(b.pressed)
	}
	b.pressed = -1
}

// cellAt is the choice at a place, -1 for none.
func (b *ChoiceBar) cellAt(at fyne.Position) int {
	return slices.IndexFunc(b.cells, func(c *choiceCell) bool {
		p, size := at.Subtract(c.box.Position()), c.box.Size()
		return p.X >= 0 && p.Y >= 0 && p.X < size.Width && p.Y < size.Height
	})
}

// place puts the words side by side at the width there is.
func (b *ChoiceBar) place() {
	p, row, width := look.Current(), rowHeight(), b.Size().Width
	var x, y float32
	for i, c := range b.cells {
		on, here := b.choices[i].ID == b.on, b.focused && i == b.at
		ink, fill, line := p.Ink, p.Panel, p.Edge
		if on {
			ink, fill, line = p.OnAccent, p.Accent, p.Accent
		}
		setText(c.label, b.choices[i].Title, theme.TextSize(), ink)
		need := c.label.MinSize()
		size := fyne.NewSize(need.Width+2*(look.Apart-look.Tight), row)
		if x > 0 && width > 0 && x+size.Width > width {
			x, y = 0, y+row+look.Tight
		}
		c.box.FillColor, c.box.StrokeColor, c.box.StrokeWidth, c.box.CornerRadius = fill, line, max(1, p.LineWidth), look.Corner
		if here {
			c.box.StrokeColor, c.box.StrokeWidth = p.Accent, ringWidth(p)
		}
		placeInsideAt(c.box, fyne.NewPos(x, y), size)
		c.inner.FillColor, c.inner.StrokeColor, c.inner.StrokeWidth, c.inner.CornerRadius = p.Accent, p.OnAccent, look.FocusRing, look.Corner
		c.inner.Hidden = !here || !on
		in := 2 * look.FocusRing
		placeInsideAt(c.inner, fyne.NewPos(x+in/2, y+in/2), size.SubtractWidthHeight(in, in))
		c.label.Move(fyne.NewPos(x+(size.Width-need.Width)/2, y+(row-need.Height)/2-lift))
		c.label.Resize(need)
		x += size.Width + look.Tight
	}
	was := b.height
	if b.height = y + row; was != b.height {
		canvas.Refresh(b)
	}
}

// CreateRenderer draws the words.
func (b *ChoiceBar) CreateRenderer() fyne.WidgetRenderer { b.place(); return &choiceBarRenderer{b} }

type choiceBarRenderer struct{ b *ChoiceBar }

func (r *choiceBarRenderer) Destroy()           {}
func (r *choiceBarRenderer) MinSize() fyne.Size { return fyne.NewSize(160, r.b.height) }
func (r *choiceBarRenderer) Layout(fyne.Size)   { r.b.place() }

func (r *choiceBarRenderer) Objects() []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for _, c := range r.b.cells {
		out = append(out, c.box, c.inner, c.label)
	}
	return out
}

func (r *choiceBarRenderer) Refresh() {
	r.b.place()
	for _, o := range r.Objects() {
		o.Refresh()
	}
}
