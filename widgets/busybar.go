package widgets

import (
	"image/color"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"fonds/widgets/look"
)

// busyDelay is how long work goes on before anything is said about it.
const busyDelay = 500 * time.Millisecond

// BusyWords are the words of a BusyBar in the person's language.
type BusyWords struct {
	Stop  string                       // "Stop", 停止
	Count func(done, total int) string // total 0 is not known
	Rate  func(perSecond float64) string
	Left  func(left time.Duration) string // how long it will take yet, at the rate so far; nil says nothing
	Held  string                          // said in the place of both while the work pauses
}

// BusyBar says what is being done, how much of it and how fast, with a button
// that stops it. It shows only when the work has gone on for half a second, and
// hides when it is over. Touch it on the UI goroutine, at most 15 times a second.
type BusyBar struct {
	widget.BaseWidget

	// After, Do and Now are the clock; nil means the real one.
	After AfterFunc
	Do    DoFunc
	Now   func() time.Time
	// OnShown is told when the bar appears and goes, for the screen around it
	// to make room.
	OnShown func(shown bool)

	words       BusyWords
	what        string
	done, total int
	began       time.Time
	held        time.Time     // since when the work pauses, zero while it goes on
	pauses      time.Duration // how long it has paused before that
	unwait      func()
	onStop      func()
	stop        *Button
}

// NewBusyBar makes a hidden bar.
func NewBusyBar(words BusyWords) *BusyBar {
	b := &BusyBar{words: words}
	b.stop = NewButton(words.Stop, b.stopped)
	b.stop.small = true
	b.ExtendBaseWidget(b)
	b.Hide()
	return b
}

// Start begins to count: what is done in words, of how many (0 is not known),
// and what stops it (nil: it cannot be stopped).
func (b *BusyBar) Start(what string, total int, onStop func()) {
	b.Finish()
	b.what, b.done, b.total, b.onStop, b.began = what, 0, total, onStop, b.now()
	b.held, b.pauses = time.Time{}, 0
	b.stop.Hidden = onStop == nil
	b.stop.Enable()
	b.unwait = later(b.After, b.Do, busyDelay, func() {
		b.unwait = nil
		b.show(true)
		b.Refresh()
	})
}

// Progress says how much is done, and the total again, which may have grown.
func (b *BusyBar) Progress(done, total int) {
	b.done, b.total = done, total
	if b.Visible() {
		b.Refresh()
	}
}

// Finish hides the bar, or sees to it that it never appears.
func (b *BusyBar) Finish() {
	if b.unwait != nil {
		b.unwait()
		b.unwait = nil
	}
	if b.Visible() {
		b.show(false)
	}
}

// Hold says that the work pauses, and, with false, that it goes on. What it pauses does
// not count for how fast it goes.
func (b *BusyBar) Hold(on bool) {
	switch {
	case on == !b.held.IsZero():
		return
	case on:
		b.held = b.now()
	default:
		b.pauses, b.held = b.pauses+b.now().Sub(b.held), time.Time{}
	}
	if b.Visible() {
		b.Refresh()
	}
}

func (b *BusyBar) show(on bool) {
	if on {
		b.Show()
	} else {
		b.Hide()
	}
	if b.OnShown != nil {
		b.OnShown(on)
	}
}

// stopped asks the work to stop once; the bar stays until Finish.
func (b *BusyBar) stopped() {
	b.stop.Disable()
	if b.onStop != nil {
		b.onStop()
	}
}

func (b *BusyBar) now() time.Time {
	if b.Now != nil {
		return b.Now()
	}
	return time.Now()
}

// said is the line of words: what, how much, how fast.
func (b *BusyBar) said() string {
	parts := []string{b.what}
	if b.words.Count != nil && (b.done > 0 || b.total > 0) {
		parts = append(parts, b.words.Count(b.done, b.total))
	}
	if !b.held.IsZero() {
		return strings.Join(append(parts, b.words.Held), " · ")
	}
	if took := (b.now().Sub(b.began) - b.pauses).Seconds(); b.words.Rate != nil && b.done > 0 && took > 0 {
		rate := float64(b.done) / took
		parts = append(parts, b.words.Rate(rate))
		if b.words.Left != nil && b.done < b.total {
			parts = append(parts, b.words.Left(time.Duration(float64(b.total-b.done)/rate*float64(time.Second))))
		}
	}
	return strings.Join(parts, " · ")
}

// CreateRenderer draws the line of words above a thin bar.
func (b *BusyBar) CreateRenderer() fyne.WidgetRenderer {
	r := &busyRenderer{b: b, text: canvas.NewText("", color.Transparent), track: canvas.NewRectangle(color.Transparent), fill: canvas.NewRectangle(color.Transparent)}
	r.objects = []fyne.CanvasObject{r.text, r.track, r.fill, b.stop}
	return r
}

type busyRenderer struct {
	b           *BusyBar
	text        *canvas.Text
	track, fill *canvas.Rectangle
	objects     []fyne.CanvasObject
}

func (r *busyRenderer) Destroy()                     {}
func (r *busyRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *busyRenderer) Layout(fyne.Size)             { r.place() }

func (r *busyRenderer) MinSize() fyne.Size {
	return fyne.NewSize(160, r.b.stop.MinSize().Height+look.Tight+2*look.FocusRing)
}

func (r *busyRenderer) Refresh() {
	r.place()
	for _, o := range r.objects {
		o.Refresh()
	}
}

func (r *busyRenderer) place() {
	p, size, thick := look.Current(), r.b.Size(), 2*look.FocusRing
	stop := r.b.stop.MinSize()
	right := size.Width
	if !r.b.stop.Hidden {
		right -= stop.Width
		r.b.stop.Move(fyne.NewPos(right, 0))
		r.b.stop.Resize(stop)
		right -= look.Near
	}
	face := newAdvances(captionSize())
	placeText(r.text, face.truncate(oneLine(r.b.said(), nil), right), face, p.Quiet, 0, (stop.Height-lineHeight(face.size))/2)

	r.track.FillColor, r.fill.FillColor = p.Line, p.Accent
	if p.Mode == look.HighContrast { // a black bar on a black track says nothing
		r.track.FillColor, r.track.StrokeColor, r.track.StrokeWidth = p.Paper, p.Line, 1
	}
	r.track.CornerRadius, r.fill.CornerRadius = thick/2, thick/2
	y := size.Height - thick
	r.track.Move(fyne.NewPos(0, y))
	r.track.Resize(fyne.NewSize(size.Width, thick))
	share := float32(0)
	if r.b.total > 0 {
		share = min(1, float32(float64(r.b.done)/float64(r.b.total)))
	}
	r.fill.Move(fyne.NewPos(0, y))
	r.fill.Resize(fyne.NewSize(size.Width*share, thick))
	r.fill.Hidden = share == 0
}
