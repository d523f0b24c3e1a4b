package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"fonds/widgets/look"
)

// CreateRenderer draws the rows in sight with a small pool of objects.
func (l *List) CreateRenderer() fyne.WidgetRenderer {
	r := &listRenderer{
		list:  l,
		thumb: canvas.NewRectangle(color.Transparent),
		ring:  newEdges(),

		cursor: newEdges(),
	}
	r.restyle()
	l.drawn = r
	return r
}

// checkSign stands on a picked row: not by colour alone.
const checkSign = "✓"

// cursorWidth is the stroke of the frame around the cursor's row.
const cursorWidth = 1.5

type listRenderer struct {
	list    *List
	items   []*listItem // row i is drawn by items[i % len(items)]
	objects []fyne.CanvasObject
	thumb   *canvas.Rectangle
	ring    edges
	cursor  edges     // around the row of the cursor, where that lies apart
	size    fyne.Size // that the rows were placed in

	palette        *look.Palette
	title, caption *advances
	first, second  float32 // heights of the two lines
}

// listItem draws one row.
type listItem struct {
	index             int // row that the texts are of; -1 when they must be fetched
	row               Row
	fill, bar, line   *canvas.Rectangle
	title, sub, badge *canvas.Text
	check             *canvas.Text // says that the row is picked
	cells             []*canvas.Text
	shifts            []float32 // how far from the left edge of its column each cell begins
}

func newListItem() *listItem {
	rect := func() *canvas.Rectangle { return canvas.NewRectangle(color.Transparent) }
	text := func() *canvas.Text { return canvas.NewText("", color.Transparent) }
	return &listItem{-1, Row{}, rect(), rect(), rect(), text(), text(), text(), text(), nil, nil}
}

func (it *listItem) objects() []fyne.CanvasObject {
	out := []fyne.CanvasObject{it.fill, it.bar, it.line, it.title, it.sub, it.badge, it.check}
	for _, t := range it.cells {
		out = append(out, t)
	}
	return out
}

func (it *listItem) show(on bool) {
	for _, o := range it.objects() {
		if on {
			o.Show()
		} else {
			o.Hide()
		}
	}
}

// redraw fetches row i, or with -1 every row, again and draws.
func (l *List) redraw(i int) {
	r := l.drawn
	if r == nil {
		return
	}
	for _, it := range r.items {
		if i < 0 || it.index == i {
			it.index = -1
		}
	}
	r.place()
}

// place draws after a move or a change of selection or focus.
func (l *List) place() {
	if l.drawn != nil {
		l.drawn.place()
	}
}

// Destroy is called when the list has been off the screen for a while.
func (r *listRenderer) Destroy() {
	if r.list.drawn == r {
		r.list.drawn = nil
	}
}

func (r *listRenderer) Objects() []fyne.CanvasObject { return r.objects }

// MinSize is room for two rows and some words.
func (r *listRenderer) MinSize() fyne.Size {
	return fyne.NewSize(120, 2*r.list.rowHeight())
}

// Layout is called by Fyne for another size, and while it paints, too, when a text
// of a row has become wider: to draw again then would be a second picture for
// every key.
func (r *listRenderer) Layout(size fyne.Size) {
	if size == r.size {
		return
	}
	r.size = size
	r.list.clamp()
	for _, it := range r.items { // the width decides where texts are cut
		it.index = -1
	}
	r.place()
}

func (r *listRenderer) Refresh() {
	r.restyle()
	r.list.clamp()
	r.place()
}

// restyle takes the palette and the sizes anew.
func (r *listRenderer) restyle() {
	r.palette = look.Current()
	r.title, r.caption = newAdvances(theme.TextSize()), newAdvances(captionSize())
	r.first, r.second = lineHeight(theme.TextSize()), lineHeight(captionSize())
	for _, it := range r.items {
		it.index = -1
	}
}

// pool makes as many items as rows can be in sight at once.
func (r *listRenderer) pool() {
	want := int(r.list.Size().Height/r.list.rowHeight()) + 2
	few := len(r.items) > 0 && len(r.items[0].cells) < len(r.list.Columns) // other columns were chosen
	if want <= len(r.items) && len(r.objects) > 0 && !few {
		return
	}
	for len(r.items) < want {
		r.items = append(r.items, newListItem())
	}
	for _, it := range r.items {
		for len(it.cells) < len(r.list.Columns) {
			it.cells = append(it.cells, canvas.NewText("", color.Transparent))
		}
		it.shifts = append(it.shifts, make([]float32, len(it.cells)-len(it.shifts))...)
	}
	r.objects = r.objects[:0]
	for _, it := range r.items {
		it.index = -1 // rows change items when their number changes
		r.objects = append(r.objects, it.objects()...)
	}
	r.objects = append(append(append(r.objects, r.thumb), r.cursor.objects()...), r.ring.objects()...)
}

func (r *listRenderer) place() {
	l := r.list
	r.pool()
	from, to := l.InSight()
	used := make([]bool, len(r.items))
	for i := from; i < to; i++ {
		n := i % len(r.items)
		used[n] = true
		r.placeRow(r.items[n], i, float32(i-l.top)*l.rowHeight()-l.off)
	}
	for n, it := range r.items {
		if !used[n] {
			it.show(false)
		}
	}
	r.placeBar()
	r.placeCursor()
	r.ring.place(l.focused, l.Size(), ringWidth(r.palette), r.palette.Accent)
	canvas.Refresh(l)
}

