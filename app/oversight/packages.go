package oversight

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"fonds/app/i18n"
	"fonds/app/report"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
	"fonds/widgets/look"
)

// packages is the section of the work packages: a list of them, and the chosen one
// beside.
type packages struct {
	p     *Page
	items []*archive.Item
	list  *widgets.List
	add   *widgets.Button
	empty *widgets.Note
	all   fyne.CanvasObject

	detail *fyne.Container // of the chosen one
	scroll *container.Scroll
	name   *widgets.Note
	facts  *widgets.Note
	scope  *widgets.Note
	chart  *widgets.Chart
	checks *widgets.Options
	heads  []fyne.CanvasObject // over the checklist
	said   *widgets.Note
	busy   *widgets.BusyBar
	stop   func() // ends the putting in that goes on, or nil
	form   *packageForm

	open, selected, listed, sign, reopen, change, remove *widgets.Button
}

func newPackages(p *Page) *packages {
	s := &packages{p: p, said: p.Quiet(""), busy: p.s.BusyBar(nil, nil), name: widgets.NewText(2, ""), facts: p.Quiet(""), scope: widgets.NewText(12, "")}
	s.name.Bold = true
	s.name.Covers, s.scope.Covers = session.Covers, session.Covers
	s.list = widgets.NewList()
	s.list.Covers = session.Covers
	s.list.OnSelect = func(int) { s.showChosen() }
	s.list.OnActivate = func(int) { s.focusDetail() }
	s.list.OnKey = func(k *fyne.KeyEvent) bool {
		if k.Name == fyne.KeyRight {
			s.focusDetail()
			return true
		}
		return p.Key(k)
	}
	s.add = p.Button(i18n.T("packages.new"), func() { s.edit(nil) })
	s.empty = widgets.NewText(6, i18n.T("packages.empty.next"))
	s.empty.Covers = session.Covers
	s.chart = widgets.NewChart()
	s.chart.Covers, s.chart.OnKey = session.Covers, s.key
	s.chart.OnBar = func(i int) {
		if w := s.work(); i >= 0 && w != nil {
			_, bar := report.PlaceBar(w.Name, w)
			p.s.Say(session.OneLine(bar.Says))
		}
	}
	s.checks = widgets.NewOptions(true)
	s.checks.Covers, s.checks.OnKey = session.Covers, s.key
	s.checks.OnPick = func(id string, on bool) { s.apply(&archive.Edit{Do: "package.check", Check: id, Done: &on}) }
	s.checks.OnReveal = func(top, bottom float32) { reveal(s.scroll, s.checks, top, bottom) }
	s.form = newPackageForm(s)
	s.all = container.New(&sides{}, s.left(), widget.NewSeparator(), s.right())
	return s
}

func (s *packages) left() fyne.CanvasObject {
	return widgets.Border(nil, widgets.Pad(s.add, look.Apart), nil, nil,
		container.New(layout.NewCustomPaddedLayout(look.Near, 0, look.Near, look.Near), container.NewStack(s.list, widgets.Pad(s.empty, 0))))
}

func (s *packages) right() fyne.CanvasObject {
	button := func(label string, do func()) *widgets.Button {
		b := widgets.NewButton(label, do)
		b.OnKey = s.key
		return b
	}
	s.open = button(i18n.T("packages.open"), s.openDocuments)
	s.selected = button("", func() { s.put(s.p.s.Selected()) })
	s.listed = button("", func() { s.put(s.p.s.Listed()) })
	s.sign = button(i18n.T("packages.sign"), func() { s.form.askSign(s.chosen()) })
	s.reopen = button(i18n.T("packages.reopen"), func() { s.about("package.reopen") })
	s.change = button(i18n.T("packages.change"), func() { s.edit(s.chosen()) })
	s.remove = button(i18n.T("packages.remove"), func() { s.about("package.remove") })
	head := widgets.NewText(1, i18n.T("packages.checks"))
	head.Bold = true
	s.heads = []fyne.CanvasObject{head}
	s.detail = container.New(layout.NewCustomPaddedVBoxLayout(look.Apart),
		container.New(layout.NewCustomPaddedVBoxLayout(look.Tight), s.name, s.facts), s.scope, s.chart,
		container.New(layout.NewCustomPaddedVBoxLayout(look.Tight), head, s.checks),
		container.New(&flow{}, s.open, s.selected, s.listed), s.busy,
		container.New(&flow{}, s.sign, s.reopen, s.change, s.remove), s.said)
	s.scroll = container.NewVScroll(widgets.Pad(container.NewStack(s.detail, s.form.content), look.Apart))
	s.busy.OnShown = func(bool) { s.scroll.Refresh() }
	return s.scroll
}

