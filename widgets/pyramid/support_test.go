package pyramid

import (
	"context"
	"image"
	"image/color"
	"sync"
	"testing"
)

// madeSource is a page whose pixels follow from their places, so that any part of it
// can be had without keeping the whole.
type madeSource struct {
	w, h, finest int
	at           func(x, y int) color.RGBA
	mu           sync.Mutex
	asked        []string
	fail         func(r image.Rectangle, shrink int) error
	before       func(ctx context.Context)
	closed       int
	held         int64
}

func (s *madeSource) Size() (w, h int) { return s.w, s.h }
func (s *madeSource) Finest() int      { return max(s.finest, 1) }
func (s *madeSource) Held() int64      { return s.held }
func (s *madeSource) Close() error     { s.mu.Lock(); s.closed++; s.mu.Unlock(); return nil }

func (s *madeSource) Small(ctx context.Context, side int) (*image.RGBA, error) {
	if s.before != nil {
		s.before(ctx)
	}
	if s.fail != nil {
		if err := s.fail(image.Rectangle{}, 0); err != nil {
			return nil, err
		}
	}
	shrink := 1
	for max(s.w, s.h)/shrink > side {
		shrink *= 2
	}
	s.note("small")
	return s.make(image.Rect(0, 0, s.w, s.h), shrink), nil
}

func (s *madeSource) Region(ctx context.Context, r image.Rectangle, shrink int) (*image.RGBA, error) {
	if s.before != nil {
		s.before(ctx)
	}
	if s.fail != nil {
		if err := s.fail(r, shrink); err != nil {
			return nil, err
		}
	}
	s.note(r.String())
	return s.make(r, shrink), nil
}

func (s *madeSource) note(what string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = append(s.asked, what)
}

func (s *madeSource) make(r image.Rectangle, shrink int) *image.RGBA {
	out := image.NewRGBA(image.Rect(0, 0, (r.Dx()+shrink-1)/shrink, (r.Dy()+shrink-1)/shrink))
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			// The middle of what the pixel stands for.
			out.SetRGBA(x, y, s.at(min(r.Min.X+x*shrink+shrink/2, s.w-1), min(r.Min.Y+y*shrink+shrink/2, s.h-1)))
		}
	}
	return out
}

// smooth is a page without edges: bilinear scaling gives the value at the place.
func smooth(x, y int) color.RGBA {
	return color.RGBA{uint8(x / 16), uint8(y / 16), uint8((x + y) / 32), 0xFF}
}

// queue is work that waits for the test.
type queue struct{ all []func() }

func (q *queue) run(f func()) { q.all = append(q.all, f) }

func (q *queue) drain() {
	for len(q.all) > 0 {
		f := q.all[0]
		q.all = q.all[1:]
		f()
	}
}

func newView(w, h int) *image.RGBA { return image.NewRGBA(image.Rect(0, 0, w, h)) }

func transformOf(p *Pyramid, w, h int) Transform {
	pw, ph := p.Size()
	return Transform{PageW: float64(pw), PageH: float64(ph), ViewW: float64(w), ViewH: float64(h), Zoom: 1}
}

func newMade(t *testing.T, src *madeSource) (*Pyramid, *queue) {
	t.Helper()
	q := &queue{}
	p := New(src, 0, q.run, nil)
	t.Cleanup(func() { p.Close(); q.drain() })
	return p, q
}
