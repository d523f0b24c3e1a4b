package concordance

import (
	"reflect"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"fonds/storage/archive"
	"fonds/widgets"
)

// Three lines are picked and marked as events, one of which is one already; one undo
// takes back what was done.
func TestMarks(t *testing.T) {
	sc := listed(t, "Zhang", "会议", meetings()...)
	start, end := 0, 2
	sc.Apply("Zhang", &archive.Edit{Do: "mark.add", Doc: string(sc.Docs[3].ID), Start: &start, End: &end, Label: "event"})
	sc.types(" ")
	sc.list.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyDown, Modifier: fyne.KeyModifierShortcutDefault})
	sc.list.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyDown, Modifier: fyne.KeyModifierShortcutDefault})
	sc.types(" ")
	sc.list.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyDown, Modifier: fyne.KeyModifierShortcutDefault})
	sc.list.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyDown, Modifier: fyne.KeyModifierShortcutDefault})
	sc.types(" ")
	if got, want := sc.said(), lines(">*"+first1, first2, "*"+first3, second1, "*"+fourth1, fourth2); got != want {
		t.Fatalf("picked\n%s, want\n%s", got, want)
	}
	if got := sc.says.Text(); !strings.Contains(got, "Picked: 3 places in 2 documents.") {
		t.Errorf("says %q", got)
	}
	sc.types("m")
	if sc.at.Overlays().Top() == nil {
		t.Fatal("no label is asked for")
	}
	if got := sc.at.Focused().(*widgets.Entry).Prompt(); got != "Mark 3 places in 2 documents as" {
		t.Errorf("asks %q", got)
	}
	sc.types("event")
	sc.keys(fyne.KeyReturn)
	marks, _ := sc.document(1)
	if want := []string{"event 4-6", "event 15-17"}; !reflect.DeepEqual(marks, want) {
		t.Errorf("marked %v, want %v", marks, want)
	}
	if marks, _ := sc.document(4); len(marks) != 1 {
		t.Errorf("marked twice: %v", marks)
	}
	if got, want := sc.s.Status().Notice, "2 places marked, as one step to undo · 1 has such a mark already"; got != want {
		t.Errorf("says %q, want %q", got, want)
	}
	if len(sc.list.Picked()) != 0 || sc.list.Count() != 6 || sc.old {
		t.Errorf("afterwards: %s, old: %v", sc.said(), sc.old)
	}
	sc.s.Undo(false, nil)
	sc.m.Settle()
	if marks, _ := sc.document(1); len(marks) != 0 || sc.old {
		t.Errorf("undone at once, there are %v, old: %v", marks, sc.old)
	}
}

// The line of the cursor is corrected, then all, to words of another length: each place
// once, as one step, and the places are those of the text as it reads now.
func TestCorrects(t *testing.T) {
	sc := listed(t, "Zhang", "会议", meetings()...)
	sc.keys(fyne.KeyDown)
	sc.types("e")
	if !sc.box.IsOpen() {
		t.Fatal("E asks nothing")
	}
	sc.keys(fyne.KeyReturn) // the same words
	if !sc.box.IsOpen() {
		t.Fatal("the same words were taken")
	}
	sc.types("大会")
	sc.keys(fyne.KeyReturn)
	if _, text := sc.document(1); text != "关于召开会议的通知\n甲大会丙，会議乙。" || sc.box.IsOpen() {
		t.Fatalf("reads %q", text)
	}
	if got, want := sc.said(), lines("1 关于召开【会议】的通知 甲大会丙，会議乙。", ">1 关于召开会议的通知 甲大会丙，【会議】乙。", second1, fourth1, fourth2); got != want {
		t.Errorf("listed\n%s, want\n%s", got, want)
	}
	sc.list.TypedShortcut(&fyne.ShortcutSelectAll{})
	sc.types("e")
	if got := sc.box.Text(); got != "会议" {
		t.Errorf("begins with %q", got)
	}
	sc.types("座谈会")
	sc.box.FocusAlso()
	sc.types("typing error")
	sc.keys(fyne.KeyReturn)
	for n, want := range map[int]string{1: "关于召开座谈会的通知\n甲大会丙，座谈会乙。", 2: "丁座谈会甲\n无", 4: "座谈会座谈会"} {
		if _, text := sc.document(n); text != want {
			t.Errorf("document %d reads %q, want %q", n, text, want)
		}
	}
	if d, err := sc.Archive.Document(ctx, sc.Docs[1].ID); err != nil || d.Of(archive.ACorrection)[0].Reason != "typo" {
		t.Errorf("without its reason: %v", err)
	}
	if sc.list.Count() != 0 || sc.empty.Hidden || sc.at.Focused() != fyne.Focusable(sc.words) {
		t.Errorf("afterwards: %s", sc.said())
	}
	sc.s.Undo(false, nil)
	sc.m.Settle()
	if _, text := sc.document(4); text != "会议会议" || sc.list.Count() != 5 {
		t.Errorf("undone it reads %q, and listed is %s", text, sc.said())
	}
}

