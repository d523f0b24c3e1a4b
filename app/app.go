// Package app is the window of Fonds: it puts the screens side by side, draws
// the menus, the palette and the sheet of shortcuts from the table of commands,
// says in the status bar what is the case, opens and makes archives, brings
// files in, and remembers how the person left it.
//
// It may use everything below it. It must never do the work of a screen, nor
// touch the disk on the UI goroutine.
package app

import (
	"errors"
	"time"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/app/settings"
	"fonds/assets"
)

// Options of the window.
type Options struct {
	Archive string // file to open; "" shows the welcome page
	Sample  bool   // open the sample archive, which is made where it is not there yet
	Version string // of the program, for the page about it
}

// ID names the program to the desktop.
const ID = "org.fonds.Fonds"

// Run opens the window and returns when it is closed and everything is in the
// archive. Call it on the main goroutine, once.
func Run(o Options) error {
	set, err := settings.Load() // where they cannot be read they are zero
	crashed := watchCrashes()
	a := fyneapp.NewWithID(ID)
	fyne.SetCurrentApp(still{a})
	a.SetIcon(fyne.NewStaticResource("fonds.png", assets.Icon()))
	first := set.Theme
	if first == "" && waitForDesktop {
		first = "light" // paper, until the desktop says otherwise
	}
	face := findTypeface(&set, systemFonts) // there is no window yet that could wait
	face.use()
	a.Settings().SetTheme(themeOf(first, face.look, set.Scale))
	w := newWindow(a, set, session.Config{Do: fyne.Do, Go: func(f func()) { go f() }, After: timer, Now: time.Now}, o)
	w.face = face
	a.Lifecycle().SetOnStarted(func() {
		w.followDesktop(first != set.Theme)
		w.start()
		switch {
		case crashed != "":
			w.tell(i18n.T("crash.title"), i18n.T("crash.text", "path", crashed))
		case err != nil:
			w.s.Fail(err)
		default:
			w.tellWrongKeys()
		}
	})
	a.Lifecycle().SetOnStopped(w.stopped)
	w.win.ShowAndRun()
	return errors.Join(w.saved, w.s.CloseNow())
}

func timer(d time.Duration, f func()) (stop func() bool) { return time.AfterFunc(d, f).Stop }
