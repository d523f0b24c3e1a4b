package session

import (
	"context"
	"time"
)

// slow is how long a document may take to open before that is worth a word.
const slow = 500 * time.Millisecond

// readingFor is for the reading of a document, which another reading or
// StopOpening ends; where it takes long, the status bar says so meanwhile.
func (s *Session) readingFor(o *opened) context.Context {
	s.stopReading()
	ctx, cancel := context.WithCancel(o.ctx)
	stop := s.After(slow, func() {
		s.status.Opening = s.Loading()
		s.emit(StatusChanged{})
	})
	s.reading = func() { stop(); cancel() }
	return ctx
}

// stopReading ends the reading of a document that is under way, or was.
func (s *Session) stopReading() {
	if s.reading != nil {
		s.reading()
		s.reading = nil
	}
	if s.status.Opening {
		s.status.Opening = false
		s.emit(StatusChanged{})
	}
}

// StopOpening gives up the document that is being opened, and stays with the one
// that is shown, or with none. It reports whether there was one.
func (s *Session) StopOpening() bool {
	if s.reading == nil || !s.Loading() || s.seeking {
		return false
	}
	s.stopReading()
	s.docGen++ // its answer is not waited for
	s.waiting = nil
	if s.doc == nil {
		s.wanted = ""
		s.list.choose("")
		s.emit(RowChosen{})
		s.emit(DocumentOpened{})
	} else {
		s.leave(false)
	}
	return true
}