func (s *packages) Name() (string, string) {
	return i18n.T("oversight.packages"), i18n.T("oversight.packages.line")
}

func (s *packages) Content() fyne.CanvasObject { return s.all }

func (s *packages) Focus() {
	switch {
	case s.form.Visible():
		s.form.focus()
	case len(s.items) == 0:
		s.p.on.Focus(s.add)
	default:
		s.p.on.Focus(s.list)
	}
}

// focusDetail gives the keyboard to what can be done with the chosen package.
func (s *packages) focusDetail() {
	switch {
	case s.form.Visible():
		s.form.focus()
	case !s.chart.Hidden:
		s.p.on.Focus(s.chart)
	case s.detail.Visible():
		s.p.on.Focus(s.open)
	}
}

// key takes Escape and Left back to the list.
func (s *packages) key(k *fyne.KeyEvent) bool {
	if k.Name != fyne.KeyEscape {
		return false
	}
	s.Focus()
	return true
}

func (s *packages) forget() {
	s.items = nil
	if s.stop != nil {
		s.stop()
	}
	s.form.hide()
	s.say("", widgets.Plain)
	s.Show()
}

func (s *packages) say(words string, tone widgets.Tone) {
	s.said.SetText(words, tone)
	s.scroll.Refresh()
}

// chosen is the package that is selected, or nil.
func (s *packages) chosen() *archive.Item {
	if i := s.list.Selected(); i >= 0 && i < len(s.items) {
		return s.items[i]
	}
	return nil
}

// work is how far the documents of the chosen package are, nil while that was not
// counted.
func (s *packages) work() *storage.PlaceWork {
	if p := s.counted(s.chosen()); p != nil {
		return &p.PlaceWork
	}
	return nil
}

func (s *packages) counted(it *archive.Item) *report.Package {
	if it == nil || s.p.numbers == nil {
		return nil
	}
	for i := range s.p.numbers.Packages {
		if p := &s.p.numbers.Packages[i]; p.Item.ID == it.ID {
			return p
		}
	}
	return nil
}

func (s *packages) Show() {
	var was archive.ID
	if it := s.chosen(); it != nil {
		was = it.ID
	}
	s.items = nil
	if self := s.p.s.Self(); self != nil {
		s.items = self.Packages()
	}
	s.list.SetCount(len(s.items), s.row)
	at := 0
	for i, it := range s.items {
		if it.ID == was {
			at = i
		}
	}
	s.list.SetSelected(at)
	s.empty.Hidden = len(s.items) > 0
	s.list.Hidden = !s.empty.Hidden
	s.showChosen()
}

func (s *packages) row(i int) widgets.Row {
	it := s.items[i]
	r := widgets.Row{Title: session.OneLine(it.Key), Sub: i18n.T("packages.by", "who", session.OneLine(s.p.s.Rules().Now(it.Detail))), Known: true}
	if p := s.counted(it); p != nil {
		r.Sub = report.PhaseWords(s.phase(it, p)) + " · " + r.Sub
		r.Badge = i18n.T("report.of", "n", p.Approved, "all", p.Documents)
	}
	return r
}

// phase is that of the package as it is now, with its documents as they were
// counted.
func (s *packages) phase(it *archive.Item, p *report.Package) archive.Phase {
	return it.Phase(p.State, s.p.numbers.Work.Today)
}

