package session

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"fonds/app/i18n"
	"fonds/storage"
	"fonds/storage/archive"
)

// saves saves a search and settles.
func (d *desk) saves(t *testing.T, name, query string) {
	t.Helper()
	d.SaveSearch(name, query, func(err error) {
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	})
	d.m.Settle()
}

// savedCounts are the saved searches with what they find, a word for each.
func (d *desk) savedCounts() string {
	var out []string
	for _, q := range d.Saved() {
		n := "?"
		switch {
		case q.Fault != "":
			n = "!"
		case q.Known:
			n = fmt.Sprint(q.Count)
		}
		out = append(out, q.Name+" "+n)
	}
	return strings.Join(out, ", ")
}

// TestSavedCounts: saved searches stand in the order of their names with what they find
// in the whole archive, and are counted again a while after the last change of a
// document, by whomever.
func TestSavedCounts(t *testing.T) {
	path := filled(t, three()...)
	d := opening(t, path)
	if len(d.Saved()) != 0 || d.told(SavedChanged{}) != 0 {
		t.Errorf("an archive without any tells of %v", d.Saved())
	}
	d.saves(t, "检10", "通知")
	d.saves(t, "检9", "-has:tag")
	d.saves(t, "a", "saved:检9 通知")
	if got := d.savedCounts(); got != "a 2, 检9 3, 检10 2" {
		t.Errorf("got %s", got)
	}
	d.SetQuery(Query{Search: "letter"})
	d.m.Settle()
	if got := d.savedCounts(); got != "a 2, 检9 3, 检10 2" {
		t.Errorf("of another list: %s", got)
	}
	d.told(SavedChanged{})
	d.SetTag("党建", true)
	d.m.Settle()
	d.m.Pass(savedWait / 2)
	d.SetTag("外事", true)
	d.m.Settle()
	if got := d.savedCounts(); got != "a 2, 检9 3, 检10 2" {
		t.Errorf("counted at once: %s", got)
	}
	d.m.Pass(savedWait / 2)
	if got := d.savedCounts(); got != "a 1, 检9 2, 检10 2" || d.told(SavedChanged{}) != 1 {
		t.Errorf("after a change: %s", got)
	}
	if _, err := other(t, path).Apply(context.Background(), "Li", &archive.Edit{Do: archive.SaveSearchKind, Name: "b", Query: "letter"},
		&archive.Edit{Do: archive.RemoveSearchKind, Name: "检9"}); err != nil {
		t.Fatal(err)
	}
	d.Poll()
	d.m.Settle()
	if got := d.savedCounts(); got != "a !, b 1, 检10 2" || !strings.Contains(d.SavedByName("a").Fault, "检9") {
		t.Errorf("after another's change: %s, %s", got, d.SavedByName("a").Fault)
	}
	d.CloseArchive(nil)
	d.m.Settle()
	d.m.Pass(time.Second)
	if len(d.Saved()) != 0 {
		t.Errorf("without an archive: %s", d.savedCounts())
	}
}

// TestSavedOrder: names stand in the order of the language, numbers in theirs.
func TestSavedOrder(t *testing.T) {
	was := i18n.Current()
	defer i18n.Use(was)
	for tag, want := range map[string]string{"en": "Über, 丙, 乙, 检9, 检10, 甲", "zh-Hans": "Über, 丙, 甲, 检9, 检10, 乙"} {
		i18n.Use(tag)
		d := opening(t, filled(t, three()...))
		var edits []*archive.Edit
		for _, name := range []string{"甲", "乙", "丙", "检10", "检9", "Über"} {
			edits = append(edits, &archive.Edit{Do: archive.SaveSearchKind, Name: name, Query: "通知"})
		}
		d.Apply(nil, edits...)
		d.m.Settle()
		if got := strings.ReplaceAll(d.savedCounts(), " 2", ""); got != want {
			t.Errorf("in %s: %s, want %s", tag, got, want)
		}
		i18n.Use("en")
		d.Saved()
		d.m.Settle()
		if got := d.savedCounts(); got != "Über 2, 丙 2, 乙 2, 检9 2, 检10 2, 甲 2" {
			t.Errorf("in English then: %s", got)
		}
	}
}

// TestLateCountsAreDropped: what was counted before the last change is not shown after
// it, and nobody goes on counting it.
func TestLateCountsAreDropped(t *testing.T) {
	d := opening(t, filled(t, three()...))
	for i := range SavedInSight + 3 {
		d.saves(t, fmt.Sprint("检", i), "通知")
	}
	v := &d.saved
	v.count()
	late, over := v.gen, v.over
	v.all[0].Query = "letter" // as another's change
	v.count()
	if !over.Load() || v.gen == late {
		t.Error("the count before goes on")
	}
	d.m.Settle()
	if got := d.savedCounts(); got != "检0 1, 检1 2, 检2 2, 检3 2, 检4 2, 检5 2, 检6 2, 检7 2, 检8 2" {
		t.Errorf("got %s", got)
	}
	v.count()
	v.soon() // what is changed meanwhile is counted after that
	if !v.again || v.wait != nil {
		t.Error("a change while it is counted is forgotten, or counted beside it")
	}
	d.m.Settle()
	if v.over != nil || v.wait == nil {
		t.Error("nothing is to be counted again")
	}
	d.m.Pass(savedWait)
	v.count()
	d.m.Pass(time.Second) // that long it takes
	v.soon()
	d.m.Pass(savedWait * 2)
	if v.wait == nil {
		t.Error("what takes long is counted as often as what does not")
	}
	d.m.Pass(savedRest * time.Second)
	if v.wait != nil || v.over != nil {
		t.Error("what takes long is not counted again")
	}
	v.took = 0
	v.soon()
	v.forget()
	d.m.Pass(savedWait)
	if v.wait != nil || len(v.all) != 0 {
		t.Error("what was to be counted is, without an archive")
	}
}

