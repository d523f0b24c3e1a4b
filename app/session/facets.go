package session

import (
	"context"

	"fonds/app/i18n"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/storage/query"
)

// mostValues is how many values of a facet are offered.
const mostValues = 500

// Facets lists what the documents of the list can be counted by.
func (s *Session) Facets() []storage.Facet {
	return s.Template().Facets()
}

// CountFacet counts the documents of the list by a facet, on a worker; answer gets it
// on the UI goroutine unless another list is shown by then.
func (s *Session) CountFacet(f storage.Facet, answer func([]storage.FacetCount)) {
	shown := s.list.query
	q := s.list.asked(shown)
	Read(s, &s.facetGen, func(ctx context.Context, a *storage.Archive) ([]storage.FacetCount, error) {
		return a.Facet(ctx, q, f, mostValues)
	}, func(found []storage.FacetCount, err error) {
		switch {
		case err != nil:
			s.failFile(err)
		case s.list.query == shown:
			answer(found)
		}
	})
}

// FacetWords is what a facet is called.
func (s *Session) FacetWords(f storage.Facet) string {
	if f.Key == query.Field {
		field := s.Field(f.Name)
		return field.LabelWords()
	}
	return i18n.T("facet." + string(f.Key))
}

// FacetValue is what a value of a facet is called.
func FacetValue(n storage.FacetCount) string {
	switch n.Key {
	case query.Status:
		return Signed(archive.Status(n.Value))
	case query.Has:
		return i18n.T("facet.thing." + n.Value)
	case query.Mark:
		return LabelWords(n.Value)
	}
	return OneLine(n.Value)
}
