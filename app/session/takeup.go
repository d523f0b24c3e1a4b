package session

import (
	"slices"

	"fonds/app/i18n"
	"fonds/storage/archive"
)

// TurnedDown lists what who is working has proposed on the document that is shown and
// somebody has rejected, and that they have not taken up again.
func (s *Session) TurnedDown() []*archive.Item {
	if s.doc == nil || s.actor == "" {
		return nil
	}
	return s.doc.TurnedDown(s.Rules(), s.actor)
}

// Amended lists the open proposals that a reviewer has put in the place of one of who
// is working: they agree, or answer.
func (s *Session) Amended() []*archive.Item {
	if s.doc == nil || s.actor == "" {
		return nil
	}
	var out []*archive.Item
	for _, it := range s.doc.Items {
		if it.Open() && it.First != "" && s.Rules().Same(it.First, s.actor) && !s.Rules().Same(it.By, s.actor) {
			out = append(out, it)
		}
	}
	return out
}

// TakeUp proposes something of the document that is shown again that was turned down,
// with other words or the same; of a tag they are the tag. What has changed since then
// may refuse it.
func (s *Session) TakeUp(it *archive.Item, words string, done func(error)) {
	if s.doc == nil {
		return
	}
	e := s.docEdit("")
	place := func() {
		if it.Anchor != nil {
			start, end := it.Anchor.Start.At, it.Anchor.End.At
			e.Start, e.End = &start, &end
		}
	}
	switch it.What {
	case archive.AValue:
		e.Do, e.Field, e.Values = "field.set", it.Key, s.valuesWith(it, words)
	case archive.ATag:
		e.Do, e.Tag = "tag.add", words
	case archive.AMark:
		e.Do, e.Label, e.Text = "mark.add", it.Key, &it.Text
		if it.Detail != "" {
			e.Authority = &it.Detail
		}
		place()
	case archive.ACorrection:
		e.Do, e.Text, e.Reason, e.Recipe = "correction.propose", &words, it.Reason, it.Recipe
		for _, id := range it.Replaces {
			e.Replaces = append(e.Replaces, string(id))
		}
		place()
	case archive.ARemoval:
		s.takeUpRemoval(it, e)
	}
	edits := []*archive.Edit{e}
	if it.What == archive.ATag && words != it.Key { // nothing else says that the one came of the other
		edits = append(edits, s.settled(it, i18n.T("talk.instead", "words", OneLine(words))))
	}
	s.Apply(told(done), edits...)
}

// LeaveIt says that who is working leaves something as it was decided.
func (s *Session) LeaveIt(it *archive.Item, done func(error)) {
	if s.doc != nil {
		s.Apply(told(done), s.settled(it, i18n.T("talk.left")))
	}
}

// settled says of something that was turned down what became of it.
func (s *Session) settled(it *archive.Item, words string) *archive.Edit {
	e, yes := s.docEdit("thread.start"), true
	e.On, e.Text, e.Done = string(it.ID), &words, &yes
	return e
}

// valuesWith are the values of a field with a proposed one in the place of what it
// was to replace.
func (s *Session) valuesWith(it *archive.Item, words string) []archive.ValueIn {
	fresh := s.valueIn(it)
	if fresh.Value, fresh.NotStated = words, it.NotStated() && words == ""; !fresh.NotStated && it.NotStated() {
		fresh.Detail = ""
	}
	var out []archive.ValueIn
	put := false
	for _, v := range s.doc.Values(it.Key) {
		switch {
		case fresh.NotStated || v.NotStated(): // it has none beside it
		case !slices.Contains(it.Replaces, v.ID):
			out = append(out, s.valueIn(v))
		case !put:
			out, put = append(out, fresh), true
		}
	}
	if !put {
		if f := s.Field(it.Key); !f.Repeatable {
			out = nil
		}
		out = append(out, fresh)
	}
	return out
}

// valueIn is a value as an edit gives it.
func (s *Session) valueIn(it *archive.Item) archive.ValueIn {
	v := archive.ValueOf(it.Text)
	v.Detail, v.Evidence = it.Detail, s.evidence(it)
	return v
}

// evidence is where a value was read, nil where it does not say.
func (s *Session) evidence(it *archive.Item) *archive.RangeIn {
	if it.Anchor == nil || it.Anchor.Text != s.doc.Info.Text {
		return nil
	}
	if p := s.doc.Text.Place(it.Anchor); p.End > p.Start {
		return &archive.RangeIn{Start: p.Start, End: p.End, In: "reading"}
	}
	return nil
}

func (s *Session) takeUpRemoval(it *archive.Item, e *archive.Edit) {
	id := ""
	if len(it.Replaces) > 0 {
		id = string(it.Replaces[0])
	}
	switch archive.What(it.Key) {
	case archive.ATag:
		e.Do, e.Tag = "tag.remove", it.Text
	case archive.AMark:
		e.Do, e.Mark = "mark.remove", id
	case archive.ACorrection:
		e.Do, e.Correction = "correction.withdraw", id
	default:
		e.Do, e.Values = "field.set", []archive.ValueIn{}
		if o := s.doc.Item(archive.ID(id)); o != nil {
			e.Field = o.Key
			for _, v := range s.doc.Values(o.Key) {
				if v.ID != o.ID {
					e.Values = append(e.Values, s.valueIn(v))
				}
			}
		}
	}
}
