// Package cataloguing is the screen on which a catalogue of documents is brought in: the
// file, which of its columns go into which fields, what a row finds its document by, and
// field by field what taking it would change, before it is taken as one step.
//
// It may use the session, the catalogue, the widgets and what they may use. It must never
// know another screen or the window, and never write to the archive but by the session.
package cataloguing

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"fonds/app/catalogue"
	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage/archive"
	"fonds/widgets"
	"fonds/widgets/look"
)

// Screen is the name of the screen, with which ids of its commands begin.
const Screen = "catalogue"

// Page is the screen: the file above, its columns at the left, what would change beside
// them, with the chosen change in full below.
type Page struct {
	// OnLeave is told when the person wants to go back to work.
	OnLeave func()
	// OnDesk is told of a document to be opened on the desk.
	OnDesk func(doc archive.ID)
	// OnFile asks for a file, and hands it to done.
	OnFile func(done func(path string))

	s  *session.Session
	on fyne.Canvas

	state
	stop    func() // ends the reading or writing that goes on, or nil
	writing bool   // it is writing that goes on
	gen     int    // of the reading
	again   bool   // what was compared has changed meanwhile
	after   int    // how many changes were left after what done tells of; -1: not known yet

	says, found *widgets.Note // what was read, and what there is to know about it
	done        *widgets.Note // what came of the last taking, or why it cannot be
	choose, by  *widgets.Button
	how, do     *widgets.Button
	busy        *widgets.BusyBar
	columns     *widgets.List
	filter      *widgets.ChoiceBar
	hint        *widgets.Note // what keys do in the list
	list        *widgets.List
	rows        []row
	detail      *widgets.DiffView
	about       *widgets.Note // whose change it is that is shown in full
	empty       *widgets.EmptyState
	nothing     *widgets.EmptyState // in the place of the list
	body        *widgets.Split
	content     *fyne.Container
}

// New makes the screen for a window's canvas and lets it follow the session.
func New(s *session.Session, on fyne.Canvas) *Page {
	p := &Page{s: s, on: on, OnLeave: func() {}, OnDesk: func(archive.ID) {}, OnFile: func(func(string)) {}}
	p.columns, p.list = p.newList(p.openColumn), p.newList(func(int) { p.open() })
	p.list.OnSelect = func(int) { p.showDetail() }
	p.filter = widgets.NewChoiceBar()
	p.filter.OnKey = p.escape
	p.filter.OnPick = func(id string) {
		p.shows = id
		p.list.SetSelected(-1)
		p.showList(p.count())
	}
	p.detail, p.about = widgets.NewDiffView(), session.NewNote(2)
	p.detail.Covers = session.Covers
	p.empty, p.nothing = widgets.NewEmptyState("", "", "", nil), widgets.NewEmptyState("", "", "", nil)
	p.empty.OnKey, p.nothing.OnKey = p.escape, p.escape
	foot := container.New(layout.NewCustomPaddedVBoxLayout(0), widget.NewSeparator(),
		widgets.Inset(container.New(layout.NewCustomPaddedVBoxLayout(look.Tight), p.about, p.detail)))
	keys := session.NewNote(3)
	p.hint = session.NewNote(2)
	keys.SetText(i18n.T("catalogue.hint.columns", "split", p.key("catalogue.split"), "beside", p.key("catalogue.beside")), widgets.Plain)
	tight := layout.NewCustomPaddedVBoxLayout(look.Tight)
	left := widgets.Border(widgets.Inset(container.New(tight, widgets.Heading(i18n.T("catalogue.columns")), keys)), nil, nil, nil, p.columns)
	right := widgets.Border(widgets.Inset(container.New(tight, p.filter, p.hint)), foot, nil, nil, container.NewStack(p.list, p.nothing))
	p.body = widgets.NewHSplit(left, right, 0.32)
	p.content = container.NewStack(canvas.NewRectangle(look.Current().Panel),
		widgets.Border(p.top(), nil, nil, nil, container.NewStack(p.body, p.empty)))
	p.fresh()
	p.bind()
	s.On(p.hear)
	p.show()
	return p
}

// newList is a list on which single keys are commands of the screen.
func (p *Page) newList(activate func(i int)) *widgets.List {
	l := widgets.NewList()
	l.Covers = session.Covers
	l.OnActivate = activate
	l.OnRune = p.rune
	l.OnKey = p.escape
	return l
}

func (p *Page) button(do func()) *widgets.Button {
	b := widgets.NewButton("", do)
	b.OnKey = p.escape
	return b
}

// key is the key of a command in words.
func (p *Page) key(id string) string { return p.s.Commands.Get(id).Keys() }

