package session

import (
	"slices"
	"strconv"
	"strings"

	"fonds/app/i18n"
	"fonds/storage"
	"fonds/storage/archive"
)

// docEdit is an edit of the document that is shown, or nil where none is.
func (s *Session) docEdit(do string) *archive.Edit {
	if s.doc == nil {
		return nil
	}
	return &archive.Edit{Do: do, Doc: string(s.doc.ID)}
}

// SetField sets all values of a field of the document that is shown, as one who
// has seen its present values; done (nil is allowed) is told what came of it.
// Drafts in rows of the field are at an end by it, but for those in keep.
func (s *Session) SetField(doc archive.ID, field string, values []archive.ValueIn, done func([]storage.Result, error), keep ...string) {
	if s.doc == nil || s.doc.ID != doc {
		return
	}
	k := draftKey{doc, field, s.actor}
	on, begun := s.begun[k]
	if h := s.HeldIn(doc, field); h != nil && !h.Refused() {
		on, begun = h.ground, true // nothing was written since
	}
	if !begun {
		on = s.stood(field)
	}
	delete(s.begun, k) // a refusal shows what is there now: the next try is made on that
	e := s.docEdit("field.set")
	e.Field, e.Values, e.Seen = field, values, &on.seen
	var texts, slots []string
	for _, v := range values {
		texts = append(texts, v.Value)
	}
	for d := range s.drafts {
		if d.doc == doc && d.actor == s.actor && FieldOf(d.slot) == field && !slices.Contains(keep, d.slot) {
			slots = append(slots, d.slot)
		}
	}
	s.sat().gave(field, texts)
	w := s.typed(doc, field, texts, done, e)
	w.ground = on
	s.make(w, slots)
}

// ground is what somebody makes an edit of a field on: its values, as the screen
// showed them after write base.
type ground struct {
	seen []archive.ID
	base int64
}

// shows is the ground of an edit that begins now.
func (s *Session) shows(field string) ground {
	g := ground{seen: []archive.ID{}, base: s.doc.seq}
	for _, it := range s.doc.Values(field) {
		g.seen = append(g.seen, it.ID)
	}
	return g
}

// stood is the ground of an edit made from a draft that was typed in an earlier
// sitting, or in another window: what has come since, nobody has seen who typed
// it. Without such a draft, and once a refusal has shown what is there, it is what
// is shown.
func (s *Session) stood(field string) ground {
	on := s.shows(field)
	if s.HeldIn(s.doc.ID, field) != nil {
		return on
	}
	for k, d := range s.drafts {
		if k.doc == s.doc.ID && k.actor == s.actor && FieldOf(k.slot) == field {
			on.seen = slices.DeleteFunc(on.seen, func(id archive.ID) bool {
				return s.doc.Item(id).At.Time().After(d.At)
			})
		}
	}
	return on
}

// tagKey is a tag on a document.
type tagKey struct {
	doc archive.ID
	tag string
}

// expectation is what a tag will be when the edits on their way are written.
type expectation struct{ on bool }

// HasTag says whether the document that is shown has a tag, or will have it when
// what was asked for is written.
func (s *Session) HasTag(tag string) bool {
	if s.doc == nil {
		return false
	}
	if e, ok := s.expects[tagKey{s.doc.ID, tag}]; ok {
		return e.on
	}
	return s.wants(tag)
}

// SetTag puts a tag on the document that is shown, or takes it off.
func (s *Session) SetTag(tag string, on bool) {
	s.SetTagFrom(tag, on, nil)
}

// SetTagFrom is SetTag that tells done (nil is allowed) when it is in the file,
// or why not.
func (s *Session) SetTagFrom(tag string, on bool, done func(error)) {
	tag = strings.TrimSpace(tag)
	if s.doc == nil || tag == "" || s.HasTag(tag) == on {
		return
	}
	e := s.docEdit("tag.remove")
	if on {
		e.Do = "tag.add"
	}
	e.Tag = tag
	s.expects[tagKey{s.doc.ID, tag}] = expectation{on}
	if it := s.doc.Tag(tag); on && it != nil {
		if r := s.doc.Removing(it.ID); r != nil { // it was to go
			s.Decide(r, archive.ActWithdraw, "", nil)
			return
		}
	}
	w := s.typed(s.doc.ID, "", nil, told(done), e)
	if on {
		w.texts = []string{tag}
	}
	s.make(w, nil)
}

// dropExpectations forgets those that a document has met.
func (s *Session) dropExpectations(d *Doc) {
	for k, e := range s.expects {
		if k.doc == d.ID && e.on == s.wants(k.tag) {
			delete(s.expects, k)
		}
	}
}

