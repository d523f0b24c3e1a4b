package textlayout

import "sort"

// Span is a range of a text in code points, half open.
type Span struct{ Start, End int }

// Len is the length in code points.
func (s Span) Len() int { return s.End - s.Start }

// Intervals finds the spans that touch a range. Immutable.
type Intervals struct {
	spans []Span  // sorted by start, then the longer first
	index []int   // where each was in the slice handed in
	reach []int   // a heap of size leaves: the largest end below each node
	size  int     // a power of two
	lane  []uint8 // see Lane
}

// NewIntervals indexes spans; they may overlap, repeat and be empty.
func NewIntervals(spans []Span) *Intervals {
	n := len(spans)
	v := &Intervals{spans: make([]Span, n), index: make([]int, n), lane: make([]uint8, n)}
	for i := range v.index {
		v.index[i] = i
	}
	sort.SliceStable(v.index, func(a, b int) bool {
		x, y := spans[v.index[a]], spans[v.index[b]]
		if x.Start != y.Start {
			return x.Start < y.Start
		}
		return x.End > y.End
	})
	for i, k := range v.index {
		v.spans[i] = spans[k]
	}
	for v.size = 1; v.size < n; {
		v.size *= 2
	}
	v.reach = make([]int, 2*v.size)
	for i := range v.reach {
		v.reach[i] = -1
	}
	for i, s := range v.spans {
		v.reach[v.size+i] = s.End
	}
	for i := v.size - 1; i > 0; i-- {
		v.reach[i] = max(v.reach[2*i], v.reach[2*i+1])
	}
	v.stack()
	return v
}

// MaxLanes bounds how many overlapping spans are drawn apart.
const MaxLanes = 4

// stack gives every span the lowest lane that is free where it begins.
func (v *Intervals) stack() {
	var ends [MaxLanes]int
	for i, s := range v.spans {
		lane := MaxLanes - 1
		for k, e := range ends {
			if e <= s.Start {
				lane = k
				break
			}
		}
		v.lane[i] = uint8(lane)
		ends[lane] = max(ends[lane], s.End)
	}
}

// Each calls f with the index, as handed in, of every span that shares a code
// point with [start, end), and of every empty one in [start, end], in order of
// their starts. The lane is where among overlapping spans it is drawn, from 0.
func (v *Intervals) Each(start, end int, f func(index int, s Span, lane int)) {
	n := len(v.spans)
	start = max(start, 0)
	hi := sort.Search(n, func(i int) bool { return v.spans[i].Start > end })
	for i := v.seek(0, start); i >= 0 && i < hi; i = v.seek(i+1, start) {
		s := v.spans[i]
		if s.Start < end && s.End > start || s.Start == s.End && s.Start >= start {
			f(v.index[i], s, int(v.lane[i]))
		}
	}
}

// seek is the first span from index i on whose end is at or after start, or -1.
func (v *Intervals) seek(i, start int) int {
	if i >= len(v.spans) {
		return -1
	}
	k := i + v.size
	for v.reach[k] < start {
		for k&1 == 1 { // a right child: up
			k /= 2
		}
		if k == 0 {
			return -1
		}
		k++ // to the right neighbour
	}
	for k < v.size {
		if k *= 2; v.reach[k] < start {
			k++
		}
	}
	return k - v.size
}
