package storage

import (
	"errors"
	"testing"

	"fonds/storage/archive"
)

// team makes an archive of Zhang (owner) with a reviewer Li, archivists Wang and
// Zhao, and a reader Sun, one document in it, under a policy.
func team(t testing.TB, review string) (*Archive, archive.ID) {
	t.Helper()
	a := newArchive(t)
	id := bring(t, a, incoming("1.txt", noticeText(1, 200)))[0]
	mustApply(t, a, "Zhang", person("Li", "reviewer"), person("Wang", "archivist"), person("Zhao", "archivist"), person("Sun", "reader"))
	if review != "none" {
		mustApply(t, a, "Zhang", &archive.Edit{Do: "policy.set", Review: review})
	}
	return a, id
}

func person(name, role string) *archive.Edit {
	return &archive.Edit{Do: "person.set", Name: name, Role: role}
}

func decide(on archive.ID, verdict string, text ...string) *archive.Edit {
	e := &archive.Edit{Do: "decide", On: string(on), Verdict: verdict}
	switch verdict {
	case "reject":
		e.Reason = "not so"
	case "amend":
		e.Text = &text[0]
	}
	return e
}

func about(do string, doc archive.ID) *archive.Edit {
	e := &archive.Edit{Do: do, Doc: string(doc)}
	if do == "document.return" {
		e.Reason = "look again"
	}
	return e
}

// refused wants a refusal with a code.
func refused(t *testing.T, a *Archive, code, actor string, edits ...*archive.Edit) {
	t.Helper()
	_, err := a.Apply(ctx, actor, edits...)
	var r *archive.Refusal
	if !errors.As(err, &r) || r.Code != code {
		t.Errorf("%s does %s: got %v, want the refusal %s", actor, edits[0].Do, err, code)
	}
}

func values(t *testing.T, a *Archive, id archive.ID, field string) (out []string) {
	t.Helper()
	for _, it := range mustDocument(t, a, id).Values(field) {
		out = append(out, it.Text)
	}
	return out
}

func same(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: got %q, want %q", what, got, want)
	}
	for i := range got {
		if got[i] != want[i] {
			t.Fatalf("%s: got %q, want %q", what, got, want)
		}
	}
}

const title = "dcterms:title"

// TestRoles: who may do what, and each refusal.
func TestRoles(t *testing.T) {
	a, id := team(t, "none")
	refused(t, a, "role", "Sun", field(id, title, "甲"))
	refused(t, a, "role", "Wang", person("Wang", "owner"))
	refused(t, a, "role", "Li", &archive.Edit{Do: "policy.set", Review: "everything"})
	refused(t, a, "role", "Wang", about("document.approve", id))
	refused(t, a, "role", "Wang", about("document.return", id))
	refused(t, a, "last-owner", "Zhang", person("Zhang", "reader"))
	refused(t, a, "role-name", "Zhang", person("Wang", "king"))
	mustApply(t, a, "New", field(id, title, "甲")) // a name not yet known joins
	mustApply(t, a, "Zhang", &archive.Edit{Do: "policy.set", Closed: ptr(true)})
	refused(t, a, "closed", "Newer", field(id, title, "乙"))
	if self, _ := a.Self(ctx); self.Person("Newer") != nil {
		t.Error("somebody joined a closed archive")
	}
	mustApply(t, a, "Zhang", person("Li", "owner"), person("Zhang", "reader"))
	refused(t, a, "role", "Zhang", field(id, title, "丙"))
	if _, err := a.Undo(ctx, "Zhang", false); !errors.Is(err, archive.ErrRefused) {
		t.Errorf("somebody who is a reader now made himself owner by an undo: %v", err)
	}
	mustVerify(t, a)
}

