package app

import (
	"testing"

	"fyne.io/fyne/v2"

	"fonds/app/arranging"
	"fonds/storage"
)

// TestThePageOfTheArrangement: a fonds is made by keys on the page that stands in the place
// of the work, documents lie in it in other colours too, and the list finds them.
func TestThePageOfTheArrangement(t *testing.T) {
	b := newBench(t, zhang, Options{Sample: true})
	press := func(all ...fyne.KeyName) {
		t.Helper()
		b.m.Keys(t, b.win.Canvas(), all...)
	}
	b.run("arranging.open")
	b.m.Settle()
	if b.showing != arranging.Screen || b.work.Visible() || !b.screen().Content().Visible() {
		t.Fatal("the page is not shown")
	}
	press("n")
	b.types("Z109")
	press(fyne.KeyReturn)
	b.m.Settle()
	press(fyne.KeyEnd)
	b.m.Settle()
	press(fyne.KeyRight)
	press("m")
	b.types("Z109")
	press(fyne.KeyReturn)
	b.m.Settle()
	b.run("theme.dark")
	b.m.Settle()
	if b.showing != arranging.Screen {
		t.Fatalf("in other colours %q is shown", b.showing)
	}
	press(fyne.KeyHome)
	b.m.Settle()
	press("l")
	b.m.Settle()
	if got := b.s.Query().Search; b.showing != "" || got != "unit:Z109" || b.s.Rows() != 1 {
		t.Errorf("the list asks for %q and has %d documents", got, b.s.Rows())
	}
	a, err := storage.Open(t.Context(), b.s.Path(), storage.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if counts, err := a.UnitCounts(t.Context()); err != nil || len(counts) != 2 {
		t.Errorf("counted %v, %v", counts, err)
	}
}
