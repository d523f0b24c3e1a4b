package checking

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage/archive"
)

// screen is the page in a window on an archive of Zhang's.
type screen struct {
	*Page
	*session.Filled
	t     *testing.T
	m     *session.Manual
	desk  archive.ID
	field string
	file  string // that is named when one is asked for
	left  int
}

func opened(t *testing.T, texts ...string) *screen {
	t.Helper()
	test.NewTempApp(t)
	i18n.Use("en")
	sc := &screen{t: t, m: session.NewManual(), Filled: session.Fill(t, texts...)}
	s := session.New(sc.m.Config())
	s.SetActor("Zhang")
	w := test.NewTempWindow(t, nil)
	sc.Page = New(s, w.Canvas())
	sc.OnDesk = func(doc archive.ID, field string) { sc.desk, sc.field = doc, field }
	sc.OnLeave = func() { sc.left++ }
	sc.OnFile = func(ending string, done func(string)) { done(sc.file + ending) }
	w.SetContent(sc.Content())
	w.Resize(fyne.NewSize(1280, 760))
	sc.m.Open(t, s, sc.File)
	sc.Show()
	sc.m.Settle()
	sc.Focus()
	return sc
}

func (sc *screen) keys(all ...fyne.KeyName) {
	sc.t.Helper()
	sc.m.Keys(sc.t, sc.on, all...)
}

func (sc *screen) row(i int) string {
	r := sc.entryRow(entries(sc.report)[i])
	return r.Title + " | " + r.Sub + " | " + r.Badge
}

// By keys alone: nothing is checked before it is asked for; the first check that failed is
// chosen, its findings are a key away, and one of them opens the field on the desk; both
// files are saved.
func TestByKeys(t *testing.T) {
	sc := opened(t, "关于清淤的通知\n", "防汛值班表\n")
	if sc.report != nil || !sc.empty.Visible() || sc.body.Visible() {
		t.Fatal("it was checked before anybody asked")
	}
	if title, _ := sc.empty.Words(); title != "Not checked yet" {
		t.Errorf("the empty page says %q", title)
	}
	sc.keys(fyne.KeyReturn)
	if sc.report == nil || sc.on.Focused() != fyne.Focusable(sc.checks) {
		t.Fatal("Enter does not run the checks")
	}
	if got := sc.says.Text(); !strings.HasPrefix(got, "2 documents were looked at. ") || !strings.Contains(got, "1 failed") {
		t.Errorf("says %q", got)
	}
	if got := sc.row(sc.checks.Selected()); got != "  C2  Required fields |   2 looked at, 2 with errors | × failed" {
		t.Errorf("chosen: %s", got)
	}
	if got := sc.row(0); got != "Authenticity | checks failed: 0, with warnings only: 0 | ✓ passed" {
		t.Errorf("the first property: %s", got)
	}
	if len(sc.findings) != 8 {
		t.Fatalf("%d findings", len(sc.findings))
	}
	sc.keys(fyne.KeyReturn, "j")
	r := sc.findingRow(1)
	if r.Title != "1.txt" || r.Sub != "Date: Required, and has no value in force" || r.Badge != "× error" {
		t.Errorf("the second finding: %+v", r)
	}
	sc.keys(fyne.KeyReturn)
	if sc.desk != sc.Docs[0].ID || sc.field != "dcterms:date" {
		t.Errorf("the desk: %s, %s", sc.desk.Short(), sc.field)
	}
	sc.file = filepath.Join(t.TempDir(), "report")
	sc.keys("h")
	if got := sc.saved.Text(); !strings.HasPrefix(got, "✓ The report was saved: ") {
		t.Errorf("says %q", got)
	}
	sc.keys("x")
	for _, ending := range []string{PageEnding, BookEnding} {
		if st, err := os.Stat(sc.file + ending); err != nil || st.Size() == 0 {
			t.Errorf("%s: %v", ending, err)
		}
	}
	sc.file = filepath.Join(t.TempDir(), "no", "report")
	sc.keys("h")
	if got := sc.saved.Text(); !strings.HasPrefix(got, "⚠ ") {
		t.Errorf("of a folder that is not there it says %q", got)
	}
	sc.keys(fyne.KeyLeft)
	if sc.on.Focused() != fyne.Focusable(sc.checks) {
		t.Error("Left does not go back to the checks")
	}
	for range len(entries(sc.report)) { // every row says something
		sc.keys("k")
	}
	for range len(entries(sc.report)) {
		sc.keys("j")
		if sc.checks.Selected() > 0 && sc.about.Text() == "" || strings.ContainsAny(sc.about.Text()+sc.result.Text(), "{}") {
			t.Errorf("row %d says %q, %q", sc.checks.Selected(), sc.about.Text(), sc.result.Text())
		}
	}
	sc.keys(fyne.KeyEscape)
	if sc.left != 1 {
		t.Error("Escape does not leave")
	}
}

// What the list shows can be checked alone, and the report says so.
func TestOfTheList(t *testing.T) {
	sc := opened(t, "关于清淤的通知\n", "防汛值班表\n")
	sc.s.SetQuery(session.Query{Search: "清淤"})
	sc.m.Settle()
	sc.s.Commands.Run("checks.scope")
	sc.s.Commands.Run("checks.again")
	sc.m.Settle()
	if sc.report == nil || sc.report.Documents != 1 || !strings.Contains(sc.says.Text(), "1 document was looked at, that 清淤 finds.") {
		t.Fatalf("says %q", sc.says.Text())
	}
}

// An archive that changes says so, and the checks can be run anew; what is known goes over to
// the page in another language.
func TestStale(t *testing.T) {
	sc := opened(t, "关于清淤的通知\n")
	sc.keys(fyne.KeyReturn)
	sc.Apply("Zhang", &archive.Edit{Do: "field.set", Doc: string(sc.Docs[0].ID), Field: "dcterms:date", Values: []archive.ValueIn{{Value: "2015-03-02"}}})
	sc.s.Poll()
	sc.m.Settle()
	if !sc.stale || !strings.Contains(sc.says.Text(), "The archive has changed since the checks") || !strings.Contains(sc.says.Text(), "R runs them again") {
		t.Fatalf("says %q", sc.says.Text())
	}
	before := len(sc.findings)
	sc.keys("r")
	if sc.stale || len(sc.findings) != before-1 {
		t.Errorf("run anew: %d findings, %d before", len(sc.findings), before)
	}
	i18n.Use("zh-Hans")
	defer i18n.Use("en")
	next := New(sc.s, sc.on)
	next.Restore(sc.Kept())
	sc.m.Settle()
	if next.report == nil || next.findingRow(0).Badge != "× 错误" || next.findingRow(0).Sub != "题名：必著，尚未著录" {
		t.Errorf("in Chinese: %+v", next.findingRow(0))
	}
}

// Stopping leaves what was known, and another archive forgets it.
func TestStopped(t *testing.T) {
	sc := opened(t, "关于清淤的通知\n")
	sc.look()
	stop := sc.stop
	stop()
	sc.m.Settle()
	if sc.report != nil || sc.says.Text() != "Stopped. Nothing new is known." || !sc.empty.Visible() {
		t.Errorf("says %q", sc.says.Text())
	}
	sc.look()
	sc.s.CloseArchive(nil)
	sc.m.Settle()
	if sc.report != nil || sc.stop != nil {
		t.Error("a report of an archive that was closed is shown")
	}
}
