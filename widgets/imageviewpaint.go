package widgets

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"

	"fonds/widgets/look"
	"fonds/widgets/textpaint"
)

// generate paints the whole view, w by h device pixels. Fyne calls it on the UI
// goroutine and has copied the picture when it asks for the next.
func (v *ImageView) generate(w, h int) image.Image {
	size := v.Size()
	if w <= 0 || h <= 0 || size.Width <= 0 {
		return image.NewRGBA(image.Rect(0, 0, max(w, 1), max(h, 1)))
	}
	if v.buffer == nil || v.buffer.Rect.Dx() != w || v.buffer.Rect.Dy() != h {
		v.buffer = image.NewRGBA(image.Rect(0, 0, w, h))
	}
	v.setScale(float64(w) / float64(size.Width))
	s := &textpaint.Sheet{Img: v.buffer, Fonts: v.fonts, Scale: float32(v.scale)}
	p := look.Current()
	s.Fill(0, 0, size.Width+1, size.Height+1, deskGround(p))
	v.paintPage(s, p)
	v.paintShapes(s, p)
	v.paintDraft(s, p)
	v.paintBusy(s, p)
	if v.focused {
		s.Frame(0, 0, size.Width, size.Height, ringWidth(p), textpaint.Solid, textpaint.AllSides, p.Accent)
	}
	return v.buffer
}

// deskGround is what a page lies on: darker than paper, so that the edge of a scan
// is seen.
func deskGround(p *look.Palette) color.NRGBA {
	if p.Mode == look.HighContrast {
		return p.Paper
	}
	return look.Over(p.Line, p.Panel, 0.5)
}

// setScale learns how many pixels of the screen one of Fyne is. One to one stays so.
func (v *ImageView) setScale(scale float64) {
	if d := scale - v.scale; d < 1e-3 && d > -1e-3 {
		return // the size of the window is in whole pixels
	}
	one := v.t.Zoom*v.scale == 1 && v.fit == fitFree
	v.scale = scale
	if one {
		v.t = v.t.ZoomAt(v.middle(), 1/scale)
	}
	v.do(v.tell)
}

// paintPage paints the page, or what stands in its place.
func (v *ImageView) paintPage(s *textpaint.Sheet, p *look.Palette) {
	o := &v.open
	words, bad := "", false
	switch {
	case len(v.pages) == 0:
		words = v.Words.None
	case o.err != nil && v.Words.Failed != nil:
		words, bad = v.Words.Failed(v.pages[v.page], o.err), true
	case o.slow && v.nothingYet():
		words = v.Words.Opening
	}
	a, b := v.t.ToView(PointF{}), v.t.ToView(PointF{X: v.t.PageW, Y: v.t.PageH})
	x, y := float32(min(a.X, b.X)), float32(min(a.Y, b.Y))
	w, h := float32(max(a.X, b.X))-x, float32(max(a.Y, b.Y))-y
	if v.t.PageW > 0 {
		if o.pyramid == nil {
			s.Fill(x, y, w, h, p.Paper)
		} else {
			o.pyramid.View(s.Img, v.t.Times(v.scale))
			v.watch()
		}
		s.Frame(x-p.LineWidth, y-p.LineWidth, w+2*p.LineWidth, h+2*p.LineWidth, p.LineWidth, textpaint.Solid, textpaint.AllSides, p.Line)
	}
	if words != "" {
		v.paintWords(s, p, words, bad)
	}
}

// nothingYet says whether nothing of the page can be shown.
func (v *ImageView) nothingYet() bool {
	if v.open.pyramid == nil {
		return true
	}
	st := v.open.pyramid.State()
	return !st.First && !st.Offered
}

// paintWords says something in the middle of the view.
func (v *ImageView) paintWords(s *textpaint.Sheet, p *look.Palette, words string, bad bool) {
	size := v.Size()
	face := newAdvances(look.Text * textScale())
	room := min(size.Width-2*look.Edge, 420*textScale())
	if room < face.size*2 {
		return
	}
	rows := face.wrap(cleanLines(words, nil), room, max(1, int((size.Height-2*look.Edge)/(face.size*1.5))))
	high := face.size * 1.5
	wide := float32(0)
	for _, r := range rows {
		wide = max(wide, s.Measure(face.size, r))
	}
	tall := high*float32(len(rows)) + 2*look.Apart
	x, y := (size.Width-wide)/2, (size.Height-tall)/2
	line, ink := p.Line, p.Quiet
	if bad {
		line, ink = p.Bad, p.Ink
	}
	s.Fill(x-look.Apart, y, wide+2*look.Apart, tall, p.Paper)
	s.Frame(x-look.Apart, y, wide+2*look.Apart, tall, p.LineWidth, textpaint.Solid, textpaint.AllSides, line)
	for i, r := range rows {
		s.Text(x, y+look.Apart+high*float32(i)+high*0.5+face.size*0.36, face.size, r, ink)
	}
}

// paintBusy draws a thin bar at the top while the page comes.
func (v *ImageView) paintBusy(s *textpaint.Sheet, p *look.Palette) {
	done, total, busy := v.progress()
	if !busy || !v.open.slow {
		return
	}
	w, y, thick := v.Size().Width, ringWidth(p), float32(3) // beside the ring of the focus
	s.Fill(0, y, w, thick+1, p.Paper)
	if total == 0 { // how long it takes nobody knows
		s.HLine(0, w, y, thick, textpaint.Dashed, p.Accent)
		return
	}
	s.Fill(0, y, w*float32(done)/float32(total), thick, p.Accent)
}

// spots are places of the page on the view.
func (v *ImageView) spots(points []PointF) []textpaint.Spot {
	out := make([]textpaint.Spot, len(points))
	for i, p := range points {
		q := v.t.ToView(p)
		out[i] = textpaint.Spot{X: float32(q.X), Y: float32(q.Y)}
	}
	return out
}

// box is the smallest rectangle around spots.
func box(spots []textpaint.Spot) (x, y, w, h float32) {
	x, y = spots[0].X, spots[0].Y
	x1, y1 := x, y
	for _, q := range spots[1:] {
		x, y, x1, y1 = min(x, q.X), min(y, q.Y), max(x1, q.X), max(y1, q.Y)
	}
	return x, y, x1 - x, y1 - y
}

// insight says whether something lies in the view.
func (v *ImageView) insight(spots []textpaint.Spot, size fyne.Size) bool {
	x, y, w, h := box(spots)
	return x < size.Width+4 && y < size.Height+4 && x+w > -4 && y+h > -4
}
