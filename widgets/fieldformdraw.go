package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"fonds/widgets/look"
)

// formFaces are the faces that the form's texts are measured with.
type formFaces struct{ text, caption *advances }

func newFormFaces() *formFaces {
	return &formFaces{newAdvances(theme.TextSize()), newAdvances(captionSize())}
}

type formRenderer struct{ form *FieldForm }

func (r *formRenderer) Destroy() {}

func (r *formRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.form.scroll}
}

// MinSize keeps the words of a proposal's buttons beside each other.
func (r *formRenderer) MinSize() fyne.Size { return fyne.NewSize(220, 120) }

func (r *formRenderer) Layout(size fyne.Size) {
	r.form.scroll.Resize(size)
	r.form.place()
}

func (r *formRenderer) Refresh() {
	r.form.faces = nil
	r.form.place()
	for _, o := range r.form.body.Objects {
		o.Refresh()
	}
}

// formLayout leaves the placing to the form, which knows how texts wrap at its
// width before anybody asks how high they are.
type formLayout struct{ form *FieldForm }

func (l formLayout) Layout([]fyne.CanvasObject, fyne.Size) {}

func (l formLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, l.form.height)
}

// rebuild takes the objects of all rows anew, in the order of Tab.
func (f *FieldForm) rebuild() {
	var objects []fyne.CanvasObject
	for _, r := range f.rows {
		objects = append(objects, r.objects()...)
	}
	f.body.Objects = append(objects, f.offers.list) // it lies over the rows
	f.place()
}

// place puts every row where it belongs and tells the scroll how high they are.
// What has the focus, else what is read, stays where it is when rows above it
// grow or shrink.
func (f *FieldForm) place() {
	width := f.scroll.Size().Width
	if width <= 0 {
		return
	}
	if f.faces == nil {
		f.faces = newFormFaces()
	}
	kept := f.kept()
	was := float32(0)
	if kept != nil {
		was = kept.top
	}
	y := look.Near
	for i, r := range f.rows {
		if i > 0 {
			y += look.Apart
		}
		y += r.place(y, look.Apart, width-2*look.Apart, look.Current())
	}
	f.height = y + look.Apart
	f.body.Resize(fyne.NewSize(width, max(f.height, f.scroll.Size().Height)))
	if kept != nil {
		f.scroll.Offset.Y += kept.top - was
	}
	f.scroll.Offset.Y = max(0, min(f.scroll.Offset.Y, f.height-f.scroll.Size().Height))
	f.scroll.Refresh()
	f.offers.show()
}

// kept is the row that is not to move: that of the focus where it is in sight,
// else the first that is.
func (f *FieldForm) kept() *fieldRow {
	top, bottom := f.scroll.Offset.Y, f.scroll.Offset.Y+f.scroll.Size().Height
	var first *fieldRow
	for _, r := range f.rows {
		if r.bottom == 0 || r.bottom <= top || r.top >= bottom {
			continue // it is not placed yet, or out of sight
		}
		if r.focused() {
			return r
		}
		if first == nil {
			first = r
		}
	}
	if top == 0 {
		return nil // at its top a form stays there
	}
	return first
}

// Tapped gives the focus to the field that was pressed beside its entries: on its
// label, or on what is said about it.
func (f *FieldForm) Tapped(e *fyne.PointEvent) {
	if r := f.rowAt(e.Position.Y); r != nil && !r.focused() {
		focus(f, r.values[0].entry)
	}
}

// TappedSecondary asks what to do with a field.
func (f *FieldForm) TappedSecondary(e *fyne.PointEvent) {
	if r := f.rowAt(e.Position.Y); r != nil && f.OnMenu != nil {
		f.OnMenu(r.view.ID, e.AbsolutePosition)
	}
}

// rowAt is the field at a place of the form, or nil.
func (f *FieldForm) rowAt(y float32) *fieldRow {
	y += f.scroll.Offset.Y
	for _, r := range f.rows {
		if y < r.bottom+look.Apart/2 {
			return r
		}
	}
	return nil
}

// reveal scrolls so that from top to bottom is in sight, the top before all.
func (f *FieldForm) reveal(top, bottom float32) {
	off, h := f.scroll.Offset.Y, f.scroll.Size().Height
	top, bottom = top-look.Near, bottom+look.Near
	switch {
	case top < off || bottom-top > h:
		off = top
	case bottom > off+h:
		off = bottom - h
	default:
		return
	}
	f.scroll.ScrollToOffset(fyne.NewPos(0, max(0, off)))
}
