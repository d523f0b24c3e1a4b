package widgets

import (
	"slices"

	"fonds/widgets/textlayout"
)

// place is where a person was in a text: what stood at the top of the view,
// and the caret with the other end of the selection.
type place struct {
	top          int     // the first position of the row at the top
	share        float32 // how much of that row is above the view, 0 to 1
	anchor, head int
}

// trail is where a person has been in this document, for Back and Forward.
type trail struct{ back, ahead []place }

// trailLength bounds it: nobody goes back a hundred times.
const trailLength = 100

// move takes the trail along when the text changes.
func (t *trail) move(to func(int) int) {
	for _, list := range [][]place{t.back, t.ahead} {
		for i, p := range list {
			list[i] = place{to(p.top), p.share, to(p.anchor), to(p.head)}
		}
	}
}

// Top is what stands at the top of the view: the first position of a row, and
// how much of that row is scrolled out, from 0 to 1.
func (v *TextView) Top() (pos int, share float32) {
	rows := v.model.layout.Rows
	row := min(v.scroll.Row, len(rows)-1)
	return int(rows[row].Start), min(v.scroll.Off/max(v.geometry().row, 1), 1)
}

// SetTop brings a position to the top of the view, its row scrolled out by a
// share, as far as the text reaches. It does not call OnScroll, so that two
// views can follow each other.
func (v *TextView) SetTop(pos int, share float32) {
	v.whenThere(func() {
		v.following = true
		v.putTop(pos, share)
		v.following = false
	})
}

func (v *TextView) putTop(pos int, share float32) {
	row := v.model.layout.RowAt(pos)
	v.scrollTo(textlayout.Scroll{Row: row, Off: min(max(share, 0), 1) * v.geometry().row})
}

// Jump goes to a span and flashes it; the caret stands at its beginning. Back
// returns to where one was.
func (v *TextView) Jump(s Span) {
	v.whenThere(func() {
		v.been.ahead = nil
		v.been.back = remember(v.been.back, v.here())
		s := v.model.layout.Snap(v.model.cut(s))
		v.setSelection(s.Start, s.Start)
		v.flash = s
		v.reveal(s.Start)
		v.repaint()
	})
}

// Back returns to where one was before the last Jump, with the selection of
// then; false when there is no such place.
func (v *TextView) Back() bool { return v.travel(&v.been.back, &v.been.ahead) }

// Forward undoes Back; false when there was none since the last Jump.
func (v *TextView) Forward() bool { return v.travel(&v.been.ahead, &v.been.back) }

func (v *TextView) travel(from, to *[]place) bool {
	n := len(*from)
	if n == 0 || v.stale() {
		return false
	}
	*to = remember(*to, v.here())
	p := (*from)[n-1]
	*from = (*from)[:n-1]
	v.quench()
	v.setSelection(v.model.layout.Floor(p.anchor), v.model.layout.Floor(p.head))
	v.putTop(p.top, p.share)
	return true
}

func (v *TextView) here() place {
	top, share := v.Top()
	return place{top, share, v.anchor, v.head}
}

func remember(list []place, p place) []place {
	if n := len(list); n > 0 && list[n-1] == p {
		return list
	}
	if list = append(list, p); len(list) > trailLength {
		list = slices.Delete(list, 0, len(list)-trailLength)
	}
	return list
}
