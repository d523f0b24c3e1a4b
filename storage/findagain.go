package storage

import (
	"context"
	"slices"

	"fonds/storage/archive"
)

// lookAgain are the documents with a mark whose words are others than those it was made
// on (archive.Reading.LookAgain). Only where a correction has been in force, or
// another text was made, can there be one.
func (a *Archive) lookAgain(ctx context.Context) (ns []int64, err error) {
	rows, err := a.r.QueryContext(ctx, `SELECT n, id FROM documents WHERE id IN (SELECT doc FROM items WHERE what='mark' AND state='accepted')
		AND (info->>'$.text'<>1 OR EXISTS (SELECT 1 FROM items c WHERE c.doc=documents.id AND c.what='correction' AND c.state NOT IN ('proposed','rejected')))`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var n int64
		var id archive.ID
		if err := rows.Scan(&n, &id); err != nil {
			return nil, err
		}
		d, _, err := load(ctx, a.r, id)
		if err != nil {
			return nil, err
		}
		r, err := d.Reading()
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(d.Of(archive.AMark), func(it *archive.Item) bool { return it.InForce() && r.LookAgain(it) }) {
			ns = append(ns, n)
		}
	}
	return ns, rows.Err()
}
