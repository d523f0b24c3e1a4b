package session

import (
	"context"
	"slices"

	"fonds/storage"
)

// standing says in which row a document stands.
type standing struct {
	nums   []int64 // of the rows
	sorted bool    // they stand in the order of import
	rows   []int32 // by number: the row, from 1; made when it is first asked for
}

// row is that of a number, -1 for none.
func (x *standing) row(n int64) int {
	if x.sorted {
		if i, ok := slices.BinarySearch(x.nums, n); ok {
			return i
		}
		return -1
	}
	if x.rows == nil && len(x.nums) > 0 {
		x.rows = make([]int32, slices.Max(x.nums)+1)
		for i, n := range x.nums {
			x.rows[n] = int32(i + 1)
		}
	}
	if n < 0 || n >= int64(len(x.rows)) {
		return -1
	}
	return int(x.rows[n]) - 1
}

// begin reads the first rows of a query; of a sorted one the numbers of all.
func (x *answer) begin(ctx context.Context, a *storage.Archive, q storage.Query, o storage.Order) (err error) {
	if o == (storage.Order{}) {
		x.rows, err = a.List(ctx, q)
		return err
	}
	first := q.Limit
	q.Limit = 0
	if x.nums, err = a.Ordered(ctx, q, o); err != nil {
		return err
	}
	if x.nums == nil {
		x.nums = []int64{}
	}
	x.rows, err = a.Summaries(ctx, x.nums[:min(first, len(x.nums))])
	return err
}

// ordering is how the rows of a query stand: documents like one the likest first, unless
// the person wants it otherwise.
func (l *list) ordering() storage.Order {
	if l.order == (storage.Order{}) && storage.AsksLike(l.s.Sought()) {
		return storage.Order{By: storage.ByLikeness}
	}
	return l.order
}

// Order is how the rows of the list stand.
func (s *Session) Order() storage.Order { return s.list.order }

// SortBy sorts the list by a column; by the one that it is sorted by already the other
// way round.
func (s *Session) SortBy(c storage.Column) {
	o := s.list.order
	s.SetOrder(storage.Order{By: c, Down: o.By == c && !o.Down, Way: o.Way})
}

// manyRows is from how many rows on an order is made before it is asked for.
var manyRows = 50_000

// PrepareOrder lets the order of titles be made on a worker, where there are many: who
// looks at the table is likely to ask for it. done (nil is allowed) is told when it is.
func (s *Session) PrepareOrder(done func()) {
	way := s.list.order.Way
	if s.Rows() < manyRows {
		return
	}
	Read(s, nil, func(ctx context.Context, a *storage.Archive) (bool, error) {
		return true, a.PrepareOrder(ctx, storage.Order{By: storage.ByTitle, Way: way})
	}, func(bool, error) { // what is wrong with the file is said when the order is asked for
		if done != nil {
			done()
		}
	})
}

// SetOrder sorts the list. The document that is shown stays, and so do those that are
// selected.
func (s *Session) SetOrder(o storage.Order) {
	if o == s.list.order {
		return
	}
	s.list.order = o
	if s.open != nil {
		s.list.load()
	}
}

// afterRow is the row of the list, among those of some documents, that comes next behind
// one, around the end; -1 for none.
func (l *list) afterRow(row int, of []int64) int {
	next, first := -1, -1
	for _, n := range of {
		at := l.find(n)
		if at < 0 {
			continue
		}
		if first < 0 || at < first {
			first = at
		}
		if at > row && (next < 0 || at < next) {
			next = at
		}
	}
	if next < 0 {
		return first
	}
	return next
}

func numbersOf(rows []storage.Summary) []int64 {
	out := make([]int64, len(rows))
	for i := range rows {
		out[i] = rows[i].N
	}
	return out
}
