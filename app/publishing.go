package app

import (
	"context"
	"io"
	"net/url"
	"path/filepath"

	"fyne.io/fyne/v2"

	"fonds/app/export"
	"fonds/app/i18n"
	"fonds/app/publish"
	"fonds/app/session"
	"fonds/storage"
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

// printDocument opens a page of the document in the browser, which prints it.
func (w *window) printDocument() {
	if d := w.s.Document(); d != nil {
		w.s.Flush()
		w.print(func(ctx context.Context, a *storage.Archive, lang string, page io.Writer) error {
			return export.Print(ctx, a, d.ID, lang, page)
		})
	}
}

// print writes a page on a worker, below the system's folder for temporary files, and
// opens it.
func (w *window) print(write func(ctx context.Context, a *storage.Archive, lang string, page io.Writer) error) {
	lang := i18n.Current()
	w.s.Say(i18n.T("print.busy"))
	session.Read(w.s, nil, func(ctx context.Context, a *storage.Archive) (string, error) {
		return tempPage(func(page io.Writer) error { return write(ctx, a, lang, page) })
	}, func(path string, err error) {
		if err != nil {
			w.s.Fail(err)
			return
		}
		w.s.Say(i18n.T("print.done", "path", session.OneLine(path)))
		w.reveal(path)
	})
}

// reveal opens a folder in the system's own window for files, a page in the browser.
func (w *window) reveal(path string) {
	abs, err := filepath.Abs(path)
	if err == nil {
		err = fyne.CurrentApp().OpenURL(&url.URL{Scheme: "file", Path: filepath.ToSlash(abs)})
	}
	if err != nil {
		w.s.Say(session.OneLine(path))
	}
}
