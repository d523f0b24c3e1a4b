package storage

import (
	"slices"
	"testing"

	"fonds/storage/archive"
)

// A person who has another name now takes back, and brings back, what they did
// under any name that is or was theirs, whichever they say.
func TestRenamedTurn(t *testing.T) {
	a := newArchive(t)
	id := bring(t, a, incoming("a.txt", "甲乙丙"))[0]
	rename := func(from, to string) {
		mustApply(t, a, "Zhang", &archive.Edit{Do: "person.rename", Name: from, To: ptr(to)})
	}
	turn := func(redo bool, as string, left ...string) {
		t.Helper()
		n, next, err := a.NextTurns(ctx, as)
		if err != nil {
			t.Fatal(err)
		}
		do := a.Undo
		if redo {
			n, do = next, a.Redo
		}
		u, err := do(ctx, as, false)
		if err != nil || u.Ops != n.Ops || u.Ops == 0 {
			t.Fatalf("as %s: %+v, announced %d, %v", as, u, n.Ops, err)
		}
		d := mustDocument(t, a, id)
		var tags []string
		for _, it := range d.Of(archive.ATag) {
			if it.InForce() {
				tags = append(tags, it.Key)
			}
		}
		if !slices.Equal(tags, left) {
			t.Fatalf("as %s: tags %v, not %v", as, tags, left)
		}
	}
	mustApply(t, a, "Li", tag("tag.add", id, "一"))
	mustApply(t, a, "Li", tag("tag.add", id, "二"))
	rename("Li", "李红")
	turn(false, "李红", "一")     // done before, undone as now
	turn(true, "李红", "一", "二") // and redone
	turn(false, "Li", "一")     // the old name is the person still
	mustApply(t, a, "李红", tag("tag.add", id, "三"))
	if _, err := a.Redo(ctx, "Li", false); refusedAs(err) != "redo-nothing" {
		t.Errorf("a redo past what was done since under the other name: %v", err)
	}
	rename("李红", "李静")
	turn(false, "李静", "一")
	turn(false, "李静")
	turn(true, "Li", "一")
	turn(true, "李红", "一", "三")
	if _, err := a.Undo(ctx, "Zhang", false); err != nil { // the second renaming
		t.Fatal(err)
	}
	turn(false, "李红", "一")
	mustApply(t, a, "李红", field(id, "dcterms:creator", "司法厅"))
	rename("李红", "李静")
	if got, err := a.Worked(ctx, "李静", 1); err != nil || !slices.Equal(got, []archive.ID{id}) {
		t.Errorf("worked on: %v, %v", got, err)
	}
	mustVerify(t, a)
}

// A name that goes by undoing a renaming stays that person's: what they did under it
// is theirs, so that they do not get past four eyes by it, and nobody else takes it.
func TestUndoneRenamingKeepsTheName(t *testing.T) {
	a, id := team(t, "everything")
	undo := func() {
		t.Helper()
		if _, err := a.Undo(ctx, "Zhang", false); err != nil {
			t.Fatal(err)
		}
	}
	mustApply(t, a, "Zhang", &archive.Edit{Do: "person.rename", Name: "Li", To: ptr("李红")})
	r := mustApply(t, a, "李红", tag("tag.add", id, "自己的"))
	undo()
	if _, err := a.Apply(ctx, "Li", decide(r[0].Item, "approve")); refusedAs(err) != "four-eyes" {
		t.Errorf("one's own: %v", err)
	}
	if _, err := a.Apply(ctx, "Zhang", person("李红", "archivist")); err != nil {
		t.Fatal(err)
	}
	if p := mustDocument(t, a, "").Person("李红"); p == nil || p.Key != "Li" || p.Text != "archivist" {
		t.Errorf("who 李红 is: %+v", p)
	}
	mustApply(t, a, "Zhang", person("Li", "reviewer"))
	undo() // the role; what was renamed and undone is no obstacle
	undo()
	if _, err := a.Redo(ctx, "Zhang", false); err != nil {
		t.Fatal(err)
	}
	turned, err := a.Undo(ctx, "Li", false)
	if err != nil || turned.Ops != 1 {
		t.Errorf("what was done under the name that went: %+v, %v", turned, err)
	}
	mustVerify(t, a)
}
