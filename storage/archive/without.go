package archive

import (
	"slices"
	"strings"
)

// Cut is what was taken out of a text: ranges of code points in order, apart from
// each other.
type Cut [][2]int

// Left is what is left of a text.
func (c Cut) Left(t *Text) string {
	var b strings.Builder
	b.Grow(len(t.String()))
	at := 0
	for _, r := range c {
		b.WriteString(t.Slice(at, r[0]))
		at = r[1]
	}
	b.WriteString(t.Slice(at, t.Len()))
	return b.String()
}

// Place is where a place of the whole text lies in what is left.
func (c Cut) Place(at int) int {
	gone := 0
	for _, r := range c {
		if at <= r[0] {
			break
		}
		gone += min(at, r[1]) - r[0]
	}
	return at - gone
}

// inside says whether a range has no words that are left.
func (c Cut) inside(start, end int) bool {
	for _, r := range c {
		if r[0] <= start && end <= r[1] && (start < end || r[0] < start && end < r[1]) {
			return true
		}
	}
	return false
}

// Reaches says whether a range has words that were cut.
func (c Cut) Reaches(start, end int) bool {
	for _, r := range c {
		if start < r[1] && r[0] < end {
			return true
		}
	}
	return false
}

// Without is the document without the parts of it that are documents of their own
// and, where that is asked, without furniture; and where that was cut: whole lines
// go with their line ends. Marks, corrections and parts that had all
// their words there are gone, values keep what they say and lose their evidence. It
// is a document to be read and written out; its approval and its history are those
// of the whole.
func (d *Document) Without(furniture bool) (*Document, Cut, error) {
	r, err := d.Reading()
	if err != nil {
		return nil, nil, err
	}
	n, src := d.Info.Text, r.Source()
	cut := d.cut(src, furniture)
	if len(cut) == 0 {
		return d, nil, nil
	}
	text := NewText(cut.Left(src))
	info := *d.Info
	info.Chars = text.Len()
	out := &Document{ID: d.ID, Info: &info, Source: func(int) (*Text, error) { return text, nil }}
	for _, it := range d.Items {
		if it = cut.item(it, n); it != nil {
			out.Items = append(out.Items, it)
		}
	}
	return out, cut, nil
}

// cut is what is set aside, with the line end behind or before it where it is a
// whole line. Furniture that a correction reaches into or out of stays.
func (d *Document) cut(src *Text, furniture bool) (out Cut) {
	parts := d.aside(d.Info.Text, ASplit)
	ranges := parts
	if furniture {
		ranges = d.Aside(d.Info.Text)
	}
	for _, r := range ranges {
		start, end := r[0], r[1]
		if start == 0 || src.Slice(start-1, start) == "\n" {
			switch {
			case end < src.Len() && src.Slice(end, end+1) == "\n":
				end++
			case end == src.Len() && start > 0:
				start--
			}
		}
		if k := len(out) - 1; k >= 0 && start < out[k][1] {
			start = out[k][1]
		}
		across := false
		for _, it := range d.living(ACorrection) {
			a := it.Anchor
			across = across || a.Text == d.Info.Text && a.Start.At < end && start < a.End.At && (a.Start.At < start || end < a.End.At)
		}
		across = across && !slices.ContainsFunc(parts, func(p [2]int) bool { return p[0] < end && start < p[1] })
		if start < end && !across {
			out = append(out, [2]int{start, end})
		}
	}
	return out
}

// item is an item as it stands in what is left; nil where it is gone.
func (c Cut) item(it *Item, n int) *Item {
	a := it.Anchor
	switch {
	case it.What == AnOrder: // of what is cut
		return nil
	case a == nil || a.Text != n:
		return it
	}
	if it.What == AFurniture || it.What == ASplit || it.What == AMark && it.Key == Furniture && c.inside(a.Start.At, a.End.At) {
		return nil
	}
	if a.Start.In == "" && a.End.In == "" && c.inside(a.Start.At, a.End.At) {
		if it.What != AValue {
			return nil
		}
		it = it.Clone()
		it.Anchor = nil
		return it
	}
	if it.What == ACorrection && c.Reaches(a.Start.At, a.End.At) {
		return nil // its words would be those of the part too
	}
	it = it.Clone()
	it.Anchor.Before, it.Anchor.After = "", "" // words beside it that may be gone
	if c.Reaches(a.Start.At, a.End.At) {
		it.Anchor.Quote = ""
	}
	for _, b := range []*Border{&it.Anchor.Start, &it.Anchor.End} {
		if b.In == "" {
			b.At = c.Place(b.At)
		}
	}
	return it
}
