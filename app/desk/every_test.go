package desk

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
)

// titles are the rows of the list of places, with their badges.
func (e *every) titles() (out []string) {
	for i := range e.rows {
		r := e.row(i)
		out = append(out, r.Badge+r.Title)
	}
	return out
}

func (sc *screen) marksOn(doc archive.ID) (out []string) {
	sc.t.Helper()
	a, err := storage.Open(context.Background(), sc.path, storage.Options{ReadOnly: true})
	if err != nil {
		sc.t.Fatal(err)
	}
	defer a.Close()
	d, err := a.Document(context.Background(), doc)
	if err != nil {
		sc.t.Fatal(err)
	}
	r, err := d.Reading()
	if err != nil {
		sc.t.Fatal(err)
	}
	for _, it := range d.Of(archive.AMark) {
		if it.InForce() {
			out = append(out, it.Key+" "+r.Words(it.Anchor))
		}
	}
	return append(out, r.Text().String())
}

// Every place of the words of a mark gets its label: the places are shown first,
// one that has it says so, one is left out, and one undo takes all back.
func TestMarkEveryOccurrence(t *testing.T) {
	sc := opened(t)
	sc.selects("一件")
	sc.s.Correct(1, 3, "件件件件", "", nil) // 第件件件件通知: the places are those of the reading text
	sc.m.Settle()
	sc.text.Select(widgets.Span{Start: 1, End: 2})
	sc.m.Settle()
	sc.keys("w")
	sc.text.Select(widgets.Span{Start: 1, End: 1}) // the caret in the mark
	sc.m.Settle()
	sc.keys("r")
	e := sc.every
	if e == nil || sc.inspector.tabs.Visible() || sc.on.Focused() != fyne.Focusable(e.list) {
		t.Fatal("the places are not shown")
	}
	if got := strings.Join(e.titles(), "\n"); strings.Count(got, "✓") != 3 || !strings.HasPrefix(got, "第【件】件件件通知") {
		t.Fatalf("got\n%s", got)
	}
	sc.keys("Down", "Down", " ") // the third is left out
	if n := len(e.chosen()); n != 2 {
		t.Errorf("%d are to be marked", n)
	}
	sc.keys("Return")
	if sc.every != nil || !sc.inspector.tabs.Visible() || !sc.TextFocused() {
		t.Error("the list of places is still there")
	}
	id := sc.s.Document().ID
	if got, want := strings.Join(sc.marksOn(id)[:3], "|"), "work 件|work 件|work 件"; got != want || len(sc.marksOn(id)) != 4 {
		t.Errorf("got %q", sc.marksOn(id))
	}
	sc.s.Undo(false, nil)
	sc.m.Settle()
	if n := len(sc.marksOn(id)); n != 2 {
		t.Errorf("undone at once: %d marks", n-1)
	}
	sc.keys("r")
	sc.FocusInspector()
	if sc.on.Focused() != fyne.Focusable(sc.every.list) {
		t.Error("the keyboard is where nothing is seen")
	}
	sc.s.Commands.Run("tab.tags") // under the places
	if sc.every != nil || !sc.inspector.tabs.Visible() || sc.inspector.bar.chosen != tagsTab {
		t.Error("a tab that is asked for is not shown")
	}
	sc.FocusText()
	sc.keys("r", "Escape")
	if sc.every != nil || !sc.TextFocused() {
		t.Error("Escape does not leave it")
	}
}

// Selected words without a mark are asked for their label.
func TestMarkEveryAsksForTheLabel(t *testing.T) {
	sc := opened(t)
	sc.selects("银川")
	sc.keys("r", "Down", "Down", "Return")
	if sc.every == nil || sc.every.ask.Label != "place" {
		t.Fatalf("the label: %+v", sc.every)
	}
	sc.keys("Return")
	if got := sc.marksOn(sc.s.Document().ID); got[0] != "place 银川" {
		t.Errorf("got %q", got)
	}
	sc.text.Select(widgets.Span{})
	sc.m.Settle()
	sc.keys("r")
	if sc.every != nil || sc.s.Status().Notice == "" {
		t.Error("nothing is selected, and nothing is said")
	}
}

