package storage

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fonds/storage/archive"
)

// TestBenchQueue times the queue of a reviewer with 100,000 open proposals over
// 30,000 documents of 8 KB: what the screen asks before it shows anything, its
// counts, and what opening the next proposal reads.
func TestBenchQueue(t *testing.T) {
	needBench(t)
	a := newArchive(t)
	ids, _ := fill(t, a, 30_000) // three of a machine each
	mustApply(t, a, "Zhang", person("Li", "reviewer"), person("Wang", "archivist"), &archive.Edit{Do: "policy.set", Review: "everything"})
	var edits []*archive.Edit
	for i, id := range ids[:10_000] {
		edits = append(edits, tag("tag.add", id, []string{"党建", "监狱", "会议", "审计"}[i%4]))
	}
	mustApply(t, a, "Wang", edits...)
	best := func(f func() int) (ms float64, n int) {
		var took []float64
		for range 7 {
			start := time.Now()
			n = f()
			took = append(took, float64(time.Since(start).Microseconds())/1000)
		}
		return median(took), n
	}
	say := func(what string, ms float64, n int, want string) {
		t.Logf("BENCH %-46s %10.4g %-12s (%d; to reach: %s)", what, ms, "ms", n, want)
	}
	places := func(q Queue, limit int) func() int {
		return func() int {
			p, err := a.QueuePlaces(ctx, q, limit)
			if err != nil {
				t.Fatal(err)
			}
			return len(p)
		}
	}
	var bare int
	floor, _ := best(func() int {
		if err := a.pool.QueryRow("SELECT count(*) FROM items WHERE state='proposed'").Scan(&bare); err != nil {
			t.Fatal(err)
		}
		return bare
	})
	say("counting 100,000 open proposals, bare", floor, bare, "the floor of the next")
	first, n := best(func() int {
		p, err := a.QueuePlaces(ctx, Queue{}, 200)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := a.QueueRows(ctx, p)
		if err != nil {
			t.Fatal(err)
		}
		return len(rows)
	})
	say("the first 200 of the queue, with their words", first, n, "200 with the counts")
	all, n := best(places(Queue{}, 0))
	say("  where all are", all, n, "in the background")
	groups, n := best(func() int {
		g, err := a.QueueGroups(ctx, Queue{})
		if err != nil {
			t.Fatal(err)
		}
		return len(g)
	})
	say("  counts for every filter at once", groups, n, fmt.Sprintf("200 with the first page; ratio to bare %.1f", groups/floor))
	text := "司法厅"
	for what, q := range map[string]Queue{"of a kind": {What: archive.ATag}, "of a person": {By: "Wang"}, "of a machine": {By: Machine},
		"of a field": {What: archive.AValue, Key: "dcterms:date"}, "that say the same": {What: archive.AValue, Key: "dcterms:creator", Text: &text},
		"of a folder": {Folder: "notices/1"}, "of today": {Since: time.Now().Add(-24 * time.Hour)}, "of a package, none": {Package: "x"}} {
		ms, n := best(places(q, 0))
		say("  where all are "+what, ms, n, "200")
	}
	next, n := best(func() int {
		d := mustDocument(t, a, ids[777])
		r, err := d.Reading()
		if err != nil {
			t.Fatal(err)
		}
		return r.Text().Len()
	})
	say("  the next document of 8 KB, read", next, n, "20 of the 80 until it is painted")
}

// TestBenchDecide times decisions on many proposals as one step, and its undo,
// beside the same rows inserted bare.
func TestBenchDecide(t *testing.T) {
	needBench(t)
	for _, b := range []struct {
		what       string
		docs, each int
		make       func(doc archive.ID, k int) *archive.Edit
		reach      float64 // seconds
	}{
		{"10,000 fields of 10,000 documents", 10_000, 1, func(doc archive.ID, _ int) *archive.Edit { return field(doc, "dcterms:creator", "司法厅") }, 1.5},
		{"10,000 titles of 10,000 documents", 10_000, 1, func(doc archive.ID, _ int) *archive.Edit { return field(doc, title, "推进会") }, 1.5},
		{"10,000 tags of 10,000 documents", 10_000, 1, func(doc archive.ID, _ int) *archive.Edit { return tag("tag.add", doc, "党建/会议") }, 1.5},
		{"10,000 tags of 100 documents", 100, 100, func(doc archive.ID, k int) *archive.Edit { return tag("tag.add", doc, fmt.Sprint("签", k)) }, 1.5},
		{"10,000 corrections in 1,000 texts of 8 KB", 1000, 10, func(doc archive.ID, k int) *archive.Edit {
			return fix(doc, 20+k*200, 22+k*200, "", "更正")
		}, 15},
	} {
		a := newArchive(t)
		ids, _ := fill(t, a, b.docs)
		mustApply(t, a, "Zhang", person("Li", "reviewer"), &archive.Edit{Do: "policy.set", Review: "everything"})
		var edits, decisions []*archive.Edit
		for _, id := range ids {
			for k := range b.each {
				edits = append(edits, b.make(id, k))
			}
		}
		for _, r := range mustApply(t, a, "Wang", edits...) {
			decisions = append(decisions, &archive.Edit{Do: "decide", Doc: string(r.Doc), On: string(r.Item), Verdict: "approve"})
		}
		var got, undone, bare []float64
		for range 3 {
			start := time.Now()
			done := 0
			res, err := a.ApplyMany(ctx, "Li", func(n int) { done = n }, decisions...)
			if err != nil || done != len(decisions) || res[0].Err != nil {
				t.Fatal(err, done, res[0].Err)
			}
			got = append(got, time.Since(start).Seconds())
			bare = append(bare, bareRows(t, a, len(decisions)))
			start = time.Now()
			if u, err := a.Undo(ctx, "Li", false); err != nil || u.Ops != len(decisions) {
				t.Fatal(err, u.Ops)
			}
			undone = append(undone, time.Since(start).Seconds())
		}
		report(t, "approving "+b.what, "s", got, bare, fmt.Sprintf("%g s", b.reach))
		report(t, "  its undo", "s", undone, bare, fmt.Sprintf("%g s", b.reach))
		a.Close()
	}
}

// bareRows is how long the rows of the last n operations take that are inserted
// bare into an empty file, in seconds.
func bareRows(t *testing.T, a *Archive, n int) float64 {
	t.Helper()
	from := allOf(t, a, fmt.Sprintf("SELECT max(n)-%d FROM log", n))[0][0]
	rows := map[string][][]any{}
	for _, table := range []string{"log", "bodies", "outcomes"} {
		rows[table] = allOf(t, a, fmt.Sprintf("SELECT * FROM %s WHERE n>%v", table, from))
	}
	rows["items"] = allOf(t, a, "SELECT * FROM items WHERE state='accepted' AND doc<>''")
	b, err := sql.Open("sqlite3", "file:"+filepath.Join(t.TempDir(), "bare.fonds")+"?_journal=WAL&_sync=FULL")
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	b.SetMaxOpenConns(1)
	if err := migrate(context.Background(), b); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	tx, err := b.Begin()
	if err != nil {
		t.Fatal(err)
	}
	for table, all := range rows {
		query := "INSERT INTO " + table + " VALUES(" + strings.TrimSuffix(strings.Repeat("?,", len(all[0])), ",") + ")"
		for _, row := range all {
			if _, err := tx.Exec(query, row...); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	return time.Since(start).Seconds()
}
