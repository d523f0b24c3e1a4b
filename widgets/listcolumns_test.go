package widgets

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"fonds/widgets/look"
)

func newColumned(t *testing.T, n int) (*List, *ListHead) {
	t.Helper()
	setLook(look.Light)
	l := NewList()
	l.Multi = true
	l.Columns = []Column{{Title: "Name", Share: 2}, {Title: "Hidden"}, {Title: "Encoding", Share: 1, Quiet: true}}
	h := NewListHead(l)
	window(t, container.NewBorder(h, nil, nil, nil, l), 400, 300)
	l.SetCount(n, func(i int) Row {
		return Row{Known: i != 2, Cells: []string{fmt.Sprintf("a long name of a file that is number %d", i), "no", "GB18030"}, Faint: i == 1}
	})
	return l, h
}

// Cells stand under their titles, are cut at the next column, and are drawn of the rows
// in sight alone, of a million too.
func TestListColumns(t *testing.T) {
	l, h := newColumned(t, 1_000_000)
	if l.rowHeight() != rowHeight() {
		t.Errorf("a row of one line is %v high", l.rowHeight())
	}
	at := l.drawn.items[0]
	for k, title := range h.texts {
		if c := at.cells[k]; c.Position().X != title.Position().X && c.Text != "" {
			t.Errorf("column %d begins at %v, its title at %v", k, c.Position().X, title.Position().X)
		}
		if title.Visible() && k == 1 && title.Text != "" {
			t.Error("a hidden column has a title")
		}
	}
	if at.cells[1].Text != "" || at.cells[2].Text != "GB18030" {
		t.Errorf("cells: %q %q", at.cells[1].Text, at.cells[2].Text)
	}
	if name := at.cells[0]; name.Position().X+l.drawn.title.width(name.Text) > at.cells[2].Position().X {
		t.Errorf("%q reaches into the next column", name.Text)
	}
	p := look.Current()
	if at.cells[0].Color != p.Ink || at.cells[2].Color != p.Quiet || l.drawn.items[1].cells[0].Color != p.Quiet {
		t.Error("the inks are not those of the columns and rows")
	}
	if got := l.drawn.items[2].cells[0].Text; got != "…" {
		t.Errorf("a row that is being fetched says %q", got)
	}
	l.pick(999_999)
	found := false
	for _, it := range l.drawn.items {
		found = found || it.index == 999_999 && it.cells[0].Visible()
	}
	if !found || len(l.drawn.items) > 20 {
		t.Errorf("the last row is shown: %v, with %d rows drawn", found, len(l.drawn.items))
	}
}

// A column at whose right edge words end is cut at their beginning, its title too; one
// with a width of its own has that and no more than half of the room.
func TestListColumnsRight(t *testing.T) {
	setLook(look.Light)
	l := NewList()
	l.Columns = []Column{{Title: "Before", Share: 1, Right: true}, {Title: "Words", Width: 80}, {Title: "After", Share: 1}}
	h := NewListHead(l)
	window(t, container.NewBorder(h, nil, nil, nil, l), 400, 300)
	long := "far more words than there is room for in the column before 会议"
	l.SetCount(2, func(i int) Row {
		return Row{Known: true, Cells: []string{[]string{long, "短"}[i], "会议", long}}
	})
	first, second := l.drawn.items[0], l.drawn.items[1]
	end := func(c *canvas.Text) float32 { return c.Position().X + l.drawn.title.width(c.Text) }
	edge := first.cells[1].Position().X - look.Near
	if got := first.cells[0].Text; !strings.HasPrefix(got, "…") || !strings.HasSuffix(long, strings.TrimPrefix(got, "…")) {
		t.Errorf("cut to %q", got)
	}
	if got := second.cells[0].Text; got != "短" {
		t.Errorf("short words are %q", got)
	}
	for what, x := range map[string]float32{"cut words": end(first.cells[0]), "short words": end(second.cells[0]),
		"the title": h.texts[0].Position().X + newAdvances(captionSize()).width(h.texts[0].Text)} {
		if x > edge+0.01 || x < edge-0.01 {
			t.Errorf("%s end at %v, the column at %v", what, x, edge)
		}
	}
	if got := first.cells[2].Text; !strings.HasSuffix(got, "…") {
		t.Errorf("the column behind says %q", got)
	}
	if got := first.cells[2].Position().X - first.cells[1].Position().X; got != 80 {
		t.Errorf("the middle column is %v wide", got)
	}
	l.Columns[1].Width = 4000
	l.RefreshRows()
	left, right := l.inner()
	if got := first.cells[2].Position().X - first.cells[1].Position().X; got < (right-left)/2-0.01 || got > (right-left)/2+0.01 {
		t.Errorf("a column too wide has %v of %v", got, right-left)
	}
}

