package widgets

import (
	"image"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"fonds/widgets/look"
	"fonds/widgets/textlayout"
	"fonds/widgets/textpaint"
)

// Span is a range of the shown text in code points, half open.
type Span = textlayout.Span

// MarkSpan is a mark to draw: a band under the words, an underline in its
// style, and the label in the margin, in words and never in colour alone.
type MarkSpan struct {
	ID string
	Span
	Label     string
	Style     int    // index in the marks of look.Palette
	Proposed  bool   // waits for a decision: a dotted frame and Words.Proposed
	LookAgain bool   // what it was decided on has changed: a broken frame and Words.LookAgain
	State     string // words in the place of those for Proposed
	Note      string // said behind the label while the pointer is on it
	Change    bool   // no mark but a proposed change of these words, said by Label: nothing but the frame
}

// CorrectionSpan is a correction in force inside the shown text. Its new words
// have a fine underline; Old is shown struck through while the pointer or the
// caret is in them. An empty Span is a deletion: a wedge stands in its place.
type CorrectionSpan struct {
	ID string
	Span
	Old string
}

// Shown is all that a TextView shows at once. It must not be changed after
// SetShown. Spans outside the text are cut to it.
type Shown struct {
	Key         string // document id: scroll and selection are kept while it is equal
	Text        string
	Marks       []MarkSpan
	Corrections []CorrectionSpan
	Evidence    []Span // faint frame: a field was taken from here
	Furniture   []Span // quiet ink: page numbers, running heads
	Gone        []Span // not in the other of two texts side by side: struck through on a band
	New         []Span // the reverse: framed on a band
	Line        int    // number of its first source line, of a piece of a text; 0 is 1
}

// TextWords are the words that a TextView adds of its own. The caller hands
// them in in the person's language; NewTextView has them in English.
type TextWords struct {
	Proposed, LookAgain, Deleted string

	More func(n int) string // beside a row: n labels more than find room there; nil is +n
}

// TextView shows a text of any length with marks, corrections and evidence, to
// read, select and mark. It draws its own rows (see textpaint) in one picture.
//
// Keys: the arrows, Page Up and Down, Home, End, Control+Home and +End move the
// caret, with Shift the selection; Control+arrow goes by words; Control+C and
// +A copy and select all; Space turns the page. Every other character goes to
// OnRune, but none that an input method composed. Double click takes a word
// (see textlayout.WordIn), triple click a sentence, a fourth the source line.
type TextView struct {
	widget.BaseWidget

	// Go runs the layout of big texts, Do brings the result back to the UI
	// goroutine. With either nil everything is done at once.
	Go func(func())
	Do func(func())
	// After waits between steps of scrolling while a selection is dragged
	// beyond the edge; nil is the real timer.
	After AfterFunc
	// Now tells double clicks; nil is the real clock.
	Now func() time.Time

	Words TextWords

	// Lexicon knows where words of Chinese begin and end; nil takes whole runs.
	Lexicon *textlayout.Lexicon

	OnSelect   func(s Span, ok bool)       // the selection has changed
	OnRune     func(r rune) bool           // a single-key command; true when taken
	OnKey      func(e *fyne.KeyEvent) bool // any other key, before the view acts; true when taken
	OnShortcut func(s fyne.Shortcut) bool  // a shortcut the view has no use for; true when taken
	OnMark     func(id string)             // click on a mark's label in the margin
	OnMenu     func(at fyne.Position)      // secondary click, absolute; the caret or selection is there
	OnHover    func(words string)          // what lies under the pointer, for the status bar; "" for nothing
	OnFocus    func(focused bool)          // focus has come or gone
	OnZoom     func(px float32)            // the size of the letters has changed
	OnScroll   func()                      // another place stands at the top, but not by SetTop
	OnLayout   func(done float32)          // a text of many megabytes is being laid out, from 0; 1 is the last
	OnBorders  func(id string, s Span)     // a border of the active mark was dragged; s is never empty

	fonts  *textpaint.Fonts
	zoom   float32
	raster *canvas.Raster
	buffer *image.RGBA

	want  wanted     // what should be shown
	model *textModel // what is shown; never nil
	solid *textModel // the last that was whole
	job   *layoutJob // nil when nothing is being laid out
	after []func()   // to do when the wanted text is there

	scroll       textlayout.Scroll
	kept         int     // the position at the top that changes of the column keep; -1 once scrolled
	anchor, head int     // borders of clusters; the caret is head
	atRowEnd     bool    // the caret stands behind the row that head ends, not before the next
	goalX        float32 // where Up and Down aim; negative is not set
	flash        Span    // empty is none
	hits         foundHits
	been         trail
	borders      borderDrag
	following    bool // scrolled by SetTop: OnScroll is not called

	focused bool
	guard   imeGuard
	mouse   mouseState
	labels  []placedLabel // of the last painting
}

