package widgets

import (
	"context"
	"errors"
	"image"
	"image/color"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"fonds/widgets/look"
	"fonds/widgets/pyramid"
)

func TestImageViewPagesByKeys(t *testing.T) {
	d := newImageDesk(t, 800, 600, 5)
	for _, tc := range []struct {
		do   func()
		want string
	}{
		{func() { d.key(fyne.KeyPageDown, fyne.KeyModifierControl) }, "page 1"},
		{func() { d.key(fyne.KeyPageUp, fyne.KeyModifierControl) }, "page 0"},
		{func() { d.key(fyne.KeyPageUp, fyne.KeyModifierControl) }, ""},
		{func() { typeKeys(d.v, "]") }, "page 1"},
		{func() { typeKeys(d.v, "[") }, "page 0"},
		{func() { d.key(fyne.KeyEnd, 0) }, "page 4"},
		{func() { typeKeys(d.v, "]") }, ""},
		{func() { d.key(fyne.KeyHome, 0) }, "page 0"},
		{func() { d.key(fyne.KeyPageDown, 0) }, "page 1"}, // all of it was in sight
		{func() { d.key(fyne.KeyPageUp, 0) }, "page 0"},
	} {
		tc.do()
		d.drain()
		if got := d.said(); got != tc.want {
			t.Errorf("said %q, want %q", got, tc.want)
		}
	}
	if d.last.Page != 0 || d.last.Pages != 5 || d.last.Name != "p0" || d.last.Size != image.Pt(1000, 1600) {
		t.Errorf("status %+v", d.last)
	}
	// At its width the page is longer than the view: Page Down goes through it first.
	typeKeys(d.v, "w")
	if top := d.v.t.ToView(PointF{}); top.Y != imageMargin {
		t.Errorf("at its width the page begins at %v", top.Y)
	}
	steps := 0
	for ; d.v.Page() == 0 && steps < 10; steps++ {
		d.key(fyne.KeyPageDown, 0)
	}
	if steps != 3 { // twice through 1,242 pixels, and on
		t.Errorf("the page was turned after %d times Page Down", steps)
	}
	d.key(fyne.KeyPageUp, 0)
	if foot := d.v.t.ToView(PointF{Y: 1600}); d.v.Page() != 0 || foot.Y != 600-imageMargin {
		t.Errorf("back on page %d its foot is at %v", d.v.Page(), foot.Y)
	}
	if d.drain(); !slices.Equal(d.opened[len(d.opened)-1:], []int{0}) || d.closed != len(d.opened)-1 {
		t.Errorf("opened %v, closed %d", d.opened, d.closed)
	}
	d.v.SetPage(3)
	if got := d.said(); d.v.Page() != 3 || strings.Contains(got, "page 3") {
		t.Errorf("SetPage went to %d and told %q", d.v.Page(), got)
	}
}

func TestImageViewZoomsByKeys(t *testing.T) {
	d := newImageDesk(t, 800, 600, 2)
	fit := d.v.t.Zoom
	if want := (600 - 2.0*imageMargin) / 1600; fit != want {
		t.Fatalf("fitted at %v, want %v", fit, want)
	}
	typeKeys(d.v, "+")
	if d.v.t.Zoom != fit*1.25 {
		t.Errorf("+ made %v of %v", d.v.t.Zoom, fit)
	}
	typeKeys(d.v, "--")
	if got := d.v.t.Zoom; got > fit || got < fit*0.7 {
		t.Errorf("- made %v of %v", got, fit*1.25)
	}
	typeKeys(d.v, "1")
	if d.last.Zoom != 1 {
		t.Errorf("1 shows it at %v", d.last.Zoom)
	}
	before := d.v.t.At
	for key, want := range map[fyne.KeyName]PointF{fyne.KeyLeft: {X: -60}, fyne.KeyDown: {Y: 60}} {
		was := d.v.t.At
		d.key(key, 0)
		if got := (PointF{X: d.v.t.At.X - was.X, Y: d.v.t.At.Y - was.Y}); got != want {
			t.Errorf("%s moved by %v, want %v", key, got, want)
		}
	}
	d.key(fyne.KeyRight, fyne.KeyModifierControl)
	d.key(fyne.KeyUp, 0)
	if d.v.t.At != before {
		t.Errorf("there and back is %v, not %v", d.v.t.At, before)
	}
	typeKeys(d.v, "0")
	if d.v.t.Zoom != fit {
		t.Errorf("0 shows it at %v, want %v", d.v.t.Zoom, fit)
	}
	// What is fitted stays so when the view or the page is another.
	d.win.Resize(fyne.NewSize(800, 1000))
	if want := (800 - 2.0*imageMargin) / 1000; d.v.t.Zoom != min(want, (1000-2.0*imageMargin)/1600) {
		t.Errorf("in a higher view it is at %v", d.v.t.Zoom)
	}
	typeKeys(d.v, "1]")
	d.drain()
	if d.last.Zoom != 1 || d.last.Page != 1 {
		t.Errorf("on the next page: %+v", d.last)
	}
}

