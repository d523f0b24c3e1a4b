package archive

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// withdraw takes an item out of force, or a proposal back. Where the policy asks
// for review the item stays, and that it goes is proposed. One that is out
// already is a conflict.
func (d *Document) withdraw(op *Op, id ID, w What) error {
	it := d.Item(id)
	if it == nil || it.What != w {
		return Refuse("item-not-found", "what", w, "id", id.Short())
	}
	if !it.InForce() && !it.Open() {
		return Refuse("item-gone", "what", w, "id", id.Short(), "state", it.State)
	}
	if !it.decidable() { // a note: it is nobody's business but that of who writes here
		d.edit(op, it, func(it *Item) { it.State = Withdrawn })
		return nil
	}
	s, err := step(d.rulesFor(op), ActWithdraw, it, op.Actor)
	if err != nil {
		return err
	}
	if State(s.To) == it.State {
		return d.proposeRemoval(op, it)
	}
	d.edit(op, it, func(it *Item) { it.State = State(s.To) })
	return nil
}

// proposeRemoval proposes that an item in force goes.
func (d *Document) proposeRemoval(op *Op, it *Item) error {
	for _, o := range d.living(ARemoval) {
		if o.Open() && contains(o.Replaces, it.ID) {
			return Refuse("proposed-there", "by", o.By)
		}
	}
	words := it.Text
	switch {
	case it.What == ATag, it.What == AMark && words == "":
		words = it.Key
	case it.What == ACorrection:
		words = it.Source + " → " + it.Text
	}
	d.add(op, Item{ID: derived(op.ID, it.ID), What: ARemoval, State: Proposed, Key: string(it.What), Text: words,
		Replaces: []ID{it.ID}, Anchor: it.Anchor, Detail: ofNotStated(it)})
	return nil
}

// proposedAlready refuses to propose what somebody has proposed and nobody has
// decided on yet.
func (d *Document) proposedAlready(c *Ctx, w What, same func(*Item) bool) error {
	for _, it := range d.waiting(w) {
		if it.By != "" && same(it) && c.Rules.Reviews(w, it.Key) {
			return Refuse("proposed-there", "by", it.By)
		}
	}
	return nil
}

// supersedeOwn lets what somebody does stand in the place of what the same
// person has proposed there before.
func (d *Document) supersedeOwn(op *Op, w What, there func(*Item) bool) {
	r := d.rulesFor(op)
	for _, it := range d.waiting(w) {
		if r.Same(it.By, op.Actor) && there(it) {
			d.edit(op, it, func(it *Item) { it.State = Superseded })
		}
	}
}

// derived is an id that follows from an operation and what it does it to, for
// things whose need shows only in the total order: a UUID of version 8 (RFC
// 9562, 5.8) with the operation's clock.
func derived(op, on ID) ID {
	sum := sha256.Sum256([]byte(string(op) + " " + string(on)))
	h := hex.EncodeToString(sum[:])
	head := string(op)
	if len(head) < 13 {
		head = h[:8] + "-" + h[8:12]
	}
	return ID(strings.Join([]string{head[:13], "8" + h[:3], "a" + h[3:6], h[6:18]}, "-"))
}
