package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

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
	for _, o := range r.inner.Objects() {
		if scroll, ok := o.(*container.Scroll); ok {
			r.scroll = scroll
		}
	}
	// Fyne's scroll draws a bar and shadows within the one line. It goes on
	// placing the text, and we show the text itself.
	if !e.MultiLine {
		r.line = newClipped(container.NewWithoutLayout(r.scroll.Content))
	}
	r.colour()
	// Fyne makes a new renderer for what nobody has seen for a minute, and gives
	// it no size where the entry keeps its own.
	if size := e.Size(); !size.IsZero() {
		r.Layout(size)
	}
	return r
}

type entryRenderer struct {
	entry  *Entry
	inner  fyne.WidgetRenderer
	box    *canvas.Rectangle
	scroll *container.Scroll // Fyne's, which places the text
	line   *clipped          // in its stead for a single line
}

func (r *entryRenderer) Destroy() { r.inner.Destroy() }

func (r *entryRenderer) Objects() []fyne.CanvasObject {
	if r.line != nil {
		return []fyne.CanvasObject{r.box, r.line}
	}
	return []fyne.CanvasObject{r.box, r.scroll}
}

// spare is how many pixels of Fyne's padding a single line does without.
func (r *entryRenderer) spare() float32 {
	if r.line == nil {
		return 0
	}
	return theme.InnerPadding() - 1
}

func (r *entryRenderer) MinSize() fyne.Size {
	return r.inner.MinSize().SubtractWidthHeight(0, r.spare())
}

// Layout gives Fyne's renderer the height it wants and moves what it made up by
// half of what is spared. A long text is cut before it runs over the border.
func (r *entryRenderer) Layout(size fyne.Size) {
	spare := r.spare()
	placeInside(r.box, size)
	if r.line == nil {
		r.inner.Layout(size)
		return
	}
	side := look.FocusRing
	r.inner.Layout(size.AddWidthHeight(0, spare))
	r.line.Move(r.scroll.Position().AddXY(side, -(spare+1)/2-lift))
	r.line.Resize(r.scroll.Size().SubtractWidthHeight(2*side, 0))
	r.line.content.Move(fyne.NewPos(-side, 0))
	if room := r.scroll.Size().Width - 2*theme.InnerPadding(); room != r.entry.room {
		r.entry.room = room
		r.entry.fitPrompt()
	}
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
	r.box.StrokeColor, r.box.StrokeWidth = p.Edge, p.LineWidth
	switch {
	case r.entry.focused:
		r.box.StrokeColor, r.box.StrokeWidth = p.Accent, ringWidth(p)
	case r.entry.bad:
		r.box.StrokeColor = p.Bad
	}
	if r.entry.stands && r.entry.Text == "" {
		r.box.FillColor = p.Panel
	}
	if r.entry.locked() {
		r.box.FillColor = p.Panel
		if !r.entry.focused { // no frame: nothing is to be put in
			r.box.StrokeColor = color.Transparent
		}
	}
}

// clipped cuts off what its content draws beyond it and leaves the content's
// place to whoever made it.
type clipped struct {
	widget.BaseWidget
	content fyne.CanvasObject
}

func newClipped(content fyne.CanvasObject) *clipped {
	c := &clipped{content: content}
	c.ExtendBaseWidget(c)
	return c
}

// CreateRenderer hands the content over.
func (c *clipped) CreateRenderer() fyne.WidgetRenderer { return clippedRenderer{c} }

type clippedRenderer struct{ c *clipped }

func (r clippedRenderer) Destroy()                     {}
func (r clippedRenderer) Layout(fyne.Size)             {}
func (r clippedRenderer) MinSize() fyne.Size           { return fyne.Size{} }
func (r clippedRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.c.content} }
func (r clippedRenderer) Refresh()                     {}

// IsClip tells Fyne's painters to cut. They look for the method by its name.
func (r clippedRenderer) IsClip() {}
