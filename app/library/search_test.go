package library

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"fonds/app/session"
)

// searches types a search and lets the list answer.
func (sc *screen) searches(words string) {
	sc.t.Helper()
	sc.FocusSearch()
	sc.search.Entry.SetText(words)
	sc.search.Now()
	sc.m.Settle()
}

// TestSearchFault: what is wrong with a search is said below it, and the list stays as
// it is until it is mended.
func TestSearchFault(t *testing.T) {
	sc := opened(t, "one", "two", "three")
	sc.searches("tw")
	if sc.list.Count() != 1 || sc.search.Faulty() {
		t.Fatalf("%d rows, %q", sc.list.Count(), sc.search.Fault())
	}
	for _, wrong := range []string{"titel:x", "(tw", "OR", `""`, strings.Repeat("a", 3000)} {
		sc.searches(wrong)
		if !sc.search.Faulty() || sc.search.Fault() == "" || sc.list.Count() != 1 {
			t.Errorf("%.20q: %d rows, %q", wrong, sc.list.Count(), sc.search.Fault())
		}
		sc.keys(fyne.KeyReturn)
		if sc.c.Focused() != fyne.Focusable(sc.search.Entry) {
			t.Errorf("%.20q: Enter leaves the search", wrong)
		}
	}
	sc.searches("题名:t OR tw")
	if sc.list.Count() != 1 || sc.search.Faulty() {
		t.Errorf("mended: %d rows, %q", sc.list.Count(), sc.search.Fault())
	}
	sc.searches("")
	if sc.list.Count() != 3 {
		t.Errorf("of nothing: %d rows", sc.list.Count())
	}
}

// TestSnippets: rows say what is found around the words, whatever form they are in, and
// what they said before when nothing is looked for.
func TestSnippets(t *testing.T) {
	sc := opened(t, "第一件", "本月在宁夏回族自治区司法廳召开推进会", "第三件 司法厅")
	before := sc.row(1).Sub
	sc.searches("司法厅")
	if n := sc.list.Count(); n != 2 {
		t.Fatalf("%d rows", n)
	}
	for i, want := range []string{"…在宁夏回族自治区司法廳召开推进会", "第三件 司法厅"} {
		sc.row(i)
		sc.m.Settle()
		if got := sc.row(i).Sub; got != want {
			t.Errorf("row %d says %q, want %q", i, got, want)
		}
	}
	sc.searches("")
	if got := sc.row(1).Sub; got != before {
		t.Errorf("afterwards it says %q, and said %q", got, before)
	}
}

// TestNarrow: a condition is chosen by what and by which, and stands in the search.
func TestNarrow(t *testing.T) {
	sc := opened(t, "one 通知", "two 通知", "three")
	sc.s.SetTag("党建/会议", true)
	sc.m.Settle()
	sc.searches("通知")
	sc.s.Commands.Run("search.narrow")
	sc.m.Settle()
	sc.types("Tag")
	sc.keys(fyne.KeyReturn)
	sc.keys(fyne.KeyReturn) // the first tag: all of 党建
	if sc.search.Entry.Text != "通知 tag:党建" || sc.list.Count() != 1 || sc.s.Query().Search != sc.search.Entry.Text {
		t.Errorf("the search is %q, with %d rows", sc.search.Entry.Text, sc.list.Count())
	}
	sc.s.Commands.Run("search.narrow")
	sc.m.Settle()
	sc.types("path")
	sc.keys(fyne.KeyReturn)
	if sc.search.Entry.Text != "通知 tag:党建 name:" || sc.c.Focused() != fyne.Focusable(sc.search.Entry) {
		t.Errorf("the search is %q", sc.search.Entry.Text)
	}
	sc.types("b")
	sc.search.Now()
	sc.m.Settle()
	if sc.list.Count() != 0 {
		t.Errorf("%d rows", sc.list.Count())
	}
	said := ""
	sc.s.On(func(e session.Event) {
		if _, ok := e.(session.StatusChanged); ok {
			said = sc.s.Status().Notice
		}
	})
	sc.s.Commands.Run("search.narrow")
	sc.m.Settle()
	sc.types("Years")
	sc.keys(fyne.KeyReturn)
	if said == "" {
		t.Error("nothing is said where there is nothing to choose")
	}
}

// types types into what has the keyboard.
func (sc *screen) types(words string) {
	for _, r := range words {
		sc.c.Focused().TypedRune(r)
	}
	sc.m.Settle()
}
