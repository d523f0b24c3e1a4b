package widgets

import (
	"fyne.io/fyne/v2"

	"fonds/widgets/look"
	"fonds/widgets/textpaint"
)

// borderDrag is the mark whose borders can be dragged, and the drag.
type borderDrag struct {
	id   string // "" is none
	side side   // which border is held
	span Span   // while one is held: where the borders would be
}

type side uint8

const (
	noSide side = iota
	startSide
	endSide
)

const (
	gripSlack float32 = 6 // pixels beside a border that take hold of it
	gripSize  float32 = 7 // of the knob
)

// SetActive gives handles to both borders of a mark, which OnBorders tells
// about when they have been dragged; "" takes them away. A mark without words
// or that is not shown has none.
func (v *TextView) SetActive(id string) {
	if id == v.borders.id {
		return
	}
	v.borders = borderDrag{id: id}
	v.repaint()
}

// activeSpan is where the active mark is, or would be while it is dragged.
func (v *TextView) activeSpan() (s Span, ok bool) {
	if v.borders.id == "" {
		return Span{}, false
	}
	if v.borders.side != noSide {
		return v.borders.span, true
	}
	for _, m := range v.model.shown.Marks {
		if m.ID == v.borders.id && !m.Change {
			s = v.model.layout.Snap(v.model.cut(m.Span))
			return s, s.Len() > 0
		}
	}
	return Span{}, false
}

// grip is where a handle stands: x, and the top of its row. A border between
// two rows is drawn where the mark is.
func (v *TextView) grip(s Span, at side) (x, y float32, row int) {
	l := v.model.layout
	pos := s.Start
	row = l.RowAt(s.Start)
	if at == endSide {
		pos = s.End
		row = l.RowAt(s.End)
		if row > 0 && int(l.Rows[row].Start) == pos {
			row--
		}
	}
	g := v.geometry()
	return g.x + min(l.X(row, pos), g.w+v.zoom/2), v.rowY(row), row
}

// gripAt is the border under the pointer.
func (v *TextView) gripAt(p fyne.Position) side {
	s, ok := v.activeSpan()
	if !ok || v.OnBorders == nil {
		return noSide
	}
	high := v.geometry().row
	best, near := noSide, gripSlack+1
	for _, at := range [...]side{startSide, endSide} {
		x, y, _ := v.grip(s, at)
		d := abs(p.X - x)
		// Between the two of a short mark the half that is outside wins.
		if outside := at == startSide && p.X < x || at == endSide && p.X > x; !outside {
			d += 0.5
		}
		if p.Y >= y && p.Y < y+high && d < near {
			best, near = at, d
		}
	}
	return best
}

// takeBorder takes hold of a border of the active mark.
func (v *TextView) takeBorder(p fyne.Position) bool {
	at := v.gripAt(p)
	if at == noSide {
		return false
	}
	s, _ := v.activeSpan()
	v.borders.side, v.borders.span = at, s
	v.mouse.drag = p
	return true
}

// dragBorder moves the held border to the pointer, on borders of clusters; at
// least one cluster stays in the mark.
func (v *TextView) dragBorder() {
	l := v.model.layout
	pos, _ := v.posAt(v.mouse.drag)
	s := v.borders.span
	if v.borders.side == startSide {
		s.Start = min(pos, l.Prev(s.End))
	} else {
		s.End = max(pos, l.Next(s.Start))
	}
	if s != v.borders.span {
		v.borders.span = s
		v.repaint()
	}
}

// dropBorder ends the drag and tells about it.
func (v *TextView) dropBorder() {
	now, held := v.borders.span, v.borders.side != noSide
	v.borders.side = noSide
	if !held {
		return
	}
	v.repaint()
	if was, ok := v.activeSpan(); ok && now != was && v.OnBorders != nil {
		v.OnBorders(v.borders.id, now)
	}
}

// paintBorders draws the handles: a line at each border with a knob above the
// first and under the last character.
func (v *TextView) paintBorders(s *textpaint.Sheet, p *look.Palette, g geometry, page *textpaint.Page) {
	sp, ok := v.activeSpan()
	if !ok || v.OnBorders == nil {
		return
	}
	for _, at := range [...]side{startSide, endSide} {
		x, y, _ := v.grip(sp, at)
		if y < -g.row || y > g.height {
			continue
		}
		top, high := y+page.Baseline()-0.98*page.Size, page.Size*1.25
		wide := gripSize
		if v.borders.side == at || v.mouse.overGrip == at {
			wide += 2
		}
		s.Fill(x-1, top, 2, high, p.Ink)
		knob := top - wide/2
		if at == endSide {
			knob = top + high - wide/2
		}
		s.Fill(x-wide/2-1, knob-1, wide+2, wide+2, p.Paper)
		s.Fill(x-wide/2, knob, wide, wide, p.Ink)
		if v.borders.side != at {
			s.Fill(x-wide/2+2, knob+2, wide-4, wide-4, p.Accent)
		}
	}
}
