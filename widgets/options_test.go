package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

func TestOptions(t *testing.T) {
	told := &heard{}
	o := NewOptions(false)
	o.OnPick = func(id string, on bool) { told.add("%s=%v", id, on) }
	set := func(on string) {
		var all []Option
		for _, id := range []string{"none", "some", "all"} {
			all = append(all, Option{ID: id, Label: id, Detail: "what it means", On: id == on})
		}
		o.SetOptions(all)
	}
	set("none")
	win := test.NewTempWindow(t, o)
	win.Resize(fyne.NewSize(400, 300))
	win.Canvas().Focus(o)
	for _, step := range []struct {
		keys []fyne.KeyName
		want string
	}{
		{[]fyne.KeyName{fyne.KeyUp, fyne.KeyReturn}, ""}, // it is on
		{[]fyne.KeyName{fyne.KeyDown, fyne.KeySpace}, "some=true"},
		{[]fyne.KeyName{fyne.KeyEnd, fyne.KeyDown, fyne.KeyReturn}, "all=true"},
		{[]fyne.KeyName{fyne.KeyHome}, ""},
	} {
		for _, k := range step.keys {
			o.TypedKey(&fyne.KeyEvent{Name: k})
		}
		if got := told.take(); got != step.want {
			t.Errorf("%v: %q, want %q", step.keys, got, step.want)
		}
	}
	press := func(i int) {
		o.MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary, PointEvent: fyne.PointEvent{Position: fyne.NewPos(30, (o.lines[i].top+o.lines[i].bottom)/2)}})
	}
	press(2)
	if got := told.take(); got != "all=true" {
		t.Errorf("a press: %q", got)
	}
	set("all")
	if o.lines[0].in.Visible() || !o.lines[2].in.Visible() {
		t.Error("what is on is not drawn so")
	}
	o.Disable()
	press(0)
	o.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	if got := told.take(); got != "" {
		t.Errorf("disabled: %q", got)
	}
	many := NewOptions(true)
	many.OnPick = o.OnPick
	many.SetOptions([]Option{{ID: "a", On: true}, {ID: "b"}})
	many.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	if got := told.take(); got != "a=false" {
		t.Errorf("a box that is on: %q", got)
	}
}
