package library

import (
	"strconv"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/query"
	"fonds/widgets"
)

// This file adds conditions to the search by choosing them: by what, and then one of
// the values there are, with how many documents have it.

// typed are the keys whose value is words, which are typed.
var typed = []query.Key{query.Text, query.Name, query.Note}

// narrow asks by what the list is to be narrowed.
func (l *Library) narrow() {
	facets := l.s.Facets()
	var choices []widgets.Choice
	for i, f := range facets {
		choices = append(choices, widgets.Choice{ID: strconv.Itoa(i), Title: l.s.FacetWords(f), Sub: i18n.T("facet.says", "example", example(f))})
	}
	for _, k := range typed {
		choices = append(choices, widgets.Choice{ID: string(k), Title: i18n.T("facet." + string(k)), Sub: i18n.T("facet.says", "example", query.Example(k))})
	}
	if len(l.s.Saved()) > 0 {
		choices = append(choices, widgets.Choice{ID: string(query.Saved), Title: i18n.T("facet." + string(query.Saved)), Sub: i18n.T("facet.says", "example", query.Example(query.Saved))})
	}
	c := widgets.NewChooser(i18n.T("facet.choose"), i18n.T("chooser.nothing"), choices)
	c.Covers = session.Covers
	c.OnPick = func(id string) {
		if id == string(query.Saved) {
			l.pickSaved(i18n.T("facet."+string(query.Saved)), func(name string) {
				l.search.Add((&query.Node{Key: query.Saved, Value: name}).String())
				l.Focus()
			})
			return
		}
		i, err := strconv.Atoi(id)
		if err != nil {
			l.FocusSearch()
			l.search.Begin(id + ":")
			return
		}
		l.counter.Count(facets[i], func(found []storage.FacetCount) { l.chooseValue(facets[i], found) })
	}
	c.Show(l.on)
}

// example is a condition of a facet as one would type it.
func example(f storage.Facet) string {
	if f.Key == query.Field {
		return "field:" + f.Name
	}
	return query.Example(f.Key)
}

// chooseValue asks for one of the values that the documents of the list have.
func (l *Library) chooseValue(f storage.Facet, found []storage.FacetCount) {
	what := l.s.FacetWords(f)
	if len(found) == 0 {
		l.s.Say(i18n.T("facet.none", "what", what))
		return
	}
	var choices []widgets.Choice
	for i, n := range found {
		choices = append(choices, widgets.Choice{ID: strconv.Itoa(i), Title: l.s.FacetValue(n), Badge: i18n.Number(int64(n.N)), Also: n.Value})
	}
	c := widgets.NewChooser(what, i18n.T("chooser.nothing"), choices)
	c.Covers = session.Covers
	c.OnPick = func(id string) {
		if i, err := strconv.Atoi(id); err == nil {
			l.search.Add(found[i].Condition())
			l.Focus()
		}
	}
	c.Show(l.on)
}
