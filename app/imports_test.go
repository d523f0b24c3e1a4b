package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"fonds/app/importing"
	"fonds/app/intake"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
)

// importPaths brings in what lies at and under paths as a person does who asks no
// questions, and goes back to work.
func (b *bench) importPaths(paths []string) {
	b.t.Helper()
	b.lookAt(paths)
	b.m.Settle()
	b.command("doc.submit") // Ctrl+Enter
	b.m.Settle()
	b.leaveScreen()
}

// Files that are dropped open the page, and nothing comes in before Ctrl+Enter, which
// is about no document there; the import goes on while the person works, and the end is
// said in the status bar.
func TestDroppedFilesAreLookedAtFirst(t *testing.T) {
	b := newBench(t, zhang, Options{})
	b.createArchive(filepath.Join(t.TempDir(), "x.fonds"))
	b.m.Settle()
	dir := folder(t)
	b.command("archive.open")
	b.dropped([]fyne.URI{fileURI(dir)})
	if got := b.s.Status().Notice; b.showing != "" || !strings.Contains(got, "not possible now") {
		t.Errorf("while a file is chosen %q is shown, and %q said", b.showing, got)
	}
	b.modal.close()
	b.dropped([]fyne.URI{fileURI(dir)})
	b.m.Settle()
	if b.showing != importing.Screen || b.s.Rows() != 0 {
		t.Fatalf("%q is shown, %d documents are in", b.showing, b.s.Rows())
	}
	if !b.s.Commands.Enabled(b.s.Commands.Get("importing.run")) {
		t.Error("the command that imports cannot be done")
	}
	b.command("doc.submit")
	if b.stopWork == nil || b.s.Commands.Enabled(b.s.Commands.Get("archive.backup")) {
		t.Error("other long work can begin beside it")
	}
	b.leaveScreen()
	if got := b.s.Status().Notice; !strings.Contains(got, "goes on") {
		t.Errorf("leaving says %q", got)
	}
	b.m.Settle()
	if b.s.Rows() == 0 || b.showing != "" || b.stopWork != nil {
		t.Errorf("%d documents, %q is shown", b.s.Rows(), b.showing)
	}
	if got := b.s.Status().Notice; !strings.Contains(got, "imported") {
		t.Errorf("at the end %q is said", got)
	}
}

// An import that was interrupted is offered when the archive is opened again, and
// continued from the notice. What the window does when it is closed interrupts it so.
func TestAnImportIsContinuedTheNextDay(t *testing.T) {
	b := newBench(t, zhang, Options{})
	path := filepath.Join(t.TempDir(), "x.fonds")
	b.createArchive(path)
	b.m.Settle()
	dir := t.TempDir()
	for i := range 60 {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprint(i, ".txt")), []byte(fmt.Sprintf("Letter number %d\n", i)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	b.lookAt([]string{dir})
	b.m.Settle()
	b.command("doc.submit")
	b.stopWork() // as closing does
	b.m.Settle()
	a, err := storage.Open(t.Context(), path, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	self, err := a.Self(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, it := range self.Of(archive.AnImport) {
		if it.Key != "" && it.Key != archive.ImportFinished {
			t.Errorf("interrupted, it counts as %s", it.Key)
		}
	}
	b.run("archive.close")
	b.m.Settle()
	later, cancel := context.WithCancelCause(t.Context())
	n := 0
	if _, err := intake.Run(later, a, "Li", []string{dir}, intake.Options{Readers: 1, Held: 1}, func(intake.Event) {
		if n++; n == 3 {
			cancel(intake.ErrLater)
		}
	}); err == nil {
		t.Fatal("it was not interrupted")
	}
	b.openArchive(path)
	b.m.Settle()
	if len(b.strip.shown) != 1 || !strings.Contains(b.strip.shown[0].Text, "An import of Li from "+dir+" was interrupted") {
		t.Fatalf("the strip says %+v", b.strip.shown)
	}
	b.run("importing.continue")
	b.m.Pass(time.Second)
	if b.s.Rows() != 60 {
		t.Errorf("%d documents", b.s.Rows())
	}
	for _, n := range b.strip.shown {
		if strings.Contains(n.Text, "import of Li") {
			t.Errorf("the strip still says %q", n.Text)
		}
	}
}

// Tab goes through the page of imports as one reads it, Shift+Tab back, and its keys do
// what they say whatever has the keyboard.
func TestKeysOfTheImportPage(t *testing.T) {
	b := newBench(t, zhang, Options{})
	b.createArchive(filepath.Join(t.TempDir(), "x.fonds"))
	b.m.Settle()
	b.lookAt([]string{folder(t)})
	b.m.Settle()
	c := b.win.Canvas()
	words := func() string {
		if f, ok := c.Focused().(*widgets.Button); ok {
			label, key := f.Labels()
			return label + " " + key
		}
		return strings.TrimPrefix(typeName(c.Focused()), "*widgets.")
	}
	list := c.Focused()
	var back, on []string
	for range 6 {
		c.FocusPrevious()
		back = append(back, words())
	}
	want := []string{"Options", "Leave out X", "Encoding… E", "ChoiceBar", "Import Ctrl+Return", "List"}
	if !slices.Equal(back, want) {
		t.Errorf("Shift+Tab from the list goes to %q, want %q", back, want)
	}
	for range 6 {
		c.FocusNext()
		on = append(on, words())
	}
	slices.Reverse(want)
	if !slices.Equal(on, append(want[1:], "List")) || c.Focused() != list {
		t.Errorf("Tab goes to %q", on)
	}
	for range 2 { // from a button, and from the filters
		c.FocusPrevious()
		c.FocusPrevious()
		c.Focused().TypedRune('e')
		if c.Overlays().Top() == nil {
			t.Errorf("on %s E asks for no encoding", words())
			continue
		}
		c.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	}
	b.importing.Open(1) // of the reports no file is chosen
	c.Focused().TypedRune('e')
	if c.Overlays().Top() != nil {
		t.Error("beside the reports E asks for an encoding")
	}
}

// Where nothing is chosen yet the button that chooses has the keyboard, and Escape
// leaves from it as from everything.
func TestEmptyPageOfImports(t *testing.T) {
	b := newBench(t, zhang, Options{})
	b.createArchive(filepath.Join(t.TempDir(), "x.fonds"))
	b.m.Settle()
	b.run("importing.open")
	b.keys(fyne.KeyReturn)
	if b.modal == nil || b.picker == nil {
		t.Fatalf("Enter asks for no file; the focus is on %T", b.win.Canvas().Focused())
	}
	b.keys(fyne.KeyEscape)
	b.importing.Focus()
	b.keys(fyne.KeyEscape, fyne.KeyEscape)
	if b.showing != "" {
		t.Errorf("Escape twice leaves the page %q", b.showing)
	}
}
