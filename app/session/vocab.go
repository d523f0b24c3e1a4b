package session

import (
	"context"
	"slices"

	"fonds/app/i18n"
	"fonds/app/vocab"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/storage/query"
)

// This file keeps the vocabularies of the open archive so that they can be looked up while
// one types: its tags, and the lists that were asked for.

// mostListsKept is how many lists stay in memory: one of 200,000 terms takes some 150 MB.
const mostListsKept = 3

// vocabularies are what is kept.
type vocabularies struct {
	tags     *vocab.Index
	self     *archive.Document
	counts   []storage.TagCount
	language string
	lists    []*ListIndex
	waiting  map[archive.ID][]func(*ListIndex, error) // lists that are being read
}

// ListIndex is a list that can be looked up.
type ListIndex struct {
	*vocab.Index
	List  archive.List
	Order []int // of the terms in a tree
	Depth []int // of each term
	added int
	lang  string
}

// TagIndex is what tags are looked up in: those in use and those that are described. It
// is made anew when either has changed.
func (s *Session) TagIndex() *vocab.Index {
	v, counts := &s.vocabularies, s.Tags()
	same := v.tags != nil && v.self == s.self && v.language == i18n.Current() && len(v.counts) == len(counts) && (len(counts) == 0 || &v.counts[0] == &counts[0])
	if !same {
		v.self, v.counts, v.language = s.self, counts, i18n.Current()
		n := make(map[string]int, len(counts))
		for _, c := range counts {
			n[c.Tag] = c.N
		}
		var concepts map[string]archive.Concept
		if s.self != nil {
			concepts = s.self.Concepts()
		}
		v.tags = vocab.NewIndex(vocab.OfTags(n, concepts), v.language)
		v.tags.Use(n)
	}
	return v.tags
}

// Concept is what is said of a tag.
func (s *Session) Concept(tag string) archive.Concept {
	if s.self == nil {
		return archive.Concept{Tag: tag}
	}
	c := s.self.Concepts()[tag]
	c.Tag = tag
	return c
}

// Lists are the vocabularies that the archive keeps.
func (s *Session) Lists() []archive.List {
	if s.self == nil {
		return nil
	}
	return s.self.Lists()
}

// List finds one by its id or name.
func (s *Session) List(ref string) (archive.List, bool) {
	if s.self == nil {
		return archive.List{}, false
	}
	l, err := s.self.ListNamed(ref)
	return l, err == nil
}

// listKnown is the index of a list as it is now, nil where it has to be made.
func (s *Session) listKnown(l archive.List) *ListIndex {
	added := len(s.self.Added(l.ID))
	for _, x := range s.vocabularies.lists {
		if x.List.ID == l.ID && x.List.Content == l.Content && x.added == added && x.lang == i18n.Current() {
			x.List = l
			return x
		}
	}
	return nil
}

// ListKnown is the index of a list by its id or name, nil where there is none yet.
func (s *Session) ListKnown(ref string) *ListIndex {
	if l, ok := s.List(ref); ok {
		return s.listKnown(l)
	}
	return nil
}

// LookIn makes the index of a list on a worker, where there is none, and hands it to done
// on the UI goroutine.
func (s *Session) LookIn(l archive.List, done func(*ListIndex, error)) {
	if x := s.listKnown(l); x != nil {
		done(x, nil)
		return
	}
	v := &s.vocabularies
	if v.waiting == nil {
		v.waiting = map[archive.ID][]func(*ListIndex, error){}
	}
	v.waiting[l.Content] = append(v.waiting[l.Content], done)
	if len(v.waiting[l.Content]) > 1 {
		return // it is on its way
	}
	added, lang := len(s.self.Added(l.ID)), i18n.Current()
	var fields []string
	for _, f := range s.Template().Fields {
		if f.Vocabulary == l.Name || f.Vocabulary == string(l.ID) {
			fields = append(fields, f.ID)
		}
	}
	Read(s, nil, func(ctx context.Context, a *storage.Archive) (*ListIndex, error) {
		terms, err := a.ListTerms(ctx, l)
		if err != nil {
			return nil, err
		}
		x := &ListIndex{List: l, added: added, lang: lang}
		x.Index = vocab.NewIndex(&vocab.Vocabulary{Title: l.Name, URI: l.URI, Licence: l.Licence, Terms: terms}, lang)
		x.Order, x.Depth = vocab.Depths(terms)
		uses := map[string]int{}
		for _, f := range fields {
			found, err := a.Facet(ctx, storage.Query{}, storage.Facet{Key: query.Field, Name: f}, 0)
			if err != nil {
				return nil, err
			}
			for _, v := range found {
				uses[v.Value] += v.N
			}
		}
		x.Use(uses)
		return x, nil
	}, func(x *ListIndex, err error) {
		if err == nil {
			v.lists = slices.DeleteFunc(v.lists, func(o *ListIndex) bool { return o.List.ID == l.ID })
			v.lists = append(v.lists[max(0, len(v.lists)-mostListsKept+1):], x)
		}
		all := v.waiting[l.Content]
		delete(v.waiting, l.Content)
		for _, done := range all {
			done(x, err)
		}
	})
}
