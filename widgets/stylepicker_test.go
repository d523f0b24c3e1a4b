package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"fonds/widgets/look"
)

func TestStylePicker(t *testing.T) {
	told := &heard{}
	s := NewStylePicker("文 Aa")
	s.OnPick = func(style int) { told.add("%d", style) }
	win := test.NewTempWindow(t, s)
	win.Resize(fyne.NewSize(500, 300))
	win.Canvas().Focus(s)
	for _, step := range []struct {
		key  fyne.KeyName
		want string
	}{{fyne.KeyLeft, ""}, {fyne.KeyUp, ""}, {fyne.KeyRight, "1"}, {fyne.KeyDown, "6"}, {fyne.KeyDown, ""}, {fyne.KeyEnd, "9"}, {fyne.KeyRight, ""}, {fyne.KeyHome, "0"}} {
		s.TypedKey(&fyne.KeyEvent{Name: step.key})
		if got := told.take(); got != step.want {
			t.Errorf("%s: told %q, want %q", step.key, got, step.want)
		}
	}
	press := func(style int) {
		x, y := s.corner(style)
		s.MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary, PointEvent: fyne.PointEvent{Position: fyne.NewPos(x+5, y+5)}})
	}
	press(7)
	if got := told.take(); got != "7" || s.Style() != 7 {
		t.Errorf("a press: %q", got)
	}
	s.Disable()
	press(2)
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	if got := told.take(); got != "" || s.Style() != 7 {
		t.Errorf("disabled, and it chose %q", got)
	}
	s.SetStyle(99)
	if got := s.Style(); got != len(look.Current().Marks)-1 || told.take() != "" {
		t.Errorf("a style that is not there: %d", got)
	}
	img := s.paint(int(s.MinSize().Width), int(s.MinSize().Height))
	w, h := s.cell()
	if got, want := s.raster.Size(), s.MinSize(); got != want {
		t.Errorf("it is drawn in %v of %v", got, want)
	}
	a, b := img.At(int(w/2), int(h/2)), img.At(int(w/2+w), int(h/2))
	if a == b {
		t.Errorf("the grounds of two styles are the same: %v", a)
	}
}
