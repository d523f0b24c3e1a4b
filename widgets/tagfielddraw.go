package widgets

import (
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"fonds/widgets/look"
)

// entryLeast is the narrowest entry behind the chips of a row.
const entryLeast float32 = 96

// CreateRenderer lays the chips, the entry and the list out.
func (f *TagField) CreateRenderer() fyne.WidgetRenderer {
	f.drawn = &tagRenderer{f}
	return f.drawn
}

type tagRenderer struct{ f *TagField }

func (r *tagRenderer) Destroy() {
	if r.f.drawn == r {
		r.f.drawn = nil
	}
}

func (r *tagRenderer) Objects() []fyne.CanvasObject {
	out := make([]fyne.CanvasObject, 0, len(r.f.chips)+2)
	for _, c := range r.f.chips {
		out = append(out, c)
	}
	out = append(append(out, r.f.entry), r.f.said.objects()...)
	return append(out, r.f.list)
}

// MinSize is the height at the width last given, since chips wrap.
func (r *tagRenderer) MinSize() fyne.Size {
	return fyne.NewSize(entryLeast, max(r.f.height, r.f.entry.MinSize().Height))
}

func (r *tagRenderer) Layout(fyne.Size) { r.f.relayout() }

func (r *tagRenderer) Refresh() {
	r.f.relayout()
	for _, o := range r.Objects() {
		o.Refresh()
	}
}

// relayout places everything anew at the width there is.
func (f *TagField) relayout() {
	if width := f.Size().Width; f.drawn != nil && width > 0 {
		f.height = f.layout(width)
		canvas.Refresh(f)
	}
}

// layout lets the chips flow over as many rows as they need, the entry behind
// them, the list below, and gives the height.
func (f *TagField) layout(width float32) float32 {
	row := f.entry.MinSize().Height
	x, y := float32(0), float32(0)
	for _, c := range f.chips {
		size := c.MinSize()
		size.Width = min(size.Width, width)
		if x > 0 && x+size.Width > width {
			x, y = 0, y+row+look.Tight
		}
		c.Move(fyne.NewPos(x, y+(row-size.Height)/2))
		c.Resize(size)
		x += size.Width + look.Tight
	}
	if x > 0 && width-x < entryLeast {
		x, y = 0, y+row+look.Tight
	}
	f.entry.Move(fyne.NewPos(x, y))
	f.entry.Resize(fyne.NewSize(max(0, width-x), row))
	y += row
	f.said.set(cleanLines(f.wrong, f.Covers), newAdvances(captionSize()), look.Current().Bad, width)
	if used := f.said.place(0, y+look.Tight); used > 0 {
		y += look.Tight + used
	}
	f.list.Hidden = len(f.list.rows) == 0
	if !f.list.Hidden {
		h := f.list.MinSize().Height
		f.list.Move(fyne.NewPos(0, y+look.Tight))
		f.list.Resize(fyne.NewSize(width, h))
		y += look.Tight + h
	}
	return y
}

// CreateRenderer draws the chip: its digit, its words, and a cross to press.
func (c *chip) CreateRenderer() fyne.WidgetRenderer {
	r := &chipRenderer{
		c:     c,
		box:   canvas.NewRectangle(color.Transparent),
		key:   canvas.NewText("", color.Transparent),
		label: canvas.NewText("", color.Transparent),
		cross: newLink("×", "", func() { c.field.remove(c.view.Tag) }),
	}
	r.objects = []fyne.CanvasObject{r.box, r.key, r.label, r.cross}
	r.style()
	return r
}

type chipRenderer struct {
	c          *chip
	box        *canvas.Rectangle
	key, label *canvas.Text
	cross      *press
	objects    []fyne.CanvasObject
	face       *advances
	wide       float32 // of all the words, in pixels
}

func (r *chipRenderer) Destroy()                     {}
func (r *chipRenderer) Objects() []fyne.CanvasObject { return r.objects }

// widths are those of the digit with its gap, of the words, and of the cross.
func (r *chipRenderer) widths() (key, label, cross float32) {
	if r.key.Text != "" {
		key = r.key.MinSize().Width + look.Tight
	}
	return key, r.wide, r.cross.MinSize().Width
}

func (r *chipRenderer) MinSize() fyne.Size {
	key, label, cross := r.widths()
	if r.c.field.fixed {
		cross = look.Near
	}
	return fyne.NewSize(look.Near+key+label+cross, 24*textScale())
}

func (r *chipRenderer) Layout(size fyne.Size) {
	key, label, cross := r.widths()
	if r.cross.Hidden = r.c.field.fixed; r.cross.Hidden {
		cross = look.Near
	}
	middle := (size.Height - lineHeight(captionSize())) / 2
	r.label.Text = oneLine(r.c.view.Tag, r.c.field.Covers)
	if room := size.Width - look.Near - key - cross; label > room {
		r.label.Text = r.face.truncate(r.label.Text, room)
	}
	r.key.Move(fyne.NewPos(look.Near, middle))
	r.label.Move(fyne.NewPos(look.Near+key, middle))
	r.cross.Move(fyne.NewPos(size.Width-cross, middle))
	r.cross.Resize(r.cross.MinSize())
	placeInside(r.box, size)
}

func (r *chipRenderer) Refresh() {
	r.style()
	r.Layout(r.c.Size())
	for _, o := range r.objects {
		o.Refresh()
	}
}

func (r *chipRenderer) style() {
	p := look.Current()
	r.box.FillColor, r.box.CornerRadius = p.Paper, look.Corner
	r.box.StrokeColor, r.box.StrokeWidth = p.Line, p.LineWidth
	if r.c.focused {
		r.box.FillColor = look.Over(p.Accent, p.Paper, p.SelectedRow)
		r.box.StrokeColor, r.box.StrokeWidth = p.Accent, ringWidth(p)
	}
	key := ""
	if r.c.view.Key > 0 {
		key = fmt.Sprint(r.c.view.Key)
	}
	setText(r.key, key, captionSize(), p.Quiet)
	text := oneLine(r.c.view.Tag, r.c.field.Covers)
	setText(r.label, text, captionSize(), p.Ink)
	r.face = newAdvances(captionSize())
	r.wide = r.face.width(text)
	r.key.Hidden = key == ""
}
