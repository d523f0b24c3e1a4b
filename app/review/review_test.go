package review

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
)

var ctx = context.Background()

// screen is the page in a window on an archive of Zhang's, with a reviewer Li and an
// archivist Wang who has proposed something of every kind on the first of four
// documents, and the same tag on all.
type screen struct {
	*Page
	*session.Filled
	t    *testing.T
	m    *session.Manual
	left int
	desk archive.ID // item that was to be shown on the desk
}

func opened(t *testing.T, who string) *screen {
	t.Helper()
	test.NewTempApp(t)
	i18n.Use("en")
	var texts []string
	for i := range 4 {
		texts = append(texts, fmt.Sprintf("第%d号通知\n李振国在银川主持会议。\n", i+1))
	}
	sc := &screen{t: t, m: session.NewManual(), Filled: session.Fill(t, texts...)}
	sc.Apply("Zhang", &archive.Edit{Do: "person.set", Name: "Li", Role: "reviewer"}, &archive.Edit{Do: "person.set", Name: "Wang", Role: "archivist"},
		&archive.Edit{Do: "policy.set", Review: "everything"})
	first, start, end, words, label := string(sc.Docs[0].ID), 6, 9, "李震国", "person"
	sc.Apply("Wang", &archive.Edit{Do: "field.set", Doc: first, Field: archive.TitleField, Values: []archive.ValueIn{{Value: "第一号通知", Evidence: &archive.RangeIn{Start: 0, End: 5}}}},
		&archive.Edit{Do: "mark.add", Doc: first, Start: &start, End: &end, Label: label},
		&archive.Edit{Do: "correction.propose", Doc: first, Start: &start, End: &end, Text: &words, Reason: "typo"})
	for _, d := range sc.Docs {
		sc.Apply("Wang", &archive.Edit{Do: "tag.add", Doc: string(d.ID), Tag: "会议"})
	}
	s := session.New(sc.m.Config())
	s.SetActor(who)
	w := test.NewTempWindow(t, nil)
	sc.Page = New(s, w.Canvas())
	sc.OnLeave = func() { sc.left++ }
	sc.OnDesk = func(_, item archive.ID) { sc.desk = item }
	w.SetContent(sc.Content())
	w.Resize(fyne.NewSize(1280, 760))
	sc.m.Open(t, s, sc.File)
	sc.Show()
	sc.m.Settle()
	sc.Focus()
	return sc
}

// keys presses keys: a letter is typed, Ctrl+Return is the shortcut, others are named.
func (sc *screen) keys(all ...string) {
	sc.t.Helper()
	for _, k := range all {
		if k == "Ctrl+Return" {
			sc.on.Focused().(fyne.Shortcutable).TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierShortcutDefault})
			sc.m.Settle()
			continue
		}
		sc.m.Keys(sc.t, sc.on, fyne.KeyName(k))
	}
}

func (sc *screen) types(words string) { sc.m.Types(sc.on, words) }

// waits are the proposals that wait in the archive, in words.
func (sc *screen) waits() string {
	sc.t.Helper()
	places, err := sc.Archive.QueuePlaces(ctx, storage.Queue{}, 0)
	if err != nil {
		sc.t.Fatal(err)
	}
	rows, err := sc.Archive.QueueRows(ctx, places)
	if err != nil {
		sc.t.Fatal(err)
	}
	var out []string
	for _, w := range rows {
		out = append(out, string(w.What)+" "+w.By)
	}
	return strings.Join(out, ", ")
}

// shows says what the middle shows.
func (sc *screen) shows() string {
	_, it := sc.r.Shown()
	if it == nil {
		return ""
	}
	return string(it.What)
}

