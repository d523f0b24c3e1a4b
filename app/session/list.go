package session

import (
	"context"
	"slices"

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
	Mine       // whose work is that of who is working
	Questions  // on which who is working has to answer something
	Unassigned // to do, and nobody's
	Removed
	filters
)

// Filters lists them.
func Filters() []Filter {
	return []Filter{All, ToDo, InProgress, WithProposals, Submitted, Returned, Approved, Mine, Questions, Unassigned, Removed}
}

// Query is what the list shows.
type Query struct {
	Search  string
	Filter  Filter
	Package archive.ID // the work package that documents belong to, "" for any
}

var statusOf = map[Filter]archive.Status{ToDo: archive.New, InProgress: archive.InProgress, Submitted: archive.Submitted,
	Returned: archive.Returned, Approved: archive.Approved, Removed: archive.Removed}

// asked is what storage is asked for.
func (l *list) asked(q Query) storage.Query {
	out := q.asked()
	switch q.Filter {
	case Mine:
		out.Assignee = l.s.NamesOf(l.s.actor)
	case Questions:
		out.Asked = l.s.NamesOf(l.s.actor)
	case Unassigned:
		out.Unassigned, out.Work = true, true
	}
	return out
}

func (q Query) asked() storage.Query {
	return storage.Query{Search: q.Search, Status: statusOf[q.Filter], Open: q.Filter == WithProposals, Package: q.Package}
}

// firstPage is how many rows are read before all others: more than a screen shows.
var firstPage = 200 // tests make it small

// list is the answer to the query. Of every row it holds the number of the
// document, 8 bytes, read in the background; what a row says is read in pages
// around what is in sight (window) and forgotten when it has been out of it.
type list struct {
	s     *Session
	query Query
	order storage.Order // stays when another archive is opened
	gen   int

	answered bool    // the rows are those of query, not of the one before
	whole    bool    // of all of them
	nums     []int64 // storage.Summary.N of each row, or of the first ones
	tail     []int64 // and of the last ones, while the list is not whole
	stands   standing
	window   window
	snippets snippets
	cells    cells
	waiters  []func() bool // for numbers: true says that it waits no longer

	reading bool // all is being read anew
	again   bool // and has to be once more after that

	at    int // row of the wanted document, -1: none
	stood int // row in which it stood last
	seen  map[archive.ID]seenDoc

	counts    [filters]int
	counted   bool
	shared    bool // something is assigned, or asked
	cntGen    int
	counting  bool
	recount   bool
	selection Selected
	titleGen  int
	titleStop func() // looking for a title

	first   archive.ID // to open when the rows come
	opening bool       // nothing was opened yet
	instead bool       // the document that was shown is gone: open the one in its place
}

// Query is what the list shows.
func (s *Session) Query() Query { return s.list.query }

// SetQuery asks for another list. The document that is shown stays; what was
// selected in the list before is selected no more.
func (s *Session) SetQuery(q Query) {
	if q == s.list.query || s.open == nil {
		return
	}
	s.list.query = q
	s.Select(nil)
	s.list.load()
}

// Rows is how many rows the list has, as far as that is known.
func (s *Session) Rows() int {
	l := &s.list
	if l.answered && !l.whole && l.counted {
		return max(len(l.nums), l.counts[l.query.Filter])
	}
	return len(l.nums)
}

// Row is one of them. Where ID is "" it is not there yet: it is read, and
// RowsChanged says when it has come.
func (s *Session) Row(i int) storage.Summary {
	l := &s.list
	row, ok := l.window.row(l.number(i))
	l.window.used(i)
	if !ok {
		l.want(i)
	}
	return row
}

// RowOfDocument is where the document that is shown, or being opened, stands; -1
// where the list does not have it.
func (s *Session) RowOfDocument() int { return s.list.at }

// ListRead says whether it is known which rows there are.
func (s *Session) ListRead() bool { return s.list.whole }

// Shared says whether any work was given to somebody, or asked about: where not, the
// filters for that say nothing.
func (s *Session) Shared() bool { return s.list.shared }

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
	l.query, l.nums, l.tail, l.at, l.stood = Query{}, nil, nil, -1, 0
	l.stands = standing{}
	l.answered, l.whole, l.reading, l.again, l.counting, l.recount = false, false, false, false, false, false
	l.counts, l.counted, l.shared, l.waiters, l.selection = [filters]int{}, false, false, nil, Selected{}
	l.seen = map[archive.ID]seenDoc{}
	l.first, l.opening, l.instead = "", false, false
	l.window.clear()
	l.snippets.clear()
	l.cells.clear()
}

// number is the document's in row i, 0 while it is not known.
func (l *list) number(i int) int64 {
	switch {
	case i < 0:
	case i < len(l.nums):
		return l.nums[i]
	case len(l.tail) > 0 && i < l.s.Rows() && i >= l.s.Rows()-len(l.tail):
		return l.tail[i-(l.s.Rows()-len(l.tail))]
	}
	return 0
}

// find is the row of a document's number, -1 for none.
func (l *list) find(n int64) int {
	if n == 0 {
		return -1
	}
	if i := l.stands.row(n); i >= 0 {
		return i
	}
	if i, ok := slices.BinarySearch(l.tail, n); ok {
		return l.s.Rows() - len(l.tail) + i
	}
	return -1
}

