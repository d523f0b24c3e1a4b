package session

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"fonds/app/i18n"
	"fonds/app/template"
	"fonds/storage"
	"fonds/storage/archive"
)

// Config is what a session is given: the ways between goroutines and the clock,
// so that tests need neither a window nor patience.
type Config struct {
	Do    func(f func())                                     // runs f on the UI goroutine, later
	Go    func(f func())                                     // runs f on a worker
	After func(d time.Duration, f func()) (stop func() bool) // runs f on any goroutine, once
	Now   func() time.Time
	Place func(path string) storage.Danger // says where an archive lies; nil is storage.PlaceOf
}

// Session is described in the package's comment.
type Session struct {
	cfg       Config
	listeners []func(Event)
	flushers  []func()
	Commands  *Commands

	open  *opened // nil: no archive
	actor string

	list  list
	saved saved

	vocabularies vocabularies
	review       Review
	doc          *Doc       // shown, nil: none
	wanted       archive.ID // being opened, or shown
	docGen       int
	reading      func()                // stops the reading of a document, or nil
	making       func() func(*Doc) any // see OnRead
	waiting      []func()              // commands that came while a document was being opened
	seeking      bool                  // it is being looked for which document to open
	seekGen      int
	stepping     int                               // steps of the document on their way
	selected     func() (start, end int, has bool) // of the document that is shown
	region       func() (RegionAt, bool)           // of its pictures
	picturing    *Pictures                         // opened last

	textSize   float32
	template   *template.Template
	templateOf [2]string // the id, and the JSON of one of its own
	self       *archive.Document
	styles     map[string]int // of the labels of the palette
	reasons    []string       // that can be offered, nil while they were not read
	selfGen    int
	tags       []storage.TagCount
	tagsGen    int
	drafts     map[draftKey]storage.Draft
	begun      map[draftKey]ground // what fields showed when typing in them began
	draftGen   int

	offersGen, originGen, reasonsGen, textGen, pictureGen, belongGen int

	turns    turns
	turnsGen int
	describe func(storage.Turn) string
	status   Status
	expects  map[tagKey]expectation
	ordering ordering
	held     []*Held            // what is not in the file, in its order
	unkept   map[draftKey]error // drafts that are not in the file
	again    bool               // it will be tried again
	sitting  sitting
	undone   []string // kinds of what was undone, for words on redoing it
}

// opened is what belongs to one open archive.
type opened struct {
	file   atomic.Pointer[storage.Archive] // see a
	ctx    context.Context
	cancel context.CancelFunc
	writes *queue
	reads  sync.WaitGroup

	seq     atomic.Int64        // writes that have been done
	last    atomic.Pointer[Doc] // that was read last
	known   atomic.Int64        // Version that the screens show, or are about to
	since   time.Time           // when it was opened
	polling bool
	own     map[string]ownField // worker of writes only
	late    []*work             // steps that could not be written: worker of writes only
	alerts  alerts
	closed  atomic.Bool

	origin     archive.ID // which archive it is
	gone, back bool       // it is no longer in its place; a file has its name again
	paused     bool       // it is being opened again: nothing is read
	resumed    []func()   // what was to be read meanwhile
}

// a is the open archive: another hold on the same file when it was opened again.
func (o *opened) a() *storage.Archive { return o.file.Load() }

// New makes a session without an archive. Every function of c must be given.
func New(c Config) *Session {
	s := &Session{cfg: c, drafts: map[draftKey]storage.Draft{}, expects: map[tagKey]expectation{}, unkept: map[draftKey]error{}}
	s.list.s, s.saved.s, s.review.s = s, s, s
	s.Commands = newCommands(s)
	s.setLabels()
	return s
}

// On adds somebody who is told of every event.
func (s *Session) On(f func(Event)) { s.listeners = append(s.listeners, f) }

// Quiet forgets everybody who was told of events, asked to flush, or bound to a
// command: the window is built anew.
func (s *Session) Quiet() {
	s.listeners, s.flushers, s.selected, s.describe, s.making = nil, nil, nil, nil, nil
	if s.doc != nil {
		s.doc.Made = nil // in the words and for the screen of before
	}
	s.Commands.unbind()
}

func (s *Session) emit(e Event) {
	for _, f := range s.listeners {
		f(e)
	}
}

