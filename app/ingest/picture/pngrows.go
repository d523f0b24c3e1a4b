package picture

import (
	"compress/zlib"
	"context"
	"encoding/binary"
	"fmt"
	"image"
	"io"
)

// A PNG file cannot be decoded in pieces, and unpacked it may be more than fits. It is read row by row, and what is kept is
// 1 or 3 bytes a pixel, reduced so far as needed; also of a damaged file what is there.

// A rows reads PNG row by row.
type rows struct {
	w, h     int
	depth    int
	kind     byte // of colour, as PNG has it
	channels int
	palette  [256][3]uint8
	in       io.Reader
	row      []byte // with its filter
	above    []byte
}

// idat reads what is packed in the chunks of pixels.
type idat struct {
	data []byte // from the next chunk on
	now  []byte
}

func (r *idat) Read(p []byte) (int, error) {
	for len(r.now) == 0 {
		if len(r.data) < 12 {
			return 0, io.EOF
		}
		n := int(binary.BigEndian.Uint32(r.data))
		id := string(r.data[4:8])
		body := r.data[8:]
		if id == "IEND" {
			return 0, io.EOF
		}
		if id == "IDAT" {
			r.now = body[:min(n, len(body))]
		}
		r.data = body[min(n+4, len(body)):]
	}
	n := copy(p, r.now)
	r.now = r.now[n:]
	return n, nil
}

// A reducedPNG is what is kept of it.
type reducedPNG struct {
	levels
	shrink int
	w, h   int
}

func (r *reducedPNG) size() (int, int) { return r.w, r.h }
func (r *reducedPNG) finest() int      { return r.shrink }

func (r *reducedPNG) region(ctx context.Context, q image.Rectangle, shrink int) (*image.RGBA, error) {
	f := r.shrink
	return r.levels.region(ctx, image.Rect(q.Min.X/f, q.Min.Y/f, up(q.Max.X, f), up(q.Max.Y, f)), shrink/f)
}

// openPNG reads a PNG file row by row.
func openPNG(ctx context.Context, data []byte, p page) (pieces, error) {
	r := &rows{w: p.size.X, h: p.size.Y}
	if err := r.head(data); err != nil {
		return nil, err
	}
	keep := 3
	if r.kind == 0 || r.kind == 4 {
		keep = 1
	}
	shrink := 1
	for up(r.w, shrink)*up(r.h, shrink)*keep > Memory*9/10 {
		shrink *= 2
	}
	w, h := up(r.w, shrink), up(r.h, shrink)
	out := &packed{rect: image.Rect(0, 0, w, h), per: keep, pix: make([]uint8, w*h*keep)}
	sums := make([]uint32, w*keep)
	line := make([]uint8, r.w*3)
	for y := range r.h {
		if y%64 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err := r.next(); err != nil {
			out.wrong = fmt.Sprintf("only %d of %d rows of the picture are there", y, r.h)
			grey := out.pix[y/shrink*w*keep:]
			for i := range grey {
				grey[i] = 128
			}
			break
		}
		r.colours(line)
		out.take(line, sums, y, r.h, r.w, shrink)
	}
	l := levels{full: out}
	if shrink == 1 {
		return &l, nil
	}
	return &reducedPNG{levels: levels{full: out}, shrink: shrink, w: r.w, h: r.h}, nil
}

