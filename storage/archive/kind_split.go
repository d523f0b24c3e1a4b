package archive

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// The kinds by which one document becomes several and one again. A part is a
// document of its own whose source text is a range of another's: SplitKind says so
// on the other, where the words stay as they are and are set aside; the part itself
// comes in by a document.import.
const (
	SplitKind = "document.split"
	JoinKind  = "document.join"
)

// SplitBody makes [Start,End) of source text N the document Part. On is the
// machine's proposal that it follows, if any.
type SplitBody struct {
	ID    ID     `json:"id"`
	On    ID     `json:"on,omitempty"`
	N     int    `json:"n"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	Part  ID     `json:"part"`
	Quote string `json:"quote,omitempty"` // the first words, up to 32 code points
}

// PartOf is where a part comes from: [Start,End) of source text Text of document
// Doc, in code points. Positions in the part count from its own start.
type PartOf struct {
	Doc   ID  `json:"doc"`
	Text  int `json:"text"`
	Start int `json:"start"`
	End   int `json:"end"`
}

func init() {
	register(kind{name: SplitKind, keys: "doc on start end seen", version: 1}, prepareSplit, applySplit)
	register(kind{name: JoinKind, keys: "doc on seen", version: 1},
		func(c *Ctx, e *Edit) (*ItemBody, error) {
			if err := needString(e, "on", e.On); err != nil {
				return nil, err
			}
			it, err := c.live(e, ASplit, e.On)
			if err != nil {
				return nil, err
			}
			if err := it.isPart(it.ID); err != nil {
				return nil, err
			}
			return &ItemBody{it.ID}, c.Rules.mayDivide(c.Actor)
		},
		func(d *Document, op *Op, b *ItemBody) error {
			if err := d.rulesFor(op).mayDivide(op.Actor); err != nil {
				return err
			}
			it := d.Item(b.Item)
			if err := it.isPart(b.Item); err != nil {
				return err
			}
			d.waitAgain(op, it)
			d.edit(op, it, func(it *Item) { it.State = Withdrawn })
			return nil
		})
}

// isPart refuses what is no part, or is none any more; id is what it was called.
func (it *Item) isPart(id ID) error {
	switch {
	case it == nil || it.What != ASplit:
		return Refuse("item-not-found", "what", ASplit, "id", id.Short())
	case !it.InForce():
		return Refuse("item-gone", "what", ASplit, "id", id.Short(), "state", it.State)
	}
	return nil
}

// waitAgain opens the proposals of machines that a split had answered.
func (d *Document) waitAgain(op *Op, split *Item) {
	for _, it := range slices.Clone(d.Items) {
		if it.State == Superseded && it.By == "" && it.Rev == split.Rev && it.ID != split.ID {
			d.edit(op, it, func(it *Item) { it.State = Proposed })
		}
	}
}

// prepareSplit takes a proposal (On), at its place or at Start; or a range of the
// source text, to its end or to the next part where there is no End. What was seen is
// the proposal, or with a range the parts there are.
func prepareSplit(c *Ctx, e *Edit) (*SplitBody, error) {
	if err := c.Rules.mayDivide(c.Actor); err != nil {
		return nil, err
	}
	base, err := c.Base()
	if err != nil {
		return nil, err
	}
	length := base.Source().Len()
	b := &SplitBody{ID: c.NewID(), Part: c.NewID(), N: c.Doc.Info.Text}
	switch {
	case e.On != "":
		it, err := c.proposal(e)
		if err != nil {
			return nil, err
		}
		if it.What != ASplit || it.By != "" {
			return nil, Refuse("item-not-found", "what", ASplit, "id", e.On)
		}
		b.ID, b.On, b.Start = it.ID, it.ID, it.Anchor.Start.At
		if e.Start != nil {
			b.Start = *e.Start
		}
	default:
		if b.Start, err = need(e, "start", e.Start); err != nil {
			return nil, err
		}
		if parts := c.Doc.Parts(); e.Seen != nil && !sameSet(*e.Seen, idsOf(parts)) {
			return nil, c.Doc.staleList(*e.Seen, parts)
		}
	}
	if b.Start < 0 || b.Start > length {
		return nil, Refuse("range-outside", "start", b.Start, "end", b.Start, "length", length)
	}
	b.End = c.Doc.partEnd(b.N, b.Start, length)
	if e.End != nil {
		b.End = *e.End
	}
	a, err := c.anchor(b.Start, b.End, "")
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(a.Quote) == "" {
		return nil, Refuse("part-empty", "start", b.Start, "end", b.End)
	}
	if b.Start == 0 && b.End == length {
		return nil, Refuse("part-whole")
	}
	quote := []rune(a.Quote)
	b.Quote = string(quote[:min(len(quote), around)])
	return b, c.Doc.apart(b)
}

func sameSet(a, b []ID) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

// partEnd is where a part that begins at start ends: at the next, or at the end.
func (d *Document) partEnd(n, start, length int) int {
	end := length
	for _, it := range d.living(ASplit) {
		if a := it.Anchor; it.InForce() && a.Text == n && a.Start.At >= start {
			end = min(end, a.Start.At)
		}
	}
	return end
}

// apart refuses a part that shares words with another, and one whose border would
// run through a correction in force.
func (d *Document) apart(b *SplitBody) error {
	for _, it := range d.living(ASplit) {
		if a := it.Anchor; it.InForce() && a.Text == b.N && a.Start.At < b.End && b.Start < a.End.At {
			return Refuse("part-there", "start", a.Start.At, "end", a.End.At)
		}
	}
	for _, at := range []int{b.Start, b.End} {
		for _, it := range d.near(b.N, at, at) {
			if it.Anchor.Start.At < at && at < it.Anchor.End.At {
				return Refuse("part-through", "at", at, "id", it.ID.Short(), "who", it.By)
			}
		}
	}
	return nil
}

// mayDivide refuses to divide or join documents, and to say what is furniture, where
// everything is reviewed and who does it is no reviewer: such things cannot be
// proposed.
func (r *Rules) mayDivide(who string) error {
	if r.Review == ReviewEverything {
		return r.need(who, Reviewer)
	}
	return nil
}

func applySplit(d *Document, op *Op, b *SplitBody) error {
	if err := d.rulesFor(op).mayDivide(op.Actor); err != nil {
		return err
	}
	if err := d.apart(b); err != nil {
		return err
	}
	// What a machine saw in words that are another document's is said there.
	for _, w := range []What{AValue, ACorrection, ASplit} {
		for _, it := range slices.Clone(d.waiting(w)) {
			if it.By == "" && it.ID != b.On && it.Anchor.Within(b.N, b.Start, b.End) {
				d.edit(op, it, func(it *Item) { it.State = Superseded })
			}
		}
	}
	anchor := &Anchor{Text: b.N, Start: Border{At: b.Start}, End: Border{At: b.End}, Quote: b.Quote}
	if b.On == "" {
		d.add(op, Item{ID: b.ID, What: ASplit, Text: string(b.Part), Anchor: anchor})
		return nil
	}
	it, err := d.openItem(b.On)
	if err != nil {
		return err
	}
	d.edit(op, it, func(it *Item) {
		it.State, it.By, it.At, it.Anchor, it.Text = Accepted, op.Actor, op.Clock, anchor, string(b.Part)
	})
	return nil
}

// Parts lists the documents that were made of parts of this one, by place; see
// PartsInOrder.
func (d *Document) Parts() []*Item { return d.inForce(ASplit) }

// placesText and Places are the other places of a proposed border, as kept in its
// Detail: code points of the source text, apart by spaces.
func placesText(at []int) string {
	return strings.Trim(fmt.Sprint(at), "[]")
}

// Places are the places that a proposed border can have, the likeliest first.
func (it *Item) Places() []int {
	if it.What != ASplit || it.Anchor == nil {
		return nil
	}
	out := []int{it.Anchor.Start.At}
	for _, f := range strings.Fields(it.Detail) {
		if n, err := strconv.Atoi(f); err == nil {
			out = append(out, n)
		}
	}
	return out
}
