package library

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
)

// The list says to which work package it is narrowed, and pressing that shows all
// documents again; a name of any length leaves the pane as wide as it is.
func TestTheListOfAPackage(t *testing.T) {
	sc := opened(t, "甲", "乙", "丙")
	wide := sc.Content().MinSize().Width
	name := strings.Repeat("批次", 40)
	sc.s.Apply(nil, &archive.Edit{Do: "package.set", Name: name})
	sc.m.Settle()
	pack, doc := sc.s.Self().Packages()[0], sc.s.Document().ID
	sc.s.Apply(func(_ []storage.Result, err error) {
		if err != nil {
			t.Error(err)
		}
	}, &archive.Edit{Do: "package.put", Doc: string(doc), Package: &name})
	sc.m.Settle()
	if sc.packBox.Visible() {
		t.Error("a package is named above the list of all")
	}
	sc.s.SetQuery(session.Query{Package: pack.ID})
	sc.m.Settle()
	if !sc.packBox.Visible() || sc.list.Count() != 1 || sc.Content().MinSize().Width > max(wide, 300) {
		t.Errorf("named %v, %d rows, %v wide", sc.packBox.Visible(), sc.list.Count(), sc.Content().MinSize().Width)
	}
	sc.s.Commands.Run("filter.approved")
	sc.m.Settle()
	if sc.list.Count() != 0 || sc.empty.Text == "" || sc.s.Query().Package != pack.ID {
		t.Errorf("approved of the package: %d rows, %q", sc.list.Count(), sc.empty.Text)
	}
	sc.s.Commands.Run("filter.all")
	sc.m.Settle()
	sc.c.Focus(sc.pack)
	sc.keys(fyne.KeyReturn)
	if sc.packBox.Visible() || sc.list.Count() != 3 || !sc.Focused() {
		t.Errorf("after pressing it: named %v, %d rows", sc.packBox.Visible(), sc.list.Count())
	}
}
