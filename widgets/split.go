package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"fonds/widgets/look"
)

// Split shares its room between two things with a hairline between them, which
// can be dragged. Fyne's split draws a grey bar with a handle instead. A side
// that is hidden leaves all the room to the other.
type Split struct {
	widget.BaseWidget

	// OnMoved is told of the share of the first side when a drag has ended.
	OnMoved func(share float32)

	upright       bool // the first above the second
	first, second fyne.CanvasObject
	share         float32
	line          *canvas.Rectangle
	grip          *splitGrip
}

// splitGrab is how wide the part is that takes hold of the line, in pixels.
const splitGrab float32 = 8

// NewHSplit puts left beside right; share (0 to 1) of the width is left's.
func NewHSplit(left, right fyne.CanvasObject, share float32) *Split {
	return newSplit(left, right, share, false)
}

// NewVSplit puts top above bottom; share (0 to 1) of the height is top's.
func NewVSplit(top, bottom fyne.CanvasObject, share float32) *Split {
	return newSplit(top, bottom, share, true)
}

func newSplit(first, second fyne.CanvasObject, share float32, upright bool) *Split {
	s := &Split{first: first, second: second, share: share, upright: upright, line: canvas.NewRectangle(color.Transparent)}
	s.grip = &splitGrip{split: s}
	s.grip.ExtendBaseWidget(s.grip)
	s.ExtendBaseWidget(s)
	return s
}

// Share is the first side's share of the room, 0 to 1, as wished for: where the
// sides need more room than that, they have it.
func (s *Split) Share() float32 { return s.share }

// SetShare moves the line on the program's behalf.
func (s *Split) SetShare(share float32) {
	s.share = min(max(share, 0), 1)
	s.Refresh()
}

// along is a length in the direction in which the sides follow each other.
func (s *Split) along(size fyne.Size) float32 {
	if s.upright {
		return size.Height
	}
	return size.Width
}

// at is where the line lies: as wished for, but never so that a side has less
// than it needs, as long as there is room for both.
func (s *Split) at() float32 {
	room := s.along(s.Size())
	least, most := s.along(s.first.MinSize()), room-s.along(s.second.MinSize())
	return max(min(max(s.share*room, least), max(most, least)), 0)
}

// CreateRenderer draws both sides, the line and the part that takes hold of it.
func (s *Split) CreateRenderer() fyne.WidgetRenderer {
	s.colour()
	return &splitRenderer{s}
}

func (s *Split) colour() {
	p := look.Current()
	s.line.FillColor = p.Line
	if s.grip.held || s.grip.hovered {
		s.line.FillColor = p.Accent
	}
}

type splitRenderer struct{ s *Split }

func (r *splitRenderer) Destroy() {}

func (r *splitRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.s.first, r.s.second, r.s.line, r.s.grip}
}

func (r *splitRenderer) MinSize() fyne.Size {
	var size fyne.Size
	for _, o := range []fyne.CanvasObject{r.s.first, r.s.second} {
		switch m := o.MinSize(); {
		case !o.Visible():
		case r.s.upright:
			size = fyne.NewSize(max(size.Width, m.Width), size.Height+m.Height)
		default:
			size = fyne.NewSize(size.Width+m.Width, max(size.Height, m.Height))
		}
	}
	return size
}

func (r *splitRenderer) Layout(size fyne.Size) {
	s, thick := r.s, look.Current().LineWidth
	both := s.first.Visible() && s.second.Visible()
	s.line.Hidden, s.grip.Hidden = !both, !both
	if !both {
		for _, o := range []fyne.CanvasObject{s.first, s.second} {
			o.Move(fyne.NewPos(0, 0))
			o.Resize(size)
		}
		return
	}
	put := func(o fyne.CanvasObject, from, to float32) {
		if s.upright {
			o.Move(fyne.NewPos(0, from))
			o.Resize(fyne.NewSize(size.Width, max(0, to-from)))
		} else {
			o.Move(fyne.NewPos(from, 0))
			o.Resize(fyne.NewSize(max(0, to-from), size.Height))
		}
	}
	at := s.at()
	put(s.first, 0, at)
	put(s.line, at, at+thick)
	put(s.second, at+thick, s.along(size))
	put(s.grip, at+thick/2-splitGrab/2, at+thick/2+splitGrab/2)
}

func (r *splitRenderer) Refresh() {
	s := r.s
	s.colour()
	r.Layout(s.Size())
	s.line.Refresh()
	canvas.Refresh(s)
}

// splitGrip is the part around the line that the pointer takes hold of.
type splitGrip struct {
	widget.BaseWidget
	split         *Split
	held, hovered bool
}

var (
	_ fyne.Draggable     = (*splitGrip)(nil)
	_ desktop.Mouseable  = (*splitGrip)(nil)
	_ desktop.Hoverable  = (*splitGrip)(nil)
	_ desktop.Cursorable = (*splitGrip)(nil)
)

// Cursor says that the line can be moved.
func (g *splitGrip) Cursor() desktop.Cursor {
	if g.split.upright {
		return desktop.VResizeCursor
	}
	return desktop.HResizeCursor
}

// MouseDown takes the press away from what lies below the grip, such as the
// scroll bar of a list: Fyne asks who can be dragged only when a drag begins.
func (g *splitGrip) MouseDown(*desktop.MouseEvent) {
	g.held = true
	g.split.Refresh()
}

// MouseUp lets go.
func (g *splitGrip) MouseUp(*desktop.MouseEvent) {
	g.held = false
	g.split.Refresh()
}

// Dragged moves the line with the pointer. The position is within the grip,
// which follows, so that the line stays below the pointer.
func (g *splitGrip) Dragged(ev *fyne.DragEvent) {
	s := g.split
	room := s.along(s.Size())
	if room <= 0 {
		return
	}
	p := g.Position().Add(ev.Position)
	s.SetShare(s.along(fyne.NewSize(p.X, p.Y)) / room)
}

// DragEnd keeps the share that is seen.
func (g *splitGrip) DragEnd() {
	s := g.split
	g.held = false
	if room := s.along(s.Size()); room > 0 {
		s.share = s.at() / room
	}
	s.Refresh()
	if s.OnMoved != nil {
		s.OnMoved(s.share)
	}
}

// MouseIn colours the line.
func (g *splitGrip) MouseIn(*desktop.MouseEvent) { g.setHovered(true) }

// MouseMoved does nothing.
func (g *splitGrip) MouseMoved(*desktop.MouseEvent) {}

// MouseOut takes the colour away.
func (g *splitGrip) MouseOut() { g.setHovered(false) }

func (g *splitGrip) setHovered(on bool) {
	g.hovered = on
	g.split.Refresh()
}

// CreateRenderer draws nothing: the grip only takes the pointer.
func (g *splitGrip) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(canvas.NewRectangle(color.Transparent))
}
