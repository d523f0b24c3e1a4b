package desk

import (
	"errors"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage/archive"
	"fonds/widgets"
)

// typing is what the small box beside the words is open for: a correction of
// them, or a note. What is typed is kept as a draft, at most 400 ms behind.
type typing struct {
	doc   archive.ID
	slot  string
	first string // what the box began with: nothing to keep
	text  string
	hint  string
	// What the second entry began with, and has; "" where there is none.
	firstAlso, also string
	keptA           time.Time // when Escape kept it as a draft
	stop            func()    // of the draft that waits
}

const draftDelay = 400 * time.Millisecond

// secondEscape is how long Escape discards what Escape has kept.
const secondEscape = 10 * time.Second

// openBox opens the box beside words of the text, and never over them. apply is given what was
// typed, and whom to tell that it is in the file, or why not: until then the box
// stays as it is.
func (d *Desk) openBox(of widgets.Span, slot string, ask widgets.SmallBoxAsk, apply func(text string, done func(error))) {
	d.leaveBox()
	d.kept = nil
	t := &typing{doc: d.s.Document().ID, slot: slot, first: ask.Text, text: ask.Text, hint: ask.Hint}
	if ask.Also != nil {
		t.firstAlso = ask.Also.Text
	}
	draft, again := d.s.Draft(t.doc, slot)
	held := d.s.HeldIn(t.doc, slot)
	switch {
	case held != nil:
		t.text, again = strings.Join(held.Texts, "\n"), true
	case again:
		t.text = draft.Text
		ask.Hint = i18n.T("box.draft", "when", moment(draft.At)) + "\n" + ask.Hint
	}
	ask.Text = t.text
	typed := func() {
		d.small.SetHint(t.hint, false)
		if t.stop == nil {
			t.stop = d.s.After(draftDelay, func() { t.stop = nil; d.keep(t) })
		}
	}
	ask.OnType = func(text string) {
		t.text = text
		typed()
	}
	d.alsoIn(t, &ask, held, typed)
	ask.OnCancel = func() { d.cancelBox(t) }
	ask.OnDone = func(text string) {
		also := t.also
		apply(text, func(err error) { d.answered(t, text, also, err) })
	}
	host, at, size := d.pic.over, fyne.NewPos(0, 0), fyne.NewSize(0, 0)
	if !d.pic.working && !d.texts.Hidden {
		d.text.ScrollTo(of.Start)
		d.FocusText()
		host = d.over
		at, size = d.text.Around(of)
	}
	d.box = t
	d.small.Open(host, at, size, ask)
	if again {
		d.small.CaretToEnd()
	} else {
		d.small.SelectAll()
	}
	d.sayHeld(t)
}

// sayHeld says in the box why what it has is not in the file.
func (d *Desk) sayHeld(t *typing) {
	if h := d.s.HeldIn(t.doc, t.slot); h != nil {
		var r *archive.Refusal
		switch {
		case !h.Refused():
			d.small.SetHint(session.UnsavedWords(h.Err), true)
		case errors.As(h.Err, &r) && r.Code == "authority":
			d.small.SetAlsoWrong(session.Words(h.Err))
		default:
			d.small.SetHint(session.Words(h.Err), true)
		}
	} else if err := d.s.NotKept(t.doc, t.slot); err != nil {
		d.small.SetHint(session.UnsavedWords(err), true)
	}
}

// answered is told what came of what was typed in the box.
func (d *Desk) answered(t *typing, text, also string, err error) {
	if d.box != t {
		return // it was left meanwhile; the session has what was typed
	}
	switch {
	case err != nil:
		d.sayHeld(t)
	case t.text == text && t.also == also:
		d.forgetBox(t)
		d.small.Close()
	default:
		t.first, t.firstAlso = text, also // typing went on: it is another text by now
		d.small.SetHint(t.hint, false)
	}
}

