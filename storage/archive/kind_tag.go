package archive

import "strings"

// TagBody puts a tag on a document, levels apart by "/".
type TagBody struct {
	ID  ID     `json:"id"`
	Tag string `json:"tag"`
}

// UntagBody takes a tag off.
type UntagBody struct {
	Item ID `json:"item"`
}

func init() {
	register(kind{name: "tag.add", version: 1},
		func(c *Ctx, e *Edit) (*TagBody, error) {
			if err := checkTag(e.Tag); err != nil {
				return nil, err
			}
			if c.Doc.Tag(e.Tag) != nil {
				return nil, Refuse("tag-there", "tag", quoted(e.Tag))
			}
			return &TagBody{c.NewID(), e.Tag}, nil
		},
		func(d *Document, op *Op, b *TagBody) error {
			// Two copies that add one tag agree: the second changes nothing.
			if d.Tag(b.Tag) == nil {
				d.add(op, Item{ID: b.ID, What: ATag, Key: b.Tag})
			}
			return nil
		})
	register(kind{name: "tag.remove", version: 1},
		func(c *Ctx, e *Edit) (*UntagBody, error) {
			if err := checkTag(e.Tag); err != nil {
				return nil, err
			}
			it := c.Doc.Tag(e.Tag)
			if it == nil {
				return nil, Refuse("tag-absent", "tag", quoted(e.Tag))
			}
			return &UntagBody{it.ID}, nil
		},
		func(d *Document, op *Op, b *UntagBody) error { return d.withdraw(op, b.Item, ATag) })
}

// checkTag refuses names that no list could show or no level could hold.
func checkTag(tag string) error {
	if tag == "" || tag != strings.TrimSpace(tag) || strings.ContainsAny(tag, "\r\n\t\x00") {
		return Refuse("tag-name", "tag", quoted(tag))
	}
	for _, level := range strings.Split(tag, "/") {
		if strings.TrimSpace(level) == "" {
			return Refuse("tag-name", "tag", quoted(tag))
		}
	}
	return nil
}

// withdraw takes an item out of force; one that is out already is a conflict.
func (d *Document) withdraw(op *Op, id ID, w What) error {
	it := d.Item(id)
	if it == nil || it.What != w {
		return Refuse("item-not-found", "what", w, "id", id.Short())
	}
	if !it.InForce() && !it.Open() {
		return Refuse("item-gone", "what", w, "id", id.Short(), "state", it.State)
	}
	d.edit(op, it, func(it *Item) { it.State = Withdrawn })
	return nil
}
