package archive

import (
	"cmp"
	"slices"
)

// A document can belong to another: an attachment to its letter, the back of a photograph to its front, a page to the
// whole. It is said of the part, by an item that names the whole and how (Dublin Core's isPartOf and its kin); it can
// belong to several. Each is a document of its own, with its own original, fields and review: to say what belongs
// together changes neither's content, and an approval stays.

// The kinds of operations that say so.
const (
	BelongKind = "document.belong"
	ApartKind  = "document.apart"
)

// mostBelong is how many wholes a document can belong to.
const mostBelong = 1000

// Belongings lists how a document can belong to another.
func Belongings() []string {
	return []string{"attachment", "inline", "enclosure", "page", "front", "back", "part", "copy", "translation"}
}

// BelongBody says that a document belongs to another.
type BelongBody struct {
	ID   ID     `json:"id"`
	To   ID     `json:"to"`  // the whole
	How  string `json:"how"` // one of Belongings
	Rank string `json:"rank,omitempty"`
}

func init() {
	register(kind{name: BelongKind, keys: "doc whole how rank", version: 1}, prepareBelong, applyBelong)
	register(kind{name: ApartKind, keys: "doc whole", version: 1}, prepareApart,
		func(d *Document, op *Op, b *ItemBody) error {
			it := d.Item(b.Item)
			if it == nil || it.What != ABelonging || !it.InForce() {
				return Refuse("belongs-not", "whole", b.Item.Short())
			}
			d.edit(op, it, func(it *Item) { it.State = Withdrawn })
			return nil
		})
}

func prepareBelong(c *Ctx, e *Edit) (*BelongBody, error) {
	if err := needString(e, "whole", e.Whole); err != nil {
		return nil, err
	}
	b := &BelongBody{ID: c.NewID(), How: cmp.Or(e.How, "part")}
	if !slices.Contains(Belongings(), b.How) {
		return nil, Refuse("belong-how", "how", quoted(b.How))
	}
	if e.Rank != nil && *e.Rank != "" {
		if !isRank.MatchString(*e.Rank) {
			return nil, Refuse("rank", "rank", quoted(*e.Rank))
		}
		b.Rank = *e.Rank
	}
	above, err := c.Above(e.Whole)
	if err != nil {
		return nil, err
	}
	if b.To = above[0]; slices.Contains(above, c.Doc.ID) {
		return nil, Refuse("belongs-round", "whole", b.To.Short())
	}
	return b, nil
}

func applyBelong(d *Document, op *Op, b *BelongBody) error {
	all := d.Belongs()
	for _, it := range all {
		switch {
		case it.Text != string(b.To):
		case it.Key == b.How && it.Source == b.Rank:
			return Refuse("unchanged")
		default:
			d.edit(op, it, func(it *Item) { it.Key, it.Source = b.How, b.Rank })
			return nil
		}
	}
	if len(all) >= mostBelong {
		return Refuse("belongs-many", "most", mostBelong)
	}
	d.add(op, Item{ID: b.ID, What: ABelonging, Key: b.How, Text: string(b.To), Source: b.Rank})
	return nil
}

func prepareApart(c *Ctx, e *Edit) (*ItemBody, error) {
	if err := needString(e, "whole", e.Whole); err != nil {
		return nil, err
	}
	for _, it := range c.Doc.Belongs() {
		if whole := ID(it.Text); whole == ID(e.Whole) || whole.MatchesEnd(e.Whole) {
			return &ItemBody{it.ID}, nil
		}
	}
	return nil, Refuse("belongs-not", "whole", quoted(e.Whole))
}

// Belongs are the items that say which documents this one belongs to: Text the id of
// the whole, Key how, Source the rank among its parts.
func (d *Document) Belongs() []*Item { return d.inForce(ABelonging) }
