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

// suggestion is one row of a completion list.
type suggestion struct {
	TagView
	isNew bool // not in the vocabulary: what was typed
}

// completion lists what an entry may become. It never has the focus: the entry
// hands it the arrow keys.
type completion struct {
	widget.BaseWidget

	rows    []suggestion
	chosen  int  // -1: none
	free    bool // none is chosen until the person does
	hovered bool

	pick    func(text string) // a row was pressed
	entered func()            // the pointer has come
	left    func()            // the pointer has left
	resized func()            // there is another number of rows
	aside   func(s suggestion) string
	covers  func() CoversFunc
}

var (
	_ fyne.Tappable     = (*completion)(nil)
	_ desktop.Hoverable = (*completion)(nil)
)

func newCompletion() *completion {
	c := &completion{entered: func() {}, left: func() {}, resized: func() {}, aside: func(suggestion) string { return "" }, covers: func() CoversFunc { return nil }}
	c.ExtendBaseWidget(c)
	c.Hide()
	return c
}

// set shows rows, the first of them chosen unless the list is free; none hides the
// list.
func (c *completion) set(rows []suggestion) {
	if slices.Equal(rows, c.rows) {
		return
	}
	height := len(rows) != len(c.rows)
	c.rows, c.chosen = rows, 0
	if c.free {
		c.chosen = -1
	}
	if height {
		c.resized()
	}
	c.Refresh()
}

// move chooses another row, around the ends; of a free list none lies between
// them.
func (c *completion) move(by int) {
	n := len(c.rows)
	switch {
	case n == 0:
		return
	case c.free:
		c.chosen = (c.chosen+1+by+n+1)%(n+1) - 1
	default:
		c.chosen = (c.chosen + by + n) % n
	}
	c.Refresh()
}

// text is the row that is chosen, and whether one is.
func (c *completion) text() (string, bool) {
	if c.chosen < 0 || c.chosen >= len(c.rows) {
		return "", false
	}
	return c.rows[c.chosen].Tag, true
}

func rowHeight() float32 { return look.RowHeight * textScale() }

// MouseIn keeps the list open while the press takes the focus from the entry.
func (c *completion) MouseIn(ev *desktop.MouseEvent) {
	c.hovered = true
	c.entered()
	c.MouseMoved(ev)
}

// MouseMoved chooses the row under the pointer.
func (c *completion) MouseMoved(ev *desktop.MouseEvent) {
	if i := int(ev.Position.Y / rowHeight()); i != c.chosen && i >= 0 && i < len(c.rows) {
		c.chosen = i
		c.Refresh()
	}
}

// MouseOut closes a list whose entry has lost the focus.
func (c *completion) MouseOut() {
	c.hovered = false
	c.left()
}

// Tapped picks the row under the pointer.
func (c *completion) Tapped(ev *fyne.PointEvent) {
	i := int(ev.Position.Y / rowHeight())
	if i < 0 || i >= len(c.rows) {
		return
	}
	tag := c.rows[i].Tag
	c.hovered = false
	c.pick(tag)
}

// CreateRenderer draws the rows on paper within a hairline.
func (c *completion) CreateRenderer() fyne.WidgetRenderer {
	r := &completionRenderer{c: c, box: canvas.NewRectangle(color.Transparent), fill: canvas.NewRectangle(color.Transparent), bar: canvas.NewRectangle(color.Transparent)}
	r.objects = []fyne.CanvasObject{r.box, r.fill, r.bar}
	for i := range r.label {
		r.label[i], r.key[i] = canvas.NewText("", color.Transparent), canvas.NewText("", color.Transparent)
		r.objects = append(r.objects, r.label[i], r.key[i])
	}
	return r
}

type completionRenderer struct {
	c              *completion
	box, fill, bar *canvas.Rectangle
	label, key     [completions]*canvas.Text
	objects        []fyne.CanvasObject
}

func (r *completionRenderer) Destroy()                     {}
func (r *completionRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *completionRenderer) Layout(fyne.Size)             { r.place() }

func (r *completionRenderer) MinSize() fyne.Size {
	return fyne.NewSize(entryLeast, float32(len(r.c.rows))*rowHeight())
}

func (r *completionRenderer) Refresh() {
	r.place()
	for _, o := range r.objects {
		o.Refresh()
	}
}

func (r *completionRenderer) place() {
	c, p, size := r.c, look.Current(), r.c.Size()
	r.box.FillColor, r.box.StrokeColor, r.box.StrokeWidth, r.box.CornerRadius = p.Paper, p.Edge, p.LineWidth, look.Corner
	placeInside(r.box, size)
	h := rowHeight()
	y := float32(max(c.chosen, 0)) * h
	r.fill.Hidden, r.bar.Hidden = c.chosen < 0, c.chosen < 0
	r.fill.FillColor, r.bar.FillColor = selectedFill(p, p.Paper), p.Accent
	r.fill.Move(fyne.NewPos(p.LineWidth, y+p.LineWidth))
	r.fill.Resize(fyne.NewSize(size.Width-2*p.LineWidth, h-2*p.LineWidth))
	r.bar.Move(r.fill.Position())
	r.bar.Resize(fyne.NewSize(look.RowBar, r.fill.Size().Height))

	face, caption := newAdvances(theme.TextSize()), newAdvances(captionSize())
	for i := range r.label {
		label, key := r.label[i], r.key[i]
		label.Hidden, key.Hidden = i >= len(c.rows), i >= len(c.rows)
		if label.Hidden {
			continue
		}
		row := c.rows[i]
		ink, quiet := p.Ink, p.Quiet
		if i == c.chosen {
			ink, quiet = selectedInk(p, ink), selectedInk(p, quiet)
		}
		aside := caption.truncate(oneLine(c.aside(row), c.covers()), size.Width/2)
		right := size.Width - look.Near - caption.width(aside)
		top := float32(i) * h
		placeText(key, aside, caption, quiet, right, top+(h-lineHeight(caption.size))/2)
		text := face.truncate(oneLine(row.Tag, c.covers()), right-2*look.Near-look.Tight)
		placeText(label, text, face, ink, look.Near+look.Tight, top+(h-lineHeight(face.size))/2)
	}
}
