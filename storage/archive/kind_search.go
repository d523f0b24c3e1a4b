package archive

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A saved search is a name for a query: one item of the archive, in every
// language and every window the same. What a query means is not known here;
// storage reads it before it is kept.

// The kinds of operation about saved searches.
const (
	SaveSearchKind   = "search.save"
	RemoveSearchKind = "search.remove"
)

// Limits of saved searches, in code points and in number.
const (
	SearchNameLen  = 60
	searchQueryLen = 2000
	mostSearches   = 200
)

// Search is a saved search.
type Search struct {
	Name  string
	Query string // as package query writes it
	By    string // who saved it last
}

// SearchBody saves a query under a name, in the place of the one that was saved
// under it.
type SearchBody struct {
	ID    ID     `json:"id"`
	Name  string `json:"name"`
	Query string `json:"query"`
}

// SearchRemoveBody takes a saved search away.
type SearchRemoveBody struct {
	Name string `json:"name"`
}

func init() {
	register(kind{name: SaveSearchKind, keys: "name query", version: 1, archive: true}, prepareSearch, applySearch)
	register(kind{name: RemoveSearchKind, keys: "name", version: 1, archive: true},
		func(c *Ctx, e *Edit) (*SearchRemoveBody, error) {
			name, err := searchName(e)
			if err == nil && c.Doc.search(name) == nil {
				err = c.Doc.noSearch(name)
			}
			return &SearchRemoveBody{name}, err
		},
		func(d *Document, op *Op, b *SearchRemoveBody) error {
			it := d.search(b.Name)
			if it == nil {
				return d.noSearch(b.Name)
			}
			d.edit(op, it, func(it *Item) { it.State = Withdrawn })
			return nil
		})
}

// searchName is the name that an edit of a saved search gives.
func searchName(e *Edit) (string, error) {
	name := SearchName(e.Name)
	if err := needString(e, "name", name); err != nil {
		return "", err
	}
	if !visible(name, SearchNameLen) {
		return "", Refuse("search-name", "name", quoted(name), "most", SearchNameLen)
	}
	return name, nil
}

// SearchName is the name of a saved search as it is kept: composed (NFC), and
// without space at its ends.
func SearchName(name string) string { return norm.NFC.String(strings.TrimSpace(name)) }

func prepareSearch(c *Ctx, e *Edit) (*SearchBody, error) {
	name, err := searchName(e)
	if err != nil {
		return nil, err
	}
	query := strings.TrimSpace(e.Query)
	if err := needString(e, "query", query); err != nil {
		return nil, err
	}
	if n := utf8.RuneCountInString(query); n > searchQueryLen {
		return nil, Refuse("too-long", "key", "query", "n", n, "most", searchQueryLen)
	}
	switch was := c.Doc.search(name); {
	case was != nil && was.Text == query:
		return nil, Refuse("unchanged")
	case was == nil && len(c.Doc.Searches()) >= mostSearches:
		return nil, Refuse("searches-full", "most", mostSearches)
	}
	return &SearchBody{c.NewID(), name, query}, nil
}

// applySearch changes the search of that name. One that was removed comes back as
// the item that it was, so that there never are two of one name.
func applySearch(d *Document, op *Op, b *SearchBody) error {
	for _, it := range d.Items {
		if it.What == ASearch && it.Key == b.Name {
			d.edit(op, it, func(it *Item) { it.State, it.Text = Accepted, b.Query })
			return nil
		}
	}
	d.add(op, Item{ID: b.ID, What: ASearch, Key: b.Name, Text: b.Query})
	return nil
}

// search is the item of a saved search, or nil.
func (d *Document) search(name string) *Item {
	for _, it := range d.living(ASearch) {
		if it.Key == name && it.InForce() {
			return it
		}
	}
	return nil
}

// noSearch refuses a name that no saved search has.
func (d *Document) noSearch(name string) error {
	return Refuse("search-absent", "name", quoted(name))
}

// Searches lists the saved searches of the archive by their names.
func (d *Document) Searches() []Search {
	var out []Search
	for _, it := range d.living(ASearch) {
		if it.InForce() {
			out = append(out, Search{it.Key, it.Text, it.RevBy})
		}
	}
	slices.SortFunc(out, func(a, b Search) int { return cmp.Compare(a.Name, b.Name) })
	return out
}
