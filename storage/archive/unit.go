package archive

import (
	"encoding/json"
	"slices"
	"strings"
)

// A unit of description (著录单元) is a level of the arrangement: a fonds (全宗), a
// series (类别), a file (案卷). Units are items of the archive and stand in a tree;
// documents are its leaves, the items (件), each in one unit or in none. ISAD(G) 2 and
// DA/T 22-2015 are what it follows.

// Level is a level of description.
type Level string

// The levels, from the highest; AtItem is that of documents, which no unit has.
const (
	AtFonds  Level = "fonds"
	AtSeries Level = "series"
	AtFile   Level = "file"
	AtItem   Level = "item"
)

// UnitLevels lists the levels of units, the highest first.
func UnitLevels() []Level { return []Level{AtFonds, AtSeries, AtFile} }

// may says whether a unit of level l can stand under one of level over; "" is none. A
// series can lie in a series, a fonds in none, and in a file are documents only.
func (l Level) may(over Level) bool {
	switch over {
	case "":
		return true
	case AtFonds:
		return l != AtFonds
	case AtSeries:
		return l == AtSeries || l == AtFile
	}
	return false
}

// Unit is a unit as it stands in the tree.
type Unit struct {
	Item   *Item
	Level  Level
	Code   string // its own part of the reference code
	Title  string
	Values map[string][]string // what it is described with, by the ids of fields
	Over   *Unit               // nil: at the top
	Units  []*Unit             // those in it, in their order
	Depth  int                 // 0 at the top
}

// ID is that of its item.
func (u *Unit) ID() ID { return u.Item.ID }

// Name is its code and title, or what there is of them.
func (u *Unit) Name() string { return strings.TrimSpace(u.Code + " " + u.Title) }

// Key is what it is called within a path: its code, or its title where it has none.
func (u *Unit) Key() string {
	if u.Code != "" {
		return u.Code
	}
	return u.Title
}

// Path is the keys of all from the top to it, apart by /.
func (u *Unit) Path() string {
	if u.Over == nil {
		return u.Key()
	}
	return u.Over.Path() + "/" + u.Key()
}

// Line is all from the top to it.
func (u *Unit) Line() []*Unit {
	if u == nil {
		return nil
	}
	return append(u.Over.Line(), u)
}

// Under lists the ids of it and of all units under it; of nil none.
func (u *Unit) Under() []ID {
	if u == nil {
		return nil
	}
	out := []ID{u.ID()}
	for _, k := range u.Units {
		out = append(out, k.Under()...)
	}
	return out
}

// Inherited are the values of a field of the nearest unit that has some, and that unit.
func (u *Unit) Inherited(field string) ([]string, *Unit) {
	for ; u != nil; u = u.Over {
		if v := u.Values[field]; len(v) > 0 {
			return v, u
		}
	}
	return nil, nil
}

// Tree is the arrangement of an archive.
type Tree struct {
	Top  []*Unit
	byID map[ID]*Unit
}

// Unit finds one by its id; nil where there is none.
func (t *Tree) Unit(id ID) *Unit { return t.byID[id] }

// All lists the units, each before those in it.
func (t *Tree) All() []*Unit {
	out := make([]*Unit, 0, len(t.byID))
	var walk func([]*Unit)
	walk = func(us []*Unit) {
		for _, u := range us {
			out = append(out, u)
			walk(u.Units)
		}
	}
	walk(t.Top)
	return out
}

// Find is the unit that a reference names: an id, the end of one, or a path of codes.
func (t *Tree) Find(ref string) *Unit {
	if u := t.byID[ID(ref)]; u != nil {
		return u
	}
	among := t.Top
	var at *Unit
	for part := range strings.SplitSeq(ref, "/") {
		i := slices.IndexFunc(among, func(u *Unit) bool { return u.Key() == part })
		if i < 0 {
			at = nil
			break
		}
		at, among = among[i], among[i].Units
	}
	if at != nil {
		return at
	}
	for id, u := range t.byID {
		if id.MatchesEnd(ref) {
			return u
		}
	}
	return nil
}

