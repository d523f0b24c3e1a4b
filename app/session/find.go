package session

import (
	"errors"
	"slices"
	"strings"

	"fonds/app/i18n"
	"fonds/storage"
	"fonds/storage/query"
	wordsof "fonds/storage/words"
	"fonds/widgets"
)

// ReadSearch is what is typed in the search as the archive reads it: names of keys,
// fields and values in either language are told apart, and saved searches looked up. err is a *query.Error.
func (s *Session) ReadSearch(typed string) (string, error) {
	search, err := s.Template().Search(typed)
	if err == nil && s.self != nil {
		_, err = storage.Resolved(search, s.self.Searches())
	}
	return search, err
}

// Sought is what the list is searched for, with the queries of the saved searches that
// it names in their place.
func (s *Session) Sought() string {
	search := s.list.query.Search
	if s.self == nil || !strings.Contains(search, string(query.Saved)+":") {
		return search
	}
	n, err := storage.Resolved(search, s.self.Searches())
	if err != nil {
		return search
	}
	return n.String()
}

// SearchFault says in the person's language what is wrong with a search.
func SearchFault(err error) string {
	var e *query.Error
	if !errors.As(err, &e) {
		return Words(err)
	}
	return i18n.T("query.error."+e.Code, i18n.Pairs(e.Args)...)
}

// sought are the words that a search of the list asks for, anywhere in a document or in
// its own text.
func sought(search string) (out []*query.Node) {
	n, err := storage.Parse(search)
	if err != nil {
		return nil
	}
	n.Leaves(func(l *query.Node, denied bool) {
		if (l.Key == query.Words || l.Key == query.Text) && !denied {
			out = append(out, l)
		}
	})
	return out
}

// SearchWords are those words as they are typed.
func SearchWords(search string) (out []string) {
	for _, n := range sought(search) {
		out = append(out, n.Value)
	}
	return out
}

// SearchedIn is where in a text the words of a search stand, as the index finds them,
// apart from each other. It may run on any goroutine.
func SearchedIn(text, search string) (all []widgets.Span) {
	nodes := sought(search)
	if len(nodes) == 0 {
		return nil
	}
	folded := wordsof.NewText(text)
	for _, n := range nodes {
		for _, h := range folded.Find(n.Value, 0) {
			if n.Exact && string([]rune(text)[h.Start:h.End]) != n.Value {
				continue
			}
			all = append(all, widgets.Span{Start: h.Start, End: h.End})
		}
	}
	return Apart(all)
}

// Apart are places in their order; of those that lie over each other the first, and the
// longer of two that begin together. It uses up all.
func Apart(all []widgets.Span) []widgets.Span {
	slices.SortFunc(all, func(a, b widgets.Span) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return b.End - a.End
	})
	out := all[:0]
	for _, s := range all {
		if n := len(out); n == 0 || s.Start >= out[n-1].End {
			out = append(out, s)
		}
	}
	return out
}

// snippetBefore and snippetAfter are how many code points stand on either side of a hit.
const (
	snippetBefore = 8
	snippetAfter  = 40
)

// Snippet is a piece of a text around the first place of the words of a search, on
// one line; "" where none stands in it.
func Snippet(text, search string) string {
	hits := SearchedIn(text, search)
	if len(hits) == 0 {
		return ""
	}
	rs := []rune(text)
	from, to := max(0, hits[0].Start-snippetBefore), min(len(rs), hits[0].End+snippetAfter)
	s := strings.Join(strings.Fields(string(rs[from:to])), " ")
	if from > 0 {
		s = "…" + s
	}
	return OneLine(s)
}

// Exactly is a search with its words exact, or, where all of them are, with none exact;
// "" where it has no words.
func Exactly(search string) (string, error) {
	n, err := storage.Parse(search)
	if err != nil {
		return "", err
	}
	any, all := false, true
	n.Leaves(func(l *query.Node, _ bool) {
		if l.Key == query.Words {
			any, all = true, all && l.Exact
		}
	})
	if !any {
		return "", nil
	}
	n.Leaves(func(l *query.Node, _ bool) {
		if l.Key == query.Words {
			l.Exact = !all
		}
	})
	return n.String(), nil
}
