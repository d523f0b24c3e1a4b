package archive

import (
	"encoding/json"
	"slices"
	"strings"
)

// UndoBody takes back what operation Op did. A redo is the undo of an undo.
type UndoBody struct {
	Op ID `json:"op"`
}

// The kinds that take back and bring back.
const (
	UndoKind = "undo"
	RedoKind = "redo"
)

func init() {
	for _, name := range []string{UndoKind, RedoKind} {
		register(kind{name: name, version: 1, fixed: true, absent: true}, nil, applyUndo)
	}
}

// applyUndo puts back every item that the target changed, if each still is as
// the target left it; else it is a conflict that says who changed it since.
func applyUndo(d *Document, op *Op, b *UndoBody) error {
	r := d.rulesFor(op) // those before it
	past, err := d.Past(b.Op)
	if err != nil {
		return err
	}
	changes := past.Changes
	for _, c := range changes {
		if err := d.unchanged(c); err != nil {
			return err
		}
	}
	for i := len(changes) - 1; i >= 0; i-- {
		c := changes[i]
		if c.InfoBefore != nil || c.InfoAfter != nil {
			d.changes = append(d.changes, Change{InfoBefore: c.InfoAfter, InfoAfter: c.InfoBefore})
			d.Info, d.reading = c.InfoBefore, nil
			continue
		}
		d.put(itemID(c), d.named(c.Before))
	}
	// A document whose import is undone takes nothing with it that somebody made.
	if d.Info == nil && d.ID != "" && len(d.Items) > 0 {
		it := d.Items[0]
		return Refuse("undo-changed", "by", it.RevBy, "what", it.What, "now", quoted(it.Text))
	}
	if err := d.stillRoom(changes); err != nil {
		return err
	}
	return d.mayTurn(r, op, past)
}

// stillRoom refuses where what came back stands in a place that somebody has given
// to another since: a correction over the same words, an assignment, a name, a key.
func (d *Document) stillRoom(changes []Change) error {
	for _, c := range changes {
		it := c.Before
		if it == nil || !it.InForce() {
			continue
		}
		if o := d.inPlaceOf(it); o != nil {
			return Refuse("undo-changed", "by", o.RevBy, "what", o.What, "now", o.said())
		}
		if it.What != ACorrection {
			continue
		}
		var in *Item // of several, the first that was made
		for _, o := range d.near(it.Anchor.Text, it.Anchor.Start.At, it.Anchor.End.At) {
			if o.ID != it.ID && overlap(it.Anchor.Start.At, it.Anchor.End.At, o.Anchor.Start.At, o.Anchor.End.At) && (in == nil || o.ID < in.ID) {
				in = o
			}
		}
		if in != nil {
			return Refuse("undo-changed", "by", in.RevBy, "what", in.What, "now", quoted(in.Text))
		}
	}
	return nil
}

// inPlaceOf is what is in force where there can be one thing only, beside it; nil
// where there is nothing.
func (d *Document) inPlaceOf(it *Item) *Item {
	for _, o := range d.living(it.What) {
		if o.ID == it.ID || !o.InForce() {
			continue
		}
		switch it.What {
		case AValue:
			if o.Key == it.Key && (o.NotStated() || it.NotStated()) {
				return o
			}
		case AnAssignment, AMember, ASample, AnOrder, APlace:
			return o
		case ABelonging:
			if o.Text == it.Text {
				return o
			}
		case APackage, ASetting, ASearch, ATag, AConcept, AList:
			if o.Key == it.Key {
				return o
			}
		case AHotkey:
			if o.Key == it.Key || o.Text == it.Text {
				return o
			}
		case ALabel:
			if o.Key == it.Key || o.Detail == it.Detail && it.Detail != "" {
				return o
			}
		case APerson:
			for _, name := range it.Names() {
				if o.Key == name || slices.Contains(o.NamesBefore(), name) {
					return o
				}
			}
		}
	}
	return nil
}

// unchanged refuses where the last change of an item is not the one to undo. An
// operation changes an item at most once, so that its After is what it left.
func (d *Document) unchanged(c Change) error {
	if c.InfoAfter != nil || c.InfoBefore != nil {
		if (d.Info == nil) != (c.InfoAfter == nil) || d.Info != nil && d.Info.Text != c.InfoAfter.Text {
			return Refuse("undo-changed", "by", "", "what", "document", "now", "")
		}
		return nil
	}
	id := itemID(c)
	now := d.Item(id)
	if now.Equal(c.After) || c.Before != nil && now.samePerson(c.After) {
		return nil
	}
	by, says := "", ""
	if now != nil {
		if by, says = now.RevBy, quoted(strings.TrimSpace(now.Key+" "+now.Text)); now.NotStated() {
			says = NotStated
		}
	}
	what := AValue
	if c.After != nil {
		what = c.After.What
	} else if c.Before != nil {
		what = c.Before.What
	}
	return Refuse("undo-changed", "by", by, "what", what, "now", says)
}

// UndoTarget is the operation that an undo or a redo is about.
func UndoTarget(op *Op) (ID, error) {
	var b UndoBody
	if err := json.Unmarshal(op.Body, &b); err != nil {
		return "", unreadable(op, err)
	}
	return b.Op, nil
}

// mayTurn refuses an undo or redo that would do what the rules of its moment let
// its actor do in no other way: change what is in force past a review, act in a
// role that is gone, approve one's own work, leave the archive without an owner.
func (d *Document) mayTurn(r *Rules, op *Op, past Done) error {
	if k := kinds[past.Kind]; k != nil && !k.free {
		if err := r.need(op.Actor, k.least); err != nil {
			return err
		}
	}
	switch {
	case d.ID == "":
		return d.ownerLeft(op)
	case past.Kind == TextKind:
		return d.mayRead(r, op.Actor, d.Info != nil && d.Info.Pages > 0)
	}
	for _, c := range d.changes {
		if past.Kind == "decide" {
			if it := c.After; it != nil && it.InForce() && it.Decision != nil && r.Same(it.Decision.By, it.By) {
				if err := r.another(it.By); err != nil {
					return err
				}
			}
			continue
		}
		before, after := c.Before, c.After
		if was, is := before != nil && before.InForce(), after != nil && after.InForce(); was == is && (!was || before.says(after)) {
			continue
		}
		it := after
		if it == nil {
			it = before
		}
		if it.decidable() && r.Reviews(it.What, it.Key) {
			return Refuse("undo-reviewed", "what", it.What, "now", it.said())
		}
	}
	return nil
}

// says reports whether two items say the same of a document.
func (it *Item) says(o *Item) bool {
	if (it.Anchor == nil) != (o.Anchor == nil) || it.Anchor != nil && *it.Anchor != *o.Anchor {
		return false
	}
	return it.Key == o.Key && it.Text == o.Text && it.Detail == o.Detail
}
