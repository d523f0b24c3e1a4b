// Package library is the screen at the left of the window: the search, the
// filters with their counts, and the list of documents. Choosing a row opens
// the document.
//
// It may use the session, the widgets and what they may use. It must never know
// another screen or the window, and never ask the archive for anything by
// itself: rows and counts are the session's.
package library

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"fonds/app/i18n"
	"fonds/app/searching"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
	"fonds/widgets/look"
)

// mostName is how much of the name of a work package stands above the list, a Han
// character counting two.
const mostName = 18

// cut leaves the beginning of a name where it is longer than mostName.
func cut(name string) string {
	n := 0
	for i, r := range name {
		n++
		if r >= 0x1100 {
			n++
		}
		if n > mostName {
			return name[:i] + "…"
		}
	}
	return name
}

// Library is the screen.
type Library struct {
	// Hidden says whether a page that shows the same list stands in its place; nil is
	// never.
	Hidden func() bool

	s       *session.Session
	on      fyne.Canvas
	search  *searching.Box
	counter *session.FacetCounter
	filters *filterRows
	list    *widgets.List
	empty   *widget.Label
	content fyne.CanvasObject

	pack    *widgets.Button
	packBox *fyne.Container // the work package that the list is narrowed to; pressed, it is not any more
	foot    *foot
	box     *nameBox // that is asked for a name, or nil
	sought  string   // title that is looked for
	unfound bool     // and that no document has
}

// New makes the screen for a window's canvas and lets it follow the session.
func New(s *session.Session, on fyne.Canvas) *Library {
	l := &Library{s: s, on: on, counter: s.NewFacetCounter()}
	l.search = searching.New(s)
	l.search.OnResize = func() {
		if l.content != nil {
			l.content.Refresh()
		}
	}
	l.search.OnRows = func(first bool) {
		l.Focus()
		if first || s.RowOfDocument() < 0 {
			s.OpenRow(0)
		}
	}
	l.filters = newFilterRows(on, l.pickRow)
	l.list = widgets.NewList()
	l.list.Covers = session.Covers
	l.list.OnSelect = func(i int) { s.OpenRow(i) }
	l.list.OnActivate = func(int) { s.Commands.Run("pane.text") }
	l.list.OnMenu = l.menu
	l.list.Multi = true
	l.list.OnPick = s.Select
	l.list.OnSeek = l.seek
	l.list.OnKey = func(k *fyne.KeyEvent) bool { return k.Name == fyne.KeyEscape && s.StopOpening() }
	l.list.OnRune = func(r rune) {
		if r == '、' || r == '／' { // the same key with an input method on
			r = '/'
		}
		c := s.Commands.ByRune(r)
		if c == nil {
			return
		}
		// The keys of tags are for all that are selected; other commands are about
		// the document that is shown.
		if n, err := strconv.Atoi(strings.TrimPrefix(c.ID, "tag.")); err == nil && s.SelectedRows().Count() > 1 && s.Commands.Enabled(c) {
			s.TagSelected(n)
			return
		}
		s.Commands.Run(c.ID)
	}
	l.empty = widget.NewLabel("")
	l.empty.Wrapping = fyne.TextWrapBreak
	l.empty.Importance = widget.LowImportance

	l.foot = newFoot(func() { l.s.Select(nil); l.Focus() })
	l.pack = widgets.NewButton("", func() {
		q := l.s.Query()
		q.Package = ""
		l.s.SetQuery(q)
		l.Focus()
	})
	l.packBox = container.New(layout.NewCustomPaddedLayout(0, 0, look.Near, look.Near), l.pack)
	l.packBox.Hide()
	head := container.New(layout.NewCustomPaddedVBoxLayout(look.Near),
		container.New(layout.NewCustomPaddedLayout(0, 0, look.Near, look.Near), l.search.Content),
		l.packBox, l.filters, widget.NewSeparator())
	l.content = container.New(&pane{l.filters}, head, container.NewStack(l.list, l.empty), l.foot.content)
	l.filters.onFold = func() { l.content.Refresh() }

	s.Commands.Bind("search", l.FocusSearch, s.Open)
	s.Commands.Bind("search.narrow", l.narrow, s.Open)
	s.Commands.Bind("search.exact", l.search.Exactly, s.Open)
	l.bindSaved()
	s.Commands.Bind("list.find", func() { l.Focus(); l.list.BeginSeek() }, func() bool { return s.Rows() > 0 })
	s.On(l.hear)
	l.showList()
	l.showSaved()
	l.showCounts()
	return l
}

// Content is what the window shows.
func (l *Library) Content() fyne.CanvasObject { return l.content }

// Focus gives the keyboard to the list.
func (l *Library) Focus() { l.on.Focus(l.list) }

