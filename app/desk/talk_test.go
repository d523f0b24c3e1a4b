package desk

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"fonds/storage/archive"
	"fonds/widgets"
)

// act does what a button of the discussion says, on the n-th thread.
func (sc *screen) act(n int, act string) {
	sc.t.Helper()
	sc.s.Commands.Run("tab.talk")
	sc.m.Settle()
	th := sc.inspector.talk.threads.Threads()
	if n >= len(th) {
		sc.t.Fatalf("%d threads, want number %d", len(th), n)
	}
	if !slices.ContainsFunc(th[n].Acts, func(a widgets.ThreadAct) bool { return a.ID == act }) {
		sc.t.Fatalf("thread %d has no %s: %+v", n, act, th[n].Acts)
	}
	sc.inspector.talk.act(th[n].ID, act)
	sc.m.Settle()
}

// said are the threads as they are shown, a line each.
func (sc *screen) said() (out []string) {
	for _, th := range sc.inspector.talk.threads.Threads() {
		line := th.State
		for _, s := range th.Says {
			line += " / " + s.Who + ": " + s.Text
		}
		out = append(out, line)
	}
	return out
}

// What a reviewer has turned down, amended or asked waits for its author in one tab:
// taken up again in other words, agreed to, answered; and all of it can be undone.
func TestWhatWaitsForItsAuthor(t *testing.T) {
	sc := team(t, "Wang")
	title, tag := sc.only(archive.AValue, "Wang"), sc.only(archive.ATag, "Wang")
	sc.apply("Li", &archive.Edit{Do: "decide", On: string(title.ID), Verdict: "amend", Text: ptr("更好的题名")},
		&archive.Edit{Do: "decide", On: string(tag.ID), Verdict: "reject", Reason: "不在词表"},
		&archive.Edit{Do: "thread.start", Doc: string(sc.s.Document().ID), On: string(sc.only(archive.AMark, "Wang").ID), Text: ptr("是此人吗？")})
	sc.s.Commands.Run("tab.talk")
	sc.m.Settle()
	said := sc.said()
	if len(said) != 3 || !strings.Contains(said[0], "不在词表") || !strings.Contains(said[1], "更好的题名") || !strings.Contains(said[2], "是此人吗？") {
		t.Fatalf("it says %q", said)
	}
	sc.act(1, agreeTo)
	if sc.title() != "更好的题名" {
		t.Errorf("agreed: the title is %q", sc.title())
	}
	sc.act(0, takeUp)
	sc.replace("词表里的标签")
	sc.keys("Return")
	if again := sc.only(archive.ATag, "Wang"); again.Key != "词表里的标签" {
		t.Errorf("taken up: %+v", again)
	}
	sc.act(0, "answer")
	sc.types("是，见第二行。")
	sc.keys("Control+Return")
	if th := sc.s.Document().Threads(sc.only(archive.AMark, "Wang").ID); len(th) != 1 || len(th[0].Replies) != 1 || th[0].Detail != "Li" {
		t.Errorf("answered: %+v", th)
	}
	for range 3 {
		sc.run("undo")
	}
	if said := sc.said(); len(said) != 3 || sc.title() != "旧题名" {
		t.Errorf("after undoing: %q, title %q", said, sc.title())
	}
	sc.act(0, leaveIt)
	if left := sc.s.TurnedDown(); len(left) != 0 {
		t.Errorf("what is left as it was decided still waits: %+v", left)
	}
	sc.run("undo")
	if said := sc.said(); len(said) != 3 || sc.title() != "旧题名" {
		t.Errorf("after undoing: %q, title %q", said, sc.title())
	}
}

// One asks about whatever has the keyboard; what is typed and left is kept.
func TestAskingAboutWhatIsAtHand(t *testing.T) {
	sc := team(t, "Wang")
	sc.selects("李振国")
	sc.m.Settle()
	sc.run("thread.ask")
	sc.types("这一处的名字写法对吗，要不要照原文著录？")
	sc.keys("Escape")
	sc.run("thread.ask")
	if f, ok := sc.on.Focused().(interface{ Text() string }); ok && !strings.Contains(f.Text(), "照原文") {
		t.Errorf("what was typed is gone: %q", f.Text())
	}
	sc.keys("Control+Return")
	th := sc.s.Document().AllThreads()
	if len(th) != 1 || th[0].Key != string(sc.only(archive.AMark, "Wang").ID) || !strings.Contains(th[0].Text, "照原文") {
		t.Fatalf("asked: %+v", th)
	}
	if sc.s.Document().Status() == archive.Approved {
		t.Error("a question is no approval")
	}
}

// The check before a submission lists what is pressing, each a key away from its
// place; whoever has nothing pressing submits at once.
func TestCheckBeforeSubmitting(t *testing.T) {
	sc := team(t, "Wang")
	tag := sc.only(archive.ATag, "Wang")
	sc.apply("Li", &archive.Edit{Do: "decide", On: string(tag.ID), Verdict: "reject", Reason: "不在词表"})
	sc.run("doc.submit")
	if sc.on.Overlays().Top() == nil {
		t.Fatal("nothing is asked though a proposal was turned down")
	}
	found := sc.findings()
	if !slices.ContainsFunc(found, func(f archive.Finding) bool { return f.Kind == archive.FoundTurned && f.Item == tag.ID }) {
		t.Errorf("found: %+v", found)
	}
	sc.keys("Escape")
	if sc.on.Overlays().Top() != nil || sc.s.Document().Status() == archive.Submitted {
		t.Fatal("Escape has submitted it, or not left the list")
	}
	sc.run("doc.check")
	if sc.on.Overlays().Top() == nil {
		t.Fatal("the check shows nothing")
	}
	sc.on.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	sc.m.Settle()
	if sc.on.Overlays().Top() != nil {
		t.Error("going to a finding leaves the list open")
	}
	doc := sc.s.Document().ID
	sc.submit()
	sc.s.OpenDocument(doc)
	sc.m.Settle()
	if got := sc.s.Document().Status(); got != archive.Submitted {
		t.Errorf("status %s", got)
	}
}

func ptr[T any](v T) *T { return &v }
