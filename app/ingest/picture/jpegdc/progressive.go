package jpegdc

import (
	"context"
	"errors"
)

// Rest reads what First left of a progressive file, keeping as many coefficients as fit so many bytes. It does nothing for
// others.
func (im *Image) Rest(ctx context.Context, memory int) error {
	if !im.progressive {
		return nil
	}
	if im.keep == 0 {
		im.choose(memory)
	}
	if err := im.store(); err != nil {
		return err
	}
	for !im.ended {
		sos, err := im.segments()
		if err == nil && sos != nil {
			var s *scan
			if s, err = im.scan(sos); err == nil {
				err = im.refine(ctx, s)
			}
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			im.damaged("%v", err)
		}
		im.ended = err != nil || sos == nil
	}
	im.means()
	return nil
}

// Finest gives the least shrink at which Region gives pixels of its own: 1 but for what is progressive and too large.
func (im *Image) Finest() int {
	if !im.progressive {
		return 1
	}
	return 8 / max(im.keep, 1)
}

// Plan settles, before First, how many bytes Rest may keep, so that Finest is known.
func (im *Image) Plan(memory int) {
	if im.progressive {
		im.choose(memory)
	}
}

// Held is how many bytes are kept, or will be, beside the file.
func (im *Image) Held() int64 {
	n := 0
	for i := range im.comps {
		c := &im.comps[i]
		n += len(c.mean) + 2*len(c.dc)
		if im.progressive {
			n += c.bw * c.bh * (im.keep*im.keep*2 + 8)
		}
	}
	for _, s := range im.scans {
		n += 40 * cap(s.marks)
	}
	return int64(n)
}

// choose sets how many coefficients are kept of each block.
func (im *Image) choose(memory int) {
	blocks := 0
	for i := range im.comps {
		blocks += im.comps[i].bw * im.comps[i].bh
	}
	im.keep = 8
	for im.keep > 2 && blocks*(im.keep*im.keep*2+8) > memory {
		im.keep /= 2
	}
}

// store makes room for the coefficients.
func (im *Image) store() error {
	if im.keep == 0 {
		im.choose(64 << 20)
	}
	for i := range im.comps {
		c := &im.comps[i]
		if c.ac != nil {
			continue
		}
		c.ac = make([]int16, c.bw*c.bh*im.keep*im.keep)
		c.nonzero = make([]uint64, c.bw*c.bh)
	}
	return nil
}

// means makes the picture at an eighth of the DC coefficients.
func (im *Image) means() {
	for i := range im.comps {
		c := &im.comps[i]
		if c.quant == nil {
			continue
		}
		for j, dc := range c.dc {
			c.mean[j] = clamp(128 + (int32(dc)*c.quant[0]+4)>>3)
		}
	}
}

// refine reads one scan of a progressive file.
func (im *Image) refine(ctx context.Context, s *scan) error {
	if s.from > s.to || s.to > 63 || s.low > 13 || s.high > 13 || s.from == 0 && s.to != 0 || s.from > 0 && len(s.parts) != 1 {
		return errors.New("an impossible scan")
	}
	r := refiner{im: im, s: s, b: bits{data: im.data, pos: s.start}}
	for k := range 64 {
		y, x := int(natural[k]>>3), int(natural[k]&7)
		r.place[k] = -1
		if y < im.keep && x < im.keep {
			r.place[k] = int32(y*im.keep + x)
		}
	}
	m, total := 0, s.mx*s.my
	for y := 0; y < s.my && m == y*s.mx; y++ {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		for x := range s.mx {
			if s.every > 0 && m > 0 && m%s.every == 0 {
				if !r.b.restart() {
					break
				}
				r.pred, r.run = [4]int32{}, 0
			}
			if !r.mcu(x, y) {
				break
			}
			m++
		}
	}
	im.next = r.b.pos
	if m < total {
		im.damaged("only %d of %d parts of scan %d are there", m, total, im.seen)
	}
	if s.from == 0 && m > 0 {
		for _, p := range s.parts {
			im.comps[p.c].haveDC = true
		}
	}
	return nil
}

