package textpaint

import (
	"image"
	"image/color"
	"math"
	"testing"
)

var ink = color.NRGBA{A: 0xFF}

func blank(w, h int, scale float32) *Sheet {
	s := &Sheet{Img: image.NewRGBA(image.Rect(0, 0, w, h)), Scale: scale}
	s.Fill(0, 0, float32(w), float32(h), color.NRGBA{255, 255, 255, 255})
	return s
}

// inked is how much ink there is, in whole pixels.
func inked(s *Sheet) (sum float64) {
	for i := 0; i < len(s.Img.Pix); i += 4 {
		sum += float64(255-s.Img.Pix[i]) / 255
	}
	return sum
}

func TestLineHasItsThickness(t *testing.T) {
	for _, scale := range []float32{1, 1.5, 2} {
		for turn := range 24 {
			s := blank(300, 300, scale)
			angle := float64(turn) * math.Pi / 12
			mid, long := 150/scale, float32(60)
			b := Spot{mid + long*float32(math.Cos(angle)), mid + long*float32(math.Sin(angle))}
			if got := s.Line(Spot{mid, mid}, b, 2, Solid, 5, ink); math.Abs(float64(got)-65) > 0.01 {
				t.Fatalf("the pattern has come to %v, want 65", got)
			}
			want := float64(long * 2 * scale * scale)
			if got := inked(s); math.Abs(got-want) > want*0.05 {
				t.Errorf("scale %v, %d degrees: %v pixels of ink, want %v", scale, turn*15, got, want)
			}
		}
	}
}

func TestLineStyles(t *testing.T) {
	ink1 := func(style int) float64 {
		s := blank(400, 40, 1)
		s.Line(Spot{10, 20}, Spot{390, 20}, 2, style, 0, ink)
		return inked(s)
	}
	solid, dashed, dotted := ink1(Solid), ink1(Dashed), ink1(Dotted)
	if r := dashed / solid; r < 0.55 || r > 0.7 {
		t.Errorf("dashes have %.2f of the ink", r)
	}
	if r := dotted / solid; r < 0.35 || r > 0.5 {
		t.Errorf("dots have %.2f of the ink", r)
	}
}

// A pattern does not depend on where the line is cut, nor on what lies outside.
func TestLinePatternGoesOn(t *testing.T) {
	whole, pieces := blank(400, 40, 1), blank(400, 40, 1)
	whole.Line(Spot{-5000, 20}, Spot{5000, 20}, 2, Dashed, 0, ink)
	at := pieces.Line(Spot{-5000, 20}, Spot{100, 20}, 2, Dashed, 0, ink)
	at = pieces.Line(Spot{100, 20}, Spot{237, 20}, 2, Dashed, at, ink)
	pieces.Line(Spot{237, 20}, Spot{5000, 20}, 2, Dashed, at, ink)
	differ := 0
	for i, v := range whole.Img.Pix {
		if d := int(v) - int(pieces.Img.Pix[i]); d > 80 || d < -80 {
			differ++
		}
	}
	if differ > 2*4*4 { // at the cuts themselves
		t.Errorf("%d bytes differ", differ)
	}
	if inked(whole) == 0 {
		t.Error("nothing was drawn")
	}
}

func TestLineFarOutsideIsQuick(t *testing.T) {
	s := blank(100, 100, 1)
	s.Line(Spot{-3e7, -3e7}, Spot{3e7, 3e7 + 50}, 2, Dotted, 0, ink)
	if inked(s) == 0 {
		t.Error("nothing of it was drawn")
	}
	s = blank(100, 100, 1)
	s.Line(Spot{-3e7, -500}, Spot{3e7, -500}, 2, Dotted, 0, ink)
	s.Area([]Spot{{-3e7, -3e7}, {3e7, -3e7}, {3e7, -100}}, ink)
	if inked(s) != 0 {
		t.Error("something was drawn of what lies outside")
	}
}

func TestAreaFills(t *testing.T) {
	s := blank(200, 200, 2)
	s.Area([]Spot{{10, 10}, {60, 10}, {60, 40}, {10, 40}}, ink)
	if got, want := inked(s), float64(50*30*4); math.Abs(got-want) > 1 {
		t.Errorf("a rectangle has %v pixels, want %v", got, want)
	}
	s = blank(200, 200, 1)
	s.Area([]Spot{{20, 20}, {180, 20}, {20, 180}}, ink)
	if got, want := inked(s), 160.0*160/2; math.Abs(got-want) > want*0.02 {
		t.Errorf("a triangle has %v pixels, want %v", got, want)
	}
	s = blank(200, 200, 1)
	s.Area([]Spot{{20, 20}, {180, 180}, {180, 20}, {20, 180}}, ink) // crosses itself
	if got, want := inked(s), 160.0*160/2; math.Abs(got-want) > want*0.03 {
		t.Errorf("two triangles have %v pixels, want %v", got, want)
	}
	s = blank(200, 200, 1)
	s.Area([]Spot{{-1e6, -1e6}, {1e6, -1e6}, {1e6, 1e6}, {-1e6, 1e6}}, color.NRGBA{A: 128})
	if got := s.Img.RGBAAt(100, 100).R; got != 127 {
		t.Errorf("half a black over white is %d", got)
	}
}
