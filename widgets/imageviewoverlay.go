package widgets

import (
	"image/color"
	"math"
	"strconv"

	"fonds/widgets/look"
	"fonds/widgets/textpaint"
)

// imageChip is the label of a shape where it was painted last.
type imageChip struct {
	id         string
	x, y, w, h float32
}

const (
	shapeLine float32 = 2   // of an outline
	shapeHalo float32 = 2   // on each side of it, in the colour of paper: seen on dark scans as the line is on bright ones
	gripSide  float32 = 9   // of a corner
	chipMost  float32 = 260 // width of a label, unless it is looked at
)

// paintShapes draws the shapes of the page, the smallest last, and their labels over
// all of them.
func (v *ImageView) paintShapes(s *textpaint.Sheet, p *look.Palette) {
	v.chips = v.chips[:0]
	if v.t.PageW <= 0 || v.open.err != nil {
		return
	}
	var seen []int
	for _, i := range v.here() {
		spots := v.spots(outline(v.points(i)))
		if !v.insight(spots, v.Size()) {
			continue
		}
		seen = append(seen, i)
		v.paintShape(s, p, i, spots)
	}
	if v.ghost != nil {
		v.paintOutline(s, p, v.spots(outline(v.ghost)), p.Accent, textpaint.Dotted, shapeLine)
	}
	at := v.shapeIndex(v.chosen)
	for _, i := range seen { // what is looked at has room for its words first
		if i == at || v.shapes[i].ID == v.hover {
			v.placeChip(s, i)
		}
	}
	for _, i := range seen {
		if i != at && v.shapes[i].ID != v.hover {
			v.placeChip(s, i)
		}
	}
	for k := len(v.chips) - 1; k >= 0; k-- {
		v.paintChip(s, p, &v.chips[k])
	}
	if at >= 0 && v.shapes[at].Page == v.page {
		points := v.points(at)
		style, c := v.shapeLook(p, at)
		v.paintOutline(s, p, v.spots(outline(points)), c, style, shapeLine+1) // over what lies in it
		if v.changeable() >= 0 {
			v.paintGrips(s, p, points)
		}
	}
}

// paintShape draws the band and the outline of a shape.
func (v *ImageView) paintShape(s *textpaint.Sheet, p *look.Palette, i int, spots []textpaint.Spot) {
	shape := &v.shapes[i]
	st := p.MarkStyle(shape.Style)
	share, thick := p.Band, shapeLine
	if shape.Proposed {
		share /= 2
	}
	if shape.ID == v.hover || shape.ID == v.chosen {
		thick++
	}
	s.Area(spots, tint(st.Color, share))
	style, c := v.shapeLook(p, i)
	v.paintOutline(s, p, spots, c, style, thick)
}

// shapeLook is the line of a shape.
func (v *ImageView) shapeLook(p *look.Palette, i int) (style int, c color.NRGBA) {
	shape := &v.shapes[i]
	st := p.MarkStyle(shape.Style)
	switch {
	case shape.LookAgain:
		return textpaint.Dashed, p.Warn
	case shape.Proposed:
		return textpaint.Dotted, st.Color
	}
	return int(st.Underline), st.Color
}

// paintOutline draws a closed line on a halo of paper.
func (v *ImageView) paintOutline(s *textpaint.Sheet, p *look.Palette, spots []textpaint.Spot, c color.NRGBA, style int, thick float32) {
	v.paintLine(s, p, append(spots[:len(spots):len(spots)], spots[0]), c, style, thick)
}

func (v *ImageView) paintLine(s *textpaint.Sheet, p *look.Palette, spots []textpaint.Spot, c color.NRGBA, style int, thick float32) {
	each := func(thick float32, style int, c color.NRGBA) {
		from := float32(0)
		for k := 1; k < len(spots); k++ {
			from = s.Line(spots[k-1], spots[k], thick, style, from, c)
		}
	}
	if style == textpaint.Double {
		each(thick+3+2*shapeHalo, textpaint.Solid, p.Paper)
		each(thick+3, textpaint.Solid, c)
		each(thick, textpaint.Solid, p.Paper)
		return
	}
	each(thick+2*shapeHalo, textpaint.Solid, p.Paper)
	each(thick, style, c)
}