func TestImageViewTurnsAndTones(t *testing.T) {
	d := newImageDesk(t, 800, 600, 1)
	typeKeys(d.v, "r")
	if d.last.Rotation != 90 || d.v.t.Zoom != min((800-2.0*imageMargin)/1600, (600-2.0*imageMargin)/1000) {
		t.Errorf("after r: %d degrees at %v", d.last.Rotation, d.v.t.Zoom)
	}
	typeKeys(d.v, "RR")
	if d.last.Rotation != 270 {
		t.Errorf("after R R: %d degrees", d.last.Rotation)
	}
	typeKeys(d.v, "bbBcccCi")
	if want := (pyramid.Tone{Brightness: 10, Contrast: 20, Invert: true}); d.last.Tone != want {
		t.Errorf("tone %+v, want %+v", d.last.Tone, want)
	}
	for range 20 {
		typeKeys(d.v, "b")
	}
	if d.last.Tone.Brightness != 100 {
		t.Errorf("brightness goes to %d", d.last.Tone.Brightness)
	}
	typeKeys(d.v, "x")
	if d.last.Tone != (pyramid.Tone{}) {
		t.Errorf("x left %+v", d.last.Tone)
	}
	mid := func() color.RGBA {
		return d.v.generate(800, 600).(*image.RGBA).RGBAAt(400, 300)
	}
	d.drain()
	if got := mid(); got != (color.RGBA{0, 100, 200, 255}) {
		t.Errorf("the page is shown as %v", got)
	}
	typeKeys(d.v, "i")
	if got := mid(); got != (color.RGBA{255, 155, 55, 255}) {
		t.Errorf("inverted it is shown as %v", got)
	}
}

func TestImageViewWheelAndDrag(t *testing.T) {
	d := newImageDesk(t, 800, 600, 3)
	at := fyne.NewPos(300, 200)
	d.scroll(0, 25, at, fyne.KeyModifierControl)
	d.scroll(0, 25, at, fyne.KeyModifierControl)
	if d.v.t.Zoom != d.v.t.FitPage(imageMargin).Zoom*1.25*1.25 {
		t.Errorf("Control and the wheel: %v", d.v.t.Zoom)
	}
	typeKeys(d.v, "1")
	under := d.v.t.ToPage(viewPoint(at))
	d.scroll(0, 25, at, fyne.KeyModifierControl)
	if now := d.v.t.ToView(under); abs(float32(now.X)-at.X) > 1e-3 || abs(float32(now.Y)-at.Y) > 1e-3 {
		t.Errorf("what lay under the pointer lies at %v", now)
	}
	was := d.v.t.At
	d.drag(fyne.NewPos(400, 300), fyne.NewPos(350, 340), desktop.MouseButtonPrimary)
	if got := d.v.t.Moved(50, -40).At; abs(float32(got.X-was.X)) > 1e-3 || abs(float32(got.Y-was.Y)) > 1e-3 {
		t.Errorf("dragging moved to %v from %v", d.v.t.At, was)
	}
	// The wheel goes down the page, and turns only beyond its end.
	typeKeys(d.v, "w")
	d.said()
	for n := 0; n < 100 && d.v.t.ToView(PointF{Y: 1600}).Y > 600-imageMargin+0.5; n++ {
		d.scroll(0, -25, at, 0)
	}
	d.scroll(0, -25, at, 0)
	d.scroll(0, -25, at, 0)
	if got := d.said(); got != "" {
		t.Errorf("the swing at the end of the page: %q", got)
	}
	d.pause()
	d.scroll(0, -25, at, 0)
	if got := d.said(); got != "page 1" || d.v.t.ToView(PointF{}).Y != imageMargin {
		t.Errorf("after a pause: %q, top at %v", got, d.v.t.ToView(PointF{}).Y)
	}
	d.scroll(0, 25, at, 0)
	d.scroll(0, 25, at, 0)
	if got := d.said(); got != "" {
		t.Errorf("turning back at once: %q", got)
	}
	d.scroll(0, 25, at, 0) // it is meant
	if got := d.said(); got != "page 0" || d.v.t.ToView(PointF{Y: 1600}).Y != 600-imageMargin {
		t.Errorf("going on: %q, foot at %v", got, d.v.t.ToView(PointF{Y: 1600}).Y)
	}
	// The middle button, and the space bar with the primary one, move the page with a tool too.
	d.v.SetTool(ImageRectangle)
	for _, how := range []string{"middle", "space"} {
		typeKeys(d.v, "1")
		was, b := d.v.t.At, desktop.MouseButtonTertiary
		if how == "space" {
			b = desktop.MouseButtonPrimary
			d.v.KeyDown(&fyne.KeyEvent{Name: fyne.KeySpace})
		}
		d.drag(fyne.NewPos(400, 300), fyne.NewPos(400, 260), b)
		d.v.KeyUp(&fyne.KeyEvent{Name: fyne.KeySpace})
		if got := d.v.t.At.Y - was.Y; got != 40 || d.said() != "" {
			t.Errorf("%s moved by %v", how, got)
		}
	}
	// The space bar counts while it is held, also when its release went elsewhere.
	d.v.KeyDown(&fyne.KeyEvent{Name: fyne.KeySpace})
	d.win.Canvas().Unfocus()
	d.drag(fyne.NewPos(400, 300), fyne.NewPos(440, 340), desktop.MouseButtonPrimary)
	if got := d.said(); !strings.HasPrefix(got, "add 0") {
		t.Errorf("after the space bar: %q", got)
	}
}

