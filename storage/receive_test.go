package storage

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand"
	"path/filepath"
	"reflect"
	"testing"

	"fonds/storage/archive"
)

// fromArchive hands an archive over; spoil may change each operation on the way.
type fromArchive struct {
	a     *Archive
	spoil func(*archive.Op) bool // false: left out
	less  bool                   // without originals
}

func (f fromArchive) Ops(take func(*archive.Op) error) error {
	return f.a.EachOp(ctx, func(op *archive.Op) error {
		if f.spoil != nil && !f.spoil(op) {
			return nil
		}
		return take(op)
	})
}

func (f fromArchive) Heads() (map[archive.ID]archive.Hash, error) { return f.a.Heads(ctx) }

func (f fromArchive) Texts(take func(SourceText) error) error { return f.a.EachText(ctx, take) }

func (f fromArchive) Originals() ([]string, error) {
	if f.less {
		return nil, nil
	}
	return f.a.Blobs(ctx)
}

func (f fromArchive) Original(sha string) (io.ReadCloser, error) { return f.a.Blob(ctx, sha) }

// emptyOf is an archive that owner has made and done nothing in.
func emptyOf(t *testing.T, owner string) *Archive {
	t.Helper()
	a, err := Create(ctx, filepath.Join(t.TempDir(), "b.fonds"), NewArchive{Owner: owner, Template: "dublincore"}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a
}

// An empty archive that receives another has the same rows, people and history,
// whoever made it, and goes on from there: with undo of what was done in the other.
func TestReceive(t *testing.T) {
	for seed := int64(0); seed < int64(rounds(4, 60)); seed++ {
		rng := rand.New(rand.NewSource(seed))
		a := newArchive(t)
		ids := bring(t, a, incoming("a.txt", noticeText(int(seed), 80)), incoming("b.txt", noticeText(int(seed)+7, 80)), incoming("c.txt", "丙"), scanIn("d.png", 2))
		for range 40 {
			if _, err := a.ApplyEach(ctx, people[rng.Intn(len(people))], randomEdit(rng, mustDocument(t, a, ids[[]int{0, 1, 3}[rng.Intn(3)]]))); err != nil && !refusal(err) {
				t.Fatal(err)
			}
		}
		if seed%2 == 0 {
			right := "court"
			mustApply(t, a, "Zhang", &archive.Edit{Do: archive.DestroyKind, Doc: string(ids[2]), Authority: &right, Reason: "order"})
		}
		for _, owner := range []string{"Zhang", "Qian"} {
			b := emptyOf(t, owner)
			if err := b.Receive(ctx, fromArchive{a: a}, nil); err != nil {
				t.Fatal(err)
			}
			mustVerify(t, b)
			if got, want := rowsOf(t, b), rowsOf(t, a); got != want {
				t.Errorf("seed %d, %s: rows\n%s\nwant\n%s", seed, owner, got, want)
			}
			for _, id := range ids[:2] {
				got, err := b.History(ctx, id, 0)
				if err != nil {
					t.Fatal(err)
				}
				want, err := a.History(ctx, id, 0)
				if err != nil || !reflect.DeepEqual(got, want) {
					t.Errorf("seed %d: the history of %s is another, %v", seed, id.Short(), err)
				}
				for i, of := range []*Archive{a, b} {
					r, err := of.Original(ctx, id)
					if err != nil {
						t.Fatal(err)
					}
					data, err := io.ReadAll(r)
					if sum := mustDocument(t, of, id); err != nil || int64(len(data)) != sum.Info.Size {
						t.Errorf("original %d: %d bytes, %v", i, len(data), err)
					}
				}
			}
			for _, it := range mustDocument(t, a, "").Of(archive.APerson) {
				if p := mustDocument(t, b, "").Person(it.Key); p == nil || p.Text != it.Text {
					t.Errorf("person %s: %+v", it.Key, p)
				}
			}
			mustApply(t, b, "Zhang", tag("tag.add", ids[0], "later"))
			if _, err := b.Undo(ctx, "Zhang", false); err != nil {
				t.Error(err)
			}
			mustVerify(t, b)
			if err := b.Receive(ctx, fromArchive{a: a}, nil); !errors.Is(err, ErrNotEmpty) {
				t.Errorf("a second time: %v", err)
			}
		}
	}
}

// What is not whole is refused, and the archive stays empty.
func TestReceiveNotWhole(t *testing.T) {
	a := newArchive(t)
	id := bring(t, a, incoming("a.txt", "甲乙丙"))[0]
	mustApply(t, a, "Li", tag("tag.add", id, "x"))
	mustApply(t, a, "Wang", tag("tag.add", id, "y"))
	for name, from := range map[string]fromArchive{
		"a body changed": {a: a, spoil: func(op *archive.Op) bool {
			op.Body = bytes.Replace(op.Body, []byte(`"x"`), []byte(`"z"`), 1)
			return true
		}},
		"a name changed": {a: a, spoil: func(op *archive.Op) bool {
			if op.Kind == "tag.add" {
				op.Actor = "Zhao"
			}
			return true
		}},
		"one left out":      {a: a, spoil: func(op *archive.Op) bool { return op.Seq != 3 }},
		"the last left out": {a: a, spoil: func(op *archive.Op) bool { return op.Kind != "tag.add" || op.Actor != "Wang" }},
		"nothing":           {a: a, spoil: func(op *archive.Op) bool { return false }},
		"without originals": {a: a, less: true},
	} {
		b := emptyOf(t, "Zhang")
		before, err := b.Heads(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if err := b.Receive(ctx, from, nil); !errors.Is(err, ErrNotWhole) {
			t.Errorf("%s: %v", name, err)
		}
		if now, err := b.Heads(ctx); err != nil || !sameHeads(before, now) {
			t.Errorf("%s: something was left: %v", name, err)
		}
		mustVerify(t, b)
	}
	stopped, stop := context.WithCancel(ctx)
	stop()
	b := emptyOf(t, "Zhang")
	if err := b.Receive(stopped, fromArchive{a: a}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	mustVerify(t, b)
}

// Only an archive in which nobody has done anything is empty, whoever came to it last.
func TestEmpty(t *testing.T) {
	a := newArchive(t)
	check := func(when string, want bool) {
		t.Helper()
		if got, err := a.Empty(ctx); err != nil || got != want {
			t.Errorf("%s: %v, %v", when, got, err)
		}
	}
	check("a new archive", true)
	come := func() {
		t.Helper()
		for i := range 4 {
			if err := a.write(ctx, func(w *writer) error { return w.known(fmt.Sprint("Person ", i)) }); err != nil {
				t.Fatal(err)
			}
		}
	}
	come()
	if h, err := a.History(ctx, "", 1); err != nil || h[0].Kind != "person.join" {
		t.Fatalf("%+v, %v", h, err)
	}
	check("people came", true)
	a = newArchive(t)
	bring(t, a, incoming("a.txt", "甲"))
	come()
	check("a document", false)
	a = newArchive(t)
	mustApply(t, a, "Zhang", &archive.Edit{Do: "policy.set", Review: "everything"})
	come()
	check("a policy", false)
}
