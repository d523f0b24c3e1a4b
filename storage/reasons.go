package storage

import (
	"context"
	"database/sql"
)

// mostReasons is how many reasons Reasons gives: what a person can look through.
const mostReasons = 30

// Reasons lists what corrections were given as their reasons in the archive, the
// most used first. It walks through all items: ask once, on a worker.
func (a *Archive) Reasons(ctx context.Context) ([]string, error) {
	rows, err := a.r.QueryContext(ctx, `SELECT reason FROM items WHERE what='correction' AND reason<>''
		GROUP BY reason ORDER BY count(*) DESC, reason LIMIT ?`, mostReasons)
	if err != nil {
		return nil, explain(a.path, err)
	}
	return a.words(rows)
}

// Rejections lists what was given as the reason of a rejection or a return, the
// most used first. It walks through all items: ask once, on a worker.
func (a *Archive) Rejections(ctx context.Context) ([]string, error) {
	rows, err := a.r.QueryContext(ctx, `SELECT why FROM (
			SELECT json_extract(decision, '$.reason') AS why FROM items WHERE decision IS NOT NULL AND state='rejected'
			UNION ALL SELECT text FROM items WHERE what='status' AND key='returned')
		WHERE why<>'' GROUP BY why ORDER BY count(*) DESC, why LIMIT ?`, mostReasons)
	if err != nil {
		return nil, explain(a.path, err)
	}
	return a.words(rows)
}

// words reads rows of one word each.
func (a *Archive) words(rows *sql.Rows) ([]string, error) {
	defer rows.Close()
	var out []string
	for rows.Next() {
		var r string
		if err := rows.Scan(&r); err != nil {
			return nil, explain(a.path, err)
		}
		out = append(out, r)
	}
	return out, explain(a.path, rows.Err())
}
