package desk

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"fonds/widgets"
	"fonds/widgets/look"
)

// dialog is a question that is answered before anything else is done. Escape
// leaves it; the focus goes back to where it was.
type dialog struct {
	d      *Desk
	veil   *widgets.Veil
	before fyne.Focusable
}

// dialogWidth is how wide the content of a dialog is where there is room.
const dialogWidth float32 = 480

// openDialog shows content below a heading and gives the focus to first. The
// buttons stand below, the one most likely wanted last.
func (d *Desk) openDialog(title string, content fyne.CanvasObject, first fyne.Focusable, buttons ...*widgets.Button) *dialog {
	g := &dialog{d: d, before: d.on.Focused()}
	head := widgets.NewTitle(title)
	row := []fyne.CanvasObject{layout.NewSpacer()}
	for _, b := range buttons {
		if b.OnKey == nil {
			b.OnKey = g.escape
		}
		row = append(row, b)
	}
	foot := container.New(layout.NewCustomPaddedLayout(look.Apart, 0, 0, 0), container.New(layout.NewCustomPaddedHBoxLayout(look.Near), row...))
	room, inset := d.on.Size(), theme.InnerPadding() // of the label above
	content = container.New(layout.NewCustomPaddedLayout(0, 0, inset, inset), content)
	body := container.New(dialogLayout{min(dialogWidth, room.Width-4*look.Edge), room.Height - 4*look.Edge}, head, content, foot)
	g.veil = widgets.NewVeil(container.New(layout.NewCustomPaddedLayout(look.Apart, look.Apart, look.Apart, look.Apart), body), d.on)
	g.veil.Show()
	if first != nil {
		d.on.Focus(first)
	}
	return g
}

// close takes the dialog away.
func (g *dialog) close() {
	g.veil.Hide()
	if g.before != nil {
		g.d.on.Focus(g.before)
	}
}

func (g *dialog) escape(k *fyne.KeyEvent) bool {
	if k.Name == fyne.KeyEscape {
		g.close()
		return true
	}
	return false
}

// dialogLayout puts a heading, content and buttons under each other at a width;
// the content gets no more height than is left of the most there is.
type dialogLayout struct{ width, most float32 }

// MinSize is called by Fyne.
func (l dialogLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	o[1].Resize(fyne.NewSize(l.width, max(o[1].Size().Height, 1))) // so that what wraps knows its height
	h := float32(0)
	for _, x := range o {
		h += x.MinSize().Height
	}
	return fyne.NewSize(l.width, min(h, l.most))
}

// Layout is called by Fyne.
func (l dialogLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	top, foot := o[0].MinSize().Height, o[2].MinSize().Height
	o[0].Resize(fyne.NewSize(size.Width, top))
	o[0].Move(fyne.NewPos(0, 0))
	o[1].Resize(fyne.NewSize(size.Width, size.Height-top-foot))
	o[1].Move(fyne.NewPos(0, top))
	o[2].Resize(fyne.NewSize(size.Width, foot))
	o[2].Move(fyne.NewPos(0, size.Height-foot))
}
