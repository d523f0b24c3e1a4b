package widgets

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"fonds/widgets/look"
)

// This file lays a chart out and paints its bars.

// chartBox is a place in the chart, in Fyne pixels.
type chartBox struct{ left, top, width, height float32 }

// chartFill is a box filled in a tone.
type chartFill struct {
	chartBox
	tone ChartTone
}

// chartPlaces is where everything of a chart lies.
type chartPlaces struct {
	bars  []chartBox // the whole row or column of each, to press
	fills []chartFill
	lines []chartBox // hairlines
}

// The sizes of a chart in Fyne pixels.
const (
	chartThick   float32 = 16  // of a lying bar
	chartPlot    float32 = 112 // height of standing ones
	chartColumn  float32 = 28  // a column is no wider
	chartMinPart float32 = 3   // what is there can be seen
)

// place lays the chart out at the width there is.
func (c *Chart) place() {
	width := c.Size().Width
	if width <= 0 {
		width = 480
	}
	if c.sized == width {
		c.raster.Resize(c.Size())
		return
	}
	c.sized, c.used, c.geo = width, 0, chartPlaces{}
	face := newAdvances(captionSize())
	y := c.placeLegend(face, width)
	if c.Columns {
		y = c.placeColumns(face, width, y)
	} else {
		y = c.placeBars(width, y)
	}
	was := c.height
	c.height = y
	c.raster.Resize(fyne.NewSize(width, y))
	c.placeFrame()
	if was != c.height {
		canvas.Refresh(c)
	}
}

func (c *Chart) placeFrame() {
	on := c.focused && c.at < len(c.geo.bars)
	var b chartBox
	if on {
		b = c.geo.bars[c.at]
	}
	p := look.Current()
	c.frame.placeAt(on, fyne.NewPos(b.left, b.top), fyne.NewSize(b.width, b.height), ringWidth(p), p.Accent)
}

// placeLegend names the parts, each behind a sample of how it is drawn.
func (c *Chart) placeLegend(face *advances, width float32) float32 {
	if len(c.parts) < 2 {
		return 0
	}
	var x, y float32
	line, swatch := max(lineHeight(face.size), chartThick), 2*chartThick-look.Near
	for _, p := range c.parts {
		name := oneLine(p.Name, c.Covers)
		need := swatch + look.Near + face.width(name)
		if x > 0 && x+need > width {
			x, y = 0, y+line+look.Tight
		}
		c.geo.fills = append(c.geo.fills, chartFill{chartBox{x, y + (line-chartThick+look.Tight)/2, swatch, chartThick - look.Tight}, p.Tone})
		c.text(face.truncate(name, width-swatch-look.Near), face, x+swatch+look.Near, y+(line-lineHeight(face.size))/2)
		x += need + look.Apart
	}
	return y + line + look.Near
}

// placeBars lays bars below one another: a label, the bar, its value in words.
func (c *Chart) placeBars(width, y float32) float32 {
	face := newAdvances(theme.TextSize())
	var label, words float32
	for i := range c.bars {
		label = max(label, face.width(oneLine(c.bars[i].Label, c.Covers)))
		words = max(words, face.width(oneLine(c.bars[i].Words, c.Covers)))
	}
	label, words = min(label, width*0.34), min(words, width*0.34)
	row, in := rowHeight(), look.Near
	left := in + label + look.Near
	room := max(0, width-left-words-look.Near-in)
	for i := range c.bars {
		b := &c.bars[i]
		ty := y + (row-lineHeight(face.size))/2 - lift
		c.text(face.truncate(oneLine(b.Label, c.Covers), label), face, in, ty)
		end := left + c.stack(b, room, func(from, long float32) chartBox {
			return chartBox{left + from, y + (row-chartThick)/2, long, chartThick}
		})
		c.text(face.truncate(oneLine(b.Words, c.Covers), words), face, end+look.Near, ty)
		c.geo.bars = append(c.geo.bars, chartBox{0, y, width, row})
		y += row
	}
	if len(c.bars) > 0 {
		c.geo.lines = append(c.geo.lines, chartBox{left - 1, y - float32(len(c.bars))*row, 1, float32(len(c.bars)) * row})
	}
	return y
}

