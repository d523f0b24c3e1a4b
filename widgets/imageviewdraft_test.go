package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

func TestImageRectangleByTheMouse(t *testing.T) {
	d := newShapesDesk(t)
	d.v.SetTool(ImageRectangle)
	d.drag(d.on(300, 1200), d.on(100, 950), desktop.MouseButtonPrimary)
	if got, want := d.said(), "add 0 [{100 950} {300 1200}]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if d.v.ghost == nil {
		t.Error("what was drawn is not shown until it comes back")
	}
	d.v.SetShapes(shapesHere())
	if d.v.ghost != nil {
		t.Error("what was drawn is shown twice")
	}
	d.drag(d.on(900, 1500), d.on(5000, 5000), desktop.MouseButtonPrimary)
	if got, want := d.said(), "add 0 [{900 1500} {1000 1600}]"; got != want {
		t.Errorf("beyond the page: got %s, want %s", got, want)
	}
	d.drag(d.on(100, 1000), d.on(400, 1000.1), desktop.MouseButtonPrimary)
	if got := d.said(); got != "" {
		t.Errorf("a line: %s", got)
	}
	d.pause()
	d.click(d.on(300, 250))
	if got := d.said(); got != `select "small"` {
		t.Errorf("a click with the tool: %s", got)
	}
	d.key(fyne.KeyEscape, 0)
	d.key(fyne.KeyEscape, 0)
	if got := d.said(); got != `select ""; tool 0` || d.v.Tool() != ImagePan {
		t.Errorf("Escape twice: %s", got)
	}
}

func TestImageRectangleByKeys(t *testing.T) {
	d := newImageDesk(t, 800, 600, 1)
	typeKeys(d.v, "1")
	d.v.SetTool(ImageRectangle)
	d.key(fyne.KeyEnter, 0)
	if !d.v.Drawing() {
		t.Fatal("Enter begins nothing")
	}
	// The middle of the page lies in the middle of the view: 100 by 75 around 500,800.
	d.key(fyne.KeyRight, 0)                      // the lower right corner
	d.key(fyne.KeyDown, fyne.KeyModifierShift)   // by ten
	d.key(fyne.KeyTab, 0)                        // the lower left
	d.key(fyne.KeyLeft, fyne.KeyModifierControl) // by fifty
	d.key(fyne.KeyTab, fyne.KeyModifierShift)    // back to the lower right
	d.key(fyne.KeyRight, 0)
	d.key(fyne.KeyReturn, 0)
	if got, want := d.said(), "add 0 [{350 725} {602 885}]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	d.key(fyne.KeyReturn, 0)
	d.key(fyne.KeyRight, 0)
	d.key(fyne.KeyEscape, 0)
	if got := d.said(); got != "" || d.v.Drawing() {
		t.Errorf("given up: %s, drawing %v", got, d.v.Drawing())
	}
	if d.v.Tool() != ImageRectangle {
		t.Error("the first Escape leaves the tool")
	}
}

func TestImageCornersMovedByKeys(t *testing.T) {
	d := newShapesDesk(t)
	typeKeys(d.v, "1")
	d.v.Select("small")
	d.key(fyne.KeyReturn, 0)
	d.key(fyne.KeyRight, fyne.KeyModifierShift)
	d.key(fyne.KeyTab, 0)
	d.key(fyne.KeyTab, 0) // the upper left
	d.key(fyne.KeyUp, 0)
	d.key(fyne.KeyReturn, 0)
	if got, want := d.said(), "change small [{200 199} {410 300}]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	d.v.Select("poly")
	d.key(fyne.KeyReturn, 0)
	d.key(fyne.KeyLeft, fyne.KeyModifierShift)
	d.key(fyne.KeyInsert, 0) // between it and the next, and held
	d.key(fyne.KeyUp, fyne.KeyModifierShift)
	d.key(fyne.KeyTab, 0)
	d.key(fyne.KeyTab, 0)
	d.key(fyne.KeyDelete, 0)
	d.key(fyne.KeyReturn, 0)
	if got, want := d.said(), "change poly [{490 1000} {645 990} {800 1000} {500 1300}]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestImagePolygon(t *testing.T) {
	d := newImageDesk(t, 800, 600, 1)
	d.v.SetTool(ImagePolygon)
	corner := func(x, y float64) { d.pause(); d.click(d.on(x, y)) }
	corner(100, 100)
	corner(500, 100)
	d.key(fyne.KeyReturn, 0)
	if d.said() != "" || !d.v.Drawing() {
		t.Error("two corners make a polygon")
	}
	corner(700, 700)
	corner(500, 500)
	d.key(fyne.KeyBackspace, 0)
	d.key(fyne.KeyReturn, 0)
	if got, want := d.said(), "add 0 [{100 100} {500 100} {700 700}]"; got != want {
		t.Errorf("Enter: %s, want %s", got, want)
	}
	corner(100, 100)
	corner(500, 100)
	corner(500, 500)
	corner(100, 500)
	d.click(d.on(100, 500)) // double click
	if got, want := d.said(), "add 0 [{100 100} {500 100} {500 500} {100 500}]"; got != want {
		t.Errorf("double click: %s, want %s", got, want)
	}
	corner(100, 100)
	corner(500, 100)
	corner(500, 500)
	corner(103, 103) // on the first
	if got, want := d.said(), "add 0 [{100 100} {500 100} {500 500}]"; got != want {
		t.Errorf("a click on the first corner: %s, want %s", got, want)
	}
	corner(100, 100)
	d.key(fyne.KeyBackspace, 0)
	if d.v.Drawing() {
		t.Error("the last corner was taken back and it goes on")
	}
	corner(100, 100)
	corner(500, 100)
	d.key(fyne.KeyEscape, 0)
	if d.said() != "" || d.v.Drawing() || d.v.Tool() != ImagePolygon {
		t.Error("Escape does not give up, or leaves the tool")
	}
}

func TestImagePolygonByKeys(t *testing.T) {
	d := newImageDesk(t, 800, 600, 1)
	typeKeys(d.v, "1")
	d.v.SetTool(ImagePolygon)
	d.key(fyne.KeyReturn, 0)
	for _, k := range []fyne.KeyName{fyne.KeySpace, fyne.KeyRight, fyne.KeySpace, fyne.KeyDown, fyne.KeySpace} {
		mod := fyne.KeyModifierControl
		if k == fyne.KeySpace {
			mod = 0
		}
		d.key(k, mod)
	}
	d.key(fyne.KeyLeft, fyne.KeyModifierShift)
	d.key(fyne.KeyUp, 0)
	d.key(fyne.KeySpace, 0)
	d.key(fyne.KeyBackspace, 0)
	d.key(fyne.KeyReturn, 0)
	if got, want := d.said(), "add 0 [{500 800} {550 800} {550 850}]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
