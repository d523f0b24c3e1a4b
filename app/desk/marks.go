package desk

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
	"fonds/widgets/look"
)

// marksPane is the tab that lists the marks and corrections in the order of the
// text, and the notes after them.
type marksPane struct {
	d                     *Desk
	gen                   int
	of                    archive.ID // the document whose marks are listed
	choosing              archive.ID // to be chosen when it is listed
	sieve                 sieve
	filter                *widgets.Entry
	kind                  *widgets.Button
	counts                map[string]int
	items                 []*archive.Item
	drafts                []storage.Draft // of notes and corrections: the rows behind the items
	list                  *widgets.List
	proposal              *widgets.ProposalList // the chosen item, or that it goes, where that waits
	waiting               *fyne.Container
	empty                 *widgets.EmptyState
	goTo, confirm, remove *widgets.Button
	all                   fyne.CanvasObject
}

func newMarksPane(d *Desk) *marksPane {
	m := &marksPane{d: d}
	m.list = widgets.NewList()
	m.list.Covers = session.Covers
	m.list.OnSelect = func(int) { m.showButtons(); m.reveal() }
	m.list.OnActivate = func(int) { m.jump() }
	m.list.OnRune = func(r rune) {
		switch c := d.s.Commands.ByRune(r); {
		case r == '/':
			d.on.Focus(m.filter)
		case c == nil:
		case c.ID == "mark.confirm":
			m.confirmChosen()
		case c.ID == "mark.look":
			m.chooseLook()
		case c.ID == "mark.comment" && m.chosen() != nil && m.chosen().What == archive.AMark:
			m.commentChosen()
		default:
			d.s.Commands.Run(c.ID)
		}
	}
	m.list.OnMenu = m.menu
	m.list.OnKey = func(k *fyne.KeyEvent) bool {
		if k.Name == fyne.KeyDelete {
			m.removeChosen()
			return true
		}
		return false
	}
	m.filter = widgets.NewEntry()
	m.filter.SetPlaceHolder(i18n.T("marks.filter"))
	m.filter.Limit = 200
	m.filter.OnType = func(text string) {
		m.sieve.words = text
		m.narrow()
	}
	m.filter.OnKey = m.filterKey
	m.kind = widgets.NewSmallButton(kindWords(allKinds), m.chooseKind)
	head := container.New(layout.NewCustomPaddedLayout(look.Near, look.Near, look.Near, look.Near),
		container.New(layout.NewBorderLayout(nil, nil, nil, m.kind), m.filter, m.kind))
	m.empty = widgets.NewEmptyState(i18n.T("marks.empty"), i18n.T("marks.empty.how"), "", nil)
	m.goTo = widgets.NewButton(i18n.T("marks.show"), m.jump)
	m.confirm = widgets.NewButton(i18n.T("marks.confirm"), m.confirmChosen)
	m.remove = widgets.NewButton(i18n.T("marks.remove"), m.removeChosen)
	buttons := container.New(layout.NewCustomPaddedLayout(look.Near, look.Near, look.Near, look.Near),
		container.New(layout.NewCustomPaddedHBoxLayout(look.Near), m.goTo, m.confirm, m.remove))
	m.proposal = newProposals(d, m.focus)
	m.waiting = container.New(layout.NewCustomPaddedLayout(look.Near, 0, look.Near, look.Near), m.proposal)
	m.waiting.Hide()
	m.all = widgets.Border(head, container.New(layout.NewCustomPaddedVBoxLayout(0), m.waiting, buttons), nil, nil, container.NewStack(m.list, m.empty))
	return m
}

func (m *marksPane) content() fyne.CanvasObject { return m.all }

func (m *marksPane) focus() { m.d.on.Focus(m.list) }

// show lists what is attached to words of the document, keeping the choice.
func (m *marksPane) show() { m.narrow() }