// OnFlush adds somebody who may hold typing that is not yet an edit.
func (s *Session) OnFlush(f func()) { s.flushers = append(s.flushers, f) }

// Flush turns typing under way into edits.
func (s *Session) Flush() {
	for _, f := range s.flushers {
		f()
	}
}

// Open says whether an archive is open.
func (s *Session) Open() bool { return s.open != nil }

// Path is the open archive's file, or "".
func (s *Session) Path() string {
	if s.open == nil {
		return ""
	}
	return s.open.a().Path()
}

// ReadOnly says whether nothing can be changed, and why ("asked", "folder",
// "newer", "full", "gone": the file is no longer in its place). Without an archive
// nothing can.
func (s *Session) ReadOnly() (bool, string) {
	if s.open == nil {
		return true, ""
	}
	if s.open.gone {
		return true, "gone"
	}
	return s.open.a().ReadOnly()
}

// Fixed is why nothing can be changed in the open archive, in words with what to
// do; "" where it can be.
func (s *Session) Fixed() string {
	switch ro, why := s.ReadOnly(); {
	case !s.Open():
		return ""
	case ro && why == "folder":
		return i18n.T("fixed.folder")
	case ro && why == "newer":
		return i18n.T("fixed.newer")
	case ro && why == "full":
		return i18n.T("fixed.full")
	case ro && why == "gone":
		return "" // what is typed waits, and is written when it was opened again
	case ro:
		return i18n.T("fixed.asked")
	case s.actor == "":
		return i18n.T("fixed.nobody")
	}
	return ""
}

// Actor is who is working, or "".
func (s *Session) Actor() string { return s.actor }

// SetActor says who is working from now on, under the name as the archive writes it.
func (s *Session) SetActor(name string) {
	if name = archive.PersonName(name); name == s.actor {
		return
	}
	s.Flush()
	s.actor = name
	s.turns = turns{}
	s.loadDrafts()
	s.loadTurns()
	if s.open != nil {
		s.list.reload() // what is theirs, and waits for them
	}
	s.emit(PersonChanged{})
}

// Now is the time, for words on the screen.
func (s *Session) Now() time.Time { return s.cfg.Now() }

// After runs f on the UI goroutine after d, unless stop is called before.
func (s *Session) After(d time.Duration, f func()) (stop func()) {
	stopped := false // UI goroutine
	cancel := s.cfg.After(d, func() {
		s.cfg.Do(func() {
			if !stopped {
				f()
			}
		})
	})
	return func() { stopped = true; cancel() }
}

// Config is what the session was given, for workers that are not about an
// archive.
func (s *Session) Config() Config { return s.cfg }

// Read asks the open archive for something on a worker and hands the answer back
// on the UI goroutine, unless another archive was opened meanwhile, or *gen has
// gone on (gen may be nil).
func Read[T any](s *Session, gen *int, ask func(context.Context, *storage.Archive) (T, error), answer func(T, error)) {
	o := s.open
	if o == nil {
		return
	}
	if o.paused {
		o.resumed = append(o.resumed, func() { Read(s, gen, ask, answer) })
		return
	}
	mine := 0
	if gen != nil {
		*gen++
		mine = *gen
	}
	o.reads.Add(1)
	s.cfg.Go(func() {
		defer o.reads.Done()
		v, err := ask(o.ctx, o.a())
		s.back(o, func() {
			if err != nil && o.gone { // whatever it says: that is why
				err = storage.ErrGone
			}
			if gen == nil || *gen == mine {
				answer(v, err)
			}
		})
	})
}

// back runs f on the UI goroutine if o is still the open archive then.
func (s *Session) back(o *opened, f func()) {
	if o.closed.Load() {
		return
	}
	s.cfg.Do(func() {
		if s.open == o && !o.closed.Load() {
			f()
		}
	})
}

// Timer is After as widgets take it: it runs f on any goroutine.
func (s *Session) Timer() func(d time.Duration, f func()) (stop func()) {
	return func(d time.Duration, f func()) func() {
		stop := s.cfg.After(d, f)
		return func() { stop() }
	}
}

// TextSize is the size of the letters of documents in Fyne pixels; 0 is the
// look's own.
func (s *Session) TextSize() float32 { return s.textSize }

// SetTextSize notes another size.
func (s *Session) SetTextSize(px float32) {
	if px != s.textSize {
		s.textSize = px
		s.emit(TextSizeChanged{})
	}
}
