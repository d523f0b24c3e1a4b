package export

import (
	"cmp"
	"slices"
	"sort"
	"unicode/utf8"

	"fonds/storage/archive"
)

// This file lays a document's text out for TEI: stretches of the source text, with
// corrections between them, and everything that has a place at its spot in them.

// layout is a text in stretches. An even one is of the source text as it stands, and
// may be empty; between two of them is a correction.
type layout struct {
	source *archive.Text
	fixes  []*Correction // in force, in order, apart
	wide   []int         // how long the new words of each are, code points
	reads  []int         // where each even stretch begins in the reading text
}

// spot is a place between two characters of a layout. Those of one stretch have an
// order, and a correction's old words come before its new ones.
type spot struct{ stretch, side, at int }

// The sides of a stretch that is a correction; every other has side 0.
const (
	sideOld = 1
	sideNew = 2
)

func (s spot) compare(o spot) int {
	return cmp.Or(cmp.Compare(s.stretch, o.stretch), cmp.Compare(s.side, o.side), cmp.Compare(s.at, o.at))
}

// lay lays a document out. Of corrections that overlap, as masking may leave them,
// the first stays.
func lay(d *Doc) *layout {
	l := &layout{source: archive.NewText(d.SourceText), reads: []int{0}}
	for i := range d.Corrections {
		if c := &d.Corrections[i]; c.State == string(archive.Accepted) && c.Reading != nil {
			l.fixes = append(l.fixes, c)
		}
	}
	slices.SortStableFunc(l.fixes, func(a, b *Correction) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.ID, b.ID))
	})
	at := 0
	l.fixes = slices.DeleteFunc(l.fixes, func(c *Correction) bool {
		if c.Start < at || c.End > l.source.Len() {
			return true
		}
		at = c.End
		return false
	})
	for i, c := range l.fixes {
		l.wide = append(l.wide, utf8.RuneCountInString(c.Text))
		l.reads = append(l.reads, l.reads[i]+c.Start-l.from(i)+l.wide[i])
	}
	return l
}

// from and to are the ends of the even stretch 2i in the source text.
func (l *layout) from(i int) int {
	if i == 0 {
		return 0
	}
	return l.fixes[i-1].End
}

func (l *layout) to(i int) int {
	if i == len(l.fixes) {
		return l.source.Len()
	}
	return l.fixes[i].Start
}

// border is the spot of a place in the source text or, where in says so, in a
// correction's new words; read is where it is in the reading text, which tells the two
// sides of an insertion apart.
func (l *layout) border(at int, in *In, read int, start bool) spot {
	if in != nil {
		if i := slices.IndexFunc(l.fixes, func(c *Correction) bool { return c.ID == in.Correction }); i >= 0 {
			return l.inNew(i, min(max(in.Offset, 0), l.wide[i]), start)
		}
	}
	at = min(max(at, 0), l.source.Len())
	i := sort.Search(len(l.fixes), func(i int) bool { return l.fixes[i].End >= at })
	if i < len(l.fixes) && l.fixes[i].Start < at && at < l.fixes[i].End {
		return spot{2*i + 1, sideOld, at - l.fixes[i].Start}
	}
	var found []spot
	for ; i <= len(l.fixes) && l.from(i) <= at; i++ {
		if l.to(i) < at {
			continue
		}
		s := spot{2 * i, 0, at - l.from(i)}
		if l.reads[i]+s.at == read {
			return s
		}
		found = append(found, s)
	}
	if start {
		return found[len(found)-1]
	}
	return found[0]
}

// inNew is a spot in new words, or beside them where that says the same.
func (l *layout) inNew(i, offset int, start bool) spot {
	switch {
	case start && offset == 0:
		return spot{2 * i, 0, l.to(i) - l.from(i)}
	case !start && offset == l.wide[i]:
		return spot{2*i + 2, 0, 0}
	}
	return spot{2*i + 1, sideNew, offset}
}

// stretchOf are the spots of a range.
func (l *layout) stretchOf(r *Range) (from, to spot) {
	from, to = l.border(r.Start, r.StartIn, r.Reading.Start, true), l.border(r.End, r.EndIn, r.Reading.End, false)
	if to.compare(from) < 0 {
		to = from
	}
	return from, to
}

// old are the spots of a range of the source text that is nowhere in the reading text.
func (l *layout) old(start, end int) (from, to spot) {
	from, to = l.border(start, nil, -1, true), l.border(end, nil, -1, false)
	if to.compare(from) < 0 {
		from = to
	}
	return from, to
}

// laid is a mark in a layout. It is an element around its words where it can be, else
// a span between two anchors.
type laid struct {
	*Mark
	from, to spot
	around   bool
}

// teiDeepest is how many marks may lie within one another as elements: readers of XML
// have a limit, that of libxml2 is 256.
const teiDeepest = 40

// marks puts a document's marks into the layout, the outer before the inner. What is
// empty, ends within a correction or crosses another mark is not around its words.
func (l *layout) marks(d *Doc) []laid {
	out := make([]laid, len(d.Marks))
	for i := range d.Marks {
		m := &d.Marks[i]
		from, to := l.stretchOf(&m.Range)
		out[i] = laid{m, from, to, from.side == 0 && to.side == 0 && from.compare(to) < 0}
	}
	slices.SortStableFunc(out, func(a, b laid) int {
		return cmp.Or(a.from.compare(b.from), b.to.compare(a.to), cmp.Compare(a.ID, b.ID))
	})
	var open []spot // where the elements end in which we are
	for i := range out {
		m := &out[i]
		for len(open) > 0 && open[len(open)-1].compare(m.from) <= 0 {
			open = open[:len(open)-1]
		}
		m.around = m.around && len(open) < teiDeepest && (len(open) == 0 || m.to.compare(open[len(open)-1]) <= 0)
		if m.around {
			open = append(open, m.to)
		}
	}
	return out
}
