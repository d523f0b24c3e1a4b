package app

import (
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"

	"fonds/app/cataloguing"
	"fonds/app/checking"
	"fonds/app/clustering"
	"fonds/app/concordance"
	"fonds/app/desk"
	"fonds/app/duplicates"
	"fonds/app/finding"
	"fonds/app/fonts"
	"fonds/app/i18n"
	"fonds/app/importing"
	"fonds/app/library"
	"fonds/app/owner"
	"fonds/app/prefs"
	"fonds/app/publish"
	"fonds/app/session"
	"fonds/app/settings"
	"fonds/app/templating"
	"fonds/app/vocabulary"
	"fonds/widgets"
	"fonds/widgets/look"
)

// window is the one window of the program.
type window struct {
	app  fyne.App
	win  fyne.Window
	s    *session.Session
	set  settings.Settings
	o    Options
	save func(settings.Settings) error

	lib        *library.Library
	desk       *desk.Desk
	left       *widgets.Split
	right      *widgets.Split
	work       fyne.CanvasObject // the screens
	owner      *owner.Page
	publish    *publish.Page
	cluster    *clustering.Page
	templates  *templating.Page
	check      *checking.Page
	vocabulary *vocabulary.Page
	alike      *duplicates.Page
	importing  *importing.Page
	list       *cataloguing.Page
	concord    *concordance.Page
	table      *finding.Page
	strip      *strip
	sitting    int // counts the archives that were opened and closed
	screens    map[string]screen
	showing    string // the one in the place of the work, "" for none
	prefs      *prefs.Page
	prefing    bool // it is shown in the place of all else
	welcome    *welcomePage
	pages      *fyne.Container
	status     *widgets.StatusBar
	busy       *widgets.BusyBar

	drawn    *look.Palette                 // that everything was built in
	keys     string                        // the menus were drawn for these keys of tags
	rows     [][]menuRow                   // of the menus
	stopWork func()                        // stops the import or the backup that runs, or nil
	count    func(done, total int) string  // of a backup; nil: of files
	opening  bool                          // an archive is being opened
	rebuilds bool                          // everything is to be made anew, when typing is saved
	undid    bool                          // the last undo took an edit back, and no typing
	composes bool                          // an input method holds keys back
	leaves   bool                          // it is looked whether all is saved, before something is left
	ticks    map[string]*fyne.MenuItem     // of the things that are chosen from
	lately   []string                      // commands that were chosen from the palette, the last first
	wrong    []string                      // of the keys in the settings, in words
	pressed  func(*desktop.CustomShortcut) // takes the shortcuts of commands while a new key is asked for; nil
	catching *modal                        // in which it is asked for
	closing  bool
	saved    error // of the settings, when the window was closed
	modal    *modal
	labels   *labelPage // the palette, once it was shown
	picker   *picker    // of files, that was opened last

	face      typeface
	scanFonts func() *fonts.Catalog
	typing    int // counts the choices of a typeface: late answers are dropped
}

// newWindow makes the window. It opens nothing: see start.
func newWindow(a fyne.App, set settings.Settings, cfg session.Config, o Options) *window {
	w := &window{app: a, set: set, o: o, save: settings.Settings.Save, s: session.New(cfg), face: typeface{look: builtIn}, scanFonts: systemFonts}
	w.win = a.NewWindow("Fonds")
	w.win.SetPadded(false)
	w.win.SetMaster()
	w.speak()
	w.s.SetTextSize(set.TextSize)
	w.s.SetActor(set.Name)
	w.wrong = w.s.Commands.SetKeys(set.Keys)
	w.build()
	w.win.Resize(fyne.NewSize(or(set.Width, 1280), or(set.Height, 800)))
	w.win.SetCloseIntercept(w.close)
	w.win.SetOnDropped(func(_ fyne.Position, files []fyne.URI) { w.dropped(files) })
	return w
}

func or(v, otherwise float32) float32 {
	if v > 0 {
		return v
	}
	return otherwise
}

// speak uses the language of the settings, for Fyne's own words too: those are
// put under the name of the system's language, which is the one Fyne takes.
func (w *window) speak() {
	i18n.Use(w.set.Language)
	data, err := fyneWords()
	if err == nil {
		err = lang.AddTranslations(fyne.NewStaticResource(lang.SystemLocale().LanguageString()+".json", data))
	}
	if err != nil {
		w.s.Fail(err)
	}
}

// build makes everything that is seen anew: at first, and when the language or
// the colours change.
func (w *window) build() {
	s := w.s
	s.Quiet()
	w.drawn = look.Current()
	w.lib, w.desk = library.New(s, w.win.Canvas()), desk.New(s, w.win.Canvas())
	w.lib.Hidden = func() bool { return w.showing != "" }
	w.right = widgets.NewHSplit(w.desk.Reader(), w.desk.Inspector(), share(w.set.Inspect, 0.68))
	w.left = widgets.NewHSplit(w.lib.Content(), w.right, share(w.set.Library, 0.22))
	w.right.OnMoved = func(v float32) { w.set.Inspect = float64(v) }
	w.left.OnMoved = func(v float32) { w.set.Library = float64(v) }
	w.work = w.left
	w.welcome = newWelcome(w)
	w.newScreens()
	w.prefs = w.newPrefs()
	w.pages = container.NewStack(w.work, w.welcome.content, w.prefs.Content())
	for _, x := range w.screens {
		w.pages.Add(x.Content())
	}
	w.showPrefs()
	w.status = widgets.NewStatusBar()
	w.status.Covers = session.Covers
	w.busy = w.newBusyBar()
	w.importing.SetBar(w.busy)
	w.strip = newStrip(w)
	widgets.FunctionKeys, widgets.SingleKeys = w.functionKey, w.singleKey
	w.watchKeys()
	w.bind()
	s.On(w.hear)
	// What is below all of it is the theme's background, which Fyne paints.
	w.win.SetContent(container.NewBorder(w.strip.content, container.NewVBox(w.busy, w.status), nil, nil, w.pages))
	w.setMenu()
	w.win.Canvas().SetOnTypedKey(func(k *fyne.KeyEvent) {
		if v, ok := w.win.Canvas().Overlays().Top().(*widgets.Veil); ok {
			v.Refocus() // after the middle button, say, which nobody is told the end of
			if f := w.win.Canvas().Focused(); f != nil {
				f.TypedKey(k)
			}
			return
		}
		if c := s.Commands.ByKey(k.Name); c != nil {
			w.command(c.ID)
		}
	})
	w.showPage()
	w.showStatus()
	w.strip.show()
}

