package widgets

import (
	"context"
	"image"
	"image/color"
	"io"

	"fonds/widgets/look"
	"fonds/widgets/pyramid"
)

// openPage is the page that is shown, or on its way.
type openPage struct {
	number  int // goes up with each page: an answer for another one is dropped
	cancel  context.CancelFunc
	pyramid *pyramid.Pyramid // nil until the source is there
	err     error
	slow    bool // it takes so long that this is said
	unwait  func()
}

// SetPages shows other pages, the first of them as a whole and upright. What is
// selected or being drawn is given up, and the shapes go.
func (v *ImageView) SetPages(pages []ImagePage) {
	v.Flush()
	v.dropDraft()
	v.pages, v.shapes, v.chosen, v.hover, v.ghost = pages, nil, "", "", nil
	v.t.Turn, v.fit = 0, fitPage
	v.show(0, -1)
	if v.strip != nil {
		v.strip.setPages()
	}
}

// Page is the page that is shown, from 0.
func (v *ImageView) Page() int { return v.page }

// SetPage shows another page, from its top, on the program's behalf: OnPage is not
// told.
func (v *ImageView) SetPage(n int) {
	if n != v.page && n >= 0 && n < len(v.pages) {
		v.leaveShapes()
		v.show(n, -1)
	}
}

// Close gives up what is open and being fetched. The view may be used again after
// SetPages.
func (v *ImageView) Close() {
	v.Flush()
	v.leavePage()
	if v.strip != nil {
		v.strip.stop()
	}
}

// turnTo goes to another page, to its top (end below 0) or its foot.
func (v *ImageView) turnTo(n, end int) bool {
	n = min(max(n, 0), len(v.pages)-1)
	if n == v.page || n < 0 {
		return false
	}
	v.leaveShapes()
	v.show(n, end)
	if v.OnPage != nil {
		v.OnPage(n)
	}
	return true
}

// leaveShapes ends what is done with the shapes of a page.
func (v *ImageView) leaveShapes() {
	v.Flush()
	v.dropDraft()
	v.hover = ""
	if i := v.shapeIndex(v.chosen); i >= 0 {
		v.choose("")
	}
}

// show opens a page and places it.
func (v *ImageView) show(n, end int) {
	v.leavePage()
	v.page = n
	v.t.PageW, v.t.PageH = 0, 0
	if n < len(v.pages) {
		v.t.PageW, v.t.PageH = float64(v.pages[n].Width), float64(v.pages[n].Height)
		v.openPage(end)
	}
	v.place(end)
	if v.strip != nil {
		v.strip.follow()
	}
	v.repaint()
	v.tell()
}

// leavePage closes what is open.
func (v *ImageView) leavePage() {
	o := &v.open
	o.number++
	if o.cancel != nil {
		o.cancel()
	}
	if o.pyramid != nil {
		o.pyramid.Close()
	}
	if o.unwait != nil {
		o.unwait()
	}
	v.open = openPage{number: o.number}
}

func (v *ImageView) openPage(end int) {
	o, page := &v.open, v.pages[v.page]
	number := o.number
	var ctx context.Context
	ctx, o.cancel = context.WithCancel(context.Background())
	v.watch()
	v.run(func() {
		src, err := page.Open(ctx)
		v.do(func() {
			if number != v.open.number {
				if c, ok := src.(io.Closer); ok && err == nil {
					v.run(func() { _ = c.Close() }) // it was read from only
				}
				return
			}
			if err != nil {
				v.fail(err)
				return
			}
			v.adopt(src, end)
		})
	})
}

// adopt shows what a source gives.
func (v *ImageView) adopt(src pyramid.Source, end int) {
	var p *pyramid.Pyramid
	p = pyramid.New(src, v.Memory, v.run, func() {
		v.do(func() {
			if v.open.pyramid == p {
				v.came()
			}
		})
	})
	v.open.pyramid = p
	p.SetTone(v.tone)
	ground := look.Current().Paper
	p.SetGround(color.RGBA{ground.R, ground.G, ground.B, 0xFF})
	if v.strip != nil {
		p.Offer(v.strip.picture(v.page))
	}
	w, h := p.Size()
	if float64(w) != v.t.PageW || float64(h) != v.t.PageH {
		v.t.PageW, v.t.PageH = float64(w), float64(h)
		v.place(end)
	}
	v.repaint()
	v.tell()
}

// came shows what has come of the page.
func (v *ImageView) came() {
	if st := v.open.pyramid.State(); !st.First && st.Err != nil {
		v.fail(st.Err)
		return
	}
	v.watch()
	v.repaint()
}

func (v *ImageView) fail(err error) {
	if v.open.pyramid != nil {
		v.open.pyramid.Close()
		v.open.pyramid = nil
	}
	v.open.err = err
	v.watch()
	v.repaint()
}

