package app

import (
	"path/filepath"
	"strings"

	"fonds/app/i18n"
	"fonds/app/importing"
	"fonds/app/session"
	"fonds/widgets"
)

func (w *window) newBusyBar() *widgets.BusyBar {
	return w.s.BusyBar(func(done, total int) string {
		if w.count != nil {
			return w.count(done, total)
		}
		if total == 0 {
			return i18n.N("busy.count", done)
		}
		return i18n.T("busy.of", "n", done, "all", total)
	}, session.PerSecond)
}

// newImporting makes the page on which files are looked at and brought in. What goes on
// on the one before goes on.
func (w *window) newImporting() *importing.Page {
	var before *importing.Work
	if w.importing != nil {
		before = w.importing.Work()
	}
	p := importing.New(w.s, w.win.Canvas(), before)
	p.OnLeave = w.leaveScreen
	p.OnChoose = func() { w.command("archive.import") }
	p.OnFile = func(ending string, done func(path string)) {
		w.pick(pickNew, i18n.T("importing.save.title"), i18n.T("importing.save.text"), i18n.T("importing.save.do"), func(path string) {
			if !strings.EqualFold(filepath.Ext(path), ending) {
				path += ending
			}
			done(path)
		})
	}
	p.Free = func() bool { return w.stopWork == nil }
	p.OnWork = func(interrupt func()) { w.stopWork = interrupt }
	return p
}

// lookAt opens the page of imports with files and folders, of which nothing is brought
// in before the person says so.
func (w *window) lookAt(paths []string) {
	if why := w.s.Fixed(); why != "" || w.s.Actor() == "" || w.importing.Runs() {
		w.notImported()
		return
	}
	w.openScreen(importing.Screen)
	w.importing.Take(paths)
}

// notImported says that nothing can be looked at or brought in now.
func (w *window) notImported() {
	w.s.Say(i18n.T("cmd.notnow", "command", w.s.Commands.Get("archive.import").Words()))
}
