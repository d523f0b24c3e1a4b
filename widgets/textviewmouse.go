package widgets

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

const (
	clickTime  = 400 * time.Millisecond // between the clicks of a double click
	clickSlack = 4                      // pixels the pointer may move between them
	edgeWait   = 40 * time.Millisecond  // between steps of scrolling at the edge
)

// mouseState is what the view remembers of the pointer.
type mouseState struct {
	at       fyne.Position // where the last press was
	when     time.Time
	clicks   int  // 1 by clusters, 2 by words, 3 by sentences, 4 by source lines
	unit     Span // what the press took: dragging never gives it up
	selected bool // the button is down in the text
	grabbed  bool // the button is down on the scroll bar
	grab     float32
	drag     fyne.Position // where the pointer was dragged to last
	stop     func()        // ends scrolling at the edge

	overBar  bool
	overGrip side
	moreRow  int // the row of which all labels are shown, or -1
	overText bool
	mark     int // index of what lies under the pointer, or -1
	fix      int
	words    string
	seen     bool // mark and fix count
}

// forget drops what pointed into the last model.
func (m *mouseState) forget() { m.seen, m.moreRow = false, -1 }

// posAt is the cluster border nearest to a place, and its row.
func (v *TextView) posAt(p fyne.Position) (pos, row int) {
	g := v.geometry()
	row = v.view().At(v.scroll, p.Y-viewTop)
	return v.model.layout.Hit(row, p.X-g.x), row
}

// clusterAt is the beginning of the cluster under a place; ok is false beside
// the words.
func (v *TextView) clusterAt(p fyne.Position) (pos int, ok bool) {
	g := v.geometry()
	view := v.view()
	f := p.Y - viewTop
	row := view.At(v.scroll, f)
	if y := view.Y(v.scroll, row); f < y || f >= y+view.Row {
		return 0, false
	}
	x := p.X - g.x
	for _, gl := range v.model.layout.Glyphs(row, x+1, nil) {
		if !gl.LineEnd && x >= gl.X && x < gl.X+gl.W {
			return gl.Start, true
		}
	}
	return 0, false
}

// MouseDown is called by Fyne.
func (v *TextView) MouseDown(e *desktop.MouseEvent) {
	v.quench()
	if app := fyne.CurrentApp(); app != nil {
		if c := app.Driver().CanvasForObject(v); c != nil {
			c.Focus(v)
		}
	}
	pos, row := v.posAt(e.Position)
	switch {
	case e.Button == desktop.MouseButtonSecondary:
		if s, any := v.Selection(); !any || pos < s.Start || pos > s.End {
			v.setSelection(pos, pos)
		}
		return
	case e.Button != desktop.MouseButtonPrimary:
		return
	case v.takeBar(e.Position), v.takeBorder(e.Position):
		return
	}
	if l := v.labelAt(e.Position); l != nil {
		if v.OnMark != nil && l.mark >= 0 {
			v.OnMark(v.model.shown.Marks[l.mark].ID)
		}
		return
	}
	now := v.now()
	m := &v.mouse
	near := abs(e.Position.X-m.at.X) <= clickSlack && abs(e.Position.Y-m.at.Y) <= clickSlack
	if near && m.clicks > 0 && now.Sub(m.when) <= clickTime {
		m.clicks = m.clicks%4 + 1
	} else {
		m.clicks = 1
	}
	m.at, m.when, m.selected, m.drag = e.Position, now, true, e.Position
	if m.clicks == 1 {
		m.unit = Span{Start: pos, End: pos}
		if e.Modifier&fyne.KeyModifierShift != 0 {
			m.unit = Span{Start: v.anchor, End: v.anchor}
		}
		v.setSelection(m.unit.Start, pos)
		v.atRowEnd = pos == int(v.model.layout.Rows[row].End) && pos > int(v.model.layout.Rows[row].Start)
		v.repaint()
		return
	}
	m.unit = v.unitAt(e.Position)
	v.setSelection(m.unit.Start, m.unit.End)
}

// unitAt is what a press at a place takes by the number of clicks.
func (v *TextView) unitAt(p fyne.Position) Span {
	pos, _ := v.posAt(p)
	if at, ok := v.clusterAt(p); ok {
		pos = at
	}
	switch v.mouse.clicks {
	case 2:
		return v.model.layout.WordIn(pos, v.Lexicon)
	case 3:
		return v.sentence(pos)
	case 4:
		return v.model.layout.LineSpan(pos)
	}
	pos, _ = v.posAt(p)
	return Span{Start: pos, End: pos}
}

// sentence is the sentence at a position without the blanks and line ends
// around its words.
func (v *TextView) sentence(pos int) Span {
	s := v.model.layout.SentenceAt(pos)
	words := v.model.text.Slice(s.Start, s.End)
	right := strings.TrimRightFunc(words, unicode.IsSpace)
	left := strings.TrimLeftFunc(right, unicode.IsSpace)
	if left == "" {
		return v.model.layout.LineSpan(s.Start)
	}
	s.End -= utf8.RuneCountInString(words[len(right):])
	s.Start += utf8.RuneCountInString(right[:len(right)-len(left)])
	return s
}

