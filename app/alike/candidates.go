package alike

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// finder is one Find on its way. From here on entries go by their ranks.
type finder struct {
	ctx context.Context
	src Source
	o   Options
	*shelf
	pairs   []uint64 // of candidates: the lesser rank << 32 | the other, in order
	near    *forest  // ranks that candidates connect
	like    *forest  // ranks that likeness connects
	cache   cache
	checked int // pairs that were compared
	toCheck int
}

const (
	// missed is how many of the pairs that are as like as was asked for may be no candidates.
	missed = 0.001
	// doubt is how much less the signatures may say than the texts: four and a half standard deviations of 128 values
	// at a likeness of 0.8.
	doubt = 0.16
	// company is how many others of a band each text is compared with, where there are more.
	company = 32
)

// rows is how many values make a band, so that few enough pairs are missed and few others come in.
func rows(least float64) int {
	for r := 16; r > 1; r-- {
		if math.Pow(1-math.Pow(least, float64(r)), float64(values/r)) <= missed {
			return r
		}
	}
	return 1
}

// candidates finds pairs that agree in a band and whose signatures are like enough.
func (f *finder) candidates() {
	n := len(f.order)
	f.near = newForest(n)
	found, degree := map[uint64]struct{}{}, make([]uint8, n)
	row := rows(f.o.Least)
	band := make([]uint64, 0, n)
	for at := 0; at+row <= values && f.ctx.Err() == nil; at += row {
		band = band[:0]
		for rank, e := range f.order {
			if f.signed[e] {
				band = append(band, bandHash(f.sign(e)[at:at+row])&^(1<<32-1)|uint64(rank))
			}
		}
		slices.Sort(band)
		for from := 0; from < len(band); {
			to := from + 1
			for to < len(band) && band[to]>>32 == band[from]>>32 {
				to++
			}
			f.bucket(band[from:to], found, degree)
			from = to
		}
	}
	for p := range found {
		f.pairs = append(f.pairs, p)
	}
	slices.Sort(f.pairs)
}

func bandHash(vs []uint32) uint64 {
	h := uint64(0)
	for _, v := range vs {
		h = mix(h*base + uint64(v))
	}
	return h
}

// bucket looks at the pairs of texts that agree in a band: all of them where they are few, else each with those at the
// beginning and those just before it, by their lengths.
func (f *finder) bucket(all []uint64, found map[uint64]struct{}, degree []uint8) {
	if len(all) > company {
		long := func(x uint64) int32 { return f.points[f.order[uint32(x)]] }
		slices.SortFunc(all, func(x, y uint64) int { return cmp.Or(cmp.Compare(long(x), long(y)), cmp.Compare(x, y)) })
	}
	for j := 1; j < len(all); j++ {
		for i := range j {
			if len(all) > company && i >= company/2 && i < j-company/2 {
				continue
			}
			a, b := int32(uint32(all[i])), int32(uint32(all[j]))
			f.pair(min(a, b), max(a, b), found, degree)
		}
	}
}

// pair keeps a pair of ranks, a before b, that may be like enough. Ranks that hang together already by many pairs need
// no more.
func (f *finder) pair(a, b int32, found map[uint64]struct{}, degree []uint8) {
	ea, eb := f.order[a], f.order[b]
	if share(int(f.points[ea]), int(f.points[eb])) < f.o.Least {
		return
	}
	if degree[a] >= company/2 && degree[b] >= company/2 && f.near.same(a, b) {
		return
	}
	key := uint64(a)<<32 | uint64(b)
	if _, there := found[key]; there {
		return
	}
	sa, sb, same := f.sign(ea), f.sign(eb), 0
	for i := range sa {
		if sa[i] == sb[i] {
			same++
		}
	}
	if float64(same) < (f.o.Least-doubt)*values {
		return
	}
	found[key] = struct{}{}
	f.near.join(a, b)
	degree[a], degree[b] = min(degree[a]+1, company), min(degree[b]+1, company)
}

// forest says what is connected (union-find; Tarjan 1975).
type forest struct{ up []int32 }

func newForest(n int) *forest {
	f := &forest{make([]int32, n)}
	for i := range f.up {
		f.up[i] = int32(i)
	}
	return f
}

// root is the least of all that a is connected with.
func (f *forest) root(a int32) int32 {
	for f.up[a] != a {
		f.up[a] = f.up[f.up[a]]
		a = f.up[a]
	}
	return a
}

func (f *forest) same(a, b int32) bool { return f.root(a) == f.root(b) }

// join connects two.
func (f *forest) join(a, b int32) {
	a, b = f.root(a), f.root(b)
	f.up[max(a, b)] = min(a, b)
}
