package session

import (
	"context"
	"time"

	"fonds/storage"
	"fonds/storage/archive"
)

// draftKey names a place to type: a slot is a field's id, or NoteSlot.
type draftKey struct {
	doc   archive.ID
	slot  string
	actor string
}

// NoteSlot is where a new note is typed.
const NoteSlot = "note"

// SaveDraft keeps what is being typed in a slot of the document that is shown;
// typed is false where the typing was taken back and there is nothing to keep.
func (s *Session) SaveDraft(doc archive.ID, slot, text string, typed bool) {
	o, actor := s.open, s.actor
	if o == nil || actor == "" {
		return
	}
	if ro, _ := o.a.ReadOnly(); ro {
		return
	}
	k, at := draftKey{doc, slot, actor}, s.Now()
	s.begin(k, typed)
	d := storage.Draft{Doc: doc, Slot: slot, Actor: actor, Text: text, At: at}
	if typed {
		s.drafts[k] = d
	} else if _, ok := s.drafts[k]; ok {
		delete(s.drafts, k)
		s.emit(DraftsChanged{})
	}
	o.writes.add(func() {
		var err error
		if typed {
			err = o.a.SaveDraft(o.ctx, d)
		} else {
			err = o.a.DropDraft(o.ctx, doc, slot, actor)
		}
		s.back(o, func() {
			switch {
			case err != nil:
				s.Fail(err)
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

// begin remembers on which values typing began: what somebody else does
// meanwhile, a field with typing in it does not show.
func (s *Session) begin(k draftKey, typed bool) {
	if !typed {
		delete(s.begun, k)
		return
	}
	if _, ok := s.begun[k]; !ok && s.doc != nil && s.doc.ID == k.doc {
		if s.begun == nil {
			s.begun = map[draftKey]ground{}
		}
		s.begun[k] = s.shows(k.slot)
	}
}

// Draft is what the person had typed in a slot of a document and not finished.
func (s *Session) Draft(doc archive.ID, slot string) (storage.Draft, bool) {
	d, ok := s.drafts[draftKey{doc, slot, s.actor}]
	return d, ok
}

// Left says whether a draft was left behind by an earlier sitting.
func (s *Session) Left(d storage.Draft) bool { return s.open != nil && d.At.Before(s.open.since) }

// Drafts is how many there are, on all documents.
func (s *Session) Drafts() int { return len(s.drafts) }

// NextDraft is a document with a draft other than the one shown, or the one
// shown where only that has some; "" where there is none.
func (s *Session) NextDraft() archive.ID {
	var best archive.ID
	row := func(id archive.ID) int {
		at, ok := s.list.index[id]
		if !ok {
			return len(s.list.rows)
		}
		// Those behind the document that is shown come first.
		if at <= s.list.at {
			at += len(s.list.rows)
		}
		return at
	}
	for k := range s.drafts {
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
	Read(s, &s.draftGen, func(ctx context.Context, a *storage.Archive) ([]storage.Draft, error) {
		return a.Drafts(ctx, actor)
	}, func(all []storage.Draft, err error) {
		if err != nil {
			s.Fail(err)
			return
		}
		clear(s.drafts)
		for _, d := range all {
			s.drafts[draftKey{d.Doc, d.Slot, d.Actor}] = d
		}
		s.emit(DraftsChanged{})
	})
}
