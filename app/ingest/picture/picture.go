// Package picture reads pictures: JPEG, PNG, TIFF of several pages, WebP, GIF, BMP and JPEG 2000. Read says what a file says
// of itself (EXIF, IPTC, XMP) and how large its pages are, and decodes no pixel. Open gives a page piece by piece at the
// sizes that a window wants, within a stated memory; Decode a whole page, where that fits.
package picture

import (
	"bytes"
	"context"
	"encoding/binary"
	"image"

	"fonds/app/ingest/content"
)

// Version is that of the rules of this package: it goes up when the same bytes would give another Content.
const Version = "1"

// Options are what the decoders are given from elsewhere.
type Options struct {
	JP2 func(ctx context.Context, data []byte) (image.Image, error) // decodes JPEG 2000; nil: such pages are refused
}

// The kinds of pictures, as media types.
const (
	JPEG = "image/jpeg"
	PNG  = "image/png"
	TIFF = "image/tiff"
	WebP = "image/webp"
	GIF  = "image/gif"
	BMP  = "image/bmp"
	JP2  = "image/jp2"
)

// Kind is the media type of a picture by its first bytes (32 are enough), "" for none that is read here.
func Kind(head []byte) string {
	has := func(s string) bool { return bytes.HasPrefix(head, []byte(s)) }
	switch {
	case has("\xFF\xD8\xFF"):
		return JPEG
	case has("\x89PNG\r\n\x1A\n"):
		return PNG
	case has("II*\x00"), has("MM\x00*"), has("II+\x00"), has("MM\x00+"):
		return TIFF
	case has("RIFF") && len(head) >= 12 && string(head[8:12]) == "WEBP":
		return WebP
	case has("GIF87a"), has("GIF89a"):
		return GIF
	case has("\x00\x00\x00\x0CjP  \r\n\x87\n"), has("\xFF\x4F\xFF\x51"):
		return JP2
	case has("BM") && len(head) >= 26 && isBMP(head):
		return BMP
	}
	return ""
}

// isBMP tells a bitmap from a text that begins with BM.
func isBMP(head []byte) bool {
	size := binary.LittleEndian.Uint32(head[14:])
	return binary.LittleEndian.Uint32(head[6:]) == 0 && (size == 12 || size >= 40 && size <= 124)
}

// Read gives the pages of a picture and what it says of itself. Only heads are looked at.
func Read(ctx context.Context, data []byte) (*content.Content, error) {
	kind := Kind(data)
	if kind == "" {
		return nil, content.Refuse(content.NotIt, "it is no picture of a kind that is read")
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	pages, m, err := heads(ctx, kind, data)
	if err != nil {
		return nil, err
	}
	c := &content.Content{Format: kind, Lost: m.lost}
	for _, p := range pages {
		c.Pages = append(c.Pages, content.Page{Width: max(p.upright().X, 1), Height: max(p.upright().Y, 1)})
	}
	c.Said = m.said()
	for _, s := range c.Said {
		if s.Field == "dcterms:title" {
			c.Title = s.Value
			break
		}
	}
	return c, nil
}

// A page is what a head says of one.
type page struct {
	size   image.Point // as it is stored
	orient int         // 1 to 8, as EXIF has it
	ifd    *ifd        // of TIFF
	wrong  error       // why it has no picture: of no size or too large, or outside the file
}

func (p page) upright() image.Point {
	if p.orient >= 5 {
		return image.Pt(p.size.Y, p.size.X)
	}
	return p.size
}

// heads reads what stands before the pixels.
func heads(ctx context.Context, kind string, data []byte) ([]page, *meta, error) {
	m := &meta{}
	if kind == TIFF {
		pages, err := tiffHeads(ctx, data, m)
		return pages, m, err
	}
	var size image.Point
	var wrong string
	switch kind {
	case JPEG:
		size, wrong = jpegHead(data, m)
	case PNG:
		size, wrong = pngHead(ctx, data, m)
	case WebP:
		size, wrong = webpHead(data, m)
	case GIF:
		size, wrong = gifHead(data, m)
	case BMP:
		size, wrong = bmpHead(data)
	case JP2:
		size, wrong = jp2Head(data, m)
	}
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	if wrong != "" {
		return nil, nil, content.Refuse(content.Damaged, "%s", wrong)
	}
	if err := allowed(size); err != nil {
		return nil, nil, err
	}
	if cut := cutShort(kind, data); cut != "" {
		m.lost = append(m.lost, cut)
	}
	return []page{{size: size, orient: m.orientation()}}, m, nil
}

// allowed refuses what has no pixels or too many.
func allowed(size image.Point) error {
	if size.X <= 0 || size.Y <= 0 {
		return content.Refuse(content.Damaged, "its size is %d x %d pixels", size.X, size.Y)
	}
	if float64(size.X)*float64(size.Y) > content.MaxPixels {
		return content.Refuse(content.TooMuch, "pixels %d x %d > %d", size.X, size.Y, int(content.MaxPixels))
	}
	return nil
}
