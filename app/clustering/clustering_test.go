package clustering

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"fonds/app/cluster"
	"fonds/storage/archive"
)

// offices have two ways of writing each of two.
var offices = []string{"司法厅", "司法厅", "司法廳", "水利局/司法廳/河长办", "水利局 ", "水利局", "宁夏司法厅", "财政厅/司法厅"}

func (sc *screen) same(what, got, want string) {
	sc.t.Helper()
	if got != want {
		sc.t.Errorf("%s:\n%s\nwant\n%s", what, got, want)
	}
}

// By keys alone: each group is confirmed, all of it merged as one, and taken back by one
// undo.
func TestByKeys(t *testing.T) {
	sc := opened(t, "Zhang", offices...)
	before := sc.creators()
	sc.same("groups", sc.listed(), "司法厅 (3)  司法廳 (2) | → 司法厅 |\n水利局 (2)  水利局▁ (1) | → 水利局 |")
	sc.same("values", sc.valued(), "司法厅 | 3 documents · what all become | →\n司法廳 | 2 documents | ✓")
	if sc.on.Focused() != fyne.Focusable(sc.list) || sc.do.Label() != "Merge…" || !sc.do.Disabled() {
		t.Errorf("at first: %q", sc.do.Label())
	}
	if got := sc.about.Text(); got != "7 different values in 8 documents" {
		t.Errorf("about %q", got)
	}
	sc.keys(fyne.KeyReturn)
	if got := sc.s.Status().Notice; sc.asking != nil || got != "No group is confirmed: Space confirms one" {
		t.Errorf("Enter at first: %q", got)
	}
	sc.types(" m")
	sc.same("confirmed", sc.listed(), "司法厅 (3)  司法廳 (2) | → 司法厅 | ✓ to be merged\n水利局 (2)  水利局▁ (1) | → 水利局 | ✓ to be merged")
	if got := sc.chosen.Text() + " " + sc.do.Label(); got != "2 groups are confirmed. Merge 2 values…" {
		t.Error(got)
	}
	sc.types("x")
	sc.same("left alone", sc.listed(), "司法厅 (3)  司法廳 (2) | → 司法厅 | ✓ to be merged\n水利局 (2)  水利局▁ (1) | → 水利局 | left alone")
	sc.types("x")
	sc.types("m")
	sc.types("kj")
	sc.keys(fyne.KeyReturn)
	if sc.asking == nil || sc.on.Focused() != fyne.Focusable(sc.asking.list) {
		t.Fatal("Enter asks nothing")
	}
	sc.same("means", sc.asking.means.Text(), "2 values are replaced by 2, in 3 documents.\nAll of it is one step to undo.")
	if r := sc.asking.row(1); r.Sub != "水利局, 司法廳, 河长办 → 水利局, 司法厅, 河长办" {
		t.Errorf("the second line is %+v", r)
	}
	sc.keys(fyne.KeyEscape)
	if sc.asking != nil || sc.on.Focused() != fyne.Focusable(sc.list) || sc.creators() != before {
		t.Error("Escape does not leave the question")
	}
	version, err := sc.Archive.Version(ctx)
	if err != nil {
		t.Fatal(err)
	}
	sc.keys(fyne.KeyReturn, fyne.KeyReturn)
	sc.same("merged", sc.creators(), "司法厅 司法厅 司法厅 水利局/司法厅/河长办 水利局 水利局 宁夏司法厅 财政厅/司法厅")
	if now, _ := sc.Archive.Version(ctx); now-version != 3 {
		t.Errorf("%d operations", now-version)
	}
	if got := sc.done.Text(); got != "✓ Merged in 3 documents. Undo takes it back as one." || sc.asking != nil || len(sc.groups()) != 0 {
		t.Errorf("afterwards %q, %d groups", got, len(sc.groups()))
	}
	if title, means := sc.nothing.Words(); !sc.nothing.Visible() || title != "No values look alike in this way" || means != "Another way finds some: Short and full name, 1 group." {
		t.Errorf("it says %q %q", title, means)
	}
	sc.s.Undo(false, nil)
	sc.m.Settle()
	sc.same("after one undo", sc.creators(), before)
	sc.same("groups after it", sc.listed(), "司法厅 (3)  司法廳 (2) | → 司法厅 |\n水利局 (2)  水利局▁ (1) | → 水利局 |")
	if sc.done.Text() != "" || !sc.do.Disabled() {
		t.Errorf("after the undo it says %q", sc.done.Text())
	}
	sc.keys(fyne.KeyEscape)
	if sc.left != 1 {
		t.Error("Escape does not go back to work")
	}
}

