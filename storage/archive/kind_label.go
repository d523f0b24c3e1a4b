package archive

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Label is an entry of the palette that marks are made from.
type Label struct {
	Name  string // what marks carry
	Text  string // what it is for, a line; "" for the program's own
	Style int    // how it is drawn: colour and underline, 0 to Styles-1
	Key   string // the letter that marks with it, in small; "" for none
	Own   bool   // the archive's own, and no part of the program
}

// Styles is how many styles there are. Those of the program's labels come first,
// each in the place of its label; the rest are free.
const Styles = 10

// OwnLabels are the program's, which stand in every palette, in their order.
func OwnLabels() []string {
	return []string{"person", "organisation", "place", "date", "event", "work"}
}

// Furniture is the label of recurring lines. It stands in no palette.
const Furniture = "furniture"

// LabelBody puts a label into the palette, or changes the one of that name.
type LabelBody struct {
	ID    ID     `json:"id"`
	Label string `json:"label"`
	Text  string `json:"text,omitempty"`
	Style int    `json:"style"`
	Key   string `json:"key,omitempty"`
}

// LabelRemoveBody takes a label out of the palette; marks with it stay.
type LabelRemoveBody struct {
	Label string `json:"label"`
}

func init() {
	register(kind{name: "label.set", keys: "label text style key", version: 1, archive: true, parse: parseLabel}, prepareLabel, applyLabel)
	register(kind{name: "label.remove", keys: "label", version: 1, archive: true},
		func(c *Ctx, e *Edit) (*LabelRemoveBody, error) {
			name, err := labelName(e)
			if err == nil && c.Doc.label(name) == nil {
				err = Refuse("label-absent", "label", quoted(name))
			}
			return &LabelRemoveBody{name}, err
		},
		func(d *Document, op *Op, b *LabelRemoveBody) error {
			it := d.label(b.Label)
			if it == nil {
				return Refuse("label-absent", "label", quoted(b.Label))
			}
			d.edit(op, it, func(it *Item) { it.State = Withdrawn })
			return nil
		})
}

// parseLabel reads the edit of a line: its key is a letter, where other edits
// name a digit by it.
func parseLabel(line []byte) (*Edit, error) {
	var in struct {
		Do    string
		As    string
		Label string
		Text  *string
		Style *int
		Key   *string
	}
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&in); err != nil {
		return nil, wrongType(err)
	}
	return &Edit{Do: in.Do, As: in.As, Label: in.Label, Text: in.Text, Style: in.Style, Letter: in.Key}, nil
}

// labelName is the label that an edit of the palette is about.
func labelName(e *Edit) (string, error) {
	name := norm.NFC.String(strings.TrimSpace(e.Label))
	if err := needString(e, "label", name); err != nil {
		return "", err
	}
	if !visible(name, 40) {
		return "", Refuse("label-name", "label", quoted(name))
	}
	if name == Furniture || slices.Contains(OwnLabels(), name) {
		return "", Refuse("label-own", "label", quoted(name))
	}
	return name, nil
}

// prepareLabel leaves as it is what the edit does not say of a label that is
// there.
func prepareLabel(c *Ctx, e *Edit) (*LabelBody, error) {
	name, err := labelName(e)
	if err != nil {
		return nil, err
	}
	b := &LabelBody{ID: c.NewID(), Label: name, Style: c.Doc.freeStyle()}
	was := c.Doc.label(name)
	if was != nil {
		b.Text, b.Style, b.Key = was.Text, was.Pos, was.Detail
	}
	if e.Text != nil {
		b.Text = strings.TrimSpace(*e.Text)
		if b.Text != "" && !visible(b.Text, 200) {
			return nil, Refuse("label-words")
		}
	}
	if e.Style != nil {
		b.Style = *e.Style
		if b.Style < 0 || b.Style >= Styles {
			return nil, Refuse("label-style", "style", b.Style, "most", Styles-1)
		}
	}
	if e.Letter != nil {
		if b.Key, err = labelKey(*e.Letter); err != nil {
			return nil, err
		}
	}
	for _, it := range c.Doc.living(ALabel) {
		if b.Key != "" && it.InForce() && it.Detail == b.Key && it.Key != name {
			return nil, Refuse("label-key-taken", "key", b.Key, "label", quoted(it.Key))
		}
	}
	if was != nil && was.Text == b.Text && was.Pos == b.Style && was.Detail == b.Key {
		return nil, Refuse("unchanged")
	}
	return b, nil
}

// labelKey is a label's key as it is kept: one letter or sign, capital letters as
// small ones. Digits belong to tags. Which keys the program has commands for is
// not known here: a window gives those to the commands.
func labelKey(key string) (string, error) {
	key = strings.ToLower(norm.NFC.String(strings.TrimSpace(key)))
	r, size := utf8.DecodeRuneInString(key)
	if key != "" && (size != len(key) || !visible(key, 1) || unicode.IsDigit(r) || unicode.IsMark(r)) {
		return "", Refuse("label-key", "key", quoted(key))
	}
	return key, nil
}

// applyLabel gives the key of a label to that label alone: two copies of the
// archive may each have given it to another. A label that was removed comes back
// as the item that it was, so that there never are two of one name.
func applyLabel(d *Document, op *Op, b *LabelBody) error {
	for _, it := range slices.Clone(d.living(ALabel)) {
		if it.InForce() && it.Key != b.Label && b.Key != "" && it.Detail == b.Key {
			d.edit(op, it, func(it *Item) { it.Detail = "" })
		}
	}
	for _, it := range d.Items {
		if it.What == ALabel && it.Key == b.Label {
			d.edit(op, it, func(it *Item) { it.State, it.Text, it.Pos, it.Detail = Accepted, b.Text, b.Style, b.Key })
			return nil
		}
	}
	d.add(op, Item{ID: b.ID, What: ALabel, Key: b.Label, Text: b.Text, Pos: b.Style, Detail: b.Key})
	return nil
}

// label is the item of one of the archive's own labels, or nil.
func (d *Document) label(name string) *Item {
	for _, it := range d.living(ALabel) {
		if it.Key == name && it.InForce() {
			return it
		}
	}
	return nil
}

// freeStyle is the free style that the fewest labels have.
func (d *Document) freeStyle() int {
	var uses [Styles]int
	for _, it := range d.living(ALabel) {
		if it.InForce() && it.Pos >= 0 && it.Pos < Styles {
			uses[it.Pos]++
		}
	}
	best := len(OwnLabels())
	for i := best; i < Styles; i++ {
		if uses[i] < uses[best] {
			best = i
		}
	}
	return best
}

// Palette is what marks are made from: the program's labels, then the archive's
// own in the order in which they were added. An undo may have brought a key back
// that another label was given since: it stays with the first of them.
func (d *Document) Palette() []Label {
	var out []Label
	for i, name := range OwnLabels() {
		out = append(out, Label{Name: name, Style: i})
	}
	for _, it := range d.living(ALabel) {
		if !it.InForce() {
			continue
		}
		l := Label{Name: it.Key, Text: it.Text, Style: it.Pos, Key: it.Detail, Own: true}
		if slices.ContainsFunc(out, func(o Label) bool { return o.Key == l.Key }) {
			l.Key = ""
		}
		out = append(out, l)
	}
	return out
}
