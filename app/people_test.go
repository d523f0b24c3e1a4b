package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"fonds/storage"
)

func TestThePageOfPeople(t *testing.T) {
	b := newBench(t, zhang, Options{})
	b.run("archive.people")
	if b.showing != "" {
		t.Error("without an archive there are no people")
	}
	b.createArchive(filepath.Join(t.TempDir(), "x.fonds"))
	b.m.Settle()
	b.run("archive.people")
	if b.showing == "" || b.work.Visible() || !b.owner.Content().Visible() {
		t.Fatal("the page is not shown")
	}
	b.keys(fyne.KeyF6, fyne.KeyF6)
	b.keys(fyne.KeyDown)
	b.run("theme.dark") // the window is built anew
	if b.showing == "" || b.owner.Section() != 1 {
		t.Errorf("shown %v, section %d", b.showing != "", b.owner.Section())
	}
	b.keys(fyne.KeyEscape)
	if b.showing != "" || !b.work.Visible() || !b.lib.Focused() {
		t.Error("Escape does not go back to work")
	}
	b.run("archive.people")
	b.run("pane.list") // a command of the work goes back to it
	if b.showing != "" || !b.lib.Focused() {
		t.Error("the page stays over the work")
	}
	b.run("archive.people")
	b.run("archive.close")
	if b.showing != "" || !b.welcome.content.Visible() {
		t.Error("the page outlives its archive")
	}
}

func TestBackupFromTheWindow(t *testing.T) {
	b := newBench(t, zhang, Options{})
	dir := t.TempDir()
	b.createArchive(filepath.Join(dir, "x.fonds"))
	b.m.Settle()
	b.run("archive.backup")
	out := filepath.Join(dir, "elsewhere")
	b.replace(out)
	b.keys(fyne.KeyReturn)
	b.m.Settle()
	if b.modal == nil || b.stopWork != nil {
		t.Fatal("nothing is said of the backup")
	}
	c, err := storage.Open(t.Context(), out+extension, storage.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	c.Close()
	b.keys(fyne.KeyEscape)
	if err := os.WriteFile(filepath.Join(dir, "there.fonds"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	b.backup(filepath.Join(dir, "there.fonds"))
	b.m.Settle()
	if b.modal == nil {
		t.Error("a file is written over, or nothing is said")
	}
	if st, err := os.Stat(filepath.Join(dir, "there.fonds")); err != nil || st.Size() != 0 {
		t.Error("a file was written over")
	}
	if strings.Contains(b.s.Status().Notice, "whole") {
		t.Error("it is said to be whole")
	}
}