// What takes part, and what all become, is the person's to say.
func TestGroup(t *testing.T) {
	sc := opened(t, "Zhang", "司法厅", "司法厅", "司法廳", "宁夏司法厅", "宁夏回族自治区司法厅")
	sc.on.Focus(sc.methods)
	sc.keys(fyne.KeyDown, fyne.KeyDown, fyne.KeySpace)
	if sc.method != cluster.Contains {
		t.Fatalf("the method is %s", sc.method)
	}
	sc.same("groups", sc.listed(), "司法厅 (2)  宁夏回族自治区司法厅 (1)  宁夏司法厅 (1)  司法廳 (1) | → 宁夏回族自治区司法厅 |")
	if got := sc.from.Text(); got != "Proposed: the full name." {
		t.Error(got)
	}
	sc.on.Focus(sc.list)
	sc.keys(fyne.KeyRight)
	if sc.on.Focused() != fyne.Focusable(sc.values) {
		t.Fatal("→ does not go to the values")
	}
	sc.keys(fyne.KeyDown)
	sc.types(" ")
	sc.same("without the full name", sc.valued(), "司法厅 | 2 documents · what all become | →\n宁夏回族自治区司法厅 | 1 document · takes no part |\n宁夏司法厅 | 1 document | ✓\n司法廳 | 1 document | ✓")
	sc.keys(fyne.KeyDown)
	sc.types("b")
	if got := sc.row(0); got.Sub != "→ 宁夏司法厅" || sc.into.Text != "宁夏司法厅" || sc.from.Text() != "Chosen among the values." {
		t.Errorf("%+v, %q", got, sc.from.Text())
	}
	if got := sc.docsOf.Text(); got != "1 document with 宁夏司法厅" || len(sc.found) != 1 || sc.found[0].ID != sc.Docs[3].ID {
		t.Errorf("documents: %q %v", got, sc.found)
	}
	sc.keys(fyne.KeyRight, fyne.KeyReturn)
	if sc.desk != sc.Docs[3].ID {
		t.Error("Enter does not open the document")
	}
	sc.types("t")
	if sc.on.Focused() != fyne.Focusable(sc.into) {
		t.Fatal("T does not go to the entry")
	}
	sc.types("别的")
	sc.keys(fyne.KeyEscape)
	if sc.into.Text != "宁夏司法厅" || sc.on.Focused() != fyne.Focusable(sc.values) || sc.left != 0 {
		t.Errorf("Escape leaves %q", sc.into.Text)
	}
	sc.types("t宁夏区司法厅")
	sc.keys(fyne.KeyReturn)
	if got := sc.from.Text() + " " + sc.row(0).Sub; got != "Typed: none of the values is so. → 宁夏区司法厅" {
		t.Error(got)
	}
	sc.types("t")
	sc.keys(fyne.KeyDelete, fyne.KeyReturn)
	if sc.row(0).Sub != "→ 司法厅" || sc.into.Text != "司法厅" {
		t.Errorf("without words all become %q", sc.into.Text)
	}
	sc.types("t宁夏区司法厅")
	sc.keys(fyne.KeyReturn, fyne.KeyLeft)
	sc.types("m")
	sc.keys(fyne.KeyReturn)
	sc.same("means", sc.asking.means.Text(), "3 values are replaced by 1, in 4 documents.\nAll of it is one step to undo.")
	sc.keys(fyne.KeyReturn)
	sc.same("merged", sc.creators(), "宁夏区司法厅 宁夏区司法厅 宁夏区司法厅 宁夏区司法厅 宁夏回族自治区司法厅")
}

// One value alone is no merge; the one that they were to become, taken out, is not it.
func TestTicks(t *testing.T) {
	sc := opened(t, "Zhang", "司法厅", "司法厅", "司法廳")
	sc.keys(fyne.KeyRight)
	sc.types(" ")
	if got := sc.row(0); got.Title != "司法廳 (1)" || got.Sub != "→ 司法廳" {
		t.Errorf("%+v", got)
	}
	sc.types("m")
	if got := sc.s.Status().Notice; !strings.HasPrefix(got, "Nothing would change") || !sc.do.Disabled() {
		t.Errorf("it says %q", got)
	}
	sc.keys(fyne.KeyDown)
	sc.types(" ")
	if got := sc.row(0).Title; got != "No value takes part" {
		t.Error(got)
	}
	sc.types(" b")
	sc.keys(fyne.KeyUp)
	sc.types(" ")
	if got := sc.row(0); got.Sub != "→ 司法廳" || got.Title != "司法厅 (2)  司法廳 (1)" {
		t.Errorf("%+v", got)
	}
	sc.keys(fyne.KeyDown)
	sc.types(" ")
	if got := sc.row(0).Sub; got != "→ 司法厅" {
		t.Errorf("the chosen one is taken out: %s", got)
	}
}

