package desk

import (
	"slices"
	"strings"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
)

// This file lists, behind the marks, what was typed for a note or a correction
// and is not finished.

// boxDrafts are those of a document that is shown, nil for none.
func (m *marksPane) boxDrafts(doc *session.Doc) []storage.Draft {
	if doc == nil {
		return nil
	}
	return slices.DeleteFunc(m.d.s.DraftsOf(doc.ID, ""), func(t storage.Draft) bool {
		return session.RowOf(t.Slot) != "" || t.Slot != session.NoteSlot && !strings.HasPrefix(t.Slot, session.CorrectSlot) && !strings.HasPrefix(t.Slot, session.CommentSlot)
	})
}

func draftRow(doc *session.Doc, t *storage.Draft) widgets.Row {
	r := widgets.Row{Title: t.Text, Badge: i18n.T("marks.draft"), Known: true}
	what := i18n.T("what.note")
	if id, ok := strings.CutPrefix(t.Slot, session.CommentSlot); ok {
		what = i18n.T("mark.comment")
		if it := doc.Item(archive.ID(id)); it != nil && it.Anchor != nil {
			r.Title = short(doc.Text.Words(it.Anchor)) + ": " + t.Text
		}
	} else if t.Slot != session.NoteSlot {
		what = i18n.T("what.correction")
		if a := slotAnchor(doc, t.Slot); a != nil {
			if old := doc.Text.Words(a); old != "" {
				r.Title = short(old) + " → " + t.Text
			}
		}
	}
	r.Sub = strings.Join([]string{what, moment(t.At)}, " · ")
	return r
}

func (m *marksPane) chosenDraft() *storage.Draft {
	if at := m.list.Selected() - len(m.items); at >= 0 && at < len(m.drafts) {
		return &m.drafts[at]
	}
	return nil
}

// resume goes on with a draft, in the box that it was typed in.
func (m *marksPane) resume(t *storage.Draft) {
	d := m.d
	if why := d.fixed(); why != "" {
		d.s.Say(why)
		return
	}
	if t.Slot == session.NoteSlot {
		d.note()
		return
	}
	if it := d.s.Document().Item(archive.ID(strings.TrimPrefix(t.Slot, session.CommentSlot))); live(it) {
		d.commentOn(it)
		return
	}
	if a := slotAnchor(d.s.Document(), t.Slot); a != nil {
		d.correctAt(a)
		return
	}
	// The place is not known any more: the words are there to be copied.
	d.s.Say(i18n.T("marks.draft.lost", "text", t.Text))
}
