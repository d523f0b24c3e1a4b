package alike

import "slices"

// Change is a stretch of one text in the place of a stretch of another: code points from ≤ i < to of each, either of
// which may be empty.
type Change struct{ OldFrom, OldTo, NewFrom, NewTo int }

// MostCompared is how many code points of a text Compare looks at.
const MostCompared = 300_000

// Compare says where two texts differ, in order: between the changes they are equal, code point by code point. Of texts
// over MostCompared code points only the beginning is compared, and whole is false. It takes time in proportion to the
// texts, and is the same every time: what stands once in each of them holds them together (Cohen 2010, "patience"), and
// between such places what remains is matched by a longest common subsequence where that is short.
func Compare(old, fresh string) (changes []Change, whole bool) {
	a, b := []rune(old), []rune(fresh)
	whole = len(a) <= MostCompared && len(b) <= MostCompared
	d := differ{a: a[:min(len(a), MostCompared)], b: b[:min(len(b), MostCompared)]}
	d.between(0, len(d.a), 0, len(d.b), spans)
	d.change(len(d.a), len(d.b))
	return d.out, whole
}

// spans are the lengths, in code points, of the stretches that hold texts together, one after the other.
var spans = []int{32, 12, 5}

// table is how many cells the table of a longest common subsequence has at most, 2 bytes each.
const table = 1 << 20

// differ gathers what differs, from the beginning on.
type differ struct {
	a, b         []rune
	doneA, doneB int // until where all is said
	out          []Change
}

// same says that n code points at i and j are equal.
func (d *differ) same(i, j, n int) {
	if n > 0 {
		d.change(i, j)
		d.doneA, d.doneB = i+n, j+n
	}
}

// change says that what is not said yet before i and j differs.
func (d *differ) change(i, j int) {
	if i > d.doneA || j > d.doneB {
		d.out = append(d.out, Change{d.doneA, i, d.doneB, j})
	}
}

// between compares a[i:ie] with b[j:je].
func (d *differ) between(i, ie, j, je int, spans []int) {
	n := 0
	for i+n < ie && j+n < je && d.a[i+n] == d.b[j+n] {
		n++
	}
	d.same(i, j, n)
	i, j = i+n, j+n
	n = 0
	for i < ie-n && j < je-n && d.a[ie-n-1] == d.b[je-n-1] {
		n++
	}
	endA, endB := ie-n, je-n
	switch {
	case i == endA || j == endB:
	case (endA-i+1)*(endB-j+1) <= table:
		d.longest(i, endA, j, endB)
	case len(spans) > 0:
		d.anchored(i, endA, j, endB, spans)
	}
	d.same(endA, endB, n)
}

// anchored finds stretches that stand once in each, in an order that both keep, and compares what lies between.
func (d *differ) anchored(i, ie, j, je int, spans []int) {
	for _, at := range increasing(d.unique(i, ie, j, je, spans[0])) {
		if at[0] < i || at[1] < j {
			continue // within the one before
		}
		n := spans[0]
		d.between(i, at[0], j, at[1], spans[1:])
		for at[0]+n < ie && at[1]+n < je && d.a[at[0]+n] == d.b[at[1]+n] {
			n++
		}
		d.same(at[0], at[1], n)
		i, j = at[0]+n, at[1]+n
	}
	d.between(i, ie, j, je, spans[1:])
}

// unique lists where stretches of n code points stand that are once in each, in the order of a.
func (d *differ) unique(i, ie, j, je, n int) (out [][2]int) {
	type once struct{ inA, inB int } // -1: not there, -2: more than once
	found := map[uint64]*once{}
	each := func(text []rune, from, to int, see func(*once, int)) {
		power := uint64(1)
		for range n {
			power *= base
		}
		sum := uint64(0)
		for k := from; k < to; k++ {
			sum = sum*base + uint64(text[k])
			if k-from >= n {
				sum -= uint64(text[k-n]) * power
			}
			if k-from >= n-1 {
				h := mix(sum)
				if found[h] == nil {
					found[h] = &once{-1, -1}
				}
				see(found[h], k-n+1)
			}
		}
	}
	note := func(at *int, k int) {
		if *at == -1 {
			*at = k
		} else {
			*at = -2
		}
	}
	each(d.a, i, ie, func(o *once, k int) { note(&o.inA, k) })
	each(d.b, j, je, func(o *once, k int) { note(&o.inB, k) })
	for _, o := range found {
		if o.inA >= 0 && o.inB >= 0 && slices.Equal(d.a[o.inA:o.inA+n], d.b[o.inB:o.inB+n]) {
			out = append(out, [2]int{o.inA, o.inB})
		}
	}
	slices.SortFunc(out, func(x, y [2]int) int { return x[0] - y[0] })
	return out
}

// increasing is the longest choice of pairs, ordered by their first, whose seconds increase too (Schensted 1961).
func increasing(all [][2]int) [][2]int {
	var ends []int // of each length, the pair that ends it lowest
	before := make([]int, len(all))
	for k, p := range all {
		at, _ := slices.BinarySearchFunc(ends, p[1], func(e, second int) int { return all[e][1] - second })
		before[k] = -1
		if at > 0 {
			before[k] = ends[at-1]
		}
		if at == len(ends) {
			ends = append(ends, k)
		} else {
			ends[at] = k
		}
	}
	var out [][2]int
	if len(ends) > 0 {
		for k := ends[len(ends)-1]; k >= 0; k = before[k] {
			out = append(out, all[k])
		}
	}
	slices.Reverse(out)
	return out
}

// longest matches a[i:ie] with b[j:je] by a longest common subsequence, the earliest match first. Matches of a code
// point alone between changes say nothing to a reader and are passed over.
func (d *differ) longest(i, ie, j, je int) {
	n, m := ie-i, je-j
	w := m + 1
	best := make([]uint16, (n+1)*w)
	for x := n - 1; x >= 0; x-- {
		for y := m - 1; y >= 0; y-- {
			if d.a[i+x] == d.b[j+y] {
				best[x*w+y] = best[(x+1)*w+y+1] + 1
			} else {
				best[x*w+y] = max(best[(x+1)*w+y], best[x*w+y+1])
			}
		}
	}
	for x, y := 0, 0; x < n && y < m; {
		switch {
		case d.a[i+x] == d.b[j+y]:
			run := 1
			for x+run < n && y+run < m && d.a[i+x+run] == d.b[j+y+run] {
				run++
			}
			if run > 1 {
				d.same(i+x, j+y, run)
			}
			x, y = x+run, y+run
		case best[(x+1)*w+y] >= best[x*w+y+1]:
			x++
		default:
			y++
		}
	}
}
