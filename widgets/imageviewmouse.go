package widgets

import (
	"math"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// imageGesture is what the pressed button does.
type imageGesture int

const (
	noGesture imageGesture = iota
	panGesture
	pressGesture // selects when it does not move, else moves the page
	drawGesture  // a rectangle
	moveGesture  // the selected shape, when it moves; else selects
	gripGesture  // a corner or an edge of the selected shape
)

const (
	gripReach  = 7                      // pixels of the view around a grip that take hold of it
	turnPause  = 200 * time.Millisecond // what is turned or moved by the wheel within this goes on
	turnScroll = 20                     // how far the wheel goes beyond the end of a page before it is turned
	turnOnward = 75                     // the same while the page moved just before
)

// imageMouse is what the view remembers of the pointer.
type imageMouse struct {
	at     fyne.Position // where it is
	inside bool
	kind   imageGesture
	press  fyne.Position // where it was pressed
	last   fyne.Position // where it was dragged to last
	moved  bool
	start  PointF // on the page
	points []PointF
	grip   int // of the selected shape that was taken hold of last, or -1
	over   int // under the pointer, or -1

	when   time.Time // of the last press
	clicks int

	beyond float32 // that the wheel has gone beyond the end of the page
	wheel  time.Time
}

// follow finds what lies under the pointer once something else may.
func (m *imageMouse) follow(v *ImageView) {
	hover, over := "", -1
	if m.inside && m.kind == noGesture && !v.draft.on {
		at := viewPoint(m.at)
		if over = v.gripAt(at); over < 0 {
			hover = v.shapeAt(at)
		} else {
			hover = v.chosen
		}
	}
	if hover != v.hover || over != m.over {
		v.hover, m.over = hover, over
		v.repaint()
	}
}

// gripAt is the grip of the selected shape under a place of the view: corners before
// edges, of a rectangle all along its edges.
func (v *ImageView) gripAt(at PointF) int {
	i := v.changeable()
	if i < 0 || v.shapes[i].Page != v.page || v.draft.on && v.draft.keys {
		return -1
	}
	points := v.points(i)
	all := gripsOf(points)
	n := len(all) / 2
	best, near := -1, float64(gripReach)
	for k, p := range all {
		q := v.t.ToView(p)
		d := math.Hypot(at.X-q.X, at.Y-q.Y)
		if k >= n && (best >= 0 && best < n || !v.roomy(points)) {
			break
		}
		if d <= near {
			best, near = k, d
		}
	}
	if best >= 0 || len(points) != 2 {
		return best
	}
	p := v.t.ToPage(at)
	for k := range n {
		if farFrom(p, all[k], all[(k+1)%n])*v.t.Zoom <= 3 {
			return n + k
		}
	}
	return -1
}

// roomy says whether a shape is large enough on the view to be taken by its edges.
func (v *ImageView) roomy(points []PointF) bool {
	lo, hi := boundsOf(points)
	return min(hi.X-lo.X, hi.Y-lo.Y)*v.t.Zoom >= 36
}

// MouseDown is called by Fyne.
func (v *ImageView) MouseDown(e *desktop.MouseEvent) {
	focus(v, v)
	m := &v.mouse
	m.at, m.inside = e.Position, true
	at := viewPoint(e.Position)
	switch {
	case e.Button == desktop.MouseButtonTertiary, e.Button == desktop.MouseButtonPrimary && v.space:
		v.dragged = true
		v.begin(panGesture, e.Position)
		return
	case e.Button == desktop.MouseButtonSecondary:
		if !v.draft.on {
			if id := v.shapeAt(at); id != "" {
				v.choose(id)
			}
		}
		return
	case e.Button != desktop.MouseButtonPrimary:
		return
	}
	now := v.now()
	near := abs(e.Position.X-m.press.X) <= clickSlack && abs(e.Position.Y-m.press.Y) <= clickSlack
	if near && m.clicks > 0 && now.Sub(m.when) <= clickTime {
		m.clicks++
	} else {
		m.clicks = 1
	}
	m.when = now
	switch {
	case v.draft.on && v.draft.keys && (v.draft.id != "" || v.draft.rect):
		v.finish() // the mouse takes over
	case v.tool == ImagePolygon && v.t.PageW > 0 && v.open.err == nil:
		v.clickCorner(at)
		m.press = e.Position
		return
	}
	if g := v.gripAt(at); g >= 0 {
		v.Flush()
		m.grip = g
		m.points = slices.Clone(v.points(v.shapeIndex(v.chosen)))
		v.begin(gripGesture, e.Position)
		return
	}
	m.grip = -1
	switch i := v.changeable(); {
	case v.tool == ImageRectangle && v.t.PageW > 0 && v.open.err == nil:
		v.begin(drawGesture, e.Position)
	case i >= 0 && v.shapes[i].Page == v.page && holds(v.points(i), v.t.ToPage(at)):
		m.points = slices.Clone(v.points(i))
		v.begin(moveGesture, e.Position)
	default:
		v.begin(pressGesture, e.Position)
	}
}

func (v *ImageView) begin(kind imageGesture, at fyne.Position) {
	m := &v.mouse
	m.kind, m.press, m.last, m.moved = kind, at, at, false
	m.start = v.t.ToPage(viewPoint(at))
}

// clickCorner is a click with the polygon tool: on the first corner, or a double
// click, closes.
func (v *ImageView) clickCorner(at PointF) {
	d := &v.draft
	if d.on && d.id == "" && len(d.points) >= 3 {
		first := v.t.ToView(d.points[0])
		if v.mouse.clicks >= 2 || math.Hypot(at.X-first.X, at.Y-first.Y) <= gripReach {
			v.finish()
			v.mouse.clicks = 0
			return
		}
	}
	if v.mouse.clicks >= 2 {
		return
	}
	if !d.on {
		v.choose("")
	}
	v.addCorner(v.t.ToPage(at))
}

// Dragged is called by Fyne.
func (v *ImageView) Dragged(e *fyne.DragEvent) {
	m := &v.mouse
	m.at = e.Position
	if m.kind == noGesture {
		v.rubber()
		return
	}
	if !m.moved && abs(e.Position.X-m.press.X) < 3 && abs(e.Position.Y-m.press.Y) < 3 {
		return
	}
	m.moved = true
	if m.kind == pressGesture {
		m.kind = panGesture
	}
	if m.kind == panGesture {
		v.setTransform(v.t.Moved(float64(e.Position.X-m.last.X), float64(e.Position.Y-m.last.Y)))
	}
	m.last = e.Position
	v.drag()
}

// drag brings what is held to where the pointer is.
func (v *ImageView) drag() {
	m := &v.mouse
	p := v.t.ToPage(viewPoint(m.at))
	switch m.kind {
	case drawGesture:
		v.draft = imageDraft{on: true, rect: true, grip: -1, points: []PointF{v.within(m.start), v.within(p)}}
	case moveGesture:
		v.Flush()
		by := PointF{X: p.X - m.start.X, Y: p.Y - m.start.Y}
		v.draft = imageDraft{on: true, id: v.chosen, rect: len(m.points) == 2, grip: -1, points: v.moveAll(m.points, by)}
	case gripGesture:
		q := gripsOf(m.points)[m.grip]
		to := v.within(PointF{X: q.X + p.X - m.start.X, Y: q.Y + p.Y - m.start.Y})
		points, now := moveGrip(m.points, m.grip, to)
		v.draft = imageDraft{on: true, id: v.chosen, rect: len(points) == 2, grip: now, points: points}
	}
	v.repaint()
	v.tell()
}

// DragEnd is called by Fyne.
func (v *ImageView) DragEnd() { v.release() }

// MouseUp is called by Fyne.
func (v *ImageView) MouseUp(e *desktop.MouseEvent) {
	v.mouse.at = e.Position
	v.release()
	if e.Button == desktop.MouseButtonSecondary && v.OnMenu != nil && !v.draft.on {
		v.OnMenu(e.AbsolutePosition, v.shapeAt(viewPoint(e.Position)))
	}
}

// release ends what the button did.
func (v *ImageView) release() {
	m := &v.mouse
	kind := m.kind
	m.kind = noGesture
	switch {
	case kind == noGesture || kind == panGesture:
	case m.moved:
		if kind == gripGesture {
			m.grip = v.draft.grip
		}
		v.finish()
	case kind == gripGesture: // taken hold of, for Delete
	default:
		v.click()
	}
	m.follow(v)
	v.repaint()
	v.tell()
}

// click selects what lies under the pointer. A double click on a shape opens it, one
// beside shapes zooms in.
func (v *ImageView) click() {
	m := &v.mouse
	id := v.shapeAt(viewPoint(m.at))
	switch {
	case m.clicks < 2:
		v.choose(id)
	case id != "" && v.OnShapeOpen != nil:
		v.OnShapeOpen(id)
	case v.tool == ImagePan:
		v.zoomTo(viewPoint(m.at), v.t.Zoom*2)
	}
}

// Scrolled is called by Fyne.
func (v *ImageView) Scrolled(e *fyne.ScrollEvent) {
	v.mouse.at, v.mouse.inside = e.Position, true
	switch held := v.guard.held(); {
	case held&(fyne.KeyModifierControl|fyne.KeyModifierSuper) != 0:
		v.zoomTo(viewPoint(e.Position), v.t.Zoom*math.Pow(zoomStep, float64(e.Scrolled.DY)/25))
	case held&fyne.KeyModifierShift != 0 && e.Scrolled.DX == 0:
		v.setTransform(v.t.Moved(float64(e.Scrolled.DY), 0))
	default:
		v.wheel(e.Scrolled.DX, e.Scrolled.DY)
	}
	if v.mouse.moved {
		v.drag() // what is held stays under the pointer
	}
}

// wheel moves the page, and turns it where its end is passed. The swing of a trackpad
// turns one page and not more.
func (v *ImageView) wheel(dx, dy float32) {
	m, now := &v.mouse, v.now()
	going := now.Sub(m.wheel) < turnPause
	t := v.t.Moved(float64(dx), float64(dy)).Clamp(imageMargin)
	went := v.t.ToView(t.At)
	away := math.Abs(went.Y - v.t.ViewH/2)
	v.setTransform(t)
	if away > 0.5 || dy == 0 {
		m.beyond, m.wheel = 0, now
		return
	}
	if m.beyond*dy < 0 {
		m.beyond = 0
	}
	m.beyond += dy
	limit := float32(turnScroll)
	if going {
		limit = turnOnward
	}
	if abs(m.beyond) < limit || m.kind != noGesture || v.draft.on {
		return
	}
	by := 1
	if dy > 0 {
		by = -1
	}
	m.beyond, m.wheel = 0, now
	v.turnTo(v.page+by, -by)
}

// Cursor is called by Fyne.
func (v *ImageView) Cursor() desktop.Cursor {
	m := &v.mouse
	switch {
	case m.kind == panGesture:
		return desktop.PointerCursor
	case v.space:
		return desktop.PointerCursor
	case m.over >= 0 || m.kind == gripGesture:
		return desktop.CrosshairCursor
	case v.tool != ImagePan && v.t.PageW > 0:
		return desktop.CrosshairCursor
	case v.hover != "":
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// MouseIn is called by Fyne.
func (v *ImageView) MouseIn(e *desktop.MouseEvent) { v.MouseMoved(e) }

// MouseMoved is called by Fyne.
func (v *ImageView) MouseMoved(e *desktop.MouseEvent) {
	v.mouse.at, v.mouse.inside = e.Position, true
	v.rubber()
	v.mouse.follow(v)
	v.tell()
}

// rubber brings the next corner of a polygon to the pointer.
func (v *ImageView) rubber() {
	if d := &v.draft; d.on && !d.rect && d.id == "" {
		d.cross = v.within(v.t.ToPage(viewPoint(v.mouse.at)))
		v.repaint()
	}
}

// MouseOut is called by Fyne.
func (v *ImageView) MouseOut() {
	v.mouse.inside = false
	v.mouse.follow(v)
	v.tell()
}
