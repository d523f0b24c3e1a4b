package storage

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"fonds/storage/archive"
	"fonds/storage/query"
)

// Facet is what the documents of a query are counted by: a key of a query, of a field
// with its id; of query.Missing the fields that are asked for, a line each (query.Asked).
type Facet struct {
	Key  query.Key
	Name string
}

// FacetCount is a value of a facet with how many of the documents have it. With is
// the query narrowed to these.
type FacetCount struct {
	Facet
	Value string
	N     int
}

// Condition is the value as a condition of a query, or several that have to hold all.
func (c FacetCount) Condition() string {
	n := &query.Node{Key: c.Key, Name: c.Name, Value: c.Value}
	switch c.Key {
	case query.Missing:
		n.Name = ""
		n = c.asked().Narrow(n)
	case query.Field, query.Date:
		n.Exact = true
	case query.Mark:
		n.Name, n.Value = c.Value, ""
	}
	return n.String()
}

// Facets lists what documents can be counted by; fields are the ids of those that are
// wanted, required of those in which something has to be: lines, as query.Asked writes them.
func Facets(fields, required []string) []Facet {
	out := []Facet{{Key: query.Status}, {Key: query.Tag}, {Key: query.Date}, {Key: query.Has}, {Key: query.Mark}, {Key: query.By},
		{Key: query.Assigned}, {Key: query.Package}, {Key: query.Format}, {Key: query.Encoding}, {Key: query.Language}}
	if len(required) > 0 {
		out = append(out, Facet{query.Missing, strings.Join(required, "\n")})
	}
	for _, f := range fields {
		out = append(out, Facet{query.Field, f})
	}
	return out
}

// Facet counts the documents of a query by a facet: the values that most of them have,
// the most frequent first, years and statuses in their order; most 0 is all. Dates are
// counted by the year in which they lie, or else the decade or the century, tags with all that lie under them.
func (a *Archive) Facet(ctx context.Context, q Query, f Facet, most int) ([]FacetCount, error) {
	l, err := a.lookup(ctx, q.Search)
	if err != nil {
		return nil, err
	}
	a.censuses.mu.Lock()
	defer a.censuses.mu.Unlock()
	c := &facets{a: a, ctx: ctx, f: f}
	if c.set, err = a.setOf(ctx, q, l, f.Key == query.Status); err != nil {
		return nil, explain(a.path, err)
	}
	out, err := c.count()
	return c.cut(out, most), explain(a.path, err)
}

// facets counts one facet.
type facets struct {
	a   *Archive
	ctx context.Context
	f   Facet
	set *set
}

func (c *facets) count() ([]FacetCount, error) {
	switch c.f.Key {
	case query.Missing:
		return c.missing()
	case query.Has:
		return c.things()
	}
	if censusOf[c.f.Key] == "" {
		return nil, nil
	}
	t, err := c.a.census(c.ctx, c.f)
	if err != nil {
		return nil, err
	}
	counts := map[string]int{}
	if c.f.Key == query.Tag {
		counts = withAbove(t, c.set)
	} else {
		for i, n := range t.count(c.set) {
			counts[t.values[i]] = n
		}
	}
	switch c.f.Key {
	case query.Language:
		counts = withNarrower(counts)
	case query.Package:
		if counts, err = c.a.packageNames(c.ctx, counts); err != nil {
			return nil, err
		}
	}
	var out []FacetCount
	for value, n := range counts {
		if n > 0 && c.askable(value) {
			out = append(out, FacetCount{c.f, value, n})
		}
	}
	slices.SortFunc(out, func(a, b FacetCount) int { return cmp.Or(b.N-a.N, strings.Compare(a.Value, b.Value)) })
	return out, nil
}

// mostValue is how many code points a value has that can be asked for.
const mostValue = 500

// askable says whether a query can ask for a value.
func (c *facets) askable(value string) bool { return utf8.RuneCountInString(value) <= mostValue }

// cut leaves the first of the counts, and puts years, statuses and tags into their order.
func (c *facets) cut(out []FacetCount, most int) []FacetCount {
	var order func(a, b FacetCount) int
	switch c.f.Key {
	case query.Status:
		order = func(a, b FacetCount) int {
			return slices.Index(archive.Statuses(), archive.Status(a.Value)) - slices.Index(archive.Statuses(), archive.Status(b.Value))
		}
		most = 0
	case query.Has, query.Missing:
		return out
	case query.Date:
		order = func(a, b FacetCount) int { return laterPeriod(a.Value, b.Value) }
	case query.Tag:
		order = func(a, b FacetCount) int { return strings.Compare(a.Value, b.Value) }
	}
	if most > 0 && c.f.Key != query.Date {
		out = out[:min(most, len(out))]
	}
	if order != nil {
		slices.SortFunc(out, order)
	}
	if most > 0 {
		out = out[:min(most, len(out))]
	}
	return out
}

