package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fonds/widgets/look"
)

// A list with Columns shows of each row its Cells side by side, on one line, in the
// place of title, second line and badge. A ListHead above it has the titles.

// Column is one column of a list.
type Column struct {
	Title string
	Share float32 // of the width of the list, in relation to that of the others; 0 hides it
	Quiet bool    // in quiet ink
	Width float32 // pixels that it has in the place of a share, as far as there is room
	Right bool    // its words end at its right edge, and are cut at their beginning
}

// SetColumns shows other columns.
func (l *List) SetColumns(columns []Column) {
	l.Columns = columns
	l.redraw(-1)
}

// columnsAt are the left edges of the columns between two borders, and the right edge of
// the last behind them. A hidden column has no width; those with one of their own have no
// more than half of the room together.
func columnsAt(columns []Column, left, right float32) []float32 {
	var all, fixed float32
	for _, c := range columns {
		if fixed += c.Width; c.Width == 0 {
			all += c.Share
		}
	}
	room, wide := right-left, float32(1)
	if fixed > room/2 && all > 0 {
		wide = max(0, room/2) / fixed
	}
	room -= fixed * wide
	at := make([]float32, 0, len(columns)+1)
	x := left
	for _, c := range columns {
		at = append(at, x)
		switch {
		case c.Width > 0:
			x += c.Width * wide
		case all > 0:
			x += room * c.Share / all
		}
	}
	return append(at, right)
}

// cut is a text of the column in a width, and where it begins in it.
func (c *Column) cut(face *advances, text string, room float32) (string, float32) {
	if !c.Right {
		return face.truncate(text, room), 0
	}
	text = face.truncateLeft(text, room)
	return text, max(0, room-face.width(text))
}

// inner are the borders between which a row's words stand.
func (l *List) inner() (left, right float32) {
	return look.RowBar + look.Near + 1, l.Size().Width - barZone - look.Tight
}

// fitCells cuts the cells of a row to the widths of their columns.
func (r *listRenderer) fitCells(it *listItem) {
	l := r.list
	left, right := l.inner()
	if l.Multi {
		right -= r.title.width(checkSign) + look.Tight
	}
	at := columnsAt(l.Columns, left, right)
	it.title.Text, it.sub.Text, it.badge.Text = "", "", ""
	for k, t := range it.cells {
		t.TextSize, t.Text = r.title.size, ""
		it.shifts[k] = 0
		room := at[min(k+1, len(at)-1)] - at[min(k, len(at)-1)] - look.Near
		switch {
		case k >= len(l.Columns) || room <= 0:
		case !it.row.Known && k == 0:
			t.Text = "…"
		case it.row.Known && k < len(it.row.Cells):
			t.Text, it.shifts[k] = l.Columns[k].cut(r.title, oneLine(it.row.Cells[k], l.Covers), room)
		}
	}
}

// placeCells puts the cells of a row whose top is at y into their columns.
func (r *listRenderer) placeCells(it *listItem, y float32, ink, quiet color.Color) {
	l := r.list
	left, right := l.inner()
	if l.Multi {
		right -= r.title.width(checkSign) + look.Tight
	}
	at := columnsAt(l.Columns, left, right)
	for k, t := range it.cells {
		if k >= len(l.Columns) {
			t.Hide()
			continue
		}
		t.Color = ink
		if l.Columns[k].Quiet || it.row.Faint {
			t.Color = quiet
		}
		t.Move(fyne.NewPos(at[k]+it.shifts[k], y+(l.rowHeight()-r.first)/2-lift))
	}
	if l.Multi {
		it.check.Move(fyne.NewPos(right+look.Tight, y+(l.rowHeight()-r.first)/2-lift))
	}
}

// ListHead stands above a list with columns and has their titles.
type ListHead struct {
	widget.BaseWidget

	// OnTap is told of a press on the title of a column.
	OnTap func(column int)

	list  *List
	texts []*canvas.Text
	line  *canvas.Rectangle
}

// Tapped tells of the column under the pointer.
func (h *ListHead) Tapped(e *fyne.PointEvent) {
	at := h.columns(h.Size().Width)
	for k := range h.list.Columns {
		if h.OnTap != nil && e.Position.X >= at[k] && e.Position.X < at[k+1] {
			h.OnTap(k)
		}
	}
}

// columns are the edges of the columns in a width.
func (h *ListHead) columns(width float32) []float32 {
	left, right := look.RowBar+look.Near+1, width-barZone-look.Tight
	if h.list.Multi {
		right -= newAdvances(theme.TextSize()).width(checkSign) + look.Tight
	}
	return columnsAt(h.list.Columns, left, right)
}

// NewListHead makes the head of a list.
func NewListHead(l *List) *ListHead {
	h := &ListHead{list: l, line: canvas.NewRectangle(color.Transparent)}
	h.ExtendBaseWidget(h)
	return h
}

// CreateRenderer draws the titles.
func (h *ListHead) CreateRenderer() fyne.WidgetRenderer { return &listHeadRenderer{h} }

type listHeadRenderer struct{ h *ListHead }

func (r *listHeadRenderer) Destroy() {}

func (r *listHeadRenderer) MinSize() fyne.Size {
	return fyne.NewSize(120, lineHeight(captionSize())+look.Tight)
}

func (r *listHeadRenderer) Objects() []fyne.CanvasObject {
	out := []fyne.CanvasObject{r.h.line}
	for _, t := range r.h.texts {
		out = append(out, t)
	}
	return out
}

func (r *listHeadRenderer) Layout(size fyne.Size) {
	h, p := r.h, look.Current()
	face := newAdvances(captionSize())
	at := h.columns(size.Width)
	for len(h.texts) < len(h.list.Columns) {
		h.texts = append(h.texts, canvas.NewText("", color.Transparent))
	}
	for k, t := range h.texts {
		t.Text = ""
		if k < len(h.list.Columns) {
			room := at[k+1] - at[k] - look.Near
			words, shift := h.list.Columns[k].cut(face, h.list.Columns[k].Title, max(0, room))
			placeText(t, words, face, p.Quiet, at[k]+shift, 0)
			if room <= 0 {
				t.Text = ""
			}
		}
	}
	h.line.FillColor = p.Line
	h.line.Move(fyne.NewPos(0, size.Height-p.LineWidth))
	h.line.Resize(fyne.NewSize(size.Width, p.LineWidth))
}

func (r *listHeadRenderer) Refresh() {
	r.Layout(r.h.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
}
