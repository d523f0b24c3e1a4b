package widgets

import (
	"image"
	"image/draw"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"fonds/widgets/look"
	"fonds/widgets/textpaint"
)

const (
	thumbSide   = 160 // pixels of a small picture's longer side
	thumbsKept  = 240 // small pictures in memory, some 18 MB
	thumbRoom   = 96  // Fyne pixels of its place
	stripMargin = 10
)

// ImageStrip shows the pages of an ImageView as small pictures, one below the other,
// with the current one framed. Only those in sight are decoded, on a worker, one at a
// time, and no more once they are scrolled away.
//
// Keys: Up, Down, Page Up, Page Down, Home and End go to pages; Enter goes to the
// view.
type ImageStrip struct {
	widget.BaseWidget
	KeyWatch

	// OnKey is asked before the strip acts on a key; true means taken.
	OnKey func(e *fyne.KeyEvent) bool
	// OnFocus is told when focus comes and goes.
	OnFocus func(focused bool)

	v       *ImageView
	raster  *canvas.Raster
	buffer  *image.RGBA
	top     int // first page in sight
	off     float32
	focused bool
	hover   int
	load    thumbLoad
}

var (
	_ fyne.Focusable    = (*ImageStrip)(nil)
	_ fyne.Scrollable   = (*ImageStrip)(nil)
	_ desktop.Hoverable = (*ImageStrip)(nil)
	_ desktop.Mouseable = (*ImageStrip)(nil)
)

// Strip makes the small pictures of a view's pages; a view has one at most.
func (v *ImageView) Strip() *ImageStrip {
	if v.strip == nil {
		v.strip = &ImageStrip{v: v, hover: -1}
		v.strip.ExtendBaseWidget(v.strip)
		v.strip.setPages()
	}
	return v.strip
}

// setPages begins with other pages.
func (t *ImageStrip) setPages() {
	t.forget()
	t.top, t.off, t.hover = 0, 0, -1
	t.follow()
}

// pitch is the height of a page's place.
func (t *ImageStrip) pitch() float32 { return thumbRoom + captionSize()*1.5 + 2*look.Near }

// follow brings the current page into sight.
func (t *ImageStrip) follow() {
	h := t.Size().Height
	if h <= 0 {
		return
	}
	pitch, n := t.pitch(), t.v.page
	y := float32(n-t.top)*pitch - t.off
	switch {
	case y < 0:
		t.top, t.off = n, 0
	case y+pitch > h:
		t.top, t.off = n, 0
		t.by(pitch - h)
	}
	t.clamp()
	t.repaint()
	t.pump()
}

// by scrolls down by so many pixels.
func (t *ImageStrip) by(d float32) {
	pitch := t.pitch()
	rows := int(d / pitch)
	t.top += rows
	t.off += d - float32(rows)*pitch
	for t.off < 0 {
		t.top, t.off = t.top-1, t.off+pitch
	}
	for t.off >= pitch {
		t.top, t.off = t.top+1, t.off-pitch
	}
	t.clamp()
}

// clamp keeps the pages in sight.
func (t *ImageStrip) clamp() {
	pitch, h := t.pitch(), t.Size().Height
	fit := int(h / pitch)
	last, off := len(t.v.pages)-fit-1, (float32(fit)+1)*pitch-h
	if off >= pitch {
		last, off = last+1, off-pitch
	}
	if t.top > last || t.top == last && t.off > off {
		t.top, t.off = last, off
	}
	if t.top < 0 {
		t.top, t.off = 0, 0
	}
}

// inSight are the pages that are seen, half open.
func (t *ImageStrip) inSight() (from, to int) {
	h := t.Size().Height
	if h <= 0 || !t.Visible() {
		return 0, 0
	}
	return t.top, min(t.top+int((h+t.off)/t.pitch())+1, len(t.v.pages))
}

// MinSize is called by Fyne.
func (t *ImageStrip) MinSize() fyne.Size {
	return fyne.NewSize(thumbRoom+2*stripMargin+2*look.Tight, t.pitch())
}

// Resize keeps the current page in sight.
func (t *ImageStrip) Resize(s fyne.Size) {
	if s != t.Size() {
		t.BaseWidget.Resize(s)
		t.follow()
	}
}

// Show decodes what is seen again.
func (t *ImageStrip) Show() {
	t.BaseWidget.Show()
	t.follow()
}

// Hide ends decoding.
func (t *ImageStrip) Hide() {
	t.BaseWidget.Hide()
	t.pump()
}

// CreateRenderer is called by Fyne.
func (t *ImageStrip) CreateRenderer() fyne.WidgetRenderer {
	t.raster = canvas.NewRaster(t.generate)
	return &imageStripRenderer{t}
}

type imageStripRenderer struct{ t *ImageStrip }

