package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
)

func (sc *screen) found() string {
	f := sc.finder
	var out []string
	for i, h := range f.hits {
		s := fmt.Sprint(h.Start, "-", h.End)
		if i == f.at {
			s = ">" + s
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

func TestFindInTheDocument(t *testing.T) {
	sc := opened(t)
	sc.FocusText()
	sc.run("text.find")
	sc.types("会")
	if got := sc.found(); got != "" {
		t.Errorf("before the delay: %q", got)
	}
	sc.m.Pass(findDelay)
	if got := sc.found(); got != ">15-16" {
		t.Fatalf("found %q", got)
	}
	sc.replace("厅长")
	sc.keys("Return") // no need to wait
	if got := sc.found(); got != ">9-11" || sc.finder.count.Text() != "1 of 1" {
		t.Errorf("found %q, said %q", got, sc.finder.count.Text())
	}
	sc.replace("。")
	sc.m.Pass(findDelay)
	if got := sc.found(); got != ">13-14 22-23" {
		t.Fatalf("found %q", got)
	}
	sc.keys("Return")
	if got := sc.found(); got != "13-14 >22-23" {
		t.Errorf("Enter: %q", got)
	}
	sc.keys("Return")
	if got := sc.found(); got != ">13-14 22-23" {
		t.Errorf("around the end: %q", got)
	}
	sc.finder.step(-1)
	if got := sc.found(); got != "13-14 >22-23" {
		t.Errorf("back: %q", got)
	}
	sc.keys("Escape")
	if s, ok := sc.text.Selection(); !ok || s.Start != 22 || !sc.TextFocused() || !sc.finder.row.Hidden {
		t.Errorf("Escape leaves the text at %v, focused %v", s, sc.TextFocused())
	}
	sc.keys("F3")
	if s, _ := sc.text.Selection(); s.Start != 13 {
		t.Errorf("F3 goes to %v", s)
	}
	sc.run("text.previous")
	if s, _ := sc.text.Selection(); s.Start != 22 {
		t.Errorf("back goes to %v", s)
	}
	sc.run("text.back")
	if s, _ := sc.text.Selection(); s.Start != 13 {
		t.Errorf("Alt+Left goes to %v", s)
	}
	sc.run("text.find")
	sc.replace("没有")
	sc.m.Pass(findDelay)
	if got := sc.finder.count.Text(); got != "not found" {
		t.Errorf("said %q", got)
	}
}

// Upper and lower case, full and half width are the same, until they are to differ.
func TestFindByCase(t *testing.T) {
	sc := opened(t)
	sc.FocusText()
	sc.s.Correct(0, 2, "Ａｂc", "", nil)
	sc.m.Settle()
	sc.run("text.find")
	sc.types("aBC")
	sc.m.Pass(findDelay)
	if got := sc.found(); got != ">0-3" {
		t.Errorf("any case: %q", got)
	}
	sc.finder.fold.Tapped(nil)
	sc.m.Settle()
	if got := sc.found(); got != "" {
		t.Errorf("exact case: %q", got)
	}
}

// The selection is what is looked for; a new text is searched again.
func TestFindFollowsTheText(t *testing.T) {
	sc := opened(t)
	sc.selects("银川")
	sc.run("text.find")
	sc.m.Settle()
	if got := sc.found(); got != ">18-20" {
		t.Fatalf("found %q", got)
	}
	sc.s.Correct(0, 2, "", "", nil)
	sc.m.Settle()
	if got := sc.found(); got != "16-18" && got != ">16-18" {
		t.Errorf("after a correction: %q", got)
	}
	sc.run("doc.next")
	if got := sc.found(); got != "" {
		t.Errorf("in the next document: %q", got)
	}
}

// A document that was opened from a search shows what was searched for.
func TestASearchShowsItsPlaces(t *testing.T) {
	sc := opened(t)
	sc.FocusText()
	sc.s.SetQuery(session.Query{Search: `正文 "第二件"`})
	sc.m.Settle()
	sc.s.OpenDocument(sc.s.Row(0).ID)
	sc.m.Settle()
	if got := sc.found(); got != "0-3 6-8" {
		t.Fatalf("found %q", got)
	}
	if got := sc.s.Status().Notice; !strings.Contains(got, "2 places") {
		t.Errorf("said %q", got)
	}
	sc.FocusText()
	sc.keys("F3")
	if s, _ := sc.text.Selection(); s.Start != 6 && s.Start != 0 {
		t.Errorf("F3 goes to %v", s)
	}
	sc.keys("Escape")
	if got := sc.found(); got != "" {
		t.Errorf("Escape leaves %q", got)
	}
}

func TestEvidenceIsAJump(t *testing.T) {
	sc := opened(t)
	sc.selects("银川")
	sc.keys("f", "3")
	sc.text.Select(widgets.Span{Start: 3, End: 3})
	sc.inspector.fields.form.OnEvidence(string(sc.s.Document().Values("dcterms:creator")[0].ID))
	if got := sc.text.Caret(); got != 18 {
		t.Errorf("the caret is at %d", got)
	}
	sc.run("text.back")
	if got := sc.text.Caret(); got != 3 {
		t.Errorf("Alt+Left goes to %d", got)
	}
}

func TestOutlineAsAJumpList(t *testing.T) {
	sc := opened(t)
	sc.FocusText()
	sc.keys("g")
	if sc.on.Overlays().Top() != nil || !strings.Contains(sc.s.Status().Notice, "No headings") {
		t.Errorf("a text without headings: %q", sc.s.Status().Notice)
	}
	sc.s.Correct(0, 5, "一、会议\n（一）时间\n二、要求", "", nil)
	sc.m.Settle()
	sc.FocusText()
	sc.keys("g", "Down", "Down", "Return")
	if got := sc.text.Caret(); got != 11 || !sc.TextFocused() {
		t.Errorf("the caret is at %d, want 11", got)
	}
	sc.keys("g", "Return") // the present place is chosen
	if got := sc.text.Caret(); got != 11 {
		t.Errorf("the present place is %d", got)
	}
	sc.keys("g")
	sc.types("时间")
	sc.keys("Return")
	if got := sc.text.Caret(); got != 5 {
		t.Errorf("by its words: %d", got)
	}
}

func TestSourceBesideTheReadingText(t *testing.T) {
	sc := opened(t)
	sc.s.Correct(6, 9, "李振邦先生", "", nil)
	sc.m.Settle()
	sc.selects("银川")
	sc.keys("l") // marked in the reading text
	sc.keys("s")
	if !sc.source.Visible() || !sc.text.Visible() || sc.source.Text() != firstText || !sc.TextFocused() {
		t.Fatalf("side by side: the source says %q", sc.source.Text())
	}
	got := shownSource(sc.s.Document(), sc.s.LabelStyles())
	if len(got.Gone) != 1 || got.Gone[0] != (widgets.Span{Start: 6, End: 9}) {
		t.Errorf("gone: %v", got.Gone)
	}
	var marks []string
	for _, m := range got.Marks {
		marks = append(marks, fmt.Sprint(m.Label, m.Start, "-", m.End, m.Change))
	}
	slices.Sort(marks)
	if want := "place18-20 false|→ 李振邦先生6-9 true"; strings.Join(marks, "|") != want {
		t.Errorf("marks in the source: %q", marks)
	}
	// What is selected in the source is marked in the document.
	sc.on.Focus(sc.source)
	sc.source.Select(widgets.Span{Start: 15, End: 17})
	sc.m.Settle()
	sc.keys("v")
	var event *archive.Item
	for _, it := range sc.s.Document().Of(archive.AMark) {
		if it.Key == "event" {
			event = it
		}
	}
	if event == nil || event.Anchor.Quote != "会议" {
		t.Fatalf("marked from the source: %+v (%s)", event, sc.s.Status().Error)
	}
	sc.keys("s") // the source alone
	if sc.text.Visible() && sc.mode == source && sc.Desk.facing() != sc.source {
		t.Error("the source is not read alone")
	}
	sc.source.Select(widgets.Span{Start: 6, End: 9})
	sc.keys("e") // needs the reading text
	if sc.mode != reading || !sc.small.IsOpen() || sc.small.Text() != "李振邦先生" {
		t.Errorf("mode %d, the box has %q", sc.mode, sc.small.Text())
	}
	sc.keys("Escape")
	sc.keys("s", "s", "s")
	if sc.mode != reading || sc.source.Visible() {
		t.Error("the third key does not come back")
	}
}

func TestBothTextsScrollTogether(t *testing.T) {
	sc := opened(t)
	sc.bring(strings.Repeat("会议在银川召开，李振国厅长讲话。\n", 300))
	sc.s.Correct(0, 2, "这次重要的会议，", "", nil)
	sc.m.Settle()
	sc.FocusText()
	sc.keys("s")
	same := func(from string) {
		t.Helper()
		sc.m.Pass(time.Second)
		a, _ := sc.text.Top()
		b, _ := sc.source.Top()
		if a == 0 || b == 0 {
			t.Fatalf("%s: the texts are at %d and %d: the test tests nothing", from, a, b)
		}
		if row := a - b; row < 6-40 || row > 6+40 { // a row at most beside the words that are six longer
			t.Errorf("%s: the reading text is at %d, the source at %d", from, a, b)
		}
	}
	sc.text.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -2000)})
	same("the reading text")
	sc.source.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -900)})
	same("the source")
}

