package archive

import (
	"slices"
	"sort"
)

// living lists the items of one kind that are in force or open, by id: what the
// rules look at. They are kept apart from those that are neither any more, of
// which a document that is worked on for years has ever more. The caller does not
// keep the list over a change of the document.
func (d *Document) living(w What) []*Item {
	if d.live == nil {
		d.live, d.open = make(byKind, 0, 4), nil
		for _, it := range d.Items {
			if it.InForce() || it.Open() {
				d.live.set(it.What, append(d.live.of(it.What), it))
			}
			if it.Open() {
				d.open.set(it.What, append(d.open.of(it.What), it))
			}
		}
	}
	return d.live.of(w)
}

// byKind are items by their kinds: of a document there are few.
type byKind []ofKind

type ofKind struct {
	what  What
	items []*Item
}

func (l byKind) of(w What) []*Item {
	for i := range l {
		if l[i].what == w {
			return l[i].items
		}
	}
	return nil
}

func (l *byKind) set(w What, items []*Item) {
	for i := range *l {
		if (*l)[i].what == w {
			(*l)[i].items = items
			return
		}
	}
	*l = append(*l, ofKind{w, items})
}

// waiting lists the items of one kind that are open, by id, as a list that a
// change of the document leaves alone.
func (d *Document) waiting(w What) []*Item {
	d.living(w)
	return slices.Clone(d.open.of(w))
}

// replace keeps the lists of living when an item becomes another; nil is none.
func (d *Document) replace(before, after *Item) {
	if d.live == nil {
		return
	}
	d.standIn(before, after)
	d.live.exchange(before, after, func(it *Item) bool { return it.InForce() || it.Open() })
	d.open.exchange(before, after, (*Item).Open)
}

// exchange keeps the lists when an item becomes another; nil is none.
func (l *byKind) exchange(before, after *Item, belongs func(*Item) bool) {
	if before != nil {
		list := l.of(before.What)
		if i, ok := search(list, before.ID); ok {
			if after != nil && after.What == before.What && belongs(after) {
				list[i] = after
				return
			}
			l.set(before.What, slices.Delete(list, i, i+1))
		}
	}
	if after != nil && belongs(after) {
		list := l.of(after.What)
		i, _ := search(list, after.ID)
		l.set(after.What, slices.Insert(list, i, after))
	}
}

func search(list []*Item, id ID) (int, bool) {
	i := sort.Search(len(list), func(i int) bool { return list[i].ID >= id })
	return i, i < len(list) && list[i].ID == id
}

// inForce lists the items of one kind that are in force, in the order of Of.
func (d *Document) inForce(w What) []*Item {
	return inOrder(w, slices.DeleteFunc(slices.Clone(d.living(w)), func(it *Item) bool { return !it.InForce() }))
}
