package storage

import (
	"errors"
	"math/rand"
	"os"
	"testing"

	"fonds/storage/archive"
)

// Others go on writing while a snapshot is read: it stays what it was.
func TestSnapshotStays(t *testing.T) {
	a := newArchive(t)
	id := bring(t, a, incoming("a.txt", "甲乙丙"))[0]
	s, err := a.Snapshot(ctx)
	if err != nil {
		t.Fatal(err)
	}
	before, err := s.Heads(ctx)
	if err != nil {
		t.Fatal(err)
	}
	mustApply(t, a, "Li", tag("tag.add", id, "新"))
	bring(t, a, incoming("b.txt", "丁"))
	if d := mustDocument(t, s, id); len(d.Of(archive.ATag)) != 0 {
		t.Error("what came later is in it")
	}
	if docs, err := s.List(ctx, Query{}); err != nil || len(docs) != 1 {
		t.Errorf("%d documents, %v", len(docs), err)
	}
	if docs, err := s.List(ctx, Query{Search: "丁"}); err != nil || len(docs) != 0 {
		t.Errorf("search: %d documents, %v", len(docs), err)
	}
	if now, err := s.Heads(ctx); err != nil || !sameHeads(before, now) {
		t.Errorf("heads: %v, %v", now, err)
	}
	if _, err := s.Apply(ctx, "Li", tag("tag.add", id, "x")); !errors.Is(err, ErrReadOnly) {
		t.Errorf("written: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	mustVerify(t, a)
}

// The archive as of any moment is what it was at that moment, row by row, also
// after people and rules have changed, after undo, and from two copies' chains.
func TestAsOfIsWhatItWas(t *testing.T) {
	for seed := int64(0); seed < int64(rounds(4, 100)); seed++ {
		rng := rand.New(rand.NewSource(seed))
		a := newArchive(t)
		var docs []*archive.Incoming
		for i := range 3 {
			docs = append(docs, incoming(noticeText(i, 4)+".txt", noticeText(int(seed)*10+i, 60)))
		}
		ids := bring(t, a, append(docs, scanIn("scan.png", 2))...)
		type moment struct {
			heads map[archive.ID]archive.Hash
			rows  string
		}
		var moments []moment
		for i := range 40 {
			if i%10 == 5 {
				h, err := a.Heads(ctx)
				if err != nil {
					t.Fatal(err)
				}
				moments = append(moments, moment{h, rowsOf(t, a)})
			}
			who := people[rng.Intn(len(people))]
			var err error
			if rng.Intn(6) == 0 && lastKind(t, a, who) != "document.import" {
				_, err = a.Undo(ctx, who, true)
			} else {
				_, err = a.ApplyEach(ctx, who, randomEdit(rng, mustDocument(t, a, ids[rng.Intn(len(ids))])))
			}
			if err != nil && !refusal(err) {
				t.Fatal(err)
			}
		}
		folder := t.TempDir()
		for i, m := range moments {
			b, done, err := a.AsOf(ctx, m.heads, folder, nil)
			if err != nil {
				t.Fatal(err)
			}
			if got := rowsOf(t, b); got != m.rows {
				t.Errorf("seed %d, moment %d:\n%s\nwant\n%s", seed, i, got, m.rows)
			}
			if h, err := b.Heads(ctx); err != nil || !sameHeads(h, m.heads) {
				t.Errorf("heads %v, %v", h, err)
			}
			mustVerify(t, b)
			done()
		}
		if left, _ := os.ReadDir(folder); len(left) != 0 {
			t.Errorf("%d files are left", len(left))
		}
		mustVerify(t, a)
	}
}

// Heads that the log has never had are refused, and nothing is left.
func TestAsOfNoMoment(t *testing.T) {
	a, b := newArchive(t), newArchive(t)
	h, err := b.Heads(ctx)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	if _, _, err := a.AsOf(ctx, h, folder, nil); !errors.Is(err, ErrNoMoment) {
		t.Errorf("got %v", err)
	}
	if left, _ := os.ReadDir(folder); len(left) != 0 {
		t.Errorf("%d files are left", len(left))
	}
}
