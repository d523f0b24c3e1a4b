package storage

import (
	"context"
	"slices"
	"strings"
	"sync"

	"fonds/storage/query"
)

// A census is what all documents of an archive say in a facet, 8 bytes for each: counting
// any of them is a walk through memory. It is read from the file once, and mended when
// documents have changed.
type census struct {
	facet   Facet
	version int64
	values  []string
	at      []uint64 // documents.n << 32 | index of values, in their order
}

// censuses are those that were asked for last.
type censuses struct {
	mu    sync.Mutex
	known []*census
	set   *set // of the last query
}

// censusesKept is how many are remembered.
const censusesKept = 12

// set is which documents a query has, those that were removed too.
type set struct {
	query   Query
	version int64
	all     bool // every document
	bits    []uint64
	hides   bool // those that were removed do not count
	removed []uint64
}

// has says whether document n counts.
func (s *set) has(n int64) bool {
	if !s.all && !bit(s.bits, n) {
		return false
	}
	return !s.hides || !bit(s.removed, n)
}

func bit(bits []uint64, n int64) bool { return n/64 < int64(len(bits)) && bits[n/64]&(1<<(n%64)) != 0 }

func bitsOf(ns []int64) []uint64 {
	if len(ns) == 0 {
		return nil
	}
	out := make([]uint64, slices.Max(ns)/64+1)
	for _, n := range ns {
		out[n/64] |= 1 << (n % 64)
	}
	return out
}

// setOf reads which documents a query has; withRemoved says that those that were removed
// count in any case.
func (a *Archive) setOf(ctx context.Context, q Query, l lookup, withRemoved bool) (*set, error) {
	version, err := a.moment(ctx)
	if err != nil {
		return nil, err
	}
	f := &finder{lookup: l}
	if l.node != nil {
		f.condition(l.node)
	}
	hides := !withRemoved && q.Status == "" && !q.Work && !f.removed
	q.removed = true
	if s := a.censuses.set; s != nil && s.query == q && s.version == version {
		again := *s
		again.hides = hides
		return &again, nil
	}
	s := &set{query: q, version: version, hides: hides, all: q == Query{removed: true}}
	if !s.all {
		ns, err := a.numbers(ctx, q, l)
		if err != nil {
			return nil, err
		}
		s.bits = bitsOf(ns)
	}
	removed, err := a.numbers(ctx, Query{Status: "removed"}, lookup{})
	if err != nil {
		return nil, err
	}
	s.removed = bitsOf(removed)
	a.censuses.set = s
	return s, nil
}

// moment is Version; of a Snapshot, in which nothing changes, 0.
func (a *Archive) moment(ctx context.Context) (int64, error) {
	if a.snap != nil {
		return 0, nil
	}
	return a.Version(ctx)
}

// censusOf is the SELECT of what documents say in a facet: value and n. ?1 is the name of
// the facet, {in} a condition on n.
var censusOf = map[query.Key]string{
	query.Tag:      "SELECT i.key AS value, d.n AS n FROM items i JOIN documents d ON d.id=i.doc WHERE i.what='tag' AND i.state='accepted' AND ?1 IS NOT NULL AND {in}",
	query.Mark:     "SELECT i.key AS value, d.n AS n FROM items i JOIN documents d ON d.id=i.doc WHERE i.what='mark' AND i.state='accepted' AND ?1 IS NOT NULL AND {in}",
	query.Field:    "SELECT i.text AS value, d.n AS n FROM items i JOIN documents d ON d.id=i.doc WHERE i.what='value' AND i.state='accepted' AND i.key=?1 AND i.text<>'' AND {in}",
	query.Missing:  "SELECT 'there' AS value, d.n AS n FROM items i JOIN documents d ON d.id=i.doc WHERE i.what='value' AND i.state='accepted' AND i.key=?1 AND {in}",
	query.By:       "SELECT l.actor AS value, d.n AS n FROM log l JOIN documents d ON d.id=l.subject WHERE l.kind<>'document.import' AND ?1 IS NOT NULL AND {in}",
	query.Status:   "SELECT status AS value, n FROM documents WHERE ?1 IS NOT NULL AND {in}",
	query.Date:     "SELECT " + period + " AS value, n, earliest, latest FROM documents WHERE date<>'' AND ?1 IS NOT NULL AND {in}",
	query.Assigned: "SELECT assignee AS value, n FROM documents WHERE assignee<>'' AND ?1 IS NOT NULL AND {in}",
	query.Package:  "SELECT package AS value, n FROM documents WHERE package<>'' AND ?1 IS NOT NULL AND {in}",
	query.Format:   "SELECT info->>'$.format' AS value, n FROM documents WHERE ?1 IS NOT NULL AND {in}",
	query.Encoding: "SELECT info->>'$.encoding' AS value, n FROM documents WHERE ?1 IS NOT NULL AND {in}",
	query.Language: "SELECT info->>'$.language' AS value, n FROM documents WHERE ?1 IS NOT NULL AND {in}",
	query.Has:      "SELECT has AS value, n FROM documents WHERE ?1 IS NOT NULL AND {in}",
}

