package session

import (
	"context"

	"fonds/storage"
	"fonds/storage/archive"
)

// Filter narrows the list to how far the work is.
type Filter int

// The filters, in the order in which they are shown.
const (
	All Filter = iota
	ToDo
	InProgress
	WithProposals
	Submitted
	Returned
	Approved
	Removed
	filters
)

// Filters lists them.
func Filters() []Filter {
	return []Filter{All, ToDo, InProgress, WithProposals, Submitted, Returned, Approved, Removed}
}

// Query is what the list shows.
type Query struct {
	Search string
	Filter Filter
}

func (q Query) of(f Filter) storage.Query {
	out := storage.Query{Search: q.Search}
	switch f {
	case ToDo:
		out.Status = archive.New
	case InProgress:
		out.Status = archive.InProgress
	case WithProposals:
		out.Open = true
	case Submitted:
		out.Status = archive.Submitted
	case Returned:
		out.Status = archive.Returned
	case Approved:
		out.Status = archive.Approved
	case Removed:
		out.Status = archive.Removed
	}
	return out
}

// Rows come in pages: the first is what a screen shows, the others are read
// while it is looked at.
const (
	firstPage = 200
	laterPage = 5000
)

// list is the answer to the query: a row for each document, in memory, so that
// scrolling and going to the next document ask nobody. A row is some 200 bytes.
type list struct {
	s       *Session
	query   Query
	rows    []storage.Summary
	index   map[archive.ID]int
	whole   bool // all pages are there
	total   int
	at      int // row of the wanted document, -1: none
	gen     int
	counts  [filters]int
	cntGen  int
	counted bool
	first   archive.ID // to open when the rows come
	opening bool       // nothing was opened yet
}

// Query is what the list shows.
func (s *Session) Query() Query { return s.list.query }

// SetQuery asks for another list. The document that is shown stays.
func (s *Session) SetQuery(q Query) {
	if q == s.list.query || s.open == nil {
		return
	}
	s.list.query = q
	s.list.load()
}

// Rows is how many rows the list has so far.
func (s *Session) Rows() int { return len(s.list.rows) }

// Row is one of them.
func (s *Session) Row(i int) storage.Summary { return s.list.rows[i] }

// RowOfDocument is where the document that is shown, or being opened, stands; -1
// where the list does not have it.
func (s *Session) RowOfDocument() int { return s.list.at }

// Total is how many documents the list has when all of it is read.
func (s *Session) Total() int {
	if s.list.whole {
		return len(s.list.rows)
	}
	return max(s.list.total, len(s.list.rows))
}

// ListRead says whether all rows are there.
func (s *Session) ListRead() bool { return s.list.whole }

// Count is how many documents a filter leaves of the search, and whether that
// was counted yet.
func (s *Session) Count(f Filter) (int, bool) { return s.list.counts[f], s.list.counted }

func (l *list) begin(first archive.ID) {
	l.forget()
	l.first, l.opening = first, true
	l.load()
}

func (l *list) forget() {
	l.gen++
	l.cntGen++
	l.query, l.rows, l.index, l.at = Query{}, nil, map[archive.ID]int{}, -1
	l.whole, l.total, l.counts, l.counted = false, 0, [filters]int{}, false
	l.first, l.opening = "", false
}

// load asks for the rows of the query from the beginning.
func (l *list) load() {
	l.count()
	fresh := true
	var next func(after int64, limit int)
	next = func(after int64, limit int) {
		q := l.query.of(l.query.Filter)
		q.After, q.Limit = after, limit
		Read(l.s, &l.gen, func(ctx context.Context, a *storage.Archive) ([]storage.Summary, error) {
			return a.List(ctx, q)
		}, func(rows []storage.Summary, err error) {
			if err != nil {
				l.s.failFile(err)
				return
			}
			if fresh {
				l.rows, l.index, l.at = nil, map[archive.ID]int{}, -1
			}
			from := len(l.rows)
			l.append(rows)
			l.whole = len(rows) < limit
			l.s.emit(ListChanged{From: from, Reset: fresh})
			fresh = false
			if !l.whole {
				next(rows[len(rows)-1].N, laterPage)
			}
			l.openFirst()
			l.s.emit(StatusChanged{})
		})
	}
	l.whole = false
	next(0, firstPage)
}

// openFirst opens the document to begin with: the one asked for, else the first.
func (l *list) openFirst() {
	if !l.opening || len(l.rows) == 0 {
		return
	}
	at, ok := l.index[l.first]
	if !ok && l.first != "" && !l.whole {
		return // it may come with a later page
	}
	l.opening = false
	if l.s.wanted == "" {
		l.s.choose(l.rows[at].ID) // at is 0 where it is not there
	}
}

func (l *list) append(rows []storage.Summary) {
	for _, r := range rows {
		l.index[r.ID] = len(l.rows)
		l.rows = append(l.rows, r)
	}
	if at, ok := l.index[l.s.wanted]; ok {
		l.at = at
	}
}

// reload asks for all rows again and puts them in the place of those that are
// shown at once: the list keeps its place.
func (l *list) reload() {
	l.count()
	q := l.query.of(l.query.Filter)
	Read(l.s, &l.gen, func(ctx context.Context, a *storage.Archive) ([]storage.Summary, error) {
		return a.List(ctx, q)
	}, func(rows []storage.Summary, err error) {
		if err != nil {
			l.s.failFile(err)
			return
		}
		l.rows, l.index, l.at, l.whole = nil, make(map[archive.ID]int, len(rows)), -1, true
		l.append(rows)
		l.s.emit(ListChanged{})
		l.openFirst()
		l.s.emit(StatusChanged{})
	})
}

// count asks for the counts beside the filters.
func (l *list) count() {
	q := l.query
	Read(l.s, &l.cntGen, func(ctx context.Context, a *storage.Archive) (n [filters]int, err error) {
		for _, f := range Filters() {
			if n[f], err = a.Count(ctx, q.of(f)); err != nil {
				return n, err
			}
		}
		return n, nil
	}, func(n [filters]int, err error) {
		if err != nil {
			return // the rows' own error says it
		}
		l.counts, l.counted, l.total = n, true, n[q.Filter]
		l.s.emit(CountsChanged{})
		l.s.emit(StatusChanged{})
	})
}

func (l *list) choose(id archive.ID) {
	l.at = -1
	if at, ok := l.index[id]; ok {
		l.at = at
	}
}

// update puts what the list says of a document right. A row that no longer fits
// the filter stays until the list is asked for again: nothing moves under the
// hands of whoever works through it.
func (l *list) update(d *Doc) {
	at, ok := l.index[d.ID]
	if !ok {
		return
	}
	row := l.rows[at]
	row.Title, row.Date, row.Status, row.Proposals = d.Title(), d.Date(), d.Status(), d.Proposals()
	if row != l.rows[at] {
		l.rows[at] = row
		l.s.emit(RowChanged{at})
	}
}
