package library

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"fonds/app/session"
	"fonds/widgets/look"
)

func rowHeight() float32 { return look.RowHeight * theme.TextSize() / look.Text }

// CreateRenderer draws the rows.
func (f *filterRows) CreateRenderer() fyne.WidgetRenderer {
	rect := func() *canvas.Rectangle { return canvas.NewRectangle(color.Transparent) }
	r := &filterRenderer{f: f, fill: rect(), bar: rect(), ring: rect(), sign: canvas.NewText("", color.Transparent)}
	r.objects = append(r.objects, r.fill, r.bar, r.sign)
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
	sign            *canvas.Text // of a row that opens
	names, counts   []*canvas.Text
	objects         []fyne.CanvasObject
}

func (r *filterRenderer) Destroy()                     {}
func (r *filterRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *filterRenderer) MinSize() fyne.Size {
	return fyne.NewSize(160, rowHeight()*float32(len(r.f.rows())))
}

func (r *filterRenderer) Layout(size fyne.Size) {
	h := rowHeight()
	right := size.Width - look.Apart
	m := r.sign.MinSize() // in the margin: the pane is narrow where the rows fold
	r.sign.Move(fyne.NewPos(size.Width-(look.Apart+m.Width)/2, (h-m.Height)/2))
	at := float32(0)
	for i, f := range r.f.rows() {
		y := float32(i) * h
		if f == r.f.chosen {
			at = y
		}
		name, count := r.names[f], r.counts[f]
		m, c := name.MinSize(), count.MinSize()
		name.Move(fyne.NewPos(look.Apart, y+(h-m.Height)/2))
		count.Move(fyne.NewPos(right-c.Width, y+(h-c.Height)/2))
	}
	r.fill.Move(fyne.NewPos(0, at))
	r.fill.Resize(fyne.NewSize(size.Width, h))
	r.bar.Move(fyne.NewPos(0, at))
	r.bar.Resize(fyne.NewSize(look.RowBar, h))
	r.ring.Move(fyne.NewPos(1, at+1))
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
	if p.InvertSelect {
		r.ring.StrokeColor = p.OnAccent // upon the fill
	}
	r.ring.Hidden = !r.f.focused
	for i := range r.names {
		r.names[i].Hidden, r.counts[i].Hidden = true, true
	}
	for _, f := range r.f.rows() {
		ink, quiet := p.Ink, p.Quiet
		if f == r.f.chosen && p.InvertSelect {
			ink, quiet = p.OnAccent, p.OnAccent
		}
		name, count := r.names[f], r.counts[f]
		name.Hidden, count.Hidden = false, false
		name.Text, name.TextSize, name.Color = session.FilterWords(f), theme.TextSize(), ink
		count.Text, count.TextSize, count.Color = r.f.counts[f], theme.CaptionTextSize(), quiet
	}
	r.sign.Hidden, r.sign.Text, r.sign.TextSize, r.sign.Color = !r.f.folds, "▾", theme.TextSize(), p.Quiet
	if r.f.open {
		r.sign.Text = "▴"
	}
	if p.InvertSelect && (!r.f.open || r.f.chosen == session.All) { // it stands in the first row
		r.sign.Color = p.OnAccent
	}
}
