package archive

import (
	"errors"
	"strings"
)

// DecideBody is a reviewer's word on a proposal. An amendment puts a proposal of
// the reviewer's own in its place; New is its id.
type DecideBody struct {
	On      ID      `json:"on"`
	Verdict Verdict `json:"verdict"`
	Reason  string  `json:"reason,omitempty"`
	New     ID      `json:"new,omitempty"`
	Text    *string `json:"text,omitempty"`
	Label   string  `json:"label,omitempty"`
	Seen    ID      `json:"seen"` // the Rev that the proposal had
}

// Verdict is what was decided.
type Verdict string

// The verdicts of VERBS.md; agree is the first author's on an amendment.
const (
	Approve Verdict = "approve"
	Reject  Verdict = "reject"
	Amend   Verdict = "amend"
	Agree   Verdict = "agree"
)

// Decision is what became of a proposal, and who said so.
type Decision struct {
	By      string  `json:"by"`
	At      Clock   `json:"at"`
	Verdict Verdict `json:"verdict"`
	Reason  string  `json:"reason,omitempty"`
	Alone   bool    `json:"alone,omitempty"` // by its author: four eyes were off
}

func init() {
	register(kind{name: "decide", keys: "doc on verdict text label reason seen", version: 1}, prepareDecide, applyDecide)
	register(kind{name: "proposal.withdraw", keys: "doc on seen", version: 1},
		func(c *Ctx, e *Edit) (*ItemBody, error) {
			it, err := c.proposal(e)
			if err != nil {
				return nil, err
			}
			return &ItemBody{it.ID}, nil
		},
		func(d *Document, op *Op, b *ItemBody) error {
			it, err := d.openItem(b.Item)
			if err != nil {
				return err
			}
			return d.withdraw(op, it.ID, it.What)
		})
}

// proposal is the open item that On names, fresh.
func (c *Ctx) proposal(e *Edit) (*Item, error) {
	if err := needString(e, "on", e.On); err != nil {
		return nil, err
	}
	for _, it := range c.Doc.Items {
		if (it.ID == ID(e.On) || it.ID.MatchesEnd(e.On)) && it.decidable() {
			if err := c.Doc.fresh(e, it); err != nil {
				return nil, err
			}
			return c.Doc.openItem(it.ID)
		}
	}
	return nil, Refuse("item-not-found", "what", "proposal", "id", e.On)
}

// openItem is the item with an id, if it waits for a decision.
func (d *Document) openItem(id ID) (*Item, error) {
	it := d.Item(id)
	if it == nil {
		return nil, Refuse("item-not-found", "what", "proposal", "id", id.Short())
	}
	if !it.Open() {
		return nil, Refuse("not-open", "what", it.What, "id", id.Short(), "state", it.State)
	}
	return it, nil
}

// decidable says whether an item is of a kind that is proposed and decided on.
func (it *Item) decidable() bool {
	switch it.What {
	case AValue, ATag, AMark, ACorrection, ARemoval, ASplit:
		return true
	}
	return false
}

func prepareDecide(c *Ctx, e *Edit) (*DecideBody, error) {
	it, err := c.proposal(e)
	if err != nil {
		return nil, err
	}
	why, err := reason(e)
	if err != nil {
		return nil, err
	}
	b := &DecideBody{On: it.ID, Verdict: Verdict(e.Verdict), Reason: why, Seen: it.Rev}
	switch b.Verdict {
	case Approve, Agree:
	case Reject:
		if b.Reason == "" {
			return nil, Refuse("reason-needed", "do", e.Do+" "+e.Verdict)
		}
	case Amend:
		b.New, b.Text, b.Label = c.NewID(), e.Text, strings.TrimSpace(e.Label)
		if err := b.amends(it); err != nil {
			return nil, err
		}
	default:
		return nil, Refuse("verdict", "verdict", quoted(e.Verdict))
	}
	return b, nil
}

// amends refuses an amendment that says nothing else, or what no such thing can
// say.
func (b *DecideBody) amends(it *Item) error {
	if it.What == ARemoval {
		return Refuse("amend-removal")
	}
	if b.Text == nil && (b.Label == "" || it.What != AMark) {
		return Refuse("missing", "do", "decide", "key", "text")
	}
	n := b.amended(it)
	switch {
	case it.What == AValue && strings.TrimSpace(n.Text) == "":
		return Refuse("value-empty")
	case it.What == ATag:
		if err := checkTag(n.Key); err != nil {
			return err
		}
	}
	if n.Key == it.Key && n.Text == it.Text {
		return Refuse("unchanged")
	}
	return nil
}

