package picture

import (
	"image"
	"image/draw"
)

// The eight orientations of EXIF: where the pixel of the upright picture at x, y lies in a stored one of w x h pixels.
//
//	1 as it is     2 mirrored        3 by 180°          4 mirrored and by 180°
//	5 transposed   6 clockwise 90°   7 transverse       8 counterclockwise 90°
func stored(orient, x, y, w, h int) (int, int) {
	switch orient {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return y, h - 1 - x
	case 7:
		return w - 1 - y, h - 1 - x
	case 8:
		return w - 1 - y, x
	}
	return x, y
}

// storedRect is where a rectangle of the upright picture lies in a stored one of w x h pixels.
func storedRect(orient int, r image.Rectangle, w, h int) image.Rectangle {
	ax, ay := stored(orient, r.Min.X, r.Min.Y, w, h)
	bx, by := stored(orient, r.Max.X-1, r.Max.Y-1, w, h)
	return image.Rect(min(ax, bx), min(ay, by), max(ax, bx)+1, max(ay, by)+1)
}

// upright turns a picture that was stored in an orientation; its corner is then 0, 0.
func upright(m *image.RGBA, orient int) *image.RGBA {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	if orient <= 1 || orient > 8 {
		m.Rect = m.Rect.Sub(m.Rect.Min)
		return m
	}
	if orient <= 4 {
		turnInPlace(m, orient)
		m.Rect = m.Rect.Sub(m.Rect.Min)
		return m
	}
	out := image.NewRGBA(image.Rect(0, 0, h, w))
	const tile = 32 // Within a tile both pictures stay in the cache.
	for ty := 0; ty < w; ty += tile {
		for tx := 0; tx < h; tx += tile {
			for y := ty; y < min(ty+tile, w); y++ {
				for x := tx; x < min(tx+tile, h); x++ {
					sx, sy := stored(orient, x, y, w, h)
					i, j := y*out.Stride+4*x, sy*m.Stride+4*sx
					copy(out.Pix[i:i+4], m.Pix[j:j+4])
				}
			}
		}
	}
	return out
}

// turnInPlace does the orientations that keep width and height, without a second picture.
func turnInPlace(m *image.RGBA, orient int) {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	swap := func(a, b int) {
		for i := range 4 {
			m.Pix[a+i], m.Pix[b+i] = m.Pix[b+i], m.Pix[a+i]
		}
	}
	for y := range h {
		for x := range w {
			sx, sy := stored(orient, x, y, w, h)
			if a, b := y*m.Stride+4*x, sy*m.Stride+4*sx; a < b {
				swap(a, b)
			}
		}
	}
}

// opaque draws a part of a picture on white; its corner is at r.Min.
func opaque(src image.Image, r image.Rectangle) *image.RGBA {
	out := image.NewRGBA(r)
	if o, ok := src.(interface{ Opaque() bool }); !ok || r.Dx()*r.Dy() > 1<<22 || !o.Opaque() {
		for i := range out.Pix {
			out.Pix[i] = 255
		}
	}
	draw.Draw(out, r, src, r.Min, draw.Over)
	return out
}