// One that asks for documents like one stands with the likest first, as typed.
func TestSavedLikeness(t *testing.T) {
	d := opening(t, filled(t, three()...))
	d.saves(t, "似", "like:path:a.txt")
	for _, search := range []string{"like:path:a.txt", "saved:似"} {
		d.SetQuery(Query{Search: search})
		if got := d.list.ordering(); got.By != storage.ByLikeness {
			t.Errorf("%s stands in the order %+v", search, got)
		}
	}
}

// TestRunSaved: the list shows what a saved search finds, of all documents, and says
// which one that is while it shows exactly that.
func TestRunSaved(t *testing.T) {
	d := opening(t, filled(t, three()...))
	d.saves(t, "信", "letter")
	d.saves(t, "又", "letter")
	if d.SavedShown() != "" {
		t.Errorf("%q is shown", d.SavedShown())
	}
	d.SetQuery(Query{Filter: Approved})
	for _, name := range []string{"又", "信"} {
		d.RunSaved(name)
		d.m.Settle()
		if d.SavedShown() != name || d.Rows() != 1 || d.Query() != (Query{Search: "letter"}) {
			t.Errorf("%s: %q is shown, %d rows of %+v", name, d.SavedShown(), d.Rows(), d.Query())
		}
	}
	d.SetQuery(Query{Search: "letter", Filter: ToDo})
	if d.SavedShown() != "" {
		t.Errorf("narrowed further, %q is shown", d.SavedShown())
	}
	before := d.Query()
	if d.RunSaved("无"); d.Query() != before {
		t.Error("what is not there changes the list")
	}
	d.SetQuery(Query{Search: "saved:信"})
	d.m.Settle()
	if got := SearchWords(d.Sought()); d.Rows() != 1 || len(got) != 1 || got[0] != "letter" {
		t.Errorf("by its name: %d rows, of the words %q", d.Rows(), got)
	}
	if _, err := d.ReadSearch("saved:无"); err == nil || !strings.Contains(SearchFault(err), "信") {
		t.Errorf("what is not there: %v", err)
	}
	if err := fmt.Errorf("asked: %w", func() error { _, err := d.ReadSearch("已存:无"); return err }()); !strings.Contains(Words(err), "信") {
		t.Errorf("in words: %s", Words(err))
	}
}

// TestSearchToSave: filter and work package are conditions of what is saved.
func TestSearchToSave(t *testing.T) {
	d := opening(t, filled(t, three()...))
	d.Apply(nil, &archive.Edit{Do: "package.set", Name: "第一 批"})
	d.m.Settle()
	pack := d.Self().Packages()[0].ID
	for q, want := range map[Query]string{{}: "", {Search: "a OR b"}: "a OR b", {Search: "a", Filter: InProgress}: `a status:"in progress"`,
		{Search: "a OR b", Filter: ToDo}: "(a OR b) status:new", {Filter: WithProposals}: "has:proposal", {Filter: Mine}: "assigned:Zhang",
		{Search: "a", Package: pack}: `a package:"第一 批"`, {Search: "a", Filter: Questions}: "a"} {
		d.SetQuery(q)
		if got := d.SearchToSave(); got != want {
			t.Errorf("%+v: got %s, want %s", q, got, want)
		}
		if _, err := storage.Parse(want); err != nil {
			t.Error(err)
		}
	}
}

// TestRenameSearch: one step gives it another name everywhere, and undo takes it back.
func TestRenameSearch(t *testing.T) {
	d := opening(t, filled(t, three()...))
	d.saves(t, "甲", "通知")
	d.saves(t, "乙", "letter OR saved:甲")
	d.RunSaved("甲")
	d.m.Settle()
	var err error
	done := func(e error) { err = e }
	if d.RenameSearch("甲", "乙", done); !errors.Is(err, ErrSearchThere) || Words(err) != i18n.T("saved.there") {
		t.Errorf("to a name that is there: %v", err)
	}
	if d.RenameSearch("甲", " 甲 ", done); err != nil {
		t.Errorf("to its own name: %v", err)
	}
	d.RenameSearch("甲", "two words", done)
	d.m.Settle()
	if got := d.SavedByName("乙").Query; err != nil || got != `letter OR saved:"two words"` || d.SavedByName("甲").Name != "" || d.SavedShown() != "two words" {
		t.Errorf("%v; the other asks for %s, %q is shown", err, got, d.SavedShown())
	}
	if d.savedCounts() != "two words 2, 乙 3" {
		t.Errorf("got %s", d.savedCounts())
	}
	d.Undo(false, nil)
	d.m.Settle()
	if got := d.SavedByName("乙").Query; got != "letter OR saved:甲" || d.SavedByName("甲").Name == "" || len(d.Saved()) != 2 {
		t.Errorf("undone, the other asks for %s", got)
	}
	d.RemoveSearch("甲", done)
	d.m.Settle()
	if err != nil || len(d.Saved()) != 1 || d.savedCounts() != "乙 !" {
		t.Errorf("removed: %v, %s", err, d.savedCounts())
	}
}
