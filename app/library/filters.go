package library

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/widgets"
	"fonds/widgets/look"
)

// filterRows are the filters under each other, with the count of documents that
// each leaves. Up and Down choose; so does a click.
type filterRows struct {
	widget.BaseWidget
	on      fyne.Canvas
	onPick  func(session.Filter)
	chosen  session.Filter
	counts  map[session.Filter]string
	focused bool
}

var (
	_ fyne.Focusable    = (*filterRows)(nil)
	_ desktop.Mouseable = (*filterRows)(nil)
)

func newFilterRows(on fyne.Canvas, onPick func(session.Filter)) *filterRows {
	f := &filterRows{on: on, onPick: onPick, counts: map[session.Filter]string{}}
	f.ExtendBaseWidget(f)
	return f
}

func filterWords(f session.Filter) string {
	switch f {
	case session.ToDo:
		return i18n.T("filter.todo")
	case session.InProgress:
		return i18n.T("filter.progress")
	case session.WithProposals:
		return i18n.T("filter.proposals")
	case session.Submitted:
		return i18n.T("filter.submitted")
	case session.Returned:
		return i18n.T("filter.returned")
	case session.Approved:
		return i18n.T("filter.approved")
	case session.Removed:
		return i18n.T("filter.removed")
	}
	return i18n.T("filter.all")
}

func (f *filterRows) count(of session.Filter, n int, known bool) {
	f.counts[of] = ""
	if known {
		f.counts[of] = i18n.Number(int64(n))
	}
}

func (f *filterRows) choose(c session.Filter) {
	if c != f.chosen {
		f.chosen = c
		f.Refresh()
	}
}

func (f *filterRows) pick(c session.Filter) {
	all := session.Filters()
	c = min(max(c, all[0]), all[len(all)-1])
	if c == f.chosen {
		return
	}
	f.choose(c)
	f.onPick(c)
}

// TypedKey moves among the filters.
func (f *filterRows) TypedKey(k *fyne.KeyEvent) {
	if widgets.FunctionKey(k) {
		return
	}
	switch k.Name {
	case fyne.KeyUp:
		f.pick(f.chosen - 1)
	case fyne.KeyDown:
		f.pick(f.chosen + 1)
	}
}

// TypedRune does nothing.
func (f *filterRows) TypedRune(rune) {}

// FocusGained shows the ring.
func (f *filterRows) FocusGained() { f.focused = true; f.Refresh() }

// FocusLost hides the ring.
func (f *filterRows) FocusLost() { f.focused = false; f.Refresh() }

// MouseDown chooses the filter under the pointer.
func (f *filterRows) MouseDown(e *desktop.MouseEvent) {
	f.on.Focus(f)
	if e.Button == desktop.MouseButtonPrimary {
		f.pick(session.Filter(e.Position.Y / rowHeight()))
	}
}

// MouseUp does nothing.
func (f *filterRows) MouseUp(*desktop.MouseEvent) {}

func rowHeight() float32 { return look.RowHeight * theme.TextSize() / look.Text }

// CreateRenderer draws the rows.
func (f *filterRows) CreateRenderer() fyne.WidgetRenderer {
	r := &filterRenderer{f: f, fill: canvas.NewRectangle(color.Transparent),
		bar: canvas.NewRectangle(color.Transparent), ring: canvas.NewRectangle(color.Transparent)}
	r.objects = []fyne.CanvasObject{r.fill, r.bar}
	for range session.Filters() {
		name, count := canvas.NewText("", color.Transparent), canvas.NewText("", color.Transparent)
		r.names, r.counts = append(r.names, name), append(r.counts, count)
		r.objects = append(r.objects, name, count)
	}
	r.objects = append(r.objects, r.ring)
	r.style()
	return r
}

type filterRenderer struct {
	f               *filterRows
	fill, bar, ring *canvas.Rectangle
	names, counts   []*canvas.Text
	objects         []fyne.CanvasObject
}

func (r *filterRenderer) Destroy()                     {}
func (r *filterRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *filterRenderer) MinSize() fyne.Size {
	return fyne.NewSize(160, rowHeight()*float32(len(r.names)))
}

func (r *filterRenderer) Layout(size fyne.Size) {
	h := rowHeight()
	for i, name := range r.names {
		y := float32(i) * h
		m, c := name.MinSize(), r.counts[i].MinSize()
		name.Move(fyne.NewPos(look.Apart, y+(h-m.Height)/2))
		r.counts[i].Move(fyne.NewPos(size.Width-look.Apart-c.Width, y+(h-c.Height)/2))
	}
	y := float32(r.f.chosen) * h
	r.fill.Move(fyne.NewPos(0, y))
	r.fill.Resize(fyne.NewSize(size.Width, h))
	r.bar.Move(fyne.NewPos(0, y))
	r.bar.Resize(fyne.NewSize(look.RowBar, h))
	r.ring.Move(fyne.NewPos(1, y+1))
	r.ring.Resize(fyne.NewSize(size.Width-2.5, h-2.5))
}

func (r *filterRenderer) Refresh() {
	r.style()
	r.Layout(r.f.Size())
	for _, o := range r.objects {
		o.Refresh()
	}
}

func (r *filterRenderer) style() {
	p := look.Current()
	r.fill.FillColor, r.bar.FillColor = look.Over(p.Accent, p.Panel, p.SelectedRow), p.Accent
	if p.InvertSelect {
		r.fill.FillColor = p.Accent
	}
	r.ring.FillColor, r.ring.StrokeColor = color.Transparent, p.Accent
	r.ring.StrokeWidth, r.ring.CornerRadius = look.FocusRing, look.Corner
	r.ring.Hidden = !r.f.focused
	for i, f := range session.Filters() {
		ink, quiet := p.Ink, p.Quiet
		if f == r.f.chosen && p.InvertSelect {
			ink, quiet = p.OnAccent, p.OnAccent
		}
		r.names[i].Text, r.names[i].TextSize, r.names[i].Color = filterWords(f), theme.TextSize(), ink
		r.counts[i].Text, r.counts[i].TextSize, r.counts[i].Color = r.f.counts[f], theme.CaptionTextSize(), quiet
	}
}