// progress is how much of what is looked at is there; total 0 is not known.
func (v *ImageView) progress() (done, total int, busy bool) {
	o := &v.open
	switch {
	case v.page >= len(v.pages) || o.err != nil:
		return 0, 0, false
	case o.pyramid == nil:
		return 0, 0, true
	}
	st := o.pyramid.State()
	switch {
	case !st.First:
		return 0, 0, true
	case st.Missing == 0 || !st.Busy:
		return 0, 0, false
	}
	return st.Total - st.Missing, st.Total, true
}

// watch waits half a second before anything is said about work that goes on.
func (v *ImageView) watch() {
	o := &v.open
	_, _, busy := v.progress()
	switch {
	case !busy:
		if o.unwait != nil {
			o.unwait()
			o.unwait = nil
		}
		if o.slow {
			o.slow = false
			v.repaint()
		}
		if v.strip != nil {
			v.strip.pump()
		}
	case o.unwait == nil && !o.slow:
		o.unwait = later(v.After, v.do, busyDelay, func() {
			v.open.unwait, v.open.slow = nil, true
			v.repaint()
		})
	}
}

// place puts the page where it begins: fitted as it was, or with the zoom that the
// person has chosen.
func (v *ImageView) place(end int) {
	switch v.fit {
	case fitPage:
		v.t = v.t.FitPage(imageMargin)
	case fitWidth:
		v.t = v.t.FitWidth(imageMargin)
	case fitShape:
		v.t = v.around()
		return
	default:
		v.t.At = PointF{X: v.t.PageW / 2, Y: v.t.PageH / 2}
		v.t = v.t.ZoomAt(PointF{}, v.t.Zoom)
	}
	v.t = v.t.ToEnd(end, imageMargin)
}

// refit keeps the page as it is fitted when the view is another.
func (v *ImageView) refit() {
	switch v.fit {
	case fitPage:
		v.setTransform(v.t.FitPage(imageMargin))
	case fitShape:
		v.setTransform(v.around())
	case fitWidth:
		share := PointF{X: v.t.At.X, Y: v.t.At.Y}
		t := v.t.FitWidth(imageMargin)
		t.At = share
		v.setTransform(t)
	default:
		v.setTransform(v.t)
	}
}

// setTransform moves the page, within its bounds.
func (v *ImageView) setTransform(t pyramid.Transform) {
	if v.t.ViewW <= 0 || v.t.ViewH <= 0 {
		v.t = t
		return
	}
	v.t = t.Clamp(imageMargin)
	v.mouse.follow(v)
	v.repaint()
	v.tell()
}

// FitPage shows all of the page, now and when the view or the page is another.
func (v *ImageView) FitPage() {
	v.fit = fitPage
	v.setTransform(v.t.FitPage(imageMargin))
}

// FitWidth shows the whole width of the page, now and later.
func (v *ImageView) FitWidth() {
	v.fit = fitWidth
	v.setTransform(v.t.FitWidth(imageMargin))
}

// OneToOne shows a pixel of the page as one of the screen.
func (v *ImageView) OneToOne() { v.zoomTo(v.middle(), 1/v.scale) }

// ZoomBy zooms about the middle of the view.
func (v *ImageView) ZoomBy(factor float64) { v.zoomTo(v.middle(), v.t.Zoom*factor) }

func (v *ImageView) middle() PointF { return PointF{X: v.t.ViewW / 2, Y: v.t.ViewH / 2} }

func (v *ImageView) zoomTo(at PointF, zoom float64) {
	v.fit = fitFree
	v.setTransform(v.t.ZoomAt(at, zoom))
}

// Rotate turns the page by quarters, clockwise.
func (v *ImageView) Rotate(quarters int) {
	v.t = v.t.Rotated(quarters)
	v.refit()
}

// SetTone shows the page lighter, harder or inverted.
func (v *ImageView) SetTone(t pyramid.Tone) {
	t.Brightness, t.Contrast = min(max(t.Brightness, -100), 100), min(max(t.Contrast, -100), 100)
	v.tone = t
	if v.open.pyramid != nil {
		v.open.pyramid.SetTone(t)
	}
	v.repaint()
	v.tell()
}

// InSight is the part of the page that is in the view, in its pixels.
func (v *ImageView) InSight() image.Rectangle {
	a, b := v.t.ToPage(PointF{}), v.t.ToPage(PointF{X: v.t.ViewW, Y: v.t.ViewH})
	r := image.Rect(int(a.X), int(a.Y), int(b.X), int(b.Y))
	return r.Intersect(image.Rect(0, 0, int(v.t.PageW), int(v.t.PageH)))
}