// placeCursor frames the cursor's row where keys would not begin at what is
// selected.
func (r *listRenderer) placeCursor() {
	l := r.list
	from, to := l.InSight()
	on := l.focused && l.Multi && l.cursor >= from && l.cursor < to && (l.cursor != l.selected || len(l.picked) > 0)
	at := fyne.NewPos(ringWidth(r.palette), float32(l.cursor-l.top)*l.rowHeight()-l.off)
	c := r.palette.Ink
	if r.palette.InvertSelect && (l.cursor == l.selected || l.picked.Has(l.cursor)) {
		c = r.palette.OnAccent
	}
	r.cursor.placeAt(on, at, fyne.NewSize(l.Size().Width-barZone-at.X, l.rowHeight()-r.palette.LineWidth), cursorWidth, c)
}

func (r *listRenderer) placeBar() {
	at, size := r.list.thumb()
	r.thumb.Hidden = size == 0
	r.thumb.FillColor = look.Over(r.palette.Quiet, r.palette.Panel, 0.6)
	r.thumb.CornerRadius = barWidth / 2
	r.thumb.Move(fyne.NewPos(r.list.Size().Width-(barZone+barWidth)/2, at))
	r.thumb.Resize(fyne.NewSize(barWidth, size))
}

// placeRow draws row i with its top at y.
func (r *listRenderer) placeRow(it *listItem, i int, y float32) {
	l, p := r.list, r.palette
	width, height := l.Size().Width, l.rowHeight()
	left, right := look.RowBar+look.Near+1, width-barZone-look.Tight
	if it.index != i {
		it.index, it.row = i, l.row(i)
		r.fit(it, right-left)
	}
	shown, picked := i == l.selected, l.picked.Has(i)
	selected := shown || picked
	ink, quiet := p.Ink, p.Quiet
	if selected {
		ink, quiet = selectedInk(p, ink), selectedInk(p, quiet)
	}
	if !it.row.Known {
		ink = quiet
	}
	it.title.Color, it.sub.Color, it.badge.Color = ink, quiet, quiet

	it.show(true)
	it.fill.Hidden, it.bar.Hidden, it.check.Hidden = !selected, !shown, !picked
	it.fill.FillColor, it.bar.FillColor, it.line.FillColor = selectedFill(p, p.Panel), p.Accent, p.Line
	if p.InvertSelect { // upon the fill, which the rows picked have too
		it.bar.FillColor = p.OnAccent
	}
	it.fill.Move(fyne.NewPos(0, y))
	it.fill.Resize(fyne.NewSize(width, height))
	it.bar.Move(fyne.NewPos(ringWidth(p), y))
	it.bar.Resize(fyne.NewSize(look.RowBar, height))
	it.line.Move(fyne.NewPos(left, y+height-p.LineWidth))
	it.line.Resize(fyne.NewSize(max(0, width-left), p.LineWidth))

	first, second := r.first, r.second
	lead := (height - first - second) / 2
	it.title.Move(fyne.NewPos(left, y+lead))
	it.sub.Move(fyne.NewPos(left, y+lead+first))
	it.badge.Move(fyne.NewPos(right-r.caption.width(it.badge.Text), y+lead+(first-second)/2))
	it.check.Text, it.check.TextSize, it.check.Color = checkSign, r.title.size, p.Accent
	if selected && p.InvertSelect {
		it.check.Color = p.OnAccent
	}
	it.check.Move(fyne.NewPos(right-r.title.width(checkSign), y+lead+first-(first-second)/2))
	stand(first, it.title, it.check)
	stand(second, it.sub, it.badge)
	stand(first, it.cells...)
	if len(l.Columns) > 0 {
		r.placeCells(it, y, ink, quiet)
	} else if it.row.Sub == "" {
		it.title.Move(fyne.NewPos(left, y+(height-first)/2))
		it.badge.Move(fyne.NewPos(it.badge.Position().X, y+(height-second)/2))
	}
}

// stand makes words as high as they are drawn: what has no height Fyne passes over as soon
// as it begins above the edge of the list.
func stand(height float32, words ...*canvas.Text) {
	for _, t := range words {
		t.Resize(fyne.NewSize(1, height))
	}
}

// fit cuts the texts of a row to a width.
func (r *listRenderer) fit(it *listItem, width float32) {
	if len(r.list.Columns) > 0 {
		r.fitCells(it)
		return
	}
	row := it.row
	if !row.Known {
		row = Row{Title: "…"}
		it.row.Sub = ""
	}
	covers := r.list.Covers
	badge := r.caption.truncate(oneLine(row.Badge, covers), width/2)
	room := width
	if badge != "" {
		room -= r.caption.width(badge) + look.Near
	}
	it.title.TextSize, it.sub.TextSize, it.badge.TextSize = r.title.size, r.caption.size, r.caption.size
	it.title.Text = r.title.truncate(oneLine(row.Title, covers), room)
	if r.list.Multi { // room for the sign, so that nothing moves when it comes
		width -= r.title.width(checkSign) + look.Tight
	}
	it.sub.Text = r.caption.truncate(oneLine(row.Sub, covers), width)
	it.badge.Text = badge
}
