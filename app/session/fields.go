package session

import (
	"context"
	"errors"
	"slices"

	"fonds/app/template"
	"fonds/storage"
	"fonds/storage/archive"
)

// Missing lists the fields that are required of a document, by its level, and have no value
// in force, nor one from a unit above.
func (s *Session) Missing(d *Doc) []template.Field {
	var out []template.Field
	if d == nil {
		return nil
	}
	for _, id := range s.Template().Required(d.Document) {
		if f := s.Field(id); len(d.Values(id)) == 0 && s.InheritedWords(d.Document, &f) == "" {
			out = append(out, f)
		}
	}
	return out
}

// offered is how many values LastValues asks for.
const offered = 40

// LastValues asks on a worker for what a field was given last in the archive;
// answer gets it on the UI goroutine, the likeliest first, unless another field is
// asked for by then. Where it cannot be read nothing is offered. What was entered in this
// sitting stands first.
func (s *Session) LastValues(field string, answer func(values []string)) {
	Read(s, &s.offersGen, func(ctx context.Context, a *storage.Archive) ([]string, error) {
		return a.LastValues(ctx, field, offered)
	}, func(values []string, err error) {
		if err == nil {
			last := slices.Clone(s.sat().last[field])
			answer(append(last, slices.DeleteFunc(values, func(v string) bool { return slices.Contains(last, v) })...))
		}
	})
}

// Takeable lists the proposals of machines that TakeAll would take from a
// document: of a field that holds one value the surest, and none where a value
// stands there or waits for a decision, or where somebody has said that the source
// does not state it.
func (s *Session) Takeable(d *Doc) []*archive.Item {
	var out []*archive.Item
	busy := map[string]bool{} // fields that hold one value, and have it
	texts := map[string]bool{}
	for _, it := range d.Of(archive.AValue) {
		if it.InForce() || it.Open() && it.By != "" {
			texts[it.Key+"\n"+it.Text] = true
			busy[it.Key] = busy[it.Key] || !s.repeatable(it.Key) || it.NotStated()
		}
	}
	for _, it := range d.Of(archive.AValue) {
		if !it.Open() || it.By != "" || busy[it.Key] || texts[it.Key+"\n"+it.Text] {
			continue
		}
		texts[it.Key+"\n"+it.Text] = true
		at := slices.IndexFunc(out, func(o *archive.Item) bool { return o.Key == it.Key })
		switch {
		case at < 0 || s.repeatable(it.Key):
			out = append(out, it)
		case it.Confidence > out[at].Confidence:
			out[at] = it
		}
	}
	slices.SortStableFunc(out, func(a, b *archive.Item) int { return a.Pos - b.Pos }) // values keep the order of the proposals
	return out
}

func (s *Session) repeatable(field string) bool {
	f := s.Field(field)
	return f.Repeatable
}

// TakeAll takes proposals of machines, all of them or none, as one step to undo.
// done (nil is allowed) is told when they are in the file; where not, why, and
// which proposal a rule has refused, nil where it was no rule.
func (s *Session) TakeAll(items []*archive.Item, done func(refused *archive.Item, err error)) {
	var edits []*archive.Edit
	for _, it := range items {
		if e := s.docEdit("value.take"); e != nil {
			e.Value = string(it.ID)
			edits = append(edits, e)
		}
	}
	if len(edits) == 0 {
		return
	}
	s.Apply(func(_ []storage.Result, err error) {
		var one *storage.EditError
		var refused *archive.Item
		if errors.As(err, &one) && one.Index < len(items) {
			refused = items[one.Index]
		}
		if done != nil {
			done(refused, err)
		}
	}, edits...)
}

// Origin is where the fields of a document can be copied from.
type Origin struct {
	Worked   *archive.Document // the other document that this person filled in last, or nil
	Previous *archive.Document // what stands before it in the list, or nil
}

// Origins reads on a worker which documents the fields of the one that is shown
// can be copied from; answer gets them on the UI goroutine.
func (s *Session) Origins(answer func(Origin)) {
	if s.doc == nil {
		return
	}
	here, actor, number := s.doc.ID, s.actor, int64(0)
	if at := s.list.at - 1; at >= 0 && at < s.Rows() {
		number = s.list.number(at)
	}
	Read(s, &s.originGen, func(ctx context.Context, a *storage.Archive) (o Origin, err error) {
		worked, err := a.Worked(ctx, actor, 2)
		if err != nil {
			return o, err
		}
		for _, id := range worked {
			if id == here || o.Worked != nil {
				continue
			}
			if o.Worked, err = a.Document(ctx, id); err != nil && !archiveGone(err) {
				return o, err
			}
		}
		before, err := a.IDs(ctx, []int64{number}) // 0 is nobody's
		if err != nil {
			return o, err
		}
		if len(before) > 0 && (o.Worked == nil || o.Worked.ID != before[0]) {
			if o.Previous, err = a.Document(ctx, before[0]); err != nil && !archiveGone(err) {
				return o, err
			}
		}
		return o, nil
	}, func(o Origin, err error) {
		switch {
		case err != nil:
			s.failFile(err)
		case s.doc != nil && s.doc.ID == here:
			answer(o)
		}
	})
}

// CopyFields gives the document that is shown the values of fields of another, as
// one step to undo: in the place of the one value that a field can hold, beside
// those of a field that holds several; that the source does not state something has
// nothing beside it, and gives way to a value. The evidence stays where it is: it lies in
// another text. done (nil is allowed) is told when it is in the file, or why not.
func (s *Session) CopyFields(from *archive.Document, fields []string, done func(error)) {
	var edits []*archive.Edit
	for _, id := range fields {
		e := s.docEdit("field.set")
		if e == nil {
			return
		}
		g := s.shows(id)
		e.Field, e.Seen = id, &g.seen
		have := map[string]bool{}
		if s.repeatable(id) && !NotStated(from.Values(id)) {
			for _, it := range s.doc.Values(id) {
				if have[it.Text] = true; !it.NotStated() {
					e.Values = append(e.Values, archive.ValueOf(it.Text))
				}
			}
		}
		for _, it := range from.Values(id) {
			if !have[it.Text] {
				e.Values = append(e.Values, archive.ValueOf(it.Text))
			}
		}
		if now := s.doc.Values(id); !equalTexts(e.Values, now) {
			edits = append(edits, e)
		}
	}
	if len(edits) > 0 {
		s.Apply(told(done), edits...)
	}
}

func equalTexts(values []archive.ValueIn, items []*archive.Item) bool {
	return slices.EqualFunc(values, items, func(v archive.ValueIn, it *archive.Item) bool { return v.Value == it.Text })
}
