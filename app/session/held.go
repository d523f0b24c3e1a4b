package session

import (
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"fonds/app/i18n"
	"fonds/storage"
	"fonds/storage/archive"
)

// Held is what somebody has done that is not in the file: refused by a rule, and
// so for them to decide, or not written because the file could not be, and so
// tried again. Until one or the other is done, what was typed is kept here.
type Held struct {
	Doc   archive.ID
	Slot  string   // where it was typed, "" where nothing was typed
	Texts []string // what was typed: all values of a field, else one text
	Err   error    // why it is not in the file

	*work
}

// Refused says that a rule stands in the way: nothing is tried again.
func (h *Held) Refused() bool { return !fault(h.Err) }

// work is a step to be written.
type work struct {
	key    draftKey
	texts  []string
	edits  []*archive.Edit
	ground ground
	drop   map[draftKey]storage.Draft // drafts that it makes an end of
	told   func([]storage.Result, error)
	at     time.Time // when it was asked for
	unsure bool      // a try may have written it: storage.ErrUnsure
	once   bool      // a decision: where it cannot be written it is not tried again by itself
}

// outcome is what became of a step that was tried.
type outcome struct {
	*work
	results []storage.Result
	err     error
}

// fault says whether an error is none of a rule's: the same may go well later.
func fault(err error) bool {
	return err != nil && !IsRefusal(err) && !errors.Is(err, archive.ErrRefused) && !errors.Is(err, archive.ErrInvalid) &&
		!errors.Is(err, archive.ErrNotFound) && !errors.Is(err, archive.ErrStale)
}

// Asks says whether a person is to choose between what they typed and what
// somebody else has set meanwhile, and sees both.
func (s *Session) Asks(h *Held) bool {
	return Stale(h.Err) && s.doc != nil && s.doc.ID == h.Doc && !slices.Equal(s.shows(h.Slot).seen, h.ground.seen)
}

// Stale says whether an edit was refused since somebody has changed meanwhile
// what it was made on.
func Stale(err error) bool { return errors.Is(err, archive.ErrStale) }

// tryAgain is how long what could not be written waits before it is tried again.
const tryAgain = 5 * time.Second

// HeldIn is what is held of a place to type, or nil.
func (s *Session) HeldIn(doc archive.ID, slot string) *Held {
	k := draftKey{doc, slot, s.actor}
	for _, h := range s.held {
		if h.key == k && slot != "" {
			return h
		}
	}
	return nil
}

// NotKept is why what is being typed in a slot could not be kept as a draft, or
// nil where it is.
func (s *Session) NotKept(doc archive.ID, slot string) error {
	return s.unkept[draftKey{doc, slot, s.actor}]
}

// Unsaved is how many things could not be written and are tried again.
func (s *Session) Unsaved() int {
	n := len(s.unkept)
	for _, h := range s.held {
		if !h.Refused() {
			n++
		}
	}
	return n
}

// UnsavedText is what was typed and could not be written, in words: for the
// clipboard, where the file will not have it.
func (s *Session) UnsavedText() string {
	var out []string
	add := func(k draftKey, texts []string) {
		title := k.doc.Short()
		if known := s.list.title(k.doc); known != "" {
			title = known
		} else if s.doc != nil && s.doc.ID == k.doc {
			title = s.doc.Title()
		}
		out = append(out, i18n.T("unsaved.line", "title", OneLine(title), "place", s.slotWords(k.slot), "text", strings.Join(texts, "\n")))
	}
	for _, h := range s.held {
		if !h.Refused() {
			add(h.key, h.Texts)
		}
	}
	for k := range s.unkept {
		add(k, []string{s.drafts[k].Text})
	}
	slices.Sort(out)
	return strings.Join(out, "\n\n")
}

// UnsavedWhy is why something could not be written, in words; "" where all was.
func (s *Session) UnsavedWhy() string {
	for _, h := range s.held {
		if !h.Refused() {
			return FileWords(h.Err)
		}
	}
	for _, err := range s.unkept {
		return FileWords(err)
	}
	return ""
}

