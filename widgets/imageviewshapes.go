package widgets

import (
	"cmp"
	"math"
	"slices"
	"time"

	"fonds/widgets/pyramid"
)

// PointF is a place on a page in its pixels, upright, from its top left corner.
type PointF = pyramid.Point

// ImageShape is a region of a page: a band, an outline in the colour and the line of
// its kind, and its label, in words and never in colour alone.
type ImageShape struct {
	ID        string
	Page      int      // from 0
	Points    []PointF // two opposite corners of a rectangle, or the corners of a polygon
	Label     string
	Style     int    // index in the marks of look.Palette
	Proposed  bool   // waits for a decision: dotted, and Words.Proposed
	LookAgain bool   // what it was decided on has changed: broken, and Words.LookAgain
	State     string // words in the place of those for Proposed
	Fixed     bool   // it can be selected, and neither moved nor formed anew
	Note      string // said behind the label while the pointer is on it
}

// nudgeWait is how long the view waits for another key before it tells that a shape
// was moved by keys.
const nudgeWait = 600 * time.Millisecond

// imageNudge is a shape that is being moved by keys.
type imageNudge struct {
	id     string // "" is none
	points []PointF
	stop   func()
}

// SetShapes shows other shapes, those of all pages at once. What is selected stays
// while it is among them. It answers OnShapeAdd and OnShapeChange: until then the
// view shows what was drawn.
func (v *ImageView) SetShapes(shapes []ImageShape) {
	v.shapes, v.ghost = shapes, nil
	if v.draft.on && v.draft.id != "" && v.shapeIndex(v.draft.id) < 0 {
		v.dropDraft()
	}
	if v.nudge.id != "" && v.shapeIndex(v.nudge.id) < 0 {
		v.dropNudge()
	}
	if v.shapeIndex(v.chosen) < 0 {
		v.chosen = ""
	}
	v.mouse.follow(v)
	v.repaint()
	v.tell()
}

// Selected is the id of the selected shape, "" for none.
func (v *ImageView) Selected() string { return v.chosen }

// Select selects a shape on the program's behalf: OnShapeSelect is not told.
func (v *ImageView) Select(id string) {
	if id == v.chosen {
		return
	}
	v.Flush()
	v.dropDraft()
	if v.shapeIndex(id) < 0 {
		id = ""
	}
	v.chosen = id
	v.repaint()
}

// Reveal goes to the page of a shape and brings it into view, zooming out where it
// is larger than that.
func (v *ImageView) Reveal(id string) {
	i := v.shapeIndex(id)
	if i < 0 {
		return
	}
	v.turnTo(v.shapes[i].Page, -1)
	v.reveal(v.points(i)...)
}

// choose selects a shape for the person.
func (v *ImageView) choose(id string) {
	if id == v.chosen {
		return
	}
	v.Flush()
	v.chosen = id
	v.mouse.grip = -1
	v.repaint()
	if v.OnShapeSelect != nil {
		v.OnShapeSelect(id)
	}
}

func (v *ImageView) shapeIndex(id string) int {
	if id == "" {
		return -1
	}
	return slices.IndexFunc(v.shapes, func(s ImageShape) bool { return s.ID == id })
}

// changeable is the place of the selected shape among the shapes, -1 where there is none that can be changed.
func (v *ImageView) changeable() int {
	i := v.shapeIndex(v.chosen)
	if i >= 0 && v.shapes[i].Fixed {
		return -1
	}
	return i
}

// points are the corners of a shape as they are shown: while it is changed, those
// that it would have.
func (v *ImageView) points(i int) []PointF {
	s := &v.shapes[i]
	switch {
	case v.draft.on && v.draft.id == s.ID:
		return v.draft.points
	case v.nudge.id == s.ID:
		return v.nudge.points
	}
	return s.Points
}

// here are the shapes of the page, the largest first, so that what lies in others
// is drawn over them.
func (v *ImageView) here() []int {
	var out []int
	for i := range v.shapes {
		if v.shapes[i].Page == v.page && len(v.shapes[i].Points) >= 2 {
			out = append(out, i)
		}
	}
	slices.SortStableFunc(out, func(a, b int) int { return cmp.Compare(areaOf(v.points(b)), areaOf(v.points(a))) })
	return out
}

// outline are the corners of what is drawn: four of a rectangle.
func outline(points []PointF) []PointF {
	if len(points) != 2 {
		return points
	}
	a, b := points[0], points[1]
	return []PointF{a, {X: b.X, Y: a.Y}, b, {X: a.X, Y: b.Y}}
}

