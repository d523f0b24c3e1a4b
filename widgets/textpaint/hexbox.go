package textpaint

import (
	"fmt"
	"image/color"
)

// digits are the figures 0 to F, three dots wide and five high, a row of three
// bits each from the top.
var digits = [16][5]uint8{
	{7, 5, 5, 5, 7}, {2, 6, 2, 2, 7}, {7, 1, 7, 4, 7}, {7, 1, 3, 1, 7},
	{5, 5, 7, 1, 1}, {7, 4, 7, 1, 7}, {7, 4, 7, 5, 7}, {7, 1, 1, 2, 2},
	{7, 5, 7, 5, 7}, {7, 5, 7, 1, 7}, {2, 5, 7, 5, 5}, {6, 5, 6, 5, 6},
	{3, 4, 4, 4, 3}, {6, 5, 5, 5, 6}, {7, 4, 6, 4, 7}, {7, 4, 6, 4, 4},
}

// box paints a character without a glyph: a frame, its code inside in two rows
// of two or three figures, so that it can be told from any other.
func (s *Sheet) box(r rune, x, y, wide, size float32, c color.NRGBA) {
	x0, x1 := s.dev(x)+1, s.dev(x+wide)-1
	top := s.dev(y - size*0.86)
	bottom := s.dev(y + size*0.12)
	if x1-x0 < 3 || bottom-top < 3 {
		return
	}
	t := s.px(1)
	line := c
	line.A = uint8(int(c.A) * 6 / 10)
	s.fill(x0, top, x1, top+t, line)
	s.fill(x0, bottom-t, x1, bottom, line)
	s.fill(x0, top+t, x0+t, bottom-t, line)
	s.fill(x1-t, top+t, x1, bottom-t, line)

	code := fmt.Sprintf("%04X", r)
	per := (len(code) + 1) / 2
	dot := min((x1-x0-2*t)/(per*4-1), (bottom-top-2*t)/11)
	if dot < 1 {
		return // too small to read: the frame alone says that something is there
	}
	left := x0 + (x1-x0-dot*(per*4-1)+1)/2
	up := top + (bottom-top-dot*11+1)/2
	for i, ch := range code {
		v := int(ch - '0')
		if ch >= 'A' {
			v = int(ch-'A') + 10
		}
		gx, gy := left+(i%per)*4*dot, up+(i/per)*6*dot
		for j, bits := range digits[v] {
			for k := 0; k < 3; k++ {
				if bits&(4>>k) != 0 {
					s.fill(gx+k*dot, gy+j*dot, gx+(k+1)*dot, gy+(j+1)*dot, c)
				}
			}
		}
	}
}
