package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
)

// says are the words of the strip under the menu.
func (b *bench) says() string {
	var out []string
	for _, n := range b.strip.shown {
		out = append(out, n.Text)
	}
	return strings.Join(out, "\n")
}

func TestTheStripUnderTheMenu(t *testing.T) {
	b := newBench(t, zhang, Options{})
	dir := t.TempDir()
	path := filepath.Join(dir, "x.fonds")
	b.createArchive(path)
	b.m.Settle()
	if b.strip.content.Visible() {
		t.Fatalf("with nothing to know it says %q", b.says())
	}
	// The copy of the day cannot be made: a file has the name of its folder.
	if err := os.WriteFile(storage.CopiesFolder(path), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	b.m.Pass(copyAfter)
	if !b.strip.content.Visible() || !strings.Contains(b.says(), "copy of the day") {
		t.Fatalf("it says %q", b.says())
	}
	var acts []string
	for _, o := range test.LaidOutObjects(b.strip.content) {
		if button, ok := o.(*widgets.Button); ok {
			acts = append(acts, button.Label())
		}
	}
	if got := strings.Join(acts, ", "); got != "Make a backup…, Hide" {
		t.Errorf("what can be done: %s", got)
	}
	if err := os.Remove(storage.CopiesFolder(path)); err != nil {
		t.Fatal(err)
	}
	b.m.Pass(copyEvery)
	if b.strip.content.Visible() {
		t.Errorf("when the copy was made it says %q", b.says())
	}
	if all, err := os.ReadDir(storage.CopiesFolder(path)); err != nil || len(all) != 1 {
		t.Errorf("%d copies: %v", len(all), err)
	}
	b.run("archive.close")
	b.m.Pass(24 * time.Hour) // nothing is copied of what is closed
}

// What a destroyed document leaves between the rows is erased by the command
// that the strip offers.
func TestErasingIsFinished(t *testing.T) {
	b := newBench(t, zhang, Options{Sample: true})
	a, err := storage.Open(t.Context(), b.s.Path(), storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if _, err := a.Apply(t.Context(), "王雪梅", &archive.Edit{Do: archive.DestroyKind, Doc: string(b.s.Document().ID),
		Authority: new("court"), Reason: "by law"}); err != nil {
		t.Fatal(err)
	}
	b.s.LookAtErasing()
	b.m.Settle()
	if !strings.Contains(b.says(), "1 destroyed document") {
		t.Fatalf("it says %q", b.says())
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	b.run("archive.erase")
	if b.says() != "" || b.modal != nil || b.s.Erasing() != 0 {
		t.Errorf("it says %q, %d left", b.says(), b.s.Erasing())
	}
}
