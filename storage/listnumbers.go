package storage

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fonds/storage/archive"
)

// Numbers gives the numbers (Summary.N) of the documents of a query in their
// order: 8 bytes each, so that who shows a list of a million documents can hold
// all of it and ask for the rows in sight. SQLite hands them over as one text:
// a row for each would take several times as long.
func (a *Archive) Numbers(ctx context.Context, q Query) ([]int64, error) {
	l, err := a.lookup(ctx, q.Search)
	if err != nil {
		return nil, err
	}
	return a.numbers(ctx, q, l)
}

// numbers is Numbers of a query that was read.
func (a *Archive) numbers(ctx context.Context, q Query, l lookup) ([]int64, error) {
	where, args := q.where(l)
	query := "SELECT group_concat(n) FROM documents WHERE " + where + " GROUP BY status"
	if (q == Query{Open: true}) { // two indexes have it, without a row of the table
		query = `SELECT group_concat(n) FROM documents INDEXED BY documents_open WHERE proposals>0
			AND n NOT IN (SELECT n FROM documents WHERE status='removed') HAVING count(*)>0`
	}
	rows, err := a.r.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, explain(a.path, err)
	}
	defer rows.Close()
	var out []int64
	for rows.Next() {
		var list []byte
		if err := rows.Scan(&list); err != nil {
			return nil, explain(a.path, err)
		}
		if out, err = readNumbers(out, list); err != nil {
			return nil, fmt.Errorf("listing documents of archive %s: %w", a.path, err)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, explain(a.path, err)
	}
	slices.Sort(out)
	if q.Limit > 0 && len(out) > q.Limit {
		if q.Before > 0 {
			return out[len(out)-q.Limit:], nil
		}
		return out[:q.Limit], nil
	}
	return out, nil
}

// readNumbers appends the numbers of a list as "1,2,3".
func readNumbers(out []int64, list []byte) ([]int64, error) {
	out = slices.Grow(out, len(list)/7)
	n := int64(0)
	for i, c := range list {
		switch {
		case c == ',' && i > 0:
			out, n = append(out, n), 0
		case c >= '0' && c <= '9':
			n = n*10 + int64(c-'0')
		default:
			return nil, fmt.Errorf("%q in a list of numbers: %w", c, ErrDamaged)
		}
	}
	return append(out, n), nil
}

// numberList is the SELECT of given numbers, with one parameter: what numbersArg
// makes of them.
const numberList = "SELECT value FROM json_each(?)"

func numbersArg(ns []int64) string {
	b := make([]byte, 0, 8*len(ns)+2)
	b = append(b, '[')
	for i, n := range ns {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(b, n, 10)
	}
	return string(append(b, ']'))
}

// Summaries gives the documents of those numbers that are in the archive, in the
// order of import.
func (a *Archive) Summaries(ctx context.Context, ns []int64) ([]Summary, error) {
	out, err := scanSummaries(a.r.QueryContext(ctx, "SELECT "+summaryColumns+" FROM documents WHERE n IN ("+numberList+") ORDER BY n", numbersArg(ns)))
	return out, explain(a.path, err)
}

// IDs gives the ids of the documents of those numbers that are in the archive, in
// the order of import.
func (a *Archive) IDs(ctx context.Context, ns []int64) ([]archive.ID, error) {
	const step = 10_000 // keeps one question short, so that stopping is quick
	out := make([]archive.ID, 0, len(ns))
	for some := range slices.Chunk(ns, step) {
		rows, err := a.r.QueryContext(ctx, "SELECT group_concat(id) FROM (SELECT id FROM documents WHERE n IN ("+numberList+") ORDER BY n)", numbersArg(some))
		if err != nil {
			return nil, explain(a.path, err)
		}
		var list *string
		for rows.Next() {
			if err := rows.Scan(&list); err != nil {
				rows.Close()
				return nil, explain(a.path, err)
			}
		}
		if err := rows.Err(); err != nil {
			return nil, explain(a.path, err)
		}
		if list != nil {
			for id := range strings.SplitSeq(*list, ",") {
				out = append(out, archive.ID(id))
			}
		}
	}
	return out, nil
}

// Places gives the numbers of those documents that are in the archive.
func (a *Archive) Places(ctx context.Context, ids []archive.ID) (map[archive.ID]int64, error) {
	arg, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	rows, err := a.r.QueryContext(ctx, "SELECT id, n FROM documents WHERE id IN ("+numberList+")", string(arg))
	if err != nil {
		return nil, explain(a.path, err)
	}
	defer rows.Close()
	out := map[archive.ID]int64{}
	for rows.Next() {
		var id archive.ID
		var n int64
		if err := rows.Scan(&id, &n); err != nil {
			return nil, explain(a.path, err)
		}
		out[id] = n
	}
	return out, explain(a.path, rows.Err())
}

// Counts says how many documents a search leaves.
type Counts struct {
	Status map[archive.Status]int
	Open   int // with open proposals, but not removed
}

// All is how many there are but those that were removed.
func (c *Counts) All() int {
	n := 0
	for st, k := range c.Status {
		if st != archive.Removed {
			n += k
		}
	}
	return n
}

// Counts counts what each status has of a search.
func (a *Archive) Counts(ctx context.Context, search string) (Counts, error) {
	c := Counts{Status: map[archive.Status]int{}}
	q := Query{Search: search, removed: true}
	l, err := a.lookup(ctx, q.Search)
	if err != nil {
		return c, err
	}
	// Without words the index of statuses says it all, and that of open proposals
	// says how many have some: no row of the table is read but those of documents
	// that were removed.
	query := `SELECT status, count(*), 0 FROM documents GROUP BY status
		UNION ALL SELECT '', 0, (SELECT count(*) FROM documents WHERE proposals>0) - (SELECT count(*) FROM documents WHERE status='removed' AND proposals>0)`
	var args []any
	if l.node != nil {
		var where string
		where, args = q.where(l)
		query = "SELECT status, count(*), sum(proposals>0 AND status<>'removed') FROM documents WHERE " + where + " GROUP BY status"
	}
	rows, err := a.r.QueryContext(ctx, query, args...)
	if err != nil {
		return c, explain(a.path, err)
	}
	defer rows.Close()
	for rows.Next() {
		var st archive.Status
		var n, open int
		if err := rows.Scan(&st, &n, &open); err != nil {
			return c, explain(a.path, err)
		}
		if st != "" {
			c.Status[st] = n
		}
		c.Open += open
	}
	return c, explain(a.path, rows.Err())
}
