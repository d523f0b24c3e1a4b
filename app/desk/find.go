package desk

import (
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/widgets"
	"fonds/widgets/textlayout"
)

// findDelay is how long finding waits for another key.
const findDelay = 120 * time.Millisecond

// What stands on the button for upper and lower case, in every language.
const (
	foldLabel  = "Aa = aa"
	exactLabel = "Aa ≠ aa"
)

// findBar finds words in the document that is shown: a thin bar above the text.
// The words are looked for on a worker; an answer that comes too late is dropped.
type findBar struct {
	d     *Desk
	row   *fyne.Container
	entry *widgets.Entry
	count *widgets.Note
	fold  *widgets.Button

	words []string // that are looked for: those typed, or those of the search
	query string   // of the list, while its words are looked for and not those typed
	exact bool     // upper and lower case, full and half width differ
	view  *widgets.TextView
	hits  []widgets.Span
	at    int // of hits, -1: none yet
	from  int // where finding began: the first hit behind it is the first shown
	been  bool
	gone  bool // the text was shown at another place since its document is there

	gen  int
	halt *atomic.Bool // stops the worker
	stop func()       // of the key that waits
	then func()       // to do when the hits are there
	text *textlayout.Text
}

// bind says what the commands of finding do.
func (f *findBar) bind() {
	c, shown := f.d.s.Commands, func() bool { return f.d.s.Document() != nil }
	c.Bind("text.find", f.open, shown)
	c.Bind("text.next", func() {
		by := 1
		if app, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok && app.CurrentKeyModifiers()&fyne.KeyModifierShift != 0 {
			by = -1 // a key without a character has no shortcut of its own with Shift
		}
		f.again(by)
	}, shown)
	c.Bind("text.previous", func() { f.again(-1) }, shown)
}

// open shows the bar with what is selected, else with what was looked for last.
func (f *findBar) open() {
	f.view = f.d.facing()
	s, has := f.view.Selection()
	f.from, f.been = s.Start, false
	if words := f.view.SelectedText(); has && len([]rune(words)) <= 100 && !strings.Contains(words, "\n") {
		f.entry.SetText(words)
	}
	if f.row.Hidden {
		f.row.Show()
		f.d.relay()
	}
	f.d.on.Focus(f.entry)
	f.entry.TypedShortcut(&fyne.ShortcutSelectAll{})
	f.now()
}

// close gives the focus back to the text, at the hit.
func (f *findBar) close() {
	if f.stop != nil {
		f.stop()
		f.stop = nil
	}
	if f.row.Hidden {
		return
	}
	f.row.Hide()
	f.d.relay()
	view := f.d.facing()
	if f.view == view && f.at >= 0 && f.at < len(f.hits) {
		view.Select(f.hits[f.at])
	}
	f.clear()
	f.d.on.Focus(view)
}

// leave takes away hits that are shown without the bar, and reports whether there
// were some.
func (f *findBar) leave() bool {
	if len(f.hits) == 0 || !f.row.Hidden {
		return false
	}
	f.clear()
	return true
}

// clear takes the hits away.
func (f *findBar) clear() {
	f.gen++
	if f.halt != nil {
		f.halt.Store(true)
	}
	f.hits, f.at, f.then = nil, -1, nil
	if f.view != nil {
		f.view.SetHits(nil, -1)
	}
}

// left is told that another document is shown: its hits are those of the list's
// search, or of the bar where it is open.
func (f *findBar) left() {
	f.clear()
	f.view, f.text, f.from, f.been, f.gone = f.d.text, nil, 0, false, false
	switch {
	case f.d.s.Document() == nil:
	case !f.row.Hidden:
		f.now()
	default:
		query := f.d.s.Sought()
		if words := session.SearchWords(query); len(words) > 0 {
			f.words, f.query, f.exact = words, query, false
			f.look(func() {
				if len(f.hits) > 0 && !f.gone {
					f.view.ScrollTo(f.hits[0].Start)
				}
				if st := f.d.s.Status(); st.Notice == "" && st.Error == "" {
					f.d.s.Say(i18n.N("find.searched", len(f.hits)))
				}
			})
		}
	}
}

// searched is told that the list is searched for other words: where they stand in the
// document that is shown is shown, and nothing moves.
func (f *findBar) searched() {
	query := f.d.s.Sought()
	if !f.row.Hidden || f.d.s.Document() == nil || f.query == query {
		return
	}
	f.clear()
	f.view, f.words, f.query, f.exact = f.d.facing(), session.SearchWords(query), query, false
	if len(f.words) > 0 {
		f.look(nil)
	}
}

// moved is told that the other of the two texts may be read by now.
func (f *findBar) moved() {
	if f.view != f.d.facing() && len(f.words) > 0 && (!f.row.Hidden || len(f.hits) > 0) {
		f.clear()
		f.view, f.from, f.been = f.d.facing(), 0, true
		f.look(nil)
	}
}

// changed is told that the text may be another one.
func (f *findBar) changed() {
	if len(f.words) > 0 && (!f.row.Hidden || len(f.hits) > 0) {
		f.look(nil)
	}
}

func (f *findBar) key(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyEscape:
		f.close()
	case fyne.KeyReturn, fyne.KeyEnter:
		by := 1
		if app, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok && app.CurrentKeyModifiers()&fyne.KeyModifierShift != 0 {
			by = -1
		}
		f.step(by)
	case fyne.KeyDown:
		f.step(1)
	case fyne.KeyUp:
		f.step(-1)
	default:
		return false
	}
	return true
}

