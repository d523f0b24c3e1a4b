package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fonds/widgets/look"
)

// DiffSide is one of the texts that a DiffView sets against each other.
type DiffSide struct {
	Caption string // which it is: "In force", "Proposed"
	Text    string // "" shows None in its place
	None    string
	Changed []Span // code points of Text that the other side has not
	Gone    bool   // they are struck through; else underlined
}

// DiffView shows texts under each other with what differs between them, to the
// code point: what goes is struck through, what comes is underlined, each on a
// band of its colour and never by colour alone. It wraps, and is as high as what
// it says, up to a number of rows a side.
type DiffView struct {
	widget.BaseWidget
	// Covers says which runes the font has.
	Covers CoversFunc

	sides   []DiffSide
	objects []fyne.CanvasObject
	rows    [][]diffRow // of each side, as placed
	height  float32
	placed  fyne.Size
}

// diffRow is a row of a side: the code points from ≤ i < to of its text.
type diffRow struct{ from, to int }

// diffRows is how many rows of a side are shown at most.
const diffRows = 24

// NewDiffView makes an empty one, which takes no room.
func NewDiffView() *DiffView {
	d := &DiffView{}
	d.ExtendBaseWidget(d)
	return d
}

// SetSides shows texts.
func (d *DiffView) SetSides(sides ...DiffSide) {
	d.sides = sides
	d.placed = fyne.Size{}
	d.Refresh()
}

// place makes everything that is drawn at the width there is.
func (d *DiffView) place() {
	size := d.Size()
	if size.Width <= 0 || size == d.placed {
		return
	}
	d.placed = size
	d.objects, d.rows = nil, nil
	p := look.Current()
	text, label := newAdvances(theme.TextSize()), newAdvances(captionSize())
	y, width := float32(0), size.Width-2*look.Near
	for i, s := range d.sides {
		if i > 0 {
			y += look.Near
		}
		caption := canvas.NewText(label.truncate(oneLine(s.Caption, d.Covers), size.Width), p.Quiet)
		caption.TextSize = label.size
		caption.Move(fyne.NewPos(0, y))
		d.objects = append(d.objects, caption)
		y += lineHeight(label.size) + look.Tight/2
		ground := canvas.NewRectangle(p.Paper)
		ground.StrokeColor, ground.StrokeWidth, ground.CornerRadius = p.Line, p.LineWidth, look.Corner
		d.objects = append(d.objects, ground)
		top := y
		y += look.Tight
		y = d.placeSide(&s, text, p, look.Near, y-lift, width)
		y += look.Tight + lift
		placeInsideAt(ground, fyne.NewPos(0, top), fyne.NewSize(size.Width, y-top))
	}
	if y != d.height {
		d.height = y
		canvas.Refresh(d)
	}
}

// placeSide draws the text of a side from y on and gives where it ends.
func (d *DiffView) placeSide(s *DiffSide, face *advances, p *look.Palette, x, y, width float32) float32 {
	h := lineHeight(face.size)
	runes := []rune(cleanLines(s.Text, d.Covers))
	if len(runes) == 0 {
		none := canvas.NewText(face.truncate(s.None, width), p.Quiet)
		none.TextSize = face.size
		none.Move(fyne.NewPos(x, y))
		d.objects, d.rows = append(d.objects, none), append(d.rows, nil)
		return y + h
	}
	rows := face.rows(runes, width)
	more := len(rows) > diffRows
	rows = rows[:min(len(rows), diffRows)]
	d.rows = append(d.rows, rows)
	for n, row := range rows {
		at := x
		for i := row.from; i < row.to; {
			in, end := changedAt(s.Changed, i)
			end = min(end, row.to)
			words := string(runes[i:end])
			if more && n == diffRows-1 && end == row.to {
				words += "…"
			}
			w := face.width(words)
			if in {
				d.band(s.Gone, p, at, y, w, h)
			}
			t := canvas.NewText(words, p.Ink)
			t.TextSize = face.size
			t.Move(fyne.NewPos(at, y))
			d.objects = append(d.objects, t)
			at += w
			i = end
		}
		y += h
	}
	return y
}

// band marks a piece of a row that is changed.
func (d *DiffView) band(gone bool, p *look.Palette, x, y, w, h float32) {
	c := p.Good
	if gone {
		c = p.Bad
	}
	ground := canvas.NewRectangle(look.Over(c, p.Paper, p.Band))
	if p.Band == 0 {
		ground.FillColor = color.Transparent
	}
	ground.Move(fyne.NewPos(x, y))
	ground.Resize(fyne.NewSize(w, h))
	line := canvas.NewRectangle(c)
	at := y + h - 3
	if gone {
		at = y + h/2
	}
	line.Move(fyne.NewPos(x, at))
	line.Resize(fyne.NewSize(w, max(1.5, p.LineWidth)))
	d.objects = append(d.objects, ground, line)
}

// changedAt says whether code point i is in one of some spans in their order, and
// where that stops to be so.
func changedAt(spans []Span, i int) (in bool, end int) {
	for _, s := range spans {
		switch {
		case i < s.Start:
			return false, s.Start
		case i < s.End:
			return true, s.End
		}
	}
	return false, 1 << 30
}

// rows breaks a text into rows no wider than width, by code points.
func (a *advances) rows(runes []rune, width float32) (out []diffRow) {
	for from := 0; from <= len(runes); {
		end := from
		for end < len(runes) && runes[end] != '\n' {
			end++
		}
		for first := true; first || from < end; first = false {
			line := string(runes[from:end])
			n := len([]rune(line[:a.breakAt(line, width)]))
			out = append(out, diffRow{from, from + n})
			from += n
		}
		from = end + 1
	}
	return out
}

// CreateRenderer draws it.
func (d *DiffView) CreateRenderer() fyne.WidgetRenderer { d.place(); return &diffRenderer{d} }

type diffRenderer struct{ d *DiffView }

func (r *diffRenderer) Destroy()                     {}
func (r *diffRenderer) Objects() []fyne.CanvasObject { return r.d.objects }
func (r *diffRenderer) MinSize() fyne.Size           { return fyne.NewSize(160, r.d.height) }
func (r *diffRenderer) Layout(fyne.Size)             { r.d.place() }

func (r *diffRenderer) Refresh() {
	r.d.placed = fyne.Size{}
	r.d.place()
	for _, o := range r.d.objects {
		o.Refresh()
	}
}
