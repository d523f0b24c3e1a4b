package widgets

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fonds/widgets/look"
)

// DataTable shows rows of numbers: the first columns are words and stand left, all
// others stand right under their titles. It shows all of its rows and does not
// scroll: hand it as many as a person reads. It is one stop of Tab; Up, Down, Home
// and End move along the rows.
type DataTable struct {
	widget.BaseWidget
	KeyWatch

	// OnActivate is told of Enter and of a press on a row.
	OnActivate func(i int)
	// OnKey is asked before the table acts on a key.
	OnKey func(k *fyne.KeyEvent) bool
	// OnReveal asks for a part of the table to be in sight, in its own pixels.
	OnReveal func(top, bottom float32)
	// Covers says which runes the font has.
	Covers CoversFunc
	// Words is how many of the columns are words; 0 is one.
	Words int

	titles  []string
	rows    [][]string
	at      int
	focused bool

	texts  []*canvas.Text
	lines  []*canvas.Rectangle
	band   *canvas.Rectangle
	frame  edges
	used   int
	ruled  int
	sized  float32
	height float32
	head   float32 // height of the titles
	rule   float32 // how long the lines are
}

var (
	_ fyne.Focusable    = (*DataTable)(nil)
	_ fyne.Tappable     = (*DataTable)(nil)
	_ desktop.Mouseable = (*DataTable)(nil)
)

// NewDataTable makes an empty one.
func NewDataTable() *DataTable {
	t := &DataTable{band: canvas.NewRectangle(look.Current().Panel), frame: newEdges()}
	t.ExtendBaseWidget(t)
	return t
}

// Set shows rows under titles; a row may be shorter than they are.
func (t *DataTable) Set(titles []string, rows [][]string) {
	t.titles, t.rows = slices.Clone(titles), rows
	t.at = min(t.at, max(0, len(rows)-1))
	t.Refresh()
}

// Rows are what the table shows.
func (t *DataTable) Rows() [][]string { return t.rows }

// At is the row that the keyboard is on.
func (t *DataTable) At() int { return t.at }

func (t *DataTable) move(to int) {
	t.at = min(max(to, 0), max(0, len(t.rows)-1))
	t.placeFrame()
	canvas.Refresh(t)
	if t.OnReveal != nil {
		top := t.head + float32(t.at)*rowHeight()
		if t.at == 0 {
			top = 0
		}
		t.OnReveal(top, t.head+float32(t.at+1)*rowHeight())
	}
}

// TypedKey moves along the rows.
func (t *DataTable) TypedKey(k *fyne.KeyEvent) {
	if t.Swallow(k) || functionKey(k) || t.OnKey != nil && t.OnKey(k) {
		return
	}
	switch k.Name {
	case fyne.KeyUp:
		t.move(t.at - 1)
	case fyne.KeyDown:
		t.move(t.at + 1)
	case fyne.KeyPageUp:
		t.move(t.at - 10)
	case fyne.KeyPageDown:
		t.move(t.at + 10)
	case fyne.KeyHome:
		t.move(0)
	case fyne.KeyEnd:
		t.move(len(t.rows) - 1)
	case fyne.KeyReturn, fyne.KeyEnter:
		t.activate(t.at)
	}
}

func (t *DataTable) activate(i int) {
	if i >= 0 && i < len(t.rows) && t.OnActivate != nil {
		t.OnActivate(i)
	}
}

// FocusGained shows the row.
func (t *DataTable) FocusGained() {
	t.focused = true
	t.move(t.at)
}

// FocusLost hides it.
func (t *DataTable) FocusLost() {
	t.focused = false
	t.placeFrame()
	canvas.Refresh(t)
}

// MouseDown takes the focus to the row under the pointer.
func (t *DataTable) MouseDown(e *desktop.MouseEvent) {
	focus(t, t)
	if i := t.rowAt(e.Position.Y); i >= 0 {
		t.move(i)
	}
}

// MouseUp is nothing: Tapped acts.
func (t *DataTable) MouseUp(*desktop.MouseEvent) {}

// Tapped activates the row under the pointer.
func (t *DataTable) Tapped(e *fyne.PointEvent) { t.activate(t.rowAt(e.Position.Y)) }

func (t *DataTable) rowAt(y float32) int {
	if i := int((y - t.head) / rowHeight()); y >= t.head && i < len(t.rows) {
		return i
	}
	return -1
}

func (t *DataTable) text(words string, face *advances, quiet bool, x, y float32) {
	if t.used == len(t.texts) {
		t.texts = append(t.texts, canvas.NewText("", look.Current().Ink))
	}
	ink := look.Current().Ink
	if quiet {
		ink = look.Current().Quiet
	}
	placeText(t.texts[t.used], words, face, ink, x, y)
	t.used++
}

