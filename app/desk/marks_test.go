package desk

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
)

// marked is a desk whose first document has a mark on some words.
func marked(t *testing.T, words string) (*screen, *archive.Item) {
	t.Helper()
	sc := opened(t)
	sc.selects(words)
	sc.keys("p")
	return sc, sc.s.Document().Of(archive.AMark)[0]
}

func (sc *screen) mark(id archive.ID) *archive.Item { return sc.s.Document().Item(id) }

func (sc *screen) wordsOf(id archive.ID) string {
	return sc.s.Document().Text.Words(sc.mark(id).Anchor)
}

// operations counts the edits of marks in the log.
func (sc *screen) operations() int {
	sc.t.Helper()
	n := 0
	a, err := storage.Open(context.Background(), sc.path, storage.Options{ReadOnly: true})
	if err != nil {
		sc.t.Fatal(err)
	}
	defer a.Close()
	entries, err := a.History(context.Background(), sc.s.Document().ID, 1000)
	if err != nil {
		sc.t.Fatal(err)
	}
	for _, e := range entries {
		if e.Kind == "mark.edit" {
			n++
		}
	}
	return n
}

func TestCommentOfAMark(t *testing.T) {
	sc, it := marked(t, "李振国")
	sc.keys("m")
	if !sc.small.IsOpen() {
		t.Fatal("no box")
	}
	sc.types("head of the office")
	sc.small.FocusAlso()
	sc.types("viaf.org/1")
	sc.keys("Return")
	if !sc.small.IsOpen() || sc.mark(it.ID).Text != "" {
		t.Fatal("an authority that is no URI was taken, or what was typed is gone")
	}
	sc.keys("Escape") // kept as a draft
	sc.keys("m")
	sc.small.FocusAlso()
	if got := sc.small.Also(); got != "viaf.org/1" {
		t.Errorf("the authority that was typed is not offered again: %q", got)
	}
	sc.replace("https://viaf.org/viaf/12345")
	sc.m.Pass(draftDelay)
	sc.keys("Return")
	if got := sc.mark(it.ID); got.Text != "head of the office" || got.Detail != "https://viaf.org/viaf/12345" || sc.small.IsOpen() {
		t.Fatalf("got %q, %q, open %v: %s", got.Text, got.Detail, sc.small.IsOpen(), sc.s.Status().Error)
	}
	if sc.s.Drafts() != 0 {
		t.Errorf("%d drafts are left", sc.s.Drafts())
	}
	want := "head of the office · https://viaf.org/viaf/12345"
	if got := session.Shown(sc.s.Document(), sc.s.LabelStyles()).Marks[0].Note; got != want {
		t.Errorf("beside the words: %q", got)
	}
	if got := markRow(sc.s.Document(), sc.mark(it.ID)).Sub; !strings.Contains(got, want) {
		t.Errorf("in the list: %q", got)
	}
	sc.keys("m")
	if sc.small.Also() != "https://viaf.org/viaf/12345" {
		t.Errorf("the box begins with %q", sc.small.Also())
	}
	sc.keys("Return") // nothing was changed
	if sc.small.IsOpen() || sc.operations() != 1 {
		t.Errorf("open %v, %d operations", sc.small.IsOpen(), sc.operations())
	}
}

// What was typed for an authority and taken back again is no draft any more.
func TestAuthorityTakenBack(t *testing.T) {
	sc, _ := marked(t, "李振国")
	sc.keys("m")
	sc.types("a comment")
	sc.small.FocusAlso()
	sc.types("https://viaf.org/viaf/12345")
	sc.m.Pass(draftDelay)
	sc.replace(" ")
	sc.keys("BackSpace")
	sc.m.Pass(draftDelay)
	sc.leaveBox()
	sc.keys("m")
	if got := sc.small.Also(); got != "" {
		t.Errorf("the box begins with %q", got)
	}
}

// A draft of a comment is listed, and goes on where it was left.
func TestDraftOfAComment(t *testing.T) {
	sc, it := marked(t, "李振国")
	sc.keys("m")
	sc.types("half a comment")
	sc.m.Pass(draftDelay)
	sc.open() // the first program was killed here
	sc.s.Commands.Run("tab.marks")
	m := sc.inspector.marks
	if len(m.drafts) != 1 || !strings.Contains(draftRow(sc.s.Document(), &m.drafts[0]).Title, "李振国") {
		t.Fatalf("drafts: %+v", m.drafts)
	}
	m.list.SetSelected(len(m.items))
	sc.on.Focus(m.list)
	sc.keys("Return", "Return")
	if got := sc.mark(it.ID).Text; got != "half a comment" {
		t.Errorf("got %q", got)
	}
}

