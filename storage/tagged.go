package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"

	"fonds/storage/archive"
)

// Tagged is what lists say of a document, and the tags that it bears.
type Tagged struct {
	ID     archive.ID
	Title  string
	Status archive.Status
	Tags   []string // in force, in the order in which people see them
}

// Tagged hands documents with their tags to f in the order of their ids here, until f returns an error, which is returned;
// those that are not in the archive are left out. Nothing else of them is read: a tag on very many documents is looked for
// in less than half the time that Documents takes.
func (a *Archive) Tagged(ctx context.Context, ids []archive.ID, f func(*Tagged) error) error {
	for some := range slices.Chunk(ids, aheadStep) {
		arg, err := json.Marshal(some)
		if err != nil {
			return err
		}
		found, err := a.tagged(ctx, string(arg))
		if err != nil {
			return explain(a.path, err)
		}
		for _, t := range found {
			if err := f(t); err != nil {
				return err
			}
		}
	}
	return nil
}

func (a *Archive) tagged(ctx context.Context, ids string) (out []*Tagged, err error) {
	rows, err := a.r.QueryContext(ctx, `SELECT v.key, d.id, d.title, d.status, i.key FROM json_each(?) v CROSS JOIN documents d ON d.id=v.value
		LEFT JOIN items i ON i.doc=d.id AND +i.what='tag' AND +i.state='accepted' ORDER BY v.key, i.pos, i.id`, ids)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	last := int64(-1)
	for rows.Next() {
		var t Tagged
		var n int64
		var tag sql.NullString
		if err := rows.Scan(&n, &t.ID, &t.Title, &t.Status, &tag); err != nil {
			return nil, err
		}
		if n != last {
			last, out = n, append(out, &t)
		}
		if tag.Valid {
			of := out[len(out)-1]
			of.Tags = append(of.Tags, tag.String)
		}
	}
	return out, rows.Err()
}
