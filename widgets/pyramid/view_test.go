package pyramid

import (
	"context"
	"errors"
	"image"
	"image/color"
	"testing"

	"golang.org/x/image/draw"
)

// check compares what a view shows with what the page has at those places.
func check(t *testing.T, dst *image.RGBA, at Transform, src *madeSource, slack int, what string) {
	t.Helper()
	at = at.sharp()
	off := func(a, b uint8) int { return max(int(a)-int(b), int(b)-int(a)) }
	bad := 0
	for y := range dst.Rect.Dy() {
		for x := range dst.Rect.Dx() {
			p := at.ToPage(Point{float64(x) + 0.5, float64(y) + 0.5})
			got := dst.RGBAAt(x, y)
			if min(max(p.X, -p.X), max(p.Y, -p.Y), max(p.X-float64(src.w), float64(src.w)-p.X), max(p.Y-float64(src.h), float64(src.h)-p.Y)) < 1e-6 {
				continue // its middle lies on the very edge
			}
			if p.X < 0 || p.Y < 0 || p.X >= float64(src.w) || p.Y >= float64(src.h) {
				if got != (color.RGBA{}) {
					t.Fatalf("%s: %d,%d beside the page was painted %v", what, x, y, got)
				}
				continue
			}
			want := src.at(int(p.X), int(p.Y))
			if off(got.R, want.R) > slack || off(got.G, want.G) > slack || off(got.B, want.B) > slack || got.A != 0xFF {
				if bad++; bad < 4 {
					t.Errorf("%s: at %d,%d of the view (%.1f, %.1f of the page) got %v, want %v", what, x, y, p.X, p.Y, got, want)
				}
			}
		}
	}
	if bad > 0 {
		t.Fatalf("%s: %d pixels are wrong", what, bad)
	}
}

func TestViewShowsThePageFromEverySide(t *testing.T) {
	src := &madeSource{w: 3001, h: 2003, at: smooth}
	p, q := newMade(t, src)
	for turn := range 4 {
		for _, zoom := range []float64{0.05, 0.13, 0.26, 0.5, 0.77, 1, 2.3, 9} {
			at := transformOf(p, 311, 203).Rotated(turn)
			at.Zoom, at.At = zoom, Point{1490, 1013}
			dst := newView(311, 203)
			p.View(dst, at)
			q.drain()
			if !p.View(dst, at) {
				t.Fatalf("turn %d zoom %v: not complete after all was fetched", turn, zoom)
			}
			check(t, dst, at, src, 2, "the middle")
			for _, corner := range []Point{{}, {3001, 0}, {0, 2003}, {3001, 2003}} {
				at.At = corner
				dst = newView(311, 203)
				p.View(dst, at)
				q.drain()
				p.View(dst, at)
				check(t, dst, at, src, 2, "a corner")
			}
		}
	}
}

func TestViewShowsSomethingAtOnce(t *testing.T) {
	src := &madeSource{w: 6000, h: 4000, at: func(x, y int) color.RGBA { return smooth(x/2, y/2) }}
	p, q := newMade(t, src)
	at := transformOf(p, 300, 200).FitPage(0)
	dst := newView(300, 200)
	p.SetGround(color.RGBA{1, 2, 3, 255})
	if p.View(dst, at) || dst.RGBAAt(5, 5) != (color.RGBA{1, 2, 3, 255}) {
		t.Errorf("before anything has come: %v", dst.RGBAAt(5, 5))
	}
	q.drain()
	if !p.View(dst, at) {
		t.Error("the first picture is enough here, and View says it is not")
	}
	check(t, dst, at, src, 5, "the first picture")

	near := at.ZoomAt(Point{150, 100}, 1)
	if p.View(dst, near) {
		t.Error("one to one is not there yet, and View says it is")
	}
	check(t, dst, near, src, 5, "one to one from the first picture")
	if st := p.State(); st.Missing == 0 || st.Missing != st.Total || !st.First {
		t.Errorf("missing %d of %d", st.Missing, st.Total)
	}
	q.drain()
	if !p.View(dst, near) || p.State().Missing != 0 {
		t.Error("one to one has not come")
	}
	// Out again by half: the finer level, which is there, in the place of what is not.
	asked := len(src.asked)
	out := near.ZoomAt(Point{150, 100}, 0.4)
	p.View(dst, out)
	check(t, dst, out, src, 5, "on the way out")
	q.drain()
	if len(src.asked) == asked {
		t.Error("the coarser level was not asked for")
	}
}

