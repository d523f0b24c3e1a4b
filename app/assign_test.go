package app

import (
	"testing"

	"fyne.io/fyne/v2"

	"fonds/app/settings"
	"fonds/storage/archive"
)

// Documents are given to people by keys: a day that is none is said and nothing given;
// who has none gives them back, and one undo takes it back.
func TestAssigningByKeys(t *testing.T) {
	b := newBench(t, settings.Settings{Name: "王雪梅"}, Options{Sample: true})
	whose := func() *archive.Item { return b.s.Document().Assignment() }
	if whose() != nil {
		t.Fatal("the first document of the sample is somebody's: choose another for this test")
	}
	b.run("doc.assign")
	if b.modal == nil {
		t.Fatal("nothing is asked")
	}
	b.keys(fyne.KeySpace) // the first of the people
	b.win.Canvas().FocusNext()
	b.types("2026-02-30")
	b.keys(fyne.KeyReturn)
	if b.modal == nil || whose() != nil {
		t.Fatal("a day that is none was taken")
	}
	b.replace("2027-03-31")
	b.keys(fyne.KeyReturn)
	first := b.s.Workers()[0]
	if it := whose(); b.modal != nil || it == nil || it.Key != first || it.Detail != "2027-03-31" {
		t.Fatalf("assigned: %+v, want %s", it, first)
	}
	b.run("undo")
	if it := whose(); it != nil {
		t.Errorf("after undo: %+v", it)
	}
	b.run("doc.mine")
	if it := whose(); it == nil || it.Key != "王雪梅" {
		t.Errorf("taken: %+v", it)
	}
	b.run("doc.giveback")
	if it := whose(); it != nil {
		t.Errorf("given back: %+v", it)
	}
	b.run("doc.assign")
	b.keys(fyne.KeyEscape)
	if b.modal != nil {
		t.Error("Escape does not leave it")
	}
}
