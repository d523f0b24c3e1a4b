package alike

import (
	"bytes"
	"cmp"
	"slices"
)

const (
	// few is up to how many entries all pairs of a group are compared.
	few = 12
	// many is from how many entries on pairs that hang together already are not compared.
	many = 64
)

// edge is two ranks and how like they are.
type edge struct {
	a, b int32
	like float64
}

// places counts the pairs that are to be compared, group of candidates by group, and puts them in that order.
func (f *finder) places() {
	slices.SortStableFunc(f.pairs, func(x, y uint64) int {
		return cmp.Compare(f.near.root(int32(x>>32)), f.near.root(int32(y>>32)))
	})
	f.toCheck = len(f.pairs)
	f.cache = cache{f: f, sets: map[int32]*kept{}}
	f.like = newForest(len(f.order))
}

// compare proves candidates and makes groups of what is like enough.
func (f *finder) compare() ([]Group, error) {
	var groups []Group
	grouped := make([]bool, len(f.order))
	for from := 0; from < len(f.pairs); {
		root := f.near.root(int32(f.pairs[from] >> 32))
		to := from + 1
		for to < len(f.pairs) && f.near.root(int32(f.pairs[to]>>32)) == root {
			to++
		}
		edges, err := f.prove(f.pairs[from:to])
		if err != nil {
			return nil, err
		}
		for _, g := range f.bind(edges) {
			for _, r := range g.ranks {
				grouped[r] = true
			}
			groups = append(groups, f.group(g.ranks, g.like))
		}
		from = to
	}
	for r, e := range f.order {
		if !grouped[r] && len(f.texts[e]) > 1 {
			groups = append(groups, f.group([]int32{int32(r)}, 1))
		}
	}
	return groups, f.ctx.Err()
}

// prove compares pairs of one group of candidates on their texts.
func (f *finder) prove(pairs []uint64) (edges []edge, err error) {
	seen := map[int32]bool{}
	for _, p := range pairs {
		seen[int32(p>>32)], seen[int32(uint32(p))] = true, true
	}
	all := pairs
	if len(seen) <= few && len(seen) > 2 {
		ranks := make([]int32, 0, len(seen))
		for r := range seen {
			ranks = append(ranks, r)
		}
		slices.Sort(ranks)
		all = nil
		for i, a := range ranks {
			for _, b := range ranks[i+1:] {
				all = append(all, uint64(a)<<32|uint64(b))
			}
		}
	}
	f.toCheck += len(all) - len(pairs)
	for _, p := range all {
		f.checked++
		f.o.Progress(Comparing, f.checked, f.toCheck)
		a, b := int32(p>>32), int32(uint32(p))
		if len(seen) > many && f.like.same(a, b) {
			continue
		}
		like, err := f.likeness(a, b)
		if err != nil {
			return nil, err
		}
		if like >= f.o.Least {
			f.like.join(a, b)
			edges = append(edges, edge{a, b, like})
		}
	}
	return edges, nil
}

// likeness compares two texts.
func (f *finder) likeness(a, b int32) (float64, error) {
	na, nb := int(f.points[f.order[a]]), int(f.points[f.order[b]])
	if share(na, nb) < f.o.Least {
		return 0, nil
	}
	sa, err := f.cache.set(a)
	if err != nil {
		return 0, err
	}
	sb, err := f.cache.set(b)
	if err != nil {
		return 0, err
	}
	return likeness(sa, sb, na, nb), nil
}

// bound is ranks that hang together by likenesses of like or more.
type bound struct {
	ranks []int32
	like  float64
}

// bind makes of the pairs of one group of candidates what hangs together: from the most alike down, so that the last
// that connects anything says by how much it does (Kruskal 1956).
func (f *finder) bind(edges []edge) []bound {
	slices.SortFunc(edges, func(x, y edge) int {
		return cmp.Or(cmp.Compare(y.like, x.like), cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b))
	})
	root := map[int32]int32{}
	var find func(r int32) int32
	find = func(r int32) int32 {
		up, there := root[r]
		if !there {
			root[r] = r
			return r
		}
		if up != r {
			up = find(up)
			root[r] = up
		}
		return up
	}
	like := map[int32]float64{}
	for _, e := range edges {
		if a, b := find(e.a), find(e.b); a != b {
			root[max(a, b)] = min(a, b)
			like[min(a, b)] = e.like
		}
	}
	members := map[int32][]int32{}
	for r := range root {
		members[find(r)] = append(members[find(r)], r)
	}
	var out []bound
	for r, all := range members {
		slices.Sort(all)
		out = append(out, bound{all, like[r]})
	}
	slices.SortFunc(out, func(x, y bound) int { return cmp.Compare(x.ranks[0], y.ranks[0]) })
	return out
}

// group is the texts of some ranks.
func (f *finder) group(ranks []int32, like float64) Group {
	g := Group{Likeness: like, Exact: true, Within: -1}
	for _, r := range ranks {
		for _, n := range f.texts[f.order[r]] {
			g.Texts = append(g.Texts, int(n))
		}
	}
	slices.Sort(g.Texts)
	for _, n := range g.Texts[1:] {
		g.Exact = g.Exact && bytes.Equal(f.raw[n][:], f.raw[g.Texts[0]][:])
	}
	return g
}

// cached is how many hashes the sets of texts that were read again have together, 8 bytes each, unless one alone has
// more.
const cached = 2 << 20

// cache reads texts again, and keeps the sets of those that were asked for last.
type cache struct {
	f    *finder
	sets map[int32]*kept
	size int // hashes
	tick int
	text []rune

	hashes []uint64
}

// kept is a set with when it was asked for.
type kept struct {
	set  []uint64
	used int
}

// folded reads the text of a rank; it counts until the next.
func (c *cache) folded(rank int32) ([]rune, error) {
	if err := c.f.ctx.Err(); err != nil {
		return nil, err
	}
	text, err := c.f.src.Text(c.f.ctx, int(c.f.texts[c.f.order[rank]][0]))
	if err != nil {
		return nil, err
	}
	c.text = fold(c.text[:0], text)
	return c.text, nil
}

// set is the set of shingles of a rank.
func (c *cache) set(rank int32) ([]uint64, error) {
	c.tick++
	if k := c.sets[rank]; k != nil {
		k.used = c.tick
		return k.set, nil
	}
	text, err := c.folded(rank)
	if err != nil {
		return nil, err
	}
	c.hashes = shingles(c.hashes[:0], text)
	k := &kept{slices.Clone(set(c.hashes)), c.tick} // no more than there are: a text may repeat itself
	if c.size += len(k.set); c.size > cached {
		c.drop()
	}
	c.sets[rank] = k
	return k.set, nil
}

// drop forgets the half of the sets that was asked for longest ago.
func (c *cache) drop() {
	var used []int
	for _, k := range c.sets {
		used = append(used, k.used)
	}
	if len(used) == 0 {
		return
	}
	slices.Sort(used)
	for r, k := range c.sets {
		if k.used <= used[len(used)/2] {
			c.size -= len(k.set)
			delete(c.sets, r)
		}
	}
}
