package archive

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Document is one document with all that is attached to it, as the operations
// so far have left it. The archive itself is a Document without Info, its
// people, keys and settings being its items.
//
// It is changed by Apply and by nothing else.
type Document struct {
	ID    ID
	Info  *Info   // nil: the archive itself, or a document that is not there
	Items []*Item // sorted by ID

	// Source gives source text n. It is asked only by what needs the text.
	Source func(n int) (*Text, error)
	// Past gives what an operation changed, for its undo.
	Past func(op ID) (Done, error)
	// Was gives an item as operation rev left it, or, where rev is "", as it was
	// last; and who changed it last, by an undo too. It is for the words of a
	// refusal: nil and "" where it is not known, and may be nil itself.
	Was func(item, rev ID) (it *Item, by string)
	// RulesFor gives the rules that hold for an operation on a document; nil
	// allows everything. The archive itself has its own.
	RulesFor func(op *Op) *Rules
	// Lost is what was lost of the log before a recovery; nil: nothing.
	Lost *Losses

	reading *Reading
	source  *Text // number sourceN, which never changes, once it was needed
	sourceN int
	rules   *Rules         // of the archive itself, until something of it changes
	live    byKind         // see living
	open    byKind         // see waiting
	fixes   map[int]*fixes // see near
	tree    *Tree          // of the archive itself, until a unit changes
	details map[*Item]unitDetail
	changes []Change
}

// Copy is a document of its own with the same contents: neither sees what becomes
// of the other. They share what never changes: items, texts and the reading text.
// The functions are the caller's to give.
func (d *Document) Copy() *Document {
	return &Document{ID: d.ID, Info: d.Info, Items: slices.Clone(d.Items), reading: d.reading, source: d.source, sourceN: d.sourceN}
}

// Done is what became of an operation in the past.
type Done struct {
	Kind    string // of an undo or redo: that of what it is about in the end
	Changes []Change
}

// rulesFor are the rules that an operation is judged by.
func (d *Document) rulesFor(op *Op) *Rules {
	r := open
	switch {
	case d.ID == "":
		r = d.Rules()
	case d.RulesFor != nil:
		r = d.RulesFor(op)
	}
	if d.Lost.Before(op) {
		r = d.Lost.loosen(r, op)
	}
	return r
}

// Change is what an operation did to one item, or to the document's Info: what
// was there before (nil: nothing) and what is there after.
type Change struct {
	Before *Item `json:"before,omitempty"`
	After  *Item `json:"after,omitempty"`

	InfoBefore *Info `json:"info_before,omitempty"`
	InfoAfter  *Info `json:"info_after,omitempty"`
}

// Item finds an item by its id, or nil.
func (d *Document) Item(id ID) *Item {
	if i, ok := d.find(id); ok {
		return d.Items[i]
	}
	return nil
}

func (d *Document) find(id ID) (int, bool) {
	return search(d.Items, id)
}

// Of lists the items of one kind, in the order in which people see them: values
// by field and place, marks and corrections by place, others as they were made.
func (d *Document) Of(w What) []*Item {
	var out []*Item
	for _, it := range d.Items {
		if it.What == w {
			out = append(out, it)
		}
	}
	return inOrder(w, out)
}

func inOrder(w What, out []*Item) []*Item {
	slices.SortFunc(out, func(a, b *Item) int {
		switch {
		case w == AValue && a.Key != b.Key:
			return strings.Compare(a.Key, b.Key)
		case a.Pos != b.Pos:
			return cmp.Compare(a.Pos, b.Pos)
		case a.Anchor != nil && b.Anchor != nil && (w == AMark || w == ACorrection || w == AFurniture || w == ASplit):
			if c := a.Anchor.compare(b.Anchor); c != 0 {
				return c
			}
		}
		return strings.Compare(string(a.ID), string(b.ID))
	})
	return out
}

// Values lists the values of a field that are in force, in their order.
func (d *Document) Values(field string) []*Item {
	var out []*Item
	for _, it := range d.living(AValue) {
		if it.Key == field && it.InForce() {
			out = append(out, it)
		}
	}
	return inOrder(AValue, out)
}

