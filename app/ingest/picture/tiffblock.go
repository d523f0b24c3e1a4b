package picture

import (
	"bytes"
	"compress/zlib"
	"context"
	"fmt"
	"image"
	"image/color"
	"io"

	"golang.org/x/image/ccitt"
	"golang.org/x/image/tiff/lzw"

	"fonds/app/ingest/picture/jpegdc"
)

// block unpacks a block, or finds it among those that were.
func (t *tiffPage) block(ctx context.Context, n int) block {
	if t.compression == 1 && t.predictor == 1 && !t.backwards {
		return block{n: n, data: t.packed(n)}
	}
	large := t.blockBytes(t.bh) > 4<<20
	t.lock.Lock()
	for _, b := range t.recent {
		if b.n == n {
			t.lock.Unlock()
			return b
		}
	}
	if !large {
		t.lock.Unlock()
	}
	b := block{n: n}
	var err error
	if t.compression == 7 {
		b.pix, err = t.jpeg(ctx, n)
	} else {
		b.data, err = t.unpack(ctx, n)
	}
	if !large {
		t.lock.Lock()
	}
	defer t.lock.Unlock()
	if ctx.Err() != nil {
		return block{n: n}
	}
	if err != nil && t.wrong == "" {
		t.wrong = fmt.Sprintf("block %d: %v", n, err)
	}
	t.recent = append(t.recent, b)
	total := 0
	for _, b := range t.recent {
		total += b.bytes()
	}
	for len(t.recent) > 1 && (total > keptBlock || len(t.recent) > 64) {
		total -= t.recent[0].bytes()
		t.recent = append([]block(nil), t.recent[1:]...)
	}
	return b
}

func (b block) bytes() int {
	if b.pix != nil {
		return len(b.pix.Pix)
	}
	return len(b.data)
}

// packed is a block as it lies in the file, as much as there is.
func (t *tiffPage) packed(n int) []byte {
	at, ok := t.d.integer(t.offsets, n)
	if !ok || at >= len(t.d.data) {
		return nil
	}
	size, ok := t.d.integer(t.sizes, n)
	if !ok || size == 0 && t.sizes.count <= 1 {
		size = len(t.d.data) - at
	}
	return t.d.data[at:min(at+size, len(t.d.data))]
}

// height is how many rows a block has.
func (t *tiffPage) height(n int) int {
	if t.tiled {
		return t.bh
	}
	return min(t.bh, t.h-n%(t.across*t.down)/t.across*t.bh)
}

// unpack gives the samples of a block, as many as could be unpacked.
func (t *tiffPage) unpack(ctx context.Context, n int) (out []byte, err error) {
	defer recovered(&err)
	packed := t.packed(n)
	rows := t.height(n)
	want := t.blockBytes(rows)
	if t.backwards && t.compression != 3 && t.compression != 4 {
		turned := make([]byte, len(packed))
		for i, v := range packed {
			turned[i] = reverse(v)
		}
		packed = turned
	}
	var r io.Reader = bytes.NewReader(packed)
	switch t.compression {
	case 1:
		out = append([]byte(nil), packed[:min(len(packed), want)]...)
	case 32773:
		out = unpackBits(packed, want)
	case 5:
		r = lzw.NewReader(r, lzw.MSB, 8)
	case 8, 32946:
		if r, err = zlib.NewReader(r); err != nil {
			return nil, err
		}
	case 3, 4:
		order := ccitt.MSB
		if t.backwards {
			order = ccitt.LSB
		}
		o := &ccitt.Options{Invert: true} // White is 0; what 0 means is said elsewhere.
		if t.compression == 3 {
			if t.d.first(292, 0)&3 != 0 {
				return nil, fmt.Errorf("CCITT group 3 in two dimensions is not read")
			}
			return group3(ctx, packed, t.backwards, t.bw, rows)
		}
		r = ccitt.NewReader(r, order, ccitt.Group4, t.bw, rows, o)
	}
	if out == nil {
		out, err = readUpTo(ctx, r, want)
	}
	if t.predictor == 2 {
		t.addUp(out)
	}
	return out, err
}

// readUpTo reads n bytes, in pieces, so that it can be stopped and that nothing is allocated which is not there.
func readUpTo(ctx context.Context, r io.Reader, n int) ([]byte, error) {
	out := make([]byte, 0, min(n, 1<<20))
	for len(out) < n {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		from := len(out)
		if cap(out)-from < 1 {
			out = append(make([]byte, 0, min(n, 2*cap(out)+1<<16)), out...)
		}
		k, err := io.ReadFull(r, out[from:min(cap(out), n, from+1<<20)])
		out = out[:from+k]
		if err != nil {
			return out, err
		}
	}
	return out, nil
}

func reverse(b byte) byte {
	b = b>>4 | b<<4
	b = b>>2&0x33 | b<<2&0xCC
	return b>>1&0x55 | b<<1&0xAA
}

