package finding

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"fonds/storage"
	"fonds/storage/archive"
)

func (sc *screen) tagged(tag string) (n int) {
	sc.t.Helper()
	n, err := sc.Archive.Count(context.Background(), storage.Query{Tag: tag})
	if err != nil {
		sc.t.Fatal(err)
	}
	return n
}

// All of a list are given a tag by the keyboard, one is left out; one undo takes it back.
func TestChange(t *testing.T) {
	sc := opened(t, Table{}, "一 会议", "二", "三 会议", "四")
	sc.keys(fyne.KeyDown)
	sc.types("b")
	sc.types("add a tag")
	sc.keys(fyne.KeyReturn)
	if sc.change == nil || sc.on.Focused() != fyne.Focusable(sc.change.value) {
		t.Fatal("nothing is asked")
	}
	sc.types("会议")
	sc.m.Pass(time.Second)
	if got := sc.change.says.Text(); !strings.HasPrefix(got, "4 documents would change, 0 stay") {
		t.Fatalf("it says %q", got)
	}
	if got := sc.change.offers; !got.Shown() || got.Text(0) != "党建/会议" {
		t.Errorf("nothing is offered")
	}
	sc.keys(fyne.KeyReturn, fyne.KeyDown)
	sc.types(" ")
	if got := sc.change.row(1); sc.change.do.Label() != "Change 3 documents" || !strings.HasPrefix(got.Sub, "Left out") {
		t.Errorf("left out: %q, %+v", sc.change.do.Label(), got)
	}
	if got := sc.change.row(0).Sub; got != "+ 会议" {
		t.Errorf("a row says %q", got)
	}
	sc.keys(fyne.KeyReturn)
	if sc.change != nil || sc.tagged("会议") != 3 || !strings.HasPrefix(sc.s.Status().Notice, "3 documents were changed") {
		t.Fatalf("afterwards %d have it, said %q", sc.tagged("会议"), sc.s.Status().Notice)
	}
	if sc.on.Focused() != fyne.Focusable(sc.table) {
		t.Error("the keyboard is not on the rows")
	}
	sc.s.Undo(false, nil)
	sc.m.Settle()
	if n := sc.tagged("会议"); n != 0 {
		t.Errorf("after undo %d have it", n)
	}
}

// A value of doubt is said to be one before all get it.
func TestChangeDoubted(t *testing.T) {
	sc := opened(t, Table{}, "一", "二")
	sc.keys(fyne.KeyDown)
	sc.types("b")
	sc.types("set a field")
	sc.keys(fyne.KeyReturn)
	sc.types("Date")
	sc.keys(fyne.KeyReturn)
	if sc.change == nil || sc.change.value == nil {
		t.Fatal("nothing is asked")
	}
	sc.types("03/04/1912")
	sc.m.Pass(time.Second)
	if got := sc.change.says.Text(); !strings.Contains(got, "Which is meant?") {
		t.Errorf("of 03/04/1912 it says %q", got)
	}
	sc.change.value.SetText("")
	sc.types("1912-04-03")
	sc.m.Pass(time.Second)
	if got := sc.change.says.Text(); !strings.HasPrefix(got, "2 documents") || strings.Contains(got, "⚠") {
		t.Errorf("of 1912-04-03 it says %q", got)
	}
}

// What is selected is changed, and not the rest; what a pattern makes of a field is shown
// first; a wrong one says so; Escape changes nothing.
func TestChangeSelected(t *testing.T) {
	sc := opened(t, Table{}, "一", "二", "三", "四")
	sc.keys(fyne.KeyDown)
	sc.s.Select(sc.s.SelectedRows().Add(0, 2))
	sc.types("b")
	sc.types("replace")
	sc.keys(fyne.KeyReturn)
	sc.types("Title")
	sc.keys(fyne.KeyReturn)
	c := sc.change
	if c == nil || c.find == nil {
		t.Fatal("nothing is asked")
	}
	sc.types("(.)(.)")
	sc.keys(fyne.KeyReturn)
	sc.types("$2$1")
	c.pattern.OnPick("pattern", true)
	sc.m.Pass(time.Second)
	if len(c.plan.Changes) != 2 || c.row(0).Sub != "银川 → 川银" {
		t.Fatalf("planned: %+v", c.plan)
	}
	c.find.SetText("(")
	c.look()
	sc.m.Settle()
	if got := c.says.Text(); !strings.Contains(got, "pattern") || !c.do.Disabled() {
		t.Errorf("of an open bracket it says %q", got)
	}
	sc.keys(fyne.KeyEscape)
	if sc.change != nil || sc.s.SelectedRows().Count() != 2 {
		t.Error("Escape has not left it, or has taken the selection")
	}
	sc.types("b")
	sc.types("clear")
	sc.keys(fyne.KeyReturn)
	sc.types("Date")
	sc.keys(fyne.KeyReturn)
	if len(sc.change.plan.Changes) != 2 || sc.change.row(0).Sub != "2010 → –" {
		t.Fatalf("clearing: %+v", sc.change.plan)
	}
	sc.keys(fyne.KeyReturn)
	n, err := sc.Archive.Count(context.Background(), storage.Query{Search: "missing:dcterms:date"})
	if err != nil || n != 2 {
		t.Errorf("%d are without a date, %v", n, err)
	}
}