// A refiner reads one scan of a progressive file.
type refiner struct {
	im    *Image
	s     *scan
	b     bits
	pred  [4]int32
	run   int32 // blocks that end with this one, and are empty
	place [64]int32
}

// mcu reads an MCU.
func (r *refiner) mcu(x, y int) bool {
	for i := range r.s.parts {
		p := &r.s.parts[i]
		c := &r.im.comps[p.c]
		for v := range p.v {
			for h := range p.h {
				at := (y*p.v+v)*c.bw + x*p.h + h
				ok := true
				switch {
				case r.s.from == 0 && r.s.high == 0:
					var d int32
					d, ok = r.b.dc(p.dc)
					r.pred[p.c] += d
					c.dc[at] = int16(r.pred[p.c] << r.s.low)
				case r.s.from == 0:
					c.dc[at] |= int16(r.b.take(1) << r.s.low)
				case r.s.high == 0:
					ok = r.first(c, p.ac, at)
				default:
					ok = r.again(c, p.ac, at)
				}
				if !ok {
					return false
				}
			}
		}
	}
	return !r.b.over()
}

// first reads the first bits of the AC coefficients of a block.
func (r *refiner) first(c *component, h *huff, at int) bool {
	if r.run > 0 {
		r.run--
		return true
	}
	area := r.im.keep * r.im.keep
	own := c.ac[at*area : at*area+area]
	for k := r.s.from; k <= r.s.to; k++ {
		rs := r.b.symbol(h)
		if rs < 0 {
			return false
		}
		run, size := int(rs>>4), int(rs&15)
		if size == 0 {
			if run < 15 {
				r.run = 1<<run - 1 + r.b.take(run)
				return true
			}
			k += 15
			continue
		}
		if k += run; k > r.s.to {
			return false
		}
		v := extend(r.b.take(size), size) << r.s.low
		c.nonzero[at] |= 1 << k
		if to := r.place[k]; to >= 0 {
			own[to] = int16(v)
		}
	}
	return true
}

// again reads one bit more of the AC coefficients of a block, and those that become more than zero by it.
func (r *refiner) again(c *component, h *huff, at int) bool {
	area := r.im.keep * r.im.keep
	own := c.ac[at*area : at*area+area]
	k := r.s.from
	if r.run == 0 {
		for k <= r.s.to {
			rs := r.b.symbol(h)
			if rs < 0 {
				return false
			}
			run, size := int(rs>>4), int(rs&15)
			v := int32(0)
			if size == 0 && run < 15 {
				r.run = 1<<run + r.b.take(run)
				break
			}
			if size > 1 {
				return false
			}
			if size == 1 {
				v = -1 << r.s.low
				if r.b.take(1) == 1 {
					v = 1 << r.s.low
				}
			}
			k = r.correct(c, own, at, k, run)
			if v != 0 && k <= r.s.to {
				c.nonzero[at] |= 1 << k
				if to := r.place[k]; to >= 0 {
					own[to] = int16(v)
				}
			}
			k++
		}
	}
	if r.run > 0 {
		r.run--
		if c.nonzero[at]>>k != 0 {
			r.correct(c, own, at, k, 64)
		}
	}
	return true
}

// correct goes over run zeros from k on and gives the coefficients between them their next bit.
func (r *refiner) correct(c *component, own []int16, at, k, run int) int {
	nonzero := c.nonzero[at]
	for ; k <= r.s.to; k++ {
		if nonzero>>k&1 == 0 {
			if run == 0 {
				break
			}
			run--
			continue
		}
		if r.b.take(1) == 0 {
			continue
		}
		if to := r.place[k]; to >= 0 {
			if own[to] >= 0 {
				own[to] += 1 << r.s.low
			} else {
				own[to] -= 1 << r.s.low
			}
		}
	}
	return k
}
