// Package clustering is the screen of values that are nearly the same: the field and the
// method, the groups of its values, and what becomes of the chosen one. A person confirms
// each group; what is confirmed is merged as one step to undo.
//
// It may use the session, the groups of cluster and what merging them would change, the
// widgets and what they may use. It must never know another screen or the window, and
// never write to the archive but by the session.
package clustering

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"fonds/app/cluster"
	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
	"fonds/widgets/look"
)

// Screen is the name of the screen, with which ids of its commands begin.
const Screen = "clustering"

// Page is the screen: field and method at the left, the groups beside them, the chosen one
// at the right.
type Page struct {
	// OnLeave is told when the person wants to go back to work.
	OnLeave func()
	// OnDesk is told of a document to be opened on the desk.
	OnDesk func(doc archive.ID)

	s  *session.Session
	on fyne.Canvas

	state
	stop    func() // ends what goes on, or nil
	writing bool   // it is writing that goes on
	gen     int    // of the counting and planning
	again   bool   // what is being counted has changed meanwhile
	after   int    // how many values there were after what done tells of; -1: not known yet

	field         *widgets.Button
	about, chosen *widgets.Note // how many values there are, and how many groups are confirmed
	done          *widgets.Note // what came of the last merge
	do            *widgets.Button
	busy          *widgets.BusyBar
	methods       *widgets.Options
	hint          *widgets.Note // what keys do in the list
	list          *widgets.List
	nothing       *widgets.EmptyState // in the place of the list

	from    *widgets.Note // where what all become comes from
	into    *widgets.Entry
	intoOf  string // group that it is about
	values  *widgets.List
	docsOf  *widgets.Note // of which value the documents are
	docs    *widgets.List
	found   []storage.Summary // the first ones that have the value
	docsGen int
	right   *fyne.Container // the group, and the question in its place
	asking  *asking
	empty   *widgets.EmptyState
	body    *widgets.Split
	content *fyne.Container
}

// New makes the screen for a window's canvas and lets it follow the session.
func New(s *session.Session, on fyne.Canvas) *Page {
	p := &Page{s: s, on: on, OnLeave: func() {}, OnDesk: func(archive.ID) {}, after: -1}
	p.list, p.values, p.docs = p.newList(), p.newList(), p.newList()
	p.list.OnSelect = func(int) { p.choose() }
	p.list.OnActivate = func(int) { p.ask() }
	p.list.OnSpace = p.confirm
	p.values.OnSelect = func(int) { p.readDocs() }
	p.values.OnActivate = func(int) { p.ask() }
	p.values.OnSpace = p.tick
	p.docs.OnActivate = func(int) { p.open() }
	p.empty, p.nothing = widgets.NewEmptyState("", "", "", nil), widgets.NewEmptyState("", "", "", nil)
	p.empty.OnKey, p.nothing.OnKey = p.escape, p.escape
	middle := widgets.NewHSplit(p.groupList(), p.groupSide(), 0.52)
	p.body = widgets.NewHSplit(p.choices(), middle, 0.24)
	p.content = container.NewStack(canvas.NewRectangle(look.Current().Panel),
		widgets.Border(p.top(), nil, nil, nil, container.NewStack(p.body, p.empty)))
	p.fresh()
	p.bind()
	s.On(p.hear)
	p.show()
	return p
}

// newList is a list on which single keys are commands of the screen.
func (p *Page) newList() *widgets.List {
	return p.s.CommandList(Screen, p.across, p.escape)
}

// key is the key of a command in words.
func (p *Page) key(id string) string { return p.s.Commands.Get(id).Keys() }

// top is what stands above everything: the title and the way back, what goes on.
func (p *Page) top() fyne.CanvasObject {
	head := session.PageHead(i18n.T("clustering.title"), func() { p.OnLeave() }, p.escape)
	p.busy = p.s.BusyBar(session.StepsDone, session.PerSecond)
	p.busy.OnShown = func(bool) { widgets.Relay(p.content) }
	return container.New(layout.NewCustomPaddedVBoxLayout(0), head, widget.NewSeparator(),
		container.New(layout.NewCustomPaddedLayout(0, 0, look.Apart, look.Apart), p.busy))
}

// choices are the field and the method, what came of the last merge, what is confirmed.
func (p *Page) choices() fyne.CanvasObject {
	p.field = widgets.NewButton("", p.askField)
	p.field.OnKey = p.escape
	p.about, p.chosen, p.done = session.NewNote(3), session.NewNote(3), session.NewNote(8)
	p.methods = widgets.NewOptions(false)
	p.methods.Covers, p.methods.OnKey = session.Covers, p.escape
	p.methods.OnPick = func(id string, _ bool) { p.pickMethod(cluster.Method(id)) }
	scroll := container.NewVScroll(p.methods)
	p.methods.RevealIn(scroll)
	p.do = widgets.NewPrimaryButton("", p.ask)
	p.do.OnKey = p.escape
	return widgets.Border(widgets.Inset(widgets.Stacked(widgets.Heading(i18n.T("clustering.field")), p.field, p.about, widgets.Heading(i18n.T("clustering.method")))),
		widgets.Inset(widgets.Stacked(p.done, p.chosen, p.do)), nil, nil, container.New(layout.NewCustomPaddedLayout(0, 0, look.Near, look.Near), scroll))
}

