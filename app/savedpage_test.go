package app

import (
	"testing"

	"fyne.io/fyne/v2"

	"fonds/app/finding"
	"fonds/app/session"
)

// On the page that shows the list as a table searches are saved and run as beside the
// desk, and the page stays with the keyboard on it.
func TestSavedSearchesOnThePageOfFinding(t *testing.T) {
	b := newBench(t, zhang, Options{Sample: true})
	b.run("finding.open")
	b.m.Settle()
	where := b.win.Canvas().Focused()
	stays := func(what string) {
		t.Helper()
		if b.showing != finding.Screen || b.win.Canvas().Focused() != where {
			t.Errorf("%s: %q is shown, %T has the keyboard", what, b.showing, b.win.Canvas().Focused())
		}
	}
	b.run("search.save")
	b.m.Settle()
	stays("nothing to save")
	b.s.SetQuery(session.Query{Search: "会议"})
	b.m.Settle()
	b.run("search.save")
	b.m.Settle()
	b.keys(fyne.KeyReturn) // the name that is offered
	b.m.Settle()
	stays("saved")
	if q := b.s.SavedByName("会议"); q.Query != "会议" || b.s.SavedShown() != "会议" {
		t.Fatalf("saved: %+v", b.s.Saved())
	}
	b.s.SetQuery(session.Query{Search: ""})
	b.m.Settle()
	b.run("search.saved")
	b.m.Settle()
	b.keys(fyne.KeyReturn)
	b.m.Settle()
	stays("run")
	if b.s.Query() != (session.Query{Search: "会议"}) {
		t.Errorf("run: %+v", b.s.Query())
	}
}
