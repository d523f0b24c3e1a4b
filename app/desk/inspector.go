package desk

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fonds/app/i18n"
	"fonds/storage/archive"
	"fonds/widgets"
	"fonds/widgets/look"
)

// The tabs of the inspector, in their order.
const (
	fieldsTab = iota
	tagsTab
	marksTab
	historyTab
	talkTab
)

// inspector is the right side of the desk: one of five tabs.
type inspector struct {
	d       *Desk
	bar     *tabBar
	fields  *fieldsPane
	tags    *tagsPane
	marks   *marksPane
	history *historyPane
	talk    *talkPane
	panes   []pane
	stack   *fyne.Container
	over    *fyne.Container // lies over the tabs, for the box of a decision
	why     *widget.Label   // why nothing can be changed
	notice  *fyne.Container
	tabs    fyne.CanvasObject // all of it but what covers it
	content *fyne.Container
}

// pane is one tab.
type pane interface {
	content() fyne.CanvasObject
	show()  // the document that is shown now; called when the tab is open
	focus() // takes the keyboard
}

func newInspector(d *Desk) *inspector {
	i := &inspector{d: d}
	i.fields, i.tags, i.marks, i.history, i.talk = newFieldsPane(d), newTagsPane(d), newMarksPane(d), newHistoryPane(d), newTalkPane(d)
	i.panes = []pane{i.fields, i.tags, i.marks, i.history, i.talk}
	i.bar = newTabBar([]string{i18n.T("tab.fields"), i18n.T("tab.tags"), i18n.T("tab.marks"), i18n.T("tab.history"), i18n.T("tab.talk")}, i.open)
	i.stack, i.over = container.NewStack(), container.NewWithoutLayout()
	for _, p := range i.panes {
		p.content().Hide()
		i.stack.Add(p.content())
	}
	i.panes[fieldsTab].content().Show()
	i.why = widget.NewLabel("")
	i.why.Wrapping = wrapping()
	i.why.Importance, i.why.SizeName = widget.WarningImportance, theme.SizeNameCaptionText
	i.notice = container.New(layout.NewCustomPaddedVBoxLayout(0), i.why, widget.NewSeparator())
	i.notice.Hide()
	i.tabs = widgets.Border(container.New(layout.NewCustomPaddedVBoxLayout(0), i.notice, i.bar, widget.NewSeparator()), nil, nil, nil, container.NewStack(i.stack, i.over))
	i.content = container.NewStack(i.tabs)
	return i
}

// wrapping is how sentences of the program wrap: Chinese has no words to keep
// whole.
func wrapping() fyne.TextWrap {
	if i18n.Current() == i18n.Default {
		return fyne.TextWrapWord
	}
	return fyne.TextWrapBreak
}

// showFixed says above everything why nothing can be changed, where that is so.
func (i *inspector) showFixed() {
	words := i.d.fixed()
	if i.d.s.Document() == nil {
		words = ""
	}
	if words != "" {
		words = "⚠ " + words
	}
	if i.why.Text == words {
		return
	}
	i.why.SetText(words)
	i.notice.Hidden = words == ""
	widgets.Relay(i.content)
}

// drafts shows those of notes and corrections where they are listed.
func (i *inspector) drafts() {
	if i.bar.chosen == marksTab {
		i.marks.show()
	}
	i.bar.counts(i.d.s.Document(), len(i.marks.boxDrafts(i.d.s.Document())), i.waiting())
}

// cover shows something else in the place of the tabs, until uncover.
func (i *inspector) cover(o fyne.CanvasObject) {
	i.tabs.Hide()
	i.content.Objects = []fyne.CanvasObject{i.tabs, o}
	widgets.Relay(i.content)
	i.content.Refresh()
}

// uncover shows the tabs again.
func (i *inspector) uncover() {
	i.content.Objects = i.content.Objects[:1]
	i.tabs.Show()
	widgets.Relay(i.content)
	i.content.Refresh()
}

// open shows a tab.
func (i *inspector) open(tab int) {
	i.d.leaveEvery(false) // it covers the tabs
	if tab == i.bar.chosen {
		return
	}
	i.panes[i.bar.chosen].content().Hide()
	i.bar.choose(tab)
	i.panes[tab].show()
	i.panes[tab].content().Show()
	widgets.Relay(i.panes[tab].content())
}

// show refreshes the tab that is open. Fields are kept up in any case: they may
// hold typing.
func (i *inspector) show() {
	i.showFixed()
	i.fields.show()
	if i.bar.chosen != fieldsTab {
		i.panes[i.bar.chosen].show()
	}
	i.bar.counts(i.d.s.Document(), len(i.marks.boxDrafts(i.d.s.Document())), i.waiting())
}

func (i *inspector) focus() { i.panes[i.bar.chosen].focus() }

// typeTag puts the caret where tags are typed.
func (i *inspector) typeTag() {
	i.open(tagsTab)
	i.tags.field.FocusEntry()
}

// find is the object that shows a proposal in the tab that is open, or nil.
func (i *inspector) find(id string) fyne.CanvasObject {
	switch i.bar.chosen {
	case fieldsTab:
		return i.fields.form.Find(id)
	case tagsTab:
		return i.tags.proposals.Find(id)
	case marksTab:
		return i.marks.proposal.Find(id)
	}
	return nil
}

// showMark shows a mark in its list.
func (i *inspector) showMark(id archive.ID) {
	i.open(marksTab)
	i.marks.choose(id)
}

// pad keeps a pane's contents off the edges.
func pad(o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(look.Apart, look.Apart, look.Apart, look.Apart), o)
}

// waiting is how many threads are open, and things of one's own turned down or
// amended.
func (i *inspector) waiting() int {
	doc := i.d.s.Document()
	if doc == nil {
		return 0
	}
	n := len(i.d.s.TurnedDown()) + len(i.d.s.Amended())
	for _, it := range doc.Of(archive.AThread) {
		if it.InForce() && !it.Resolved() {
			n++
		}
	}
	return n
}
