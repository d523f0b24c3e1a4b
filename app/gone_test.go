package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"fonds/storage"
)

// TestArchiveGoneAndBack: the status bar says within a second that the archive is
// gone and that it can be opened again; what is typed meanwhile is kept and saved.
func TestArchiveGoneAndBack(t *testing.T) {
	b := newBench(t, zhang, Options{Sample: true})
	path, away := b.s.Path(), filepath.Join(t.TempDir(), "away.fonds")
	says := func(want string) {
		t.Helper()
		b.m.Pass(time.Second)
		if got := b.statusWords(); !strings.Contains(got, want) {
			t.Errorf("it says %q, want %q", got, want)
		}
	}
	if !b.desk.FocusField("dcterms:title") {
		t.Fatal("no title to type in")
	}
	id := b.s.Document().ID
	b.replace("typed before")
	if err := os.Rename(path, away); err != nil {
		t.Fatal(err)
	}
	says("no longer in its place")
	if b.modal != nil {
		t.Error("something stands in the way of typing")
	}
	b.replace("typed while it was away")
	b.keys(fyne.KeyReturn)
	says("not saved")
	b.run("archive.reopen") // not yet
	says("no longer in its place")
	if err := os.Rename(away, path); err != nil {
		t.Fatal(err)
	}
	says("no longer in its place")
	if all := b.s.Notices(); len(all) != 1 || all[0].Do != "archive.reopen" {
		t.Errorf("notices %+v", all)
	}
	b.run("archive.reopen")
	b.m.Pass(time.Second)
	if got := b.statusWords(); strings.Contains(got, "not saved") || strings.Contains(got, "place:") {
		t.Errorf("it says %q", got)
	}
	a, err := storage.Open(t.Context(), path, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if d, err := a.Document(t.Context(), id); err != nil || d.Title() != "typed while it was away" {
		t.Errorf("the title is %q (%v)", d.Title(), err)
	}
}
