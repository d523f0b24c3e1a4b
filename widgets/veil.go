package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"fonds/widgets/look"
)

// Veil lies over a whole window with something in its middle that is to be
// answered first. A press beside that does nothing, and leaves the keyboard where
// it is: Fyne's own modal popup takes it away from everything.
type Veil struct {
	widget.BaseWidget

	content fyne.CanvasObject
	on      fyne.Canvas
	typing  fyne.Focusable // what had the focus before a press beside the content
	shown   bool
}

var (
	_ fyne.Tappable          = (*Veil)(nil)
	_ fyne.SecondaryTappable = (*Veil)(nil)
	_ fyne.Draggable         = (*Veil)(nil)
	_ desktop.Mouseable      = (*Veil)(nil)
)

// NewVeil makes a veil for a window; it is not shown yet.
func NewVeil(content fyne.CanvasObject, on fyne.Canvas) *Veil {
	v := &Veil{content: content, on: on}
	v.ExtendBaseWidget(v)
	return v
}

// Show lays the veil over the window.
func (v *Veil) Show() {
	if !v.shown {
		v.shown = true
		v.BaseWidget.Show()
		v.on.Overlays().Add(v)
		v.Resize(v.on.Size())
	}
}

// Hide takes it away.
func (v *Veil) Hide() {
	if v.shown {
		v.shown = false
		v.on.Overlays().Remove(v)
		v.BaseWidget.Hide()
	}
}

// MouseDown notes who has the keyboard: the driver takes it away after this.
func (v *Veil) MouseDown(*desktop.MouseEvent) {
	if f := v.on.Focused(); f != nil {
		v.typing = f
	}
}

// MouseUp does nothing.
func (v *Veil) MouseUp(*desktop.MouseEvent) {}

// Tapped gives the keyboard back.
func (v *Veil) Tapped(*fyne.PointEvent) { v.Refocus() }

// TappedSecondary gives the keyboard back.
func (v *Veil) TappedSecondary(*fyne.PointEvent) { v.Refocus() }

// Dragged does nothing.
func (v *Veil) Dragged(*fyne.DragEvent) {}

// DragEnd gives the keyboard back: no tap follows a press that moved.
func (v *Veil) DragEnd() { v.Refocus() }

// Refocus gives the keyboard back to what had it before a press, where nothing
// has it now.
func (v *Veil) Refocus() {
	if v.typing != nil && v.on.Focused() == nil {
		v.on.Focus(v.typing)
	}
}

// CreateRenderer draws the shade, the frame and the content.
func (v *Veil) CreateRenderer() fyne.WidgetRenderer {
	r := &veilRenderer{v: v, shade: canvas.NewRectangle(color.Transparent), frame: canvas.NewRectangle(color.Transparent)}
	r.style()
	return r
}

type veilRenderer struct {
	v            *Veil
	shade, frame *canvas.Rectangle
}

func (r *veilRenderer) Destroy() {}

func (r *veilRenderer) MinSize() fyne.Size { return r.v.content.MinSize() }

func (r *veilRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.shade, r.frame, r.v.content}
}

func (r *veilRenderer) Layout(size fyne.Size) {
	r.shade.Resize(size)
	inner := r.v.content.MinSize()
	inner = fyne.NewSize(min(inner.Width, size.Width), min(inner.Height, size.Height))
	r.v.content.Resize(inner)
	if need := r.v.content.MinSize().Height; need != inner.Height { // what wraps knows its height only at its width
		inner.Height = min(need, size.Height)
		r.v.content.Resize(inner)
	}
	at := fyne.NewPos((size.Width-inner.Width)/2, (size.Height-inner.Height)/2)
	r.v.content.Move(at)
	r.frame.Move(at)
	r.frame.Resize(inner)
}

func (r *veilRenderer) Refresh() {
	r.style()
	r.Layout(r.v.Size())
	canvas.Refresh(r.v)
}

func (r *veilRenderer) style() {
	p := look.Current()
	r.shade.FillColor = color.NRGBA{A: 0x66} // the page steps back in every palette
	r.frame.FillColor, r.frame.StrokeColor, r.frame.StrokeWidth = p.Paper, p.Line, p.LineWidth
	r.frame.CornerRadius = look.Corner
}
