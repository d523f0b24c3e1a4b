package storage

import (
	"slices"
	"strings"

	"fonds/storage/query"
)

// This file counts in which fields something is missing, of the documents of which it is
// asked for.

// asked is of which documents the field is asked for that the count is about.
func (c FacetCount) asked() query.Asked {
	for line := range strings.SplitSeq(c.Name, "\n") {
		if k := query.ReadAsked(line); k.Field == c.Value {
			return k
		}
	}
	return query.Asked{Field: c.Value}
}

// missing counts for each field the documents in which nothing is in force, of those of
// which it is asked for.
func (c *facets) missing() (out []FacetCount, err error) {
	all, err := c.a.setSize(c.ctx, c.set)
	if err != nil {
		return nil, err
	}
	for line := range strings.SplitSeq(c.f.Name, "\n") {
		k := query.ReadAsked(line)
		there, err := c.a.census(c.ctx, Facet{query.Missing, k.Field})
		if err != nil {
			return nil, err
		}
		n := all
		if len(k.By) == 0 {
			for _, has := range there.count(c.set) { // one value, "there"
				n -= has
			}
		} else if n, err = c.missingSome(k, there); err != nil {
			return nil, err
		}
		if n > 0 {
			out = append(out, FacetCount{c.f, k.Field, n})
		}
	}
	return out, nil
}

// missingSome counts the documents in which nothing is in force where something is asked
// for of some of them alone; there are those that have it.
func (c *facets) missingSome(k query.Asked, there *census) (int, error) {
	has := there.bits(nil)
	with := make([][]uint64, len(k.By))
	for i, by := range k.By {
		t, err := c.a.census(c.ctx, Facet{query.Field, by.Field})
		if err != nil {
			return 0, err
		}
		with[i] = t.bits(by.Values)
	}
	every, err := c.a.census(c.ctx, Facet{Key: query.Status}) // each document once
	if err != nil {
		return 0, err
	}
	n := 0
	for _, x := range every.at {
		doc := int64(x >> 32)
		if !c.set.has(doc) || bit(has, doc) {
			continue
		}
		asked := true
		for i, by := range k.By {
			asked = asked && bit(with[i], doc) == by.Only
		}
		if asked {
			n++
		}
	}
	return n, nil
}

// bits are the documents that have one of some values, nil for any.
func (t *census) bits(values []string) []uint64 {
	wanted := make([]bool, len(t.values))
	for i, v := range t.values {
		wanted[i] = values == nil || slices.Contains(values, v)
	}
	var out []int64
	for _, x := range t.at {
		if wanted[x&(1<<32-1)] {
			out = append(out, int64(x>>32))
		}
	}
	return bitsOf(out)
}