// What others have changed between the question and the answer is refused and listed with
// why; the others are merged.
func TestRefused(t *testing.T) {
	sc := opened(t, "Zhang", "司法厅", "司法厅", "司法廳", "司法廳")
	sc.types("m")
	sc.keys(fyne.KeyReturn)
	sc.Apply("Li", sc.set(3, "司法廳/水利局"))
	sc.keys(fyne.KeyReturn)
	sc.same("merged", sc.creators(), "司法厅 司法厅 司法廳/水利局 司法厅")
	if got := sc.done.Text(); got != "✓ Merged in 1 document. Undo takes it back. 1 was refused; the list says why." {
		t.Error(got)
	}
	if sc.asking == nil || len(sc.asking.rows) != 1 {
		t.Fatal("nothing is listed")
	}
	if r := sc.asking.row(0); r.Badge != "⚠" || !strings.Contains(r.Sub, "Li") || !strings.Contains(r.Sub, "水利局") {
		t.Errorf("listed %+v", r)
	}
	sc.keys(fyne.KeyReturn)
	if sc.desk != sc.Docs[2].ID {
		t.Error("Enter does not open it")
	}
	sc.keys(fyne.KeyEscape)
	sc.same("groups", sc.listed(), "司法厅 (3)  司法廳 (1) | → 司法厅 |")
	sc.types("m")
	sc.keys(fyne.KeyReturn, fyne.KeyReturn)
	sc.same("once more", sc.creators(), "司法厅 司法厅 司法厅/水利局 司法厅")
}

// Where the archive asks for review it is proposed; approvals that end are counted.
func TestReviewAndApproval(t *testing.T) {
	sc := opened(t, "Zhang", "司法厅", "司法厅", "司法廳", "司法廳")
	doc := func(n int, do string) *archive.Edit { return &archive.Edit{Do: do, Doc: string(sc.Docs[n-1].ID)} }
	sc.Apply("Zhang", doc(3, "document.submit"), doc(1, "document.submit"))
	sc.Apply("Li", doc(3, "document.approve"), doc(1, "document.approve"))
	sc.s.Poll()
	sc.m.Settle()
	sc.types("m")
	sc.keys(fyne.KeyReturn)
	sc.same("means", sc.asking.means.Text(), "1 value is replaced by another, in 2 documents.\n⚠ 1 document is approved; its approval will no longer hold.\nAll of it is one step to undo.")
	if r := sc.asking.row(0); !strings.Contains(r.Badge, "approved") {
		t.Errorf("the first line is %+v", r)
	}
	sc.keys(fyne.KeyEscape)
	sc.Apply("Zhang", &archive.Edit{Do: "policy.set", Review: "everything"})
	sc.s.Poll()
	sc.m.Settle()
	sc.keys(fyne.KeyReturn)
	sc.same("means", sc.asking.means.Text(), "1 value is replaced by another, in 2 documents.\nThis archive asks for review: it is proposed, and waits for a decision.\nAll of it is one step to undo.")
	if got := sc.asking.do.Label(); got != "Propose in 2 documents" {
		t.Errorf("the button says %q", got)
	}
	sc.keys(fyne.KeyReturn)
	sc.same("proposed", sc.creators(), "司法厅 司法厅 司法廳 司法廳")
	if got := sc.done.Text(); got != "✓ Proposed in 2 documents; they wait for a decision. Undo takes it back as one." {
		t.Error(got)
	}
	sc.types("m")
	sc.keys(fyne.KeyReturn)
	if got := sc.done.Text(); sc.asking != nil || got != "In 2 documents just that waits for a decision already." {
		t.Errorf("once more: %q", got)
	}
}

