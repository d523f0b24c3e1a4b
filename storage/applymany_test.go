package storage

import (
	"context"
	"errors"
	"slices"
	"testing"

	"fonds/storage/archive"
)

// TestApplyMany: what does not fit is refused and said, the rest is one batch;
// where it is stopped on the way, nothing is done.
func TestApplyMany(t *testing.T) {
	a := newArchive(t)
	ids := bring(t, a, incoming("a.txt", "甲乙甲乙甲乙"), incoming("b.txt", "甲乙"))
	every := func() (edits []*archive.Edit) {
		for _, p := range []struct {
			doc   archive.ID
			start int
			quote string
		}{{ids[0], 0, "甲乙"}, {ids[0], 2, "丙乙"}, {ids[0], 4, "甲乙"}, {ids[1], 0, "甲乙"}} {
			e := fix(p.doc, p.start, p.start+2, "reading", "子丑")
			e.Quote = p.quote
			edits = append(edits, e)
		}
		return edits
	}
	reads := func(want ...string) {
		t.Helper()
		for i, w := range want {
			r, err := mustDocument(t, a, ids[i]).Reading()
			if err != nil {
				t.Fatal(err)
			}
			if got := r.Text().String(); got != w {
				t.Errorf("document %d reads %q, want %q", i, got, w)
			}
		}
	}
	stopped, stop := context.WithCancel(ctx)
	if _, err := a.ApplyMany(stopped, "Zhang", func(done int) {
		if done == 3 {
			stop()
		}
	}, every()...); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	reads("甲乙甲乙甲乙", "甲乙")
	last, stopLast := context.WithCancel(ctx)
	if _, err := a.ApplyMany(last, "Zhang", func(done int) {
		if done == 4 {
			stopLast()
		}
	}, every()...); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped at the last: %v", err)
	}
	reads("甲乙甲乙甲乙", "甲乙")
	var told []int
	res, err := a.ApplyMany(ctx, "Zhang", func(done int) { told = append(told, done) }, every()...)
	if err != nil || len(told) < 4 || told[len(told)-1] != 4 || !slices.IsSorted(told) {
		t.Fatalf("%v, told %v", err, told)
	}
	for i, r := range res {
		if (r.Err != nil) != (i == 1) || i == 1 && !errors.Is(r.Err, archive.ErrStale) {
			t.Errorf("edit %d: %v", i, r.Err)
		}
	}
	reads("子丑甲乙子丑", "子丑")
	if u, err := a.Undo(ctx, "Zhang", false); err != nil || u.Ops != 3 || len(u.Docs) != 2 {
		t.Errorf("undone: %+v, %v", u, err)
	}
	reads("甲乙甲乙甲乙", "甲乙")
	mustVerify(t, a)
}
