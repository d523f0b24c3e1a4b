package session

import (
	"cmp"
	"slices"

	"fonds/app/i18n"
	"fonds/storage"
	"fonds/storage/archive"
)

// This file says the order of the parts of a document, and changes it.

// ordering is an order of parts that was asked for and that the screen may not show
// yet: whoever moves a part twice in a row moves it from there.
type ordering struct {
	doc   archive.ID
	parts []archive.ID
}

// PartOrder are the documents that are parts of the document that is shown, in their
// order as it will be when what was asked for is written.
func (s *Session) PartOrder() []archive.ID {
	if s.doc == nil {
		return nil
	}
	now := partsOf(s.doc.PartsInOrder())
	if o := s.ordering; o.doc == s.doc.ID && sameParts(o.parts, now) {
		return o.parts
	}
	return now
}

func partsOf(items []*archive.Item) []archive.ID {
	out := make([]archive.ID, len(items))
	for i, it := range items {
		out[i] = archive.ID(it.Text)
	}
	return out
}

// sameParts says whether two orders are of the same parts.
func sameParts(a, b []archive.ID) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

// MovePart moves a part of the document that is shown by so many places in the order
// of the parts, as far as there are any; done (nil is allowed) is told from 1 which it
// is then, when that is in the file, or why not. It says whether there was anywhere to
// move it to.
func (s *Session) MovePart(part archive.ID, by int, done func(at int, err error)) bool {
	order := slices.Clone(s.PartOrder())
	from := slices.Index(order, part)
	to := min(max(from+by, 0), len(order)-1)
	if from < 0 || to == from {
		return false
	}
	order = slices.Insert(slices.Delete(order, from, from+1), to, part)
	s.setOrder(order, func(err error) {
		if done != nil {
			done(to+1, err)
		}
	})
	return true
}

// PartsByPlace gives the parts of the document that is shown the order of their places.
func (s *Session) PartsByPlace(done func(error)) { s.setOrder(nil, done) }

// setOrder gives the parts an order, nil that of their places.
func (s *Session) setOrder(order []archive.ID, done func(error)) {
	e := s.docEdit(archive.OrderKind)
	if e == nil {
		return
	}
	seen, parts := s.PartOrder(), []string{}
	for _, id := range order {
		parts = append(parts, string(id))
	}
	e.Seen, e.Parts = &seen, &parts
	asked := ordering{s.doc.ID, order}
	if order == nil {
		asked.parts = partsOf(s.doc.Parts())
	}
	s.ordering = asked
	s.Apply(func(_ []storage.Result, err error) {
		if err != nil || slices.Equal(s.ordering.parts, asked.parts) {
			s.ordering = ordering{}
		}
		if done != nil {
			done(err)
		}
	}, e)
}

// PartPlace says of a part in force which it is in the order, as "2 of 3"; "" of the
// only one, and of what is none.
func (d *Doc) PartPlace(it *archive.Item) string {
	parts := d.PartsInOrder()
	at := slices.IndexFunc(parts, func(o *archive.Item) bool { return o.ID == it.ID })
	if at < 0 || len(parts) < 2 {
		return ""
	}
	return i18n.T("part.nth", "n", at+1, "all", len(parts))
}

// OrderWords are an order of parts in words: how each begins.
func (d *Doc) OrderWords(it *archive.Item) string {
	begins := map[archive.ID]string{} // also of those that are parts no more
	if d == nil {                     // what was undone is told before a document is shown
		d = &Doc{Document: &archive.Document{}}
	}
	for _, o := range d.Items {
		if o.What == archive.ASplit {
			begins[archive.ID(o.Text)] = PartBegins(o)
		}
	}
	var words []string
	for _, id := range it.Ordered() {
		words = append(words, cmp.Or(begins[id], id.Short()))
	}
	return i18n.List(words)
}
