package app

import (
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"fonds/storage/archive"
)

func (b *bench) own() (out []archive.Label) {
	for _, l := range b.s.Palette() {
		if l.Own {
			out = append(out, l)
		}
	}
	return out
}

// A label of one's own from the window: written, given a key that no command has,
// drawn in another style, done by its key, taken out, and undone.
func TestThePageOfLabels(t *testing.T) {
	b := newBench(t, zhang, Options{})
	b.run("archive.labels")
	if b.modal != nil {
		t.Error("without an archive there are no labels")
	}
	b.createArchive(filepath.Join(t.TempDir(), "x.fonds"))
	b.m.Settle()
	b.run("archive.labels")
	l := b.labels
	if b.win.Canvas().Focused() != fyne.Focusable(l.list) || !l.keep.Disabled() || l.key.Text != "P" {
		t.Fatalf("the first label is not shown: %q", l.key.Text)
	}
	b.keys(fyne.KeyReturn) // the program's own cannot be changed
	if b.win.Canvas().Focused() != fyne.Focusable(l.list) {
		t.Error("the caret stands where nothing can be typed")
	}
	b.keys(fyne.KeyEnd, fyne.KeyReturn)
	if b.win.Canvas().Focused() != fyne.Focusable(l.name) {
		t.Fatal("Enter does not begin a new label")
	}
	b.keys(fyne.KeyReturn)
	if b.own() != nil || !strings.Contains(l.says.Text, "name") {
		t.Errorf("a label without a name: %q", l.says.Text)
	}
	b.types("官职")
	b.win.Canvas().Focus(l.key)
	b.types("P")
	if !strings.Contains(l.says.Text, "Person") {
		t.Errorf("the key of a command: %q", l.says.Text)
	}
	b.keys(fyne.KeyReturn)
	if b.own() != nil {
		t.Error("a label has the key of a command")
	}
	b.replace("Y")
	b.keys(fyne.KeyReturn)
	if got := b.own(); len(got) != 1 || got[0] != (archive.Label{Name: "官职", Style: 6, Key: "y", Own: true}) {
		t.Fatalf("got %+v, it says %q", got, l.says.Text)
	}
	if l.chosen().Name != "官职" || l.keep.Disabled() {
		t.Error("what was added is not chosen")
	}
	b.win.Canvas().Focus(l.style)
	b.keys(fyne.KeyRight, fyne.KeyReturn)
	if got := b.own(); got[0].Style != 7 || b.s.LabelStyle("官职") != 7 {
		t.Errorf("the style is %d", got[0].Style)
	}
	if c := b.s.Commands.ByRune('y'); c == nil || c.Words() != "官职" || c.Keys() != "Y, Alt+Y" {
		t.Errorf("its key does %+v", c)
	}
	found := false
	for _, m := range b.win.MainMenu().Items {
		for _, item := range m.Items {
			found = found || strings.HasPrefix(item.Label, "官职\u00a0")
		}
	}
	if !found {
		t.Error("it is in no menu")
	}
	b.win.Canvas().Focus(l.list)
	b.keys(fyne.KeyDelete)
	if b.own() != nil || b.s.Commands.ByRune('y') != nil {
		t.Error("it was not removed")
	}
	b.keys(fyne.KeyEscape)
	if b.modal != nil {
		t.Error("Escape does not leave the page")
	}
	b.run("undo")
	if got := b.own(); len(got) != 1 || got[0].Style != 7 {
		t.Errorf("undone: %+v", got)
	}
}
