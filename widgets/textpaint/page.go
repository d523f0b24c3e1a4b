package textpaint

import (
	"image"
	"image/color"
	"slices"
	"sort"

	"fonds/widgets/textlayout"
)

// Kind is what a decoration draws.
type Kind int

// The kinds, in the order in which they are painted: what lies under the text
// first, then the text in its ink, then lines and frames.
const (
	Band      Kind = iota // a ground under the words, lower than the row
	Select                // a ground as high as the row, also under line ends
	Ink                   // the colour of the words themselves
	Underline             // two pixels in a style, stacked by lane; one where more than two are stacked
	FineLine              // one pixel, close under the words
	Strike                // a line through the words
	Frame                 // an outline in a style
	Sign                  // a wedge between two characters
)

// Decoration is something drawn at a span of the text.
type Decoration struct {
	textlayout.Span
	Kind  Kind
	Color color.NRGBA
	Style int     // of Underline and Frame
	Lane  int     // of Underline: 0 is closest to the words
	Thick float32 // of Frame; 0 is 1
	Open  Sides   // of Frame: the sides that are not drawn

	fine bool // of Underline: many are stacked in the row
}

// MaxLines is how many underlines find room under a row.
const MaxLines = textlayout.MaxLanes

// Page is rows of a text at a place of a sheet.
type Page struct {
	Layout *textlayout.Layout
	Scroll textlayout.Scroll
	Size   float32 // of the letters
	Row    float32 // height of a row
	X, Y   float32 // the column's top left corner
	W, H   float32 // the column; rows are painted where they touch it
	Ink    color.NRGBA
	Marks  []Decoration

	// Over is the colour of lines and frames on the ground of Select where that
	// hides their own; A of 0 leaves them.
	Over color.NRGBA
}

// Placed is a row that was painted: the positions of its glyphs are those of
// the layout, from Page.X.
type Placed struct {
	Row    int
	Y      float32 // top, on the sheet
	Glyphs []textlayout.Glyph
}

// Geometry of a row, as shares of the space that a row has beyond its letters:
// the letters stand high, so that two underlines find room below them.
func (p *Page) top() float32      { return (p.Row - p.Size) * 0.32 }
func (p *Page) Baseline() float32 { return p.top() + 0.88*p.Size }
func (p *Page) foot() float32     { return p.top() + p.Size }

// Paint draws the page and returns its rows. Decorations outside are skipped.
func (s *Sheet) Paint(p *Page) []Placed {
	s.Fonts.mu.Lock()
	defer s.Fonts.mu.Unlock()
	var out []Placed
	y := p.Y - p.Scroll.Off
	for row := p.Scroll.Row; row < len(p.Layout.Rows) && y < p.Y+p.H; row++ {
		placed := Placed{Row: row, Y: y, Glyphs: p.Layout.Glyphs(row, p.W+4*p.Size, nil)}
		s.paintRow(p, placed)
		out = append(out, placed)
		y += p.Row
	}
	return out
}

func (s *Sheet) paintRow(p *Page, at Placed) {
	row := p.Layout.Rows[at.Row]
	var here []Decoration
	for _, d := range p.Marks {
		if d.Start < int(row.End) && d.End > int(row.Start) ||
			d.Start == d.End && p.Layout.RowAt(d.Start) == at.Row {
			here = append(here, d)
		}
	}
	for _, kind := range [...]Kind{Band, Select} {
		for _, d := range here {
			if d.Kind == kind {
				s.decorate(p, at, d)
			}
		}
	}
	base := at.Y + p.Baseline()
	text := p.Layout.Text.String()
	for _, g := range at.Glyphs {
		if g.LineEnd || g.W == 0 && textlayout.Invisible(g.Base) || g.Base == '\t' {
			continue
		}
		ink := p.Ink
		for _, d := range here {
			if d.Kind == Ink && g.Start >= d.Start && g.Start < d.End {
				ink = d.Color
			}
		}
		x := p.X + g.X
		if g.Narrow {
			_, shift := s.Fonts.narrow(g.Base)
			x -= shift * p.Size
		}
		s.cluster(text[g.From:g.To], g.Base, x, base, p.Size, ink)
	}
	s.lines(p, at, here)
	for _, d := range here {
		if d.Kind == Select && p.Over.A > 0 {
			// The same once more, in the other colour, where the ground is.
			x0, y0, x1, y1 := s.selected(p, at, d)
			over := *s
			over.Img = s.Img.SubImage(image.Rect(x0, y0, x1, y1)).(*image.RGBA)
			again := slices.Clone(here)
			for i := range again {
				again[i].Color = p.Over
			}
			over.lines(p, at, again)
		}
	}
}

