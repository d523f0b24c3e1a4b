package storage

import (
	"context"
	"errors"
	"fmt"
	"math/rand"
	"strings"
	"testing"

	"fonds/storage/archive"
)

// derivedOf is every derived row of the file as text, the words of the index and
// the numbers of the texts included; rows are named by their operations, because
// log.n is a matter of arrival.
func derivedOf(t *testing.T, a *Archive) string {
	t.Helper()
	var b strings.Builder
	if _, err := a.w.Exec("CREATE VIRTUAL TABLE IF NOT EXISTS temp.words USING fts5vocab('main', 'search', 'instance')"); err != nil {
		t.Fatal(err)
	}
	for _, q := range []string{
		"SELECT 'outcome', l.id, o.outcome, o.effect, o.undone_by FROM log l LEFT JOIN outcomes o ON o.n=l.n ORDER BY l.id",
		"SELECT 'more outcomes', count(*) FROM outcomes WHERE n NOT IN (SELECT n FROM log)",
		"SELECT 'document', * FROM documents ORDER BY n",
		"SELECT 'item', * FROM items ORDER BY id",
		"SELECT 'passage', id, hex(hash) FROM passages ORDER BY id",
		"SELECT 'words', doc, group_concat(term || ' ' || offset, ' ') FROM (SELECT * FROM temp.words ORDER BY doc, offset) GROUP BY doc ORDER BY doc",
		"SELECT 'text', id, doc, n, sha256 FROM texts ORDER BY id",
		"SELECT 'kind', * FROM kinds ORDER BY kind, version"} {
		rows, err := a.w.Query(q)
		if err != nil {
			t.Fatal(err)
		}
		cols, _ := rows.Columns()
		for rows.Next() {
			vals, ptrs := make([]any, len(cols)), make([]any, len(cols))
			for i := range vals {
				ptrs[i] = &vals[i]
			}
			if err := rows.Scan(ptrs...); err != nil {
				t.Fatal(err)
			}
			fmt.Fprintln(&b, vals...)
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		rows.Close()
	}
	return b.String()
}

// equalRows says where two dumps part.
func equalRows(t *testing.T, what, got, want string) {
	t.Helper()
	if got == want {
		return
	}
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := 0; i < len(g) && i < len(w); i++ {
		if g[i] != w[i] {
			t.Fatalf("%s: the rows differ:\n%.600s\nwant\n%.600s", what, g[i], w[i])
		}
	}
	t.Fatalf("%s: %d rows, want %d", what, len(g), len(w))
}

func mustRebuild(t testing.TB, a *Archive) {
	t.Helper()
	if err := a.Rebuild(ctx, nil); err != nil {
		t.Fatal(err)
	}
}

// worked is an archive that several people have worked on, with work undone,
// imports undone and redone, tags and notes.
func worked(t *testing.T, seed int64) *Archive {
	t.Helper()
	rng := rand.New(rand.NewSource(seed))
	a := newArchive(t)
	var docs []*archive.Incoming
	for i := 0; i < 4; i++ {
		docs = append(docs, incoming(fmt.Sprintf("%d.txt", i), noticeText(int(seed)*10+i, 40+i*1500),
			archive.Proposal{Field: "dcterms:title", Value: "第" + fmt.Sprint(i), Start: 0, End: 2, Rule: "r", Confidence: 0.9}))
	}
	ids := bring(t, a, append(docs, scanIn("scan.png", 3))...)
	gone := bring(t, a, incoming("gone.txt", noticeText(int(seed), 50)))
	for turn := 0; turn < 2; turn++ {
		if _, err := a.Undo(ctx, "Zhang", false); err != nil {
			t.Fatal(err)
		}
		if turn == 0 {
			if _, err := a.Redo(ctx, "Zhang", false); err != nil {
				t.Fatal(err)
			}
		}
	}
	bring(t, a, incoming("after.txt", noticeText(int(seed)*10+7, 60)))
	for i := 0; i < 60; i++ {
		actor := people[rng.Intn(len(people))]
		var err error
		switch rng.Intn(6) {
		case 0:
			if lastKind(t, a, actor) != "document.import" {
				_, err = a.Undo(ctx, actor, true)
			}
		case 1:
			_, err = a.Redo(ctx, actor, true)
		default:
			_, err = a.Apply(ctx, actor, randomEdit(rng, mustDocument(t, a, ids[rng.Intn(len(ids))])))
		}
		if err != nil && !refusal(err) {
			t.Fatal(err)
		}
	}
	if _, err := a.Find(ctx, string(gone[0])); err == nil {
		t.Fatal("the import that was undone is still there")
	}
	return a
}

// TestRebuild: what was derived is there again, to the last row, whatever had
// become of it.
func TestRebuild(t *testing.T) {
	harm := []string{
		"",
		"DELETE FROM outcomes; DELETE FROM documents; DELETE FROM items; DELETE FROM passages; DELETE FROM kinds; INSERT INTO search(search) VALUES('delete-all')",
		"UPDATE items SET text=text||'x', doc='y'; UPDATE documents SET n=n+100, status='approved'; INSERT INTO kinds VALUES('a kind',9)",
		"UPDATE outcomes SET outcome='conflict', undone_by=NULL; INSERT INTO outcomes VALUES(100000,'applied',NULL,NULL); DELETE FROM search WHERE rowid%2=0",
		"UPDATE texts SET id=id+1000; UPDATE texts SET id=1 WHERE id=1003; INSERT INTO search(rowid, words) VALUES(99,'what nobody wrote')",
	}
	for seed := int64(0); seed < int64(rounds(5, 200)); seed++ {
		a := worked(t, seed)
		want := derivedOf(t, a)
		if do := harm[seed%int64(len(harm))]; do != "" {
			if _, err := a.w.Exec(do); err != nil {
				t.Fatal(err)
			}
		}
		var told, total int
		if err := a.Rebuild(ctx, func(_ string, done, of int) { told, total = done, of }); err != nil {
			t.Fatal(err)
		}
		if told == 0 || told != total {
			t.Errorf("seed %d: the last that was told is %d of %d", seed, told, total)
		}
		equalRows(t, fmt.Sprintf("seed %d", seed), derivedOf(t, a), want)
		mustVerify(t, a)
		bring(t, a, incoming("later.txt", noticeText(5000, 50))) // it goes on as if nothing had been
		mustVerify(t, a)
	}
}

// TestRebuildStops: a rebuild that is stopped, or fails, changes nothing.
func TestRebuildStops(t *testing.T) {
	a := worked(t, 3)
	edits := []*archive.Edit{}
	id := bring(t, a, incoming("many.txt", noticeText(77, 100)))[0]
	for i := 0; i < 3000; i++ {
		edits = append(edits, tag("tag.add", id, fmt.Sprintf("t/%d", i)))
	}
	mustApply(t, a, "Zhang", edits...)
	want := derivedOf(t, a)
	stopped, stop := context.WithCancel(ctx)
	err := a.Rebuild(stopped, func(string, int, int) { stop() })
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v, want that it was stopped", err)
	}
	equalRows(t, "stopped", derivedOf(t, a), want)
	if err := a.Rebuild(stopped, nil); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v, want that it was stopped before it began", err)
	}
	if _, err := a.w.Exec("UPDATE log SET kind='a kind of tomorrow' WHERE n=(SELECT max(n) FROM log)"); err != nil {
		t.Fatal(err)
	}
	if err := a.Rebuild(ctx, nil); !errors.Is(err, archive.ErrUnknownKind) {
		t.Fatalf("got %v, want that it does not know the kind", err)
	}
	equalRows(t, "failed", derivedOf(t, a), want)
	ro, err := Open(ctx, a.Path(), Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer ro.Close()
	if err := ro.Rebuild(ctx, nil); !errors.Is(err, ErrReadOnly) {
		t.Fatalf("got %v, want that it is for reading only", err)
	}
}

