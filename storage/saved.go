package storage

import (
	"context"

	"fonds/storage/archive"
	"fonds/storage/query"
)

// resolve reads a query, with the queries of the saved searches that it names in
// their place; nil is one that asks for nothing. An error is a *query.Error, or of
// the file.
func (a *Archive) resolve(ctx context.Context, search string) (*query.Node, error) {
	n, err := Parse(search)
	if err != nil || !n.Asks(query.Saved) {
		return n, err
	}
	self, err := a.Self(ctx)
	if err != nil {
		return nil, err
	}
	return Resolved(search, self.Searches())
}

// Resolved is what a query asks for where these searches are saved; nil is one that
// asks for nothing. An error is a *query.Error.
func Resolved(search string, saved []archive.Search) (*query.Node, error) {
	n, err := Parse(search)
	if err != nil {
		return nil, err
	}
	n.Leaves(func(l *query.Node, _ bool) {
		if l.Key == query.Saved {
			l.Value = archive.SearchName(l.Value)
		}
	})
	return n.Resolve(byName(saved))
}

// byName are the queries of saved searches.
func byName(saved []archive.Search) map[string]string {
	out := map[string]string{}
	for _, s := range saved {
		out[s.Name] = s.Query
	}
	return out
}

// savedQuery is an edit that saves a search, with its query as it is kept. It is
// refused where that cannot be read, names what is not there, or asks for itself.
func savedQuery(self *archive.Document, e *archive.Edit) (*archive.Edit, error) {
	n, err := Parse(e.Query)
	if err == nil && n != nil {
		kept := *e
		kept.Query = n.String()
		name := archive.SearchName(e.Name)
		all := byName(self.Searches())
		all[name] = kept.Query
		_, err = (&query.Node{Key: query.Saved, Value: name}).Resolve(all)
		e = &kept
	}
	if err != nil {
		return nil, archive.Refuse("search-query", "why", err)
	}
	return e, nil
}