// TestReview: a value, a tag, a mark and a correction under a policy.
func TestReview(t *testing.T) {
	a, id := team(t, "none")
	mustApply(t, a, "Wang", field(id, title, "甲", "乙"), tag("tag.add", id, "t"), mark(id, 0, 4, "", "person"), fix(id, 5, 7, "", "改"))
	mustApply(t, a, "Zhang", &archive.Edit{Do: "policy.set", Review: "everything"})

	r := mustApply(t, a, "Wang", field(id, title, "丙", "乙"))
	same(t, "the old value stays in force", values(t, a, id, title), "甲", "乙")
	refused(t, a, "proposed-there", "Zhao", field(id, title, "丙", "乙"))
	refused(t, a, "role", "Zhao", decide(r[0].Item, "approve"))
	refused(t, a, "role", "Wang", decide(r[0].Item, "approve"))
	refused(t, a, "not-yours", "Zhao", &archive.Edit{Do: "proposal.withdraw", On: string(r[0].Item)})
	refused(t, a, "reason-needed", "Li", &archive.Edit{Do: "decide", On: string(r[0].Item), Verdict: "reject"})
	refused(t, a, "verdict", "Li", &archive.Edit{Do: "decide", On: string(r[0].Item), Verdict: "maybe"})
	refused(t, a, "doc-open", "Li", about("document.approve", id))
	mustApply(t, a, "Li", decide(r[0].Item, "approve"))
	same(t, "approved", values(t, a, id, title), "丙", "乙")
	refused(t, a, "not-open", "Li", decide(r[0].Item, "reject"))

	r = mustApply(t, a, "Li", field(id, title, "丁", "乙"))
	refused(t, a, "four-eyes", "Li", decide(r[0].Item, "approve"))
	r = mustApply(t, a, "Zhang", decide(r[0].Item, "amend", "戊"))
	same(t, "an amendment is a proposal", values(t, a, id, title), "丙", "乙")
	refused(t, a, "four-eyes", "Zhang", decide(r[0].Item, "approve"))
	refused(t, a, "not-amended", "Zhao", decide(r[0].Item, "agree"))
	mustApply(t, a, "Li", decide(r[0].Item, "agree"))
	same(t, "agreed", values(t, a, id, title), "戊", "乙")

	r = mustApply(t, a, "Wang", field(id, title, "己", "乙"))
	r = mustApply(t, a, "Li", decide(r[0].Item, "amend", "庚"))
	mustApply(t, a, "Wang", decide(r[0].Item, "approve")) // the first author, an archivist
	same(t, "the first author agreed", values(t, a, id, title), "庚", "乙")

	d := mustDocument(t, a, id)
	m, c := d.Of(archive.AMark)[0], d.Of(archive.ACorrection)[0]
	r = mustApply(t, a, "Zhao", tag("tag.remove", id, "t"), &archive.Edit{Do: "mark.remove", Mark: string(m.ID)},
		&archive.Edit{Do: "correction.withdraw", Correction: string(c.ID)}, field(id, title, "庚"))
	d = mustDocument(t, a, id)
	if d.Proposals() != 4 || d.Tag("t") == nil || !d.Item(m.ID).InForce() || !d.Item(c.ID).InForce() || len(d.Values(title)) != 2 {
		t.Fatalf("what is to go stays in force until it is decided: %d proposals", d.Proposals())
	}
	refused(t, a, "proposed-there", "Wang", tag("tag.remove", id, "t"))
	refused(t, a, "amend-removal", "Li", decide(r[0].Item, "amend", "x"))
	for _, x := range r {
		mustApply(t, a, "Li", decide(x.Item, "approve"))
	}
	d = mustDocument(t, a, id)
	if d.Proposals() != 0 || d.Tag("t") != nil || d.Item(m.ID).InForce() || d.Item(c.ID).InForce() || len(d.Values(title)) != 1 {
		t.Fatal("what was approved to go is still in force")
	}

	r = mustApply(t, a, "Wang", field(id, title, "辛"))
	r2 := mustApply(t, a, "Zhao", field(id, title, "壬"))
	mustApply(t, a, "Li", decide(r[0].Item, "approve"))
	refused(t, a, "stale", "Li", decide(r2[0].Item, "approve"))
	r2 = mustApply(t, a, "Li", decide(r2[0].Item, "amend", "癸")) // in the place of what is there now
	mustApply(t, a, "Zhao", decide(r2[0].Item, "agree"))
	same(t, "an amendment stands in the place of what is there now", values(t, a, id, title), "癸")

	r = mustApply(t, a, "Wang", fix(id, 5, 7, "", "一"))
	r2 = mustApply(t, a, "Zhao", fix(id, 6, 8, "", "二"))
	mustApply(t, a, "Li", decide(r[0].Item, "approve"))
	refused(t, a, "correction-stands", "Li", decide(r2[0].Item, "approve"))
	mustApply(t, a, "Li", decide(r2[0].Item, "reject"))
	mustVerify(t, a)
}

// TestFourEyesOff: a one-person archive, whose approvals say so.
func TestFourEyesOff(t *testing.T) {
	a, id := team(t, "everything")
	r := mustApply(t, a, "Zhang", field(id, title, "甲"))
	refused(t, a, "four-eyes", "Zhang", decide(r[0].Item, "approve"))
	mustApply(t, a, "Zhang", &archive.Edit{Do: "policy.set", FourEyes: ptr(false)})
	mustApply(t, a, "Zhang", decide(r[0].Item, "approve"))
	if it := mustDocument(t, a, id).Item(r[0].Item); !it.InForce() || it.Decision == nil || !it.Decision.Alone {
		t.Errorf("an approval of one's own says so: %+v", it.Decision)
	}
	mustApply(t, a, "Zhang", about("document.approve", id))
	if it, holds := mustDocument(t, a, id).Approval(); it == nil || !holds {
		t.Error("the approval does not hold")
	}
	mustVerify(t, a)
}

