package desk

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
)

// team is the desk on an archive of Zhang's (owner) with a reviewer Li and an
// archivist Wang, who has proposed something of every kind on the first document.
func team(t *testing.T, who string) *screen {
	t.Helper()
	test.NewTempApp(t)
	sc := &screen{t: t, path: filled(t)}
	a, err := storage.Open(context.Background(), sc.path, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	apply := func(who string, edits ...*archive.Edit) []storage.Result {
		t.Helper()
		r, err := a.Apply(context.Background(), who, edits...)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	docs, err := a.List(context.Background(), storage.Query{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	doc := string(docs[0].ID)
	at := func(e *archive.Edit, words string) *archive.Edit {
		start := len([]rune(firstText[:strings.Index(firstText, words)]))
		end := start + len([]rune(words))
		e.Doc, e.Start, e.End = doc, &start, &end
		return e
	}
	text := func(s string) *string { return &s }
	apply("Zhang", &archive.Edit{Do: "person.set", Name: "Li", Role: "reviewer"}, &archive.Edit{Do: "person.set", Name: "Wang", Role: "archivist"},
		&archive.Edit{Do: "field.set", Doc: doc, Field: archive.TitleField, Values: []archive.ValueIn{{Value: "旧题名"}}},
		&archive.Edit{Do: "tag.add", Doc: doc, Tag: "旧标签"})
	apply("Zhang", &archive.Edit{Do: "policy.set", Review: "everything"})
	apply("Wang", &archive.Edit{Do: "field.set", Doc: doc, Field: archive.TitleField, Values: []archive.ValueIn{{Value: "新题名"}}},
		&archive.Edit{Do: "tag.add", Doc: doc, Tag: "新标签"}, &archive.Edit{Do: "tag.remove", Doc: doc, Tag: "旧标签"},
		at(&archive.Edit{Do: "mark.add", Label: "person"}, "李振国"),
		at(&archive.Edit{Do: "correction.propose", Text: text("兰州")}, "银川"))
	sc.actor = who
	sc.open()
	return sc
}

// only is the open proposal about a thing of a kind; the test fails where there
// is not exactly one.
func (sc *screen) only(w archive.What, by string) *archive.Item {
	sc.t.Helper()
	var out []*archive.Item
	for _, it := range sc.s.Document().Items {
		if it.Open() && it.What == w && it.By == by {
			out = append(out, it)
		}
	}
	if len(out) != 1 {
		sc.t.Fatalf("%d proposals of a %s by %s", len(out), w, by)
	}
	return out[0]
}

func (sc *screen) open1(w archive.What) int {
	n := 0
	for _, it := range sc.s.Document().Of(w) {
		if it.Open() && it.By != "" {
			n++
		}
	}
	return n
}

// What is in force stays; beside it stands what is proposed, by whom, in the
// place of what.
func TestProposalsBesideWhatIsInForce(t *testing.T) {
	sc := team(t, "Li")
	doc := sc.s.Document()
	title := sc.only(archive.AValue, "Wang")
	v := sc.view(doc, title)
	if v.Text != "新题名" || !strings.HasPrefix(v.Said, "Wang · 20") || !strings.Contains(v.Detail, "旧题名") || sc.title() != "旧题名" {
		t.Errorf("the title: %+v, in force %q", v, sc.title())
	}
	var acts []string
	for _, a := range v.Acts {
		acts = append(acts, a.Label+"/"+a.Key)
	}
	if got := strings.Join(acts, " "); got != "Approve/Alt+A Reject…/Alt+R Amend…/Alt+M" {
		t.Errorf("Li can: %s", got)
	}
	if got := sc.inspector.fields.form.Find(string(title.ID)); got == nil {
		t.Error("no box under the field")
	}
	if !strings.Contains(sc.text.Text(), "会议在银川召开") {
		t.Errorf("a proposed correction is in the text: %q", sc.text.Text())
	}
	var said []string
	for _, m := range session.Shown(doc, sc.s.LabelStyles()).Marks {
		said = append(said, m.Label)
		if !m.Proposed {
			t.Errorf("%s is not shown as proposed", m.Label)
		}
	}
	if got := strings.Join(said, ", "); got != "person, → 兰州" {
		t.Errorf("beside the text: %s", got)
	}
	if v := sc.view(doc, sc.only(archive.ACorrection, "Wang")); v.Text != "银川 → 兰州" {
		t.Errorf("the correction: %q", v.Text)
	}
	if v := sc.view(doc, sc.only(archive.ARemoval, "Wang")); v.Text != "旧标签" || !strings.Contains(v.Kind, "take away this tag") {
		t.Errorf("the removal: %+v", v)
	}
}

// Decisions by keys alone, wherever the proposal is shown.
func TestDecisionsByKey(t *testing.T) {
	sc := team(t, "Li")
	sc.FocusInspector() // the field; its proposals are at hand
	sc.keys("Alt+A")    // the machine's comes first: it is taken, as a proposal of Li's
	sc.inspector.fields.form.FocusProposal(string(sc.only(archive.AValue, "Wang").ID))
	sc.keys("Alt+A")
	if sc.title() != "新题名" {
		t.Fatalf("approved: the title is %q (%s)", sc.title(), sc.s.Status().Error)
	}
	sc.s.Commands.Run("tab.tags")
	sc.m.Settle()
	sc.inspector.tags.proposals.FocusProposal(string(sc.only(archive.ATag, "Wang").ID))
	sc.keys("Alt+R")
	if !sc.decided.IsOpen() {
		t.Fatal("no reason is asked for")
	}
	sc.keys("Ctrl+Return")
	if got := sc.refused[sc.only(archive.ATag, "Wang").ID]; !strings.Contains(got, "reason") {
		t.Errorf("without a reason: beside the proposal stands %q", got)
	}
	sc.inspector.tags.proposals.FocusProposal(string(sc.only(archive.ATag, "Wang").ID))
	sc.keys("Alt+R")
	sc.types("not so")
	sc.keys("Ctrl+Return")
	if n := sc.open1(archive.ATag); n != 0 {
		t.Errorf("rejected, and %d open (%s)", n, sc.s.Status().Error)
	}
	// In the text: the caret stands in the words.
	sc.selects("银川")
	sc.keys("Alt+M")
	sc.replace("西宁")
	sc.keys("Ctrl+Return")
	if it := sc.only(archive.ACorrection, "Li"); it.Text != "西宁" || it.First != "Wang" {
		t.Fatalf("amended: %+v", it)
	}
	sc.selects("李振国")
	sc.keys("Alt+A")
	if m := sc.s.Document().Of(archive.AMark); len(m) != 1 || !m[0].InForce() {
		t.Errorf("the mark: %d", len(m))
	}
	sc.s.Say("")
	sc.FocusText()
	sc.keys("Ctrl+Home", "Alt+B") // one's own, which is to be seen first
	if it := sc.atHand(); it == nil || it.By != "Li" {
		t.Errorf("Alt+B went to %+v", it)
	}
}

// An amendment is agreed to by its first author with one key; what one proposed
// is withdrawn by another; what one may not do is not offered, and who can is
// said.
func TestAuthorsActs(t *testing.T) {
	sc := team(t, "Wang")
	tag := sc.only(archive.ATag, "Wang")
	if v := sc.view(sc.s.Document(), tag); len(v.Acts) != 1 || v.Acts[0].ID != archive.ActWithdraw || v.Acts[0].Enter ||
		!strings.Contains(v.Waits, "Li, Zhang") {
		t.Errorf("one's own: %+v", v)
	}
	sc.inspector.open(tagsTab)
	sc.inspector.tags.proposals.FocusProposal(string(tag.ID))
	sc.keys("Return", "Alt+A")
	if n := sc.open1(archive.ATag); n != 1 {
		t.Fatalf("Enter or Alt+A did something: %d open", n)
	}
	if got := sc.refused[tag.ID]; !strings.Contains(got, "Li") {
		t.Errorf("beside it stands %q", got)
	}
	sc.keys("Alt+B")
	if n := sc.open1(archive.ATag); n != 0 {
		t.Fatalf("not withdrawn: %s", sc.s.Status().Error)
	}
	title := sc.only(archive.AValue, "Wang")
	sc.s.SetActor("Li")
	sc.m.Settle()
	sc.do(title, archive.ActAmend)
	sc.replace("再题")
	sc.keys("Return")
	sc.s.SetActor("Wang")
	sc.m.Settle()
	amended := sc.only(archive.AValue, "Li")
	if v := sc.view(sc.s.Document(), amended); len(v.Acts) != 1 || v.Acts[0].ID != archive.ActAgree || !strings.Contains(v.Detail, "Amends what Wang") {
		t.Errorf("an amendment of one's own: %+v", v)
	}
	sc.inspector.open(fieldsTab)
	sc.inspector.fields.form.FocusProposal(string(amended.ID))
	sc.keys("Return")
	if sc.title() != "再题" {
		t.Errorf("agreed, the title is %q (%s)", sc.title(), sc.s.Status().Error)
	}
}

// Typing under review leaves the field as it is in force, with the proposal
// below; a rejection is told to the author, with its reason.
func TestTypingUnderReview(t *testing.T) {
	sc := team(t, "Wang")
	sc.FocusInspector()
	sc.replace("第三题")
	sc.keys("Return")
	sc.wellSaved()
	if e := sc.on.Focused().(*widgets.Entry); e.Text != "旧题名" || e.Dirty() {
		t.Errorf("the field shows %q", e.Text)
	}
	it := sc.only(archive.AValue, "Wang")
	if it.Text != "第三题" {
		t.Errorf("proposed: %q", it.Text)
	}
	sc.s.SetActor("Li")
	sc.m.Settle()
	sc.decide(it, archive.ActReject, "no such title")
	sc.m.Settle()
	sc.s.SetActor("Wang")
	sc.m.Settle()
	field := sc.s.Field(archive.TitleField)
	if got := sc.inspector.fields.view(sc.s.Document(), &field).Hint; !strings.Contains(got, "no such title") || !strings.Contains(got, "Li") {
		t.Errorf("the author is told %q", got)
	}
}

// What is typed as a reason and not finished is offered again.
func TestReasonIsKept(t *testing.T) {
	sc := team(t, "Li")
	title := sc.only(archive.AValue, "Wang")
	sc.do(title, archive.ActReject)
	sc.types("half a rea")
	sc.s.Commands.Run("doc.next")
	sc.m.Settle()
	if sc.decided.IsOpen() {
		t.Fatal("the box is open on another document")
	}
	sc.s.Commands.Run("doc.previous")
	sc.m.Settle()
	sc.do(sc.only(archive.AValue, "Wang"), archive.ActReject)
	if got := sc.decided.Text(); got != "half a rea" {
		t.Errorf("offered: %q", got)
	}
}

func TestMarksTabDecides(t *testing.T) {
	i18n.Use("zh-Hans")
	defer i18n.Use("en")
	sc := team(t, "Li")
	sc.inspector.open(marksTab)
	fix := sc.only(archive.ACorrection, "Wang")
	sc.inspector.marks.choose(fix.ID)
	if it := sc.inspector.marks.open(); it == nil || it.ID != fix.ID || sc.inspector.marks.waiting.Hidden {
		t.Fatal("the chosen proposal is not shown with what can be done")
	}
	if v := sc.view(sc.s.Document(), fix); v.Acts[0].Label != "通过" || v.Acts[1].Label != "驳回…" || v.Acts[2].Label != "修改…" {
		t.Errorf("in Chinese: %+v", v.Acts)
	}
	sc.on.Focus(sc.inspector.marks.list)
	sc.keys("Alt+A")
	if !strings.Contains(sc.text.Text(), "兰州") {
		t.Errorf("approved, the text reads %q", sc.text.Text())
	}
}

// The buttons of a proposal show the keys that the person has given their commands,
// and those do it.
func TestKeysOfProposalsFollowTheTable(t *testing.T) {
	sc := opened(t)
	it := sc.only(archive.AValue, "")
	says := func(words string) bool { return strings.Contains(test.RenderObjectToMarkup(sc.Inspector()), words) }
	if !says("Alt+A") {
		t.Fatal("the button does not show its key")
	}
	if wrong := sc.s.Commands.SetKeys(map[string][]string{"proposal.take": {"Ctrl+Shift+J"}}); len(wrong) > 0 {
		t.Fatal(wrong)
	}
	sc.m.Settle()
	if says("Alt+A") || !says("Ctrl+Shift+J") {
		t.Error("the button shows the key of before")
	}
	sc.FocusField(archive.TitleField)
	entry := sc.on.Focused().(fyne.Shortcutable)
	entry.TypedShortcut(altKey(fyne.KeyA))
	sc.m.Settle()
	if got := sc.s.Document().Item(it.ID); !got.Open() {
		t.Error("the key of before still takes it")
	}
	entry.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyJ, Modifier: fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift})
	sc.m.Settle()
	if got := sc.s.Document().Item(it.ID); got.Open() {
		t.Error("its new key does not take it")
	}
}