// What is to be looked at again is gone through by one key, in the text and in
// the list.
func TestLookAgain(t *testing.T) {
	sc := opened(t)
	for _, words := range []string{"通知", "李振国厅长", "银川召开"} {
		sc.selects(words)
		sc.keys("l")
	}
	for _, words := range []string{"知", "厅长", "银川"} {
		sc.selects(words)
		start, end, _ := sc.s.Selection()
		sc.s.Correct(start, end, "另", "", nil)
		sc.m.Settle()
	}
	left := func() int { items, _ := looks(sc.s.Document()); return len(items) }
	if left() != 3 {
		t.Fatalf("%d to look at again", left())
	}
	sc.FocusText()
	sc.text.Select(widgets.Span{})
	var seen []string
	for range 4 {
		sc.keys("x")
		start, end, _ := sc.s.Selection()
		seen = append(seen, sc.s.Document().Text.Text().Slice(start, end))
	}
	if got, want := fmt.Sprint(seen), "[通另 李振国另 另召开 通另]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	sc.keys("c")
	if start, end, _ := sc.s.Selection(); left() != 2 || sc.s.Document().Text.Text().Slice(start, end) != "李振国另" {
		t.Errorf("confirmed: %d left, at %d to %d", left(), start, end)
	}
	sc.s.Commands.Run("tab.marks")
	m := sc.inspector.marks
	m.sieve.kind = onlyLooks
	m.narrow()
	if len(m.items) != 2 {
		t.Fatalf("%d in the list", len(m.items))
	}
	m.list.SetSelected(0)
	sc.keys("c")
	if left() != 1 || m.chosen() == nil || sc.wordsOf(m.chosen().ID) != "另召开" {
		t.Errorf("confirmed in the list: %d left, chosen %v", left(), m.chosen())
	}
	sc.keys("c")
	if left() != 0 || len(m.items) != 0 || !m.empty.Visible() {
		t.Errorf("%d left, %d listed", left(), len(m.items))
	}
}

func TestMarksAreNarrowed(t *testing.T) {
	sc := opened(t)
	for words, key := range map[string]string{"通知": "w", "李振国": "p", "银川": "l"} {
		sc.selects(words)
		sc.keys(key)
	}
	sc.s.Correct(3, 5, "公告", "ocr", nil)
	sc.s.AddNote(sc.s.Document().ID, "see b.txt", nil)
	sc.m.Settle()
	m := sc.inspector.marks
	sc.s.Commands.Run("tab.marks")
	for _, tt := range []struct {
		sieve sieve
		n     int
	}{{sieve{}, 5}, {sieve{kind: onlyMarks}, 3}, {sieve{kind: onlyFixes}, 1}, {sieve{kind: onlyNotes}, 1}, {sieve{kind: onlyProposals}, 0}, {sieve{kind: onlyLooks}, 1},
		{sieve{kind: ofLabel + "person"}, 1}, {sieve{words: "振"}, 1}, {sieve{words: "B.TXT"}, 1}, {sieve{words: "person"}, 1}, {sieve{kind: onlyFixes, words: "recognition"}, 1}, {sieve{words: "Zhang"}, 5}} {
		m.sieve = tt.sieve
		m.narrow()
		if len(m.items) != tt.n {
			t.Errorf("%+v: %d items, want %d", tt.sieve, len(m.items), tt.n)
		}
	}
	m.sieve = sieve{}
	m.narrow()
	m.focus()
	sc.keys("/")
	sc.types("银川")
	if len(m.items) != 1 {
		t.Fatalf("typed: %d items", len(m.items))
	}
	sc.keys("Down", "Return")
	if s, _ := sc.text.Selection(); s != (widgets.Span{Start: 18, End: 20}) || !sc.TextFocused() {
		t.Errorf("Enter goes to %v", s)
	}
	if !sc.text.Back() {
		t.Error("there is no way back")
	}
	sc.inspector.showMark(sc.s.Document().Of(archive.ANote)[0].ID) // the sieve does not let it through
	if m.chosen() == nil || m.chosen().What != archive.ANote || m.filter.Text != "" {
		t.Errorf("chosen: %+v", m.chosen())
	}
	sc.on.Focus(m.filter)
	sc.types("x")
	sc.keys("Escape")
	if len(m.items) != 5 || sc.on.Focused() != fyne.Focusable(m.list) {
		t.Errorf("Escape: %d items", len(m.items))
	}
}

// The reason of a correction is a Tab away, and costs nobody else a key.
func TestReasonOfACorrection(t *testing.T) {
	sc := opened(t)
	sc.selects("银川")
	sc.keys("e")
	sc.types("兰州")
	sc.keys("Return")
	sc.selects("厅长")
	sc.keys("e")
	sc.types("所长")
	sc.small.FocusAlso()
	sc.keys("Down", "Down", "Return")
	sc.selects("第一")
	sc.keys("e")
	sc.types("第二")
	sc.small.FocusAlso()
	sc.types("the seal hides it")
	sc.keys("Return")
	var got []string
	for _, it := range sc.s.Document().Of(archive.ACorrection) {
		got = append(got, it.Text+"="+it.Reason)
	}
	if want := "[第二=the seal hides it 所长=ocr 兰州=]"; fmt.Sprint(got) != want {
		t.Errorf("got %s, want %s", got, want)
	}
	var offered []string
	sc.s.Reasons(func(words []string) { offered = words })
	sc.m.Settle()
	if want := "[mojibake recognition error typing error the seal hides it]"; fmt.Sprint(offered) != want {
		t.Errorf("offered: %s, want %s", offered, want)
	}
}

