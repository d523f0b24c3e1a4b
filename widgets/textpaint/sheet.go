package textpaint

import (
	"image"
	"image/color"
	"math"
	"unicode"

	"fonds/widgets/textlayout"

	"golang.org/x/text/unicode/norm"
)

// Sheet is an opaque picture that is painted on. Lengths are logical pixels
// from its top left corner; edges are rounded to device pixels, so that lines
// are sharp at any scale.
type Sheet struct {
	Img   *image.RGBA
	Fonts *Fonts
	Scale float32 // device pixels a logical pixel, above 0
}

// dev rounds a length to device pixels.
func (s *Sheet) dev(v float32) int { return int(math.Floor(float64(v*s.Scale) + 0.5)) }

// px is a length in device pixels, never less than one.
func (s *Sheet) px(v float32) int { return max(s.dev(v), 1) }

// Fill paints a rectangle; a colour that is not opaque lets the ground through.
func (s *Sheet) Fill(x, y, w, h float32, c color.NRGBA) {
	s.fill(s.dev(x), s.dev(y), s.dev(x+w), s.dev(y+h), c)
}

func (s *Sheet) fill(x0, y0, x1, y1 int, c color.NRGBA) {
	r := image.Rect(x0, y0, x1, y1).Intersect(s.Img.Rect)
	if r.Empty() || c.A == 0 || x1 <= x0 || y1 <= y0 {
		return
	}
	a := uint32(c.A)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		row := s.Img.Pix[s.Img.PixOffset(r.Min.X, y):s.Img.PixOffset(r.Max.X, y)]
		if a == 0xFF {
			for i := 0; i+3 < len(row); i += 4 {
				row[i], row[i+1], row[i+2], row[i+3] = c.R, c.G, c.B, 0xFF
			}
			continue
		}
		for i := 0; i+3 < len(row); i += 4 {
			row[i] = blend(row[i], c.R, a)
			row[i+1] = blend(row[i+1], c.G, a)
			row[i+2] = blend(row[i+2], c.B, a)
			row[i+3] = 0xFF
		}
	}
}

func blend(under, over uint8, a uint32) uint8 {
	v := uint32(under)*(255-a) + uint32(over)*a + 127
	return uint8((v + v>>8) >> 8)
}

// Line styles.
const (
	Solid = iota
	Dashed
	Dotted
	Double
)

// HLine paints a horizontal line of a style, its top edge at y.
func (s *Sheet) HLine(x0, x1, y, thick float32, style int, c color.NRGBA) {
	a, b, t := s.dev(x0), s.dev(x1), s.px(thick)
	top := s.dev(y)
	switch style {
	case Dashed:
		s.dashes(a, b, 6*t/2, 3*t/2, func(p, q int) { s.fill(p, top, q, top+t, c) })
	case Dotted:
		s.dashes(a, b, t, t, func(p, q int) { s.fill(p, top, q, top+t, c) })
	case Double:
		u := max(t/2, 1)
		s.fill(a, top, b, top+u, c)
		s.fill(a, top+2*u, b, top+3*u, c)
	default:
		s.fill(a, top, b, top+t, c)
	}
}

// dashes calls f for the pieces of a broken line from a to b.
func (s *Sheet) dashes(a, b, on, off int, f func(p, q int)) {
	on, off = max(on, 1), max(off, 1)
	if a < 0 { // what lies before the picture is left out in whole steps
		a += -a / (on + off) * (on + off)
	}
	for limit := max(s.Img.Rect.Max.X, s.Img.Rect.Max.Y); a < b && a < limit; a += on + off {
		f(a, min(a+on, b))
	}
}

// Sides are edges of a frame.
type Sides uint8

// The edges, and all of them.
const (
	Top Sides = 1 << iota
	Bottom
	Left
	Right
	AllSides = Top | Bottom | Left | Right
)

// Frame paints the outline of a rectangle inside its edges, those of the sides
// that are asked for.
func (s *Sheet) Frame(x, y, w, h, thick float32, style int, sides Sides, c color.NRGBA) {
	x0, y0, x1, y1, t := s.dev(x), s.dev(y), s.dev(x+w), s.dev(y+h), s.px(thick)
	if x1-x0 < t || y1-y0 < 2*t {
		return
	}
	on, off := 1<<20, 1
	switch style {
	case Dashed:
		on, off = 5*t, 3*t
	case Dotted:
		on, off = 2*t, 2*t
	}
	s.dashes(x0, x1, on, off, func(p, q int) {
		if sides&Top != 0 {
			s.fill(p, y0, q, y0+t, c)
		}
		if sides&Bottom != 0 {
			s.fill(p, y1-t, q, y1, c)
		}
	})
	s.dashes(y0+t, y1-t, on, off, func(p, q int) {
		if sides&Left != 0 {
			s.fill(x0, p, x0+t, q, c)
		}
		if sides&Right != 0 {
			s.fill(x1-t, p, x1, q, c)
		}
	})
}

// Text paints words in one row from x, the baseline at y, and returns where
// they end. Lines and tabs are not broken: they are boxes with their code.
func (s *Sheet) Text(x, y, size float32, words string, c color.NRGBA) float32 {
	s.Fonts.mu.Lock()
	defer s.Fonts.mu.Unlock()
	for i, r := range words {
		if textlayout.Invisible(r) {
			continue
		}
		adv, shift := s.Fonts.set(words, i, r)
		s.glyph(r, x-shift*size, y, size, c)
		x += adv * size
	}
	return x
}