func TestImageViewDoubleClickZooms(t *testing.T) {
	d := newImageDesk(t, 800, 600, 1)
	typeKeys(d.v, "1")
	at := fyne.NewPos(500, 200)
	under := d.v.t.ToPage(viewPoint(at))
	d.pause()
	d.click(at)
	d.click(at)
	if now := d.v.t.ToView(under); d.last.Zoom != 2 || abs(float32(now.X)-at.X) > 1e-3 {
		t.Errorf("zoom %v, what was clicked lies at %v", d.last.Zoom, now)
	}
}

func TestImageViewSaysWhereThePointerIs(t *testing.T) {
	d := newImageDesk(t, 800, 600, 1)
	for turn := range 4 {
		d.v.MouseMoved(d.mouse(d.on(250.5, 700.5), 0))
		if !d.last.Over || d.last.At != image.Pt(250, 700) {
			t.Errorf("turn %d: at %v, over %v", turn, d.last.At, d.last.Over)
		}
		typeKeys(d.v, "r")
	}
	d.v.MouseMoved(d.mouse(fyne.NewPos(2, 2), 0))
	if d.last.Over {
		t.Error("beside the page it is on it")
	}
	d.v.MouseOut()
	if d.last.Over {
		t.Error("outside it is on the page")
	}
}

func TestImageViewPageThatCannotBeShown(t *testing.T) {
	d := newImageDesk(t, 800, 600, 0)
	said := ""
	d.v.Words.Failed = func(page ImagePage, err error) string { said = page.Name + ": " + err.Error(); return said }
	pages := d.pages(4)
	pages[1].Open = func(context.Context) (pyramid.Source, error) { return nil, errors.New("cut off") }
	pages[2].Open = func(context.Context) (pyramid.Source, error) {
		return &flatSource{w: 10, h: 10, closed: &d.closed, fail: errors.New("no Huffman table")}, nil
	}
	d.v.SetPages(pages)
	d.drain()
	for _, want := range []string{"p1: cut off", "p2: no Huffman table"} {
		typeKeys(d.v, "]")
		d.drain()
		if said != want {
			t.Errorf("said %q, want %q", said, want)
		}
		if _, _, busy := d.v.progress(); busy {
			t.Error("busy with a page that cannot be shown")
		}
	}
	said = ""
	typeKeys(d.v, "]")
	d.drain()
	if got := d.v.generate(800, 600).(*image.RGBA).RGBAAt(400, 300); said != "" || got != (color.RGBA{60, 100, 200, 255}) {
		t.Errorf("the next page: %q, %v", said, got)
	}
}