func TestViewAsksForNothingTwice(t *testing.T) {
	src := &madeSource{w: 6000, h: 4000, at: smooth}
	p, q := newMade(t, src)
	dst := newView(800, 600)
	at := transformOf(p, 800, 600)
	at.At = Point{3000, 2000}
	p.View(dst, at)
	q.drain()
	p.View(dst, at)
	n := len(src.asked)
	for range 5 {
		p.View(dst, at)
		q.drain()
	}
	if len(src.asked) != n {
		t.Errorf("asked again: %v", src.asked[n:])
	}
	if p.State().Busy {
		t.Error("busy though nothing is missing")
	}
}

func TestViewKeepsWithinItsMemory(t *testing.T) {
	src := &madeSource{w: 12000, h: 9000, at: func(x, y int) color.RGBA { return color.RGBA{1, 2, 3, 255} }, held: 250 << 20}
	p, q := newMade(t, src)
	dst := newView(1200, 800)
	at := transformOf(p, 1200, 800)
	for y := 400; y < 3600; y += 1600 {
		for x := 600; x < 12000; x += 1900 {
			at.At = Point{float64(x), float64(y)}
			p.View(dst, at)
			q.drain()
			if got := p.State().Bytes; got > leastTiles {
				t.Fatalf("%d MB are kept, more than the %d MB that the source leaves", got>>20, leastTiles>>20)
			}
			if !p.View(dst, at) {
				t.Fatalf("at %d,%d not all that is in sight is kept", x, y)
			}
		}
	}
	// A view so large that its tiles would not fit is shown from a coarser level.
	dst = newView(5000, 4000)
	at = transformOf(p, 5000, 4000)
	at.Zoom, at.At = 0.51, Point{6000, 4500}
	p.View(dst, at)
	q.drain()
	if !p.View(dst, at) || p.State().Bytes > leastTiles {
		t.Errorf("a large view: %d MB kept, %d tiles missing", p.State().Bytes>>20, p.State().Missing)
	}
}

func TestViewDropsWhatComesTooLate(t *testing.T) {
	src := &madeSource{w: 6000, h: 4000, at: smooth}
	told := 0
	q := &queue{}
	p := New(src, 0, q.run, func() { told++ })
	dst := newView(300, 200)
	at := transformOf(p, 300, 200)
	at.At = Point{300, 300}
	p.View(dst, at)
	q.drain()
	if told != 2 {
		t.Errorf("told %d times of a first picture and one block", told)
	}
	// While a block is fetched the view goes elsewhere.
	at.At = Point{5000, 3000}
	p.View(dst, at)
	away := at
	away.At = Point{300, 3000}
	var cancelled bool
	src.before = func(ctx context.Context) {
		src.before = nil
		p.View(dst, away)
		cancelled = ctx.Err() != nil
	}
	q.drain()
	if !cancelled {
		t.Error("what nobody looks at any more was not cancelled")
	}
	if p.View(dst, away); p.State().Missing != 0 {
		t.Error("what is looked at has not come")
	}
	if p.View(dst, at); p.State().Missing == 0 {
		t.Error("what came too late was taken")
	}
	// Closed while something is fetched: nothing is told, and the source is closed once.
	before := told
	src.before = func(context.Context) { src.before = nil; p.Close() }
	q.drain()
	p.Close()
	q.drain()
	if told != before || src.closed != 1 {
		t.Errorf("after the end told %d times, source closed %d times", told-before, src.closed)
	}
	if p.View(dst, at) {
		t.Error("a closed pyramid is complete")
	}
}

