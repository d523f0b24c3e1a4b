package storage

import (
	"context"
	"slices"
	"strings"

	"fonds/storage/archive"
	"fonds/storage/query"
)

// Facet is what the documents of a query are counted by: a key of a query, of a field
// with its id; of query.Missing the ids of the fields that are asked for, a line each.
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

// Condition is the value as a condition of a query.
func (c FacetCount) Condition() string {
	n := &query.Node{Key: c.Key, Name: c.Name, Value: c.Value}
	switch c.Key {
	case query.Missing:
		n.Name = ""
	case query.Field:
		n.Exact = true
	case query.Mark:
		n.Name, n.Value = c.Value, ""
	}
	return n.String()
}

// Facets lists what documents can be counted by; fields are the ids of those that are
// wanted, required of those in which something has to be.
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
// counted by years, tags with all that lie under them.
func (a *Archive) Facet(ctx context.Context, q Query, f Facet, most int) ([]FacetCount, error) {
	l, err := a.lookup(ctx, q.Search)
	if err != nil {
		return nil, err
	}
	c := &facets{a: a, ctx: ctx, q: q, l: l, f: f, most: most}
	out, err := c.count()
	return out, explain(a.path, err)
}

// facets counts one facet.
type facets struct {
	a    *Archive
	ctx  context.Context
	q    Query
	l    lookup
	f    Facet
	most int
}

// all says whether the query narrows nothing, so that an index of items says it all
// but for the documents that were removed.
func (c *facets) all() bool { return c.q == Query{} }

func (c *facets) count() ([]FacetCount, error) {
	switch c.f.Key {
	case query.Status:
		return c.statuses()
	case query.Date:
		return c.ask("SELECT substr(date,1,4), count(*) FROM documents WHERE date<>'' AND {where} GROUP BY 1 ORDER BY 1 DESC")
	case query.Tag:
		return c.tags()
	case query.Mark:
		return c.ofItems("i.key", "what='mark' AND state='accepted'")
	case query.Field:
		return c.ofItems("i.text", "what='value' AND state='accepted' AND key={name}")
	case query.By:
		return c.ask("SELECT actor, count(DISTINCT subject) FROM log WHERE kind<>'document.import' AND subject IN (SELECT id FROM documents WHERE {where}) GROUP BY 1 ORDER BY 2 DESC, 1")
	case query.Assigned:
		return c.ask("SELECT assignee, count(*) FROM documents WHERE assignee<>'' AND {where} GROUP BY 1 ORDER BY 2 DESC, 1")
	case query.Package:
		return c.ask("SELECT (SELECT key FROM items WHERE doc='' AND id=package), count(*) FROM documents WHERE package<>'' AND {where} GROUP BY package ORDER BY 2 DESC, 1")
	case query.Format, query.Encoding:
		return c.ask("SELECT info->>'$." + string(c.f.Key) + "', count(*) FROM documents WHERE {where} GROUP BY 1 ORDER BY 2 DESC, 1")
	case query.Language:
		return c.languages()
	case query.Has:
		return c.each(query.Things())
	case query.Missing:
		return c.each(strings.Split(c.f.Name, "\n"))
	}
	return nil, nil
}