// placeColumns stands columns side by side on a line, with labels below some.
func (c *Chart) placeColumns(face *advances, width, y float32) float32 {
	n := max(1, len(c.bars))
	step := min(chartColumn, width/float32(n))
	thick := max(2, step*0.7)
	base := y + chartPlot
	free := float32(0) // where the next label may begin
	for i := range c.bars {
		b, x := &c.bars[i], float32(i)*step
		c.stack(b, chartPlot-look.Near, func(from, long float32) chartBox {
			return chartBox{x + (step-thick)/2, base - from - long, thick, long}
		})
		c.geo.bars = append(c.geo.bars, chartBox{x, y, step, chartPlot + lineHeight(face.size)})
		label := oneLine(b.Label, c.Covers)
		if w := face.width(label); label != "" && x >= free {
			at := min(x, max(0, width-w))
			if at >= free {
				c.text(label, face, at, base+look.FocusRing)
				free = at + w + look.Near
			}
		}
	}
	c.geo.lines = append(c.geo.lines, chartBox{0, base, step * float32(len(c.bars)), 1})
	return base + lineHeight(face.size) + look.Tight
}

// stack puts the parts of a bar end to end within room for the greatest, and says
// how long it is.
func (c *Chart) stack(b *ChartBar, room float32, box func(from, long float32) chartBox) float32 {
	most := c.most
	if c.Shares {
		most = b.sum()
	}
	if most == 0 {
		return 0
	}
	var at float32
	for k, v := range b.Values {
		if v <= 0 || k >= len(c.parts) {
			continue
		}
		long := max(chartMinPart, room*float32(v)/float32(most))
		c.geo.fills = append(c.geo.fills, chartFill{box(at, long), c.parts[k].Tone})
		at += long
	}
	return at
}

// paint draws the picture, w by h device pixels.
func (c *Chart) paint(w, h int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	size := c.raster.Size()
	if size.Width <= 0 {
		return img
	}
	p, scale := look.Current(), float32(w)/size.Width
	ground := p.Panel
	if c.hover >= 0 && c.hover < len(c.geo.bars) {
		c.fill(img, c.geo.bars[c.hover], scale, func(int, int) color.NRGBA { return look.Over(p.Ink, ground, 0.07) })
	}
	for _, l := range c.geo.lines {
		c.fill(img, l, scale, func(int, int) color.NRGBA { return p.Edge })
	}
	for _, f := range c.geo.fills {
		c.paintFill(img, &f, scale, p)
	}
	return img
}

// fill sets every device pixel of a box.
func (c *Chart) fill(img *image.RGBA, b chartBox, scale float32, at func(x, y int) color.NRGBA) {
	r := b.pixels(scale).Intersect(img.Rect)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			n := at(x, y)
			img.SetRGBA(x, y, color.RGBA{R: n.R, G: n.G, B: n.B, A: 0xFF})
		}
	}
}

// pixels is a box in device pixels, at least one each way.
func (b chartBox) pixels(scale float32) image.Rectangle {
	px := func(v float32) int { return int(v*scale + 0.5) }
	r := image.Rect(px(b.left), px(b.top), px(b.left+b.width), px(b.top+b.height))
	r.Max.X, r.Max.Y = max(r.Max.X, r.Min.X+1), max(r.Max.Y, r.Min.Y+1)
	return r
}

// paintFill draws a part: a frame of its colour, and its pattern within.
func (c *Chart) paintFill(img *image.RGBA, f *chartFill, scale float32, p *look.Palette) {
	colour, r := f.tone.colour(p), f.pixels(scale)
	thin := max(1, int(scale+0.5))
	soft := look.Over(colour, p.Panel, 0.22)
	if p.Mode == look.HighContrast {
		soft = p.Paper
	}
	c.fill(img, f.chartBox, scale, func(x, y int) color.NRGBA {
		if x < r.Min.X+thin || y < r.Min.Y+thin || x >= r.Max.X-thin || y >= r.Max.Y-thin || f.tone.inked((x-r.Min.X)/thin, (r.Max.Y-1-y)/thin) {
			return colour
		}
		return soft
	})
}

func (t ChartTone) colour(p *look.Palette) color.NRGBA {
	switch t {
	case ChartGood:
		return p.Good
	case ChartWarn:
		return p.Warn
	case ChartBad:
		return p.Bad
	case ChartQuiet:
		return p.Quiet
	}
	return p.Accent
}

// inked says where the pattern of a tone has its colour; y counts upwards.
func (t ChartTone) inked(x, y int) bool {
	switch t {
	case ChartGood:
		return (x-y+6000)%6 < 2
	case ChartWarn:
		return x%4 < 2 && y%4 < 2
	case ChartBad:
		return (x-y+6000)%6 < 1 || (x+y)%6 < 1
	case ChartQuiet:
		return false
	}
	return true
}
