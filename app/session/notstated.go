package session

import (
	"slices"

	"fonds/app/i18n"
	"fonds/storage/archive"
)

// This file says of fields that the source does not state them (archive.NotStated).

// ValueWords are those of a value of a field, by its text: a value without any is that
// the source does not state it.
func ValueWords(text string) string {
	if text == "" {
		return i18n.T("value.notstated")
	}
	return text
}

// NotStated says whether values are that the source does not state any.
func NotStated(values []*archive.Item) bool {
	return slices.ContainsFunc(values, (*archive.Item).NotStated)
}

// isNotStated says of a field of the document that is shown whether it is marked as
// not stated, and what who is working has proposed of that, or nil.
func (s *Session) isNotStated(field string) (standing bool, proposed *archive.Item) {
	for _, it := range s.doc.Of(archive.AValue) {
		switch {
		case it.Key != field || !it.NotStated():
		case it.InForce():
			standing = true
		case it.Open() && s.Rules().Same(it.By, s.actor):
			proposed = it
		}
	}
	return standing, proposed
}

// MarkedNotStated says whether a field of the document that is shown is marked as not
// stated, or who is working has proposed that.
func (s *Session) MarkedNotStated(field string) bool {
	if s.doc == nil {
		return false
	}
	standing, proposed := s.isNotStated(field)
	return standing || proposed != nil
}

// SetNotStated says of a field of the document that is shown that the source does not
// state it, in the place of what stands there, or takes that back; done (nil is
// allowed) is told when it is in the file, or why not.
func (s *Session) SetNotStated(field string, on bool, done func(error)) {
	e := s.docEdit("field.set")
	if e == nil {
		return
	}
	if _, proposed := s.isNotStated(field); proposed != nil && !on {
		s.Decide(proposed, archive.ActWithdraw, "", done)
		return
	}
	g := s.shows(field)
	e.Field, e.Seen, e.Values = field, &g.seen, []archive.ValueIn{}
	if on {
		e.Values = append(e.Values, archive.ValueOf(""))
	}
	s.Apply(told(done), e)
}
