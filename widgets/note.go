package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fonds/widgets/look"
)

// Note is a sentence or a few that wrap, in a tone: Chinese breaks where it may,
// as in the paragraphs of the other widgets, which Fyne's label does not.
type Note struct {
	widget.BaseWidget

	// Covers says which runes the font has.
	Covers CoversFunc
	// Bold draws it bold, as a heading.
	Bold bool

	text    string
	tone    Tone
	ink     bool // in ink, and as large as the interface
	para    *paragraph
	face    *advances
	minimum float32
	height  float32 // as last placed
}

// NewNote makes a note in the size of labels, in at most so many rows.
func NewNote(rows int) *Note {
	n := &Note{para: newParagraph(rows), minimum: 80}
	n.ExtendBaseWidget(n)
	return n
}

// NewText is NewNote in ink and in the size of the interface.
func NewText(rows int, text string) *Note {
	n := NewNote(rows)
	n.ink, n.text = true, text
	return n
}

// SetText shows words in a tone. An empty note takes no room.
func (n *Note) SetText(text string, tone Tone) {
	if text == n.text && tone == n.tone {
		return
	}
	n.text, n.tone = text, tone
	n.Refresh()
}

// Text is what the note says.
func (n *Note) Text() string { return n.text }

// place wraps the words at the width there is.
func (n *Note) place() {
	width := n.Size().Width
	if n.face == nil {
		size := captionSize()
		if n.ink {
			size = theme.TextSize()
		}
		n.face = newAdvances(size)
		n.face.style.Bold = n.Bold
	}
	if width <= 0 {
		n.height = 0
		if n.text != "" {
			n.height = lineHeight(n.face.size)
		}
		return
	}
	p := look.Current()
	colour := n.tone.colour(p)
	if n.ink && n.tone == Plain {
		colour = p.Ink
	}
	n.para.set(cleanLines(n.text, n.Covers), n.face, colour, width)
	was := n.height
	n.height = n.para.place(0, 0)
	if was != n.height {
		canvas.Refresh(n)
	}
}

// CreateRenderer draws the rows.
func (n *Note) CreateRenderer() fyne.WidgetRenderer { n.place(); return &noteRenderer{n} }

type noteRenderer struct{ n *Note }

func (r *noteRenderer) Destroy()                     {}
func (r *noteRenderer) Objects() []fyne.CanvasObject { return r.n.para.objects() }
func (r *noteRenderer) MinSize() fyne.Size           { return fyne.NewSize(r.n.minimum, r.n.height) }
func (r *noteRenderer) Layout(fyne.Size)             { r.n.place() }

func (r *noteRenderer) Refresh() {
	r.n.face = nil
	r.n.place()
	for _, o := range r.Objects() {
		o.Refresh()
	}
}
