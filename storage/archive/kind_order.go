package archive

import (
	"cmp"
	"slices"
	"strings"
)

// OrderKind puts the parts of a document into an order that somebody chose. Where
// nobody has, it is that of their places.
const OrderKind = "document.order"

// OrderBody is the order: the documents that the parts are; none for that of their
// places. ID is for the item that keeps it, where there is none yet.
type OrderBody struct {
	ID    ID   `json:"id"`
	Parts []ID `json:"parts"`
}

func init() {
	register(kind{name: OrderKind, keys: "doc parts seen", version: 1}, prepareOrder, applyOrder)
}

func prepareOrder(c *Ctx, e *Edit) (*OrderBody, error) {
	refs, err := need(e, "parts", e.Parts)
	if err != nil {
		return nil, err
	}
	if err := c.Rules.mayDivide(c.Actor); err != nil {
		return nil, err
	}
	now := partIDs(c.Doc.PartsInOrder())
	if e.Seen != nil && !sameIDs(*e.Seen, now) {
		return nil, Refuse("moved", "who", c.Doc.lastDivided(), "what", AnOrder)
	}
	b := &OrderBody{ID: c.NewID(), Parts: []ID{}}
	for _, ref := range refs {
		i := slices.IndexFunc(now, func(id ID) bool { return id == ID(ref) || id.MatchesEnd(ref) })
		switch {
		case i < 0:
			return nil, Refuse("part-gone", "part", ref)
		case slices.Contains(b.Parts, now[i]):
			return nil, Refuse("part-twice", "part", ref)
		}
		b.Parts = append(b.Parts, now[i])
	}
	if n := len(now) - len(b.Parts); n > 0 && len(b.Parts) > 0 {
		var left []string
		for _, id := range now {
			if !slices.Contains(b.Parts, id) {
				left = append(left, id.Short())
			}
		}
		return nil, Refuse("parts-left", "parts", strings.Join(left, ", "))
	}
	if want := b.Parts; len(want) == 0 && c.Doc.order() == nil || len(want) > 0 && sameIDs(want, now) {
		return nil, Refuse("unchanged")
	}
	return b, nil
}

func applyOrder(d *Document, op *Op, b *OrderBody) error {
	if err := d.rulesFor(op).mayDivide(op.Actor); err != nil {
		return err
	}
	byPlace := partIDs(d.Parts())
	for i, id := range b.Parts {
		switch {
		case !slices.Contains(byPlace, id):
			return Refuse("part-gone", "part", id.Short())
		case slices.Contains(b.Parts[:i], id):
			return Refuse("part-twice", "part", id.Short())
		}
	}
	now := d.order()
	switch {
	case len(b.Parts) == 0 || sameIDs(b.Parts, byPlace):
		if now == nil {
			return Refuse("unchanged")
		}
		d.edit(op, now, func(it *Item) { it.State = Withdrawn })
	case now == nil:
		d.add(op, Item{ID: b.ID, What: AnOrder, Text: idsText(b.Parts)})
	default:
		d.edit(op, now, func(it *Item) { it.Text, it.By, it.At = idsText(b.Parts), op.Actor, op.Clock })
	}
	return nil
}

// order is the item that keeps the order of the parts; nil where nobody chose one.
func (d *Document) order() *Item {
	for _, it := range d.living(AnOrder) {
		if it.InForce() {
			return it
		}
	}
	return nil
}

// Ordered lists the documents that an AnOrder puts into an order, also such as are no
// parts any more.
func (it *Item) Ordered() []ID {
	var out []ID
	for _, id := range strings.Fields(it.Text) {
		out = append(out, ID(id))
	}
	return out
}

// PartsInOrder lists the documents that were made of parts of this one in the order
// that somebody chose, else by place. One that the order does not name, since it was
// made later, follows the part before it in the text, or, as the first of them, stands
// before the one behind it. One that is joined leaves, and has its place again if that
// is undone.
func (d *Document) PartsInOrder() []*Item {
	byPlace, chosen := d.Parts(), d.order()
	if chosen == nil {
		return byPlace
	}
	named := map[string]*Item{} // in the order, as parts
	for _, id := range chosen.Ordered() {
		named[string(id)] = nil
	}
	// The parts that the order does not name, behind the one that each stands behind;
	// "": before the first that it names.
	behind, last, first := map[string][]*Item{}, "", ""
	for _, it := range byPlace {
		if _, is := named[it.Text]; !is {
			behind[last] = append(behind[last], it)
			continue
		}
		named[it.Text], last = it, it.Text
		first = cmp.Or(first, it.Text)
	}
	if first == "" {
		return byPlace
	}
	var out []*Item
	for _, id := range chosen.Ordered() {
		it := named[string(id)]
		switch {
		case it == nil:
			continue
		case it.Text == first:
			out = append(out, behind[""]...)
		}
		out = append(append(out, it), behind[it.Text]...)
	}
	return out
}

// lastDivided is who has last made, joined or ordered parts, "" for nobody.
func (d *Document) lastDivided() string {
	var last *Item
	for _, it := range d.Items {
		if (it.What == ASplit || it.What == AnOrder) && it.RevBy != "" && (last == nil || it.Rev > last.Rev) {
			last = it
		}
	}
	if last == nil {
		return ""
	}
	return last.RevBy
}

// partIDs are the documents that parts are.
func partIDs(parts []*Item) []ID {
	out := make([]ID, len(parts))
	for i, it := range parts {
		out[i] = ID(it.Text)
	}
	return out
}

func idsText(ids []ID) string {
	words := make([]string, len(ids))
	for i, id := range ids {
		words[i] = string(id)
	}
	return strings.Join(words, " ")
}
