package desk

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage/archive"
	"fonds/widgets"
	"fonds/widgets/look"
)

// picturing is the pictures of a document's pages, beside its text: page and text go together. What has no pages has no
// pictures; what has no text has the typing of it in its place.
type picturing struct {
	d      *Desk
	view   *widgets.ImageView
	strip  *widgets.ImageStrip
	place  *widgets.Note // which page, how large
	tools  map[widgets.ImageTool]*widgets.Button
	pane   fyne.CanvasObject // the picture with what belongs to it
	split  *container.Split  // the pane and what is read beside it
	beside *fyne.Container   // the texts, or the typing
	all    *fyne.Container
	typed  *transcribing

	mode pictureMode
	of   archive.ID
	open *session.Pictures // of the document of, nil until it is open
	over *fyne.Container   // lies over all of it, for boxes

	shapes  []widgets.ImageShape // that are shown
	wanted  archive.ID           // to be revealed when it is open
	back    *pagePlace           // to be gone back to when it is open
	drawn   string               // a region that was drawn, and nothing is said of it yet
	working bool                 // the person works on the picture: it had the focus last
	turning bool                 // page and text follow each other: not back again
}

// pictureMode is what is seen of a document that has both.
type pictureMode int

const (
	pictureBeside pictureMode = iota
	pictureAlone
	pictureAway
	pictureModes
)

// besideWidth is from which width on picture and text stand side by side.
const besideWidth = 560

// drawnShape is the id of a region that was drawn, and seenShape of the word at the caret.
const (
	drawnShape = "drawn"
	seenShape  = "seen"
)

func newPicturing(d *Desk) *picturing {
	p := &picturing{d: d, tools: map[widgets.ImageTool]*widgets.Button{}}
	v := d.s.ImageView()
	v.OnPage = p.turned
	v.OnStatus = p.say
	v.OnFocus = func(on bool) { p.working = p.working || on }
	v.OnRune, v.OnKey = p.typedRune, p.typedKey
	v.OnShapeAdd, v.OnShapeChange, v.OnShapeSelect, v.OnShapeRemove, v.OnShapeOpen = p.added, p.changed, p.selected, p.removed, p.commented
	v.OnTool = func(t widgets.ImageTool) { p.showTools() }
	v.OnStrip = p.showStrip
	v.OnMenu = func(at fyne.Position, _ string) { d.contextMenu(at) }
	p.view, p.strip = v, v.Strip()
	p.strip.Hide()
	p.place = widgets.NewNote(1)
	p.place.Covers = session.Covers
	tool := func(t widgets.ImageTool, words string) *widgets.Button {
		b := widgets.NewSmallButton(words, func() { p.take(t) })
		p.tools[t] = b
		return b
	}
	do := func(words string, f func()) *widgets.Button { return widgets.NewSmallButton(words, f) }
	bar := container.New(layout.NewRowWrapLayoutWithCustomPadding(look.Tight, look.Tight), tool(widgets.ImageRectangle, i18n.T("picture.rectangle")), tool(widgets.ImagePolygon, i18n.T("picture.polygon")),
		do(i18n.T("picture.width"), v.FitWidth), do(i18n.T("picture.page"), v.FitPage), do(i18n.T("picture.turn"), func() { v.Rotate(1) }),
		do(i18n.T("picture.strip"), func() { p.showStrip(!p.strip.Visible()) }))
	foot := container.New(layout.NewCustomPaddedLayout(look.Tight, look.Tight, look.Near, look.Near),
		container.New(layout.NewCustomPaddedVBoxLayout(look.Tight), bar, p.place))
	p.pane = widgets.Border(nil, foot, p.strip, nil, v)
	p.typed = newTranscribing(p)
	p.beside = container.NewStack(d.texts, p.typed.all)
	p.split = container.NewHSplit(p.pane, p.beside)
	p.split.Offset = 0.5
	p.all = container.New(&pictureLayout{p}, d.texts)
	p.over = container.NewWithoutLayout()
	d.s.AskRegion(p.region)
	return p
}

// pictureLayout puts picture and text beside each other, or where there is no room one over the other.
type pictureLayout struct{ p *picturing }

// MinSize is called by Fyne.
func (l *pictureLayout) MinSize(o []fyne.CanvasObject) fyne.Size { return l.p.d.texts.MinSize() }

