// Package arranging is the screen of the arrangement (整理): the tree of fonds, series and
// files beside what lies in the chosen one. Units are made, described and moved, documents
// put into them one by one or by what is said of them, and given reference codes by rule.
//
// It may use the session, what arrange plans, the widgets and what they may use. It must
// never know another screen or the window, and never write to the archive but by the session.
package arranging

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
	"fonds/widgets/look"
)

// Screen is the name of the screen, with which ids of its commands begin.
const Screen = "arranging"

// Page is the screen: the tree at the left, what lies in the chosen unit at the right.
type Page struct {
	// OnLeave is told when the person wants to go back to work.
	OnLeave func()
	// OnDesk is told of a document to be opened on the desk.
	OnDesk func(doc archive.ID)
	// OnPrint is told of what a list is wanted: of a unit and all under it, by its id, or of
	// what a query finds; and what that is called.
	OnPrint func(unit, query, called string)

	s  *session.Session
	on fyne.Canvas

	// The tree, as far as it is open: rows of units; the last row is of what lies in none.
	rows   []*archive.Unit
	closed map[archive.ID]bool
	counts map[archive.ID]int
	wanted archive.ID // the unit to be chosen when it has come
	made   string     // the path of one that was made, likewise
	unit   archive.ID // the chosen one, "" for what lies in none
	gen    int        // of the counts

	items    []storage.Item
	itemsGen int
	asked    archive.ID // whose items these are
	rule     string     // of reference codes, the last one

	tree    *widgets.List
	list    *widgets.List
	head    *widgets.ListHead
	title   *widget.Label
	says    *widgets.Note // what is said of the chosen unit
	done    *widgets.Note // what came of the last thing that was done
	nothing *widgets.EmptyState
	empty   *widgets.EmptyState
	busy    *widgets.BusyBar
	stop    func() // ends what goes on, or nil
	writing bool
	work    int // of planning
	right   *fyne.Container
	over    panel // in the place of what lies in the unit
	body    *widgets.Split
	content *fyne.Container
}

// panel is what stands in the place of what lies in the unit: a form, or a question.
type panel interface {
	object() fyne.CanvasObject
	focus()
}

// New makes the screen for a window's canvas and lets it follow the session.
func New(s *session.Session, on fyne.Canvas) *Page {
	p := &Page{s: s, on: on, OnLeave: func() {}, OnDesk: func(archive.ID) {}, OnPrint: func(string, string, string) {}, closed: map[archive.ID]bool{}}
	p.tree, p.list = p.newList(), p.newList()
	p.tree.Columns = []widgets.Column{{Share: 1}, {Width: 70, Quiet: true}, {Width: 64, Quiet: true, Right: true}}
	p.tree.OnSelect = func(int) { p.choose() }
	p.tree.OnActivate = func(int) { p.across(p.tree, 1) }
	p.list.Multi = true
	p.list.Columns = []widgets.Column{{Title: i18n.T("arranging.column.code"), Share: 3}, {Title: i18n.T("arranging.column.title"), Share: 5},
		{Title: i18n.T("arranging.column.date"), Share: 2, Quiet: true}, {Title: i18n.T("arranging.column.unit"), Share: 2, Quiet: true}}
	p.list.OnActivate = func(int) { p.desk() }
	p.list.SetDrag(p.drag)
	p.head = widgets.NewListHead(p.list)
	p.empty, p.nothing = widgets.NewEmptyState("", "", "", nil), widgets.NewEmptyState("", "", "", nil)
	p.empty.OnKey, p.nothing.OnKey = p.escape, p.escape
	p.body = widgets.NewHSplit(p.treeSide(), p.unitSide(), 0.36)
	p.content = container.NewStack(canvas.NewRectangle(look.Current().Panel),
		widgets.Border(p.top(), nil, nil, nil, container.NewStack(p.body, p.empty)))
	p.bind()
	s.On(p.hear)
	p.show()
	return p
}

