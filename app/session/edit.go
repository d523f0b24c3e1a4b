package session

import (
	"context"
	"slices"
	"time"

	"fonds/app/i18n"
	"fonds/storage"
	"fonds/storage/archive"
)

// Apply makes edits of the person who is working: all of them or none, as one
// step to undo. They are written in the order in which Apply was called; done
// (nil is allowed) is told on the UI goroutine when they are durable, after the
// screens were told. What cannot be written is tried again where nobody waits
// for the answer. Values of a field that the screen had shown (Edit.Seen)
// stand for what this session itself has written since.
func (s *Session) Apply(done func([]storage.Result, error), edits ...*archive.Edit) {
	w := &work{key: draftKey{actor: s.actor}, edits: edits, told: done, once: done != nil}
	if s.doc != nil {
		w.key.doc, w.ground.base = s.doc.ID, s.doc.seq
	}
	s.make(w, nil)
}

// typed is a step of what was typed in a place.
func (s *Session) typed(doc archive.ID, slot string, texts []string, done func([]storage.Result, error), edits ...*archive.Edit) *work {
	w := &work{key: draftKey{doc, slot, s.actor}, texts: texts, edits: edits, told: done}
	if s.doc != nil {
		w.ground.base = s.doc.seq
	}
	return w
}

// make queues a step, which makes an end of the drafts of some slots.
func (s *Session) make(w *work, slots []string) {
	if w.at.IsZero() {
		w.at = s.Now().Add(-time.Second) // clocks count in milliseconds
	}
	s.release(w) // what was held from the same place is this one now
	w.drop = map[draftKey]storage.Draft{}
	for _, slot := range slots {
		k := draftKey{w.key.doc, slot, w.key.actor}
		if d, ok := s.drafts[k]; ok {
			w.drop[k] = d
			delete(s.drafts, k)
			delete(s.unkept, k)
			s.emit(DraftsChanged{})
		}
	}
	s.write(func(o *opened) (c changed, err error) {
		err = o.try(w, &c)
		return c, err
	}, func(c changed, err error) {
		if len(c.outcomes) == 0 { // nothing can be written
			c.outcomes = []outcome{{w, nil, err}}
		}
		s.settle(c.outcomes)
	})
}

// apply writes one step. On the worker of writes.
func (o *opened) apply(w *work, c *changed) ([]storage.Result, error) {
	for _, e := range w.edits {
		o.reseen(e, w.ground.base)
	}
	res, err := o.a().Apply(o.ctx, w.key.actor, w.edits...)
	if err != nil {
		return nil, err
	}
	seq := o.seq.Add(1)
	for i, r := range res {
		c.add(r.Doc)
		c.self = c.self || r.Doc == ""
		c.tags = c.tags || w.edits[i].Tag != ""
	}
	for _, d := range w.drop {
		// Where this fails the draft is offered again: nothing is lost.
		_ = o.a().DropDraft(o.ctx, d)
	}
	c.ops += len(res)
	o.noteFields(w.edits, res, seq)
	return res, nil
}

// changed is what a write has done, for the screens.
type changed struct {
	docs       []archive.ID
	loaded     []*Doc // of docs, those that are there
	self, tags bool
	ops        int  // operations that it added to the log
	others     bool // somebody else has written too
	outcomes   []outcome
	undone     storage.Undone
}

func (c *changed) add(id archive.ID) {
	if len(c.docs) <= most && id != "" && !slices.Contains(c.docs, id) { // of more than most it does not matter which
		c.docs = append(c.docs, id)
	}
}

// most is how many documents a write reads again by itself; where it changed
// more, everything that is shown is read anew.
const most = 8

// write queues one write. work runs on the worker of writes, after all that was
// queued before; then the screens are told, then done is called.
func (s *Session) write(work func(*opened) (changed, error), done func(changed, error)) {
	o := s.open
	if o == nil {
		return
	}
	if ro, _ := o.a().ReadOnly(); ro {
		s.Fail(storage.ErrReadOnly)
		done(changed{}, storage.ErrReadOnly)
		return
	}
	s.status.Saving++
	s.status.Error, s.status.Notice = "", "" // what was said before is not about this
	s.emit(StatusChanged{})
	make := s.maker()
	o.writes.add(func() {
		c, err := work(o)
		if err == nil || len(c.docs) > 0 {
			o.look(&c, make)
		}
		s.back(o, func() {
			s.status.Saving--
			if err == nil {
				s.status.SavedAt = s.Now()
			} else {
				s.failFile(err)
				s.noteGone(o, err)
				if !fault(err) {
					clear(s.expects)
				}
			}
			s.told(c)
			s.emit(StatusChanged{})
			if done != nil {
				done(c, err)
			}
		})
	})
}

