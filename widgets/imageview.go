package widgets

import (
	"context"
	"image"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"fonds/widgets/pyramid"
	"fonds/widgets/textpaint"
)

// ImagePage is a page as a picture. Open is called off the UI goroutine; the source
// is closed when the page is left. An error, there or later, stands in the place of
// the page as Words.Failed says it.
type ImagePage struct {
	Name          string
	Width, Height int // in pixels, upright; 0 where that is not known before it is opened
	Open          func(ctx context.Context) (pyramid.Source, error)
}

// ImageTool is what the primary button does.
type ImageTool int

// The tools. With each of them the middle button, and the space bar with the
// primary one, move the page.
const (
	ImagePan       ImageTool = iota // moves the page, selects, moves what is selected
	ImageRectangle                  // draws rectangles by dragging
	ImagePolygon                    // draws polygons, a click for each corner
)

// ImageWords are the words that an ImageView adds of its own. The caller hands them
// in in the person's language; NewImageView has them in English.
type ImageWords struct {
	Proposed, LookAgain string // states of shapes
	Opening             string // in the place of a page of which nothing has come yet
	None                string // where there are no pages
	Failed              func(page ImagePage, err error) string
	Number              func(n int) string // of a page, from 1, under its small picture
}

// ImageStatus is what is said of the view elsewhere.
type ImageStatus struct {
	Page, Pages int         // from 0, and how many
	Name        string      // of the page
	Size        image.Point // of the page, 0 while that is not known
	Zoom        float64     // pixels of the screen for one of the page
	Rotation    int         // in degrees, clockwise
	Over        bool        // the pointer is on the page
	At          image.Point // at this pixel
	Shape       string      // on this shape: its label, state and note
	Tool        ImageTool
	Tone        pyramid.Tone
}

// ImageView shows pages as pictures, one at a time, and regions on them. It draws
// all of that in one picture of the view, from levels of the page that are fetched
// on a worker (see pyramid). Strip makes the small pictures of all pages beside it.
//
// Keys: + and - zoom, 0 fits the page, w its width, 1 shows it one to one; the arrows
// move it, with Control always; Page Up and Down turn at its ends, with Control
// always, as [ and ] do; Home and End are the first and the last; r and R turn it by
// a quarter; b B c C make it lighter, darker, harder, softer, i inverts, and x takes
// that back. n and N go through the shapes of the page, Enter moves the corners of
// the selected one by keys (Tab the next, Insert another, Delete one less), Escape
// leaves, Delete asks for its removal. With a tool Enter begins a shape in the middle
// of the view, see imagekeys.go.
//
// Mouse: the wheel moves the page and turns at its ends, Control with it zooms about
// the pointer; a drag moves; a double click zooms in; a click selects.
type ImageView struct {
	widget.BaseWidget

	// Go runs opening and decoding, Do brings results back to the UI goroutine;
	// nil are real goroutines and fyne.Do.
	Go func(func())
	Do DoFunc
	// After and Now are the clock; nil is the real one.
	After AfterFunc
	Now   func() time.Time

	Words ImageWords
	// Memory is what a page may keep, its source included; 0 is pyramid.DefaultCap.
	Memory int64

	OnPage        func(n int)                          // another page is shown
	OnStatus      func(s ImageStatus)                  // anything of it has changed
	OnShapeAdd    func(page int, points []PointF)      // drawn: two corners, or three and more; SetShapes answers
	OnShapeChange func(id string, points []PointF)     // moved or formed anew
	OnShapeSelect func(id string)                      // by the person; "" is none
	OnShapeRemove func(id string)                      // Delete
	OnShapeOpen   func(id string)                      // a double click on it
	OnTool        func(t ImageTool)                    // the person has left the tool
	OnStrip       func(shown bool)                     // the small pictures are to be shown or hidden: t
	OnRune        func(r rune) bool                    // before the view acts; true when taken
	OnKey         func(e *fyne.KeyEvent) bool          // the same for keys that make no character
	OnShortcut    func(s fyne.Shortcut) bool           // one the view has no use for
	OnMenu        func(at fyne.Position, shape string) // secondary click, absolute; shape is under it or ""
	OnFocus       func(focused bool)

	fonts  *textpaint.Fonts
	raster *canvas.Raster
	buffer *image.RGBA

	pages   []ImagePage
	page    int
	open    openPage
	t       pyramid.Transform // view pixels are Fyne's
	scale   float64           // pixels of the screen for one of Fyne
	fit     imageFit
	near    string // id of the shape that the view keeps in its middle
	tone    pyramid.Tone
	strip   *ImageStrip
	shapes  []ImageShape
	chips   []imageChip // of the last painting
	chosen  string      // id of the selected shape
	hover   string
	tool    ImageTool
	draft   imageDraft
	ghost   []PointF // a shape that was added and has not come back
	nudge   imageNudge
	mouse   imageMouse
	said    ImageStatus
	focused bool
	guard   imeGuard
	space   bool // the space bar is down
	dragged bool // and the page was moved with it
}

