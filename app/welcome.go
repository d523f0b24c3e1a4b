package app

import (
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/assets"
	"fonds/widgets"
	"fonds/widgets/look"
)

// welcomePage is what is seen while no archive is open.
type welcomePage struct {
	w       *window
	recent  *widgets.List
	room    *canvas.Rectangle
	heading *widget.Label
	sample  *widgets.Button
	content fyne.CanvasObject
}

// welcomeWidth is that of the column, in Fyne pixels.
const welcomeWidth = 560

func newWelcome(w *window) *welcomePage {
	p := &welcomePage{w: w}
	icon := canvas.NewImageFromResource(fyne.NewStaticResource("fonds.png", assets.Icon()))
	icon.FillMode = canvas.ImageFillContain
	icon.SetMinSize(fyne.NewSize(64, 64))
	title := canvas.NewText("Fonds", look.Current().Ink)
	title.TextSize, title.TextStyle.Bold = 2*theme.TextSize(), true
	line := widget.NewLabel(i18n.T("welcome.line"))
	line.Importance = widget.LowImportance

	p.sample = widgets.NewPrimaryButton(i18n.T("welcome.sample"), func() { w.command("archive.sample") })
	open := widgets.NewButton(i18n.T("welcome.open"), func() { w.command("archive.open") })
	create := widgets.NewButton(i18n.T("welcome.new"), func() { w.command("archive.new") })

	p.heading = widget.NewLabel(i18n.T("welcome.recent"))
	p.heading.Importance, p.heading.SizeName = widget.LowImportance, theme.SizeNameCaptionText
	p.recent = widgets.NewList()
	p.recent.Covers = session.Covers
	p.recent.OnActivate = func(i int) { w.openArchive(w.set.Recent[i]) }
	p.recent.OnRune = func(r rune) {
		if c := w.s.Commands.ByRune(r); c != nil && !c.Document {
			w.s.Commands.Run(c.ID)
		}
	}
	p.room = canvas.NewRectangle(look.Current().Panel)
	near := layout.NewCustomPaddedHBoxLayout(look.Near)
	head := container.New(near, icon, container.New(layout.NewCustomPaddedVBoxLayout(0),
		container.New(layout.NewCustomPaddedLayout(0, 0, look.Near, 0), title), line))
	column := container.New(layout.NewCustomPaddedVBoxLayout(look.Apart), head,
		container.New(near, p.sample, open, create),
		container.New(layout.NewCustomPaddedVBoxLayout(0), container.New(layout.NewCustomPaddedLayout(0, 0, -look.Near, 0), p.heading), container.NewStack(p.room, p.recent)))
	p.content = container.NewCenter(container.New(&wide{welcomeWidth}, column))
	p.show()
	return p
}

// show lists the archives opened last.
func (p *welcomePage) show() {
	n := len(p.w.set.Recent)
	p.recent.SetCount(n, func(i int) widgets.Row {
		path := p.w.set.Recent[i]
		return widgets.Row{Title: filepath.Base(path), Sub: filepath.Dir(path), Known: true}
	})
	p.room.SetMinSize(fyne.NewSize(0, float32(min(n, 6))*look.TwoRowHeight))
	p.heading.Hidden = n == 0
	p.recent.Hidden = n == 0
	if n > 0 && p.recent.Selected() < 0 {
		p.recent.SetSelected(0)
	}
	p.content.Refresh()
}

// focus gives the keyboard to the archives opened last, else to the sample.
func (p *welcomePage) focus() {
	c := p.w.win.Canvas()
	order := []fyne.Focusable{p.recent, p.sample}
	if len(p.w.set.Recent) == 0 {
		slices.Reverse(order)
	}
	c.Focus(order[0])
}
