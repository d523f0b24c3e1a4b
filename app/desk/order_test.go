package desk

import (
	"context"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
)

// inParts is the desk on a document with three parts: 第一, 第二, 第三.
func inParts(t *testing.T) *screen {
	t.Helper()
	test.NewTempApp(t)
	sc := &screen{t: t, path: filledWith(t, "总目\n第一件通知\n正文\n第二件通知\n正文\n第三件通知\n正文")}
	a, err := storage.Open(context.Background(), sc.path, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	list, err := a.List(context.Background(), storage.Query{})
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range []int{21, 12, 3} { // the last first: each goes on to the next
		if _, err := a.Apply(context.Background(), "Zhang", &archive.Edit{Do: archive.SplitKind, Doc: string(list[0].ID), Start: &at}); err != nil {
			t.Fatal(err)
		}
	}
	sc.open()
	return sc
}

// parts is how the parts begin, in the order of the list and by their words.
func (sc *screen) parts() string {
	var out []string
	for _, it := range sc.inspector.marks.items {
		sub := markRow(sc.s.Document(), it).Sub
		nth, _, _ := strings.Cut(sub, " · ")
		out = append(out, string([]rune(session.PartBegins(it))[:2])+" "+nth)
	}
	return strings.Join(out, "; ")
}

// altShift presses Alt+Shift and a key, as the menu hands it to the table.
func (sc *screen) altShift(keys ...fyne.KeyName) {
	sc.t.Helper()
	for _, k := range keys {
		c := sc.s.Commands.ByShortcut(&desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierAlt | fyne.KeyModifierShift})
		if c == nil {
			sc.t.Fatalf("Alt+Shift+%s is no shortcut", k)
		}
		sc.s.Commands.Run(c.ID)
	}
}

// Parts are put into an order by keys: where the caret stands, and in the list, which
// shows the order; undo brings back what was.
func TestPartsInOrderByKeys(t *testing.T) {
	sc := inParts(t)
	sc.FocusText()
	sc.altShift(fyne.KeyDown)
	sc.m.Settle()
	if got := sc.s.Status().Notice; !strings.Contains(got, "Ctrl+3") {
		t.Errorf("with the caret in no part: %q", got)
	}
	sc.selects("第三")
	sc.altShift(fyne.KeyUp)
	sc.m.Settle()
	if got := sc.parts(); got != "第一 1 of 3; 第三 2 of 3; 第二 3 of 3" {
		t.Fatalf("the third moved up: %s (%s)", got, sc.s.Status().Error)
	}
	if got := sc.s.Status().Notice; got != i18n.T("part.moved", "words", "第三件通知", "n", 2, "all", 3) {
		t.Errorf("said is %q", got)
	}
	if it := sc.inspector.marks.chosen(); it == nil || session.PartBegins(it) != "第三件通知" || sc.on.Focused() != fyne.Focusable(sc.inspector.marks.list) {
		t.Errorf("chosen is %v, and the keyboard is on %T", it, sc.on.Focused())
	}
	sc.altShift(fyne.KeyUp)
	sc.m.Settle()
	sc.altShift(fyne.KeyUp)
	sc.m.Settle()
	if got := sc.parts(); got != "第三 1 of 3; 第一 2 of 3; 第二 3 of 3" || sc.s.Status().Notice != i18n.T("part.first") {
		t.Errorf("and up again, twice: %s, %q", got, sc.s.Status().Notice)
	}

	// Keys that come faster than the answers count from where the part will be.
	sc.altShift(fyne.KeyDown, fyne.KeyDown)
	sc.m.Settle()
	if got := sc.parts(); got != "第一 1 of 3; 第二 2 of 3; 第三 3 of 3" {
		t.Errorf("down twice without waiting: %s (%s)", got, sc.s.Status().Error)
	}
	sc.altShift(fyne.KeyDown)
	sc.m.Settle()
	if sc.s.Status().Notice != i18n.T("part.last") {
		t.Errorf("down from the end: %q", sc.s.Status().Notice)
	}
	sc.s.Undo(false, nil)
	sc.m.Settle()
	if got := sc.parts(); got != "第一 1 of 3; 第三 2 of 3; 第二 3 of 3" {
		t.Errorf("undone: %s", got)
	}
	if got := sc.s.Commands.Get("undo").Words(); !strings.Contains(got, i18n.T("kind.document.order")) {
		t.Errorf("undo says %q", got)
	}
	words := i18n.List([]string{"第一件通知", "第三件通知", "第二件通知"})
	if got := sc.history(); !slices.ContainsFunc(got, func(s string) bool { return s == i18n.T("kind.document.order")+" · "+words }) {
		t.Errorf("the history does not say %q: %q", words, got)
	}
	sc.s.Commands.Run("part.places")
	sc.m.Settle()
	sc.s.Commands.Run("tab.marks")
	if got := sc.parts(); got != "第一 1 of 3; 第二 2 of 3; 第三 3 of 3" || sc.s.Status().Notice != i18n.T("part.places.done") {
		t.Errorf("by place: %s, %q (%s)", got, sc.s.Status().Notice, sc.s.Status().Error)
	}
}

// The part that is chosen in the list is the one that is opened, wherever the caret is.
func TestChosenPartIsOpened(t *testing.T) {
	sc := inParts(t)
	sc.selects("第一")
	want := sc.s.Document().Parts()[1]
	sc.s.Commands.Run("tab.marks")
	sc.inspector.marks.choose(want.ID)
	sc.s.Commands.Run("doc.kin")
	sc.m.Settle()
	if got := sc.s.Document().ID; got != archive.ID(want.Text) {
		t.Errorf("opened is %s, %q", got.Short(), sc.text.Text())
	}
	sc.s.Commands.Run("doc.kin")
	sc.m.Settle()
	if sc.s.Document().Info.Part != nil {
		t.Error("from the part the whole is not opened")
	}
}

// A part that is joined leaves the order, and what goes on in another window refuses an
// order made on what was there before.
func TestPartsInOrderMeanwhile(t *testing.T) {
	sc := inParts(t)
	sc.selects("第三")
	sc.altShift(fyne.KeyUp)
	sc.m.Settle()
	sc.keys("Delete") // joins it
	if got := sc.parts(); got != "第一 1 of 2; 第二 2 of 2" {
		t.Fatalf("joined: %s (%s)", got, sc.s.Status().Error)
	}
	a, err := storage.Open(context.Background(), sc.path, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	doc := sc.s.Document()
	if _, err := a.Apply(context.Background(), "Li", &archive.Edit{Do: archive.JoinKind, Doc: string(doc.ID), On: string(doc.Parts()[0].ID)}); err != nil {
		t.Fatal(err)
	}
	sc.inspector.marks.choose(doc.Parts()[1].ID)
	sc.altShift(fyne.KeyUp)
	sc.m.Settle()
	if got := sc.s.Status().Error; !strings.Contains(got, "Li") || !strings.Contains(got, i18n.T("what.order")) {
		t.Errorf("an order made on what Li has changed: %q", got)
	}
	if got := sc.s.PartOrder(); !slices.Equal(got, []archive.ID{archive.ID(doc.Parts()[1].Text)}) {
		t.Errorf("the parts are %v", got)
	}
	if sc.s.Commands.Enabled(sc.s.Commands.Get("part.up")) {
		t.Error("the only part can be moved")
	}
}
