package desk

import (
	"fmt"
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
	stop  func() // of the draft that waits
}

const draftDelay = 400 * time.Millisecond

// openBox opens the box beside a place of the text.
func (d *Desk) openBox(at int, slot string, ask widgets.SmallBoxAsk, apply func(text string)) {
	d.leaveBox()
	t := &typing{doc: d.s.Document().ID, slot: slot, first: ask.Text, text: ask.Text}
	if draft, ok := d.s.Draft(t.doc, slot); ok {
		ask.Text, t.text = draft.Text, draft.Text
	}
	ask.OnType = func(text string) {
		t.text = text
		if t.stop == nil {
			t.stop = d.s.After(draftDelay, func() { t.stop = nil; d.keep(t) })
		}
	}
	ask.OnCancel = func() { d.forgetBox(t) }
	ask.OnDone = func(text string) {
		d.forgetBox(t)
		apply(text)
	}
	d.text.ScrollTo(at)
	d.FocusText()
	d.box = t
	d.small.Open(d.over, d.text.Anchor(at), fyne.NewSize(0, 0), ask)
	if f, ok := d.on.Focused().(*widgets.Entry); ok {
		f.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
}

func (d *Desk) keep(t *typing) { d.s.SaveDraft(t.doc, t.slot, t.text, t.text != t.first) }

// keepBox keeps what is typed in the box as a draft now.
func (d *Desk) keepBox() {
	if t := d.box; t != nil && t.stop != nil {
		t.stop()
		t.stop = nil
		d.keep(t)
	}
}

// leaveBox closes the box; its draft stays and is offered when it is opened for
// the same words again.
func (d *Desk) leaveBox() {
	d.keepBox()
	d.box = nil
	d.small.Close()
}

// forgetBox forgets the draft of a box that was applied or given up.
func (d *Desk) forgetBox(t *typing) {
	if t.stop != nil {
		t.stop()
		t.stop = nil
	}
	d.box = nil
	d.s.SaveDraft(t.doc, t.slot, "", false)
}

// correct opens the box over the selected words, or over the correction that the
// caret stands in.
func (d *Desk) correct() {
	doc := d.s.Document()
	start, end, has := d.s.Selection()
	replaced := correctionsIn(doc, start, end)
	if !has {
		if len(replaced) == 0 {
			d.s.Say(i18n.T("correct.select"))
			return
		}
		start, end = replaced[0].Start, replaced[0].End
	}
	old := doc.Text.Text().Slice(start, end)
	ask := widgets.SmallBoxAsk{Title: i18n.T("correct.title", "words", short(old)), Text: old,
		Lines: strings.Contains(old, "\n"), Prompt: i18n.T("correct.nothing")}
	ask.Hint = boxHint(ask.Lines)
	for _, r := range replaced {
		ask.Hint = i18n.T("correct.replaces", "old", short(r.Fix.Source), "new", short(r.Fix.Text), "who", r.Fix.By) + "\n" + ask.Hint
	}
	d.openBox(start, fmt.Sprintf("correct:%d-%d", start, end), ask, func(text string) {
		if text == old {
			d.s.Say(i18n.T("correct.same"))
			return
		}
		d.s.Correct(start, end, text, "", nil)
	})
}

func boxHint(lines bool) string {
	if lines {
		return i18n.T("box.lines")
	}
	return i18n.T("box.line")
}

// correctionsIn are those in force that a range touches, or that hold a caret.
func correctionsIn(doc *session.Doc, start, end int) []archive.Span {
	var out []archive.Span
	for _, f := range doc.Text.Spans() {
		if f.Start < end && start < f.End || start >= end && f.Start <= start && start <= f.End {
			out = append(out, f)
		}
	}
	return out
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
	start, _, _ := d.s.Selection()
	doc := d.s.Document().ID
	d.openBox(start, session.NoteSlot, widgets.SmallBoxAsk{Title: i18n.T("note.title"), Lines: true,
		Prompt: i18n.T("note.prompt"), Hint: boxHint(true)}, func(text string) { d.s.AddNote(doc, text) })
}

// fieldFrom asks which field the selected words are for.
func (d *Desk) fieldFrom() {
	start, end, has := d.s.Selection()
	if !has {
		d.s.Say(i18n.T("field.select"))
		return
	}
	doc := d.s.Document()
	var choices []widgets.Choice
	for _, f := range d.s.Fields(doc) {
		var now []string
		for _, it := range doc.Values(f.ID) {
			now = append(now, session.OneLine(it.Text))
		}
		sub := i18n.List(now)
		if sub == "" {
			sub = i18n.T("field.novalue")
		}
		choices = append(choices, widgets.Choice{ID: f.ID, Title: f.LabelWords(), Sub: sub})
	}
	ch := widgets.NewChooser(i18n.T("field.choose", "words", short(d.s.SelectedWords())), i18n.T("chooser.nothing"), choices)
	ch.Covers = session.Covers
	ch.OnPick = func(id string) {
		if now := d.s.Document(); now == nil || now.ID != doc.ID {
			return
		}
		d.s.FieldFrom(start, end, id, d.s.Field(id).Repeatable)
		d.inspector.open(fieldsTab)
	}
	ch.Show(d.on)
}
