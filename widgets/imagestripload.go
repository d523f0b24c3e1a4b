package widgets

import (
	"context"
	"image"
	"io"

	xdraw "golang.org/x/image/draw"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// thumbLoad is the small pictures of a strip.
type thumbLoad struct {
	number int // goes up with SetPages: what comes for others is dropped
	all    map[int]*thumb
	uses   uint64
	at     int // being decoded
	busy   bool
	cancel context.CancelFunc
}

type thumb struct {
	img  *image.RGBA // nil where it cannot be decoded
	fit  *image.RGBA // img in the size of its place
	used uint64
}

// picture is the small picture of a page, nil while there is none.
func (t *ImageStrip) picture(n int) *image.RGBA {
	th := t.load.all[n]
	if th == nil {
		return nil
	}
	t.load.uses++
	th.used = t.load.uses
	return th.img
}

func (t *ImageStrip) failed(n int) bool {
	th := t.load.all[n]
	return th != nil && th.img == nil
}

// scaled is a small picture in another size, which is kept until it is wanted in yet
// another.
func (t *ImageStrip) scaled(img *image.RGBA, w, h int) *image.RGBA {
	if w <= 0 || h <= 0 {
		return nil
	}
	for _, th := range t.load.all {
		if th.img != img {
			continue
		}
		if th.fit == nil || th.fit.Rect.Dx() != w || th.fit.Rect.Dy() != h {
			th.fit = image.NewRGBA(image.Rect(0, 0, w, h))
			xdraw.BiLinear.Scale(th.fit, th.fit.Rect, img, img.Rect, xdraw.Src, nil)
		}
		return th.fit
	}
	return nil
}

// stop ends decoding.
func (t *ImageStrip) stop() {
	if t.load.cancel != nil {
		t.load.cancel()
	}
}

// forget drops all small pictures.
func (t *ImageStrip) forget() {
	t.stop()
	t.load = thumbLoad{number: t.load.number + 1, all: map[int]*thumb{}}
}

// pump decodes the next page in sight, when the page that is read has come, and ends
// what is decoded and seen no more.
func (t *ImageStrip) pump() {
	l := &t.load
	from, to := t.inSight()
	if l.busy {
		if l.at < from || l.at >= to {
			l.cancel()
		}
		return
	}
	if t.v.page < len(t.v.pages) && t.v.open.err == nil && (t.v.open.pyramid == nil || !t.v.open.pyramid.State().First) {
		return // what is read comes first
	}
	for n := from; n < to; n++ {
		if l.all[n] == nil {
			t.decode(n)
			return
		}
	}
}

// decode has a worker make the small picture of a page.
func (t *ImageStrip) decode(n int) {
	l, page := &t.load, t.v.pages[n]
	var ctx context.Context
	ctx, l.cancel = context.WithCancel(context.Background())
	l.at, l.busy = n, true
	number := l.number
	t.v.run(func() {
		img, err := smallOf(ctx, page)
		t.v.do(func() {
			gone := ctx.Err() != nil
			if number != t.load.number {
				return
			}
			t.load.cancel()
			t.load.busy = false
			if !gone {
				if err != nil {
					img = nil
				}
				t.keep(n, img)
				t.repaint()
			}
			t.pump()
		})
	})
}

// smallOf opens a page for its small picture.
func smallOf(ctx context.Context, page ImagePage) (*image.RGBA, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	src, err := page.Open(ctx)
	if err != nil {
		return nil, err
	}
	if c, ok := src.(io.Closer); ok {
		defer func() { _ = c.Close() }() // it was read from only
	}
	img, err := src.Small(ctx, thumbSide)
	if err != nil || img == nil || max(img.Rect.Dx(), img.Rect.Dy()) <= thumbSide {
		return img, err
	}
	// A source may give more than it was asked for.
	k := float64(thumbSide) / float64(max(img.Rect.Dx(), img.Rect.Dy()))
	out := image.NewRGBA(image.Rect(0, 0, max(1, int(float64(img.Rect.Dx())*k)), max(1, int(float64(img.Rect.Dy())*k))))
	xdraw.ApproxBiLinear.Scale(out, out.Rect, img, img.Rect, xdraw.Src, nil)
	return out, nil
}

// keep takes a small picture in, and lets go of the one that was seen longest ago
// where there are too many.
func (t *ImageStrip) keep(n int, img *image.RGBA) {
	l := &t.load
	l.uses++
	l.all[n] = &thumb{img: img, used: l.uses}
	for len(l.all) > thumbsKept {
		oldest := -1
		for k, th := range l.all {
			if oldest < 0 || th.used < l.all[oldest].used {
				oldest = k
			}
		}
		delete(l.all, oldest)
	}
}

// FocusGained is called by Fyne.
func (t *ImageStrip) FocusGained() { t.setFocus(true) }

// FocusLost is called by Fyne.
func (t *ImageStrip) FocusLost() { t.setFocus(false) }

func (t *ImageStrip) setFocus(on bool) {
	t.focused = on
	t.guard.focus(t, on)
	t.repaint()
	if t.OnFocus != nil {
		t.OnFocus(on)
	}
}

// TypedKey goes to pages.
func (t *ImageStrip) TypedKey(e *fyne.KeyEvent) {
	if t.Swallow(e) || functionKey(e) || t.OnKey != nil && t.OnKey(e) {
		return
	}
	v := t.v
	screen := max(int(t.Size().Height/t.pitch()), 1)
	switch e.Name {
	case fyne.KeyUp:
		v.turnTo(v.page-1, -1)
	case fyne.KeyDown:
		v.turnTo(v.page+1, -1)
	case fyne.KeyPageUp:
		v.turnTo(v.page-screen, -1)
	case fyne.KeyPageDown:
		v.turnTo(v.page+screen, -1)
	case fyne.KeyHome:
		v.turnTo(0, -1)
	case fyne.KeyEnd:
		v.turnTo(len(v.pages)-1, -1)
	case fyne.KeyReturn, fyne.KeyEnter:
		focus(v, v)
	}
}

// TypedRune hides the strip by its key, and passes other characters on.
func (t *ImageStrip) TypedRune(r rune) {
	if r == 't' || r == 'T' {
		if !t.guard.typedRune(r) {
			t.v.toggleStrip()
		}
		return
	}
	t.KeyWatch.TypedRune(r)
}

// pageAt is the page at a height, -1 for none.
func (t *ImageStrip) pageAt(y float32) int {
	n := t.top + int((y+t.off)/t.pitch())
	if y < 0 || n >= len(t.v.pages) {
		return -1
	}
	return n
}

// MouseDown goes to the page under the pointer.
func (t *ImageStrip) MouseDown(e *desktop.MouseEvent) {
	focus(t, t)
	if n := t.pageAt(e.Position.Y); n >= 0 && e.Button == desktop.MouseButtonPrimary {
		t.v.turnTo(n, -1)
	}
}

// MouseUp is called by Fyne.
func (t *ImageStrip) MouseUp(*desktop.MouseEvent) {}

// Scrolled moves the strip, and not the page.
func (t *ImageStrip) Scrolled(e *fyne.ScrollEvent) {
	t.by(-e.Scrolled.DY)
	t.repaint()
	t.pump()
}

// MouseIn is called by Fyne.
func (t *ImageStrip) MouseIn(e *desktop.MouseEvent) { t.MouseMoved(e) }

// MouseMoved frames the page under the pointer.
func (t *ImageStrip) MouseMoved(e *desktop.MouseEvent) { t.over(t.pageAt(e.Position.Y)) }

// MouseOut is called by Fyne.
func (t *ImageStrip) MouseOut() { t.over(-1) }

func (t *ImageStrip) over(n int) {
	if n != t.hover {
		t.hover = n
		t.repaint()
	}
}
