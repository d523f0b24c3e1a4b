package jpegdc

import (
	"context"
	"errors"
	"fmt"
)

// stride is how many MCUs lie between two marks of the index.
const stride = 16

// A mark is the state of decoding before an MCU.
type mark struct {
	acc  uint64
	pos  uint32
	n    int16
	pad  int16
	pred [4]int32
}

// A scan is what lies between a header of a scan and the next marker that is no restart.
type scan struct {
	parts []part
	mx    int // MCUs across, and down
	my    int
	every int
	start int
	end   int
	marks []mark
	good  int // MCUs that could be decoded

	from, to, high, low int // of progressive: coefficients, bits
}

// A part is a component in a scan: h x v of its blocks are in an MCU.
type part struct {
	c      int
	h, v   int
	dc, ac *huff
}

// scan makes a scan of its header.
func (im *Image) scan(b []byte) (*scan, error) {
	im.seen++
	if im.seen > maxScans {
		return nil, errors.New("too many scans")
	}
	if len(b) < 1 || b[0] < 1 || b[0] > 4 || len(b) < 4+2*int(b[0]) {
		return nil, errors.New("a short SOS")
	}
	n := int(b[0])
	s := &scan{every: im.every, start: im.next, mx: im.mcusX, my: im.mcusY}
	s.from, s.to = int(b[1+2*n]), int(b[2+2*n])
	s.high, s.low = int(b[3+2*n]>>4), int(b[3+2*n]&15)
	for i := range n {
		p := part{c: -1}
		for j := range im.comps {
			if im.comps[j].id == b[1+2*i] {
				p.c = j
			}
		}
		if p.c < 0 {
			return nil, errors.New("a scan of no component")
		}
		for _, q := range s.parts {
			if q.c == p.c {
				return nil, errors.New("a scan with a component twice")
			}
		}
		c := &im.comps[p.c]
		p.h, p.v = c.h, c.v
		p.dc, p.ac = im.dcTable[b[2+2*i]>>4&3], im.acTable[b[2+2*i]&3]
		if c.quant == nil {
			if c.quant = im.quant[c.tq]; c.quant == nil {
				return nil, errors.New("a missing quantization table")
			}
		}
		s.parts = append(s.parts, p)
	}
	if n == 1 {
		p := &s.parts[0]
		p.h, p.v = 1, 1
		s.mx, s.my = im.comps[p.c].ownW, im.comps[p.c].ownH
	}
	return s, s.tables(!im.progressive || s.from == 0 && s.high == 0, !im.progressive || s.to > 0)
}

// tables makes ready the tables that the scan needs.
func (s *scan) tables(dc, ac bool) error {
	for i := range s.parts {
		for _, t := range []struct {
			h    *huff
			need bool
		}{{s.parts[i].dc, dc}, {s.parts[i].ac, ac}} {
			if !t.need {
				continue
			}
			if t.h == nil {
				return errors.New("a missing Huffman table")
			}
			if t.h.build(); t.h.bad {
				return errors.New("an impossible Huffman table")
			}
		}
	}
	return nil
}

// First reads what a picture at an eighth needs: all of the file that is not progressive, its first scans of one that is.
func (im *Image) First(ctx context.Context) error {
	for i := range im.comps {
		c := &im.comps[i]
		c.mean = make([]uint8, c.bw*c.bh)
		for j := range c.mean {
			c.mean[j] = 128
		}
		if im.progressive {
			c.dc = make([]int16, c.bw*c.bh)
		}
	}
	for !im.ended {
		sos, err := im.segments()
		if err == nil && sos != nil {
			err = im.firstScan(ctx, sos)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil && im.seen < 2 && im.damage == "" && !im.some() {
			return err
		}
		if err != nil {
			im.damaged("%v", err)
		}
		im.ended = im.ended || err != nil || sos == nil
		if im.allDC() && im.progressive {
			break
		}
	}
	if im.progressive {
		im.means()
	}
	if !im.allDC() {
		im.damaged("the file ends before its picture is complete")
	}
	return nil
}

// firstScan decodes a scan for First; what it does not need of a progressive file is left to Rest.
func (im *Image) firstScan(ctx context.Context, sos []byte) error {
	s, err := im.scan(sos)
	if err != nil {
		return err
	}
	if im.progressive {
		if s.from != 0 { // AC before all DC: legal and rare.
			if err := im.store(); err != nil {
				return err
			}
		}
		return im.refine(ctx, s)
	}
	if err := im.index(ctx, s); err != nil {
		return err
	}
	im.scans = append(im.scans, s)
	return nil
}

func (im *Image) some() bool {
	for i := range im.comps {
		if im.comps[i].haveDC {
			return true
		}
	}
	return false
}

func (im *Image) allDC() bool {
	for i := range im.comps {
		if !im.comps[i].haveDC {
			return false
		}
	}
	return true
}

func (im *Image) damaged(format string, args ...any) {
	if im.damage == "" {
		im.damage = fmt.Sprintf(format, args...)
	}
}

// index decodes the DC coefficients of a scan and goes over the rest of it.
func (im *Image) index(ctx context.Context, s *scan) error {
	for _, p := range s.parts {
		if im.comps[p.c].haveDC {
			return errors.New("a component in two scans")
		}
	}
	b := bits{data: im.data, pos: s.start}
	var pred [4]int32
	total := s.mx * s.my
	s.marks = make([]mark, 0, min(up(total, stride), len(im.data)-s.start+1))
	for y := 0; y < s.my && s.good == y*s.mx; y++ {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		for x := range s.mx {
			m := s.good
			if s.every > 0 && m > 0 && m%s.every == 0 {
				if !b.restart() {
					break
				}
				pred = [4]int32{}
			}
			if m%stride == 0 {
				s.marks = append(s.marks, mark{b.acc, uint32(b.pos), int16(b.n), int16(min(b.pad, 64)), pred})
			}
			if !im.indexMCU(&b, s, &pred, x, y) {
				break
			}
			s.good++
		}
	}
	if s.good < total {
		im.damaged("only %d of %d parts of the picture are there", s.good, total)
	}
	for _, p := range s.parts {
		im.comps[p.c].haveDC = true
	}
	im.next, s.end = b.pos, b.pos
	return nil
}

// indexMCU is the DC coefficients of one MCU.
func (im *Image) indexMCU(b *bits, s *scan, pred *[4]int32, x, y int) bool {
	for i := range s.parts {
		p := &s.parts[i]
		c := &im.comps[p.c]
		q := c.quant[0]
		for v := range p.v {
			row := (y*p.v+v)*c.bw + x*p.h
			for h := range p.h {
				d, ok := b.dc(p.dc)
				if !ok || !b.skipAC(p.ac) {
					return false
				}
				pred[p.c] += d
				c.mean[row+h] = clamp(128 + (pred[p.c]*q+4)>>3)
			}
		}
	}
	return !b.over()
}

func clamp(v int32) uint8 {
	if uint32(v) > 255 {
		if v < 0 {
			return 0
		}
		return 255
	}
	return uint8(v)
}
