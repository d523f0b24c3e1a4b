package session

import (
	"context"
	"slices"
	"time"

	"fonds/storage"
	"fonds/storage/archive"
)

// ReviewFilter narrows the queue of proposals; what is zero does not.
type ReviewFilter struct {
	What    archive.What
	Key     string // field, tag, label
	By      string // a person; storage.Machine
	Persons bool   // of persons only
	Others  bool   // not of who is working
	Age     Age
	Package archive.ID
	Folder  string
}

// Age is how long a proposal has waited.
type Age int

// The ages, each without those before it.
const (
	AnyAge    Age = iota
	Today         // since midnight
	ThisWeek      // seven days
	ThisMonth     // thirty
	Older
)

// Ages lists them.
func Ages() []Age { return []Age{Today, ThisWeek, ThisMonth, Older} }

// span is from when until when proposals of an age were made; zero is open.
func (a Age) span(now time.Time) (since, until time.Time) {
	y, m, d := now.Date()
	day := time.Date(y, m, d, 0, 0, 0, 0, now.Location())
	at := []time.Time{{}, day, day.AddDate(0, 0, -7), day.AddDate(0, 0, -30), {}}
	if a > Today {
		until = at[a-1]
	}
	return at[a], until
}

// Review is the queue of what waits for a decision, as the screen of the review
// shows it: where every proposal is, what the rows in sight say, and the document
// of the one that is chosen. It is read when the screen is open, and again when
// something was written. UI goroutine only.
type Review struct {
	s      *Session
	on     bool
	filter ReviewFilter
	chosen bool // the filter is the person's; else what others propose, if there is any

	places []storage.Place
	whole  bool // all of them; else the first
	rows   map[archive.ID]storage.Waiting
	groups []storage.Group
	read   bool // the places are those of the filter

	at     int // of the chosen one, -1 for none
	wanted storage.Place
	doc    *Doc

	gen, rowsGen, docGen, groupsGen int
	asking                          bool // rows are being read
	again                           func()
	reasons                         []string // of rejections, nil while they were not read
	making                          func() func(*Doc) any

	picturing  *Pictures // of the document that is shown, or was
	pictureGen int
}

// OnRead has something made of each document that the queue shows, on the worker
// that reads it: see Session.OnRead.
func (r *Review) OnRead(begin func() func(*Doc) any) { r.making = begin }

// reviewPage is how many rows of the queue are read at once.
const reviewPage = 100

// Review is the queue of proposals.
func (s *Session) Review() *Review { return &s.review }

// Open reads the queue and keeps it up; Close stops that.
func (r *Review) Open() {
	if r.on || r.s.open == nil {
		return
	}
	r.on = true
	if !r.chosen {
		r.filter = ReviewFilter{Persons: true, Others: true}
	}
	r.load()
}

// Close forgets what is read; the filter and the chosen proposal stay.
func (r *Review) Close() {
	at := r.wanted
	r.leave()
	r.wanted = at
}

func (r *Review) leave() {
	if r.again != nil {
		r.again()
	}
	r.gen++
	r.rowsGen++
	r.docGen++
	r.groupsGen++
	r.pictureGen++
	r.picturing.Close()
	*r = Review{s: r.s, filter: r.filter, chosen: r.chosen, at: -1, gen: r.gen, rowsGen: r.rowsGen, docGen: r.docGen, groupsGen: r.groupsGen, pictureGen: r.pictureGen, reasons: r.reasons, making: r.making}
}

// forget is for another archive.
func (r *Review) forget() {
	r.leave()
	r.filter, r.chosen, r.reasons = ReviewFilter{}, false, nil
}

// Filter is what the queue is narrowed to.
func (r *Review) Filter() ReviewFilter { return r.filter }

// SetFilter narrows the queue.
func (r *Review) SetFilter(f ReviewFilter) {
	if r.chosen = true; f != r.filter {
		r.filter, r.wanted, r.at = f, storage.Place{}, -1
		r.load()
	}
}

// query is what storage is asked for.
func (r *Review) query(f ReviewFilter) storage.Queue {
	q := storage.Queue{What: f.What, Key: f.Key, Persons: f.Persons, Package: f.Package, Folder: f.Folder}
	switch f.By {
	case "", storage.Machine:
		q.By = f.By
	default:
		q.By = r.s.NamesOf(f.By)
	}
	if f.Others {
		q.NotBy = r.s.NamesOf(r.s.actor)
	}
	q.Since, q.Until = f.Age.span(r.s.Now())
	return q
}

// NamesOf is archive.Document.NamesOf of the open archive; name where none is open.
func (s *Session) NamesOf(name string) string {
	if s.self == nil {
		return name
	}
	return s.self.NamesOf(name)
}

// load asks for the queue: its first page, then all of it, then its counts.
func (r *Review) load() {
	if !r.on {
		return
	}
	if r.again != nil {
		r.again()
		r.again = nil
	}
	r.read, r.whole = false, false
	q, limit := r.query(r.filter), 0
	if r.wanted == (storage.Place{}) {
		limit = reviewPage
	}
	type answer struct {
		places []storage.Place
		rows   []storage.Waiting
	}
	Read(r.s, &r.gen, func(ctx context.Context, a *storage.Archive) (out answer, err error) {
		if out.places, err = a.QueuePlaces(ctx, q, limit); err == nil {
			out.rows, err = a.QueueRows(ctx, out.places[:min(reviewPage, len(out.places))])
		}
		return out, err
	}, func(got answer, err error) {
		if err != nil {
			r.s.failFile(err)
			return
		}
		if len(got.places) == 0 && !r.chosen {
			r.SetFilter(ReviewFilter{})
			return
		}
		r.rows = map[archive.ID]storage.Waiting{}
		r.note(got.rows)
		r.take(got.places)
		if limit > 0 && len(got.places) == limit {
			r.loadAll(q)
		} else {
			r.whole = true
		}
		r.count()
	})
}

