package desk

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
	"fonds/widgets/look"
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
	only    *thing // whose history alone is listed, nil: of all
	rows    []int  // of entries, those that are listed
	list    *widgets.List
	detail  *widget.Label
	about   *widgets.Note // says whose history it is
	back    *widgets.Button
	then    *widgets.Note // what would stand there again
	bar     *fyne.Container
	all     fyne.CanvasObject
}

func newHistoryPane(d *Desk) *historyPane {
	h := &historyPane{d: d, limit: historyPage}
	h.list = widgets.NewList()
	h.list.Covers = session.Covers
	h.list.OnSelect = func(i int) {
		h.showDetail()
		if i == len(h.rows)-1 && !h.whole {
			h.limit += 2 * historyPage
			h.show()
		}
	}
	h.list.OnActivate = func(int) {
		if !h.back.Hidden {
			d.on.Focus(h.back)
		}
	}
	h.list.OnKey = func(k *fyne.KeyEvent) bool {
		if k.Name == fyne.KeyEscape && h.only != nil {
			h.narrow(nil)
			return true
		}
		return false
	}
	h.list.OnRune = func(r rune) {
		if c := d.s.Commands.ByRune(r); c != nil {
			d.s.Commands.Run(c.ID)
		}
	}
	h.detail = widget.NewLabel("")
	h.detail.Wrapping = fyne.TextWrapBreak
	scroll := container.NewVScroll(h.detail)
	scroll.SetMinSize(fyne.NewSize(0, 112))
	h.about = session.NewNote(2)
	everything := widgets.NewSmallButton(i18n.T("history.all"), func() { h.narrow(nil) })
	h.bar = container.New(layout.NewCustomPaddedLayout(look.Near, look.Near, look.Apart, look.Near),
		container.NewBorder(nil, nil, nil, everything, h.about))
	h.bar.Hide()
	h.back = widgets.NewButton(i18n.T("history.back"), h.putBack)
	h.then = session.NewNote(3)
	h.back.Hide()
	foot := container.New(layout.NewCustomPaddedVBoxLayout(0), widget.NewSeparator(), scroll,
		container.New(layout.NewCustomPaddedLayout(0, look.Near, look.Apart, look.Near),
			container.New(layout.NewCustomPaddedVBoxLayout(look.Tight), h.then, container.NewHBox(h.back))))
	h.all = container.NewBorder(h.bar, foot, nil, nil, h.list)
	return h
}

func (h *historyPane) content() fyne.CanvasObject { return h.all }

func (h *historyPane) focus() { h.d.on.Focus(h.list) }

// show reads the history of the document that is shown.
func (h *historyPane) show() {
	doc := h.d.s.Document()
	if doc == nil {
		h.gen++
		h.doc, h.entries, h.rows = "", nil, nil
		h.list.SetCount(0, nil)
		h.setOnly(nil)
		h.showDetail()
		return
	}
	if doc.ID != h.doc {
		h.doc, h.limit, h.entries, h.rows = doc.ID, historyPage, nil, nil
		h.list.SetCount(0, nil)
		h.setOnly(nil)
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
		h.entries, h.whole = entries, len(entries) < limit
		h.fill(h.chosen())
	})
}

// chosen is the operation that is said in full, or "".
func (h *historyPane) chosen() archive.ID {
	if at := h.list.Selected(); at >= 0 && at < len(h.rows) && h.rows[at] < len(h.entries) {
		return h.entries[h.rows[at]].ID
	}
	return ""
}

// fill lists what there is to list. What was chosen stays chosen; at first it is
// the latest.
func (h *historyPane) fill(chosen archive.ID) {
	h.rows = h.rows[:0]
	at := 0
	for i := range h.entries {
		if h.only != nil && !h.only.in(&h.entries[i]) {
			continue
		}
		if h.entries[i].ID == chosen {
			at = len(h.rows)
		}
		h.rows = append(h.rows, i)
	}
	h.list.SetCount(len(h.rows), h.row)
	h.list.SetSelected(min(at, len(h.rows)-1))
	h.showDetail()
}

func (h *historyPane) row(i int) widgets.Row {
	e := &h.entries[h.rows[i]]
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
	var back *session.Back
	if at := h.list.Selected(); at >= 0 && at < len(h.rows) {
		words = h.d.detail(&h.entries[h.rows[at]])
		back = h.d.s.BackTo(h.entries, h.rows[at])
	}
	if h.detail.Text != words {
		h.detail.SetText(words)
	}
	hide := back == nil || h.d.fixed() != ""
	said := ""
	if !hide {
		said = i18n.T("history.back.what", "what", short(back.Words))
	}
	h.then.SetText(said, widgets.Plain)
	if hide != h.back.Hidden {
		h.back.Hidden = hide
		h.all.Refresh()
	}
}

// putBack makes what the chosen operation left, or took, stand again.
func (h *historyPane) putBack() {
	at := h.list.Selected()
	doc := h.d.s.Document()
	if at < 0 || at >= len(h.rows) || doc == nil || doc.ID != h.doc || h.d.fixed() != "" {
		return
	}
	if back := h.d.s.BackTo(h.entries, h.rows[at]); back != nil {
		h.d.on.Focus(h.list)
		h.d.s.PutBack(back, func(err error) {
			if err == nil {
				h.d.s.Say(i18n.T("history.back.done", "what", back.Words))
			}
		})
	}
}
