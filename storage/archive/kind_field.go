package archive

import (
	"slices"
	"strings"
)

// FieldBody sets the values of a field: all of them, in order. Seen is the
// values that were in force when the person decided.
type FieldBody struct {
	Field  string      `json:"field"`
	Values []ValueBody `json:"values"`
	Seen   []ID        `json:"seen"`
}

// ValueBody is one value; a value that stays keeps its id.
type ValueBody struct {
	ID     ID      `json:"id"`
	Value  string  `json:"value"`
	Detail string  `json:"detail,omitempty"`
	Anchor *Anchor `json:"anchor,omitempty"`
}

// TakeBody takes a machine's proposal; Supersedes is the values it takes the
// place of.
type TakeBody struct {
	Value      ID   `json:"value"`
	Supersedes []ID `json:"supersedes,omitempty"`
}

// RefuseBody refuses a machine's proposal.
type RefuseBody struct {
	Value  ID     `json:"value"`
	Reason string `json:"reason,omitempty"`
}

func init() {
	register(kind{name: "field.set", keys: "doc field values seen", version: 4}, prepareField, applyField) // 3: a value can be NotStated; 4: its evidence can lie on a picture
	register(kind{name: "value.take", keys: "doc value replace", version: 1}, prepareTake, applyTake)
	register(kind{name: "value.refuse", keys: "doc value reason", version: 1},
		func(c *Ctx, e *Edit) (*RefuseBody, error) {
			it, err := openValue(c, e)
			if err != nil {
				return nil, err
			}
			return &RefuseBody{it.ID, e.Reason}, nil
		},
		func(d *Document, op *Op, b *RefuseBody) error {
			it, err := stillOpen(d, b.Value)
			if err != nil {
				return err
			}
			s, err := step(d.rulesFor(op), ActRefuse, it, op.Actor)
			if err != nil {
				return err
			}
			d.edit(op, it, func(it *Item) { it.State, it.Reason = State(s.To), b.Reason })
			return nil
		})
}

func prepareField(c *Ctx, e *Edit) (*FieldBody, error) {
	if err := needString(e, "field", e.Field); err != nil {
		return nil, err
	}
	if err := alone(e.Values); err != nil {
		return nil, err
	}
	now := c.Doc.Values(e.Field)
	if e.Seen != nil && !sameIDs(*e.Seen, idsOf(now)) {
		return nil, c.Doc.staleList(*e.Seen, now)
	}
	b := &FieldBody{Field: e.Field, Values: []ValueBody{}, Seen: idsOf(now)}
	same, used := true, map[ID]bool{}
	for _, in := range e.Values {
		v := ValueBody{Value: in.Value, Detail: in.Detail}
		switch {
		case in.NotStated:
			v.Value, v.Detail = "", NotStated
		case strings.TrimSpace(in.Value) == "":
			continue
		}
		if in.Evidence != nil {
			a, err := c.evidence(in.Evidence)
			if err != nil {
				return nil, err
			}
			v.Anchor = a
		}
		for _, it := range now {
			if it.Text == v.Value && !used[it.ID] && (v.Detail == "" || v.Detail == it.Detail) && (v.Anchor == nil || it.Anchor != nil && *v.Anchor == *it.Anchor) {
				v.ID, v.Anchor, v.Detail = it.ID, it.Anchor, it.Detail
				break
			}
		}
		if v.ID == "" {
			v.ID = c.NewID()
		}
		used[v.ID] = true
		same = same && len(b.Values) < len(now) && now[len(b.Values)].ID == v.ID
		b.Values = append(b.Values, v)
	}
	if same && len(b.Values) == len(now) {
		return nil, Refuse("unchanged")
	}
	return b, c.Doc.fieldProposed(c, b)
}

// evidence is the anchor of where a value was found: words, or a part of a picture.
func (c *Ctx) evidence(in *RangeIn) (*Anchor, error) {
	switch {
	case in.Region == "":
		return c.anchor(in.Start, in.End, in.In)
	case in.Start != 0 || in.End != 0:
		return nil, Refuse("region-words")
	}
	return c.regionAnchor(in.Region)
}

