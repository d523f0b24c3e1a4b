package app

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/app/settings"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
)

// bench is the window in memory, turned by hand.
type bench struct {
	*window
	t     *testing.T
	m     *session.Manual
	saved []settings.Settings
}

func newBench(t *testing.T, set settings.Settings, o Options) *bench {
	t.Helper()
	a := test.NewTempApp(t)
	t.Setenv("LC_ALL", "C.UTF-8")
	t.Setenv(settings.FolderVariable, t.TempDir())
	if os.Getenv(DataVariable) == "" {
		t.Setenv(DataVariable, t.TempDir())
	}
	a.Settings().SetTheme(themeOf("light", builtIn, 1))
	b := &bench{t: t, m: session.NewManual()}
	if set.Language == "" {
		set.Language = "en"
	}
	b.window = newWindow(a, set, b.m.Config(), o)
	b.save = func(s settings.Settings) error { b.saved = append(b.saved, s); return nil }
	t.Cleanup(func() {
		b.closing = true
		b.s.CloseArchive(nil)
		b.m.Settle()
		widgets.FunctionKeys = nil
		i18n.Use("en")
	})
	b.win.Resize(fyne.NewSize(1280, 800))
	b.start()
	b.m.Settle()
	return b
}

func (b *bench) keys(names ...fyne.KeyName) {
	b.t.Helper()
	for _, k := range names {
		f := b.win.Canvas().Focused()
		if f == nil {
			b.t.Fatalf("%s: nothing has the focus", k)
		}
		f.TypedKey(&fyne.KeyEvent{Name: k})
		b.m.Settle()
	}
}

func (b *bench) types(words string) {
	b.t.Helper()
	test.Type(b.win.Canvas().Focused(), words)
	b.m.Settle()
}

func (b *bench) replace(words string) {
	b.t.Helper()
	b.win.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutSelectAll{})
	b.types(words)
}

func (b *bench) run(id string) {
	b.command(id)
	b.m.Settle()
}

var zhang = settings.Settings{Name: "Zhang"}

