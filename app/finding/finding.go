// Package finding is the screen of the whole archive as a table: the search, what the
// documents can be counted and narrowed by, the columns that a person chose, in any
// order, with a preview or charts beside them; and the place from which many are changed
// at once.
//
// It may use the session, the entry of the search, the plans of bulk changes, the widgets
// and what they may use. It must never know another screen or the window, and never
// write to the archive but by the session.
package finding

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"fonds/app/i18n"
	"fonds/app/searching"
	"fonds/app/session"
	"fonds/storage"
	"fonds/widgets"
	"fonds/widgets/look"
)

// Screen is the name of the screen, with which ids of its commands begin.
const Screen = "finding"

// Page is the screen.
type Page struct {
	// OnLeave is told when the person wants to go back to work.
	OnLeave func()
	// OnDesk is told when the document that is shown is to be opened on the desk.
	OnDesk func()
	// OnWords is told that words are to be looked at wherever they stand in the list.
	OnWords func()
	// OnTable is told of other columns or another order.
	OnTable func(t Table)

	s  *session.Session
	on fyne.Canvas

	box     *searching.Box
	facets  *facets
	table   *widgets.List
	head    *widgets.ListHead
	columns []storage.Column
	says    *widgets.Note
	empty   *widget.Label
	side    *side
	change  *change // what is to be changed, in the place of the side; nil: nothing
	right   *fyne.Container
	content *fyne.Container

	sought  string // title that is looked for
	unfound bool   // and that no document has
}

// New makes the screen for a window's canvas and lets it follow the session.
func New(s *session.Session, on fyne.Canvas, t Table) *Page {
	p := &Page{s: s, on: on, OnLeave: func() {}, OnDesk: func() {}, OnWords: func() {}, OnTable: func(Table) {}}
	p.box = searching.New(s)
	p.box.OnEscape = func() { p.OnLeave() }
	p.box.OnRows = func(first bool) {
		p.on.Focus(p.table)
		if first || s.RowOfDocument() < 0 {
			s.OpenRow(0)
		}
	}
	p.facets = newFacets(p)
	p.newTable(t)
	p.side = newSide(p)
	p.right = container.NewStack(p.side.content)
	p.empty = widget.NewLabel("")
	p.empty.Wrapping, p.empty.Importance = fyne.TextWrapBreak, widget.LowImportance
	middle := widgets.Border(container.New(layout.NewCustomPaddedVBoxLayout(0), container.New(layout.NewCustomPaddedLayout(look.Near, look.Near, look.Near, look.Near), p.says), p.head),
		nil, nil, nil, container.NewStack(p.table, p.empty))
	p.content = container.NewStack(canvas.NewRectangle(look.Current().Panel),
		widgets.Border(p.top(), nil, nil, nil, widgets.NewHSplit(p.facets.list, widgets.NewHSplit(middle, p.right, 0.64), 0.2)))
	p.box.OnResize = func() { widgets.Relay(p.content) }
	p.bind()
	s.On(p.hear)
	p.show()
	return p
}

// top is the title with the way back, and the search.
func (p *Page) top() fyne.CanvasObject {
	leave := widgets.NewButton(i18n.T("owner.back"), func() { p.OnLeave() })
	many := widgets.NewButton("", p.ask)
	many.SetLabels(i18n.T("finding.change"), p.s.Commands.Get("finding.change").Keys())
	for _, b := range []*widgets.Button{leave, many} {
		b.OnKey = p.escape
	}
	head := widgets.NewPageHead(i18n.T("finding.title"), many, leave)
	return container.New(layout.NewCustomPaddedVBoxLayout(0), head, widget.NewSeparator(),
		container.New(layout.NewCustomPaddedLayout(look.Near, look.Near, look.Near, look.Near), p.box.Content), widget.NewSeparator())
}

// Content is what the window shows.
func (p *Page) Content() fyne.CanvasObject { return p.content }

// Show shows what is the case now.
func (p *Page) Show() {
	p.show()
	p.facets.count()
	p.side.show()
	p.s.PrepareOrder(nil)
}

// Focus gives the keyboard to where work begins: the search where nothing is asked for,
// else the rows.
func (p *Page) Focus() {
	switch {
	case p.change != nil:
		p.change.focus()
	case p.s.Query().Search == "" || p.s.Rows() == 0:
		p.on.Focus(p.box.Entry)
	default:
		p.on.Focus(p.table)
	}
}

