package storage

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"fonds/storage/archive"
	"fonds/storage/query"
	"fonds/storage/sorting"
)

// Column is what a list shows of documents and can be sorted by: one of the names below,
// or "field:" and the id of a field.
type Column string

// The columns.
const (
	ByImport    Column = "" // the order in which documents came in
	ByTitle     Column = "title"
	ByDate      Column = "date"
	ByStatus    Column = "status"
	ByAssignee  Column = "assigned"
	ByDue       Column = "due"
	ByProposals Column = "proposals"
	ByChars     Column = "chars" // code points of the source text
	ByName      Column = "name"
	ByPath      Column = "path"
	ByFormat    Column = "format"
	ByEncoding  Column = "encoding"
	ByLanguage  Column = "lang"
	ByTags      Column = "tags"
	ByLikeness  Column = "like" // to the document that a query asks for the like of; else ByImport
)

// Columns lists them, those of fields left out.
func Columns() []Column {
	return []Column{ByImport, ByTitle, ByDate, ByStatus, ByAssignee, ByDue, ByProposals, ByChars, ByName, ByPath, ByFormat, ByEncoding, ByLanguage, ByTags}
}

// FieldColumn is the column of a field.
func FieldColumn(id string) Column { return Column(query.Field) + ":" + Column(id) }

// Field is the id of a column's field; ok is false for any other.
func (c Column) Field() (id string, ok bool) {
	const prefix = string(query.Field) + ":"
	if len(c) > len(prefix) && string(c[:len(prefix)]) == prefix {
		return string(c[len(prefix):]), true
	}
	return "", false
}

// Order is how the documents of a list stand. Those that say nothing in the column
// stand last either way.
type Order struct {
	By   Column
	Down bool // from the last to the first
	Way  sorting.Way
}

// columnValues is the SELECT of what documents say in a column: n and the words; ?1 and
// ?2 are the first n and the one behind the last, ?3 the id of a field, {in} one more
// condition.
var columnValues = map[Column]string{
	ByTitle: "title", ByDate: "date", ByAssignee: "assignee", ByDue: "due", ByName: "name", ByPath: "path",
	ByProposals: "iif(proposals=0,'',proposals)", ByChars: "chars",
	ByStatus: "instr('new,in progress,submitted,returned,approved,removed',status)",
	ByFormat: "ifnull(info->>'$.format','')", ByEncoding: "ifnull(info->>'$.encoding','')", ByLanguage: "ifnull(info->>'$.language','')",
}

// itemValues are those of a field or of tags, in the order in which they were given.
const itemValues = `SELECT d.n AS n, group_concat(i.%s, '; ' ORDER BY i.id) AS said FROM documents d JOIN items i ON i.doc=d.id
	WHERE i.what='%s' AND i.state='accepted' AND i.key%s AND d.n>=?1 AND d.n<?2 AND {in} GROUP BY d.n`

func (c Column) values() (string, error) {
	if _, ok := c.Field(); ok {
		return fmt.Sprintf(itemValues, "text", archive.AValue, "=?3"), nil
	}
	if c == ByTags {
		return fmt.Sprintf(itemValues, "key", archive.ATag, "<>?3"), nil
	}
	if said, ok := columnValues[c]; ok {
		return "SELECT n, " + said + " AS said FROM documents WHERE n>=?1 AND n<?2 AND ?3 IS NOT NULL AND {in}", nil
	}
	var known []string
	for _, k := range Columns()[1:] {
		known = append(known, string(k))
	}
	return "", archive.Refuse("no-column", "column", string(c), "known", strings.Join(append(known, "field:ID"), ", "))
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
}

// ordersKept is how many are remembered: each has 4 bytes for a document.
const ordersKept = 3

// valuesAtOnce is of how many documents values are read in one question.
const valuesAtOnce = 100_000

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
	if len(nums) == 0 {
		return nums
	}
	wanted := make([]uint64, nums[len(nums)-1]/64+1)
	for _, n := range nums {
		wanted[n/64] |= 1 << (n % 64)
	}
	out := make([]int64, 0, len(nums))
	take := func(n int64) {
		if at := n / 64; at < int64(len(wanted)) && wanted[at]&(1<<(n%64)) != 0 {
			wanted[at] &^= 1 << (n % 64)
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
	said, err := a.upwards(ctx, up, version)
	if err != nil || !o.Down {
		return said, err
	}
	said = slices.Clone(said)
	slices.Reverse(said)
	a.orders.keep(knownOrder{o, version, said})
	return said, nil
}

// upwards is an order from the first to the last: the one that is known, where little
// has changed since it was made, else made anew.
func (a *Archive) upwards(ctx context.Context, o Order, version int64) (said []int32, err error) {
	if at := slices.IndexFunc(a.orders.known, func(k knownOrder) bool { return k.Order == o }); at >= 0 {
		if said, err = a.followed(ctx, a.orders.known[at], version); err != nil {
			return nil, err
		}
	}
	if said == nil {
		if said, err = a.indexed(ctx, o.By); err != nil {
			return nil, err
		}
	}
	if said == nil {
		ns, values, err := a.values(ctx, o.By)
		if err != nil {
			return nil, err
		}
		said = sorting.Places(o.Way, values)
		for i, p := range said {
			said[i] = ns[p]
		}
		giveBack(len(said))
	}
	a.orders.keep(knownOrder{o, version, said})
	return said, nil
}

// compare says which of two of its values stands first.
func (k *knownOrder) compare(a, b string) int {
	if k.By == ByDate {
		return strings.Compare(a, b)
	}
	return sorting.Compare(k.Way, a, b)
}

// indexed is the order of a column that an index has; nil of any other.
func (a *Archive) indexed(ctx context.Context, c Column) (said []int32, err error) {
	var ns []int64
	switch c {
	case ByDate: // days, months and years as they are written: the text's own order
		var list []byte
		if err := a.r.QueryRowContext(ctx, "SELECT group_concat(n) FROM (SELECT n FROM documents INDEXED BY documents_date WHERE date<>'' ORDER BY date, n)").Scan(&list); err != nil {
			return nil, err
		}
		if len(list) > 0 {
			ns, err = readNumbers(nil, list)
		}
	case ByStatus:
		for _, st := range archive.Statuses() {
			some, err := a.numbers(ctx, Query{Status: st}, lookup{})
			if err != nil {
				return nil, err
			}
			ns = append(ns, some...)
		}
	default:
		return nil, nil
	}
	said = make([]int32, len(ns))
	for i, n := range ns {
		said[i] = int32(n)
	}
	return said, err
}

// followed is a known order with the documents that were changed since in their places;
// nil where too many were, or where documents of another copy came in: those are
// numbered anew.
func (a *Archive) followed(ctx context.Context, k knownOrder, version int64) ([]int32, error) {
	if k.version == version {
		return k.said, nil
	}
	ns, few, err := a.changedSince(ctx, k.version)
	if err != nil || !few {
		return nil, err
	}
	if len(ns) == 0 {
		return k.said, nil
	}
	now, err := a.Said(ctx, ns, []Column{k.By})
	if err != nil {
		return nil, err
	}
	gone := map[int32]bool{}
	for _, n := range ns {
		gone[int32(n)] = true
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
			return nil, failed
		}
		said = slices.Insert(said, at, int32(n))
	}
	return said, nil
}