func applyField(d *Document, op *Op, b *FieldBody) error {
	now := d.Values(b.Field)
	if !sameIDs(b.Seen, idsOf(now)) {
		return Refuse("stale", "who", "", "now", b.Field, "seen", "")
	}
	if d.rulesFor(op).Reviews(AValue, b.Field) {
		return d.proposeField(op, b, now)
	}
	keep, added := map[ID]bool{}, 0
	for i, v := range b.Values {
		keep[v.ID] = true
		it := d.Item(v.ID)
		switch {
		case it == nil:
			added++
			d.add(op, Item{ID: v.ID, What: AValue, Key: b.Field, Text: v.Value, Detail: v.Detail, Pos: i, Anchor: v.Anchor})
		case it.Pos != i:
			d.edit(op, it, func(it *Item) { it.Pos = i })
		}
	}
	gone := Superseded
	if added == 0 && op.Version >= 2 { // nothing stands in its place; version 1 did not tell
		gone = Withdrawn
	}
	for _, it := range now {
		if !keep[it.ID] {
			d.edit(op, it, func(it *Item) { it.State = gone })
		}
	}
	d.answered(op, b, Anyones)
	return nil
}

// answered supersedes proposals of what a person has now put there: anybody's
// where it is in force, else machines' and that person's own.
func (d *Document) answered(op *Op, b *FieldBody, whose Whose) {
	// A proposal of what now stands there has had its answer.
	for _, it := range slices.Clone(d.living(AValue)) {
		if it.Key != b.Field || !it.Open() || whose == Own && it.By != "" && !d.rulesFor(op).Same(it.By, op.Actor) {
			continue
		}
		for _, v := range b.Values {
			if v.Value == it.Text && v.ID != it.ID {
				d.edit(op, it, func(it *Item) { it.State = Superseded })
				break
			}
		}
	}
}

func openValue(c *Ctx, e *Edit) (*Item, error) {
	if err := needString(e, "value", e.Value); err != nil {
		return nil, err
	}
	it, err := c.item(AValue, e.Value)
	if err != nil {
		return nil, err
	}
	if !it.Open() {
		return nil, Refuse("value-not-open", "value", it.said(), "state", it.State)
	}
	return it, nil
}

func stillOpen(d *Document, id ID) (*Item, error) {
	it := d.Item(id)
	if it == nil {
		return nil, Refuse("item-not-found", "what", AValue, "id", id.Short())
	}
	if !it.Open() {
		return nil, Refuse("value-not-open", "value", it.said(), "state", it.State)
	}
	return it, nil
}

func prepareTake(c *Ctx, e *Edit) (*TakeBody, error) {
	it, err := openValue(c, e)
	if err != nil {
		return nil, err
	}
	b := &TakeBody{Value: it.ID}
	if e.Replace {
		b.Supersedes = idsOf(c.Doc.Values(it.Key))
	}
	return b, nil
}

func applyTake(d *Document, op *Op, b *TakeBody) error {
	it, err := stillOpen(d, b.Value)
	if err != nil {
		return err
	}
	return d.take(op, it, nil, b.Supersedes)
}

// take makes whoever does op the author of a machine's proposal, in words of
// their own where text says so, and puts it in the place of some values.
func (d *Document) take(op *Op, it *Item, text *string, supersedes []ID) error {
	s, err := step(d.rulesFor(op), ActTake, it, op.Actor)
	if err != nil {
		return err
	}
	state := State(s.To)
	for _, id := range supersedes {
		old := d.Item(id)
		if old == nil || !old.InForce() {
			return Refuse("item-gone", "what", AValue, "id", id.Short(), "state", Superseded)
		}
		if state == Accepted {
			d.edit(op, old, func(it *Item) { it.State = Superseded })
		}
	}
	if state == Accepted {
		if err := d.intoForce(op, it); err != nil {
			return err
		}
	}
	pos := it.Pos
	if it.What == AValue {
		pos = len(d.Values(it.Key))
	}
	d.edit(op, it, func(it *Item) {
		it.State, it.By, it.At, it.Pos = state, op.Actor, op.Clock, pos
		if text != nil {
			it.Text, it.Confidence = *text, 0 // no rule was sure of these words
		}
		if state == Proposed {
			it.Replaces = supersedes
		}
	})
	return nil
}

func idsOf(items []*Item) []ID {
	out := make([]ID, len(items))
	for i, it := range items {
		out[i] = it.ID
	}
	return out
}

func sameIDs(a, b []ID) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}
