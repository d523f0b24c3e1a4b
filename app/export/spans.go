package export

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// This file holds what the formats for annotation tools share.

// covering lists the marks that cover words, in the order of Placed. Empty ones are
// counted as left out: tools that colour words have nothing to colour.
func covering(d *Doc, counts map[string]int) []Placed {
	return slices.DeleteFunc(d.Placed(), func(p Placed) bool {
		if p.From == p.To {
			counts["left_out"]++
		}
		return p.From == p.To
	})
}

// proposedFixes counts the corrections that are not in force. They have no place in a
// reading text, and are written for neither.
func proposedFixes(d *Doc) int { return len(d.Corrections) - len(d.Fixed()) }

// layers sorts marks into layers in which none overlaps another: the longest first,
// each into the first layer in which there is room. Each layer is in the order of
// the text.
func layers(marks []Placed) [][]Placed {
	longest := slices.Clone(marks)
	slices.SortStableFunc(longest, func(a, b Placed) int {
		return cmp.Or(cmp.Compare(b.To-b.From, a.To-a.From), cmp.Compare(a.From, b.From), cmp.Compare(a.ID, b.ID))
	})
	var out [][]Placed
	for _, p := range longest {
		if !slices.ContainsFunc(out, func(l []Placed) bool { return room(l, p) >= 0 }) {
			out = append(out, nil)
		}
		for i, l := range out {
			if at := room(l, p); at >= 0 {
				out[i] = slices.Insert(l, at, p)
				break
			}
		}
	}
	return out
}

// room says where in a layer a mark goes, -1 where it overlaps another.
func room(layer []Placed, p Placed) int {
	at, _ := slices.BinarySearchFunc(layer, p.From, func(q Placed, from int) int { return cmp.Compare(q.From, from) })
	if at > 0 && layer[at-1].To > p.From || at < len(layer) && layer[at].From < p.To {
		return -1
	}
	return at
}

// fieldValues lists the values of a document by field; those that the source does not
// state are in saidNotStated.
func (d *Doc) fieldValues() map[string][]string {
	out := map[string][]string{}
	for _, v := range d.Fields {
		if v.NotStated {
			continue
		}
		out[v.Field] = append(out[v.Field], v.Value)
	}
	return out
}

// tagNames lists the tags of a document, each once.
func (d *Doc) tagNames() []string {
	out := []string{}
	for _, t := range d.Tags {
		if !slices.Contains(out, t.Tag) {
			out = append(out, t.Tag)
		}
	}
	return out
}

// labelsOf lists the labels that marks may have: those of the archive, and those
// that were met besides, sorted.
func (j *job) labelsOf(met map[string]bool) ([]string, error) {
	self, err := j.a.Self(j.ctx)
	if err != nil {
		return nil, err
	}
	var own, others []string
	for _, l := range self.Palette() {
		own = append(own, j.masked(l.Name))
	}
	for l := range met {
		if !slices.Contains(own, l) {
			others = append(others, l)
		}
	}
	slices.Sort(others)
	return append(own, others...), nil
}

// unseen says whether a code point is white space or has no shape of its own, so
// that a tool that splits lines at spaces, or a person, would lose it.
func unseen(r rune) bool {
	return unicode.IsSpace(r) || !textual(r) || unicode.In(r, unicode.Z, unicode.Cf)
}

// oneLine is s in one line: what would end it, or is not seen, is \u{…}, and
// so is the \ of what looks like that.
func oneLine(s string) string {
	var b strings.Builder
	for i, r := range s {
		if r != ' ' && unseen(r) || r == '\\' && strings.HasPrefix(s[i:], `\u{`) {
			fmt.Fprintf(&b, `\u{%04X}`, r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}
