package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fonds/storage/archive"
)

// What the next undo and redo are about is what they do.
func TestNextTurn(t *testing.T) {
	a := newArchive(t)
	id := bring(t, a, incoming("a.txt", "甲乙丙"))[0]
	check := func(when string, undo, redo string, undoOps, redoOps int) {
		t.Helper()
		u, r, err := a.NextTurns(ctx, "Li")
		if err != nil {
			t.Fatal(err)
		}
		kind := func(x Turn) string {
			if len(x.First) == 0 {
				return ""
			}
			return x.First[0].Kind
		}
		if kind(u) != undo || kind(r) != redo || u.Ops != undoOps || r.Ops != redoOps {
			t.Errorf("%s: undo %q of %d, redo %q of %d", when, kind(u), u.Ops, kind(r), r.Ops)
		}
	}
	check("a new archive", "", "", 0, 0)
	mustApply(t, a, "Li", tag("tag.add", id, "x"))
	mustApply(t, a, "Li", field(id, "dcterms:creator", "a"), tag("tag.add", id, "y"))
	mustApply(t, a, "Zhang", tag("tag.add", id, "z"))
	check("after two steps", "field.set", "", 2, 0)
	if u, _, _ := a.NextTurns(ctx, "Li"); len(u.First[0].Changes) != 1 || u.First[0].Changes[0].After.Text != "a" {
		t.Errorf("what it did: %+v", u.First[0].Changes)
	}
	if _, err := a.Undo(ctx, "Li", false); err != nil {
		t.Fatal(err)
	}
	check("after an undo", "tag.add", "tag.add", 1, 2)
	if _, err := a.Redo(ctx, "Li", false); err != nil {
		t.Fatal(err)
	}
	check("after a redo", "field.set", "", 2, 0)
}

// counting is a querier that keeps what it was asked.
type counting struct {
	querier
	asked []string
}

func (c *counting) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	c.asked = append(c.asked, query)
	return c.querier.QueryContext(ctx, query, args...)
}

func (c *counting) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	c.asked = append(c.asked, query)
	return c.querier.QueryRowContext(ctx, query, args...)
}

// twoTurns is an archive of so many people, of whom Li has something to undo and to redo.
func twoTurns(t testing.TB, people int) *Archive {
	t.Helper()
	a := newArchive(t)
	id := bring(t, a, incoming("a.txt", "甲乙丙"))[0]
	for i := range people {
		mustApply(t, a, fmt.Sprint("Person ", i), tag("tag.add", id, fmt.Sprint(i)))
	}
	mustApply(t, a, "Li", tag("tag.add", id, "x"))
	mustApply(t, a, "Li", tag("tag.add", id, "y"))
	if _, err := a.Undo(ctx, "Li", false); err != nil {
		t.Fatal(err)
	}
	return a
}

// The archive's own document, with all its people, is read once for both turns.
func TestNextTurnsReadTheArchiveOnce(t *testing.T) {
	a := twoTurns(t, 3)
	c := &counting{querier: a.r}
	a.r = c
	u, r, err := a.NextTurns(ctx, "Li")
	if err != nil || u.Ops != 1 || r.Ops != 1 {
		t.Fatalf("%+v, %+v, %v", u, r, err)
	}
	n := 0
	for _, q := range c.asked {
		if strings.Contains(q, "FROM items") {
			n++
		}
	}
	if n != 1 || len(c.asked) > 10 {
		t.Errorf("the items were asked for %d times, of %d queries", n, len(c.asked))
	}
}

func BenchmarkNextTurns(b *testing.B) {
	a := twoTurns(b, 300)
	for b.Loop() {
		if _, _, err := a.NextTurns(ctx, "Li"); err != nil {
			b.Fatal(err)
		}
	}
}

// A name is the same however its letters are typed: composed, as the archive writes
// it, or as a letter and its accent.
func TestNamesAreComposed(t *testing.T) {
	const composed, typed = "Jos\u00e9", " Jose\u0301 "
	a := newArchive(t)
	id := bring(t, a, incoming("a.txt", "甲乙丙"))[0]
	mustApply(t, a, typed, field(id, "dcterms:creator", "a"))
	for _, who := range []string{composed, typed} {
		if got, err := a.Worked(ctx, who, 9); err != nil || !slices.Equal(got, []archive.ID{id}) {
			t.Errorf("worked on by %q: %v, %v", who, got, err)
		}
		if u, _, err := a.NextTurns(ctx, who); err != nil || u.Ops != 1 {
			t.Errorf("to be undone for %q: %+v, %v", who, u, err)
		}
	}
	self, err := a.Self(ctx)
	if err != nil || self.NamesOf(typed) != composed {
		t.Errorf("the names of %q: %q, %v", typed, self.NamesOf(typed), err)
	}
	if _, err := a.Undo(ctx, typed, false); err != nil {
		t.Fatal(err)
	}
	for _, who := range []string{composed, typed} {
		if _, r, err := a.NextTurns(ctx, who); err != nil || r.Ops != 1 {
			t.Errorf("to be redone for %q: %+v, %v", who, r, err)
		}
	}
	// What is not in the log under a person's name is looked for under the name itself.
	if got, err := a.Worked(ctx, "Li\u0301", 9); err != nil || len(got) != 0 {
		t.Errorf("worked on by nobody: %v, %v", got, err)
	}
}

// A recovery stands in the log under the composed name too.
func TestRecoverComposesTheName(t *testing.T) {
	a := newArchive(t)
	bring(t, a, incoming("a.txt", "甲乙丙"))
	damaged := asItLies(t, a, false)
	out := filepath.Join(t.TempDir(), "out.fonds")
	if _, err := Recover(ctx, damaged, out, "Jose\u0301", RecoverOptions{}); err != nil {
		t.Fatal(err)
	}
	b, err := Open(ctx, out, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	h, err := b.History(ctx, "", 1)
	if err != nil || len(h) != 1 || h[0].Kind != archive.RecoverKind || h[0].Actor != "Jos\u00e9" {
		t.Errorf("the log ends with %+v, %v", h, err)
	}
	if _, err := Recover(ctx, damaged, out, "Jose\u0301", RecoverOptions{}); !errors.Is(err, fs.ErrExist) {
		t.Errorf("over another: %v", err)
	}
}
