package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// paragraph draws a text in at most a fixed number of rows. It is a set of
// texts within its owner's objects, no widget: Fyne's label breaks Chinese only
// at spaces or anywhere, and lets closing punctuation begin a row.
type paragraph struct {
	rows   []*canvas.Text
	text   string
	width  float32
	colour color.NRGBA
	face   *advances
	used   int
}

func newParagraph(limit int) *paragraph {
	p := &paragraph{}
	for range limit {
		t := canvas.NewText("", color.Transparent)
		t.Hide()
		p.rows = append(p.rows, t)
	}
	return p
}

func (p *paragraph) objects() []fyne.CanvasObject {
	out := make([]fyne.CanvasObject, len(p.rows))
	for i, t := range p.rows {
		out[i] = t
	}
	return out
}

// set gives the text, its face and colour, and the width that it breaks at.
func (p *paragraph) set(text string, face *advances, colour color.NRGBA, width float32) {
	if p.text == text && p.face == face && p.colour == colour && p.width == width {
		return
	}
	p.text, p.face, p.colour, p.width = text, face, colour, width
	var rows []string
	if text != "" {
		rows = face.wrap(text, width, len(p.rows))
	}
	p.used = len(rows)
	for i, t := range p.rows {
		t.Hidden = i >= len(rows)
		if !t.Hidden {
			t.TextStyle = face.style
			setText(t, rows[i], face.size, colour)
		}
	}
}

// place puts the rows under each other and gives their height.
func (p *paragraph) place(x, y float32) float32 {
	if p.used == 0 {
		return 0
	}
	h := lineHeight(p.face.size)
	for i := range p.used {
		p.rows[i].Move(fyne.NewPos(x, y+float32(i)*h))
	}
	return float32(p.used) * h
}
