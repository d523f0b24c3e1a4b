package concordance

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"fonds/app/session"
	"fonds/storage/archive"
)

const (
	first1  = "1 关于召开【会议】的通知 甲会议丙，会議乙。"
	first2  = "1 关于召开会议的通知 甲【会议】丙，会議乙。"
	first3  = "1 关于召开会议的通知 甲会议丙，【会議】乙。"
	second1 = "2 丁【会议】甲 无"
	fourth1 = "4 【会议】会议"
	fourth2 = "4 会议【会议】"
)

func lines(all ...string) string { return strings.Join(all, "|") }

// Typed words are listed place by place, sorted by their neighbours, and the chosen place
// stays chosen.
func TestLists(t *testing.T) {
	sc := opened(t, "Zhang", meetings()...)
	sc.shows()
	if sc.at.Focused() != fyne.Focusable(sc.words) || sc.empty.Hidden || !sc.body.Hidden {
		t.Fatal("the empty page does not ask for words")
	}
	sc.types("会议")
	sc.keys(fyne.KeyReturn)
	if sc.at.Focused() != fyne.Focusable(sc.list) || sc.body.Hidden || !sc.empty.Hidden {
		t.Fatal("the lines have not the keyboard")
	}
	if got, want := sc.said(), lines(">"+first1, first2, first3, second1, fourth1, fourth2); got != want {
		t.Errorf("listed\n%s, want\n%s", got, want)
	}
	if got := sc.says.Text(); !strings.HasPrefix(got, "6 places in 3 documents. Space picks") {
		t.Errorf("says %q", got)
	}
	sc.types("r") // 丙 bing, 的 de, 会 hui, 甲 jia, 乙 yi
	if got, want := sc.said(), lines(">"+fourth2, first2, first1, fourth1, second1, first3); got != want {
		t.Errorf("by what is behind\n%s, want\n%s", got, want)
	}
	sc.keys(fyne.KeyDown)
	was := *sc.chosen()
	sc.types("l")
	if *sc.chosen() != was {
		t.Errorf("the order has chosen another line: %s", sc.said())
	}
	if got := sc.order.On(); got != "left" {
		t.Errorf("the order is said to be %s", got)
	}
	sc.types("p")
	if *sc.chosen() != was || !strings.HasPrefix(strings.ReplaceAll(sc.said(), ">", ""), lines(first1, first2, first3)) {
		t.Errorf("by place: %s", sc.said())
	}
	sc.types("kj")
	if *sc.chosen() != was {
		t.Errorf("K and J: %s", sc.said())
	}
	sc.keys(fyne.KeyEscape)
	if sc.left != 1 {
		t.Error("Escape does not leave")
	}
}

// The options are turned by keys: the characters alone, and none of what is furniture; of
// the list's search nothing where there is none.
func TestOptions(t *testing.T) {
	sc := listed(t, "Zhang", "会议", meetings()...)
	sc.types("=")
	if got, want := sc.said(), lines(">"+first1, first2, second1, fourth1, fourth2); got != want {
		t.Errorf("exactly\n%s, want\n%s", got, want)
	}
	if sc.at.Focused() != fyne.Focusable(sc.list) {
		t.Error("the keyboard is not in the lines")
	}
	start, end := 0, 9
	sc.Apply("Zhang", &archive.Edit{Do: "furniture.add", Doc: string(sc.Docs[0].ID), Start: &start, End: &end})
	sc.types("=f")
	if got, want := sc.said(), lines(">"+first2, first3, second1, fourth1, fourth2); got != want {
		t.Errorf("without furniture\n%s, want\n%s", got, want)
	}
	sc.types("w")
	if sc.on[within] || sc.s.Status().Notice != "The list is not searched for anything" || !sc.options[within].Disabled() {
		t.Errorf("within no search: %q", sc.s.Status().Notice)
	}
	sc.s.SetQuery(session.Query{Search: "name:2.txt"})
	sc.m.Settle()
	sc.types("w")
	if got, want := sc.said(), ">"+second1; got != want || sc.options[within].Disabled() {
		t.Errorf("within\n%s, want\n%s", got, want)
	}
	if got := sc.says.Text(); !strings.HasPrefix(got, "1 place in 1 document.") {
		t.Errorf("says %q", got)
	}
	sc.types("/")
	if sc.at.Focused() != fyne.Focusable(sc.words) {
		t.Error("/ does not go to the words")
	}
	sc.words.SetTyped("通知")
	sc.keys(fyne.KeyReturn)
	if title, means := sc.empty.Words(); sc.empty.Hidden || title != "“通知” stands nowhere" || !strings.HasPrefix(means, "Only the documents") {
		t.Errorf("nothing: %q %q", title, means)
	}
	if sc.at.Focused() != fyne.Focusable(sc.words) {
		t.Error("where there is nothing the words have not the keyboard")
	}
}

