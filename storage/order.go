package storage

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"fonds/storage/archive"
	"fonds/storage/sorting"
)

// Order is how the documents of a list stand. Those that say nothing in the column
// stand last either way.
type Order struct {
	By   Column
	Down bool // from the last to the first
	Way  sorting.Way
}

// orders are the orders that were asked for last.
type orders struct {
	mu    sync.Mutex
	known []knownOrder
}

type knownOrder struct {
	Order
	version int64
	said    []int32 // documents.n of those that say something, in their order
	words   int     // how many at the end stand there by words that are no date
}

// ordersKept is how many are remembered: each has 4 bytes for a document.
const ordersKept = 3

// PrepareOrder makes an order, so that it is there when it is asked for.
func (a *Archive) PrepareOrder(ctx context.Context, o Order) error {
	_, err := a.order(ctx, o)
	return explain(a.path, err)
}

// Ordered gives the numbers of the documents of a query as Numbers does, in an order.
func (a *Archive) Ordered(ctx context.Context, q Query, o Order) ([]int64, error) {
	if o.By == ByLikeness {
		return a.byLikeness(ctx, q, o.Down)
	}
	nums, err := a.Numbers(ctx, q)
	if err != nil || len(nums) < 2 {
		return nums, err
	}
	if o.By == ByImport {
		if o.Down {
			slices.Reverse(nums)
		}
		return nums, nil
	}
	said, err := a.order(ctx, o)
	if err != nil {
		return nil, explain(a.path, err)
	}
	return arranged(nums, said), nil
}

// byLikeness is Ordered by how like documents are to the one that the query names.
func (a *Archive) byLikeness(ctx context.Context, q Query, down bool) ([]int64, error) {
	l, err := a.lookup(ctx, q.Search)
	if err != nil {
		return nil, err
	}
	nums, err := a.numbers(ctx, q, l)
	if err != nil {
		return nil, err
	}
	var said []int32
	for _, n := range l.likes[likeOf(l.node)] {
		said = append(said, int32(n))
	}
	out := arranged(nums, said)
	if down {
		slices.Reverse(out)
	}
	return out, nil
}

// arranged are numbers in an order; those that it lacks stand at the end.
func arranged(nums []int64, said []int32) []int64 {
	wanted := bitsOf(nums)
	out := make([]int64, 0, len(nums))
	take := func(n int64) {
		if bit(wanted, n) {
			wanted[n/64] &^= 1 << (n % 64)
			out = append(out, n)
		}
	}
	for _, n := range said {
		take(int64(n))
	}
	for _, n := range nums { // those that say nothing
		take(n)
	}
	return out
}

// order is that of all documents that say something in its column.
func (a *Archive) order(ctx context.Context, o Order) ([]int32, error) {
	a.orders.mu.Lock()
	defer a.orders.mu.Unlock()
	version, err := a.moment(ctx)
	if err != nil {
		return nil, err
	}
	for _, k := range a.orders.known {
		if k.Order == o && k.version == version {
			return k.said, nil
		}
	}
	up := o
	up.Down = false
	k, err := a.upwards(ctx, up, version)
	if err != nil || !o.Down {
		return k.said, err
	}
	said := backwards(k.said, k.words)
	a.orders.keep(knownOrder{o, version, said, k.words})
	return said, nil
}

// upwards is an order from the first to the last: the one that is known, where little
// has changed since it was made, else made anew.
func (a *Archive) upwards(ctx context.Context, o Order, version int64) (knownOrder, error) {
	now := knownOrder{Order: o, version: version}
	var err error
	if at := slices.IndexFunc(a.orders.known, func(k knownOrder) bool { return k.Order == o }); at >= 0 {
		if now, err = a.followed(ctx, a.orders.known[at], version); err != nil {
			return now, err
		}
	}
	if now.said == nil {
		if now.said, now.words, err = a.indexed(ctx, o); err != nil {
			return now, err
		}
	}
	if now.said == nil {
		ns, values, err := a.values(ctx, o.By)
		if err != nil {
			return now, err
		}
		now.said = sorting.Places(o.Way, values)
		for i, p := range now.said {
			now.said[i] = ns[p]
		}
		giveBack(len(now.said))
	}
	a.orders.keep(now)
	return now, nil
}

// compare says which of two of its values stands first.
func (k *knownOrder) compare(a, b string) int {
	if k.By == ByDate {
		return compareDates(k.Way, a, b)
	}
	return sorting.Compare(k.Way, a, b)
}

// indexed is the order of a column that an index has, with how many at its end are words where dates are sorted; nil of
// any other column.
func (a *Archive) indexed(ctx context.Context, o Order) (said []int32, words int, err error) {
	var ns []int64
	switch o.By {
	case ByDate:
		return a.byDate(ctx, o.Way)
	case ByStatus:
		for _, st := range archive.Statuses() {
			some, err := a.numbers(ctx, Query{Status: st}, lookup{})
			if err != nil {
				return nil, 0, err
			}
			ns = append(ns, some...)
		}
	default:
		return nil, 0, nil
	}
	said = make([]int32, len(ns))
	for i, n := range ns {
		said[i] = int32(n)
	}
	return said, 0, nil
}

// followed is a known order with the documents that were changed since in their places;
// without said where too many were, or where documents of another copy came in: those are
// numbered anew.
func (a *Archive) followed(ctx context.Context, k knownOrder, version int64) (knownOrder, error) {
	anew := knownOrder{Order: k.Order, version: version}
	if k.version == version {
		return k, nil
	}
	ns, few, err := a.changedSince(ctx, k.version)
	if err != nil || !few {
		return anew, err
	}
	if k.version = version; len(ns) == 0 {
		return k, nil
	}
	now, err := a.Said(ctx, ns, []Column{k.By})
	if err != nil {
		return anew, err
	}
	gone := map[int32]bool{}
	for _, n := range ns {
		gone[int32(n)] = true
	}
	words := k.words
	for _, n := range k.said[len(k.said)-k.words:] {
		if gone[n] {
			words--
		}
	}
	said := slices.DeleteFunc(slices.Clone(k.said), func(n int32) bool { return gone[n] })
	for _, n := range ns {
		if now[n][0] == "" {
			continue
		}
		var failed error
		at, _ := slices.BinarySearchFunc(said, n, func(other int32, n int64) int {
			words, err := a.Said(ctx, []int64{int64(other)}, []Column{k.By})
			if err != nil {
				failed = err
				return 0
			}
			return cmp.Or(k.compare(words[int64(other)][0], now[n][0]), cmp.Compare(int64(other), n))
		})
		if failed != nil {
			return anew, failed
		}
		said = slices.Insert(said, at, int32(n))
		if first, _ := boundsOf(now[n][0]); k.By == ByDate && first == unreadFirst {
			words++
		}
	}
	k.said, k.words = said, words
	return k, nil
}

func (k *orders) keep(o knownOrder) {
	k.known = slices.DeleteFunc(k.known, func(x knownOrder) bool { return x.Order == o.Order })
	k.known = append(k.known, o)
	k.known = k.known[max(0, len(k.known)-ordersKept):]
}

// forget is for when documents were numbered anew.
func (k *orders) forget() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.known = nil
}
