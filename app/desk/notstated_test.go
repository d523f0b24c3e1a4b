package desk

import (
	"slices"
	"strings"
	"testing"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage/archive"
	"fonds/widgets"
)

// entry is the entry that has the keyboard.
func (sc *screen) entry() *widgets.Entry {
	sc.t.Helper()
	e, ok := sc.on.Focused().(*widgets.Entry)
	if !ok {
		sc.t.Fatalf("the keyboard is on a %T", sc.on.Focused())
	}
	return e
}

// stands is what a field has in force, "∅" where the source does not state it.
func (sc *screen) stands(field string) string {
	var out []string
	for _, it := range sc.s.Document().Values(field) {
		if it.NotStated() {
			out = append(out, "∅")
		} else {
			out = append(out, it.Text)
		}
	}
	return strings.Join(out, " ")
}

// A field that the source does not state is marked by a key, which takes it back too;
// what is typed there takes its place.
func TestNotStatedByKeys(t *testing.T) {
	sc := opened(t)
	sc.FocusText()
	sc.keys("Alt+0")
	if sc.s.Status().Notice != i18n.T("notstated.which") || sc.stands(archive.DateField) != "" {
		t.Errorf("with the text focused: %q", sc.s.Status().Notice)
	}
	sc.FocusField(archive.DateField)
	hint := sc.entry().PlaceHolder
	sc.keys("Alt+0")
	if got := sc.stands(archive.DateField); got != "∅" {
		t.Fatalf("marked: %q (%s)", got, sc.s.Status().Error)
	}
	words := i18n.T("value.notstated")
	if e := sc.entry(); e.Text != "" || e.PlaceHolder != words || e.PlaceHolder == hint || e.Dirty() {
		t.Errorf("the field has the text %q and shows %q, want no text and %q", e.Text, e.PlaceHolder, words)
	}
	if !sc.inspector.fields.form.Filled(archive.DateField) {
		t.Error("a field that is not stated counts as not filled in")
	}
	if got := sc.notStatedWords(archive.DateField); got != i18n.T("cmd.notstated.back") {
		t.Errorf("the menu of the field says %q", got)
	}

	// Passing through changes nothing.
	before := len(sc.history())
	sc.FocusField(archive.TitleField)
	sc.FocusField(archive.DateField)
	sc.m.Settle()
	if n := len(sc.history()); n != before {
		t.Errorf("passing through made %d operations", n-before)
	}

	sc.FocusField(archive.DateField)
	sc.types("1949-10-01")
	sc.keys("Return")
	if got := sc.stands(archive.DateField); got != "1949-10-01" {
		t.Errorf("typed over it: %q", got)
	}
	if e := sc.entry(); e.Text != "1949-10-01" || e.PlaceHolder == words {
		t.Errorf("the field has the text %q and prompts %q", e.Text, e.PlaceHolder)
	}
	sc.keys("Alt+0")
	if got := sc.stands(archive.DateField); got != "∅" || sc.entry().Text != "" {
		t.Errorf("marked over a value: %q, and the field has the text %q", got, sc.entry().Text)
	}
	sc.keys("Alt+0")
	if got := sc.stands(archive.DateField); got != "" || sc.entry().PlaceHolder != hint {
		t.Errorf("the key again leaves %q, and the field prompts %q", got, sc.entry().PlaceHolder)
	}
	sc.s.Undo(false, nil)
	sc.m.Settle()
	if got := sc.stands(archive.DateField); got != "∅" {
		t.Errorf("undo brings back %q", got)
	}

	// What is typed and not set is set first, so that the history has it.
	sc.FocusField(archive.DateField)
	sc.types("1950")
	sc.keys("Alt+0")
	if got := sc.stands(archive.DateField); got != "∅" || sc.entry().Text != "" {
		t.Errorf("with typing under way: %q, and the field has the text %q", got, sc.entry().Text)
	}
	sc.s.Undo(false, nil)
	sc.m.Settle()
	if got := sc.stands(archive.DateField); got != "1950" {
		t.Errorf("what was typed is not in the history: undo brings back %q", got)
	}
}

// history is what was done to the document, the latest first, as the tab lists it.
func (sc *screen) history() []string {
	sc.t.Helper()
	sc.s.Commands.Run("tab.history")
	sc.m.Settle()
	var out []string
	for i := range sc.inspector.history.rows {
		out = append(out, sc.inspector.history.row(i).Title)
	}
	sc.s.Commands.Run("tab.fields")
	sc.m.Settle()
	return out
}

