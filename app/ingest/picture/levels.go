package picture

import (
	"context"
	"image"
	"sync"

	"fonds/app/ingest/content"
)

// A full gives pixels in full, as they are stored; the answer's rectangle is r.
type full interface {
	bounds() image.Rectangle
	part(ctx context.Context, r image.Rectangle) (*image.RGBA, error)
	rows() int // how many rows are best asked for at once
	bytes() int64
	missing() string
}

// A levels keeps a picture at a quarter beside one that gives its pixels in full.
type levels struct {
	full
	lock    sync.Mutex
	quarter *image.RGBA
}

func (l *levels) size() (int, int) { return l.bounds().Dx(), l.bounds().Dy() }
func (l *levels) finest() int      { return 1 }
func (l *levels) quick() int       { return 1 }
func (l *levels) damage() string   { return l.missing() }
func (l *levels) held() int64 {
	w, h := l.size()
	return l.bytes() + int64(up(w, 4)*up(h, 4)*4)
}

func (l *levels) region(ctx context.Context, r image.Rectangle, shrink int) (*image.RGBA, error) {
	if shrink == 1 {
		return l.part(ctx, r)
	}
	if shrink == 2 {
		return l.reduced(ctx, r, 2)
	}
	q, err := l.atQuarter(ctx)
	if err != nil {
		return nil, err
	}
	f := shrink / 4
	out := image.NewRGBA(image.Rect(r.Min.X/shrink, r.Min.Y/shrink, up(r.Max.X, shrink), up(r.Max.Y, shrink)))
	mean(out, q, f)
	return out, nil
}

// atQuarter makes the picture at a quarter, once.
func (l *levels) atQuarter(ctx context.Context) (*image.RGBA, error) {
	l.lock.Lock()
	defer l.lock.Unlock()
	if l.quarter == nil {
		w, h := l.size()
		q, err := l.reduced(ctx, image.Rect(0, 0, w, h), 4)
		if err != nil {
			return nil, err
		}
		l.quarter = q
	}
	return l.quarter, nil
}

// reduced takes means of shrink x shrink pixels, band by band on two cores.
func (l *levels) reduced(ctx context.Context, r image.Rectangle, shrink int) (*image.RGBA, error) {
	out := image.NewRGBA(image.Rect(r.Min.X/shrink, r.Min.Y/shrink, up(r.Max.X, shrink), up(r.Max.Y, shrink)))
	step := up(max(l.rows(), 64), shrink) * shrink
	var (
		wait  sync.WaitGroup
		lock  sync.Mutex
		next  = r.Min.Y / step * step
		wrong error
	)
	band := func() bool {
		lock.Lock()
		from := next
		next += step
		stop := from >= r.Max.Y || wrong != nil
		lock.Unlock()
		if stop {
			return false
		}
		strip := image.Rect(r.Min.X, max(from, r.Min.Y), r.Max.X, min(from+step, r.Max.Y))
		m, err := l.part(ctx, strip)
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			lock.Lock()
			wrong = err
			lock.Unlock()
			return false
		}
		to := image.Rect(out.Rect.Min.X, strip.Min.Y/shrink, out.Rect.Max.X, up(strip.Max.Y, shrink))
		mean(out.SubImage(to).(*image.RGBA), m, shrink)
		return true
	}
	for range 2 {
		wait.Go(func() {
			for band() {
			}
		})
	}
	wait.Wait()
	return out, wrong
}

// mean makes each pixel of out of f x f of src, as many as there are.
func mean(out, src *image.RGBA, f int) {
	for y := out.Rect.Min.Y; y < out.Rect.Max.Y; y++ {
		o := out.Pix[out.PixOffset(out.Rect.Min.X, y):]
		for x := out.Rect.Min.X; x < out.Rect.Max.X; x++ {
			box := image.Rect(x*f, y*f, x*f+f, y*f+f).Intersect(src.Rect)
			var r, g, b int
			for v := box.Min.Y; v < box.Max.Y; v++ {
				row := src.Pix[src.PixOffset(box.Min.X, v):][:4*box.Dx()]
				for i := 0; i+3 < len(row); i += 4 {
					r, g, b = r+int(row[i]), g+int(row[i+1]), b+int(row[i+2])
				}
			}
			n := max(box.Dx()*box.Dy(), 1)
			o[0], o[1], o[2], o[3] = uint8((r+n/2)/n), uint8((g+n/2)/n), uint8((b+n/2)/n), 255
			o = o[4:]
			if len(o) < 4 {
				break
			}
		}
	}
}

// A whole is a picture that was unpacked.
type whole struct {
	image image.Image
	cost  int64
	wrong string
}

func (w *whole) bounds() image.Rectangle {
	b := w.image.Bounds()
	return b.Sub(b.Min)
}
func (w *whole) rows() int       { return 64 }
func (w *whole) bytes() int64    { return w.cost }
func (w *whole) missing() string { return w.wrong }

func (w *whole) part(_ context.Context, r image.Rectangle) (*image.RGBA, error) {
	at := w.image.Bounds().Min
	m := opaque(w.image, r.Add(at))
	m.Rect = r
	return m, nil
}

// affordable refuses what would need more memory than a Scan may keep.
func affordable(p page, bytesPerPixel int) error {
	if n := p.size.X * p.size.Y * bytesPerPixel; n > Memory {
		return content.Refuse(content.TooMuch, "unpacked %d > %d", n, Memory)
	}
	return nil
}
