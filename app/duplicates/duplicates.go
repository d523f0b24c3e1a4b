// Package duplicates is the screen of documents that are nearly the same: groups of
// them, two at a time side by side with what differs, and what can be done about it:
// copy the fields and tags of one to another, take one out of view.
//
// It may use the session, the search for doubles, the widgets and what they may use.
// It must never know another screen or the window, and never write to the archive but
// by the session.
package duplicates

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
const Screen = "duplicates"

// Page is the screen: what was looked for above, the groups at the left, two documents
// of the chosen one beside each other.
type Page struct {
	// OnLeave is told when the person wants to go back to work.
	OnLeave func()
	// OnDesk is told of a document to be opened on the desk.
	OnDesk func(doc archive.ID)

	s  *session.Session
	on fyne.Canvas

	found          // what was found, and by what
	stop    func() // ends the search that goes on, or nil
	gen     int    // of the search
	least   *widgets.ChoiceBar
	again   *widgets.Button
	says    *widgets.Note
	busy    *widgets.BusyBar
	list    *widgets.List
	empty   *widgets.EmptyState
	sides   [2]*side
	between *widgets.Note // how the two differ
	pair    *pair         // nil: none is shown
	reading bool
	stale   bool // the pair is to be read again
	at      int  // difference that was shown last, -1 for none
	copying *copying
	right   *fyne.Container // the pair, and copying in its place
	body    fyne.CanvasObject
	content *fyne.Container
}

// New makes the screen for a window's canvas and lets it follow the session.
func New(s *session.Session, on fyne.Canvas) *Page {
	p := &Page{s: s, on: on, OnLeave: func() {}, OnDesk: func(archive.ID) {}, found: found{least: leasts[1]}, at: -1}
	p.list = widgets.NewList()
	p.list.Covers = session.Covers
	p.list.OnSelect = func(i int) { p.choose(i) }
	p.list.OnActivate = func(int) { p.open(0) }
	p.list.OnRune = func(r rune) { p.rune(r) }
	p.list.OnKey = p.listKey
	p.sides = [2]*side{newSide(p, 0), newSide(p, 1)}
	p.between = session.NewNote(3)
	p.empty = widgets.NewEmptyState("", "", "", nil)
	p.empty.OnKey = p.escape
	line := container.New(layout.NewCustomPaddedLayout(0, look.Near, look.Apart, look.Apart), p.between)
	both := container.New(twoSides{}, p.sides[0].head, p.sides[1].head, line, widget.NewSeparator(), p.sides[0].text, p.sides[1].text, widget.NewSeparator())
	p.right = container.NewStack(both)
	p.body = widgets.NewHSplit(p.list, p.right, 0.26)
	p.content = container.NewStack(canvas.NewRectangle(look.Current().Panel),
		widgets.Border(p.top(), nil, nil, nil, container.NewStack(p.body, p.empty)))
	p.bind()
	s.On(p.hear)
	p.show()
	return p
}

// top is what stands above everything: the title and the way back, how like each other
// documents have to be, what came of it.
func (p *Page) top() fyne.CanvasObject {
	head := session.PageHead(i18n.T("duplicates.title"), func() { p.OnLeave() }, p.escape)
	p.says = session.NewNote(3)
	p.again = widgets.NewButton("", p.look)
	p.again.SetLabels(i18n.T("duplicates.again"), p.s.Commands.Get("duplicates.again").Keys())
	p.again.OnKey = p.escape
	p.least = widgets.NewChoiceBar()
	p.least.OnKey = p.escape
	p.least.OnPick = p.pickLeast
	p.busy = p.s.BusyBar(nil, session.PerSecond)
	p.busy.OnShown = func(bool) { widgets.Relay(p.content) }
	row := widgets.Border(nil, nil, nil, container.NewCenter(p.again), container.New(layout.NewCustomPaddedVBoxLayout(look.Tight), p.least, p.says))
	return container.New(layout.NewCustomPaddedVBoxLayout(0), head, widget.NewSeparator(),
		widgets.Inset(widgets.Stacked(row, p.busy)), widget.NewSeparator())
}

