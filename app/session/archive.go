package session

import (
	"context"
	"errors"
	"time"

	"fonds/app/intake"
	"fonds/app/template"
	"fonds/storage"
	"fonds/storage/archive"
)

// OpenArchive opens the archive at path on a worker, in the place of the one
// that is open; done is told what came of it. Where it fails, what was open
// stays open.
func (s *Session) OpenArchive(path string, first archive.ID, done func(error)) {
	s.openWith(first, done, func(ctx context.Context) (*storage.Archive, error) {
		return storage.Open(ctx, path, intake.Opened(storage.Options{}))
	})
}

// CreateArchive makes an empty archive at path and opens it; who is working owns
// it.
func (s *Session) CreateArchive(path string, done func(error)) {
	owner := s.actor
	s.openWith("", done, func(ctx context.Context) (*storage.Archive, error) {
		return storage.Create(ctx, path, storage.NewArchive{Owner: owner, Template: template.Default}, intake.Opened(storage.Options{}))
	})
}

func (s *Session) openWith(first archive.ID, done func(error), how func(context.Context) (*storage.Archive, error)) {
	s.Flush()
	var before *opened
	if s.open != nil && s.open.gone { // two holds on one file, and one of them dead: not in one program
		before = s.open
		s.forget()
	}
	ctx, cancel := context.WithCancel(context.Background())
	s.cfg.Go(func() {
		if before != nil {
			_ = before.finish() // everything that was answered is in the file already
		}
		a, err := how(ctx)
		o := &opened{ctx: ctx, cancel: cancel, own: map[string]ownField{}}
		if err == nil {
			o.file.Store(a)
			if o.origin, err = a.Origin(ctx); err != nil {
				a.Close()
			}
		}
		s.cfg.Do(func() {
			if err != nil {
				cancel()
				done(err)
				return
			}
			s.CloseArchive(nil)
			s.take(o, first)
			done(nil)
		})
	})
}

// take makes o the open archive and begins to read it. first is the document to
// begin with, where the archive has it.
func (s *Session) take(o *opened, first archive.ID) {
	o.since, o.writes = s.Now(), newQueue(s.cfg.Go)
	s.open = o
	s.status = Status{}
	s.list.begin(first)
	s.emit(ArchiveChanged{})
	s.emit(StatusChanged{})
	s.loadSelf()
	s.loadTags()
	s.loadDrafts()
	s.turns = turns{}
	s.loadTurns()
	s.lookAround()
	s.Poll()
}

// CloseArchive closes the open archive: typing under way becomes edits, all
// edits are waited for on a worker, then the file is closed and done is called
// on the UI goroutine (done may be nil).
func (s *Session) CloseArchive(done func()) {
	s.Flush()
	o := s.open
	if o == nil {
		if done != nil {
			done()
		}
		return
	}
	s.forget()
	s.cfg.Go(func() {
		_ = o.finish() // everything that was answered is in the file already
		if done != nil {
			s.cfg.Do(done)
		}
	})
}

// CloseNow closes the open archive and waits for it: the program is ending, and
// nobody listens any more.
func (s *Session) CloseNow() error {
	o := s.open
	if o == nil {
		return nil
	}
	s.listeners = nil
	o.closed.Store(true) // no answer comes back to a goroutine that has ended
	s.Flush()
	s.forget()
	return o.finish()
}

// finish waits for the writes, stops the reads and closes the file. Any
// goroutine but the one that writes.
func (o *opened) finish() error {
	o.writes.wait()
	o.cancel()
	o.reads.Wait()
	return o.a().Close()
}

// forget shows no archive.
func (s *Session) forget() {
	s.stopReading()
	s.open.closed.Store(true)
	s.open = nil
	s.status.Error, s.status.Notice = "", "" // they were about it
	s.self, s.tags, s.reasons, s.vocabularies = nil, nil, nil, vocabularies{}
	s.setLabels()
	clear(s.drafts)
	clear(s.begun)
	clear(s.expects)
	clear(s.unkept)
	s.held, s.undone = nil, nil
	s.list.forget()
	s.saved.forget()
	s.review.forget()
	s.doc, s.wanted, s.waiting, s.stepping = nil, "", nil, 0
	s.endSeek()
	s.docGen++
	s.emit(ArchiveChanged{})
	s.emit(DocumentOpened{})
}

// Background runs work on a worker with the open archive, which is not closed
// before work returns; ctx ends when it is to be closed. It is for long work as
// an import.
func (s *Session) Background(work func(ctx context.Context, a *storage.Archive)) {
	o := s.open
	if o == nil {
		return
	}
	o.reads.Add(1)
	s.cfg.Go(func() {
		defer o.reads.Done()
		work(o.ctx, o.a())
	})
}

// Self is the archive's own people, keys of tags and settings, or nil while they
// are not read yet.
func (s *Session) Self() *archive.Document { return s.self }

// Hotkeys lists the tags that have a key, by "1" to "9".
func (s *Session) Hotkeys() map[string]string {
	if s.self == nil {
		return nil
	}
	return s.self.Hotkeys()
}

// Tags lists the tags in use, the most used first.
func (s *Session) Tags() []storage.TagCount { return s.tags }

func (s *Session) loadSelf() {
	Read(s, &s.selfGen, func(ctx context.Context, a *storage.Archive) (*archive.Document, error) {
		return a.Self(ctx)
	}, func(d *archive.Document, err error) {
		if err != nil {
			s.failFile(err)
			return
		}
		s.self = d
		s.setLabels()
		s.emit(SelfChanged{})
		s.saved.follow(d)
	})
}

func (s *Session) loadTags() {
	Read(s, &s.tagsGen, func(ctx context.Context, a *storage.Archive) ([]storage.TagCount, error) {
		return a.Tags(ctx)
	}, func(t []storage.TagCount, err error) {
		if err == nil {
			s.tags = t
			s.emit(TagsChanged{})
		}
	})
}

// watchEvery is how often Watch looks: often enough that what one window does
// another shows within 0.3 s. A look where nothing was written costs some ten
// microseconds (storage's Archive.Version).
const watchEvery = 200 * time.Millisecond

// Watch polls from now on, until ended says that it is enough.
func (s *Session) Watch(ended func() bool) {
	s.After(watchEvery, func() {
		if !ended() {
			s.Poll()
			s.Watch(ended)
		}
	})
}

// Poll looks whether another program has written to the archive, and reads
// everything anew if so; and whether the file is still in its place. Call it every
// second or so.
func (s *Session) Poll() {
	o := s.open
	if o == nil || o.polling || o.paused {
		return
	}
	o.polling = true
	gone := o.gone
	Read(s, nil, func(ctx context.Context, a *storage.Archive) (look, error) {
		return lookAt(ctx, a, gone)
	}, func(l look, err error) {
		o.polling = false
		if l.gone {
			s.setGone(o, l.back)
			return
		}
		before := o.known.Load()
		if err != nil || l.version <= before || !o.known.CompareAndSwap(before, l.version) {
			return // what this session writes itself tells the screens itself
		}
		if before != 0 {
			s.Refresh()
		}
	})
}

// Refresh reads everything that is shown anew; what is shown keeps its place.
func (s *Session) Refresh() {
	s.list.reload()
	s.loadSelf()
	s.loadTags()
	s.reloadDocument()
	s.review.stale()
}

// IsRefusal says whether a rule refused something, in contrast to a fault.
func IsRefusal(err error) bool {
	var r *archive.Refusal
	return errors.As(err, &r)
}
