package storage

import (
	"math/rand"
	"slices"
	"strings"
	"testing"

	"fonds/storage/archive"
	"fonds/storage/query"
)

// TestFacets: what a facet counts is what the query narrowed to it has, and together
// they leave nothing out.
func TestFacets(t *testing.T) {
	rng := rand.New(rand.NewSource(3))
	a, _ := shelf(t, rng, 80)
	counted := 0
	for range 40 {
		q := Query{Search: randomQuery(rng, 0)}
		if rng.Intn(4) == 0 {
			q = Query{}
		}
		if rng.Intn(4) == 0 {
			q.Status = archive.InProgress
		}
		for _, f := range Facets([]string{"dcterms:creator", "dcterms:title", "nobody:has"}, []string{"dcterms:creator", "dcterms:date", "nobody:has",
			query.Asked{Field: "dcterms:title", By: []query.AskedBy{{Field: "dcterms:creator", Values: []string{"司法厅", "财政厅 Office"}}}}.String(),
			query.Asked{Field: "dcterms:source", By: []query.AskedBy{{Field: "dcterms:creator", Values: []string{"司法厅"}, Only: true}}}.String(),
			query.Asked{Field: "dcterms:subject", By: []query.AskedBy{{Field: "dcterms:creator", Values: []string{"司法厅", "司法廳"}, Only: true}, {Field: "dcterms:date", Values: []string{"2010", "2015-11"}}}}.String()}) {
			all, err := a.Facet(ctx, q, f, 0)
			if err != nil {
				t.Fatalf("%+v by %v: %v", q, f, err)
			}
			sum := 0
			for _, n := range all {
				counted++
				sum += n.N
				narrowed := q
				narrowed.Search = Narrowed(q.Search, n.Condition())
				if f.Key == query.Status && n.Value == string(archive.Removed) && q.Status == "" {
					narrowed.removed = true
				}
				want, err := a.Count(ctx, narrowed)
				if err != nil || want != n.N || n.N == 0 {
					t.Fatalf("%+v: %s counts %d, and %q has %d, %v", q, n.Condition(), n.N, narrowed.Search, want, err)
				}
			}
			if few, err := a.Facet(ctx, q, f, 2); err != nil || f.Key != query.Has && f.Key != query.Status && f.Key != query.Missing && len(few) > 2 {
				t.Fatalf("%d of at most 2, %v", len(few), err)
			}
			if n, _ := a.Count(ctx, q); f.Key == query.Format && sum != n {
				t.Fatalf("%+v: the formats are %d documents of %d", q, sum, n)
			}
		}
	}
	if counted < 300 {
		t.Errorf("only %d were counted", counted)
	}
	if _, err := a.Facet(ctx, Query{Search: "("}, Facet{Key: query.Tag}, 0); err == nil || !strings.Contains(err.Error(), "bracket") {
		t.Errorf("of what cannot be read: %v", err)
	}
}

// TestFacetsAgain: counts that are mended after changes are those that are made anew.
func TestFacetsAgain(t *testing.T) {
	rng := rand.New(rand.NewSource(11))
	a, ids := shelf(t, rng, 40)
	facets := Facets([]string{"dcterms:creator"}, []string{"dcterms:creator", "dcterms:date"})
	for round := range rounds(40, 200) {
		for range rng.Intn(4) {
			id := ids[rng.Intn(len(ids))]
			edits := []*archive.Edit{tag("tag.add", id, []string{"党建", "党建/会议", "新"}[rng.Intn(3)]), tag("tag.remove", id, "党建"), field(id, "dcterms:creator", []string{"司法厅", "局"}[rng.Intn(2)]),
				field(id, "dcterms:date", []string{"2015", "1999"}[rng.Intn(2)]), {Do: "document.remove", Doc: string(id)}, {Do: "document.restore", Doc: string(id)}}
			if rng.Intn(6) == 0 {
				if _, err := a.Undo(ctx, "Wang", true); err != nil && refusedAs(err) == "" {
					t.Fatal(err)
				}
				continue
			}
			if _, err := a.ApplyEach(ctx, "Wang", edits[rng.Intn(len(edits))]); err != nil {
				t.Fatal(err)
			}
		}
		q := Query{Search: []string{"", "会议", "tag:党建"}[rng.Intn(3)]}
		for _, f := range facets {
			got, err := a.Facet(ctx, q, f, 0)
			if err != nil {
				t.Fatal(err)
			}
			known, set := a.censuses.known, a.censuses.set
			a.censuses.known, a.censuses.set = nil, nil
			want, err := a.Facet(ctx, q, f, 0)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(got, want) {
				t.Fatalf("round %d, %q by %s: %v, made anew %v", round, q.Search, f.Key, got, want)
			}
			if rng.Intn(2) == 0 {
				a.censuses.known, a.censuses.set = known, set
			}
		}
	}
}