// Whoever asks for the source in the middle of a text gets it there, and what
// they were at stays in sight.
func TestSourceComesAtThePlace(t *testing.T) {
	sc := opened(t)
	sc.bring(strings.Repeat("会议在银川召开，李振国厅长讲话。\n", 300))
	sc.FocusText()
	sc.text.Select(widgets.Span{Start: 2040, End: 2043})
	sc.keys("s")
	sc.m.Pass(time.Second)
	for name, v := range map[string]*widgets.TextView{"reading": sc.text, "source": sc.source} {
		if s, has := v.Selection(); !has || s.Start != 2040 {
			t.Errorf("%s: %v is selected", name, s)
		}
		if _, size := v.Around(widgets.Span{Start: 2040, End: 2043}); size.Height == 0 {
			at, _ := v.Top()
			t.Errorf("%s: the words are out of sight, its top is %d", name, at)
		}
	}
}

// The box for words never lies over them, wherever in the view they are.
func TestBoxBesideItsWords(t *testing.T) {
	sc := opened(t)
	sc.bring(strings.Repeat("会议在银川召开，李振国厅长讲话。\n", 300))
	sc.FocusText()
	for row := range 40 {
		s := widgets.Span{Start: 17 * row, End: 17*row + 5}
		sc.text.Select(s)
		sc.keys("e")
		sc.m.Settle()
		at, size := sc.text.Around(s)
		top, foot := sc.small.Position().Y, sc.small.Position().Y+sc.small.Size().Height
		if top < at.Y+size.Height && foot > at.Y {
			t.Errorf("row %d: the words are at %v to %v, the box at %v to %v", row, at.Y, at.Y+size.Height, top, foot)
		}
		sc.keys("Escape")
	}
}

