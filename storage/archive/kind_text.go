package archive

import (
	"encoding/json"
	"errors"
	"slices"
)

// TextKind makes another source text of the same original the one that people
// read: it was decoded wrongly, or only the article of a page is wanted. Every text
// stays, and can be gone back to. Marks and corrections go with their words
// (carry.go); those whose words the other text does not have stay behind, in the
// state Elsewhere, and come back with their text.
const TextKind = "document.text"

// TextBody is what document.text does. Read is the document as it would be if it had
// come in so, with what a machine sees in the text; of its Info count Text and what
// follows from the text.
type TextBody struct {
	From   int         `json:"from"`          // number of the source text that was read before
	New    bool        `json:"new,omitempty"` // the document did not have it yet
	Read   *ImportBody `json:"read"`
	Moved  []MovedBody `json:"moved,omitempty"`  // by their ids
	Left   []ID        `json:"left,omitempty"`   // marks and corrections without their words
	Bare   []ID        `json:"bare,omitempty"`   // values whose evidence stays in the other text
	Return []ID        `json:"return,omitempty"` // what had stayed with that text
}

// MovedBody says where an item lies in the other text.
type MovedBody struct {
	Item   ID      `json:"item"`
	Anchor *Anchor `json:"anchor"`
}

// Rereading is a source text that was made of a document's original once more, and
// what was seen in it.
type Rereading struct {
	Read *ImportBody // its Info.Text and the anchors' are set
	New  bool
	Text *Text
}

// TextOf is the body of a document.text.
func TextOf(op *Op) (*TextBody, error) {
	var b TextBody
	if err := json.Unmarshal(op.Body, &b); err != nil {
		return nil, unreadable(op, err)
	}
	return &b, nil
}

// ReadBy is what an operation says that brings a source text in: a document.import or
// a document.text.
func ReadBy(op *Op) (*ImportBody, error) {
	if op.Kind != TextKind {
		return ImportOf(op)
	}
	b, err := TextOf(op)
	if err != nil || b.Read == nil {
		return nil, unreadable(op, errors.Join(err, errors.New("it reads nothing")))
	}
	return b.Read, nil
}

func init() {
	register(kind{name: TextKind, keys: "doc encoding article pages", version: 2}, prepareText, applyText)
}

// ToText makes what was seen in a text that of source text n.
func (b *ImportBody) ToText(n int) {
	b.Info.Text = n
	for i := range b.Proposals {
		if a := b.Proposals[i].Anchor; a != nil {
			a.Text = n
		}
	}
	for i := range b.Furniture {
		b.Furniture[i].Anchor.Text = n
	}
}

// mayRead refuses to have another text read where that is not this person's to do,
// or would leave something behind that nobody has decided on.
func (d *Document) mayRead(r *Rules, who string, typed bool) error {
	if d.Info == nil {
		return Refuse("doc-not-found", "doc", d.ID.Short())
	}
	// What has no text of its own anybody may type, and type again.
	if r.Review != ReviewNone && !(typed && (d.Info.Chars == 0 || d.Info.Text > 1)) {
		if err := r.need(who, Reviewer); err != nil {
			return err
		}
	}
	if d.Info.Part != nil {
		return Refuse("text-part", "whole", d.Info.Part.Doc.Short())
	}
	if n := len(d.Parts()); n > 0 {
		return Refuse("text-parts", "n", n)
	}
	for _, w := range []What{AMark, ACorrection, AValue, ARemoval} {
		for _, it := range d.waiting(w) {
			if it.By != "" && !it.Anchor.OnPicture() { // which is of no text
				return Refuse("text-open", "who", it.By, "what", it.What, "now", quoted(it.words()))
			}
		}
	}
	return nil
}

func prepareText(c *Ctx, e *Edit) (*TextBody, error) {
	if err := c.Doc.mayRead(c.Rules, c.Actor, e.Pages != nil); err != nil {
		return nil, err
	}
	if e.Read == nil {
		return nil, Refuse("text-none")
	}
	if e.Read.Read.Info.Text == c.Doc.Info.Text {
		return nil, Refuse("unchanged")
	}
	was, err := c.Doc.Reading()
	if err != nil {
		return nil, err
	}
	b := &TextBody{From: c.Doc.Info.Text, New: e.Read.New, Read: e.Read.Read}
	b.carry(c.Doc, was, e.Read.Text)
	b.Read.Proposals = slices.DeleteFunc(b.Read.Proposals, func(p ProposalBody) bool { return c.Doc.settled(p) })
	b.leaveDecided(c.Doc)
	return b, nil
}

