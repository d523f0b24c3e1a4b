package concordance

import (
	"slices"

	"fonds/app/concord"
	"fonds/storage/archive"
	"fonds/widgets"
)

// This file brings the lines into their order.

// sorter brings lines into their order on a worker, one order at a time.
type sorter struct {
	epoch int // of the lines: those of before are no longer wanted
	busy  bool
	lines []concord.Line // that are to be listed, while it is busy
	again bool           // they, or the order, have changed since it began
}

// latest are the lines that are listed, or about to be.
func (s *sorter) latest(listed []concord.Line) []concord.Line {
	if s.busy {
		return s.lines
	}
	return listed
}

// sort lists the lines in another order.
func (p *Page) sort(by concord.Order) {
	if by == p.by {
		return
	}
	p.by = by
	p.show()
	p.arrange(p.sorter.latest(p.lines))
}

// arrange lists lines in their order.
func (p *Page) arrange(lines []concord.Line) {
	s := &p.sorter
	if s.busy {
		s.lines, s.again = lines, true
		return
	}
	if p.by == concord.ByPlace {
		at := make([]int, len(lines))
		for i := range at {
			at[i] = i
		}
		p.arranged(lines, at)
		return
	}
	s.busy, s.lines, s.again = true, lines, false
	by, epoch := p.by, s.epoch
	cfg := p.s.Config()
	cfg.Go(func() {
		at := concord.Sorted(lines, by)
		cfg.Do(func() {
			s.busy = false
			switch {
			case epoch != s.epoch:
				if s.again {
					p.arrange(s.lines)
				}
				return
			case by == p.by:
				p.arranged(lines, at)
			}
			if s.again {
				p.arrange(s.lines)
			}
		})
	})
}

// arranged lists lines; what was chosen and picked among those of before stays so.
func (p *Page) arranged(lines []concord.Line, rows []int) {
	var chosen key
	was := p.list.Selected()
	has := was >= 0 && was < len(p.rows)
	if has {
		chosen = p.keyAt(p.rows[was])
	}
	picked := map[key]bool{}
	for _, i := range p.pickedLines() {
		picked[p.keyAt(i)] = true
	}
	p.lines, p.rows = lines, rows
	rowOf := make([]int, len(rows))
	for row, i := range rows {
		rowOf[i] = row
	}
	selected, docs, last := -1, 0, archive.ID("")
	var again []int
	for i, at := 0, keys(lines); i < len(lines); i++ {
		k := at(i)
		if has && k == chosen {
			selected = rowOf[i]
		}
		if picked[k] {
			again = append(again, rowOf[i])
		}
		if k.doc != last {
			last = k.doc
			docs++
		}
	}
	p.docs = docs
	p.fitColumns()
	p.list.SetCount(len(rows), p.row) // before anything draws: its rows are of other lines now
	p.list.SetPicked(nil)
	switch {
	case len(rows) == 0:
	case selected < 0 && has: // its line is gone: the one in its place
		selected = min(was, len(rows)-1)
	case !p.moved:
		selected = 0 // lines come, and nobody has chosen one
	}
	p.list.SetSelected(selected)
	slices.Sort(again)
	p.list.SetPicked(rowSet(again))
	if p.moved {
		p.list.EnsureVisible(selected)
	}
	p.preview()
	p.show()
	if then := p.then; then != nil && p.stop == nil && !p.sorter.again {
		p.then = nil
		then()
	}
}

// rowSet are rows, which are in order, as ranges.
func rowSet(rows []int) (out widgets.RowSet) {
	for i := 0; i < len(rows); {
		n := 1
		for i+n < len(rows) && rows[i+n] == rows[i]+n {
			n++
		}
		out = append(out, widgets.RowRange{From: rows[i], To: rows[i] + n})
		i += n
	}
	return out
}
