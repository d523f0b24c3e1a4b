package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"fonds/widgets/pyramid"
)

// By keys alone, with the rectangle tool: Enter begins one in the middle of the view,
// the arrows move a corner by a pixel of the screen, with Shift by ten, with Control
// by fifty; Tab takes the next corner, Enter ends, Escape gives up. With the polygon
// tool the arrows move a cross, Space puts a corner there, Backspace takes the last
// one back.

const (
	keyStep  = 1  // pixels of the screen that a shape moves by an arrow
	keyMore  = 10 // with Shift
	keyMost  = 50 // with Control
	panStep  = 60 // that the page moves
	zoomStep = 1.25
	toneStep = 10
)

// FocusGained is called by Fyne.
func (v *ImageView) FocusGained() { v.setFocus(true) }

// FocusLost is called by Fyne.
func (v *ImageView) FocusLost() { v.setFocus(false) }

func (v *ImageView) setFocus(on bool) {
	v.focused = on
	v.guard.focus(v, on)
	if !on {
		v.space = false
		v.Flush()
	}
	v.repaint()
	if v.OnFocus != nil {
		v.OnFocus(on)
	}
}

// AcceptsTab is called by Fyne: Tab takes the next corner while corners are moved.
func (v *ImageView) AcceptsTab() bool { return v.draft.on && v.draft.keys }

// KeyDown is called by Fyne.
func (v *ImageView) KeyDown(e *fyne.KeyEvent) {
	v.guard.keyDown(e.Name)
	if e.Name == fyne.KeySpace {
		v.space, v.dragged = true, false
	}
}

// KeyUp is called by Fyne.
func (v *ImageView) KeyUp(e *fyne.KeyEvent) {
	v.guard.keyUp(e.Name)
	if e.Name != fyne.KeySpace || !v.space {
		return
	}
	v.space = false
	if d := &v.draft; d.on && d.keys && !d.rect && d.id == "" && !v.dragged {
		v.addCorner(d.cross)
	}
}

// shift says whether Shift is held.
func (v *ImageView) shift() bool { return v.guard.held()&fyne.KeyModifierShift != 0 }

// TypedRune is called by Fyne.
func (v *ImageView) TypedRune(r rune) {
	if v.guard.typedRune(r) || v.OnRune != nil && v.OnRune(r) {
		return
	}
	tone := v.tone
	switch r {
	case '+', '=':
		v.ZoomBy(zoomStep)
	case '-', '_':
		v.ZoomBy(1 / zoomStep)
	case '0':
		v.FitPage()
	case 'w', 'W':
		v.FitWidth()
	case '1':
		v.OneToOne()
	case 'r':
		v.Rotate(1)
	case 'R':
		v.Rotate(-1)
	case '[':
		v.turnTo(v.page-1, -1)
	case ']':
		v.turnTo(v.page+1, -1)
	case 'b':
		tone.Brightness += toneStep
	case 'B':
		tone.Brightness -= toneStep
	case 'c':
		tone.Contrast += toneStep
	case 'C':
		tone.Contrast -= toneStep
	case 'i', 'I':
		tone.Invert = !tone.Invert
	case 'x', 'X':
		tone = pyramid.Tone{}
	case 'n':
		v.nextShape(1)
	case 'N':
		v.nextShape(-1)
	case 't', 'T':
		v.toggleStrip()
	}
	if tone != v.tone {
		v.SetTone(tone)
	}
}

func (v *ImageView) nextShape(by int) {
	if !v.draft.on {
		v.stepShape(by)
	}
}

func (v *ImageView) toggleStrip() {
	if v.strip != nil && v.OnStrip != nil {
		v.OnStrip(!v.strip.Visible())
	}
}

// arrows are the keys that move, as directions on the view.
var arrows = map[fyne.KeyName]PointF{
	fyne.KeyLeft: {X: -1}, fyne.KeyRight: {X: 1}, fyne.KeyUp: {Y: -1}, fyne.KeyDown: {Y: 1},
}

