package archive

import (
	"sort"
	"strings"
)

// CorrectionBody puts Text in the place of the source words [Start,End).
type CorrectionBody struct {
	ID       ID     `json:"id"`
	N        int    `json:"n"` // number of the source text
	Start    int    `json:"start"`
	End      int    `json:"end"`
	Source   string `json:"source"` // the words it replaces
	Text     string `json:"text"`
	Before   string `json:"before,omitempty"`
	After    string `json:"after,omitempty"`
	Reason   string `json:"reason,omitempty"`
	Recipe   string `json:"recipe,omitempty"`
	Replaces []ID   `json:"replaces,omitempty"`
}

func init() {
	register(kind{name: "correction.propose", keys: "doc start end in quote text reason recipe replaces", version: 1}, prepareCorrection, applyCorrection)
	register(kind{name: "correction.withdraw", keys: "doc correction seen reason", version: 1},
		func(c *Ctx, e *Edit) (*ItemBody, error) {
			if err := needString(e, "correction", e.Correction); err != nil {
				return nil, err
			}
			it, err := c.live(e, ACorrection, e.Correction)
			if err != nil {
				return nil, err
			}
			return &ItemBody{it.ID}, nil
		},
		func(d *Document, op *Op, b *ItemBody) error { return d.withdraw(op, b.Item, ACorrection) })
}

// lineEnds makes those of a text the one that texts have.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// prepareCorrection takes a range of the source text, which may stand over no
// correction but those named in Replaces; or one of the reading text, which
// takes in, and replaces, every correction that it touches.
func prepareCorrection(c *Ctx, e *Edit) (*CorrectionBody, error) {
	text, err := need(e, "text", e.Text)
	if err != nil {
		return nil, err
	}
	text = lineEnds.Replace(text)
	a, err := rangeOf(c, e)
	if err != nil {
		return nil, err
	}
	b := &CorrectionBody{ID: c.NewID(), N: a.Text, Start: a.Start.At, End: a.End.At, Text: text,
		Reason: e.Reason, Recipe: e.Recipe, Before: a.Before, After: a.After}
	base, err := c.Base()
	if err != nil {
		return nil, err
	}
	if e.In == "reading" {
		widen(base, b, *e.Start, *e.End)
	} else {
		for _, ref := range e.Replaces {
			it, err := c.live(e, ACorrection, ref)
			if err != nil {
				return nil, err
			}
			b.Replaces = append(b.Replaces, it.ID)
		}
	}
	b.Source = base.Source().Slice(b.Start, b.End)
	if b.Text == b.Source && len(b.Replaces) == 0 {
		return nil, Refuse("correction-same", "text", quoted(b.Text))
	}
	if err := c.Doc.roomFor(b); err != nil {
		return nil, err
	}
	return b, c.Doc.proposedAlready(c, ACorrection, b.sameAs)
}

// widen turns a range of the reading text into one of the source text that
// holds every correction it touches whole, and the new words to match.
func widen(r *Reading, b *CorrectionBody, start, end int) {
	from, to := start, end
	b.Start, b.End = -1, -1
	first := sort.Search(len(r.segs), func(i int) bool { return r.segs[i].rdEnd >= start })
	for i := first; i < len(r.segs) && r.segs[i].rdStart <= end; i++ {
		g := &r.segs[i]
		if g.fix == nil || !touches(g, start, end) {
			continue
		}
		b.Replaces = append(b.Replaces, g.fix.ID)
		if g.rdStart <= from {
			from, b.Start = g.rdStart, g.srcStart
		}
		if g.rdEnd >= to {
			to, b.End = g.rdEnd, g.srcEnd
		}
	}
	if b.Start < 0 {
		b.Start = r.ToSource(start)
	}
	if b.End < 0 {
		b.End = r.ToSource(end)
	}
	b.Text = r.text.Slice(from, start) + b.Text + r.text.Slice(end, to)
}

// touches says whether [start,end) of the reading text holds any of the new
// words, or lies among them; an empty range touches only what it lies inside,
// and a deletion only what holds its place.
func touches(g *segment, start, end int) bool {
	if g.rdStart == g.rdEnd {
		return start < g.rdStart && g.rdStart < end || start == end && start == g.rdStart
	}
	if start == end {
		return g.rdStart < start && start < g.rdEnd
	}
	return g.rdStart < end && start < g.rdEnd
}