// Words are corrected in all documents that have them, one place left out, with
// a reason, as one step to undo.
func TestCorrectEveryOccurrence(t *testing.T) {
	sc := opened(t)
	first := sc.s.Document().ID
	second := sc.s.Row(1).ID
	sc.selects("通知")
	sc.keys("E")
	e := sc.every
	if e == nil || sc.on.Focused() != fyne.Focusable(e.text) || len(e.rows) != 1 {
		t.Fatalf("%+v", e)
	}
	sc.s.Commands.Run("doc.submit") // is not asked for while this is
	sc.m.Settle()
	if sc.s.Document().Status() == archive.Submitted || sc.every == nil {
		t.Fatal("the document was submitted with what is to be done everywhere left behind")
	}
	sc.keys("Return", "Return") // the words are the same
	if sc.every == nil || sc.on.Focused() != fyne.Focusable(e.text) {
		t.Fatal("nothing was to be done, and something was")
	}
	sc.types("公告") // over the words that stood there
	e.where.OnPick(string(rune('0'+session.Everywhere)), true)
	sc.m.Settle()
	if got := strings.Join(e.titles(), "|"); strings.Count(got, "✓") != 4 || !strings.Contains(got, "|✓第二件通知|✓第二件【通知】") {
		t.Fatalf("got %q", got)
	}
	e.reason.SetTyped("typing error")
	sc.on.Focus(e.list)
	sc.keys(" ")
	if len(e.chosen()) != 1 {
		t.Errorf("a head leaves its document out: %d", len(e.chosen()))
	}
	sc.keys(" ", "Return")
	for _, id := range []archive.ID{first, second} {
		if got := sc.marksOn(id); !strings.Contains(got[0], "公告") {
			t.Errorf("%s reads %q", id.Short(), got)
		}
	}
	if it := sc.s.Document().Of(archive.ACorrection)[0]; it.Reason != "typo" {
		t.Errorf("the reason: %q", it.Reason)
	}
	sc.s.Undo(false, nil)
	sc.m.Settle()
	for _, id := range []archive.ID{first, second} {
		if got := sc.marksOn(id); !strings.Contains(got[0], "通知") {
			t.Errorf("undone at once, %s reads %q", id.Short(), got)
		}
	}
}

// What does not fit any more when it is written is refused and named; the rest
// is done.
func TestCorrectEveryNamesWhatWasRefused(t *testing.T) {
	sc := opened(t)
	second := sc.s.Row(1).ID
	sc.selects("通知")
	sc.keys("E")
	e := sc.every
	sc.types("公告") // over the words that stood there
	e.where.OnPick(string(rune('0'+session.Everywhere)), true)
	sc.m.Settle()
	other, err := storage.Open(context.Background(), sc.path, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	start, end, text := 0, 1, "这是第"
	if _, err := other.Apply(context.Background(), "Li", &archive.Edit{Do: "correction.propose", Doc: string(second), Start: &start, End: &end, Text: &text}); err != nil {
		t.Fatal(err)
	}
	other.Close()
	sc.on.Focus(e.list)
	sc.keys("Return")
	if sc.every == nil || len(e.places.All) != 1 || e.places.All[0].Doc != second || e.why[keyOf(&e.places.All[0])] == nil {
		t.Fatalf("what was refused is not named: %+v", e.places.All)
	}
	if row := e.row(1); row.Badge != "⚠" || !strings.Contains(row.Sub, "通知") && !strings.Contains(row.Sub, "件通") {
		t.Errorf("it says %+v", row)
	}
	if got := sc.marksOn(sc.s.Document().ID); !strings.Contains(got[0], "公告") {
		t.Errorf("the rest was not done: %q", got)
	}
	e.look(session.Everywhere, false) // found anew, it is where it is now
	sc.m.Settle()
	if len(e.places.All) != 1 || e.places.All[0].Start != 5 {
		t.Errorf("found anew: %+v", e.places.All)
	}
}

// With the switch, words of other width and case are found too.
func TestEveryFolds(t *testing.T) {
	sc := opened(t)
	start, end := 0, 2
	sc.s.Correct(start, end, "Fonds ＦＯＮＤＳ fonds ", "", nil)
	sc.m.Settle()
	sc.selects("fonds")
	sc.keys("E")
	if n := len(sc.every.places.All); n != 1 {
		t.Errorf("exactly: %d places", n)
	}
	sc.every.fold.OnPick("fold", true)
	sc.m.Settle()
	if n := len(sc.every.places.All); n != 3 {
		t.Errorf("folded: %d places", n)
	}
	sc.keys("Escape")
}

// The history says of a label what it is for, how it is drawn and its key.
func TestLabelsInWords(t *testing.T) {
	sc := opened(t)
	got := sc.say(&archive.Item{What: archive.ALabel, Key: "官职", Text: "an office", Pos: 7, Detail: "q"})
	if want := "label “官职”, style 7 · Q · an office"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