// adopt lists what was gathered.
func (m *marksPane) adopt(g gathered) {
	doc := m.d.s.Document()
	chosen := archive.ID("")
	if it := m.chosen(); it != nil {
		chosen = it.ID
	}
	if m.choosing != "" {
		chosen, m.choosing = m.choosing, ""
	}
	m.of, m.items, m.counts, m.drafts = "", g.items, g.counts, nil
	if doc != nil {
		m.of = doc.ID
	}
	if m.sieve == (sieve{}) {
		m.drafts = m.boxDrafts(doc)
	}
	m.list.SetCount(len(m.items)+len(m.drafts), func(i int) widgets.Row {
		if i >= len(m.items) {
			return draftRow(m.d.s.Document(), &m.drafts[i-len(m.items)])
		}
		doc, it := m.d.s.Document(), m.items[i]
		r := markRow(doc, it)
		if sign := m.d.signs(doc)[it.ID]; sign != "" {
			r.Sub = sign + " · " + r.Sub
		}
		return r
	})
	m.list.SetSelected(slices.IndexFunc(m.items, func(it *archive.Item) bool { return it.ID == chosen }))
	words := kindWords(m.sieve.kind)
	if m.sieve.kind != allKinds || m.sieve.words != "" {
		words += " " + i18n.Number(int64(len(m.items)))
	}
	if m.kind.Label() != words {
		m.kind.SetLabel(words)
		widgets.Relay(m.all)
	}
	away := g.counts[onlyElsewhere]
	switch {
	case m.sieve == (sieve{}) && away > 0:
		m.empty.Set(i18n.T("marks.empty"), i18n.N("marks.elsewhere", away), i18n.T("marks.kind.elsewhere"), func() {
			m.sieve.kind = onlyElsewhere
			m.narrow()
			m.focus()
		})
	case m.sieve == (sieve{}):
		m.empty.Set(i18n.T("marks.empty"), i18n.T("marks.empty.how"), "", nil)
	default:
		m.empty.Set(i18n.T("marks.nothing"), i18n.T("marks.nothing.how"), "", nil)
	}
	m.empty.Hidden = len(m.items)+len(m.drafts) > 0 || doc == nil
	m.empty.Refresh()
	m.showButtons()
}

// markRow says an item in two lines: the words, and what, who, when.
func markRow(doc *session.Doc, it *archive.Item) widgets.Row {
	r := widgets.Row{Known: true}
	sub := []string{}
	switch it.What {
	case archive.AMark:
		r.Title = wordsOf(doc, it)
		sub = append(sub, session.LabelWords(it.Key))
		if doc.LookAgain(it) {
			r.Badge = i18n.T("text.lookagain")
		}
	case archive.ACorrection:
		r.Title = session.Corrected(it)
		sub = append(sub, i18n.T("what.correction"))
		if it.Reason != "" {
			sub = append(sub, session.ReasonWords(it.Reason))
		}
	case archive.ASplit:
		r.Title = session.SplitWords(it)
		sub = append(sub, map[bool]string{true: i18n.T("split.may"), false: i18n.T("split.is")}[it.Open()])
		if nth := doc.PartPlace(it); nth != "" {
			sub = append([]string{nth}, sub...)
		}
	case archive.AFurniture:
		r.Title = doc.Text.Words(it.Anchor)
		sub = append(sub, i18n.T("furniture."+it.Key))
	default:
		r.Title = it.Text
		sub = append(sub, i18n.T("what.note"))
	}
	switch {
	case it.Open():
		r.Badge = openWords(it)
	case doc.Removing(it.ID) != nil:
		r.Badge = i18n.T("proposal.away.badge")
	}
	if it.What == archive.AMark && session.Remark(it) != "" {
		sub = append(sub, session.Remark(it))
	}
	r.Sub = strings.Join(append(sub, whoWhen(it)...), " · ")
	return r
}

// whoWhen is who and when.
func whoWhen(it *archive.Item) []string {
	who := it.By
	if who == "" {
		who = i18n.T("by.machine")
	}
	return []string{who, moment(it.At.Time())}
}

// moment is a time in the person's own time zone.
func moment(t time.Time) string { return i18n.Moment(t.Local()) }

func (m *marksPane) chosen() *archive.Item {
	if at := m.list.Selected(); at >= 0 && at < len(m.items) {
		return m.items[at]
	}
	return nil
}

// choose selects an item and shows its row: without the sieve where that does
// not let it through.
func (m *marksPane) choose(id archive.ID) {
	if it := m.d.s.Document().Item(id); it != nil && m.sieve != (sieve{}) && !slices.Contains(m.items, it) {
		m.filter.SetText("")
		m.sieve, m.choosing = sieve{}, id
		m.narrow()
	}
	at := slices.IndexFunc(m.items, func(it *archive.Item) bool { return it.ID == id })
	if at < 0 {
		m.choosing = id // it is still being gathered
	}
	m.list.SetSelected(at)
	m.list.EnsureVisible(at)
	m.showButtons()
}

