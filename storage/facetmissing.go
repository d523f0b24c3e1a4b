package storage

import (
	"slices"
	"strings"

	"fonds/storage/query"
)

// This file counts in which fields something is missing, of the documents of which it is
// asked for.

// asked says of which documents a field is asked for.
type asked struct {
	field  string   // that is asked for
	by     string   // the field that decides it, "" where it is asked for of all
	values []string // of that one
	only   bool     // with these alone; else with all but these
}

// readAsked reads a line of the name of a facet of what is missing.
func readAsked(line string) asked {
	parts := strings.Split(line, "\t")
	k := asked{field: parts[0]}
	if len(parts) < 3 || len(parts[1]) < 2 {
		return k
	}
	k.only, k.by, k.values = parts[1][0] == '+', parts[1][1:], parts[2:]
	return k
}

// asked is of which documents the field is asked for that the count is about.
func (c FacetCount) asked() asked {
	for line := range strings.SplitSeq(c.Name, "\n") {
		if k := readAsked(line); k.field == c.Value {
			return k
		}
	}
	return asked{field: c.Value}
}

// narrow puts beside a condition that the field is asked for.
func (k asked) narrow(n *query.Node) *query.Node {
	var some []*query.Node
	for _, v := range k.values {
		some = append(some, &query.Node{Key: query.Field, Name: k.by, Value: v, Exact: true})
	}
	switch {
	case len(some) == 0:
		return n
	case k.only && len(some) == 1:
		return &query.Node{Op: query.And, Kids: []*query.Node{n, some[0]}}
	case k.only:
		return &query.Node{Op: query.And, Kids: []*query.Node{n, {Op: query.Or, Kids: some}}}
	}
	kids := []*query.Node{n}
	for _, s := range some {
		kids = append(kids, &query.Node{Op: query.Not, Kids: []*query.Node{s}})
	}
	return &query.Node{Op: query.And, Kids: kids}
}

// missing counts for each field the documents in which nothing is in force, of those of
// which it is asked for.
func (c *facets) missing() (out []FacetCount, err error) {
	all, err := c.a.setSize(c.ctx, c.set)
	if err != nil {
		return nil, err
	}
	for line := range strings.SplitSeq(c.f.Name, "\n") {
		k := readAsked(line)
		there, err := c.a.census(c.ctx, Facet{query.Missing, k.field})
		if err != nil {
			return nil, err
		}
		n := all
		if k.by == "" {
			for _, has := range there.count(c.set) { // one value, "there"
				n -= has
			}
		} else if n, err = c.missingSome(k, there, all); err != nil {
			return nil, err
		}
		if n > 0 {
			out = append(out, FacetCount{c.f, k.field, n})
		}
	}
	return out, nil
}

// missingSome counts the documents in which nothing is in force where something is asked
// for of some of them alone; there are those that have it.
func (c *facets) missingSome(k asked, there *census, all int) (int, error) {
	by, err := c.a.census(c.ctx, Facet{query.Field, k.by})
	if err != nil {
		return 0, err
	}
	has := make([]int64, 0, len(there.at))
	for _, x := range there.at {
		has = append(has, int64(x>>32))
	}
	bits := bitsOf(has)
	named, last := 0, int64(-1) // those that lack it and have one of the values; each is counted once
	for _, x := range by.at {
		n := int64(x >> 32)
		if !c.set.has(n) || bit(bits, n) || n == last || !slices.Contains(k.values, by.values[x&(1<<32-1)]) {
			continue
		}
		last = n
		named++
	}
	if k.only {
		return named, nil
	}
	lacking := all
	for _, n := range there.count(c.set) {
		lacking -= n
	}
	return lacking - named, nil
}
