package desk

import (
	"fmt"
	"testing"

	"fonds/storage/archive"
	"fonds/widgets"
)

// Keys move the borders of a mark by what people see as a character; what
// follows quickly is one operation.
func TestBordersByKeys(t *testing.T) {
	sc, it := marked(t, "李振国")
	for _, step := range []struct{ keys, want string }{
		{"}", "李振国厅"}, {"}", "李振国厅长"}, {"[", "\n李振国厅长"}, {"]", "李振国厅长"}, {"]", "振国厅长"}, {"{", "振国厅"},
	} {
		sc.keys(step.keys)
		s := sc.drawn.Marks[0].Span
		if got := sc.s.Document().Text.Text().Slice(s.Start, s.End); got != step.want {
			t.Errorf("%s: the text shows %q, want %q", step.keys, got, step.want)
		}
	}
	if got := sc.wordsOf(it.ID); got != "李振国" {
		t.Errorf("written before its time: %q", got)
	}
	sc.m.Pass(borderDelay)
	if got := sc.wordsOf(it.ID); got != "振国厅" || sc.operations() != 1 {
		t.Fatalf("got %q by %d operations", got, sc.operations())
	}
	sc.keys("]", "]", "]", "]")
	if s := sc.drawn.Marks[0].Span; s.Len() != 1 {
		t.Errorf("a mark of %d characters", s.Len())
	}
	sc.keys("Alt+Down") // leaving the document loses nothing
	sc.keys("Alt+Up")
	if got := sc.wordsOf(it.ID); got != "厅" || sc.operations() != 2 {
		t.Errorf("got %q by %d operations", got, sc.operations())
	}
	for _, want := range []string{"振国厅", "李振国"} {
		sc.s.Undo(false, nil)
		sc.m.Settle()
		if got := sc.wordsOf(it.ID); got != want {
			t.Errorf("undone: %q, want %q", got, want)
		}
	}
	sc.selects("李振国")
	sc.keys("}")
	sc.s.Undo(false, nil) // what is on its way is written first, and taken back
	sc.m.Settle()
	if got := sc.wordsOf(it.ID); got != "李振国" || sc.drawn.Marks[0].Len() != 3 {
		t.Errorf("undone at once: %q", got)
	}
}

// Borders that wait to be written stay at their words where the text before them
// changes meanwhile.
func TestBordersInATextThatChanges(t *testing.T) {
	sc, it := marked(t, "李振国")
	sc.keys("}", "}")
	sc.s.Correct(0, 2, "这是第一", "", nil)
	sc.m.Settle()
	if s := sc.drawn.Marks[0].Span; sc.s.Document().Text.Text().Slice(s.Start, s.End) != "李振国厅长" {
		t.Errorf("the text shows the mark on %q", sc.s.Document().Text.Text().Slice(s.Start, s.End))
	}
	sc.m.Pass(borderDelay)
	if got := sc.wordsOf(it.ID); got != "李振国厅长" {
		t.Errorf("the mark lies on %q", got)
	}
}

// A border moved there and back again, the first of which is still being written,
// is where it was.
func TestBordersThereAndBack(t *testing.T) {
	sc, it := marked(t, "李振国")
	sc.text.OnBorders(string(it.ID), widgets.Span{Start: 6, End: 11})
	sc.text.OnBorders(string(it.ID), widgets.Span{Start: 6, End: 9})
	sc.m.Settle()
	if got := sc.wordsOf(it.ID); got != "李振国" {
		t.Errorf("the mark lies on %q", got)
	}
}

func TestBordersByMouse(t *testing.T) {
	sc, it := marked(t, "李振国")
	sc.text.OnBorders(string(it.ID), widgets.Span{Start: 6, End: 11})
	sc.m.Settle()
	if got := sc.wordsOf(it.ID); got != "李振国厅长" {
		t.Errorf("got %q", got)
	}
}

// Where marks are reviewed, moving a border proposes a mark in the place of the
// one in force, and goes on with the proposal.
func TestBordersUnderReview(t *testing.T) {
	sc, it := marked(t, "李振国")
	sc.s.Apply(nil, &archive.Edit{Do: "policy.set", Review: "everything"})
	sc.m.Settle()
	sc.keys("}")
	sc.m.Pass(borderDelay)
	sc.keys("}")
	sc.m.Pass(borderDelay)
	var open []string
	for _, o := range sc.s.Document().Of(archive.AMark) {
		if o.Open() {
			open = append(open, sc.wordsOf(o.ID))
		}
	}
	if got := sc.wordsOf(it.ID); got != "李振国" || fmt.Sprint(open) != "[李振国厅长]" {
		t.Errorf("in force %q, proposed %q", got, open)
	}
}