// What somebody else has changed meanwhile is said to be old, looked for again before it
// is acted upon, and never changed by mistake.
func TestOthersChange(t *testing.T) {
	sc := listed(t, "Zhang", "会议", meetings()...)
	sc.keys(fyne.KeyDown, " ") // 甲会议丙
	sc.Apply("Zhang", sc.corrects(1, 0, 2, "这是关于"))
	sc.s.Poll()
	sc.m.Settle()
	if !sc.old || !strings.Contains(sc.says.Text(), "The archive has changed since; A lists the places again.") {
		t.Fatalf("says %q", sc.says.Text())
	}
	sc.types("m")
	sc.types("event")
	sc.keys(fyne.KeyReturn)
	if marks, _ := sc.document(1); !reflect.DeepEqual(marks, []string{"event 13-15"}) {
		t.Errorf("marked %v", marks)
	}
	if sc.old {
		t.Error("still said to be old")
	}
	// Between the question and the answer: the words are checked where they are written.
	sc.list.SetSelected(3)
	sc.list.TypedShortcut(&fyne.ShortcutSelectAll{})
	sc.types("e")
	sc.Apply("Zhang", sc.corrects(2, 0, 2, "丁丁会"))
	sc.types("大会")
	sc.keys(fyne.KeyReturn)
	if _, text := sc.document(2); text != "丁丁会议甲\n无" {
		t.Errorf("reads %q", text)
	}
	if _, text := sc.document(4); text != "大会大会" {
		t.Errorf("reads %q", text)
	}
	if got, want := sc.said(), lines(">⚠"+second1, "2 丁丁【会议】甲 无"); got != want {
		t.Errorf("listed\n%s, want\n%s", got, want)
	}
	if got := sc.about.Text(); !strings.HasPrefix(got, "⚠ ") || !strings.Contains(sc.says.Text(), "1 was refused") {
		t.Errorf("about it: %q, %q", got, sc.says.Text())
	}
	sc.types("a")
	if got, want := sc.said(), ">2 丁丁【会议】甲 无"; got != want || strings.HasPrefix(sc.about.Text(), "⚠") {
		t.Errorf("listed again\n%s, want\n%s; about it %q", got, want, sc.about.Text())
	}
}

// A place whose words are gone stays listed with the reason, until one looks again.
func TestRefusedStays(t *testing.T) {
	sc := listed(t, "Zhang", "会议", meetings()...)
	sc.list.TypedShortcut(&fyne.ShortcutSelectAll{})
	sc.types("m")
	sc.Apply("Zhang", sc.corrects(2, 1, 3, "大会"))
	sc.types("event")
	sc.keys(fyne.KeyReturn)
	if got := sc.said(); !strings.Contains(got, "⚠"+second1) || sc.list.Count() != 6 {
		t.Fatalf("listed %s", got)
	}
	sc.list.SetSelected(3)
	sc.choose()
	sc.m.Settle()
	if got := sc.about.Text(); !strings.HasPrefix(got, "⚠ ") {
		t.Errorf("about it: %q", got)
	}
	sc.keys(fyne.KeyReturn)
	if sc.desk != "2 1 3" {
		t.Errorf("opened %q", sc.desk)
	}
	sc.types("/")
	sc.keys(fyne.KeyReturn)
	if got := sc.said(); strings.Contains(got, "⚠") || sc.list.Count() != 5 {
		t.Errorf("looked for again: %s", got)
	}
}

