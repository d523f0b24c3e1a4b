package app

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"fonds/app/session"
	"fonds/storage/archive"
	"fonds/widgets"
)

func TestRemoveAndRestore(t *testing.T) {
	b := newBench(t, zhang, Options{Sample: true})
	doc, n := b.s.Document(), b.s.Rows()
	b.run("doc.restore")
	if b.s.Document().Status() == archive.Removed {
		t.Fatal("what is there cannot be restored")
	}
	b.run("doc.remove")
	if d := b.s.Document(); d.ID != doc.ID || d.Status() != archive.Removed || !strings.Contains(b.s.Status().Notice, "Removed from view") {
		t.Fatalf("status %q, and it says %q", d.Status(), b.s.Status().Notice)
	}
	b.run("filter.removed")
	if b.s.Rows() != 1 || b.s.Row(0).ID != doc.ID {
		t.Fatalf("%d documents are listed as removed", b.s.Rows())
	}
	if left, _ := b.s.Count(session.All); left != n-1 {
		t.Errorf("%d documents are left, want %d", left, n-1)
	}
	b.run("doc.restore")
	if b.s.Document().Status() == archive.Removed {
		t.Error("it is not restored")
	}
	b.run("filter.all")
	if b.s.Rows() != n {
		t.Errorf("%d documents, want %d", b.s.Rows(), n)
	}
}

func TestDestroyAsksTwice(t *testing.T) {
	b := newBench(t, zhang, Options{})
	b.createArchive(filepath.Join(t.TempDir(), "x.fonds"))
	b.m.Settle()
	b.importPaths([]string{folder(t)})
	b.m.Settle()
	doc, n := b.s.Document(), b.s.Rows()
	name := doc.Info.Name
	shown := func() archive.ID { return b.s.Document().ID }

	b.run("doc.destroy")
	if b.modal == nil {
		t.Fatal("nothing is asked")
	}
	b.keys(fyne.KeyReturn, fyne.KeyReturn) // nothing was typed
	if b.modal == nil || shown() != doc.ID {
		t.Fatal("no authority is taken for one")
	}
	b.types("保管期限表 第7条")
	first := b.modal
	b.keys(fyne.KeyReturn)
	if b.modal != first {
		t.Fatal("no reason is taken for one")
	}
	b.types("期满")
	b.keys(fyne.KeyReturn)
	if b.modal == nil || b.modal == first {
		t.Fatal("it is not asked a second time")
	}
	b.types("something else")
	b.keys(fyne.KeyReturn)
	if b.modal == nil || shown() != doc.ID {
		t.Fatal("it was destroyed under another name")
	}
	b.keys(fyne.KeyEscape)
	if b.modal != nil || shown() != doc.ID || b.s.Rows() != n {
		t.Fatal("Escape does not leave it as it was")
	}

	b.run("doc.destroy")
	b.types("A")
	b.keys(fyne.KeyReturn)
	b.types("B")
	b.keys(fyne.KeyReturn)
	b.types(doc.ID.Short())
	b.keys(fyne.KeyReturn)
	if b.modal != nil || b.s.Rows() != n-1 || b.s.Document() == nil || shown() == doc.ID {
		t.Fatalf("after it: modal %v, %d documents, %v shown", b.modal != nil, b.s.Rows(), b.s.Document() != nil)
	}
	if got := b.s.Status(); got.Error != "" || !strings.Contains(got.Notice, "is left in the file") {
		t.Errorf("it says %q %q", got.Notice, got.Error)
	}
	for _, end := range []string{"", "-wal"} {
		data, err := os.ReadFile(b.s.Path() + end)
		if err != nil && end == "" {
			t.Fatal(err)
		}
		if bytes.Contains(data, []byte(name)) {
			t.Errorf("%s stands in the file%s", name, end)
		}
	}
	b.run("pane.list")
	b.run("undo")
	if got := b.s.Status().Error; !strings.Contains(got, "cannot be undone") {
		t.Errorf("undo says %q", got)
	}
}

func TestDestroyIsTheOwners(t *testing.T) {
	b := newBench(t, zhang, Options{Sample: true})
	b.s.SetActor("Somebody")
	b.m.Settle()
	b.run("doc.destroy")
	if b.modal == nil || !strings.Contains(b.all(), "archivist") {
		t.Fatalf("nobody says who could: %q", b.all())
	}
	b.keys(fyne.KeyReturn)
	if b.modal != nil {
		t.Error("it goes on all the same")
	}
}

// all are the words of the dialog that is open.
func (b *bench) all() string {
	var out []string
	for _, o := range test.LaidOutObjects(b.modal.popup) {
		switch o := o.(type) {
		case *widget.Label:
			out = append(out, o.Text)
		case *widgets.Note:
			out = append(out, o.Text())
		}
	}
	return strings.Join(out, "\n")
}
