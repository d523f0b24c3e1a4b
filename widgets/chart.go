package widgets

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"fonds/widgets/look"
)

// ChartTone is how a part of a bar is drawn: a colour and a pattern that go
// together, so that nothing is told by the colour alone.
type ChartTone int

// The tones, each with its pattern.
const (
	ChartAccent ChartTone = iota // solid
	ChartGood                    // strokes rising to the right
	ChartWarn                    // dots
	ChartBad                     // crossed strokes
	ChartQuiet                   // an empty frame
)

// ChartPart is one part of the bars, by its place in their values.
type ChartPart struct {
	Name string // in the legend; a chart of one part has none
	Tone ChartTone
}

// ChartBar is one bar, or one column.
type ChartBar struct {
	Label  string // beside it, or below; of columns "" says nothing
	Values []int  // by part, none negative
	Words  string // the value in words, at its end; columns have no room for it
}

func (b *ChartBar) sum() (n int) {
	for _, v := range b.Values {
		n += v
	}
	return n
}

// Chart shows bars of stacked parts, lying one below the other, or, with Columns,
// standing side by side. It is one stop of Tab: the arrow keys, Home and End move
// from bar to bar, and OnBar is told of the one that is looked at, for the screen
// to say it in words. It says nothing itself: labels, values and the names of the
// parts are handed in.
type Chart struct {
	widget.BaseWidget
	KeyWatch

	// Columns stand the bars up.
	Columns bool
	// Shares makes every bar as long as all others: its parts are shares of it.
	Shares bool
	// OnBar is told of the bar that the keyboard or the pointer is on, -1 for none.
	OnBar func(i int)
	// OnActivate is told of Enter and of a press on a bar.
	OnActivate func(i int)
	// OnKey is asked before the chart acts on a key.
	OnKey func(k *fyne.KeyEvent) bool
	// OnReveal asks for a part of the chart to be in sight, in its own pixels.
	OnReveal func(top, bottom float32)
	// Covers says which runes the font has.
	Covers CoversFunc

	parts   []ChartPart
	bars    []ChartBar
	most    int // the greatest sum
	at      int
	hover   int // under the pointer, -1 for none
	focused bool
	said    int // that OnBar was told of last

	raster *canvas.Raster
	texts  []*canvas.Text
	used   int // of texts
	frame  edges
	geo    chartPlaces
	sized  float32 // width that the places are for
	height float32
}

var (
	_ fyne.Focusable    = (*Chart)(nil)
	_ fyne.Tappable     = (*Chart)(nil)
	_ desktop.Hoverable = (*Chart)(nil)
	_ desktop.Mouseable = (*Chart)(nil)
)

// NewChart makes an empty one.
func NewChart() *Chart {
	c := &Chart{hover: -1, said: -1, frame: newEdges()}
	c.raster = canvas.NewRaster(c.paint)
	c.ExtendBaseWidget(c)
	return c
}

// Set shows bars of these parts. The bar that was looked at stays, by its place.
func (c *Chart) Set(parts []ChartPart, bars []ChartBar) {
	c.parts, c.bars, c.most = slices.Clone(parts), slices.Clone(bars), 0
	for i := range bars {
		c.most = max(c.most, bars[i].sum())
	}
	if c.at = min(c.at, max(0, len(bars)-1)); c.Columns && !c.focused {
		c.at = max(0, len(bars)-1) // the latest
	}
	c.hover, c.sized = -1, -1
	c.Refresh()
}

// Bars is how many bars there are, and At the one that the keyboard is on.
func (c *Chart) Bars() int { return len(c.bars) }

// At is the bar that the keyboard is on.
func (c *Chart) At() int { return c.at }

func (c *Chart) move(to int) {
	c.at = min(max(to, 0), max(0, len(c.bars)-1))
	c.say()
	c.Refresh()
	if c.OnReveal != nil && c.at < len(c.geo.bars) {
		b := c.geo.bars[c.at]
		c.OnReveal(b.top, b.top+b.height)
	}
}

// say tells which bar is looked at: the pointer's before the keyboard's.
func (c *Chart) say() {
	now := -1
	if c.focused && c.at < len(c.bars) {
		now = c.at
	}
	if c.hover >= 0 {
		now = c.hover
	}
	if now != c.said {
		c.said = now
		if c.OnBar != nil {
			c.OnBar(now)
		}
	}
}

