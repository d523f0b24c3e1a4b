package clustering

import (
	"testing"

	"fyne.io/fyne/v2"
)

// What comes too late is dropped: a plan that was stopped asks nothing, a count of another
// field is not shown.
func TestLate(t *testing.T) {
	sc := opened(t, "Zhang", "司法厅", "司法厅", "司法廳")
	e := sc.set(1, "党建 工作")
	e.Field = "dcterms:subject"
	sc.Apply("Zhang", e)
	sc.types("m")
	sc.ask()
	if sc.stop == nil {
		t.Fatal("nothing goes on")
	}
	sc.halt()
	sc.m.Settle()
	if sc.asking != nil || sc.creators() != "司法厅 司法厅 司法廳" || sc.row(0).Badge != "✓ to be merged" {
		t.Error("a plan that was stopped asks")
	}
	sc.count()
	sc.halt()
	sc.wanted = "dcterms:subject"
	sc.count()
	sc.m.Settle()
	if sc.counted.field != "dcterms:subject" || sc.stop != nil {
		t.Errorf("the field is %s", sc.counted.field)
	}
	sc.wanted = creator
	sc.count()
	sc.s.CloseArchive(nil)
	sc.m.Settle()
	if sc.counted != nil || sc.stop != nil {
		t.Error("a count of an archive that was closed is shown")
	}
}

// The question stays while others change what it is about; the answer is for what they
// left.
func TestQuestionStays(t *testing.T) {
	sc := opened(t, "Zhang", "司法厅", "司法厅", "司法廳", "司法廳")
	sc.types("m")
	sc.keys(fyne.KeyReturn)
	sc.Apply("Li", sc.set(3, "司法厅"), sc.set(4, "水利局"))
	sc.s.Poll()
	sc.m.Settle()
	if len(sc.groups()) != 0 || sc.asking == nil || !sc.right.Visible() || sc.on.Focused() != fyne.Focusable(sc.asking.list) {
		t.Fatalf("%d groups, and the question is gone: %v", len(sc.groups()), sc.asking)
	}
	sc.keys(fyne.KeyReturn)
	if sc.asking == nil || len(sc.asking.rows) != 2 || sc.creators() != "司法厅 司法厅 司法厅 水利局" {
		t.Errorf("%s", sc.creators())
	}
	sc.keys(fyne.KeyEscape)
	if sc.asking != nil || sc.right.Visible() || !sc.nothing.Visible() || sc.on.Focused() != fyne.Focusable(sc.methods) {
		t.Error("the list of what was refused stays")
	}
}

// Ctrl+Enter and the menu do what Enter does in the list; in a window that is fixed it says
// why not.
func TestSubmit(t *testing.T) {
	sc := opened(t, "Zhang", "司法厅", "司法厅", "司法廳")
	sc.types("m")
	if !sc.Submit() {
		t.Error("Ctrl+Enter goes elsewhere")
	}
	sc.m.Settle()
	if sc.asking == nil {
		t.Fatal("Ctrl+Enter asks nothing")
	}
	sc.Submit() // the question is not asked twice
	sc.m.Settle()
	sc.keys(fyne.KeyEscape)
	if sc.asking != nil || sc.creators() != "司法厅 司法厅 司法廳" {
		t.Error("it was done unasked")
	}
	sc.s.SetActor("")
	sc.m.Settle()
	sc.ask()
	sc.m.Settle()
	if sc.asking != nil || sc.s.Status().Notice == "" {
		t.Error("nobody merges, and nothing is said")
	}
}
