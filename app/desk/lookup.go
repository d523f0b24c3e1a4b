package desk

import (
	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/app/template"
	"fonds/app/vocab"
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
