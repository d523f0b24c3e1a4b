package app

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"fonds/app/i18n"
	"fonds/app/ingest"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
	"fonds/widgets/look"
)

// chooseRecover asks which damaged archive to recover: the open one, or another.
func (w *window) chooseRecover() {
	if path := w.s.Path(); path != "" {
		w.recoverTo(path)
		return
	}
	w.pick(pickArchive, i18n.T("recover.which"), i18n.T("open.text"), i18n.T("recover.choose"), w.recoverTo)
}

// recoverTo asks where to put what can be read of a damaged archive. It is closed
// for that: its file is read as it lies on the disk.
func (w *window) recoverTo(damaged string) {
	w.pick(pickNew, i18n.T("recover.title", "name", name(damaged)), i18n.T("recover.text"), i18n.T("recover.do"), func(out string) {
		if !strings.EqualFold(filepath.Ext(out), extension) {
			out += extension
		}
		if w.s.Path() == damaged {
			w.s.CloseArchive(func() { w.recover(damaged, out) })
			return
		}
		w.recover(damaged, out)
	})
}

// recover takes what can be read of a damaged archive into a new one at out, on a
// worker, and says what is missing.
func (w *window) recover(damaged, out string) {
	cfg, actor := w.s.Config(), w.s.Actor()
	ctx, cancel := context.WithCancel(context.Background())
	w.stopWork, w.count = cancel, func(done, total int) string { return i18n.T("busy.pages", "n", done, "all", total) }
	w.busy.Start(i18n.T("recover.busy"), 0, cancel)
	cfg.Go(func() {
		tell := w.s.Tells(ctx, w.busy)
		r, err := storage.Recover(ctx, damaged, out, actor, storage.RecoverOptions{Remake: ingest.RemakeBy, Rebuild: ingest.RebuildBy,
			Progress: func(_ string, done, total int) { tell(done, total) }})
		cfg.Do(func() {
			cancel()
			w.stopWork, w.count = nil, nil
			w.busy.Finish()
			switch {
			case w.closing:
			case errors.Is(err, context.Canceled):
				w.tell(i18n.T("recover.failed"), i18n.T("recover.stopped"))
			case errors.Is(err, storage.ErrNothing):
				w.tell(i18n.T("recover.failed"), i18n.T("recover.nothing"))
			case err != nil:
				w.tell(i18n.T("recover.failed"), session.FileWords(err))
			default:
				w.recovered(damaged, out, &r)
			}
		})
	})
}

// recovered says what a recovery found and what is missing, and offers to open
// the new archive.
func (w *window) recovered(damaged, out string, r *storage.Recovered) {
	lines := []string{i18n.T("recover.found", "documents", i18n.N("status.documents", r.Documents),
		"operations", i18n.N("check.operations", r.Operations), "path", session.OneLine(out))}
	if r.Drafts > 0 {
		lines = append(lines, i18n.N("status.drafts", r.Drafts))
	}
	if r.Remade > 0 {
		lines = append(lines, i18n.N("recover.remade", r.Remade))
	}
	if r.Refused > 0 {
		lines = append(lines, i18n.N("recover.refused", r.Refused))
	}
	if r.Whole() {
		lines = append(lines, i18n.T("recover.whole"))
	} else {
		if n := r.Lost.Lost(); n > 0 {
			lines = append(lines, i18n.N("recover.lost", n))
		}
		lines = append(lines, i18n.T("recover.keep", "name", name(damaged)))
	}
	var m *modal
	leave := func(k *fyne.KeyEvent) bool { return m.escape(k) }
	done := widgets.NewButton(i18n.T("button.close"), func() { m.close() })
	open := widgets.NewPrimaryButton(i18n.T("recover.open"), func() { m.close(); w.openArchive(out) })
	done.OnKey, open.OnKey = leave, leave
	body := container.NewBorder(paragraph(strings.Join(lines, "\n")), buttons(done, open), nil, nil)
	if docs := lostFirst(r.Lost.Documents); len(docs) > 0 {
		list := widgets.NewList()
		list.Covers, list.OnKey = session.Covers, leave
		list.SetCount(len(docs), func(i int) widgets.Row { return lostRow(&docs[i]) })
		room := canvas.NewRectangle(look.Current().Paper)
		room.SetMinSize(fyne.NewSize(0, min(float32(min(len(docs), 6))*look.TwoRowHeight, w.win.Canvas().Size().Height/3)))
		body.Add(container.NewStack(room, list))
	}
	m = w.open(i18n.T("recover.done"), body, 560, w.focusPage, open)
}

// lostFirst puts the documents that are lost whole before those of which
// something is missing.
func lostFirst(docs []archive.LostDocument) []archive.LostDocument {
	out := slices.Clone(docs)
	slices.SortStableFunc(out, func(a, b archive.LostDocument) int {
		switch {
		case a.Whole() == b.Whole():
			return 0
		case a.Whole():
			return -1
		}
		return 1
	})
	return out
}

// lostRow says what of a document is missing.
func lostRow(d *archive.LostDocument) widgets.Row {
	title := d.Title
	for _, other := range []string{d.Path, d.Name, d.ID.Short()} {
		if title == "" {
			title = other
		}
	}
	var missing []string
	for _, what := range d.Missing {
		missing = append(missing, i18n.T("lost."+what))
	}
	r := widgets.Row{Title: title, Sub: i18n.T("recover.missing", "what", i18n.List(missing)), Badge: i18n.T("recover.part"), Known: true}
	if d.Whole() {
		r.Badge = i18n.T("recover.gone")
	}
	return r
}
