package arranging

import (
	"context"
	"strings"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
)

// This file shows the tree, and reads how many documents lie where.

func (p *Page) units() *archive.Tree { return p.s.Units() }

// lay lists the units of the tree that are to be seen.
func (p *Page) lay() {
	p.rows = p.rows[:0]
	var walk func([]*archive.Unit)
	walk = func(us []*archive.Unit) {
		for _, u := range us {
			p.rows = append(p.rows, u)
			if !p.closed[u.ID()] {
				walk(u.Units)
			}
		}
	}
	walk(p.units().Top)
}

// row says a unit in one line: its place, code and title, its level, how many documents
// lie in it and under it. The last one is those that lie in none.
func (p *Page) row(i int) widgets.Row {
	if i == len(p.rows) {
		return widgets.Row{Known: true, Cells: []string{i18n.T("arranging.nowhere"), "", p.number(p.counts[""])}}
	}
	u := p.rows[i]
	sign := "  "
	if len(u.Units) > 0 {
		sign = "– "
		if p.closed[u.ID()] {
			sign = "+ "
		}
	}
	n := 0
	for _, id := range u.Under() {
		n += p.counts[id]
	}
	return widgets.Row{Known: true, Title: u.Name(), Cells: []string{strings.Repeat("    ", u.Depth) + sign + session.OneLine(u.Name()), i18n.T("unitlevel." + string(u.Level)), p.number(n)}}
}

func (p *Page) number(n int) string {
	if p.counts == nil {
		return "…"
	}
	return i18n.Number(int64(n))
}

// chosen is the unit of the row with the cursor; nil for those that lie in none.
func (p *Page) chosen() *archive.Unit {
	if at := p.tree.Selected(); at >= 0 && at < len(p.rows) {
		return p.rows[at]
	}
	return nil
}

// choose shows what lies in the unit that was chosen.
func (p *Page) choose() {
	id := archive.ID("")
	if u := p.chosen(); u != nil {
		id = u.ID()
	}
	if id == p.unit && p.asked == id && p.items != nil {
		return
	}
	p.unit = id
	p.list.SetPicked(widgets.RowSet{})
	p.read()
	p.showUnit()
}

// fold closes a unit, or opens it; what is closed already leads to the one above.
func (p *Page) fold(shut bool) bool {
	u := p.chosen()
	switch {
	case u == nil:
		return shut
	case shut && (len(u.Units) == 0 || p.closed[u.ID()]):
		if u.Over != nil {
			p.wanted = u.Over.ID()
			p.show()
		}
		return true
	case !shut && (len(u.Units) == 0 || !p.closed[u.ID()]):
		return false
	}
	p.closed[u.ID()] = shut
	p.wanted = u.ID()
	p.show()
	return true
}

// show shows what is the case.
func (p *Page) show() {
	open := p.s.Open()
	p.lay()
	any := open && (len(p.rows) > 0 || p.over != nil || p.counts == nil || p.counts[""] > 0)
	p.body.Hidden, p.empty.Hidden = !any, any
	switch {
	case !open:
		p.empty.Set(i18n.T("arranging.none"), "", "", nil)
	case !any:
		p.empty.Set(i18n.T("arranging.empty"), i18n.T("arranging.empty.next"), i18n.T("arranging.do.new"), func() { p.s.Commands.Run("arranging.new") })
	}
	p.tree.SetCount(len(p.rows)+1, p.row)
	at := p.rowOf(p.unit)
	if u := p.units().Find(p.made); p.made != "" && u != nil {
		p.wanted, p.made = u.ID(), ""
	}
	if p.wanted != "" {
		if i := p.rowOf(p.wanted); i < len(p.rows) {
			at, p.wanted = i, ""
		}
	}
	if p.tree.Selected() != at {
		p.tree.SetSelected(at)
		p.tree.EnsureVisible(at)
	}
	p.choose()
	p.showUnit()
}

// rowOf is the row of a unit; that of what lies in none where it is not to be seen.
func (p *Page) rowOf(id archive.ID) int {
	for i, u := range p.rows {
		if u.ID() == id {
			return i
		}
	}
	if u := p.units().Unit(id); u != nil && u.Over != nil { // one above it is closed
		return p.rowOf(u.Over.ID())
	}
	if id == "" && len(p.rows) > 0 && p.asked == "" && p.items == nil {
		return 0
	}
	return len(p.rows)
}

// count reads how many documents lie where, and what lies in the chosen unit.
func (p *Page) count() {
	session.Read(p.s, &p.gen, func(ctx context.Context, a *storage.Archive) (map[archive.ID]int, error) {
		return a.UnitCounts(ctx)
	}, func(counts map[archive.ID]int, err error) {
		if err == nil {
			p.counts = counts
		}
		p.show()
	})
	p.read()
}
