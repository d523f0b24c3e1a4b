package owner

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/app/template"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
)

// screen is the page in a window, with an archive of Zhang's open.
type screen struct {
	*Page
	t    *testing.T
	m    *session.Manual
	left int // times that the person went back to work
}

func opened(t *testing.T, who string) *screen {
	t.Helper()
	test.NewTempApp(t)
	path := filepath.Join(t.TempDir(), "test.fonds")
	a, err := storage.Create(context.Background(), path, storage.NewArchive{Owner: "Zhang", Template: template.Default}, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Apply(context.Background(), "Zhang", &archive.Edit{Do: "person.set", Name: "Wang", Role: "archivist"}); err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	sc := &screen{t: t, m: session.NewManual()}
	s := session.New(sc.m.Config())
	s.SetActor(who)
	w := test.NewTempWindow(t, nil)
	sc.Page = New(s, w.Canvas())
	sc.OnLeave = func() { sc.left++ }
	w.SetContent(sc.Content())
	w.Resize(fyne.NewSize(1024, 700))
	sc.m.Open(t, s, path)
	sc.Focus()
	return sc
}

func (sc *screen) keys(all ...fyne.KeyName) {
	sc.t.Helper()
	sc.m.Keys(sc.t, sc.on, all...)
}

func (sc *screen) types(words string) { sc.m.Types(sc.on, words) }

func (sc *screen) role(name string) archive.Role { return sc.s.Rules().Role(name) }

func TestPeople(t *testing.T) {
	sc := opened(t, "Zhang")
	p := sc.sections[0].(*people)
	if len(p.items) != 2 || p.items[0].Key != "Zhang" || p.row(0).Badge != "owner" || !strings.Contains(p.row(0).Title, "you") {
		t.Fatalf("listed: %+v", p.row(0))
	}
	sc.keys(fyne.KeyRight, fyne.KeyDown, fyne.KeyReturn) // Wang
	sc.types("reviewer")
	sc.keys(fyne.KeyReturn)
	if got := sc.role("Wang"); got != archive.Reviewer {
		t.Errorf("Wang is %s (%s)", got, p.said.Text())
	}
	// The last owner stays one, and it is said why.
	sc.on.Focus(p.list)
	sc.keys(fyne.KeyHome, fyne.KeyReturn)
	sc.types("reader")
	sc.keys(fyne.KeyReturn)
	if got := sc.role("Zhang"); got != archive.Owner || !strings.Contains(p.said.Text(), "no owner") {
		t.Errorf("Zhang is %s, and it is said: %q", got, p.said.Text())
	}
	sc.on.Focus(p.name_)
	sc.keys(fyne.KeyReturn)
	if p.said.Text() == "" || len(sc.s.Rules().People(archive.Reader)) != 2 {
		t.Errorf("no name: %q", p.said.Text())
	}
	sc.types("李敏")
	sc.keys(fyne.KeyReturn)
	sc.types("reader")
	sc.keys(fyne.KeyReturn)
	if sc.role("李敏") != archive.Reader || p.name_.Text != "" || p.said.Text() != "" {
		t.Errorf("李敏 is %q, the entry has %q, it is said %q", sc.role("李敏"), p.name_.Text, p.said.Text())
	}
	sc.keys(fyne.KeyEscape)
	if sc.on.Focused() != fyne.Focusable(sc.Nav) {
		t.Error("Escape does not go back to the sections")
	}
	sc.keys(fyne.KeyEscape)
	if sc.left != 1 {
		t.Error("Escape does not go back to work")
	}
}

// A person is given another name, and stays who they were: the old name is refused
// to others, and the row says it.
func TestRenamePerson(t *testing.T) {
	sc := opened(t, "Zhang")
	p := sc.sections[0].(*people)
	sc.on.Focus(p.list)
	sc.keys(fyne.KeyEnd, fyne.KeyReturn) // Wang
	sc.types("another")
	sc.keys(fyne.KeyReturn)
	if p.renames != "Wang" || p.name_.Text != "Wang" || sc.on.Focused() != fyne.Focusable(p.name_) {
		t.Fatalf("renames %q, the entry has %q", p.renames, p.name_.Text)
	}
	sc.keys(fyne.KeyEscape)
	if p.renames != "" || p.name_.Text != "" || sc.on.Focused() != fyne.Focusable(p.list) {
		t.Errorf("Escape leaves %q in %q", p.renames, p.name_.Text)
	}
	p.rename("Wang")
	p.name_.SetText("Zhang")
	sc.keys(fyne.KeyReturn)
	if got := p.said.Text(); !strings.Contains(got, "somebody else") || p.renames != "Wang" {
		t.Errorf("to the name of another: it is said %q", got)
	}
	p.name_.SetText("王敏")
	sc.keys(fyne.KeyReturn)
	if sc.role("王敏") != archive.Archivist || !sc.s.Rules().Same("Wang", "王敏") {
		t.Fatalf("王敏 is %q (%s)", sc.role("王敏"), p.said.Text())
	}
	if row := p.row(1); row.Title != "王敏" || !strings.Contains(row.Sub, "before: Wang") {
		t.Errorf("the row says %q, %q", row.Title, row.Sub)
	}
}

func TestRules(t *testing.T) {
	sc := opened(t, "Zhang")
	sc.keys(fyne.KeyDown, fyne.KeyReturn, fyne.KeyDown, fyne.KeySpace)
	r := sc.s.Rules()
	if r.Review != archive.ReviewCorrections {
		t.Fatalf("the policy is %q", r.Review)
	}
	s := sc.sections[1].(*rules)
	sc.on.Focus(s.fields)
	sc.keys(fyne.KeySpace, fyne.KeyDown, fyne.KeySpace)
	if got := strings.Join(sc.s.Rules().Fields, " "); got != "dcterms:date dcterms:title" {
		t.Errorf("fields: %q (%s)", got, s.onFields.Text())
	}
	sc.on.Focus(s.review)
	sc.keys(fyne.KeyEnd, fyne.KeyReturn) // a policy is said whole: the fields stay
	if r := sc.s.Rules(); r.Review != archive.ReviewEverything || len(r.Fields) != 2 {
		t.Errorf("the policy is %q, fields %v", r.Review, r.Fields)
	}
	sc.on.Focus(s.eyes)
	sc.keys(fyne.KeySpace)
	sc.on.Focus(s.closed)
	sc.keys(fyne.KeySpace)
	if r := sc.s.Rules(); r.FourEyes || !r.Closed {
		t.Errorf("four eyes %v, closed %v", r.FourEyes, r.Closed)
	}
	sc.on.Focus(s.fields)
	sc.keys(fyne.KeyEnd)
	if s.scroll.Offset.Y == 0 {
		t.Error("the last field is not scrolled to")
	}
}

func TestCopies(t *testing.T) {
	sc := opened(t, "Zhang")
	folder := storage.CopiesFolder(sc.s.Path())
	if err := os.Mkdir(folder, 0o777); err != nil {
		t.Fatal(err)
	}
	for _, day := range []string{"2026-11-20", "2026-11-22"} {
		if err := os.WriteFile(filepath.Join(folder, "test "+day+".fonds"), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	sc.keys(fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	s := sc.sections[2].(*copies)
	if got := s.latest.Text(); got != "2 copies, the latest of 2026-11-22" {
		t.Errorf("the copies: %q", got)
	}
	if got := s.where.Text(); !strings.Contains(got, folder) {
		t.Errorf("where: %q", got)
	}
	sc.on.Focused().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutSelectAll{})
	sc.types("x")
	sc.keys(fyne.KeyReturn)
	if s.said.Text() == "" {
		t.Error("a number that is none is not refused in place")
	}
	sc.on.Focused().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutSelectAll{})
	sc.types("30")
	sc.keys(fyne.KeyReturn)
	if got := sc.s.Self().Copies(); got != 30 || s.said.Text() != "" {
		t.Errorf("%d are kept, it is said %q", got, s.said.Text())
	}
}

func TestCheck(t *testing.T) {
	sc := opened(t, "Wang") // whoever is no owner can verify
	sc.keys(fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn, fyne.KeyReturn)
	s := sc.sections[3].(*check)
	if got := s.said.Text(); !strings.Contains(got, "The archive is whole: 2 operations, 0 documents") {
		t.Errorf("found: %q", got)
	}
	if got := s.heads.Text(); len(got) < 64 || !s.under.Visible() {
		t.Errorf("heads: %q", got)
	}
	test.Tap(s.copy)
	if got := fyne.CurrentApp().Clipboard().Content(); got != s.heads.Text() {
		t.Errorf("on the clipboard: %q", got)
	}
	s.verify()
	s.stop()
	sc.m.Settle()
	if got := s.said.Text(); !strings.Contains(got, "Stopped") && !strings.Contains(got, "whole") || s.run.Disabled() || s.stop != nil {
		t.Errorf("stopped: %q", got)
	}
	words, tone := VerifyWords(&storage.Report{Bad: "a fault", BadID: "01a20ac4-b97b-716a-b1eb-933bd6e96e43"}, nil)
	if tone != widgets.Bad || !strings.Contains(words, "not whole") || !strings.Contains(words, "d6e96e43") {
		t.Errorf("a fault: %q", words)
	}
}

// Whoever is no owner sees all of it, and is told who could change it.
func TestReadOnlyForOthers(t *testing.T) {
	sc := opened(t, "Wang")
	if got := sc.Why(); !strings.Contains(got, "Zhang can do it") {
		t.Errorf("it is said %q", got)
	}
	p := sc.sections[0].(*people)
	if p.foot.Visible() {
		t.Error("a name could be added")
	}
	sc.keys(fyne.KeyReturn, fyne.KeyReturn)
	if !strings.Contains(p.said.Text(), "Zhang") || sc.on.Overlays().Top() != nil {
		t.Errorf("Enter on a name: %q", p.said.Text())
	}
	sc.Open(1)
	r := sc.sections[1].(*rules)
	if !r.review.Disabled() || !r.fields.Disabled() || !r.eyes.Disabled() || !r.closed.Disabled() {
		t.Error("a rule could be changed")
	}
	sc.s.SetActor("Zhang")
	sc.m.Settle()
	if sc.Why() != "" || r.review.Disabled() {
		t.Error("another person, who is owner, cannot change anything")
	}
}

// Every step of the archive's tables is said, in both languages, and in Chinese
// without a word of English.
func TestTable(t *testing.T) {
	sc := opened(t, "Wang")
	tb := sc.sections[4].(*table)
	for _, tag := range i18n.Languages() {
		i18n.Use(tag)
		tb.Show()
		if want := len(archive.ItemSteps) + len(archive.DocumentSteps) + 2; len(tb.rows) != want {
			t.Errorf("%s: %d rows, want %d", tag, len(tb.rows), want)
		}
		for _, r := range tb.rows {
			words := r.Title + r.Sub + r.Badge
			if strings.Contains(words, "act.") || strings.Contains(words, "whose.") || strings.Contains(words, "when.") ||
				strings.Contains(words, "stepnote.") || strings.Contains(words, "state.") || strings.Contains(words, "docstatus.") || strings.Contains(words, "role.") {
				t.Errorf("%s: no words for %q", tag, words)
			}
			if tag == "zh-Hans" && strings.ContainsFunc(words, func(r rune) bool { return r < 0x80 && unicode.IsLetter(r) }) {
				t.Errorf("not in Chinese: %q", words)
			}
		}
	}
	i18n.Use("en")
}
