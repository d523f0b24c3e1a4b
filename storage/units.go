package storage

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"fonds/storage/archive"
	"fonds/storage/sorting"
)

// placed counts the documents in a unit as this transaction has them.
func (w *writer) placed(unit archive.ID) (n int, err error) {
	if err := w.flushOthers(); err != nil {
		return 0, err
	}
	err = w.tx.QueryRowContext(w.ctx, "SELECT count(*) FROM documents WHERE unit=? AND unit<>''", unit).Scan(&n)
	return n, err
}

// flushOthers writes the rows of documents that the batch has changed so far, so that
// these can be counted.
func (w *writer) flushOthers() error {
	for doc, h := range w.docs {
		if doc != "" && len(h.changes) > 0 { // the rows are those from before
			if h.Info != nil {
				_, _ = h.reading() // positions count in what was there before the batch; without a text in nothing
			}
			if err := w.flush(); err != nil {
				return err
			}
		}
	}
	return nil
}

// UnitCounts says how many documents lie in each unit itself, not in those under it;
// "" is those in none. Documents that were removed from view do not count.
func (a *Archive) UnitCounts(ctx context.Context) (out map[archive.ID]int, err error) {
	rows, err := a.r.QueryContext(ctx, "SELECT unit, count(*) FROM documents WHERE status<>'removed' AND unit<>'' GROUP BY unit")
	if err != nil {
		return nil, explain(a.path, err)
	}
	defer func() { err = errors.Join(explain(a.path, err), rows.Close()) }()
	out = map[archive.ID]int{}
	in := 0
	for rows.Next() {
		var unit archive.ID
		var n int
		if err := rows.Scan(&unit, &n); err != nil {
			return nil, err
		}
		out[unit], in = n, in+n
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	var all int
	if err := a.r.QueryRowContext(ctx, "SELECT count(*) FROM documents WHERE status<>'removed'").Scan(&all); err != nil {
		return nil, err
	}
	out[""] = all - in
	return out, nil
}

// Item is a document as it stands in a unit of the arrangement.
type Item struct {
	N                 int64
	ID                archive.ID
	Title, Name, Date string
	Code              string // its reference code, "" for none
	Coded             bool   // it has one, a person has proposed one, or has said that there is none
	Rank              string // see archive.Rank
	Status            archive.Status
	Unit              archive.ID
}

// Called is the title, or the name of the file where there is none.
func (it *Item) Called() string { return cmp.Or(it.Title, it.Name) }

// UnitItems lists the documents of units in the order in which these name them and,
// within each, in that of the archive: what was put into an order by hand, then by
// reference code, then by date, then as they came in. codes are the fields of reference codes; most 0
// is all. Without a unit it is the documents that lie in none.
func (a *Archive) UnitItems(ctx context.Context, units []archive.ID, codes []string, most int) (out []Item, err error) {
	where, args := "d.unit=''", []any{"[]", lineList(codes)}
	if len(units) > 0 {
		where, args[0] = "d.unit IN (SELECT value FROM json_each(?1))", lineList(units)
	}
	limit := " ORDER BY d.n"
	if len(units) > 0 {
		limit = " ORDER BY d.earliest, d.n"
	}
	if most > 0 && len(units) == 0 { // a million may lie in none
		limit += " LIMIT ?3"
		args = append(args, most)
	}
	rows, err := a.r.QueryContext(ctx, `SELECT d.n, d.id, d.title, d.name, d.date, d.status, d.unit, d.rank,
			ifnull((SELECT i.text FROM items i WHERE i.doc=d.id AND i.what='value' AND i.state='accepted' AND i.text<>'' AND i.key IN (SELECT value FROM json_each(?2)) ORDER BY i.pos, i.id LIMIT 1), ''),
			EXISTS (SELECT 1 FROM items i WHERE i.doc=d.id AND i.what='value' AND (i.state='accepted' OR i.state='proposed' AND i.by<>'') AND i.key IN (SELECT value FROM json_each(?2)))
		FROM documents d WHERE d.status<>'removed' AND ?1 IS NOT NULL AND `+where+limit, args...)
	if err != nil {
		return nil, explain(a.path, err)
	}
	defer func() { err = errors.Join(explain(a.path, err), rows.Close()) }()
	for rows.Next() {
		var it Item
		if err := rows.Scan(&it.N, &it.ID, &it.Title, &it.Name, &it.Date, &it.Status, &it.Unit, &it.Rank, &it.Code, &it.Coded); err != nil {
			return nil, err
		}
		out = append(out, it)
	}
	at := map[archive.ID]int{}
	for i, u := range units {
		at[u] = i
	}
	slices.SortStableFunc(out, func(a, b Item) int {
		return cmp.Or(at[a.Unit]-at[b.Unit], lastly(a.Rank, b.Rank, strings.Compare), lastly(a.Code, b.Code, byCode))
	})
	if most > 0 && len(out) > most {
		out = out[:most]
	}
	return out, rows.Err()
}

func byCode(a, b string) int { return sorting.Compare(sorting.Pinyin, a, b) }

// lastly compares, nothing behind all else.
func lastly(a, b string, compare func(a, b string) int) int {
	switch {
	case a == b:
		return 0
	case a == "":
		return 1
	case b == "":
		return -1
	}
	return compare(a, b)
}

// lineList is a list of words as an argument for json_each.
func lineList[S ~string](list []S) string {
	b, _ := json.Marshal(list) // strings
	if len(list) == 0 {
		return "[]"
	}
	return string(b)
}
