package duplicates

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"fonds/storage/archive"
)

// What one has the other is given: what is empty is filled, what holds several has more,
// what stands there stays unless it is ticked. All of it is one step.
func TestCopy(t *testing.T) {
	sc := opened(t, "Zhang", letters())
	sc.Apply("Zhang", sc.field(1, "dcterms:title", "清淤通知"), sc.field(1, "dcterms:date", "2015-03-12"), sc.field(1, "dcterms:creator", "水利局", "河长办"),
		sc.field(2, "dcterms:date", "2015-04"), sc.field(2, "dcterms:creator", "水利局"), sc.tag(1, "水利"), sc.tag(1, "通知"), sc.tag(2, "通知"))
	sc.Show()
	sc.m.Settle()
	sc.Focus()
	sc.types("c")
	if sc.copying == nil || sc.on.Focused() != fyne.Focusable(sc.copying.options) {
		t.Fatal("C asks nothing")
	}
	var asked []string
	for _, l := range sc.copying.plan.lines {
		asked = append(asked, fmt.Sprint(l.label, " ", l.on))
	}
	if got := strings.Join(asked, "; "); got != "Title  清淤通知 true; Date  2015-03-12 false; Creator  水利局, 河长办 true; Tag  水利 true" {
		t.Errorf("asked: %s", got)
	}
	if got := sc.copying.means.Text(); !strings.Contains(got, "From: 清淤通知 (a/1.txt)") || !strings.Contains(got, "(a/2.txt)") || !strings.Contains(got, "Both have already, and it stays: 通知") {
		t.Errorf("means %q", got)
	}
	if got := sc.copying.do.Label(); got != "Copy 2 fields and 1 tag" {
		t.Errorf("the button says %q", got)
	}
	sc.keys(fyne.KeyDown)
	sc.keys(fyne.KeySpace) // the date too
	if got := sc.copying.do.Label(); got != "Copy 3 fields and 1 tag" {
		t.Errorf("the button says %q", got)
	}
	before, err := sc.Archive.Version(ctx)
	if err != nil {
		t.Fatal(err)
	}
	sc.keys(fyne.KeyReturn)
	d := sc.document(2)
	said := func(d *archive.Document) string {
		return strings.Join(texts(d.Values("dcterms:title")), "+") + " " + strings.Join(texts(d.Values("dcterms:date")), "+") + " " +
			strings.Join(texts(d.Values("dcterms:creator")), "+") + fmt.Sprint(" ", d.Tag("水利") != nil)
	}
	if got := said(d); got != "清淤通知 2015-03-12 水利局+河长办 true" {
		t.Errorf("copied: %s", got)
	}
	if now, err := sc.Archive.Version(ctx); err != nil || now-before != 4 {
		t.Errorf("%d operations, %v", now-before, err)
	}
	if sc.copying != nil || sc.on.Focused() != fyne.Focusable(sc.list) || sc.s.Status().Notice != "Copied from 清淤通知: 4 fields and tags" {
		t.Errorf("afterwards: %v, %q", sc.copying, sc.s.Status().Notice)
	}
	if got := sc.sides[1].about.Text(); !strings.Contains(got, "3 fields · 2 tags") || sc.row(0).Title != "清淤通知" {
		t.Errorf("the right one: %q", got)
	}
	sc.types("c")
	if sc.copying != nil || !strings.Contains(sc.s.Status().Notice, "has nothing that the other one lacks") {
		t.Errorf("again: %q", sc.s.Status().Notice)
	}
	sc.s.Undo(false, nil)
	sc.m.Settle()
	if got := said(sc.document(2)); got != " 2015-04 水利局 false" {
		t.Errorf("after one undo: %s", got)
	}
	if got := sc.sides[1].about.Text(); !strings.Contains(got, "2 fields · 1 tag") {
		t.Errorf("the right one after the undo: %q", got)
	}
}

