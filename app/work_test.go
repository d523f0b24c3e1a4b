package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
)

// The page of the work stands in the place of the work, stays when the window is
// built anew, and writes the report; another file is not written over.
func TestThePageOfTheWork(t *testing.T) {
	b := newBench(t, zhang, Options{})
	dir := t.TempDir()
	b.run("oversight.open")
	if b.showing != "" {
		t.Error("without an archive there is no work")
	}
	b.createArchive(filepath.Join(dir, "x.fonds"))
	b.m.Settle()
	b.run("oversight.open")
	page := b.screen()
	if page == nil || b.work.Visible() || !page.Content().Visible() {
		t.Fatal("the page is not shown")
	}
	b.keys(fyne.KeyDown)
	b.run("theme.dark") // the window is built anew
	if b.showing != oversightScreen || b.screen().Section() != 1 {
		t.Errorf("shown %q, section %d", b.showing, b.screen().Section())
	}
	b.run("oversight.report")
	if b.showing != oversightScreen {
		t.Error("asking for the report leaves the page")
	}
	out := filepath.Join(dir, "report")
	b.replace(out)
	b.keys(fyne.KeyReturn)
	b.m.Settle()
	data, err := os.ReadFile(out + reportEnding)
	if err != nil || !strings.Contains(string(data), "x.fonds") || !strings.Contains(b.s.Status().Notice, "report.html") {
		t.Fatalf("%v; said %q", err, b.s.Status().Notice)
	}
	other := filepath.Join(dir, "letter.html")
	if err := os.WriteFile(other, []byte("a letter"), 0o600); err != nil {
		t.Fatal(err)
	}
	b.writeReport(other)
	b.m.Settle()
	if data, _ := os.ReadFile(other); string(data) != "a letter" || b.modal == nil {
		t.Errorf("over another file: it says %q, and the person is told: %v", data, b.modal != nil)
	}
	b.keys(fyne.KeyEscape, fyne.KeyEscape)
	if b.showing != "" {
		t.Error("Escape does not go back to work")
	}
}
