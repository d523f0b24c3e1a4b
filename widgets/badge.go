package widgets

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"fonds/widgets/look"
)

// mostBadges is how many stand behind a label.
const mostBadges = 2

// badge is a quiet word in a frame.
type badge struct {
	frame *canvas.Rectangle
	words *canvas.Text
}

func newBadge() *badge {
	b := &badge{canvas.NewRectangle(color.Transparent), canvas.NewText("", color.Transparent)}
	b.frame.StrokeWidth, b.frame.CornerRadius = 1, look.Corner
	return b
}

// badgeWidth is how wide a badge is.
func badgeWidth(words string, face *advances) float32 { return face.width(words) + 2*look.Tight }

// place puts the badge at a place of a line; "" hides it. It gives how far on the next one
// stands.
func (b *badge) place(words string, x, y float32, face *advances, p *look.Palette) float32 {
	b.frame.Hidden, b.words.Hidden = words == "", words == ""
	if words == "" {
		return 0
	}
	x, width := float32(math.Ceil(float64(x))), float32(math.Ceil(float64(badgeWidth(words, face)))) // between pixels a frame is drawn blurred
	if b.frame.StrokeColor != p.Line {
		b.frame.StrokeColor = p.Line
		b.frame.Refresh()
	}
	b.frame.Move(fyne.NewPos(x, y))
	b.frame.Resize(fyne.NewSize(width, lineHeight(face.size)))
	placeText(b.words, words, face, p.Quiet, x+look.Tight, y)
	return width + look.Near
}
