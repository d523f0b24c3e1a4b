package app

import (
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"fonds/app/arranging"
	"fonds/app/cataloguing"
	"fonds/app/checking"
	"fonds/app/clustering"
	"fonds/app/concordance"
	"fonds/app/duplicates"
	"fonds/app/export"
	"fonds/app/finding"
	"fonds/app/i18n"
	"fonds/app/importing"
	"fonds/app/publish"
	"fonds/app/review"
	"fonds/app/session"
	"fonds/app/templating"
	"fonds/app/vocabulary"
	"fonds/storage/archive"
	"fonds/widgets"
)

// screen is what can be shown of an archive in the place of the list and the desk.
type screen interface {
	Content() fyne.CanvasObject
	Show()     // what is the case now
	Focus()    // gives the keyboard to where work on it begins
	NextPane() // moves it on
	Section() int
	Open(section int) // the one that was open before everything was made anew
}

// The names of the screens. Commands whose id begins with the name and a dot are
// done on the screen; most others go back to work first (stays).
const (
	ownerScreen     = "owner"
	oversightScreen = "oversight"
)

// newScreens makes them all.
func (w *window) newScreens() {
	w.owner, w.publish, w.alike, w.importing, w.list = w.newOwner(), w.newPublish(), w.newDuplicates(), w.newImporting(), w.newCatalogue()
	w.cluster, w.templates, w.check = w.newClustering(), w.newTemplating(), w.newChecking()
	w.vocabulary = w.newVocabulary()
	w.concord, w.table = w.newConcordance(), w.newFinding()
	w.screens = map[string]screen{ownerScreen: w.owner, oversightScreen: w.newOversight(), review.Screen: w.newReview(), publish.Screen: w.publish,
		duplicates.Screen: w.alike, importing.Screen: w.importing, cataloguing.Screen: w.list,
		finding.Screen: w.table, concordance.Screen: w.concord, clustering.Screen: w.cluster, arranging.Screen: w.newArranging(),
		templating.Screen: w.templates, checking.Screen: w.check,
		vocabulary.Screen: w.vocabulary}
}

// newReview makes the review of what waits for a decision.
func (w *window) newReview() *review.Page {
	p := review.New(w.s, w.win.Canvas())
	p.OnLeave = w.leaveScreen
	p.OnDesk = func(doc, item archive.ID) {
		w.leaveScreen()
		w.s.OpenDocument(doc)
		w.s.WhenLoaded(func() { w.desk.Reveal(item) })
	}
	return p
}

// newDuplicates makes the page of documents that are nearly the same.
func (w *window) newDuplicates() *duplicates.Page {
	p := duplicates.New(w.s, w.win.Canvas())
	p.OnLeave = w.leaveScreen
	p.OnDesk = func(doc archive.ID) {
		w.leaveScreen()
		w.s.OpenDocument(doc)
	}
	return p
}

// newFinding makes the table of all documents.
func (w *window) newFinding() *finding.Page {
	p := finding.New(w.s, w.win.Canvas(), w.chosenTable())
	p.OnLeave = w.leaveScreen
	p.OnDesk = func() {
		w.leaveScreen()
		w.desk.FocusText()
	}
	p.OnTable = w.rememberTable
	p.OnWords = func() {
		w.concord.Within()
		w.openScreen(concordance.Screen)
	}
	return p
}

// newConcordance makes the page of every place of words.
func (w *window) newConcordance() *concordance.Page {
	p := concordance.New(w.s, w.win.Canvas())
	p.OnLeave = w.leaveScreen
	p.OnDesk = func(doc archive.ID, start, end int) {
		w.leaveScreen()
		w.s.OpenAt(doc, start, end, w.desk.FocusText)
	}
	return p
}

// newClustering makes the page of values that are nearly the same.
func (w *window) newClustering() *clustering.Page {
	p := clustering.New(w.s, w.win.Canvas())
	p.OnLeave = w.leaveScreen
	p.OnDesk = func(doc archive.ID) {
		w.leaveScreen()
		w.s.OpenDocument(doc)
	}
	return p
}

