package picture

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"sync"

	"github.com/hhrutter/tiff"
	xtiff "golang.org/x/image/tiff"

	"fonds/app/ingest/content"
)

const (
	maxBlock  = 160 << 20 // bytes of one strip or tile when it is unpacked
	keptBlock = 64 << 20  // bytes of the blocks that are kept unpacked, of more than one
)

// errKind is for what is TIFF and not read by this package itself: others try it.
var errKind = errors.New("not this kind of TIFF")

// A tiffPage is a page of TIFF, unpacked block by block: by strips or by tiles.
type tiffPage struct {
	d              *ifd
	w, h           int
	bw, bh         int // of a block
	across, down   int
	planes         int // 1, or a plane for each sample
	samples, bits  int
	photometric    int
	compression    int
	predictor      int
	tiled          bool
	backwards      bool // the lowest bit of a byte is first
	alpha          int  // 0 none, 1 associated, 2 not associated
	palette        []uint8
	tables         []byte
	offsets, sizes entry

	lock   sync.Mutex
	recent []block
	wrong  string
}

// A block is a strip or tile that was unpacked.
type block struct {
	n    int
	data []byte      // its samples
	pix  *image.RGBA // of JPEG
}

// openTIFF makes a page ready, by this package where it can and by others where not.
func openTIFF(ctx context.Context, data []byte, p page) (pieces, error) {
	if jpeg := oldJPEG(data, p.ifd); jpeg != nil {
		if src, err := openJPEG(ctx, jpeg); err == nil {
			if w, h := src.size(); w == p.size.X && h == p.size.Y {
				return src, nil
			}
		}
	}
	t, err := newTIFF(p)
	if err == nil {
		return &levels{full: t}, nil
	}
	if !errors.Is(err, errKind) {
		return nil, err
	}
	if err2 := affordable(p, 8); err2 != nil {
		return nil, err2
	}
	m, err2 := others(data, p)
	if err2 != nil {
		return nil, fmt.Errorf("%w (%w)", err, err2)
	}
	return &levels{full: &whole{image: m, cost: int64(p.size.X * p.size.Y * 8)}}, nil
}

// others hands a page to hhrutter/tiff, and the first one to x/image.
func others(data []byte, p page) (m image.Image, err error) {
	defer recovered(&err)
	m, err = tiff.DecodeAt(bytes.NewReader(data), int64(p.ifd.at))
	if err != nil {
		if _, at := tiffOrder(data); at == p.ifd.at {
			if x, err2 := xtiff.Decode(bytes.NewReader(data)); err2 == nil {
				m, err = x, nil
			}
		}
	}
	if err == nil && m.Bounds().Size() != p.size {
		return nil, fmt.Errorf("its pixels are %v, its head says %v", m.Bounds(), p.size)
	}
	return m, err
}

// oldJPEG is the JPEG file that a page of the old kind names; nil for none.
func oldJPEG(data []byte, d *ifd) []byte {
	at, n := d.first(513, 0), d.first(514, 0)
	if d.first(259, 1) != 6 || at <= 0 || at >= len(data) || !bytes.HasPrefix(data[at:], []byte("\xFF\xD8\xFF")) {
		return nil
	}
	if n <= 0 || at+n > len(data) {
		n = len(data) - at
	}
	return data[at : at+n]
}

// newTIFF looks at the tags of a page.
func newTIFF(p page) (*tiffPage, error) {
	d := p.ifd
	t := &tiffPage{d: d, w: p.size.X, h: p.size.Y, planes: 1, samples: d.first(277, 1), bits: d.first(258, 1),
		compression: d.first(259, 1), predictor: d.first(317, 1), backwards: d.first(266, 1) == 2, tables: d.find(347).raw}
	t.photometric = d.first(262, -1)
	if t.photometric < 0 {
		t.photometric = 1
		if t.samples >= 3 {
			t.photometric = 2
		}
	}
	for i := range d.find(258).count {
		if v, _ := d.integer(d.find(258), i); v != t.bits {
			return nil, fmt.Errorf("%w: samples of different sizes", errKind)
		}
		if i > 16 {
			break
		}
	}
	if d.first(339, 1) != 1 {
		return nil, fmt.Errorf("%w: samples that are no whole numbers", errKind)
	}
	if err := t.colours(); err != nil {
		return nil, err
	}
	if d.first(284, 1) == 2 && t.samples > 1 {
		t.planes = t.samples
	}
	switch t.compression {
	case 1, 3, 4, 5, 8, 32946, 32773:
	case 7:
		if t.planes > 1 || t.bits != 8 {
			return nil, fmt.Errorf("%w: JPEG by planes", errKind)
		}
	default:
		return nil, fmt.Errorf("%w: compression %d", errKind, t.compression)
	}
	if (t.compression == 3 || t.compression == 4) && (t.bits != 1 || t.samples != 1) ||
		t.predictor == 2 && t.bits < 8 || t.predictor > 2 {
		return nil, fmt.Errorf("%w: compression %d of %d bits, predictor %d", errKind, t.compression, t.bits, t.predictor)
	}
	return t, t.layout()
}

