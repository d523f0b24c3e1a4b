package pyramid

import (
	"encoding/binary"
	"image"
)

// tileSide is the side of a tile in its own pixels. A tile keeps one more to the
// right and below, which is its neighbour's first, so that it can be scaled alone.
const tileSide = 512

// tile is a part of a level; what lies beyond the level repeats its last pixels.
type tile struct {
	stride int
	pix    []uint32 // R, G, B, A from the lowest byte
	used   uint64   // frame in which it was drawn last
}

func (t *tile) bytes() int64 { return int64(len(t.pix)) * 4 }

// tileKey names a tile: its level (shrink 1<<level) and its place there.
type tileKey struct{ level, x, y int }

// cut makes a tile of w by h pixels, and one more on two sides, from a picture
// that has its corner at (x, y).
func cut(img *image.RGBA, x, y, w, h int) *tile {
	t := &tile{stride: w + 1, pix: make([]uint32, (w+1)*(h+1))}
	size := img.Rect.Size()
	for j := range h + 1 {
		at := min(y+j, size.Y-1) * img.Stride
		out := t.pix[j*t.stride : (j+1)*t.stride]
		have := min(size.X-x, w+1)
		src := img.Pix[at+x*4 : at+(x+have)*4]
		for i := range have {
			out[i] = binary.LittleEndian.Uint32(src[i*4:])
		}
		for i := have; i <= w; i++ {
			out[i] = out[have-1]
		}
	}
	return t
}

// axis says for a run of pixels of the view which pixels of a level they show: the
// one before the place and how much of the next, of 256.
type axis struct {
	at   []int32
	part []uint16
}

// axisOf places view pixels from…to on a level: page(i) is where the middle of
// pixel i lies on the page, scale how many pixels of the level one of the page is,
// n how many the level has.
func axisOf(from, to int, page func(i int) float64, scale float64, n int) axis {
	a := axis{make([]int32, max(to-from, 0)), make([]uint16, max(to-from, 0))}
	for i := range a.at {
		c := page(from+i)*scale - 0.5
		switch {
		case c <= 0:
		case c >= float64(n-1):
			a.at[i] = int32(n - 1)
		default:
			whole := int32(c)
			a.at[i] = whole
			a.part[i] = uint16((c-float64(whole))*256 + 0.5)
		}
	}
	return a
}

// lanes spreads the four bytes of a pixel, so that all can be weighed at once.
func lanes(p uint32) uint64 {
	v := uint64(p)
	return (v | v<<24) & 0x00FF00FF00FF00FF
}

// scale paints a tile: dst rows and columns show those of cols and rows, which are
// those of the level; (ox, oy) is the tile's corner there. Turned says that columns
// of the view are rows of the page. It is draw.ApproxBiLinear for one case, quick.
func (t *tile) scale(dst *image.RGBA, at image.Rectangle, cols, rows axis, oc, or int, turned bool, offs []int32) {
	colStep, rowStep := 1, t.stride
	if turned {
		colStep, rowStep = t.stride, 1
	}
	n := at.Dx()
	offs = offs[:n]
	for i := range offs {
		offs[i] = (cols.at[i] - int32(oc)) * int32(colStep)
	}
	part := cols.part[:n]
	for j := range at.Dy() {
		src := t.pix[(int(rows.at[j])-or)*rowStep:]
		wy := uint64(rows.part[j])
		out := dst.Pix[dst.PixOffset(at.Min.X, at.Min.Y+j):]
		out = out[:n*4]
		for i, o := range offs {
			wx := uint64(part[i])
			d := wx * wy >> 8
			p := lanes(src[o])*(256-wx-wy+d) + lanes(src[int(o)+colStep])*(wx-d) +
				lanes(src[int(o)+rowStep])*(wy-d) + lanes(src[int(o)+rowStep+colStep])*d
			p = (p + 0x0080008000800080) >> 8 & 0x00FF00FF00FF00FF
			binary.LittleEndian.PutUint32(out[i*4:], uint32(p|p>>24))
		}
	}
}
