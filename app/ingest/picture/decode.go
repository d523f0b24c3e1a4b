package picture

import (
	"bytes"
	"context"
	"image"
	"image/jpeg"

	"fonds/app/ingest/content"
)

// Decode gives a page, counted from 0, whole and upright; one whose pixels need more than Memory at 4 bytes each is refused:
// Open gives it in pieces.
func Decode(ctx context.Context, data []byte, n int, o Options) (image.Image, error) {
	s, err := Open(ctx, data, n, o)
	if err != nil {
		return nil, err
	}
	defer s.Close() //nolint:errcheck // It only lets go.
	if s.Finest() > 1 {
		return nil, content.Refuse(content.TooMuch, "unpacked %d > %d", 4*s.w*s.h, Memory)
	}
	return s.Region(ctx, image.Rect(0, 0, s.w, s.h), 1)
}

// DecodeSmall gives a page with its longer side at most maxSide pixels, as quickly as can be: from the picture of itself that
// a camera put into the file, where that is large enough, else from the page.
func DecodeSmall(ctx context.Context, data []byte, n, maxSide int, o Options) (image.Image, error) {
	if n == 0 && Kind(data) == JPEG {
		if t, err := Thumbnail(ctx, data); err == nil && max(t.Bounds().Dx(), t.Bounds().Dy()) >= maxSide {
			return reduce(t, maxSide), nil
		}
	}
	s, err := Open(ctx, data, n, o)
	if err != nil {
		return nil, err
	}
	defer s.Close() //nolint:errcheck // It only lets go.
	return s.Small(ctx, maxSide)
}

// reduce halves a picture until it fits.
func reduce(m *image.RGBA, maxSide int) *image.RGBA {
	f := 1
	for max(m.Rect.Dx(), m.Rect.Dy()) > f*max(maxSide, 1) {
		f *= 2
	}
	if f == 1 {
		return m
	}
	out := image.NewRGBA(image.Rect(0, 0, up(m.Rect.Dx(), f), up(m.Rect.Dy(), f)))
	mean(out, m, f)
	return out
}

// Thumbnail is the small picture in the EXIF of a JPEG file, upright; an error where there is none. One whose sides are not
// those of the page, as of a page that was turned or cut after it was made, counts as none.
func Thumbnail(ctx context.Context, data []byte) (*image.RGBA, error) {
	pages, m, err := heads(ctx, JPEG, data)
	if err != nil {
		return nil, err
	}
	small := m.thumbnail
	conf, err := jpeg.DecodeConfig(bytes.NewReader(small))
	if err != nil || conf.Width > 1024 || conf.Height > 1024 {
		return nil, content.Refuse(content.Damaged, "there is no small picture in it")
	}
	p := pages[0].size
	if a, b := p.X*conf.Height, p.Y*conf.Width; max(a, b)*100 > min(a, b)*103 {
		return nil, content.Refuse(content.Damaged, "the small picture in it is another")
	}
	t, err := jpeg.Decode(bytes.NewReader(small))
	if err != nil {
		return nil, refusal(err)
	}
	return upright(opaque(t, t.Bounds()), pages[0].orient), nil
}
