package arranging

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"fonds/storage/archive"
	"fonds/widgets"
)

// TestByKeys makes an arrangement by keys alone: a fonds, a series in it, documents put
// into it and into another order, codes given, all of it undone.
func TestByKeys(t *testing.T) {
	sc := opened(t)
	sc.want("an archive without units", sc.drawn(), "In no unit 4")
	sc.types("n")
	sc.types("Z109")
	sc.keys(fyne.KeyReturn)
	sc.m.Settle()
	sc.want("the fonds", sc.drawn(), "Z109 0; In no unit 4")
	sc.types("n")
	sc.types("WS")
	sc.keys(fyne.KeyReturn)
	sc.m.Settle()
	sc.want("a series under it", sc.drawn(), "– Z109 0; WS 0; In no unit 4")
	sc.keys(fyne.KeyDown)
	sc.m.Settle()
	sc.want("in no unit", sc.listed(), "1.txt; 2.txt; 3.txt; 4.txt")
	sc.keys(fyne.KeyRight, fyne.KeySpace, fyne.KeyDown)
	sc.list.SetPicked(sc.list.Picked().Add(0, 3))
	sc.types("m")
	sc.m.Settle()
	sc.pickBy("WS")
	sc.want("put into it", sc.drawn(), "– Z109 3; WS 3; In no unit 1")
	sc.on.Focus(sc.tree)
	sc.keys(fyne.KeyUp)
	sc.m.Settle()
	sc.want("what lies in the series", sc.listed(), "1.txt; 2.txt; 3.txt")
	sc.keys(fyne.KeyRight)
	sc.types("J")
	sc.m.Settle()
	sc.want("the first one further down", sc.listed(), "2.txt; 1.txt; 3.txt")
	sc.types("J")
	sc.m.Settle()
	sc.want("and once more", sc.listed(), "2.txt; 3.txt; 1.txt")
	sc.types("K")
	sc.types("K")
	sc.m.Settle()
	sc.want("and up again", sc.listed(), "1.txt; 2.txt; 3.txt")
	sc.types("c")
	sc.m.Settle()
	sc.keys(fyne.KeyReturn)
	sc.m.Settle()
	sc.keys(fyne.KeyReturn)
	sc.m.Settle()
	sc.want("codes", sc.listed(), "Z109/WS/1 1.txt; Z109/WS/2 2.txt; Z109/WS/3 3.txt")
	sc.on.Focus(sc.list)
	sc.types("d")
	if sc.desk != sc.items[0].ID {
		t.Errorf("the desk has %s", sc.desk)
	}
	for range 8 {
		if _, err := sc.Archive.Undo(ctx, "Zhang", false); err != nil {
			t.Fatal(err)
		}
	}
	self, err := sc.Archive.Self(ctx)
	if err != nil || len(self.Units().All()) != 0 {
		t.Errorf("undone: %v %v", self.Units().All(), err)
	}
}

// TestFormRefused: what cannot be is said beside the form, and what was typed stays.
func TestFormRefused(t *testing.T) {
	sc := opened(t, set("", archive.AtFonds, "Z109"))
	sc.keys(fyne.KeyHome)
	sc.types("n")
	f, ok := sc.over.(*form)
	if !ok {
		t.Fatal("no form")
	}
	sc.types("a/b")
	sc.keys(fyne.KeyReturn)
	sc.m.Settle()
	if sc.over != panel(f) || !strings.Contains(f.why.Text(), "a/b") || f.code.Text != "a/b" {
		t.Errorf("refused: %q, typed %q", f.why.Text(), f.code.Text)
	}
	sc.keys(fyne.KeyEscape)
	if sc.over != nil || sc.on.Focused() != fyne.Focusable(sc.tree) {
		t.Error("Escape leaves the form, and goes to the tree")
	}
	sc.keys(fyne.KeyEscape)
	if sc.left != 1 {
		t.Errorf("left %d times", sc.left)
	}
}

