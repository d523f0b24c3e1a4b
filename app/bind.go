package app

import (
	"encoding/json"
	"maps"
	"time"

	"fyne.io/fyne/v2"

	"fonds/app/arranging"
	"fonds/app/cataloguing"
	"fonds/app/checking"
	"fonds/app/clustering"
	"fonds/app/concordance"
	"fonds/app/duplicates"
	"fonds/app/finding"
	"fonds/app/i18n"
	"fonds/app/importing"
	"fonds/app/publish"
	"fonds/app/review"
	"fonds/app/session"
	"fonds/app/vocabulary"
	"fonds/widgets"
	"fonds/widgets/look"
)

// fyneWords are the words of Fyne's own dialogs and menus, as it reads them.
func fyneWords() ([]byte, error) { return json.Marshal(i18n.Section("fyne.")) }

// bind says what the commands of the window do.
func (w *window) bind() {
	s, c := w.s, w.s.Commands
	c.Bind("archive.new", w.newArchive, nil)
	c.Bind("archive.open", w.chooseArchive, nil)
	c.Bind("archive.reopen", w.reopen, s.Returned)
	c.Bind("archive.sample", w.openSample, nil)
	c.Bind("archive.close", func() { w.leaving(func() { s.CloseArchive(w.focusPage) }) }, s.Open)
	c.Bind("archive.import", w.chooseImport, func() bool { ro, _ := s.ReadOnly(); return !ro && s.Actor() != "" && !w.importing.Runs() })
	c.Bind("importing.open", func() { w.openScreen(importing.Screen) }, s.Open)
	shown := func() bool { return w.showing == importing.Screen && !w.prefing }
	files := func() bool { return shown() && w.importing.Section() == 0 && !w.importing.Runs() }
	for id, act := range map[string]struct {
		do  func()
		can func() bool
	}{
		"importing.run":      {w.importing.Run, func() bool { return shown() && w.importing.CanRun() }},
		"importing.pause":    {w.importing.Pause, w.importing.Runs},
		"importing.stop":     {w.importing.Stop, w.importing.Stops},
		"importing.encoding": {w.importing.Choose, files},
		"importing.leaveout": {w.importing.LeaveOut, files},
		"importing.records":  {w.importing.Records, func() bool { return files() && w.importing.CanMap() }},
		"importing.one":      {w.importing.AsOne, func() bool { return files() && w.importing.IsMapped() }},
		"importing.sheet":    {w.importing.Sheet, func() bool { return files() && w.importing.Mapping() }},
		"importing.head":     {w.importing.Head, func() bool { return files() && w.importing.Mapping() }},
		"importing.split":    {w.importing.Split, func() bool { return files() && w.importing.Mapping() }},
		"importing.continue": {w.importing.Continue, func() bool { return s.InterruptedImport() != nil && s.Fixed() == "" && w.stopWork == nil }},
		"importing.leave":    {w.importing.Leave, func() bool { return s.InterruptedImport() != nil && s.Fixed() == "" && !w.importing.Runs() }},
	} {
		c.Bind(id, act.do, func() bool { return s.Open() && act.can() })
	}
	c.Bind("settings", w.openPrefs, nil)
	c.Bind("person", func() { w.askPerson(w.focusPage) }, nil)
	c.Bind("archive.people", func() { w.openScreen(ownerScreen) }, s.Open)
	c.Bind("oversight.open", func() { w.openScreen(oversightScreen) }, s.Open)
	c.Bind("oversight.report", w.chooseReport, func() bool { return s.Open() && w.stopWork == nil })
	c.Bind("publish.open", func() { w.openScreen(publish.Screen) }, s.Open)
	c.Bind("publish.write", w.publish.Write, func() bool { return w.showing == publish.Screen && s.Open() })
	c.Bind("duplicates.open", func() { w.openScreen(duplicates.Screen) }, s.Open)
	c.Bind("finding.open", func() { w.openScreen(finding.Screen) }, s.Open)
	c.Bind("finding.many", func() {
		w.openScreen(finding.Screen)
		c.Run("finding.change")
	}, s.Open)
	c.Bind("concordance.open", func() { w.openScreen(concordance.Screen) }, s.Open)
	c.Bind("catalogue.open", func() { w.openScreen(cataloguing.Screen) }, s.Open)
	c.Bind("arranging.open", func() { w.openScreen(arranging.Screen) }, s.Open)
	c.Bind("checks.open", func() { w.openScreen(checking.Screen) }, s.Open)
	c.Bind("vocabulary.open", func() { w.openScreen(vocabulary.Screen) }, s.Open)
	c.Bind("clustering.open", func() { w.openScreen(clustering.Screen) }, s.Open)
	c.Bind("print.document", w.printDocument, func() bool { return s.Document() != nil })
	c.Bind("print.list", w.printList, func() bool { return s.Open() && w.stopWork == nil })
	c.Bind("review.open", func() { w.openScreen(review.Screen) }, s.Open)
	works := func() bool {
		x := s.ChosenDocuments()
		return s.Fixed() == "" && s.Open() && x.Count() > 0 && w.stopWork == nil
	}
	c.Bind("doc.assign", w.openAssign, works)
	c.Bind("doc.mine", func() { w.takeWork(true) }, works)
	c.Bind("doc.giveback", func() { w.takeWork(false) }, works)
	c.Bind("archive.labels", w.openLabels, s.Open)
	c.Bind("archive.template", w.openTemplate, s.Open)
	w.bindTemplates()
	c.Bind("archive.backup", w.chooseBackup, func() bool { return s.Open() && w.stopWork == nil })
	c.Bind("archive.recover", w.chooseRecover, func() bool { return s.Actor() != "" && w.stopWork == nil })
	c.Bind("archive.erase", w.erase, func() bool { return s.Erasing() > 0 && w.stopWork == nil })
	c.Before = func(k *session.Command) {
		if w.showing != "" && !w.stays(k) {
			w.leaveScreen()
		}
		if w.prefing && !w.stays(k) {
			w.leavePrefs()
		}
	}
	c.Bind("quit", w.close, nil)
	c.Bind("doc.destroy", w.askDestroy, func() bool {
		ro, _ := s.ReadOnly()
		return !ro && s.Actor() != "" && s.Document() != nil && w.stopWork == nil
	})
	c.Bind("undo", w.undo, w.canUndo)
	c.Bind("redo", w.redo, w.canUndo)
	c.Bind("palette", w.palette, nil)
	c.Bind("shortcuts", w.sheet, nil)
	c.Bind("about", w.about, nil)
	c.Bind("menu.here", func() {
		if !w.lib.AskMenu() && !w.desk.AskMenu() {
			s.Say(i18n.T("cmd.notnow", "command", c.Get("menu.here").Words()))
		}
	}, s.Open)
	c.Bind("pane.next", w.nextPane, nil)
	c.Bind("pane.list", w.lib.Focus, s.Open)
	for id, name := range map[string]string{"theme.system": "", "theme.light": "light", "theme.dark": "dark", "theme.contrast": "contrast"} {
		c.Bind(id, func() { w.dress(name) }, nil)
	}
	for id, tag := range map[string]string{"language.system": "", "language.en": "en", "language.zh": "zh-Hans"} {
		c.Bind(id, func() { w.speakIn(tag) }, nil)
	}
}