// MouseUp is called by Fyne.
func (v *TextView) MouseUp(e *desktop.MouseEvent) {
	v.endDrag()
	if e.Button == desktop.MouseButtonSecondary && v.OnMenu != nil {
		v.OnMenu(e.AbsolutePosition)
	}
}

// Dragged is called by Fyne: it moves the scroll bar or the selection, and
// scrolls while the pointer is beyond the edge.
func (v *TextView) Dragged(e *fyne.DragEvent) {
	if v.mouse.grabbed {
		v.dragBar(e.Position.Y)
		return
	}
	if !v.dragging() {
		return
	}
	v.mouse.drag = e.Position
	v.extend()
	if v.mouse.stop == nil && v.beyond() != 0 {
		v.edge()
	}
}

// dragging reports whether the pointer holds an end of the selection or a
// border of the active mark.
func (v *TextView) dragging() bool { return v.mouse.selected || v.borders.side != noSide }

// DragEnd is called by Fyne.
func (v *TextView) DragEnd() { v.endDrag() }

func (v *TextView) endDrag() {
	m := &v.mouse
	if m.stop != nil {
		m.stop()
		m.stop = nil
	}
	if m.grabbed {
		m.grabbed = false
		v.repaint()
	}
	m.selected = false
	v.dropBorder()
}

// extend brings the selection, or the held border, to where the pointer was
// dragged.
func (v *TextView) extend() {
	if v.borders.side != noSide {
		v.dragBorder()
		return
	}
	u, to := v.mouse.unit, v.unitAt(v.mouse.drag)
	if to.Start < u.Start {
		v.setSelection(u.End, to.Start)
	} else {
		v.setSelection(u.Start, max(to.End, u.End))
	}
}

// beyond is how far the dragged pointer is above (negative) or below the view.
func (v *TextView) beyond() float32 {
	switch y, h := v.mouse.drag.Y, v.Size().Height; {
	case y < 0:
		return y
	case y > h:
		return y - h
	}
	return 0
}

// edge scrolls one step and waits for the next: the farther out the pointer
// is, the longer the step.
func (v *TextView) edge() {
	v.mouse.stop = later(v.After, v.Do, edgeWait, func() {
		v.mouse.stop = nil
		d := v.beyond()
		if d == 0 || !v.dragging() {
			return
		}
		v.scrollTo(v.view().By(v.scroll, min(max(d, -400), 400)/2))
		v.extend()
		v.edge()
	})
}

// Scrolled is called by Fyne.
func (v *TextView) Scrolled(e *fyne.ScrollEvent) {
	v.quench()
	v.scrollTo(v.view().By(v.scroll, -e.Scrolled.DY))
}

// thumb is where the thumb of the scroll bar lies; size 0 means there is none.
func (v *TextView) thumb() (at, size float32) {
	view := v.view()
	h := v.Size().Height - 4
	if n := len(v.want.shown.Text); !v.model.whole() && n > 0 && h >= 2*barLeast {
		// Until all is laid out the thumb goes by the bytes of the text.
		l := v.model.layout
		first, last := l.Text.Byte(int(l.Rows[0].Start)), l.Text.Byte(int(l.Rows[len(l.Rows)-1].End))
		rows := float64(len(l.Rows)) * float64(n) / float64(max(last-first, 1))
		size = max(barLeast, float32(float64(h)*float64(view.Height)/max(rows*float64(view.Row), float64(view.Height))))
		return 2 + float32(float64(l.Text.Byte(v.topPos()))/float64(n))*(h-size), size
	}
	last := view.Last()
	if last.Row == 0 && last.Off == 0 || h < 2*barLeast {
		return 0, 0
	}
	size = max(barLeast, float32(float64(h)*float64(view.Height)/(float64(view.Rows)*float64(view.Row)+float64(view.After))))
	return 2 + view.Share(v.scroll)*(h-size), size
}

func (v *TextView) onBar(p fyne.Position) bool {
	_, size := v.thumb()
	return size > 0 && p.X >= v.Size().Width-barZone
}

// takeBar takes hold of the thumb; a press beside it brings it there.
func (v *TextView) takeBar(p fyne.Position) bool {
	if !v.onBar(p) {
		return false
	}
	at, size := v.thumb()
	v.mouse.grabbed, v.mouse.grab = true, p.Y-at
	if p.Y < at || p.Y >= at+size {
		v.mouse.grab = size / 2
		v.dragBar(p.Y)
	}
	v.repaint()
	return true
}

func (v *TextView) dragBar(y float32) {
	if !v.model.whole() {
		v.whenThere(func() { v.dragBar(y) })
		return
	}
	_, size := v.thumb()
	if h := v.Size().Height - 4 - size; size > 0 && h > 0 {
		v.scrollTo(v.view().AtShare((y - v.mouse.grab - 2) / h))
	}
}

func (v *TextView) now() time.Time {
	if v.Now != nil {
		return v.Now()
	}
	return time.Now()
}

func abs(x float32) float32 { return max(x, -x) }
