package app

import (
	"testing"

	"fyne.io/fyne/v2"

	"fonds/app/duplicates"
)

// The page of duplicates stands in the place of the work, stays with what it found when
// the window is built anew, and opens a document on the desk.
func TestThePageOfDuplicates(t *testing.T) {
	b := newBench(t, zhang, Options{Sample: true})
	b.run("duplicates.open")
	b.m.Settle()
	if b.showing != duplicates.Screen || b.work.Visible() || !b.screen().Content().Visible() {
		t.Fatal("the page is not shown")
	}
	before := b.alike.Found()
	b.run("theme.dark")
	b.m.Settle()
	if b.showing != duplicates.Screen || !b.alike.Content().Visible() {
		t.Error("in other colours the page is not shown")
	}
	if after := b.alike.Found(); after.Docs() != before.Docs() || after.Docs() == 0 {
		t.Errorf("of %d documents was found, then of %d", before.Docs(), after.Docs())
	}
	id := b.s.Document().ID
	b.alike.OnDesk(id)
	b.m.Settle()
	if b.showing != "" || !b.work.Visible() || b.s.Document().ID != id {
		t.Error("the document is not on the desk")
	}
	b.run("duplicates.open")
	b.m.Settle()
	b.keys(fyne.KeyEscape)
	if b.showing != "" {
		t.Error("Escape does not go back to work")
	}
}
