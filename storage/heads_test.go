package storage

import (
	"context"
	"errors"
	"math/rand"
	"strings"
	"testing"
	"time"

	"fonds/storage/archive"
)

// forge seals the log anew from the first operation that change changes, as
// somebody may who writes the whole file, and makes what is derived anew.
func forge(t *testing.T, a *Archive, change func(e *Entry) bool) {
	t.Helper()
	rows, err := a.w.Query("SELECT " + entryColumns + " ORDER BY l.replica, l.seq")
	if err != nil {
		t.Fatal(err)
	}
	var all []*Entry
	for rows.Next() {
		e, _, err := scanEntry(rows)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, e)
	}
	rows.Close()
	prev := map[archive.ID]archive.Hash{}
	for _, e := range all {
		if !change(e) {
			continue
		}
		e.Seal(prev[e.Replica])
		prev[e.Replica] = e.Hash
		if _, err := a.w.Exec("UPDATE log SET prev=?2, commitment=?3, hash=?4 WHERE id=?1", e.ID, e.Prev[:], e.Commitment[:], e.Hash[:]); err != nil {
			t.Fatal(err)
		}
		if _, err := a.w.Exec("UPDATE bodies SET body=?2 WHERE n=(SELECT n FROM log WHERE id=?1)", e.ID, string(e.Body)); err != nil {
			t.Fatal(err)
		}
	}
	mustRebuild(t, a)
}

// cut takes the last operation out of the file, with all that followed from it.
func cut(t *testing.T, a *Archive) {
	t.Helper()
	_, err := a.w.Exec(`DELETE FROM log WHERE n=(SELECT max(n) FROM log);
		DELETE FROM bodies WHERE n NOT IN (SELECT n FROM log); DELETE FROM outcomes WHERE n NOT IN (SELECT n FROM log)`)
	if err != nil {
		t.Fatal(err)
	}
	mustRebuild(t, a)
}

// TestKnownHeads: a log that was rewritten whole, or has lost its end together
// with what followed from it, is whole in itself, and is found against a head that
// was kept elsewhere; one that went on is not, also where somebody forged the
// going on under another's name: names are asserted.
func TestKnownHeads(t *testing.T) {
	for seed := int64(0); seed < int64(rounds(4, 100)); seed++ {
		data := specimen(t, seed)
		a := reopen(t, data)
		known, err := a.Heads(ctx)
		if err != nil {
			t.Fatal(err)
		}
		check := func(what string, a *Archive, want string) {
			t.Helper()
			mustVerify(t, a)
			for _, quick := range []bool{false, true} {
				r, err := a.Verify(ctx, VerifyOptions{Known: known, KnownAt: "2026-11-23", Quick: quick})
				if err != nil || r.OK != (want == "") || !strings.Contains(r.Bad, want) {
					t.Errorf("seed %d: %s: got ok %v, %q (%v), want %q", seed, what, r.OK, r.Bad, err, want)
				}
				if r.OK && r.Known != len(known) {
					t.Errorf("seed %d: %s: %d heads found, want %d", seed, what, r.Known, len(known))
				}
			}
		}
		gone := ", kept on 2026-11-23 elsewhere, is not in it"
		check("as it was", a, "")
		mustApply(t, a, "Zhang", &archive.Edit{Do: "tag.hotkey", Tag: "more", Key: ptr(9)})
		check("work went on", a, "")
		cut(t, a)
		check("what came after was cut", a, "")
		cut(t, a)
		check("the end cut off", a, gone)

		a = reopen(t, data)
		forge(t, a, func(*Entry) bool { return true })
		check("sealed anew, and nothing else", a, "")
		n := 0
		forge(t, a, func(e *Entry) bool {
			if body := strings.Replace(string(e.Body), "甲", "丙", 1); body != string(e.Body) && e.Kind == "field.set" {
				e.Body, n = []byte(body), n+1
			}
			return true
		})
		if n == 0 {
			t.Fatal("nothing to change")
		}
		check("a value rewritten", a, gone)

		a = reopen(t, data)
		forge(t, a, func(e *Entry) bool {
			if e.Seq == 2 {
				e.Actor = "Nobody"
				_, err := a.w.Exec("UPDATE log SET actor='Nobody' WHERE id=?", e.ID)
				if err != nil {
					t.Fatal(err)
				}
			}
			return true
		})
		check("somebody's name rewritten", a, gone)
	}
	a := newArchive(t)
	r, err := a.Verify(ctx, VerifyOptions{Known: map[archive.ID]archive.Hash{archive.NewID(): {1}}})
	if err != nil || r.OK || !strings.Contains(r.Bad, "kept elsewhere, is not in it") {
		t.Errorf("the head of another archive: got ok %v, %q (%v)", r.OK, r.Bad, err)
	}
}

// TestVerifyProgress: the bar never runs backwards and ends at its end; whoever
// stops it is asked no more, and gets an answer at once.
func TestVerifyProgress(t *testing.T) {
	a := newArchive(t)
	ids, _ := fill(t, a, 60)
	rng := rand.New(rand.NewSource(1))
	for round := 0; round < 6; round++ {
		edits := make([]*archive.Edit, 400)
		for i := range edits {
			edits[i] = &archive.Edit{Do: "note.add", Doc: string(ids[rng.Intn(len(ids))]), Text: ptr("a note")}
		}
		mustApply(t, a, "Zhang", edits...)
	}
	for _, quick := range []bool{false, true} {
		calls, last, total, at := 0, 0, 0, 0
		r, err := a.Verify(ctx, VerifyOptions{Quick: quick, Progress: func(what string, done, of int) {
			now := 0
			for i, s := range stages {
				if s == what {
					now = i
				}
			}
			if done < last || now < at || total != 0 && of != total || done > of {
				t.Errorf("after %d of %d of %s: %d of %d of %s", last, total, stages[at], done, of, what)
			}
			calls, last, total, at = calls+1, done, of, now
		}})
		if err != nil || !r.OK || last != total || calls < 3 {
			t.Errorf("quick %v: %v, %v; told %d times, the last %d of %d", quick, r, err, calls, last, total)
		}
	}
	for stop := 1; stop < 8; stop++ {
		ctx, cancel := context.WithCancel(ctx)
		calls, over := 0, false
		r, err := a.Verify(ctx, VerifyOptions{Progress: func(string, int, int) {
			if over {
				t.Error("told after it was over")
			}
			if calls++; calls == stop {
				cancel()
			}
		}})
		over = true
		if !errors.Is(err, context.Canceled) || r.OK || r.Bad != "" {
			t.Errorf("stopped at %d: got %+v, %v", stop, r, err)
		}
		cancel()
	}
}

// TestBenchVerifyStop measures how long a verification takes to stop, whatever it
// is at: SQLite's own check of the database too.
func TestBenchVerifyStop(t *testing.T) {
	needBench(t)
	a := newArchive(t)
	fill(t, a, 4000)
	start := time.Now()
	mustVerify(t, a)
	whole := time.Since(start)
	worst := time.Duration(0)
	for i := 0; i < 20; i++ {
		wait := whole * time.Duration(i) / 20
		ctx, cancel := context.WithTimeout(ctx, wait)
		start := time.Now()
		_, err := a.Verify(ctx, VerifyOptions{})
		if err != nil {
			worst = max(worst, time.Since(start)-wait)
		}
		cancel()
	}
	t.Logf("BENCH %-46s %10.4g %-12s (to reach: at most 0.2)", "stopping verify, 4,000 documents", worst.Seconds(), "s")
}