// amended is the proposal as a reviewer would have it.
func (b *DecideBody) amended(it *Item) *Item {
	n := it.Clone()
	n.ID = b.New
	switch {
	case it.What == ATag:
		n.Key = *b.Text
	case it.What == ACorrection:
		n.Text = lineEnds.Replace(*b.Text)
	case b.Text != nil:
		if n.Text = *b.Text; it.NotStated() {
			n.Detail = "" // it is stated after all
		}
	}
	if it.What == AMark && b.Label != "" {
		n.Key = b.Label
	}
	return n
}

func applyDecide(d *Document, op *Op, b *DecideBody) error {
	r := d.rulesFor(op)
	it, err := d.openItem(b.On)
	if err != nil {
		return err
	}
	if it.Rev != b.Seen {
		return d.staleItem(it, b.Seen)
	}
	act := string(b.Verdict)
	if b.Verdict == Approve && r.Same(it.First, op.Actor) && !r.Same(it.By, op.Actor) && !r.Role(op.Actor).AtLeast(Reviewer) {
		act = ActAgree // who wrote it first says yes to what became of it
	}
	s, err := step(r, act, it, op.Actor)
	if err != nil {
		return err
	}
	if State(s.To) == Accepted {
		if err := d.intoForce(op, it); err != nil {
			return err
		}
	}
	decision := &Decision{By: op.Actor, At: op.Clock, Verdict: b.Verdict, Reason: b.Reason, Alone: r.Same(it.By, op.Actor)}
	d.edit(op, it, func(it *Item) { it.State, it.Decision = State(s.To), decision })
	if b.Verdict != Amend {
		return nil
	}
	n := b.amended(it)
	n.Amends, n.State = it.ID, Proposed
	if n.First == "" {
		n.First = it.By
	}
	if it.What == AValue {
		n.Replaces = d.standing(it)
	}
	n.Confidence, n.Rule, n.Decision = 0, "", nil
	d.add(op, *n)
	return nil
}

// standing is what a value stands in the place of: what it was made to replace,
// or, where that is gone, what the field has now.
func (d *Document) standing(it *Item) []ID {
	for _, id := range it.Replaces {
		if o := d.Item(id); o == nil || !o.InForce() {
			return idsOf(d.Values(it.Key))
		}
	}
	return append([]ID(nil), it.Replaces...)
}

// intoForce makes room for a proposal that comes into force: what it replaces
// goes, if it still stands; else somebody has changed it since.
func (d *Document) intoForce(op *Op, it *Item) error {
	for _, id := range it.Replaces {
		o := d.Item(id)
		if o == nil {
			return Refuse("item-not-found", "what", it.What, "id", id.Short())
		}
		if !o.InForce() {
			return d.replacedAlready(it, o)
		}
	}
	if it.What == ACorrection {
		if err := d.withinPart(it.Anchor.Text, it.Anchor.Start.At, it.Anchor.End.At); err != nil {
			return err
		}
		if err := d.room(it.Anchor.Text, it.Anchor.Start.At, it.Anchor.End.At, it.Replaces); err != nil {
			var r *Refusal
			if errors.As(err, &r) && r.Code == "correction-overlaps" {
				err = Refuse("correction-stands", "id", r.Args["id"], "who", r.Args["who"])
			}
			return err
		}
	}
	if it.What == ATag && d.Tag(it.Key) != nil {
		return Refuse("tag-there", "tag", quoted(it.Key))
	}
	if it.What == AValue {
		if err := d.makeRoom(op, it); err != nil {
			return err
		}
	}
	for _, id := range it.Replaces {
		d.edit(op, d.Item(id), func(it *Item) { it.State = Superseded })
	}
	return nil
}

// replacedAlready says what stands now where a proposal was to take the place of
// gone.
func (d *Document) replacedAlready(it, gone *Item) error {
	now := quoted("")
	if it.What == AValue {
		now = saidAll(d.Values(it.Key))
	}
	return Refuse("stale", "who", gone.RevBy, "now", now, "seen", gone.said())
}
