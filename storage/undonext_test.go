package storage

import "testing"

// What the next undo and redo are about is what they do.
func TestNextTurn(t *testing.T) {
	a := newArchive(t)
	id := bring(t, a, incoming("a.txt", "甲乙丙"))[0]
	check := func(when string, undo, redo string, undoOps, redoOps int) {
		t.Helper()
		u, err := a.NextUndo(ctx, "Li")
		if err != nil {
			t.Fatal(err)
		}
		r, err := a.NextRedo(ctx, "Li")
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
	if u, _ := a.NextUndo(ctx, "Li"); len(u.First[0].Changes) != 1 || u.First[0].Changes[0].After.Text != "a" {
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
