package library

import (
	"image/color"
	"sort"

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
	for range len(session.Filters()) + 1 + session.SavedInSight {
		name, count := canvas.NewText("", color.Transparent), canvas.NewText("", color.Transparent)
		r.names, r.counts = append(r.names, name), append(r.counts, count)
		r.objects = append(r.objects, name, count)
	}
	r.objects = append(r.objects, r.ring)
	r.style()
	return r
}

// fitted is words in the room that there is, ending with … where they do not fit.
func fitted(words string, size, room float32) string {
	wide := func(s string) bool { return fyne.MeasureText(s, size, fyne.TextStyle{}).Width > room }
	if !wide(words) {
		return words
	}
	rs := []rune(words)
	n := sort.Search(len(rs), func(n int) bool { return wide(string(rs[:n+1]) + "…") })
	return string(rs[:n]) + "…"
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
	for i, row := range r.f.rows() {
		y := float32(i) * h
		if row == r.f.current() {
			at = y
		}
		name, count := r.names[i], r.counts[i]
		c := count.MinSize()
		if row.saved != "" && size.Width > 0 {
			words := fitted(r.f.words(row), name.TextSize, right-c.Width-look.Near-look.Apart)
			if name.Text != words {
				name.Text = words
				name.Refresh()
			}
		}
		m := name.MinSize()
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
	for i, row := range r.f.rows() {
		ink, quiet, size := p.Ink, p.Quiet, theme.TextSize()
		if row == r.f.current() && p.InvertSelect {
			ink, quiet = p.OnAccent, p.OnAccent
		}
		if row.head {
			ink, size = p.Quiet, theme.CaptionTextSize()
		}
		name, count := r.names[i], r.counts[i]
		name.Hidden, count.Hidden = false, false
		name.Text, name.TextSize, name.Color = r.f.words(row), size, ink
		count.Text, count.TextSize, count.Color = r.f.counted(row), theme.CaptionTextSize(), quiet
	}
	r.sign.Hidden, r.sign.Text, r.sign.TextSize, r.sign.Color = !r.f.folds, "▾", theme.TextSize(), p.Quiet
	if r.f.open {
		r.sign.Text = "▴"
	}
	if p.InvertSelect && (!r.f.open || r.f.current() == row{}) { // it stands in the first row
		r.sign.Color = p.OnAccent
	}
}
