package desk

import (
	"math"
	"testing"

	"fyne.io/fyne/v2"
)

// A picture whose width or place is half a pixel is drawn blurred: of two texts
// beside or under each other neither is.
func TestTwoTextsStandOnWholePixels(t *testing.T) {
	sc := opened(t)
	sc.setMode(beside)
	for _, size := range []fyne.Size{{Width: 678, Height: 673}, {Width: 679, Height: 674}, {Width: 500, Height: 673}, {Width: 500, Height: 674}} {
		sc.texts.Resize(size)
		var area float32
		for _, o := range sc.texts.Objects[:2] {
			p, s := o.Position(), o.Size()
			for _, v := range []float32{p.X, p.Y, s.Width, s.Height} {
				if float64(v) != math.Floor(float64(v)) {
					t.Errorf("in %v a text lies at %v and is %v", size, p, s)
				}
			}
			area += s.Width * s.Height
		}
		if area < 0.8*size.Width*size.Height {
			t.Errorf("of %v the texts have %v", size, area)
		}
	}
}
