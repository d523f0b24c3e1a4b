package export

import (
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"fonds/storage/archive"
)

// interval is [start,end) of a text, bytes.
type interval struct{ start, end int }

// merge puts intervals in order and makes one of those that touch or overlap.
func merge(list []interval) []interval {
	slices.SortFunc(list, func(a, b interval) int { return a.start - b.start })
	var out []interval
	for _, i := range list {
		if i.start >= i.end {
			continue
		}
		if n := len(out); n > 0 && i.start <= out[n-1].end {
			out[n-1].end = max(out[n-1].end, i.end)
			continue
		}
		out = append(out, i)
	}
	return out
}

// shift says where the places of a text are after some of it was replaced.
type shift struct{ cuts []cut }

// cut is [start,end) of the old text, code points, in whose place stand to-from of
// the new one.
type cut struct{ start, end, from, to int }

// replaced is s with mark in the place of each interval, which are in order and
// apart, and the shift of its places.
func replaced(s string, list []interval, mark string) (string, shift) {
	if len(list) == 0 {
		return s, shift{}
	}
	var b strings.Builder
	var sh shift
	old, now, at, wide := 0, 0, 0, utf8.RuneCountInString(mark)
	for _, i := range list {
		kept := utf8.RuneCountInString(s[at:i.start])
		b.WriteString(s[at:i.start])
		b.WriteString(mark)
		old, now = old+kept, now+kept
		gone := utf8.RuneCountInString(s[i.start:i.end])
		sh.cuts = append(sh.cuts, cut{old, old + gone, now, now + wide})
		old, now, at = old+gone, now+wide, i.end
	}
	b.WriteString(s[at:])
	return b.String(), sh
}

// place is where [start,end) is now. A border inside of what was replaced goes to
// its edge, so that what overlaps it holds the whole mark.
func (s shift) place(start, end int) (int, int) {
	if start == end {
		p := s.border(start, true)
		return p, p
	}
	return s.border(start, true), s.border(end, false)
}

func (s shift) border(p int, start bool) int {
	i := sort.Search(len(s.cuts), func(i int) bool {
		if start {
			return s.cuts[i].end > p
		}
		return s.cuts[i].end >= p
	})
	if i < len(s.cuts) {
		c := s.cuts[i]
		if start && c.start <= p {
			return c.from
		}
		if !start && c.start < p {
			return c.to
		}
	}
	if i == 0 {
		return p
	}
	return p - s.cuts[i-1].end + s.cuts[i-1].to
}

// touches says whether [start,end), old places, overlaps what was replaced; an
// empty range, whether it lies within.
func (s shift) touches(start, end int) bool {
	for _, c := range s.cuts {
		if start < c.end && c.start < end || start == end && c.start < start && start < c.end {
			return true
		}
	}
	return false
}

// points are intervals of bytes as intervals of code points; they are in order.
func points(s string, list []interval) []interval {
	out := make([]interval, 0, len(list))
	at, n := 0, 0
	to := func(b int) int {
		n += utf8.RuneCountInString(s[at:b])
		at = b
		return n
	}
	for _, i := range list {
		start := to(i.start)
		out = append(out, interval{start, to(i.end)})
	}
	return out
}

// bytesOf are intervals of code points of t as intervals of bytes.
func bytesOf(t *archive.Text) func(interval) interval {
	return func(i interval) interval { return interval{t.Byte(i.start), t.Byte(i.end)} }
}

func each(list []interval, f func(interval) interval) []interval {
	out := make([]interval, len(list))
	for n, i := range list {
		out[n] = f(i)
	}
	return out
}

// inSource are the words of the source text, code points, that a range of the
// reading text was made of: of a correction that it overlaps, all of the old ones.
func inSource(r *archive.Reading, i interval) interval {
	out := interval{r.ToSource(i.start), r.ToSource(i.end)}
	for _, s := range r.Spans() {
		if s.Start < i.end && i.start < s.End {
			out = interval{min(out.start, s.Fix.Anchor.Start.At), max(out.end, s.Fix.Anchor.End.At)}
		}
	}
	return out
}

// inReading is inSource the other way.
func inReading(r *archive.Reading, i interval) interval {
	out := interval{r.ToReading(i.start), r.ToReading(i.end)}
	for _, s := range r.Spans() {
		if s.Fix.Anchor.Start.At < i.end && i.start < s.Fix.Anchor.End.At {
			out = interval{min(out.start, s.Start), max(out.end, s.End)}
		}
	}
	return out
}
