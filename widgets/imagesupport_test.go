package widgets

import (
	"context"
	"fmt"
	"image"
	"image/color"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"fonds/widgets/look"
	"fonds/widgets/pyramid"
)

// flatSource is a page of one colour for each page, so that a test sees which.
type flatSource struct {
	w, h   int
	c      color.RGBA
	closed *int
	fail   error
}

func (s *flatSource) Size() (w, h int) { return s.w, s.h }
func (s *flatSource) Finest() int      { return 1 }
func (s *flatSource) Close() error     { *s.closed++; return nil }

func (s *flatSource) Small(_ context.Context, side int) (*image.RGBA, error) {
	if s.fail != nil {
		return nil, s.fail
	}
	k := max(1, (max(s.w, s.h)+side-1)/side)
	return s.Region(context.Background(), image.Rect(0, 0, s.w, s.h), k)
}

func (s *flatSource) Region(_ context.Context, r image.Rectangle, k int) (*image.RGBA, error) {
	out := image.NewRGBA(image.Rect(0, 0, (r.Dx()+k-1)/k, (r.Dy()+k-1)/k))
	for i := 0; i < len(out.Pix); i += 4 {
		out.Pix[i], out.Pix[i+1], out.Pix[i+2], out.Pix[i+3] = s.c.R, s.c.G, s.c.B, 0xFF
	}
	return out, nil
}

// imageDesk is a view under the test's hand: work waits in a queue, modifier keys
// are what the test says, time stands still.
type imageDesk struct {
	v      *ImageView
	win    fyne.Window
	clock  fakeTimer
	work   []func()
	opened []int
	closed int
	held   fyne.KeyModifier
	log    []string
	last   ImageStatus
}

func (d *imageDesk) note(format string, args ...any) {
	d.log = append(d.log, fmt.Sprintf(format, args...))
}

// said gives what was told since, and forgets it.
func (d *imageDesk) said() string {
	out := strings.Join(d.log, "; ")
	d.log = nil
	return out
}

// drain does all work that waits, painting in between.
func (d *imageDesk) drain() {
	d.v.generate(int(d.v.Size().Width), int(d.v.Size().Height))
	for len(d.work) > 0 {
		f := d.work[0]
		d.work = d.work[1:]
		f()
		d.v.generate(int(d.v.Size().Width), int(d.v.Size().Height))
	}
}

func (d *imageDesk) pages(n int) []ImagePage {
	out := make([]ImagePage, n)
	for i := range out {
		out[i] = ImagePage{Name: fmt.Sprint("p", i), Width: 1000, Height: 1600, Open: func(context.Context) (pyramid.Source, error) {
			d.opened = append(d.opened, i)
			return &flatSource{w: 1000, h: 1600, c: color.RGBA{uint8(i * 20), 100, 200, 255}, closed: &d.closed}, nil
		}}
	}
	return out
}

func newImageDesk(t *testing.T, w, h float32, n int) *imageDesk {
	t.Helper()
	setLook(look.Light)
	d := &imageDesk{}
	v := NewImageView(testFace(t))
	d.v = v
	v.Go = func(f func()) { d.work = append(d.work, f) }
	v.Do, v.After = d.clock.Do, d.clock.After
	v.Now = func() time.Time { return time.Unix(1000, 0).Add(d.clock.now) }
	v.guard.c = &composition{modifiers: func() fyne.KeyModifier { return d.held }, after: d.clock.After, do: d.clock.Do,
		now: v.Now, told: func(bool) {}}
	v.OnPage = func(n int) { d.note("page %d", n) }
	v.OnStatus = func(s ImageStatus) { d.last = s }
	v.OnShapeAdd = func(page int, points []PointF) { d.note("add %d %v", page, points) }
	v.OnShapeChange = func(id string, points []PointF) { d.note("change %s %v", id, points) }
	v.OnShapeSelect = func(id string) { d.note("select %q", id) }
	v.OnShapeRemove = func(id string) { d.note("remove %s", id) }
	v.OnShapeOpen = func(id string) { d.note("open %s", id) }
	v.OnTool = func(tool ImageTool) { d.note("tool %d", tool) }
	v.OnMenu = func(at fyne.Position, shape string) { d.note("menu %q", shape) }
	d.win = window(t, v, w, h)
	t.Cleanup(func() { v.Close() })
	v.SetPages(d.pages(n))
	d.drain()
	d.win.Canvas().Focus(v)
	return d
}

// key presses a key with what is held, as the window does.
func (d *imageDesk) key(name fyne.KeyName, mod fyne.KeyModifier) {
	d.held = mod
	k := &fyne.KeyEvent{Name: name}
	d.v.KeyDown(k)
	if mod&^fyne.KeyModifierShift != 0 {
		d.v.TypedShortcut(&desktop.CustomShortcut{KeyName: name, Modifier: mod})
	} else {
		d.v.TypedKey(k)
		if name == fyne.KeySpace {
			d.v.TypedRune(' ')
		}
	}
	d.v.KeyUp(k)
	d.held = 0
}

// on is the place of the view over a place of the page.
func (d *imageDesk) on(x, y float64) fyne.Position {
	p := d.v.t.ToView(PointF{X: x, Y: y})
	return fyne.NewPos(float32(p.X), float32(p.Y))
}

func (d *imageDesk) mouse(at fyne.Position, b desktop.MouseButton) *desktop.MouseEvent {
	e := &desktop.MouseEvent{Button: b}
	e.Position, e.AbsolutePosition = at, at
	return e
}

func (d *imageDesk) click(at fyne.Position) {
	d.v.MouseMoved(d.mouse(at, 0))
	d.v.MouseDown(d.mouse(at, desktop.MouseButtonPrimary))
	d.v.MouseUp(d.mouse(at, desktop.MouseButtonPrimary))
}

// pause lets the time of a double click pass.
func (d *imageDesk) pause() { d.clock.Advance(500 * time.Millisecond) }

func (d *imageDesk) drag(from, to fyne.Position, b desktop.MouseButton) {
	d.pause()
	d.v.MouseMoved(d.mouse(from, 0))
	d.v.MouseDown(d.mouse(from, b))
	last := from
	for n := range 4 {
		at := fyne.NewPos(from.X+(to.X-from.X)*float32(n+1)/4, from.Y+(to.Y-from.Y)*float32(n+1)/4)
		e := &fyne.DragEvent{Dragged: fyne.NewDelta(at.X-last.X, at.Y-last.Y)}
		e.Position = at
		d.v.Dragged(e)
		last = at
	}
	d.v.MouseUp(d.mouse(to, b))
	d.v.DragEnd()
}

func (d *imageDesk) scroll(dx, dy float32, at fyne.Position, mod fyne.KeyModifier) {
	d.held = mod
	e := &fyne.ScrollEvent{Scrolled: fyne.NewDelta(dx, dy)}
	e.Position = at
	d.v.Scrolled(e)
	d.held = 0
}
