package archive

import "strings"

// ProposalTakeBody takes a machine's proposal, whatever it is: as it is, or in the
// words that the taker gives it. Supersedes is the values it takes the place of.
type ProposalTakeBody struct {
	On         ID      `json:"on"`
	Text       *string `json:"text,omitempty"`
	Supersedes []ID    `json:"supersedes,omitempty"`
	Seen       ID      `json:"seen"`
}

// ProposalRefuseBody refuses a machine's proposal.
type ProposalRefuseBody struct {
	On     ID     `json:"on"`
	Reason string `json:"reason,omitempty"`
}

func init() {
	register(kind{name: "proposal.take", keys: "doc on text replace seen", version: 1}, prepareTakeAny, applyTakeAny)
	register(kind{name: "proposal.refuse", keys: "doc on reason seen", version: 1},
		func(c *Ctx, e *Edit) (*ProposalRefuseBody, error) {
			it, err := c.proposal(e)
			if err != nil {
				return nil, err
			}
			if _, err := step(c.Rules, ActRefuse, it, c.Actor); err != nil {
				return nil, err
			}
			why, err := reason(e)
			return &ProposalRefuseBody{it.ID, why}, err
		},
		func(d *Document, op *Op, b *ProposalRefuseBody) error {
			it, err := d.openItem(b.On)
			if err != nil {
				return err
			}
			s, err := step(d.rulesFor(op), ActRefuse, it, op.Actor)
			if err != nil {
				return err
			}
			d.edit(op, it, func(it *Item) {
				it.State = State(s.To)
				if b.Reason != "" {
					it.Decision = &Decision{By: op.Actor, At: op.Clock, Verdict: Reject, Reason: b.Reason}
				}
			})
			return nil
		})
}

func prepareTakeAny(c *Ctx, e *Edit) (*ProposalTakeBody, error) {
	it, err := c.proposal(e)
	if err != nil {
		return nil, err
	}
	if _, err := step(c.Rules, ActTake, it, c.Actor); err != nil {
		return nil, err
	}
	if it.What == ASplit {
		return nil, Refuse("split-take", "id", it.ID.Short())
	}
	b := &ProposalTakeBody{On: it.ID, Seen: it.Rev}
	if e.Text != nil && *e.Text != it.Text {
		text := lineEnds.Replace(*e.Text)
		switch {
		case it.What == AValue && strings.TrimSpace(text) == "":
			return nil, Refuse("value-empty")
		case it.What == ACorrection && text == it.Source:
			return nil, Refuse("correction-same", "text", quoted(text))
		case it.What != AValue && it.What != ACorrection:
			return nil, Refuse("take-text", "what", it.What)
		}
		b.Text = &text
	}
	if e.Replace && it.What == AValue {
		b.Supersedes = idsOf(c.Doc.Values(it.Key))
	}
	return b, nil
}

func applyTakeAny(d *Document, op *Op, b *ProposalTakeBody) error {
	it, err := d.openItem(b.On)
	if err != nil {
		return err
	}
	if it.Rev != b.Seen {
		return d.staleItem(it, b.Seen)
	}
	return d.take(op, it, b.Text, b.Supersedes)
}
