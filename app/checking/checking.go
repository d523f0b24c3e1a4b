// Package checking is the screen of the check report (四性检测): the checks by property at
// the left, each with its result, at the right what the chosen one has found; Enter opens
// the document on the desk at the field.
//
// It may use the session, the checks, the report's files, the widgets and what they may
// use. It must never know another screen or the window, and only reads the archive.
package checking

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

// Screen is the name of the screen, with which ids of its commands begin.
const Screen = "checks"

// The kinds of files that a report is saved as.
const (
	PageEnding = ".html"
	BookEnding = ".xlsx"
)

// What is checked.
const (
	everything = "all"
	theList    = "list"
)

// Page is the screen.
type Page struct {
	// OnLeave is told when the person wants to go back to work.
	OnLeave func()
	// OnDesk is told of a document to be opened on the desk, and of the field that it is
	// about, "" for none.
	OnDesk func(doc archive.ID, field string)
	// OnFile asks for a file with an ending to save to.
	OnFile func(ending string, done func(path string))

	s  *session.Session
	on fyne.Canvas

	state
	stop  func() // ends the checks that go on, or nil
	gen   int    // of the checks
	heads int    // of the question whether the archive has changed

	scopes   *widgets.ChoiceBar
	again    *widgets.Button
	page     *widgets.Button
	book     *widgets.Button
	says     *widgets.Note
	saved    *widgets.Note
	busy     *widgets.BusyBar
	checks   *widgets.List
	about    *widgets.Note // what the chosen check is
	result   *widgets.Note // and what came of it
	found    *widgets.List
	nothing  *widgets.EmptyState // in the place of the findings
	empty    *widgets.EmptyState // in the place of all
	body     *widgets.Split
	content  *fyne.Container
	findings []listed // those that the list shows
}

// New makes the screen for a window's canvas and lets it follow the session.
func New(s *session.Session, on fyne.Canvas) *Page {
	p := &Page{s: s, on: on, OnLeave: func() {}, OnDesk: func(archive.ID, string) {}, OnFile: func(string, func(string)) {}, state: state{scope: everything}}
	p.checks, p.found = p.newList(), p.newList()
	p.checks.OnSelect = func(int) { p.choose() }
	p.checks.OnActivate = func(int) { p.across(p.checks, 1) }
	p.found.OnActivate = func(int) { p.open() }
	p.nothing, p.empty = widgets.NewEmptyState("", "", "", nil), widgets.NewEmptyState("", "", "", nil)
	p.nothing.OnKey, p.empty.OnKey = p.escape, p.escape
	p.body = widgets.NewHSplit(p.checks, p.right(), 0.4)
	p.content = container.NewStack(canvas.NewRectangle(look.Current().Panel),
		widgets.Border(p.top(), nil, nil, nil, container.NewStack(p.body, p.empty)))
	p.bind()
	s.On(p.hear)
	p.show()
	return p
}

// newList is a list on which single keys are commands of the screen.
func (p *Page) newList() *widgets.List {
	return p.s.CommandList(Screen, p.across, p.escape)
}

// button is one for a command, with its key.
func (p *Page) button(id, label string) *widgets.Button {
	b := widgets.NewButton("", func() { p.s.Commands.Run(id) })
	b.SetLabels(label, p.s.Commands.Get(id).Keys())
	b.OnKey = p.escape
	return b
}

// top is what stands above everything: the title and the way back, what is checked, what
// came of it, and the files.
func (p *Page) top() fyne.CanvasObject {
	head := session.PageHead(i18n.T("checks.title"), func() { p.OnLeave() }, p.escape)
	p.says, p.saved = session.NewNote(4), session.NewNote(2)
	p.again = p.button("checks.again", i18n.T("checks.again"))
	p.page = p.button("checks.html", i18n.T("checks.save.page"))
	p.book = p.button("checks.xlsx", i18n.T("checks.save.book"))
	p.scopes = widgets.NewChoiceBar()
	p.scopes.OnKey = p.escape
	p.scopes.OnPick = p.pickScope
	p.busy = p.s.BusyBar(nil, session.PerSecond)
	p.busy.OnShown = func(bool) { widgets.Relay(p.content) }
	buttons := container.NewHBox(p.page, p.book, p.again)
	row := widgets.Border(nil, nil, nil, container.NewCenter(buttons), widgets.Stacked(p.scopes, p.says, p.saved))
	return container.New(layout.NewCustomPaddedVBoxLayout(0), head, widget.NewSeparator(), widgets.Inset(widgets.Stacked(row, p.busy)), widget.NewSeparator())
}