// roomFor refuses a correction that overlaps one in force which it does not
// replace, or replaces one that does not stand under it.
func (d *Document) roomFor(b *CorrectionBody) error {
	for _, id := range b.Replaces {
		it := d.Item(id)
		if it == nil || it.What != ACorrection || !it.InForce() ||
			it.Anchor.Start.At < b.Start || it.Anchor.End.At > b.End {
			return Refuse("correction-apart", "id", id.Short())
		}
	}
	if err := d.withinPart(b.N, b.Start, b.End); err != nil {
		return err
	}
	return d.room(b.N, b.Start, b.End, b.Replaces)
}

// withinPart refuses a range that reaches over the border of a part.
func (d *Document) withinPart(n, start, end int) error {
	for _, it := range d.living(ASplit) {
		if a := it.Anchor; it.InForce() && a.Text == n && start < a.End.At && a.Start.At < end && (start < a.Start.At || a.End.At < end) {
			return Refuse("part-border", "start", a.Start.At, "end", a.End.At)
		}
	}
	return nil
}

// room refuses a range of source text n that overlaps a correction in force
// other than those that it replaces.
func (d *Document) room(n, start, end int, replaces []ID) error {
	var in *Item // of several, the first that was made
	for _, it := range d.near(n, start, end) {
		if overlap(it.Anchor.Start.At, it.Anchor.End.At, start, end) && !contains(replaces, it.ID) && (in == nil || it.ID < in.ID) {
			in = it
		}
	}
	if in != nil {
		return Refuse("correction-overlaps", "id", in.ID.Short(), "who", in.By)
	}
	return nil
}

func contains(ids []ID, id ID) bool {
	for _, i := range ids {
		if i == id {
			return true
		}
	}
	return false
}

// overlap says whether two ranges share a code point, or one is empty and lies
// inside the other, or both are empty at one place.
func overlap(s1, e1, s2, e2 int) bool {
	if s1 == e1 && s2 == e2 {
		return s1 == s2
	}
	return s1 < e2 && s2 < e1
}

func applyCorrection(d *Document, op *Op, b *CorrectionBody) error {
	if err := d.roomFor(b); err != nil {
		return err
	}
	// Marks made inside a replaced correction look for their words in all that
	// this one stands in the place of, however far back.
	all := append([]ID(nil), b.Replaces...)
	state := made(d.rulesFor(op), ACorrection, "")
	if state == Accepted {
		for _, id := range b.Replaces {
			d.edit(op, d.Item(id), func(it *Item) { it.State = Superseded })
		}
	}
	d.supersedeOwn(op, ACorrection, func(it *Item) bool {
		return it.Anchor.Text == b.N && it.Anchor.Start.At == b.Start && it.Anchor.End.At == b.End
	})
	d.answeredRepairs(op, b)
	d.add(op, Item{ID: b.ID, What: ACorrection, State: state, Text: b.Text, Source: b.Source, Reason: b.Reason, Recipe: b.Recipe,
		Replaces: all, Anchor: &Anchor{Text: b.N, Start: Border{At: b.Start}, End: Border{At: b.End},
			Quote: b.Source, Before: b.Before, After: b.After}})
	return nil
}

// sameAs says whether a proposed correction asks for what this one does.
func (b *CorrectionBody) sameAs(it *Item) bool {
	return it.Anchor.Text == b.N && it.Anchor.Start.At == b.Start && it.Anchor.End.At == b.End && it.Text == b.Text
}

// answeredRepairs supersedes what a machine proposed for words that a person has
// now said how they read.
func (d *Document) answeredRepairs(op *Op, b *CorrectionBody) {
	for _, it := range d.waiting(ACorrection) {
		if a := it.Anchor; it.By == "" && a.Text == b.N && b.Start <= a.Start.At && a.End.At <= b.End && a.Start.At < a.End.At {
			d.edit(op, it, func(it *Item) { it.State = Superseded })
		}
	}
}
