package archive

// proposeField proposes what a field.set says where the policy asks for review:
// each new value in the place of one that goes, the last in the place of all
// that are left over; where nothing new comes, that they go.
func (d *Document) proposeField(op *Op, b *FieldBody, now []*Item) error {
	added, gone := b.difference(d, now)
	d.supersedeOwn(op, AValue, func(it *Item) bool { return it.Key == b.Field })
	for i, v := range added {
		var replaces []ID
		switch {
		case i >= len(gone):
		case i == len(added)-1:
			replaces = gone[i:]
		default:
			replaces = gone[i : i+1]
		}
		id := v.ID
		if d.Item(id) != nil { // one that stays, in another place
			id = derived(op.ID, v.ID)
		}
		d.add(op, Item{ID: id, What: AValue, State: Proposed, Key: b.Field, Text: v.Value, Detail: v.Detail, Pos: v.pos,
			Anchor: v.Anchor, Replaces: append([]ID(nil), replaces...)})
	}
	if len(added) == 0 {
		for _, id := range gone {
			if err := d.proposeRemoval(op, d.Item(id)); err != nil {
				return err
			}
		}
	}
	d.answered(op, b, Own)
	return nil
}

// placed is a value and its place among those of the field.
type placed struct {
	ValueBody
	pos int
}

// difference is what a field.set brings and what it takes away. Values that only
// change their order are taken away and brought again.
func (b *FieldBody) difference(d *Document, now []*Item) (added []placed, gone []ID) {
	place := map[ID]int{}
	for i, it := range now {
		place[it.ID] = i
	}
	keep, last, moved := map[ID]bool{}, -1, false
	for _, v := range b.Values {
		if at, stays := place[v.ID]; stays {
			moved = moved || at < last
			last = at
			keep[v.ID] = true
		}
	}
	for i, v := range b.Values {
		if !keep[v.ID] || moved {
			added = append(added, placed{v, i})
		}
	}
	for _, it := range now {
		if !keep[it.ID] || moved {
			gone = append(gone, it.ID)
		}
	}
	return added, gone
}

// fieldProposed refuses a field.set that only says what is proposed already.
func (d *Document) fieldProposed(c *Ctx, b *FieldBody) error {
	if !c.Rules.Reviews(AValue, b.Field) {
		return nil
	}
	added, gone := b.difference(d, d.Values(b.Field))
	open := map[string]*Item{}
	for _, it := range d.living(AValue) {
		if it.Key == b.Field && it.Open() && it.By != "" {
			open[it.Text] = it
		}
	}
	if len(added) != len(open) || len(added) == 0 {
		return nil
	}
	by := ""
	for _, v := range added {
		it := open[v.Value]
		if it == nil || len(gone) > 0 && len(it.Replaces) == 0 {
			return nil
		}
		by = it.By
	}
	return Refuse("proposed-there", "by", by)
}