// right is the chosen check: what it is, what it has found.
func (p *Page) right() fyne.CanvasObject {
	p.about, p.result = session.NewNote(4), session.NewNote(5)
	return widgets.Border(widgets.Inset(widgets.Stacked(p.about, p.result)), nil, nil, nil, container.NewStack(p.found, p.nothing))
}

// Content is what the window shows.
func (p *Page) Content() fyne.CanvasObject { return p.content }

// Show shows what is known; nothing is checked before it is asked for, because it takes a
// while.
func (p *Page) Show() {
	p.show()
	p.askHeads()
}

// Focus gives the keyboard to the checks, or to what is to be done first.
func (p *Page) Focus() {
	switch {
	case p.report == nil && p.empty.Focus():
	case p.report == nil:
		p.on.Focus(p.scopes)
	default:
		p.on.Focus(p.checks)
	}
}

// NextPane moves the keyboard: checks, findings, what is checked, and around.
func (p *Page) NextPane() {
	if p.report == nil {
		if p.on.Focused() == fyne.Focusable(p.scopes) && p.empty.Focus() {
			return
		}
		p.on.Focus(p.scopes)
		return
	}
	order := []fyne.Focusable{p.checks, p.found, p.scopes}
	if len(p.findings) == 0 {
		order = []fyne.Focusable{p.checks, p.scopes}
	}
	if !widgets.FocusRound(p.on, order...) {
		p.Focus()
	}
}

// across moves the keyboard from one of the lists to the other.
func (p *Page) across(from *widgets.List, by int) {
	switch {
	case from == p.checks && by > 0 && len(p.findings) > 0:
		if p.found.Selected() < 0 {
			p.found.SetSelected(0)
		}
		p.on.Focus(p.found)
	case from == p.found && by < 0:
		p.on.Focus(p.checks)
	}
}

// Section is nothing that this screen has; Open neither.
func (p *Page) Section() int { return 0 }

// Open is called when everything was made anew.
func (p *Page) Open(int) {}

func (p *Page) hear(e session.Event) {
	switch e.(type) {
	case session.ArchiveChanged:
		p.halt() // nobody answers any more
		if p.s.Path() != p.of {
			p.state = state{scope: everything}
			p.saved.SetText("", widgets.Plain)
		}
		p.show()
	case session.SelfChanged, session.CountsChanged, session.DocumentChanged, session.ListChanged:
		if p.shown() {
			p.showScope()
			p.askHeads()
		}
	}
}

// shown says whether the person is looking at the screen.
func (p *Page) shown() bool { return p.s.Open() && p.content.Visible() }

func (p *Page) escape(k *fyne.KeyEvent) bool {
	if k.Name != fyne.KeyEscape {
		return false
	}
	if p.report != nil && p.on.Focused() != fyne.Focusable(p.checks) {
		p.on.Focus(p.checks)
		return true
	}
	p.OnLeave()
	return true
}

// bind says what the commands of the screen do.
func (p *Page) bind() {
	c := p.s.Commands
	there := func() bool { return p.shown() && p.report != nil }
	c.Bind("checks.next", func() { p.move(1) }, there)
	c.Bind("checks.previous", func() { p.move(-1) }, there)
	c.Bind("checks.desk", p.open, func() bool { return there() && p.finding() != nil })
	c.Bind("checks.html", func() { p.OnFile(PageEnding, p.savePage) }, there)
	c.Bind("checks.xlsx", func() { p.OnFile(BookEnding, p.saveBook) }, there)
	c.Bind("checks.again", p.look, func() bool { return p.shown() && p.stop == nil })
	c.Bind("checks.scope", func() {
		if p.scope == everything {
			p.pickScope(theList)
		} else {
			p.pickScope(everything)
		}
	}, func() bool { return p.shown() && p.stop == nil })
}
