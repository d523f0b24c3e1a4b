package library

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage/archive"
	"fonds/widgets"
	"fonds/widgets/look"
)

// nameBox asks for the name of a saved search. Enter takes it, Escape leaves; what is
// wrong with it is said below it.
type nameBox struct {
	l      *Library
	veil   *widgets.Veil
	before fyne.Focusable
	name   *widgets.Entry
	says   *widgets.Note
	do     *widgets.Button
	accept func(name string)
	said   func(name string) string // what there is to know about a name
}

const (
	nameWidth = float32(440)
	nameRows  = 4 // of the query, and of what is wrong
)

// askName asks for a name below a heading and what it is for. said is what there is to
// know of a name before it is taken.
func (l *Library) askName(title, about, do, offer string, said func(string) string, accept func(string)) *nameBox {
	b := &nameBox{l: l, before: l.on.Focused(), accept: accept, said: said}
	head := widgets.NewTitle(title)
	what := widgets.NewText(nameRows, about)
	b.says = widgets.NewNote(nameRows)
	what.Covers, b.says.Covers = session.Covers, session.Covers
	b.name = widgets.NewEntry()
	b.name.Limit = archive.SearchNameLen
	b.name.SetPlaceHolder(i18n.T("saved.name"))
	b.name.SetText(offer)
	b.name.OnType = func(string) { b.say("") }
	b.name.OnKey = func(k *fyne.KeyEvent) bool {
		if k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter {
			b.take()
			return true
		}
		return b.escape(k)
	}
	cancel := widgets.NewButton(i18n.T("button.cancel"), b.close)
	b.do = widgets.NewPrimaryButton(do, b.take)
	cancel.OnKey, b.do.OnKey = b.escape, b.escape
	room := container.New(fixed{min(nameWidth, l.on.Size().Width-4*look.Edge)})
	top := container.New(layout.NewCustomPaddedLayout(-look.Tight, 0, -look.Near, -look.Near), head)
	foot := container.New(layout.NewCustomPaddedLayout(look.Apart, 0, 0, 0), container.New(layout.NewCustomPaddedHBoxLayout(look.Near), layout.NewSpacer(), cancel, b.do))
	body := container.New(layout.NewCustomPaddedVBoxLayout(look.Near), room, top, what, b.name, b.says, foot)
	b.veil = widgets.NewVeil(container.New(layout.NewCustomPaddedLayout(look.Apart, look.Apart, look.Apart, look.Apart), body), l.on)
	b.veil.Show()
	l.on.Focus(b.name)
	b.name.TypedShortcut(&fyne.ShortcutSelectAll{})
	b.say("")
	l.box = b
	return b
}

// fixed is the layout of a container that is so wide and has no height.
type fixed struct{ width float32 }

// MinSize is called by Fyne.
func (f fixed) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(f.width, 0) }

// Layout is called by Fyne.
func (f fixed) Layout([]fyne.CanvasObject, fyne.Size) {}

// say says what is wrong, or else what there is to know of the name.
func (b *nameBox) say(wrong string) {
	b.name.SetBad(wrong != "")
	if wrong != "" {
		b.says.SetText("⚠ "+wrong, widgets.Warn)
		return
	}
	b.says.SetText(b.said(archive.SearchName(b.name.Text)), widgets.Plain)
}

func (b *nameBox) take() {
	if strings.TrimSpace(b.name.Text) == "" {
		b.say(i18n.T("saved.noname"))
		b.l.on.Focus(b.name)
		return
	}
	b.accept(archive.SearchName(b.name.Text))
}

// done closes the box where err is nil, and else says it.
func (b *nameBox) done(err error) bool {
	if err != nil {
		b.say(session.Words(err))
		return false
	}
	b.close()
	return true
}

func (b *nameBox) close() {
	b.veil.Hide()
	b.l.box = nil
	if b.before != nil {
		b.l.on.Focus(b.before)
	}
}

func (b *nameBox) escape(k *fyne.KeyEvent) bool {
	if k.Name != fyne.KeyEscape {
		return false
	}
	b.close()
	return true
}

// saveSearch asks for a name for what the list shows.
func (l *Library) saveSearch() {
	if !l.hidden() {
		l.search.Now() // what was typed last counts
		if l.search.Faulty() {
			l.s.Say(l.search.Fault())
			l.FocusSearch()
			return
		}
	}
	search := l.s.SearchToSave()
	if search == "" {
		l.s.Say(i18n.T("saved.nothing"))
		if !l.hidden() {
			l.FocusSearch()
		}
		return
	}
	typed := l.s.Query().Search
	if !l.hidden() {
		typed = l.search.Entry.Text
	}
	offer := l.s.SavedShown()
	if words := strings.TrimSpace(typed); offer == "" && len([]rune(words)) <= archive.SearchNameLen {
		offer = session.OneLine(words)
	}
	about := session.OneLine(search)
	if f := l.s.Query().Filter; f == session.Questions || f == session.Unassigned {
		about += "\n" + i18n.T("saved.without", "filter", session.FilterWords(f))
	}
	var b *nameBox
	b = l.askName(i18n.T("saved.save.title"), about, i18n.T("saved.save.do"), offer, func(name string) string {
		if q := l.s.SavedByName(name); q.Name != "" && q.Query != search {
			return i18n.T("saved.replaces", "query", session.OneLine(q.Query))
		}
		return ""
	}, func(name string) {
		kept := func(err error) {
			if b.done(err) {
				l.search.Show(search)
				l.s.SetQuery(session.Query{Search: search})
				l.s.Say(i18n.T("saved.kept", "name", session.OneLine(name)))
			}
		}
		if l.s.SavedByName(name).Query == search { // as it is
			kept(nil)
			return
		}
		l.s.SaveSearch(name, search, kept)
	})
}

// renameSaved asks for another name of a saved search.
func (l *Library) renameSaved(from string) {
	var b *nameBox
	b = l.askName(i18n.T("saved.rename.title", "name", session.OneLine(from)), session.OneLine(l.s.SavedByName(from).Query),
		i18n.T("saved.rename.do"), from, func(string) string { return "" }, func(name string) {
			l.s.RenameSearch(from, name, func(err error) {
				if b.done(err) && name != from {
					l.s.Say(i18n.T("saved.renamed", "name", session.OneLine(name)))
				}
			})
		})
}