// A reader marks nothing; what is asked for is refused line by line, with who could.
func TestReader(t *testing.T) {
	sc := listed(t, "Sun", "会议", meetings()...)
	sc.keys(fyne.KeyDown)
	sc.types("m")
	sc.types("event")
	sc.keys(fyne.KeyReturn)
	if marks, _ := sc.document(1); len(marks) != 0 {
		t.Errorf("marked %v", marks)
	}
	if got := sc.said(); !strings.Contains(got, ">⚠"+first2) {
		t.Errorf("listed %s", got)
	}
	if got := sc.about.Text(); !strings.HasPrefix(got, "⚠ ") {
		t.Errorf("about it: %q", got)
	}
}

// A part of a whole and the whole around it have their places each, and what is marked in
// either lies on the words.
func TestParts(t *testing.T) {
	sc := opened(t, "Zhang", "头会议\n部分会议在此\n")
	from := 4
	sc.Apply("Zhang", &archive.Edit{Do: archive.SplitKind, Doc: string(sc.Docs[0].ID), Start: &from})
	sc.shows()
	sc.types("会议")
	sc.keys(fyne.KeyReturn)
	if sc.list.Count() != 2 || sc.lines[0].Doc == sc.lines[1].Doc {
		t.Fatalf("listed %s", sc.said())
	}
	part := sc.lines[1].Doc
	sc.list.TypedShortcut(&fyne.ShortcutSelectAll{})
	sc.types("m")
	sc.types("event")
	sc.keys(fyne.KeyReturn)
	if marks, _ := sc.document(1); !reflect.DeepEqual(marks, []string{"event 1-3"}) {
		t.Errorf("of the whole: %v", marks)
	}
	d, err := sc.Archive.Document(ctx, part)
	if err != nil {
		t.Fatal(err)
	}
	r, err := d.Reading()
	if err != nil {
		t.Fatal(err)
	}
	if m := d.Of(archive.AMark); len(m) != 1 || r.Words(m[0].Anchor) != "会议" {
		t.Errorf("of the part: %d marks", len(m))
	}
}

// The buttons do what the keys do, and the keyboard is in the lines afterwards.
func TestButtons(t *testing.T) {
	sc := opened(t, "Zhang", meetings()...)
	sc.shows()
	if !sc.acts[0].Disabled() || !sc.acts[1].Disabled() {
		t.Error("without lines there is something to be done")
	}
	sc.types("会议")
	sc.keys(fyne.KeyReturn)
	sc.acts[1].Tapped(nil)
	sc.m.Settle()
	sc.types("大会")
	sc.keys(fyne.KeyReturn)
	if _, text := sc.document(1); text != "关于召开大会的通知\n甲会议丙，会議乙。" {
		t.Errorf("reads %q", text)
	}
	sc.acts[0].Tapped(nil)
	sc.m.Settle()
	sc.types("event")
	sc.keys(fyne.KeyReturn)
	if marks, _ := sc.document(1); !reflect.DeepEqual(marks, []string{"event 11-13"}) || sc.at.Focused() != fyne.Focusable(sc.list) {
		t.Errorf("marked %v", marks)
	}
}

// What was typed for a correction and left is offered again for the same words.
func TestUnsent(t *testing.T) {
	sc := listed(t, "Zhang", "会议", meetings()...)
	sc.types("e")
	sc.types("大会")
	sc.keys(fyne.KeyEscape)
	if sc.box.IsOpen() || sc.left != 0 || sc.at.Focused() != fyne.Focusable(sc.list) {
		t.Fatal("Escape does not leave the question alone")
	}
	sc.types("m")
	sc.keys(fyne.KeyEscape)
	sc.types("e")
	if got := sc.box.Text(); got != "大会" {
		t.Errorf("begins with %q", got)
	}
	now := New(sc.s, sc.at) // in other colours, say, with the question open
	now.Restore(sc.Kept())
	if now.unsent.text != "大会" {
		t.Errorf("made anew it has %q", now.unsent.text)
	}
	sc.keys(fyne.KeyReturn)
	if _, text := sc.document(1); !strings.HasPrefix(text, "关于召开大会") || sc.unsent != (unsent{}) {
		t.Errorf("reads %q", text)
	}
}