func TestImageViewBusyAfterHalfASecond(t *testing.T) {
	d := newImageDesk(t, 800, 600, 2)
	typeKeys(d.v, "]")
	accent := look.Current().Accent
	bar := func() bool {
		c := d.v.generate(800, 600).(*image.RGBA).RGBAAt(4, 2)
		return c == color.RGBA{accent.R, accent.G, accent.B, 255}
	}
	d.win.Canvas().Unfocus()
	d.clock.Advance(499 * time.Millisecond)
	if bar() {
		t.Error("the bar shows before half a second")
	}
	d.clock.Advance(time.Millisecond)
	if !bar() {
		t.Error("the bar does not show after half a second")
	}
	d.drain()
	if bar() {
		t.Error("the bar stays when all is there")
	}
}

// What is opened for a page that was left meanwhile is closed and not shown.
func TestImageViewDropsAPageThatWasLeft(t *testing.T) {
	d := newImageDesk(t, 800, 600, 3)
	opened, closed := len(d.opened), d.closed
	typeKeys(d.v, "]]")
	d.drain()
	if d.v.Page() != 2 || len(d.opened) != opened+2 || d.closed != closed+2 {
		t.Errorf("page %d, opened %v, closed %d", d.v.Page(), d.opened, d.closed)
	}
	if got := d.v.generate(800, 600).(*image.RGBA).RGBAAt(400, 300); got.R != 40 {
		t.Errorf("shows %v", got)
	}
	d.v.Close()
	d.drain()
	if d.closed != len(d.opened) {
		t.Errorf("opened %d, closed %d", len(d.opened), d.closed)
	}
}

func TestImageViewHooksComeFirst(t *testing.T) {
	d := newImageDesk(t, 800, 600, 2)
	d.v.OnRune = func(r rune) bool { d.note("rune %c", r); return r == '1' }
	d.v.OnKey = func(e *fyne.KeyEvent) bool { return e.Name == fyne.KeyEnd }
	d.v.OnShortcut = func(fyne.Shortcut) bool { d.note("shortcut"); return true }
	zoom := d.v.t.Zoom
	typeKeys(d.v, "1")
	d.key(fyne.KeyEnd, 0)
	d.key(fyne.KeyS, fyne.KeyModifierControl)
	if got := d.said(); got != "rune 1; shortcut" || d.v.t.Zoom != zoom || d.v.Page() != 0 {
		t.Errorf("said %q, zoom %v, page %d", got, d.v.t.Zoom, d.v.Page())
	}
	pinyin(d.v, "ni", "你")
	d.said()
	if d.v.t.Turn != 0 || d.v.tone != (pyramid.Tone{}) {
		t.Error("composed letters acted")
	}
}

func TestImageViewIsOneStopOfTab(t *testing.T) {
	d := newImageDesk(t, 800, 600, 1)
	if d.v.AcceptsTab() {
		t.Error("Tab stays in the view")
	}
	d.v.SetTool(ImageRectangle)
	d.key(fyne.KeyReturn, 0)
	if !d.v.AcceptsTab() {
		t.Error("Tab leaves while corners are moved")
	}
	d.key(fyne.KeyEscape, 0)
}

// A page whose size is not known before it is opened, or said wrongly, is placed by
// what its source says.
func TestImageViewLearnsTheSizeOfAPage(t *testing.T) {
	for _, said := range []image.Point{{}, {X: 50, Y: 7000}} {
		d := newImageDesk(t, 800, 600, 0)
		pages := d.pages(2)
		for i := range pages {
			pages[i].Width, pages[i].Height = said.X, said.Y
		}
		d.v.SetPages(pages)
		if d.last.Size != said {
			t.Errorf("before it is open its size is %v", d.last.Size)
		}
		typeKeys(d.v, "+r") // nothing to zoom yet, or little
		d.v.FitPage()
		d.drain()
		if want := (800 - 2.0*imageMargin) / 1600; d.last.Size != image.Pt(1000, 1600) || d.v.t.Zoom != min(want, (600-2.0*imageMargin)/1000) {
			t.Errorf("said %v: size %v, zoom %v", said, d.last.Size, d.v.t.Zoom)
		}
	}
}