func (k *orders) keep(o knownOrder) {
	k.known = slices.DeleteFunc(k.known, func(x knownOrder) bool { return x.Order == o.Order })
	k.known = append(k.known, o)
	k.known = k.known[max(0, len(k.known)-ordersKept):]
}

// values are what all documents say in a column, without those that say nothing. SQLite
// hands many over as one text: a row for each would take several times as long.
func (a *Archive) values(ctx context.Context, c Column) (ns []int32, values [][]byte, err error) {
	sql, err := c.values()
	if err != nil {
		return nil, nil, err
	}
	field, _ := c.Field()
	var last int64
	if err := a.r.QueryRowContext(ctx, "SELECT ifnull(max(n),0) FROM documents").Scan(&last); err != nil {
		return nil, nil, err
	}
	pieces := make([]spoken, last/valuesAtOnce+1)
	workers := 2
	if a.snap != nil {
		workers = 1 // one transaction, one question
	}
	var all sync.WaitGroup
	errs := make([]error, workers)
	for w := range workers {
		all.Go(func() {
			for i := w; i < len(pieces) && errs[w] == nil; i += workers {
				var list []byte
				from := int64(i) * valuesAtOnce
				if errs[w] = a.r.QueryRowContext(ctx, "SELECT group_concat(n||' '||length(CAST(said AS BLOB))||' '||said, '') FROM ("+strings.ReplaceAll(sql, "{in}", "1")+") WHERE said<>''",
					from, from+valuesAtOnce, field).Scan(&list); errs[w] == nil {
					pieces[i].ns, pieces[i].values, errs[w] = readValues(nil, nil, list)
				}
			}
		})
	}
	all.Wait()
	if err := errors.Join(errs...); err != nil {
		return nil, nil, err
	}
	for _, p := range pieces {
		ns, values = append(ns, p.ns...), append(values, p.values...)
	}
	return ns, values, nil
}

// spoken is what some of the documents say.
type spoken struct {
	ns     []int32
	values [][]byte
}

// readValues appends "12 3 abc13 2 de" as 12: abc, 13: de.
func readValues(ns []int32, values [][]byte, all []byte) ([]int32, [][]byte, error) {
	number := func() (n int) {
		for i, c := range all {
			if c < '0' || c > '9' {
				n, _ = strconv.Atoi(string(all[:i]))
				all = all[min(i+1, len(all)):]
				return n
			}
		}
		all = nil
		return 0
	}
	for len(all) > 0 {
		n, size := number(), number()
		if size <= 0 || size > len(all) {
			return nil, nil, fmt.Errorf("values of documents: %w", ErrDamaged)
		}
		ns, values = append(ns, int32(n)), append(values, all[:size:size])
		all = all[size:]
	}
	return ns, values, nil
}

// Said gives what documents, by their numbers, say in columns; of one that is gone, or
// says nothing, "". Of a status it is its place among archive.Statuses, from 1 on.
func (a *Archive) Said(ctx context.Context, ns []int64, columns []Column) (map[int64][]string, error) {
	out := make(map[int64][]string, len(ns))
	for _, n := range ns {
		out[n] = make([]string, len(columns))
	}
	if len(ns) == 0 {
		return out, nil
	}
	for k, c := range columns {
		if c == ByImport {
			continue // a row says it
		}
		sql, err := c.values()
		if err != nil {
			return nil, err
		}
		field, _ := c.Field()
		rows, err := a.r.QueryContext(ctx, "SELECT n, said FROM ("+strings.ReplaceAll(sql, "{in}", "n IN (SELECT value FROM json_each(?4))")+")", slices.Min(ns), slices.Max(ns)+1, field, numbersArg(ns))
		if err != nil {
			return nil, explain(a.path, err)
		}
		for rows.Next() {
			var n int64
			var said string
			if err := rows.Scan(&n, &said); err != nil {
				rows.Close()
				return nil, explain(a.path, err)
			}
			if s, ok := out[n]; ok {
				s[k] = said
			}
		}
		if err := rows.Err(); err != nil {
			return nil, explain(a.path, err)
		}
	}
	return out, nil
}

// forget is for when documents were numbered anew.
func (k *orders) forget() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.known = nil
}
