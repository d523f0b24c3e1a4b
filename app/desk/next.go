package desk

import (
	"slices"

	"fyne.io/fyne/v2"

	"fonds/app/session"
	"fonds/app/template"
	"fonds/storage/archive"
)

// turn is where something stands in the order in which proposals are shown: which of
// fields, tags and the text, and where in that.
type turn [2]int

const (
	fieldTurn = iota
	tagTurn
	textTurn
)

// decision is where a proposal stood that was decided on.
type decision struct {
	doc archive.ID
	turn
}

func (t turn) before(o turn) bool { return slices.Compare(t[:], o[:]) < 0 }

// next is the open proposal that comes next as they are shown, from where the keyboard
// is, of those that one of some acts can be done with. Behind the last comes the first;
// nil where there is none.
func (d *Desk) next(doc *session.Doc, names []string) *archive.Item {
	fields := d.s.Fields(doc)
	here := d.here(doc, fields)
	var first, ahead *archive.Item
	var firstAt, aheadAt turn
	for _, it := range doc.Items {
		if !it.Open() || d.allowed(it, names) == "" {
			continue
		}
		at := turnOf(doc, fields, it)
		if first == nil || at.before(firstAt) {
			first, firstAt = it, at
		}
		if !at.before(here) && (ahead == nil || at.before(aheadAt)) {
			ahead, aheadAt = it, at
		}
	}
	if ahead != nil {
		return ahead
	}
	return first
}

func turnOf(doc *session.Doc, fields []template.Field, it *archive.Item) turn {
	switch o := session.About(doc, it); o.What {
	case archive.AValue:
		return turn{fieldTurn, slices.IndexFunc(fields, func(f template.Field) bool { return f.ID == o.Key })}
	case archive.ATag:
		return turn{tagTurn}
	default:
		span, _ := session.SpanOf(doc, o)
		return turn{textTurn, span.Start}
	}
}

// here is where the keyboard is in that order. In the text that is the caret; who has
// not moved it yet begins with the fields.
func (d *Desk) here(doc *session.Doc, fields []template.Field) turn {
	in := d.inspector
	if field := in.fields.form.FocusedField(); field != "" {
		return turn{fieldTurn, slices.IndexFunc(fields, func(f template.Field) bool { return f.ID == field })}
	}
	if _, typing := in.tags.field.Typing(); typing {
		return turn{tagTurn}
	}
	if d.on.Focused() == fyne.Focusable(in.marks.list) {
		if it := in.marks.chosen(); it != nil {
			return turnOf(doc, fields, it)
		}
		if d.latest.doc == doc.ID { // its row may be gone
			return d.latest.turn
		}
	}
	if start, _, _ := d.s.Selection(); start > 0 && d.TextFocused() {
		return turn{textTurn, start}
	}
	return turn{}
}