// Each decision by its key, and the next opens by itself.
func TestDecideByKeys(t *testing.T) {
	sc := opened(t, "Li")
	if sc.shows() != "value" || sc.middle.title.Text != "Title" || !strings.Contains(sc.middle.stands.Text(), "Evidence: 【第1号通知】") {
		t.Fatalf("shown: %q, %q, %q", sc.shows(), sc.middle.title.Text, sc.middle.stands.Text())
	}
	sc.keys("a")
	if sc.shows() != "mark" {
		t.Fatalf("after approving: %s (%s)", sc.shows(), sc.middle.why.Text())
	}
	sc.keys("x")
	sc.types("无此人")
	sc.keys("Ctrl+Return")
	if sc.shows() != "correction" || sc.middle.box.IsOpen() {
		t.Fatalf("after rejecting: %s, the box is open: %v", sc.shows(), sc.middle.box.IsOpen())
	}
	sc.keys("e")
	sc.types("李镇国")
	sc.keys("Ctrl+Return")
	if sc.shows() != "tag" || sc.on.Focused() != fyne.Focusable(sc.list) {
		t.Fatalf("after amending: %s, the list has the keyboard: %v", sc.shows(), sc.on.Focused() == fyne.Focusable(sc.list))
	}
	if got, want := sc.waits(), "tag Wang, correction Li, tag Wang, tag Wang, tag Wang"; got != want {
		t.Errorf("waiting: %s, want %s", got, want)
	}
	d, err := sc.Archive.Document(ctx, sc.Docs[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	if v := d.Values(archive.TitleField); len(v) != 1 || v[0].Decision == nil || v[0].Decision.By != "Li" {
		t.Errorf("the title in force: %+v", v)
	}
	// A reason that was given is offered the next time.
	sc.keys("x", "Down")
	if got := sc.middle.box.Text(); got != "无此人" {
		t.Errorf("offered: %q", got)
	}
	sc.keys("Escape")
	if sc.middle.box.IsOpen() || sc.shows() != "tag" {
		t.Error("Escape does not leave the box")
	}
	sc.keys("o")
	if sc.desk == "" {
		t.Error("nothing is opened on the desk")
	}
	sc.keys("Escape")
	if sc.left != 1 {
		t.Error("Escape does not go back to work")
	}
}

// Before and after are set against each other to the character, with what surrounds
// the words.
func TestSidesOfACorrection(t *testing.T) {
	sc := opened(t, "Li")
	sc.keys("j", "j")
	d, it := sc.r.Shown()
	if sc.shows() != "correction" {
		t.Fatalf("shown: %s", sc.shows())
	}
	sides := sc.sides(d, it)
	if sides[0].Text != "李振国在银川主持会议。" || sides[1].Text != "李震国在银川主持会议。" || fmt.Sprint(sides[0].Changed, sides[1].Changed) != "[[1,2)] [[1,2)]" && fmt.Sprint(sides[0].Changed, sides[1].Changed) != "[{1 2}] [{1 2}]" {
		t.Errorf("sides: %+v", sides)
	}
	if got := sc.middle.stands.Text(); !strings.Contains(got, "Reason: typing error") {
		t.Errorf("it stands on %q", got)
	}
	// A mark lies on words that a correction replaces: what stood there before is said.
	if got := sc.pastOf(d, it); len(got) != 0 {
		t.Errorf("before it: %q", got)
	}
}

// Nobody approves their own: why not is said in place, with who could, and the key
// changes nothing.
func TestFourEyes(t *testing.T) {
	sc := opened(t, "Wang")
	if n, _ := sc.r.Rows(); n != 7 {
		t.Fatalf("%d rows: what one proposed oneself is listed where nothing else waits", n)
	}
	before := sc.waits()
	if got := sc.middle.why.Text(); !strings.Contains(got, "Li") || !strings.Contains(got, "Zhang") {
		t.Errorf("who can decide: %q", got)
	}
	sc.keys("a")
	if got := sc.middle.why.Text(); !strings.HasPrefix(got, "⚠") || sc.waits() != before {
		t.Errorf("said %q, waiting %s", got, sc.waits())
	}
	if row := sc.row(0); row.Badge != "yours" {
		t.Errorf("the badge says %q", row.Badge)
	}
}

// All alike are shown first, any is left out by Space, and the rest is one step.
func TestBulk(t *testing.T) {
	sc := opened(t, "Li")
	sc.keys("j", "j", "j")
	if sc.shows() != "tag" {
		t.Fatalf("shown: %s", sc.shows())
	}
	sc.keys("A")
	if sc.bulk == nil || len(sc.bulk.rows) != 1 {
		t.Fatal("the tag of this document is not shown alone")
	}
	sc.keys("2")
	if len(sc.bulk.rows) != 4 || !strings.Contains(sc.bulk.says.Text(), "4 proposals that you may decide on, in 4 documents") {
		t.Fatalf("%d rows: %q", len(sc.bulk.rows), sc.bulk.says.Text())
	}
	sc.keys("Down", " ")
	if got := sc.bulk.do.Label(); got != "Approve 3" {
		t.Errorf("the button says %q", got)
	}
	sc.keys("Return")
	if sc.bulk != nil || sc.waits() != "value Wang, mark Wang, correction Wang, tag Wang" {
		t.Fatalf("waiting: %s", sc.waits())
	}
	sc.s.Undo(false, func(err error) { t.Error(err) })
	sc.m.Settle()
	if got := strings.Count(sc.waits(), "tag"); got != 4 {
		t.Errorf("%d tags wait after one undo, want 4", got)
	}
	// Rejecting wants a reason.
	sc.m.Pass(time.Second)
	sc.keys("End", "X")
	if sc.bulk == nil {
		t.Fatal("nothing is shown to be rejected")
	}
	sc.keys("2", "Return") // which asks for it
	sc.types("用“通知”")
	sc.keys("Return")
	if got := sc.waits(); got != "value Wang, mark Wang, correction Wang" {
		t.Errorf("waiting: %s", got)
	}
}

// A question is asked about the proposal, answered elsewhere, and resolved here.
func TestAskAndResolve(t *testing.T) {
	sc := opened(t, "Li")
	sc.keys("q")
	sc.types("题名可有出处？")
	sc.keys("Ctrl+Return")
	if n := len(sc.talk.threads.Threads()); n != 1 {
		t.Fatalf("%d threads are shown", n)
	}
	d, err := sc.Archive.Document(ctx, sc.Docs[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	th := d.AllThreads()
	if len(th) != 1 || th[0].Detail != "Wang" {
		t.Fatalf("the question waits for %q", th[0].Detail)
	}
	answer := "见首行"
	sc.Apply("Wang", &archive.Edit{Do: "thread.reply", Thread: string(th[0].ID), Text: &answer})
	sc.s.Refresh()
	sc.m.Settle()
	sc.m.Pass(time.Second)
	sc.talk.act(string(th[0].ID), session.ThreadResolve)
	sc.m.Settle()
	if d, err = sc.Archive.Document(ctx, sc.Docs[0].ID); err != nil || !d.AllThreads()[0].Resolved() {
		t.Errorf("the question is not resolved: %v", err)
	}
}

// A document is approved whole where nothing is open, and returned with a reason.
func TestWholeDocument(t *testing.T) {
	sc := opened(t, "Li")
	sc.keys("d")
	if got := sc.middle.why.Text(); !strings.Contains(got, "wait for a decision") {
		t.Errorf("approving with open proposals: %q", got)
	}
	sc.keys("D")
	sc.types("请补充日期")
	sc.keys("Ctrl+Return")
	d, err := sc.Archive.Document(ctx, sc.Docs[0].ID)
	if err != nil || d.Status() != archive.Returned || d.Standing().Text != "请补充日期" {
		t.Errorf("returned: %v %s", err, d.Status())
	}
}

// An empty queue says what to do, and a filter that leaves nothing says so.
func TestEmptyQueue(t *testing.T) {
	sc := opened(t, "Li")
	for range 7 {
		sc.keys("a")
	}
	sc.m.Pass(time.Second)
	if got := sc.waits(); got != "" {
		t.Fatalf("waiting: %s", got)
	}
	if got := sc.empty.Text(); !strings.Contains(got, "Esc") && !strings.Contains(got, "F ") || sc.middle.inner.Visible() {
		t.Errorf("it says %q, the middle is seen: %v", got, sc.middle.inner.Visible())
	}
	if got := sc.empty.Text(); strings.Contains(got, "submitted") {
		t.Errorf("nothing is submitted, and it says %q", got)
	}
	sc.Apply("Wang", &archive.Edit{Do: "document.submit", Doc: string(sc.Docs[1].ID)})
	sc.s.Refresh()
	sc.m.Settle()
	sc.m.Pass(time.Second)
	if got := sc.empty.Text(); !strings.Contains(got, "1 document is submitted") || !strings.Contains(got, "Ctrl+Shift+5") {
		t.Errorf("a document waits to be approved whole, and it says %q", got)
	}
}

// What somebody else decides on while it is looked at stays, and so does a box that is
// open over it: no key meant for it falls on the next proposal.
func TestDecidedOnElsewhere(t *testing.T) {
	sc := opened(t, "Li")
	_, it := sc.r.Shown()
	sc.keys("x")
	sc.types("题名须照")
	sc.Apply("Zhang", &archive.Edit{Do: "decide", On: string(it.ID), Verdict: "approve"})
	sc.s.Refresh()
	sc.m.Settle()
	sc.m.Pass(time.Second)
	left := sc.waits()
	if !sc.middle.box.IsOpen() {
		t.Fatal("the box was closed under the hand of whoever types in it")
	}
	sc.types("录原文axdA")
	sc.keys("Ctrl+Return")
	if !sc.middle.box.IsOpen() || sc.waits() != left {
		t.Errorf("sent on what another has decided on: box open %v, waiting: %s", sc.middle.box.IsOpen(), sc.waits())
	}
	sc.keys("Escape")
	sc.Focus()
	sc.keys("a", "x")
	if _, now := sc.r.Shown(); now == nil || now.ID != it.ID || sc.waits() != left || sc.middle.box.IsOpen() {
		t.Errorf("keys for what another has decided on: shown %v, waiting: %s", now, sc.waits())
	}
	if got := sc.middle.why.Text(); !strings.Contains(got, "accepted") && !strings.Contains(got, "Zhang") {
		t.Errorf("it says %q", got)
	}
	sc.keys("Down")
	if _, now := sc.r.Shown(); now == nil || !now.Open() {
		t.Errorf("after going on: %v", now)
	}
	sc.keys("a")
	if sc.waits() == left {
		t.Error("the next cannot be decided on")
	}
}
