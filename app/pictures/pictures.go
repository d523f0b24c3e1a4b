// Package pictures gives the pages of a document as pictures, out of its original: of a PDF they are drawn, of a scan
// decoded, piece by piece at the sizes that a window wants (widgets/pyramid). It is handed bytes; it knows no archive and
// no window. Pixels are those in which regions count: of a picture upright, of a PDF at archive.DotsPerInch.
package pictures

import (
	"context"
	"errors"
	"image"

	"golang.org/x/image/draw"

	"fonds/app/ingest"
	"fonds/app/ingest/content"
	"fonds/app/ingest/pdf"
	"fonds/app/ingest/picture"
	"fonds/widgets/pyramid"
)

// A File is an original that is open for its pages. Its methods may be called at once. The data must not change.
type File struct {
	data []byte
	pdf  *pdf.Doc // nil of what is a picture
}

// Open opens the original of a document of a format (a media type). The error is a *content.Refusal, or that of ctx.
func Open(ctx context.Context, data []byte, format string) (*File, error) {
	f := &File{data: data}
	if format != "application/pdf" {
		return f, ctx.Err()
	}
	e, err := ingest.PDF()
	if err == nil {
		f.pdf, err = e.Document(ctx, data)
	}
	return f, err
}

// Close lets go of it; pages that are open are of no use then.
func (f *File) Close() {
	if f.pdf != nil {
		f.pdf.Close()
	}
}

// Page opens a page, counted from 1.
func (f *File) Page(ctx context.Context, n int) (pyramid.Source, error) {
	if f.pdf == nil {
		s, err := picture.Open(ctx, f.data, n-1, decoders)
		if err != nil {
			return nil, err
		}
		return s, nil
	}
	w, h, err := f.pdf.Size(ctx, n-1)
	if err != nil {
		return nil, err
	}
	p := &drawn{doc: f.pdf, page: n - 1, points: [2]float64{w, h}}
	p.w, p.h = ingest.Pixels(w), ingest.Pixels(h)
	return p, nil
}

// Whole is the picture of a page, its longer side at most maxSide pixels, less where it would not fit into memory, and how many of them stand for one in which
// regions count, at most 1.
func (f *File) Whole(ctx context.Context, n, maxSide int) (img *image.RGBA, scale float64, err error) {
	s, err := f.Page(ctx, n)
	if err != nil {
		return nil, 0, err
	}
	if c, ok := s.(interface{ Close() error }); ok {
		defer c.Close()
	}
	w, h := s.Size()
	shrink := s.Finest()
	for max(w, h) > 2*shrink*maxSide {
		shrink *= 2
	}
	for { // as large as memory allows
		var r *content.Refusal
		img, err = s.Region(ctx, image.Rect(0, 0, w, h), shrink)
		if err == nil {
			break
		}
		if !errors.As(err, &r) || r.Reason != content.TooMuch || shrink > 64 {
			return nil, 0, err
		}
		shrink *= 2
	}
	scale = float64(img.Bounds().Dx()) / float64(w)
	if long := max(img.Bounds().Dx(), img.Bounds().Dy()); long > maxSide {
		by := float64(maxSide) / float64(long)
		small := image.NewRGBA(image.Rect(0, 0, max(1, int(float64(img.Bounds().Dx())*by)), max(1, int(float64(img.Bounds().Dy())*by))))
		draw.ApproxBiLinear.Scale(small, small.Bounds(), img, img.Bounds(), draw.Src, nil)
		img, scale = small, scale*by
	}
	return img, scale, nil
}

// decoders are those of what package picture leaves to others.
var decoders = picture.Options{JP2: func(ctx context.Context, data []byte) (image.Image, error) {
	e, err := ingest.PDF()
	if err != nil {
		return nil, err
	}
	return e.JP2(ctx, data, 0, 0)
}}

// drawn is a page of a PDF.
type drawn struct {
	doc    *pdf.Doc
	page   int
	points [2]float64
	w, h   int // pixels at shrink 1
}

// Size is that of the page at archive.DotsPerInch.
func (p *drawn) Size() (w, h int) { return p.w, p.h }

// Finest is 1: it is drawn at any scale.
func (p *drawn) Finest() int { return 1 }

// Small draws all of the page.
func (p *drawn) Small(ctx context.Context, maxSide int) (*image.RGBA, error) {
	shrink := 1
	for max(p.w, p.h) > shrink*max(maxSide, 1) {
		shrink *= 2
	}
	return p.Region(ctx, image.Rect(0, 0, p.w, p.h), shrink)
}

// Region draws a part of the page.
func (p *drawn) Region(ctx context.Context, r image.Rectangle, shrink int) (*image.RGBA, error) {
	r = r.Intersect(image.Rect(0, 0, p.w, p.h))
	if r.Empty() {
		return image.NewRGBA(image.Rectangle{}), nil
	}
	w, h := (r.Dx()+shrink-1)/shrink, (r.Dy()+shrink-1)/shrink
	if w*h > content.MaxPixels/16 {
		return nil, content.Refuse(content.TooMuch, "a picture of %d by %d pixels", w, h)
	}
	unit := p.points[0] / float64(p.w) // points a pixel at shrink 1
	part := pdf.Rect{X: float64(r.Min.X) * unit, Y: float64(r.Min.Y) * unit, Width: float64(w*shrink) * unit, Height: float64(h*shrink) * unit}
	img, err := p.doc.RenderRegion(ctx, p.page, part, 1/(unit*float64(shrink)))
	if err != nil || img.Rect == image.Rect(0, 0, w, h) {
		return img, err
	}
	exact := image.NewRGBA(image.Rect(0, 0, w, h)) // rounding may have made it a pixel larger or smaller
	draw.Draw(exact, exact.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(exact, exact.Rect, img, img.Rect.Min, draw.Src)
	return exact, nil
}
