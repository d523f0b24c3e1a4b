package widgets

import (
	"fyne.io/fyne/v2"

	"fonds/widgets/textlayout"
)

// inlineLimit is the size in bytes from which a text is laid out on another
// goroutine: below it takes less than two milliseconds.
const inlineLimit = 128 << 10

// wanted is what a view has been asked to show and how.
type wanted struct {
	shown Shown
	width float32 // of the column
	size  float32 // of the letters
}

// textModel is a text laid out with all that is drawn on it. Immutable.
type textModel struct {
	wanted
	text        *textlayout.Text
	layout      *textlayout.Layout
	marks       *textlayout.Intervals
	corrections *textlayout.Intervals
	evidence    *textlayout.Intervals
	furniture   *textlayout.Intervals
	gone, fresh *textlayout.Intervals
	ratio       float32 // row height to letter size
}

// cut keeps a span within the text.
func (m *textModel) cut(s Span) Span {
	n := m.text.Len()
	return Span{Start: min(max(s.Start, 0), n), End: min(max(s.End, 0), n)}
}

// build makes a model, from parts of an older one where they are the same. It
// runs on any goroutine.
func (v *TextView) build(w wanted, old *textModel) *textModel {
	m := &textModel{wanted: w}
	if old != nil && old.text.String() == w.shown.Text {
		m.text, m.ratio = old.text, old.ratio
	} else {
		m.text, m.ratio = textlayout.NewText(w.shown.Text), 1.5
		if m.text.Chinese() {
			m.ratio = 1.65
		}
	}
	if old != nil && old.text == m.text && old.width == w.width && old.size == w.size {
		m.layout = old.layout
	} else {
		m.layout = textlayout.Wrap(m.text, textlayout.Params{
			Width: w.width, Tab: 4 * w.size, Advance: v.fonts.AdvanceAt(w.size), Narrow: v.fonts.NarrowAt(w.size),
		})
	}
	marks := make([]Span, len(w.shown.Marks))
	for i, s := range w.shown.Marks {
		marks[i] = m.cut(s.Span)
	}
	corrections := make([]Span, len(w.shown.Corrections))
	for i, s := range w.shown.Corrections {
		corrections[i] = m.cut(s.Span)
	}
	m.marks = textlayout.NewIntervals(marks)
	m.corrections = textlayout.NewIntervals(corrections)
	m.evidence = textlayout.NewIntervals(w.shown.Evidence)
	m.furniture = textlayout.NewIntervals(w.shown.Furniture)
	m.gone, m.fresh = textlayout.NewIntervals(w.shown.Gone), textlayout.NewIntervals(w.shown.New)
	return m
}

// relayout brings the model to what is wanted: at once for a small text, by Go
// and Do for a big one, one layout at a time.
func (v *TextView) relayout() {
	g := v.geometry()
	v.want.width, v.want.size = g.w, v.zoom
	v.clock++
	same := v.model.text.String() == v.want.shown.Text && v.model.width == g.w && v.model.size == v.zoom
	if v.Go == nil || v.Do == nil || len(v.want.shown.Text) <= inlineLimit || same {
		v.adopt(v.build(v.want, v.model))
		return
	}
	v.pump()
}

func (v *TextView) pump() {
	if v.busy {
		return // what comes back starts the next
	}
	v.busy = true
	clock, w, old := v.clock, v.want, v.model
	v.Go(func() {
		m := v.build(w, old)
		v.Do(func() {
			v.busy = false
			if clock == v.clock {
				v.adopt(m)
				return
			}
			if v.stale() {
				v.pump()
			}
		})
	})
}

// stale reports whether another text, or another layout of it, is on its way.
func (v *TextView) stale() bool {
	return v.model.shown.Key != v.want.shown.Key || v.model.text.String() != v.want.shown.Text ||
		v.model.width != v.want.width || v.model.size != v.want.size
}

// whenThere runs f now, or as soon as the wanted text is there.
func (v *TextView) whenThere(f func()) {
	if v.stale() {
		v.after = append(v.after, f)
		return
	}
	f()
}

// adopt shows a model. Within one document the words at the top of the view
// and the selected words stay; another document begins at its top.
func (v *TextView) adopt(m *textModel) {
	old := v.model
	v.model = m
	had, hadAny := v.Selection()
	switch {
	case old == nil || old.shown.Key != m.shown.Key:
		v.scroll = textlayout.Scroll{}
		v.anchor, v.head, v.atRowEnd, v.goalX = 0, 0, false, -1
	default:
		to := textlayout.Remap(old.text, m.text)
		if m.layout != old.layout {
			if v.scroll != (textlayout.Scroll{}) {
				at := old.layout.Rows[min(v.scroll.Row, len(old.layout.Rows)-1)].Start
				share := v.scroll.Off / max(old.size*old.ratio, 1)
				v.scroll.Row = m.layout.RowAt(to(int(at)))
				v.scroll.Off = share * v.geometry().row
			}
			v.atRowEnd, v.goalX = false, -1
		}
		s := Span{Start: to(v.anchor), End: to(v.head)}
		forward := s.End >= s.Start
		s = m.layout.Snap(s)
		v.anchor, v.head = s.Start, s.End
		if !forward {
			v.anchor, v.head = s.End, s.Start
		}
		if f := v.flash; f != (Span{}) {
			v.flash = m.layout.Snap(Span{Start: to(f.Start), End: to(f.End)})
		}
		if m.text != old.text {
			v.hits.move(to)
			v.been.move(to)
			v.borders.side = noSide
		}
	}
	v.scroll = v.view().Clamp(v.scroll)
	v.mouse.forget()
	if now, any := v.Selection(); (any || hadAny) && now != had && v.OnSelect != nil {
		v.OnSelect(now, any)
	}
	if !v.stale() {
		todo := v.after
		v.after = nil
		for _, f := range todo {
			f()
		}
	}
	v.repaint()
}

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
	ratio := float32(1.65)
	if v.model != nil {
		ratio = v.model.ratio
	}
	g := geometry{row: float32(int(v.zoom*ratio + 0.5)), height: s.Height}
	left := float32(14)
	if v.model != nil {
		for n := v.model.layout.Lines(); n > 0; n /= 10 {
			left += numberSize * 0.56
		}
		left = max(left, 14+3*numberSize*0.56)
	}
	left += 14
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

// reveal scrolls to a position.
func (v *TextView) reveal(pos int) { v.revealRow(v.model.layout.RowAt(pos)) }

func (v *TextView) revealRow(row int) {
	g := v.geometry()
	v.scrollTo(v.view().Reveal(v.scroll, row, min(g.row, g.height/5)))
}

func (v *TextView) scrollTo(s textlayout.Scroll) {
	if s = v.view().Clamp(s); s != v.scroll {
		v.scroll = s
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
