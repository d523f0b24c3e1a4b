package publish

import (
	"encoding/json"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"fonds/app/export"
	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage/archive"
	"fonds/widgets"
	"fonds/widgets/look"
)

// editions is the section of the sets that were published.
type editions struct {
	p       *Page
	items   []archive.EditionBody // the latest first
	by      []*archive.Item
	list    *widgets.List
	about   *widgets.Note
	again   *widgets.Button
	none    *widgets.EmptyState
	content fyne.CanvasObject
}

func newEditions(p *Page) *editions {
	s := &editions{p: p, about: p.Quiet("")}
	s.list = widgets.NewList()
	s.list.Covers = session.Covers
	s.list.OnKey = p.Key
	s.list.OnSelect = func(int) { s.tell() }
	s.list.OnActivate = func(int) { s.write() }
	s.again = p.Button(i18n.T("publish.again"), s.write)
	s.none = widgets.NewEmptyState(i18n.T("publish.editions.none"), i18n.T("publish.editions.none.means"), "", nil)
	foot := widgets.Pad(container.New(layout.NewCustomPaddedVBoxLayout(look.Near), s.about, container.NewHBox(s.again)), look.Apart)
	top := container.New(layout.NewCustomPaddedLayout(look.Near, 0, 0, 0), s.list)
	s.content = container.NewStack(widgets.Border(nil, foot, nil, nil, top), s.none)
	return s
}

// Name is part of widgets.Section, as all that follow.
func (s *editions) Name() (string, string) {
	n := 0
	if self := s.p.s.Self(); self != nil {
		n = len(self.Of(archive.AnEdition))
	}
	return i18n.T("publish.editions"), i18n.N("publish.editions.line", n)
}

// Content is what is shown.
func (s *editions) Content() fyne.CanvasObject { return s.content }

// Focus gives the keyboard to the list.
func (s *editions) Focus() {
	if len(s.items) == 0 {
		s.p.Focus()
		return
	}
	s.p.on.Focus(s.list)
}

// Show shows the editions there are.
func (s *editions) Show() {
	s.items, s.by = nil, nil
	self := s.p.s.Self()
	if self == nil {
		self = &archive.Document{}
	}
	for _, it := range self.Of(archive.AnEdition) {
		if b, err := it.Edition(); err == nil {
			s.items, s.by = append(s.items, b), append(s.by, it)
		}
	}
	slices.Reverse(s.items)
	slices.Reverse(s.by)
	s.list.SetCount(len(s.items), s.row)
	empty := len(s.items) == 0
	s.none.Hidden, s.list.Hidden, s.again.Hidden = !empty, empty, empty
	if s.list.Selected() < 0 && !empty {
		s.list.SetSelected(0)
	}
	s.tell()
	s.content.Refresh()
	s.p.Nav.RefreshRow(len(s.p.sections) - 1) // how many there are
}

func (s *editions) row(i int) widgets.Row {
	b := &s.items[i]
	title := i18n.T("publish.edition", "n", b.Number)
	if b.Title != "" {
		title += " · " + session.OneLine(b.Title)
	}
	return widgets.Row{Title: title, Known: true,
		Sub: session.OneLine(i18n.T("publish.edition.sub", "when", i18n.Moment(s.by[i].At.Time().Local()), "who", s.by[i].By, "docs", i18n.N("status.documents", b.Counts["documents"])))}
}

// tell says what the chosen edition is.
func (s *editions) tell() {
	at := s.list.Selected()
	if at < 0 || at >= len(s.items) {
		s.about.SetText("", widgets.Plain)
		return
	}
	b := &s.items[at]
	var c export.Choice
	if json.Unmarshal(b.Choice, &c) != nil {
		c = export.Choice{}
	}
	formats := make([]string, len(c.Formats))
	for i, f := range c.Formats {
		formats[i] = formatWords(f)
	}
	s.about.SetText(i18n.T("publish.edition.about", "formats", i18n.List(formats), "hash", b.Hash, "version", b.Program), widgets.Plain)
}

// write writes the chosen edition again.
func (s *editions) write() {
	if at := s.list.Selected(); at >= 0 && at < len(s.items) {
		s.p.again(s.items[at].Number)
	}
}
