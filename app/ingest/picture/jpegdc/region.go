package jpegdc

import (
	"context"
	"errors"
	"image"
	"sync"
)

// Planes are the samples of a rectangle of whole MCUs at one shrink, a plane for each component.
type planes struct {
	n      int // samples a side of a block
	x0, y0 int // of the first MCU
	x1, y1 int
	pix    [][]uint8
	pitch  []int
}

// ErrShrink is for a shrink that is no power of two, or finer than what was kept.
var ErrShrink = errors.New("no such shrink")

// Region decodes the pixels of r, in pixels of the picture in full, each shrink x shrink of them as one: those with
// coordinates from r.Min/shrink to r.Max/shrink, rounded up. Beyond an eighth, means are taken.
func (im *Image) Region(ctx context.Context, r image.Rectangle, shrink int) (*image.RGBA, error) {
	r = r.Intersect(image.Rect(0, 0, im.width, im.height))
	if shrink < im.Finest() || shrink&(shrink-1) != 0 || im.comps[0].mean == nil {
		return nil, ErrShrink
	}
	if shrink > 8 {
		return im.less(ctx, r, shrink)
	}
	out := image.NewRGBA(image.Rect(r.Min.X/shrink, r.Min.Y/shrink, up(r.Max.X, shrink), up(r.Max.Y, shrink)))
	if out.Rect.Empty() {
		return out, nil
	}
	x0, x1 := r.Min.X/(8*im.hMax), up(r.Max.X, 8*im.hMax)
	y0, y1 := r.Min.Y/(8*im.vMax), up(r.Max.Y, 8*im.vMax)
	rows := max(4, min(32, (y1-y0+3)/4))
	var (
		wait  sync.WaitGroup
		lock  sync.Mutex
		next  = y0
		wrong error
	)
	for range 2 {
		wait.Go(func() {
			for {
				lock.Lock()
				from := next
				next += rows
				stop := from >= y1 || wrong != nil
				lock.Unlock()
				if stop {
					return
				}
				if err := im.band(ctx, out, shrink, image.Rect(x0, from, x1, min(from+rows, y1))); err != nil {
					lock.Lock()
					wrong = err
					lock.Unlock()
				}
			}
		})
	}
	wait.Wait()
	return out, wrong
}

// band decodes the MCUs of a rectangle into the picture out.
func (im *Image) band(ctx context.Context, out *image.RGBA, shrink int, mcus image.Rectangle) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	p := &planes{n: 8 / shrink, x0: mcus.Min.X, y0: mcus.Min.Y, x1: mcus.Max.X, y1: mcus.Max.Y}
	for i := range im.comps {
		c := &im.comps[i]
		if p.n == 1 {
			at := p.y0*c.v*c.bw + p.x0*c.h
			p.pix, p.pitch = append(p.pix, c.mean[at:]), append(p.pitch, c.bw)
			continue
		}
		pitch := (p.x1 - p.x0) * c.h * p.n
		pix := make([]uint8, pitch*(p.y1-p.y0)*c.v*p.n)
		for j := range pix {
			pix[j] = 128
		}
		p.pix, p.pitch = append(p.pix, pix), append(p.pitch, pitch)
	}
	if p.n > 1 {
		if im.progressive {
			im.transform8(p)
		} else {
			for _, s := range im.scans {
				im.blocks(s, p)
			}
		}
	}
	im.paint(out, p)
	return nil
}

// transform8 makes the planes of the coefficients that were kept.
func (im *Image) transform8(p *planes) {
	var b [64]int32
	area, keep := im.keep*im.keep, im.keep
	for i := range im.comps {
		c := &im.comps[i]
		if c.quant == nil {
			continue
		}
		for by := p.y0 * c.v; by < p.y1*c.v; by++ {
			for bx := p.x0 * c.h; bx < p.x1*c.h; bx++ {
				at := by*c.bw + bx
				own := c.ac[at*area : at*area+area]
				b = [64]int32{}
				if c.nonzero[at] != 0 {
					for y := range min(keep, p.n) {
						for x := range min(keep, p.n) {
							b[8*y+x] = int32(own[y*keep+x]) * c.quant[8*y+x]
						}
					}
				}
				b[0] = int32(c.dc[at]) * c.quant[0]
				idct(p.n, &b, p.pix[i][((by-p.y0*c.v)*p.pitch[i]+(bx-p.x0*c.h))*p.n:], p.pitch[i])
			}
		}
	}
}

