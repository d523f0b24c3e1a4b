package storage

import (
	"fmt"
	"math/rand"
	"testing"

	"fonds/storage/archive"
	"fonds/storage/query"
)

// described gives the documents of listed tags, creators and dates of their own: rows
// alone.
func described(t testing.TB, a *Archive, n int) {
	t.Helper()
	for _, sql := range []string{
		`INSERT INTO items(id, doc, what, state, key, text, pos, by, at, rev, rev_by, rule, confidence, detail, anchor, confirmed, source, reason, recipe, replaces, decision, amends, first)
			SELECT 't'||n, id, 'tag', 'accepted', '类'||(n*7%23)||'/'||(n*13%11), '', 0, 'Zhang', 0, '', '', '', 0, '', NULL, '', '', '', '', '', NULL, '', '' FROM documents WHERE n<=?1`,
		`INSERT INTO items(id, doc, what, state, key, text, pos, by, at, rev, rev_by, rule, confidence, detail, anchor, confirmed, source, reason, recipe, replaces, decision, amends, first)
			SELECT 'v'||n, id, 'value', 'accepted', 'dcterms:creator', '第'||(n*31%997)||'局', 0, 'Zhang', 0, '', '', '', 0, '', NULL, '', '', '', '', '', NULL, '', '' FROM documents WHERE n<=?1`,
		`INSERT INTO texts(id, doc, n, sha256, recipe, text) SELECT n, id, 1, sha256, '{}', CAST(title AS BLOB) FROM documents WHERE n=?1`, // what comes in is numbered behind
		`UPDATE documents SET date=printf('%04d-%02d', 1949+n*17%70, 1+n%12), earliest=(1949+n*17%70)*10000+(1+n%12)*100+1, latest=(1949+n*17%70)*10000+(1+n%12)*100+28 WHERE n<=?1`,
	} {
		if _, err := a.w.Exec(sql, n); err != nil {
			t.Fatal(err)
		}
	}
}

// TestBenchLibrary: what an archive of a million documents counts, and what changing it
// costs, beside one of a thousand.
func TestBenchLibrary(t *testing.T) {
	needBench(t)
	const n, bulk = 1_000_000, 10_000
	a := listed(t, n)
	described(t, a, n)
	facets := []Facet{{Key: query.Status}, {Key: query.Tag}, {Key: query.Date}, {Key: query.Field, Name: "dcterms:creator"}, {Key: query.By}, {Key: query.Assigned}, {Key: query.Format}, {Key: query.Has}}
	for _, search := range []string{"", "银川", "司法厅"} {
		first, all := 0.0, 0.0
		for i, f := range facets {
			took := timed(func() {
				if _, err := a.Facet(ctx, Query{Search: search}, f, 500); err != nil {
					t.Fatal(err)
				}
			})
			if i == 0 {
				first = took
			}
			all += took
			t.Logf("BENCH   %q by %s%s: %.0f ms", search, f.Key, f.Name, took)
		}
		again := timed(func() {
			for _, f := range facets {
				if _, err := a.Facet(ctx, Query{Search: search}, f, 500); err != nil {
					t.Fatal(err)
				}
			}
		})
		t.Logf("BENCH facets of a million, of %q: the first after %.0f ms, all after %.0f ms, once more %.0f ms (to reach: 300, 2000; unfiltered 50)", search, first, all, again)
	}
	small := newArchive(t)
	var few []archive.ID
	for _, x := range []struct {
		a     *Archive
		count int
	}{{a, bulk}, {small, 1000}} {
		in := make(chan *archive.Incoming, 64)
		go func() {
			defer close(in)
			for i := range x.count {
				in <- incoming(fmt.Sprintf("new/%d.txt", i), noticeText(i, 300))
			}
		}()
		var ids []archive.ID
		if err := x.a.Import(ctx, "Zhang", in, func(r Imported) { ids = append(ids, r.ID) }); err != nil {
			t.Fatal(err)
		}
		few = append(few, ids[:1000]...)
		if x.a == a {
			edits := make([]*archive.Edit, len(ids))
			for i, id := range ids {
				edits[i] = tag("tag.add", id, "批量")
			}
			took := timed(func() {
				if _, err := a.ApplyMany(ctx, "Zhang", nil, edits...); err != nil {
					t.Fatal(err)
				}
			})
			undo := timed(func() {
				if _, err := a.Undo(ctx, "Zhang", false); err != nil {
					t.Fatal(err)
				}
			})
			t.Logf("BENCH a tag on %d of a million documents: %.0f ms, its undo %.0f ms (to reach: 1000, 1000)", bulk, took, undo)
		}
	}
	rng := rand.New(rand.NewSource(2))
	var big, little []float64
	for i := range 200 {
		k := rng.Intn(1000)
		big = append(big, timed(func() { mustApply(t, a, "Zhang", field(few[k], "dcterms:title", fmt.Sprint("题名", i))) }))
		little = append(little, timed(func() { mustApply(t, small, "Zhang", field(few[1000+k], "dcterms:title", fmt.Sprint("题名", i))) }))
	}
	t.Logf("BENCH one edit made durable at a million: %.2f ms, at a thousand %.2f ms, ratio %.2f (to reach: at most 1.5)", median(big), median(little), median(big)/median(little))
}
