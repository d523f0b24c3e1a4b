package desk

import (
	"context"
	"slices"
	"strings"
	"testing"

	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
)

// submit submits the document, and once more where required fields are empty.
func (sc *screen) submit() {
	sc.t.Helper()
	sc.run("doc.submit")
	if sc.on.Overlays().Top() != nil {
		sc.on.FocusPrevious()
		sc.keys("Return")
	}
}

// apply makes edits past the window, as another program would.
func (sc *screen) apply(who string, edits ...*archive.Edit) {
	sc.t.Helper()
	a, err := storage.Open(context.Background(), sc.path, storage.Options{})
	if err != nil {
		sc.t.Fatal(err)
	}
	defer a.Close()
	if _, err := a.Apply(context.Background(), who, edits...); err != nil {
		sc.t.Fatal(err)
	}
	sc.s.Refresh()
	sc.m.Settle()
}

func (sc *screen) values(field string) string {
	var out []string
	for _, it := range sc.s.Document().Values(field) {
		out = append(out, it.Text)
	}
	return strings.Join(out, "|")
}

// Three keys send a selection into a field; two send the next one into the same.
func TestSelectionIntoAFieldByItsNumber(t *testing.T) {
	sc := opened(t)
	sc.selects("李振国")
	sc.keys("f", "3")
	if got := sc.values("dcterms:creator"); got != "李振国" {
		t.Fatalf("by number: %q", got)
	}
	if it := sc.s.Document().Values("dcterms:creator")[0]; it.Anchor == nil || it.Anchor.Quote != "李振国" {
		t.Error("the evidence is lost")
	}
	sc.selects("银川")
	sc.keys("f", "Return")
	if got := sc.values("dcterms:creator"); got != "李振国|银川" {
		t.Errorf("the field that was chosen last: %q", got)
	}
	sc.selects("会议")
	sc.keys("f")
	sc.types("Subj")
	sc.keys("Return")
	if got := sc.values("dcterms:subject"); got != "会议" {
		t.Errorf("by its first letters: %q", got)
	}
}

func TestRequiredFieldsAreSaid(t *testing.T) {
	sc := opened(t)
	if got := sc.Desk.status.Text(); !strings.Contains(got, "4 required fields are empty") {
		t.Errorf("under the title: %q", got)
	}
	first := sc.s.Document().ID
	sc.FocusText()
	sc.run("doc.submit")
	if sc.on.Overlays().Top() == nil || sc.s.Document().ID != first {
		t.Fatal("nobody asks")
	}
	sc.keys("Return") // go to the first
	if got := sc.FocusedField(); got != archive.TitleField {
		t.Fatalf("the focus is on %q", got)
	}
	sc.types("题名")
	if got := len(sc.missing()); got != 3 {
		t.Errorf("what is being typed counts as missing: %d fields", got)
	}
	sc.run("doc.submit")
	sc.keys("Escape")
	if sc.s.Document().Status() == archive.Submitted {
		t.Error("Escape submits")
	}
	sc.submit()
	sc.s.OpenDocument(first)
	sc.m.Settle()
	if sc.s.Document().Status() != archive.Submitted || sc.title() != "题名" {
		t.Errorf("submitted all the same: %s, %q", sc.s.Document().Status(), sc.title())
	}
}

func TestAllProposalsAreTakenAtOnce(t *testing.T) {
	sc := opened(t)
	sc.FocusText()
	sc.run("tab.tags")
	sc.FocusText()
	sc.keys("A")
	if sc.title() != "" {
		t.Fatal("proposals were taken unseen")
	}
	sc.keys("A")
	if got := sc.title(); got != "第一件通知" {
		t.Fatalf("taken: %q", got)
	}
	if got := sc.s.Status().Notice; !strings.Contains(got, "1 proposal taken: Title") {
		t.Errorf("said: %q", got)
	}
	sc.keys("A")
	if got := sc.s.Status().Notice; !strings.Contains(got, "nothing to take") {
		t.Errorf("a second time: %q", got)
	}
	sc.run("undo")
	if sc.title() != "" || len(sc.s.Takeable(sc.s.Document())) != 1 {
		t.Error("one undo does not take it back")
	}
}

