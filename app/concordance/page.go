// Package concordance is the screen that lists every place of words in an archive, one
// line each with what stands before and behind: sorted by a neighbour, looked at in its
// paragraph, marked and corrected together, opened on the desk.
//
// It may use the session, the concordance, the widgets and what they may use. It must
// never know another screen or the window, and never write to the archive but by the
// session.
package concordance

import (
	"slices"
	"strings"
	"unicode/utf8"

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
const Screen = "concordance"

// Page is the screen: the words and where to look above, a line for each place, the
// paragraph of the chosen one below.
type Page struct {
	// OnLeave is told when the person wants to go back to work.
	OnLeave func()
	// OnDesk is told of a place that is to be opened on the desk: [start,end) of the
	// reading text of a document, code points.
	OnDesk func(doc archive.ID, start, end int)

	s  *session.Session
	at fyne.Canvas

	state
	gen     int    // of the search
	stop    func() // ends the search or the writing that goes on, or nil
	writing bool   // it is no search
	quiet   bool   // the search takes the place of what is listed when it is over
	then    func() // to do when that is listed
	sorter  sorter
	moved   bool // the person has chosen a line since the lines are new
	saving  bool // something of this session is on its way to the file
	own     bool // the change that is looked for is this session's
	checks  int

	words   *widgets.Entry
	again   *widgets.Button
	acts    [2]*widgets.Button // that mark and correct
	options [optionCount]*widgets.Options
	order   *widgets.ChoiceBar
	says    *widgets.Note
	busy    *widgets.BusyBar
	list    *widgets.List
	head    *widgets.ListHead
	about   *widgets.Note // which line is chosen, or why it was refused
	pane    pane
	empty   *widgets.EmptyState
	box     *widgets.SmallBox
	over    *fyne.Container // for the box
	body    *widgets.Split
	content *fyne.Container
}

// New makes the screen for a window's canvas and lets it follow the session.
func New(s *session.Session, on fyne.Canvas) *Page {
	p := &Page{s: s, at: on, OnLeave: func() {}, OnDesk: func(archive.ID, int, int) {}}
	p.list = widgets.NewList()
	p.list.Covers, p.list.Multi = session.Covers, true
	p.list.OnSelect = func(int) { p.choose() }
	p.list.OnPick = func(widgets.RowSet) { p.moved = true; p.tell() }
	p.list.OnActivate = func(int) { p.open() }
	p.list.OnRune = func(r rune) { p.rune(r) }
	p.list.OnKey = p.listKey
	p.list.Columns = columns(0)
	p.head = widgets.NewListHead(p.list)
	p.about = session.NewNote(2)
	p.pane.text = p.s.TextView()
	p.pane.text.OnRune = p.rune
	p.pane.text.OnKey = func(k *fyne.KeyEvent) bool {
		if k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter {
			p.open()
			return true
		}
		return p.escape(k)
	}
	p.empty = widgets.NewEmptyState("", "", "", nil)
	p.empty.OnKey = p.escape
	p.box = widgets.NewSmallBox()
	p.box.Covers = session.Covers
	p.over = container.NewWithoutLayout()
	below := widgets.Border(container.New(layout.NewCustomPaddedLayout(look.Near, look.Tight, look.Apart, look.Apart), p.about), nil, nil, nil, p.pane.text)
	p.body = widgets.NewVSplit(widgets.Border(p.head, nil, nil, nil, p.list), below, 0.7)
	p.content = container.NewStack(canvas.NewRectangle(look.Current().Panel),
		widgets.Border(p.top(), nil, nil, nil, container.NewStack(p.body, p.empty, p.over)))
	p.saving = s.Status().Saving > 0
	p.fresh()
	p.bind()
	s.On(p.hear)
	p.show()
	return p
}

// key is the key of a command in words.
func (p *Page) key(id string) string { return p.s.Commands.Get(id).Keys() }

// top is what stands above everything: the title and the way back, the words, where and
// how they are looked for, what came of it and in which order.
func (p *Page) top() fyne.CanvasObject {
	head := session.PageHead(i18n.T("concordance.title"), func() { p.OnLeave() }, p.escape)
	p.words = widgets.NewEntry()
	p.words.SetPlaceHolder(i18n.T("concordance.prompt"))
	p.words.OnKey = p.wordsKey
	p.again = widgets.NewButton(i18n.T("concordance.do"), func() { p.ask(); p.Focus() })
	p.again.SetLabels(i18n.T("concordance.do"), "Enter")
	p.again.OnKey = p.escape
	choices := container.NewGridWithColumns(int(optionCount))
	for i := range p.options {
		o := widgets.NewOptions(true)
		o.Covers, o.OnKey = session.Covers, p.escape
		o.OnPick = func(string, bool) { p.turn(option(i)) }
		p.options[i] = o
		choices.Add(o)
	}
	p.order = widgets.NewChoiceBar()
	p.order.OnKey = p.escape
	p.order.OnPick = func(id string) { p.sort(orders[slices.Index(orderIDs, id)]) }
	both := container.New(layout.NewCustomPaddedHBoxLayout(look.Near))
	for i, id := range []string{"concordance.mark", "concordance.correct"} {
		b := widgets.NewSmallButton("", func() {
			p.at.Focus(p.list) // where the keyboard is to be afterwards
			p.s.Commands.Run(id)
		})
		b.SetLabels([]string{i18n.T("concordance.marks.do"), i18n.T("concordance.corrects.do")}[i], p.key(id))
		b.OnKey = p.escape
		p.acts[i] = b
		both.Add(b)
	}
	p.says = session.NewNote(3)
	p.busy = p.s.BusyBar(session.StepsDone, session.PerSecond)
	p.busy.OnShown = func(bool) { widgets.Relay(p.content) }
	row := widgets.Border(nil, nil, nil, p.again, p.words)
	return container.New(layout.NewCustomPaddedVBoxLayout(0), head, widget.NewSeparator(),
		widgets.Inset(
			container.New(layout.NewCustomPaddedVBoxLayout(look.Tight), row, choices, widgets.Border(nil, nil, nil, container.NewCenter(both), p.order), p.says, p.busy)), widget.NewSeparator())
}

// Content is what the window shows.
func (p *Page) Content() fyne.CanvasObject { return p.content }

// Show takes the words that are selected in the text, else those that the list was
// searched for since, and lists their places; else what was there before, looked for
// anew where the archive has changed meanwhile.
func (p *Page) Show() {
	if p.of != p.s.Path() {
		p.fresh()
	}
	search := p.s.Query().Search
	words, listed := seedOf(p.s.SelectedWords()), ""
	for _, w := range session.SearchWords(search) {
		if listed = seedOf(w); listed != "" {
			break
		}
	}
	if words == "" && listed != p.seed { // else they were taken already, and others since
		words = listed
	}
	p.seed = listed
	narrowed := p.on[within] && search != p.search
	if search == "" {
		p.on[within] = false
	}
	if words != "" && words != p.sought || narrowed && p.sought != "" {
		if words != "" {
			p.words.SetText(words)
		}
		p.look(false, nil)
	} else {
		p.check(true)
	}
	p.show()
}

// seedMost is how many code points words have that are taken over, to be looked for.
const seedMost = 100

// seedOf is what is looked for where words are selected; "" where they are no such.
func seedOf(words string) string {
	words = strings.TrimSpace(words)
	if strings.Contains(words, "\n") || utf8.RuneCountInString(words) > seedMost {
		return ""
	}
	return words
}

// Focus gives the keyboard to the lines, where some are there or to come, else to the
// words.
func (p *Page) Focus() {
	switch {
	case p.box.IsOpen():
		p.box.Tapped(nil)
	case len(p.rows) == 0 && p.stop == nil:
		p.focusWords()
	default:
		p.at.Focus(p.list)
	}
}

// focusWords gives the keyboard to the words, to be typed over.
func (p *Page) focusWords() {
	p.at.Focus(p.words)
	p.words.TypedShortcut(&fyne.ShortcutSelectAll{})
}

// NextPane moves the keyboard: words, lines, text, and around.
func (p *Page) NextPane() {
	if p.box.IsOpen() {
		return
	}
	order := []fyne.Focusable{p.words, p.list, p.pane.text}
	if len(p.rows) == 0 {
		p.focusWords()
		return
	}
	if !widgets.FocusRound(p.at, order...) {
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
		p.pane.reading, p.pane.stale = false, false
		p.box.Close()
		if p.of != p.s.Path() {
			p.fresh()
		}
		p.show()
	case session.StatusChanged:
		saving := p.s.Status().Saving > 0
		done := p.saving && !saving
		p.saving = saving
		if done && p.shown() {
			p.check(true)
		}
	case session.SelfChanged, session.CountsChanged, session.ListChanged, session.DocumentChanged:
		if p.shown() && !p.saving {
			p.check(false)
		}
	case session.KeysChanged:
		p.show()
	}
}

// shown says whether the person is looking at the screen.
func (p *Page) shown() bool { return p.s.Open() && p.content.Visible() }

// rune does the command of a single key.
func (p *Page) rune(r rune) bool { return p.s.Commands.RunOn(Screen, r) }

// wordsKey: Enter looks for the words, Down goes to the lines.
func (p *Page) wordsKey(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		p.ask()
		p.Focus()
	case fyne.KeyDown:
		if len(p.rows) == 0 {
			return false
		}
		p.at.Focus(p.list)
	default:
		return p.escape(k)
	}
	return true
}