// census gives what all documents say in a facet.
func (a *Archive) census(ctx context.Context, f Facet) (*census, error) {
	version, err := a.moment(ctx)
	if err != nil {
		return nil, err
	}
	t := &census{facet: f, version: version}
	if at := slices.IndexFunc(a.censuses.known, func(k *census) bool { return k.facet == f }); at >= 0 {
		known := a.censuses.known[at]
		if known.version == version {
			return known, nil
		}
		ns, few, err := a.changedSince(ctx, known.version)
		if err != nil {
			return nil, err
		}
		if few {
			err = a.mend(ctx, t, known, ns)
		} else {
			err = a.readCensus(ctx, t, "1", "")
		}
		if err != nil {
			return nil, err
		}
		a.censuses.known = slices.Delete(a.censuses.known, at, at+1)
	} else if err := a.readCensus(ctx, t, "1", ""); err != nil {
		return nil, err
	}
	a.censuses.known = append(a.censuses.known, t)
	a.censuses.known = a.censuses.known[max(0, len(a.censuses.known)-censusesKept):]
	return t, nil
}

// mend makes a census of one that was known before some documents changed.
func (a *Archive) mend(ctx context.Context, t, known *census, changed []int64) error {
	bits := bitsOf(changed)
	t.values = slices.Clone(known.values)
	t.at = make([]uint64, 0, len(known.at)+len(changed))
	for _, x := range known.at {
		if !bit(bits, int64(x>>32)) {
			t.at = append(t.at, x)
		}
	}
	if len(changed) == 0 {
		return nil
	}
	return a.readCensus(ctx, t, "n IN ("+strings.ReplaceAll(numberList, "?", "?2")+")", numbersArg(changed))
}

// readCensus adds to a census what documents say that meet a condition on n.
func (a *Archive) readCensus(ctx context.Context, t *census, in, arg string) error {
	sql := strings.ReplaceAll(censusOf[t.facet.Key], "{in}", in)
	groups := "1"
	if t.facet.Key == query.Date {
		groups = "earliest, latest" // as they lie in an index
	}
	rows, err := a.r.QueryContext(ctx, "SELECT value, group_concat(n) FROM ("+sql+") WHERE ?2 IS NOT NULL AND value IS NOT NULL AND value<>'' GROUP BY "+groups, t.facet.Name, arg)
	if err != nil {
		return err
	}
	defer rows.Close()
	index := map[string]int{}
	for i, v := range t.values {
		index[v] = i
	}
	for rows.Next() {
		var value string
		var list []byte
		if err := rows.Scan(&value, &list); err != nil {
			return err
		}
		ns, err := readNumbers(nil, list)
		if err != nil {
			return err
		}
		i, ok := index[value]
		if !ok {
			i = len(t.values)
			t.values, index[value] = append(t.values, value), i
		}
		for _, n := range ns {
			t.at = append(t.at, uint64(n)<<32|uint64(i))
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	slices.Sort(t.at)
	t.at = slices.Compact(t.at) // who did several things to one
	giveBack(len(t.at))
	return nil
}

// count counts the values of the documents of a set, each document once for a value.
func (t *census) count(s *set) []int {
	out := make([]int, len(t.values))
	for _, x := range t.at {
		if s.has(int64(x >> 32)) {
			out[x&(1<<32-1)]++
		}
	}
	return out
}

// each hands over the values of one document after the other of a set.
func (t *census) each(s *set, f func(values []uint64)) {
	for at := t.at; len(at) > 0; {
		n := at[0] >> 32
		k := 1
		for k < len(at) && at[k]>>32 == n {
			k++
		}
		if s.has(int64(n)) {
			f(at[:k])
		}
		at = at[k:]
	}
}

// size is how many documents a set has.
func (a *Archive) setSize(ctx context.Context, s *set) (int, error) {
	t, err := a.census(ctx, Facet{Key: query.Status})
	if err != nil {
		return 0, err
	}
	n := 0
	for _, k := range t.count(s) {
		n += k
	}
	return n, nil
}

// forget is for when documents were numbered anew.
func (k *censuses) forget() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.known, k.set = nil, nil
}