// Content is what the window shows.
func (p *Page) Content() fyne.CanvasObject { return p.content }

// Show shows what was found, and looks where nothing was yet.
func (p *Page) Show() {
	if !p.known || p.of != p.s.Path() {
		p.look()
		return
	}
	p.show()
	p.readPair()
}

// Focus gives the keyboard to the groups, or to what is to be done first.
func (p *Page) Focus() {
	switch {
	case p.copying != nil:
		p.on.Focus(p.copying.options)
	case len(p.groups) == 0 && p.empty.Focus():
	case len(p.groups) == 0:
		p.on.Focus(p.least)
	default:
		p.on.Focus(p.list)
	}
}

// NextPane moves the keyboard: groups, left text, right text, likeness, and around.
func (p *Page) NextPane() {
	order := []fyne.Focusable{p.list, p.sides[0].text, p.sides[1].text, p.least}
	if p.copying != nil || len(p.groups) == 0 {
		p.Focus()
		return
	}
	if !widgets.FocusRound(p.on, order...) {
		p.Focus()
	}
}

// Section is nothing that this screen has; Open neither.
func (p *Page) Section() int { return 0 }

// Open is called when everything was made anew.
func (p *Page) Open(int) {}

func (p *Page) hear(e session.Event) {
	switch e.(type) {
	case session.ArchiveChanged:
		p.reading, p.stale = false, false // nobody answers any more
		if p.s.Path() != p.of {
			p.halt()
			p.leaveCopy()
			p.found = found{least: p.found.least}
			p.show()
		}
	case session.SelfChanged, session.PersonChanged, session.CountsChanged, session.ListChanged, session.DocumentChanged:
		if p.shown() && p.pair != nil {
			p.readPair()
		}
	}
}

// shown says whether the person is looking at the screen.
func (p *Page) shown() bool { return p.s.Open() && p.content.Visible() }

// rune does the command of a single key.
func (p *Page) rune(r rune) bool {
	return p.s.Commands.RunOn(Screen, r)
}

// listKey takes the keys that go through the documents of a group.
func (p *Page) listKey(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyRight:
		p.other(1)
	case fyne.KeyLeft:
		p.other(-1)
	default:
		return p.escape(k)
	}
	return true
}

func (p *Page) escape(k *fyne.KeyEvent) bool {
	if k.Name != fyne.KeyEscape {
		return false
	}
	if len(p.groups) > 0 && p.on.Focused() != fyne.Focusable(p.list) {
		p.on.Focus(p.list)
		return true
	}
	p.OnLeave()
	return true
}

// bind says what the commands of the screen do.
func (p *Page) bind() {
	c := p.s.Commands
	two := func() bool { return p.pair != nil && p.copying == nil && p.shown() }
	for id, do := range map[string]func(){
		"duplicates.next": func() { p.move(1) }, "duplicates.previous": func() { p.move(-1) },
		"duplicates.other": func() { p.other(1) }, "duplicates.swap": p.swap,
		"duplicates.difference": func() { p.jump(1) }, "duplicates.differenceback": func() { p.jump(-1) },
		"duplicates.left": func() { p.open(0) }, "duplicates.right": func() { p.open(1) },
		"duplicates.copy": func() { p.openCopy(0) }, "duplicates.copyback": func() { p.openCopy(1) },
		"duplicates.remove": func() { p.remove(1) }, "duplicates.removeleft": func() { p.remove(0) },
	} {
		c.Bind(id, do, two)
	}
	c.Bind("duplicates.again", p.look, func() bool { return p.shown() && p.stop == nil })
}

// open opens one of the two on the desk.
func (p *Page) open(i int) {
	if p.pair != nil {
		p.OnDesk(p.pair.docs[i].ID)
	}
}
