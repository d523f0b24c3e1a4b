package widgets

import (
	"math"
	"slices"
)

// imageDraft is a shape that is drawn, or formed anew.
type imageDraft struct {
	on     bool
	id     string   // of the shape that is changed; "" is a new one
	rect   bool     // points are two opposite corners
	points []PointF // those of a polygon so far
	grip   int      // which of them moves, see gripsOf; -1 for none
	keys   bool     // moved by keys: Enter ends it, Escape gives it up
	cross  PointF   // of a polygon: where the next corner would be
}

// gripsOf are the places by which a shape is taken hold of: its corners, then the
// middles of its edges, each behind the corner of the same place.
func gripsOf(points []PointF) []PointF {
	all := outline(points)
	out := slices.Clone(all)
	for i, a := range all {
		b := all[(i+1)%len(all)]
		out = append(out, PointF{X: (a.X + b.X) / 2, Y: (a.Y + b.Y) / 2})
	}
	return out
}

// moveGrip takes a grip to another place. The middle of an edge moves the edge of a
// rectangle, and becomes a corner of a polygon; now is the grip that holds it then.
func moveGrip(points []PointF, grip int, to PointF) (out []PointF, now int) {
	out = slices.Clone(points)
	if len(points) == 2 {
		if grip == 0 || grip == 3 || grip == 7 {
			out[0].X = to.X
		}
		if grip == 1 || grip == 2 || grip == 5 {
			out[1].X = to.X
		}
		if grip == 0 || grip == 1 || grip == 4 {
			out[0].Y = to.Y
		}
		if grip == 2 || grip == 3 || grip == 6 {
			out[1].Y = to.Y
		}
		return out, grip
	}
	if n := len(points); grip >= n {
		grip = grip - n + 1
		return slices.Insert(out, grip, to), grip
	}
	out[grip] = to
	return out, grip
}

// SetTool changes what the primary button does. What is being drawn is given up.
func (v *ImageView) SetTool(t ImageTool) {
	if t == v.tool {
		return
	}
	v.Flush()
	v.dropDraft()
	v.tool = t
	v.repaint()
	v.tell()
}

// Tool is what the primary button does.
func (v *ImageView) Tool() ImageTool { return v.tool }

// Drawing says whether a shape is being drawn or formed anew.
func (v *ImageView) Drawing() bool { return v.draft.on }

func (v *ImageView) dropDraft() {
	if v.draft.on {
		v.draft = imageDraft{}
		v.mouse.kind = noGesture
		v.repaint()
	}
}

// startByKeys begins a shape in the middle of the view, or takes hold of the
// selected one.
func (v *ImageView) startByKeys() {
	if v.t.PageW <= 0 || v.open.err != nil {
		return
	}
	mid := v.within(v.t.ToPage(v.middle()))
	switch {
	case v.tool == ImageRectangle:
		d := v.t.Way(PointF{X: v.t.ViewW / 8, Y: v.t.ViewH / 8})
		a := v.within(PointF{X: mid.X - math.Abs(d.X), Y: mid.Y - math.Abs(d.Y)})
		b := v.within(PointF{X: mid.X + math.Abs(d.X), Y: mid.Y + math.Abs(d.Y)})
		v.draft = imageDraft{on: true, rect: true, points: []PointF{a, b}, grip: 2, keys: true}
		v.choose("")
	case v.tool == ImagePolygon:
		v.draft = imageDraft{on: true, grip: -1, keys: true, cross: mid}
		v.choose("")
	case v.changeable() >= 0:
		v.Flush()
		points := slices.Clone(v.points(v.shapeIndex(v.chosen)))
		v.draft = imageDraft{on: true, id: v.chosen, rect: len(points) == 2, points: points, keys: true}
		if v.draft.rect {
			v.draft.grip = 2
		}
		v.reveal(gripsOf(points)[v.draft.grip])
	}
	v.repaint()
}

// addCorner puts a corner of a polygon at a place.
func (v *ImageView) addCorner(p PointF) {
	d := &v.draft
	if !d.on {
		*d = imageDraft{on: true, grip: -1}
	}
	p = v.within(p)
	if n := len(d.points); n == 0 || d.points[n-1] != p {
		d.points = append(d.points, p)
	}
	d.cross = p
	v.repaint()
}

// finish ends the draft and tells what has become of it.
func (v *ImageView) finish() {
	d := v.draft
	if !d.on {
		return
	}
	v.draft = imageDraft{}
	v.mouse.kind = noGesture
	v.repaint()
	if d.id != "" {
		v.commit(d.id, d.points)
		return
	}
	if now, ok := v.tidy(d.points); ok && v.OnShapeAdd != nil {
		v.ghost = now
		v.OnShapeAdd(v.page, slices.Clone(now))
	}
}

// draftKey acts on a key while something is drawn; false where it has no use for it.
func (v *ImageView) draftKey(name string, shift bool) bool {
	d := &v.draft
	polygon := !d.rect && d.id == "" // its corners come one by one
	switch name {
	case "Escape":
		v.dropDraft()
	case "Return":
		if polygon && len(d.points) < 3 {
			return true // not a polygon yet
		}
		v.finish()
	case "BackSpace":
		if !polygon {
			return true
		}
		if n := len(d.points); n > 0 {
			d.points = d.points[:n-1]
		}
		if len(d.points) == 0 && !d.keys {
			v.dropDraft()
		}
	case "Tab":
		if polygon || !d.keys {
			return true
		}
		n := len(outline(d.points))
		by := 1
		if shift {
			by = n - 1
		}
		d.grip = (d.grip + by) % n
		v.reveal(gripsOf(d.points)[d.grip])
	case "Insert":
		if d.id != "" && !d.rect && d.keys {
			n := len(d.points)
			d.points, d.grip = moveGrip(d.points, n+d.grip, gripsOf(d.points)[n+d.grip])
			v.reveal(d.points[d.grip])
		}
	case "Delete":
		if d.id != "" && !d.rect && d.keys && len(d.points) > 3 {
			d.points = slices.Delete(slices.Clone(d.points), d.grip, d.grip+1)
			d.grip %= len(d.points)
		}
	default:
		return false
	}
	v.repaint()
	return true
}

// draftMove moves by keys what the draft holds.
func (v *ImageView) draftMove(by PointF) {
	d := &v.draft
	if !d.rect && d.id == "" {
		d.cross = v.within(PointF{X: d.cross.X + by.X, Y: d.cross.Y + by.Y})
		v.reveal(d.cross)
		v.repaint()
		return
	}
	if d.grip < 0 {
		return
	}
	p := gripsOf(d.points)[d.grip]
	d.points, d.grip = moveGrip(d.points, d.grip, v.within(PointF{X: p.X + by.X, Y: p.Y + by.Y}))
	v.reveal(gripsOf(d.points)[d.grip])
	v.repaint()
}

// removeCorner takes the corner that was taken hold of last out of a polygon.
func (v *ImageView) removeCorner() bool {
	i := v.shapeIndex(v.chosen)
	if i < 0 || v.mouse.grip < 0 {
		return false
	}
	points := v.points(i)
	if len(points) <= 3 || v.mouse.grip >= len(points) {
		return false
	}
	v.Flush()
	at := v.mouse.grip
	v.mouse.grip = -1
	v.commit(v.chosen, slices.Delete(slices.Clone(points), at, at+1))
	v.repaint()
	return true
}