func TestViewGoesOnWhereAPartCannotBeRead(t *testing.T) {
	broken := errors.New("broken")
	src := &madeSource{w: 6000, h: 4000, at: smooth}
	p, q := newMade(t, src)
	src.fail = func(r image.Rectangle, shrink int) error {
		if shrink == 1 && r.Min.X < 1000 {
			return broken
		}
		return nil
	}
	dst := newView(300, 200)
	at := transformOf(p, 300, 200)
	at.At = Point{300, 300}
	p.View(dst, at)
	q.drain()
	if st := p.State(); !errors.Is(st.Err, broken) || !st.First {
		t.Errorf("state %+v", st)
	}
	n := len(src.asked)
	p.View(dst, at)
	q.drain()
	if len(src.asked) != n {
		t.Error("what failed was asked for again")
	}
	check(t, dst, at, src, 5, "in its place")
	at.At = Point{4000, 2000}
	p.View(dst, at)
	q.drain()
	if !p.View(dst, at) || p.State().Err != nil {
		t.Error("the rest does not go on")
	}

	none := &madeSource{w: 600, h: 400, at: smooth, fail: func(image.Rectangle, int) error { return broken }}
	p, q = newMade(t, none)
	p.View(dst, at)
	q.drain()
	p.View(dst, at)
	if st := p.State(); st.First || !errors.Is(st.Err, broken) || st.Busy || len(q.all) > 0 {
		t.Errorf("a page that cannot be read: %+v, %d waiting", st, len(q.all))
	}
}

func TestViewNeverFinerThanTheSource(t *testing.T) {
	src := &madeSource{w: 6000, h: 4000, at: smooth, finest: 4}
	p, q := newMade(t, src)
	src.fail = func(_ image.Rectangle, shrink int) error {
		if shrink != 0 && shrink < 4 {
			t.Errorf("asked for shrink %d", shrink)
		}
		return nil
	}
	dst := newView(300, 200)
	at := transformOf(p, 300, 200)
	at.Zoom, at.At = 2, Point{3000, 2000}
	p.View(dst, at)
	q.drain()
	if !p.View(dst, at) {
		t.Error("not complete")
	}
	check(t, dst, at, src, 2, "magnified")
}

// What View does is what draw.ApproxBiLinear does, with the same pixels.
func TestViewScalesAsApproxBiLinear(t *testing.T) {
	noise := func(x, y int) color.RGBA {
		v := uint32(x*7919+y*104729) * 2654435761 >> 24
		return color.RGBA{uint8(v), uint8(v * 3), uint8(v * 7), 255}
	}
	src := &madeSource{w: 1100, h: 700, at: noise}
	p, q := newMade(t, src)
	for _, zoom := range []float64{0.61, 0.9, 1.7} {
		w, h := int(1100*zoom), int(700*zoom)
		at := transformOf(p, w, h)
		at.Zoom, at.At = zoom, Point{550, 350}
		dst, want := newView(w, h), newView(w, h)
		p.View(dst, at)
		q.drain()
		p.View(dst, at)
		whole := src.make(image.Rect(0, 0, 1100, 700), 1)
		x, y := 550-float64(w)/2/zoom, 350-float64(h)/2/zoom
		draw.ApproxBiLinear.Transform(want, [6]float64{zoom, 0, -x * zoom, 0, zoom, -y * zoom}, whole, whole.Rect, draw.Src, nil)
		for i, v := range dst.Pix {
			px, py := i/4%w, i/4/w
			if px < 2 || py < 2 || px > w-3 || py > h-3 {
				continue
			}
			if d := int(v) - int(want.Pix[i]); d > 3 || d < -3 {
				t.Fatalf("zoom %v: at %d,%d got %d, ApproxBiLinear gives %d", zoom, px, py, v, want.Pix[i])
			}
		}
	}
}