// loadAll asks where all proposals of the queue are.
func (r *Review) loadAll(q storage.Queue) {
	Read(r.s, &r.gen, func(ctx context.Context, a *storage.Archive) ([]storage.Place, error) {
		return a.QueuePlaces(ctx, q, 0)
	}, func(all []storage.Place, err error) {
		if err != nil {
			r.s.failFile(err)
			return
		}
		r.whole = true
		r.take(all)
	})
}

// take makes places the rows of the queue. The chosen proposal stays chosen; where
// it waits no longer and is not shown yet, what stands in its place is.
func (r *Review) take(places []storage.Place) {
	r.places, r.read = places, true
	was := r.at
	r.at = r.find(r.wanted)
	r.s.emit(ReviewChanged{})
	switch {
	case r.at >= 0 || r.ofDocument() || r.shows(r.wanted):
		r.open(r.wanted) // its document may say something else, and it may wait no longer
	case len(places) > 0:
		r.Choose(min(max(was, 0), len(places)-1))
	default:
		r.wanted, r.doc = storage.Place{}, nil
		r.s.emit(ReviewOpened{})
	}
}

// find is the row of a place, -1 for none.
func (r *Review) find(p storage.Place) int {
	i, ok := slices.BinarySearchFunc(r.places, p, comparePlaces)
	if !ok {
		return -1
	}
	return i
}

// staleAfter is how long after a write the queue is read again: decisions follow
// each other, and what they decided on is taken out of it at once.
const staleAfter = 400 * time.Millisecond

// stale says that something was written.
func (r *Review) stale() {
	if r.on && r.again == nil {
		r.again = r.s.After(staleAfter, func() {
			r.again = nil
			r.reload()
		})
	}
}

// reload reads the queue anew; what is shown stays until it has come.
func (r *Review) reload() {
	q := r.query(r.filter)
	r.loadAll(q)
	r.rowsGen++ // what rows say may have changed
	r.asking, r.rows = false, map[archive.ID]storage.Waiting{}
	r.count()
}

func (r *Review) count() {
	Read(r.s, &r.groupsGen, func(ctx context.Context, a *storage.Archive) ([]storage.Group, error) {
		return a.QueueGroups(ctx, storage.Queue{})
	}, func(groups []storage.Group, err error) {
		if err != nil {
			r.s.failFile(err)
			return
		}
		r.groups = groups
		r.s.emit(ReviewChanged{})
	})
}

// At is the row that is chosen, -1 for none.
func (r *Review) At() int { return r.at }

// Choose chooses a row and opens its document.
func (r *Review) Choose(i int) {
	if i < 0 || i >= len(r.places) {
		return
	}
	r.at = i
	if p := r.places[i]; p != r.wanted || r.doc == nil {
		r.wanted = p
		r.open(p)
	}
	r.s.emit(ReviewChanged{})
}

// Again reads the document that is shown once more: something was said about it.
func (r *Review) Again() {
	if r.doc != nil {
		r.open(r.wanted)
	}
}

// open reads the document of a proposal.
func (r *Review) open(p storage.Place) {
	o, make := r.s.open, func(*Doc) any { return nil }
	if r.making != nil {
		make = r.making()
	}
	Read(r.s, &r.docGen, func(ctx context.Context, _ *storage.Archive) (*Doc, error) {
		d, err := loadDoc(ctx, o, p.Doc)
		if err == nil {
			d.Made = make(d)
		}
		return d, err
	}, func(d *Doc, err error) {
		switch {
		case archiveGone(err) && r.shows(p):
			r.hold(p)
			return
		case archiveGone(err):
			r.pass(p)
			return
		case err != nil:
			r.s.failFile(err)
			return
		}
		it := d.Item(p.ID)
		switch gone := p.ID != "" && (it == nil || !it.Open()); {
		case gone && r.shows(p): // decided on by somebody else, under the eyes of who is working
			r.hold(p)
		case p.ID == "" && r.Settled() != nil && !r.settled(d): // likewise: a step is refused by the archive
			return
		case gone || p.ID == "" && !r.settled(d):
			r.pass(p)
			return
		}
		r.doc = d
		r.s.emit(ReviewOpened{})
	})
}

// pass goes on from a place at which nothing waits any more.
func (r *Review) pass(p storage.Place) {
	if p.ID == "" {
		r.Move(1)
		return
	}
	r.drop(p)
}

// drop takes a place out of the queue, and goes on to the one behind it.
func (r *Review) drop(p storage.Place) {
	i := r.find(p)
	if i < 0 {
		return
	}
	r.places = slices.Delete(slices.Clone(r.places), i, i+1)
	if p != r.wanted {
		r.at = r.find(r.wanted)
		r.s.emit(ReviewChanged{})
		return
	}
	r.wanted, r.doc = storage.Place{}, nil
	if len(r.places) == 0 {
		r.at = -1
		r.s.emit(ReviewChanged{})
		r.s.emit(ReviewOpened{})
		return
	}
	r.Choose(min(i, len(r.places)-1))
}

// Shown is the document and the proposal that are shown; nil while they are read,
// or where nothing waits. The document of Settled is shown without a proposal,
// and a proposal that somebody else has decided on is shown until one goes on.
func (r *Review) Shown() (*Doc, *archive.Item) {
	if r.doc == nil || r.doc.ID != r.wanted.Doc || r.ofDocument() && r.Settled() == nil {
		return nil, nil
	}
	return r.doc, r.doc.Item(r.wanted.ID)
}
