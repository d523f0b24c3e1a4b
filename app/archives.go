package app

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"fyne.io/fyne/v2"

	"fonds/app/i18n"
	"fonds/app/sample"
	"fonds/app/session"
	"fonds/storage"
)

// Extension of an archive's file.
const extension = ".fonds"

// DataVariable is the environment variable that says in which folder the sample
// archive lies, where it is not the system's.
const DataVariable = "FONDS_DATA"

// openArchive opens the archive at path in the place of the one that is open.
func (w *window) openArchive(path string) {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	w.leaving(func() {
		w.begin()
		filter := w.set.Filter[path] // the list is one of all documents until the archive is open
		w.s.OpenArchive(path, w.last(path), func(err error) {
			w.opened(path, err, i18n.T("open.failed", "name", name(path)))
			if err == nil {
				w.narrowTo(filter)
			}
		})
	})
}

// reopen opens the archive again that was gone and has come back.
func (w *window) reopen() {
	path := w.s.Path()
	w.begin()
	w.s.Reopen(func(err error) { w.opened(path, err, i18n.T("open.failed", "name", name(path))) })
}

// createArchive makes an empty archive and opens it.
func (w *window) createArchive(path string) {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	w.leaving(func() {
		w.begin()
		w.s.CreateArchive(path, func(err error) {
			if err == nil {
				w.opened(path, nil, "")
				return
			}
			w.opening = false
			w.showStatus()
			w.newArchive()
			w.picker.tryAgain(path, i18n.T("new.failed", "name", name(path))+": "+session.FileWords(err))
		})
	})
}

func name(path string) string { return session.OneLine(filepath.Base(path)) }

func (w *window) begin() {
	w.opening = true
	w.showStatus()
}

// opened is told what came of opening an archive.
func (w *window) opened(path string, err error, failed string) {
	w.opening = false
	w.showStatus()
	if errors.Is(err, storage.ErrDamaged) {
		w.ask(failed, session.Words(err), i18n.T("cmd.recover"), func() { w.recoverTo(path) })
		return
	}
	if err != nil {
		w.tell(failed, session.Words(err))
		return
	}
	w.set.Opened(path)
	w.keep()
	w.setMenu()
	w.focusPage()
}

// openSample opens the sample archive, which is made where it is not there yet.
func (w *window) openSample() {
	w.begin()
	cfg, who := w.s.Config(), w.s.Actor()
	cfg.Go(func() {
		path, err := sampleFile()
		if err == nil {
			err = makeSample(path, who)
		}
		cfg.Do(func() {
			if err != nil {
				w.opened(path, err, i18n.T("sample.failed"))
				return
			}
			w.openArchive(path)
		})
	})
}

func makeSample(path, who string) error {
	_, err := os.Stat(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return sample.Make(context.Background(), path, who)
}

// sampleFile is where the sample archive lies.
func sampleFile() (string, error) {
	if dir := os.Getenv(DataVariable); dir != "" {
		return filepath.Join(dir, "sample"+extension), nil
	}
	dir, err := dataFolder()
	return filepath.Join(dir, "fonds", "sample"+extension), err
}

// dataFolder is where the system has a person's data of programs.
func dataFolder() (string, error) {
	if runtime.GOOS != "linux" {
		return os.UserConfigDir()
	}
	if dir := os.Getenv("XDG_DATA_HOME"); dir != "" {
		return dir, nil
	}
	home, err := os.UserHomeDir()
	return filepath.Join(home, ".local", "share"), err
}

// chooseArchive asks which archive to open.
func (w *window) chooseArchive() {
	w.pick(pickArchive, i18n.T("open.title"), i18n.T("open.text"), i18n.T("open.do"), w.openArchive)
}

// newArchive asks where to make an archive.
func (w *window) newArchive() {
	w.pick(pickNew, i18n.T("new.title"), i18n.T("new.text"), i18n.T("new.do"), func(path string) {
		if !strings.EqualFold(filepath.Ext(path), extension) {
			path += extension
		}
		if w.s.Actor() == "" {
			w.askPerson(func() { w.createArchive(path) })
			return
		}
		w.createArchive(path)
	})
}

// chooseImport asks what to bring in.
func (w *window) chooseImport() {
	w.pick(pickFiles, i18n.T("import.title"), i18n.T("import.text"), i18n.T("import.do"), func(path string) { w.lookAt([]string{path}) })
}

// dropped is told of files that were dropped on the window: an archive is
// opened, anything else is looked at before it is brought in.
func (w *window) dropped(files []fyne.URI) {
	var paths []string
	for _, f := range files {
		paths = append(paths, f.Path())
	}
	switch {
	case len(paths) == 0:
	case w.modal != nil: // its question first
		w.notImported()
	case len(paths) == 1 && strings.EqualFold(filepath.Ext(paths[0]), extension):
		w.openArchive(paths[0])
	case !w.s.Open():
		w.tell(i18n.T("import.failed"), i18n.T("import.noarchive"))
	default:
		w.lookAt(paths)
	}
}

// startFolder is where choosing files begins: where the settings say, beside the
// archive opened last, else at home.
func (w *window) startFolder() string {
	if w.set.Folder != "" {
		return w.set.Folder
	}
	if w.s.Open() {
		return filepath.Dir(w.s.Path())
	}
	if len(w.set.Recent) > 0 {
		return filepath.Dir(w.set.Recent[0])
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return string(filepath.Separator)
	}
	return home
}