// ToggleKey toggles the tag that has the key n, 1 to 9.
func (s *Session) ToggleKey(n int) {
	tag, ok := s.Hotkeys()[strconv.Itoa(n)]
	if !ok {
		s.Say(i18n.T("tag.nokey", "key", n))
		return
	}
	on := !s.HasTag(tag)
	s.SetTag(tag, on)
	switch {
	case s.SelectedRows().Count() > 1: // in the list the key is for all of them
		s.Say(i18n.T("tag.one", "tag", tag, "n", s.SelectedRows().Count()))
	case on:
		s.Say(i18n.T("tag.on", "tag", tag))
	default:
		s.Say(i18n.T("tag.off", "tag", tag))
	}
}

// SetHotkey gives a tag a key from 1 to 9, or takes its key away by 0.
func (s *Session) SetHotkey(tag string, key int) {
	s.Apply(nil, &archive.Edit{Do: "tag.hotkey", Tag: tag, Key: &key})
}

// ranged is an edit of the words [start,end) of the reading text that is shown.
// It names the words, so that it is refused where others stand there by now.
func (s *Session) ranged(do string, start, end int) *archive.Edit {
	e := s.docEdit(do)
	if e != nil {
		e.Start, e.End, e.In = &start, &end, "reading"
		e.Quote = s.doc.Text.Text().Slice(start, end)
	}
	return e
}

// Mark marks the selected words, or the region that is selected on a picture.
func (s *Session) Mark(label string) {
	if r, has := s.Region(); has {
		s.markRegion(r, label)
		return
	}
	start, end, has := s.Selection()
	if !has {
		s.Say(i18n.T("mark.select"))
		return
	}
	if e := s.ranged("mark.add", start, end); e != nil {
		e.Label = label
		s.Apply(nil, e)
	}
}

// Correct puts text in the place of words of the reading text; done (nil is
// allowed) is told when it is in the file, or why not.
func (s *Session) Correct(start, end int, text, reason string, done func(error)) {
	s.CorrectFrom("", start, end, text, reason, done)
}

// CorrectFrom is Correct of what was typed in a slot of the document.
func (s *Session) CorrectFrom(slot string, start, end int, text, reason string, done func(error)) {
	e := s.ranged("correction.propose", start, end)
	if e == nil {
		return
	}
	e.Text, e.Reason = &text, reason
	s.usedReason(reason)
	s.make(s.typed(s.doc.ID, slot, []string{text}, told(done), e), []string{slot, AlsoSlot(slot)})
}

// told hands on whether it went well, to whom it concerns (nil: nobody).
func told(done func(error)) func([]storage.Result, error) {
	return func(_ []storage.Result, err error) {
		if done != nil {
			done(err)
		}
	}
}

// FieldFrom makes words of the reading text a value of a field, with the place
// as its evidence: one more value where the field can be repeated, else in the
// place of the one it has.
func (s *Session) FieldFrom(start, end int, field string, more bool) {
	if s.doc == nil {
		return
	}
	words := strings.Join(strings.Fields(s.doc.Text.Text().Slice(start, end)), " ")
	s.fieldFrom(field, more, archive.ValueIn{Value: words,
		Evidence: &archive.RangeIn{Start: start, End: end, In: "reading"}}, nil)
}

// fieldFrom makes v the value of a field of the document, or one more of them; then (nil: nobody) is told.
func (s *Session) fieldFrom(field string, more bool, v archive.ValueIn, then func([]storage.Result, error)) {
	e := s.docEdit("field.set")
	if e == nil {
		return
	}
	seen := []archive.ID{}
	for _, it := range s.doc.Values(field) {
		seen = append(seen, it.ID)
		if more && !it.NotStated() {
			e.Values = append(e.Values, archive.ValueIn{Value: it.Text})
		}
	}
	e.Values = append(e.Values, v)
	e.Field, e.Seen = field, &seen
	s.Apply(then, e)
}

// RemoveMark takes a mark away.
func (s *Session) RemoveMark(id archive.ID) { s.itemEdit("mark.remove", id) }

// ConfirmMark says that the words under a mark are right as they are.
func (s *Session) ConfirmMark(id archive.ID) { s.itemEdit("mark.confirm", id) }

// WithdrawCorrection puts the words of the source back.
func (s *Session) WithdrawCorrection(id archive.ID) { s.itemEdit("correction.withdraw", id) }

// RemoveNote takes a note away.
func (s *Session) RemoveNote(id archive.ID) { s.itemEdit("note.remove", id) }

func (s *Session) itemEdit(do string, id archive.ID) {
	e := s.docEdit(do)
	if e == nil {
		return
	}
	switch do {
	case "correction.withdraw":
		e.Correction = string(id)
	case "note.remove":
		e.Note = string(id)
	default:
		e.Mark = string(id)
	}
	s.Apply(nil, e)
}

// AddNote adds a note to a document that is, or just was, shown; done (nil is
// allowed) is told when it is in the file, or why not.
func (s *Session) AddNote(doc archive.ID, text string, done func(error)) {
	if strings.TrimSpace(text) == "" {
		return
	}
	s.make(s.typed(doc, NoteSlot, []string{text}, told(done), &archive.Edit{Do: "note.add", Doc: string(doc), Text: &text}), []string{NoteSlot})
}
