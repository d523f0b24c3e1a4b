package app

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	"fonds/app/i18n"
	"fonds/app/owner"
	"fonds/app/session"
	"fonds/storage"
)

// newOwner makes the page of the archive's people and rules.
func (w *window) newOwner() *owner.Page {
	p := owner.New(w.s, w.win.Canvas())
	p.OnLeave = w.leaveScreen
	return p
}

// chooseBackup asks where to make a copy of the open archive.
func (w *window) chooseBackup() {
	w.pick(pickNew, i18n.T("backup.title"), i18n.T("backup.text"), i18n.T("backup.do"), func(path string) {
		if !strings.EqualFold(filepath.Ext(path), extension) {
			path += extension
		}
		w.backup(path)
	})
}

// backup makes a copy of the open archive at path on a worker, checks it, and
// says what its heads are.
func (w *window) backup(path string) {
	var rep storage.Report
	w.longWork(i18n.T("backup.busy"), func(done, total int) string { return i18n.T("busy.pages", "n", done, "all", total) },
		func(ctx context.Context, a *storage.Archive, progress func(done, total int)) (err error) {
			rep, err = a.Backup(ctx, path, func(_ string, done, total int) { progress(done, total) })
			return err
		}, func(err error) {
			switch {
			case errors.Is(err, context.Canceled):
				w.s.Say(i18n.T("error.stopped"))
			case err != nil:
				w.tell(i18n.T("backup.failed"), session.Words(err))
			default:
				w.tell(i18n.T("backup.done"), i18n.T("backup.where", "path", session.OneLine(path))+"\n\n"+
					i18n.T("backup.heads")+"\n"+owner.HeadsWords(rep.Heads))
				w.owner.Show()
			}
		})
}

// longWork does something with the open archive on a worker, one such thing at a
// time, with progress and a button that stops it; done is told what came of it,
// unless another archive was opened meanwhile.
func (w *window) longWork(what string, count func(done, total int) string,
	work func(ctx context.Context, a *storage.Archive, progress func(done, total int)) error, done func(error)) {
	cfg, path := w.s.Config(), w.s.Path()
	ctx, cancel := context.WithCancel(context.Background())
	w.stopWork, w.count = cancel, count
	w.busy.Start(what, 0, cancel)
	w.s.Background(func(closing context.Context, a *storage.Archive) {
		defer context.AfterFunc(closing, cancel)() // the archive is being closed
		err := work(ctx, a, w.s.Tells(ctx, w.busy))
		cfg.Do(func() {
			cancel()
			w.stopWork, w.count = nil, nil
			w.busy.Finish()
			if w.s.Path() == path && !w.closing {
				done(err)
			}
		})
	})
}