// areaOf is the area of a shape; of one that crosses itself some of it may not count.
func areaOf(points []PointF) float64 {
	all, sum := outline(points), 0.0
	for i, p := range all {
		q := all[(i+1)%len(all)]
		sum += p.X*q.Y - q.X*p.Y
	}
	return math.Abs(sum) / 2
}

// boundsOf is the smallest rectangle around places.
func boundsOf(points []PointF) (lo, hi PointF) {
	lo, hi = points[0], points[0]
	for _, p := range points[1:] {
		lo.X, lo.Y, hi.X, hi.Y = min(lo.X, p.X), min(lo.Y, p.Y), max(hi.X, p.X), max(hi.Y, p.Y)
	}
	return lo, hi
}

// holds says whether a place lies in a shape, by even and odd as it is filled.
func holds(points []PointF, p PointF) bool {
	all, in := outline(points), false
	for i, a := range all {
		b := all[(i+1)%len(all)]
		if (a.Y <= p.Y) != (b.Y <= p.Y) && p.X < a.X+(p.Y-a.Y)/(b.Y-a.Y)*(b.X-a.X) {
			in = !in
		}
	}
	return in
}

// farFrom is how far a place lies from the line between two others.
func farFrom(p, a, b PointF) float64 {
	dx, dy := b.X-a.X, b.Y-a.Y
	t := 0.0
	if n := dx*dx + dy*dy; n > 0 {
		t = min(max(((p.X-a.X)*dx+(p.Y-a.Y)*dy)/n, 0), 1)
	}
	return math.Hypot(p.X-a.X-t*dx, p.Y-a.Y-t*dy)
}

// shapeAt is the smallest shape under a place of the view, or the one whose label
// lies there; "" for none.
func (v *ImageView) shapeAt(at PointF) string {
	for k := len(v.chips) - 1; k >= 0; k-- {
		c := &v.chips[k]
		if float32(at.X) >= c.x && float32(at.X) < c.x+c.w && float32(at.Y) >= c.y && float32(at.Y) < c.y+c.h && v.shapeIndex(c.id) >= 0 {
			return c.id
		}
	}
	const slack = 4 // pixels of the view beside the line
	p, all := v.t.ToPage(at), v.here()
	for k := len(all) - 1; k >= 0; k-- {
		points := v.points(all[k])
		if holds(points, p) {
			return v.shapes[all[k]].ID
		}
		line := outline(points)
		for i, a := range line {
			if farFrom(p, a, line[(i+1)%len(line)])*v.t.Zoom <= slack {
				return v.shapes[all[k]].ID
			}
		}
	}
	return ""
}

// stepShape selects the next shape of the page as one reads, or the one before.
func (v *ImageView) stepShape(by int) {
	all := v.here()
	if len(all) == 0 {
		return
	}
	slices.SortStableFunc(all, func(a, b int) int {
		p, _ := boundsOf(v.points(a))
		q, _ := boundsOf(v.points(b))
		return cmp.Or(cmp.Compare(p.Y, q.Y), cmp.Compare(p.X, q.X))
	})
	at := slices.IndexFunc(all, func(i int) bool { return v.shapes[i].ID == v.chosen })
	switch {
	case at >= 0:
		at = (at + by + len(all)) % len(all)
	case by < 0:
		at = len(all) - 1
	default:
		at = 0
	}
	v.choose(v.shapes[all[at]].ID)
	v.reveal(v.points(all[at])...)
}

// reveal brings places of the page into view, moving as little as needed.
func (v *ImageView) reveal(points ...PointF) {
	if len(points) == 0 || v.t.ViewW <= 0 {
		return
	}
	const room = 24 // pixels of the view around them
	lo, hi := boundsOf(points)
	a, b := v.t.ToView(lo), v.t.ToView(hi)
	w, h := math.Abs(b.X-a.X)+2*room, math.Abs(b.Y-a.Y)+2*room
	t := v.t
	if w > t.ViewW || h > t.ViewH {
		t = t.ZoomAt(v.middle(), t.Zoom*min(t.ViewW/w, t.ViewH/h))
		v.fit = fitFree
		a, b = t.ToView(lo), t.ToView(hi)
	}
	by := func(a, b, view float64) float64 {
		if b < a {
			a, b = b, a
		}
		return max(room-a, 0) - max(b+room-view, 0)
	}
	v.setTransform(t.Moved(by(a.X, b.X, t.ViewW), by(a.Y, b.Y, t.ViewH)))
}