var (
	_ fyne.Focusable     = (*TextView)(nil)
	_ fyne.Scrollable    = (*TextView)(nil)
	_ fyne.Draggable     = (*TextView)(nil)
	_ fyne.Shortcutable  = (*TextView)(nil)
	_ desktop.Mouseable  = (*TextView)(nil)
	_ desktop.Hoverable  = (*TextView)(nil)
	_ desktop.Cursorable = (*TextView)(nil)
	_ desktop.Keyable    = (*TextView)(nil)
)

// NewTextView makes an empty view whose letters come from the first face that
// has them. Make the faces once in a program: each costs its tables.
func NewTextView(faces ...*textpaint.Face) *TextView {
	v := &TextView{
		fonts: textpaint.NewFonts(faces...),
		zoom:  look.DocumentText,
		goalX: -1, kept: -1,
		Words: TextWords{Proposed: "proposed", LookAgain: "look again", Deleted: "deleted"},
	}
	v.ExtendBaseWidget(v)
	v.want.lines, v.want.ratio, v.mouse.moreRow = 1, 1.65, -1
	v.model = v.build(v.want, nil, nil)
	return v
}

// Selection is the selected span on borders of grapheme clusters; ok is false
// when nothing is selected.
func (v *TextView) Selection() (s Span, ok bool) {
	return Span{Start: min(v.anchor, v.head), End: max(v.anchor, v.head)}, v.anchor != v.head
}

// SelectedText is the selected part of the text as it is, line ends included.
func (v *TextView) SelectedText() string {
	s, _ := v.Selection()
	return v.model.text.Slice(s.Start, s.End)
}

// Caret is where the caret stands.
func (v *TextView) Caret() int { return v.head }

// Select selects a span, widened to grapheme clusters, and scrolls to it. An
// empty span moves the caret.
func (v *TextView) Select(s Span) {
	v.whenThere(func() {
		s := v.model.layout.Snap(v.model.cut(s))
		v.setSelection(s.Start, s.End)
		v.reveal(s.Start)
	})
}

// Step is the border of a grapheme cluster behind pos, or before it where by is
// negative.
func (v *TextView) Step(pos, by int) int {
	if by < 0 {
		return v.model.layout.Prev(pos)
	}
	return v.model.layout.Next(pos)
}

// ScrollTo brings a position into view, moving as little as needed.
func (v *TextView) ScrollTo(pos int) { v.whenThere(func() { v.reveal(pos) }) }

// Flash scrolls to a span and frames it until the next input.
func (v *TextView) Flash(s Span) {
	v.whenThere(func() {
		v.flash = v.model.layout.Snap(v.model.cut(s))
		v.reveal(v.flash.Start)
		v.repaint()
	})
}

// Zoom is the size of the letters in Fyne pixels.
func (v *TextView) Zoom() float32 { return v.zoom }

// SetZoom changes the size of the letters, between 10 and 48 pixels.
func (v *TextView) SetZoom(px float32) {
	px = min(max(px, 10), 48)
	if px == v.zoom {
		return
	}
	v.zoom = px
	v.relayout()
	v.repaint()
	if v.OnZoom != nil {
		v.OnZoom(px)
	}
}

// Around is where words stand, for a box beside them, in coordinates of the view:
// the rows that hold them, from where they begin, without a width. It lies within
// the view even when the words are scrolled out of it.
func (v *TextView) Around(s Span) (at fyne.Position, size fyne.Size) {
	g, l, h := v.geometry(), v.model.layout, v.Size().Height
	first, last := l.RowAt(s.Start), l.RowAt(max(s.End-1, s.Start))
	x := g.x + l.X(first, s.Start)
	top, foot := min(max(v.rowY(first), 0), h), min(max(v.rowY(last)+g.row, 0), h)
	return fyne.NewPos(min(max(x, 0), max(v.Size().Width-8, 0)), top), fyne.NewSize(0, foot-top)
}

// Text is the text that is on the screen now: while a big one is being laid
// out this is only its beginning.
func (v *TextView) Text() string { return v.model.text.String() }

// MinSize keeps room for a few words.
func (v *TextView) MinSize() fyne.Size { return fyne.NewSize(280, 120) }

// Resize lays the text out again when its column has changed.
func (v *TextView) Resize(s fyne.Size) {
	if s == v.Size() {
		return
	}
	v.BaseWidget.Resize(s)
	v.relayout()
}

// CreateRenderer is called by Fyne.
func (v *TextView) CreateRenderer() fyne.WidgetRenderer {
	v.ExtendBaseWidget(v)
	v.raster = canvas.NewRaster(v.generate)
	return &textViewRenderer{v}
}

type textViewRenderer struct{ v *TextView }

func (r *textViewRenderer) Destroy()                     {}
func (r *textViewRenderer) Layout(s fyne.Size)           { r.v.raster.Resize(s) }
func (r *textViewRenderer) MinSize() fyne.Size           { return r.v.MinSize() }
func (r *textViewRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.v.raster} }
func (r *textViewRenderer) Refresh()                     { r.v.raster.Refresh() }

// repaint asks for a new picture.
func (v *TextView) repaint() {
	if v.raster != nil {
		v.raster.Refresh()
	}
}