// showChosen says everything of the chosen package.
func (s *packages) showChosen() {
	it := s.chosen()
	s.detail.Hidden = it == nil || s.form.Visible()
	if it == nil {
		s.scroll.Refresh()
		return
	}
	s.name.SetText(session.OneLine(it.Key), widgets.Plain)
	s.facts.SetText(s.factsOf(it), widgets.Plain)
	s.scope.SetText(it.Text, widgets.Plain)
	s.scope.Hidden = it.Text == ""
	w := s.work()
	if s.chart.Hidden = w == nil || w.Documents == 0; !s.chart.Hidden {
		parts, b := report.PlaceBar(w.Name, w)
		var cp []widgets.ChartPart
		for _, p := range parts {
			cp = append(cp, widgets.ChartPart{Name: p.Name, Tone: widgets.ChartTone(p.Tone)})
		}
		s.chart.Set(cp, []widgets.ChartBar{{Label: i18n.T("report.documents"), Values: b.Values, Words: b.Words}})
	}
	var options []widgets.Option
	for _, c := range s.p.s.Self().Checks(it.ID) {
		o := widgets.Option{ID: string(c.ID), Label: session.OneLine(c.Text), On: c.Decision != nil}
		if d := c.Decision; d != nil {
			o.Detail = i18n.T("packages.ticked", "who", session.OneLine(s.p.s.Rules().Now(d.By)), "when", i18n.Moment(d.At.Time().Local()))
		}
		options = append(options, o)
	}
	s.checks.SetOptions(options)
	s.checks.Hidden = len(options) == 0
	for _, o := range s.heads {
		o.(*widgets.Note).Hidden = len(options) == 0
	}
	s.showButtons()
	s.scroll.Refresh()
}

// factsOf is the state of a package, who answers for it, and when it is to be done.
func (s *packages) factsOf(it *archive.Item) string {
	facts := []string{i18n.T("packages.by", "who", session.OneLine(s.p.s.Rules().Now(it.Detail)))}
	if p := s.counted(it); p != nil {
		facts = append([]string{report.PhaseWords(s.phase(it, p))}, facts...)
	}
	switch from, until := it.PackageDays(); {
	case from != "" && until != "":
		facts = append(facts, i18n.T("packages.days", "from", from, "until", until))
	case from != "":
		facts = append(facts, i18n.T("packages.from", "from", from))
	case until != "":
		facts = append(facts, i18n.T("packages.until", "until", until))
	}
	out := strings.Join(facts, " · ")
	if d := it.Decision; d != nil {
		out += "\n" + i18n.T("packages.signed", "who", session.OneLine(s.p.s.Rules().Now(d.By)), "when", i18n.Moment(d.At.Time().Local()), "documents", i18n.N("status.documents", it.SignedState().Documents))
		if d.Reason != "" {
			out += "\n" + i18n.T("packages.word", "text", session.OneLine(d.Reason))
		}
	}
	return out
}

// showButtons says what can be done.
func (s *packages) showButtons() {
	it := s.chosen()
	ro, _ := s.p.s.ReadOnly()
	n, all := s.p.s.SelectedRows().Count(), s.p.s.Rows()
	s.selected.SetLabel(i18n.N("packages.selected", n))
	s.listed.SetLabel(i18n.N("packages.listed", all))
	w := s.work()
	widgets.Enable(s.open, w != nil && w.Documents > 0)
	widgets.Enable(s.selected, !ro && n > 0 && s.stop == nil)
	widgets.Enable(s.listed, !ro && all > 0 && s.stop == nil)
	for _, b := range []*widgets.Button{s.change, s.remove, s.add} {
		widgets.Enable(b, !ro)
	}
	if it != nil {
		s.sign.Hidden, s.reopen.Hidden = it.Decision != nil, it.Decision == nil
		widgets.Enable(s.sign, !ro)
		widgets.Enable(s.reopen, !ro)
	}
	widgets.Enable(s.checks, !ro && (it == nil || it.Decision == nil))
}
