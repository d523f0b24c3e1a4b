package desk

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
)

// historyPage is how many operations are read at first, and more of when the
// last of them is chosen.
const historyPage = 100

// historyPane is the tab that lists what was done to the document, the newest
// first, and says the chosen one in full below.
type historyPane struct {
	d       *Desk
	gen     int
	doc     archive.ID
	limit   int
	whole   bool
	entries []storage.Entry
	list    *widgets.List
	detail  *widget.Label
	all     fyne.CanvasObject
}

func newHistoryPane(d *Desk) *historyPane {
	h := &historyPane{d: d, limit: historyPage}
	h.list = widgets.NewList()
	h.list.Covers = session.Covers
	h.list.OnSelect = func(i int) {
		h.showDetail()
		if i == len(h.entries)-1 && !h.whole {
			h.limit += 2 * historyPage
			h.show()
		}
	}
	h.list.OnRune = func(r rune) {
		if c := d.s.Commands.ByRune(r); c != nil {
			d.s.Commands.Run(c.ID)
		}
	}
	h.detail = widget.NewLabel("")
	h.detail.Wrapping = fyne.TextWrapBreak
	scroll := container.NewVScroll(h.detail)
	scroll.SetMinSize(fyne.NewSize(0, 160))
	h.all = container.NewBorder(nil, container.NewVBox(widget.NewSeparator(), scroll), nil, nil, h.list)
	return h
}

func (h *historyPane) content() fyne.CanvasObject { return h.all }

func (h *historyPane) focus() { h.d.on.Focus(h.list) }

// show reads the history of the document that is shown.
func (h *historyPane) show() {
	doc := h.d.s.Document()
	if doc == nil {
		h.gen++
		h.doc, h.entries = "", nil
		h.list.SetCount(0, nil)
		h.showDetail()
		return
	}
	if doc.ID != h.doc {
		h.doc, h.limit, h.entries = doc.ID, historyPage, nil
		h.list.SetCount(0, nil)
		h.showDetail()
	}
	id, limit := doc.ID, h.limit
	session.Read(h.d.s, &h.gen, func(ctx context.Context, a *storage.Archive) ([]storage.Entry, error) {
		return a.History(ctx, id, limit)
	}, func(entries []storage.Entry, err error) {
		if err != nil {
			h.d.s.Fail(err)
			return
		}
		var chosen archive.ID
		if at := h.list.Selected(); at >= 0 && at < len(h.entries) {
			chosen = h.entries[at].ID
		}
		h.entries, h.whole = entries, len(entries) < limit
		h.list.SetCount(len(entries), h.row)
		// What was chosen stays chosen; at first it is the latest.
		h.list.SetSelected(max(slices.IndexFunc(entries, func(e storage.Entry) bool { return e.ID == chosen }), 0))
		h.showDetail()
	})
}

func (h *historyPane) row(i int) widgets.Row {
	e := &h.entries[i]
	title := session.KindWords(e.Kind)
	if what := h.d.summary(e); what != "" {
		title += " · " + what
	}
	r := widgets.Row{Title: title, Sub: who(e) + " · " + moment(e.Clock.Time()), Known: true}
	switch {
	case e.Outcome == archive.Conflict:
		r.Badge = i18n.T("history.conflict")
	case e.Outcome == archive.Lost:
		r.Badge = i18n.T("history.lost")
	case e.UndoneBy != "":
		r.Badge = i18n.T("history.undone")
	}
	return r
}

func who(e *storage.Entry) string {
	if e.Actor == "" {
		return i18n.T("by.machine")
	}
	return e.Actor
}

func (h *historyPane) showDetail() {
	words := ""
	if at := h.list.Selected(); at >= 0 && at < len(h.entries) {
		words = h.d.detail(&h.entries[at])
	}
	if h.detail.Text != words {
		h.detail.SetText(words)
	}
}
