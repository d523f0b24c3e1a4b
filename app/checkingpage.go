package app

import (
	"path/filepath"
	"strings"

	"fonds/app/checking"
	"fonds/app/i18n"
	"fonds/storage/archive"
)

// newChecking makes the page of the check report.
func (w *window) newChecking() *checking.Page {
	p := checking.New(w.s, w.win.Canvas())
	p.OnLeave = w.leaveScreen
	p.OnDesk = func(doc archive.ID, field string) {
		w.leaveScreen()
		w.s.OpenDocument(doc)
		w.s.WhenLoaded(func() {
			if d := w.s.Document(); d != nil && d.ID == doc && field != "" {
				w.desk.FocusField(field)
			}
		})
	}
	p.OnFile = func(ending string, done func(path string)) {
		w.pick(pickNew, i18n.T("checks.pick.title"), i18n.T("checks.pick.text"), i18n.T("checks.pick.do"), func(path string) {
			if !strings.EqualFold(filepath.Ext(path), ending) {
				path += ending
			}
			done(path)
		})
	}
	return p
}