// leaveDecided takes out of what a machine sees in a text what somebody has decided on
// when that text was read before: corrections that were refused, or whose words are
// corrected now; borders that were refused; furniture that was said to be the
// document's.
func (b *TextBody) leaveDecided(d *Document) {
	n := b.Read.Info.Text
	decided := func(w What, start, end int, text string, state State) bool {
		return slices.ContainsFunc(d.Items, func(it *Item) bool {
			return it.What == w && it.State == state && it.Anchor.Within(n, start, end) && it.Anchor.Start.At == start && it.Anchor.End.At == end &&
				(w != ACorrection || it.Text == text)
		})
	}
	b.Read.Corrections = slices.DeleteFunc(b.Read.Corrections, func(p RepairBody) bool {
		if decided(ACorrection, p.Start, p.End, p.Text, Rejected) {
			return true
		}
		at := func(a *Anchor) bool { return overlap(a.Start.At, a.End.At, p.Start, p.End) }
		for _, m := range b.Moved {
			if it := d.Item(m.Item); it.What == ACorrection && at(m.Anchor) {
				return true
			}
		}
		return slices.ContainsFunc(b.Return, func(id ID) bool {
			it := d.Item(id)
			return it.What == ACorrection && at(it.Anchor)
		})
	})
	b.Read.Splits = slices.DeleteFunc(b.Read.Splits, func(p BorderBody) bool { return decided(ASplit, p.At, p.At, "", Rejected) })
	b.Read.Furniture = slices.DeleteFunc(b.Read.Furniture, func(p FurnitureBody) bool {
		return decided(AFurniture, p.Anchor.Start.At, p.Anchor.End.At, "", Withdrawn)
	})
}

// settled says whether a machine proposes what the document says, or what a person
// has refused.
func (d *Document) settled(p ProposalBody) bool {
	return slices.ContainsFunc(d.Items, func(it *Item) bool {
		return it.What == AValue && it.Key == p.Field && it.Text == p.Value && (it.InForce() || it.State == Rejected)
	})
}

// typed says whether the text was typed, or seen by a program, and is not of the file.
func (b *TextBody) typed() bool {
	e := ParsePages(b.Read.Recipe).Extractor
	return e == Typed || e == Seen
}

// keeps says whether what a machine proposes stands whatever text is read: what the file says of itself outside its text.
// What the other text proposes too takes its place.
func (b *TextBody) keeps(it *Item) bool {
	return it.What == AValue && it.Anchor == nil && !slices.ContainsFunc(b.Read.Proposals, func(p ProposalBody) bool { return p.Field == it.Key && p.Value == it.Text })
}

func applyText(d *Document, op *Op, b *TextBody) error {
	if err := d.mayRead(d.rulesFor(op), op.Actor, b.typed()); err != nil {
		return err
	}
	if d.Info.Text != b.From {
		return Refuse("text-moved", "n", d.Info.Text)
	}
	info := *d.Info
	read := b.Read.Info
	info.Text, info.Chars, info.Folded = read.Text, read.Chars, read.Folded
	info.Encoding, info.Confidence, info.Language = read.Encoding, read.Confidence, read.Language
	d.changes = append(d.changes, Change{InfoBefore: d.Info, InfoAfter: &info})
	d.Info, d.reading = &info, nil
	for _, it := range slices.Clone(d.Items) {
		if it.By == "" && (it.Open() && !(op.Version >= 2 && b.keeps(it)) || it.What == AFurniture && it.InForce()) {
			d.edit(op, it, func(it *Item) { it.State = Superseded })
		}
	}
	for _, m := range b.Moved {
		if it := d.Item(m.Item); it != nil && it.InForce() {
			d.edit(op, it, func(it *Item) { it.Anchor = m.Anchor })
		}
	}
	for _, id := range b.Left {
		if it := d.Item(id); it != nil && it.InForce() {
			d.edit(op, it, func(it *Item) { it.State = Elsewhere })
		}
	}
	for _, id := range b.Return {
		if it := d.Item(id); it != nil && it.State == Elsewhere {
			d.edit(op, it, func(it *Item) { it.State = Accepted })
		}
	}
	b.Read.putSeen(d, op)
	return nil
}

// ofText refuses a change of what lies in another source text than the one that is
// read by now: it was made in another copy, or is brought back. A value can have its
// evidence in another text: it counts for what it says.
func (d *Document) ofText() error {
	if d.Info == nil {
		return nil
	}
	elsewhere := func(it *Item) bool {
		return it != nil && it.What != AValue && it.Anchor != nil && !it.Anchor.OnPicture() && (it.InForce() || it.Open()) && it.Anchor.Text != d.Info.Text
	}
	for _, c := range d.changes {
		switch {
		case elsewhere(c.After):
			return Refuse("text-moved", "n", d.Info.Text)
		case c.InfoBefore != nil && c.InfoAfter != nil: // what was said of the other text meanwhile
			if i := slices.IndexFunc(d.Items, elsewhere); i >= 0 {
				it := d.Items[i]
				return Refuse("undo-changed", "by", it.RevBy, "what", it.What, "now", quoted(it.words()))
			}
		}
	}
	return nil
}

// in says whether an anchor is one of source text n.
func (a *Anchor) in(n int) bool { return a != nil && a.Text == n }

// Elsewheres are what stayed with another source text when this one was taken up, by
// their places there.
func (d *Document) Elsewheres() []*Item {
	var out []*Item
	for _, it := range d.Items {
		if it.State == Elsewhere {
			out = append(out, it)
		}
	}
	return inOrder(AMark, out)
}
