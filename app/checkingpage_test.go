package app

import (
	"testing"

	"fyne.io/fyne/v2"

	"fonds/app/checking"
)

// A journey by keys: the checks of the sample are run on the page that stands in the place
// of the work, stay in other colours, and a finding opens the document on the desk with the
// field in the keyboard's place.
func TestThePageOfChecks(t *testing.T) {
	b := newBench(t, zhang, Options{Sample: true})
	b.run("checks.open")
	b.m.Settle()
	if b.showing != checking.Screen || b.work.Visible() || !b.screen().Content().Visible() {
		t.Fatal("the page is not shown")
	}
	press := func(all ...fyne.KeyName) {
		t.Helper()
		b.m.Keys(t, b.win.Canvas(), all...)
	}
	press(fyne.KeyReturn)
	if b.check.Kept().Failed() == 0 {
		t.Fatal("nothing failed in the sample")
	}
	b.run("theme.dark")
	b.m.Settle()
	if b.showing != checking.Screen || !b.check.Content().Visible() || b.check.Kept().Failed() == 0 {
		t.Error("in other colours the page is not shown, or empty")
	}
	b.check.Focus()
	press(fyne.KeyReturn, fyne.KeyReturn)
	if b.showing != "" || !b.work.Visible() || b.s.Document() == nil {
		t.Fatal("the document is not on the desk")
	}
	b.run("checks.open")
	b.m.Settle()
	press(fyne.KeyEscape)
	if b.showing == checking.Screen {
		press(fyne.KeyEscape)
	}
	if b.showing != "" {
		t.Error("Escape does not go back to work")
	}
}
