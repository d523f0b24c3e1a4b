package app

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"fonds/app/export"
	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/widgets"
)

// This file asks which list is wanted on paper, and on what, and writes it.

// listWords are the words of a list and what it is for.
var listWords = map[string][2]string{
	export.FiledList:    {i18n.K("aid.list-title"), i18n.K("print.filed")},
	export.FilesList:    {i18n.K("aid.list-files"), i18n.K("print.files")},
	export.ContentsList: {i18n.K("aid.list-contents"), i18n.K("print.contents")},
	export.NoteList:     {i18n.K("aid.list-note"), i18n.K("print.note")},
	export.ISADGList:    {i18n.K("aid.list-isadg"), i18n.K("print.isadg")},
}

// How a list is wanted.
const (
	toBrowser = "browser"
	toPage    = ".html"
	toBook    = ".xlsx"
)

// printList asks for a list of the documents that the search finds.
func (w *window) printList() {
	query := w.s.Query().Search
	w.askList(export.List{Query: query}, query)
}

// askList asks which list is wanted of what is chosen already, which is called something,
// "" all, and how.
func (w *window) askList(l export.List, called string) {
	prompt := i18n.T("print.which")
	if called != "" {
		prompt = i18n.T("print.which.of", "of", session.OneLine(called))
	}
	var choices []widgets.Choice
	for _, kind := range export.Lists() {
		words := listWords[kind]
		choices = append(choices, widgets.Choice{ID: kind, Title: i18n.T(words[0]), Sub: i18n.T(words[1]), Also: kind})
	}
	w.choose(prompt, choices, func(kind string) {
		l.Kind = kind
		w.askPaper(l)
	})
}

func (w *window) choose(prompt string, choices []widgets.Choice, picked func(id string)) {
	c := widgets.NewChooser(prompt, i18n.T("chooser.nothing"), choices)
	c.Covers, c.OnPick = session.Covers, picked
	c.Show(w.win.Canvas())
}

// askPaper asks how the list is wanted: to be printed now, or as a file.
func (w *window) askPaper(l export.List) {
	name := i18n.T(listWords[l.Kind][0])
	w.choose(i18n.T("print.how", "list", name), []widgets.Choice{
		{ID: toBrowser, Title: i18n.T("print.browser"), Sub: i18n.T("print.browser.says")},
		{ID: toPage, Title: i18n.T("print.page"), Sub: i18n.T("print.page.says"), Also: "html"},
		{ID: toBook, Title: i18n.T("print.book"), Sub: i18n.T("print.book.says"), Also: "xlsx excel"},
	}, func(how string) {
		if how == toBrowser {
			w.writeList(l, "")
			return
		}
		w.pick(pickOut, name, i18n.T("print.text", "end", how), i18n.T("print.do"), func(path string) {
			if !strings.EqualFold(filepath.Ext(path), how) {
				path += how
			}
			w.writeList(l, path)
		})
	})
}

// writeList writes a list on a worker, with progress and a way to stop: to a file, or where
// none is named to a page that the browser opens.
func (w *window) writeList(l export.List, path string) {
	w.s.Flush()
	l.Lang = i18n.Current()
	shown := path == ""
	w.longWork(i18n.T("print.busy"), func(done, total int) string { return i18n.T("check.of", "n", done, "all", total) },
		func(ctx context.Context, a *storage.Archive, progress func(done, total int)) (err error) {
			l.Progress = progress
			if shown {
				path, err = tempPage(func(page io.Writer) error { return export.WriteList(ctx, a, l, page) })
				return err
			}
			return export.WriteListFile(ctx, a, l, path)
		}, func(err error) {
			switch {
			case errors.Is(err, context.Canceled):
				w.s.Say(i18n.T("error.stopped"))
			case errors.Is(err, fs.ErrExist):
				w.tell(i18n.T("print.failed"), i18n.T("print.taken", "path", session.OneLine(path)))
			case err != nil:
				w.tell(i18n.T("print.failed"), session.Words(err))
			case shown:
				w.s.Say(i18n.T("print.done", "path", session.OneLine(path)))
				w.reveal(path)
			default:
				w.s.Say(i18n.T("print.written", "path", session.OneLine(path)))
			}
		})
}

// tempPage writes a page below the system's folder for temporary files.
func tempPage(write func(page io.Writer) error) (string, error) {
	f, err := os.CreateTemp("", "fonds-*.html")
	if err != nil {
		return "", err
	}
	err = write(f)
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		os.Remove(f.Name()) // half of a page
	}
	return f.Name(), err
}
