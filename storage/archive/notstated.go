package archive

import "strings"

// NotStated is kept in the Detail of a value without words: somebody has looked, and
// the source does not state it (原文未载). That is not the same as an empty field,
// which has no value at all and into which nobody may have looked. No value of words
// has an empty Text, so that nothing anybody types can be mistaken for it, and whoever
// reads the file with other tools finds it said: an empty text, and why.
const NotStated = "not stated"

// NotStated says whether a value says that the source states nothing, or a proposal
// that such a value be taken away.
func (it *Item) NotStated() bool {
	return it != nil && it.Text == "" && it.Detail == NotStated && (it.What == AValue || it.What == ARemoval)
}

// said is what an item says, for a refusal: in quotation marks, or that it is not
// stated, which a screen says in its own language.
func (it *Item) said() string {
	if it.NotStated() {
		return NotStated
	}
	return quoted(it.words())
}

// saidAll is said of the values of a field.
func saidAll(items []*Item) string {
	if len(items) == 1 && items[0].NotStated() {
		return NotStated
	}
	var texts []string
	for _, it := range items {
		if it.NotStated() { // only beside others that are no longer in force together
			texts = append(texts, "("+NotStated+")")
			continue
		}
		texts = append(texts, it.words())
	}
	return quoted(strings.Join(texts, "; "))
}

// ValueOf is a value of an edit that says text; without words, that the source does
// not state it. Where the values of a field are a list of texts an empty one is that:
// a value of words has some.
func ValueOf(text string) ValueIn { return ValueIn{Value: text, NotStated: text == ""} }

// alone refuses words with, or other values beside, one that is not stated.
func alone(values []ValueIn) error {
	for _, v := range values {
		switch {
		case !v.NotStated:
		case strings.TrimSpace(v.Value) != "" || v.Detail != "" && v.Detail != NotStated:
			return Refuse("not-stated-words")
		case len(values) > 1:
			return Refuse("not-stated-alone")
		}
	}
	return nil
}

// makeRoom makes room for a value that comes into force: a field that was marked as
// not stated has it in that one's place. That nothing is stated does not come into
// force over values that it was not said of.
func (d *Document) makeRoom(op *Op, it *Item) error {
	for _, o := range d.Values(it.Key) {
		switch {
		case o.ID == it.ID || contains(it.Replaces, o.ID):
		case it.NotStated():
			return Refuse("stale", "who", o.RevBy, "now", saidAll(d.Values(it.Key)), "seen", quoted(""))
		case o.NotStated():
			d.edit(op, o, func(it *Item) { it.State = Superseded })
		}
	}
	return nil
}

// ofNotStated is the Detail of a proposal that a value go.
func ofNotStated(it *Item) string {
	if it.NotStated() {
		return NotStated
	}
	return ""
}