// Focused says whether the list, the filters or the search has the keyboard.
func (l *Library) Focused() bool {
	return l.Part() > 0
}

// Part is what has the keyboard: 1 the list, 2 the filters, 3 the search; 0 none
// of them.
func (l *Library) Part() int { return slices.Index(l.parts(), l.on.Focused()) + 1 }

// FocusPart gives the keyboard to a part, and reports whether there is one.
func (l *Library) FocusPart(n int) bool {
	if n < 1 {
		return false
	}
	l.on.Focus(l.parts()[n-1])
	return true
}

func (l *Library) parts() []fyne.Focusable {
	return []fyne.Focusable{l.list, l.filters, l.search.Entry}
}

// FocusSearch gives the keyboard to the search.
func (l *Library) FocusSearch() { l.on.Focus(l.search.Entry) }

func (l *Library) hear(e session.Event) {
	switch e := e.(type) {
	case session.ArchiveChanged:
		l.showList()
		l.showSaved()
		l.showCounts()
	case session.ListChanged:
		l.showList()
		l.list.SetPicked(l.s.SelectedRows())
		if e.Reset {
			l.list.EnsureVisible(max(l.s.RowOfDocument(), 0))
		}
	case session.RowsChanged:
		l.list.RefreshRows()
	case session.RowChanged:
		l.list.RefreshRow(e.Row)
	case session.SelectionChanged:
		l.list.SetPicked(l.s.SelectedRows())
		l.showFoot()
	case session.CountsChanged:
		l.showCounts()
	case session.SavedChanged:
		l.showSaved()
	case session.RowChosen, session.DocumentOpened:
		l.showChosen()
	}
}

func (l *Library) showList() {
	l.list.SetCount(l.s.Rows(), l.row)
	l.list.SetSelected(l.s.RowOfDocument())
	l.chooseRow()
	l.showPackage()
	words := ""
	switch q := l.s.Query(); {
	case l.s.Rows() > 0 || !l.s.ListRead():
	case strings.TrimSpace(q.Search) != "":
		words = i18n.T("library.nomatch")
	case q.Package != "":
		words = i18n.T("library.nopackage")
	case q.Filter != session.All:
		words = i18n.T("library.nofilter")
	default:
		words = i18n.T("library.empty")
	}
	l.empty.SetText(words)
	l.empty.Hidden = words == ""
	l.empty.Refresh()
}

// showPackage says to which work package the list is narrowed.
func (l *Library) showPackage() {
	id := l.s.Query().Package
	if hide := id == ""; hide != l.packBox.Hidden {
		l.packBox.Hidden = hide
		l.content.Refresh()
	}
	if id != "" {
		l.pack.SetLabel(i18n.T("library.package", "name", cut(session.OneLine(l.s.PackageName(id)))))
	}
}

func (l *Library) showChosen() {
	at := l.s.RowOfDocument()
	l.list.SetSelected(at)
	l.list.EnsureVisible(at)
}

func (l *Library) showCounts() {
	for _, f := range session.Filters() {
		n, ok := l.s.Count(f)
		l.filters.count(f, n, ok)
	}
	if alone := !l.s.Shared(); alone != l.filters.alone {
		l.filters.alone = alone
		l.content.Refresh()
	}
	l.filters.Refresh()
}

// row is what the list shows of a document.
func (l *Library) row(i int) widgets.Row {
	d := l.s.Row(i)
	if d.ID == "" {
		return widgets.Row{}
	}
	sub := []string{session.Signed(d.Status)}
	if d.Date != "" {
		sub = append(sub, d.Date)
	}
	if d.Name != d.Title {
		sub = append(sub, d.Name)
	}
	if d.Belongs != "" {
		sub = slices.Insert(sub, 1, session.BelongingWords(d.Belongs))
	}
	if d.Parts > 0 {
		sub = slices.Insert(sub, 1, i18n.N("library.parts", d.Parts))
	}
	if words := l.assigned(&d); words != "" {
		sub = slices.Insert(sub, 1, words)
	}
	if words := l.s.Snippet(d); words != "" {
		sub = []string{words}
	}
	r := widgets.Row{Title: d.Title, Sub: strings.Join(sub, " · "), Known: true}
	if d.Proposals > 0 {
		r.Badge = i18n.N("library.proposals", d.Proposals)
	}
	return r
}

// assigned says whose a document is, by their present name, and by when; "" where it
// is nobody's.
func (l *Library) assigned(d *storage.Summary) string {
	who := l.s.Rules().Now(d.Assignee)
	switch {
	case d.Assignee == "":
		return ""
	case d.Due == "":
		return who
	case d.Due < l.s.Now().Format(time.DateOnly) && d.Status != archive.Approved:
		return i18n.T("library.overdue", "who", who, "day", d.Due)
	}
	return i18n.T("library.due", "who", who, "day", d.Due)
}
