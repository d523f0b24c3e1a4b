package library

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"fonds/app/i18n"
	"fonds/widgets"
	"fonds/widgets/look"
)

// low is the height of the pane below which the filters are folded: with all of
// them the list would have no more than four rows.
const low float32 = 500

// pane lays out head, list and foot under each other; the list has the rest of the
// room. At the foot something comes and goes, so that no row of the list moves.
type pane struct{ filters *filterRows }

func (p *pane) MinSize(o []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(0, look.Near)
	for i, c := range o {
		if i == 0 || c.Visible() {
			m := c.MinSize()
			size = fyne.NewSize(max(size.Width, m.Width), size.Height+m.Height)
		}
	}
	if !p.filters.folds { // it could
		size.Height -= rowHeight() * float32(len(p.filters.rows())-1)
	}
	return size
}

func (p *pane) Layout(o []fyne.CanvasObject, size fyne.Size) {
	if size.Height > 0 {
		p.filters.fold(size.Height < low*rowHeight()/look.RowHeight)
		p.filters.leave(size.Height - look.Near - o[0].MinSize().Height + p.filters.MinSize().Height)
	}
	put := func(c fyne.CanvasObject, y, height float32) {
		c.Move(fyne.NewPos(0, y))
		c.Resize(fyne.NewSize(size.Width, max(0, height)))
	}
	top, foot := look.Near+o[0].MinSize().Height, float32(0)
	if o[2].Visible() {
		foot = o[2].MinSize().Height
	}
	put(o[0], look.Near, top-look.Near)
	put(o[1], top, size.Height-top-foot)
	put(o[2], size.Height-foot, foot)
}

// foot is the line under the list: how many documents are selected, or what the
// title that is looked for begins with.
type foot struct {
	words   *widget.Label
	clear   *widgets.Button
	content *fyne.Container
}

func newFoot(clear func()) *foot {
	f := &foot{words: widget.NewLabel(""), clear: widgets.NewSmallButton(i18n.T("library.clear"), clear)}
	f.words.Truncation = fyne.TextTruncateEllipsis
	clears := container.NewCenter(f.clear)
	row := container.New(layout.NewBorderLayout(nil, nil, nil, clears), clears, f.words)
	f.content = container.New(layout.NewCustomPaddedVBoxLayout(0), widget.NewSeparator(),
		container.New(layout.NewCustomPaddedLayout(look.Tight, look.Tight, look.Near, look.Near), row))
	f.content.Hide()
	return f
}

// show shows words, with what takes the selection back beside them; no words hide
// the line.
func (f *foot) show(words string, clear bool) (changed bool) {
	before := f.content.Visible()
	f.words.SetText(words)
	f.clear.Hidden = !clear
	f.content.Hidden = words == ""
	f.content.Refresh()
	return before != f.content.Visible()
}

// showFoot says what is selected, or looked for.
func (l *Library) showFoot() {
	selected := l.s.Selected()
	words, n := "", selected.Count()
	switch {
	case l.list.Seeking() && l.unfound:
		words = i18n.T("library.notitle", "words", l.sought)
	case l.list.Seeking():
		words = i18n.T("library.title", "words", l.sought)
	case n > 0:
		words = i18n.N("library.selected", n)
	}
	if l.foot.show(words, !l.list.Seeking()) {
		l.content.Refresh()
	}
}

// seek goes to the next document whose title begins with some words, from the one
// that is shown on and around.
func (l *Library) seek(words string) {
	l.sought, l.unfound = words, false
	l.showFoot()
	l.s.FindTitle(words, func(row int) {
		l.unfound = row < 0
		l.showFoot()
		if row >= 0 {
			l.s.OpenRow(row)
		}
	})
}
