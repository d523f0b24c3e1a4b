package storage

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"fonds/storage/archive"
	"fonds/storage/words"
)

// TestBenchMoveTag: a tag is given another name on many documents and taken back, beside what SQLite alone takes to write the
// same rows in one transaction: log, body, outcome, item, passage and index of each document.
func TestBenchMoveTag(t *testing.T) {
	needBench(t)
	n := 100_000
	fmt.Sscan(os.Getenv("FONDS_RETAG"), &n)
	a := newArchive(t)
	var in []*archive.Incoming
	for i := range n {
		in = append(in, incoming(fmt.Sprint(i, ".txt"), fmt.Sprint("第", i, "件")))
	}
	ids := bring(t, a, in...)
	edits := func(f func(id archive.ID) *archive.Edit) (out []*archive.Edit) {
		for _, id := range ids {
			out = append(out, f(id))
		}
		return out
	}
	timed := func(what string, f func() error) (wall, work float64) {
		t.Helper()
		start, before := time.Now(), processorTime()
		if err := f(); err != nil {
			t.Fatal(what, err)
		}
		wall, work = time.Since(start).Seconds(), processorTime()-before
		return wall, work
	}
	apply := func(edits []*archive.Edit) func() error {
		return func() error { _, err := a.ApplyMany(ctx, "Zhang", nil, edits...); return err }
	}
	if err := apply(edits(func(id archive.ID) *archive.Edit { return tag("tag.add", id, "党建") }))(); err != nil {
		t.Fatal(err)
	}
	does, doesWork := timed("moves", apply(edits(moves("党建", "党务"))))
	undoes, undoesWork := timed("undo", func() error { _, err := a.Undo(ctx, "Zhang", false); return err })
	bare, bareWork := timed("SQLite", func() error { return bareMoves(a) })
	t.Logf("BENCH a tag moved on %d documents: %.1f s (processor %.1f), undone %.1f s (%.1f), to reach 5; SQLite alone writes these rows in %.1f s (%.1f)", n, does, doesWork, undoes, undoesWork, bare, bareWork)
}

// bareMoves writes with SQLite alone what moving the tag of every document writes: rows as long, in the same tables.
func bareMoves(a *Archive) error {
	rows, err := a.w.Query("SELECT i.id, d.id, d.n, d.name FROM items i JOIN documents d ON d.id=i.doc WHERE i.what='tag' ORDER BY d.n")
	if err != nil {
		return err
	}
	type one struct {
		item, doc, name string
		n               int64
	}
	var all []one
	for rows.Next() {
		var o one
		if err := rows.Scan(&o.item, &o.doc, &o.n, &o.name); err != nil {
			return err
		}
		all = append(all, o)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	tx, err := a.w.BeginTx(context.Background(), nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	hash := make([]byte, 32)
	for i, o := range all {
		exec := func(sql string, args ...any) {
			if err == nil {
				_, err = tx.Exec(sql, args...)
			}
		}
		id := archive.NewID()
		res, e := tx.Exec(`INSERT INTO log(id, kind, version, replica, seq, clock, actor, layer, batch, subject, prev, commitment, hash) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?)`,
			id, "tag.move", 1, "bare", i, int64(i)<<16, "Zhang", "main", "bare", o.doc, hash, hash, hash)
		if e != nil {
			return e
		}
		n, _ := res.LastInsertId()
		exec("INSERT INTO bodies(n, salt, body) VALUES(?,?,?)", n, hash[:16], `{"item":"`+o.item+`","to":"党务"}`)
		exec("INSERT INTO outcomes(n, outcome, effect) VALUES(?,?,?)", n, "applied", fmt.Sprintf("%600d", i))
		exec("UPDATE items SET key=?, by=?, rev=?, rev_by=? WHERE id=?", "党务", "Zhang", id, "Zhang", o.item)
		said := words.Tokens(o.name + apart + "党务")
		exec("INSERT INTO passages(id, hash) VALUES(?1,?2) ON CONFLICT(id) DO UPDATE SET hash=?2 WHERE hash<>?2", o.n<<16, wordsHash(said))
		exec("DELETE FROM search WHERE rowid=?", o.n<<16)
		exec("INSERT INTO search(rowid, words) VALUES(?,?)", o.n<<16, said)
		if err != nil {
			return err
		}
	}
	return tx.Commit()
}
