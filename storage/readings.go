package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"fonds/storage/archive"
)

// Readable is a document with the text that people read of it.
type Readable struct {
	ID   archive.ID
	Path string // as imported
	Text string // with the corrections in force, without what is a document of its own
}

const readableColumns = "SELECT d.id, d.path, t.n, CAST(t.text AS TEXT) FROM documents d JOIN texts t ON t.doc=d.id AND t.n=json_extract(d.info, '$.text')"

// EachReading hands over the reading text of every document that was not removed, in the order of import, until f
// returns an error, which is returned. One text is in memory at a time. Of a Snapshot all of it is of one moment. f may
// read what it likes.
func (a *Archive) EachReading(ctx context.Context, f func(Readable) error) error {
	fixed, err := a.corrected(ctx)
	if err != nil {
		return explain(a.path, err)
	}
	rows, err := a.r.QueryContext(ctx, readableColumns+" WHERE d.status<>'removed' ORDER BY d.n")
	if err != nil {
		return explain(a.path, err)
	}
	defer rows.Close()
	for rows.Next() {
		r, err := a.readable(ctx, rows, func(id archive.ID) bool { return fixed[id] })
		if err != nil {
			return explain(a.path, err)
		}
		if err := f(r); err != nil {
			return err
		}
	}
	return explain(a.path, rows.Err())
}

// Reading is the reading text of one document, whatever its status.
func (a *Archive) Reading(ctx context.Context, id archive.ID) (Readable, error) {
	row := a.r.QueryRowContext(ctx, readableColumns+" WHERE d.id=?", id)
	r, err := a.readable(ctx, row, func(archive.ID) bool { return true })
	if errors.Is(err, sql.ErrNoRows) {
		if err := refuseDestroyed(ctx, a.r, id); err != nil {
			return r, explain(a.path, err)
		}
		return r, archive.Refuse("doc-not-found", "doc", fmt.Sprintf("%q", id))
	}
	return r, explain(a.path, err)
}

// readable reads a row of readableColumns, and the corrections of the document where it may have any.
func (a *Archive) readable(ctx context.Context, from row, may func(archive.ID) bool) (r Readable, err error) {
	var n int
	if err := from.Scan(&r.ID, &r.Path, &n, &r.Text); err != nil || !may(r.ID) {
		return r, err
	}
	items, err := a.corrections(ctx, r.ID)
	if err == nil && len(items) > 0 {
		d := &archive.Document{ID: r.ID, Items: items}
		r.Text = ownText(archive.NewReading(archive.NewText(r.Text), n, items), d.Parts())
	}
	return r, err
}

// ownText is a reading text without the words of parts.
func ownText(r *archive.Reading, parts []*archive.Item) string {
	var cut archive.Cut
	for _, it := range parts {
		cut = append(cut, [2]int{r.ToReading(it.Anchor.Start.At), r.ToReading(it.Anchor.End.At)})
	}
	return cut.Left(r.Text())
}

const inForceCorrections = " FROM items WHERE what IN ('correction','split') AND state='accepted' AND doc<>''"

// corrected are the documents that have a correction or a part in force.
func (a *Archive) corrected(ctx context.Context) (map[archive.ID]bool, error) {
	rows, err := a.r.QueryContext(ctx, "SELECT DISTINCT doc"+inForceCorrections)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[archive.ID]bool{}
	for rows.Next() {
		var id archive.ID
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		out[id] = true
	}
	return out, rows.Err()
}

// corrections are those in force of a document, and its parts.
func (a *Archive) corrections(ctx context.Context, id archive.ID) (out []*archive.Item, err error) {
	rows, err := a.r.QueryContext(ctx, "SELECT "+itemColumns+inForceCorrections+" AND doc=? ORDER BY id", id)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	shared := interned{}
	for rows.Next() {
		_, it, err := shared.scanItem(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, it)
	}
	return out, rows.Err()
}
