package library

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage/archive"
)

// saves saves searches of these names and queries, in pairs.
func (sc *screen) saves(pairs ...string) {
	sc.t.Helper()
	var edits []*archive.Edit
	for i := 0; i < len(pairs); i += 2 {
		edits = append(edits, &archive.Edit{Do: archive.SaveSearchKind, Name: pairs[i], Query: pairs[i+1]})
	}
	sc.s.Apply(nil, edits...)
	sc.m.Settle()
	if len(sc.s.Saved()) < len(edits) {
		sc.t.Fatalf("%d of %d searches are saved", len(sc.s.Saved()), len(edits))
	}
}

// savedRows are the rows of saved searches in sight, with the heading; * stands before
// the one that is chosen.
func (sc *screen) savedRows() string {
	var out []string
	for _, r := range sc.filters.rows() {
		switch {
		case r.head:
			out = append(out, strings.TrimSpace("# "+sc.filters.counted(r)))
		case r.saved != "":
			words := sc.filters.words(r) + " " + sc.filters.counted(r)
			if r == sc.filters.current() {
				words = "*" + words
			}
			out = append(out, words)
		}
	}
	return strings.Join(out, ", ")
}

func (sc *screen) says() string { return sc.s.Status().Notice }

// TestSavedRows: below the filters stand saved searches with what they find; Up, Down
// and a click choose one, and a filter takes its place.
func TestSavedRows(t *testing.T) {
	sc := opened(t, "one 通知", "two 通知", "three")
	if got := sc.savedRows(); got != "" {
		t.Errorf("without any there is %s", got)
	}
	high := sc.filters.Size().Height
	sc.saves("c", "通知", "b", "three", "a", "saved:c 通知")
	sc.s.RemoveSearch("c", func(error) {})
	sc.m.Settle()
	sc.saves("c", "通知")
	if got := sc.savedRows(); got != "#, a 2, b 1, c 2" {
		t.Errorf("got %s", got)
	}
	if h := sc.filters.Size().Height; h != high+4*rowHeight() {
		t.Errorf("the rows are %v high, were %v", h, high)
	}
	sc.s.SetQuery(session.Query{Filter: session.Approved})
	sc.m.Settle()
	sc.c.Focus(sc.filters)
	sc.keys(fyne.KeyDown, fyne.KeyDown)
	if sc.s.Query() != (session.Query{Search: "saved:c 通知"}) || sc.savedRows() != "#, *a 2, b 1, c 2" || sc.search.Entry.Text != "saved:c 通知" {
		t.Errorf("Down: %+v, %s, in the search %q", sc.s.Query(), sc.savedRows(), sc.search.Entry.Text)
	}
	sc.keys(fyne.KeyDown, fyne.KeyDown, fyne.KeyDown)
	if sc.search.Entry.Text != "通知" || sc.list.Count() != 2 || sc.savedRows() != "#, a 2, b 1, *c 2" {
		t.Errorf("the last: %q, %d rows, %s", sc.search.Entry.Text, sc.list.Count(), sc.savedRows())
	}
	sc.keys(fyne.KeyUp, fyne.KeyUp, fyne.KeyUp)
	if sc.s.Query() != (session.Query{Filter: session.Removed}) || sc.search.Entry.Text != "" || strings.Contains(sc.savedRows(), "*") {
		t.Errorf("Up to the filters: %+v, %q", sc.s.Query(), sc.search.Entry.Text)
	}
	press := func(row int) {
		sc.filters.MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary, PointEvent: fyne.PointEvent{Position: fyne.NewPos(20, rowHeight()*float32(row)+5)}})
		sc.m.Settle()
	}
	filters := len(sc.filters.shown())
	press(filters + 2)
	if sc.search.Entry.Text != "three" || sc.list.Count() != 1 || !strings.Contains(sc.savedRows(), "*b") {
		t.Errorf("a click: %q, %d rows, %s", sc.search.Entry.Text, sc.list.Count(), sc.savedRows())
	}
	sc.searches("three OR one")
	if strings.Contains(sc.savedRows(), "*") || sc.filters.chosen != session.All {
		t.Errorf("another search: %s", sc.savedRows())
	}
	sc.searches("  three ")
	if !strings.Contains(sc.savedRows(), "*b") {
		t.Errorf("typed, it is the saved one: %s", sc.savedRows())
	}
	press(0)
	if sc.s.Query() != (session.Query{}) || sc.search.Entry.Text != "" || sc.list.Count() != 3 {
		t.Errorf("All: %+v", sc.s.Query())
	}
	press(filters) // the heading
	sc.types("three")
	sc.keys(fyne.KeyReturn)
	if sc.search.Entry.Text != "three" || !sc.Focused() {
		t.Errorf("by the heading: %q", sc.search.Entry.Text)
	}
	sc.s.SetTag("x", true)
	sc.m.Settle()
	sc.saves("d", "has:tag")
	sc.s.SetTag("x", false)
	sc.m.Settle()
	sc.m.Pass(time.Second)
	if !strings.Contains(sc.savedRows(), "d 0") {
		t.Errorf("after a change: %s", sc.savedRows())
	}
	sc.s.RemoveSearch("c", func(error) {})
	sc.m.Settle()
	if !strings.Contains(sc.savedRows(), "a —") {
		t.Errorf("one that cannot be asked: %s", sc.savedRows())
	}
	sc.filters.pick(row{saved: "a"})
	sc.m.Settle()
	if !sc.search.Faulty() || sc.search.Entry.Text != "saved:c 通知" || strings.Contains(sc.savedRows(), "*a") {
		t.Errorf("chosen: %q, %q, %s", sc.search.Fault(), sc.search.Entry.Text, sc.savedRows())
	}
}

