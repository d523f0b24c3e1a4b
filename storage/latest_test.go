package storage

import (
	"math/rand"
	"testing"
	"time"

	"fonds/storage/archive"
)

// TestLatestClock: the clock goes on from the latest operation, wherever it
// stands in the file, and one that is far ahead is reported and refuses nothing.
func TestLatestClock(t *testing.T) {
	a := newArchive(t)
	id := bring(t, a, incoming("1.txt", notice))[0]
	now := time.Now()
	early := fork(t, a, 1, func() time.Time { return now })
	late := fork(t, a, 2, func() time.Time { return now.Add(50 * time.Hour) })
	mustApply(t, late, "Wang", tag("tag.add", id, "late"))
	mustApply(t, early, "Zhang", tag("tag.add", id, "early")) // now it knows the clocks there are
	for _, p := range parcels(t, early, []*Archive{late}) {
		p(t, early)
	}
	// Another has come after it, with an early clock: the last row is not the latest.
	third := fork(t, a, 3, func() time.Time { return now })
	mustApply(t, third, "Li", tag("tag.add", id, "third"))
	for _, p := range parcels(t, early, []*Archive{third}) {
		p(t, early)
	}
	mustRebuild(t, early)
	if by, err := early.ClockAhead(ctx); err != nil || by < 49*time.Hour || by > 50*time.Hour {
		t.Errorf("ahead by %v (%v), want 50 hours", by, err)
	}
	if r := mustVerify(t, early); r.ClockAhead < 49*time.Hour || r.ClockAhead > 50*time.Hour {
		t.Errorf("verify says %v, want 50 hours", r.ClockAhead)
	}
	again := fork(t, early, 4, func() time.Time { return now }) // opened anew
	for _, c := range []*Archive{early, again} {
		r := mustApply(t, c, "Zhao", tag("tag.add", id, "after"))
		history, err := c.History(ctx, "", 1)
		if err != nil || len(history) != 1 || history[0].ID != r[0].Op {
			t.Errorf("what was done last is not the last in the order (%v)", err)
		}
		mustVerify(t, c)
	}
	if by, err := a.ClockAhead(ctx); err != nil || by != 0 {
		t.Errorf("the first archive is ahead by %v (%v), want 0", by, err)
	}
}

// TestVersion: what another connection adds to the log is noticed, what is typed
// is not.
func TestVersion(t *testing.T) {
	a := newArchive(t)
	id := bring(t, a, incoming("1.txt", notice))[0]
	b, err := Open(ctx, a.Path(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	version := func(a *Archive) int64 {
		t.Helper()
		v, err := a.Version(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	rng := rand.New(rand.NewSource(1))
	for i := 0; i < 40; i++ {
		was := version(a)
		if w := version(b); w != was {
			t.Fatalf("step %d: one says %d, the other %d", i, was, w)
		}
		by := []*Archive{a, b}[rng.Intn(2)]
		if rng.Intn(2) == 0 {
			if err := by.SaveDraft(ctx, Draft{Doc: id, Slot: "x", Actor: "Li", Text: "t"}); err != nil {
				t.Fatal(err)
			}
			if version(a) != was || version(b) != was {
				t.Fatalf("step %d: a draft changed the version", i)
			}
			continue
		}
		mustApply(t, by, "Li", field(id, title, string(archive.NewID())))
		if version(a) <= was || version(b) <= was {
			t.Fatalf("step %d: an edit did not change the version", i)
		}
	}
}
