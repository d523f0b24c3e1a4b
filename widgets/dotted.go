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
	solid  bool    // a ring in place of the dots: it has the focus
}

func newDotted() *dotted {
	d := &dotted{}
	d.raster = canvas.NewRaster(d.paint)
	return d
}

// style changes the frame and says whether it has to be painted again.
func (d *dotted) style(p *look.Palette, solid bool) {
	colour, width := p.Warn, p.LineWidth
	if solid {
		colour, width = p.Accent, ringWidth(p)
	}
	if colour != d.colour || width != d.width || solid != d.solid {
		d.colour, d.width, d.solid = colour, width, solid
		d.raster.Refresh()
	}
}

// paint draws in device pixels; dots are three lines' widths long and two apart.
func (d *dotted) paint(w, h int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	scale := float32(1)
	if s := d.raster.Size(); s.Width > 0 {
		scale = float32(w) / s.Width
	}
	line := max(1, int(d.width*scale+0.5))
	on, period := max(1, int(3*scale+0.5)), max(2, int(5*scale+0.5))
	dot := func(along, x, y int) {
		if d.solid || along%period < on {
			img.Set(x, y, d.colour)
		}
	}
	for n := range line {
		for x := range w {
			dot(x, x, n)
			dot(x, x, h-1-n)
		}
		for y := range h {
			dot(y, n, y)
			dot(y, w-1-n, y)
		}
	}
	return img
}
