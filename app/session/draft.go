package session

import (
	"context"
	"slices"
	"strings"
	"time"

	"fonds/storage"
	"fonds/storage/archive"
)

// draftKey names a place to type: a slot is a field's id or RowSlot of it,
// NoteSlot, or a place that begins with CorrectSlot or CommentSlot, with its
// AlsoSlot.
type draftKey struct {
	doc   archive.ID
	slot  string
	actor string
}

// NoteSlot is where a new note is typed.
const NoteSlot = "note"

// TemplateSlot is where the template of the archive is edited; its document is "".
const TemplateSlot = "template"

// CorrectSlot begins the slot of a correction; behind it stands where.
const CorrectSlot = "correct:"

// CommentSlot begins the slot of a mark's comment; behind it stands its id.
const CommentSlot = "comment:"

// AlsoSlot is where the second thing is typed that is asked for in a slot: the
// reason of a correction, the authority of a mark.
func AlsoSlot(slot string) string { return slot + rowMark + "also" }

// rowMark stands between a field and one of its rows.
const rowMark = "#"

// RowSlot is where one of several values of a field is typed; row "" is its only
// one.
func RowSlot(field, row string) string {
	if row == "" || row == "+0" {
		return field
	}
	return field + rowMark + row
}

// FieldOf is the field that a slot belongs to; another slot is what it is.
func FieldOf(slot string) string {
	field, _, _ := strings.Cut(slot, rowMark)
	return field
}

// RowOf is the row of its field that a slot is of, "" for the only one.
func RowOf(slot string) string {
	_, row, _ := strings.Cut(slot, rowMark)
	return row
}

// SaveDraft keeps what is being typed in a slot of the document that is shown;
// typed is false where the typing was taken back and there is nothing to keep.
// What cannot be written is kept in memory and tried again: see NotKept.
func (s *Session) SaveDraft(doc archive.ID, slot, text string, typed bool) {
	if s.open == nil || s.actor == "" {
		return
	}
	k := draftKey{doc, slot, s.actor}
	s.begin(k, typed)
	s.saveDraft(k, text, typed)
}

func (s *Session) saveDraft(k draftKey, text string, typed bool) {
	o, at := s.open, s.Now()
	if o == nil {
		return
	}
	d := storage.Draft{Doc: k.doc, Slot: k.slot, Actor: k.actor, Text: text, At: at}
	if typed {
		s.drafts[k] = d
	} else if kept, ok := s.drafts[k]; ok {
		d = kept // what another window has kept there since is not ours to drop
		delete(s.drafts, k)
		s.emit(DraftsChanged{})
	}
	o.writes.add(func() {
		var err error
		if typed {
			err = o.a().SaveDraft(o.ctx, d)
		} else {
			err = o.a().DropDraft(o.ctx, d)
		}
		s.back(o, func() {
			s.kept(d, typed, err)
			s.noteGone(o, err)
			switch {
			case err != nil:
				s.failFile(err)
			case typed:
				s.status.DraftAt = at
				s.emit(StatusChanged{})
			default:
				s.status.DraftAt = time.Time{}
				s.emit(StatusChanged{})
			}
		})
	})
}

// kept notes whether a draft is in the file.
func (s *Session) kept(d storage.Draft, typed bool, err error) {
	k := draftKey{d.Doc, d.Slot, d.Actor}
	before := s.unkept[k]
	if now, ok := s.drafts[k]; err != nil && typed && ok && now.Text == d.Text {
		s.unkept[k] = err
	} else if err == nil {
		delete(s.unkept, k)
	}
	if (before == nil) != (s.unkept[k] == nil) {
		s.emit(UnsavedChanged{})
	}
	s.againLater()
}

// begin remembers on which values typing began: what somebody else does
// meanwhile, a field with typing in it does not show.
func (s *Session) begin(k draftKey, typed bool) {
	k.slot = FieldOf(k.slot)
	if !typed {
		delete(s.begun, k)
		return
	}
	if _, ok := s.begun[k]; !ok && s.doc != nil && s.doc.ID == k.doc {
		if s.begun == nil {
			s.begun = map[draftKey]ground{}
		}
		s.begun[k] = s.stood(k.slot)
	}
}

// Draft is what the person had typed in a slot of a document and not finished.
func (s *Session) Draft(doc archive.ID, slot string) (storage.Draft, bool) {
	d, ok := s.drafts[draftKey{doc, slot, s.actor}]
	return d, ok
}

// Left says whether a draft was left behind by an earlier sitting.
func (s *Session) Left(d storage.Draft) bool { return s.open != nil && d.At.Before(s.open.since) }

// DraftsOf are the drafts on a document whose slots begin with a prefix, by slot.
func (s *Session) DraftsOf(doc archive.ID, prefix string) []storage.Draft {
	var out []storage.Draft
	for k, d := range s.drafts {
		if k.doc == doc && k.actor == s.actor && strings.HasPrefix(k.slot, prefix) {
			out = append(out, d)
		}
	}
	slices.SortFunc(out, func(a, b storage.Draft) int { return strings.Compare(a.Slot, b.Slot) })
	return out
}

// Drafts is how many there are, on all documents.
func (s *Session) Drafts() int {
	n := 0
	for k := range s.drafts {
		if k.actor == s.actor && k.doc != "" {
			n++
		}
	}
	return n
}

// NextDraft is a document with a draft other than the one shown, or the one
// shown where only that has some; "" where there is none.
func (s *Session) NextDraft() archive.ID {
	var best archive.ID
	row := func(id archive.ID) int {
		at := s.list.find(s.list.numberOf(id))
		if at < 0 {
			return 2 * s.Rows()
		}
		// Those behind the document that is shown come first.
		if at <= s.list.at {
			at += s.Rows()
		}
		return at
	}
	for k := range s.drafts {
		if k.actor != s.actor || k.doc == "" { // of the archive itself
			continue
		}
		if best == "" || row(k.doc) < row(best) || row(k.doc) == row(best) && k.doc < best {
			best = k.doc
		}
	}
	return best
}

func (s *Session) loadDrafts() {
	actor := s.actor
	if actor == "" {
		return
	}
	var places map[archive.ID]int64 // where the documents stand in the list
	Read(s, &s.draftGen, func(ctx context.Context, a *storage.Archive) ([]storage.Draft, error) {
		all, err := a.Drafts(ctx, actor)
		if err != nil || len(all) == 0 {
			return all, err
		}
		ids := make([]archive.ID, len(all))
		for i := range all {
			ids[i] = all[i].Doc
		}
		places, err = a.Places(ctx, ids)
		return all, err
	}, func(all []storage.Draft, err error) {
		if err != nil {
			s.failFile(err)
			return
		}
		s.list.place(places)
		for k := range s.drafts {
			if s.unkept[k] == nil { // what the file does not have stays
				delete(s.drafts, k)
			}
		}
		for _, d := range all {
			if k := (draftKey{d.Doc, d.Slot, d.Actor}); s.unkept[k] == nil {
				s.drafts[k] = d
			}
		}
		s.emit(DraftsChanged{})
	})
}
