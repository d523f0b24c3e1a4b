package desk

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/widgets"
	"fonds/widgets/look"
)

func newFindBar(d *Desk) *findBar {
	f := &findBar{d: d, at: -1}
	f.entry = widgets.NewEntry()
	f.entry.SetPlaceHolder(i18n.T("find.prompt"))
	f.entry.OnType = func(string) { f.soon() }
	f.entry.OnKey = f.key
	f.count = session.NewNote(1)
	back := widgets.NewSmallButton("↑", func() { f.step(-1) })
	on := widgets.NewSmallButton("↓", func() { f.step(1) })
	f.fold = widgets.NewSmallButton(foldLabel, f.toggle)
	shut := widgets.NewSmallButton("×", f.close)
	for _, b := range []*widgets.Button{back, on, f.fold, shut} {
		b.OnKey = func(k *fyne.KeyEvent) bool { return k.Name == fyne.KeyEscape && f.key(k) }
	}
	f.row = container.New(layout.NewCustomPaddedLayout(look.Tight, look.Tight, look.Near, look.Near),
		container.New(barLayout{}, f.entry, f.count, back, on, f.fold, shut))
	f.row.Hide()
	return f
}

// barLayout puts the parts of the bar beside each other, each in the middle of its
// height: the entry has the width that is left, the count one of its own, so that
// nothing moves while one counts.
type barLayout struct{}

// The width of the count at text size 1: the least, and what thousands want.
const (
	countLeast float32 = 104
	countWide  float32 = 176
)

// width is that of a part, in a bar so wide.
func (barLayout) width(i int, o fyne.CanvasObject, bar float32) float32 {
	if i == 1 {
		return min(max(countLeast, bar/4), countWide) * theme.TextSize() / look.Text
	}
	return o.MinSize().Width
}

// MinSize is called by Fyne.
func (l barLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(48, 0)
	for i, x := range o {
		size.Height = max(size.Height, x.MinSize().Height)
		if i > 0 {
			size.Width += l.width(i, x, 0) + look.Near
		}
	}
	return size
}

// Layout is called by Fyne.
func (l barLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	x := size.Width
	for i := len(o) - 1; i >= 0; i-- {
		w := l.width(i, o[i], size.Width)
		if x -= w; i == 0 {
			w, x = max(0, x+w), 0
		}
		o[i].Resize(fyne.NewSize(w, o[i].MinSize().Height))
		o[i].Move(fyne.NewPos(x, (size.Height-o[i].MinSize().Height)/2))
		x -= look.Near
	}
}
