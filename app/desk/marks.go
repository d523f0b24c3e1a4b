package desk

import (
	"slices"
	"sort"
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
		if c := d.s.Commands.ByRune(r); c != nil && r == 'c' {
			m.confirmChosen()
		} else if c != nil {
			d.s.Commands.Run(c.ID)
		}
	}
	m.list.OnKey = func(k *fyne.KeyEvent) bool {
		if k.Name == fyne.KeyDelete {
			m.removeChosen()
			return true
		}
		return false
	}
	m.empty = widgets.NewEmptyState(i18n.T("marks.empty"), i18n.T("marks.empty.how"), "", nil)
	m.goTo = widgets.NewButton(i18n.T("marks.show"), m.jump)
	m.confirm = widgets.NewButton(i18n.T("marks.confirm"), m.confirmChosen)
	m.remove = widgets.NewButton(i18n.T("marks.remove"), m.removeChosen)
	buttons := container.New(layout.NewCustomPaddedLayout(look.Near, look.Near, look.Near, look.Near),
		container.New(layout.NewCustomPaddedHBoxLayout(look.Near), m.goTo, m.confirm, m.remove))
	m.proposal = newProposals(d, m.focus)
	m.waiting = container.New(layout.NewCustomPaddedLayout(look.Near, 0, look.Near, look.Near), m.proposal)
	m.waiting.Hide()
	m.all = container.NewBorder(nil, container.New(layout.NewCustomPaddedVBoxLayout(0), m.waiting, buttons), nil, nil, container.NewStack(m.list, m.empty))
	return m
}

func (m *marksPane) content() fyne.CanvasObject { return m.all }

func (m *marksPane) focus() { m.d.on.Focus(m.list) }

// show lists what is attached to words of the document, keeping the choice.
func (m *marksPane) show() {
	doc := m.d.s.Document()
	chosen := archive.ID("")
	if it := m.chosen(); it != nil {
		chosen = it.ID
	}
	m.items = nil
	if doc != nil {
		m.items = placed(doc)
	}
	m.drafts = m.boxDrafts(doc)
	m.list.SetCount(len(m.items)+len(m.drafts), func(i int) widgets.Row {
		if i >= len(m.items) {
			return draftRow(m.d.s.Document(), &m.drafts[i-len(m.items)])
		}
		return markRow(m.d.s.Document(), m.items[i])
	})
	m.list.SetSelected(slices.IndexFunc(m.items, func(it *archive.Item) bool { return it.ID == chosen }))
	m.empty.Hidden = len(m.items)+len(m.drafts) > 0 || doc == nil
	m.empty.Refresh()
	m.showButtons()
}

// placed are the marks and corrections that count, in the order of the text, and
// then the notes.
func placed(doc *session.Doc) []*archive.Item {
	var out []*archive.Item
	at := map[archive.ID]int{}
	for _, w := range []archive.What{archive.AMark, archive.ACorrection} {
		for _, it := range doc.Of(w) {
			if it.InForce() || it.Open() {
				out = append(out, it)
				at[it.ID], _, _ = doc.Span(it)
			}
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return at[out[i].ID] < at[out[j].ID] })
	for _, it := range doc.Of(archive.ANote) {
		if it.InForce() || it.Open() {
			out = append(out, it)
		}
	}
	return out
}

// markRow says an item in two lines: the words, and what, who, when.
func markRow(doc *session.Doc, it *archive.Item) widgets.Row {
	r := widgets.Row{Known: true}
	sub := []string{}
	switch it.What {
	case archive.AMark:
		r.Title = doc.Text.Words(it.Anchor)
		sub = append(sub, session.LabelWords(it.Key))
		if doc.Text.LookAgain(it) {
			r.Badge = i18n.T("text.lookagain")
		}
	case archive.ACorrection:
		r.Title = corrected(it)
		sub = append(sub, i18n.T("what.correction"))
		if it.Reason != "" {
			sub = append(sub, session.ReasonWords(it.Reason))
		}
	default:
		r.Title = it.Text
		sub = append(sub, i18n.T("what.note"))
	}
	switch {
	case it.Open():
		r.Badge = i18n.T("text.proposed")
	case doc.Removing(it.ID) != nil:
		r.Badge = i18n.T("proposal.away.badge")
	}
	if it.Text != "" && it.What == archive.AMark {
		sub = append(sub, it.Text)
	}
	r.Sub = strings.Join(append(sub, signed(it)...), " · ")
	return r
}

// corrected says a correction as "old → new".
func corrected(it *archive.Item) string {
	old, now := it.Source, it.Text
	if old == "" {
		old = i18n.T("correct.inserted")
	}
	if now == "" {
		now = i18n.T("text.deleted")
	}
	return old + " → " + now
}

// signed is who and when.
func signed(it *archive.Item) []string {
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

// choose selects an item and shows its row.
func (m *marksPane) choose(id archive.ID) {
	at := slices.IndexFunc(m.items, func(it *archive.Item) bool { return it.ID == id })
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

func (m *marksPane) span(it *archive.Item) (widgets.Span, bool) { return spanOf(m.d.s.Document(), it) }

func (m *marksPane) reveal() {
	if it := m.chosen(); it != nil {
		if span, ok := m.span(it); ok {
			m.d.text.Flash(span)
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
	if span, ok := m.span(it); ok {
		m.d.text.Select(span)
		m.d.FocusText()
	}
}

func (m *marksPane) confirmChosen() {
	if why := m.d.fixed(); why != "" {
		m.d.s.Say(why)
		return
	}
	doc, it := m.d.s.Document(), m.chosen()
	if it == nil || it.What != archive.AMark || !doc.Text.LookAgain(it) {
		m.d.s.Say(i18n.T("marks.sure"))
		return
	}
	m.d.s.ConfirmMark(it.ID)
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
	}
}

func (m *marksPane) showButtons() {
	m.showProposal()
	it, draft := m.chosen(), m.chosenDraft()
	ro := m.d.fixed() != ""
	able := func(b *widgets.Button, on bool) {
		if on {
			b.Enable()
		} else {
			b.Disable()
		}
	}
	able(m.goTo, it != nil && it.Anchor != nil || draft != nil && !ro)
	able(m.confirm, it != nil && !ro && it.What == archive.AMark && m.d.s.Document().Text.LookAgain(it))
	able(m.remove, (it != nil || draft != nil) && !ro)
}