// look reads on the worker what a write has changed.
func (o *opened) look(c *changed, make func(*Doc)) {
	if v, err := o.a().Version(context.WithoutCancel(o.ctx)); err == nil {
		known := o.known.Load()
		c.others = c.others || known != 0 && v > known+int64(c.ops)
		o.known.Store(v)
	}
	if len(c.docs) > most {
		c.others = true
		return
	}
	for _, id := range c.docs {
		if d, err := readDoc(o.ctx, o, id, make); err == nil {
			c.loaded = append(c.loaded, d)
		} else if archiveGone(err) {
			c.others = true
		}
	}
}

// told tells the screens what a write has changed.
func (s *Session) told(c changed) {
	for _, d := range c.loaded {
		// An import was brought back: the list lacks its rows.
		c.others = c.others || s.list.find(d.N) < 0 && s.list.whole && s.list.query == Query{}
		if d.ID == s.wanted && s.doc != nil && s.doc.ID == d.ID {
			s.show(d)
		} else {
			s.list.update(d)
		}
	}
	if c.self {
		s.loadSelf()
	}
	if c.tags {
		s.loadTags()
	}
	switch {
	case c.others:
		s.Refresh()
	case len(c.docs) > 0:
		s.list.count(false)
		s.saved.soon()
		s.review.stale()
	}
	s.loadTurns()
}

// Undo takes back what the person did last, says what it was, and goes to the
// document that it was on. Where a part of it was changed by somebody since,
// nothing is taken back, and refused (nil is allowed) is told why: calling Undo
// with rest takes back what still can be.
func (s *Session) Undo(rest bool, refused func(why error)) { s.turn(true, rest, refused) }

// Redo brings back what Undo took.
func (s *Session) Redo(rest bool, refused func(why error)) { s.turn(false, rest, refused) }

func (s *Session) turn(undo, rest bool, refused func(error)) {
	s.Flush()
	actor, about := s.actor, s.turns
	if s.status.Saving > 0 { // what is on its way is what will be undone
		about = turns{}
	}
	s.write(func(o *opened) (c changed, err error) {
		if err := o.try(nil, &c); fault(err) {
			return c, err // what was done last is not in the file yet
		}
		how := o.a().RedoTelling
		if undo {
			how = o.a().UndoTelling
		}
		u, err := how(o.ctx, actor, rest, Sparingly(s.Now, s.Now(), func(done, all int) {
			s.back(o, func() { s.Say(i18n.T("undo.progress", "n", done, "all", all)) })
		}))
		if err != nil {
			return c, err
		}
		o.seq.Add(1)
		clear(o.own)
		c.ops, c.undone, c.tags = c.ops+u.Ops, u, true
		late := c.docs
		c.docs = nil // what was undone comes first: the screen goes there
		for _, id := range slices.Concat(u.Docs, late) {
			c.add(id)
			c.self = c.self || id == ""
		}
		return c, nil
	}, func(c changed, err error) {
		s.settle(c.outcomes)
		if err != nil {
			if refused != nil && changedSince(err) {
				refused(err)
			}
			return
		}
		what := about.undo
		if !undo {
			what = about.redo
		}
		s.sayUndone(undo, c, what)
		if len(c.loaded) > 0 && !slices.ContainsFunc(c.loaded, func(d *Doc) bool { return d.ID == s.wanted }) {
			words := s.status.Notice
			s.OpenDocument(c.loaded[0].ID)
			s.Say(words)
		}
	})
}

// sayUndone says in the status bar what was undone, and on which document; about is
// what the menu had said it would be, "" where it had not.
func (s *Session) sayUndone(undo bool, c changed, about string) {
	kind := c.undone.Kind
	if undo {
		s.undone = append(s.undone, kind)
	} else if n := len(s.undone); n > 0 && kind == archive.UndoKind {
		// A redo takes an undo back; what that had been about is ours to remember.
		kind, s.undone = s.undone[n-1], s.undone[:n-1]
	}
	what := KindWords(kind)
	if c.undone.Ops > 1 {
		what = i18n.N("undo.several", c.undone.Ops, "what", what)
	}
	if about != "" && len(c.undone.Left) == 0 {
		what = about
	}
	on := i18n.T("undo.archive")
	switch n := len(c.undone.Docs); {
	case len(c.loaded) > 0:
		on = c.loaded[0].Title()
	case n > 1:
		on = i18n.N("status.documents", n)
	}
	switch left := len(c.undone.Left); {
	case left > 0:
		s.Say(i18n.N("undo.left", left, "what", what, "title", on))
	case undo:
		s.Say(i18n.T("undo.done", "what", what, "title", on))
	default:
		s.Say(i18n.T("redo.done", "what", what, "title", on))
	}
}

// KindWords says what an operation of a kind did, as "Tag added".
func KindWords(kind string) string { return i18n.T("kind." + kind) }
