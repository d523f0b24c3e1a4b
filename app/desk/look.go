package desk

import (
	"slices"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
)

// looks are the marks that a person should look at again, with their places, in
// the order of the text.
func looks(doc *session.Doc) (items []*archive.Item, at []widgets.Span) {
	type look struct {
		it *archive.Item
		at widgets.Span
	}
	var all []look
	for _, it := range doc.Items {
		if it.What == archive.AMark && it.InForce() && doc.LookAgain(it) {
			span, _ := session.SpanOf(doc, it)
			all = append(all, look{it, span})
		}
	}
	slices.SortStableFunc(all, func(a, b look) int { return a.at.Start - b.at.Start })
	for _, l := range all {
		items, at = append(items, l.it), append(at, l.at)
	}
	return items, at
}

// nextLook goes to the next mark behind the caret that is to be looked at again,
// around the end of the text.
func (d *Desk) nextLook() {
	items, at := looks(d.s.Document())
	if len(items) == 0 {
		d.s.Say(i18n.T("look.none"))
		return
	}
	start, end, _ := d.s.Selection()
	i := slices.IndexFunc(at, func(s widgets.Span) bool {
		return s.Start > start || s.Start == start && s.End > end
	})
	i = max(i, 0)
	d.visit(items[i], at[i])
	d.s.Say(i18n.T("look.at", "n", i+1, "all", len(items), "made", short(items[i].Anchor.Quote)))
}

// visit selects the words of an item, so that keys are about it, and remembers
// where one was.
func (d *Desk) visit(it *archive.Item, span widgets.Span) {
	d.text.Jump(span)
	d.text.Select(span)
	d.FocusText()
	if it.What == archive.AMark {
		d.activate(it.ID)
	}
}

// toConfirm is the mark that keys are about: the active one where that is to be
// looked at again, else the one at the caret; nil for none.
func (d *Desk) toConfirm() *archive.Item {
	doc := d.s.Document()
	if a := doc.Item(d.active.id); a != nil && a.What == archive.AMark && a.InForce() && doc.LookAgain(a) {
		return a
	}
	return d.s.MarkAtCaret()
}

// confirmLike confirms the mark that keys are about and every other whose words
// changed in the same way, as one step: a correction of a name everywhere leaves
// a mark to look at wherever it stands.
func (d *Desk) confirmLike() {
	doc, it := d.s.Document(), d.toConfirm()
	if it == nil || !doc.LookAgain(it) {
		d.s.Say(i18n.T("look.like.none"))
		return
	}
	made, now := it.Anchor.Quote, doc.Text.Words(it.Anchor)
	var edits []*archive.Edit
	items, _ := looks(doc)
	for _, o := range items {
		if o.Anchor.Quote == made && doc.Text.Words(o.Anchor) == now {
			edits = append(edits, &archive.Edit{Do: "mark.confirm", Doc: string(doc.ID), Mark: string(o.ID)})
		}
	}
	d.s.ApplyMany(edits, func(done, all int) {
		d.s.Say(i18n.T("look.like.progress", "done", done, "all", all))
	}, func(results []storage.Result, err error) {
		n := 0
		for _, r := range results {
			if r.Err == nil {
				n++
			}
		}
		switch {
		case err != nil:
			d.s.Say(session.Words(err))
		default:
			d.s.Say(i18n.N("look.like.done", n, "made", short(made), "now", short(now)))
		}
	})
}

// confirm says that the mark that keys are about is right as it is, and goes on to
// the next one to look at.
func (d *Desk) confirm() {
	doc, it := d.s.Document(), d.toConfirm()
	if it == nil {
		d.s.Say(i18n.T("mark.none"))
		return
	}
	d.s.ConfirmMark(it.ID)
	if !doc.LookAgain(it) {
		return // it says so, and nothing was done
	}
	items, _ := looks(doc)
	if len(items) > 1 {
		d.nextLook()
	} else {
		d.s.Say(i18n.T("look.done"))
	}
}