// newVocabulary makes the page of tags and vocabularies.
func (w *window) newVocabulary() *vocabulary.Page {
	p := vocabulary.New(w.s, w.win.Canvas())
	p.OnLeave = w.leaveScreen
	p.OnDesk = func(doc archive.ID) {
		w.leaveScreen()
		w.s.OpenDocument(doc)
	}
	p.OnFile = func(done func(path string)) {
		w.pick(pickVocabulary, i18n.T("vocabulary.pick.title"), i18n.T("vocabulary.pick.text"), i18n.T("vocabulary.pick.do"), done)
	}
	p.OnSave = func(done func(path string)) {
		w.pick(pickNew, i18n.T("vocabulary.save.title"), i18n.T("vocabulary.save.text"), i18n.T("vocabulary.save.do"), func(path string) {
			if filepath.Ext(path) == "" {
				path += ".ttl"
			}
			done(path)
		})
	}
	return p
}

// newArranging makes the page of the arrangement.
func (w *window) newArranging() *arranging.Page {
	p := arranging.New(w.s, w.win.Canvas())
	p.OnLeave = w.leaveScreen
	p.OnPrint = func(unit, query, called string) { w.askList(export.List{Unit: unit, Query: query}, called) }
	p.OnDesk = func(doc archive.ID) {
		w.leaveScreen()
		w.s.OpenDocument(doc)
	}
	return p
}

// newCatalogue makes the page on which a catalogue is brought in.
func (w *window) newCatalogue() *cataloguing.Page {
	p := cataloguing.New(w.s, w.win.Canvas())
	p.OnLeave = w.leaveScreen
	p.OnDesk = func(doc archive.ID) {
		w.leaveScreen()
		w.s.OpenDocument(doc)
	}
	p.OnFile = func(done func(path string)) {
		w.pick(pickTable, i18n.T("catalogue.pick.title"), i18n.T("catalogue.pick.text"), i18n.T("catalogue.pick.do"), done)
	}
	return p
}

// screen is the one that is shown, nil where that is the work itself.
func (w *window) screen() screen { return w.screens[w.showing] }

// openScreen shows a screen in the place of the work.
func (w *window) openScreen(name string) {
	w.s.Flush()
	if hides, ok := w.screen().(interface{ Hide() }); ok && name != w.showing {
		hides.Hide()
	}
	w.showing, w.prefing = name, false
	w.screen().Show()
	w.showPage()
	w.screen().Focus()
}

// leaveScreen goes back to work.
func (w *window) leaveScreen() {
	if w.showing != "" {
		if hides, ok := w.screen().(interface{ Hide() }); ok {
			hides.Hide()
		}
		w.showing = ""
		w.showPage()
		w.focusPage()
	}
}

// stays says whether a command can be done while a screen or the settings are
// open; any other one goes back to work first.
func (w *window) stays(c *session.Command) bool {
	switch c.ID {
	case "settings", "undo", "redo", "palette", "pane.next", "text.larger", "text.smaller", "text.normal":
		return true
	}
	if w.editsTemplate() && (c.ID == "doc.next" || c.ID == "doc.previous") { // they move the field
		return true
	}
	if w.showing == finding.Screen && !w.prefing && session.OfSaved(c.ID) { // it shows the same list
		return true
	}
	look := strings.HasPrefix(c.ID, "theme.") || strings.HasPrefix(c.ID, "language.")
	own := w.showing != "" && !w.prefing && strings.HasPrefix(c.ID, w.showing+".")
	return look || own || c.Menu == session.FileMenu || c.Menu == session.HelpMenu
}

// showScreens shows the one of the stacked pages that is to be seen.
func (w *window) showScreens() {
	show := func(o fyne.CanvasObject, on bool) {
		switch {
		case !on:
			o.Hide()
		case !o.Visible():
			o.Show()
			widgets.Relay(o)
		}
	}
	on := w.s.Open() && !w.prefing
	show(w.work, on && w.showing == "")
	for name, x := range w.screens {
		show(x.Content(), on && w.showing == name)
	}
	show(w.prefs.Content(), w.prefing)
}
