package widgets

import (
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// TestImageNear: a shape is shown large in the middle of the view, as far as the page goes, and stays there when the view is
// of another size.
func TestImageNear(t *testing.T) {
	d := newShapesDesk(t)
	middle := func(x, y float64) {
		t.Helper()
		at, size := d.v.t.ToView(at2(x, y)), d.v.Size()
		if math.Abs(at.X-float64(size.Width)/2) > 1 || math.Abs(at.Y-float64(size.Height)/2) > 1 {
			t.Errorf("%v,%v is shown at %v of %v", x, y, at, size)
		}
	}
	d.v.Near("small") // 200 by 100 of a view of 800 by 600
	if z := d.v.t.Zoom; math.Abs(z-800.0/3/200) > 1e-9 {
		t.Errorf("small is zoomed %v", z)
	}
	middle(300, 200+50)
	d.v.Resize(fyne.NewSize(400, 600))
	if z := d.v.t.Zoom; math.Abs(z-400.0/3/200) > 1e-9 {
		t.Errorf("in a narrow view it is zoomed %v", z)
	}
	if at := d.v.t.ToView(at2(300, 250)); math.Abs(at.X-200) > 1 || at.Y > 200 { // there is no page above it
		t.Errorf("in a narrow view it is shown at %v", at)
	}
	d.v.Resize(fyne.NewSize(800, 600))
	d.v.Near("other") // all of another page
	if whole := d.v.t.FitPage(imageMargin); d.v.Page() != 1 || d.v.t.Zoom != whole.Zoom {
		t.Errorf("page %d is zoomed %v, not %v", d.v.Page()+1, d.v.t.Zoom, whole.Zoom)
	}
	d.v.Near("nothing")
	d.v.Near("poly")
	d.v.ZoomBy(2)
	z := d.v.t.Zoom
	d.v.Resize(fyne.NewSize(700, 600))
	if d.v.Page() != 0 || d.v.t.Zoom != z {
		t.Errorf("page %d, and the zoom that was chosen has become %v of %v", d.v.Page()+1, d.v.t.Zoom, z)
	}
}

// TestImageFixedShapes: what is fixed is selected and not changed, by mouse and by keys.
func TestImageFixedShapes(t *testing.T) {
	d := newShapesDesk(t)
	all := shapesHere()
	all[1].Fixed = true
	d.v.SetShapes(all)
	d.pause()
	d.click(d.on(300, 250))
	if got := d.said(); got != `select "small"` {
		t.Fatalf("a click: %s", got)
	}
	d.drag(d.on(200, 200), d.on(150, 150), desktop.MouseButtonPrimary) // its corner
	d.drag(d.on(300, 250), d.on(350, 300), desktop.MouseButtonPrimary)
	d.key(fyne.KeyRight, 0)
	d.key(fyne.KeyReturn, 0)
	d.v.Flush()
	if got := d.said(); got != "" || d.v.Drawing() {
		t.Errorf("it was changed: %s", got)
	}
}