func TestTone(t *testing.T) {
	src := &madeSource{w: 200, h: 200, at: func(x, _ int) color.RGBA { return color.RGBA{uint8(x), uint8(x), uint8(x), 255} }}
	p, q := newMade(t, src)
	dst := newView(200, 200)
	at := transformOf(p, 200, 200)
	at.At = Point{100, 100}
	p.View(dst, at)
	q.drain()
	show := func(tone Tone, x int) uint8 { p.SetTone(tone); p.View(dst, at); return dst.RGBAAt(x, 50).R }
	for _, tc := range []struct {
		tone Tone
		x    int
		want uint8
	}{
		{Tone{}, 60, 60},
		{Tone{Invert: true}, 60, 195},
		{Tone{Brightness: 50}, 60, 124},
		{Tone{Brightness: -100}, 60, 0},
		{Tone{Contrast: 100}, 127, 126},
		{Tone{Contrast: 100}, 60, 0},
		{Tone{Contrast: -100}, 28, 103},
		{Tone{Brightness: 50, Invert: true}, 60, 255},
	} {
		if got := show(tc.tone, tc.x); got != tc.want {
			t.Errorf("%+v makes %d of %d, want %d", tc.tone, got, tc.x, tc.want)
		}
	}
	if dst.RGBAAt(60, 50).A != 255 {
		t.Error("the table reached what is not a colour")
	}
}

func TestOfferStandsInUntilTheFirstPicture(t *testing.T) {
	src := &madeSource{w: 600, h: 400, at: smooth}
	p, q := newMade(t, src)
	thumb := image.NewRGBA(image.Rect(0, 0, 60, 40))
	fill(thumb, thumb.Rect, color.RGBA{9, 9, 9, 255})
	p.Offer(thumb)
	dst := newView(600, 400)
	at := transformOf(p, 600, 400)
	at.At = Point{300, 200}
	if p.View(dst, at) || dst.RGBAAt(300, 200) != (color.RGBA{9, 9, 9, 255}) {
		t.Errorf("the offered picture is not shown: %v", dst.RGBAAt(300, 200))
	}
	q.drain()
	p.View(dst, at)
	check(t, dst, at, src, 2, "after it")
}

// levelSource paints each level in a grey of its own, so that a test sees which is shown.
type levelSource struct{ madeSource }

func (s *levelSource) Region(_ context.Context, r image.Rectangle, shrink int) (*image.RGBA, error) {
	out := image.NewRGBA(image.Rect(0, 0, (r.Dx()+shrink-1)/shrink, (r.Dy()+shrink-1)/shrink))
	fill(out, out.Rect, color.RGBA{uint8(shrink), uint8(shrink), uint8(shrink), 255})
	return out, nil
}

func TestViewTakesTheNearestLevel(t *testing.T) {
	src := &levelSource{madeSource{w: 8000, h: 8000, at: func(int, int) color.RGBA { return color.RGBA{200, 200, 200, 255} }}}
	q := &queue{}
	p := New(src, 0, q.run, nil)
	t.Cleanup(func() { p.Close(); q.drain() })
	dst := newView(600, 600)
	at := transformOf(p, 600, 600)
	at.At = Point{4000, 4000}
	shows := func(zoom float64, fetch bool) uint8 {
		at.Zoom = zoom
		p.View(dst, at)
		if fetch {
			q.drain()
			p.View(dst, at)
		}
		return dst.RGBAAt(300, 300).R
	}
	for _, tc := range []struct {
		zoom  float64
		fetch bool
		want  uint8
	}{
		{0.5, false, 0xE0}, // nothing is there: the ground
		{0.5, true, 2},
		{1, false, 2},    // the next coarser
		{0.25, false, 2}, // the finer one
		{0.25, true, 4},
		{0.13, false, 4},
		{1, true, 1},
		{4, true, 1},
		{0.06, true, 200}, // the first picture is enough
	} {
		if got := shows(tc.zoom, tc.fetch); got != tc.want {
			t.Errorf("at %v (fetched %v) level %d is shown, want %d", tc.zoom, tc.fetch, got, tc.want)
		}
	}
}
