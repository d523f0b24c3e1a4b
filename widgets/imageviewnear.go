package widgets

import (
	"math"

	"fonds/widgets/pyramid"
)

// Near goes to the page of a shape and shows it large, with what lies around it: now, and when the view is of another size,
// until another zoom is chosen.
func (v *ImageView) Near(id string) {
	i := v.shapeIndex(id)
	if i < 0 {
		return
	}
	v.SetPage(v.shapes[i].Page)
	v.fit, v.near = fitShape, id
	v.refit()
}

// around is where the page lies with the shape in the middle that Near was told of: a third of the view, at most twice its
// size, and never smaller than the page as a whole.
func (v *ImageView) around() pyramid.Transform {
	whole := v.t.FitPage(imageMargin)
	i := v.shapeIndex(v.near)
	if i < 0 || v.shapes[i].Page != v.page || v.t.ViewW <= 0 || v.t.ViewH <= 0 {
		return whole
	}
	lo, hi := boundsOf(v.points(i))
	w, h := math.Max(hi.X-lo.X, 1), math.Max(hi.Y-lo.Y, 1)
	if v.t.Turn&1 == 1 {
		w, h = h, w
	}
	zoom := min(v.t.ViewW/(3*w), v.t.ViewH/(3*h), 2/v.scale)
	t := whole.ZoomAt(v.middle(), max(zoom, whole.Zoom))
	t.At = PointF{X: (lo.X + hi.X) / 2, Y: (lo.Y + hi.Y) / 2}
	return t.Clamp(imageMargin)
}
