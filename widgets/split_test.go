package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"fonds/widgets/look"
)

func TestSplit(t *testing.T) {
	setLook(look.Light)
	left, right := canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	left.SetMinSize(fyne.NewSize(100, 10))
	right.SetMinSize(fyne.NewSize(50, 10))
	s := NewHSplit(left, right, 0.5)
	win := window(t, s, 400, 100)
	var told []float32
	s.OnMoved = func(share float32) { told = append(told, share) }
	widths := func(l, r float32) {
		t.Helper()
		if left.Size().Width != l || right.Size().Width != r || right.Position().X != 400-r {
			t.Errorf("sides %v and %v at %v, want %v and %v", left.Size().Width, right.Size().Width, right.Position().X, l, r)
		}
	}
	widths(200, 199)
	// The driver gives the place within the grip, which begins at 196.5.
	drag := func(x float32) {
		s.grip.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x-s.grip.Position().X, 50)}})
	}
	drag(300)
	widths(300, 99)
	drag(390)
	widths(350, 49)
	drag(120)
	drag(20)
	widths(100, 299)
	s.grip.DragEnd()
	if len(told) != 1 || told[0] != 0.25 || s.Share() != 0.25 {
		t.Errorf("told %v, share %v, want 0.25 once", told, s.Share())
	}
	left.Hide()
	s.Refresh()
	if right.Size().Width != 400 || right.Position().X != 0 {
		t.Errorf("alone the right side has %v at %v", right.Size().Width, right.Position().X)
	}
	left.Show()
	s.Refresh()
	widths(100, 299)

	// The grip lies above both sides and takes the pointer.
	test.Drag(win.Canvas(), fyne.NewPos(102, 50), 0, 0)
	if len(told) != 2 {
		t.Error("a drag beside the line does not take hold of it")
	}
}