// TestManySavedRows: at most six are in sight, fewer where the window is low, and the
// one that is chosen always; a long name is cut.
func TestManySavedRows(t *testing.T) {
	sc := opened(t, "one", "two")
	var pairs []string
	for i := range 12 {
		pairs = append(pairs, fmt.Sprintf("检%d", i), fmt.Sprintf("one OR %d", i))
	}
	sc.saves(append(pairs, strings.Repeat("长", 60), "one")...)
	sc.content.Resize(fyne.NewSize(180, 900))
	if got := sc.savedRows(); !strings.HasPrefix(got, "# 13 ›, ") || strings.Count(got, "检") != 5+1-strings.Count(got, "长")/60 {
		t.Errorf("got %s", got)
	}
	sc.s.RunSaved("检11")
	sc.m.Settle()
	if got := sc.savedRows(); strings.Count(got, ",") != session.SavedInSight || !strings.HasSuffix(got, "*检11 1") {
		t.Errorf("chosen: %s", got)
	}
	height := func(h float32) float32 {
		sc.content.Resize(fyne.NewSize(180, h))
		if got, want := sc.filters.Size().Height, rowHeight()*float32(len(sc.filters.rows())); got != want {
			t.Errorf("%v high, the rows have %v and need %v", h, got, want)
		}
		return sc.list.Size().Height
	}
	last := 99
	for h := float32(900); !sc.filters.folds; h -= 20 {
		list, n := height(h), strings.Count(sc.savedRows(), ",")
		if sc.filters.folds {
			break
		}
		if list < 4*44 || n > last || n < 1 || !strings.Contains(sc.savedRows(), "*检11") {
			t.Errorf("%v high: the list has %v, %s", h, list, sc.savedRows())
		}
		last = n
	}
	if last > 2 {
		t.Errorf("in a low window %d are in sight", last)
	}
	height(420)
	if got, want := sc.content.MinSize().Height, float32(200); got > want {
		t.Errorf("the pane needs a height of %v", got)
	}
	if got := sc.savedRows(); got != "*检11 1" || len(sc.filters.rows()) != 1 {
		t.Errorf("folded: %s", got)
	}
	sc.c.Focus(sc.filters)
	sc.keys(fyne.KeyReturn)
	if rows := len(sc.filters.rows()); rowHeight()*float32(rows) > 420-60 || rows <= len(sc.filters.shown()) {
		t.Errorf("opened there are %d rows", rows)
	}
	if got := fitted(strings.Repeat("长", 60), 14, 100); !strings.HasSuffix(got, "…") || len([]rune(got)) > 10 || len([]rune(got)) < 4 {
		t.Errorf("cut to %q", got)
	}
}