// ask runs a SELECT of values and counts.
func (c *facets) ask(sql string) ([]FacetCount, error) {
	where, args := c.q.where(c.l)
	f := &finder{args: args}
	sql = strings.ReplaceAll(sql, "{where}", where)
	if strings.Contains(sql, "{name}") {
		sql = strings.ReplaceAll(sql, "{name}", f.arg(c.f.Name))
	}
	if c.most > 0 {
		sql += " LIMIT " + f.arg(c.most)
	}
	rows, err := c.a.r.QueryContext(c.ctx, sql, f.args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []FacetCount
	for rows.Next() {
		n := FacetCount{Facet: c.f}
		var value *string
		if err := rows.Scan(&value, &n.N); err != nil {
			return nil, err
		}
		if value != nil && *value != "" {
			n.Value = *value
			out = append(out, n)
		}
	}
	return out, rows.Err()
}

// ofItems counts by items, each document once for each value.
func (c *facets) ofItems(value, which string) ([]FacetCount, error) {
	among := " AND doc IN (SELECT id FROM documents WHERE {where})"
	if c.all() {
		among = " AND doc NOT IN (SELECT id FROM documents WHERE status='removed') AND {where}"
		c.q.removed = true // {where} is true then
	}
	return c.ask("SELECT " + value + ", count(DISTINCT doc) FROM items i WHERE " + which + among + " GROUP BY 1 ORDER BY 2 DESC, 1")
}

func (c *facets) statuses() (out []FacetCount, err error) {
	c.q.removed = true
	found, err := c.ask("SELECT status, count(*) FROM documents WHERE {where} GROUP BY 1")
	for _, st := range archive.Statuses() {
		if i := slices.IndexFunc(found, func(n FacetCount) bool { return n.Value == string(st) }); i >= 0 {
			out = append(out, found[i])
		}
	}
	return out, err
}

// languages counts each language with those that are more exactly it: zh with zh-Hans.
func (c *facets) languages() ([]FacetCount, error) {
	most := c.most
	c.most = 0
	found, err := c.ask("SELECT ifnull(info->>'$.language',''), count(*) FROM documents WHERE {where} GROUP BY 1 ORDER BY 2 DESC, 1")
	out := slices.Clone(found)
	for i := range out {
		for _, n := range found {
			if strings.HasPrefix(n.Value, out[i].Value+"-") {
				out[i].N += n.N
			}
		}
	}
	slices.SortStableFunc(out, func(a, b FacetCount) int { return b.N - a.N })
	if most > 0 {
		out = out[:min(most, len(out))]
	}
	return out, err
}

// tags counts each tag with those under it.
func (c *facets) tags() ([]FacetCount, error) {
	most := c.most
	c.most = 0
	found, err := c.ofItems("i.key", "what='tag' AND state='accepted'")
	if err != nil {
		return nil, err
	}
	counts, deep := map[string]int{}, map[string]bool{}
	for _, n := range found {
		counts[n.Value] = n.N
		for tag := n.Value; ; {
			i := strings.LastIndexByte(tag, '/')
			if i < 0 {
				break
			}
			tag = tag[:i]
			deep[tag] = true
		}
	}
	for tag := range deep {
		narrowed := c.q
		narrowed.removed = false
		condition := FacetCount{Facet: c.f, Value: tag}.Condition()
		narrowed.Search = strings.TrimSpace(bracketed(c.l.node) + " " + condition)
		if counts[tag], err = c.a.Count(c.ctx, narrowed); err != nil {
			return nil, err
		}
	}
	var out []FacetCount
	for tag, n := range counts {
		out = append(out, FacetCount{c.f, tag, n})
	}
	slices.SortFunc(out, func(a, b FacetCount) int { return strings.Compare(a.Value, b.Value) })
	if most > 0 && len(out) > most {
		slices.SortStableFunc(out, func(a, b FacetCount) int { return b.N - a.N })
		out = out[:most]
		slices.SortFunc(out, func(a, b FacetCount) int { return strings.Compare(a.Value, b.Value) })
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

// each counts values that are known before, and leaves out those that no document has.
func (c *facets) each(values []string) (out []FacetCount, err error) {
	for _, value := range values {
		narrowed := c.q
		n := FacetCount{Facet: c.f, Value: value}
		narrowed.Search = strings.TrimSpace(bracketed(c.l.node) + " " + n.Condition())
		if n.N, err = c.a.Count(c.ctx, narrowed); err != nil {
			return nil, err
		}
		if n.N > 0 {
			out = append(out, n)
		}
	}
	return out, nil
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
	return err == nil && n != nil && slices.ContainsFunc(conditions(n), func(k *query.Node) bool { return k.String() == condition })
}

// Widened is a query without a condition that narrows it.
func Widened(search, condition string) string {
	n, err := Parse(search)
	if err != nil || n == nil {
		return search
	}
	left := slices.DeleteFunc(slices.Clone(conditions(n)), func(k *query.Node) bool { return k.String() == condition })
	switch len(left) {
	case 0:
		return ""
	case 1:
		return left[0].String()
	}
	return (&query.Node{Op: query.And, Kids: left}).String()
}

// conditions are those that have to hold all.
func conditions(n *query.Node) []*query.Node {
	if n.Op == query.And {
		return n.Kids
	}
	return []*query.Node{n}
}