// numberOf is the number of a document that is in sight, was opened or has
// drafts; else 0.
func (l *list) numberOf(id archive.ID) int64 {
	if d, ok := l.seen[id]; ok {
		return d.n
	}
	return l.window.ids[id]
}

// stand looks where the wanted document stands.
func (l *list) stand() {
	l.at = l.find(l.numberOf(l.s.wanted))
	if l.at >= 0 {
		l.stood = l.at
	}
}

// answer is what a question for rows brought.
type answer struct {
	nums  []int64 // nil: those of rows
	rows  []storage.Summary
	first storage.Summary // the document to open, where it is in the archive
}

// load asks for the rows of the query from the beginning.
func (l *list) load() {
	l.count(true)
	l.answered, l.whole, l.reading, l.again = false, false, false, false
	q, first := l.asked(l.query), l.first
	q.Limit = firstPage
	if !l.opening {
		first = ""
	}
	l.window.watch()
	order := l.ordering()
	Read(l.s, &l.gen, func(ctx context.Context, a *storage.Archive) (out answer, err error) {
		if err = out.begin(ctx, a, q, order); err != nil || first == "" {
			return out, err
		}
		places, err := a.Places(ctx, []archive.ID{first})
		if err != nil || places[first] == 0 {
			return out, err
		}
		found, err := a.Summaries(ctx, []int64{places[first]})
		if err == nil && len(found) == 1 && found[0].Status != archive.Removed {
			out.first = found[0]
		}
		return out, err
	}, func(got answer, err error) {
		if err != nil {
			l.s.failFile(err)
			return
		}
		l.answered, l.whole = true, got.nums != nil || len(got.rows) < firstPage
		l.window.clear()
		l.cells.clear()
		l.take(got)
		l.s.emit(ListChanged{Reset: true})
		l.openFirst(got.first)
		l.s.emit(StatusChanged{})
		if !l.whole || l.again {
			l.readAll()
		}
		l.again = false
		l.settled()
	})
}

// take makes an answer the rows of the list.
func (l *list) take(got answer) {
	if got.nums == nil {
		got.nums = numbersOf(got.rows)
	}
	l.nums, l.tail = got.nums, nil
	l.stands = standing{nums: l.nums, sorted: l.ordering() == storage.Order{}}
	l.window.add(got.rows, nil)
	l.stand()
	l.moveSelection()
	l.wake()
}

// wake tells those who wait for numbers.
func (l *list) wake() {
	all := l.waiters
	l.waiters = nil
	for _, f := range all {
		if !f() {
			l.waiters = append(l.waiters, f)
		}
	}
}

// reload asks for all rows again and puts them in the place of those that are
// shown at once: the list keeps its place.
func (l *list) reload() {
	l.count(false)
	if l.reading || !l.answered {
		l.again = true // who never finishes never shows anything
		return
	}
	l.readAll()
}

// readAll reads the numbers of all rows, and what the rows in sight say.
func (l *list) readAll() {
	l.reading = true
	q, order, wanted, before := l.asked(l.query), l.ordering(), l.numberOf(l.s.wanted), l.at
	sight, fresh := append(l.window.sight(), 0, l.stood/pageRows), !l.whole
	l.window.watch()
	Read(l.s, &l.gen, func(ctx context.Context, a *storage.Archive) (out answer, err error) {
		if out.nums, err = a.Ordered(ctx, q, order); err != nil {
			return out, err
		}
		if out.nums == nil {
			out.nums = []int64{}
		}
		stands := standing{nums: out.nums, sorted: order == storage.Order{}}
		if at := stands.row(wanted); at >= 0 {
			sight = append(sight, at/pageRows)
		}
		out.rows, err = a.Summaries(ctx, pagesOf(out.nums, sight))
		return out, err
	}, func(got answer, err error) {
		l.reading = false
		if err != nil {
			l.s.failFile(err)
			return
		}
		from := 0
		if fresh && slices.Equal(got.nums[:min(len(l.nums), len(got.nums))], l.nums) {
			from = len(l.nums) // what is shown stays what it is
		} else {
			l.window.clear()
			l.cells.clear()
		}
		l.whole = true
		l.take(got)
		l.s.emit(ListChanged{From: from})
		if before < 0 && l.at >= 0 {
			l.s.emit(RowChosen{})
		}
		l.openFirst(storage.Summary{})
		l.s.emit(StatusChanged{})
		if l.again {
			l.again = false
			l.reload()
			return
		}
		l.settled()
		l.fetch()
	})
}

// openFirst opens the document to begin with: the one asked for, else the first;
// and in the place of one that is gone the one that stands there.
func (l *list) openFirst(first storage.Summary) {
	s := l.s
	if len(l.nums) == 0 || !l.opening && !(l.instead && l.whole) {
		return
	}
	begin := l.opening
	l.opening, l.instead = false, false
	switch {
	case s.wanted != "":
	case begin && first.ID != "":
		l.seen[first.ID] = seenDoc{first.N, first.Title}
		s.choose(first.ID)
	default: // nobody asked for it: what the status bar says stays
		at := 0
		if !begin {
			at = min(l.stood, len(l.nums)-1)
		}
		if row, ok := l.window.row(l.number(at)); ok && row.ID != "" {
			s.choose(row.ID)
		} else {
			s.OpenRow(at)
		}
	}
}