// chipSize is the size of the letters of labels, and the height of a chip.
func chipSize() (size, high float32) {
	size = captionSize()
	return size, float32(math.Round(float64(size*1.5))) + 2
}

// placeChip finds a place for the label of a shape: above it, else inside, below, or
// under other labels.
func (v *ImageView) placeChip(s *textpaint.Sheet, i int) {
	shape := &v.shapes[i]
	size, high := chipSize()
	words, state := shape.Label, v.shapeState(shape)
	if words == "" && state == "" {
		return
	}
	wide := s.Measure(size, words) + 2*look.Tight + 2
	if state != "" {
		wide += s.Measure(size-1, state) + look.Tight
	}
	view := v.Size()
	most := chipMost
	if shape.ID == v.hover || shape.ID == v.chosen {
		most = view.Width
	}
	wide = min(wide, most, view.Width-2*look.Tight)
	bx, by, bw, bh := box(v.spots(outline(v.points(i))))
	if wide < 2*size || bw < 3 && bh < 3 && shape.ID != v.hover && shape.ID != v.chosen {
		return
	}
	x := min(max(bx-1, look.Tight), view.Width-wide-look.Tight)
	gap := shapeHalo + shapeLine
	c := imageChip{id: shape.ID, x: x, w: wide, h: high}
	for _, y := range []float32{by - high - gap, max(by, 0) + gap, by + bh + gap, max(by, 0) + gap + high, max(by, 0) + gap + 2*high} {
		if c.y = y; y >= look.FocusRing && y+high <= view.Height-look.FocusRing && !v.covered(&c) {
			v.chips = append(v.chips, c)
			return
		}
	}
	if shape.ID == v.hover || shape.ID == v.chosen {
		c.y = min(max(by-high-gap, look.Tight), view.Height-high-look.Tight)
		v.chips = append(v.chips, c)
	}
}

// covered says whether a label would lie on another one.
func (v *ImageView) covered(c *imageChip) bool {
	for k := range v.chips {
		if o := &v.chips[k]; c.x < o.x+o.w && o.x < c.x+c.w && c.y < o.y+o.h && o.y < c.y+c.h {
			return true
		}
	}
	return false
}

// paintChip writes the label of a shape and its state.
func (v *ImageView) paintChip(s *textpaint.Sheet, p *look.Palette, c *imageChip) {
	i := v.shapeIndex(c.id)
	if i < 0 {
		return
	}
	shape := &v.shapes[i]
	st := p.MarkStyle(shape.Style)
	ground, ink, warn := p.Paper, st.Color, p.Warn
	if c.id == v.chosen {
		ground, ink, warn = st.Color, p.OnAccent, p.OnAccent
	}
	s.Fill(c.x-1, c.y-1, c.w+2, c.h+2, p.Paper)
	s.Fill(c.x, c.y, c.w, c.h, ground)
	style := textpaint.Solid
	if shape.Proposed {
		style = textpaint.Dotted
	}
	s.Frame(c.x, c.y, c.w, c.h, 1, style, textpaint.AllSides, st.Color)
	size, _ := chipSize()
	base := c.y + c.h*0.5 + size*0.36
	room := c.w - 2*look.Tight - 1
	words, state := shape.Label, v.shapeState(shape)
	left := room
	if state != "" {
		left -= s.Measure(size-1, state) + look.Tight
		if left < 3*size && s.Measure(size, words) > left { // the label before its state
			left, state = room, ""
		}
	}
	x := c.x + look.Tight + 1
	at := s.Text(x, base, size, s.Fit(size, words, left+0.5), ink)
	if state != "" {
		if words != "" {
			at += look.Tight
		}
		s.Text(at, base, size-1, state, warn)
	}
}