// A tag is renamed wherever it is, whatever the list shows, with all under it.
func TestRenameTag(t *testing.T) {
	sc := opened(t, Table{}, "一 会议", "二", "三", "四")
	sc.box.Set("二")
	sc.m.Settle()
	sc.keys(fyne.KeyDown)
	sc.types("b")
	sc.types("rename")
	sc.keys(fyne.KeyReturn, fyne.KeyReturn) // the first tag: all of 党建
	c := sc.change
	if c == nil || c.value.Text != "党建" || c.of.Count() != 2 {
		t.Fatal("nothing is asked")
	}
	c.value.SetTyped("学习")
	c.look()
	sc.m.Settle()
	if got := c.row(0).Sub; got != "党建/会议 → 学习/会议" || len(c.plan.Changes) != 2 {
		t.Fatalf("planned %q, %d documents", got, len(c.plan.Changes))
	}
	sc.on.Focus(c.list)
	sc.keys(fyne.KeyReturn)
	if sc.tagged("学习/会议") != 2 || sc.tagged("党建/会议") != 0 {
		t.Errorf("%d and %d have them", sc.tagged("学习/会议"), sc.tagged("党建/会议"))
	}
}

// Escape stops what is being written: nothing is changed, and what was asked stays.
func TestChangeStopped(t *testing.T) {
	sc := opened(t, Table{}, "一", "二", "三")
	sc.keys(fyne.KeyDown)
	sc.types("b")
	sc.types("add a tag")
	sc.keys(fyne.KeyReturn)
	sc.types("新")
	sc.keys(fyne.KeyReturn)
	sc.change.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	sc.change.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	sc.m.Settle()
	if sc.tagged("新") != 0 || sc.change == nil || sc.change.do.Disabled() || !strings.Contains(sc.change.says.Text(), "topped") {
		t.Fatalf("%d have it; it says %q", sc.tagged("新"), sc.change.says.Text())
	}
	sc.keys(fyne.KeyReturn)
	if sc.tagged("新") != 3 {
		t.Errorf("once more: %d have it", sc.tagged("新"))
	}
}

// Who may only read is told so before anything is asked.
func TestChangeAsReader(t *testing.T) {
	sc := opened(t, Table{}, "一")
	sc.Apply("Zhang", &archive.Edit{Do: "person.set", Name: "Sun", Role: "reader"})
	sc.s.SetActor("Sun")
	sc.s.Poll()
	sc.m.Settle()
	sc.keys(fyne.KeyDown)
	sc.types("b")
	if sc.change != nil || sc.on.Overlays().Top() != nil || !strings.Contains(sc.s.Status().Notice, "may read") {
		t.Errorf("said %q", sc.s.Status().Notice)
	}
}

// A value that somebody else changes meanwhile is refused, stays in the list and says why.
func TestChangeRefused(t *testing.T) {
	sc := opened(t, Table{}, "一", "二")
	sc.keys(fyne.KeyDown)
	sc.types("b")
	sc.types("set a")
	sc.keys(fyne.KeyReturn)
	sc.types("Title")
	sc.keys(fyne.KeyReturn)
	sc.types("新")
	sc.keys(fyne.KeyReturn)
	sc.Apply("Li", &archive.Edit{Do: "field.set", Doc: string(sc.Docs[1].ID), Field: "dcterms:title", Values: []archive.ValueIn{archive.ValueOf("李")}})
	sc.keys(fyne.KeyReturn)
	c := sc.change
	if c == nil || len(c.plan.Changes) != 1 || c.row(0).Badge != "⚠" || !strings.Contains(c.says.Text(), "refused") {
		t.Fatalf("refused: %+v", c)
	}
	if d, err := sc.Archive.Document(context.Background(), sc.Docs[1].ID); err != nil || d.Title() != "李" {
		t.Errorf("the title is %q, %v", d.Title(), err)
	}
}