// Layout is called by Fyne.
func (l *pictureLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	if wide := size.Width >= besideWidth; l.p.split.Horizontal != wide {
		l.p.split.Horizontal = wide
		l.p.split.Refresh()
	}
	for _, x := range o {
		x.Move(fyne.NewPos(0, 0))
		x.Resize(size)
	}
}

// show shows the pictures of the document that is shown.
func (p *picturing) show() {
	doc := p.d.s.Document()
	if doc == nil || doc.Info.Pages == 0 && doc.Info.Chars > 0 {
		p.close()
		p.arrange()
		return
	}
	if p.of != doc.ID {
		p.close()
		p.of = doc.ID
	} else if p.open != nil && p.open.Text == doc.Info.Text {
		p.showShapes()
		p.arrange()
		return
	}
	p.say(widgets.ImageStatus{})
	p.view.Words.None = i18n.T("picture.opening")
	p.d.s.OpenPictures(func(open *session.Pictures, err error) {
		if err != nil {
			p.view.Words.None = session.PictureFault(err)
			p.view.Refresh()
			open.Close()
			return
		}
		first := p.open == nil
		p.open = open
		if first {
			p.view.SetPages(open.Pages())
		}
		p.typed.opened()
		p.showShapes()
		p.arrange()
		p.d.showText() // doubtful words are known now
		if p.wanted != "" {
			p.reveal(p.wanted)
		}
		if back := p.back; back != nil {
			p.goBack(*back)
		}
	})
	p.arrange()
}

func (p *picturing) close() {
	if p.of == "" {
		return
	}
	p.typed.leave()
	p.view.SetPages(nil)
	p.view.SetShapes(nil)
	p.open.Close()
	p.of, p.open, p.shapes, p.wanted, p.back, p.drawn, p.working = "", nil, nil, "", nil, "", false
}

// arrange shows what is to be seen of the two.
func (p *picturing) arrange() {
	doc := p.d.s.Document()
	mode := p.mode
	typing := p.typed.on
	switch {
	case doc == nil || doc.Info.Pages == 0:
		mode = pictureAway
	case typing, doc.Info.Chars == 0 && mode == pictureAway: // what is typed is seen beside what it is typed from
		mode = pictureBeside
	}
	invites := p.typed.invites(doc)
	p.d.texts.Hidden = typing || invites
	p.typed.all.Hidden = !p.d.texts.Hidden
	var want fyne.CanvasObject = p.split
	switch mode {
	case pictureAway:
		want = p.beside
	case pictureAlone:
		want = p.pane
	}
	if len(p.all.Objects) != 1 || p.all.Objects[0] != want {
		p.split.Trailing, p.split.Leading = p.beside, p.pane
		p.all.Objects = []fyne.CanvasObject{want}
		p.split.Refresh()
		widgets.Relay(p.all)
	}
	p.beside.Refresh()
}

// nextMode goes on to the next way of seeing picture and text.
func (p *picturing) nextMode() {
	p.mode = (p.mode + 1) % pictureModes
	p.arrange()
	p.d.s.Say([]string{i18n.T("picture.beside.said"), i18n.T("picture.alone.said"), i18n.T("picture.away.said")}[p.mode])
	switch {
	case p.mode == pictureAlone:
		p.focus()
	case p.mode == pictureAway:
		p.working = false
		p.d.on.Focus(p.d.facing())
	}
}

func (p *picturing) has() bool {
	return p.of != "" && p.d.s.Document() != nil && p.d.s.Document().Info.Pages > 0
}

// bind binds the commands.
func (p *picturing) bind(writable func() bool) {
	c := p.d.s.Commands
	marks := func() bool { return writable() && p.has() }
	c.Bind("picture.view", p.nextMode, p.has)
	c.Bind("picture.focus", p.focus, p.has)
	c.Bind("picture.rectangle", func() { p.take(widgets.ImageRectangle) }, marks)
	c.Bind("picture.polygon", func() { p.take(widgets.ImagePolygon) }, marks)
	c.Bind("picture.type", p.typed.begin, marks)
	c.Bind("picture.take", p.typed.take, func() bool { return marks() && p.typed.on })
	c.Bind("picture.read", p.typed.read, marks)
}

// left: the person works on the text.
func (p *picturing) left() { p.working = false }