// newList is a list on which single keys are commands of the screen.
func (p *Page) newList() *widgets.List {
	l := widgets.NewList()
	l.Covers = session.Covers
	l.OnRune = func(r rune) { p.s.Commands.RunOn(Screen, r) }
	l.OnKey = func(k *fyne.KeyEvent) bool {
		switch k.Name {
		case fyne.KeyRight:
			if l == p.tree && p.fold(false) {
				return true
			}
			p.across(l, 1)
		case fyne.KeyLeft:
			if l == p.tree {
				return p.fold(true)
			}
			p.across(l, -1)
		case fyne.KeyInsert:
			p.s.Commands.Run("arranging.new")
		case fyne.KeyDelete:
			p.s.Commands.Run("arranging.remove")
		default:
			return p.escape(k)
		}
		return true
	}
	return l
}

// key is the key of a command in words.
func (p *Page) key(id string) string { return p.s.Commands.Get(id).Keys() }

// button is one that does a command.
func (p *Page) button(id, label string) *widgets.Button {
	b := widgets.NewButton(i18n.T(label), func() { p.s.Commands.Run(id) })
	b.SetLabels(i18n.T(label), p.key(id))
	b.OnKey = p.escape
	return b
}

func (p *Page) top() fyne.CanvasObject {
	head := session.PageHead(i18n.T("arranging.title"), func() { p.OnLeave() }, p.escape)
	p.busy = p.s.BusyBar(session.StepsDone, session.PerSecond)
	p.busy.OnShown = func(bool) { widgets.Relay(p.content) }
	return container.New(layout.NewCustomPaddedVBoxLayout(0), head, widget.NewSeparator(),
		container.New(layout.NewCustomPaddedLayout(0, 0, look.Apart, look.Apart), p.busy))
}

func (p *Page) treeSide() fyne.CanvasObject {
	p.done = session.NewNote(6)
	hint := session.NewNote(4)
	hint.SetText(i18n.T("arranging.hint.tree", "describe", p.key("arranging.describe"), "move", p.key("arranging.move"), "up", p.key("arranging.up"), "down", p.key("arranging.down"), "print", p.key("arranging.print")), widgets.Plain)
	buttons := container.New(layout.NewCustomPaddedHBoxLayout(look.Near), p.button("arranging.new", i18n.K("arranging.do.new")), p.button("arranging.by", i18n.K("arranging.do.by")),
		p.button("arranging.codes", i18n.K("arranging.do.codes")))
	return widgets.Border(widgets.Inset(widgets.Stacked(widgets.Heading(i18n.T("arranging.units")), hint)), widgets.Inset(widgets.Stacked(p.done, buttons)), nil, nil, p.tree)
}

func (p *Page) unitSide() fyne.CanvasObject {
	p.title, p.says = widgets.NewTitle(""), session.NewNote(8)
	p.title.Truncation = fyne.TextTruncateEllipsis
	p.right = container.NewStack(widgets.Border(container.New(layout.NewCustomPaddedVBoxLayout(0), container.New(layout.NewCustomPaddedLayout(0, 0, look.Near, look.Near), p.title), container.New(layout.NewCustomPaddedLayout(0, look.Near, look.Apart, look.Apart), p.says)), nil, nil, nil,
		container.NewStack(widgets.Border(p.head, nil, nil, nil, p.list), p.nothing)))
	return p.right
}

// Content is what the window shows.
func (p *Page) Content() fyne.CanvasObject { return p.content }

// Show reads anew: the archive may have changed.
func (p *Page) Show() {
	p.show()
	p.count()
}

// Hide says, where the page is left while something is written, that it goes on.
func (p *Page) Hide() {
	if p.writing {
		p.s.Say(i18n.T("arranging.still"))
	}
}

// Focus gives the keyboard to the tree, or to what is asked.
func (p *Page) Focus() {
	switch {
	case p.over != nil:
		p.over.focus()
	case p.empty.Visible():
		p.empty.Focus()
	default:
		p.on.Focus(p.tree)
	}
}