// From right to left; nothing is copied that is left out, and nothing by Escape.
func TestCopyBackAndLeave(t *testing.T) {
	sc := opened(t, "Zhang", letters())
	sc.Apply("Zhang", sc.tag(2, "甲"), sc.tag(2, "乙"))
	sc.Show()
	sc.m.Settle()
	sc.Focus()
	sc.types("C")
	sc.keys(fyne.KeyEscape)
	if sc.copying != nil || sc.document(1).Tag("甲") != nil || sc.left != 0 {
		t.Error("Escape has done something, or left the screen")
	}
	sc.types("C")
	sc.keys(fyne.KeySpace, fyne.KeyReturn)
	if d := sc.document(1); d.Tag("甲") != nil || d.Tag("乙") == nil {
		t.Error("not what was ticked was copied")
	}
	sc.types("C")
	sc.keys(fyne.KeySpace, fyne.KeyReturn)
	if sc.copying == nil || !sc.copying.do.Disabled() {
		t.Error("nothing is ticked, and it can be copied")
	}
	if got := sc.s.Status().Notice; !strings.HasPrefix(got, "Nothing is ticked") {
		t.Errorf("it says %q", got)
	}
}

// Where the archive asks for review, what is copied is proposed, and what is proposed is
// not asked for again.
func TestCopyIsReviewed(t *testing.T) {
	sc := opened(t, "Li", letters())
	sc.Apply("Zhang", sc.field(1, "dcterms:title", "清淤通知"), sc.tag(1, "水利"), &archive.Edit{Do: "policy.set", Review: "everything"})
	sc.s.Poll()
	sc.m.Settle()
	sc.Show()
	sc.m.Settle()
	sc.Focus()
	sc.types("c")
	if got := sc.copying.why.Text(); !strings.Contains(got, "waits for a decision") {
		t.Errorf("it says %q", got)
	}
	sc.keys(fyne.KeyReturn)
	d := sc.document(2)
	if len(d.Values("dcterms:title")) != 0 || len(waiting(d, archive.AValue, "dcterms:title")) != 1 || len(waiting(d, archive.ATag, "水利")) != 1 {
		t.Errorf("proposals: %d", d.Proposals())
	}
	sc.types("c")
	for _, l := range sc.copying.plan.lines {
		if l.on || !strings.HasPrefix(l.detail, "Proposed here: ") {
			t.Errorf("asked again: %+v", l)
		}
	}
}

// What somebody has put there since is not written over, and a reader copies nothing: it
// is said why, and nothing is changed.
func TestCopyRefused(t *testing.T) {
	sc := opened(t, "Zhang", letters())
	sc.Apply("Zhang", sc.field(1, "dcterms:title", "清淤通知"), sc.tag(1, "水利"))
	sc.Show()
	sc.m.Settle()
	sc.Focus()
	sc.types("c")
	sc.Apply("Li", sc.field(2, "dcterms:title", "别的题名"))
	sc.keys(fyne.KeyReturn)
	if d := sc.document(2); d.Tag("水利") != nil || d.Title() != "别的题名" {
		t.Error("a part was copied, or something was written over")
	}
	if sc.copying == nil || !strings.Contains(sc.copying.why.Text(), "别的题名") {
		t.Fatalf("it is not said why: %q", sc.s.Status().Error)
	}
	if l := sc.copying.plan.lines[0]; l.instead != "别的题名" || l.on {
		t.Errorf("what is there now is not shown: %+v", l)
	}
	sc.keys(fyne.KeySpace, fyne.KeySpace, fyne.KeyReturn) // as one who has seen it
	if d := sc.document(2); sc.copying != nil || d.Tag("水利") == nil || d.Title() != "别的题名" {
		t.Errorf("the next try: %+v", sc.copying)
	}
	sc.Apply("Zhang", sc.tag(1, "汛期"))
	sc.s.Poll()
	sc.m.Settle()
	sc.types("c")
	sc.keys(fyne.KeyEscape)
	sc.s.SetActor("Sun")
	sc.m.Settle()
	sc.types("c")
	sc.keys(fyne.KeyReturn)
	if got := sc.copying.why.Text(); !strings.HasPrefix(got, "⚠ ") || sc.document(2).Tag("汛期") != nil {
		t.Errorf("a reader: %q", got)
	}
	sc.keys(fyne.KeyEscape)
	sc.types("x")
	if sc.document(2).Status() == archive.Removed || sc.s.Status().Error == "" {
		t.Errorf("a reader removes: %q", sc.s.Status().Error)
	}
}