// open is the open proposal of the chosen item: itself, or that it goes; or nil.
func (m *marksPane) open() *archive.Item {
	it := m.chosen()
	switch {
	case it == nil:
		return nil
	case it.Open():
		return it
	}
	return m.d.s.Document().Removing(it.ID)
}

// showProposal shows what waits for a decision on the chosen item.
func (m *marksPane) showProposal() {
	var views []widgets.ProposalView
	if it := m.open(); it != nil {
		views = append(views, m.d.view(m.d.s.Document(), it))
	}
	m.proposal.SetProposals(views)
	if hide := len(views) == 0; hide != m.waiting.Hidden {
		m.waiting.Hidden = hide
		m.all.Refresh()
	}
}

func (m *marksPane) span(it *archive.Item) (widgets.Span, bool) {
	return session.SpanOf(m.d.s.Document(), it)
}

func (m *marksPane) reveal() {
	if it := m.chosen(); it != nil {
		if it.Anchor.OnPicture() {
			m.d.pic.reveal(it.ID)
			return
		}
		if span, ok := m.span(it); ok {
			m.d.text.Flash(span)
			m.d.activate(it.ID)
		}
	}
}

// jump goes to the words in the text, selected.
func (m *marksPane) jump() {
	if t := m.chosenDraft(); t != nil {
		m.resume(t)
		return
	}
	it := m.chosen()
	if it == nil {
		return
	}
	if it.Anchor.OnPicture() {
		m.d.pic.reveal(it.ID)
		m.d.pic.focus()
		return
	}
	if span, ok := m.span(it); ok {
		m.d.visit(it, span)
	}
}

// commentChosen asks for the comment of the chosen mark.
func (m *marksPane) commentChosen() {
	if why := m.d.fixed(); why != "" {
		m.d.s.Say(why)
		return
	}
	m.d.commentOn(m.chosen())
}

// chooseLook chooses the next mark in the list that is to be looked at again,
// around its end, and says whether there is one.
func (m *marksPane) chooseLook() bool {
	doc, n := m.d.s.Document(), len(m.items)
	for i := 1; i <= n; i++ {
		at := (max(m.list.Selected(), -1) + i) % n
		if it := m.items[at]; doc.LookAgain(it) && it.InForce() {
			m.list.SetSelected(at)
			m.list.EnsureVisible(at)
			m.showButtons()
			m.reveal()
			return true
		}
	}
	m.d.s.Say(i18n.T("look.none"))
	return false
}

func (m *marksPane) confirmChosen() {
	if why := m.d.fixed(); why != "" {
		m.d.s.Say(why)
		return
	}
	doc, it := m.d.s.Document(), m.chosen()
	if it == nil || it.What != archive.AMark || !doc.LookAgain(it) {
		m.d.s.Say(i18n.T("marks.sure"))
		return
	}
	m.d.s.ConfirmMark(it.ID)
	if m.counts[onlyLooks] > 1 {
		m.chooseLook()
		m.choosing = m.chosen().ID // also where the sieve lets only such ones through
	}
}

func (m *marksPane) removeChosen() {
	if t := m.chosenDraft(); t != nil && m.d.fixed() == "" {
		m.d.s.Forget(t.Doc, t.Slot)
		m.d.s.Say(i18n.T("box.discarded"))
		return
	}
	it := m.chosen()
	if it == nil {
		return
	}
	if why := m.d.fixed(); why != "" {
		m.d.s.Say(why)
		return
	}
	switch it.What {
	case archive.AMark:
		m.d.s.RemoveMark(it.ID)
	case archive.ACorrection:
		m.d.s.WithdrawCorrection(it.ID)
	case archive.ANote:
		m.d.s.RemoveNote(it.ID)
	case archive.AFurniture:
		m.d.s.Unfurnish(it.ID)
	case archive.ASplit:
		if it.InForce() {
			m.d.s.Join(it.ID)
		} else {
			m.d.do(it, archive.ActRefuse)
		}
	}
}

func (m *marksPane) showButtons() {
	m.showProposal()
	it, draft := m.chosen(), m.chosenDraft()
	ro := m.d.fixed() != ""
	away := it != nil && it.State == archive.Elsewhere
	widgets.Enable(m.goTo, it != nil && it.Anchor != nil && !away || draft != nil && !ro)
	widgets.Enable(m.confirm, it != nil && !ro && it.What == archive.AMark && m.d.s.Document().LookAgain(it))
	widgets.Enable(m.remove, (it != nil && !away || draft != nil) && !ro)
}