// blocks decodes the part of a scan that lies in the planes.
func (im *Image) blocks(s *scan, p *planes) {
	fx, fy := 1, 1
	if len(s.parts) == 1 {
		fx, fy = im.comps[s.parts[0].c].h, im.comps[s.parts[0].c].v
	}
	x0, x1 := p.x0*fx, min(p.x1*fx, s.mx)
	for y := p.y0 * fy; y < min(p.y1*fy, s.my); y++ {
		m, to := y*s.mx+x0, min(y*s.mx+x1, s.good)
		if m >= to {
			continue
		}
		k := s.marks[m/stride]
		b := bits{data: im.data, acc: k.acc, pos: int(k.pos), n: int(k.n), pad: int(k.pad)}
		pred := k.pred
		for at := m - m%stride; at < to; at++ {
			if s.every > 0 && at%s.every == 0 && at%stride != 0 {
				b.restart()
				pred = [4]int32{}
			} else if s.every > 0 && at%s.every == 0 && at != m-m%stride {
				b.restart()
				pred = [4]int32{}
			}
			if at < m {
				im.pass(&b, s, &pred)
			} else {
				im.mcu(&b, s, p, &pred, at-y*s.mx, y)
			}
		}
	}
}

// pass goes over an MCU.
func (im *Image) pass(b *bits, s *scan, pred *[4]int32) {
	for i := range s.parts {
		p := &s.parts[i]
		for range p.h * p.v {
			d, _ := b.dc(p.dc)
			pred[p.c] += d
			b.skipAC(p.ac)
		}
	}
}

// mcu decodes an MCU of a scan.
func (im *Image) mcu(b *bits, s *scan, to *planes, pred *[4]int32, x, y int) {
	var block [64]int32
	for i := range s.parts {
		p := &s.parts[i]
		c := &im.comps[p.c]
		for v := range p.v {
			for h := range p.h {
				block = [64]int32{}
				d, _ := b.dc(p.dc)
				pred[p.c] += d
				block[0] = pred[p.c] * c.quant[0]
				b.ac(p.ac, &block, c.quant)
				bx, by := x*p.h+h-to.x0*c.h, y*p.v+v-to.y0*c.v
				idct(to.n, &block, to.pix[p.c][(by*to.pitch[p.c]+bx)*to.n:], to.pitch[p.c])
			}
		}
	}
}

// less is Region beyond an eighth: means of squares of pixels.
func (im *Image) less(ctx context.Context, r image.Rectangle, shrink int) (*image.RGBA, error) {
	f := shrink / 8
	to := image.Rect(r.Min.X/shrink, r.Min.Y/shrink, up(r.Max.X, shrink), up(r.Max.Y, shrink))
	out := image.NewRGBA(to)
	for y := to.Min.Y; y < to.Max.Y; y++ {
		strip := image.Rect(to.Min.X*shrink, y*shrink, to.Max.X*shrink, (y+1)*shrink)
		from, err := im.Region(ctx, strip, 8)
		if err != nil {
			return nil, err
		}
		o := out.Pix[out.PixOffset(to.Min.X, y):]
		for x := to.Min.X; x < to.Max.X; x++ {
			box := image.Rect(x*f, y*f, x*f+f, y*f+f).Intersect(from.Rect)
			var sum [3]int
			for v := box.Min.Y; v < box.Max.Y; v++ {
				row := from.Pix[from.PixOffset(box.Min.X, v):]
				for h := range box.Dx() {
					sum[0] += int(row[4*h])
					sum[1] += int(row[4*h+1])
					sum[2] += int(row[4*h+2])
				}
			}
			n := max(box.Dx()*box.Dy(), 1)
			o[0], o[1], o[2], o[3] = uint8(sum[0]/n), uint8(sum[1]/n), uint8(sum[2]/n), 255
			o = o[min(4, len(o)):]
		}
	}
	return out, nil
}
