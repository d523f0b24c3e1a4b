package app

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"fonds/app/clustering"
	"fonds/storage"
	"fonds/storage/archive"
)

// A journey by keys: two spellings of an institution are confirmed and merged on the page
// that stands in the place of the work, stay so in other colours, and come back by one
// undo; a document is opened on the desk.
func TestThePageOfNearEqualValues(t *testing.T) {
	b := newBench(t, zhang, Options{Sample: true})
	a, err := storage.Open(t.Context(), b.s.Path(), storage.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	docs, err := a.List(t.Context(), storage.Query{Limit: 4})
	if err != nil {
		t.Fatal(err)
	}
	set := func(id archive.ID, v string) *archive.Edit {
		return &archive.Edit{Do: "field.set", Doc: string(id), Field: "dcterms:contributor", Values: []archive.ValueIn{{Value: v}}}
	}
	b.s.Apply(nil, set(docs[0].ID, "河长办公室"), set(docs[1].ID, "河长办公室"), set(docs[2].ID, "河長辦公室"), set(docs[3].ID, "河长办公室 "))
	b.m.Settle()
	b.run("clustering.open")
	b.m.Settle()
	if b.showing != clustering.Screen || b.work.Visible() || !b.screen().Content().Visible() {
		t.Fatal("the page is not shown")
	}
	press := func(all ...fyne.KeyName) {
		t.Helper()
		b.m.Keys(t, b.win.Canvas(), all...)
	}
	press("f")
	b.types("contributor")
	press(fyne.KeyReturn)
	press(" ", fyne.KeyReturn)
	values := func() (out []string) {
		t.Helper()
		for _, of := range docs {
			d, err := a.Document(t.Context(), of.ID)
			if err != nil {
				t.Fatal(err)
			}
			for _, it := range d.Values("dcterms:contributor") {
				out = append(out, it.Text)
			}
		}
		return out
	}
	before := strings.Join(values(), "|")
	if before != "河长办公室|河长办公室|河長辦公室|河长办公室 " {
		t.Fatalf("merged without an answer: %s", before)
	}
	press(fyne.KeyReturn)
	if got := strings.Join(values(), "|"); got != "河长办公室|河长办公室|河长办公室|河长办公室" {
		t.Fatalf("merged: %s", got)
	}
	b.run("theme.dark")
	b.m.Settle()
	if b.showing != clustering.Screen || !b.cluster.Content().Visible() {
		t.Error("in other colours the page is not shown")
	}
	b.run("undo")
	b.m.Settle()
	if got := strings.Join(values(), "|"); got != before {
		t.Errorf("after one undo: %s", got)
	}
	press(fyne.KeyRight, fyne.KeyRight, fyne.KeyReturn)
	if b.showing != "" || !b.work.Visible() || b.s.Document().ID != docs[0].ID {
		t.Error("the document is not on the desk")
	}
	b.run("clustering.open")
	b.m.Settle()
	press(fyne.KeyEscape)
	if b.showing != "" {
		t.Error("Escape does not go back to work")
	}
}