func share(v float64, otherwise float32) float32 {
	if v > 0.05 && v < 0.95 {
		return float32(v)
	}
	return otherwise
}

// start is called when the window can be seen: it asks who is working, if that
// is not known yet, and opens what was asked for.
func (w *window) start() {
	w.s.Watch(func() bool { return w.closing })
	w.tidyFonts()
	if w.s.Actor() == "" {
		w.askPerson(w.openFirst)
		return
	}
	w.openFirst()
}

func (w *window) openFirst() {
	switch {
	case w.o.Sample:
		w.openSample()
	case w.o.Archive != "":
		w.openArchive(w.o.Archive)
	default:
		w.focusPage()
	}
}

func (w *window) hear(e session.Event) {
	switch e.(type) {
	case session.ArchiveChanged:
		w.showing, w.prefing = "", false
		w.showPage()
		w.strip.show()
		w.sitting++
		w.copyLater(w.sitting, copyAfter)
	case session.NoticesChanged:
		w.strip.show()
	case session.SelfChanged, session.TurnsChanged:
		w.setMenu()
		if w.labels != nil {
			w.labels.show()
		}
	case session.ListChanged:
		w.rememberFilter()
		w.sayTicks()
	case session.TextSizeChanged:
		w.set.TextSize = w.s.TextSize()
	case session.DocumentOpened:
		if d := w.s.Document(); d != nil {
			w.remember(string(d.ID))
		}
		w.showTitle()
	}
	switch e.(type) {
	case session.StatusChanged, session.RowChosen, session.DocumentOpened, session.DocumentChanged,
		session.ArchiveChanged, session.PersonChanged, session.CountsChanged, session.NoticesChanged, session.ListChanged, session.DraftsChanged, session.UnsavedChanged:
		w.showStatus()
	}
}

// showPage shows the screens where an archive is open, else the welcome page.
func (w *window) showPage() {
	w.showScreens()
	if w.s.Open() || w.prefing {
		w.welcome.content.Hide()
	} else {
		w.welcome.show()
		w.welcome.content.Show()
	}
	w.showTitle()
}

// showTitle names what is open in the title of the window: the document by its
// file's name, and the archive.
func (w *window) showTitle() {
	title := "Fonds"
	if w.s.Open() {
		title = session.OneLine(filepath.Base(w.s.Path())) + " — " + title
	}
	if d := w.s.Document(); d != nil {
		title = session.OneLine(d.Info.Name) + " — " + title
	}
	if w.win.Title() != title {
		w.win.SetTitle(title)
	}
}

// focusPage gives the keyboard to where work begins: the list, or the first
// thing of the welcome page.
func (w *window) focusPage() {
	switch {
	case w.prefing:
		w.prefs.Focus("")
	case w.s.Open() && w.screen() != nil:
		w.screen().Focus()
	case w.s.Open():
		w.lib.Focus()
	default:
		w.welcome.focus()
	}
}

// nextPane moves the keyboard: list, text, inspector, and around.
func (w *window) nextPane() {
	switch {
	case w.prefing:
		w.prefs.Focus("")
	case !w.s.Open():
		w.welcome.focus()
	case w.screen() != nil:
		w.screen().NextPane()
	case w.lib.Focused() && w.s.Document() != nil:
		w.desk.FocusText()
	case w.desk.MiddleFocused():
		w.desk.FocusInspector()
	default:
		w.lib.Focus()
	}
}

// singleKey does the command of a single key on a screen beside the desk, wherever the
// keyboard is on it.
func (w *window) singleKey(r rune) {
	if w.showing != "" && !w.prefing && w.modal == nil && w.win.Canvas().Overlays().Top() == nil {
		w.s.Commands.RunOn(w.showing, r)
	}
}

func (w *window) functionKey(k fyne.KeyName) bool {
	c := w.s.Commands.ByKey(k)
	if c == nil || w.modal != nil || w.win.Canvas().Overlays().Top() != nil {
		return false
	}
	w.s.Commands.Run(c.ID)
	return true
}

// close is asked for by the person: typing becomes edits, edits are waited for,
// then the window goes.
func (w *window) close() {
	if w.closing {
		return
	}
	if w.stopWork != nil {
		w.stopWork()
	}
	w.leaving(func() {
		w.closing = true
		w.noteSize()
		w.s.CloseArchive(func() {
			w.saved = w.save(w.set)
			w.win.Close()
		})
	})
}

// stopped is called when the program ends in another way, as by a signal.
func (w *window) stopped() {
	if !w.closing {
		w.closing = true
		w.noteSize()
		w.saved = w.save(w.set)
	}
}

func (w *window) noteSize() {
	size := w.win.Canvas().Size()
	if size.Width > 0 && size.Height > 0 {
		w.set.Width, w.set.Height = size.Width, size.Height
	}
}