// flush makes drafts of what is being typed, and sends what was moved.
func (p *picturing) flush() {
	p.view.Flush()
	p.typed.keep()
}

// focus gives the keyboard to the picture.
func (p *picturing) focus() {
	if p.mode == pictureAway {
		p.mode = pictureBeside
		p.arrange()
	}
	p.working = true
	p.d.on.Focus(p.view)
}

// say says which page it is, and what is under the pointer.
func (p *picturing) say(s widgets.ImageStatus) {
	if s.Pages == 0 {
		p.place.SetText("", widgets.Plain)
		return
	}
	words := i18n.T("picture.place", "page", s.Page+1, "pages", s.Pages, "zoom", int(s.Zoom*100+0.5))
	if s.Size.X > 0 {
		words += " · " + i18n.T("picture.size", "w", s.Size.X, "h", s.Size.Y)
	}
	switch {
	case s.Shape != "":
		words += " · " + s.Shape
	case s.Over:
		words += " · " + i18n.T("picture.at", "x", s.At.X, "y", s.At.Y)
	}
	p.place.SetText(words, widgets.Plain)
}

func (p *picturing) showStrip(on bool) {
	p.strip.Hidden = !on
	widgets.Relay(p.pane)
	if on {
		p.d.on.Focus(p.strip)
	} else {
		p.focus()
	}
}

// turned: the text goes to the page that is shown.
func (p *picturing) turned(n int) {
	p.typed.turned(n)
	doc := p.d.s.Document()
	if p.turning || p.open == nil || doc == nil || n >= len(p.open.Recipe.Pages) {
		return
	}
	at := doc.Text.ToReading(p.open.Recipe.Pages[n])
	if top, _ := p.d.text.Top(); p.open.Recipe.PageOf(p.toSource(top)) == n+1 && n > 0 {
		return
	}
	p.turning = true
	p.d.text.SetTop(at, 0)
	p.turning = false
}

func (p *picturing) toSource(at int) int { return p.d.s.Document().Text.ToSource(at) }

// follow: the picture goes to the page whose text is at the top.
func (p *picturing) follow() {
	doc := p.d.s.Document()
	if p.turning || p.open == nil || doc == nil || p.of != doc.ID || len(p.open.Recipe.Pages) == 0 || !p.d.laid(p.d.text) {
		return
	}
	top, _ := p.d.text.Top()
	p.turning = true
	p.view.SetPage(p.open.Recipe.PageOf(p.toSource(top)) - 1)
	p.turning = false
}

// atCaret frames on the picture the word at the caret, where a program has seen it there.
func (p *picturing) atCaret() {
	if p.open == nil || p.open.Recipe.Seeing == nil || p.working {
		return
	}
	p.showShapes()
}

// word is the seen word at a place of the reading text.
func (p *picturing) word(at int) (archive.SeenWord, bool) {
	if p.open == nil || p.open.Recipe.Seeing == nil || p.d.s.Document() == nil {
		return archive.SeenWord{}, false
	}
	at = p.toSource(at)
	words := p.open.Recipe.Words
	i, _ := slices.BinarySearchFunc(words, at, func(w archive.SeenWord, at int) int {
		if w.End <= at {
			return -1
		}
		return 1
	})
	switch {
	case i < len(words) && words[i].Start <= at:
		return words[i], true
	case i > 0 && words[i-1].End == at: // the caret stands behind it
		return words[i-1], true
	}
	return archive.SeenWord{}, false
}

// doubtful are the words of which the program that saw them was not sure, in the reading text, and nobody has corrected.
func (p *picturing) doubtful(doc *session.Doc) (out []widgets.Span) {
	if p.open == nil || p.open.Doc != doc.ID || p.open.Text != doc.Info.Text || p.open.Recipe.Seeing == nil {
		return nil
	}
	fixes := doc.Text.Spans()
	for _, w := range p.open.Recipe.Words {
		if w.Sure < archive.Doubtful {
			start, end := doc.Text.ToReading(w.Start), doc.Text.ToReading(w.End)
			for len(fixes) > 0 && fixes[0].End <= start {
				fixes = fixes[1:]
			}
			if end > start && (len(fixes) == 0 || fixes[0].Start >= end) {
				out = append(out, widgets.Span{Start: start, End: end})
			}
		}
	}
	return out
}
