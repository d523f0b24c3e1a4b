package archive

import "golang.org/x/text/unicode/norm"

// MoveTagKind gives a tag on a document another name.
const MoveTagKind = "tag.move"

// MoveTagBody makes the tag of an item another. Where the document has that one already, the item is merged into it: it goes.
type MoveTagBody struct {
	Item ID     `json:"item"`
	To   string `json:"to"`
}

func init() {
	register(kind{name: MoveTagKind, keys: "doc tag to", version: 1}, prepareMoveTag, moveTag)
}

func prepareMoveTag(c *Ctx, e *Edit) (*MoveTagBody, error) {
	if err := needString(e, "tag", e.Tag); err != nil {
		return nil, err
	}
	if e.To == nil {
		return nil, needString(e, "to", "")
	}
	to := TagName(*e.To)
	if err := checkTag(to); err != nil {
		return nil, err
	}
	it := c.Doc.Tag(norm.NFC.String(e.Tag))
	switch {
	case it == nil:
		return nil, Refuse("tag-absent", "tag", quoted(e.Tag))
	case it.Key == to:
		return nil, Refuse("tag-there", "tag", quoted(to))
	}
	if c.Rules.Reviews(ATag, "") && c.Doc.Tag(to) == nil {
		if err := c.Doc.proposedAlready(c, ATag, func(o *Item) bool { return o.Key == to }); err != nil {
			return nil, err
		}
	}
	return &MoveTagBody{it.ID, to}, nil
}

// moveTag changes the item where it stands, so that a tag keeps its place and its past. Where tags are reviewed, it proposes
// the other tag in the place of this one.
func moveTag(d *Document, op *Op, b *MoveTagBody) error {
	it := d.Item(b.Item)
	switch {
	case it == nil || it.What != ATag:
		return Refuse("item-not-found", "what", ATag, "id", b.Item.Short())
	case !it.InForce():
		return Refuse("item-gone", "what", ATag, "id", b.Item.Short(), "state", it.State)
	case it.Key == b.To: // another copy has moved it there too
		return nil
	case d.Tag(b.To) != nil:
		return d.withdraw(op, it.ID, ATag)
	}
	r := d.rulesFor(op)
	if _, err := step(r, ActEdit, it, op.Actor); err != nil {
		return err
	}
	d.supersedeOwn(op, ATag, func(o *Item) bool { return o.Key == b.To })
	if r.Reviews(ATag, "") {
		d.supersedeOwn(op, ATag, func(o *Item) bool { return contains(o.Replaces, it.ID) })
		d.add(op, Item{ID: derived(op.ID, it.ID), What: ATag, State: Proposed, Key: b.To, Replaces: []ID{it.ID}})
		return nil
	}
	d.edit(op, it, func(it *Item) { it.Key, it.By, it.Decision = b.To, op.Actor, nil })
	return nil
}