// Ten thousand marks: what the list shows is gathered beside the UI goroutine,
// and no row that is out of sight is asked for.
func TestManyMarksAreListedQuickly(t *testing.T) {
	sc := opened(t)
	start, end := 0, 3
	var edits []*archive.Edit
	for range gatheredInline + 1 {
		edits = append(edits, &archive.Edit{Do: "mark.add", Doc: string(sc.s.Document().ID), Start: &start, End: &end, Label: "person"})
	}
	sc.s.Apply(nil, edits...)
	sc.m.Settle()
	sc.s.Commands.Run("tab.marks")
	m := sc.inspector.marks
	if len(m.items) != 0 {
		t.Error("they are gathered on the UI goroutine")
	}
	sc.m.Settle()
	if len(m.items) != gatheredInline+1 {
		t.Fatalf("%d items", len(m.items))
	}
	m.sieve.words = "no such words"
	m.narrow()
	m.sieve.words = ""
	m.narrow() // the answer to the first comes too late
	sc.m.Settle()
	if len(m.items) != gatheredInline+1 {
		t.Errorf("%d items: a late answer is shown", len(m.items))
	}
	began := time.Now()
	gather(sc.s.Document(), sieve{})
	t.Logf("%d marks are gathered in %v", len(m.items), time.Since(began))
}

// While the marks of another document are gathered the list does not show those of
// the one before.
func TestMarksOfAnotherDocument(t *testing.T) {
	sc, _ := marked(t, "李振国")
	sc.s.Commands.Run("tab.marks")
	m := sc.inspector.marks
	sc.s.Move(1)
	sc.m.Settle()
	start, end := 0, 3
	var edits []*archive.Edit
	for range gatheredInline + 1 {
		edits = append(edits, &archive.Edit{Do: "mark.add", Doc: string(sc.s.Document().ID), Start: &start, End: &end, Label: "person"})
	}
	sc.s.Apply(nil, edits...)
	sc.m.Settle()
	sc.s.Move(-1)
	sc.m.Settle()
	many := 0
	sc.s.On(func(e session.Event) {
		if _, ok := e.(session.DocumentOpened); ok && sc.s.Document() != nil {
			many = len(m.items)
		}
	})
	sc.s.Move(1)
	sc.m.Settle()
	if many != 0 || len(m.items) != gatheredInline+1 {
		t.Errorf("%d of another document, then %d", many, len(m.items))
	}
}

// A key confirms every mark that a correction everywhere has changed in one way,
// and no other, as one step of undo.
func TestConfirmLike(t *testing.T) {
	sc := opened(t)
	sc.bring("党委会，党委会，党委会，政府")
	for _, words := range []widgets.Span{{Start: 0, End: 2}, {Start: 4, End: 6}, {Start: 8, End: 10}, {Start: 12, End: 14}} {
		sc.FocusText()
		sc.text.Select(words)
		sc.keys("o")
		sc.m.Settle()
	}
	for _, at := range []int{12, 8, 4, 0} {
		sc.s.Correct(at, at+2, "另", "", nil)
		sc.m.Settle()
	}
	items, at := looks(sc.s.Document())
	left := func() int { sc.m.Settle(); items, _ := looks(sc.s.Document()); return len(items) }
	if len(items) < 3 {
		t.Fatalf("%d to look at again: the test tests nothing", len(items))
	}
	same := 0
	for _, it := range items {
		if it.Anchor.Quote == items[0].Anchor.Quote && sc.wordsOf(it.ID) == sc.wordsOf(items[0].ID) {
			same++
		}
	}
	if same < 2 {
		t.Fatalf("%d changed alike: the test tests nothing", same)
	}
	sc.FocusText()
	sc.text.Select(widgets.Span{Start: 2, End: 2})
	sc.keys("C")
	if left() != len(items) {
		t.Errorf("without a mark at the caret %d are left of %d", left(), len(items))
	}
	sc.text.Select(at[0])
	sc.keys("C")
	if left() != len(items)-same {
		t.Errorf("%d are left of %d, %d were alike (%s)", left(), len(items), same, sc.s.Status().Notice)
	}
	sc.s.Undo(false, nil)
	if left() != len(items) {
		t.Errorf("after one undo %d are left of %d", left(), len(items))
	}
}
