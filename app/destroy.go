package app

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
)

// askDestroy asks the first time whether the document that is shown is to be
// destroyed: it says what will be gone and what not, and asks by what right, and
// why.
func (w *window) askDestroy() {
	doc := w.s.Document()
	if doc == nil {
		return
	}
	if err := w.s.MayDocument(archive.ActDestroy); err != nil {
		w.tell(i18n.T("destroy.title"), session.Words(err))
		return
	}
	var m *modal
	authority, reason := widgets.NewEntry(), widgets.NewEntry()
	authority.SetPlaceHolder(i18n.T("destroy.authority.prompt"))
	reason.SetPlaceHolder(i18n.T("destroy.reason.prompt"))
	authority.Limit, reason.Limit = 500, 2000
	id, title := doc.ID, session.OneLine(doc.Title())
	next := func() {
		a, r := strings.TrimSpace(authority.Text), strings.TrimSpace(reason.Text)
		authority.SetBad(a == "")
		reason.SetBad(r == "")
		switch {
		case a == "":
			w.win.Canvas().Focus(authority)
		case r == "":
			w.win.Canvas().Focus(reason)
		default:
			m.close()
			w.confirmDestroy(id, title, a, r)
		}
	}
	cancel := widgets.NewButton(i18n.T("button.cancel"), func() { m.close() })
	yes := widgets.NewPrimaryButton(i18n.T("destroy.next"), next)
	for _, b := range []*widgets.Button{cancel, yes} {
		b.OnKey = func(k *fyne.KeyEvent) bool { return m.escape(k) }
	}
	enter := func(do func()) func(*fyne.KeyEvent) bool {
		return func(k *fyne.KeyEvent) bool {
			if k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter {
				do()
				return true
			}
			return m.escape(k)
		}
	}
	authority.OnKey = enter(func() { w.win.Canvas().Focus(reason) })
	reason.OnKey = enter(next)
	m = w.open(i18n.T("destroy.title"), container.New(layout.NewCustomPaddedVBoxLayout(8),
		paragraph(i18n.T("destroy.which", "title", title, "doc", id.Short())),
		paragraph(i18n.T("destroy.gone")), paragraph(i18n.T("destroy.stays")), paragraph(i18n.T("destroy.reach")),
		labelled(i18n.T("destroy.authority"), authority), labelled(i18n.T("destroy.reason"), reason),
		buttons(cancel, yes)), 600, func() {}, authority)
}

// labelled puts a label above a place to type.
func labelled(label string, entry fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedVBoxLayout(0), widget.NewLabel(label), entry)
}

// confirmDestroy asks the second time: whoever means it writes which document.
func (w *window) confirmDestroy(id archive.ID, title, authority, reason string) {
	var m *modal
	which := widgets.NewEntry()
	which.SetPlaceHolder(i18n.T("destroy.confirm.prompt"))
	destroy := func() {
		text := strings.Join(strings.Fields(which.Text), " ")
		if !strings.EqualFold(text, id.Short()) && text != strings.Join(strings.Fields(title), " ") {
			which.SetBad(true)
			w.win.Canvas().Focus(which)
			return
		}
		m.close()
		if doc := w.s.Document(); doc == nil || doc.ID != id {
			return // another document is shown by now: it was not meant
		}
		w.s.Destroy(authority, reason, func(err error) {
			if err != nil {
				w.tell(i18n.T("destroy.failed"), session.Words(err))
				return
			}
			w.erase()
		})
	}
	cancel := widgets.NewButton(i18n.T("button.cancel"), func() { m.close() })
	yes := widgets.NewButton(i18n.T("destroy.do"), destroy)
	for _, b := range []*widgets.Button{cancel, yes} {
		b.OnKey = func(k *fyne.KeyEvent) bool { return m.escape(k) }
	}
	which.OnKey = func(k *fyne.KeyEvent) bool {
		if k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter {
			destroy()
			return true
		}
		return m.escape(k)
	}
	m = w.open(i18n.T("destroy.confirm.title"), container.New(layout.NewCustomPaddedVBoxLayout(8),
		paragraph(i18n.T("destroy.which", "title", title, "doc", id.Short())),
		paragraph(i18n.T("destroy.confirm.text", "authority", session.OneLine(authority), "reason", session.OneLine(reason))),
		which, buttons(cancel, yes)), 600, func() {}, which)
}

// erase takes what was destroyed out of the bytes of the file. Nobody can write
// meanwhile, so nothing is typed either: it can be left for later.
func (w *window) erase() {
	if w.stopWork != nil { // what runs goes first; the archive remembers, and offers it
		w.s.LookAtErasing()
		return
	}
	var m *modal
	step := changing(i18n.T("erase.index"))
	var later *widgets.Button
	later = widgets.NewButton(i18n.T("erase.stop"), func() {
		later.Disable()
		w.stopWork()
	})
	m = w.open(i18n.T("erase.title"), container.New(layout.NewCustomPaddedVBoxLayout(8),
		paragraph(i18n.T("erase.text")), step, buttons(later)), 520, nil, later)
	cfg := w.s.Config()
	w.longWork(i18n.T("erase.busy"), func(done, total int) string { return i18n.T("busy.steps", "n", done, "all", total) },
		func(ctx context.Context, a *storage.Archive, progress func(done, total int)) error {
			_, err := a.Erase(ctx, func(what string, done, total int) {
				progress(done, total)
				words := i18n.T("erase.index")
				if strings.HasSuffix(what, "file") || done == total-1 {
					words = i18n.T("erase.file")
				}
				cfg.Do(func() { step.SetText(words) })
			})
			return err
		}, func(err error) {
			m.close()
			w.s.LookAtErasing()
			switch {
			case errors.Is(err, context.Canceled):
				w.tell(i18n.T("erase.failed"), i18n.T("erase.later"))
			case err != nil:
				w.tell(i18n.T("erase.failed"), session.Words(err)+"\n"+i18n.T("erase.later"))
			default:
				w.s.Say(i18n.T("erase.done"))
			}
		})
}
