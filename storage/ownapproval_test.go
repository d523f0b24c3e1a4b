package storage

import (
	"strings"
	"testing"

	"fonds/storage/archive"
)

// An approval does not hold for words that its giver has come to be the author of;
// undoing that brings it back.
func TestApprovalOfWordsMadeOnesOwn(t *testing.T) {
	a, id := team(t, "none")
	title := func(who, words string) { mustApply(t, a, who, field(id, "dcterms:title", words)) }
	status := func(want archive.Status) {
		t.Helper()
		if got := mustDocument(t, a, id).Status(); got != want {
			t.Fatalf("%s, not %s", got, want)
		}
	}
	undo := func(who string) {
		t.Helper()
		if _, err := a.Undo(ctx, who, false); err != nil {
			t.Fatal(err)
		}
	}
	title("Wang", "甲")
	mustApply(t, a, "Li", &archive.Edit{Do: "document.approve", Doc: string(id)})
	title("Li", "乙")
	status(archive.InProgress)
	undo("Li")
	status(archive.Approved)
	title("Li", "乙")
	title("Li", "甲")
	status(archive.InProgress)
	undo("Li")
	undo("Li")
	status(archive.Approved)
	title("Wang", "乙")
	title("Wang", "甲") // its author's own words again
	status(archive.Approved)
	mustApply(t, a, "Zhang", &archive.Edit{Do: "person.rename", Name: "Li", To: ptr("李红")})
	title("李红", "乙")
	title("李红", "甲")
	status(archive.InProgress)
	mustVerify(t, a)
}

// Who first proposed what was amended, and agreed to it, approves no document that
// holds it.
func TestFirstAuthorDoesNotApproveTheDocument(t *testing.T) {
	a, id := team(t, "everything")
	r := mustApply(t, a, "Li", field(id, "dcterms:title", "题名"))
	mustApply(t, a, "Zhang", decide(r[0].Item, "amend", "题名。"))
	for _, it := range mustDocument(t, a, id).Of(archive.AValue) {
		if it.Open() && it.By != "" {
			mustApply(t, a, "Li", decide(it.ID, "agree"))
		}
	}
	refused(t, a, "four-eyes", "Li", &archive.Edit{Do: "document.approve", Doc: string(id)})
	mustVerify(t, a)
}

// Names that look alike are not two people by accident.
func TestNamesAlike(t *testing.T) {
	a, id := team(t, "everything")
	mustApply(t, a, "Zhang", person("Jos\u00e9", "reviewer"))
	r := mustApply(t, a, "Jose\u0301", tag("tag.add", id, "一")) // the same name, decomposed
	refused(t, a, "four-eyes", "Jos\u00e9", decide(r[0].Item, "approve"))
	for _, name := range []string{"li", "ＬＩ", "L i", "Li\u00a0"} {
		if name == "Li\u00a0" {
			continue // the space around a name is no part of it
		}
		refused(t, a, "person-alike", name, tag("tag.add", id, "二"))
		refused(t, a, "person-alike", "Zhang", person(name, "reviewer"))
	}
	refused(t, a, "person-alike", "Zhang", &archive.Edit{Do: "person.rename", Name: "Wang", To: ptr("LI")})
	mustApply(t, a, "Zhang", &archive.Edit{Do: "person.rename", Name: "Li", To: ptr("LI")}) // one's own
	mustVerify(t, a)
}

// A reason is one that can be read, and no book.
func TestReasonsThatCanBeRead(t *testing.T) {
	a, _, on := waiting(t)
	for _, no := range []string{"", "\u200b", " \u202e ", "\u3164", "\ufeff\u2060", "\u2800"} {
		e := decide(on[0], "reject")
		e.Reason = no
		refused(t, a, "reason-needed", "Li", e)
	}
	e := decide(on[0], "reject")
	e.Reason = strings.Repeat("长", 2001)
	refused(t, a, "too-long", "Li", e)
	e.Reason = strings.Repeat("长", 2000)
	mustApply(t, a, "Li", e)
	mustVerify(t, a)
}
