package archive

// maxTable bounds the table of align in cells (2 bytes each). Beyond it only the
// common beginning and end are matched, which is right for what people correct
// and cheap for what nobody does.
const maxTable = 4 << 20

// align matches the code points of a with those of b by a longest common
// subsequence: to[i] is the position in b of a[i], or -1. It is deterministic:
// the common beginning first, then the common end, then the earliest match.
func align(a, b []rune) (to []int) { return alignWithin(a, b, true) }

// alignWithin is align; without tables it matches the ends only.
func alignWithin(a, b []rune, tables bool) (to []int) {
	to = make([]int, len(a))
	for i := range to {
		to[i] = -1
	}
	lo := 0
	for lo < len(a) && lo < len(b) && a[lo] == b[lo] {
		to[lo] = lo
		lo++
	}
	ha, hb := len(a), len(b)
	for ha > lo && hb > lo && a[ha-1] == b[hb-1] {
		ha--
		hb--
		to[ha] = hb
	}
	n, m := ha-lo, hb-lo
	if !tables || n == 0 || m == 0 || (n+1)*(m+1) > maxTable || n > 60000 || m > 60000 {
		return to
	}
	// best[i][j] is the longest match of a[lo+i:ha] with b[lo+j:hb].
	w := m + 1
	best := make([]uint16, (n+1)*w)
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			if a[lo+i] == b[lo+j] {
				best[i*w+j] = best[(i+1)*w+j+1] + 1
			} else {
				best[i*w+j] = max(best[(i+1)*w+j], best[i*w+j+1])
			}
		}
	}
	for i, j := 0, 0; i < n && j < m; {
		switch {
		case a[lo+i] == b[lo+j]:
			to[lo+i] = lo + j
			i, j = i+1, j+1
		case best[(i+1)*w+j] >= best[i*w+j+1]:
			i++
		default:
			j++
		}
	}
	return to
}

// Changed says which code points of two texts are not in the other: of a, and of b,
// as ranges in their order.
func Changed(a, b string) (gone, come [][2]int) {
	ra, rb := []rune(a), []rune(b)
	to := align(ra, rb)
	kept := make([]bool, len(rb))
	gone = ranges(len(ra), func(i int) bool {
		if to[i] >= 0 {
			kept[to[i]] = true
		}
		return to[i] < 0
	})
	come = ranges(len(rb), func(i int) bool { return !kept[i] })
	return gone, come
}

// ranges are the runs of 0 ≤ i < n for which is holds, asked in their order.
func ranges(n int, is func(i int) bool) (out [][2]int) {
	for i := range n {
		switch {
		case !is(i):
		case len(out) > 0 && out[len(out)-1][1] == i:
			out[len(out)-1][1] = i + 1
		default:
			out = append(out, [2]int{i, i + 1})
		}
	}
	return out
}

// alignment is align of two texts, made once for all that lies in them.
type alignment struct {
	old, fresh int // their lengths
	to         []int
}

func aligned(old, fresh []rune) *alignment {
	return &alignment{len(old), len(fresh), align(old, fresh)}
}

// carry finds where the words [s,e) of the old text stand in the new one. ok is
// false unless every code point of them was matched, side by side. Where the range
// goes on beyond the old text (openStart, openEnd) it must also touch that end of
// the new one.
func (a *alignment) carry(s, e int, openStart, openEnd bool) (ns, ne int, ok bool) {
	if s == e {
		// Only an open end has an empty part here: it lies at that end.
		switch {
		case openStart && s == 0:
			return 0, 0, true
		case openEnd && e == a.old:
			return a.fresh, a.fresh, true
		}
		return 0, 0, false
	}
	ns = a.to[s]
	if ns < 0 {
		return 0, 0, false
	}
	for i := s; i < e; i++ {
		if a.to[i] != ns+i-s {
			return 0, 0, false
		}
	}
	ne = ns + e - s
	if openStart && ns != 0 || openEnd && ne != a.fresh {
		return 0, 0, false
	}
	return ns, ne, true
}
