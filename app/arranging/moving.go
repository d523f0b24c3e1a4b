package arranging

import (
	"errors"
	"slices"

	"fyne.io/fyne/v2"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
)

// This file moves units and documents.

// toTop is the choice of the top of the tree, or of no unit at all.
const toTop = "top"

// move asks where what is chosen is to go: documents that are picked, or the unit.
func (p *Page) move() {
	if !p.mayChange() {
		return
	}
	if docs := p.subjects(); len(docs) > 0 {
		p.chooseUnit(i18n.N("arranging.move.documents", len(docs), "n", i18n.Number(int64(len(docs)))), i18n.T("arranging.move.nowhere"), func(u *archive.Unit) bool { return true },
			func(to *archive.Unit) { p.place(docs, to) })
		return
	}
	u := p.chosen()
	if u == nil {
		p.s.Say(i18n.T("arranging.move.what"))
		return
	}
	p.chooseUnit(i18n.T("arranging.move.unit", "unit", session.OneLine(u.Name())), i18n.T("arranging.move.top"),
		func(to *archive.Unit) bool { return !slices.Contains(to.Line(), u) }, func(to *archive.Unit) { p.moveUnit(u, to) })
}

// chooseUnit asks for a unit; nil is the top, or none.
func (p *Page) chooseUnit(prompt, top string, may func(*archive.Unit) bool, then func(*archive.Unit)) {
	choices := []widgets.Choice{}
	for _, u := range p.units().All() {
		if may(u) {
			choices = append(choices, widgets.Choice{ID: string(u.ID()), Title: session.OneLine(u.Name()), Sub: session.OneLine(u.Path()), Badge: i18n.T("unitlevel." + string(u.Level)), Also: u.Path()})
		}
	}
	choices = append(choices, widgets.Choice{ID: toTop, Title: top})
	c := widgets.NewChooser(prompt, i18n.T("chooser.nothing"), choices)
	c.Covers, c.OnPick = session.Covers, func(id string) { then(p.units().Unit(archive.ID(id))) }
	c.Show(p.on)
}

// place puts documents into a unit, nil for none.
func (p *Page) place(docs []storage.Item, to *archive.Unit) {
	id, name := "", i18n.T("arranging.nowhere")
	if to != nil {
		id, name = string(to.ID()), to.Name()
	}
	var edits []*archive.Edit
	for _, it := range docs {
		if string(it.Unit) != id {
			edits = append(edits, &archive.Edit{Do: archive.PlaceKind, Doc: string(it.ID), Unit: &id})
		}
	}
	if len(edits) == 0 {
		p.s.Say(i18n.T("arranging.there"))
		return
	}
	p.list.SetPicked(widgets.RowSet{})
	p.write(edits, func(n int) string {
		return i18n.N("arranging.moved", n, "n", i18n.Number(int64(n)), "unit", session.OneLine(name))
	})
}

// drag says into which unit documents would be dropped, or puts them there.
func (p *Page) drag(at fyne.Position, dropped bool) {
	row := p.tree.RowUnder(at)
	if row < 0 || p.over != nil || p.writing {
		p.done.SetText("", widgets.Plain)
		return
	}
	var to *archive.Unit
	name := i18n.T("arranging.nowhere")
	if row < len(p.rows) {
		to, name = p.rows[row], p.rows[row].Path()
	}
	if !dropped {
		p.done.SetText("→ "+session.OneLine(name), widgets.Plain)
		return
	}
	p.done.SetText("", widgets.Plain)
	if p.mayChange() {
		p.place(p.picked(), to)
	}
}

// moveUnit puts a unit under another one, nil for the top.
func (p *Page) moveUnit(u, to *archive.Unit) {
	id, parent := string(u.ID()), ""
	if to != nil {
		parent = string(to.ID())
	}
	p.wanted = u.ID()
	p.write([]*archive.Edit{{Do: archive.SetUnitKind, Unit: &id, Parent: &parent, Seen: &[]archive.ID{u.Item.Rev}}}, func(int) string {
		return i18n.T("arranging.moved.unit", "unit", session.OneLine(u.Name()))
	})
}

// remove takes documents out of the arrangement, or a unit that is empty away.
func (p *Page) remove() {
	if !p.mayChange() {
		return
	}
	if docs := p.subjects(); len(docs) > 0 {
		p.place(docs, nil)
		return
	}
	u := p.chosen()
	if u == nil {
		return
	}
	id := string(u.ID())
	if u.Over != nil {
		p.wanted = u.Over.ID()
	}
	p.write([]*archive.Edit{{Do: archive.RemoveUnitKind, Unit: &id, Seen: &[]archive.ID{u.Item.Rev}}}, func(int) string {
		return i18n.T("arranging.removed", "unit", session.OneLine(u.Name()))
	})
}

