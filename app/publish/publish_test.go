package publish

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"fonds/app/export"
	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage/archive"
)

var ctx = context.Background()

// screen is the page in a window on an archive of Zhang's with four notices, of
// which one is approved and one is closed, and a name is marked in each.
type screen struct {
	*Page
	*session.Filled
	t     *testing.T
	m     *session.Manual
	out   string // folder that is named when one is asked for
	shown string // folder that was shown
}

func opened(t *testing.T, who string) *screen {
	t.Helper()
	test.NewTempApp(t)
	i18n.Use("en")
	var texts []string
	for i := range 4 {
		texts = append(texts, fmt.Sprintf("第%d号通知\n李振国在银川主持会议。\n", i+1))
	}
	sc := &screen{t: t, m: session.NewManual(), Filled: session.Fill(t, texts...), out: filepath.Join(t.TempDir(), "set")}
	start, end := 6, 9
	for i, d := range sc.Docs {
		sc.Apply("Zhang", &archive.Edit{Do: "mark.add", Doc: string(d.ID), Start: &start, End: &end, Label: "person"})
		if i == 1 {
			sc.Apply("Zhang", &archive.Edit{Do: "field.set", Doc: string(d.ID), Field: export.AccessField, Values: []archive.ValueIn{{Value: "控制"}}})
		}
	}
	sc.Apply("Zhang", &archive.Edit{Do: "person.set", Name: "Li", Role: "reviewer"}, &archive.Edit{Do: "person.set", Name: "Sun", Role: "reader"})
	sc.Apply("Zhang", &archive.Edit{Do: "document.submit", Doc: string(sc.Docs[0].ID)})
	sc.Apply("Li", &archive.Edit{Do: "document.approve", Doc: string(sc.Docs[0].ID)})
	s := session.New(sc.m.Config())
	s.SetActor(who)
	w := test.NewTempWindow(t, nil)
	sc.Page = New(s, w.Canvas())
	sc.Version = "test"
	sc.OnFolder = func(done func(string)) { done(sc.out) }
	sc.OnReveal = func(path string) { sc.shown = path }
	w.SetContent(sc.Content())
	w.Resize(fyne.NewSize(1280, 760))
	sc.m.Open(t, s, sc.File)
	sc.Show()
	sc.m.Settle()
	sc.Focus()
	return sc
}

// keys presses keys on what has the keyboard.
func (sc *screen) keys(all ...fyne.KeyName) {
	sc.t.Helper()
	sc.m.Keys(sc.t, sc.on, all...)
}

// manifest is that of the set that was written.
func (sc *screen) manifest() (m export.Manifest) {
	sc.t.Helper()
	data, err := os.ReadFile(filepath.Join(sc.out, "manifest.json"))
	if err != nil {
		sc.t.Fatal(err)
	}
	if err := json.Unmarshal(data, &m); err != nil {
		sc.t.Fatal(err)
	}
	return m
}

// found are the lines of what there is to know.
func (sc *screen) found() string {
	var out []string
	for _, o := range sc.check.notes.Objects {
		out = append(out, o.(interface{ Text() string }).Text())
	}
	return strings.Join(out, "\n")
}

