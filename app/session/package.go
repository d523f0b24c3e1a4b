package session

import (
	"context"

	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
)

// Listed are all documents that the list shows, as if they were selected.
func (s *Session) Listed() Selected {
	l := &s.list
	x := Selected{rows: widgets.RowSet{}.Add(0, s.Rows()), query: l.asked(l.query), known: map[int64]archive.ID{}}
	if l.whole {
		x.nums = l.nums
	}
	return x
}

// Matching are the n documents that a search finds, as if they were selected.
func (s *Session) Matching(search string, n int) Selected {
	return Selected{rows: widgets.RowSet{}.Add(0, n), query: storage.Query{Search: search}, known: map[int64]archive.ID{}}
}

// Put is what became of documents that were put into a work package, or given to
// people.
type Put struct {
	N     int   // that were
	There int   // that belonged there already
	Why   error // why one of the others was not; nil: there are none
}

// PutIntoPackage lets documents belong to a work package, as one step to undo; ""
// takes them out of the one that they are in. progress and done are told on the UI
// goroutine; after stop nothing was done.
func (s *Session) PutIntoPackage(x Selected, id archive.ID, progress func(done, all int), done func(Put, error)) (stop func()) {
	name := string(id)
	return s.editEach(x, func(ids []archive.ID) []*archive.Edit {
		edits := make([]*archive.Edit, len(ids))
		for i, doc := range ids {
			edits[i] = &archive.Edit{Do: "package.put", Doc: string(doc), Package: &name}
		}
		return edits
	}, progress, done)
}

// editEach makes an edit of each selected document, as one step to undo.
func (s *Session) editEach(x Selected, make func(ids []archive.ID) []*archive.Edit, progress func(done, all int), done func(Put, error)) (stop func()) {
	stopped, ended := func() {}, false
	Read(s, nil, func(ctx context.Context, a *storage.Archive) ([]archive.ID, error) {
		return x.Documents(ctx, a)
	}, func(ids []archive.ID, err error) {
		if err != nil || ended {
			if err == nil {
				err = context.Canceled
			}
			done(Put{}, err)
			return
		}
		stopped = s.ApplyMany(make(ids), progress, func(results []storage.Result, err error) {
			var p Put
			for _, r := range results {
				switch {
				case r.Err == nil:
					p.N++
				case refusedAs(r.Err, "unchanged"):
					p.There++
				default:
					p.Why = r.Err
				}
			}
			if err != nil {
				p = Put{}
			}
			done(p, err)
		})
	})
	return func() {
		ended = true
		stopped()
	}
}

// PackageName is what a work package is called, "" where there is none.
func (s *Session) PackageName(id archive.ID) string {
	if s.self == nil || id == "" {
		return ""
	}
	if it := s.self.Item(id); it != nil && it.InForce() {
		return it.Key
	}
	return ""
}
