package picture

import (
	"context"
	"image"
	"sync"

	"fonds/app/ingest/content"
	"fonds/app/ingest/picture/jpegdc"
)

// Memory is what an open Scan keeps at most, in bytes, beside its file; a Region in the making comes on top of it, with
// twice its pixels.
//
//	JPEG               1/64 of the samples, and 2 bytes for 16 x 16 pixels of the index: 5 MB for 108 megapixels
//	JPEG, progressive  the coefficients that fit: 2 bytes a sample, or a quarter or a sixteenth of that
//	TIFF               a quarter of the size: 27 MB for 108 megapixels; strips and tiles are unpacked when they are asked for
//	all others         the pixels as they are unpacked, 1 to 4 bytes each (8 of 16 bits a channel), and that quarter
const Memory = 240 << 20

// A Scan is a page whose pixels are given piece by piece, upright and opaque. Its methods may be called by several
// goroutines.
type Scan struct {
	src    pieces
	orient int
	w, h   int // upright
}

// A pieces gives pixels as they are stored. Rectangles of answers are in shrunk pixels.
type pieces interface {
	size() (w, h int)
	finest() int
	region(ctx context.Context, r image.Rectangle, shrink int) (*image.RGBA, error)
	held() int64
	quick() int // the shrink at which the whole picture comes quickly
	damage() string
}

// Open makes ready a page, counted from 0. Of JPEG it goes over the file once; of TIFF it reads the directory; others it
// unpacks. The data must not change while the Scan is used. Errors are *content.Refusal or that of ctx.
func Open(ctx context.Context, data []byte, n int, o Options) (*Scan, error) {
	kind := Kind(data)
	if kind == "" {
		return nil, content.Refuse(content.NotIt, "it is no picture of a kind that is read")
	}
	pages, _, err := heads(ctx, kind, data)
	if err != nil {
		return nil, err
	}
	if n < 0 || n >= len(pages) {
		return nil, content.Refuse(content.Damaged, "there is no page %d among %d", n+1, len(pages))
	}
	p := pages[n]
	if p.wrong != nil {
		return nil, p.wrong
	}
	var src pieces
	switch kind {
	case JPEG:
		src, err = openJPEG(ctx, data)
	case TIFF:
		src, err = openTIFF(ctx, data, p)
	default:
		src, err = unpack(ctx, kind, data, p, o)
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, refusal(err)
	}
	w, h := src.size()
	s := &Scan{src: src, orient: p.orient, w: w, h: h}
	if p.orient >= 5 {
		s.w, s.h = h, w
	}
	return s, nil
}

// refusal makes an error of a decoder one of ours.
func refusal(err error) error {
	if r, ok := err.(*content.Refusal); ok {
		return r
	}
	return content.Refuse(content.Damaged, "%v", err)
}

// Size is in pixels, upright.
func (s *Scan) Size() (w, h int) { return s.w, s.h }

// Finest is the least shrink that Region gives, a power of two: 1 but for what would need more than Memory.
func (s *Scan) Finest() int { return s.src.finest() }

// Held is how many bytes the Scan keeps beside its file.
func (s *Scan) Held() int64 { return s.src.held() }

// Damage says what of the page is missing, and is grey; "" for nothing. It may be known only when the page was seen whole.
func (s *Scan) Damage() string { return s.src.damage() }

// Close lets go of the pixels.
func (s *Scan) Close() error { return nil }

// Small gives the whole page, its longer side at most maxSide pixels, or less where that is much quicker.
func (s *Scan) Small(ctx context.Context, maxSide int) (*image.RGBA, error) {
	shrink := s.Finest()
	for max(s.w, s.h) > shrink*max(maxSide, 1) {
		shrink *= 2
	}
	return s.Region(ctx, image.Rect(0, 0, s.w, s.h), max(shrink, min(s.src.quick(), 8)))
}

// Region gives the pixels of r, shrink x shrink of them as one; shrink is a power of two and divides the corner of r. Its
// answer has its corner at 0, 0 and is the caller's.
func (s *Scan) Region(ctx context.Context, r image.Rectangle, shrink int) (*image.RGBA, error) {
	if shrink < s.Finest() || shrink&(shrink-1) != 0 || shrink > 1<<16 {
		return nil, content.Refuse(content.TooMuch, "shrink %d, the finest is %d", shrink, s.Finest())
	}
	r = r.Intersect(image.Rect(0, 0, s.w, s.h))
	if r.Empty() {
		return image.NewRGBA(image.Rectangle{}), nil
	}
	small := image.Rect(r.Min.X/shrink, r.Min.Y/shrink, up(r.Max.X, shrink), up(r.Max.Y, shrink))
	if 4*small.Dx()*small.Dy() > Memory {
		return nil, content.Refuse(content.TooMuch, "unpacked %d > %d", 4*small.Dx()*small.Dy(), Memory)
	}
	w, h := s.src.size()
	small = storedRect(s.orient, small, up(w, shrink), up(h, shrink))
	whole := image.Rect(small.Min.X*shrink, small.Min.Y*shrink, small.Max.X*shrink, small.Max.Y*shrink)
	m, err := s.src.region(ctx, whole.Intersect(image.Rect(0, 0, w, h)), shrink)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, refusal(err)
	}
	return upright(m, s.orient), nil
}

func up(a, b int) int { return (a + b - 1) / b }

// A jpegPieces is a JPEG file.
type jpegPieces struct {
	im   *jpegdc.Image
	lock sync.Mutex
	rest bool // all of a progressive file was read
}

func openJPEG(ctx context.Context, data []byte) (pieces, error) {
	im, err := jpegdc.Open(data)
	if err != nil {
		return nil, err
	}
	im.Plan(Memory)
	if err := im.First(ctx); err != nil {
		return nil, err
	}
	return &jpegPieces{im: im, rest: !im.Progressive()}, nil
}

func (j *jpegPieces) size() (int, int) { return j.im.Size() }
func (j *jpegPieces) finest() int      { return j.im.Finest() }
func (j *jpegPieces) held() int64      { return j.im.Held() }
func (j *jpegPieces) damage() string {
	j.lock.Lock()
	defer j.lock.Unlock()
	return j.im.Damage()
}

// quick is an eighth for what is large, or progressive and not yet read: the means are there already.
func (j *jpegPieces) quick() int {
	j.lock.Lock()
	defer j.lock.Unlock()
	if w, h := j.im.Size(); w*h > 40e6 || !j.rest && w*h > 4e6 {
		return 8
	}
	return 1
}

func (j *jpegPieces) region(ctx context.Context, r image.Rectangle, shrink int) (*image.RGBA, error) {
	if err := j.ready(ctx, shrink); err != nil {
		return nil, err
	}
	return j.im.Region(ctx, r, shrink)
}

// ready reads the rest of a progressive file before anything finer than an eighth.
func (j *jpegPieces) ready(ctx context.Context, shrink int) error {
	j.lock.Lock()
	defer j.lock.Unlock()
	if j.rest || shrink >= 8 {
		return nil
	}
	if err := j.im.Rest(ctx, Memory); err != nil {
		return err
	}
	j.rest = true
	return nil
}
