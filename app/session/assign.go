package session

import (
	"context"
	"slices"
	"strings"

	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
)

// Workers lists who can be given work, by name: who is at least an archivist.
func (s *Session) Workers() []string {
	if r := s.Rules(); r != nil {
		return r.People(archive.Archivist)
	}
	return nil
}

// Load asks how many documents that are still to be worked on each person has, under
// the name that they have now.
func (s *Session) Load(answer func(map[string]int, error)) {
	Read(s, nil, func(ctx context.Context, a *storage.Archive) (map[string]int, error) {
		return a.Load(ctx)
	}, func(by map[string]int, err error) {
		now := map[string]int{}
		for who, n := range by {
			now[s.Rules().Now(who)] += n
		}
		answer(now, err)
	})
}

// ChosenDocuments are the documents that a command on several is about: those that are
// selected in the list, else the one that is shown.
func (s *Session) ChosenDocuments() Selected {
	if x := s.Selected(); x.Count() > 0 || s.doc == nil {
		return x
	}
	return Selected{known: map[int64]archive.ID{s.doc.N: s.doc.ID}, nums: []int64{s.doc.N}, rows: widgets.RowSet{{From: 0, To: 1}}}
}

// Assign gives documents to people, as one step to undo: to one, or dealt evenly among
// several, who have what load says already; to nobody where people are none. due is a
// day, or "".
func (s *Session) Assign(x Selected, people []string, load map[string]int, due string, progress func(done, all int), done func(Put, error)) (stop func()) {
	people = slices.Clone(people)
	return s.editEach(x, func(ids []archive.ID) []*archive.Edit {
		to := archive.Deal(len(ids), people, load)
		edits := make([]*archive.Edit, len(ids))
		for i, doc := range ids {
			who, day := "", strings.TrimSpace(due)
			if len(people) > 0 {
				who = to[i]
			}
			edits[i] = &archive.Edit{Do: "assign", Doc: string(doc), To: &who, Due: &day}
		}
		return edits
	}, progress, done)
}
