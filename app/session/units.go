package session

import "fonds/storage/archive"

// Units is the arrangement of the open archive; an empty one where none is open.
func (s *Session) Units() *archive.Tree {
	if self := s.Self(); self != nil {
		return self.Units()
	}
	return &archive.Tree{}
}

// UnitWords says where in the arrangement a unit lies: its codes from the top, and its
// title; the end of its id where it is there no more.
func (s *Session) UnitWords(id archive.ID) string {
	u := s.Units().Unit(id)
	if u == nil {
		return id.Short()
	}
	if u.Title == "" || u.Code == "" {
		return u.Path()
	}
	return u.Path() + " " + u.Title
}