// listKey: Escape picks none, where lines are picked.
func (p *Page) listKey(k *fyne.KeyEvent) bool {
	if k.Name == fyne.KeyEscape && len(p.list.Picked()) > 0 {
		return false
	}
	return p.escape(k)
}

func (p *Page) escape(k *fyne.KeyEvent) bool {
	if k.Name != fyne.KeyEscape {
		return false
	}
	if len(p.rows) > 0 && p.at.Focused() != fyne.Focusable(p.list) {
		p.at.Focus(p.list)
		return true
	}
	p.OnLeave()
	return true
}

// bind says what the commands of the screen do.
func (p *Page) bind() {
	c := p.s.Commands
	free := func() bool { return p.shown() && !p.writing && !p.box.IsOpen() }
	lines := func() bool { return free() && len(p.rows) > 0 }
	for id, do := range map[string]func(){
		"concordance.next": func() { p.move(1) }, "concordance.previous": func() { p.move(-1) },
		"concordance.mark": p.mark, "concordance.correct": p.correct, "concordance.desk": p.open,
	} {
		c.Bind(id, do, lines)
	}
	c.Bind("concordance.words", p.focusWords, free)
	c.Bind("concordance.exact", func() { p.turn(exact) }, free)
	c.Bind("concordance.aside", func() { p.turn(aside) }, free)
	c.Bind("concordance.within", func() { p.turn(within) }, free)
	for i, by := range orders {
		c.Bind("concordance."+orderIDs[i], func() { p.sort(by) }, free)
	}
	c.Bind("concordance.again", p.listAgain, func() bool { return free() && p.sought != "" })
}

// open opens the chosen place on the desk.
func (p *Page) open() {
	if l := p.chosen(); l != nil {
		p.OnDesk(l.Doc, l.Start, l.End)
	}
}