func (s *Session) slotWords(slot string) string {
	switch {
	case slot == "":
		return i18n.T("unsaved.edit")
	case slot == NoteSlot:
		return i18n.T("what.note")
	case strings.HasPrefix(slot, CorrectSlot):
		return i18n.T("what.correction")
	case strings.HasPrefix(slot, CommentSlot):
		return i18n.T("mark.comment")
	}
	field := s.Field(FieldOf(slot))
	return field.LabelWords()
}

// Forget gives up what is held of a place to type, with its drafts: the person
// has decided.
func (s *Session) Forget(doc archive.ID, slot string) {
	if h := s.HeldIn(doc, slot); h != nil && h.Refused() {
		s.release(h.work)
	}
	for k := range s.drafts {
		if k.doc == doc && FieldOf(k.slot) == slot && k.actor == s.actor {
			s.saveDraft(k, "", false)
		}
	}
	s.emit(UnsavedChanged{})
}

// LoseUnsaved gives up what could not be written.
func (s *Session) LoseUnsaved() {
	s.held = slices.DeleteFunc(s.held, func(h *Held) bool { return !h.Refused() })
	clear(s.unkept)
	clear(s.expects)
	if o := s.open; o != nil {
		o.writes.add(func() { o.late = nil })
	}
	s.emit(UnsavedChanged{})
}

// release forgets what is held of a step.
func (s *Session) release(w *work) {
	s.held = slices.DeleteFunc(s.held, func(h *Held) bool { return h.work == w || w.key.slot != "" && h.key == w.key })
}

// try writes a step (nil: only what waits), after those that wait since they
// could not be written. A step that was typed takes the place of one that waits
// from the same place. On the worker of writes.
func (o *opened) try(w *work, c *changed) (err error) {
	if w != nil {
		o.late = append(slices.DeleteFunc(o.late, func(x *work) bool { return w.key.slot != "" && x.key == w.key }), w)
	}
	for len(o.late) > 0 && err == nil {
		x := o.late[0]
		if x.unsure && o.done(x) {
			o.late = o.late[1:]
			c.add(x.key.doc)
			c.outcomes = append(c.outcomes, outcome{work: x})
			continue
		}
		res, why := o.apply(x, c)
		x.unsure = x.unsure || errors.Is(why, storage.ErrUnsure)
		if err = why; fault(err) {
			break
		}
		err = nil
		o.late = o.late[1:]
		c.outcomes = append(c.outcomes, outcome{x, res, why})
		if x == w {
			return why
		}
	}
	for _, x := range o.late {
		c.outcomes = append(c.outcomes, outcome{x, nil, err})
	}
	o.late = slices.DeleteFunc(o.late, func(x *work) bool { return x.once })
	return err
}

// done says whether a step of which that was not certain is in the file. On the
// worker of writes.
func (o *opened) done(w *work) bool {
	d, err := o.a().Document(o.ctx, w.key.doc)
	if err != nil || len(w.edits) != 1 {
		return false
	}
	made := func(it *archive.Item) bool {
		return it.By == w.key.actor && (it.InForce() || it.Open()) && it.At.Time().After(w.at)
	}
	switch e := w.edits[0]; e.Do {
	case "field.set":
		return equalTexts(e.Values, d.Values(e.Field))
	case "note.add", "correction.propose":
		what := archive.ANote
		if e.Do == "correction.propose" {
			what = archive.ACorrection
		}
		return slices.ContainsFunc(d.Of(what), func(it *archive.Item) bool { return made(it) && it.Text == *e.Text })
	case "tag.add", "mark.add":
		what := archive.ATag
		key := e.Tag
		if e.Do == "mark.add" {
			what, key = archive.AMark, e.Label
		}
		return slices.ContainsFunc(d.Of(what), func(it *archive.Item) bool {
			return made(it) && it.Key == key && (it.Anchor == nil || it.Anchor.Quote == e.Quote)
		})
	}
	return false
}