// folder is one with two texts, an empty file and something that is no document.
func folder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, data := range map[string]string{"a.txt": "通知\n正文在此。", "b.txt": "A letter\nDear Sir.", "empty.txt": "", "x.bin": "\x7fELF\x00\x01\x02\x00\xff\xfe\x00"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestFirstStartAsksWhoIsWorking(t *testing.T) {
	b := newBench(t, settings.Settings{}, Options{Sample: true})
	if b.modal == nil || b.s.Open() {
		t.Fatal("nobody is asked")
	}
	b.keys(fyne.KeyEscape)
	b.replace("  ")
	b.keys(fyne.KeyReturn)
	if b.modal == nil {
		t.Fatal("no name is taken for a name")
	}
	b.replace("张伟")
	b.keys(fyne.KeyReturn)
	if b.s.Actor() != "张伟" || len(b.saved) == 0 || b.saved[0].Name != "张伟" {
		t.Errorf("the name: %q, saved %v", b.s.Actor(), b.saved)
	}
	if !b.s.Open() || b.s.Rows() < 24 {
		t.Fatalf("the sample archive is not open, or has %d documents", b.s.Rows())
	}
	if !b.lib.Focused() {
		t.Error("the list has not got the keyboard")
	}
	if b.s.Document() == nil {
		t.Error("no document is shown")
	}
}

func TestPanesByF6(t *testing.T) {
	b := newBench(t, zhang, Options{Sample: true})
	b.keys(fyne.KeyReturn)
	if !b.desk.TextFocused() {
		t.Fatal("Enter in the list does not go to the text")
	}
	b.keys(fyne.KeyF6)
	if _, ok := b.win.Canvas().Focused().(*widgets.Entry); !ok {
		t.Fatalf("F6 from the text goes to %T", b.win.Canvas().Focused())
	}
	b.keys(fyne.KeyF6)
	if !b.lib.Focused() {
		t.Error("F6 from the fields does not go to the list")
	}
}

// The whole morning: make an archive, bring files in, describe, close, open.
func TestAMorning(t *testing.T) {
	b := newBench(t, zhang, Options{})
	path := filepath.Join(t.TempDir(), "county.fonds")
	b.run("archive.new")
	b.replace(strings.TrimSuffix(path, extension))
	b.keys(fyne.KeyReturn)
	if !b.s.Open() || b.s.Path() != path {
		t.Fatalf("not made: %q", b.s.Path())
	}
	b.run("archive.import")
	b.replace(folder(t))
	b.keys(fyne.KeyReturn, fyne.KeyDown, fyne.KeyReturn)
	if b.s.Rows() != 0 {
		t.Fatal("files came in before anybody said so")
	}
	b.command("doc.submit")
	b.m.Settle()
	if b.s.Rows() != 2 || b.s.Document() == nil {
		t.Fatalf("%d documents came in", b.s.Rows())
	}
	if !strings.Contains(b.s.Status().Notice, "not taken") {
		t.Fatalf("nothing is said of the files that were not taken: %q", b.s.Status().Notice)
	}
	b.run("tab.fields")
	b.types("A title that was never finished")
	id := b.s.Document().ID
	b.close()
	b.m.Settle()
	last := b.saved[len(b.saved)-1]
	if last.Last[path] != string(id) || last.Recent[0] != path || last.Width == 0 {
		t.Errorf("remembered: %+v", last)
	}

	again := newBench(t, last, Options{})
	if again.s.Open() || !again.welcome.content.Visible() {
		t.Fatal("no welcome page")
	}
	again.keys(fyne.KeyReturn) // the archive opened last
	if d := again.s.Document(); d == nil || d.ID != id || d.Title() != "A title that was never finished" {
		t.Fatalf("what was typed is lost: %v", d)
	}
	again.run("archive.close")
	if again.s.Open() || !again.welcome.content.Visible() || again.win.Title() != "Fonds" {
		t.Error("the archive is still there")
	}
}

func TestDropping(t *testing.T) {
	b := newBench(t, zhang, Options{})
	dir := folder(t)
	b.dropped([]fyne.URI{fileURI(filepath.Join(dir, "a.txt"))})
	if b.modal == nil {
		t.Error("files dropped on the welcome page: nothing is said")
	}
	b.keys(fyne.KeyEscape)
	path := filepath.Join(t.TempDir(), "x.fonds")
	b.createArchive(path)
	b.m.Settle()
	b.dropped([]fyne.URI{fileURI(filepath.Join(dir, "a.txt")), fileURI(filepath.Join(dir, "b.txt"))})
	b.m.Settle()
	b.command("doc.submit")
	b.m.Settle()
	if b.s.Rows() != 2 || b.modal != nil || !strings.Contains(b.s.Status().Notice, "2") {
		t.Errorf("%d documents, %q", b.s.Rows(), b.s.Status().Notice)
	}
	b.dropped([]fyne.URI{fileURI(filepath.Join(dir, "a.txt"))})
	b.m.Settle()
	b.command("doc.submit")
	b.m.Settle()
	if b.s.Rows() != 2 || !strings.Contains(b.s.Status().Notice, "there already") {
		t.Errorf("a duplicate is not told of: %q", b.s.Status().Notice)
	}
	b.run("archive.close")
	b.dropped([]fyne.URI{fileURI(path)})
	b.m.Settle()
	if b.s.Path() != path {
		t.Error("an archive that was dropped is not opened")
	}
}

func TestWhatCannotBeOpenedIsToldOf(t *testing.T) {
	b := newBench(t, zhang, Options{Archive: filepath.Join(t.TempDir(), "none.fonds")})
	if b.modal == nil || b.s.Open() {
		t.Fatal("nothing is said")
	}
	b.keys(fyne.KeyReturn)
	if b.modal != nil || !b.welcome.content.Visible() {
		t.Error("no welcome page after it")
	}
}

func TestStatusTellsTheTruth(t *testing.T) {
	b := newBench(t, zhang, Options{Sample: true})
	says := func() string { words, _ := b.savedWords(b.s.Status()); return words }
	if got := says(); got != "" {
		t.Errorf("before anything was done: %q", got)
	}
	b.s.SetTag("x", true)
	if got := says(); got != "Saving…" {
		t.Errorf("before it is in the file: %q", got)
	}
	b.m.Settle()
	if got := says(); got != "Saved "+i18n.Clock(b.m.Now()) {
		t.Errorf("when it is in the file: %q", got)
	}
	b.m.Pass(time.Minute)
	b.s.SaveDraft(b.s.Document().ID, session.NoteSlot, "x", true)
	b.m.Settle()
	if got := says(); !strings.HasPrefix(got, "Draft kept") {
		t.Errorf("a draft: %q", got)
	}
	b.s.Fail(archive.Refuse("unchanged"))
	if got, tone := b.savedWords(b.s.Status()); !strings.HasPrefix(got, "⚠") || tone != widgets.Bad {
		t.Errorf("an error: %q", got)
	}
}

func TestSettingsThatCannotBeSavedAreToldOf(t *testing.T) {
	b := newBench(t, zhang, Options{Sample: true})
	b.save = func(settings.Settings) error { return errors.New("the disk is full") }
	b.keep()
	b.m.Settle()
	if got := b.s.Status().Error; got != "the disk is full" {
		t.Errorf("got %q", got)
	}
	b.close()
	b.m.Settle()
	if b.window.saved == nil {
		t.Error("closing does not pass the error on")
	}
}

func TestCrashReportIsKept(t *testing.T) {
	dir := t.TempDir()
	now := time.Date(2026, 11, 23, 13, 35, 2, 0, time.UTC)
	if got := watchCrashesIn(dir, now); got != "" {
		t.Errorf("at first: %q", got)
	}
	if got := watchCrashesIn(dir, now); got != "" {
		t.Errorf("after a quiet day: %q", got)
	}
	if err := os.WriteFile(filepath.Join(dir, crashFile), []byte("fatal error: first"), 0o600); err != nil {
		t.Fatal(err)
	}
	kept := watchCrashesIn(dir, now)
	if data, err := os.ReadFile(kept); err != nil || string(data) != "fatal error: first\n" {
		t.Errorf("kept as %q: %v", kept, err)
	}

	// One that cannot be put aside stays too: a folder has the name.
	if err := os.WriteFile(filepath.Join(dir, crashFile), []byte("fatal error: another"), 0o600); err != nil {
		t.Fatal(err)
	}
	later := now.Add(time.Second)
	if err := os.MkdirAll(filepath.Join(dir, "crash-"+later.Format("20060102-150405")+".txt", "x"), 0o700); err != nil {
		t.Fatal(err)
	}
	kept = watchCrashesIn(dir, later)
	if data, err := os.ReadFile(kept); err != nil || string(data) != "fatal error: another\n" {
		t.Errorf("kept as %q: %q, %v", kept, data, err)
	}
}

// Every second the window looks whether another program has written.
func TestWhatAnotherProgramWroteIsShown(t *testing.T) {
	b := newBench(t, zhang, Options{Sample: true})
	other, err := storage.Open(t.Context(), b.s.Path(), storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if _, err := other.Apply(t.Context(), "Li", &archive.Edit{Do: "tag.add", Doc: string(b.s.Document().ID), Tag: "theirs"}); err != nil {
		t.Fatal(err)
	}
	b.m.Pass(time.Second)
	if !b.s.HasTag("theirs") {
		t.Error("after a second it is not shown")
	}
}

func TestAnImportCanBeStopped(t *testing.T) {
	b := newBench(t, zhang, Options{})
	b.createArchive(filepath.Join(t.TempDir(), "x.fonds"))
	b.m.Settle()
	b.lookAt([]string{folder(t)})
	b.m.Settle()
	b.command("doc.submit")
	if b.s.Commands.Enabled(b.s.Commands.Get("archive.import")) {
		t.Error("a second import can be begun beside the first")
	}
	b.stopWork()
	b.m.Settle()
	if b.stopWork != nil || b.busy.Visible() {
		t.Error("it is still said to run")
	}
	if !b.s.Commands.Enabled(b.s.Commands.Get("archive.import")) {
		t.Error("nothing can be imported any more")
	}
}
