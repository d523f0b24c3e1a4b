package session

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"fonds/app/i18n"
	"fonds/storage/archive"
)

// reviewed is a session on an archive of Zhang's (owner) with a reviewer Li,
// archivists Wang and Zhao, and a reader Sun, that asks for review of everything.
func reviewed(t *testing.T) *desk {
	t.Helper()
	path := filled(t, three()...)
	a := other(t, path)
	for name, role := range map[string]string{"Li": "reviewer", "Wang": "archivist", "Zhao": "archivist", "Sun": "reader"} {
		if _, err := a.Apply(t.Context(), "Zhang", &archive.Edit{Do: "person.set", Name: name, Role: role}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := a.Apply(t.Context(), "Zhang", &archive.Edit{Do: "policy.set", Review: "everything"}); err != nil {
		t.Fatal(err)
	}
	return opening(t, path)
}

func (d *desk) as(name string) *desk {
	d.SetActor(name)
	d.m.Settle()
	return d
}

// proposed is the open proposal of a thing of a kind, the latest.
func (d *desk) proposed(w archive.What) *archive.Item {
	var out *archive.Item
	for _, it := range d.Document().Of(w) {
		if it.Open() && it.By != "" {
			out = it
		}
	}
	return out
}

// What can be done with a proposal, by whose it is and who is working.
func TestActs(t *testing.T) {
	d := reviewed(t).as("Wang")
	machine := d.Document().Item(proposalOf(d.Document()))
	d.SetTag("t", true)
	d.m.Settle()
	mine := d.proposed(archive.ATag)
	for _, c := range []struct {
		who, machine, mine, waits string
	}{
		{"Wang", "take refuse", "withdraw", "Li, Zhang can decide on it"},
		{"Zhao", "take refuse", "", "Li, Zhang can decide on it"},
		{"Li", "take refuse", "approve reject amend", ""},
		{"Zhang", "take refuse", "approve reject amend", ""},
		{"Sun", "", "", "Li, Zhang can decide on it"},
	} {
		d.as(c.who)
		if got := strings.Join(d.Acts(machine), " "); got != c.machine {
			t.Errorf("%s and a machine's: %q, want %q", c.who, got, c.machine)
		}
		if got := strings.Join(d.Acts(mine), " "); got != c.mine {
			t.Errorf("%s and Wang's: %q, want %q", c.who, got, c.mine)
		}
		if got := d.Waits(mine); got != c.waits {
			t.Errorf("%s is told %q, want %q", c.who, got, c.waits)
		}
	}
	d.as("Li").Decide(mine, archive.ActAmend, "u", nil)
	d.m.Settle()
	amended := d.proposed(archive.ATag)
	if got := strings.Join(d.Acts(amended), " "); got != "withdraw" {
		t.Errorf("Li and an amendment of Li's: %q", got)
	}
	if got := d.Waits(amended); got != "Zhang can decide on it" {
		t.Errorf("Li is told %q", got)
	}
	if got := strings.Join(d.as("Wang").Acts(amended), " "); got != "agree" || d.Waits(amended) != "" {
		t.Errorf("the first author: %q, is told %q", got, d.Waits(amended))
	}
	d.Decide(amended, archive.ActAgree, "", nil)
	d.m.Settle()
	if d.Document().Tag("u") == nil {
		t.Error("agreed to, and not in force")
	}
}

// A key for a tag under review: once proposes, again takes the proposal back;
// for a tag in force, proposes that it goes, and again takes that back.
func TestTagKeysUnderReview(t *testing.T) {
	d := reviewed(t).as("Wang")
	toggle := func(want bool) {
		t.Helper()
		d.SetTag("t", !d.HasTag("t"))
		if d.HasTag("t") != want {
			t.Fatal("before it is written it is expected otherwise")
		}
		d.m.Settle()
		if d.HasTag("t") != want || d.Status().Error != "" {
			t.Fatalf("written: %v, want %v (%s)", d.HasTag("t"), want, d.Status().Error)
		}
	}
	toggle(true)
	if it := d.proposed(archive.ATag); it == nil || d.Document().Tag("t") != nil {
		t.Fatal("it is no proposal")
	}
	toggle(false)
	if d.proposed(archive.ATag) != nil {
		t.Fatal("the proposal was not taken back")
	}
	toggle(true)
	d.as("Li").Decide(d.proposed(archive.ATag), archive.ActApprove, "", nil)
	d.m.Settle()
	d.as("Wang")
	toggle(false)
	if d.Document().Tag("t") == nil || d.proposed(archive.ARemoval) == nil {
		t.Fatal("that it goes is not proposed, or it is gone")
	}
	toggle(true)
	if d.proposed(archive.ARemoval) != nil {
		t.Fatal("that it goes is still proposed")
	}
}

// A decision on a proposal that has changed since it was shown is refused.
func TestDecisionOnWhatWasSeen(t *testing.T) {
	d := reviewed(t).as("Li")
	a := other(t, d.Path())
	res, err := a.Apply(t.Context(), "Wang", &archive.Edit{Do: "tag.add", Doc: string(d.Document().ID), Tag: "t"})
	if err != nil {
		t.Fatal(err)
	}
	d.Poll()
	d.m.Settle()
	seen := d.Document().Item(res[0].Item)
	if _, err := a.Apply(t.Context(), "Zhang", &archive.Edit{Do: "decide", On: string(seen.ID), Verdict: "reject", Reason: "no"}); err != nil {
		t.Fatal(err)
	}
	var told error
	d.Decide(seen, archive.ActApprove, "", func(err error) { told = err })
	d.m.Settle()
	if told == nil || d.Document().Tag("t") != nil {
		t.Errorf("approved what was rejected: %v", told)
	}
}

// No Chinese sentence has an English word in it that is not the archive's own.
func TestRefusalsAreInOneLanguage(t *testing.T) {
	i18n.Use("zh-Hans")
	defer i18n.Use("en")
	for _, err := range []error{
		archive.Refuse("role", "who", "王", "role", archive.Archivist, "needs", archive.Reviewer, "can", "李, 张"),
		archive.Refuse("role-nobody", "who", "王", "role", archive.Reader, "needs", archive.Owner, "can", "张"),
		archive.Refuse("doc-status", "now", archive.InProgress, "from", "in progress, returned, submitted"),
		archive.Refuse("stale", "who", "王", "now", `"甲"`, "seen", "an older one"),
		archive.Refuse("stale", "who", "the text", "now", "another content", "seen", `"乙"`),
		archive.Refuse("not-yours", "what", "document", "by", "王", "can", "李, 张"),
		archive.Refuse("not-open", "what", archive.ARemoval, "id", "8", "state", archive.Superseded),
	} {
		got := Words(err)
		if strings.ContainsFunc(got, func(r rune) bool { return r < 0x80 && unicode.IsLetter(r) }) || strings.ContainsAny(got, "{}") {
			t.Errorf("%v: %s", err, got)
		}
	}
	if got := Words(archive.Refuse("role", "who", "王", "role", archive.Archivist, "needs", archive.Reviewer, "can", "李, 张")); !strings.Contains(got, "李、张") {
		t.Errorf("a list: %s", got)
	}
	for _, s := range archive.Statuses() {
		if !i18n.Has("docstatus." + string(s)) {
			t.Errorf("the status %q has no words", s)
		}
	}
	for _, r := range archive.Roles() {
		if !i18n.Has("role." + string(r)) {
			t.Errorf("the role %q has no words", r)
		}
	}
	if slices.ContainsFunc(acts, func(a string) bool { return !i18n.Has("act." + a) }) {
		t.Error("an act has no words")
	}
}

func (d *desk) step(act, reason string) error {
	var told error
	d.Step(act, reason, func(err error) { told = err })
	d.m.Settle()
	return told
}

// The way of a document: submitted, withdrawn, returned, approved, changed.
func TestSteps(t *testing.T) {
	d := reviewed(t).as("Wang")
	status := func(want archive.Status) {
		t.Helper()
		if got := d.Document().Status(); got != want {
			t.Fatalf("the document is %q, want %q (%s)", got, want, d.Status().Error)
		}
		if got := d.Row(d.RowOfDocument()).Status; got != want {
			t.Fatalf("its row says %q, want %q", got, want)
		}
	}
	refuses := func(act, code string) {
		t.Helper()
		err := d.step(act, "")
		if !IsRefusal(err) || !strings.Contains(Words(err), code) {
			t.Errorf("%s: %v", act, err)
		}
	}
	d.step(archive.ActSubmit, "")
	status(archive.Submitted)
	refuses(archive.ActSubmit, "submitted")
	refuses(archive.ActApprove, "Li, Zhang")
	d.step(archive.ActRecall, "")
	status(archive.InProgress)
	d.step(archive.ActSubmit, "")
	d.as("Li")
	refuses(archive.ActReturn, "reason")
	refuses(archive.ActApprove, "wait for a decision") // the machine's title
	d.step(archive.ActReturn, "look again")
	status(archive.Returned)
	d.as("Wang").Decide(d.Document().Item(proposalOf(d.Document())), archive.ActRefuse, "", nil)
	d.m.Settle()
	d.step(archive.ActSubmit, "")
	d.as("Li").step(archive.ActApprove, "")
	status(archive.Approved)
	d.as("Wang").SetTag("t", true)
	d.m.Settle()
	status(archive.Approved) // it is only proposed
	d.as("Li").Decide(d.proposed(archive.ATag), archive.ActApprove, "", nil)
	d.m.Settle()
	status(archive.InProgress)
	if it, holds := d.Document().Approval(); it == nil || holds {
		t.Error("the approval does not show as lapsed")
	}
	d.Undo(false, nil)
	d.m.Settle()
	status(archive.Approved)
}

// Submitting goes on to the next document to do, and keys typed ahead act there;
// what is typed and refused keeps the document from being submitted.
func TestSubmitGoesOn(t *testing.T) {
	d := reviewed(t).as("Wang")
	first := d.Document().ID
	d.Move(1)
	d.m.Settle()
	second := d.Document().ID
	d.Submit(nil)
	d.m.Settle()
	third := d.Document().ID
	if third == first || third == second {
		t.Fatal("not at the third")
	}
	d.Submit(nil)
	d.Commands.Run("doc.next") // waits for no document, and stays in the list's end
	d.Commands.Run("tag.name")
	d.m.Settle()
	if d.Document().ID != first {
		t.Fatalf("from the end not around to the first (%s)", d.Status().Error)
	}
	d.Submit(nil)
	d.m.Settle()
	if d.Document().ID != first || !strings.Contains(d.Status().Notice, "Nothing else") {
		t.Errorf("with nothing left to do: %q", d.Status().Notice)
	}
	for f, want := range map[Filter]int{Submitted: 3, Returned: 0, Approved: 0} {
		if n, ok := d.Count(f); n != want || !ok {
			t.Errorf("filter %d counts %d, want %d", f, n, want)
		}
	}
}

func TestSubmitWaitsForWhatIsTyped(t *testing.T) {
	d := reviewed(t).as("Wang")
	id := d.Document().ID
	d.OnFlush(func() { // a field with typing in it that is refused
		d.Apply(nil, &archive.Edit{Do: "tag.remove", Doc: string(id), Tag: "no such tag"})
	})
	d.Submit(nil)
	d.m.Settle()
	if d.Document().ID != id || d.Document().Status() == archive.Submitted {
		t.Error("submitted without what was typed")
	}
	if d.Status().Error == "" {
		t.Error("nothing is said")
	}
	// Nothing waits for ever.
	ran := false
	d.WhenLoaded(func() { ran = true })
	if !ran {
		t.Error("commands still wait")
	}
}