// dress changes the colours.
func (w *window) dress(name string) {
	w.set.Theme = name
	w.redress()
}

// followDesktop takes the desktop's colours where the person left the choice to
// it: when it answers (waiting says that we drew in light until then), and when
// it changes them later.
func (w *window) followDesktop(waiting bool) {
	cfg := w.s.Config()
	if waiting {
		cfg.Go(func() {
			if _, known := desktopIsDark(); known {
				cfg.Do(func() {
					if w.set.Theme == "" {
						w.app.Settings().SetTheme(themeOf("", w.face.look, w.set.Scale))
					}
				})
			}
		})
	}
	w.app.Settings().AddListener(func(fyne.Settings) {
		cfg.Do(func() {
			if !w.closing && w.drawn != look.Current() {
				w.rebuild()
			}
		})
	})
}

// speakIn changes the language.
func (w *window) speakIn(tag string) {
	w.set.Language = tag
	w.speak()
	w.rebuild()
}

// rebuildWait is how long typing under way may take to become part of the document
// before everything is made anew without it.
const rebuildWait = time.Second

// rebuild makes everything anew, once what is being typed is in the document: a
// value that came after the caret was put back would carry it away.
func (w *window) rebuild() {
	w.s.Flush()
	if w.s.Status().Saving == 0 {
		w.rebuildNow()
		return
	}
	if w.rebuilds {
		return
	}
	w.rebuilds = true
	now := func() {
		if w.rebuilds && !w.closing {
			w.rebuildNow()
		}
	}
	stop := w.s.After(rebuildWait, now)
	w.s.Settled(func(int) { stop(); now() })
}

