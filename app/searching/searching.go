// Package searching is the entry in which one types what to look for, as the screens
// have it that show the list of documents: with what is wrong beside it, and with what
// could be typed next below.
//
// It may use the session, the widgets and what they may use. It must never know a
// screen or the window.
package searching

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/widgets"
	"fonds/widgets/look"
)

// delay is how long the list waits for another key of the search.
const delay = 250 * time.Millisecond

// Box is the entry and what belongs to it. The list of the session is its answer.
type Box struct {
	// OnRows is told of Down and Enter, when the rows of what is typed are there: the
	// keyboard is to go to them, and with first to the first of them.
	OnRows func(first bool)
	// OnResize is told when Content has become higher or lower.
	OnResize func()
	// OnEscape is told of Escape in an empty entry.
	OnEscape func()

	Entry   *widgets.Entry
	Content fyne.CanvasObject

	s        *session.Session
	fault    *widget.Label
	stop     func()        // of the search that waits
	answered session.Query // that the rows are the answer to
	then     func()        // done when the rows of the search are there
	next     *next
}

// New makes one and lets it follow the session.
func New(s *session.Session) *Box {
	b := &Box{s: s, OnRows: func(bool) {}, OnResize: func() {}, OnEscape: func() {}}
	b.Entry = widgets.NewEntry()
	b.Entry.SetPlaceHolder(i18n.T("library.search"))
	b.Entry.SetText(s.Query().Search) // the screen is made anew in another language
	b.Entry.After, b.Entry.Do = s.Timer(), s.Config().Do
	b.Entry.OnType = func(string) {
		b.soon()
		b.next.follow()
	}
	b.Entry.OnCommit = func(string) { b.Now() }
	b.Entry.OnCancel = func() {
		if b.Entry.Text == "" && b.s.Query().Search == "" && b.stop == nil {
			b.OnEscape()
			return
		}
		b.Set("")
	}
	b.Entry.OnKey = b.key
	b.fault = widget.NewLabel("")
	b.fault.Wrapping, b.fault.Importance, b.fault.Hidden = fyne.TextWrapBreak, widget.DangerImportance, true
	b.next = newNext(b)
	b.Entry.OnFocus = func(on bool) {
		if !on && !b.next.offers.Hovered() { // else the press on an offer would miss it
			b.next.hide()
		}
	}
	b.Content = container.New(layout.NewCustomPaddedVBoxLayout(look.Tight), b.Entry, b.next.offers.Content(), b.fault)
	s.On(b.hear)
	return b
}

func (b *Box) hear(e session.Event) {
	switch e := e.(type) {
	case session.ArchiveChanged:
		b.answered, b.then = session.Query{}, nil
		b.Entry.SetText("")
		b.next.forget()
		b.showFault(nil)
	case session.ListChanged:
		if !e.Reset {
			return
		}
		b.answered = b.s.Query()
		if b.answered.Search != b.asked() && !b.waiting() { // asked for elsewhere
			b.Entry.SetText(b.answered.Search)
			b.showFault(nil)
		}
		if then := b.then; then != nil {
			b.then = nil
			then()
		}
	}
}

// asked is what is typed, as the archive reads it; what cannot be read is "".
func (b *Box) asked() string {
	search, err := b.s.ReadSearch(b.Entry.Text)
	if err != nil {
		return ""
	}
	return search
}

// waiting says whether something is typed that the list was not asked for yet, or that
// is to be mended first.
func (b *Box) waiting() bool { return b.stop != nil || b.Faulty() }

// Faulty says whether what is typed cannot be read.
func (b *Box) Faulty() bool { return !b.fault.Hidden }

// Fault is what is said to be wrong, "" for nothing.
func (b *Box) Fault() string { return b.fault.Text }

// Set puts a search into the entry and asks for it.
func (b *Box) Set(search string) {
	b.Entry.SetText(search)
	b.Now()
}

// Show puts a search into the entry that the list is asked for elsewhere; what is wrong
// with it is said.
func (b *Box) Show(search string) {
	if b.stop != nil {
		b.stop()
		b.stop = nil
	}
	b.next.hide()
	b.Entry.SetText(search)
	_, err := b.s.ReadSearch(search)
	b.showFault(err)
}

// Add narrows the search by a condition.
func (b *Box) Add(condition string) { b.Set(storage.Narrowed(b.s.Query().Search, condition)) }

// Begin puts the beginning of a condition into the entry, for the rest to be typed.
func (b *Box) Begin(condition string) {
	text := b.Entry.Text
	if text != "" {
		text += " "
	}
	b.typed(text + condition)
}

// typed is as if the person had typed a text to its end.
func (b *Box) typed(text string) {
	b.Entry.SetTyped(text)
	b.Entry.CaretToEnd()
	b.soon()
	b.next.follow()
}

func (b *Box) soon() {
	if b.stop != nil {
		b.stop()
	}
	b.stop = b.s.After(delay, b.Now)
}

// Now asks for what is typed.
func (b *Box) Now() {
	if b.stop != nil {
		b.stop()
		b.stop = nil
	}
	q := b.s.Query()
	search, err := b.s.ReadSearch(b.Entry.Text)
	if err != nil && b.next.offers.Shown() {
		return // it is not typed to its end
	}
	b.showFault(err)
	if err != nil {
		return
	}
	q.Search = search
	b.s.SetQuery(q)
}

// showFault says what is wrong with the search, and nothing where nothing is.
func (b *Box) showFault(err error) {
	words := ""
	if err != nil {
		words = session.SearchFault(err)
	}
	if words == b.fault.Text {
		return
	}
	b.fault.SetText(words)
	b.fault.Hidden = words == ""
	b.resized()
}

func (b *Box) resized() {
	widgets.Relay(b.Content)
	b.OnResize()
}

// key goes through what is offered, or leaves the search for its results.
func (b *Box) key(k *fyne.KeyEvent) bool {
	if b.next.key(k) {
		return true
	}
	switch k.Name {
	case fyne.KeyDown:
		b.WhenFound(func() { b.OnRows(false) })
	case fyne.KeyReturn, fyne.KeyEnter:
		b.WhenFound(func() { b.OnRows(true) })
	default:
		return false
	}
	return true
}

// WhenFound asks for what is typed now, and runs f when its rows are there.
func (b *Box) WhenFound(f func()) {
	b.Now()
	b.then = nil
	if b.Faulty() { // it is to be mended first
		return
	}
	if b.s.Query() == b.answered {
		f()
		return
	}
	b.then = f
}

// Exactly makes the words of the search exact, or no longer: = before each.
func (b *Box) Exactly() {
	search, err := session.Exactly(b.asked())
	if err != nil || search == "" {
		b.s.Say(i18n.T("search.exact.nothing"))
		return
	}
	b.Set(search)
	if strings.Contains(search, "=") {
		b.s.Say(i18n.T("search.exact.on"))
	} else {
		b.s.Say(i18n.T("search.exact.off"))
	}
}
