package storage

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"math/rand"
	"reflect"
	"slices"
	"testing"
	"time"

	"fonds/storage/archive"
)

// keepEverything keeps documents of any size for the rest of a test.
func keepEverything(t *testing.T) {
	t.Helper()
	points := keepPoints
	keepPoints = 0
	t.Cleanup(func() { keepPoints = points })
}

// fresh compares a document as an archive hands it out with the same read from
// the file.
func fresh(t *testing.T, a *Archive, id archive.ID) {
	t.Helper()
	want, n, err := load(ctx, a.r, id)
	if err != nil {
		t.Fatal(err)
	}
	got, err := a.Document(ctx, id)
	if want.Info == nil {
		if !errors.Is(err, archive.ErrNotFound) && !errors.Is(err, archive.ErrRefused) {
			t.Fatalf("a document that is not there: %v, %v", got, err)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got.Info, want.Info) || !slices.EqualFunc(got.Items, want.Items, func(a, b *archive.Item) bool { return reflect.DeepEqual(a, b) }) {
		t.Fatalf("the document is not the one that the file holds:\n%+v\n%+v", got, want)
	}
	g, gotErr := got.Reading()
	w, wantErr := want.Reading()
	if gotErr != nil || wantErr != nil {
		t.Fatal(gotErr, wantErr)
	}
	if g.Text().String() != w.Text().String() || g.Source().String() != w.Source().String() || len(g.Spans()) != len(w.Spans()) {
		t.Fatalf("it reads %q, and in the file %q", g.Text().String(), w.Text().String())
	}
	if k := a.kept.Load(); k != nil && k.doc.ID == id {
		if at, known := a.current(ctx); known && k.at == at && k.n != n {
			t.Fatalf("it is number %d, and in the file %d", k.n, n)
		}
	}
}

// TestKeptIsNeverStale: two holds on one archive that work in turn, and whatever
// they do, each has at any moment what the file holds.
func TestKeptIsNeverStale(t *testing.T) {
	keepEverything(t)
	hits := 0
	for seed := int64(0); seed < int64(rounds(12, 600)); seed++ {
		rng := rand.New(rand.NewSource(seed))
		a := newArchive(t)
		b, err := Open(ctx, a.Path(), Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { b.Close() })
		ids := bring(t, a, incoming("0.txt", noticeText(0, 80)), incoming("1.txt", noticeText(1, 80)), scanIn("scan.png", 2))
		hands := []*Archive{a, b}
		for step := range 50 {
			h := hands[rng.Intn(2)]
			id := ids[rng.Intn(len(ids))]
			d, err := h.Document(ctx, id)
			if err != nil {
				if d, err = h.Document(ctx, ids[0]); err != nil {
					t.Fatal(err)
				}
			}
			before := h.kept.Load()
			switch rng.Intn(9) {
			case 0:
				_, err = h.Undo(ctx, people[rng.Intn(2)], rng.Intn(2) == 0)
				if lost, _, e := load(ctx, h.r, ids[0]); e != nil || lost.Info == nil {
					_, err = h.Redo(ctx, "Zhang", false) // the documents stay
				}
			case 1:
				_, err = h.Redo(ctx, people[rng.Intn(2)], false)
			case 2:
				err = h.SaveDraft(ctx, Draft{Doc: id, Slot: "dcterms:title", Actor: "Zhang", Text: fmt.Sprint(step), At: time.UnixMilli(int64(step))})
			case 3:
				if len(ids) < 5 {
					ids = append(ids, bring(t, h, incoming(fmt.Sprintf("n%d.txt", step), noticeText(step+7, 60)))...)
				}
			case 4:
				_, err = h.ApplyEach(ctx, people[rng.Intn(2)], randomEdit(rng, d), randomEdit(rng, d), randomEdit(rng, d))
			case 5:
				stopped, stop := context.WithCancel(ctx)
				stop()
				if _, err := h.Apply(stopped, "Zhang", randomEdit(rng, d)); err == nil {
					t.Fatal("an edit that was stopped was made")
				}
			default:
				_, err = h.Apply(ctx, people[rng.Intn(2)], randomEdit(rng, d), randomEdit(rng, d))
			}
			if err != nil && !refusal(err) {
				t.Fatalf("seed %d, step %d: %v", seed, step, err)
			}
			if k := h.kept.Load(); k != nil && k != before {
				hits++
			}
			for _, h := range hands {
				fresh(t, h, ids[rng.Intn(len(ids))])
			}
		}
		mustVerify(t, a)
	}
	if hits < 100 {
		t.Errorf("only %d times was a document kept through a change", hits)
	}
}

// TestKeptThroughARefusal: a transaction that was taken back leaves nothing in
// the document that is kept, and that stays.
func TestKeptThroughARefusal(t *testing.T) {
	keepEverything(t)
	a := newArchive(t)
	id := bring(t, a, incoming("a.txt", "即看到不足，又看到成绩。"))[0]
	mustApply(t, a, "Zhang", fix(id, 0, 1, "source", "既"))
	was := a.kept.Load()
	if was == nil || was.doc.ID != id {
		t.Fatal("the document is not kept")
	}
	if _, err := a.Apply(ctx, "Zhang", fix(id, 4, 5, "source", "補"), fix(id, 0, 2, "source", "x")); !refusal(err) {
		t.Fatalf("a correction over another: %v", err)
	}
	fresh(t, a, id)
	k := a.kept.Load()
	if at, known := a.current(ctx); !known || k == nil || k.doc != was.doc || k.at != at {
		t.Error("after the refusal the document is no longer kept")
	}
	if err := a.SaveDraft(ctx, Draft{Doc: id, Slot: "note", Actor: "Zhang", Text: "半"}); err != nil {
		t.Fatal(err)
	}
	if at, known := a.current(ctx); !known || a.kept.Load().at != at {
		t.Error("after a draft the document is no longer kept")
	}
}

// TestKeptFollowsNothingUnknown: what the connection that writes did past the
// writer shows too.
func TestKeptFollowsNothingUnknown(t *testing.T) {
	keepEverything(t)
	a := newArchive(t)
	id := bring(t, a, incoming("a.txt", "即看到不足，又看到成绩。"))[0]
	mustApply(t, a, "Zhang", tag("tag.add", id, "会议"))
	if _, err := a.w.Exec("UPDATE items SET key='学习' WHERE what='tag'"); err != nil {
		t.Fatal(err)
	}
	fresh(t, a, id)
	if mustDocument(t, a, id).Tag("学习") == nil {
		t.Error("the document that is kept hides what the file holds")
	}
}

// TestKeptEndsWithItsConnection: another connection counts what it sees from the
// beginning again, and so may count the same.
func TestKeptEndsWithItsConnection(t *testing.T) {
	keepEverything(t)
	b := newArchive(t)
	id := bring(t, b, incoming("a.txt", "即看到不足，又看到成绩。"))[0]
	a, err := Open(ctx, b.Path(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	mustDocument(t, a, id)
	if k := a.kept.Load(); k == nil || k.doc.ID != id {
		t.Fatal("the document is not kept")
	}
	mustApply(t, b, "Zhang", tag("tag.add", id, "会议"))
	c, err := a.w.Conn(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Raw(func(any) error { return driver.ErrBadConn }); !errors.Is(err, driver.ErrBadConn) {
		t.Fatal(err)
	}
	fresh(t, a, id)
}

// TestRandomWorkKept is TestRandomWork with every document kept.
func TestRandomWorkKept(t *testing.T) {
	keepEverything(t)
	TestRandomWork(t)
}