// colours looks at what the samples mean.
func (t *tiffPage) colours() error {
	need := map[int]int{0: 1, 1: 1, 2: 3, 3: 1, 5: 4, 6: 3}[t.photometric]
	ok := need > 0 && t.samples >= need && t.samples <= need+4
	switch t.bits {
	case 1, 2, 4:
		ok = ok && need == 1 && t.samples == 1
	case 8:
	case 16:
		ok = ok && t.photometric != 3 && t.photometric != 6
	default:
		ok = false
	}
	if t.photometric == 6 && t.compression != 7 {
		a, _ := t.d.integer(t.d.find(530), 0)
		b, _ := t.d.integer(t.d.find(530), 1)
		ok = ok && a == 1 && b == 1
	}
	if !ok {
		return fmt.Errorf("%w: %d samples of %d bits, colours of kind %d", errKind, t.samples, t.bits, t.photometric)
	}
	if t.samples > need && need != 4 {
		t.alpha = t.d.first(338, 0)
	}
	if t.photometric == 3 {
		e := t.d.find(320)
		n := e.count / 3
		for i := range min(n, 256) {
			for c := range 3 {
				v, _ := t.d.integer(e, c*n+i)
				t.palette = append(t.palette, uint8(v>>8))
			}
		}
	}
	return nil
}

// layout looks at where the blocks lie.
func (t *tiffPage) layout() error {
	d := t.d
	t.bw, t.bh = t.w, min(d.first(278, t.h), t.h)
	t.offsets, t.sizes = d.find(273), d.find(279)
	if d.find(322).count > 0 {
		t.tiled = true
		t.bw, t.bh = d.first(322, 0), d.first(323, 0)
		t.offsets, t.sizes = d.find(324), d.find(325)
		if t.offsets.count == 0 {
			t.offsets, t.sizes = d.find(273), d.find(279)
		}
	}
	if t.bw <= 0 || t.bh <= 0 || t.bw > 1<<17 || t.bh > 1<<17 {
		return fmt.Errorf("blocks of %d x %d pixels", t.bw, t.bh)
	}
	if n := t.blockBytes(t.bh); n > maxBlock && t.compression != 1 && t.compression != 7 {
		return content.Refuse(content.TooMuch, "unpacked %d > %d", n, maxBlock)
	}
	t.across, t.down = up(t.w, t.bw), up(t.h, t.bh)
	if n := t.across * t.down * t.planes; t.offsets.count == 0 || n > 4<<20 {
		return fmt.Errorf("%d of its %d blocks are there", t.offsets.count, n)
	}
	return nil
}

// rowBytes is one row of a block.
func (t *tiffPage) rowBytes() int {
	n := t.samples
	if t.planes > 1 {
		n = 1
	}
	return (t.bw*n*t.bits + 7) / 8
}

func (t *tiffPage) blockBytes(rows int) int { return t.rowBytes() * rows }

func (t *tiffPage) bounds() image.Rectangle { return image.Rect(0, 0, t.w, t.h) }
func (t *tiffPage) rows() int {
	return min(t.bh, 256)
}

func (t *tiffPage) bytes() int64 {
	if n := int64(t.blockBytes(t.bh)); n > keptBlock && t.compression != 1 {
		return n
	}
	return keptBlock
}

func (t *tiffPage) missing() string {
	t.lock.Lock()
	defer t.lock.Unlock()
	return t.wrong
}

// part unpacks the blocks that lie under r.
func (t *tiffPage) part(ctx context.Context, r image.Rectangle) (*image.RGBA, error) {
	out := image.NewRGBA(r)
	for by := r.Min.Y / t.bh; by < up(r.Max.Y, t.bh); by++ {
		for bx := r.Min.X / t.bw; bx < up(r.Max.X, t.bw); bx++ {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			at := image.Rect(bx*t.bw, by*t.bh, (bx+1)*t.bw, (by+1)*t.bh)
			if err := t.paint(ctx, out, by*t.across+bx, at); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// paint writes of a block what lies in out.
func (t *tiffPage) paint(ctx context.Context, out *image.RGBA, n int, at image.Rectangle) error {
	r := at.Intersect(out.Rect)
	if t.compression == 7 {
		b := t.block(ctx, n)
		for y := r.Min.Y; y < r.Max.Y; y++ {
			o := out.Pix[out.PixOffset(r.Min.X, y):][:4*r.Dx()]
			for i := range o {
				o[i] = 128 | uint8(i&3/3*127)
			}
			if src := image.Pt(r.Min.X-at.Min.X, y-at.Min.Y); b.pix != nil && src.In(b.pix.Rect) {
				copy(o, b.pix.Pix[b.pix.PixOffset(src.X, src.Y):b.pix.PixOffset(b.pix.Rect.Max.X-1, src.Y)+4])
			}
		}
		return ctx.Err()
	}
	var planes [][]byte
	for i := range t.planes {
		planes = append(planes, t.block(ctx, i*t.across*t.down+n).data)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	line := make([]uint8, t.bw*t.samples)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		o := out.Pix[out.PixOffset(r.Min.X, y):][:4*r.Dx()]
		from := (y - at.Min.Y) * t.rowBytes()
		there := true
		for i, p := range planes {
			if from+t.rowBytes() > len(p) {
				there = false
				break
			}
			t.expand(line, p[from:from+t.rowBytes()], i)
		}
		if !there {
			for i := range o {
				o[i] = 128 | uint8(i&3/3*127)
			}
			t.note("the file ends before its picture is complete")
			continue
		}
		t.colour(o, line[(r.Min.X-at.Min.X)*t.samples:])
	}
	return nil
}

func (t *tiffPage) note(s string) {
	t.lock.Lock()
	defer t.lock.Unlock()
	if t.wrong == "" {
		t.wrong = s
	}
}