func (w *window) rebuildNow() {
	w.rebuilds = false
	w.s.Flush()
	place, part, sections := w.desk.Place(), w.lib.Part(), map[string]int{}
	for name, x := range w.screens {
		sections[name] = x.Section()
	}
	choice, offset, chosen, doubles, list, groups := w.prefs.Focused(), w.prefs.Offset(), w.publish.Chosen(), w.alike.Found(), w.list.Kept(), w.cluster.Kept()
	places, changing, checked, terms := w.concord.Kept(), w.table.Kept(), w.check.Kept(), w.vocabulary.Shown()
	w.build()
	w.publish.Restore(chosen)
	w.alike.Restore(doubles)
	w.list.Restore(list)
	w.concord.Restore(places)
	w.table.Restore(changing)
	w.cluster.Restore(groups)
	w.check.Restore(checked)
	w.vocabulary.Restore(terms)
	for name, x := range w.screens {
		x.Open(sections[name])
	}
	// The keyboard stays where it was: what is typed next was meant for there.
	switch {
	case w.prefing:
		w.prefs.SetOffset(offset)
		w.prefs.Focus(choice)
	case w.showing != "" || !w.s.Open():
		w.focusPage()
	case !w.desk.Return(place) && !w.lib.FocusPart(part):
		w.focusPage()
	}
	w.keep()
}

// keep writes the settings on a worker: what was chosen holds even if the
// program is killed.
func (w *window) keep() {
	set := w.set
	set.Last, set.Filter = maps.Clone(set.Last), maps.Clone(set.Filter) // the window goes on writing in its own
	w.s.Config().Go(func() {
		if err := w.save(set); err != nil {
			w.s.Config().Do(func() { w.s.Fail(err) })
		}
	})
}

// typingIn is the entry that has the focus, or nil.
func (w *window) typingIn() *widgets.Entry {
	e, _ := w.win.Canvas().Focused().(*widgets.Entry)
	return e
}

func (w *window) canUndo() bool {
	ro, _ := w.s.ReadOnly()
	return w.typingIn() != nil || !ro && w.s.Actor() != ""
}

// undo takes back typing under way, else what the person did last.
func (w *window) undo() {
	if e := w.typingIn(); e != nil && e.UndoTyping() {
		w.undid = false
		return
	}
	w.undid = true
	w.s.Undo(false, func(why error) { w.offerRest(why, func() { w.s.Undo(true, nil) }) })
}

// redo brings back what undo took last: typing, or an edit.
func (w *window) redo() {
	if e := w.typingIn(); e != nil && (e.Dirty() || !w.undid) && e.RedoTyping() {
		return
	}
	w.s.Redo(false, func(why error) { w.offerRest(why, func() { w.s.Redo(true, nil) }) })
}

// offerRest asks whether to take back what still can be where a part cannot.
func (w *window) offerRest(why error, rest func()) {
	w.ask(i18n.T("undo.rest.title"), session.Words(why)+"\n"+i18n.T("undo.rest.text"), i18n.T("undo.rest.do"), rest)
}