// lines paints what lies over the text.
func (s *Sheet) lines(p *Page, at Placed, here []Decoration) {
	deep := 0
	for _, d := range here {
		if d.Kind == Underline {
			deep = max(deep, d.Lane)
		}
	}
	for _, d := range here {
		if d.Kind > Ink {
			d.fine = deep > 1
			s.decorate(p, at, d)
		}
	}
}

// selected is the ground of a selection in a row, in device pixels.
func (s *Sheet) selected(p *Page, at Placed, d Decoration) (x0, y0, x1, y1 int) {
	a, b, _, _ := p.Extent(at, d.Span)
	a, b = min(a, p.W), min(b, p.W+p.Size/2)
	if last := len(at.Glyphs) - 1; last >= 0 && at.Glyphs[last].LineEnd && d.End >= at.Glyphs[last].End {
		b += p.Size / 3 // the line end is selected too
	}
	return s.dev(p.X + a), s.dev(at.Y), s.dev(p.X + b), s.dev(at.Y + p.Row)
}

// Extent is where a span stands in a painted row, from the column's left, and
// whether it goes on in the row before and after. A cluster of which the span
// holds a part is drawn as a whole.
func (p *Page) Extent(at Placed, sp textlayout.Span) (x0, x1 float32, from, on bool) {
	gl := at.Glyphs
	edge := func(pos int) float32 {
		k := sort.Search(len(gl), func(i int) bool { return gl[i].End > pos })
		if k < len(gl) {
			return gl[k].X
		}
		if k > 0 {
			return gl[k-1].X + gl[k-1].W
		}
		return 0
	}
	r := p.Layout.Rows[at.Row]
	x0, x1 = edge(sp.Start), edge(sp.End)
	if k := sort.Search(len(gl), func(i int) bool { return gl[i].End >= sp.End }); sp.End > sp.Start && k < len(gl) && gl[k].Start < sp.End {
		x1 = gl[k].X + gl[k].W
	}
	if sp.Start < int(r.Start) {
		x0, from = 0, true
	}
	return x0, x1, from, sp.End > int(r.End)
}

func (s *Sheet) decorate(p *Page, at Placed, d Decoration) {
	x0, x1, from, on := p.Extent(at, d.Span)
	if d.Kind != Sign {
		// Spaces hang over the column's edge: what is drawn at them does not.
		x0, x1 = min(x0, p.W), min(x1, p.W+p.Size/2)
	}
	x0, x1 = p.X+x0, p.X+x1
	foot := at.Y + p.foot()
	lane := max(p.Size/16*3, 3)
	switch d.Kind {
	case Band:
		s.Fill(x0, at.Y+p.top()*0.4, x1-x0, foot-at.Y-p.top()*0.4+lane, d.Color)
	case Select:
		a, b, c, e := s.selected(p, at, d)
		s.fill(a, b, c, e, d.Color)
	case Underline:
		if !d.fine {
			s.HLine(x0, x1, foot+p.top()*0.4+float32(d.Lane)*lane, 2, d.Style, d.Color)
			break
		}
		// Finer lines in whole device pixels, so that each has its blank beside it
		// and none comes into the words of the next row.
		t := s.px(1)
		pitch := max(2*t, s.dev((at.Y+p.Row+p.top()*0.9-foot-1)/MaxLines))
		s.HLine(x0, x1, float32(s.dev(foot)+d.Lane*pitch)/s.Scale, 1, d.Style, d.Color)
	case FineLine:
		s.HLine(x0, x1, foot, 1, Solid, d.Color)
	case Strike:
		s.HLine(x0, x1, at.Y+p.Baseline()-p.Size*0.36, max(p.Size/16, 1), Solid, d.Color)
	case Frame:
		// Where a span goes on in another row its frame is open.
		l, r, sides := float32(1), float32(1), AllSides&^d.Open
		if from {
			l, sides = 0, sides&^Left
		}
		if on {
			r, sides = 0, sides&^Right
		}
		s.Frame(x0-l, at.Y+p.top()*0.4, x1-x0+l+r, foot-at.Y-p.top()*0.4+lane, max(d.Thick, 1), d.Style, sides, d.Color)
	case Sign:
		s.sign(x0, at.Y+p.top(), foot, p.Size, d.Color)
	}
}

// sign paints a wedge that points up between two characters, on a fine stem.
func (s *Sheet) sign(x, top, foot, size float32, c color.NRGBA) {
	mid, t := s.dev(x), s.px(1)
	s.fill(mid-t/2, s.dev(top), mid-t/2+t, s.dev(foot), c)
	h := s.px(size * 0.25)
	y := s.dev(foot)
	for i := 0; i < h; i++ {
		s.fill(mid-i-t/2, y+i, mid+i+t-t/2, y+i+1, c)
	}
}
