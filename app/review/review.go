// Package review is the screen of what waits for a decision: the queue of
// proposals, each before and after in its place in the text, what was said about
// it, and the decisions on it, by one key each.
//
// It may use the session, the widgets and what they may use. It must never know
// another screen or the window, and never ask the archive for anything by itself:
// queue, documents and decisions are the session's.
package review

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage/archive"
	"fonds/widgets"
	"fonds/widgets/look"
)

// Screen is the name of the screen in the table of commands.
const Screen = "review"

// Page is the screen: the queue at the left, the proposal in the middle, what was
// said about it at the right.
type Page struct {
	// OnLeave is told when the person wants to go back to work.
	OnLeave func()
	// OnDesk is told of a document to be opened on the desk, at the words of an item.
	OnDesk func(doc, item archive.ID)

	s  *session.Session
	r  *session.Review
	on fyne.Canvas

	filter *widgets.Button
	narrow *widgets.Note
	list   *widgets.List
	empty  *widgets.Note

	middle *middle
	talk   *talk
	bulk   *bulk // nil: not open
	refuse error // why the last act was refused
	of     archive.ID

	cover   *fyne.Container // middle and talk, or bulk in their place
	content fyne.CanvasObject
}

// New makes the screen for a window's canvas and lets it follow the session.
func New(s *session.Session, on fyne.Canvas) *Page {
	p := &Page{s: s, r: s.Review(), on: on, OnLeave: func() {}, OnDesk: func(archive.ID, archive.ID) {}}
	p.filter = widgets.NewSmallButton(i18n.T("review.filter"), p.askFilter)
	p.filter.OnKey = p.escape
	p.narrow = session.NewNote(3)
	p.list = widgets.NewList()
	p.list.Covers = session.Covers
	p.list.OnSelect = func(i int) { p.s.Say(""); p.r.Choose(i) }
	p.list.OnActivate = func(int) { p.goTo() }
	p.list.OnRune = func(r rune) { p.rune(r) }
	p.list.OnKey = p.listKey
	p.empty = widgets.NewText(8, "")
	p.empty.Covers = session.Covers
	head := container.New(layout.NewCustomPaddedLayout(look.Near, look.Near, look.Near, look.Near),
		widgets.Border(nil, nil, nil, container.NewCenter(p.filter), p.narrow))
	left := widgets.Border(container.New(layout.NewCustomPaddedVBoxLayout(0), head, widget.NewSeparator()), nil, nil, nil,
		container.NewStack(p.list, container.New(layout.NewCustomPaddedLayout(look.Apart, 0, look.Apart, look.Apart), container.NewVBox(p.empty))))
	p.middle, p.talk = newMiddle(p), newTalk(p)
	p.cover = container.NewStack(widgets.NewHSplit(p.middle.content, p.talk.content, 0.68))
	p.content = container.NewStack(canvas.NewRectangle(look.Current().Panel), widgets.NewHSplit(left, p.cover, 0.3))
	p.bind()
	p.r.OnRead(func() func(*session.Doc) any {
		style := s.LabelStyles()
		return func(d *session.Doc) any { return session.Shown(d, style) }
	})
	s.On(p.hear)
	return p
}

// Content is what the window shows.
func (p *Page) Content() fyne.CanvasObject { return p.content }

// Show shows what is the case now; from then on the queue is kept up.
func (p *Page) Show() {
	p.r.Open()
	p.showQueue()
	p.showProposal()
}

// Hide is called when something else is shown in the place of the screen.
func (p *Page) Hide() {
	p.middle.picture.show(nil, nil)
	p.r.Close()
}

// Focus gives the keyboard to the queue.
func (p *Page) Focus() {
	if p.bulk != nil {
		p.on.Focus(p.bulk.list)
		return
	}
	p.on.Focus(p.list)
}

// NextPane moves the keyboard: queue, text, discussion, and around.
func (p *Page) NextPane() {
	switch {
	case p.bulk != nil:
		p.Focus()
	case p.on.Focused() == fyne.Focusable(p.list):
		p.on.Focus(p.middle.place())
	case p.on.Focused() == p.middle.place():
		p.talk.focus()
	default:
		p.Focus()
	}
}

// Section is nothing that this screen has; Open neither.
func (p *Page) Section() int { return 0 }

// Open is called when everything was made anew.
func (p *Page) Open(int) {}

func (p *Page) hear(e session.Event) {
	switch e.(type) {
	case session.ReviewChanged:
		p.showQueue()
	case session.ReviewOpened:
		p.showProposal()
	case session.SelfChanged, session.PersonChanged:
		p.showQueue()
		p.showActs()
	case session.ArchiveChanged:
		p.leaveBulk()
	}
}

// rune does the command of a single key.
func (p *Page) rune(r rune) bool {
	return p.s.Commands.RunOn(Screen, r)
}

// move shows another proposal; what was said about the one before goes with it.
func (p *Page) move(by int) {
	p.s.Say("")
	p.r.Move(by)
}

// listKey goes on from what is shown and has no row in the list: a document whose
// proposals are decided on, a proposal that somebody else has decided on.
func (p *Page) listKey(k *fyne.KeyEvent) bool {
	if d, _ := p.r.Shown(); d != nil && p.r.At() < 0 {
		switch k.Name {
		case fyne.KeyDown:
			p.move(1)
			return true
		case fyne.KeyUp:
			p.move(-1)
			return true
		case fyne.KeyReturn, fyne.KeyEnter:
			p.goTo()
			return true
		}
	}
	return p.escape(k)
}

func (p *Page) escape(k *fyne.KeyEvent) bool {
	if k.Name != fyne.KeyEscape {
		return false
	}
	if p.on.Focused() != fyne.Focusable(p.list) && p.bulk == nil {
		p.Focus()
		return true
	}
	p.OnLeave()
	return true
}

// bind says what the commands of the screen do.
func (p *Page) bind() {
	c := p.s.Commands
	shown := func() bool { _, it := p.r.Shown(); return it != nil && p.bulk == nil }
	whole := func() bool { d, _ := p.r.Shown(); return d != nil && p.bulk == nil }
	for id, do := range map[string]func(){
		"review.approve": func() { p.act(archive.ActApprove) }, "review.reject": func() { p.act(archive.ActReject) },
		"review.amend":      func() { p.act(archive.ActAmend) },
		"review.approveall": func() { p.openBulk(archive.ActApprove) }, "review.rejectall": func() { p.openBulk(archive.ActReject) },
	} {
		c.Bind(id, do, shown)
	}
	for id, do := range map[string]func(){
		"review.ask": p.ask, "review.document": p.approveDocument, "review.return": p.returnDocument, "review.goto": p.goTo,
		"review.next": func() { p.move(1) }, "review.previous": func() { p.move(-1) },
	} {
		c.Bind(id, do, whole)
	}
	c.Bind("review.filter", p.askFilter, p.s.Open)
}

// goTo opens the document on the desk, at the words of the proposal.
func (p *Page) goTo() {
	d, it := p.r.Shown()
	switch {
	case it != nil:
		p.OnDesk(d.ID, session.About(d, it).ID)
	case d != nil:
		p.OnDesk(d.ID, "")
	}
}