func (t *DataTable) line(y, width float32) {
	if t.ruled == len(t.lines) {
		t.lines = append(t.lines, canvas.NewRectangle(look.Current().Line))
	}
	l := t.lines[t.ruled]
	t.ruled++
	l.FillColor = look.Current().Line
	l.Move(fyne.NewPos(0, y))
	l.Resize(fyne.NewSize(width, max(1, look.Current().LineWidth)))
}

// columns are the right edges of the columns behind the first, how wide each is,
// and where the first ends.
func (t *DataTable) columns(face, small *advances, width float32) (right, wide []float32, first float32) {
	wide = make([]float32, len(t.titles))
	for k, title := range t.titles {
		wide[k] = small.width(oneLine(title, t.Covers))
		for _, r := range t.rows {
			if k < len(r) {
				wide[k] = max(wide[k], face.width(oneLine(r[k], t.Covers)))
			}
		}
	}
	var rest float32
	for k := 1; k < len(wide); k++ {
		rest += wide[k] + look.Apart
	}
	if len(wide) > 0 {
		first = max(width*0.25, min(wide[0], width-rest-2*look.Near))
	}
	x := look.Near + first
	for k := 1; k < len(wide); k++ {
		x += look.Apart + wide[k]
		right = append(right, x)
	}
	return right, wide, first
}

func (t *DataTable) place() {
	width := t.Size().Width
	if width <= 0 {
		width = 480
	}
	if t.sized == width {
		return
	}
	t.sized, t.used, t.ruled = width, 0, 0
	face, small := newAdvances(theme.TextSize()), newAdvances(captionSize())
	right, wide, first := t.columns(face, small, width)
	t.rule = width
	if len(right) > 0 {
		t.rule = min(width, right[len(right)-1]+look.Near)
	}
	cell := func(k int, words string, f *advances, quiet bool, y float32) {
		words = oneLine(words, t.Covers)
		if k == 0 {
			t.text(f.truncate(words, first), f, quiet, look.Near, y)
		} else if k < t.Words {
			t.text(words, f, quiet, right[k-1]-wide[k], y)
		} else if k-1 < len(right) {
			t.text(words, f, quiet, right[k-1]-f.width(words), y)
		}
	}
	t.head = rowHeight()
	for k, title := range t.titles {
		cell(k, title, small, true, t.head-lineHeight(small.size)-look.Tight)
	}
	t.line(t.head-1, t.rule)
	for i, r := range t.rows {
		y := t.head + float32(i)*rowHeight()
		for k, words := range r {
			cell(k, words, face, false, y+(rowHeight()-lineHeight(face.size))/2-lift)
		}
		t.line(y+rowHeight()-1, t.rule)
	}
	was := t.height
	t.height = t.head + float32(len(t.rows))*rowHeight()
	t.placeFrame()
	if was != t.height {
		canvas.Refresh(t)
	}
}

func (t *DataTable) placeFrame() {
	p := look.Current()
	on := t.focused && t.at < len(t.rows)
	y, size := t.head+float32(t.at)*rowHeight(), fyne.NewSize(t.rule, rowHeight())
	t.frame.placeAt(on, fyne.NewPos(0, y), size, ringWidth(p), p.Accent)
	t.band.Hidden = !on || p.InvertSelect
	t.band.FillColor = selectedFill(p, p.Panel)
	t.band.Move(fyne.NewPos(0, y))
	t.band.Resize(size)
}

// CreateRenderer draws the words and the lines.
func (t *DataTable) CreateRenderer() fyne.WidgetRenderer { t.place(); return &dataTableRenderer{t} }

type dataTableRenderer struct{ t *DataTable }

func (r *dataTableRenderer) Destroy()           {}
func (r *dataTableRenderer) MinSize() fyne.Size { return fyne.NewSize(240, r.t.height) }
func (r *dataTableRenderer) Layout(fyne.Size)   { r.t.place(); r.t.placeFrame() }

func (r *dataTableRenderer) Objects() []fyne.CanvasObject {
	out := []fyne.CanvasObject{r.t.band}
	for _, l := range r.t.lines[:r.t.ruled] {
		out = append(out, l)
	}
	for _, w := range r.t.texts[:r.t.used] {
		out = append(out, w)
	}
	return append(out, r.t.frame.objects()...)
}

func (r *dataTableRenderer) Refresh() {
	r.t.sized = -1
	r.t.place()
	for _, o := range r.Objects() {
		o.Refresh()
	}
}
