package alike

import (
	"cmp"
	"slices"
	"strings"
)

// holders is inside how many longer texts one is looked for.
const holders = 64

// nested is a text of which the fingerprints are all in a longer one.
type nested struct{ outer, inner int32 } // ranks

// inside groups texts with those that stand wholly inside them and are not in one group with them already.
func (f *finder) inside() ([]Group, error) {
	found := f.nested()
	var groups []Group
	held := map[int32]bool{} // ranks that stand inside another
	of := map[int32][]int32{}
	words, at := "", int32(-1)
	for i, n := range found {
		f.checked++
		f.o.Progress(Comparing, f.checked, f.checked+len(found)-i-1)
		if n.outer != at {
			text, err := f.cache.folded(n.outer)
			if err != nil {
				return nil, err
			}
			words, at = string(text), n.outer
		}
		text, err := f.cache.folded(n.inner)
		if err != nil {
			return nil, err
		}
		if strings.Contains(words, string(text)) {
			of[n.outer], held[n.inner] = append(of[n.outer], n.inner), true
		}
	}
	for outer, inner := range of {
		if held[outer] {
			continue // all of them stand inside a longer one, which it is inside too
		}
		groups = append(groups, f.groupInside(outer, inner))
	}
	return groups, f.ctx.Err()
}

// groupInside is a text with those inside it. Of texts that are equal when folded the longer one is that whose bytes
// come first in the order of their digests: it hangs on nothing else.
func (f *finder) groupInside(outer int32, inner []int32) Group {
	g := Group{Within: -1, Likeness: 1}
	for _, n := range f.texts[f.order[outer]] {
		if g.Within < 0 || slices.Compare(f.raw[n][:], f.raw[g.Within][:]) < 0 {
			g.Within = int(n)
		}
	}
	g.Texts = []int{g.Within}
	for _, r := range inner {
		g.Likeness = min(g.Likeness, share(int(f.points[f.order[r]]), int(f.points[f.order[outer]])))
		for _, n := range f.texts[f.order[r]] {
			g.Texts = append(g.Texts, int(n))
		}
	}
	slices.Sort(g.Texts)
	return g
}

// nested finds, by fingerprints, which texts may stand inside which: what a text chooses of its windows a longer one
// chooses too. A text is looked up by the one of its fingerprints that the fewest have. They come by the longer text.
func (f *finder) nested() []nested {
	const bits = 22
	slot := func(finger uint32) uint32 { return finger * 0x9E3779B1 >> (32 - bits) }
	count := make([]uint16, 1<<bits)
	for _, e := range f.order {
		for _, finger := range f.fingers[e] {
			if c := &count[slot(finger)]; *c < 1<<16-1 {
				*c++
			}
		}
	}
	var rarest []uint64 // fingerprint << 32 | rank
	for r, e := range f.order {
		all := f.fingers[e]
		if len(all) == 0 {
			continue
		}
		best := slices.MinFunc(all, func(a, b uint32) int { return cmp.Or(cmp.Compare(count[slot(a)], count[slot(b)]), cmp.Compare(a, b)) })
		rarest = append(rarest, uint64(best)<<32|uint64(r))
	}
	slices.Sort(rarest)
	clear(count) // from here on: whether any text is looked up by it
	for _, x := range rarest {
		count[slot(uint32(x>>32))] = 1
	}
	var out []nested
	times := make([]uint8, len(f.order))
	for r, e := range f.order {
		for _, finger := range f.fingers[e] {
			if count[slot(finger)] == 0 {
				continue
			}
			i, _ := slices.BinarySearch(rarest, uint64(finger)<<32)
			for ; i < len(rarest) && uint32(rarest[i]>>32) == finger; i++ {
				inner := int32(uint32(rarest[i]))
				if times[inner] < holders && f.mayHold(int32(r), inner) {
					times[inner]++
					out = append(out, nested{int32(r), inner})
				}
			}
		}
	}
	return out
}

// mayHold says whether a text has every fingerprint of a shorter one that it is not in one group with.
func (f *finder) mayHold(outer, inner int32) bool {
	eo, ei := f.order[outer], f.order[inner]
	if outer == inner || f.points[eo] <= f.points[ei] || f.like.same(outer, inner) {
		return false
	}
	rest := f.fingers[eo]
	for _, finger := range f.fingers[ei] {
		i, there := slices.BinarySearch(rest, finger)
		if !there {
			return false
		}
		rest = rest[i:]
	}
	return true
}