// Of a field that holds one value the surest proposal is taken; a value that
// stands is never replaced; several that are refused are named and the rest taken.
func TestTakeAllLeavesWhatStands(t *testing.T) {
	sc := opened(t)
	doc := sc.s.Document()
	mk := func(field, text string, sure float64) *archive.Item {
		it := &archive.Item{ID: archive.ID(field + text), What: archive.AValue, State: archive.Proposed, Key: field, Text: text, Confidence: sure}
		doc.Items = append(doc.Items, it)
		return it
	}
	const date, creator = "dcterms:date", "dcterms:creator"
	mk(date, "2015", 0.5)
	sure := mk(date, "2016", 0.9)
	a, b := mk(creator, "甲", 0.5), mk(creator, "乙", 0.4)
	mk(creator, "甲", 0.3)
	var got []string
	for _, it := range sc.s.Takeable(doc) {
		if it.Key != archive.TitleField {
			got = append(got, string(it.ID))
		}
	}
	slices.Sort(got)
	if want := []string{string(b.ID), string(a.ID), string(sure.ID)}; !slices.Equal(got, want) {
		t.Errorf("takeable: %v, want %v", got, want)
	}
	mk(date, "2017", 1).State = archive.Accepted
	for _, it := range sc.s.Takeable(doc) {
		if it.Key == date {
			t.Error("a proposal would take the place of a value that stands")
		}
	}
}

func TestWhatARuleRefusesOfAllIsNamed(t *testing.T) {
	sc := opened(t)
	it := sc.s.Takeable(sc.s.Document())[0]
	gone := it.Clone()
	gone.ID, gone.Key = archive.ID("0190a000-0000-7000-8000-00000000dead"), "dcterms:date"
	sc.takeThese([]*archive.Item{gone, it}, nil, nil)
	sc.m.Settle()
	if sc.on.Overlays().Top() == nil || sc.title() != "" {
		t.Fatal("nothing is asked, or something was taken")
	}
	sc.keys("Return")
	if got := sc.title(); got != "第一件通知" {
		t.Errorf("the rest: %q", got)
	}
}

// Under review, taking is proposing: the button says so.
func TestTakingUnderReviewSaysSo(t *testing.T) {
	sc := opened(t)
	label := func() string {
		return sc.view(sc.s.Document(), sc.s.Takeable(sc.s.Document())[0]).Acts[0].Label
	}
	if got := label(); got != "Take" {
		t.Errorf("without a review: %q", got)
	}
	sc.apply("Zhang", &archive.Edit{Do: "policy.set", Review: "everything"})
	if got := label(); got != "Take, for review" {
		t.Errorf("with a review: %q", got)
	}
}

func TestFieldsOfThePreviousDocumentAreCopied(t *testing.T) {
	sc := opened(t)
	const creator, language = "dcterms:creator", "dcterms:language"
	set := func(field string, values ...string) {
		var in []archive.ValueIn
		for _, v := range values {
			in = append(in, archive.ValueIn{Value: v})
		}
		sc.s.SetField(sc.s.Document().ID, field, in, nil)
		sc.m.Settle()
	}
	sc.FocusText()
	sc.keys("u")
	if got := sc.s.Status().Notice; !strings.Contains(got, "no other document") {
		t.Errorf("nothing was filled in yet: %q", got)
	}
	set(archive.TitleField, "第一件")
	set(creator, "司法厅", "监狱管理局")
	set(language, "zh-Hans")
	sc.keys("j")
	set(language, "zh-Hant")
	set(creator, "司法厅")
	sc.FocusText()
	sc.keys("u")
	if _, ok := sc.on.Focused().(*widgets.Options); !ok {
		t.Fatalf("the focus is on %T", sc.on.Focused())
	}
	sc.keys("Return") // nothing is empty here: nothing is ticked
	sc.keys("Down", "Space", "Down", "Space", "Return")
	if got := sc.values(creator); got != "司法厅|监狱管理局" {
		t.Errorf("beside those that stand: %q (%s)", got, sc.s.Status().Error)
	}
	if got := sc.values(language); got != "zh-Hans" && got != "zh-Hant|zh-Hans" {
		t.Errorf("the language: %q", got)
	}
	if sc.title() != "" {
		t.Errorf("the title was copied too: %q", sc.title())
	}
	sc.run("undo")
	if got := sc.values(creator) + " " + sc.values(language); got != "司法厅 zh-Hant" {
		t.Errorf("one undo leaves %q", got)
	}
}

// What was given to a field elsewhere is offered in it.
func TestLastValuesAreOffered(t *testing.T) {
	sc := opened(t)
	const creator = "dcterms:creator"
	sc.s.SetField(sc.s.Document().ID, creator, []archive.ValueIn{{Value: "宁夏回族自治区司法厅"}}, nil)
	sc.m.Settle()
	sc.FocusText()
	sc.keys("j")
	sc.FocusField(creator)
	sc.m.Settle()
	sc.keys("Down", "Return")
	if got := sc.values(creator); got != "宁夏回族自治区司法厅" {
		t.Errorf("taken from the list: %q", got)
	}
}
