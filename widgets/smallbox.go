package widgets

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fonds/widgets/look"
)

// SmallBoxAsk is what a SmallBox asks for.
type SmallBoxAsk struct {
	Title  string // what it is for, above the entry
	Hint   string // which keys do what, or what is expected, below it
	Text   string // what the entry begins with
	Prompt string // shown while the entry is empty
	Lines  bool   // several lines: Enter makes one, Ctrl+Enter is done

	// Offers are texts that Up and Down put in one after the other, while nothing
	// else is typed.
	Offers []string
	// Also is a second thing that may be said, below the first; nil asks for none.
	Also *SmallBoxAlso

	// OnDone takes the text on Enter. The box stays open with it until Close: what
	// is refused is not lost.
	OnDone func(text string)
	// OnCancel is told of Escape. The box has been closed by then.
	OnCancel func()
	// OnType takes the text after each change, to answer with SetHint.
	OnType func(text string)
}

// SmallBox asks for a few words beside what is selected: a correction, a note.
// It lies within a container of the screen and not above the window, so that
// the text stays in sight and usable. It stays open, with what is typed, when
// the focus goes elsewhere; only Enter, Escape and Close end it.
type SmallBox struct {
	widget.BaseWidget
	// Covers says which runes the font has.
	Covers CoversFunc

	ask    SmallBoxAsk
	entry  *Entry
	also   *Entry       // nil where one thing is asked for
	second *canvas.Text // what also is for
	host   *fyne.Container
	back   fyne.Focusable // what had the focus before
	bad    bool           // the hint says what is wrong
	frame  *canvas.Rectangle
	title  *canvas.Text
	hint   *paragraph
	faces  *formFaces
	width  float32
	height float32
	at     fyne.Position // the rectangle that it lies beside
	size   fyne.Size
}

// boxWidth is how wide a SmallBox is where there is room, at text size 1.
const boxWidth float32 = 320

// NewSmallBox makes a closed box.
func NewSmallBox() *SmallBox {
	b := &SmallBox{
		frame: canvas.NewRectangle(color.Transparent),
		title: canvas.NewText("", color.Transparent),
		hint:  newParagraph(5),
		entry: NewEntry(), second: canvas.NewText("", color.Transparent),
	}
	b.ExtendBaseWidget(b)
	return b
}

// Open shows the box in a container without a layout, next to the rectangle
// that at and size make in it: below where there is room, else above, always
// within the container. The entry gets the focus; what had it gets it back.
func (b *SmallBox) Open(host *fyne.Container, at fyne.Position, size fyne.Size, ask SmallBoxAsk) {
	b.close(false)
	b.ask, b.host, b.bad = ask, host, false
	b.entry = NewEntry()
	if ask.Lines {
		b.entry = NewMultiLineEntry()
	}
	b.entry.SetPlaceHolder(ask.Prompt)
	b.entry.SetText(ask.Text)
	b.entry.OnKey = b.key
	b.entry.OnShortcut = b.shortcut
	b.entry.OnType = func(text string) {
		if b.ask.OnType != nil {
			b.ask.OnType(text)
		}
	}
	b.openAlso()
	c := canvasOf(host)
	if c != nil {
		b.back = c.Focused()
	}
	host.Add(b)
	b.Show()
	b.Refresh()
	b.MoveBeside(at, size)
	if c != nil {
		c.Focus(b.entry)
	}
}

// MoveBeside moves an open box to another rectangle of its container, as when
// the text has scrolled or the container has another size.
func (b *SmallBox) MoveBeside(at fyne.Position, size fyne.Size) {
	if b.host == nil {
		return
	}
	bounds := b.host.Size()
	b.width = min(boxWidth*textScale(), max(0, bounds.Width-2*look.Near))
	b.height = b.arrange()
	b.at, b.size = at, size
	b.Resize(fyne.NewSize(b.width, b.height))
	b.Move(beside(at, size, b.Size(), bounds))
}

// beside finds a place for a box near a rectangle within bounds.
func beside(at fyne.Position, size, box, bounds fyne.Size) fyne.Position {
	y := at.Y + size.Height + look.Tight
	if y+box.Height > bounds.Height {
		if above := at.Y - look.Tight - box.Height; above >= 0 {
			y = above
		}
	}
	inside := func(v, length, limit float32) float32 { return max(0, min(v, limit-length)) }
	return fyne.NewPos(inside(at.X, box.Width, bounds.Width), inside(y, box.Height, bounds.Height))
}

// SetHint changes the line below the entry; bad says that it is an error.
func (b *SmallBox) SetHint(hint string, bad bool) {
	b.ask.Hint, b.bad = hint, bad
	b.entry.SetBad(bad)
	if b.also != nil {
		b.also.SetBad(false)
	}
	b.Refresh()
}

// SetAlsoWrong is SetHint with what is wrong with the second entry.
func (b *SmallBox) SetAlsoWrong(hint string) {
	b.SetHint(hint, true)
	b.entry.SetBad(false)
	b.also.SetBad(true)
}

// IsOpen reports whether the box is shown.
func (b *SmallBox) IsOpen() bool { return b.host != nil }

