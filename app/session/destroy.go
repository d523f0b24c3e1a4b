package session

import (
	"fonds/app/i18n"
	"fonds/storage"
	"fonds/storage/archive"
)

// Destroy ends the document that is shown, by what right and why: nothing of it
// is left, and it cannot be undone. done (nil is allowed) is told when that is in
// the file, or why not; then the bytes that are left between the rows of the file
// are to be erased (storage's Archive.Erase).
func (s *Session) Destroy(authority, reason string, done func(error)) {
	if s.doc == nil {
		return
	}
	id := s.doc.ID
	s.Flush()
	e := s.docEdit(archive.DestroyKind)
	e.Authority, e.Reason = &authority, reason
	s.Apply(func(_ []storage.Result, err error) {
		if err == nil {
			s.ended(id)
		}
		if done != nil {
			done(err)
		}
	}, e)
}

// ended forgets a document that is destroyed and opens what stands in its place
// in the list.
func (s *Session) ended(id archive.ID) {
	for k := range s.drafts {
		if k.doc == id {
			delete(s.drafts, k)
			delete(s.unkept, k)
			delete(s.begun, k)
		}
	}
	s.emit(DraftsChanged{})
	if s.wanted == id {
		s.docGen++ // what was asked of it meanwhile is not there any more
		s.leave(true)
	}
}

// Remove takes the document that is shown out of view, and Restore puts it back:
// nothing of it is gone. done (nil is allowed) is told when it is in the file, or
// why not.
func (s *Session) Remove(done func(error)) {
	s.end(archive.ActRemove, i18n.K("remove.done"), done)
}

// Restore is described at Remove.
func (s *Session) Restore(done func(error)) {
	s.end(archive.ActRestore, i18n.K("restore.done"), done)
}

func (s *Session) end(act, says string, done func(error)) {
	if s.doc == nil {
		return
	}
	title := OneLine(s.doc.Title())
	s.Step(act, "", func(err error) {
		if done != nil {
			done(err)
		}
		if err == nil && s.doc != nil && (s.doc.Status() == archive.Removed) == (act == archive.ActRemove) {
			s.Say(i18n.T(says, "title", title))
		}
	})
}
