package session

import (
	"cmp"
	"slices"

	"fonds/app/i18n"
	"fonds/storage"
	"fonds/storage/archive"
)

// Back is something that once stood in the document that is shown and can be put
// back, by a new edit: the past stays as it was.
type Back struct {
	Words string // what it is
	edit  *archive.Edit
}

// PutBack makes the edit; done (nil is allowed) is told when it is in the file, or
// why not.
func (s *Session) PutBack(b *Back, done func(error)) { s.Apply(told(done), b.edit) }

// BackTo is what can be put back from an operation in the history of the document
// that is shown, nil for nothing: what it left, or, where that still stands, what
// was there before it. entries are all operations from the latest to that one.
func (s *Session) BackTo(entries []storage.Entry, at int) *Back {
	if s.doc == nil || at < 0 || at >= len(entries) {
		return nil
	}
	for _, what := range []archive.What{archive.AValue, archive.ATag, archive.AMark, archive.ACorrection, archive.ANote} {
		for _, c := range entries[at].Changes {
			if it := either(c.After, c.Before); it == nil || it.What != what {
				continue
			}
			switch what {
			case archive.AValue:
				return s.backToValues(entries, at, either(c.After, c.Before).Key)
			case archive.ATag:
				return s.backToTag(c)
			case archive.AMark:
				return s.backToMark(c)
			case archive.ACorrection:
				return s.backToCorrection(c)
			}
			return s.backToNote(c)
		}
	}
	return nil
}

func either(a, b *archive.Item) *archive.Item {
	if a != nil {
		return a
	}
	return b
}

func inForce(it *archive.Item) bool { return it != nil && it.InForce() }

// backToValues undoes in thought what was done to a field since.
func (s *Session) backToValues(entries []storage.Entry, at int, field string) *Back {
	now := s.doc.Values(field)
	was := map[archive.ID]*archive.Item{}
	for _, it := range now {
		was[it.ID] = it
	}
	undo := func(e *storage.Entry) {
		for _, c := range slices.Backward(e.Changes) {
			it := either(c.After, c.Before)
			if it == nil || it.What != archive.AValue || it.Key != field {
				continue
			}
			delete(was, it.ID)
			if inForce(c.Before) {
				was[it.ID] = c.Before
			}
		}
	}
	values := func() []*archive.Item {
		var out []*archive.Item
		for _, it := range was {
			out = append(out, it)
		}
		slices.SortFunc(out, func(a, b *archive.Item) int { return cmp.Or(a.Pos-b.Pos, cmp.Compare(a.ID, b.ID)) })
		return out
	}
	for i := range at {
		undo(&entries[i])
	}
	then := values()
	if sameTexts(then, now) {
		undo(&entries[at])
		if then = values(); sameTexts(then, now) {
			return nil
		}
	}
	e := s.docEdit("field.set")
	g := s.shows(field)
	e.Field, e.Seen, e.Values = field, &g.seen, []archive.ValueIn{}
	var texts []string
	for _, it := range then {
		v := archive.ValueOf(it.Text)
		v.Detail = it.Detail
		if it.Anchor != nil && it.Anchor.Text == s.doc.Info.Text {
			if p := s.doc.Text.Place(it.Anchor); p.End > p.Start {
				v.Evidence = &archive.RangeIn{Start: p.Start, End: p.End, In: "reading"}
			}
		}
		e.Values = append(e.Values, v)
		texts = append(texts, OneLine(ValueWords(it.Text)))
	}
	f := s.Field(field)
	words := i18n.List(texts)
	if words == "" {
		words = i18n.T("field.novalue")
	}
	return &Back{i18n.T("say.value", "field", f.LabelWords(), "value", words), e}
}

func sameTexts(a, b []*archive.Item) bool {
	return slices.EqualFunc(a, b, func(x, y *archive.Item) bool { return x.Text == y.Text })
}

func (s *Session) backToTag(c archive.Change) *Back {
	it := either(c.After, c.Before)
	if s.doc.Tag(it.Key) != nil || !inForce(c.Before) && !inForce(c.After) {
		return nil
	}
	e := s.docEdit("tag.add")
	e.Tag = it.Key
	return &Back{i18n.T("back.tag", "tag", it.Key), e}
}

// backToMark makes a mark that is gone anew, or gives one that was changed the
// label, the comment and the authority that it had.
func (s *Session) backToMark(c archive.Change) *Back {
	now := s.doc.Item(either(c.After, c.Before).ID)
	was := c.Before
	if !inForce(now) && inForce(c.After) {
		was = c.After
	}
	if !inForce(was) || was.Anchor == nil || inForce(now) && now.Key == was.Key && now.Text == was.Text && now.Detail == was.Detail {
		return nil
	}
	words := i18n.T("say.mark", "label", LabelWords(was.Key), "words", was.Anchor.Quote)
	if inForce(now) {
		e := s.docEdit("mark.edit")
		e.Mark, e.Label, e.Text, e.Authority = string(now.ID), was.Key, &was.Text, &was.Detail
		return &Back{words, e}
	}
	p := s.doc.Text.Place(was.Anchor)
	if was.Anchor.Text != s.doc.Info.Text || p.End <= p.Start {
		return nil // its words are gone
	}
	e := s.ranged("mark.add", p.Start, p.End)
	e.Label = was.Key
	if was.Text != "" {
		e.Text = &was.Text
	}
	if was.Detail != "" {
		e.Authority = &was.Detail
	}
	return &Back{words, e}
}

// backToCorrection proposes a correction anew that is no longer in force. Where
// another one stands over its words by now, it takes that one's place.
func (s *Session) backToCorrection(c archive.Change) *Back {
	was := either(c.After, c.Before)
	if inForce(c.Before) && !inForce(c.After) {
		was = c.Before
	}
	if now := s.doc.Item(was.ID); now == nil || now.InForce() || now.Open() || was.Anchor == nil || was.Anchor.Text != s.doc.Info.Text {
		return nil
	}
	e := s.docEdit("correction.propose")
	start, end := was.Anchor.Start.At, was.Anchor.End.At
	e.Start, e.End, e.In, e.Text, e.Reason, e.Recipe = &start, &end, "source", &was.Text, was.Reason, was.Recipe
	for _, f := range s.doc.Text.Spans() {
		if a := f.Fix.Anchor; a.Start.At >= start && a.End.At <= end {
			e.Replaces = append(e.Replaces, string(f.Fix.ID))
		}
	}
	old, text := was.Source, was.Text
	if old == "" {
		old = i18n.T("correct.inserted")
	}
	if text == "" {
		text = i18n.T("text.deleted")
	}
	return &Back{OneLine(old + " → " + text), e}
}

func (s *Session) backToNote(c archive.Change) *Back {
	was := either(c.Before, c.After)
	if now := s.doc.Item(was.ID); inForce(now) && now.Text == was.Text {
		return nil
	}
	e := s.docEdit("note.add")
	e.Text = &was.Text
	return &Back{OneLine(was.Text), e}
}