// withAbove counts each tag with those under it, a document once for each.
func withAbove(t *census, s *set) map[string]int {
	var names []string
	index := map[string]int{}
	add := func(tag string) int {
		i, ok := index[tag]
		if !ok {
			i = len(names)
			names, index[tag] = append(names, tag), i
		}
		return i
	}
	above := make([][]int, len(t.values)) // of each tag, with itself
	for i, tag := range t.values {
		for {
			above[i] = append(above[i], add(tag))
			at := strings.LastIndexByte(tag, '/')
			if at < 0 {
				break
			}
			tag = tag[:at]
		}
	}
	counts, last := make([]int, len(names)), make([]int, len(names))
	doc := 0
	t.each(s, func(values []uint64) {
		doc++
		for _, v := range values {
			for _, i := range above[v&(1<<32-1)] {
				if last[i] != doc {
					last[i] = doc
					counts[i]++
				}
			}
		}
	})
	out := map[string]int{}
	for i, n := range counts {
		out[names[i]] = n
	}
	return out
}

// withNarrower counts each language with those that are more exactly it: zh with zh-Hans.
func withNarrower(counts map[string]int) map[string]int {
	out := maps.Clone(counts)
	for wide := range counts {
		for narrow, n := range counts {
			if strings.HasPrefix(narrow, wide+"-") {
				out[wide] += n
			}
		}
	}
	return out
}

// packageNames are counts by the names of packages in the place of their ids.
func (a *Archive) packageNames(ctx context.Context, counts map[string]int) (map[string]int, error) {
	self, err := a.Self(ctx)
	if err != nil {
		return nil, err
	}
	out := map[string]int{}
	for id, n := range counts {
		if it := self.Item(archive.ID(id)); it != nil {
			out[it.Key] += n
		}
	}
	return out, nil
}

// things counts what documents have.
func (c *facets) things() (out []FacetCount, err error) {
	t, err := c.a.census(c.ctx, c.f)
	if err != nil {
		return nil, err
	}
	counts := map[string]int{}
	for i, n := range t.count(c.set) {
		mask, err := strconv.ParseInt(t.values[i], 10, 64)
		if err != nil {
			return nil, fmt.Errorf("what documents have: %w", ErrDamaged)
		}
		for thing, bit := range hasBits {
			if mask&bit != 0 {
				counts[thing] += n
			}
		}
	}
	again, err := c.a.lookAgain(c.ctx)
	if err != nil {
		return nil, err
	}
	for _, n := range again {
		if c.set.has(n) {
			counts["look-again"]++
		}
	}
	for _, thing := range query.Things() {
		if counts[thing] > 0 {
			out = append(out, FacetCount{c.f, thing, counts[thing]})
		}
	}
	return out, nil
}

// bracketed is a query that something can be put behind.
func bracketed(n *query.Node) string {
	if n != nil && n.Op == query.Or {
		return "(" + n.String() + ")"
	}
	return n.String()
}

// Narrowed is a query with one more condition.
func Narrowed(search, condition string) string {
	n, err := Parse(search)
	if err != nil {
		return search + " " + condition // which says what is wrong with it
	}
	return strings.TrimSpace(bracketed(n) + " " + condition)
}

// Narrows says whether a query is narrowed by a condition: whether that is all of it, or
// one of several that have to hold.
func Narrows(search, condition string) bool {
	n, err := Parse(search)
	if err != nil || n == nil {
		return false
	}
	for _, part := range parts(condition) {
		if !slices.ContainsFunc(conditions(n), func(k *query.Node) bool { return k.String() == part }) {
			return false
		}
	}
	return true
}

// Widened is a query without a condition that narrows it.
func Widened(search, condition string) string {
	n, err := Parse(search)
	if err != nil || n == nil {
		return search
	}
	drop := parts(condition)
	left := slices.DeleteFunc(slices.Clone(conditions(n)), func(k *query.Node) bool { return slices.Contains(drop, k.String()) })
	switch len(left) {
	case 0:
		return ""
	case 1:
		return left[0].String()
	}
	return (&query.Node{Op: query.And, Kids: left}).String()
}

// parts are the conditions of which one is made.
func parts(condition string) []string {
	n, err := Parse(condition)
	if err != nil || n == nil {
		return []string{condition}
	}
	var out []string
	for _, k := range conditions(n) {
		out = append(out, k.String())
	}
	return out
}

// conditions are those that have to hold all.
func conditions(n *query.Node) []*query.Node {
	if n.Op == query.And {
		return n.Kids
	}
	return []*query.Node{n}
}
