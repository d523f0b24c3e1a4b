package vocab

import (
	"maps"
	"slices"
	"strings"

	"fonds/storage/archive"
)

// This file makes a vocabulary of the tags of an archive, and of a vocabulary what is
// said of tags.

// OfTags are the tags that documents bear (with how many do) and those that are
// described, with all that stand above them, by their paths.
func OfTags(counts map[string]int, concepts map[string]archive.Concept) *Vocabulary {
	v := &Vocabulary{Paths: true, URIs: map[string]string{}, Counts: map[string]int{}}
	all := map[string]bool{}
	note := func(tag string) {
		for tag != "" && !all[tag] {
			all[tag] = true
			above, _, under := cutLast(tag, "/")
			if !under {
				break
			}
			tag = above
		}
	}
	for tag := range counts {
		note(tag)
	}
	for tag := range concepts {
		note(tag)
	}
	for _, tag := range slices.SortedFunc(maps.Keys(all), byPath) {
		above, last, under := cutLast(tag, "/")
		if !under {
			above, last = "", tag
		}
		c := concepts[tag]
		t := archive.Term{ID: tag, Names: []archive.Name{{Text: last}}, Broader: above, Scope: c.Scope, Colour: c.Colour}
		for _, lang := range slices.Sorted(maps.Keys(c.Names)) {
			t.Names = append(t.Names, archive.Name{Text: c.Names[lang], Lang: lang})
		}
		for _, n := range c.UsedFor {
			t.Also = append(t.Also, archive.Name{Text: n})
		}
		if c.URI != "" {
			v.URIs[tag] = c.URI
		}
		v.Counts[tag] = counts[tag]
		v.Terms = append(v.Terms, t)
	}
	return v
}

// byPath puts a tag before those under it, and both before its neighbours.
func byPath(a, b string) int { return slices.Compare(strings.Split(a, "/"), strings.Split(b, "/")) }

// TagEdits are the edits that describe the archive's tags as a vocabulary does, and the
// tags that would be described. What is said already and the vocabulary does not say
// stays; other names are added to those that there are. lang is the language whose names
// the tags have where a term has several.
func TagEdits(v *Vocabulary, concepts map[string]archive.Concept, lang string) (edits []*archive.Edit, tags []string) {
	at := make(map[string]int, len(v.Terms))
	for i := range v.Terms {
		at[v.Terms[i].ID] = i
	}
	order, _ := Depths(v.Terms)
	paths := make(map[string]string, len(v.Terms))
	for _, i := range order {
		t := &v.Terms[i]
		own := tagName(t, lang)
		path := strings.ReplaceAll(own.Text, "/", "／")
		if v.Paths {
			path = t.ID
		} else if up := paths[t.Broader]; t.Broader != "" && up != "" {
			path = up + "/" + path
		}
		paths[t.ID] = path
		was, now := concepts[path], concepts[path]
		now.UsedFor = slices.Clone(was.UsedFor)
		now.Names = maps.Clone(was.Names)
		if t.Scope != "" {
			now.Scope = t.Scope
		}
		if t.Colour > 0 {
			now.Colour = t.Colour
		}
		if uri := v.URIs[t.ID]; uri != "" {
			now.URI = uri
		} else if archive.AbsoluteURI(t.ID) && !v.Paths {
			now.URI = t.ID
		}
		for _, n := range t.Names {
			if n != own && n.Lang != "" {
				if now.Names == nil {
					now.Names = map[string]string{}
				}
				now.Names[n.Lang] = n.Text
			}
		}
		for _, n := range t.Also {
			if n.Text != own.Text && !slices.Contains(now.UsedFor, n.Text) {
				now.UsedFor = append(now.UsedFor, n.Text)
			}
		}
		if was.Tag != "" && now.Scope == was.Scope && now.Colour == was.Colour && now.URI == was.URI &&
			slices.Equal(now.UsedFor, was.UsedFor) && maps.Equal(now.Names, was.Names) {
			continue
		}
		e := &archive.Edit{Do: archive.SetConceptKind, Tag: path, Scope: &now.Scope, UsedFor: &now.UsedFor, Names: &now.Names, URI: &now.URI, Colour: &now.Colour}
		edits, tags = append(edits, e), append(tags, path)
	}
	return edits, tags
}

// tagName is the name of a term that the level of a tag has: the one without a language,
// else the one of lang, else the first.
func tagName(t *archive.Term, lang string) archive.Name {
	for _, n := range t.Names {
		if n.Lang == "" {
			return n
		}
	}
	name := t.Name(lang)
	for _, n := range t.Names {
		if n.Text == name {
			return n
		}
	}
	return archive.Name{Text: name}
}

// ListEdit is the edit by which a vocabulary becomes the list of a name, in the place of
// the one that there is; kind is "" to leave it.
func ListEdit(v *Vocabulary, self *archive.Document, name, kind, file string) (*archive.Edit, error) {
	content, err := archive.PackTerms(v.Terms)
	if err != nil {
		return nil, err
	}
	e := &archive.Edit{Do: archive.SetListKind, Name: name, Kind: kind, File: file, Content: content}
	if was, err := self.ListNamed(name); err == nil {
		e.List, e.Name = string(was.ID), ""
	}
	if archive.AbsoluteURI(v.URI) {
		e.URI = &v.URI
	}
	if v.Licence != "" {
		e.Licence = &v.Licence
	}
	return e, nil
}
