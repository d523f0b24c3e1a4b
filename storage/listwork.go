package storage

import (
	"context"

	"fonds/storage/archive"
)

// WorkCounts says of the documents that a search leaves whose they are.
type WorkCounts struct {
	Mine       int // of one person
	Asked      int // on which that person has to answer something
	Unassigned int // that are still to be worked on, and nobody's
}

// WorkCounts counts them; who is the names of a person, a line each, "" for nobody.
// Without words to search for indexes say it all: no row of the table is read but
// those of documents that are somebody's.
func (a *Archive) WorkCounts(ctx context.Context, search, who string) (c WorkCounts, err error) {
	if search == "" {
		const work = "status IN ('new','in progress','returned')"
		err = a.r.QueryRowContext(ctx, `SELECT
				(SELECT count(*) FROM documents WHERE assignee<>'' AND assignee IN (`+lines+`) AND status<>'removed'),
				(SELECT count(*) FROM documents WHERE asked<>'' AND status<>'removed' AND EXISTS (SELECT 1 FROM (`+lines+`) WHERE instr(asked, char(10)||value||char(10)))),
				(SELECT count(*) FROM documents WHERE `+work+`) - (SELECT count(*) FROM documents WHERE assignee<>'' AND `+work+`)`, who).
			Scan(&c.Mine, &c.Asked, &c.Unassigned)
		return c, explain(a.path, err)
	}
	for q, into := range map[Query]*int{{Search: search, Assignee: who}: &c.Mine, {Search: search, Asked: who}: &c.Asked,
		{Search: search, Unassigned: true, Work: true}: &c.Unassigned} {
		if who == "" && !q.Unassigned {
			continue
		}
		if *into, err = a.Count(ctx, q); err != nil {
			return c, err
		}
	}
	return c, nil
}

// Load says how many documents that are still to be worked on each person has, by the
// name under which they were given.
func (a *Archive) Load(ctx context.Context) (map[string]int, error) {
	rows, err := a.r.QueryContext(ctx, `SELECT assignee, count(*) FROM documents WHERE assignee<>'' AND status IN (?,?,?) GROUP BY assignee`,
		archive.New, archive.InProgress, archive.Returned)
	if err != nil {
		return nil, explain(a.path, err)
	}
	defer rows.Close()
	out := map[string]int{}
	for rows.Next() {
		var who string
		var n int
		if err := rows.Scan(&who, &n); err != nil {
			return nil, explain(a.path, err)
		}
		out[who] = n
	}
	return out, explain(a.path, rows.Err())
}
