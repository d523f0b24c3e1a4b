// Package desk is the screen at the middle and the right of the window: one
// document as it reads, and beside it the inspector with its fields, tags, marks
// and history.
//
// It may use the session, the widgets and what they may use. It must never know
// another screen or the window, and never write to the archive but by the
// session.
package desk

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fonds/app/i18n"
	"fonds/app/outline"
	"fonds/app/session"
	"fonds/storage/archive"
	"fonds/widgets"
	"fonds/widgets/look"
)

// Desk is the screen: Reader in the middle, Inspector at the right.
type Desk struct {
	s     *session.Session
	on    fyne.Canvas
	title *widget.Label
	text  *widgets.TextView // as it reads
	empty *widgets.EmptyState

	source     *widgets.TextView // as it came
	sourceGen  int
	thenSource func() // done when the source text is shown for the first time
	mode       mode
	inSource   bool            // of the two texts the source had the focus last
	texts      *fyne.Container // the two of them
	finder     *findBar
	headed     string // the text that headings are of
	headings   []outline.Heading
	outlineGen int

	box   *typing // what is being typed in the box beside the text, or nil
	kept  *typing // what Escape has just kept of a box, or nil
	small *widgets.SmallBox
	over  *fyne.Container // lies over the text, for the box

	decided *widgets.SmallBox     // asks for reasons
	asking  *asking               // what it is open for, or nil
	refused map[archive.ID]string // why the last act on a proposal was refused
	latest  decision              // where the last one stood that was decided on

	status, why *widgets.Note
	refusedStep string // why the step of the document asked for last was refused
	lastField   string // into which the selection was sent last

	lexiconGen int
	styles     int           // counts how often the styles of labels may have changed
	shown      widgets.Shown // of the document, before borders on their way
	drawn      widgets.Shown // with them
	edge       *edging       // borders on their way, or nil
	every      *every        // what is to be done everywhere, or nil
	active     active        // the mark that keys and handles are about
	signed     signed        // of the document that is shown

	pic       *picturing
	together  session.Belongings
	reader    fyne.CanvasObject
	inspector *inspector
}

