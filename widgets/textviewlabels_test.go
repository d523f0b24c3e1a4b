package widgets

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Labels stand beside the rows where their marks begin, never lie over each
// other, and those without room are counted: none is lost, none drifts.
func TestTextViewLabelsStayBesideTheirRows(t *testing.T) {
	v, _, _ := newView(t, 900, 600)
	rnd := rand.New(rand.NewSource(12))
	names := []string{"人物", "组织", "日期", "机关单位名称很长的标签", "organisation", "work"}
	for round := range 30 {
		v.Resize(fyne.NewSize(300+rnd.Float32()*900, 200+rnd.Float32()*500))
		v.SetZoom(float32(10 + rnd.Intn(30)))
		s := Shown{Key: "dense", Text: viewSample}
		for range rnd.Intn(60) {
			a := rnd.Intn(len([]rune(viewSample)))
			s.Marks = append(s.Marks, MarkSpan{ID: fmt.Sprint(len(s.Marks)), Span: Span{Start: a, End: a + 1 + rnd.Intn(30)},
				Label: names[rnd.Intn(len(names))], Style: rnd.Intn(10), Proposed: rnd.Intn(3) == 0, LookAgain: rnd.Intn(5) == 0})
		}
		v.SetShown(s)
		v.generate(int(v.Size().Width), int(v.Size().Height))
		g := v.geometry()
		told := map[int]bool{}
		for k, l := range v.labels {
			y := v.rowY(l.row)
			if l.y < y-2 || l.y+l.h > y+g.row+2 {
				t.Fatalf("round %d: the label %d of row %d lies at %v to %v, its row at %v to %v", round, k, l.row, l.y, l.y+l.h, y, y+g.row)
			}
			for _, o := range v.labels[k+1:] {
				if l.x+4 < o.x+o.w-4 && o.x+4 < l.x+l.w-4 && l.y < o.y+o.h-0.01 && o.y < l.y+l.h-0.01 {
					t.Fatalf("round %d: labels of rows %d and %d lie over each other: %+v %+v", round, l.row, o.row, l, o)
				}
			}
			if l.mark >= 0 {
				told[l.mark] = true
				if row := v.model.layout.RowAt(v.model.cut(s.Marks[l.mark].Span).Start); row != l.row && row > v.labels[0].row {
					t.Fatalf("round %d: the label of row %d stands at %d", round, row, l.row)
				}
			}
			for _, i := range l.more {
				told[i] = true
			}
		}
		first, last := v.labels, 0
		for _, l := range first {
			last = max(last, l.row)
		}
		for i, m := range s.Marks {
			if sp := v.model.cut(m.Span); sp.Len() > 0 && !told[i] {
				if row := v.model.layout.RowAt(sp.Start); row < last && v.rowY(row) > g.row && row > 0 {
					t.Fatalf("round %d: mark %d of row %d is neither written nor counted", round, i, row)
				}
			}
		}
	}
}

// The number opens a box of all labels of its row; a click in it is a click on
// the label.
func TestTextViewMoreLabels(t *testing.T) {
	v, log, win := newView(t, 900, 600)
	v.Words.More = func(n int) string { return fmt.Sprintf("还有%d个", n) }
	s := Shown{Key: "dense", Text: viewSample}
	for i := range 9 {
		s.Marks = append(s.Marks, MarkSpan{ID: fmt.Sprint("m", i), Span: Span{Start: i, End: i + 3}, Label: fmt.Sprintf("标签%d号", i), Style: i})
	}
	v.SetShown(s)
	win.Canvas().Capture()
	l := v.labels[len(v.labels)-1]
	if l.mark >= 0 || len(l.more) != 9 || len(v.labels) > 8 {
		t.Fatalf("the last of %d labels is %+v", len(v.labels), l)
	}
	move := func(x, y float32) {
		e := &desktop.MouseEvent{}
		e.Position = fyne.NewPos(x, y)
		v.MouseMoved(e)
		v.generate(900, 600)
	}
	move(l.x+l.w/2, l.y+l.h/2)
	if got := log.hover[len(log.hover)-1]; !strings.Contains(got, "标签8号") || !strings.Contains(got, "标签0号") {
		t.Errorf("hover says %q", got)
	}
	last := v.labels[len(v.labels)-1]
	if last.mark != 8 || !last.boxed {
		t.Fatalf("the box ends with %+v", last)
	}
	move(last.x+10, last.y+last.h/2) // into the box: it stays
	if got := v.labels[len(v.labels)-1]; !got.boxed {
		t.Error("the box goes away under the pointer")
	}
	clickAt(v, fyne.NewPos(last.x+10, last.y+last.h/2), 0, desktop.MouseButtonPrimary)
	if fmt.Sprint(log.marks) != "[m8]" {
		t.Errorf("clicked on the last: %v", log.marks)
	}
	move(100, 500)
	if got := v.labels[len(v.labels)-1]; got.boxed {
		t.Error("the box stays when the pointer has gone")
	}
}

// A label that has the room it asked for is written whole, wherever the margin
// lies: a remainder of float32 had cut "date" to "d…" in wide windows.
func TestTextViewLabelsWhole(t *testing.T) {
	v, _, _ := newView(t, 900, 600)
	names := []string{"date", "person", "organisation", "机构", "地名"}
	s := Shown{Key: "whole", Text: viewSample}
	for i, name := range names { // each in a row of its own
		at := 60 * i
		s.Marks = append(s.Marks, MarkSpan{ID: fmt.Sprint(i), Span: Span{Start: at, End: at + 2}, Label: name})
	}
	v.SetShown(s)
	for width := float32(600); width < 2000; width += 7 {
		v.Resize(fyne.NewSize(width, 600))
		v.generate(int(width), 600)
		if v.geometry().labelW < 140 {
			continue
		}
		for _, l := range v.labels {
			if l.cut {
				t.Fatalf("%v wide: %q is cut in a margin of %v", width, s.Marks[l.mark].Label, v.geometry().labelW)
			}
		}
	}
}
