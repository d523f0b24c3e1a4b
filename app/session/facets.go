package session

import (
	"context"
	"slices"
	"strings"

	"fonds/app/i18n"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/storage/dates"
	"fonds/storage/query"
)

// mostValues is how many values of a facet are offered.
const mostValues = 500

// Facets lists what the documents of the list can be counted by.
func (s *Session) Facets() []storage.Facet {
	return storage.Facets(s.Template().FieldIDs())
}

// FacetCounter counts documents by facets, one at a time: of several questions the last
// is answered.
type FacetCounter struct {
	s   *Session
	gen int
}

// NewFacetCounter makes one.
func (s *Session) NewFacetCounter() *FacetCounter { return &FacetCounter{s: s} }

// Count counts the documents of the list by a facet, on a worker; answer gets it on the
// UI goroutine unless another list is shown by then.
func (c *FacetCounter) Count(f storage.Facet, answer func([]storage.FacetCount)) {
	shown := c.s.list.query
	c.count(c.s.list.asked(shown), f, func(found []storage.FacetCount) {
		if c.s.list.query == shown {
			answer(found)
		}
	})
}

// CountAll counts all documents of the archive.
func (c *FacetCounter) CountAll(f storage.Facet, answer func([]storage.FacetCount)) {
	c.count(storage.Query{}, f, answer)
}

func (c *FacetCounter) count(q storage.Query, f storage.Facet, answer func([]storage.FacetCount)) {
	Read(c.s, &c.gen, func(ctx context.Context, a *storage.Archive) ([]storage.FacetCount, error) {
		return a.Facet(ctx, q, f, mostValues)
	}, func(found []storage.FacetCount, err error) {
		if err != nil {
			c.s.failFile(err)
			return
		}
		answer(found)
	})
}

// FacetOf is the facet that a key names in a search, in either language.
func (s *Session) FacetOf(name string) (storage.Facet, bool) {
	key, field := query.Key(strings.ToLower(name)), ""
	if !slices.Contains(query.Keys(), key) || key == query.Field {
		var ok bool
		if key, field, ok = s.Template().Names().Key(name); !ok {
			return storage.Facet{}, false
		}
	}
	for _, f := range s.Facets() {
		if f.Key == key && (key != query.Field || f.Name == field) {
			return f, true
		}
	}
	return storage.Facet{}, false
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
func (s *Session) FacetValue(n storage.FacetCount) string {
	switch n.Key {
	case query.Status:
		return Signed(archive.Status(n.Value))
	case query.Has:
		return i18n.T("facet.thing." + n.Value)
	case query.Mark:
		return LabelWords(n.Value)
	case query.Missing:
		f := s.Field(n.Value)
		return f.LabelWords()
	case query.Date:
		return periodWords(n.Value)
	}
	return OneLine(n.Value)
}

// periodWords says what a date is counted by.
func periodWords(value string) string {
	switch value {
	case query.Unread:
		return i18n.T("facet.date.unread")
	case query.Longer:
		return i18n.T("facet.date.longer")
	}
	if !strings.Contains(value, "X") {
		return value
	}
	if years, ok := strings.CutSuffix(value, "XX"); ok { // in words it could be ten years too
		return i18n.T("facet.date.century", "from", years+"00", "to", years+"99")
	}
	v, err := dates.Parse(value)
	if err != nil {
		return value
	}
	return v.Words(i18n.Current())
}
