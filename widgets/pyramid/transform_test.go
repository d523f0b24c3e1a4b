package pyramid

import (
	"math"
	"math/rand/v2"
	"testing"
)

func near(a, b Point, slack float64) bool {
	return math.Abs(a.X-b.X) <= slack && math.Abs(a.Y-b.Y) <= slack
}

// anyTransform is a page of any size at any place of a view, and a place on the view.
func anyTransform(r *rand.Rand) (Transform, Point) {
	t := Transform{
		PageW: 1 + math.Floor(r.Float64()*65000), PageH: 1 + math.Floor(r.Float64()*65000),
		ViewW: 50 + r.Float64()*3800, ViewH: 50 + r.Float64()*2100, Turn: r.IntN(4),
	}
	t.Zoom = math.Exp(math.Log(t.LeastZoom()) + r.Float64()*(math.Log(MostZoom)-math.Log(t.LeastZoom())))
	t.At = Point{r.Float64() * t.PageW, r.Float64() * t.PageH}
	return t, Point{r.Float64() * t.ViewW, r.Float64() * t.ViewH}
}

func TestTransformRoundTrip(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		at, view := anyTransform(r)
		if got := at.ToView(at.ToPage(view)); !near(got, view, 1e-6) {
			t.Fatalf("%+v: view %v came back as %v", at, view, got)
		}
		page := Point{r.Float64() * at.PageW, r.Float64() * at.PageH}
		if got := at.ToPage(at.ToView(page)); !near(got, page, 1e-6) {
			t.Fatalf("%+v: page %v came back as %v", at, page, got)
		}
	}
}

func TestTransformZoomsAboutThePoint(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 20000 {
		at, view := anyTransform(r)
		under := at.ToPage(view)
		now := at.ZoomAt(view, at.Zoom*math.Exp(r.Float64()*4-2))
		if got := now.ToView(under); !near(got, view, 1e-5) {
			t.Fatalf("%+v: what lay at %v lies at %v after zooming to %v", at, view, got, now.Zoom)
		}
		if now.Zoom > MostZoom || now.Zoom < now.LeastZoom() {
			t.Fatalf("zoom %v is out of its bounds", now.Zoom)
		}
	}
}

func TestTransformMovesByTheView(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 5000 {
		at, view := anyTransform(r)
		dx, dy := r.Float64()*200-100, r.Float64()*200-100
		under := at.ToPage(view)
		if got := at.Moved(dx, dy).ToView(under); !near(got, Point{view.X + dx, view.Y + dy}, 1e-6) {
			t.Fatalf("%+v moved by %v, %v: %v lies at %v", at, dx, dy, view, got)
		}
	}
}

func TestTransformFitsAndClamps(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	const margin = 8
	for range 5000 {
		at, _ := anyTransform(r)
		fit := at.FitPage(margin)
		a, b := fit.ToView(Point{}), fit.ToView(Point{at.PageW, at.PageH})
		left, right, top, foot := min(a.X, b.X), max(a.X, b.X), min(a.Y, b.Y), max(a.Y, b.Y)
		if fit.Zoom < MostZoom && (left < margin-1e-6 || top < margin-1e-6 || right > at.ViewW-margin+1e-6 || foot > at.ViewH-margin+1e-6 ||
			min(left, top) > margin+1e-6) {
			t.Fatalf("%+v fitted: the page goes from %v,%v to %v,%v", at, left, top, right, foot)
		}
		wide := at.FitWidth(margin)
		a, b = wide.ToView(Point{}), wide.ToView(Point{at.PageW, at.PageH})
		if wide.Zoom < MostZoom && math.Abs(min(a.X, b.X)-margin) > 1e-6 {
			t.Fatalf("%+v at its width: the left edge is at %v", at, min(a.X, b.X))
		}
		if _, h := at.Turned(); h*wide.Zoom > at.ViewH && math.Abs(min(a.Y, b.Y)-margin) > 1e-6 {
			t.Fatalf("%+v at its width: the top is at %v", at, min(a.Y, b.Y))
		}

		far := at.Moved(r.Float64()*1e6-5e5, r.Float64()*1e6-5e5).Clamp(margin)
		a, b = far.ToView(Point{}), far.ToView(Point{at.PageW, at.PageH})
		check := func(lo, hi, view float64) {
			if hi-lo <= view-2*margin {
				if math.Abs((lo+hi)/2-view/2) > 1e-6 {
					t.Fatalf("%+v: a page that fits from %v to %v is not in the middle of %v", far, lo, hi, view)
				}
			} else if lo > margin+1e-6 || hi < view-margin-1e-6 {
				t.Fatalf("%+v: more than the margin is empty: %v to %v of %v", far, lo, hi, view)
			}
		}
		check(min(a.X, b.X), max(a.X, b.X), at.ViewW)
		check(min(a.Y, b.Y), max(a.Y, b.Y), at.ViewH)
		if again := far.Clamp(margin); !near(again.At, far.At, 1e-9) {
			t.Fatalf("clamping again moved the page from %v to %v", far.At, again.At)
		}
	}
}

func TestTransformTurns(t *testing.T) {
	at := Transform{PageW: 100, PageH: 200, ViewW: 400, ViewH: 400, Zoom: 1, At: Point{50, 100}}
	want := []Point{{150, 100}, {300, 150}, {250, 300}, {100, 250}} // of the page's top left corner
	for turn, w := range want {
		if got := at.Rotated(turn).ToView(Point{}); !near(got, w, 1e-9) {
			t.Errorf("after %d quarters clockwise the corner lies at %v, want %v", turn, got, w)
		}
	}
	if got := at.Rotated(-1).Turn; got != 3 {
		t.Errorf("a quarter back is turn %d, want 3", got)
	}
	if got := at.Times(2).ToView(Point{}); !near(got, Point{300, 200}, 1e-9) {
		t.Errorf("with twice the pixels the corner lies at %v", got)
	}
}
