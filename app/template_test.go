package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"fonds/storage/archive"
)

// Another template is chosen by its name: the desk has its fields, with what the document
// said in others below them, and one undo brings the first one back.
func TestTemplateChosen(t *testing.T) {
	b := newBench(t, zhang, Options{})
	b.createArchive(filepath.Join(t.TempDir(), "x.fonds"))
	b.m.Settle()
	from := filepath.Join(t.TempDir(), "one.txt")
	if err := os.WriteFile(from, []byte("one\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	b.importPaths([]string{from})
	b.m.Settle()
	doc := b.s.Document()
	b.s.SetField(doc.ID, "dcterms:publisher", []archive.ValueIn{archive.ValueOf("x")}, nil)
	b.m.Settle()
	b.run("archive.template")
	b.types("isad")
	b.keys(fyne.KeyReturn)
	b.m.Settle()
	if got := b.s.Template().ID; got != "isadg" || !strings.HasPrefix(b.s.Status().Notice, "Documents are described") {
		t.Fatalf("the template is %s, said %q", got, b.s.Status().Notice)
	}
	var ids []string
	for _, f := range b.s.Fields(b.s.Document()) {
		ids = append(ids, f.ID)
	}
	if ids[0] != "dcterms:identifier" || !strings.Contains(strings.Join(ids, " "), "dcterms:publisher") {
		t.Errorf("the fields are %v", ids)
	}
	b.run("undo")
	b.m.Settle()
	if got := b.s.Template().ID; got != "dublincore" {
		t.Errorf("after undo it is %s", got)
	}
}
