package pyramid

import (
	"context"
	"image"
	"testing"
	"time"

	"golang.org/x/image/draw"
)

// scanSource is a scan of 108 megapixels in memory, as a decoder of JPEG leaves it.
type scanSource struct{ whole *image.YCbCr }

func newScan() *scanSource {
	m := image.NewYCbCr(image.Rect(0, 0, 12000, 9000), image.YCbCrSubsampleRatio420)
	for y := range 9000 {
		row := m.Y[y*m.YStride:]
		for x := range 12000 {
			row[x] = uint8(200 + (x*7+y*13)%40)
		}
	}
	for i := range m.Cb {
		m.Cb[i], m.Cr[i] = 128, 128
	}
	return &scanSource{m}
}

func (s *scanSource) Size() (w, h int) { return 12000, 9000 }
func (s *scanSource) Finest() int      { return 1 }
func (s *scanSource) Held() int64 {
	return int64(len(s.whole.Y) + len(s.whole.Cb) + len(s.whole.Cr))
}

func (s *scanSource) Small(ctx context.Context, side int) (*image.RGBA, error) {
	return s.Region(ctx, s.whole.Rect, 16)
}

func (s *scanSource) Region(_ context.Context, r image.Rectangle, shrink int) (*image.RGBA, error) {
	out := image.NewRGBA(image.Rect(0, 0, (r.Dx()+shrink-1)/shrink, (r.Dy()+shrink-1)/shrink))
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			px, py := min(r.Min.X+x*shrink+shrink/2, 11999), min(r.Min.Y+y*shrink+shrink/2, 8999)
			v := s.whole.Y[py*s.whole.YStride+px]
			o := out.PixOffset(x, y)
			out.Pix[o], out.Pix[o+1], out.Pix[o+2], out.Pix[o+3] = v, v, v, 255
		}
	}
	return out, nil
}

// BenchmarkZoomStep is a step of zooming on 108 megapixels in a view of 1920x1080:
// what the goroutine of the window waits for, and how long until all is there.
func BenchmarkZoomStep(b *testing.B) {
	src := newScan()
	dst := newView(1920, 1080)
	q := &queue{}
	p := New(src, 0, q.run, nil)
	start := transformOf(p, 1920, 1080).FitPage(0)
	p.View(dst, start)
	q.drain()
	var longest, whole time.Duration
	for _, turn := range []int{0, 1} {
		name := "upright"
		if turn == 1 {
			name = "turned"
		}
		b.Run(name, func(b *testing.B) {
			at, steps := start.Rotated(turn), 0
			longest, whole = 0, 0
			for b.Loop() {
				if at = at.ZoomAt(Point{1200, 400}, at.Zoom*1.25); at.Zoom > 2 {
					at = start.Rotated(turn)
				}
				t0 := time.Now()
				p.View(dst, at)
				longest = max(longest, time.Since(t0))
				q.drain()
				p.View(dst, at)
				whole += time.Since(t0)
				steps++
			}
			b.ReportMetric(longest.Seconds()*1000, "ms-longest-view")
			b.ReportMetric(whole.Seconds()*1000/float64(steps), "ms-until-whole")
			b.ReportMetric(float64(p.State().Bytes+src.Held())/1e6, "MB-kept")
		})
	}
	b.Run("view-alone", func(b *testing.B) {
		at := start.ZoomAt(Point{900, 500}, 0.51)
		p.View(dst, at)
		q.drain()
		for b.Loop() {
			p.View(dst, at)
		}
	})
	b.Run("view-alone-toned", func(b *testing.B) {
		p.SetTone(Tone{Contrast: 30})
		at := start.ZoomAt(Point{900, 500}, 0.51)
		for b.Loop() {
			p.View(dst, at)
		}
	})
	b.Run("ApproxBiLinear-from-whole", func(b *testing.B) {
		for b.Loop() {
			draw.ApproxBiLinear.Scale(dst, dst.Rect, src.whole, src.whole.Rect, draw.Src, nil)
		}
	})
}