func (r *imageStripRenderer) Destroy()                     {}
func (r *imageStripRenderer) Layout(s fyne.Size)           { r.t.raster.Resize(s) }
func (r *imageStripRenderer) MinSize() fyne.Size           { return r.t.MinSize() }
func (r *imageStripRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.t.raster} }
func (r *imageStripRenderer) Refresh()                     { r.t.raster.Refresh() }

func (t *ImageStrip) repaint() {
	if t.raster != nil {
		t.raster.Refresh()
	}
}

// generate paints the pages in sight.
func (t *ImageStrip) generate(w, h int) image.Image {
	size := t.Size()
	if w <= 0 || h <= 0 || size.Width <= 0 {
		return image.NewRGBA(image.Rect(0, 0, max(w, 1), max(h, 1)))
	}
	if t.buffer == nil || t.buffer.Rect.Dx() != w || t.buffer.Rect.Dy() != h {
		t.buffer = image.NewRGBA(image.Rect(0, 0, w, h))
	}
	s := &textpaint.Sheet{Img: t.buffer, Fonts: t.v.fonts, Scale: float32(w) / size.Width}
	p := look.Current()
	s.Fill(0, 0, size.Width+1, size.Height+1, p.Panel)
	from, to := t.inSight()
	for n := from; n < to; n++ {
		t.paintThumb(s, p, n, float32(n-t.top)*t.pitch()-t.off)
	}
	s.Fill(size.Width-p.LineWidth, 0, p.LineWidth, size.Height, p.Line)
	if t.focused {
		s.Frame(0, 0, size.Width, size.Height, ringWidth(p), textpaint.Solid, textpaint.AllSides, p.Accent)
	}
	return t.buffer
}

// paintThumb paints a page's place: its small picture, or a blank of its shape, and
// its number.
func (t *ImageStrip) paintThumb(s *textpaint.Sheet, p *look.Palette, n int, y float32) {
	size, page := t.Size(), t.v.pages[n]
	current := n == t.v.page
	if current {
		s.Fill(look.Tight, y+look.Tight/2, size.Width-2*look.Tight, t.pitch()-look.Tight, selectedFill(p, p.Panel))
		s.Fill(look.Tight, y+look.Tight/2, look.RowBar, t.pitch()-look.Tight, p.Accent)
	} else if n == t.hover {
		s.Frame(look.Tight, y+look.Tight/2, size.Width-2*look.Tight, t.pitch()-look.Tight, p.LineWidth, textpaint.Solid, textpaint.AllSides, p.Line)
	}
	w, h := float32(page.Width), float32(page.Height)
	img := t.picture(n)
	if img != nil {
		w, h = float32(img.Rect.Dx()), float32(img.Rect.Dy())
	}
	if w <= 0 || h <= 0 {
		w, h = 3, 4
	}
	scale := min(thumbRoom/w, thumbRoom/h)
	w, h = w*scale, h*scale
	x, top := (size.Width-w)/2, y+look.Near+(thumbRoom-h)/2
	s.Fill(x, top, w, h, p.Paper)
	if img != nil {
		t.paintPicture(s, img, x, top, w, h)
	}
	line := p.Line
	if current {
		line = p.Accent
	}
	s.Frame(x-1, top-1, w+2, h+2, 1, textpaint.Solid, textpaint.AllSides, line)
	if t.failed(n) { // a cross, as on a frame without its picture
		s.Line(textpaint.Spot{X: x, Y: top}, textpaint.Spot{X: x + w, Y: top + h}, 1, textpaint.Solid, 0, p.Bad)
		s.Line(textpaint.Spot{X: x + w, Y: top}, textpaint.Spot{X: x, Y: top + h}, 1, textpaint.Solid, 0, p.Bad)
	}
	letters := captionSize()
	words := s.Fit(letters, t.number(n), size.Width-4*look.Tight)
	ink := p.Quiet
	if current {
		ink = selectedInk(p, p.Ink)
	}
	s.Text((size.Width-s.Measure(letters, words))/2, y+look.Near+thumbRoom+letters*1.2, letters, words, ink)
}

// number is that of a page in words.
func (t *ImageStrip) number(n int) string {
	if t.v.Words.Number == nil {
		return strconv.Itoa(n + 1)
	}
	return t.v.Words.Number(n + 1)
}

// paintPicture scales a small picture into its place.
func (t *ImageStrip) paintPicture(s *textpaint.Sheet, img *image.RGBA, x, y, w, h float32) {
	dev := func(v float32) int { return int(v*s.Scale + 0.5) }
	at := image.Rect(dev(x), dev(y), dev(x+w), dev(y+h))
	if scaled := t.scaled(img, at.Dx(), at.Dy()); scaled != nil {
		draw.Draw(s.Img, at, scaled, image.Point{}, draw.Src)
	}
}
