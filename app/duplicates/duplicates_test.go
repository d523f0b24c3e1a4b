package duplicates

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"fonds/storage/archive"
)

// By keys alone: through the groups, through the documents of one, through what differs,
// to the desk, and back to work.
func TestByKeys(t *testing.T) {
	sc := looked(t, "Zhang", letters())
	if got := sc.says.Text(); !strings.HasPrefix(got, "2 groups: 5 documents of 5.") {
		t.Errorf("says %q", got)
	}
	if got := sc.shows(); got != "1 2" {
		t.Fatalf("shows %s", got)
	}
	row := sc.row(0)
	if row.Title != "1.txt" || !strings.HasPrefix(row.Sub, "3 documents · 2.txt · 3.txt") || !strings.HasSuffix(row.Badge, " %") {
		t.Errorf("the first row is %+v", row)
	}
	if got := sc.between.Text(); !strings.HasPrefix(got, "2 places differ; they are framed. N goes through them.") || !strings.Contains(got, "D, show the other documents") {
		t.Errorf("between: %q", got)
	}
	sc.types("n")
	if got := sc.between.Text(); !strings.HasPrefix(got, "Difference 1 of 2.") {
		t.Errorf("after N: %q", got)
	}
	if c := sc.pair.changes[0]; string([]rune(sc.pair.texts[0])[c.OldFrom:c.OldTo]) != "清淤" || string([]rune(sc.pair.texts[1])[c.NewFrom:c.NewTo]) != "疏浚" {
		t.Errorf("the first difference is %+v", c)
	}
	sc.types("np")
	if sc.at != 0 {
		t.Errorf("at difference %d after N, N, P", sc.at)
	}
	sc.keys(fyne.KeyRight)
	if got := sc.shows(); got != "1 3" || sc.at != -1 {
		t.Errorf("the next document: shows %s", got)
	}
	sc.types("sd")
	if got := sc.shows(); got != "3 2" {
		t.Errorf("swapped, and the next: shows %s", got)
	}
	sc.keys(fyne.KeyLeft, fyne.KeyReturn)
	if got := sc.shows(); got != "3 1" || sc.desk != sc.Docs[2].ID {
		t.Errorf("shows %s, and the desk %s", got, sc.desk.Short())
	}
	sc.types("O")
	if sc.desk != sc.Docs[0].ID {
		t.Error("Shift+O does not open the right one")
	}
	sc.keys(fyne.KeyDown)
	if got := sc.shows(); got != "5 4" || sc.row(1).Badge != "inside" || !strings.Contains(sc.between.Text(), "at the right stands wholly inside") {
		t.Errorf("shows %s, %+v: %q", got, sc.row(1), sc.between.Text())
	}
	top, _ := sc.sides[0].text.Top()
	if want := strings.Index(sc.pair.texts[0], sc.pair.texts[1]); top == 0 || top > len([]rune(sc.pair.texts[0][:want])) {
		t.Errorf("the volume is shown from %d, the notice in it begins at %d", top, len([]rune(sc.pair.texts[0][:want])))
	}
	sc.types("k")
	if got := sc.shows(); got != "3 1" {
		t.Errorf("back at the first group: %s", got)
	}
	sc.NextPane()
	if sc.on.Focused() != fyne.Focusable(sc.sides[0].text) {
		t.Error("F6 does not go to the left text")
	}
	sc.NextPane()
	sc.keys(fyne.KeyReturn)
	if sc.desk != sc.Docs[0].ID {
		t.Error("Enter in the right text does not open it")
	}
	sc.keys(fyne.KeyEscape)
	if sc.left != 0 || sc.on.Focused() != fyne.Focusable(sc.list) {
		t.Error("Escape in a text does not go to the groups")
	}
	sc.keys(fyne.KeyEscape)
	if sc.left != 1 {
		t.Error("Escape does not go back to work")
	}
}

// Another likeness is asked for by keys.
func TestLeastByKeys(t *testing.T) {
	sc := looked(t, "Zhang", []string{notice(3), notice(3) + "完。", notice(3) + string([]rune(notice(5))[:400])})
	if n := len(sc.groups[0].Documents); n != 2 {
		t.Fatalf("%d documents at 80 %%", n)
	}
	sc.on.Focus(sc.least)
	sc.keys(fyne.KeyRight, fyne.KeyRight, fyne.KeyReturn)
	if sc.found.least != 50 || len(sc.groups) != 1 || len(sc.groups[0].Documents) != 3 {
		t.Errorf("at %d %%: %+v", sc.found.least, sc.groups)
	}
}

// One of the two is taken out of view and brought back, by keys and by undo.
func TestRemove(t *testing.T) {
	sc := looked(t, "Zhang", letters())
	sc.types("x")
	if sc.document(2).Status() != archive.Removed || !strings.HasPrefix(sc.s.Status().Notice, "Removed from view: 2.txt") {
		t.Fatalf("not removed: %q", sc.s.Status().Error)
	}
	if got := sc.row(0).Sub; !strings.Contains(got, "1 removed") || sc.sides[1].remove.Label() != "Restore" {
		t.Errorf("the row says %q, the button %q", got, sc.sides[1].remove.Label())
	}
	sc.types("x")
	if sc.document(2).Status() == archive.Removed || sc.sides[1].remove.Label() != "Remove from view" {
		t.Error("not restored")
	}
	sc.types("X")
	if sc.document(1).Status() != archive.Removed {
		t.Error("the left one is not removed")
	}
	sc.s.Undo(false, nil)
	sc.m.Settle()
	if sc.document(1).Status() == archive.Removed || sc.sides[0].remove.Label() != "Remove from view" {
		t.Error("undo does not bring it back")
	}
	sc.types("xr")
	if n := len(sc.groups[0].Documents); n != 2 {
		t.Errorf("looked again: %d documents in the group", n)
	}
}

