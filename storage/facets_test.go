package storage

import (
	"math/rand"
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
		for _, f := range Facets([]string{"dcterms:creator", "dcterms:title", "nobody:has"}, []string{"dcterms:creator", "dcterms:date", "nobody:has"}) {
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
