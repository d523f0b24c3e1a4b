package export

import (
	"cmp"
	"slices"
	"strings"

	"fonds/app/i18n"
	"fonds/app/template"
	"fonds/storage/archive"
)

// This file writes a description in levels (ISAD(G) 2): the units from the fonds down, under
// each what lies in it, each with what is said of itself and nothing that a higher level
// says already (2.4).

// The elements that each level has in its heading or that are counted where nobody says them.
const (
	isadDate   = "3.1.3"
	isadLevel  = "3.1.4"
	isadExtent = "3.1.5"
)

// element is a field of the template as an element of ISAD(G).
type element struct {
	template.Field
	number string // as 3.3.1
}

// elements are those of the template by their numbers; where it maps none, those that the
// program's own template of ISAD(G) maps.
func (g *lister) elements() []element {
	of := func(t *template.Template) (out []element) {
		for _, f := range t.Fields {
			if n := f.Map["isadg"]; n != "" && n != isadLevel && f.ID != archive.TitleField && f.ID != g.roles.ref {
				out = append(out, element{f, n})
			}
		}
		return out
	}
	out := of(g.t)
	if len(out) == 0 {
		if t, err := template.Read("isadg"); err == nil {
			out = of(t)
		}
	}
	slices.SortStableFunc(out, func(a, b element) int { return strings.Compare(a.number, b.number) })
	return out
}

// repeats says whether what a level says was said above it; dates and extents are of each
// level its own.
func (e *element) repeats(above, values []string) bool {
	return e.number != isadDate && e.number != isadExtent && slices.Equal(above, values)
}

// block is a unit of description on paper.
type block struct {
	depth  int
	level  string
	code   string
	title  string
	values []string // by elements, "" for nothing
}

// levels writes the description.
func (g *lister) levels() error {
	elements := g.elements()
	g.all = 2 * len(g.items)
	sums, err := g.sums()
	if err != nil {
		return err
	}
	heads := []string{g.say("list.level"), g.say("ref"), g.say("doc-title")}
	for _, e := range elements {
		heads = append(heads, cmp.Or(e.Label[g.s.tags[0]], e.Label[i18n.Default], e.ID))
	}
	if err := g.paper.leaf(g.say("list-isadg"), g.under()); err != nil {
		return err
	}
	if err := g.paper.blocks(heads); err != nil {
		return err
	}
	root := 0
	if g.top != nil {
		root = g.top.Depth
	}
	items, n := g.items, 0
	docs := func(u *archive.Unit, depth int) error {
		m := 0
		for m < len(items) && items[m].unit == u {
			m++
		}
		mine := items[:m]
		items, n = items[m:], n+m
		return g.each(mine, nil, func(_ placedItem, e *listed) error { return g.paper.block(g.item(e, elements, depth)) })
	}
	units := 0
	for _, u := range g.units() {
		if g.Query != "" && sums[u] == nil {
			continue
		}
		units++
		if err := g.paper.block(g.unit(u, elements, sums[u], u.Depth-root)); err != nil {
			return err
		}
		if err := docs(u, u.Depth-root+1); err != nil {
			return err
		}
	}
	if len(items) > 0 && units > 0 { // those that lie in none
		if err := g.paper.block(block{title: g.say("list.nowhere"), values: make([]string, len(elements))}); err != nil {
			return err
		}
	}
	if err := docs(nil, min(units, 1)); err != nil {
		return err
	}
	return g.paper.foot(g.say("list.levels", "units", units, "n", n))
}

// sums counts for each unit what lies in it and in all under it.
func (g *lister) sums() (map[*archive.Unit]*sum, error) {
	out := map[*archive.Unit]*sum{}
	err := g.each(g.items, nil, func(at placedItem, e *listed) error {
		if at.unit != nil {
			if out[at.unit] == nil {
				out[at.unit] = &sum{}
			}
			out[at.unit].add(e)
		}
		return nil
	})
	all := g.units()
	for _, u := range slices.Backward(all) { // those in a unit stand behind it
		if k := out[u]; k != nil && u.Over != nil && u != g.top {
			if out[u.Over] == nil {
				out[u.Over] = &sum{}
			}
			out[u.Over].join(k)
		}
	}
	return out, err
}

// unit describes a unit; dates and extent are counted where it says none.
func (g *lister) unit(u *archive.Unit, elements []element, k *sum, depth int) block {
	b := block{depth: depth, level: i18n.In(g.s.tags[0], "level."+string(u.Level)), code: g.code(u), title: named(u.Title)}
	said := map[string]bool{}
	for _, e := range elements {
		v := u.Values[e.ID]
		switch above, _ := u.Over.Inherited(e.ID); {
		case u == g.top && len(v) == 0 && e.Inherit: // what is above it is not on this paper
			v = above
		case u != g.top && e.repeats(above, v):
			v = nil
		}
		said[e.number] = said[e.number] || len(v) > 0
		b.values = append(b.values, g.words(e, v))
	}
	if k == nil {
		return b
	}
	for i, e := range elements {
		switch {
		case said[e.number]:
			continue
		case e.ID == archive.DateField:
			b.values[i] = k.dated(g)
		case e.ID == "dcterms:extent" && k.pages > 0 && k.unpaged == 0:
			b.values[i] = g.say("list.extent.pages", "n", k.docs, "pages", k.pages)
		case e.ID == "dcterms:extent":
			b.values[i] = g.say("list.extent", "n", k.docs)
		}
	}
	return b
}

// item describes a document.
func (g *lister) item(e *listed, elements []element, depth int) block {
	ref, _ := e.codes()
	b := block{depth: depth, level: i18n.In(g.s.tags[0], "level."+string(archive.AtItem)), code: ref, title: named(e.d.Title())}
	for _, el := range elements {
		v, stated := e.values(el.ID)
		if above, _ := e.unit.Inherited(el.ID); el.repeats(above, v) {
			v = nil
		}
		if words := g.words(el, v); stated {
			b.values = append(b.values, words)
		} else {
			b.values = append(b.values, NotStated(g.s.tags[0]))
		}
	}
	return b
}

// words are values of an element: of a choice what it is called.
func (g *lister) words(e element, values []string) string {
	if e.ID == archive.DateField {
		return g.s.joined(values)
	}
	out := g.called(e.ID, values)
	if e.Long() {
		return strings.Join(out, "\n")
	}
	return g.s.joined(out)
}
