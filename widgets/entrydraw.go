package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"fonds/widgets/look"
)

// CreateRenderer draws Fyne's entry on our own ground: a hairline with corners,
// the focus ring, and a height that lets fifteen fields stand in a column.
func (e *Entry) CreateRenderer() fyne.WidgetRenderer {
	r := &entryRenderer{
		entry: e,
		inner: e.Entry.CreateRenderer(),
		box:   canvas.NewRectangle(color.Transparent),
	}
	r.colour()
	return r
}

// entryBoxes is how many objects of Fyne's renderer are its box and border,
// which ours takes the place of.
const entryBoxes = 2

type entryRenderer struct {
	entry *Entry
	inner fyne.WidgetRenderer
	box   *canvas.Rectangle
}

func (r *entryRenderer) Destroy() { r.inner.Destroy() }

func (r *entryRenderer) Objects() []fyne.CanvasObject {
	inner := r.inner.Objects()[entryBoxes:]
	return append([]fyne.CanvasObject{r.box}, inner...)
}

// spare is how many pixels of Fyne's padding a single line does without.
func (r *entryRenderer) spare() float32 {
	if r.entry.MultiLine {
		return 0
	}
	return theme.InnerPadding() - 1
}

func (r *entryRenderer) MinSize() fyne.Size {
	return r.inner.MinSize().SubtractWidthHeight(0, r.spare())
}

// Layout gives Fyne's renderer the height it wants and moves what it made up by
// half of what is spared.
func (r *entryRenderer) Layout(size fyne.Size) {
	spare := r.spare()
	r.inner.Layout(size.AddWidthHeight(0, spare))
	for _, o := range r.inner.Objects()[entryBoxes:] {
		o.Move(o.Position().SubtractXY(0, spare/2))
	}
	placeInside(r.box, size)
}

func (r *entryRenderer) Refresh() {
	r.colour()
	placeInside(r.box, r.entry.Size())
	r.box.Refresh()
	r.inner.Refresh()
}

func (r *entryRenderer) colour() {
	p := look.Current()
	r.box.CornerRadius = look.Corner
	r.box.FillColor = p.Paper
	r.box.StrokeColor, r.box.StrokeWidth = p.Line, p.LineWidth
	switch {
	case r.entry.focused:
		r.box.StrokeColor, r.box.StrokeWidth = p.Accent, ringWidth(p)
	case r.entry.bad:
		r.box.StrokeColor = p.Bad
	case r.entry.Disabled():
		r.box.FillColor = p.Panel
	}
}