// The page takes the words that are selected in the text, else those the list is searched
// for, and each once.
func TestTakesWords(t *testing.T) {
	sc := opened(t, "Zhang", meetings()...)
	sc.s.SetQuery(session.Query{Search: "通知"})
	sc.m.Settle()
	sc.shows()
	if sc.sought != "通知" || sc.list.Count() != 1 {
		t.Fatalf("of the search: %q, %s", sc.sought, sc.said())
	}
	sc.s.OpenDocument(sc.Docs[0].ID)
	sc.m.Settle()
	sc.s.SetSelection(4, 6, true)
	sc.shows()
	if sc.sought != "会议" || sc.words.Text != "会议" || sc.list.Count() != 6 {
		t.Errorf("of the selection: %q, %s", sc.sought, sc.said())
	}
	sc.s.SetSelection(0, 0, false)
	sc.keys(fyne.KeyDown)
	was := *sc.chosen()
	sc.shows()
	if sc.sought != "会议" || *sc.chosen() != was {
		t.Errorf("shown again: %q, %s", sc.sought, sc.said())
	}
	sc.s.SetSelection(0, 12, true) // two lines of the text are no words to look for
	sc.shows()
	if sc.sought != "会议" {
		t.Errorf("of a long selection: %q", sc.sought)
	}
}

// Enter opens the place on the desk, in the list and in the paragraph below it.
func TestOpensThePlace(t *testing.T) {
	sc := listed(t, "Zhang", "会议", meetings()...)
	sc.keys(fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	if sc.desk != "1 15 17" {
		t.Errorf("opened %q", sc.desk)
	}
	sc.keys(fyne.KeyDown)
	sc.NextPane()
	if sc.at.Focused() != fyne.Focusable(sc.pane.text) {
		t.Fatal("F6 does not go to the text")
	}
	sc.keys(fyne.KeyReturn)
	if sc.desk != "2 1 3" {
		t.Errorf("opened %q", sc.desk)
	}
	sc.keys(fyne.KeyEscape)
	if sc.at.Focused() != fyne.Focusable(sc.list) || sc.left != 0 {
		t.Error("Escape does not go back to the lines")
	}
}

// Below the list stands the paragraph of the chosen line, with its words.
func TestParagraph(t *testing.T) {
	long := strings.Repeat("一二三四五六七八九十", 30)
	sc := listed(t, "Zhang", "会议", long+"\n"+long+"会议"+long+"\n"+long, "会议在后")
	of := sc.pane.of
	if want := long + "会议" + long; of.text != want || sc.pane.text.Text() != want || of.from != 301 || of.line != 2 || of.start != 601 {
		t.Errorf("shows %d code points from %d: %q", len([]rune(of.text)), of.from, of.text)
	}
	if got := sc.about.Text(); got != "1.txt · a/1.txt" {
		t.Errorf("about %q", got)
	}
	sc.keys(fyne.KeyDown)
	if got := sc.pane.text.Text(); got != "会议在后" {
		t.Errorf("of the second line it shows %q", got)
	}
	// The last of several wishes is answered, and no other.
	sc.list.SetSelected(0)
	sc.preview()
	sc.list.SetSelected(1)
	sc.preview()
	sc.list.SetSelected(0)
	sc.preview()
	sc.m.Settle()
	if sc.pane.of.doc != sc.Docs[0].ID {
		t.Error("a paragraph that comes too late is shown")
	}
}

// Of more places than are listed the page says so; thousands are sorted and picked.
func TestMany(t *testing.T) {
	sc := listed(t, "Zhang", "会议", strings.Repeat("会议，", 7000), strings.Repeat("会议在\n", 7000), strings.Repeat("在会议", 7000))
	if got := sc.says.Text(); sc.list.Count() != 20_000 || !strings.Contains(got, "20,000 places in 3 documents.") || !strings.Contains(got, "Only the first 20,000") {
		t.Fatalf("%d lines, says %q", sc.list.Count(), got)
	}
	sc.types("r")
	if sc.list.Count() != 20_000 {
		t.Errorf("sorted: %d lines", sc.list.Count())
	}
	sc.list.TypedShortcut(&fyne.ShortcutSelectAll{})
	sc.types("l")
	if got := fmt.Sprint(sc.list.Picked()); got != "[{0 20000}]" || !strings.Contains(sc.says.Text(), "Picked: 20,000 places in 3 documents.") {
		t.Errorf("picked %s, says %q", got, sc.says.Text())
	}
}

// A search that is stopped says so, and lists what was found until then.
func TestStops(t *testing.T) {
	sc := opened(t, "Zhang", meetings()...)
	sc.shows()
	sc.types("会议")
	sc.ask()
	sc.stop()
	sc.m.Settle()
	if got := sc.says.Text(); !strings.Contains(got, "Stopped before all") || sc.stop != nil {
		t.Errorf("says %q", got)
	}
	sc.keys(fyne.KeyReturn)
	if sc.list.Count() != 6 || strings.Contains(sc.says.Text(), "Stopped") {
		t.Errorf("again: %s, %q", sc.said(), sc.says.Text())
	}
}

// A page that is made anew has what was on the one before.
func TestKept(t *testing.T) {
	sc := listed(t, "Zhang", "会议", meetings()...)
	sc.types("r")
	sc.keys(fyne.KeyDown, " ")
	was, kept := sc.said(), sc.Kept()
	now := New(sc.s, sc.at)
	now.Restore(kept)
	sc.Page = now
	if got := sc.said(); got != was || kept.Lines() != 6 || now.words.Text != "会议" || now.order.On() != "right" {
		t.Errorf("has\n%s, had\n%s", got, was)
	}
}
