package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fonds/widgets/look"
)

// EmptyState stands where a list or a document would be: it says why there is
// nothing and what to do next, with one button that does it.
type EmptyState struct {
	widget.BaseWidget

	// OnKey is asked before the button acts on a key.
	OnKey func(k *fyne.KeyEvent) bool

	title, detail string
	action        *Button
	heading       *canvas.Text
	body          *paragraph
	objects       []fyne.CanvasObject
	height        float32 // of the words and the button, as last placed
}

// emptyWidth is how wide the words may run, in Fyne pixels at text size 1.
const emptyWidth float32 = 360

// NewEmptyState makes one. Without words on the button there is none.
func NewEmptyState(title, detail, action string, onAction func()) *EmptyState {
	e := &EmptyState{
		action:  NewPrimaryButton("", nil),
		heading: canvas.NewText("", color.Transparent),
		body:    newParagraph(6),
	}
	e.objects = append([]fyne.CanvasObject{e.heading}, e.body.objects()...)
	e.objects = append(e.objects, e.action)
	e.action.OnKey = func(k *fyne.KeyEvent) bool { return e.OnKey != nil && e.OnKey(k) }
	e.Set(title, detail, action, onAction)
	e.ExtendBaseWidget(e)
	return e
}

// Words are what it says.
func (e *EmptyState) Words() (title, detail string) { return e.title, e.detail }

// Set changes the words and what the button does.
func (e *EmptyState) Set(title, detail, action string, onAction func()) {
	e.title, e.detail = title, detail
	e.action.Hidden = action == ""
	e.action.onTap = onAction
	e.action.SetLabel(action)
	e.Refresh()
}

// Focus gives the keyboard to the button and reports whether there is one.
func (e *EmptyState) Focus() bool {
	if !e.action.Hidden && e.Visible() {
		focus(e, e.action)
		return true
	}
	return false
}

// Focused says whether what has the keyboard is its button.
func (e *EmptyState) Focused(f fyne.Focusable) bool { return f == fyne.Focusable(e.action) }

// CreateRenderer draws the words in the middle.
func (e *EmptyState) CreateRenderer() fyne.WidgetRenderer { return &emptyRenderer{e} }

type emptyRenderer struct{ e *EmptyState }

func (r *emptyRenderer) Destroy()                     {}
func (r *emptyRenderer) Objects() []fyne.CanvasObject { return r.e.objects }

func (r *emptyRenderer) MinSize() fyne.Size {
	return fyne.NewSize(r.e.action.MinSize().Width+2*look.Near, max(r.e.height, 3*rowHeight()))
}

func (r *emptyRenderer) Layout(size fyne.Size) {
	r.e.height = r.e.place(0)
	r.e.place(max(0, (size.Height-r.e.height)/2))
}

func (r *emptyRenderer) Refresh() {
	r.Layout(r.e.Size())
	for _, o := range r.e.objects {
		o.Refresh()
	}
}

// place puts everything below a height and gives the height that it takes.
func (e *EmptyState) place(top float32) float32 {
	p, size := look.Current(), e.Size()
	width := min(max(size.Width-2*look.Near, 40), emptyWidth*textScale())
	middle, y := size.Width/2, top

	head := newAdvances(theme.TextSize() * look.Heading / look.Text)
	head.style.Bold = true
	e.heading.TextStyle = head.style
	title := head.truncate(oneLine(e.title, nil), max(width, size.Width-2*look.Near))
	placeText(e.heading, title, head, p.Ink, middle-head.width(title)/2, y)
	y += lineHeight(head.size)

	face := newAdvances(theme.TextSize())
	e.body.set(e.detail, face, p.Quiet, width)
	if h := e.body.place(0, y+look.Near); h > 0 {
		for _, t := range e.body.rows[:e.body.used] {
			t.Move(fyne.NewPos(middle-face.width(t.Text)/2, t.Position().Y))
		}
		y += look.Near + h
	}
	if !e.action.Hidden {
		y += look.Apart
		b := e.action.MinSize()
		e.action.Move(fyne.NewPos(middle-b.Width/2, y))
		e.action.Resize(b)
		y += b.Height
	}
	return y - top
}
