package storage

import (
	"context"
	"fmt"
	"math/rand"
	"os"
	"runtime"
	"testing"
	"time"

	"fonds/storage/archive"
)

// mass appends operations to an archive without letting them take effect: sealed
// rows of log and bodies, which a rebuild makes the rest of. Each document gets
// each operations, ten at a time and turn by turn, as people work: fields set
// again and again, tags, marks, corrections, notes.
func mass(t testing.TB, a *Archive, ids []archive.ID, each int) {
	t.Helper()
	rng := rand.New(rand.NewSource(1))
	var replica archive.ID
	var seq, clock int64
	var head []byte
	if err := a.pool.QueryRow("SELECT replica, seq, clock, hash FROM log ORDER BY n DESC LIMIT 1").Scan(&replica, &seq, &clock, &head); err != nil {
		t.Fatal(err)
	}
	prev, salt := archive.Hash(head), make([]byte, 16)
	tx, err := a.w.Begin()
	if err != nil {
		t.Fatal(err)
	}
	log, err := tx.Prepare("INSERT INTO log(id, kind, version, replica, seq, clock, actor, layer, batch, subject, prev, commitment, hash) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?)")
	if err != nil {
		t.Fatal(err)
	}
	bodies, err := tx.Prepare("INSERT INTO bodies(n, salt, body) VALUES(?,?,?)")
	if err != nil {
		t.Fatal(err)
	}
	works := make([]worker, len(ids))
	for done := 0; done < each; done += 10 {
		for i, id := range ids {
			for k := done; k < min(done+10, each); k++ {
				kind, body := works[i].next(rng, k)
				b, version, err := archive.BodyOf(kind, body)
				if err != nil {
					t.Fatal(err)
				}
				seq, clock = seq+1, clock+1<<16
				rng.Read(salt)
				op := &archive.Op{ID: archive.NewID(), Kind: kind, Version: version, Replica: replica, Seq: seq, Clock: archive.Clock(clock),
					Actor: people[k/100%len(people)], Layer: archive.MainLayer, Batch: archive.NewID(), Subject: id, Salt: salt, Body: b}
				op.Seal(prev)
				prev = op.Hash
				r, err := log.Exec(op.ID, op.Kind, op.Version, op.Replica, op.Seq, int64(op.Clock), op.Actor, op.Layer, op.Batch, op.Subject, op.Prev[:], op.Commitment[:], op.Hash[:])
				if err != nil {
					t.Fatal(err)
				}
				n, _ := r.LastInsertId()
				if _, err := bodies.Exec(n, salt, string(b)); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
}

// worker is what mass remembers of a document.
type worker struct {
	fields [8]archive.ID // the value of each
	tags   []archive.ID
}

// next is the kth thing done to a document.
func (w *worker) next(rng *rand.Rand, k int) (string, any) {
	anchor := &archive.Anchor{Text: 1, Start: archive.Border{At: k % 2600}, End: archive.Border{At: k%2600 + 3},
		Quote: "推进会", Before: "司法厅召开基层服务型党组织现场观摩", After: "，会议部署了下一步的工作，要求各单位"}
	switch c := k % 20; {
	case c < 9:
		f := rng.Intn(len(w.fields))
		b := archive.FieldBody{Field: fmt.Sprintf("dcterms:field%d", f), Seen: []archive.ID{}}
		if w.fields[f] != "" {
			b.Seen = append(b.Seen, w.fields[f])
		}
		w.fields[f] = archive.NewID()
		b.Values = []archive.ValueBody{{ID: w.fields[f], Value: fmt.Sprintf("关于召开第%d次现场观摩推进会的通知", k)}}
		return "field.set", b
	case c < 12:
		w.tags = append(w.tags, archive.NewID())
		return "tag.add", archive.TagBody{ID: w.tags[len(w.tags)-1], Tag: fmt.Sprintf("会议/第%d次", k)}
	case c < 13:
		id := w.tags[0]
		w.tags = w.tags[1:]
		return "tag.remove", archive.UntagBody{Item: id}
	case c < 17:
		return "mark.add", archive.MarkBody{ID: archive.NewID(), Label: "person", Anchor: anchor}
	case c < 18 && k < 2600:
		return "correction.propose", archive.CorrectionBody{ID: archive.NewID(), N: 1, Start: k, End: k + 1, Source: "即", Text: "既", Reason: "typo"}
	}
	return "note.add", archive.NoteBody{ID: archive.NewID(), Text: "此件与上一件内容重复，请核对原件"}
}

// TestBenchMillion: an archive of 1,000,000 operations is made anew from its log,
// opened, verified; once of many documents with a few operations each, once of a
// few with many.
func TestBenchMillion(t *testing.T) {
	needBench(t)
	for _, shape := range []struct{ docs, each int }{{10000, 100}, {100, 10000}} {
		total := shape.docs * shape.each
		what := fmt.Sprintf("%d documents x %d operations", shape.docs, shape.each)
		a := newArchive(t)
		ids, _ := fill(t, a, shape.docs)
		start := time.Now()
		mass(t, a, ids, shape.each-1)
		t.Logf("made %s in %.0f s", what, time.Since(start).Seconds())
		told := 0
		runtime.GC()
		worked := processorTime()
		start = time.Now()
		if err := a.Rebuild(ctx, func(_ string, done, _ int) { told = done }); err != nil {
			t.Fatal(err)
		}
		took := time.Since(start).Seconds()
		worked = processorTime() - worked
		if told < total {
			t.Errorf("progress has told of %d operations", told)
		}
		t.Logf("BENCH rebuild of %-34s %6.1f s (%.1f s of processors)   reading the log alone %.1f s, writing the same rows alone %.1f s   (to reach: at most 60)",
			what, took, worked, readLog(t, a), writeRows(t, a))
		runtime.GC()
		path := a.Path()
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
		benchOpen(t, path, what)
		var err error
		if a, err = Open(ctx, path, Options{}); err != nil {
			t.Fatal(err)
		}
		worked = processorTime()
		start = time.Now()
		r := mustVerify(t, a)
		t.Logf("BENCH verify of  %-34s %6.1f s (%.1f s of processors)   %d operations, %d conflicts",
			what, time.Since(start).Seconds(), processorTime()-worked, r.Operations, r.Conflicts)
		if r.Conflicts > total/100 {
			t.Errorf("%d conflicts: the archive is not as work makes it", r.Conflicts)
		}
		a.Close()
		os.Remove(path)
	}
}

// readLog reads what a rebuild reads, and does nothing with it.
func readLog(t *testing.T, a *Archive) float64 {
	t.Helper()
	start := time.Now()
	rows, err := a.pool.Query("SELECT " + replayColumns + replayOrder)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		if _, _, err := scanReplay(rows); err != nil {
			t.Fatal(err)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return time.Since(start).Seconds()
}

// writeRows lets SQLite copy the tables that a rebuild writes to another file, in
// the order in which they lie, the search index as the pages it consists of.
func writeRows(t *testing.T, a *Archive) float64 {
	t.Helper()
	b := newArchive(t)
	defer func() { b.Close(); os.Remove(b.Path()) }()
	c, err := b.w.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	exec := func(query string, args ...any) {
		if _, err := c.ExecContext(ctx, query, args...); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
	}
	exec("ATTACH ? AS other", a.Path())
	exec(fmt.Sprintf("PRAGMA cache_size=-%d", rebuildCache))
	start := time.Now()
	exec("BEGIN")
	for _, table := range []string{"outcomes", "documents", "items", "passages", "search_data", "search_docsize"} {
		exec("DELETE FROM " + table)
		exec("INSERT INTO " + table + " SELECT * FROM other." + table)
	}
	exec("COMMIT")
	took := time.Since(start).Seconds()
	exec("DETACH other")
	return took
}

// benchOpen opens the archive, reads its people and the first page of its list, and
// compares with SQLite opening the file and reading one row.
func benchOpen(t *testing.T, path, what string) {
	t.Helper()
	var opens, pages, firsts, bares []float64
	for range 5 {
		start := time.Now()
		b, err := Open(ctx, path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		opens = append(opens, time.Since(start).Seconds()*1000)
		if _, err := b.Self(ctx); err != nil {
			t.Fatal(err)
		}
		if _, err := b.List(ctx, Query{Limit: 200}); err != nil {
			t.Fatal(err)
		}
		if _, err := b.Version(ctx); err != nil {
			t.Fatal(err)
		}
		if _, err := b.ClockAhead(ctx); err != nil {
			t.Fatal(err)
		}
		pages = append(pages, time.Since(start).Seconds()*1000)
		docs, err := b.List(ctx, Query{Limit: 1})
		if err != nil {
			t.Fatal(err)
		}
		start = time.Now()
		mustApply(t, b, "Zhang", field(docs[0].ID, title, string(archive.NewID())))
		firsts = append(firsts, time.Since(start).Seconds()*1000)
		b.Close()
		start = time.Now()
		db, err := openReader(path, time.Second, "")
		if err != nil {
			t.Fatal(err)
		}
		var n int
		if err := db.QueryRow("SELECT count(*) FROM (SELECT 1 FROM items WHERE doc='' LIMIT 1)").Scan(&n); err != nil {
			t.Fatal(err)
		}
		bares = append(bares, time.Since(start).Seconds()*1000)
		db.Close()
	}
	t.Logf("BENCH open   of  %-34s %6.1f ms, people and first page %.1f ms, the first edit %.1f ms   SQLite alone %.1f ms   (to reach: at most 500)",
		what, median(opens), median(pages), median(firsts), median(bares))
}

// TestBenchPoll: what looking for other programs' writes costs while nothing is
// written, beside SQLite's data_version alone on a connection of its own.
func TestBenchPoll(t *testing.T) {
	needBench(t)
	a := newArchive(t)
	bring(t, a, incoming("1.txt", notice))
	conn, err := a.pool.Conn(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	const n = 20000
	var got, bare []float64
	for range 5 {
		start := time.Now()
		for range n {
			if _, err := a.Version(ctx); err != nil {
				t.Fatal(err)
			}
		}
		got = append(got, float64(time.Since(start).Microseconds())/n)
		start = time.Now()
		for range n {
			var v int64
			if err := conn.QueryRowContext(ctx, "PRAGMA data_version").Scan(&v); err != nil {
				t.Fatal(err)
			}
		}
		bare = append(bare, float64(time.Since(start).Microseconds())/n)
	}
	report(t, "one look for others' writes, idle", "µs", got, bare, "at most 2")
	t.Logf("BENCH five looks a second take %.4f %% of one processor", median(got)*5/1e4)
}