// bring imports another document and opens it.
func (sc *screen) bring(text string) {
	sc.t.Helper()
	a, err := storage.Open(context.Background(), sc.path, storage.Options{})
	if err != nil {
		sc.t.Fatal(err)
	}
	defer a.Close()
	sum := sha256.Sum256([]byte(text))
	in := make(chan *archive.Incoming, 1)
	in <- &archive.Incoming{Path: "more.txt", Order: 9, Original: []byte(text), SHA256: hex.EncodeToString(sum[:]), Format: "text/plain", Encoding: "UTF-8", Confidence: 1, Text: text}
	close(in)
	if err := a.Import(context.Background(), "Zhang", in, func(r storage.Imported) {
		sc.s.Refresh()
		sc.m.Settle()
		sc.s.OpenDocument(r.ID)
	}); err != nil {
		sc.t.Fatal(err)
	}
	sc.m.Settle()
	if sc.text.Text() != text {
		sc.t.Fatal("the document that was brought in is not open")
	}
}

func TestCopyWithApparatus(t *testing.T) {
	sc := opened(t)
	sc.s.Correct(6, 9, "李振邦", "", nil)
	sc.m.Settle()
	sc.selects("银川")
	sc.keys("l")
	sc.selects("李振邦厅长讲话。\n会议在银川")
	sc.run("text.copyfull")
	got := fyne.CurrentApp().Clipboard().Content()
	if want := "[李振国 → 李振邦]厅长讲话。\n会议在‹银川 · place›\n\n“a.txt”, undated. Archive test, document " + sc.s.Document().ID.Short() + ", characters 6 to 20 of the reading text."; got != want &&
		strings.Replace(got, "第一件通知", "a.txt", 1) != want {
		t.Errorf("copied:\n%s\nwant:\n%s", got, want)
	}
	sc.text.Select(widgets.Span{})
	sc.run("text.copyfull")
	if !strings.Contains(sc.s.Status().Notice, "Select the words") {
		t.Errorf("nothing is selected: %q", sc.s.Status().Notice)
	}
}

// A place that is asked for together with its document stays in sight: the first hit of
// the list's search, which is found later, does not take the text away from it.
func TestOpenAtStays(t *testing.T) {
	test.NewTempApp(t)
	long := strings.Repeat("一行没有要找的字\n", 400)
	sc := &screen{t: t, path: filledWith(t, "第一件通知", "开头有会议\n"+long+"末尾有会议\n")}
	sc.open()
	sc.s.SetQuery(session.Query{Search: "会议"})
	sc.m.Settle()
	second := sc.s.Row(0).ID
	start := len([]rune("开头有会议\n"+long)) + 3
	sc.s.OpenAt(second, start, start+2, nil)
	sc.m.Settle()
	if top, _ := sc.text.Top(); top < start/2 {
		t.Errorf("the text is shown from %d, the place is at %d", top, start)
	}
	if got := sc.text.Caret(); got != start {
		t.Errorf("the caret is at %d, want %d", got, start)
	}
}
