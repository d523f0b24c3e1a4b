package pdf

import (
	"context"
	"errors"
	"fmt"
	"image"
	"math"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/requests"

	"fonds/app/ingest/content"
)

// maxPicture is of how many pixels a picture of a page may be: PDFium draws it in its own memory, 4 bytes each.
const maxPicture = 24e6

// A Rect is a part of a page, in points from its upper left corner as it is looked at.
type Rect struct{ X, Y, Width, Height float64 }

// Render draws a page of a file that is not kept open: see Doc.Render.
func (e *Engine) Render(ctx context.Context, data []byte, page, width, height int) (*image.RGBA, error) {
	d, err := e.Document(ctx, data)
	if err != nil {
		return nil, err
	}
	defer d.Close()
	return d.Render(ctx, page, width, height)
}

// RenderRegion draws a part of a page of a file that is not kept open: see Doc.RenderRegion.
func (e *Engine) RenderRegion(ctx context.Context, data []byte, page int, part Rect, scale float64) (*image.RGBA, error) {
	d, err := e.Document(ctx, data)
	if err != nil {
		return nil, err
	}
	defer d.Close()
	return d.RenderRegion(ctx, page, part, scale)
}

// Render draws a page, numbered from 0, as large as it fits into width by height pixels, with its annotations on white.
func (d *Doc) Render(ctx context.Context, page, width, height int) (*image.RGBA, error) {
	if width < 1 || height < 1 {
		return nil, content.Refuse(content.TooMuch, "a picture of %d by %d pixels", width, height)
	}
	var img *image.RGBA
	err := d.do(ctx, d.w.e.o.PageTime, func(p pdfium.Pdfium) error {
		w, h, err := d.size(p, page)
		if err != nil {
			return err
		}
		scale := min(float64(width)/w, float64(height)/h)
		all := image.Rect(0, 0, pixels(w*scale, width), pixels(h*scale, height))
		img, err = d.draw(p, page, all, all.Size())
		return err
	})
	return img, reason(err)
}

// RenderRegion draws a part of a page at a scale in pixels a point. What of the part lies outside the page is white.
func (d *Doc) RenderRegion(ctx context.Context, page int, part Rect, scale float64) (*image.RGBA, error) {
	x, y, w, h := part.X*scale, part.Y*scale, part.Width*scale, part.Height*scale
	for _, v := range []float64{x, y, w, h} {
		if math.IsNaN(v) || math.Abs(v) > 1e6 {
			return nil, content.Refuse(content.TooMuch, "a part of %v by %v points at %v", part.Width, part.Height, scale)
		}
	}
	var img *image.RGBA
	err := d.do(ctx, d.w.e.o.PageTime, func(p pdfium.Pdfium) error {
		pw, ph, err := d.size(p, page)
		if err != nil {
			return err
		}
		whole := image.Pt(pixels(pw*scale, 1e6), pixels(ph*scale, 1e6))
		left, top := int(math.Round(x)), int(math.Round(y))
		img, err = d.draw(p, page, image.Rect(left, top, left+pixels(w, 1e6), top+pixels(h, 1e6)), whole)
		return err
	})
	return img, reason(err)
}

// pixels is a length in whole pixels, at least one and at most so many.
func pixels(v float64, most int) int { return min(max(int(math.Round(v)), 1), most) }

// draw draws the part of a page that lies in view, the page being whole pixels large.
func (d *Doc) draw(p pdfium.Pdfium, page int, view image.Rectangle, whole image.Point) (*image.RGBA, error) {
	w, h := view.Dx(), view.Dy()
	if float64(w)*float64(h) > maxPicture {
		return nil, content.Refuse(content.TooMuch, "a picture of %d by %d pixels", w, h)
	}
	open, err := d.page(p, page)
	if err != nil {
		return nil, err
	}
	bitmap, err := p.FPDFBitmap_CreateEx(&requests.FPDFBitmap_CreateEx{
		Width: w, Height: h, Format: enums.FPDF_BITMAP_FORMAT_BGRX, Pointer: uint64(0),
	})
	if err != nil {
		return nil, err
	}
	destroy := &requests.FPDFBitmap_Destroy{Bitmap: bitmap.Bitmap}
	if _, err := p.FPDFBitmap_FillRect(&requests.FPDFBitmap_FillRect{
		Bitmap: bitmap.Bitmap, Width: w, Height: h, Color: 0xFFFFFFFF,
	}); err != nil {
		return nil, fmt.Errorf("%w: no memory for a picture of %d by %d pixels", errBroken, w, h)
	}
	defer func() { _, _ = p.FPDFBitmap_Destroy(destroy) }()
	if _, err := p.FPDF_RenderPageBitmap(&requests.FPDF_RenderPageBitmap{
		Bitmap: bitmap.Bitmap, Page: open, StartX: -view.Min.X, StartY: -view.Min.Y, SizeX: whole.X, SizeY: whole.Y,
		Flags: enums.FPDF_RENDER_FLAG_ANNOT | enums.FPDF_RENDER_FLAG_REVERSE_BYTE_ORDER,
	}); err != nil {
		return nil, pageError(err, page)
	}
	buf, err := p.FPDFBitmap_GetBuffer(&requests.FPDFBitmap_GetBuffer{Bitmap: bitmap.Bitmap})
	if err != nil {
		return nil, err
	}
	return picture(buf.Buffer, w, h)
}

// pageError says that a page cannot be opened, where that is what is wrong.
func pageError(err error, page int) error {
	var r *content.Refusal
	if broke(err) || errors.As(err, &r) {
		return err
	}
	return content.Refuse(content.Damaged, "page %d cannot be opened (%v)", page+1, err)
}

// picture copies a picture out of PDFium's memory: rows of four bytes a pixel, the fourth without a meaning.
func picture(buf []byte, w, h int) (*image.RGBA, error) {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	if h == 0 || len(buf) < len(img.Pix) {
		return nil, fmt.Errorf("%w: a picture of %d bytes, not %d", errBroken, len(buf), len(img.Pix))
	}
	copy(img.Pix, buf)
	for i := 3; i < len(img.Pix); i += 4 {
		img.Pix[i] = 0xFF
	}
	return img, nil
}
