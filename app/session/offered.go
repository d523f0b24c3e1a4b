package session

import (
	"slices"

	"fonds/app/template"
	"fonds/storage"
	"fonds/storage/archive"
)

// This file holds what empty fields are offered: values that were pinned, the default of
// the template. Nothing of it is filled in without a key.

// sitting is what was given to fields since the archive was opened.
type sitting struct {
	path string
	pins map[string][]string // pinned values by field
	last map[string][]string // values by field, the latest first
}

// lastKept is how many values of a field a sitting remembers.
const lastKept = 12

// sat is the sitting of the open archive.
func (s *Session) sat() *sitting {
	if k := &s.sitting; k.path != s.Path() || k.pins == nil {
		*k = sitting{path: s.Path(), pins: map[string][]string{}, last: map[string][]string{}}
	}
	return &s.sitting
}

// gave remembers what a field was given. A pin follows: it keeps the last that was.
func (k *sitting) gave(field string, texts []string) {
	texts = slices.DeleteFunc(slices.Clone(texts), func(t string) bool { return t == "" })
	if len(texts) == 0 {
		return
	}
	if _, ok := k.pins[field]; ok {
		k.pins[field] = texts
	}
	last := slices.DeleteFunc(k.last[field], func(t string) bool { return slices.Contains(texts, t) })
	last = append(slices.Clone(texts), last...)
	k.last[field] = last[:min(len(last), lastKept)]
}

// Pinned says whether a field is pinned.
func (s *Session) Pinned(field string) bool {
	_, ok := s.sat().pins[field]
	return ok
}

// Pin keeps the values that a field has in the document that is shown, for the documents
// after it; unpinned it keeps none. It says whether the field is pinned now.
func (s *Session) Pin(field string) bool {
	k := s.sat()
	if _, ok := k.pins[field]; ok {
		delete(k.pins, field)
	} else {
		texts := []string{}
		if s.doc != nil {
			for _, it := range s.doc.Values(field) {
				if !it.NotStated() {
					texts = append(texts, it.Text)
				}
			}
		}
		k.pins[field] = texts
	}
	s.emit(DraftsChanged{})
	return s.Pinned(field)
}

// Offered are the values that an empty field of a document is offered, nil for none, and
// whether they are pinned; else they are the template's.
func (s *Session) Offered(d *Doc, f *template.Field) (values []string, pinned bool) {
	if d == nil || len(d.Values(f.ID)) > 0 || f.Compute != "" {
		return nil, false
	}
	if texts := s.sat().pins[f.ID]; len(texts) > 0 {
		return texts, true
	}
	if f.Default != "" {
		return []string{f.Default}, false
	}
	return nil, false
}

// TakeOffered gives the document that is shown what some fields of it are offered, as one
// step to undo. done (nil is allowed) is told when it is in the file, or why not; n is in
// how many fields.
func (s *Session) TakeOffered(fields []string, done func(n int, err error)) {
	var edits []*archive.Edit
	for _, id := range fields {
		f := s.Field(id)
		values, _ := s.Offered(s.doc, &f)
		if len(values) == 0 {
			continue
		}
		e := s.docEdit("field.set")
		if e == nil {
			return
		}
		g := s.shows(id)
		e.Field, e.Seen = id, &g.seen
		for _, v := range values {
			e.Values = append(e.Values, archive.ValueOf(v))
		}
		edits = append(edits, e)
	}
	if len(edits) == 0 {
		if done != nil {
			done(0, nil)
		}
		return
	}
	s.Apply(func(_ []storage.Result, err error) {
		if done != nil {
			done(len(edits), err)
		}
	}, edits...)
}
