package app

import (
	"net/url"
	"path/filepath"

	"fyne.io/fyne/v2"

	"fonds/app/i18n"
	"fonds/app/publish"
	"fonds/app/session"
)

// newPublish makes the page on which sets are written out.
func (w *window) newPublish() *publish.Page {
	p := publish.New(w.s, w.win.Canvas())
	p.Version = w.o.Version
	p.OnLeave = w.leaveScreen
	p.OnFolder = func(done func(path string)) {
		w.pick(pickNew, i18n.T("publish.folder.title"), i18n.T("publish.folder.text"), i18n.T("publish.folder.do"), done)
	}
	p.OnReveal = w.reveal
	return p
}

// reveal shows a folder in the system's own window for files.
func (w *window) reveal(path string) {
	abs, err := filepath.Abs(path)
	if err == nil {
		err = fyne.CurrentApp().OpenURL(&url.URL{Scheme: "file", Path: filepath.ToSlash(abs)})
	}
	if err != nil {
		w.s.Say(session.OneLine(path))
	}
}