func (p *Page) groupList() fyne.CanvasObject {
	p.hint = session.NewNote(3)
	p.hint.SetText(i18n.T("clustering.hint.list", "leave", p.key("clustering.leave")), widgets.Plain)
	return widgets.Border(widgets.Inset(widgets.Stacked(widgets.Heading(i18n.T("clustering.groups")), p.hint)), nil, nil, nil, container.NewStack(p.list, p.nothing))
}

// groupSide is the chosen group: what all of it becomes, its values, documents of one.
func (p *Page) groupSide() fyne.CanvasObject {
	p.from, p.docsOf = session.NewNote(2), session.NewNote(2)
	p.into = widgets.NewEntry()
	p.into.SetPlaceHolder(i18n.T("clustering.into.prompt"))
	p.into.OnCommit = p.typed
	p.into.OnCancel = func() { p.on.Focus(p.values) }
	p.into.OnKey = func(k *fyne.KeyEvent) bool {
		if k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter {
			p.on.Focus(p.values)
			return true
		}
		return false
	}
	keys := session.NewNote(3)
	keys.SetText(i18n.T("clustering.hint.values", "become", p.key("clustering.become"), "type", p.key("clustering.type")), widgets.Plain)
	of := widgets.Border(widgets.Inset(p.docsOf), nil, nil, nil, p.docs)
	both := widgets.NewVSplit(p.values, of, 0.5)
	p.right = container.NewStack(widgets.Border(widgets.Inset(widgets.Stacked(widgets.Heading(i18n.T("clustering.becomes")), p.into, p.from, keys)), nil, nil, nil, both))
	return p.right
}

// Content is what the window shows.
func (p *Page) Content() fyne.CanvasObject { return p.content }

// Show counts anew: the archive may have changed.
func (p *Page) Show() {
	p.count()
	p.show()
}

// Hide says, where the page is left while values are being merged, that it goes on.
func (p *Page) Hide() {
	if p.writing {
		p.s.Say(i18n.T("clustering.still"))
	}
}

// Focus gives the keyboard to the groups, or to what is to be done first.
func (p *Page) Focus() {
	switch {
	case p.asking != nil:
		p.asking.focus()
	case p.empty.Visible():
		p.empty.Focus()
	case len(p.groups()) == 0 && p.nothing.Focus():
	case len(p.groups()) == 0:
		p.on.Focus(p.methods)
	default:
		p.on.Focus(p.list)
	}
}

// NextPane moves the keyboard: groups, values, documents, methods, and around.
func (p *Page) NextPane() {
	if p.asking != nil || len(p.groups()) == 0 {
		p.Focus()
		return
	}
	order := []fyne.Focusable{p.list, p.values, p.docs, p.methods}
	if !widgets.FocusRound(p.on, order...) {
		p.Focus()
	}
}

// across moves the keyboard from one of the lists to the one beside it.
func (p *Page) across(from *widgets.List, by int) {
	order := []*widgets.List{p.list, p.values, p.docs}
	for i, l := range order {
		if l == from && i+by >= 0 && i+by < len(order) && order[i+by].Count() > 0 && p.asking == nil {
			p.on.Focus(order[i+by])
		}
	}
}

// Section is nothing that this screen has; Open neither.
func (p *Page) Section() int { return 0 }

// Open is called when everything was made anew.
func (p *Page) Open(int) {}

// Submit merges what is confirmed; it says whether the page has a use for that key.
func (p *Page) Submit() bool {
	p.s.Commands.Run("clustering.merge")
	return true
}

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
		if p.shown() {
			p.count()
		}
	}
}

// shown says whether the person is looking at the screen.
func (p *Page) shown() bool { return p.s.Open() && p.content.Visible() }

func (p *Page) escape(k *fyne.KeyEvent) bool {
	if k.Name != fyne.KeyEscape {
		return false
	}
	switch {
	case p.asking != nil:
		p.leaveAsking()
	case len(p.groups()) > 0 && p.on.Focused() != fyne.Focusable(p.list):
		p.on.Focus(p.list)
	default:
		p.OnLeave()
	}
	return true
}

// bind says what the commands of the screen do.
func (p *Page) bind() {
	c := p.s.Commands
	free := func() bool { return p.shown() && p.asking == nil && !p.writing }
	group := func() bool { return free() && p.group() != nil }
	for id, do := range map[string]func(){
		"clustering.next": func() { p.move(1) }, "clustering.previous": func() { p.move(-1) },
		"clustering.confirm": p.confirm, "clustering.leave": p.leave, "clustering.tick": p.tick, "clustering.become": p.become,
		"clustering.type": p.askInto, "clustering.desk": p.open,
	} {
		c.Bind(id, do, group)
	}
	c.Bind("clustering.field", p.askField, free)
	c.Bind("clustering.merge", p.ask, free)
}
