package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"fonds/widgets/look"
)

// textScale is the person's factor on text sizes. Heights that are made for one
// or two lines of text grow with it, gaps do not.
func textScale() float32 { return theme.TextSize() / look.Text }

// captionSize is the size of labels, hints and counts in Fyne pixels.
func captionSize() float32 { return theme.CaptionTextSize() }

// ringWidth is the stroke of the focus ring. It stays wider than the lines of
// high contrast, where it has no colour of its own.
func ringWidth(p *look.Palette) float32 { return max(look.FocusRing, 2*p.LineWidth) }

// selectedFill is the ground of a selected row or chip on a ground of its own.
// High contrast inverts instead, see selectedInk.
func selectedFill(p *look.Palette, ground color.NRGBA) color.NRGBA {
	if p.InvertSelect {
		return p.Accent
	}
	return look.Over(p.Accent, ground, p.SelectedRow)
}

// selectedInk is the colour of text on selectedFill.
func selectedInk(p *look.Palette, usual color.NRGBA) color.NRGBA {
	if p.InvertSelect {
		return p.OnAccent
	}
	return usual
}

// placeInside sizes a stroked rectangle so that its whole stroke lies within
// size: Fyne centres a stroke on the edge and loses half a pixel at the far one.
func placeInside(r *canvas.Rectangle, size fyne.Size) {
	placeInsideAt(r, fyne.NewPos(0, 0), size)
}

func placeInsideAt(r *canvas.Rectangle, at fyne.Position, size fyne.Size) {
	w := r.StrokeWidth
	r.Move(at.AddXY(w/2, w/2))
	r.Resize(fyne.NewSize(max(0, size.Width-w-.5), max(0, size.Height-w-.5)))
}

// setText changes a text object and says whether anything differs, so that what
// is equal is not drawn again.
func setText(t *canvas.Text, text string, size float32, c color.NRGBA) bool {
	if t.Text == text && t.TextSize == size && t.Color == color.Color(c) {
		return false
	}
	t.Text, t.TextSize, t.Color = text, size, c
	return true
}

// focus gives the keyboard to o, which is owner or something within it; without
// a window nothing happens. Fyne finds the window of what has been painted
// once, so that something new is focused by way of what it was put into.
func focus(owner fyne.CanvasObject, o fyne.Focusable) {
	if c := canvasOf(owner); c != nil {
		c.Focus(o)
	}
}

func canvasOf(o fyne.CanvasObject) fyne.Canvas {
	app := fyne.CurrentApp()
	if app == nil {
		return nil
	}
	d := app.Driver()
	if c := d.CanvasForObject(o); c != nil {
		return c
	}
	// Nothing of it was painted yet. The program has one window.
	if all := d.AllWindows(); len(all) == 1 {
		return all[0].Canvas()
	}
	return nil
}

// lineHeight is the height of a line of text of a size, in Fyne pixels.
func lineHeight(size float32) float32 {
	return fyne.MeasureText("国", size, fyne.TextStyle{}).Height
}

// edges is a frame of four filled rectangles. Within something that clips, as
// lists do, a stroked rectangle at the very edge would lose part of its stroke.
type edges [4]*canvas.Rectangle

func newEdges() edges {
	var e edges
	for i := range e {
		e[i] = canvas.NewRectangle(color.Transparent)
	}
	return e
}

func (e edges) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{e[0], e[1], e[2], e[3]}
}

// place draws the frame inside of size, or hides it.
func (e edges) place(on bool, size fyne.Size, w float32, c color.NRGBA) {
	e.placeAt(on, fyne.Position{}, size, w, c)
}

// placeAt is place for a frame whose top left corner lies at a place.
func (e edges) placeAt(on bool, from fyne.Position, size fyne.Size, w float32, c color.NRGBA) {
	at := [4]fyne.Position{{}, {Y: size.Height - w}, {Y: w}, {X: size.Width - w, Y: w}}
	long, tall := fyne.NewSize(size.Width, w), fyne.NewSize(w, max(0, size.Height-2*w))
	for i, s := range [4]fyne.Size{long, long, tall, tall} {
		e[i].Hidden, e[i].FillColor = !on, c
		e[i].Move(from.Add(at[i]))
		e[i].Resize(s)
	}
}

// placeText shows a text in a face with its top left corner at a place.
func placeText(t *canvas.Text, text string, face *advances, c color.NRGBA, x, y float32) {
	if setText(t, text, face.size, c) {
		t.Refresh()
	}
	t.Move(fyne.NewPos(x, y))
}

// lift is how far words within a frame stand above the middle of their line: the
// fonts' lines have more room above the letters than below them.
const lift float32 = 1

// Relay lays out everything below o again. Fyne throws away the renderer of what
// was not painted for a minute, and lays a new one out only when a size changes:
// call it when something that was hidden is shown.
func Relay(o fyne.CanvasObject) {
	size := o.Size()
	o.Resize(size.SubtractWidthHeight(1, 1))
	o.Resize(size)
	o.Refresh()
}