// settle tells what became of steps, and holds those that are not in the file.
func (s *Session) settle(all []outcome) {
	for _, out := range all {
		w := out.work
		s.release(w)
		if out.err != nil && !(w.once && fault(out.err)) {
			s.held = append(s.held, &Held{Doc: w.key.doc, Slot: w.key.slot, Texts: w.texts, Err: out.err, work: w})
			if !fault(out.err) {
				s.keepRefused(w)
			}
		}
		if w.told != nil {
			w.told(out.results, out.err)
		}
	}
	if slices.ContainsFunc(all, func(o outcome) bool { return Stale(o.err) }) {
		s.reloadDocument() // what stands there now is to be seen beside what was typed
	}
	if len(all) > 0 {
		s.emit(UnsavedChanged{})
		s.emit(StatusChanged{})
	}
	s.againLater()
}

// keepRefused keeps what was typed and refused as drafts, as it was before it
// was tried; what nobody typed is not held at all.
func (s *Session) keepRefused(w *work) {
	if w.key.slot == "" {
		s.release(w)
		return
	}
	for k, d := range w.drop {
		if _, typed := s.drafts[k]; !typed {
			s.drafts[k] = d
		}
	}
	defer s.emit(DraftsChanged{})
	if f := s.Field(w.key.slot); !f.Repeatable {
		s.saveDraft(w.key, strings.Join(w.texts, "\n"), len(w.texts) > 0)
		return
	}
	rows := slices.SortedFunc(maps.Keys(w.drop), func(a, b draftKey) int { return strings.Compare(a.slot, b.slot) })
	for i, text := range w.texts {
		if s.doc != nil && s.doc.ID == w.key.doc && slices.ContainsFunc(s.doc.Values(w.key.slot), func(it *archive.Item) bool { return it.Text == text }) {
			continue // it stands there
		}
		k := w.key
		k.slot = RowSlot(w.key.slot, "+"+strconv.Itoa(i+1))
		if len(rows) > 0 {
			k, rows = rows[0], rows[1:]
		}
		s.saveDraft(k, text, true)
	}
}

// againLater sees to it that what could not be written is tried again.
func (s *Session) againLater() {
	if s.again || s.Unsaved() == 0 {
		return
	}
	s.again = true
	s.After(tryAgain, func() {
		s.again = false
		s.SaveAgain(nil)
	})
}

// SaveAgain tries now to write what could not be written; done (nil is allowed)
// is told how much is left when it was tried.
func (s *Session) SaveAgain(done func(left int)) {
	o := s.open
	if o == nil || s.Unsaved() == 0 {
		s.whenWritten(done)
		return
	}
	for k := range s.unkept {
		s.saveDraft(k, s.drafts[k].Text, true)
	}
	if slices.ContainsFunc(s.held, func(h *Held) bool { return !h.Refused() }) {
		s.write(func(o *opened) (c changed, err error) {
			err = o.try(nil, &c)
			return c, err
		}, func(c changed, _ error) { s.settle(c.outcomes) })
	}
	s.whenWritten(func(left int) {
		s.againLater()
		if done != nil {
			done(left)
		}
	})
}

// Settled turns typing under way into edits, waits until all that was to be
// written was tried, and tells how much of it is not in the file.
func (s *Session) Settled(done func(left int)) {
	s.Flush()
	s.whenWritten(done)
}

func (s *Session) whenWritten(done func(left int)) {
	o := s.open
	switch {
	case done == nil:
	case o == nil:
		done(0)
	default:
		o.writes.add(func() { s.back(o, func() { done(s.Unsaved()) }) })
	}
}

// UnsavedWords says why something is not in the file and that it is tried again.
func UnsavedWords(err error) string { return i18n.T("unsaved.why", "why", FileWords(err)) }