// TypedKey moves from bar to bar.
func (c *Chart) TypedKey(k *fyne.KeyEvent) {
	if c.Swallow(k) || functionKey(k) || c.OnKey != nil && c.OnKey(k) {
		return
	}
	back, on := fyne.KeyUp, fyne.KeyDown
	if c.Columns {
		back, on = fyne.KeyLeft, fyne.KeyRight
	}
	switch k.Name {
	case back:
		c.move(c.at - 1)
	case on:
		c.move(c.at + 1)
	case fyne.KeyHome:
		c.move(0)
	case fyne.KeyEnd:
		c.move(len(c.bars) - 1)
	case fyne.KeyPageUp:
		c.move(c.at - 7)
	case fyne.KeyPageDown:
		c.move(c.at + 7)
	case fyne.KeyReturn, fyne.KeyEnter:
		c.activate(c.at)
	}
}

func (c *Chart) activate(i int) {
	if i >= 0 && i < len(c.bars) && c.OnActivate != nil {
		c.OnActivate(i)
	}
}

// FocusGained shows which bar the keyboard is on.
func (c *Chart) FocusGained() {
	c.focused = true
	c.move(c.at)
}

// FocusLost hides it.
func (c *Chart) FocusLost() {
	c.focused = false
	c.say()
	c.Refresh()
}

// MouseDown takes the focus to the bar under the pointer.
func (c *Chart) MouseDown(e *desktop.MouseEvent) {
	focus(c, c)
	if i := c.barAt(e.Position); i >= 0 {
		c.move(i)
	}
}

// MouseUp is nothing: Tapped acts.
func (c *Chart) MouseUp(*desktop.MouseEvent) {}

// Tapped activates the bar under the pointer.
func (c *Chart) Tapped(e *fyne.PointEvent) { c.activate(c.barAt(e.Position)) }

// MouseIn and MouseMoved say the bar under the pointer.
func (c *Chart) MouseIn(e *desktop.MouseEvent) { c.MouseMoved(e) }

// MouseMoved says the bar under the pointer.
func (c *Chart) MouseMoved(e *desktop.MouseEvent) { c.over(c.barAt(e.Position)) }

// MouseOut says nothing any more.
func (c *Chart) MouseOut() { c.over(-1) }

func (c *Chart) over(i int) {
	if i != c.hover {
		c.hover = i
		c.say()
		c.Refresh()
	}
}

// barAt is the bar whose row or column is at a place, -1 for none.
func (c *Chart) barAt(at fyne.Position) int {
	return slices.IndexFunc(c.geo.bars, func(b chartBox) bool {
		return at.X >= b.left && at.X < b.left+b.width && at.Y >= b.top && at.Y < b.top+b.height
	})
}

// CreateRenderer draws all bars in one picture, and words as they are.
func (c *Chart) CreateRenderer() fyne.WidgetRenderer { c.place(); return &chartRenderer{c} }

type chartRenderer struct{ c *Chart }

func (r *chartRenderer) Destroy()           {}
func (r *chartRenderer) MinSize() fyne.Size { return fyne.NewSize(240, r.c.height) }
func (r *chartRenderer) Layout(fyne.Size)   { r.c.place() }

func (r *chartRenderer) Objects() []fyne.CanvasObject {
	out := []fyne.CanvasObject{r.c.raster}
	for _, t := range r.c.texts[:r.c.used] {
		out = append(out, t)
	}
	return append(out, r.c.frame.objects()...)
}

func (r *chartRenderer) Refresh() {
	r.c.sized = -1 // the colours may be others
	r.c.place()
	for _, o := range r.Objects() {
		o.Refresh()
	}
}

// text is the next of the texts, made where there is none.
func (c *Chart) text(words string, face *advances, x, y float32) *canvas.Text {
	if c.used == len(c.texts) {
		c.texts = append(c.texts, canvas.NewText("", look.Current().Ink))
	}
	t := c.texts[c.used]
	c.used++
	placeText(t, words, face, look.Current().Ink, x, y)
	return t
}