// TestSaveSearch: what the list shows is saved under a name that is asked for once.
func TestSaveSearch(t *testing.T) {
	sc := opened(t, "one 通知", "two 通知", "three")
	save := func() { sc.s.Commands.Run("search.save"); sc.m.Settle() }
	save()
	if sc.box != nil || sc.says() == "" || sc.c.Focused() != fyne.Focusable(sc.search.Entry) {
		t.Errorf("of all documents: %q", sc.says())
	}
	sc.types("(three")
	if save(); sc.box != nil || !strings.Contains(sc.says(), "bracket") {
		t.Errorf("of what is wrong: %q", sc.says())
	}
	sc.searches("")
	sc.types("three")
	save() // without waiting for the search
	if sc.box == nil || sc.box.name.Text != "three" || sc.list.Count() != 1 {
		t.Fatal("nothing is asked")
	}
	sc.keys(fyne.KeyEscape)
	if sc.box != nil || len(sc.s.Saved()) != 0 || sc.c.Focused() != fyne.Focusable(sc.search.Entry) {
		t.Error("Escape does not leave it")
	}
	save()
	sc.box.name.SetText("  ")
	sc.keys(fyne.KeyReturn)
	if sc.box == nil || !strings.Contains(sc.box.says.Text(), i18n.T("saved.noname")) {
		t.Fatal("a name without words is taken")
	}
	sc.box.name.SetText("a\u202eb")
	sc.keys(fyne.KeyReturn)
	if sc.box == nil || !strings.HasPrefix(sc.box.says.Text(), "⚠ ") {
		t.Fatal("a name that cannot be seen is taken")
	}
	sc.box.name.SetText(" 三 ")
	sc.keys(fyne.KeyReturn)
	if sc.box != nil || sc.s.SavedByName("三").Query != "three" || sc.savedRows() != "#, *三 1" || !strings.Contains(sc.says(), "三") {
		t.Fatalf("%s, %q", sc.savedRows(), sc.says())
	}
	if save(); sc.box.name.Text != "三" || sc.box.says.Text() != "" {
		t.Errorf("the same again: %q, %q", sc.box.name.Text, sc.box.says.Text())
	}
	if sc.keys(fyne.KeyReturn); sc.box != nil || !strings.Contains(sc.says(), "三") {
		t.Errorf("the same again: %q", sc.says())
	}
	sc.searches("通知")
	sc.s.Commands.Run("filter.todo")
	sc.m.Settle()
	save()
	sc.box.name.SetText("")
	sc.types("三")
	if got := sc.box.says.Text(); !strings.Contains(got, "three") {
		t.Errorf("of a name that is there it says %q", got)
	}
	sc.keys(fyne.KeyReturn)
	if sc.s.SavedByName("三").Query != "通知 status:new" || sc.search.Entry.Text != "通知 status:new" || sc.savedRows() != "#, *三 2" || sc.s.Query().Filter != session.All {
		t.Errorf("with a filter: %s, %q, %+v", sc.savedRows(), sc.search.Entry.Text, sc.s.Query())
	}
	sc.s.Commands.Run("filter.unassigned")
	sc.m.Settle()
	save()
	if sc.box == nil {
		t.Fatal("nothing is asked")
	}
	sc.keys(fyne.KeyEscape)
	sc.s.Undo(false, nil)
	sc.m.Settle()
	if got := sc.s.SavedByName("三").Query; got != "three" {
		t.Errorf("undone: %s", got)
	}
}

// TestSavedCommands: one is chosen by its name or its query, renamed and removed.
func TestSavedCommands(t *testing.T) {
	sc := opened(t, "one", "two", "three")
	run := func(id, words string) {
		sc.s.Commands.Run(id)
		sc.m.Settle()
		sc.types(words)
		sc.keys(fyne.KeyReturn)
	}
	for _, id := range []string{"search.saved", "search.rename", "search.unsave"} {
		before := sc.c.Focused()
		if sc.s.Commands.Run(id); sc.says() != i18n.T("saved.none") || sc.c.Focused() != before {
			t.Errorf("%s without any: %q", id, sc.says())
		}
		sc.s.Say("")
	}
	sc.saves("甲", "one", "乙", "two OR saved:甲")
	run("search.saved", "two")
	if sc.search.Entry.Text != "two OR saved:甲" || sc.list.Count() != 2 || !sc.Focused() {
		t.Errorf("run: %q, %d rows", sc.search.Entry.Text, sc.list.Count())
	}
	sc.searches("two")
	run("search.narrow", "Saved")
	sc.types("two OR")
	sc.keys(fyne.KeyReturn)
	if sc.search.Entry.Text != "two saved:乙" || sc.list.Count() != 1 {
		t.Errorf("narrowed by one: %q, %d rows", sc.search.Entry.Text, sc.list.Count())
	}
	run("search.rename", "one")
	if sc.box == nil || sc.box.name.Text != "甲" {
		t.Fatal("no other name is asked for")
	}
	sc.box.name.SetText("乙")
	sc.keys(fyne.KeyReturn)
	if sc.box == nil || !strings.Contains(sc.box.says.Text(), i18n.T("saved.there")) {
		t.Fatal("two have one name")
	}
	sc.box.name.SetText("丙")
	sc.keys(fyne.KeyReturn)
	if sc.box != nil || sc.s.SavedByName("丙").Query != "one" || sc.s.SavedByName("乙").Query != "two OR saved:丙" {
		t.Errorf("renamed: %+v", sc.s.Saved())
	}
	run("search.unsave", "丙")
	if len(sc.s.Saved()) != 1 || sc.savedRows() != "#, 乙 —" || !strings.Contains(sc.says(), "丙") || !strings.Contains(sc.says(), "乙") {
		t.Errorf("removed: %s, %q", sc.savedRows(), sc.says())
	}
}
