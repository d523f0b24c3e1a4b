package library

import (
	"fyne.io/fyne/v2/theme"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/widgets"
	"fonds/widgets/look"
)

// savedRow is a saved search as a row below the filters says it.
type savedRow struct{ name, words, count string }

// listRows is how many rows of the list saved searches leave in sight.
const listRows = 5

// savedShown are the saved searches in sight: the first ones, and the one that is
// chosen.
func (f *filterRows) savedShown() []savedRow {
	n := min(f.fit, len(f.saved))
	for i, s := range f.saved {
		if s.name == f.ran && i >= n {
			n = max(n, 1)
			return append(append([]savedRow{}, f.saved[:n-1]...), s)
		}
	}
	return f.saved[:n]
}

// setSaved says which saved searches there are, in their order.
func (f *filterRows) setSaved(all []savedRow) {
	f.saved = all
	f.Refresh()
}

// leave makes room for as many saved searches as leave some of the list in sight; room
// is the height of filters and list together.
func (f *filterRows) leave(room float32) {
	rows := float32(listRows)
	if f.folds {
		rows = 1 // they are open for a moment
	}
	room -= rows*look.TwoRowHeight*theme.TextSize()/look.Text + rowHeight()*float32(len(f.shown())+1)
	if fit := min(max(int(room/rowHeight()), 0), session.SavedInSight); fit != f.fit {
		f.fit = fit
		f.Refresh()
	}
}

func (f *filterRows) savedRow(name string) savedRow {
	for _, s := range f.saved {
		if s.name == name {
			return s
		}
	}
	return savedRow{}
}

// words are what a row is called.
func (f *filterRows) words(r row) string {
	switch {
	case r.head:
		return i18n.T("saved.heading")
	case r.saved != "":
		return f.savedRow(r.saved).words
	}
	return session.FilterWords(r.filter)
}

// counted says how many documents a row has; of the heading, how many saved searches
// there are where some are out of sight.
func (f *filterRows) counted(r row) string {
	switch {
	case r.head && len(f.savedShown()) < len(f.saved):
		return i18n.Number(int64(len(f.saved))) + " ›"
	case r.head:
		return ""
	case r.saved != "":
		return f.savedRow(r.saved).count
	}
	return f.counts[r.filter]
}

// found says how many documents a saved search finds; "" where that is not known yet.
func found(q session.SavedSearch) string {
	switch {
	case q.Fault != "":
		return "—"
	case !q.Known:
		return ""
	}
	return i18n.Number(int64(q.Count))
}

// showSaved shows the saved searches below the filters.
func (l *Library) showSaved() {
	var rows []savedRow
	for _, q := range l.s.Saved() {
		rows = append(rows, savedRow{q.Name, session.OneLine(q.Name), found(q)})
	}
	before := len(l.filters.rows())
	l.filters.setSaved(rows)
	l.filters.choose(l.s.Query().Filter, l.s.SavedShown())
	if before != len(l.filters.rows()) {
		l.content.Refresh()
	}
}

// chooseRow shows which filter the list has, or which saved search it shows.
func (l *Library) chooseRow() {
	before := len(l.filters.rows())
	l.filters.choose(l.s.Query().Filter, l.s.SavedShown())
	if before != len(l.filters.rows()) && l.content != nil {
		l.content.Refresh()
	}
}

// pickRow shows what a row stands for. A filter takes the place of a saved search, and
// narrows any other.
func (l *Library) pickRow(r row) {
	switch {
	case r.head:
		l.chooseSaved()
	case r.saved != "":
		l.runSaved(r.saved)
	default:
		q := l.s.Query()
		q.Filter = r.filter
		if l.s.SavedShown() != "" {
			q.Search = ""
			l.search.Show("")
		}
		l.s.SetQuery(q)
	}
}

// runSaved shows what a saved search finds; one that cannot be asked stands in the
// search, with what is wrong with it.
func (l *Library) runSaved(name string) {
	l.search.Show(l.s.SavedByName(name).Query)
	if !l.search.Faulty() {
		l.s.RunSaved(name)
	} else {
		l.chooseRow()
	}
}

// bindSaved says what the commands of the saved searches do.
func (l *Library) bindSaved() {
	c, s := l.s.Commands, l.s
	change := func() bool { return s.Open() && s.Fixed() == "" }
	c.Bind("search.saved", l.chooseSaved, s.Open)
	c.Bind("search.save", l.saveSearch, change)
	c.Bind("search.rename", func() { l.pickSaved(i18n.T("saved.rename"), l.renameSaved) }, change)
	c.Bind("search.unsave", func() { l.pickSaved(i18n.T("saved.remove"), l.removeSaved) }, change)
}

func (l *Library) hidden() bool { return l.Hidden != nil && l.Hidden() }

func (l *Library) chooseSaved() {
	l.pickSaved(i18n.T("saved.choose"), func(name string) {
		l.runSaved(name)
		if !l.hidden() {
			l.Focus()
		}
	})
}

// pickSaved asks for one of the saved searches.
func (l *Library) pickSaved(prompt string, then func(name string)) {
	all := l.s.Saved()
	if len(all) == 0 {
		l.s.Say(i18n.T("saved.none"))
		return
	}
	var choices []widgets.Choice
	for _, q := range all {
		ch := widgets.Choice{ID: q.Name, Title: session.OneLine(q.Name), Sub: session.OneLine(q.Query), Badge: found(q), Also: q.Name}
		if q.Fault != "" {
			ch.Sub = q.Fault
		}
		choices = append(choices, ch)
	}
	c := widgets.NewChooser(prompt, i18n.T("chooser.nothing"), choices)
	c.Covers, c.Start, c.OnPick = session.Covers, l.s.SavedShown(), then
	c.Show(l.on)
}

func (l *Library) removeSaved(name string) {
	asking := l.s.AsksFor(name)
	for i := range asking {
		asking[i] = session.OneLine(asking[i])
	}
	l.s.RemoveSearch(name, func(err error) {
		switch {
		case err != nil:
			l.s.Fail(err)
		case len(asking) > 0:
			l.s.Say(i18n.T("saved.gone.asked", "name", session.OneLine(name), "others", i18n.List(asking)))
		default:
			l.s.Say(i18n.T("saved.gone", "name", session.OneLine(name)))
		}
	})
}
