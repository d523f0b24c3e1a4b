package pyramid

import (
	"image"
	"math"
)

// Tone is how a page is shown lighter, harder or as the positive of a negative. The
// zero value changes nothing.
type Tone struct {
	Brightness int // -100 to 100
	Contrast   int // -100 to 100
	Invert     bool
}

// table says what each value of a pixel becomes; nil is itself.
func (t Tone) table() *[256]uint8 {
	if t == (Tone{}) {
		return nil
	}
	hard := math.Pow(4, float64(min(max(t.Contrast, -100), 100))/100)
	light := 1.28 * float64(min(max(t.Brightness, -100), 100))
	var out [256]uint8
	for i := range out {
		v := float64(i)
		if t.Invert {
			v = 255 - v
		}
		v = (v-127.5)*hard + 127.5 + light
		out[i] = uint8(math.Round(min(max(v, 0), 255)))
	}
	return &out
}

// apply changes the pixels of a part of a picture.
func apply(dst *image.RGBA, r image.Rectangle, table *[256]uint8) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		row := dst.Pix[dst.PixOffset(r.Min.X, y):dst.PixOffset(r.Max.X, y)]
		for i := 0; i+3 < len(row); i += 4 {
			row[i], row[i+1], row[i+2] = table[row[i]], table[row[i+1]], table[row[i+2]]
		}
	}
}
