package textpaint

import (
	"image/color"
	"math"
	"slices"
)

// Spot is a place on a sheet in logical pixels.
type Spot struct{ X, Y float32 }

// Line paints a straight line of any direction, its edges smooth, in a style.
// From is how far the pattern of the style has come, and the end of this line is
// returned, so that the pattern goes on round a corner.
func (s *Sheet) Line(a, b Spot, thick float32, style int, from float32, c color.NRGBA) float32 {
	dx, dy := float64(b.X-a.X), float64(b.Y-a.Y)
	long := math.Hypot(dx, dy)
	to := from + float32(long)
	if long == 0 {
		return to
	}
	t0, t1, ok := s.clip(a, dx, dy, float64(thick)+2)
	if !ok {
		return to
	}
	on, off := 0.0, 0.0
	switch style {
	case Dashed:
		on, off = 4*float64(thick), 2.5*float64(thick)
	case Dotted:
		on, off = float64(thick), 1.5*float64(thick)
	default:
		s.stroke(a, dx, dy, t0, t1, thick, c)
		return to
	}
	// The pieces that are drawn, from the one that the clipped line begins in.
	period := on + off
	at := math.Floor((t0*long+float64(from))/period)*period - float64(from)
	for ; at < t1*long; at += period {
		p, q := max(at, t0*long, 0), min(at+on, t1*long, long)
		if p < q {
			s.stroke(a, dx, dy, p/long, q/long, thick, c)
		}
	}
	return to
}

// clip is which part of a line, as shares of it, comes near the picture.
func (s *Sheet) clip(a Spot, dx, dy, slack float64) (t0, t1 float64, ok bool) {
	t1 = 1
	w, h := float64(s.Img.Rect.Dx())/float64(s.Scale), float64(s.Img.Rect.Dy())/float64(s.Scale)
	for _, e := range [4][2]float64{
		{-dx, float64(a.X) + slack}, {dx, w + slack - float64(a.X)},
		{-dy, float64(a.Y) + slack}, {dy, h + slack - float64(a.Y)},
	} {
		switch r := e[1] / e[0]; {
		case e[0] == 0:
			if e[1] < 0 {
				return 0, 0, false
			}
		case e[0] < 0:
			t0 = max(t0, r)
		default:
			t1 = min(t1, r)
		}
	}
	return t0, t1, t0 < t1
}

// stroke paints a piece of a line, given by shares of it.
func (s *Sheet) stroke(a Spot, dx, dy, t0, t1 float64, thick float32, c color.NRGBA) {
	k := float64(s.Scale)
	x0, y0 := (float64(a.X)+dx*t0)*k, (float64(a.Y)+dy*t0)*k
	x1, y1 := (float64(a.X)+dx*t1)*k, (float64(a.Y)+dy*t1)*k
	half := max(float64(thick)*k, 1) / 2
	long := math.Hypot(x1-x0, y1-y0)
	if long == 0 {
		return
	}
	ux, uy := (x1-x0)/long, (y1-y0)/long
	steep := math.Abs(uy) > math.Abs(ux)
	if steep { // walk along the longer direction
		x0, y0, x1, y1, ux, uy = y0, x0, y1, x1, uy, ux
	}
	reach := (half + 1) / math.Abs(ux) // across, in pixels of the shorter direction
	if x0 > x1 {
		x0, y0, x1, y1, ux, uy = x1, y1, x0, y0, -ux, -uy
	}
	for i := int(math.Floor(x0 - half - 1)); i <= int(math.Ceil(x1+half)); i++ {
		px := float64(i) + 0.5
		mid := y0 + (min(max(px, x0), x1)-x0)*uy/ux
		for j := int(math.Floor(mid - reach - 1)); j <= int(math.Ceil(mid+reach)); j++ {
			py := float64(j) + 0.5
			across := math.Abs((px-x0)*uy - (py-y0)*ux)
			along := (px-x0)*ux + (py-y0)*uy
			cover := min(half+0.5-across, 1) * min(along+0.5, long-along+0.5, 1)
			if across > half+0.5 || cover <= 0 {
				continue
			}
			if steep {
				s.dot(j, i, cover, c)
			} else {
				s.dot(i, j, cover, c)
			}
		}
	}
}

// dot blends a share of a colour into a device pixel.
func (s *Sheet) dot(x, y int, share float64, c color.NRGBA) {
	if x < 0 || y < 0 || x >= s.Img.Rect.Max.X || y >= s.Img.Rect.Max.Y {
		return
	}
	a := uint32(share*float64(c.A) + 0.5)
	d := s.Img.Pix[s.Img.PixOffset(x, y):]
	d[0], d[1], d[2] = blend(d[0], c.R, a), blend(d[1], c.G, a), blend(d[2], c.B, a)
}

// Area fills a polygon, even and odd where it crosses itself. Its edge is not
// smooth: a line belongs on it.
func (s *Sheet) Area(corners []Spot, c color.NRGBA) {
	if len(corners) < 3 || c.A == 0 {
		return
	}
	top, foot := math.Inf(1), math.Inf(-1)
	for _, p := range corners {
		top, foot = min(top, float64(p.Y)), max(foot, float64(p.Y))
	}
	k := float64(s.Scale)
	var at []float64
	for y := max(0, int(math.Floor(top*k))); y < min(s.Img.Rect.Max.Y, int(math.Ceil(foot*k))); y++ {
		row := (float64(y) + 0.5) / k
		at = at[:0]
		for i, p := range corners {
			q := corners[(i+1)%len(corners)]
			py, qy := float64(p.Y), float64(q.Y)
			if (py <= row) != (qy <= row) {
				at = append(at, float64(p.X)+(row-py)/(qy-py)*float64(q.X-p.X))
			}
		}
		slices.Sort(at)
		far := float64(s.Img.Rect.Max.X)
		for i := 0; i+1 < len(at); i += 2 {
			a, b := min(max(at[i]*k, 0), far), min(max(at[i+1]*k, 0), far)
			s.fill(int(a+0.5), y, int(b+0.5), y+1, c)
		}
	}
}
