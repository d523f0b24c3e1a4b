package desk

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage/archive"
	"fonds/widgets"
	"fonds/widgets/look"
)

// tabBar is a row of words of which one is chosen. Fyne's tabs cannot be reached
// by the keyboard; in this one Left and Right choose.
type tabBar struct {
	widget.BaseWidget
	widgets.KeyWatch
	names   []string
	badges  []string
	onPick  func(int)
	chosen  int
	focused bool
}

var (
	_ fyne.Focusable    = (*tabBar)(nil)
	_ desktop.Mouseable = (*tabBar)(nil)
)

func newTabBar(names []string, onPick func(int)) *tabBar {
	t := &tabBar{names: names, badges: make([]string, len(names)), onPick: onPick}
	t.ExtendBaseWidget(t)
	return t
}

func (t *tabBar) choose(i int) {
	t.chosen = i
	t.Refresh()
}

// counts puts beside the words how many tags and marks there are, and how much is
// to be answered.
func (t *tabBar) counts(d *session.Doc, drafts, talk int) {
	tags, marks := 0, drafts
	if d != nil {
		for _, it := range d.Items {
			switch {
			case !it.InForce() && !it.Open():
			case it.What == archive.ATag:
				tags++
			case it.What == archive.AMark, it.What == archive.ACorrection, it.What == archive.ANote, it.What == archive.ASplit:
				marks++
			}
		}
	}
	for tab, n := range map[int]int{tagsTab: tags, marksTab: marks, talkTab: talk} {
		t.badges[tab] = ""
		if n > 0 {
			t.badges[tab] = i18n.Number(int64(n))
		}
	}
	t.Refresh()
}

// TypedKey moves among the tabs.
func (t *tabBar) TypedKey(k *fyne.KeyEvent) {
	if t.Swallow(k) || widgets.FunctionKey(k) {
		return
	}
	switch {
	case k.Name == fyne.KeyLeft && t.chosen > 0:
		t.onPick(t.chosen - 1)
	case k.Name == fyne.KeyRight && t.chosen < len(t.names)-1:
		t.onPick(t.chosen + 1)
	}
}

// FocusGained shows the ring.
func (t *tabBar) FocusGained() { t.focused = true; t.Refresh() }

// FocusLost hides the ring.
func (t *tabBar) FocusLost() { t.focused = false; t.Refresh() }

// MouseDown chooses the tab under the pointer.
func (t *tabBar) MouseDown(e *desktop.MouseEvent) {
	if e.Button != desktop.MouseButtonPrimary {
		return
	}
	x := look.Near
	for i := range t.names {
		if w := t.width(i); e.Position.X >= x && e.Position.X < x+w {
			t.onPick(i)
			return
		} else {
			x += w
		}
	}
}

// MouseUp does nothing.
func (t *tabBar) MouseUp(*desktop.MouseEvent) {}

// width is that of a tab: its words, its count, and room on both sides.
func (t *tabBar) width(i int) float32 {
	w := fyne.MeasureText(t.names[i], theme.TextSize(), fyne.TextStyle{}).Width + 2*look.Near
	if t.badges[i] != "" {
		w += look.Tight + fyne.MeasureText(t.badges[i], theme.CaptionTextSize(), fyne.TextStyle{}).Width
	}
	return w
}

// CreateRenderer draws the tabs.
func (t *tabBar) CreateRenderer() fyne.WidgetRenderer {
	r := &tabRenderer{t: t, under: canvas.NewRectangle(color.Transparent), ring: canvas.NewRectangle(color.Transparent)}
	for range t.names {
		name, badge := canvas.NewText("", color.Transparent), canvas.NewText("", color.Transparent)
		r.names, r.badges = append(r.names, name), append(r.badges, badge)
		r.objects = append(r.objects, name, badge)
	}
	r.objects = append(r.objects, r.under, r.ring)
	r.style()
	return r
}

type tabRenderer struct {
	t             *tabBar
	names, badges []*canvas.Text
	under, ring   *canvas.Rectangle
	objects       []fyne.CanvasObject
}

func (r *tabRenderer) Destroy()                     {}
func (r *tabRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *tabRenderer) height() float32 { return 36 * theme.TextSize() / look.Text }

func (r *tabRenderer) MinSize() fyne.Size {
	w := 2 * look.Near
	for i := range r.t.names {
		w += r.t.width(i)
	}
	return fyne.NewSize(w, r.height())
}

func (r *tabRenderer) Layout(size fyne.Size) {
	x := look.Near
	for i, name := range r.names {
		m, w := name.MinSize(), r.t.width(i)
		name.Move(fyne.NewPos(x+look.Near, (size.Height-m.Height)/2))
		b := r.badges[i].MinSize()
		r.badges[i].Move(fyne.NewPos(x+look.Near+m.Width+look.Tight, (size.Height-b.Height)/2))
		if i == r.t.chosen {
			r.under.Move(fyne.NewPos(x+look.Near, size.Height-look.FocusRing))
			r.under.Resize(fyne.NewSize(w-2*look.Near, look.FocusRing))
			r.ring.Move(fyne.NewPos(x+1, look.Tight))
			r.ring.Resize(fyne.NewSize(w-2, size.Height-2*look.Tight))
		}
		x += w
	}
}

func (r *tabRenderer) Refresh() {
	r.style()
	r.Layout(r.t.Size())
	for _, o := range r.objects {
		o.Refresh()
	}
}

func (r *tabRenderer) style() {
	p := look.Current()
	for i := range r.names {
		ink := p.Quiet
		if i == r.t.chosen {
			ink = p.Ink
		}
		r.names[i].Text, r.names[i].TextSize, r.names[i].Color = r.t.names[i], theme.TextSize(), ink
		r.badges[i].Text, r.badges[i].TextSize, r.badges[i].Color = r.t.badges[i], theme.CaptionTextSize(), p.Quiet
	}
	r.under.FillColor = p.Accent
	r.ring.FillColor, r.ring.StrokeColor, r.ring.StrokeWidth, r.ring.CornerRadius = color.Transparent, p.Accent, look.FocusRing, look.Corner
	r.ring.Hidden = !r.t.focused
}
