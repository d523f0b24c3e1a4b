package archive

import "strings"

// MarkBody puts a mark on words.
type MarkBody struct {
	ID     ID      `json:"id"`
	Label  string  `json:"label"`
	Text   string  `json:"text,omitempty"`
	Anchor *Anchor `json:"anchor"`
	// Authority is the URI of what the words name, in a list that others know.
	Authority string `json:"authority,omitempty"`
}

// MarkEditBody changes a mark: what is nil stays.
type MarkEditBody struct {
	Mark   ID      `json:"mark"`
	Label  *string `json:"label,omitempty"`
	Text   *string `json:"text,omitempty"`
	Anchor *Anchor `json:"anchor,omitempty"`
	Seen   ID      `json:"seen"`

	Authority *string `json:"authority,omitempty"`
}

// ConfirmBody says that a person has looked at a mark's words again.
type ConfirmBody struct {
	Mark  ID     `json:"mark"`
	Words string `json:"words"`
}

// ItemBody names the item that is taken out of force.
type ItemBody struct {
	Item ID `json:"item"`
}

func init() {
	register(kind{name: "mark.add", keys: "doc start end in quote region label text authority", version: 3}, prepareMark,
		func(d *Document, op *Op, b *MarkBody) error {
			d.add(op, Item{ID: b.ID, What: AMark, State: made(d.rulesFor(op), AMark, ""), Key: b.Label, Text: b.Text, Detail: b.Authority, Anchor: b.Anchor})
			return nil
		})
	register(kind{name: "mark.edit", keys: "doc mark start end in quote region label text authority seen", version: 4}, prepareMarkEdit,
		func(d *Document, op *Op, b *MarkEditBody) error {
			it, err := d.unchangedSince(b.Mark, AMark, b.Seen)
			if err != nil {
				return err
			}
			if _, err := step(d.rulesFor(op), ActEdit, it, op.Actor); err != nil {
				return err
			}
			if it.InForce() && d.rulesFor(op).Reviews(AMark, "") {
				n := it.Clone()
				b.change(n)
				d.supersedeOwn(op, AMark, func(o *Item) bool { return contains(o.Replaces, it.ID) })
				d.add(op, Item{ID: derived(op.ID, it.ID), What: AMark, State: Proposed, Key: n.Key, Text: n.Text,
					Detail: n.Detail, Anchor: n.Anchor, Replaces: []ID{it.ID}})
				return nil
			}
			d.edit(op, it, func(it *Item) {
				b.change(it)
				if op.Version >= 2 { // version 1 left the author, and knew no decisions
					it.By, it.Decision = op.Actor, nil
				}
			})
			return nil
		})
	register(kind{name: "mark.confirm", keys: "doc mark", version: 1},
		func(c *Ctx, e *Edit) (*ConfirmBody, error) {
			it, err := liveMark(c, e)
			if err != nil {
				return nil, err
			}
			r, err := c.Doc.Reading()
			if err != nil {
				return nil, err
			}
			if !r.LookAgain(it) {
				return nil, Refuse("unchanged")
			}
			return &ConfirmBody{it.ID, r.Words(it.Anchor)}, nil
		},
		func(d *Document, op *Op, b *ConfirmBody) error {
			it := d.Item(b.Mark)
			if it == nil || it.What != AMark || !it.InForce() {
				return Refuse("item-not-found", "what", AMark, "id", b.Mark.Short())
			}
			d.edit(op, it, func(it *Item) { it.Confirmed = b.Words })
			return nil
		})
	register(kind{name: "mark.remove", keys: "doc mark seen", version: 1},
		func(c *Ctx, e *Edit) (*ItemBody, error) {
			it, err := liveMark(c, e)
			if err != nil {
				return nil, err
			}
			return &ItemBody{it.ID}, nil
		},
		func(d *Document, op *Op, b *ItemBody) error { return d.withdraw(op, b.Item, AMark) })
}

// change makes a mark what the edit says.
func (b *MarkEditBody) change(it *Item) {
	if b.Label != nil {
		it.Key = *b.Label
	}
	if b.Text != nil {
		it.Text = *b.Text
	}
	if b.Authority != nil {
		it.Detail = *b.Authority
	}
	if b.Anchor != nil {
		it.Anchor, it.Confirmed = b.Anchor, ""
	}
}

func liveMark(c *Ctx, e *Edit) (*Item, error) {
	if err := needString(e, "mark", e.Mark); err != nil {
		return nil, err
	}
	return c.live(e, AMark, e.Mark)
}

// placeOf is the anchor of Start and End, or of Region: of words, or of a part of a picture.
func placeOf(c *Ctx, e *Edit) (*Anchor, error) {
	if e.Region == "" {
		a, err := rangeOf(c, e)
		if err == nil && a.Quote == "" {
			err = Refuse("range-empty", "start", *e.Start, "end", *e.End)
		}
		return a, err
	}
	if e.Start != nil || e.End != nil {
		return nil, Refuse("region-words")
	}
	return c.regionAnchor(e.Region)
}

// rangeOf is the anchor of Start and End.
func rangeOf(c *Ctx, e *Edit) (*Anchor, error) {
	start, err := need(e, "start", e.Start)
	if err != nil {
		return nil, err
	}
	end, err := need(e, "end", e.End)
	if err != nil {
		return nil, err
	}
	a, err := c.anchor(start, end, e.In)
	if err != nil {
		return nil, err
	}
	if e.Quote != "" && e.Quote != a.Quote {
		return nil, Refuse("stale", "who", "the text", "now", quoted(a.Quote), "seen", quoted(e.Quote))
	}
	return a, nil
}

func prepareMark(c *Ctx, e *Edit) (*MarkBody, error) {
	label := strings.TrimSpace(e.Label)
	if err := needString(e, "label", label); err != nil {
		return nil, err
	}
	a, err := placeOf(c, e)
	if err != nil {
		return nil, err
	}
	b := &MarkBody{ID: c.NewID(), Label: label, Anchor: a}
	if e.Text != nil {
		b.Text = *e.Text
	}
	b.Authority, err = authority(e)
	return b, err
}

func prepareMarkEdit(c *Ctx, e *Edit) (*MarkEditBody, error) {
	it, err := liveMark(c, e)
	if err != nil {
		return nil, err
	}
	b := &MarkEditBody{Mark: it.ID, Seen: it.Rev}
	if l := strings.TrimSpace(e.Label); l != "" && l != it.Key {
		b.Label = &l
	}
	if e.Text != nil && *e.Text != it.Text {
		b.Text = e.Text
	}
	uri, err := authority(e)
	if err != nil {
		return nil, err
	}
	if e.Authority != nil && uri != it.Detail {
		b.Authority = &uri
	}
	if e.Start != nil || e.End != nil || e.Region != "" {
		a, err := placeOf(c, e)
		if err != nil {
			return nil, err
		}
		if *a != *it.Anchor {
			b.Anchor = a
		}
	}
	if b.Label == nil && b.Text == nil && b.Authority == nil && b.Anchor == nil {
		return nil, Refuse("unchanged")
	}
	return b, nil
}

// unchangedSince is the item, if it is live and nobody changed it since rev.
func (d *Document) unchangedSince(id ID, w What, rev ID) (*Item, error) {
	it := d.Item(id)
	if it == nil || it.What != w {
		return nil, Refuse("item-not-found", "what", w, "id", id.Short())
	}
	if !it.InForce() && !it.Open() {
		return nil, Refuse("item-gone", "what", w, "id", id.Short(), "state", it.State)
	}
	if it.Rev != rev {
		return nil, d.staleItem(it, rev)
	}
	return it, nil
}
