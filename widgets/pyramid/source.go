package pyramid

import (
	"context"
	"image"
)

// Source gives the pixels of one page, upright and opaque. Pyramid asks it for one
// thing at a time, never on the goroutine that calls View.
type Source interface {
	// Size is that of the page in its pixels, as it is given by Region at shrink 1.
	Size() (w, h int)
	// Finest is the smallest shrink that Region can give: 1, 2, 4 …
	Finest() int
	// Small gives all of the page quickly, its longer side at most about maxSide.
	Small(ctx context.Context, maxSide int) (*image.RGBA, error)
	// Region gives a part of the page, in pixels of the whole, one pixel of the
	// answer for shrink×shrink of the page. The corner of r is a multiple of shrink;
	// at the right and lower edge of the page the last pixels may stand for fewer.
	// The answer has (dx+shrink-1)/shrink × (dy+shrink-1)/shrink pixels and belongs to
	// the caller.
	Region(ctx context.Context, r image.Rectangle, shrink int) (*image.RGBA, error)
}

// A Source may also say how many bytes it keeps for as long as it is open: they
// count into the memory of the pyramid.
type holder interface{ Held() int64 }

// A Source may also be closed, once nothing is asked of it any more.
type closer interface{ Close() error }