// Space is what the list's owner makes of it, where it says so; Shift picks all the same.
func TestListSpace(t *testing.T) {
	l, _ := newColumned(t, 10)
	n := 0
	l.OnSpace = func() { n++ }
	l.pick(3)
	l.TypedRune(' ')
	l.TypedRune('\u3000')
	if n != 2 || len(l.Picked()) != 0 {
		t.Errorf("told %d times, picked %v", n, l.Picked())
	}
	l.guard.c = &composition{modifiers: func() fyne.KeyModifier { return fyne.KeyModifierShift }}
	l.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	if l.Picked().Count() != 2 {
		t.Errorf("picked %v", l.Picked())
	}
}

// While the work pauses the bar says so, and the pause does not slow it down.
func TestBusyBarHolds(t *testing.T) {
	setLook(look.Light)
	b, clock := newTestBusy()
	b.words.Left = func(left time.Duration) string { return left.Round(time.Second).String() }
	b.words.Held = "暂停"
	window(t, b, 400, 60)
	b.Start("导入", 100, func() {})
	clock.Advance(2 * time.Second)
	b.Progress(40, 100)
	if got, want := b.said(), "导入 · 40 / 100 · 20 件/秒 · 3s"; got != want {
		t.Errorf("says %q, want %q", got, want)
	}
	b.Hold(true)
	clock.Advance(time.Minute)
	if got, want := b.said(), "导入 · 40 / 100 · 暂停"; got != want {
		t.Errorf("says %q, want %q", got, want)
	}
	b.Hold(true)
	b.Hold(false)
	if got, want := b.said(), "导入 · 40 / 100 · 20 件/秒 · 3s"; got != want {
		t.Errorf("after the pause it says %q, want %q", got, want)
	}
	b.Start("导入", 100, func() {})
	if !b.held.IsZero() || b.pauses != 0 {
		t.Error("the next work begins with the pauses of the last")
	}
}

// Other columns can be chosen while the list is shown; words of a column at the right
// end at its edge, under a title that does; a press on a title tells of its column.
func TestOtherColumns(t *testing.T) {
	l, h := newColumned(t, 50)
	var tapped []int
	h.OnTap = func(k int) { tapped = append(tapped, k) }
	l.SetColumns([]Column{{Title: "A", Share: 1}, {Title: "B", Share: 1}, {Title: "C", Share: 1}, {Title: "N", Share: 1, Right: true}})
	l.SetCount(50, func(i int) Row {
		return Row{Known: true, Cells: []string{"a", "b", "c", map[bool]string{true: "3000", false: fmt.Sprint(i)}[i == 3]}}
	})
	h.Refresh()
	at := l.drawn.items[5]
	if len(at.cells) != 4 || at.cells[3].Text != "5" || !at.cells[3].Visible() {
		t.Fatalf("row 5 has %d cells, the last %q", len(at.cells), at.cells[3].Text)
	}
	edge := func(text string, x float32, face *advances) float32 { return x + face.width(text) }
	end := edge("5", at.cells[3].Position().X, l.drawn.title)
	if head := edge("N", h.texts[3].Position().X, newAdvances(captionSize())); head-end > 1 || end-head > 1 {
		t.Errorf("figures end at %v, their title at %v", end, head)
	}
	if wider := l.drawn.items[3]; edge("3000", wider.cells[3].Position().X, l.drawn.title)-end > 1 {
		t.Error("figures do not end at one edge")
	}
	h.Tapped(&fyne.PointEvent{Position: fyne.NewPos(h.texts[1].Position().X+2, 4)})
	h.Tapped(&fyne.PointEvent{Position: fyne.NewPos(h.texts[3].Position().X+2, 4)})
	if fmt.Sprint(tapped) != "[1 3]" {
		t.Errorf("tapped %v", tapped)
	}
	l.SetColumns([]Column{{Title: "A", Share: 1}})
	if got := l.drawn.items[5]; got.cells[1].Visible() && got.cells[1].Text != "" {
		t.Errorf("a column that is gone says %q", got.cells[1].Text)
	}
}