func (f *findBar) toggle() {
	f.exact = !f.exact
	if f.exact {
		f.fold.SetLabel(exactLabel)
		f.d.s.Say(i18n.T("find.exact"))
	} else {
		f.fold.SetLabel(foldLabel)
		f.d.s.Say(i18n.T("find.fold"))
	}
	f.d.relay()
	f.now()
}

func (f *findBar) soon() {
	if f.stop != nil {
		f.stop()
	}
	f.stop = f.d.s.After(findDelay, func() { f.stop = nil; f.now() })
}

// now looks for what is typed and shows the first hit from where finding began.
func (f *findBar) now() {
	if f.stop != nil {
		f.stop()
		f.stop = nil
	}
	f.words, f.query = nil, ""
	if w := f.entry.Text; w != "" {
		f.words = []string{w}
	}
	f.look(func() {
		f.at = slices.IndexFunc(f.hits, func(s widgets.Span) bool { return s.Start >= f.from })
		if f.at < 0 && len(f.hits) > 0 {
			f.at = 0
		}
		f.show()
	})
}

// look finds the words in the view's text on a worker; then (nil is allowed) is
// done when the hits are there.
func (f *findBar) look(then func()) {
	f.gen++
	if f.halt != nil {
		f.halt.Store(true)
	}
	mine, halt := f.gen, &atomic.Bool{}
	f.halt, f.then = halt, then
	body := f.d.textOf(f.view)
	if len(f.words) == 0 || body == "" {
		f.found(nil)
		return
	}
	f.sayCount("…", widgets.Plain)
	words, query, fold, text, cfg := slices.Clone(f.words), f.query, !f.exact, f.text, f.d.s.Config()
	if text != nil && text.String() != body {
		text = nil
	}
	cfg.Go(func() {
		if text == nil {
			text = textlayout.NewText(body)
		}
		var hits []widgets.Span
		if query != "" {
			hits = session.SearchedIn(body, query)
		} else {
			hits = findAll(text, words, fold, halt.Load)
		}
		cfg.Do(func() {
			if f.gen == mine {
				f.text = text
				f.found(hits)
			}
		})
	})
}

func (f *findBar) found(hits []widgets.Span) {
	then := f.then
	f.hits, f.then = hits, nil
	if f.at >= len(hits) {
		f.at = len(hits) - 1
	}
	if then == nil {
		f.tell()
		return
	}
	f.at = -1
	f.tell()
	then()
}

// step goes on to another hit, around the ends.
func (f *findBar) step(by int) {
	if f.stop != nil { // what was typed just now
		f.now()
	}
	if f.then != nil {
		then := f.then
		f.then = func() { then(); f.move(by) }
		return
	}
	f.move(by)
}

func (f *findBar) move(by int) {
	n := len(f.hits)
	if n == 0 {
		return
	}
	switch {
	case f.at >= 0:
		f.at = (f.at + by + n) % n
	case by > 0:
		f.at = 0
	default:
		f.at = n - 1
	}
	f.show()
}

// again goes to the next hit from the text: behind the caret, of what was looked
// for last.
func (f *findBar) again(by int) {
	switch {
	case len(f.words) == 0:
		f.open()
		return
	case !f.row.Hidden:
		f.step(by)
		return
	}
	f.view = f.d.facing()
	s, _ := f.view.Selection()
	f.been = false // one goes from hit to hit: each is a place to come back to
	next := func() {
		f.at = slices.IndexFunc(f.hits, func(h widgets.Span) bool { return h.Start >= max(s.End, s.Start+1) })
		if by < 0 {
			f.at = len(f.hits) - 1
			for f.at >= 0 && f.hits[f.at].End > s.Start {
				f.at--
			}
			if f.at < 0 {
				f.at = len(f.hits) - 1
			}
		} else if f.at < 0 && len(f.hits) > 0 {
			f.at = 0
		}
		if f.at < 0 {
			f.d.s.Say(i18n.T("find.none", "words", short(strings.Join(f.words, " "))))
			return
		}
		f.show()
		f.view.Select(f.hits[f.at])
		f.d.s.Say(f.place())
	}
	f.look(next)
}

// show brings the hit at hand into view. Alt+Left comes back from the first.
func (f *findBar) show() {
	f.tell()
	if f.at < 0 || f.at >= len(f.hits) {
		return
	}
	if !f.been {
		f.been = true
		f.view.Jump(f.hits[f.at])
		return
	}
	f.view.ScrollTo(f.hits[f.at].Start)
}

// place says which of the hits is at hand.
func (f *findBar) place() string {
	if f.at < 0 {
		return i18n.N("find.hits", len(f.hits))
	}
	return i18n.T("find.place", "n", f.at+1, "all", len(f.hits))
}

// tell draws the hits and says how many there are.
func (f *findBar) tell() {
	f.view.SetHits(f.hits, f.at)
	switch {
	case len(f.words) == 0:
		f.sayCount("", widgets.Plain)
	case len(f.hits) == 0:
		f.sayCount(i18n.T("find.nothing"), widgets.Warn)
	default:
		f.sayCount(f.place(), widgets.Plain)
	}
}

func (f *findBar) sayCount(words string, tone widgets.Tone) { f.count.SetText(words, tone) }