// set is the advance of the character at byte i of words, and how far to the
// left of its pen it is drawn, in ems: a quotation mark among Latin letters is
// narrow, as in a text.
func (f *Fonts) set(words string, i int, r rune) (adv, shift float32) {
	switch {
	case textlayout.Invisible(r):
		return 0, 0
	case r >= 0x2018 && r <= 0x201F && textlayout.NarrowAt(words, i):
		return f.narrow(r)
	}
	return f.Advance(r), 0
}

// Measure is the width of words that Text paints.
func (s *Sheet) Measure(size float32, words string) float32 {
	var sum float32
	for i, r := range words {
		adv, _ := s.Fonts.set(words, i, r)
		sum += adv
	}
	return sum * size
}

// Fit shortens words to a width with an ellipsis behind; words that fit stay.
func (s *Sheet) Fit(size float32, words string, width float32) string {
	if s.Measure(size, words) <= width {
		return words
	}
	room := width - s.Fonts.Advance('…')*size
	for i, r := range words {
		adv, _ := s.Fonts.set(words, i, r)
		if room -= adv * size; room < 0 {
			return words[:i] + "…"
		}
	}
	return words
}

// cluster paints one grapheme cluster with its pen at x. The caller holds the
// lock of the fonts.
func (s *Sheet) cluster(v string, base rune, x, y, size float32, c color.NRGBA) {
	if len(v) == 1 || len(v) <= 4 && len(v) == runeLen(base) {
		if !textlayout.Invisible(base) {
			s.glyph(base, x, y, size, c)
		}
		return
	}
	// A letter and its marks are often one character with a glyph of its own.
	if n := norm.NFC.String(v); len(n) < len(v) {
		whole := true
		for i, r := range n {
			whole = whole && (i == 0 || textlayout.Mute(r)) && !s.Fonts.Boxed(r)
		}
		if whole {
			v = n
		}
	}
	pen, wide := x, float32(0)
	for i, r := range v {
		switch {
		case textlayout.Invisible(r):
		case i > 0 && textlayout.Mute(r):
			s.mark(r, pen-wide, wide, y, size, c)
		default:
			s.glyph(r, pen, y, size, c)
			wide = s.Fonts.Advance(r) * size
			pen += wide
		}
	}
}

// mark paints a combining sign over the middle of what stands from x, wide; a
// sign that no face has becomes a small square above it.
func (s *Sheet) mark(r rune, x, wide, y, size float32, c color.NRGBA) {
	face, g, _ := s.Fonts.find(r)
	if g == 0 {
		d := max(size*0.22, 3/s.Scale)
		s.Frame(x+wide/2-d/2, y-size*0.98, d, d, 1, Solid, AllSides, c)
		return
	}
	m := s.Fonts.mask(face, g, size*s.Scale, 0)
	s.stamp(m, s.dev(x+wide/2)-m.w/2, s.dev(y)+m.y, c)
}

// glyph paints one character with its pen at x and its baseline at y.
func (s *Sheet) glyph(r rune, x, y, size float32, c color.NRGBA) {
	if r == ' ' || r == 0x3000 {
		return
	}
	face, g, adv := s.Fonts.find(r)
	if g == 0 {
		s.box(r, x, y, adv*size, size, c)
		return
	}
	pen, phase := s.dev(x), 0
	if r < 0x2E80 || unicode.IsMark(r) {
		at := float64(x * s.Scale)
		quarter := int(math.Floor(at*phases + 0.5))
		pen, phase = int(math.Floor(float64(quarter)/phases)), ((quarter%phases)+phases)%phases
	}
	m := s.Fonts.mask(face, g, size*s.Scale, uint8(phase))
	s.stamp(m, pen+m.x, s.dev(y)+m.y, c)
}

// stamp blends a mask in a colour, its corner at (x, y) in device pixels.
func (s *Sheet) stamp(m *mask, x, y int, c color.NRGBA) {
	r := image.Rect(x, y, x+m.w, y+m.h).Intersect(s.Img.Rect)
	if r.Empty() {
		return
	}
	opaque := uint32(c.A)
	for j := r.Min.Y; j < r.Max.Y; j++ {
		src := m.pix[(j-y)*m.w+r.Min.X-x : (j-y)*m.w+r.Max.X-x]
		dst := s.Img.Pix[s.Img.PixOffset(r.Min.X, j):s.Img.PixOffset(r.Max.X, j)]
		for i, cover := range src {
			if cover == 0 {
				continue
			}
			a := uint32(cover)
			if opaque != 0xFF {
				a = a * opaque / 255
			}
			d := dst[i*4 : i*4+3 : i*4+3]
			d[0] = blend(d[0], c.R, a)
			d[1] = blend(d[1], c.G, a)
			d[2] = blend(d[2], c.B, a)
		}
	}
}

func runeLen(r rune) int {
	switch {
	case r < 0x80:
		return 1
	case r < 0x800:
		return 2
	case r < 0x10000:
		return 3
	}
	return 4
}
