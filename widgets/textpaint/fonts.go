package textpaint

import (
	"image"
	"image/draw"
	"math"
	"sync"
	"sync/atomic"
	"unicode"

	"fonds/widgets/textlayout"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// Fonts is a chain of faces: a character is drawn by the first that has it. A
// character that none has, one for private use and a control character are
// drawn as a box with their code, so that nothing in a text is ever hidden.
//
// Advances may be asked for on any goroutine; masks are made under a lock.
type Fonts struct {
	faces []*Face
	pages [0x110000 >> 8]atomic.Pointer[page]

	quotes [8]atomic.Uint64 // U+2018 to U+201F: what narrow answers, two float32

	mu    sync.Mutex // buf, rast, masks
	buf   sfnt.Buffer
	rast  vector.Rasterizer
	masks map[maskKey]*mask
}

// page holds what is known of 256 characters: 0 is not asked yet; else bit 63,
// the face from bit 48, the glyph from bit 32, the advance in ems as a float32.
type page [256]atomic.Uint64

const known = 1 << 63

// boxAdvance is how much room, in ems, a character without a glyph takes.
const boxAdvance = 1

// NewFonts makes a chain, the preferred face first. Without any face every
// character is a box.
func NewFonts(faces ...*Face) *Fonts {
	f := &Fonts{masks: map[maskKey]*mask{}}
	for _, x := range faces {
		if x != nil {
			f.faces = append(f.faces, x)
		}
	}
	return f
}

// Boxed reports whether the character is drawn as a box with its code.
func (f *Fonts) Boxed(r rune) bool { _, x, _ := f.find(r); return x == 0 }

// Advance is the width of a character in ems.
func (f *Fonts) Advance(r rune) float32 { _, _, adv := f.find(r); return adv }

// AdvanceAt is the measure that textlayout wants, at a size in pixels.
func (f *Fonts) AdvanceAt(size float32) func(rune) float32 {
	return func(r rune) float32 { _, _, adv := f.find(r); return adv * size }
}

// NarrowAt is the measure of quotation marks among Latin letters, at a size in
// pixels: their ink with a little room on both sides.
func (f *Fonts) NarrowAt(size float32) func(rune) float32 {
	return func(r rune) float32 { adv, _ := f.narrow(r); return adv * size }
}

// narrowRoom is the blank on each side of a narrow quotation mark, in ems.
const narrowRoom = 0.05

// narrow is the width of a quotation mark without the blank half of its square,
// and how far to the left of its pen the full glyph is drawn for it, in ems.
func (f *Fonts) narrow(r rune) (adv, shift float32) {
	face, x, full := f.find(r)
	if x == 0 || full < 0.9 {
		return full, 0 // a font with Latin quotation marks
	}
	if i := r - 0x2018; i >= 0 && int(i) < len(f.quotes) {
		if v := f.quotes[i].Load(); v != 0 {
			return math.Float32frombits(uint32(v >> 32)), math.Float32frombits(uint32(v))
		}
		defer func() { f.quotes[i].Store(uint64(math.Float32bits(adv))<<32 | uint64(math.Float32bits(shift))) }()
	}
	var buf sfnt.Buffer
	at := f.faces[face]
	b, _, err := at.font.GlyphBounds(&buf, x, at.upem<<6, font.HintingNone)
	if err != nil || b.Max.X <= b.Min.X {
		return full, 0
	}
	em := float32(at.upem << 6)
	return float32(b.Max.X-b.Min.X)/em + 2*narrowRoom, float32(b.Min.X)/em - narrowRoom
}

// Ascent is how far the first face reaches above the baseline, in ems.
func (f *Fonts) Ascent() float32 {
	if len(f.faces) == 0 {
		return 0.88
	}
	return f.faces[0].ascent
}

func (f *Fonts) find(r rune) (face int, x sfnt.GlyphIndex, adv float32) {
	if r < 0 || r > unicode.MaxRune {
		r = unicode.ReplacementChar
	}
	p := f.pages[r>>8].Load()
	if p == nil {
		f.pages[r>>8].CompareAndSwap(nil, new(page))
		p = f.pages[r>>8].Load()
	}
	v := p[r&0xFF].Load()
	if v == 0 {
		v = f.ask(r)
		p[r&0xFF].Store(v)
	}
	return int(v>>48) & 0x7FFF, sfnt.GlyphIndex(v >> 32), math.Float32frombits(uint32(v))
}

func (f *Fonts) ask(r rune) uint64 {
	if !unicode.Is(unicode.Co, r) && !unicode.IsControl(r) && !textlayout.Hidden(r) {
		var buf sfnt.Buffer
		for i, face := range f.faces {
			if x, adv := face.glyph(&buf, r); x != 0 {
				return known | uint64(i)<<48 | uint64(x)<<32 | uint64(math.Float32bits(max(adv, 0)))
			}
		}
	}
	return known | uint64(math.Float32bits(boxAdvance))
}

// phases is how many places between two device pixels a glyph of narrow
// script is drawn at, so that Latin letters keep their spacing.
const phases = 4

type maskKey struct {
	face  uint16
	glyph sfnt.GlyphIndex
	size  fixed.Int26_6 // device pixels an em
	phase uint8
}

// mask is the coverage of a glyph, 0 to 255, its corner counted from the pen.
type mask struct {
	pix        []uint8
	x, y, w, h int
}

// maskLimit bounds the cache, which is emptied when it is full: some 20 MB.
const maskLimit = 40_000

// mask makes or finds the mask of a glyph. The caller holds mu.
func (f *Fonts) mask(face int, x sfnt.GlyphIndex, size float32, phase uint8) *mask {
	key := maskKey{uint16(face), x, fixed.Int26_6(size*64 + 0.5), phase}
	if m := f.masks[key]; m != nil {
		return m
	}
	m := f.raster(key)
	if len(f.masks) >= maskLimit {
		clear(f.masks)
	}
	f.masks[key] = m
	return m
}

func (f *Fonts) raster(k maskKey) *mask {
	segs, err := f.faces[k.face].font.LoadGlyph(&f.buf, k.glyph, k.size, nil)
	if err != nil {
		return &mask{}
	}
	shift := fixed.Int26_6(k.phase) * 64 / phases
	b := segs.Bounds()
	x0, y0 := (b.Min.X + shift).Floor(), b.Min.Y.Floor()
	w, h := (b.Max.X+shift).Ceil()-x0, b.Max.Y.Ceil()-y0
	if w <= 0 || h <= 0 || w > 4096 || h > 4096 {
		return &mask{}
	}
	dx, dy := float32(shift)/64-float32(x0), -float32(y0)
	at := func(p fixed.Point26_6) (float32, float32) { return float32(p.X)/64 + dx, float32(p.Y)/64 + dy }
	z := &f.rast
	z.Reset(w, h)
	z.DrawOp = draw.Src
	for _, s := range segs {
		ax, ay := at(s.Args[0])
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			z.ClosePath()
			z.MoveTo(ax, ay)
		case sfnt.SegmentOpLineTo:
			z.LineTo(ax, ay)
		case sfnt.SegmentOpQuadTo:
			bx, by := at(s.Args[1])
			z.QuadTo(ax, ay, bx, by)
		case sfnt.SegmentOpCubeTo:
			bx, by := at(s.Args[1])
			cx, cy := at(s.Args[2])
			z.CubeTo(ax, ay, bx, by, cx, cy)
		}
	}
	z.ClosePath()
	dst := image.NewAlpha(image.Rect(0, 0, w, h))
	z.Draw(dst, dst.Bounds(), image.Opaque, image.Point{})
	return &mask{pix: dst.Pix, x: x0, y: y0, w: w, h: h}
}
