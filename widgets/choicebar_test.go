package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

func TestChoiceBar(t *testing.T) {
	told := &heard{}
	b := NewChoiceBar()
	b.OnPick = func(id string) { told.add("%s", id) }
	choices := []Choice{{ID: "", Title: "As the desktop"}, {ID: "light", Title: "Light"}, {ID: "dark", Title: "Dark"}}
	b.SetChoices(choices, "light")
	win := test.NewTempWindow(t, b)
	win.Resize(fyne.NewSize(400, 300))
	win.Canvas().Focus(b)
	for _, step := range []struct {
		keys []fyne.KeyName
		want string
	}{
		{[]fyne.KeyName{fyne.KeyReturn}, ""}, // it begins at the one that is on
		{[]fyne.KeyName{fyne.KeyRight, fyne.KeySpace}, "dark"},
		{[]fyne.KeyName{fyne.KeyRight, fyne.KeyReturn}, "dark"}, // there is none beyond
		{[]fyne.KeyName{fyne.KeyHome, fyne.KeyLeft, fyne.KeyReturn}, ""},
		{[]fyne.KeyName{fyne.KeyRight}, ""}, // moving chooses nothing
	} {
		for _, k := range step.keys {
			b.TypedKey(&fyne.KeyEvent{Name: k})
		}
		if got := told.take(); got != step.want {
			t.Errorf("%v: %q, want %q", step.keys, got, step.want)
		}
	}
	mouse := func(f func(*desktop.MouseEvent), i int) {
		c := b.cells[i].box
		at := c.Position().AddXY(c.Size().Width/2, c.Size().Height/2)
		f(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary, PointEvent: fyne.PointEvent{Position: at}})
	}
	press := func(i int) {
		mouse(b.MouseDown, i)
		if got := told.take(); got != "" {
			t.Errorf("before the button is let go: %q", got)
		}
		mouse(b.MouseUp, i)
	}
	mouse(b.MouseDown, 2)
	mouse(b.MouseUp, 1)
	if got := told.take(); got != "" {
		t.Errorf("let go beside it: %q", got)
	}
	press(2)
	if got := told.take(); got != "dark" {
		t.Errorf("a press: %q, want dark", got)
	}
	b.SetChoices(choices, "dark")
	press(2)
	if got := told.take(); got != "" || b.On() != "dark" {
		t.Errorf("a press on the one that is on: %q, on is %q", got, b.On())
	}
	// Too narrow for one row: the words go on below, and none is cut.
	wide := b.MinSize().Height
	b.Resize(fyne.NewSize(160, 300))
	if b.MinSize().Height <= wide {
		t.Errorf("in 160 pixels it is %v high, as in 400", b.MinSize().Height)
	}
	for i, c := range b.cells {
		if right := c.box.Position().X + c.box.Size().Width; right > 160 {
			t.Errorf("word %d ends at %v of 160", i, right)
		}
	}
}