// within brings a place onto the page.
func (v *ImageView) within(p PointF) PointF {
	return PointF{X: min(max(p.X, 0), v.t.PageW), Y: min(max(p.Y, 0), v.t.PageH)}
}

// tidy is a shape as it is told: whole pixels of the page, the corners of a rectangle
// in order, no corner twice in a row; ok is false where nothing is left of it.
func (v *ImageView) tidy(points []PointF) (out []PointF, ok bool) {
	for _, p := range points {
		p = v.within(p)
		p = PointF{X: math.Round(p.X), Y: math.Round(p.Y)}
		if n := len(out); len(points) == 2 || n == 0 || out[n-1] != p {
			out = append(out, p)
		}
	}
	if len(points) == 2 {
		lo, hi := boundsOf(out)
		return []PointF{lo, hi}, lo.X < hi.X && lo.Y < hi.Y
	}
	if n := len(out); n > 1 && out[0] == out[n-1] {
		out = out[:n-1]
	}
	return out, len(out) >= 3 && areaOf(out) > 0
}

// commit tells that a shape was formed anew, unless it is as it was.
func (v *ImageView) commit(id string, points []PointF) {
	i := v.shapeIndex(id)
	now, ok := v.tidy(points)
	if i < 0 || !ok || slices.Equal(now, v.shapes[i].Points) {
		return
	}
	v.shapes = slices.Clone(v.shapes) // the caller has the other
	v.shapes[i].Points = now
	if v.OnShapeChange != nil {
		v.OnShapeChange(id, slices.Clone(now))
	}
}

// moveAll moves a shape, as far as the page goes.
func (v *ImageView) moveAll(points []PointF, by PointF) []PointF {
	lo, hi := boundsOf(points)
	by.X = min(max(by.X, -lo.X), v.t.PageW-hi.X)
	by.Y = min(max(by.Y, -lo.Y), v.t.PageH-hi.Y)
	out := slices.Clone(points)
	for i := range out {
		out[i].X += by.X
		out[i].Y += by.Y
	}
	return out
}

// step is a way on the page that keys go: so many pixels of the view, and at least
// one of the page.
func (v *ImageView) step(dx, dy, pixels float64) PointF {
	n := max(1, math.Round(pixels/v.t.Zoom))
	d := v.t.Way(PointF{X: dx, Y: dy})
	long := math.Hypot(d.X, d.Y)
	return PointF{X: math.Round(d.X/long) * n, Y: math.Round(d.Y/long) * n}
}

// nudgeBy moves the selected shape by keys. It is told when no other key follows.
func (v *ImageView) nudgeBy(by PointF) {
	i := v.shapeIndex(v.chosen)
	if i < 0 {
		return
	}
	points := v.moveAll(v.points(i), by)
	if v.nudge.stop != nil {
		v.nudge.stop()
	}
	v.nudge = imageNudge{id: v.chosen, points: points}
	v.nudge.stop = later(v.After, v.do, nudgeWait, v.Flush)
	lo, hi := boundsOf(points)
	if d := v.t.ToView(hi); math.Abs(d.X-v.t.ToView(lo).X) < v.t.ViewW/2 && math.Abs(d.Y-v.t.ToView(lo).Y) < v.t.ViewH/2 {
		v.reveal(points...)
	}
	v.repaint()
}

// Flush tells what was moved by keys and waits to be told. Call it before anything
// is left.
func (v *ImageView) Flush() {
	n := v.nudge
	if n.id == "" {
		return
	}
	v.dropNudge()
	v.commit(n.id, n.points)
	v.repaint()
}

func (v *ImageView) dropNudge() {
	if v.nudge.stop != nil {
		v.nudge.stop()
	}
	v.nudge = imageNudge{}
}

// shapeState is the state of a shape in words, "" where it is in force.
func (v *ImageView) shapeState(s *ImageShape) string {
	switch {
	case s.LookAgain:
		return v.Words.LookAgain
	case s.Proposed && s.State != "":
		return s.State
	case s.Proposed:
		return v.Words.Proposed
	}
	return ""
}

// shapeWords is a shape in words: its label, its state and what is said of it.
func (v *ImageView) shapeWords(s *ImageShape) string {
	words := s.Label
	if state := v.shapeState(s); state != "" {
		words += " (" + state + ")"
	}
	if s.Note != "" {
		words += ": " + s.Note
	}
	return words
}