// head reads IHDR and PLTE.
func (r *rows) head(data []byte) error {
	if len(data) < 33 {
		return io.ErrUnexpectedEOF
	}
	r.depth, r.kind = int(data[24]), data[25]
	r.channels = map[byte]int{0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[r.kind]
	if r.channels == 0 || r.depth != 1 && r.depth != 2 && r.depth != 4 && r.depth != 8 && r.depth != 16 || data[28] != 0 ||
		r.depth < 8 && r.channels > 1 || r.depth == 16 && r.kind == 3 {
		return fmt.Errorf("PNG of kind %d, %d bits, interlaced %d is not read in pieces", r.kind, r.depth, data[28])
	}
	for p := 8; p+12 <= len(data); {
		n, id := int(binary.BigEndian.Uint32(data[p:])), string(data[p+4:p+8])
		body := data[p+8 : min(p+8+n, len(data))]
		if id == "PLTE" {
			for i := 0; i < 256 && 3*i+2 < len(body); i++ {
				r.palette[i] = [3]uint8(body[3*i : 3*i+3])
			}
		}
		if id == "IDAT" {
			z, err := zlib.NewReader(&idat{data: data[p:]})
			if err != nil {
				return err
			}
			n := (r.w*r.channels*r.depth + 7) / 8
			r.in, r.row, r.above = z, make([]byte, n+1), make([]byte, n+1)
			return nil
		}
		p += 12 + n
	}
	return io.ErrUnexpectedEOF
}

// next reads a row and undoes its filter.
func (r *rows) next() error {
	r.row, r.above = r.above, r.row
	if _, err := io.ReadFull(r.in, r.row); err != nil {
		return err
	}
	step := max(1, r.channels*r.depth/8)
	row, above := r.row[1:], r.above[1:]
	switch r.row[0] {
	case 0:
	case 1:
		for i := step; i < len(row); i++ {
			row[i] += row[i-step]
		}
	case 2:
		for i := range row {
			row[i] += above[i]
		}
	case 3:
		for i := range row {
			left := 0
			if i >= step {
				left = int(row[i-step])
			}
			row[i] += uint8((left + int(above[i])) / 2)
		}
	case 4:
		for i := range row {
			a, c := 0, 0
			if i >= step {
				a, c = int(row[i-step]), int(above[i-step])
			}
			row[i] += paeth(a, int(above[i]), c)
		}
	default:
		return fmt.Errorf("filter %d", r.row[0])
	}
	return nil
}

func paeth(a, b, c int) uint8 {
	p, q, s := b-c, a-c, a+b-2*c
	p, q, s = max(p, -p), max(q, -q), max(s, -s)
	if p <= q && p <= s {
		return uint8(a)
	}
	if q <= s {
		return uint8(b)
	}
	return uint8(c)
}

// colours writes the row as red, green and blue, on white.
func (r *rows) colours(line []uint8) {
	row, wide := r.row[1:], 1
	if r.kind == 2 && r.depth == 8 {
		copy(line, row)
		return
	}
	if r.depth == 16 {
		wide = 2
	}
	for x := range r.w {
		o := line[3*x : 3*x+3]
		switch {
		case r.depth < 8:
			per := 8 / r.depth
			v := row[x/per] >> (8 - r.depth*(x%per+1)) & (1<<r.depth - 1)
			if r.kind == 3 {
				copy(o, r.palette[v][:])
			} else {
				v *= 255 / (1<<r.depth - 1)
				o[0], o[1], o[2] = v, v, v
			}
		case r.kind == 3:
			copy(o, r.palette[row[x]][:])
		case r.kind == 0 || r.kind == 4:
			v := row[x*r.channels*wide]
			o[0], o[1], o[2] = v, v, v
		default:
			s := row[x*r.channels*wide:]
			o[0], o[1], o[2] = s[0], s[wide], s[2*wide]
		}
		if r.kind == 4 || r.kind == 6 {
			a := int(row[(x*r.channels+r.channels-1)*wide])
			for c := range o {
				o[c] = uint8((int(o[c])*a+127)/255 + 255 - a)
			}
		}
	}
}

// A packed is a picture of 1 or 3 bytes a pixel.
type packed struct {
	rect  image.Rectangle
	per   int
	pix   []uint8
	wrong string
}

func (p *packed) bounds() image.Rectangle { return p.rect }
func (p *packed) rows() int               { return 64 }
func (p *packed) bytes() int64            { return int64(len(p.pix)) }
func (p *packed) missing() string         { return p.wrong }

// take adds a row to sums, and writes the pixels of a row of squares when it is full.
func (p *packed) take(line []uint8, sums []uint32, y, h, w, shrink int) {
	for to := range p.rect.Dx() {
		square := line[3*to*shrink : 3*min((to+1)*shrink, w)]
		for c := range p.per {
			sum := uint32(0)
			for i := c; i < len(square); i += 3 {
				sum += uint32(square[i])
			}
			sums[to*p.per+c] += sum
		}
	}
	if (y+1)%shrink != 0 && y+1 < h {
		return
	}
	high := y%shrink + 1
	o := p.pix[y/shrink*p.rect.Dx()*p.per:]
	for i := range sums {
		n := uint32(high * min(shrink, w-i/p.per*shrink))
		o[i] = uint8((sums[i] + n/2) / n)
		sums[i] = 0
	}
}

func (p *packed) part(_ context.Context, r image.Rectangle) (*image.RGBA, error) {
	out := image.NewRGBA(r)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		s := p.pix[(y*p.rect.Dx()+r.Min.X)*p.per:]
		o := out.Pix[out.PixOffset(r.Min.X, y):][:4*r.Dx()]
		for i := 0; i+3 < len(o); i += 4 {
			if p.per == 1 {
				o[i], o[i+1], o[i+2], o[i+3] = s[0], s[0], s[0], 255
			} else {
				o[i], o[i+1], o[i+2], o[i+3] = s[0], s[1], s[2], 255
			}
			s = s[p.per:]
		}
	}
	return out, nil
}