// imageFit is what becomes of the zoom when the view or the page is another.
type imageFit int

const (
	fitPage imageFit = iota
	fitWidth
	fitShape // what is around a shape: near
	fitFree  // the zoom is the person's
)

// imageMargin is what may be empty beside a page, in Fyne pixels.
const imageMargin = 12

var (
	_ fyne.Focusable     = (*ImageView)(nil)
	_ fyne.Scrollable    = (*ImageView)(nil)
	_ fyne.Draggable     = (*ImageView)(nil)
	_ fyne.Shortcutable  = (*ImageView)(nil)
	_ fyne.Tabbable      = (*ImageView)(nil)
	_ desktop.Mouseable  = (*ImageView)(nil)
	_ desktop.Hoverable  = (*ImageView)(nil)
	_ desktop.Cursorable = (*ImageView)(nil)
	_ desktop.Keyable    = (*ImageView)(nil)
)

// NewImageView makes a view without pages whose words are drawn with the faces.
func NewImageView(faces ...*textpaint.Face) *ImageView {
	v := &ImageView{fonts: textpaint.NewFonts(faces...), scale: 1}
	v.Words = ImageWords{
		Proposed: "proposed", LookAgain: "look again", Opening: "Opening…", None: "No pages",
		Failed: func(_ ImagePage, err error) string { return "This page cannot be shown: " + err.Error() },
	}
	v.t.Zoom = 1
	v.ExtendBaseWidget(v)
	return v
}

func (v *ImageView) run(f func()) {
	if v.Go != nil {
		v.Go(f)
		return
	}
	go f()
}

func (v *ImageView) do(f func()) {
	if v.Do != nil {
		v.Do(f)
		return
	}
	fyne.Do(f)
}

func (v *ImageView) now() time.Time {
	if v.Now != nil {
		return v.Now()
	}
	return time.Now()
}

// Status is what is said of the view now.
func (v *ImageView) Status() ImageStatus {
	s := ImageStatus{
		Page: v.page, Pages: len(v.pages), Zoom: v.t.Zoom * v.scale, Rotation: v.t.Turn * 90, Tool: v.tool, Tone: v.tone,
		Size: image.Pt(int(v.t.PageW), int(v.t.PageH)),
	}
	if v.page < len(v.pages) {
		s.Name = v.pages[v.page].Name
	}
	if p := v.t.ToPage(viewPoint(v.mouse.at)); v.mouse.inside && v.onPage(p) {
		s.Over, s.At = true, image.Pt(int(p.X), int(p.Y))
	}
	if i := v.shapeIndex(v.hover); i >= 0 && v.mouse.inside {
		s.Shape = v.shapeWords(&v.shapes[i])
	}
	return s
}

// tell says what has changed.
func (v *ImageView) tell() {
	if s := v.Status(); s != v.said {
		v.said = s
		if v.OnStatus != nil {
			v.OnStatus(s)
		}
	}
}

// viewPoint is a place of Fyne's as one of the view.
func viewPoint(p fyne.Position) PointF { return PointF{X: float64(p.X), Y: float64(p.Y)} }

func (v *ImageView) onPage(p PointF) bool {
	return v.t.PageW > 0 && p.X >= 0 && p.Y >= 0 && p.X < v.t.PageW && p.Y < v.t.PageH
}

// MinSize keeps room for a part of a page.
func (v *ImageView) MinSize() fyne.Size { return fyne.NewSize(200, 120) }

// Resize fits the page again where it was fitted.
func (v *ImageView) Resize(s fyne.Size) {
	if s == v.Size() {
		return
	}
	v.BaseWidget.Resize(s)
	v.t.ViewW, v.t.ViewH = float64(s.Width), float64(s.Height)
	v.refit()
}

// CreateRenderer is called by Fyne.
func (v *ImageView) CreateRenderer() fyne.WidgetRenderer {
	v.ExtendBaseWidget(v)
	v.raster = canvas.NewRaster(v.generate)
	return &imageViewRenderer{v}
}

type imageViewRenderer struct{ v *ImageView }

func (r *imageViewRenderer) Destroy()                     {}
func (r *imageViewRenderer) Layout(s fyne.Size)           { r.v.raster.Resize(s) }
func (r *imageViewRenderer) MinSize() fyne.Size           { return r.v.MinSize() }
func (r *imageViewRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.v.raster} }
func (r *imageViewRenderer) Refresh()                     { r.v.raster.Refresh() }

func (v *ImageView) repaint() {
	if v.raster != nil {
		v.raster.Refresh()
	}
}
