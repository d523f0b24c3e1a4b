package archive

import "slices"

// Furniture is what stands on a page and is not its document's: labels, buttons,
// the frame. It is greyed and can be left out, and nothing of it is cut; a machine
// says which lines it is, and a person has the last word.

// FurnitureSetBody adds furniture and takes some away, in one document. Kind is
// that of what is added.
type FurnitureSetBody struct {
	Add    []FurnitureBody `json:"add,omitempty"`
	Remove []ID            `json:"remove,omitempty"`
}

// FurnitureByHand is the kind of what a person says is furniture.
const FurnitureByHand = "hand"

func init() {
	register(kind{name: "furniture.add", keys: "doc start end in quote", version: 1},
		func(c *Ctx, e *Edit) (*FurnitureSetBody, error) {
			if e.Zones != nil {
				return c.furnished(e.Zones)
			}
			a, err := rangeOf(c, e)
			if err != nil {
				return nil, err
			}
			if a.Quote == "" {
				return nil, Refuse("part-empty", "start", *e.Start, "end", *e.End)
			}
			return &FurnitureSetBody{Add: []FurnitureBody{{ID: c.NewID(), Kind: FurnitureByHand, Anchor: a}}}, nil
		}, applyFurniture)
	register(kind{name: "furniture.remove", keys: "doc on", version: 1}, prepareUnfurnish, applyFurniture)
}

// furnished is what a machine saw in documents together, of one of them.
func (c *Ctx) furnished(zones []Zone) (*FurnitureSetBody, error) {
	b := &FurnitureSetBody{}
	for _, z := range zones {
		a, err := c.anchor(z.Start, z.End, "")
		if err != nil {
			return nil, err
		}
		if a.Quote != "" {
			b.Add = append(b.Add, FurnitureBody{ID: c.NewID(), Kind: z.Kind, Rule: z.Rule, Anchor: a})
		}
	}
	if len(b.Add) == 0 {
		return nil, Refuse("unchanged")
	}
	return b, nil
}

// prepareUnfurnish takes one piece away (On), or all that the document has.
func prepareUnfurnish(c *Ctx, e *Edit) (*FurnitureSetBody, error) {
	b := &FurnitureSetBody{}
	if e.On != "" {
		it, err := c.live(e, AFurniture, e.On)
		if err != nil {
			return nil, err
		}
		b.Remove = []ID{it.ID}
		return b, nil
	}
	if b.Remove = idsOf(c.Doc.inForce(AFurniture)); len(b.Remove) == 0 {
		return nil, Refuse("unchanged")
	}
	return b, nil
}

// byHand says whether a person says so, and not a machine at an import.
func (b *FurnitureSetBody) byHand() bool {
	return len(b.Remove) > 0 || slices.ContainsFunc(b.Add, func(p FurnitureBody) bool { return p.Kind == FurnitureByHand })
}

func applyFurniture(d *Document, op *Op, b *FurnitureSetBody) error {
	if b.byHand() {
		if err := d.rulesFor(op).mayDivide(op.Actor); err != nil {
			return err
		}
	}
	for _, id := range b.Remove {
		it := d.Item(id)
		if it == nil || it.What != AFurniture || !it.InForce() {
			continue // another copy has taken it away as well
		}
		d.edit(op, it, func(it *Item) { it.State = Withdrawn })
	}
	for _, p := range b.Add {
		d.add(op, Item{ID: p.ID, What: AFurniture, Key: p.Kind, Rule: p.Rule, Anchor: p.Anchor})
	}
	return nil
}

// Aside lists the ranges of source text n that are not read as the document's own:
// furniture and parts, by place, those that touch joined.
func (d *Document) Aside(n int) [][2]int { return d.aside(n, AFurniture, ASplit, AMark) }

func (d *Document) aside(n int, whats ...What) [][2]int {
	var out [][2]int
	for _, w := range whats {
		for _, it := range d.living(w) {
			if a := it.Anchor; it.InForce() && a != nil && a.Text == n && a.Start.In == "" && a.End.In == "" && (w != AMark || it.Key == Furniture) {
				out = append(out, [2]int{a.Start.At, a.End.At})
			}
		}
	}
	slices.SortFunc(out, func(a, b [2]int) int { return a[0] - b[0] })
	joined := out[:0]
	for _, r := range out {
		if k := len(joined) - 1; k >= 0 && r[0] <= joined[k][1] {
			joined[k][1] = max(joined[k][1], r[1])
			continue
		}
		joined = append(joined, r)
	}
	return joined
}