// NextPane moves the keyboard between the tree and what lies in the unit.
func (p *Page) NextPane() {
	if p.over != nil || len(p.items) == 0 || !widgets.FocusRound(p.on, p.tree, p.list) {
		p.Focus()
	}
}

func (p *Page) across(from *widgets.List, by int) {
	switch {
	case p.over != nil:
	case from == p.tree && by > 0 && p.list.Count() > 0:
		p.on.Focus(p.list)
	case from == p.list && by < 0:
		p.on.Focus(p.tree)
	}
}

// Section is nothing that this screen has; Open neither.
func (p *Page) Section() int { return 0 }

// Open is called when everything was made anew.
func (p *Page) Open(int) {}

// Submit is the key for what is to be done; it says whether the page has a use for it.
func (p *Page) Submit() bool {
	switch o := p.over.(type) {
	case *form:
		o.save()
	case *question:
		o.apply()
	default:
		return false
	}
	return true
}

func (p *Page) hear(e session.Event) {
	switch e.(type) {
	case session.ArchiveChanged:
		p.halt()
		if p.writing { // nobody answers any more
			p.writing = false
			p.busy.Finish()
		}
		p.closed, p.counts, p.items, p.unit, p.asked, p.wanted = map[archive.ID]bool{}, nil, nil, "", "", ""
		p.made = ""
		p.list.SetCount(0, p.item)
		p.done.SetText("", widgets.Plain)
		p.dropPanel()
		p.show()
	case session.SelfChanged, session.PersonChanged, session.CountsChanged, session.DocumentChanged, session.ListChanged:
		if p.shown() {
			p.show()
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
	case p.over != nil:
		p.leavePanel()
	case p.on.Focused() == fyne.Focusable(p.list):
		if p.list.Picked().Count() > 0 {
			return false // it lets go of what is picked
		}
		p.on.Focus(p.tree)
	case p.on.Focused() != fyne.Focusable(p.tree) && !p.empty.Visible():
		p.on.Focus(p.tree)
	default:
		p.OnLeave()
	}
	return true
}

// openPanel shows a form or a question in the place of what lies in the unit.
func (p *Page) openPanel(o panel) {
	p.dropPanel()
	p.over = o
	p.right.Objects[0].Hide()
	p.right.Objects = append(p.right.Objects[:1], o.object())
	widgets.Relay(p.right)
	p.show()
	if p.shown() {
		o.focus()
	}
}

func (p *Page) dropPanel() {
	if p.over == nil {
		return
	}
	p.over = nil
	p.right.Objects = p.right.Objects[:1]
	p.right.Objects[0].Show()
	widgets.Relay(p.right)
}

// leavePanel shows what lies in the unit again.
func (p *Page) leavePanel() {
	if p.writing {
		return
	}
	p.dropPanel()
	p.show()
	p.Focus()
}

// halt ends what is being planned.
func (p *Page) halt() {
	p.work++
	if p.stop != nil && !p.writing {
		p.stop()
		p.stop = nil
		p.busy.Finish()
	}
}

// mayChange says whether something can be changed now, and says why not.
func (p *Page) mayChange() bool {
	if why := p.s.Fixed(); why != "" {
		p.s.Say(why)
		return false
	}
	return !p.writing
}

// bind says what the commands of the screen do.
func (p *Page) bind() {
	c := p.s.Commands
	free := func() bool { return p.shown() && p.over == nil && !p.writing }
	for id, do := range map[string]func(){
		"arranging.new": p.newUnit, "arranging.describe": p.describe, "arranging.move": p.move, "arranging.remove": p.remove,
		"arranging.up": func() { p.shift(-1) }, "arranging.down": func() { p.shift(1) },
		"arranging.by": p.askOrder, "arranging.codes": p.askRule, "arranging.desk": p.desk, "arranging.list": p.inLibrary, "arranging.print": p.print,
	} {
		c.Bind(id, do, free)
	}
}
