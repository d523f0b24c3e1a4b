package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"fonds/widgets"
)

func TestANewArchiveInAWrongFolderKeepsThePath(t *testing.T) {
	b := newBench(t, zhang, Options{})
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	b.run("archive.new")
	for path, want := range map[string]string{filepath.Join(dir, "none", "a.fonds"): "no folder", filepath.Join(file, "a.fonds"): "file"} {
		b.replace(path)
		b.keys(fyne.KeyReturn)
		if got := b.picker.said.Text; !strings.Contains(got, want) || b.modal == nil || b.picker.path.Text != path {
			t.Errorf("%s: says %q, the path is %q", path, got, b.picker.path.Text)
		}
	}
	b.keys(fyne.KeyEscape)
	// What only making it tells.
	b.createArchive(filepath.Join(dir, "none", "a.fonds"))
	b.m.Settle()
	if b.modal == nil || b.picker.path.Text != filepath.Join(dir, "none", "a.fonds") || b.picker.said.Text == "" {
		t.Error("the path is lost where the archive could not be made")
	}
}

func TestAPressBesideADialogKeepsTheKeyboard(t *testing.T) {
	b := newBench(t, zhang, Options{Sample: true})
	b.run("palette")
	before := b.win.Canvas().Focused()
	veil, ok := b.win.Canvas().Overlays().Top().(*widgets.Veil)
	if !ok {
		t.Fatalf("%T lies over the window", b.win.Canvas().Overlays().Top())
	}
	veil.MouseDown(nil)
	b.win.Canvas().Unfocus() // so the driver does
	veil.Tapped(nil)
	if b.win.Canvas().Focused() != before || before == nil {
		t.Errorf("the keyboard is with %T", b.win.Canvas().Focused())
	}
}

func TestF6FromEverywhere(t *testing.T) {
	b := newBench(t, zhang, Options{Sample: true})
	c := b.win.Canvas()
	seen := map[string]bool{}
	for range 40 {
		c.FocusNext()
		f := c.Focused()
		if f == nil {
			continue
		}
		b.keys(fyne.KeyF6)
		if c.Focused() == f {
			t.Errorf("F6 on %T does nothing", f)
		}
		c.Focus(f)
		seen[strings.TrimPrefix(strings.TrimPrefix(typeName(f), "*"), "widgets.")] = true
	}
	for _, want := range []string{"Entry", "library.filterRows", "List", "desk.tabBar"} {
		if !seen[want] {
			t.Errorf("Tab never came to %s: %v", want, seen)
		}
	}
}