func (d *Desk) keep(t *typing) {
	d.s.SaveDraft(t.doc, t.slot, t.text, t.changed())
	also := session.AlsoSlot(t.slot)
	if _, kept := d.s.Draft(t.doc, also); kept || t.also != t.firstAlso {
		d.s.SaveDraft(t.doc, also, t.also, t.also != t.firstAlso)
	}
}

// changed says whether there is anything to keep.
func (t *typing) changed() bool { return t.text != t.first || t.also != t.firstAlso }

// alsoIn puts into the second entry of a box what was typed there before, and
// keeps what is typed from now on.
func (d *Desk) alsoIn(t *typing, ask *widgets.SmallBoxAsk, held *session.Held, typed func()) {
	if ask.Also == nil {
		return
	}
	t.also = t.firstAlso
	if draft, ok := d.s.Draft(t.doc, session.AlsoSlot(t.slot)); ok {
		t.also = draft.Text
	} else if held != nil {
		if e := held.HeldEdit(); e != nil && e.Authority != nil {
			t.also = *e.Authority
		} else if e != nil {
			t.also = session.ReasonWords(e.Reason)
		}
	}
	also := *ask.Also
	also.Text = t.also
	also.OnType = func(text string) {
		t.also = text
		typed()
	}
	ask.Also = &also
}

// keepBox keeps what is typed in the box as a draft now.
func (d *Desk) keepBox() {
	if t := d.box; t != nil && t.stop != nil {
		t.stop()
		t.stop = nil
		d.keep(t)
	}
}

// leaveBox closes the box; its draft stays and is offered when it is opened for
// the same words again, and among the marks.
func (d *Desk) leaveBox() {
	d.keepBox()
	if d.box != nil {
		d.box = nil
		d.small.Close()
		d.inspector.drafts()
	}
}

// forgetBox forgets the draft of a box that was applied or given up.
func (d *Desk) forgetBox(t *typing) {
	if t.stop != nil {
		t.stop()
		t.stop = nil
	}
	if d.box == t {
		d.box = nil
	}
	d.s.Forget(t.doc, t.slot)
}

// cancelBox gives up what was typed, if it is little; more of it is kept as a
// draft, which Escape pressed again discards.
func (d *Desk) cancelBox(t *typing) {
	if h := d.s.HeldIn(t.doc, t.slot); h != nil && !h.Refused() {
		d.box = nil
		d.s.Say(session.UnsavedWords(h.Err)) // it was applied, and still will be
		return
	}
	if !widgets.LongTyping(t.first, t.text) && !widgets.LongTyping(t.firstAlso, t.also) {
		d.forgetBox(t)
		return
	}
	if t.stop != nil {
		t.stop()
		t.stop = nil
	}
	d.keep(t)
	d.box = nil
	d.kept, t.keptA = t, d.s.Now()
	d.inspector.drafts()
	d.s.Say(i18n.T("box.kept"))
}

// escape discards what Escape has just kept.
func (d *Desk) escape() bool {
	if d.s.StopOpening() {
		return true
	}
	t := d.kept
	d.kept = nil
	if t == nil || d.s.Now().Sub(t.keptA) > secondEscape {
		return false
	}
	d.forgetBox(t)
	d.s.Say(i18n.T("box.discarded"))
	return true
}

// short cuts words that are only to be recognised.
func short(text string) string {
	if r := []rune(text); len(r) > 40 {
		text = string(r[:24]) + "…" + string(r[len(r)-12:])
	}
	return session.OneLine(text)
}

// note opens the box for a note on the document.
func (d *Desk) note() {
	start, end, _ := d.s.Selection()
	doc := d.s.Document().ID
	d.openBox(widgets.Span{Start: start, End: end}, session.NoteSlot, widgets.SmallBoxAsk{Title: i18n.T("note.title"), Lines: true,
		Prompt: i18n.T("note.prompt"), Hint: boxHint(true)}, func(text string, done func(error)) {
		if strings.TrimSpace(text) == "" {
			d.leaveBox()
			return
		}
		d.s.AddNote(doc, text, done)
	})
}

func boxHint(lines bool) string {
	if lines {
		return i18n.T("box.lines")
	}
	return i18n.T("box.line")
}