// TestApprovalHolds: an approval is of a content; a change makes it stale, its
// undo revives it.
func TestApprovalHolds(t *testing.T) {
	a, id := team(t, "none")
	status := func() archive.Status { return mustDocument(t, a, id).Status() }
	want := func(s archive.Status) {
		t.Helper()
		if got := status(); got != s {
			t.Fatalf("the document is %q, want %q", got, s)
		}
	}
	want(archive.New)
	mustApply(t, a, "Wang", field(id, title, "甲"))
	want(archive.InProgress)
	mustApply(t, a, "Wang", about("document.submit", id))
	want(archive.Submitted)
	refused(t, a, "doc-status", "Wang", about("document.submit", id))
	refused(t, a, "not-yours", "Zhao", about("document.recall", id))
	mustApply(t, a, "Wang", about("document.recall", id))
	want(archive.InProgress)
	mustApply(t, a, "Wang", about("document.submit", id))
	mustApply(t, a, "Li", about("document.return", id))
	want(archive.Returned)
	mustApply(t, a, "Wang", about("document.submit", id))
	mustApply(t, a, "Li", tag("tag.add", id, "x"))
	refused(t, a, "four-eyes", "Li", about("document.approve", id))
	mustApply(t, a, "Zhang", about("document.approve", id))
	want(archive.Approved)
	mustApply(t, a, "Wang", &archive.Edit{Do: "note.add", Doc: string(id), Text: ptr("a note")})
	want(archive.Approved)
	mustApply(t, a, "Wang", field(id, title, "乙"))
	want(archive.InProgress)
	if it, holds := mustDocument(t, a, id).Approval(); it == nil || holds {
		t.Error("a stale approval is still known, and does not hold")
	}
	if _, err := a.Undo(ctx, "Wang", false); err != nil {
		t.Fatal(err)
	}
	want(archive.Approved)
	mustApply(t, a, "Wang", tag("tag.remove", id, "x"))
	want(archive.InProgress)
	mustApply(t, a, "Wang", tag("tag.add", id, "x")) // another tag of that name: tags count by id
	want(archive.InProgress)
	mustApply(t, a, "Zhang", about("document.approve", id))
	mustApply(t, a, "Wang", about("document.remove", id))
	want(archive.Removed)
	refused(t, a, "doc-removed", "Wang", field(id, title, "丙"))
	if hits, _ := a.List(ctx, Query{}); len(hits) != 0 {
		t.Error("a removed document is listed")
	}
	mustApply(t, a, "Zhao", about("document.restore", id))
	want(archive.Approved)
	mustVerify(t, a)
}

// TestUndoUnderReview: what is in force is not changed past a review by undoing.
func TestUndoUnderReview(t *testing.T) {
	a, id := team(t, "none")
	mustApply(t, a, "Wang", field(id, title, "甲"))
	mustApply(t, a, "Zhang", &archive.Edit{Do: "policy.set", Review: "everything"})
	_, err := a.Undo(ctx, "Wang", false)
	var r *archive.Refusal
	if !errors.As(err, &r) || r.Code != "undo-reviewed" {
		t.Fatalf("got %v, want the refusal undo-reviewed", err)
	}
	// Nor what something in force says.
	mustApply(t, a, "Zhang", &archive.Edit{Do: "policy.set", Review: "none"})
	m := mustApply(t, a, "Wang", mark(id, 0, 4, "", "person"))
	mustApply(t, a, "Wang", &archive.Edit{Do: "mark.edit", Mark: string(m[0].Item), Text: ptr("another")})
	mustApply(t, a, "Zhang", &archive.Edit{Do: "policy.set", Review: "everything"})
	if _, err := a.Undo(ctx, "Wang", false); !errors.As(err, &r) || r.Code != "undo-reviewed" {
		t.Fatalf("undoing a change of a mark: got %v, want the refusal undo-reviewed", err)
	}
	p := mustApply(t, a, "Wang", field(id, title, "乙"))
	mustApply(t, a, "Li", decide(p[0].Item, "approve"))
	if _, err := a.Undo(ctx, "Wang", false); !errors.As(err, &r) || r.Code != "undo-changed" {
		t.Fatalf("undoing what was approved since: got %v, want the refusal undo-changed", err)
	}
	if _, err := a.Undo(ctx, "Li", false); err != nil {
		t.Fatal(err)
	}
	same(t, "an approval taken back", values(t, a, id, title), "甲")
	if _, err := a.Redo(ctx, "Li", false); err != nil {
		t.Fatal(err)
	}
	same(t, "and given again", values(t, a, id, title), "乙")
	mustVerify(t, a)
}
