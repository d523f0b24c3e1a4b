package session

import (
	"errors"
	"time"

	"fonds/storage"
)

// Status is what the status bar tells. It tells the truth: SavedAt moves when
// an edit is in the file, not before.
type Status struct {
	Saving  int       // edits on their way to the file
	SavedAt time.Time // when the last one was in it; zero where none was made
	DraftAt time.Time // when typing was last kept as a draft
	Error   string    // what went wrong last, in words; "" after something went well
	Notice  string    // what happened last, in words
	Opening bool      // a document is being opened, and it takes long
	Hint    string    // what lies under the pointer
}

// Status is what there is to tell.
func (s *Session) Status() Status { return s.status }

// Say shows a notice.
func (s *Session) Say(words string) {
	s.status.Notice, s.status.Error = words, ""
	s.emit(StatusChanged{})
}

// Unsay takes back what was said, where nothing else has been said since.
func (s *Session) Unsay(words string) {
	if s.status.Notice == words {
		s.status.Notice = ""
		s.emit(StatusChanged{})
	}
}

// Fail shows an error in words.
func (s *Session) Fail(err error) {
	if err == nil {
		return
	}
	if errors.Is(err, storage.ErrDamaged) && s.open != nil && !s.open.alerts.damaged {
		s.alert(func(al *alerts) { al.damaged = true })
	}
	s.status.Error, s.status.Notice = Words(err), ""
	s.emit(StatusChanged{})
}

// failFile shows an error of the archive's file.
func (s *Session) failFile(err error) {
	s.Fail(err)
	if fault(err) {
		s.status.Error = FileWords(err)
	}
}

func (s *Session) clearNotice() {
	if s.status.Notice != "" || s.status.Error != "" {
		s.status.Notice, s.status.Error = "", ""
		s.emit(StatusChanged{})
	}
}

// Hint shows what lies under the pointer, "" for nothing.
func (s *Session) Hint(words string) {
	if words != s.status.Hint {
		s.status.Hint = words
		s.emit(StatusChanged{})
	}
}
