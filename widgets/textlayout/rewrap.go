package textlayout

import "sort"

// Rewrap is the layout of a text that was made from that of l by changes (see
// Text.Edited): rows that the changes do not reach are taken over. The result
// is what Wrap gives. l must be whole.
func (l *Layout) Rewrap(t *Text, changes []Change) *Layout {
	out := &Layout{Text: t, Params: l.Params}
	w := wrapper{l: out, rows: make([]Row, 0, len(l.Rows)+64), lines: make([]int32, 0, len(l.lines)+8)}
	old, line := 0, 0 // the next row and source line of l to take over
	take := func(until, delta int) {
		if old >= until {
			return
		}
		ahead := int32(len(w.rows) - old)
		for ; line < len(l.lines) && int(l.lines[line]) < until; line++ {
			w.lines = append(w.lines, l.lines[line]+ahead)
		}
		for _, r := range l.Rows[old:until] {
			w.rows = append(w.rows, Row{r.Start + int32(delta), r.End + int32(delta)})
		}
		old = until
	}
	// Where a row ends depends on what stands in the next one; one more for what
	// hangs over. How wide quotation marks are depends on some signs around.
	const around = 2
	before := func(c Change) int { return max(l.RowAt(max(c.Old.Start-2*quoteReach, 0))-around, 0) }
	delta := 0
	for k := 0; k < len(changes); {
		c := changes[k]
		first := max(before(c), old)
		take(first, delta)
		if first == 0 {
			w.lines = append(w.lines[:0], 0)
			line = 1
		} else if line < len(l.lines) && int(l.lines[line]) == first {
			w.lines = append(w.lines, int32(len(w.rows)))
			line++
		}
		from := int(l.Rows[first].Start) + delta
		// Rows are made until one begins where an old one did, behind the change
		// and at a distance from the next.
		met, this := false, k
		w.cut = func(p place) bool {
			for k < len(changes) && changes[k].New.Start <= p.pos {
				k++
			}
			if k == this || p.pos <= changes[k-1].New.End+pairReach+2*quoteReach {
				return false
			}
			end := changes[k-1]
			was := p.pos - end.New.End + end.Old.End
			row := sort.Search(len(l.Rows), func(i int) bool { return int(l.Rows[i].Start) >= was })
			if row == len(l.Rows) || int(l.Rows[row].Start) != was || row <= first {
				return false
			}
			if k < len(changes) && row > before(changes[k]) {
				return false
			}
			delta, old, met = end.New.End-end.Old.End, row, true
			return true
		}
		w.run(place{t.Byte(from), from}, len(t.s), true)
		if !met {
			out.Rows, out.lines = w.rows, w.lines
			return out
		}
		for line = sort.Search(len(l.lines), func(i int) bool { return int(l.lines[i]) >= old }); len(w.lines) > 0 && int(w.lines[len(w.lines)-1]) >= len(w.rows); {
			w.lines = w.lines[:len(w.lines)-1]
		}
	}
	take(len(l.Rows), delta)
	out.Rows, out.lines = w.rows, w.lines
	return out
}
