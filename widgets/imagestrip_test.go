package widgets

import (
	"context"
	"fmt"
	"image"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"fonds/widgets/pyramid"
)

func newStripDesk(t *testing.T, n int) (*imageDesk, *ImageStrip) {
	d := newImageDesk(t, 800, 600, 0)
	s := d.v.Strip()
	s.guard.c = d.v.guard.c
	d.win.SetContent(container.NewBorder(nil, nil, s, nil, d.v))
	d.opened = nil
	d.v.SetPages(d.pages(n))
	d.drain()
	return d, s
}

func TestImageStripDecodesWhatIsInSight(t *testing.T) {
	d, s := newStripDesk(t, 2000)
	from, to := s.inSight()
	if from != 0 || to < 4 || to > 6 {
		t.Fatalf("in sight are %d to %d", from, to)
	}
	want := fmt.Sprint([]int{0, 0, 1, 2, 3, 4}[:to+1]) // the page itself first
	if got := fmt.Sprint(d.opened); got != want {
		t.Errorf("opened %s, want %s", got, want)
	}
	if img := s.picture(1); img == nil || max(img.Rect.Dx(), img.Rect.Dy()) > thumbSide {
		t.Errorf("the second small picture is %v", img)
	}
	// Scrolled far: nothing between is decoded.
	d.opened = nil
	s.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -s.pitch()*1000)})
	d.drain()
	if len(d.opened) == 0 || len(d.opened) > 7 || d.opened[0] < 999 {
		t.Errorf("opened %v", d.opened)
	}
	if d.v.Page() != 0 {
		t.Error("scrolling the strip turned the page")
	}
	s.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -1e6)})
	if _, to := s.inSight(); to != 2000 {
		t.Errorf("at the end %d is the last", to)
	}
	s.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, 1e6)})
	if s.top != 0 || s.off != 0 {
		t.Errorf("at the beginning the top is %d, %v", s.top, s.off)
	}
}

func TestImageStripEndsWhatIsScrolledAway(t *testing.T) {
	d, s := newStripDesk(t, 0)
	var ended bool
	pages := d.pages(100)
	open := pages[1].Open
	pages[1].Open = func(ctx context.Context) (pyramid.Source, error) {
		s.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -s.pitch()*50)})
		ended = ctx.Err() != nil
		return open(ctx)
	}
	d.v.SetPages(pages)
	d.drain()
	if !ended {
		t.Error("what was scrolled away is decoded on")
	}
	if s.load.all[1] != nil || s.load.all[50] == nil {
		t.Error("what was scrolled away was kept, or what is in sight has not come")
	}
	s.Hide()
	d.opened = nil
	s.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, s.pitch()*30)})
	d.drain()
	if len(d.opened) != 0 {
		t.Errorf("hidden it opened %v", d.opened)
	}
}

func TestImageStripKeepsFew(t *testing.T) {
	d, s := newStripDesk(t, 1000)
	for n := 0; n < 1000; n += 4 {
		s.top, s.off = n, 0
		s.pump()
		for len(d.work) > 0 { // without painting
			f := d.work[0]
			d.work = d.work[1:]
			f()
		}
	}
	if len(s.load.all) != thumbsKept {
		t.Errorf("%d small pictures are kept", len(s.load.all))
	}
	if s.picture(996) == nil {
		t.Error("the last is not there")
	}
}

func TestImageStripByKeysAndMouse(t *testing.T) {
	d, s := newStripDesk(t, 50)
	d.win.Canvas().Focus(s)
	for _, tc := range []struct {
		key  fyne.KeyName
		want string
	}{
		{fyne.KeyDown, "page 1"}, {fyne.KeyUp, "page 0"}, {fyne.KeyUp, ""}, {fyne.KeyEnd, "page 49"},
		{fyne.KeyPageUp, "page 45"}, {fyne.KeyHome, "page 0"}, {fyne.KeyPageDown, "page 4"},
	} {
		pressKey(s, tc.key)
		d.drain()
		if got := d.said(); got != tc.want {
			t.Errorf("%s: %q, want %q", tc.key, got, tc.want)
		}
		if from, to := s.inSight(); d.v.Page() < from || d.v.Page() >= to {
			t.Errorf("page %d is not in sight (%d to %d)", d.v.Page(), from, to)
		}
	}
	e := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
	e.Position = fyne.NewPos(20, s.pitch()*float32(d.v.Page()-s.top)-s.off-10)
	s.MouseDown(e)
	if got := d.said(); got != "page 3" {
		t.Errorf("a click on the page before: %q", got)
	}
	pressKey(s, fyne.KeyReturn)
	if d.win.Canvas().Focused() != d.v {
		t.Error("Enter does not go to the view")
	}
	shown := true
	d.v.OnStrip = func(on bool) { shown = on }
	typeKeys(d.v, "t")
	if shown {
		t.Error("t does not ask to hide the strip")
	}
}

func TestImageStripMarksWhatCannotBeShown(t *testing.T) {
	d, s := newStripDesk(t, 0)
	pages := d.pages(3)
	pages[1].Open = func(context.Context) (pyramid.Source, error) { return nil, context.DeadlineExceeded }
	d.v.SetPages(pages)
	d.drain()
	if !s.failed(1) || s.failed(2) || s.picture(2) == nil {
		t.Error("the page that cannot be shown is not marked, or the others do not go on")
	}
	s.generate(120, 600)
	if img := s.picture(2); img.Rect.Size() != image.Pt(100, 160) {
		t.Errorf("a small picture is %v", img.Rect)
	}
}