// top is what stands above everything: the title and the way back, the file, what its
// rows are matched by, the button that takes it.
func (p *Page) top() fyne.CanvasObject {
	head := session.PageHead(i18n.T("catalogue.title"), func() { p.OnLeave() }, p.escape)
	p.says, p.found, p.done = session.NewNote(2), session.NewNote(4), session.NewNote(4)
	p.choose, p.by, p.how = p.button(p.askFile), p.button(p.askMatch), p.button(p.askReading)
	p.choose.SetLabels(i18n.T("catalogue.choose"), p.key("catalogue.choose"))
	p.do = widgets.NewPrimaryButton("", p.Take)
	p.do.OnKey = p.escape
	p.busy = p.s.BusyBar(session.StepsDone, session.PerSecond)
	p.busy.OnShown = func(bool) { widgets.Relay(p.content) }
	near := layout.NewCustomPaddedHBoxLayout(look.Near)
	file := widgets.Border(nil, nil, nil, container.New(near, p.how, p.choose), widgets.Middle(p.says))
	row := widgets.Border(nil, nil, container.New(near, p.by), container.New(near, p.do), nil)
	return container.New(layout.NewCustomPaddedVBoxLayout(0), head, widget.NewSeparator(),
		widgets.Inset(widgets.Stacked(file, p.found, row, p.busy, p.done)), widget.NewSeparator())
}

// Content is what the window shows.
func (p *Page) Content() fyne.CanvasObject { return p.content }

// Show compares anew: the archive may have changed.
func (p *Page) Show() {
	p.compare()
	p.show()
}

// Focus gives the keyboard to what is to be done first.
func (p *Page) Focus() {
	switch {
	case p.table == nil:
		p.on.Focus(p.choose)
	case p.survey == nil || p.plan.Match.Column < 0:
		p.on.Focus(p.columns)
	default:
		p.on.Focus(p.list)
	}
}

// NextPane moves the keyboard: columns, filter, list, and around.
func (p *Page) NextPane() {
	if p.table == nil {
		p.Focus()
		return
	}
	order := []fyne.Focusable{p.columns, p.filter, p.list}
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
		if p.writing { // nobody answers any more
			p.writing, p.stop = false, nil
			p.busy.Finish()
		}
		p.halt()
		if p.s.Path() != p.of {
			p.fresh()
		}
		p.show()
	case session.SelfChanged, session.PersonChanged, session.CountsChanged, session.DocumentChanged, session.ListChanged:
		if p.shown() && p.table != nil {
			p.compare()
		}
	}
}

// shown says whether the person is looking at the screen.
func (p *Page) shown() bool { return p.s.Open() && p.content.Visible() }

// rune does the command of a single key; Space leaves a change out.
func (p *Page) rune(r rune) {
	if r == ' ' || r == '\u3000' { // the latter is the space of an input method
		p.leaveOut()
		return
	}
	p.s.Commands.RunOn(Screen, r)
}

func (p *Page) escape(k *fyne.KeyEvent) bool {
	if k.Name != fyne.KeyEscape {
		return false
	}
	if p.table != nil && p.on.Focused() != fyne.Focusable(p.list) && len(p.rows) > 0 {
		p.on.Focus(p.list)
		return true
	}
	p.OnLeave()
	return true
}

// bind says what the commands of the screen do.
func (p *Page) bind() {
	c := p.s.Commands
	ready := func() bool { return p.shown() && p.table != nil && !p.writing }
	c.Bind("catalogue.choose", p.askFile, func() bool { return p.shown() && !p.writing })
	c.Bind("catalogue.take", p.Take, ready)
	c.Bind("catalogue.match", p.askMatch, ready)
	c.Bind("catalogue.reading", p.askReading, ready)
	c.Bind("catalogue.split", func() { p.turn(turnSplit) }, ready)
	c.Bind("catalogue.beside", func() { p.turn(turnBeside) }, ready)
	c.Bind("catalogue.out", p.leaveOut, ready)
	c.Bind("catalogue.desk", p.open, ready)
}

// Kept is what a person has chosen on the page, for the next one that is made: in other
// colours, in another language.
type Kept struct {
	state
	row     int
	said    string
	looking bool
}

// Kept gives it and ends what goes on, but a taking; Restore takes it over.
func (p *Page) Kept() Kept {
	k := Kept{p.state, p.list.Selected(), p.done.Text(), p.stop != nil}
	p.halt()
	return k
}

// Restore is described at Kept.
func (p *Page) Restore(k Kept) {
	if k.of != p.s.Path() || k.of == "" {
		return
	}
	p.fresh()
	p.state = k.state
	p.done.SetText(k.said, widgets.Plain)
	p.show()
	if k.row >= 0 && k.row < len(p.rows) {
		p.list.SetSelected(k.row)
		p.showDetail()
	}
	if k.looking {
		p.compare()
	}
}

// state is what stays when the page is made anew.
type state struct {
	of      string // archive
	path    string // of the file
	table   *catalogue.Table
	plan    catalogue.Plan
	survey  *catalogue.Survey
	problem string // why the file that was chosen last was not read, in words
	shows   string // filter
	out     map[changeKey]bool
	refused map[changeKey]error
}

// changeKey names a change whatever is compared anew.
type changeKey struct {
	doc   archive.ID
	field string
}

// fresh knows of no catalogue.
func (p *Page) fresh() {
	p.rows = nil
	p.list.SetCount(0, p.line) // its rows are of what is forgotten
	p.columns.SetCount(0, p.column)
	p.state = state{of: p.s.Path(), shows: filterChanges, out: map[changeKey]bool{}, refused: map[changeKey]error{}}
}