// Named is Find for what a person writes in a query: capitals do not matter, and a code that
// one unit alone has names it wherever it lies.
func (t *Tree) Named(ref string) (found *Unit) {
	if u := t.Find(ref); u != nil {
		return u
	}
	for _, u := range t.byID {
		switch {
		case strings.EqualFold(u.Path(), ref):
			return u
		case !strings.EqualFold(u.Key(), ref):
		case found != nil:
			return nil
		default:
			found = u
		}
	}
	return found
}

// unitDetail is what a unit's item has in Detail.
type unitDetail struct {
	Level  Level               `json:"level"`
	Code   string              `json:"code,omitempty"`
	Values map[string][]string `json:"values,omitempty"`
}

func (it *Item) unit() (d unitDetail) {
	_ = json.Unmarshal([]byte(it.Detail), &d) // it was written here
	return d
}

func (d *unitDetail) of(it *Item) *Unit {
	return &Unit{Item: it, Level: d.Level, Code: d.Code, Title: it.Text, Values: d.Values}
}

// UnitItem reads a unit from its item, without its place in the tree.
func UnitItem(it *Item) *Unit {
	d := it.unit()
	return d.of(it)
}

// Units is the arrangement of the archive, which nobody changes. A unit whose parent is
// no more, which only copies that were put together can bring, stands at the top.
func (d *Document) Units() *Tree {
	if d.tree != nil {
		return d.tree
	}
	all := d.inForce(AUnit)
	t := &Tree{byID: make(map[ID]*Unit, len(all))}
	details := make(map[*Item]unitDetail, len(all))
	for _, it := range all {
		detail, read := d.details[it]
		if !read {
			detail = it.unit()
		}
		details[it] = detail
		t.byID[it.ID] = detail.of(it)
	}
	d.details = details
	for _, it := range all {
		u := t.byID[it.ID]
		if over := t.byID[ID(it.Key)]; over != nil && !t.loops(it) {
			u.Over, over.Units = over, append(over.Units, u)
		} else {
			t.Top = append(t.Top, u)
		}
	}
	t.order(t.Top, 0)
	d.tree = t
	return t
}

// loops says whether the way up from a unit leads back to it.
func (t *Tree) loops(it *Item) bool {
	at := it
	for range len(t.byID) {
		over := t.byID[ID(at.Key)]
		if over == nil {
			return false
		}
		if at = over.Item; at.ID == it.ID {
			return true
		}
	}
	return true
}

func (t *Tree) order(us []*Unit, depth int) {
	slices.SortStableFunc(us, func(a, b *Unit) int {
		if a.Item.Source != b.Item.Source {
			return strings.Compare(a.Item.Source, b.Item.Source)
		}
		return strings.Compare(string(a.ID()), string(b.ID()))
	})
	for _, u := range us {
		u.Depth = depth
		t.order(u.Units, depth+1)
	}
}

// Placed is the item that says in which unit the document is (Key) and where among the
// documents of it (Source, see Rank); nil where it is in none.
func (d *Document) Placed() *Item { return d.onlyOne(APlace) }

// Rank is a text that sorts, byte by byte, between two others; "" is before all, or
// behind all. It is how a thing is put between two without changing these.
func Rank(before, behind string) string {
	const digits = "0123456789abcdefghijklmnopqrstuvwxyz"
	var out []byte
	for i := 0; ; i++ {
		lo, hi := 0, len(digits)
		if i < len(before) {
			lo = max(strings.IndexByte(digits, before[i]), 0)
		}
		if behind != "" && i < len(behind) {
			hi = max(strings.IndexByte(digits, behind[i]), 0)
		}
		if hi-lo > 1 {
			return string(append(out, digits[lo+(hi-lo)/2]))
		}
		out = append(out, digits[lo])
		if hi > lo {
			behind = "" // what follows is below it anyway
		}
	}
}
