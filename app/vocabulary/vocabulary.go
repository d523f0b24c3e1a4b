// Package vocabulary is the screen of tags and vocabularies: the tree of the archive's
// tags with what is said of the chosen one, to be described, renamed, moved, merged and
// deleted; and the lists of terms that the archive keeps.
//
// It may use the session, the vocabularies of package vocab, the plans of package bulk,
// the widgets and what they may use. It must never know another screen or the window, and
// never write to the archive but by the session.
package vocabulary

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
const Screen = "vocabulary"

// ofTags is the section of the tags; the others are lists, by their ids.
const ofTags = "tags"

// Page is the screen: what is shown and the filter above, the terms at the left, what is
// said of the chosen one at the right.
type Page struct {
	// OnLeave is told when the person wants to go back to work.
	OnLeave func()
	// OnDesk is told of a document to be opened on the desk.
	OnDesk func(doc archive.ID)
	// OnFile asks for a file to read, OnSave for the name of one to write; both hand its
	// path to done.
	OnFile, OnSave func(done func(path string))

	s  *session.Session
	on fyne.Canvas

	section string // ofTags, or the id of a list
	coming  string // list that is to be shown when it is there
	wanted  string // term that is to be chosen when it is there
	list    *session.ListIndex
	reading bool   // the list is being read
	problem string // why it cannot be
	gen     int

	bar     *widgets.ChoiceBar
	filter  *widgets.Entry
	says    *widgets.Note // what there is
	done    *widgets.Note // what came of the last act
	busy    *widgets.BusyBar
	rows    []row
	terms   *widgets.List
	nothing *widgets.EmptyState // in the place of the terms
	form    *form
	about   *about
	right   *fyne.Container // the form or the term, and a question in their place
	asking  asking          // nil: none
	content *fyne.Container
}

// asking is a question in the place of what is said of a term.
type asking interface {
	object() fyne.CanvasObject
	focus()
	leave() bool // false: it goes on
	submit()
}

// New makes the screen for a window's canvas and lets it follow the session.
func New(s *session.Session, on fyne.Canvas) *Page {
	p := &Page{s: s, on: on, section: ofTags, OnLeave: func() {}, OnDesk: func(archive.ID) {}, OnFile: func(func(string)) {}, OnSave: func(func(string)) {}}
	p.terms = widgets.NewList()
	p.terms.Covers = session.Covers
	p.terms.OnSelect = func(int) { p.showTerm() }
	p.terms.OnActivate = func(int) { p.describe() }
	p.terms.OnRune = func(r rune) { p.s.Commands.RunOn(Screen, r) }
	p.terms.OnKey = func(k *fyne.KeyEvent) bool {
		switch k.Name {
		case fyne.KeyDelete:
			p.s.Commands.Run("vocabulary.delete")
			return true
		case fyne.KeyRight:
			p.describe()
			return true
		}
		return p.escape(k)
	}
	p.nothing = widgets.NewEmptyState("", "", "", nil)
	p.nothing.OnKey = p.escape
	p.form, p.about = newForm(p), newAbout(p)
	p.right = container.NewStack(p.form.content, p.about.content)
	body := widgets.NewHSplit(container.NewStack(p.terms, p.nothing), p.right, 0.5)
	p.content = container.NewStack(canvas.NewRectangle(look.Current().Panel), widgets.Border(p.top(), nil, nil, nil, body))
	p.bind()
	s.On(p.hear)
	p.show()
	return p
}

// button is one that does a command of the screen.
func (p *Page) button(name string) *widgets.Button {
	c := p.s.Commands.Get("vocabulary." + name)
	b := widgets.NewButton("", func() { p.s.Commands.Run(c.ID) })
	b.SetLabels(i18n.T("vocabulary.do."+name), c.Keys())
	b.OnKey = p.escape
	return b
}

// top is what stands above everything: the title and the way back, which vocabulary is
// shown, the filter, what goes on.
func (p *Page) top() fyne.CanvasObject {
	head := session.PageHead(i18n.T("vocabulary.title"), func() { p.OnLeave() }, p.escape)
	p.bar = widgets.NewChoiceBar()
	p.bar.OnPick = p.open
	p.bar.OnKey = p.escape
	p.filter = widgets.NewEntry()
	p.filter.SetPlaceHolder(i18n.T("vocabulary.filter", "key", p.s.Commands.Get("vocabulary.find").Keys()))
	p.filter.OnType = func(string) { p.fill() }
	p.filter.OnKey = p.filterKey
	p.says, p.done = session.NewNote(3), session.NewNote(4)
	p.busy = p.s.BusyBar(session.StepsDone, session.PerSecond)
	p.busy.OnShown = func(bool) { widgets.Relay(p.content) }
	buttons := container.New(layout.NewCustomPaddedHBoxLayout(look.Near), p.button("new"), p.button("import"), p.button("export"))
	row := widgets.Border(nil, nil, nil, container.New(layout.NewCustomPaddedLayout(0, 0, look.Near, 0), buttons), p.filter)
	return container.New(layout.NewCustomPaddedVBoxLayout(0), head, widget.NewSeparator(),
		widgets.Inset(widgets.Stacked(p.bar, row, p.says, p.done, p.busy)), widget.NewSeparator())
}