// New makes the screen for a window's canvas and lets it follow the session.
func New(s *session.Session, on fyne.Canvas) *Desk {
	d := &Desk{s: s, on: on, refused: map[archive.ID]string{}}
	d.title = widget.NewLabelWithStyle("", fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	d.title.SizeName = theme.SizeNameSubHeadingText
	d.title.Truncation = fyne.TextTruncateEllipsis
	d.text = newText(d)
	d.source = newSource(d)
	d.empty = widgets.NewEmptyState("", "", "", nil)
	d.small = widgets.NewSmallBox()
	d.small.Covers = session.Covers
	d.decided = widgets.NewSmallBox()
	d.decided.Covers = session.Covers
	d.over = container.NewWithoutLayout()
	d.status, d.why = widgets.NewNote(4), widgets.NewNote(4)
	d.status.Covers, d.why.Covers = session.Covers, session.Covers
	d.finder = newFindBar(d)
	d.texts = newTexts(d, container.NewStack(d.text, d.empty, d.over))
	d.pic = newPicturing(d)
	inset := theme.InnerPadding() // of the label above
	head := container.New(layout.NewCustomPaddedLayout(look.Tight, look.Near, look.Near, look.Near), container.New(headLayout{}, d.title,
		container.New(layout.NewCustomPaddedLayout(0, 0, inset, inset), container.New(headLayout{}, d.status, d.why))))
	d.reader = container.NewStack(canvas.NewRectangle(look.Current().Paper),
		widgets.Border(container.New(layout.NewCustomPaddedVBoxLayout(0), head, widget.NewSeparator(), d.finder.row), nil, nil, nil, container.NewStack(d.pic.all, d.pic.over)))
	d.inspector = newInspector(d)
	d.bind()
	s.On(d.hear)
	s.OnFlush(d.flush)
	s.OnRead(d.maker)
	s.DescribeTurns(d.sayTurn)
	d.showDocument()
	return d
}

// Reader is the document in the middle.
func (d *Desk) Reader() fyne.CanvasObject { return d.reader }

// Inspector is what stands beside it.
func (d *Desk) Inspector() fyne.CanvasObject { return d.inspector.content }

// FocusText gives the keyboard to the text as it reads, and shows it; or to what stands in its place.
func (d *Desk) FocusText() {
	if d.pic.focusInstead() {
		return
	}
	if d.mode == source {
		d.setMode(reading)
	}
	d.inSource = false
	d.on.Focus(d.text)
}

// FocusInspector gives the keyboard to the tab of the inspector that is open, or
// to what covers it.
func (d *Desk) FocusInspector() {
	if d.every != nil {
		d.on.Focus(d.every.list)
		return
	}
	d.inspector.focus()
}

// FocusedField is the field that has the keyboard, or "".
func (d *Desk) FocusedField() string { return d.inspector.fields.form.FocusedField() }

// FocusField gives the keyboard to a field, if the document has it.
func (d *Desk) FocusField(field string) bool { return d.inspector.fields.form.FocusField(field) }

// TextFocused says whether the text has the keyboard.
func (d *Desk) TextFocused() bool {
	f := d.on.Focused()
	return f == fyne.Focusable(d.text) || f == fyne.Focusable(d.source)
}

// MiddleFocused says whether the text has the keyboard, or what stands in its place.
func (d *Desk) MiddleFocused() bool {
	f := d.on.Focused()
	return d.TextFocused() || d.texts.Hidden && f != nil && (f == fyne.Focusable(d.pic.typed.entry) || d.pic.typed.empty.Focused(f))
}

// bind says what the commands of this screen do.
func (d *Desk) bind() {
	s, c := d.s, d.s.Commands
	writable := func() bool { return d.fixed() == "" && s.Document() != nil }
	shown := func() bool { return s.Document() != nil }
	c.Bind("pane.text", func() {
		if !d.pic.focusInstead() {
			d.on.Focus(d.facing())
		}
	}, shown)
	c.Bind("text.view", d.nextMode, shown)
	d.pic.bind(writable)
	c.Bind("history.of", d.historyOf, shown)
	c.Bind("text.outline", d.outline, shown)
	c.Bind("text.copyfull", d.copyFull, shown)
	c.Bind("text.back", func() { d.facing().Back() }, shown)
	c.Bind("text.forward", func() { d.facing().Forward() }, shown)
	d.finder.bind()
	c.Bind("doc.split", d.split, writable)
	c.Bind("doc.kin", d.kin, func() bool {
		return shown() && (s.Document().Kin(0) != "" || len(d.belongs().Wholes)+len(d.belongs().Parts) > 0)
	})
	c.Bind("doc.belong", d.belong, writable)
	c.Bind("doc.apart", d.apart, func() bool { return writable() && len(d.belongs().Wholes) > 0 })
	c.Bind("doc.reread", d.reread, writable)
	several := func() bool { return writable() && len(s.Document().Parts()) > 1 }
	c.Bind("part.up", func() { d.movePart(-1) }, several)
	c.Bind("part.down", func() { d.movePart(1) }, several)
	c.Bind("part.places", d.partsByPlace, several)
	c.Bind("furniture.none", func() { s.Unfurnish("") }, func() bool { return writable() && len(s.Document().Of(archive.AFurniture)) > 0 })
	c.Bind("correct", d.correct, writable)
	c.Bind("mark.comment", d.comment, writable)
	c.Bind("mark.start.left", func() { d.moveBorder(true, -1) }, writable)
	c.Bind("mark.start.right", func() { d.moveBorder(true, 1) }, writable)
	c.Bind("mark.end.left", func() { d.moveBorder(false, -1) }, writable)
	c.Bind("mark.end.right", func() { d.moveBorder(false, 1) }, writable)
	c.Bind("mark.every", d.markEvery, writable)
	c.Bind("correct.every", d.correctEvery, writable)
	c.Bind("mark.look", d.nextLook, shown)
	c.Bind("mark.confirm", d.confirm, writable)
	c.Bind("mark.confirmlike", d.confirmLike, writable)
	c.Bind("note.add", d.note, writable)
	c.Bind("thread.ask", func() { d.askAbout(d.thingAtHand()) }, writable)
	c.Bind("doc.check", d.check, shown)
	c.Bind("field.from", d.fieldFrom, writable)
	c.Bind("field.copy", d.copyFields, writable)
	c.Bind("field.notstated", d.notStated, writable)
	c.Bind("field.offered", d.takeOffered, writable)
	c.Bind("field.offeredall", d.takeAllOffered, writable)
	c.Bind("field.pin", d.pin, writable)
	c.Bind("proposal.takeall", d.takeAll, writable)
	c.Bind("proposal.take", func() { d.act(archive.ActTake, archive.ActAgree, archive.ActApprove) }, writable)
	c.Bind("proposal.refuse", func() { d.act(archive.ActRefuse, archive.ActReject) }, writable)
	c.Bind("proposal.amend", func() { d.act(archive.ActAmend) }, writable)
	c.Bind("proposal.withdraw", func() { d.act(archive.ActWithdraw) }, writable)
	d.bindSteps(writable)
	c.Bind("tag.name", d.inspector.typeTag, writable)
	for i, id := range []string{"tab.fields", "tab.tags", "tab.marks", "tab.history", "tab.talk"} {
		c.Bind(id, func() {
			d.inspector.open(i)
			d.inspector.focus()
		}, shown)
	}
	zoom := func(by float32) func() { return func() { d.text.SetZoom(d.text.Zoom() + by) } }
	c.Bind("text.larger", zoom(1), nil)
	c.Bind("text.smaller", zoom(-1), nil)
	c.Bind("text.normal", func() { d.text.SetZoom(look.DocumentText) }, nil)
}

// fixed is why nothing can be changed, in words with what to do; "" where it can.
func (d *Desk) fixed() string { return d.s.Fixed() }

func (d *Desk) hear(e session.Event) {
	switch e := e.(type) {
	case session.DocumentOpened, session.ArchiveChanged, session.PersonChanged:
		d.kept, d.edge, d.active = nil, nil, active{}
		d.leaveBox()
		d.leaveAsk()
		d.leaveEvery(false)
		clear(d.refused)
		d.refusedStep = ""
		d.showDocument()
		d.finder.left()
	case session.ListChanged:
		d.showEmpty()
		if e.Reset {
			d.finder.searched()
		}
	case session.DocumentChanged:
		d.refusedStep = ""
		d.showTitle()
		d.showText()
		d.pic.show()
		d.askBelongings()
		d.inspector.show()
		d.finder.changed()
		if d.every != nil {
			d.every.follow()
		}
	case session.SelfChanged:
		d.styles++
		d.showStatus() // another template asks for other fields
		d.showText()   // the styles of labels may be others
		d.inspector.show()
	case session.TagsChanged, session.KeysChanged:
		d.inspector.show()
	case session.DraftsChanged:
		d.inspector.fields.offer()
		d.inspector.drafts()
	case session.UnsavedChanged:
		d.inspector.fields.show()
	case session.Reveal:
		d.jump(widgets.Span{Start: e.Start, End: e.End})
	}
}

// flush makes edits, or drafts, of what is being typed.
func (d *Desk) flush() {
	d.inspector.fields.form.Commit()
	d.keepBox()
	d.keepAsk()
	d.pic.flush()
	d.sendBorders()
}

func (d *Desk) showDocument() {
	d.showTitle()
	d.showText()
	d.pic.show()
	d.askBelongings()
	d.showEmpty()
	d.inspector.show()
}

func (d *Desk) showTitle() {
	words := ""
	if doc := d.s.Document(); doc != nil {
		words = session.OneLine(doc.Title())
	}
	session.Head(d.title, words)
	d.showStatus()
}

// showEmpty says what to do where there is no document.
func (d *Desk) showEmpty() {
	none := d.s.Document() == nil && !d.s.Loading()
	if none && d.s.Open() && d.s.ListRead() && d.s.Rows() == 0 && d.s.Query() == (session.Query{}) {
		d.empty.Set(i18n.T("desk.empty"), i18n.T("desk.empty.how"), i18n.T("desk.empty.do"), func() { d.s.Commands.Run("archive.import") })
		d.empty.Show()
	} else {
		d.empty.Hide()
	}
	d.text.Hidden = d.s.Document() == nil
	d.text.Refresh()
}

// reveal scrolls the text to the place of an item and frames it.
func (d *Desk) reveal(id archive.ID) {
	doc := d.s.Document()
	if doc == nil {
		return
	}
	if it := doc.Item(id); it != nil {
		if it.Anchor.OnPicture() {
			d.pic.reveal(id)
			return
		}
		if start, end, ok := doc.Span(it); ok {
			d.jump(widgets.Span{Start: start, End: end})
		}
	}
}

// Reveal shows an item of the document that is shown: its words in the text where it
// has some, else what is proposed where it stands.
func (d *Desk) Reveal(id archive.ID) {
	doc := d.s.Document()
	if doc == nil || doc.Item(id) == nil {
		return
	}
	it := doc.Item(id)
	d.reveal(id)
	if it.Open() {
		d.goTo(doc, it)
		return
	}
	if it.Anchor.OnPicture() {
		d.pic.focus()
		return
	}
	d.FocusText()
}