// By keys alone: only what is approved, in force, is chosen and written as the first
// edition; the folder can be shown, and the edition written again.
func TestPublishByKeys(t *testing.T) {
	sc := opened(t, "Zhang")
	sc.keys(fyne.KeyRight) // into the first section: which documents
	sc.on.Focus(sc.sections[0].(*groups).all[1].options)
	sc.keys(fyne.KeySpace) // only what is approved
	if got := sc.says.Text(); !strings.Contains(got, "approved only") || !strings.Contains(got, "JSONL") {
		t.Errorf("the line says %q", got)
	}
	sc.keys(fyne.KeyEscape, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown)
	if got := sc.found(); !strings.Contains(got, "1 document would be written, 1 with an approval that holds") || strings.Contains(got, "open proposals") {
		t.Errorf("found: %s", got)
	}
	if got := sc.check.path.Text(); !strings.Contains(got, "jsonl/documents.jsonl") {
		t.Errorf("the preview is of %q", got)
	}
	sc.on.Focus(sc.do)
	sc.keys(fyne.KeyReturn)
	m := sc.manifest()
	if m.Edition != 1 || m.Set.Documents != 1 || m.Set.Approved != 1 || m.Version != "test" || m.Filter.Documents != export.ApprovedOnly {
		t.Errorf("manifest: %+v", m)
	}
	if got := sc.done.Text(); !strings.Contains(got, "Edition 1: 1 document") || sc.reveal.Hidden {
		t.Errorf("done: %q", got)
	}
	sc.on.Focus(sc.reveal)
	sc.keys(fyne.KeyReturn)
	if sc.shown != sc.out {
		t.Errorf("shown: %q", sc.shown)
	}
	sc.Open(5)
	if title, _ := sc.editions.Name(); title != "Editions" || len(sc.editions.items) != 1 {
		t.Fatalf("%d editions", len(sc.editions.items))
	}
	first, err := os.ReadFile(filepath.Join(sc.out, "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	sc.out += "-again"
	sc.FocusSection()
	sc.keys(fyne.KeyReturn)
	again, err := os.ReadFile(filepath.Join(sc.out, "manifest.json"))
	if err != nil || string(first) != string(again) {
		t.Errorf("written again: %v, the same: %v", err, string(first) == string(again))
	}
}

// What is to know is said before: what is closed, what would be masked, file names
// and words of one character; the preview is masked too.
func TestWarningsFirst(t *testing.T) {
	sc := opened(t, "Zhang")
	sc.choice.Mask, sc.choice.Set = []string{"person"}, export.All
	sc.changed()
	sc.Open(4)
	sc.m.Settle()
	got := sc.found()
	for _, want := range []string{"3 documents lack a required field", "1 document is closed and left out", "3 documents have something masked", "3 documents would be written"} {
		if !strings.Contains(got, want) {
			t.Errorf("not said: %q in\n%s", want, got)
		}
	}
	if sc.check.survey == nil || sc.check.survey.First != sc.Docs[0].ID {
		t.Errorf("survey: %+v", sc.check.survey)
	}
	start, end := 6, 7
	sc.Apply("Zhang", &archive.Edit{Do: "mark.add", Doc: string(sc.Docs[2].ID), Start: &start, End: &end, Label: "person"})
	sc.check.look()
	sc.m.Settle()
	if got := sc.found(); !strings.Contains(got, "Of one character, and part of many other words, which are masked too: 李") {
		t.Errorf("found: %s", got)
	}
}

// Nothing chosen, a folder that is taken, words that cannot be masked, a stop: each is
// said in words, and nothing is written.
func TestPublishRefused(t *testing.T) {
	sc := opened(t, "Zhang")
	sc.choice.Formats = nil
	sc.changed()
	if !sc.do.Disabled() || !strings.Contains(sc.says.Text(), "at least one format") {
		t.Errorf("without a format: %q", sc.says.Text())
	}
	sc.choice.Formats = []string{"jsonl"}
	sc.changed()
	if err := os.MkdirAll(filepath.Join(sc.out, "mine"), 0o755); err != nil {
		t.Fatal(err)
	}
	sc.Write()
	sc.m.Settle()
	if got := sc.done.Text(); !strings.Contains(got, "not empty") {
		t.Errorf("a folder that is taken: %q", got)
	}
	sc.out = filepath.Join(t.TempDir(), "x")
	sc.choice.Hide, sc.choice.Title = []string{export.AccessField}, "控制"
	sc.choice.Closed = export.ListClosed
	sc.changed()
	sc.Write()
	sc.m.Settle()
	if got := sc.done.Text(); !strings.Contains(got, "Nothing was written: words that are to be masked") {
		t.Errorf("a title that says what is masked: %q", got)
	}
	sc.choice.Hide = nil
	sc.scope = selected
	sc.changed()
	sc.Write()
	sc.m.Settle()
	if got := sc.done.Text(); !strings.Contains(got, "no document to write") {
		t.Errorf("nothing selected: %q", got)
	}
	if _, err := os.Stat(sc.out); err == nil {
		t.Error("something was written")
	}
	if n := len(sc.s.Self().Of(archive.AnEdition)); n != 0 {
		t.Errorf("%d editions", n)
	}
}

// What is held back stays chosen when the page is made anew in other colours, and the
// line above says so.
func TestChoiceOutlivesThePage(t *testing.T) {
	sc := opened(t, "Zhang")
	sc.choice.Mask, sc.choice.Closed, sc.choice.Documents = []string{"person"}, export.ListClosed, export.ApprovedOnly
	sc.changed()
	line := sc.says.Text()
	if !strings.Contains(line, "masked: person") || !strings.Contains(line, "closed ones listed") {
		t.Errorf("the line says %q", line)
	}
	next := New(sc.s, sc.on)
	next.Restore(sc.Chosen())
	if next.choice.Mask == nil || next.choice.Closed != export.ListClosed || next.says.Text() != line {
		t.Errorf("the next page: %+v, %q", next.choice, next.says.Text())
	}
	if _, n := next.editions.Name(); n != "0 so far" {
		t.Errorf("editions: %q", n)
	}
}

// A reader may give a set out, and records no edition.
func TestReaderPublishes(t *testing.T) {
	sc := opened(t, "Sun")
	sc.Write()
	sc.m.Settle()
	if got := sc.done.Text(); !strings.HasPrefix(got, "✓") {
		t.Fatalf("done: %q", got)
	}
	if m := sc.manifest(); m.Edition != 0 || m.Set.Documents != 3 {
		t.Errorf("manifest: edition %d, %+v", m.Edition, m.Set)
	}
}

// What the list shows is what is written: by its search, or one by one.
func TestPublishWhatTheListShows(t *testing.T) {
	sc := opened(t, "Zhang")
	sc.s.SetQuery(session.Query{Filter: session.Approved})
	sc.m.Settle()
	sc.scope = listed
	sc.changed()
	sc.Write()
	sc.m.Settle()
	if m := sc.manifest(); m.Set.Documents != 1 || len(m.Filter.Docs) != 1 || m.Filter.Docs[0] != sc.Docs[0].ID {
		t.Errorf("manifest: %+v", m.Filter)
	}
	sc.out += "2"
	sc.s.SetQuery(session.Query{Search: "第3号"})
	sc.m.Settle()
	sc.Write()
	sc.m.Settle()
	if m := sc.manifest(); m.Set.Documents != 1 || m.Filter.Query != "第3号" || len(m.Filter.Docs) != 0 {
		t.Errorf("manifest: %+v", m.Filter)
	}
}

// What a worker still says of a writing that is over does not bring its bar back.
func TestLateStep(t *testing.T) {
	sc := opened(t, "Zhang")
	over, cancel := context.WithCancel(ctx)
	say := sc.steps(over, cancel)
	say("write", 1, 9)
	sc.m.Settle()
	sc.m.Pass(time.Second)
	if !sc.busy.Visible() {
		t.Fatal("a step that goes on for a second is not shown")
	}
	say("search", 0, 9)
	say("search", 5, 9)
	cancel()
	sc.busy.Finish()
	sc.m.Pass(time.Second)
	if sc.busy.Visible() {
		t.Error("the bar came back")
	}
}