// Proposals of machines stay beside it, and one that is taken takes its place.
func TestNotStatedKeepsProposals(t *testing.T) {
	sc := opened(t)
	sc.FocusField(archive.TitleField)
	sc.keys("Alt+0")
	if sc.stands(archive.TitleField) != "∅" || sc.inspector.fields.form.FocusedProposal() == "" || sc.s.Document().Proposals() != 1 {
		t.Fatalf("the field has %q, and %d proposals are open", sc.stands(archive.TitleField), sc.s.Document().Proposals())
	}
	if got := sc.Desk.title.Text; got != "a.txt" {
		t.Errorf("the document is called %q, want its file's name", got)
	}
	if all := sc.s.Takeable(sc.s.Document()); len(all) != 0 {
		t.Errorf("taking all would take %q into a field that is not stated", all[0].Text)
	}
	sc.FocusField(archive.TitleField)
	sc.keys("Alt+A")
	if got := sc.stands(archive.TitleField); got != "第一件通知" {
		t.Errorf("taken: %q", got)
	}
}

// It is said in the window's language, in the history, in undo, where it is put back and
// copied, and where it is proposed.
func TestNotStatedInWords(t *testing.T) {
	for _, lang := range i18n.Languages() {
		t.Run(lang, func(t *testing.T) {
			was := i18n.Current()
			i18n.Use(lang)
			defer i18n.Use(was)
			sc := opened(t)
			words := i18n.T("value.notstated")
			sc.FocusField(archive.DateField)
			sc.types("1949")
			sc.keys("Return", "Alt+0")
			if got := sc.history()[0]; !strings.Contains(got, "1949 → "+words) {
				t.Errorf("the history says %q", got)
			}
			if got := sc.s.Commands.Get("undo").Words(); !strings.Contains(got, words) && !strings.Contains(got, string([]rune(words)[:8])) {
				t.Errorf("undo says %q", got)
			}
			sc.FocusField(archive.DateField)
			sc.keys("Alt+0") // empty again
			sc.s.Commands.Run("tab.history")
			sc.m.Settle()
			entries := sc.inspector.history.entries
			back := sc.s.BackTo(entries, 1) // what the operation before that left
			if back == nil || !strings.Contains(back.Words, words) {
				t.Fatalf("there is to be put back %+v", back)
			}
			sc.s.PutBack(back, nil)
			sc.m.Settle()
			if got := sc.stands(archive.DateField); got != "∅" {
				t.Errorf("put back: %q", got)
			}

			from := sc.s.Document().Document
			sc.s.Move(1)
			sc.m.Settle()
			c := &copying{d: sc.Desk, from: from, on: map[string]bool{}, off: map[string]bool{}, which: widgets.NewNote(2),
				options: widgets.NewOptions(true), do: widgets.NewPrimaryButton("", nil)}
			if got := sc.copyable(from); !slices.Contains(got, archive.DateField) {
				t.Errorf("copyable are %q", got)
			}
			c.show()
			sc.s.CopyFields(from, []string{archive.DateField}, nil)
			sc.m.Settle()
			if got := sc.stands(archive.DateField); got != "∅" {
				t.Errorf("copied: %q", got)
			}
			if got := session.ProposedWords(sc.s.Document().Values(archive.DateField)[0]); got != words {
				t.Errorf("as a proposal it is called %q", got)
			}
		})
	}
}

// Where the policy asks for review the key proposes it, and again withdraws that; what a
// reviewer has turned down is proposed again as it was, without asking for words.
func TestNotStatedReviewed(t *testing.T) {
	sc := team(t, "Wang")
	open := func() (out []*archive.Item) {
		for _, it := range sc.s.Document().Of(archive.AValue) {
			if it.Open() && it.NotStated() {
				out = append(out, it)
			}
		}
		return out
	}
	sc.FocusField(archive.DateField)
	sc.keys("Alt+0")
	if len(open()) != 1 || sc.stands(archive.DateField) != "" {
		t.Fatalf("%d are proposed, the field has %q (%s)", len(open()), sc.stands(archive.DateField), sc.s.Status().Error)
	}
	if v := sc.view(sc.s.Document(), open()[0]); v.Text != i18n.T("value.notstated") || strings.Contains(v.Detail, archive.NotStated) {
		t.Errorf("it is shown as %+v", v)
	}
	sc.FocusField(archive.DateField)
	sc.keys("Alt+0")
	if len(open()) != 0 {
		t.Errorf("the key again leaves it proposed (%s)", sc.s.Status().Error)
	}
	sc.FocusField(archive.DateField)
	sc.keys("Alt+0")
	sc.apply("Li", &archive.Edit{Do: "decide", On: string(open()[0].ID), Verdict: "reject", Reason: "见末页"})
	if v := sc.inspector.fields.view(sc.s.Document(), &sc.s.Fields(sc.s.Document())[1]); !strings.Contains(v.Hint, i18n.T("value.notstated")) {
		t.Errorf("beside the field stands %q", v.Hint)
	}
	sc.takeUp(sc.s.TurnedDown()[0])
	sc.m.Settle()
	if len(open()) != 1 {
		t.Errorf("taken up again it is not proposed: %s", sc.s.Status().Error)
	}
}
