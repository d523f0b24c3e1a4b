package archive

import (
	"sort"
	"strings"
	"sync"
	"unicode/utf8"
)

// Reading is a source text with the corrections in force put in: what people
// read, search and mark. It maps positions both ways. It is immutable, and may be
// asked by several goroutines.
type Reading struct {
	source *Text
	text   *Text
	segs   []segment
	byID   map[ID]int   // index into segs of each correction in force
	gone   map[ID]*Item // corrections not in force, for anchors made inside them

	carried sync.Map // ID → *alignment: see aligned
}

// segment is a stretch that is the same in both texts (fix nil) or a correction.
type segment struct {
	srcStart, srcEnd int
	rdStart, rdEnd   int
	fix              *Item
}

// NewReading puts the corrections among items that are in force, and belong to
// source text n, into source. Corrections in force do not overlap; should a
// damaged file hold some that do, the later one is left out.
func NewReading(source *Text, n int, items []*Item) *Reading {
	r := &Reading{source: source, byID: map[ID]int{}, gone: map[ID]*Item{}}
	var fixes []*Item
	for _, it := range items {
		if it.What != ACorrection || it.Anchor == nil || it.Anchor.Text != n {
			continue
		}
		if it.InForce() {
			fixes = append(fixes, it)
		} else {
			r.gone[it.ID] = it
		}
	}
	sort.Slice(fixes, func(i, j int) bool { return before(fixes[i], fixes[j]) })
	at, rd := 0, 0
	plain := func(to int) {
		if to > at {
			r.segs = append(r.segs, segment{at, to, rd, rd + to - at, nil})
			rd += to - at
			at = to
		}
	}
	for _, f := range fixes {
		s, e := f.Anchor.Start.At, f.Anchor.End.At
		if s < at || e > source.Len() {
			continue
		}
		plain(s)
		n := utf8.RuneCountInString(f.Text)
		r.byID[f.ID] = len(r.segs)
		r.segs = append(r.segs, segment{s, e, rd, rd + n, f})
		rd += n
		at = e
	}
	plain(source.Len())
	r.text = r.put()
	return r
}

// put makes the reading text of the segments.
func (r *Reading) put() *Text {
	if len(r.byID) == 0 {
		return r.source
	}
	valid, size := r.source.valid, 0
	cuts := make([]int, len(r.segs)+1) // where each segment begins in the source, in bytes
	for i, g := range r.segs {
		cuts[i+1] = r.source.Byte(g.srcEnd)
		if g.fix == nil {
			size += cuts[i+1] - cuts[i]
		} else {
			size += len(g.fix.Text)
			valid = valid && utf8.ValidString(g.fix.Text)
		}
	}
	var b strings.Builder
	b.Grow(size)
	for i, g := range r.segs {
		if g.fix == nil {
			b.WriteString(r.source.s[cuts[i]:cuts[i+1]])
		} else {
			b.WriteString(g.fix.Text)
		}
	}
	if !valid {
		return NewText(b.String())
	}
	return utf8Text(b.String())
}

// before orders corrections by place; an insertion comes after what ends where
// it stands and before what begins there.
func before(a, b *Item) bool {
	if a.Anchor.Start.At != b.Anchor.Start.At {
		return a.Anchor.Start.At < b.Anchor.Start.At
	}
	if a.Anchor.End.At != b.Anchor.End.At {
		return a.Anchor.End.At < b.Anchor.End.At
	}
	return a.ID < b.ID
}

// Text is the reading text.
func (r *Reading) Text() *Text { return r.text }

// Source is the source text.
func (r *Reading) Source() *Text { return r.source }

// ToReading is the place in the reading text of a source position. It never runs
// backwards. Inside the words that a correction replaces it is the beginning of
// the new words. Where nothing but an insertion stands at p, it is before it.
func (r *Reading) ToReading(p int) int {
	i := sort.Search(len(r.segs), func(i int) bool { return r.segs[i].srcEnd >= p })
	if i == len(r.segs) {
		return r.text.Len()
	}
	s := r.segs[i]
	if s.fix != nil && p < s.srcEnd {
		return s.rdStart
	}
	if s.fix != nil { // p == srcEnd; of an insertion that is its beginning too
		if s.srcStart == s.srcEnd {
			return s.rdStart
		}
		return s.rdEnd
	}
	return s.rdStart + p - s.srcStart
}

// ToSource is the source position of a place in the reading text. It never runs
// backwards. Inside new words it is the beginning of the words they replace.
func (r *Reading) ToSource(p int) int {
	i := sort.Search(len(r.segs), func(i int) bool { return r.segs[i].rdEnd >= p })
	if i == len(r.segs) {
		return r.source.Len()
	}
	s := r.segs[i]
	switch {
	case s.fix == nil:
		return s.srcStart + p - s.rdStart
	case p == s.rdEnd && s.rdEnd > s.rdStart:
		return s.srcEnd
	default:
		return s.srcStart
	}
}

// startRd is where a range that starts at source position p starts in the
// reading: after an insertion or a deletion that ends there.
func (r *Reading) startRd(p int) int {
	i := sort.Search(len(r.segs), func(i int) bool { return r.segs[i].srcEnd > p })
	if i == len(r.segs) {
		return r.text.Len()
	}
	s := r.segs[i]
	if s.fix != nil {
		return s.rdStart // p is its beginning: callers handle what lies inside
	}
	return s.rdStart + p - s.srcStart
}

// endRd is where a range that ends at source position p ends in the reading:
// before an insertion that stands there.
func (r *Reading) endRd(p int) int {
	i := sort.Search(len(r.segs), func(i int) bool { return r.segs[i].srcEnd >= p })
	if i == len(r.segs) {
		return r.text.Len()
	}
	s := r.segs[i]
	if s.fix != nil {
		if s.srcStart == p {
			return s.rdStart
		}
		return s.rdEnd
	}
	return s.rdStart + p - s.srcStart
}

// Span is where a correction in force stands in the reading text.
type Span struct {
	Fix        *Item
	Start, End int
}

// Spans lists the corrections in force with their places, in order.
func (r *Reading) Spans() []Span {
	var out []Span
	for _, s := range r.segs {
		if s.fix != nil {
			out = append(out, Span{s.fix, s.rdStart, s.rdEnd})
		}
	}
	return out
}