// Nothing alike, no values, stopped, somebody who may not: each is said in words.
func TestNothing(t *testing.T) {
	sc := opened(t, "Zhang", "司法厅", "水利局")
	if title, means := sc.nothing.Words(); !sc.nothing.Visible() || sc.right.Visible() || title != "No values look alike" || means != "No two values of the field Creator look alike." {
		t.Errorf("it says %q %q", title, means)
	}
	if sc.on.Focused() != fyne.Focusable(sc.methods) {
		t.Error("the keyboard is nowhere")
	}
	sc.keys(fyne.KeyEscape)
	if sc.left != 1 {
		t.Error("Escape does not go back to work")
	}

	e := sc.set(1, "党建")
	e.Field = "dcterms:subject"
	sc.Apply("Zhang", e)
	sc.s.Poll()
	sc.m.Settle()
	sc.Focus()
	sc.keys(fyne.KeyReturn)
	if sc.on.Overlays().Top() == nil {
		t.Error("the button asks for no other field")
	}
	sc.keys(fyne.KeyDown, fyne.KeyReturn)
	if sc.counted.field != "dcterms:subject" {
		t.Errorf("the field is %s", sc.counted.field)
	}

	sc = opened(t, "Zhang", "", "")
	if title, _ := sc.empty.Words(); !sc.empty.Visible() || sc.body.Visible() || title != "No values yet" {
		t.Errorf("without values it says %q", title)
	}
	sc.Apply("Zhang", sc.set(1, "司法厅"), sc.set(2, "司法廳"))
	sc.s.Poll()
	sc.m.Settle()
	if sc.empty.Visible() || len(sc.groups()) != 1 || !sc.right.Visible() {
		t.Error("what others have described is not shown")
	}

	sc = opened(t, "Zhang", "司法厅", "司法廳")
	sc.fresh()
	sc.count()
	sc.stop()
	sc.m.Settle()
	if title, means := sc.empty.Words(); title != "Not compared yet" || !strings.HasPrefix(means, "Stopped") {
		t.Errorf("stopped: %q %q", title, means)
	}
	sc.empty.Focus()
	sc.keys(fyne.KeyReturn)
	if len(sc.groups()) != 1 {
		t.Error("it is not compared again")
	}

	sc = opened(t, "Sun", "司法厅", "司法厅", "司法廳")
	sc.types("m")
	sc.keys(fyne.KeyReturn, fyne.KeyReturn)
	if got := sc.done.Text(); sc.creators() != "司法厅 司法厅 司法廳" || got != "⚠ 1 was refused; the list says why." {
		t.Errorf("a reader: %q, %s", got, sc.creators())
	}
}

// Another field, and all that was decided, outlive the page; nothing of an archive that
// was closed does.
func TestKept(t *testing.T) {
	sc := opened(t, "Zhang", offices...)
	subject := func(n int, v string) *archive.Edit {
		e := sc.set(n, v)
		e.Field = "dcterms:subject"
		return e
	}
	sc.Apply("Zhang", subject(1, "党建 工作"), subject(2, "党建工作"))
	sc.s.Poll()
	sc.m.Settle()
	sc.types("m")
	sc.types("f")
	sc.types("Subject")
	sc.keys(fyne.KeyReturn)
	if sc.counted.field != "dcterms:subject" || sc.field.Label() != "Subject" {
		t.Fatalf("the field is %s", sc.counted.field)
	}
	sc.same("groups", sc.listed(), "党建 工作 (1)  党建工作 (1) | → 党建 工作 |")
	sc.keys(fyne.KeySpace)
	next := New(sc.s, sc.on)
	next.Restore(sc.Kept())
	sc.m.Settle()
	if next.counted == nil || next.counted.field != "dcterms:subject" || len(next.groups()) != 1 || next.values.Count() != 2 {
		t.Error("the next page knows nothing")
	}
	sc.keys("f")
	sc.types("Creator")
	sc.keys(fyne.KeyReturn)
	if got := next.row(0).Badge; next.counted.field != creator || got != "✓ to be merged" {
		t.Errorf("what was confirmed in the other field: %q", got)
	}
	sc.s.CloseArchive(nil)
	sc.m.Settle()
	if next.counted != nil || next.list.Count() != 0 || len(next.decisions) != 0 || sc.counted != nil {
		t.Error("something of an archive that was closed is kept")
	}
}

// F6 goes around, Escape goes to the groups first.
func TestPanes(t *testing.T) {
	sc := opened(t, "Zhang", "司法厅", "司法廳")
	for i, want := range []fyne.Focusable{sc.values, sc.docs, sc.methods, sc.list} {
		sc.NextPane()
		if sc.on.Focused() != want {
			t.Errorf("F6 the %dth time goes elsewhere", i+1)
		}
	}
	sc.NextPane()
	sc.keys(fyne.KeyEscape)
	if sc.left != 0 || sc.on.Focused() != fyne.Focusable(sc.list) {
		t.Error("Escape does not go to the groups")
	}
}
