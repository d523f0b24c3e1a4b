package command

import (
	"slices"
	"strings"

	"fonds/app/template"
	"fonds/storage"
	"fonds/storage/query"
)

var facetsVerb = &verb{
	name: "facets", usage: "fonds facets ARCHIVE [--query Q] [--by KEY[,KEY…]] [--limit N] [--json]",
	summary: "how many documents have which tag, field value, year, status, mark …",
	help: `Counts the documents that were not removed, or those of --query, by each key of a
query and each field of the template. What is printed for a count is the condition
that finds these documents. A tag counts with all under it, a date by its year.`,
	flags: []flag{
		{"query", "Q", "only the documents that Q finds (`fonds help query`)"},
		{"by", "KEYS", "only these: tag, date, status … or fields, as creator"},
		{"limit", "N", "values of each, the most frequent; else 20, 0 for all"},
		jsonFlag,
	},
	min: 1, max: 1, run: runFacets,
}

// facetLine is a line of facets --json.
type facetLine struct {
	Key       string `json:"key"`
	Field     string `json:"field,omitempty"`
	Value     string `json:"value"`
	N         int    `json:"n"`
	Condition string `json:"condition"`
}

func runFacets(c *call) (err error) {
	most, err := c.number("limit", 20)
	if err != nil {
		return err
	}
	a, err := c.read()
	if err != nil {
		return err
	}
	defer finish(a, &err)
	facets, err := chosenFacets(c.template, c.listOf("by", ","))
	if err != nil {
		return err
	}
	for _, f := range facets {
		ask := most
		if most > 0 {
			ask++ // to know whether there are more
		}
		found, err := a.Facet(c.ctx, storage.Query{Search: c.flags["query"]}, f, ask)
		if err != nil {
			return err
		}
		more := most > 0 && len(found) > most && f.Key != query.Status && f.Key != query.Has && f.Key != query.Missing
		if more {
			found = found[:most]
		}
		if len(found) > 0 && !c.json() {
			c.printf("%s\n", strings.TrimSuffix(string(f.Key)+":"+fieldOf(f), ":"))
		}
		for _, n := range found {
			if c.json() {
				err = c.enc.Encode(facetLine{string(f.Key), fieldOf(f), n.Value, n.N, n.Condition()})
			} else {
				err = c.printf("  %8s  %s  %s\n", thousands(n.N), padded(short(n.Value, 40), 42), visible(n.Condition()))
			}
			if err != nil {
				return err
			}
		}
		if more && !c.json() {
			c.printf("  %8s  more: --limit 0 has all\n", "…")
		}
	}
	return nil
}

// fieldOf is the field that a facet is about, "" for none.
func fieldOf(f storage.Facet) string {
	if f.Key == query.Field {
		return f.Name
	}
	return ""
}

// chosenFacets are those of the keys and fields that are named; all where none is.
func chosenFacets(t *template.Template, named []string) (out []storage.Facet, err error) {
	all := storage.Facets(t.FieldIDs())
	if len(named) == 0 {
		return all, nil
	}
	for _, name := range named {
		key, field := query.Key(name), ""
		if at := slices.IndexFunc(all, func(f storage.Facet) bool { return f.Key == query.Missing && key == query.Missing }); at >= 0 {
			out = append(out, all[at])
			continue
		}
		if !slices.ContainsFunc(all, func(f storage.Facet) bool { return f.Key == key && f.Name == "" }) {
			var ok bool
			if key, field, ok = t.Names().Key(name); !ok || !slices.Contains(all, storage.Facet{Key: key, Name: field}) {
				return nil, usage("documents are not counted by %q; they are by status, tag, date, has, mark, by, assigned, package, format, encoding, lang, missing and the fields of the template", clip(name))
			}
		}
		out = append(out, storage.Facet{Key: key, Name: field})
	}
	return out, nil
}
