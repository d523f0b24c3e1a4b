package desk

import (
	"slices"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/app/template"
	"fonds/app/vocab"
	"fonds/storage/archive"
	"fonds/widgets"
)

// This file looks up what is typed into a field whose values come of a vocabulary: a list
// of the archive, or its tags.

// ofTags is the vocabulary of the archive's own tags.
const ofTags = "tags"

// mostTerms is how many terms are offered.
const mostTerms = 8

// index is the vocabulary of a field, nil where it has none or it is not read yet.
func (f *fieldsPane) index(field *template.Field) *vocab.Index {
	switch {
	case field.Vocabulary == "":
		return nil
	case field.Vocabulary == ofTags:
		return f.d.s.TagIndex()
	}
	if x := f.d.s.ListKnown(field.Vocabulary); x != nil {
		return x.Index
	}
	return nil
}

// warm reads the list of a field where it is not read yet; then what is typed is looked
// up, and what stands there is held against it.
func (f *fieldsPane) warm(field *template.Field) {
	if field.Vocabulary == "" || field.Vocabulary == ofTags || f.index(field) != nil {
		return
	}
	l, ok := f.d.s.List(field.Vocabulary)
	if !ok {
		return
	}
	of := *field
	f.d.s.LookIn(l, func(_ *session.ListIndex, err error) {
		if err != nil {
			f.d.s.Say(session.Words(err))
			return
		}
		if text, on := f.form.Typed(of.ID); on {
			f.lookUp(&of, text)
		}
		f.show()
	})
}

// lookUp offers the terms that something typed could mean: each as it is to be written,
// beside it the name by which it was found.
func (f *fieldsPane) lookUp(field *template.Field, text string) {
	if field.Vocabulary == "" {
		return
	}
	x := f.index(field)
	if x == nil {
		f.warm(field)
		return
	}
	var terms []widgets.TagView
	for _, h := range x.Find(text, mostTerms) {
		beside := h.Term.Dates
		if h.By != "" {
			beside = i18n.T("tags.by", "name", session.OneLine(h.By))
		}
		terms = append(terms, widgets.TagView{Tag: h.Text, By: beside})
	}
	f.form.SetFound(field.ID, text, terms)
}

// outside says that a value is no term of the field's vocabulary: a doubt, and no more.
func (f *fieldsPane) outside(field *template.Field, value string) string {
	if field.Vocabulary == "" || value == "" {
		return ""
	}
	x := f.index(field)
	if x == nil {
		f.warm(field)
		return ""
	}
	switch {
	case x.Exactly(value) != nil:
		return ""
	case field.Vocabulary == ofTags:
		return i18n.T("vocabulary.outsidetags", "value", short(value))
	}
	name := field.Vocabulary
	if l, ok := f.d.s.List(name); ok {
		name = l.Name
	}
	return i18n.T("vocabulary.outside", "value", short(value), "list", session.OneLine(name))
}

// listOf is the kind of list whose terms are what marks of a label name.
var listOf = map[string]string{"person": "persons", "organisation": "organisations", "place": "places"}

// mostAuthorities is how many are offered for a mark.
const mostAuthorities = 5

// offerAuthorities offers for a mark the URIs of what its words could name, of the lists
// of that kind, when they are read and the box still is the one of slot.
func (d *Desk) offerAuthorities(slot, label, words string) {
	var names, uris []string
	for _, l := range d.s.Lists() {
		if kind := listOf[label]; kind == "" || l.Kind != kind {
			continue
		}
		d.s.LookIn(l, func(x *session.ListIndex, err error) {
			if err != nil || d.box == nil || d.box.slot != slot {
				return
			}
			for _, h := range x.Find(words, mostAuthorities) {
				if archive.AbsoluteURI(h.Term.ID) && len(uris) < mostAuthorities && !slices.Contains(uris, h.Term.ID) {
					name := h.Text
					if h.Term.Dates != "" {
						name += " " + h.Term.Dates
					}
					names, uris = append(names, session.OneLine(name)), append(uris, h.Term.ID)
				}
			}
			if len(uris) > 0 {
				d.small.SetOffers(i18n.T("comment.authority.offers", "names", i18n.List(names)), uris)
			}
		})
	}
}
