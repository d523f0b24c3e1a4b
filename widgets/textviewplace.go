package widgets

import (
	"fyne.io/fyne/v2"

	"fonds/widgets/textlayout"
)

// Measures of the page in Fyne pixels.
const (
	viewTop     float32 = 16 // blank over the first row
	viewBottom  float32 = 24 // blank under the last
	numberSize  float32 = 11
	labelWidth  float32 = 104
	labelHeight float32 = 16
	mostHan             = 42 // in a row; then the margins grow
)

// geometry is where things stand on the page.
type geometry struct {
	x, w   float32 // the column of the text
	row    float32 // height of a row
	number float32 // right edge of the line numbers
	label  float32 // left edge of the labels
	labelW float32
	height float32
}

func (v *TextView) geometry() geometry {
	s := v.Size()
	if s.Width <= 0 {
		s = fyne.NewSize(mostHan*v.zoom+240, 600)
	}
	g := geometry{row: float32(int(v.zoom*v.want.ratio + 0.5)), height: s.Height}
	left := float32(14)
	for n := v.want.lines + max(0, v.want.shown.Line-1); n > 0; n /= 10 {
		left += numberSize * 0.56
	}
	left = max(left, 14+3*numberSize*0.56) + 14
	right := 14 + labelWidth + barZone
	if s.Width < 480 { // too narrow for words in the margin: they are cut short
		right = 10 + max(s.Width*0.16, 24) + barZone
	}
	room := max(s.Width-left-right, 2*v.zoom)
	n := min(int(room/v.zoom), mostHan)
	g.w = float32(n) * v.zoom
	spare := room - g.w
	g.x = left + spare/2
	g.number = g.x - 14
	g.label = g.x + g.w + 14
	g.labelW = min(right-14-barZone+spare/2, 180)
	return g
}

// view is what scroll arithmetic needs to know.
func (v *TextView) view() textlayout.View {
	g := v.geometry()
	return textlayout.View{Rows: len(v.model.layout.Rows), Row: g.row, Height: max(g.height-viewTop, g.row+viewBottom), After: viewBottom}
}

// rowY is where the top of a row stands in the view.
func (v *TextView) rowY(row int) float32 { return viewTop + v.view().Y(v.scroll, row) }

// caretRow is the row in which the caret is drawn.
func (v *TextView) caretRow() int {
	row := v.model.layout.RowAt(v.head)
	if v.atRowEnd && row > 0 && int(v.model.layout.Rows[row].Start) == v.head {
		row--
	}
	return row
}

// reveal scrolls to a position, later if its row is not laid out yet.
func (v *TextView) reveal(pos int) {
	if !v.model.layout.Holds(pos) {
		v.after = append(v.after, func() { v.reveal(pos) })
		return
	}
	v.revealRow(v.model.layout.RowAt(pos))
}

func (v *TextView) revealRow(row int) {
	g := v.geometry()
	v.scrollTo(v.view().Reveal(v.scroll, row, min(g.row, g.height/5)))
}

func (v *TextView) scrollTo(s textlayout.Scroll) {
	if s = v.view().Clamp(s); s != v.scroll {
		v.scroll, v.kept = s, -1
		v.repaint()
		if v.OnScroll != nil && !v.following {
			v.OnScroll()
		}
	}
}

// setSelection moves both ends; they must be borders of clusters.
func (v *TextView) setSelection(anchor, head int) {
	v.atRowEnd, v.goalX = false, -1
	if anchor == v.anchor && head == v.head {
		return
	}
	was, wasAny := v.Selection()
	v.anchor, v.head = anchor, head
	now, any := v.Selection()
	if v.OnSelect != nil && (any || wasAny) && now != was {
		v.OnSelect(now, any)
	}
	v.repaint()
}
