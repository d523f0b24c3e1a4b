package session

import "fonds/storage/archive"

// Editions are the sets that were published, the oldest first.
func (s *Session) Editions() []*archive.Item {
	if s.self == nil {
		return nil
	}
	return s.self.Of(archive.AnEdition)
}