// shift moves the unit, or the document with the cursor, one place up or down among its
// neighbours.
func (p *Page) shift(by int) {
	if !p.mayChange() {
		return
	}
	if p.inList() {
		p.shiftItem(by)
		return
	}
	u := p.chosen()
	if u == nil {
		return
	}
	among := p.units().Top
	if u.Over != nil {
		among = u.Over.Units
	}
	ranks := make([]string, len(among))
	for i, o := range among {
		ranks[i] = o.Item.Source
	}
	rank, ok := shifted(ranks, slices.Index(among, u), by)
	if !ok {
		return
	}
	id := string(u.ID())
	p.wanted = u.ID()
	p.write([]*archive.Edit{{Do: archive.SetUnitKind, Unit: &id, Rank: &rank}}, func(int) string { return "" })
}

// shifted is the rank between those one place further; ok is false at the end.
func shifted(ranks []string, at, by int) (rank string, ok bool) {
	to := at + by
	if at < 0 || to < 0 || to >= len(ranks) {
		return "", false
	}
	before, behind := to-1, to
	if by > 0 {
		before, behind = to, to+1
	}
	get := func(i int) string {
		if i < 0 || i >= len(ranks) {
			return ""
		}
		return ranks[i]
	}
	return archive.Rank(get(before), get(behind)), true
}

// shiftItem moves the document with the cursor among those of its unit. Where these were
// in no order of somebody's yet, all of them get theirs: the one that is seen.
func (p *Page) shiftItem(by int) {
	at := p.list.Selected()
	if at < 0 || at >= len(p.items) || p.items[at].Unit == "" {
		return
	}
	unit := p.items[at].Unit
	var all []storage.Item
	me := 0
	for _, it := range p.items {
		if it.Unit == unit {
			if it.ID == p.items[at].ID {
				me = len(all)
			}
			all = append(all, it)
		}
	}
	if to := me + by; to < 0 || to >= len(all) || len(p.items) == mostItems {
		return
	}
	ranked := !slices.ContainsFunc(all, func(it storage.Item) bool { return it.Rank == "" || len(it.Rank) > 60 })
	id := string(unit)
	var edits []*archive.Edit
	put := func(it *storage.Item, rank string) {
		edits = append(edits, &archive.Edit{Do: archive.PlaceKind, Doc: string(it.ID), Unit: &id, Rank: &rank})
	}
	if ranked {
		ranks := make([]string, len(all))
		for i := range all {
			ranks[i] = all[i].Rank
		}
		rank, _ := shifted(ranks, me, by)
		put(&all[me], rank)
	} else {
		all[me], all[me+by] = all[me+by], all[me]
		last := ""
		for i := range all {
			last = archive.Rank(last, "")
			put(&all[i], last)
		}
	}
	p.list.SetPicked(widgets.RowSet{})
	p.list.SetSelected(at + by)
	p.write(edits, func(int) string { return "" })
}

// write makes edits as one step to undo, and says what came of it.
func (p *Page) write(edits []*archive.Edit, words func(done int) string) {
	p.halt()
	p.s.Flush()
	path := p.s.Path()
	p.writing = true
	stop := p.s.ApplyMany(edits, p.busy.Progress, func(results []storage.Result, err error) {
		p.writing, p.stop = false, nil
		p.busy.Finish()
		if p.s.Path() == path {
			p.wrote(results, err, words)
		}
	})
	if p.writing { // else it was answered at once
		p.stop = stop
		p.busy.Start(i18n.T("arranging.writing"), len(edits), stop)
	}
}

func (p *Page) wrote(results []storage.Result, err error, words func(done int) string) {
	done := 0
	for _, r := range results {
		var refused *archive.Refusal
		switch {
		case r.Err == nil:
			done++
		case errors.As(r.Err, &refused) && refused.Code == "unchanged":
		case err == nil:
			err = r.Err
		}
	}
	f, isForm := p.over.(*form)
	switch {
	case err != nil && isForm:
		f.refused(err)
	case err != nil:
		p.done.SetText("⚠ "+session.Words(err), widgets.Bad)
		p.wanted = ""
	default:
		said := words(done)
		if said != "" {
			said = "✓ " + said
		}
		p.done.SetText(said, widgets.Good)
		if p.over != nil {
			p.dropPanel()
			p.Focus()
		}
	}
	p.show()
	p.count()
}
