package pyramid

import (
	"context"
	"image"
	"os"
	"slices"
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

// TestBenchZoomStep is a step of zooming on 108 megapixels in a view of 1920x1080: what
// the goroutine of the window waits for, how long until all is there, beside scaling
// from the whole picture.
func TestBenchZoomStep(t *testing.T) {
	if os.Getenv("FONDS_BENCH") == "" {
		t.Skip("set FONDS_BENCH=1 to measure")
	}
	src := newScan()
	dst := newView(1920, 1080)
	q := &queue{}
	p := New(src, 0, q.run, nil)
	start := transformOf(p, 1920, 1080).FitPage(0)
	p.View(dst, start)
	q.drain()
	most := int64(0)
	for turn := range 4 {
		for _, tone := range []Tone{{}, {Contrast: 30}} {
			p.SetTone(tone)
			var views, whole []time.Duration
			at := start.Rotated(turn)
			for range 60 {
				if at = at.ZoomAt(Point{1200, 400}, at.Zoom*1.25); at.Zoom > 2 {
					at = start.Rotated(turn)
				}
				view := time.Hour
				for range 3 { // the quickest: others may be at work on the machine
					t0 := time.Now()
					p.View(dst, at)
					view = min(view, time.Since(t0))
				}
				t0 := time.Now()
				q.drain()
				p.View(dst, at)
				views, whole = append(views, view), append(whole, view+time.Since(t0))
				most = max(most, p.State().Bytes)
			}
			slices.Sort(views)
			slices.Sort(whole)
			t.Logf("%3d°, contrast %2d: view %v (of 20 one over %v, floor 10 ms), until whole %v (of 20 one over %v, floor 50 ms)",
				turn*90, tone.Contrast, ms(views[30]), ms(views[57]), ms(whole[30]), ms(whole[57]))
			if views[30] > 10*time.Millisecond || whole[30] > 50*time.Millisecond {
				t.Errorf("too slow")
			}
		}
	}
	all := (most + src.Held() + working) >> 20
	t.Logf("memory: %d MB (tiles %d, source %d, a request %d; floor 300)", all, most>>20, src.Held()>>20, int64(working)>>20)
	if all > 300 {
		t.Errorf("too much memory")
	}
	t0 := time.Now()
	draw.ApproxBiLinear.Scale(dst, dst.Rect, src.whole, src.whole.Rect, draw.Src, nil)
	t.Logf("draw.ApproxBiLinear from the whole: %v", ms(time.Since(t0)))
}

func ms(d time.Duration) time.Duration { return d.Round(100 * time.Microsecond) }
