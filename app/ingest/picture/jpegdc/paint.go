package jpegdc

import "image"

// paint writes those pixels of the planes that lie in out.
func (im *Image) paint(out *image.RGBA, p *planes) {
	left, top := p.x0*im.hMax*p.n, p.y0*im.vMax*p.n
	r := image.Rect(left, top, p.x1*im.hMax*p.n, p.y1*im.vMax*p.n).Intersect(out.Rect)
	if r.Empty() {
		return
	}
	width := r.Dx()
	lines := make([][]uint8, len(im.comps))
	wide := make([]uint8, width*len(im.comps))
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for i := range im.comps {
			c := &im.comps[i]
			src := p.pix[i][(y-top)*c.v/im.vMax*p.pitch[i]:]
			if f := im.hMax / c.h; f == 1 {
				lines[i] = src[r.Min.X-left : r.Min.X-left+width]
			} else {
				lines[i] = wide[i*width : (i+1)*width]
				widen(lines[i], src, r.Min.X-left, f)
			}
		}
		o := out.Pix[out.PixOffset(r.Min.X, y):][: 4*width : 4*width]
		switch {
		case len(lines) == 1:
			gray(o, lines[0])
		case len(lines) == 3 && im.isRGB(), len(lines) == 4 && im.rgb:
			rgb(o, lines[0], lines[1], lines[2])
		case len(lines) == 3:
			ycc(o, lines[0], lines[1], lines[2])
		default:
			im.four(o, lines)
		}
	}
}

// widen repeats each sample f times, beginning with that for the pixel x.
func widen(out, src []uint8, x, f int) {
	if f == 2 {
		i, j := 0, x/2
		if x&1 == 1 && len(out) > 0 {
			out[0] = src[j]
			i, j = 1, j+1
		}
		for ; i+1 < len(out); i, j = i+2, j+1 {
			v := src[j]
			out[i], out[i+1] = v, v
		}
		if i < len(out) {
			out[i] = src[j]
		}
		return
	}
	for i := range out {
		out[i] = src[(x+i)/f]
	}
}

// TakeAsRGB says that three components are red, green and blue, and a fourth how dense they are, which is passed over,
// whatever the file says: TIFF knows.
func (im *Image) TakeAsRGB() { im.rgb = true }

// isRGB says that three components are red, green and blue, as the file says or its names of them.
func (im *Image) isRGB() bool {
	if im.rgb {
		return true
	}
	if im.jfif {
		return false
	}
	if im.adobe {
		return im.transform == 0
	}
	return im.comps[0].id == 'R' && im.comps[1].id == 'G' && im.comps[2].id == 'B'
}

func gray(o, y []uint8) {
	for i, v := range y {
		q := o[4*i : 4*i+4 : 4*i+4]
		q[0], q[1], q[2], q[3] = v, v, v, 255
	}
}

func rgb(o, r, g, b []uint8) {
	for i := range r {
		q := o[4*i : 4*i+4 : 4*i+4]
		q[0], q[1], q[2], q[3] = r[i], g[i], b[i], 255
	}
}

// ycc is the conversion of JFIF, as package image/color does it.
func ycc(o, ys, cbs, crs []uint8) {
	cbs, crs = cbs[:len(ys)], crs[:len(ys)]
	for i, y := range ys {
		yy := int32(y) * 0x10101
		cb, cr := int32(cbs[i])-128, int32(crs[i])-128
		q := o[4*i : 4*i+4 : 4*i+4]
		q[0] = clamp16(yy + 91881*cr)
		q[1] = clamp16(yy - 22554*cb - 46802*cr)
		q[2] = clamp16(yy + 116130*cb)
		q[3] = 255
	}
}

func clamp16(v int32) uint8 {
	if uint32(v)&0xff000000 == 0 {
		return uint8(v >> 16)
	}
	return uint8(^(v >> 31))
}

// four paints cyan, magenta, yellow and black. Adobe's are inverted; of kind 2, written as YCbCr, only black is.
func (im *Image) four(o []uint8, l [][]uint8) {
	if im.adobe && im.transform != 0 {
		ycc(o, l[0], l[1], l[2])
	} else {
		rgb(o, l[0], l[1], l[2])
	}
	inks := !im.adobe || im.transform != 0
	for i, k := range l[3] {
		q := o[4*i : 4*i+3 : 4*i+3]
		if inks {
			q[0], q[1], q[2] = 255-q[0], 255-q[1], 255-q[2]
		}
		if !im.adobe {
			k = 255 - k
		}
		for j, v := range q {
			q[j] = uint8((int(v)*int(k) + 127) / 255)
		}
	}
}