// TypedKey is called by Fyne.
func (v *ImageView) TypedKey(e *fyne.KeyEvent) {
	if v.guard.swallow(e.Name) {
		return
	}
	if menuKey(e) && v.menuByKey() || functionKey(e) || v.OnKey != nil && v.OnKey(e) {
		return
	}
	name := e.Name
	if name == fyne.KeyEnter {
		name = fyne.KeyReturn
	}
	if v.draft.on && v.draftKey(string(name), v.shift()) {
		return
	}
	if way, ok := arrows[name]; ok {
		step := float64(keyStep)
		if v.shift() {
			step = keyMore
		}
		v.arrow(way, step)
		return
	}
	switch name {
	case fyne.KeyPageUp:
		v.pageBy(-1)
	case fyne.KeyPageDown:
		v.pageBy(1)
	case fyne.KeyHome:
		v.turnTo(0, -1)
	case fyne.KeyEnd:
		v.turnTo(len(v.pages)-1, -1)
	case fyne.KeyReturn:
		v.startByKeys()
	case fyne.KeyDelete:
		v.deleteKey()
	case fyne.KeyEscape:
		v.escape()
	}
}

// arrow moves what is being drawn, the selected shape, or the page.
func (v *ImageView) arrow(way PointF, step float64) {
	switch {
	case v.draft.on && (v.draft.keys || !v.draft.rect && v.draft.id == ""):
		v.draftMove(v.step(way.X, way.Y, step))
	case v.changeable() >= 0:
		v.nudgeBy(v.step(way.X, way.Y, step))
	default:
		v.pan(way)
	}
}

func (v *ImageView) pan(way PointF) { v.setTransform(v.t.Moved(-way.X*panStep, -way.Y*panStep)) }

// pageBy moves by a view less a little, and turns where the page ends.
func (v *ImageView) pageBy(by int) {
	t := v.t.Moved(0, -float64(by)*v.t.ViewH*0.9).Clamp(imageMargin)
	if away := v.t.ToView(t.At); away.Y-v.t.ViewH/2 > 1 || away.Y-v.t.ViewH/2 < -1 {
		v.setTransform(t)
		return
	}
	v.turnTo(v.page+by, -by)
}

// deleteKey takes a corner out of the selected polygon, where one was taken hold of,
// or asks for the removal of the shape.
func (v *ImageView) deleteKey() {
	if v.shapeIndex(v.chosen) < 0 || v.removeCorner() {
		return
	}
	v.Flush()
	if v.OnShapeRemove != nil {
		v.OnShapeRemove(v.chosen)
	}
}

// escape leaves the selection, then the tool.
func (v *ImageView) escape() {
	switch {
	case v.mouse.kind != noGesture:
		v.mouse.kind = noGesture
	case v.chosen != "":
		v.choose("")
	case v.tool != ImagePan:
		v.SetTool(ImagePan)
		if v.OnTool != nil {
			v.OnTool(ImagePan)
		}
	}
}

// menuByKey opens the menu of the selected shape beside it.
func (v *ImageView) menuByKey() bool {
	i := v.shapeIndex(v.chosen)
	if v.OnMenu == nil || i < 0 {
		return false
	}
	lo, _ := boundsOf(v.points(i))
	at := v.t.ToView(lo)
	from := fyne.Position{}
	if app := fyne.CurrentApp(); app != nil {
		from = app.Driver().AbsolutePositionForObject(v)
	}
	x, y := min(max(at.X, 0), v.t.ViewW), min(max(at.Y, 0), v.t.ViewH)
	v.OnMenu(from.AddXY(float32(x), float32(y)), v.chosen)
	return true
}

// TypedShortcut is called by Fyne. What the view has no use for goes to OnShortcut
// and then to the canvas.
func (v *ImageView) TypedShortcut(s fyne.Shortcut) {
	if c, ok := s.(*desktop.CustomShortcut); ok && c.Modifier&^fyne.KeyModifierShift == fyne.KeyModifierShortcutDefault {
		way, arrow := arrows[c.KeyName]
		switch {
		case arrow && v.draft.on:
			v.arrow(way, keyMost)
			return
		case arrow:
			v.pan(way)
			return
		case c.KeyName == fyne.KeyPageUp:
			v.turnTo(v.page-1, -1)
			return
		case c.KeyName == fyne.KeyPageDown:
			v.turnTo(v.page+1, -1)
			return
		}
	}
	if v.OnShortcut != nil && v.OnShortcut(s) {
		return
	}
	if app := fyne.CurrentApp(); app != nil {
		if c, ok := app.Driver().CanvasForObject(v).(fyne.Shortcutable); ok {
			c.TypedShortcut(s)
		}
	}
}
