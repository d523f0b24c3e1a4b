package widgets

import (
	"time"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// EntryLimit is the longest text that an Entry takes, in code points. Fyne lays
// out an entry's whole text at every key, so that more would make typing slow.
const EntryLimit = 20_000

// draftDelay is how long typing may stay unreported to OnDraft.
const draftDelay = 400 * time.Millisecond

// overlongShown is how much of a text beyond EntryLimit is shown, in code points.
const overlongShown = 2_000

// Entry is the one text field of the program. It is Fyne's entry made safe with
// Chinese input methods (imeGuard), with a text that is committed at clear
// moments and with drafts in between.
//
// The committed text is the one last handed to SetText or SetCommitted or out
// of OnCommit. While the shown text differs from it the entry is dirty.
//
// OnChanged and OnSubmitted of the embedded entry belong to this type: use
// OnType and OnCommit.
type Entry struct {
	widget.Entry

	// OnCommit takes the text on Enter (Ctrl+Enter in a multi-line entry),
	// also when it has not changed, and when focus leaves a dirty entry.
	OnCommit func(text string)
	// OnDraft takes the text at most 400 ms after a key changed it.
	OnDraft func(text string)
	// OnType takes the text at once after each change by the person.
	OnType func(text string)
	// OnCancel is told of Escape, after the committed text was restored.
	OnCancel func()
	// OnFocus is told when focus comes (true) and goes (false). It is told of
	// the going before a commit.
	OnFocus func(focused bool)
	// OnLimit is told when typing or pasting was refused since the text would
	// have become longer than Limit: have is the length that was refused.
	OnLimit func(have, limit int)
	// OnShortcut is asked before the entry acts on a shortcut; true means that
	// it has been dealt with. Undo and redo of typing under way come first.
	OnShortcut func(s fyne.Shortcut) bool
	// OnKey is asked before the entry acts on a key that is not part of a
	// composition; true means that it has been dealt with.
	OnKey func(k *fyne.KeyEvent) bool

	// Limit is the longest text in code points; 0 means EntryLimit.
	Limit int
	// After and Do are the timer of drafts; nil means the real ones.
	After AfterFunc
	Do    DoFunc

	guard     imeGuard
	focused   bool
	committed string
	fixed     bool   // read only: see SetReadOnly
	waits     bool   // only Enter commits: see Await
	stands    bool   // the placeholder is what there is, not what to type
	overlong  bool   // committed is beyond the limit: shown in part, read only
	off       bool   // takes no part: see Disable
	bad       bool   // drawn with the border of an error
	shown     string // the text before the change that is being looked at
	caret     [2]int // row and column that belong to shown
	quietly   bool   // a change is the program's, not the person's
	redoable  bool   // typing was undone and can come back
	drafted   bool   // a draft was reported since the last commit
	offered   bool   // what is shown was typed in another sitting, and not touched in this one
	stopDraft func()

	prompt string  // what stands in it while it is empty, in full
	room   float32 // for that in a line; 0: not laid out yet

	byMouse  bool   // the pointer brings the focus and will place the caret
	left     [2]int // caret when focus went, while leftText is still shown
	leftText string
}

// NewEntry makes a single-line entry.
func NewEntry() *Entry {
	e := &Entry{}
	e.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	e.init()
	return e
}

// NewMultiLineEntry makes an entry of several lines that wraps at its width.
// Enter makes a line, Ctrl+Enter commits, Tab leaves.
func NewMultiLineEntry() *Entry {
	e := &Entry{}
	e.MultiLine = true
	e.Wrapping = fyne.TextWrapBreak
	e.init()
	return e
}

func (e *Entry) init() {
	e.ExtendBaseWidget(e)
	e.OnChanged = e.changed
}

// SetPlaceHolder says what stands in the entry while it is empty: in a single line as much
// of it as there is room for.
func (e *Entry) SetPlaceHolder(text string) {
	e.prompt = text
	e.fitPrompt()
}

// Prompt is what SetPlaceHolder was given last.
func (e *Entry) Prompt() string { return e.prompt }

func (e *Entry) fitPrompt() {
	text := e.prompt
	if !e.MultiLine && e.room > 0 {
		text = newAdvances(theme.TextSize()).truncate(text, e.room)
	}
	if text != e.PlaceHolder {
		e.Entry.SetPlaceHolder(text)
	}
}

// SetText puts a committed text in, whatever was typed. It is no draft and no
// commit: nobody is told.
func (e *Entry) SetText(text string) {
	e.endDraft()
	e.drafted, e.redoable = false, false
	e.committed = text
	e.show(text)
}

// SetCommitted says what the text is outside: it replaces what is shown unless
// the person is in the middle of changing it, in which case the typed text
// stays and the entry is dirty against the new one.
func (e *Entry) SetCommitted(text string) {
	if e.Dirty() {
		e.committed = text
		if !e.Dirty() {
			e.endDraft()
			e.drafted = false
		}
		return
	}
	if text != e.committed {
		e.SetText(text)
	}
}

// SetTyped puts a text in as though the person had typed it and not committed
// it yet: a draft that was kept from before.
func (e *Entry) SetTyped(text string) {
	if e.overlong || utf8.RuneCountInString(text) > e.limit() {
		return
	}
	e.show(text)
	e.drafted = e.drafted || e.Dirty()
}

// Offer shows what was typed in an earlier sitting and never committed: Enter
// commits it, Esc leaves it. Until it is touched, passing by commits nothing.
func (e *Entry) Offer(text string) {
	e.SetTyped(text)
	e.offered = e.Dirty()
}

// Offered reports whether what is shown is an offer that was not touched.
func (e *Entry) Offered() bool { return e.offered }

// Await keeps what is typed from being committed by anything but Enter: somebody
// has to decide on it first.
func (e *Entry) Await(decision bool) { e.waits = decision }

// SetReadOnly lets the text be selected and copied and not be changed. There is
// no caret then, and a quiet ground.
func (e *Entry) SetReadOnly(on bool) {
	if e.fixed == on {
		return
	}
	e.fixed = on
	e.able()
	e.Refresh()
}

// able tells Fyne's entry whether it may take keys.
func (e *Entry) able() {
	if e.locked() {
		e.Entry.Disable()
	} else {
		e.Entry.Enable()
	}
}

// setStands draws the placeholder of an empty entry as what stands there: on the ground
// of what was decided, until something is typed in its place.
func (e *Entry) setStands(on bool) {
	if e.stands != on {
		e.stands = on
		e.Refresh()
	}
}

// locked reports whether the text cannot be changed here.
func (e *Entry) locked() bool { return e.fixed || e.overlong || e.off }

// Disable keeps the entry from taking keys and Tab from stopping at it.
func (e *Entry) Disable() { e.off = true; e.able() }

// Enable undoes Disable.
func (e *Entry) Enable() { e.off = false; e.able() }

// Disabled reports whether Tab passes the entry by. One that is read only can
// have the focus, so that its text can be copied by keys.
func (e *Entry) Disabled() bool { return e.off || e.overlong && !e.fixed }

// Committed is the text outside, as last set or committed.
func (e *Entry) Committed() string { return e.committed }

// Dirty reports whether the shown text differs from the committed one.
func (e *Entry) Dirty() bool { return !e.overlong && e.Text != e.committed }

// Overlong reports whether the committed text is longer than the limit. Then
// only its beginning is shown and it cannot be changed here.
func (e *Entry) Overlong() bool { return e.overlong }

// SetBad draws the border in the colour of errors. The error in words belongs
// beside it.
func (e *Entry) SetBad(bad bool) {
	if e.bad != bad {
		e.bad = bad
		e.Refresh()
	}
}

// Commit hands a dirty text to OnCommit, as leaving the entry does. Call it
// before a document is changed or the window closes.
func (e *Entry) Commit() {
	if e.Dirty() && !e.offered && !e.waits && !e.fixed {
		e.commit()
	}
}

func (e *Entry) commit() {
	e.endDraft()
	kept := e.drafted && !e.Dirty() // what was typed meanwhile, and is not wanted any more
	e.drafted, e.redoable, e.offered = false, false, false
	if e.locked() {
		return
	}
	e.committed = e.Text
	if kept && e.OnDraft != nil {
		e.OnDraft(e.Text)
	}
	if e.OnCommit != nil {
		e.OnCommit(e.Text)
	}
}

// cancel puts the committed text back and takes back a draft of the other one.
func (e *Entry) cancel() {
	e.endDraft()
	if e.Dirty() {
		e.show(e.committed)
		e.CursorRow, e.CursorColumn = 0, utf8.RuneCountInString(e.committed)
		if e.MultiLine {
			e.CursorColumn = 0
		}
		e.Refresh()
	}
	if e.drafted && e.OnDraft != nil {
		e.OnDraft(e.committed)
	}
	e.drafted, e.redoable = false, false
	if e.OnCancel != nil {
		e.OnCancel()
	}
}

// show puts a text in on the program's behalf.
func (e *Entry) show(text string) {
	over := utf8.RuneCountInString(text) > e.limit()
	if over {
		text = string([]rune(text)[:min(overlongShown, e.limit())]) + "…"
	}
	if over != e.overlong {
		e.overlong = over
		e.able()
	}
	e.quietly = true
	e.Entry.SetText(text)
	e.quietly = false
	e.remember()
}

// accept takes what is shown as committed and tells nobody: it goes with another
// commit.
func (e *Entry) accept() {
	e.endDraft()
	e.drafted, e.redoable, e.offered = false, false, false
	if !e.locked() {
		e.committed = e.Text
	}
}

func (e *Entry) limit() int {
	if e.Limit > 0 {
		return e.Limit
	}
	return EntryLimit
}

// remember notes the text and the caret to go back to when a change is refused.
func (e *Entry) remember() {
	e.shown, e.caret = e.Text, [2]int{e.CursorRow, e.CursorColumn}
}

// changed looks at every change of the embedded entry.
func (e *Entry) changed(text string) {
	if e.quietly {
		return
	}
	e.offered = false
	// A text is refused whole, never cut: a cut paste would lose words unseen.
	if have := utf8.RuneCountInString(text); have > e.limit() && len(text) > len(e.shown) {
		caret := e.caret
		e.show(e.shown)
		e.CursorRow, e.CursorColumn = caret[0], caret[1]
		e.Refresh()
		if e.OnLimit != nil {
			e.OnLimit(have, e.limit())
		}
		return
	}
	e.redoable = false
	if e.stopDraft == nil && e.OnDraft != nil {
		e.stopDraft = later(e.After, e.Do, draftDelay, e.draft)
	}
	if e.OnType != nil {
		e.OnType(text)
	}
}

func (e *Entry) draft() {
	e.stopDraft = nil
	if e.OnDraft != nil && (e.Dirty() || e.drafted) {
		e.drafted = e.Dirty()
		e.OnDraft(e.Text)
	}
}

func (e *Entry) endDraft() {
	if e.stopDraft != nil {
		e.stopDraft()
		e.stopDraft = nil
	}
}
