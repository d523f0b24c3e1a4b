package archive

import (
	"slices"
	"sort"
)

// fixes are the corrections in force of one source text, by place. They do not
// overlap, so that their ends are in order too; should a damaged file hold some
// that do, mixed is true and nothing is to be told from the order.
type fixes struct {
	list  []*Item
	mixed bool
}

// near lists corrections in force of source text n among which are all that touch
// [start,end): few, as a rule. The caller does not keep the list.
func (d *Document) near(n, start, end int) []*Item {
	f := d.fixesOf(n)
	if f.mixed {
		return f.list
	}
	from := sort.Search(len(f.list), func(i int) bool { return f.list[i].Anchor.End.At >= start })
	to := from
	for to < len(f.list) && f.list[to].Anchor.Start.At <= end {
		to++
	}
	return f.list[from:to]
}

// fixesOf are those of source text n, kept up by replace from then on.
func (d *Document) fixesOf(n int) *fixes {
	if f := d.fixes[n]; f != nil {
		return f
	}
	f := &fixes{}
	for _, it := range d.living(ACorrection) {
		if it.InForce() && it.Anchor != nil && it.Anchor.Text == n {
			f.list = append(f.list, it)
		}
	}
	sort.Slice(f.list, func(i, j int) bool { return before(f.list[i], f.list[j]) })
	for i := range f.list {
		f.look(i)
	}
	if d.fixes == nil {
		d.fixes = map[int]*fixes{}
	}
	d.fixes[n] = f
	return f
}

// look sees whether a correction overlaps the one before it.
func (f *fixes) look(i int) {
	if i > 0 && i < len(f.list) {
		a, b := f.list[i-1].Anchor, f.list[i].Anchor
		f.mixed = f.mixed || overlap(a.Start.At, a.End.At, b.Start.At, b.End.At) || a.End.At > b.End.At
	}
}

// standIn keeps the lists when a correction becomes another; nil is none.
func (d *Document) standIn(before, after *Item) {
	if f := d.fixesFor(before); f != nil {
		i := f.find(before)
		f.list = slices.Delete(f.list, i, i+1)
		f.look(i)
	}
	if f := d.fixesFor(after); f != nil {
		i := f.find(after)
		f.list = slices.Insert(f.list, i, after)
		f.look(i)
		f.look(i + 1)
	}
}

// fixesFor is the list that an item belongs to, where that has been made.
func (d *Document) fixesFor(it *Item) *fixes {
	if it == nil || it.What != ACorrection || !it.InForce() || it.Anchor == nil {
		return nil
	}
	return d.fixes[it.Anchor.Text]
}

// find is where an item stands, or belongs.
func (f *fixes) find(it *Item) int {
	return sort.Search(len(f.list), func(i int) bool { return !before(f.list[i], it) })
}
