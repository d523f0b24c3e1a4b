package app

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"syscall"

	"fonds/app/i18n"
	"fonds/app/oversight"
	"fonds/app/report"
	"fonds/app/session"
	"fonds/storage"
)

// newOversight makes the page of the work on the archive.
func (w *window) newOversight() *oversight.Page {
	p := oversight.New(w.s, w.win.Canvas())
	p.OnLeave = w.leaveScreen
	p.OnReport = func() { w.command("oversight.report") }
	return p
}

// reportEnding ends the name of a report.
const reportEnding = ".html"

// chooseReport asks where to write the report on the work.
func (w *window) chooseReport() {
	w.pick(pickNew, i18n.T("oversight.report.title"), i18n.T("oversight.report.text"), i18n.T("oversight.report.do"), func(path string) {
		if !strings.EqualFold(filepath.Ext(path), reportEnding) {
			path += reportEnding
		}
		w.writeReport(path)
	})
}

// writeReport writes the report on a worker.
func (w *window) writeReport(path string) {
	o := report.Options{Now: w.s.Now()}
	w.longWork(i18n.T("oversight.report.busy"), func(done, total int) string { return i18n.T("check.of", "n", done, "all", total) },
		func(ctx context.Context, a *storage.Archive, progress func(done, total int)) error {
			o.Progress = progress
			n, err := report.Gather(ctx, a, o)
			if err != nil {
				return err
			}
			return report.Write(path, n.HTML())
		}, func(err error) {
			switch {
			case errors.Is(err, context.Canceled):
				w.s.Say(i18n.T("error.stopped"))
			case errors.Is(err, report.ErrTaken):
				w.tell(i18n.T("oversight.report.failed"), i18n.T("oversight.report.taken", "path", session.OneLine(path)))
			case errors.Is(err, syscall.ENOSPC):
				w.tell(i18n.T("oversight.report.failed"), i18n.T("error.full"))
			case err != nil:
				w.tell(i18n.T("oversight.report.failed"), session.Words(err))
			default:
				w.s.Say(i18n.T("oversight.report.done", "path", session.OneLine(path)))
			}
		})
}