// paintGrips draws what the selected shape is taken by: squares at its corners, dots
// at the middles of its edges.
func (v *ImageView) paintGrips(s *textpaint.Sheet, p *look.Palette, points []PointF) {
	all := v.spots(gripsOf(points))
	n := len(all) / 2
	held := v.mouse.grip
	if v.draft.on {
		held = v.draft.grip
	}
	edges := v.roomy(points) && !(v.draft.on && v.draft.keys)
	for k, q := range all {
		side := gripSide
		if k >= n {
			if !edges {
				break
			}
			side -= 3
		}
		v.paintGrip(s, p, q, side, k == held, k == v.mouse.over)
	}
}

func (v *ImageView) paintGrip(s *textpaint.Sheet, p *look.Palette, q textpaint.Spot, side float32, held, over bool) {
	if held || over {
		side += 3
	}
	square := func(side float32, c color.NRGBA) { s.Fill(q.X-side/2, q.Y-side/2, side, side, c) }
	square(side+4, p.Paper)
	square(side+1, p.Ink)
	if held {
		square(side-3, p.Accent)
		return
	}
	square(side-2, p.Paper)
}

// paintDraft draws what is being drawn and is not a shape yet.
func (v *ImageView) paintDraft(s *textpaint.Sheet, p *look.Palette) {
	d := &v.draft
	if !d.on || d.rect && len(d.points) < 2 {
		return
	}
	switch {
	case d.id != "":
		if lo, hi := boundsOf(d.points); d.rect {
			v.paintExtent(s, p, lo, hi)
		}
	case d.rect:
		spots := v.spots(outline(d.points))
		s.Area(spots, tint(p.Accent, p.Band/2))
		v.paintOutline(s, p, spots, p.Accent, textpaint.Solid, shapeLine)
		if d.keys {
			for k, q := range spots {
				v.paintGrip(s, p, q, gripSide, k == d.grip, false)
			}
		}
		lo, hi := boundsOf(d.points)
		v.paintExtent(s, p, lo, hi)
	default:
		v.paintPolygon(s, p)
	}
}

// paintPolygon draws the corners so far, the line to the next, and the cross that the
// arrows move.
func (v *ImageView) paintPolygon(s *textpaint.Sheet, p *look.Palette) {
	d := &v.draft
	line := v.spots(d.points)
	cross := v.spots([]PointF{d.cross})[0]
	if len(line) > 0 {
		if len(line) >= 2 {
			s.Area(append(line[:len(line):len(line)], cross), tint(p.Accent, p.Band/2))
			v.paintLine(s, p, []textpaint.Spot{cross, line[0]}, p.Accent, textpaint.Dotted, shapeLine)
		}
		v.paintLine(s, p, append(line[:len(line):len(line)], cross), p.Accent, textpaint.Solid, shapeLine)
		for k, q := range line {
			v.paintGrip(s, p, q, gripSide-2, k == 0 && len(line) >= 3, false)
		}
	}
	if d.keys {
		const arm = 12
		v.paintLine(s, p, []textpaint.Spot{{X: cross.X - arm, Y: cross.Y}, {X: cross.X + arm, Y: cross.Y}}, p.Ink, textpaint.Solid, 1)
		v.paintLine(s, p, []textpaint.Spot{{X: cross.X, Y: cross.Y - arm}, {X: cross.X, Y: cross.Y + arm}}, p.Ink, textpaint.Solid, 1)
	}
}

// paintExtent says how large a rectangle is, in pixels of the page, below its corner.
func (v *ImageView) paintExtent(s *textpaint.Sheet, p *look.Palette, lo, hi PointF) {
	size, high := chipSize()
	number := func(n float64) string { return strconv.Itoa(int(math.Round(n))) }
	words := number(hi.X-lo.X) + " × " + number(hi.Y-lo.Y)
	x, y, w, h := box(v.spots([]PointF{lo, hi}))
	wide := s.Measure(size, words) + 2*look.Tight
	view := v.Size()
	x = min(max(x+w-wide, look.Tight), view.Width-wide-look.Tight)
	y = min(max(y+h+gripSide, look.Tight), view.Height-high-look.Tight)
	s.Fill(x, y, wide, high, p.Paper)
	s.Frame(x, y, wide, high, p.LineWidth, textpaint.Solid, textpaint.AllSides, p.Line)
	s.Text(x+look.Tight, y+high*0.5+size*0.36, size, words, p.Ink)
}