// TestOrder: documents are put into series by a field; one of which nothing is said stays,
// and is named.
func TestOrder(t *testing.T) {
	sc := opened(t, set("", archive.AtFonds, "A"))
	for i, v := range []string{"x", "y", "x"} {
		sc.Apply("Zhang", &archive.Edit{Do: "field.set", Doc: string(sc.Docs[i].ID), Field: "dcterms:creator", Values: []archive.ValueIn{{Value: v}}})
	}
	sc.Show()
	sc.m.Settle()
	sc.keys(fyne.KeyEnd)
	sc.types("b")
	sc.m.Settle()
	sc.pickBy("A")
	sc.pickBy("creator")
	sc.keys(fyne.KeyReturn) // by that alone
	sc.m.Settle()
	q, ok := sc.over.(*question)
	if !ok {
		t.Fatalf("no question, %q", sc.done.Text())
	}
	said := ""
	for _, l := range q.lines {
		said += l.Title + " " + l.Sub + "; "
	}
	sc.want("what would be done", said, "A/x ; A/y ; 4.txt ⚠ nothing is said of: Creator; 1.txt → A/x; 2.txt → A/y; 3.txt → A/x; ")
	sc.keys(fyne.KeyReturn)
	sc.m.Settle()
	sc.want("done", sc.drawn(), "– A 3; x 2; y 1; In no unit 1")
	sc.keys(fyne.KeyHome, fyne.KeyLeft)
	sc.want("closed", sc.drawn(), "+ A 3; In no unit 1")
	sc.keys(fyne.KeyRight)
	sc.want("opened", sc.drawn(), "– A 3; x 2; y 1; In no unit 1")
	sc.keys(fyne.KeyDown, fyne.KeyDelete)
	sc.m.Settle()
	if !strings.Contains(sc.done.Text(), "2 documents lie in") {
		t.Errorf("a full unit: %q", sc.done.Text())
	}
}

// TestNothing: without an archive, and without documents, the page says what to do.
func TestNothing(t *testing.T) {
	sc := opened(t)
	sc.s.CloseArchive(nil)
	sc.m.Settle()
	if words, _ := sc.empty.Words(); words != "No archive is open" || !sc.empty.Visible() {
		t.Errorf("says %q", words)
	}
}

// TestDrag: documents that are picked are dragged onto a unit; dropped elsewhere they stay.
func TestDrag(t *testing.T) {
	sc := opened(t, set("", archive.AtFonds, "A"), set("A", archive.AtFile, "1"))
	sc.keys(fyne.KeyEnd)
	sc.m.Settle()
	sc.on.Focus(sc.list)
	sc.list.SetPicked(widgets.RowSet{}.Add(1, 3))
	abs := fyne.CurrentApp().Driver().AbsolutePositionForObject
	press := func(y float32) {
		sc.list.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(20, y)}, Button: desktop.MouseButtonPrimary})
	}
	drag := func(at fyne.Position) {
		press(50)
		sc.list.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{AbsolutePosition: at}})
		sc.on.Focus(nil) // as the window does when the pointer is let go elsewhere
		sc.list.DragEnd()
		sc.list.MouseUp(nil)
		sc.m.Settle()
	}
	drag(abs(sc.list).AddXY(20, 300))
	sc.want("dropped where no unit is", sc.drawn(), "– A 0; 1 0; In no unit 4")
	drag(abs(sc.tree).AddXY(20, 40))
	sc.want("dropped on the file", sc.drawn(), "– A 2; 1 2; In no unit 2")
	sc.want("those that were picked", sc.listed(), "1.txt; 4.txt")
	sc.list.SetPicked(widgets.RowSet{}.Add(0, 2))
	press(10)
	sc.list.MouseUp(nil)
	if n := sc.list.Picked().Count(); n > 1 {
		t.Errorf("a click leaves %d picked", n)
	}
}
