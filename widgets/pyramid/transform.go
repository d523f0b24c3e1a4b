package pyramid

import "math"

// Point is a place: on a page in its pixels, upright, from the top left corner, or
// on a view in its own.
type Point struct{ X, Y float64 }

// Transform says where the pixels of a page lie on a view. It is a value: what
// changes it gives another one.
type Transform struct {
	PageW, PageH float64 // of the page, upright, in its pixels
	ViewW, ViewH float64 // of the view, in its pixels
	Zoom         float64 // pixels of the view for one of the page, above 0
	At           Point   // of the page: what lies in the middle of the view
	Turn         int     // quarter turns clockwise, 0 to 3
}

// MostZoom is how many pixels of the view one of the page becomes at most.
const MostZoom = 32

// round turns a way on the page into one on the view, without the zoom.
func (t Transform) round(p Point) Point {
	switch t.Turn & 3 {
	case 1:
		return Point{-p.Y, p.X}
	case 2:
		return Point{-p.X, -p.Y}
	case 3:
		return Point{p.Y, -p.X}
	}
	return p
}

// back is the reverse of round.
func (t Transform) back(p Point) Point {
	switch t.Turn & 3 {
	case 1:
		return Point{p.Y, -p.X}
	case 2:
		return Point{-p.X, -p.Y}
	case 3:
		return Point{-p.Y, p.X}
	}
	return p
}

// ToView is where a place of the page lies on the view.
func (t Transform) ToView(p Point) Point {
	d := t.round(Point{p.X - t.At.X, p.Y - t.At.Y})
	return Point{d.X*t.Zoom + t.ViewW/2, d.Y*t.Zoom + t.ViewH/2}
}

// ToPage is the place of the page under one of the view. It may lie beside the page.
func (t Transform) ToPage(p Point) Point {
	d := t.Way(Point{p.X - t.ViewW/2, p.Y - t.ViewH/2})
	return Point{d.X + t.At.X, d.Y + t.At.Y}
}

// Way is what a way on the view is on the page, in its pixels.
func (t Transform) Way(p Point) Point {
	d := t.back(p)
	return Point{d.X / t.Zoom, d.Y / t.Zoom}
}

// Turned is the size of the page as it stands on the view, in its own pixels.
func (t Transform) Turned() (w, h float64) {
	if t.Turn&1 == 1 {
		return t.PageH, t.PageW
	}
	return t.PageW, t.PageH
}

// Moved brings what lies at one place of the view by so much to the right and down.
func (t Transform) Moved(dx, dy float64) Transform {
	d := t.Way(Point{dx, dy})
	t.At.X -= d.X
	t.At.Y -= d.Y
	return t
}

// ZoomAt changes the zoom and leaves what lies under a place of the view there.
func (t Transform) ZoomAt(at Point, zoom float64) Transform {
	under := t.ToPage(at)
	t.Zoom = min(max(zoom, t.LeastZoom()), MostZoom)
	now := t.ToPage(at)
	t.At.X += under.X - now.X
	t.At.Y += under.Y - now.Y
	return t
}

// Rotated turns by quarters, clockwise, about the middle of the view.
func (t Transform) Rotated(quarters int) Transform {
	t.Turn = ((t.Turn+quarters)%4 + 4) % 4
	return t
}

// fitZoom is the zoom at which all of the page is in sight, or its whole width.
func (t Transform) fitZoom(margin float64, width bool) float64 {
	w, h := t.Turned()
	if w <= 0 || h <= 0 {
		return 1
	}
	zoom := max(t.ViewW-2*margin, 1) / w
	if !width {
		zoom = min(zoom, max(t.ViewH-2*margin, 1)/h)
	}
	return min(zoom, MostZoom)
}

// LeastZoom is the smallest: a quarter of what shows all of the page, and never
// more than a quarter of a pixel.
func (t Transform) LeastZoom() float64 { return min(t.fitZoom(0, false), 1) / 4 }

// FitPage shows all of the page, with a margin around it in pixels of the view.
func (t Transform) FitPage(margin float64) Transform {
	t.Zoom = t.fitZoom(margin, false)
	t.At = Point{t.PageW / 2, t.PageH / 2}
	return t
}

// FitWidth shows the whole width of the page as it stands, from its top.
func (t Transform) FitWidth(margin float64) Transform {
	t.Zoom = t.fitZoom(margin, true)
	t.At = Point{t.PageW / 2, t.PageH / 2}
	return t.ToEnd(-1, margin)
}

// ToEnd brings the top of the page (by below 0) or its foot into the view, the
// horizontal place kept.
func (t Transform) ToEnd(by int, margin float64) Transform {
	_, h := t.Turned()
	far := math.Copysign(h*t.Zoom+t.ViewH, float64(by))
	return t.Moved(0, -far).Clamp(margin)
}

// Clamp keeps the page in the view: what is smaller than it stands in its middle,
// what is larger leaves at most a margin of it empty.
func (t Transform) Clamp(margin float64) Transform {
	halfW, halfH := t.ViewW/2/t.Zoom, t.ViewH/2/t.Zoom
	if t.Turn&1 == 1 {
		halfW, halfH = halfH, halfW
	}
	m := margin / t.Zoom
	keep := func(v, half, size float64) float64 {
		if 2*half >= size+2*m {
			return size / 2
		}
		return min(max(v, half-m), size-half+m)
	}
	t.At.X, t.At.Y = keep(t.At.X, halfW, t.PageW), keep(t.At.Y, halfH, t.PageH)
	return t
}

// Times is the same for a view with so many times the pixels in each direction.
func (t Transform) Times(scale float64) Transform {
	t.ViewW, t.ViewH, t.Zoom = t.ViewW*scale, t.ViewH*scale, t.Zoom*scale
	return t
}

// sharp moves a page that is shown one to one by less than a pixel, so that its
// pixels fall on those of the view.
func (t Transform) sharp() Transform {
	if math.Abs(t.Zoom-1) > 1e-9 {
		return t
	}
	t.Zoom = 1
	corner := t.ToView(Point{})
	return t.Moved(math.Round(corner.X)-corner.X, math.Round(corner.Y)-corner.Y)
}