// Content is what the window shows.
func (p *Page) Content() fyne.CanvasObject { return p.content }

// Show shows what is the case now.
func (p *Page) Show() { p.show() }

// Focus gives the keyboard to where work begins.
func (p *Page) Focus() {
	switch {
	case p.asking != nil:
		p.asking.focus()
	case len(p.rows) == 0 && p.nothing.Visible() && p.nothing.Focus():
	case len(p.rows) == 0:
		p.on.Focus(p.filter)
	default:
		p.on.Focus(p.terms)
	}
}

// NextPane moves the keyboard: terms, what is said of one, the filter, the sections.
func (p *Page) NextPane() {
	if p.asking != nil {
		p.Focus()
		return
	}
	order := []fyne.Focusable{p.terms, p.filter, p.bar}
	if p.section == ofTags && len(p.rows) > 0 {
		order = []fyne.Focusable{p.terms, p.form.scope, p.filter, p.bar}
	}
	if !widgets.FocusRound(p.on, order...) {
		p.Focus()
	}
}

// Section is nothing that this screen has; Open neither.
func (p *Page) Section() int { return 0 }

// Open is called when everything was made anew.
func (p *Page) Open(int) {}

// Submit answers the question that is asked; it says whether there is one.
func (p *Page) Submit() bool {
	if p.asking == nil {
		return false
	}
	p.asking.submit()
	return true
}

// Shown is the vocabulary that is shown, for the page that is made in the place of this
// one; Restore shows it there.
func (p *Page) Shown() string { return p.section }

// Restore is described at Shown.
func (p *Page) Restore(section string) { p.open(section) }

func (p *Page) hear(e session.Event) {
	switch e.(type) {
	case session.ArchiveChanged:
		p.dropAsking()
		p.section, p.list, p.problem = ofTags, nil, ""
		p.gen++
		p.reading = false
		p.filter.SetText("")
		p.done.SetText("", widgets.Plain)
		p.show()
	case session.SelfChanged, session.TagsChanged, session.PersonChanged:
		if p.visible() {
			p.show()
		}
	}
}

// visible says whether the person is looking at the screen.
func (p *Page) visible() bool { return p.s.Open() && p.content.Visible() }

func (p *Page) escape(k *fyne.KeyEvent) bool {
	if k.Name != fyne.KeyEscape {
		return false
	}
	switch {
	case p.asking != nil:
		p.leaveAsking()
	case p.on.Focused() != fyne.Focusable(p.terms) && len(p.rows) > 0:
		p.on.Focus(p.terms)
	default:
		p.OnLeave()
	}
	return true
}

// filterKey: Enter and Down go on to what was found.
func (p *Page) filterKey(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyDown:
		if len(p.rows) > 0 {
			p.on.Focus(p.terms)
		}
		return true
	case fyne.KeyEscape:
		if p.filter.Text != "" {
			p.filter.SetText("")
			p.fill()
			return true
		}
	}
	return p.escape(k)
}

// ask shows a question in the place of what is said of a term.
func (p *Page) ask(a asking) {
	p.dropAsking()
	p.asking = a
	p.right.Objects = append(p.right.Objects[:2], a.object())
	p.showRight()
	a.focus()
}

func (p *Page) dropAsking() {
	p.asking = nil
	p.right.Objects = p.right.Objects[:2]
}

// leaveAsking shows the term again.
func (p *Page) leaveAsking() {
	if p.asking != nil && !p.asking.leave() {
		return
	}
	p.dropAsking()
	p.show()
	p.Focus()
}

// showRight shows the form, the term or the question.
func (p *Page) showRight() {
	none := p.asking == nil && p.chosen() == nil
	p.form.content.Hidden = p.asking != nil || p.section != ofTags || none
	p.about.content.Hidden = p.asking != nil || p.section == ofTags || none
	widgets.Relay(p.right)
}

// may says whether the person may change anything.
func (p *Page) may() bool {
	rules := p.s.Rules()
	return p.s.Fixed() == "" && (rules == nil || rules.Role(p.s.Actor()) != archive.Reader)
}

// bind says what the commands of the screen do.
func (p *Page) bind() {
	c := p.s.Commands
	free := func() bool { return p.visible() && p.asking == nil }
	may := func() bool { return free() && p.may() }
	tag := func() bool { return may() && p.section == ofTags && p.chosen() != nil }
	c.Bind("vocabulary.find", func() { p.on.Focus(p.filter) }, free)
	c.Bind("vocabulary.other", p.askSection, free)
	c.Bind("vocabulary.export", p.export, free)
	c.Bind("vocabulary.new", p.askNew, may)
	c.Bind("vocabulary.import", p.chooseFile, may)
	c.Bind("vocabulary.describe", p.describe, tag)
	c.Bind("vocabulary.rename", func() { p.askRename("") }, tag)
	c.Bind("vocabulary.move", p.askMove, tag)
	c.Bind("vocabulary.merge", p.askMerge, tag)
	c.Bind("vocabulary.colourless", func() { p.form.set(&archive.Edit{Colour: new(int)}) }, tag)
	c.Bind("vocabulary.delete", p.askDelete, func() bool { return may() && (p.section != ofTags || p.chosen() != nil) })
}
