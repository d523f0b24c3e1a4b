package widgets

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2/canvas"

	"fonds/widgets/look"
)

// dotted is the frame of what is proposed and not yet in force: said by its
// dots, not by its colour alone. Fyne has no broken lines, so it is painted.
type dotted struct {
	raster *canvas.Raster
	colour color.NRGBA
	width  float32 // of the line, in Fyne pixels
	ring   float32 // of the focus, outside of the dots; 0 without
	accent color.NRGBA
}

func newDotted() *dotted {
	d := &dotted{}
	d.raster = canvas.NewRaster(d.paint)
	return d
}

// style changes the frame and paints it again where anything differs.
func (d *dotted) style(p *look.Palette, focused bool) {
	ring := float32(0)
	if focused {
		ring = ringWidth(p)
	}
	if p.Warn != d.colour || p.LineWidth != d.width || p.Accent != d.accent || ring != d.ring {
		d.colour, d.width, d.accent, d.ring = p.Warn, p.LineWidth, p.Accent, ring
		d.raster.Refresh()
	}
}

// paint draws in device pixels: dots three wide and two apart, and outside of
// them the ring of the focus, so that a proposal still looks like one.
func (d *dotted) paint(w, h int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	scale := float32(1)
	if s := d.raster.Size(); s.Width > 0 {
		scale = float32(w) / s.Width
	}
	pixels := func(v float32) int { return int(v*scale + 0.5) }
	frame := func(inset int, c color.NRGBA, on, period int) {
		dot := func(along, x, y int) {
			if along%period < on {
				img.Set(x, y, c)
			}
		}
		for x := inset; x < w-inset; x++ {
			dot(x, x, inset)
			dot(x, x, h-1-inset)
		}
		for y := inset; y < h-inset; y++ {
			dot(y, inset, y)
			dot(y, w-1-inset, y)
		}
	}
	inset := pixels(d.ring)
	for n := range inset {
		frame(n, d.accent, 1, 1)
	}
	if inset > 0 {
		inset += pixels(1)
	}
	for n := range max(1, pixels(d.width)) {
		frame(inset+n, d.colour, max(1, pixels(3)), max(2, pixels(5)))
	}
	return img
}
