package storage

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"fonds/storage/archive"
	"fonds/storage/query"
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

// columnValues is the SELECT of what documents say in a column: n and the words; ?1 and
// ?2 are the first n and the one behind the last, ?3 the id of a field, {in} one more
// condition.
var columnValues = map[Column]string{
	ByTitle: "title", ByDate: "date", ByAssignee: "assignee", ByDue: "due", ByName: "name", ByPath: "path",
	ByProposals: "iif(proposals=0,'',proposals)", ByChars: "chars",
	ByStatus: "instr('" + strings.Join(statusNames(), ",") + "',status)",
	ByFormat: "ifnull(info->>'$.format','')", ByEncoding: "ifnull(info->>'$.encoding','')", ByLanguage: "ifnull(info->>'$.language','')",
}

func statusNames() (out []string) {
	for _, st := range archive.Statuses() {
		out = append(out, string(st))
	}
	return out
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

// valuesAtOnce is of how many documents values are read in one question.
const valuesAtOnce = 100_000

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
// says nothing, "". Of a status it is a number that grows as archive.Statuses has them.
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
