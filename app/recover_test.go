package app

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"fonds/storage"
)

// A page of the file is lost: what can be read is recovered into a new archive,
// which is opened from the words that say what is missing.
func TestRecoverFromTheWindow(t *testing.T) {
	b := newBench(t, zhang, Options{Sample: true})
	path, n := b.s.Path(), b.s.Rows()
	word := []byte(b.s.Document().Text.Source().Slice(0, 6))
	b.run("archive.close")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	hit := 0
	for at := 0; at+4096 <= len(data); at += 4096 {
		if page := data[at : at+4096]; bytes.Contains(page, word) {
			clear(page)
			hit++
		}
	}
	if hit == 0 {
		t.Fatal("nothing was damaged")
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	b.run("archive.recover")
	b.replace(path)
	b.keys(fyne.KeyReturn)
	out := filepath.Join(t.TempDir(), "new")
	b.replace(out)
	b.keys(fyne.KeyReturn)
	b.m.Settle()
	if b.modal == nil || b.stopWork != nil {
		t.Fatal("nothing is said of the recovery")
	}
	b.keys(fyne.KeyReturn) // opens it
	if b.s.Path() != out+extension || b.s.Rows() == 0 || b.s.Rows() > n {
		t.Errorf("open: %q with %d of %d documents", b.s.Path(), b.s.Rows(), n)
	}
}

// Of an open archive that turns out to be damaged, the strip offers recovery; it
// is closed for that, and noise is told of.
func TestRecoverTheOpenArchive(t *testing.T) {
	b := newBench(t, zhang, Options{Sample: true})
	b.s.Fail(storage.ErrDamaged)
	if !strings.Contains(b.says(), "damaged") {
		t.Fatalf("the strip says %q", b.says())
	}
	path := b.s.Path()
	b.run("archive.recover")
	out := filepath.Join(t.TempDir(), "new.fonds")
	b.replace(out)
	b.keys(fyne.KeyReturn)
	b.m.Settle()
	if b.modal == nil || b.s.Open() {
		t.Fatal("not recovered, or the damaged archive is still open")
	}
	b.keys(fyne.KeyEscape)
	if _, err := os.Stat(out); err != nil {
		t.Error(err)
	}
	noise := filepath.Join(t.TempDir(), "noise.fonds")
	if err := os.WriteFile(noise, bytes.Repeat([]byte("no archive "), 2000), 0o600); err != nil {
		t.Fatal(err)
	}
	b.recover(noise, out+"2.fonds")
	b.m.Settle()
	if b.modal == nil {
		t.Error("nothing is said where nothing can be read")
	}
	b.keys(fyne.KeyEscape)
	b.recover(path, out) // which is there
	b.m.Settle()
	if b.modal == nil {
		t.Error("a file is written over, or nothing is said")
	}
}
