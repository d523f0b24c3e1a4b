package duplicates

import (
	"math"

	"fyne.io/fyne/v2"
)

// twoSides lays out what is said of two documents beside each other, both as high as the
// higher, then what is said of both, a line, and below it the two texts with a line
// between them: left head, right head, note, line, left text, right text, line.
type twoSides struct{}

// MinSize is called by Fyne.
func (twoSides) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(480, 240) }

// Layout is called by Fyne.
func (twoSides) Layout(o []fyne.CanvasObject, size fyne.Size) {
	half := float32(math.Floor(float64((size.Width - 1) / 2))) // of half a pixel a picture is drawn blurred
	right := size.Width - half - 1
	high := float32(0)
	for i, width := range []float32{half, right} {
		o[i].Resize(fyne.NewSize(width, max(1, o[i].Size().Height))) // so that what wraps knows its height
		high = max(high, o[i].MinSize().Height)
	}
	high = min(high, size.Height/2)
	o[0].Resize(fyne.NewSize(half, high))
	o[0].Move(fyne.NewPos(0, 0))
	o[1].Resize(fyne.NewSize(right, high))
	o[1].Move(fyne.NewPos(half+1, 0))
	o[2].Resize(fyne.NewSize(size.Width, max(1, o[2].Size().Height)))
	note := o[2].MinSize().Height
	o[2].Resize(fyne.NewSize(size.Width, note))
	o[2].Move(fyne.NewPos(0, high))
	y := float32(math.Ceil(float64(high + note)))
	o[3].Move(fyne.NewPos(0, y))
	o[3].Resize(fyne.NewSize(size.Width, 1))
	y++
	low := max(0, size.Height-y)
	o[4].Move(fyne.NewPos(0, y))
	o[4].Resize(fyne.NewSize(half, low))
	o[5].Move(fyne.NewPos(half+1, y))
	o[5].Resize(fyne.NewSize(right, low))
	o[6].Move(fyne.NewPos(half, y))
	o[6].Resize(fyne.NewSize(1, low))
}
