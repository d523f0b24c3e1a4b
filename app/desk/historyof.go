package desk

import (
	"slices"

	"fyne.io/fyne/v2"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
)

// historyDepth is how far back the history of one thing is looked for.
const historyDepth = 3000

// thing is a field, a tag, or an item with all that took its place: the history of
// one of them alone is who did what with it.
type thing struct {
	what  archive.What
	key   string              // field or tag
	ids   map[archive.ID]bool // of others
	words string
}

// in says whether an operation did something with it.
func (t *thing) in(e *storage.Entry) bool {
	return slices.ContainsFunc(e.Changes, func(c archive.Change) bool {
		for _, it := range []*archive.Item{c.After, c.Before} {
			switch {
			case it == nil:
			case t.ids[it.ID], slices.ContainsFunc(it.Replaces, func(id archive.ID) bool { return t.ids[id] }):
				return true
			case t.ids == nil && it.What == t.what && it.Key == t.key:
				return true
			}
		}
		return false
	})
}

// thingOf is an item with what it took the place of and what took its.
func (d *Desk) thingOf(doc *session.Doc, it *archive.Item) *thing {
	if it.What == archive.ATag {
		return &thing{what: archive.ATag, key: it.Key, words: it.Key}
	}
	t := &thing{what: it.What, ids: map[archive.ID]bool{it.ID: true}, words: d.say(it)}
	for more := true; more; {
		more = false
		for _, o := range doc.Items {
			linked := t.ids[o.Amends] || slices.ContainsFunc(o.Replaces, func(id archive.ID) bool { return t.ids[id] })
			if linked && !t.ids[o.ID] && o.What == it.What {
				t.ids[o.ID], more = true, true
			}
			if t.ids[o.ID] && o.What == it.What {
				for _, id := range o.Replaces {
					more = more || !t.ids[id]
					t.ids[id] = true
				}
			}
		}
	}
	return t
}

func (d *Desk) thingOfField(id string) *thing {
	f := d.s.Field(id)
	return &thing{what: archive.AValue, key: id, words: f.LabelWords()}
}

// atFocus is what the history is asked of: the field, the mark or the correction
// that has the focus or holds the caret.
func (d *Desk) atFocus() *thing {
	doc, in := d.s.Document(), d.inspector
	if id := in.fields.form.FocusedField(); id != "" {
		return d.thingOfField(id)
	}
	if d.on.Focused() == fyne.Focusable(in.marks.list) {
		if it := in.marks.chosen(); it != nil {
			return d.thingOf(doc, it)
		}
	}
	if tag := in.tags.field.FocusedTag(); tag != "" {
		return &thing{what: archive.ATag, key: tag, words: tag}
	}
	if !d.TextFocused() {
		return nil
	}
	start, end, _ := d.s.Selection()
	if at := correctionsIn(doc, start, end); len(at) > 0 {
		return d.thingOf(doc, at[0].Fix)
	}
	if it := d.s.MarkAtCaret(); it != nil {
		return d.thingOf(doc, it)
	}
	return nil
}

// fieldMenu offers what can be done with a field.
func (d *Desk) fieldMenu(id string, at fyne.Position) {
	if d.FocusedField() != id {
		d.FocusField(id) // commands ask what has the focus
	}
	var lines []session.MenuLine
	if it := d.atHand(); it != nil {
		lines = append(d.proposalLines(it), session.LineBetween())
	}
	c := d.s.Commands.Get("history.of")
	lines = append(lines, session.Line(c.Words(), c.FirstKeys(), func() { d.showHistory(d.thingOfField(id)) }))
	if d.fixed() == "" {
		k := d.s.Commands.Get("field.notstated")
		lines = append(lines, session.Line(d.notStatedWords(id), k.FirstKeys(), func() { d.setNotStated(id) }))
	}
	lines = append(lines, d.s.Commands.Lines("field.offered", "field.pin", "field.copy")...)
	for _, it := range d.s.Document().Values(id) {
		if it.Anchor != nil {
			lines = append(lines, session.Line(i18n.T("form.where.of", "value", short(session.ValueWords(it.Text))), "", func() { d.reveal(it.ID) }))
		}
	}
	session.ShowMenu(d.on, at, lines)
}

// historyOf shows the history of what has the focus.
func (d *Desk) historyOf() {
	d.s.Flush()
	t := d.atFocus()
	if t == nil {
		d.s.Say(i18n.T("history.of.none"))
		return
	}
	d.showHistory(t)
}

func (d *Desk) showHistory(t *thing) {
	d.inspector.open(historyTab)
	d.inspector.history.narrow(t)
	d.inspector.history.focus()
}

// narrow lists the history of one thing, or of all again.
func (h *historyPane) narrow(t *thing) {
	h.setOnly(t)
	if t != nil && !h.whole && h.limit < historyDepth {
		h.limit = historyDepth
		h.show()
	}
	h.fill(h.chosen())
}

func (h *historyPane) setOnly(t *thing) {
	h.only = t
	if t != nil {
		h.about.SetText(i18n.T("history.of", "what", short(t.words)), widgets.Plain)
	}
	if hide := t == nil; hide != h.bar.Hidden {
		h.bar.Hidden = hide
		h.all.Refresh()
	}
}