// Tag is the item that puts tag on the document, or nil.
func (d *Document) Tag(tag string) *Item {
	for _, it := range d.living(ATag) {
		if it.Key == tag && it.InForce() {
			return it
		}
	}
	return nil
}

// Title is what lists call the document: its title in force, else the proposed
// one, else the name of its file.
func (d *Document) Title() string {
	proposed := ""
	for _, it := range inOrder(AValue, slices.Clone(d.living(AValue))) {
		if it.Key == TitleField && it.InForce() {
			if it.NotStated() {
				proposed = "" // that it has none was said of what machines read too
				break
			}
			return it.Text
		}
		if it.Key == TitleField && it.Open() && proposed == "" {
			proposed = it.Text
		}
	}
	if proposed != "" {
		return proposed
	}
	if d.Info != nil {
		return d.Info.Name
	}
	return ""
}

// The fields that lists show: properties of Dublin Core terms.
const (
	TitleField = "dcterms:title"
	DateField  = "dcterms:date"
)

// Date is the document's first date in force, as it stands in the field, or "".
func (d *Document) Date() string {
	if v := d.Values(DateField); len(v) > 0 {
		return v[0].Text
	}
	return ""
}

// Proposals counts what waits for a decision.
func (d *Document) Proposals() int {
	n := 0
	for _, it := range d.Items {
		if it.Open() {
			n++
		}
	}
	return n
}

// Reading is the text people read: source text Info.Text with the corrections in
// force.
func (d *Document) Reading() (*Reading, error) {
	if d.reading != nil {
		return d.reading, nil
	}
	if d.Info == nil || d.Source == nil {
		return nil, Refuse("no-text", "doc", d.ID.Short(), "n", 1)
	}
	if d.source == nil || d.sourceN != d.Info.Text {
		src, err := d.Source(d.Info.Text)
		if err != nil {
			return nil, fmt.Errorf("reading document %s: %w", d.ID.Short(), err)
		}
		d.source, d.sourceN = src, d.Info.Text
	}
	d.reading = NewReading(d.source, d.sourceN, d.Items)
	return d.reading, nil
}

// put makes it the item of its id and notes the change; nil after takes it away.
func (d *Document) put(id ID, after *Item) {
	i, there := d.find(id)
	var before *Item
	if there {
		before = d.Items[i]
	}
	if before == nil && after == nil {
		return
	}
	d.changes = append(d.changes, Change{Before: before, After: after})
	d.place(i, there, after)
	d.rules, d.tree = nil, nil
	if (before != nil && before.What == ACorrection) || (after != nil && after.What == ACorrection) {
		d.reading = nil
	}
}

func (d *Document) place(i int, there bool, after *Item) {
	if there {
		d.replace(d.Items[i], after)
	} else {
		d.replace(nil, after)
	}
	switch {
	case after == nil:
		d.Items = append(d.Items[:i], d.Items[i+1:]...)
	case there:
		d.Items[i] = after
	default:
		d.Items = append(d.Items, nil)
		copy(d.Items[i+1:], d.Items[i:])
		d.Items[i] = after
	}
}

// add puts a new item, authored by who made the operation.
func (d *Document) add(op *Op, it Item) {
	it.By, it.At, it.Rev, it.RevBy = op.Actor, op.Clock, op.ID, op.Actor
	if it.State == "" {
		it.State = Accepted
	}
	d.put(it.ID, &it)
}

// edit changes a copy of an item and puts it.
func (d *Document) edit(op *Op, it *Item, change func(*Item)) {
	c := it.Clone()
	change(c)
	c.Rev, c.RevBy = op.ID, op.Actor
	d.put(c.ID, c)
}

// revert takes back changes, the last first.
func (d *Document) revert(changes []Change) {
	for k := len(changes) - 1; k >= 0; k-- {
		c := changes[k]
		if c.InfoBefore != nil || c.InfoAfter != nil {
			d.Info = c.InfoBefore
			continue
		}
		id := itemID(c)
		i, there := d.find(id)
		d.place(i, there, c.Before)
	}
	d.reading, d.rules = nil, nil
}

func itemID(c Change) ID {
	if c.After != nil {
		return c.After.ID
	}
	return c.Before.ID
}

// itoa is strconv.Itoa: positions are spoken of in many refusals.
func itoa(n int) string { return strconv.Itoa(n) }