func unpackBits(in []byte, want int) []byte {
	var out []byte
	for i := 0; i < len(in) && len(out) < want; {
		n := int(int8(in[i]))
		i++
		switch {
		case n >= 0:
			out = append(out, in[i:min(i+n+1, len(in))]...)
			i += n + 1
		case n > -128 && i < len(in):
			for range 1 - n {
				out = append(out, in[i])
			}
			i++
		}
	}
	return out[:min(len(out), want)]
}

// addUp undoes the differences between neighbours.
func (t *tiffPage) addUp(b []byte) {
	step := t.samples
	if t.planes > 1 {
		step = 1
	}
	for from := 0; from < len(b); from += t.rowBytes() {
		row := b[from:min(from+t.rowBytes(), len(b))]
		if t.bits == 8 {
			for i := step; i < len(row); i++ {
				row[i] += row[i-step]
			}
			continue
		}
		for i := 2 * step; i+1 < len(row); i += 2 {
			t.d.order.PutUint16(row[i:], t.d.order.Uint16(row[i:])+t.d.order.Uint16(row[i-2*step:]))
		}
	}
}

// jpeg decodes a block that is a JPEG file, whose tables may stand in the directory.
func (t *tiffPage) jpeg(ctx context.Context, n int) (*image.RGBA, error) {
	packed := t.packed(n)
	if len(packed) < 4 {
		return nil, io.ErrUnexpectedEOF
	}
	if k := len(t.tables); k > 4 {
		if bytes.HasSuffix(t.tables, []byte{0xFF, 0xD9}) {
			k -= 2
		}
		packed = append(append([]byte(nil), t.tables[:k]...), packed[2:]...)
	}
	im, err := jpegdc.Open(packed)
	if err != nil {
		return nil, err
	}
	w, h := im.Size()
	if w > 2*t.bw+64 || h > 2*t.bh+64 || w*h*4 > maxBlock {
		return nil, fmt.Errorf("a picture of %d x %d pixels in a block of %d x %d", w, h, t.bw, t.bh)
	}
	if err := im.First(ctx); err != nil {
		return nil, err
	}
	if err := im.Rest(ctx, maxBlock); err != nil {
		return nil, err
	}
	if t.photometric == 2 {
		im.TakeAsRGB()
	}
	m, err := im.Region(ctx, image.Rect(0, 0, w, h), im.Finest())
	if err == nil && im.Damage() != "" {
		err = fmt.Errorf("%s", im.Damage())
	}
	return m, err
}

// expand writes the samples of a row as bytes each: into all places of line, or into those of a plane.
func (t *tiffPage) expand(line, row []uint8, plane int) {
	step := 1
	if t.planes > 1 {
		step = t.planes
		line = line[plane:]
	}
	switch t.bits {
	case 8:
		if step == 1 {
			copy(line, row)
			return
		}
		for i, v := range row {
			line[i*step] = v
		}
	case 16:
		high := 0
		if t.d.order.String() == "LittleEndian" {
			high = 1
		}
		for i := 0; 2*i+1 < len(row); i++ {
			line[i*step] = row[2*i+high]
		}
	default:
		t.small(line, row)
	}
}

// small is expand of samples of 1, 2 and 4 bits: as they are of a palette, as shades of 255 else.
func (t *tiffPage) small(line, row []uint8) {
	most := uint8(1<<t.bits - 1)
	times := 255 / most
	if t.photometric == 3 {
		times = 1
	}
	per := 8 / t.bits
	for i := range line {
		shift := 8 - t.bits*(i%per+1)
		line[i] = row[i/per] >> shift & most * times
	}
}

// colour writes pixels of samples.
func (t *tiffPage) colour(o, s []uint8) {
	n := t.samples
	for i := 0; i+3 < len(o); i += 4 {
		q, v := o[i:i+4:i+4], s[:n:n]
		s = s[n:]
		switch t.photometric {
		case 0:
			q[0], q[1], q[2] = 255-v[0], 255-v[0], 255-v[0]
		case 1:
			q[0], q[1], q[2] = v[0], v[0], v[0]
		case 2:
			q[0], q[1], q[2] = v[0], v[1], v[2]
		case 3:
			q[0], q[1], q[2] = 128, 128, 128
			if k := 3 * int(v[0]); k+2 < len(t.palette) {
				q[0], q[1], q[2] = t.palette[k], t.palette[k+1], t.palette[k+2]
			}
		case 5:
			k := 255 - int(v[3])
			for c := range 3 {
				q[c] = uint8(((255-int(v[c]))*k + 127) / 255)
			}
		case 6:
			q[0], q[1], q[2] = fromYCbCr(v[0], v[1], v[2])
		}
		q[3] = 255
		if t.alpha != 0 {
			t.onWhite(q, int(v[n-1]))
		}
	}
}

// onWhite lays a pixel on white paper.
func (t *tiffPage) onWhite(q []uint8, a int) {
	for c := range 3 {
		v := int(q[c])
		if t.alpha == 2 {
			v = (v*a + 127) / 255
		}
		q[c] = uint8(min(255, v+255-a))
	}
}

func fromYCbCr(y, cb, cr uint8) (r, g, b uint8) { return color.YCbCrToRGB(y, cb, cr) }