// Nothing alike, nothing at all, stopped: each is said in words with what to do next.
func TestNothing(t *testing.T) {
	sc := looked(t, "Zhang", []string{notice(3), notice(11)})
	if sc.body.Visible() || !sc.empty.Visible() || !sc.known || len(sc.groups) != 0 {
		t.Error("no words where nothing is alike")
	}
	if _, got := sc.empty.Words(); !strings.Contains(got, "2 documents") || !strings.Contains(got, "80 %") {
		t.Errorf("it says %q", got)
	}
	if sc.on.Focused() != fyne.Focusable(sc.Page.least) {
		t.Error("the keyboard is nowhere")
	}
	sc.keys(fyne.KeyEscape)
	if sc.left != 1 {
		t.Error("Escape does not go back to work")
	}

	sc = looked(t, "Zhang", []string{notice(3)})
	if title, got := sc.empty.Words(); title != "Nothing to compare" || strings.Contains(got, "likeness") {
		t.Errorf("of one document it says %q %q", title, got)
	}
	sc.keys(fyne.KeyEscape)
	if sc.left != 1 {
		t.Error("Escape does not go back to work from what there is to do")
	}

	sc = opened(t, "Zhang", letters())
	sc.Show()
	stop := sc.stop
	stop()
	sc.m.Settle()
	if sc.known || !strings.HasPrefix(sc.says.Text(), "Stopped") || !sc.empty.Visible() {
		t.Errorf("stopped: %q", sc.says.Text())
	}
	sc.look()
	sc.m.Settle()
	if len(sc.groups) != 2 || sc.empty.Visible() || !sc.right.Visible() {
		t.Errorf("looked again: %d groups", len(sc.groups))
	}
	authority := "裁定"
	sc.Apply("Zhang", &archive.Edit{Do: "document.destroy", Doc: string(sc.Docs[1].ID), Authority: &authority, Reason: "重复"})
	sc.s.Poll()
	sc.m.Settle()
	if got := sc.says.Text(); !strings.HasPrefix(got, "⚠ ") || sc.pair != nil || sc.right.Visible() {
		t.Errorf("one that was destroyed: %q", got)
	}
	sc.keys(fyne.KeyRight)
	if got := sc.shows(); got != "1 3" || !sc.right.Visible() {
		t.Errorf("the next document: %s", got)
	}
	sc.s.CloseArchive(nil)
	sc.m.Settle()
	if len(sc.groups) != 0 || sc.pair != nil || sc.body.Visible() {
		t.Error("something of an archive that was closed is shown")
	}
}

// What a worker still says of a search that is over does not bring its bar back.
func TestLateStep(t *testing.T) {
	sc := looked(t, "Zhang", letters())
	over, cancel := context.WithCancel(ctx)
	say := sc.steps(over, cancel)
	say("compare", 1, 9)
	sc.m.Settle()
	sc.m.Pass(time.Second)
	if !sc.busy.Visible() {
		t.Fatal("a step that goes on for a second is not shown")
	}
	say("read", 0, 9)
	cancel()
	sc.busy.Finish()
	sc.m.Settle()
	sc.m.Pass(time.Second)
	if sc.busy.Visible() {
		t.Error("the bar came back")
	}
}

// What was found stays when the page is made anew in other colours, with its place.
func TestFoundOutlivesThePage(t *testing.T) {
	sc := looked(t, "Zhang", letters())
	sc.keys(fyne.KeyDown)
	next := New(sc.s, sc.on)
	next.Restore(sc.Found())
	sc.m.Settle()
	if len(next.groups) != 2 || next.list.Selected() != 1 || next.pair == nil || next.pair.docs[0].ID != sc.Docs[4].ID {
		t.Errorf("the next page: %d groups, row %d", len(next.groups), next.list.Selected())
	}
	next.pickLeast("90")
	last := New(sc.s, sc.on)
	last.Restore(next.Found())
	sc.m.Settle()
	if next.stop != nil || next.found.docs != 5 || last.found.least != 90 || last.found.docs != 5 || last.stop != nil {
		t.Errorf("a search that went on: %+v", last.found)
	}
}

// What others do is shown; a text that is longer than is compared says so.
func TestOthersAndLong(t *testing.T) {
	var b strings.Builder
	for i := range 25_000 {
		fmt.Fprintf(&b, "第%d条按时清淤到岸。", i*7)
	}
	long := b.String()
	sc := looked(t, "Zhang", []string{long, long + "完。"})
	if got := sc.between.Text(); !strings.Contains(got, "their first 300,000 characters were compared") {
		t.Errorf("between: %q", got)
	}
	sc.Apply("Li", sc.tag(2, "长卷"))
	sc.s.Poll()
	sc.m.Settle()
	if got := sc.sides[1].about.Text(); !strings.Contains(got, "1 tag") {
		t.Errorf("what Li did is not shown: %q", got)
	}
}
