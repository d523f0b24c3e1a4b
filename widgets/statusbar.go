package widgets

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"fonds/widgets/look"
)

// Tone colours a word of state. The word itself says the state: the colour only
// helps to find it.
type Tone int

// The tones.
const (
	Plain Tone = iota // quiet ink
	Good              // saved, approved
	Warn              // look again
	Bad               // an error
)

// Segment is one part of a StatusBar.
type Segment struct {
	Text     string
	Tone     Tone
	Priority int  // the least goes first where there is no room for all
	Right    bool // stands at the right end
}

// StatusBar is one quiet line of segments. Where they do not all fit, those of
// the least priority are left out, and the last one left is cut with "…".
type StatusBar struct {
	widget.BaseWidget
	Covers CoversFunc

	segments []Segment
	shown    []placed
	texts    []*canvas.Text
	line     *canvas.Rectangle
	face     *advances
}

// placed is a segment with its words as cut and its left edge.
type placed struct {
	Segment
	x float32
}

// NewStatusBar makes an empty bar.
func NewStatusBar() *StatusBar {
	s := &StatusBar{line: canvas.NewRectangle(color.Transparent)}
	s.ExtendBaseWidget(s)
	return s
}

// SetSegments shows segments in this order. Those without text are skipped.
func (s *StatusBar) SetSegments(segments ...Segment) {
	if slices.Equal(segments, s.segments) {
		return
	}
	s.segments = slices.Clone(segments)
	s.Refresh()
}

// Segments are those that were set.
func (s *StatusBar) Segments() []Segment { return slices.Clone(s.segments) }

// fit decides what is shown at a width and where. Gaps hold a middle dot.
func (s *StatusBar) fit(width float32) []placed {
	gap := s.face.width(segmentGap)
	room := width - 2*look.Near
	left := make([]Segment, 0, len(s.segments))
	for _, g := range s.segments {
		if g.Text = oneLine(g.Text, s.Covers); g.Text != "" {
			left = append(left, g)
		}
	}
	total := func() (w float32) {
		for _, g := range left {
			w += s.face.width(g.Text)
		}
		return w + gap*float32(max(0, len(left)-1))
	}
	for len(left) > 1 && total() > room {
		least := 0
		for i, g := range left {
			if g.Priority <= left[least].Priority { // the later of equals goes first
				least = i
			}
		}
		left = slices.Delete(left, least, least+1)
	}
	if len(left) == 1 {
		left[0].Text = s.face.truncate(left[0].Text, room)
	}
	out := make([]placed, 0, len(left))
	x, right := look.Near, width-look.Near
	for _, g := range left {
		if !g.Right {
			out = append(out, placed{g, x})
			x += s.face.width(g.Text) + gap
		}
	}
	for _, g := range slices.Backward(left) {
		if g.Right {
			right -= s.face.width(g.Text)
			out = append(out, placed{g, right})
			right -= gap
		}
	}
	return out
}

const segmentGap = "  ·  "

// CreateRenderer draws the segments below a hairline.
func (s *StatusBar) CreateRenderer() fyne.WidgetRenderer {
	s.face = newAdvances(captionSize())
	return &statusRenderer{s}
}

type statusRenderer struct{ s *StatusBar }

func (r *statusRenderer) Destroy() {}

func (r *statusRenderer) Objects() []fyne.CanvasObject {
	out := []fyne.CanvasObject{r.s.line}
	for _, t := range r.s.texts {
		out = append(out, t)
	}
	return out
}

func (r *statusRenderer) MinSize() fyne.Size { return fyne.NewSize(60, 24*textScale()) }

func (r *statusRenderer) Layout(fyne.Size) { r.place() }

func (r *statusRenderer) Refresh() {
	r.s.face = newAdvances(captionSize())
	r.place()
	canvas.Refresh(r.s)
}

func (r *statusRenderer) place() {
	s, p, size := r.s, look.Current(), r.s.Size()
	s.line.FillColor = p.Line
	s.line.Resize(fyne.NewSize(size.Width, p.LineWidth))
	s.shown = s.fit(size.Width)
	used := 0
	put := func(text string, c color.NRGBA, x float32) {
		if used == len(s.texts) {
			s.texts = append(s.texts, canvas.NewText("", color.Transparent))
		}
		t := s.texts[used]
		used++
		t.Hidden = false
		placeText(t, text, s.face, c, x, (size.Height-lineHeight(s.face.size))/2)
	}
	gap := s.face.width(segmentGap)
	lead := s.face.width("  ")
	for _, g := range s.shown {
		put(g.Text, g.Tone.colour(p), g.x)
		// Every segment but the first of the left and the right has a dot before it.
		if before := g.x - gap; !g.Right && before > look.Near {
			put("·", p.Quiet, before+lead)
		} else if after := g.x + s.face.width(g.Text); g.Right && after+gap < size.Width {
			put("·", p.Quiet, after+lead)
		}
	}
	for _, t := range s.texts[used:] {
		t.Hidden = true
	}
}

func (t Tone) colour(p *look.Palette) color.NRGBA {
	switch t {
	case Good:
		return p.Good
	case Warn:
		return p.Warn
	case Bad:
		return p.Bad
	}
	return p.Quiet
}
