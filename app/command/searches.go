package command

import (
	"errors"

	"fonds/app/template"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/storage/query"
)

var searchesVerb = &verb{
	name: "searches", usage: "fonds searches ARCHIVE [--json]",
	summary: "the saved searches, with how many documents each finds",
	help: `A search is saved under a name, in the place of the one of that name, and taken
away by fonds apply:
  {"do":"search.save","name":"…","query":"…"}
  {"do":"search.remove","name":"…"}
--query and other saved searches ask for it by saved:NAME. All who work on the
archive have the same.`,
	flags: []flag{jsonFlag},
	min:   1, max: 1, run: runSearches,
}

// searchLine is a line of searches --json.
type searchLine struct {
	Name  string `json:"name"`
	Query string `json:"query"`
	Count *int   `json:"count"` // null where it cannot be asked
	By    string `json:"by"`
	Error string `json:"error,omitempty"` // why it cannot be
}

func runSearches(c *call) (err error) {
	a, err := c.read()
	if err != nil {
		return err
	}
	defer finish(a, &err)
	self, err := a.Self(c.ctx)
	if err != nil {
		return err
	}
	all := self.Searches()
	for _, s := range all {
		line := searchLine{Name: s.Name, Query: s.Query, By: self.Rules().Now(s.By)}
		n, err := a.Count(c.ctx, storage.Query{Search: s.Query})
		var bad *query.Error
		switch {
		case errors.As(err, &bad):
			line.Error = bad.Error()
		case err != nil:
			return err
		default:
			line.Count = &n
		}
		if err := c.showSearch(line); err != nil {
			return err
		}
	}
	if len(all) == 0 && !c.json() {
		c.say("There are no saved searches.")
	}
	return nil
}

func (c *call) showSearch(s searchLine) error {
	switch {
	case c.json():
		return c.enc.Encode(s)
	case s.Count == nil:
		return c.printf("%9s  %s  %s  (%s)\n", "—", padded(visible(s.Name), 24), visible(s.Query), visible(s.Error))
	}
	return c.printf("%9s  %s  %s\n", thousands(*s.Count), padded(visible(s.Name), 24), visible(s.Query))
}

// readSaved reads the query of an edit that saves a search: names of keys, fields and
// values go by in either language.
func readSaved(t *template.Template, e *archive.Edit) error {
	if e.Do != archive.SaveSearchKind {
		return nil
	}
	search, err := t.Search(e.Query)
	if err != nil {
		return archive.Refuse("search-query", "why", err)
	}
	e.Query = search
	return nil
}