// NextPane moves the keyboard: search, what it is counted by, rows, what is beside them.
func (p *Page) NextPane() {
	order := []fyne.Focusable{p.box.Entry, p.facets.list, p.table}
	if p.change != nil {
		order = append(order, p.change.first())
	} else {
		order = append(order, p.side.first())
	}
	if !widgets.FocusRound(p.on, order...) {
		p.on.Focus(order[0])
	}
}

// Section is which of the things beside the rows is shown, and Open shows it.
func (p *Page) Section() int { return p.side.section }

// Open is called when everything was made anew.
func (p *Page) Open(section int) { p.side.turn(section) }

// Hide is called when another screen is shown.
func (p *Page) Hide() { p.leaveChange() }

func (p *Page) hear(e session.Event) {
	switch e := e.(type) {
	case session.ArchiveChanged:
		p.leaveChange()
		p.facets.forget()
		p.show()
	case session.ListChanged:
		p.showRows()
		p.table.SetPicked(p.s.SelectedRows())
		if e.Reset && p.shown() {
			p.table.EnsureVisible(max(p.s.RowOfDocument(), 0))
			p.facets.count()
			p.side.show()
		}
	case session.RowsChanged:
		p.table.RefreshRows()
	case session.RowChanged:
		p.table.RefreshRow(e.Row)
	case session.SelectionChanged:
		p.table.SetPicked(p.s.SelectedRows())
		p.say()
	case session.CountsChanged:
		p.say()
		if p.shown() {
			p.facets.countAgain()
		}
		if c := p.change; c != nil && !c.writing && len(c.why) == 0 { // somebody may have changed what is planned
			c.soon()
		}
	case session.RowChosen:
		p.chosen()
	case session.DocumentOpened, session.DocumentChanged:
		p.chosen()
		if p.shown() {
			p.side.showDocument()
		}
	case session.SelfChanged:
		p.show()
	}
}

// shown says whether the person is looking at the screen.
func (p *Page) shown() bool { return p.s.Open() && p.content.Visible() }

func (p *Page) chosen() {
	at := p.s.RowOfDocument()
	p.table.SetSelected(at)
	p.table.EnsureVisible(at)
}

// say says above the table how much there is, in which order, and what is selected.
func (p *Page) say() {
	words := []string{i18n.N("status.documents", p.s.Rows())}
	if !p.s.ListRead() {
		words[0] = i18n.T("finding.reading")
	}
	if o := p.s.Order(); o != (storage.Order{}) {
		column := p.s.ColumnWords(o.By)
		if o.By == storage.ByImport {
			column = i18n.T("finding.sort.import")
		}
		words = append(words, i18n.T("finding.by", "column", column+sign(o)))
	}
	if f := p.s.Query().Filter; f != session.All {
		words = append(words, i18n.T("finding.only", "filter", session.FilterWords(f)))
	}
	selected := p.s.Selected()
	if n := selected.Count(); n > 0 {
		words = append(words, i18n.N("library.selected", n), i18n.T("finding.pickmore"))
	}
	switch {
	case p.table.Seeking() && p.unfound:
		words = []string{i18n.T("library.notitle", "words", p.sought)}
	case p.table.Seeking():
		words = []string{i18n.T("library.title", "words", p.sought)}
	}
	p.says.SetText(strings.Join(words, " · "), widgets.Plain)
}

func (p *Page) escape(k *fyne.KeyEvent) bool {
	if k.Name != fyne.KeyEscape {
		return false
	}
	if p.on.Focused() != fyne.Focusable(p.table) && p.s.Rows() > 0 {
		p.on.Focus(p.table)
		return true
	}
	p.OnLeave()
	return true
}

// bind says what the commands of the screen do.
func (p *Page) bind() {
	c := p.s.Commands
	for id, do := range map[string]func(){
		"finding.sort": p.askSort, "finding.reverse": p.reverse, "finding.columns": p.askColumns,
		"finding.facets": func() { p.on.Focus(p.facets.list) }, "finding.search": func() { p.on.Focus(p.box.Entry) },
		"finding.beside": func() { p.side.turn(1 - p.side.section) }, "finding.exact": p.box.Exactly,
		"finding.clear": func() { p.box.Set("") }, "finding.change": p.ask,
	} {
		c.Bind(id, do, p.shown)
	}
}

// rune does the command of a single key.
func (p *Page) rune(r rune) bool {
	if r >= '1' && r <= '9' {
		n := int(r - '0')
		if p.s.SelectedRows().Count() > 1 {
			p.s.TagSelected(n)
		} else if p.s.Document() != nil {
			p.s.WhenLoaded(func() { p.s.ToggleKey(n) })
		}
		return true
	}
	return p.s.Commands.RunOn(Screen, r)
}
