package app

import (
	"os"

	"fonds/app/i18n"
	"fonds/app/prefs"
	"fonds/app/session"
)

// newPrefs makes the page of settings.
func (w *window) newPrefs() *prefs.Page {
	return prefs.New(w.s, w.win.Canvas(), prefs.Acts{
		Leave: w.leavePrefs,
		Name: func(name string) {
			w.leaving(func() {
				w.set.Name = name
				w.keep()
				w.s.SetActor(name)
				w.showPrefs()
			})
		},
		Language: w.speakIn,
		Theme:    w.dress,
		Scale:    w.scale,
		Text: func(px float32) {
			w.s.SetTextSize(px)
			w.keep()
			w.showPrefs()
		},
		Type:   w.setType,
		Keys:   func() { w.s.Commands.Run("shortcuts") },
		Folder: w.setFolder,
	})
}

// openPrefs shows the page of settings in the place of what is there.
func (w *window) openPrefs() {
	w.s.Flush()
	w.prefing = true
	w.showPrefs()
	w.showPage()
	w.prefs.Focus("")
}

func (w *window) showPrefs() { w.prefs.Show(w.set, w.face.lack()) }

// leavePrefs goes back to what was there before.
func (w *window) leavePrefs() {
	if w.prefing {
		w.prefing = false
		w.showPage()
		w.focusPage()
	}
}

// scale changes the size of the interface's text.
func (w *window) scale(f float32) {
	w.set.Scale = f
	w.redress()
}

// redress draws everything in the theme of the settings.
func (w *window) redress() {
	w.app.Settings().SetTheme(themeOf(w.set.Theme, w.face.look, w.set.Scale))
	w.rebuild()
}

// setType chooses the forms of Han characters and whether documents are set in a
// serif: the fonts of the machine are looked through on a worker.
func (w *window) setType(forms string, serif bool) {
	w.set.Forms, w.set.Serif = forms, serif
	w.typing++
	set, gen, scan, cfg := w.set, w.typing, w.scanFonts, w.s.Config()
	cfg.Go(func() {
		t := findTypeface(&set, scan)
		cfg.Do(func() {
			if gen == w.typing && !w.closing {
				w.face = t
				t.use()
				w.redress()
				w.tidyFonts()
			}
		})
	})
}

// setFolder takes the folder in which archives are made and looked for; "" is
// beside the one that was opened last.
func (w *window) setFolder(path string, said func(wrong string)) {
	take := func() {
		w.set.Folder = path
		w.keep()
		said("")
	}
	if path == "" {
		take()
		return
	}
	cfg := w.s.Config()
	cfg.Go(func() {
		st, err := os.Stat(path)
		cfg.Do(func() {
			switch {
			case err != nil:
				said(i18n.T("pick.nofolder", "folder", session.OneLine(path)))
			case !st.IsDir():
				said(i18n.T("pick.notfolder", "folder", session.OneLine(path)))
			default:
				take()
			}
		})
	})
}
