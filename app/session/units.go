package session

import (
	"fonds/app/i18n"
	"fonds/app/template"
	"fonds/storage/archive"
)

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

// InheritedWords says what a document has in a field from above; "" for nothing.
func (s *Session) InheritedWords(d *archive.Document, f *template.Field) string {
	values, from := f.Inherited(d, s.Units())
	if len(values) == 0 {
		return ""
	}
	return i18n.T("form.inherited", "value", OneLine(i18n.List(values)), "unit", OneLine(from.Name()))
}