// TestRebuildWithoutBodies: an operation without a body takes no effect, and what
// built on it says so.
func TestRebuildWithoutBodies(t *testing.T) {
	a := newArchive(t)
	ids := bring(t, a, incoming("1.txt", notice), incoming("2.txt", notice+"二"))
	r := mustApply(t, a, "Zhang", tag("tag.add", ids[0], "甲"), tag("tag.add", ids[0], "乙"), tag("tag.remove", ids[0], "甲"))
	for query, id := range map[string]archive.ID{
		"DELETE FROM bodies WHERE n=(SELECT n FROM log WHERE id=?)":                                 r[0].Op,
		"DELETE FROM bodies WHERE n=(SELECT n FROM log WHERE kind='document.import' AND subject=?)": ids[1],
		"DELETE FROM texts WHERE doc=?":                                                             ids[1]} {
		if _, err := a.w.Exec(query, id); err != nil {
			t.Fatal(err)
		}
	}
	mustRebuild(t, a)
	outcomes := map[archive.ID]archive.Outcome{}
	history, err := a.History(ctx, "", 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range history {
		outcomes[e.ID] = e.Outcome
		if e.Subject == ids[1] && e.Outcome != archive.Lost {
			t.Errorf("an import without a body is %q", e.Outcome)
		}
	}
	for i, want := range []archive.Outcome{archive.Lost, archive.Applied, archive.Conflict} {
		if got := outcomes[r[i].Op]; got != want {
			t.Errorf("operation %d: got %q, want %q", i, got, want)
		}
	}
	if d := mustDocument(t, a, ids[0]); d.Tag("甲") != nil || d.Tag("乙") == nil {
		t.Error("the tags are not those of the bodies that are left")
	}
	if _, err := a.Document(ctx, ids[1]); !errors.Is(err, archive.ErrNotFound) {
		t.Errorf("a document whose import is lost: got %v", err)
	}
}

// TestRebuildWithoutText: a document whose text is lost is found by its fields.
func TestRebuildWithoutText(t *testing.T) {
	a := newArchive(t)
	ids := bring(t, a, incoming("1.txt", notice), incoming("2.txt", notice+"二"))
	mustApply(t, a, "Zhang", field(ids[0], "dcterms:title", "题名"))
	if _, err := a.w.Exec("DELETE FROM texts WHERE doc=?", ids[0]); err != nil {
		t.Fatal(err)
	}
	mustRebuild(t, a)
	if hits, err := a.List(ctx, Query{Search: "题名"}); err != nil || len(hits) != 1 || hits[0].N != 1 {
		t.Errorf("by its title: got %v (%v)", hits, err)
	}
	if hits, err := a.List(ctx, Query{Search: "司法厅"}); err != nil || len(hits) != 1 || hits[0].ID != ids[1] {
		t.Errorf("by words of the text: got %v (%v)", hits, err)
	}
}

// TestMoveTexts: whatever the numbers are, every text gets its own.
func TestMoveTexts(t *testing.T) {
	a := newArchive(t)
	for seed := int64(0); seed < int64(rounds(100, 5000)); seed++ {
		rng := rand.New(rand.NewSource(seed))
		n := 1 + rng.Intn(9)
		from, to := rng.Perm(n + rng.Intn(4))[:n], rng.Perm(n)
		tx, err := a.w.Begin()
		if err != nil {
			t.Fatal(err)
		}
		moves := map[int64]int64{}
		for i := range from {
			if _, err := tx.Exec("INSERT INTO texts VALUES(?,?,1,'','',x'')", from[i]+1, fmt.Sprint(to[i]+1)); err != nil {
				t.Fatal(err)
			}
			if from[i] != to[i] {
				moves[int64(from[i]+1)] = int64(to[i] + 1)
			}
		}
		if err := moveTexts(ctx, tx, moves); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		var right int
		if err := tx.QueryRow("SELECT count(*) FROM texts WHERE doc=CAST(id AS TEXT)").Scan(&right); err != nil || right != n {
			t.Fatalf("seed %d: %d of %d texts have their number (%v)", seed, right, n, err)
		}
		tx.Rollback()
	}
}