// CaretToEnd puts the caret behind the text, to go on typing.
func (b *SmallBox) CaretToEnd() { b.entry.CaretToEnd() }

// SelectAll selects the text, to type over it.
func (b *SmallBox) SelectAll() { b.entry.TypedShortcut(&fyne.ShortcutSelectAll{}) }

// Text is what the entry has.
func (b *SmallBox) Text() string { return b.entry.Text }

// Close closes the box and gives the focus back. Neither callback is called.
func (b *SmallBox) Close() { b.close(true) }

func (b *SmallBox) close(giveBack bool) {
	if b.host == nil {
		return
	}
	host, back := b.host, b.back
	b.host, b.back = nil, nil
	mine := b.entry.focused || b.also != nil && b.also.focused
	c := canvasOf(host)
	host.Remove(b)
	if c == nil || !mine {
		return
	}
	c.Unfocus()
	if giveBack && back != nil {
		c.Focus(back)
	}
}

func (b *SmallBox) done() {
	if b.ask.OnDone != nil {
		b.ask.OnDone(b.entry.Text)
	}
}

func (b *SmallBox) key(k *fyne.KeyEvent) bool {
	switch {
	case k.Name == fyne.KeyEscape:
		tell := b.ask.OnCancel
		b.Close()
		if tell != nil {
			tell()
		}
		return true
	case (k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter) && !b.ask.Lines:
		b.done()
		return true
	case k.Name == fyne.KeyDown:
		return b.offerFirst(1)
	case k.Name == fyne.KeyUp:
		return b.offerFirst(-1)
	}
	return false
}

// offerFirst puts in the next of the offers, or the last; typing of one's own stays.
func (b *SmallBox) offerFirst(by int) bool {
	all := append([]string{b.ask.Text}, b.ask.Offers...)
	at := slices.Index(all, b.entry.Text)
	if at < 0 || len(all) == 1 {
		return false
	}
	b.entry.SetTyped(all[(at+by+len(all))%len(all)])
	b.entry.CaretToEnd()
	return true
}

// SetFirstOffers changes what is offered to the first entry of an open box.
func (b *SmallBox) SetFirstOffers(offers []string) { b.ask.Offers = offers }

func (b *SmallBox) shortcut(s fyne.Shortcut) bool {
	c, ok := s.(*desktop.CustomShortcut)
	if !ok || c.Modifier != fyne.KeyModifierShortcutDefault || c.KeyName != fyne.KeyReturn && c.KeyName != fyne.KeyEnter {
		return false
	}
	b.done()
	return true
}

// Tapped keeps a press on the box from reaching the text below it.
func (b *SmallBox) Tapped(*fyne.PointEvent) { focus(b, b.entry) }

// CreateRenderer draws the frame, the title, the entry and the hint.
func (b *SmallBox) CreateRenderer() fyne.WidgetRenderer { return &boxRenderer{b} }

type boxRenderer struct{ b *SmallBox }

func (r *boxRenderer) Destroy()           {}
func (r *boxRenderer) MinSize() fyne.Size { return fyne.NewSize(r.b.width, r.b.height) }
func (r *boxRenderer) Layout(fyne.Size)   {}

func (r *boxRenderer) Objects() []fyne.CanvasObject {
	out := []fyne.CanvasObject{r.b.frame, r.b.title, r.b.entry}
	if r.b.also != nil {
		out = append(out, r.b.second, r.b.also)
	}
	return append(out, r.b.hint.objects()...)
}

func (r *boxRenderer) Refresh() {
	b := r.b
	b.faces = nil
	if b.host != nil && b.width > 0 {
		if h := b.arrange(); h != b.height {
			b.height = h
			b.Resize(fyne.NewSize(b.width, h))
			b.Move(beside(b.at, b.size, b.Size(), b.host.Size()))
		}
	}
	for _, o := range r.Objects() {
		o.Refresh()
	}
}

// arrange puts everything where it belongs and gives the height.
func (b *SmallBox) arrange() float32 {
	if b.faces == nil {
		b.faces = newFormFaces()
	}
	p, caption, pad := look.Current(), b.faces.caption, look.Near
	inner := b.width - 2*pad
	b.frame.FillColor, b.frame.StrokeColor, b.frame.StrokeWidth = p.Panel, p.Quiet, theme.InputBorderSize()
	b.frame.CornerRadius = look.Corner

	title := caption.truncate(oneLine(b.ask.Title, b.Covers), inner)
	placeText(b.title, title, caption, p.Quiet, pad, pad)
	y := pad + lineHeight(caption.size) + look.Tight

	h := b.entry.MinSize().Height
	b.entry.Move(fyne.NewPos(pad, y))
	b.entry.Resize(fyne.NewSize(inner, h))
	y += h
	y += b.placeAlso(pad, y, inner)

	hint, colour := b.ask.Hint, p.Quiet
	if b.bad {
		hint, colour = "⚠ "+hint, p.Bad
	}
	b.hint.set(cleanLines(hint, b.Covers), caption, colour, inner)
	if used := b.hint.place(pad, y+look.Tight); used > 0 {
		y += look.Tight + used
	}
	y += pad
	placeInside(b.frame, fyne.NewSize(b.width, y))
	return y
}
