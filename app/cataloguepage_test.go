package app

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"fonds/app/cataloguing"
	"fonds/storage/archive"
)

// The page of catalogues stands in the place of the work: its file is asked for by the
// picker, Ctrl+Enter takes it and submits no document, and it stays in other colours.
func TestThePageOfCatalogues(t *testing.T) {
	b := newBench(t, zhang, Options{Sample: true})
	d := b.s.Document()
	status := d.Status()
	list := filepath.Join(t.TempDir(), "list.csv")
	if err := os.WriteFile(list, []byte("文件名,题名\n\""+d.Info.Path+"\",目录里的题名\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	b.run("catalogue.open")
	b.m.Settle()
	if b.showing != cataloguing.Screen || b.work.Visible() || !b.screen().Content().Visible() {
		t.Fatal("the page is not shown")
	}
	b.win.Canvas().Focused().TypedRune('o') // the key of the button that has the focus
	if b.modal == nil {
		t.Fatal("no file is asked for by its key")
	}
	b.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if b.modal != nil {
		t.Fatal("the file is still asked for")
	}
	b.keys(fyne.KeyReturn)
	if b.modal == nil {
		t.Fatal("no file is asked for")
	}
	b.picker.path.SetText(list)
	b.picker.typed()
	b.m.Settle()
	b.picker.accept()
	b.m.Settle()
	b.run("theme.dark")
	b.m.Settle()
	if b.showing != cataloguing.Screen || !b.list.Content().Visible() {
		t.Fatal("in other colours the page is not shown")
	}
	b.command("doc.submit")
	b.m.Settle()
	b.s.OpenDocument(d.ID)
	b.m.Settle()
	d = b.s.Document()
	if got := d.Values(archive.TitleField); len(got) != 1 || got[0].Text != "目录里的题名" {
		t.Errorf("the title is %v", got)
	}
	if got := d.Status(); got == archive.Submitted || got == archive.Approved {
		t.Errorf("the document, which was %s, is %s", status, got)
	}
	b.keys(fyne.KeyEscape)
	if b.showing != "" {
		t.Error("Escape does not go back to work")
	}
}
