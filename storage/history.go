package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"fonds/storage/archive"
)

// Entry is one operation as the history shows it.
type Entry struct {
	archive.Op
	Outcome  archive.Outcome
	UndoneBy archive.ID       // the operation that took it back, or ""
	Changes  []archive.Change // nil for an import: its body says it
}

const entryColumns = `l.id, l.kind, l.version, l.replica, l.seq, l.clock, l.actor, l.layer, l.batch, l.subject,
	l.prev, l.commitment, l.hash, b.salt, b.body, o.outcome, o.effect, o.undone_by
	FROM log l LEFT JOIN bodies b ON b.n=l.n LEFT JOIN outcomes o ON o.n=l.n`

// scanEntry reads a row of entryColumns. effect is the column as it stands.
func scanEntry(rows interface{ Scan(...any) error }) (e *Entry, effect sql.NullString, err error) {
	e = &Entry{}
	var prev, commitment, hash, salt []byte
	var body, outcome, undone sql.NullString
	err = rows.Scan(&e.ID, &e.Kind, &e.Version, &e.Replica, &e.Seq, &e.Clock, &e.Actor, &e.Layer, &e.Batch, &e.Subject,
		&prev, &commitment, &hash, &salt, &body, &outcome, &effect, &undone)
	if err != nil {
		return nil, effect, err
	}
	copy(e.Prev[:], prev)
	copy(e.Commitment[:], commitment)
	copy(e.Hash[:], hash)
	if body.Valid {
		e.Salt, e.Body = salt, []byte(body.String)
	}
	e.Outcome, e.UndoneBy = archive.Outcome(outcome.String), archive.ID(undone.String)
	return e, effect, nil
}

// sealedColumns are those that a seal covers, and whether the body is there.
const sealedColumns = `l.id, l.kind, l.version, l.replica, l.seq, l.clock, l.actor, l.layer, l.batch, l.subject,
	l.prev, l.commitment, l.hash, b.n, b.salt, b.body FROM log l LEFT JOIN bodies b ON b.n=l.n`

// scanSealed reads a row of sealedColumns. Salt and body are good until the next row is read.
func (n interned) scanSealed(rows interface{ Scan(...any) error }) (*archive.Op, error) {
	op := &archive.Op{}
	var id, kind, replica, actor, layer, batch, subject, prev, commitment, hash, salt, body sql.RawBytes
	var there sql.NullInt64
	err := rows.Scan(&id, &kind, &op.Version, &replica, &op.Seq, (*int64)(&op.Clock), &actor, &layer, &batch, &subject, &prev, &commitment, &hash, &there, &salt, &body)
	if err != nil {
		return nil, err
	}
	op.Kind, op.Replica, op.Actor, op.Layer = n.of(kind), archive.ID(n.of(replica)), n.of(actor), n.of(layer)
	op.ID, op.Batch, op.Subject = archive.ID(id), archive.ID(batch), archive.ID(subject)
	copy(op.Prev[:], prev)
	copy(op.Commitment[:], commitment)
	copy(op.Hash[:], hash)
	if there.Valid {
		op.Salt, op.Body = salt, body
		if body == nil {
			op.Body = []byte{} // it is empty, and not gone
		}
	}
	return op, nil
}

// of is one of each word, out of bytes.
func (n interned) of(b []byte) string {
	if have, ok := n[string(b)]; ok {
		return have
	}
	return n.one(string(b))
}

func (e *Entry) setEffect(effect sql.NullString) error {
	if !effect.Valid {
		return nil
	}
	var err error
	if e.Changes, err = archive.ReadChanges([]byte(effect.String)); err != nil {
		return fmt.Errorf("operation %s: what it changed cannot be read: %w", e.ID.Short(), err)
	}
	return nil
}

func oneEntry(ctx context.Context, q querier, id archive.ID) (*Entry, error) {
	e, effect, err := scanEntry(q.QueryRowContext(ctx, "SELECT "+entryColumns+" WHERE l.id=?", id))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("no operation %s in this archive", id.Short())
	}
	if err != nil {
		return nil, err
	}
	return e, e.setEffect(effect)
}

// History lists operations, the newest first: those about doc, or all of them
// where doc is empty. A limit of 0 is none.
func (a *Archive) History(ctx context.Context, doc archive.ID, limit int) ([]Entry, error) {
	query, args := "SELECT "+entryColumns, []any{}
	if doc != "" {
		query, args = query+" WHERE l.subject=?", append(args, doc)
	}
	query += " ORDER BY l.clock DESC, l.replica DESC, l.seq DESC"
	if limit > 0 {
		query, args = query+" LIMIT ?", append(args, limit)
	}
	rows, err := a.r.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, explain(a.path, err)
	}
	defer rows.Close()
	var out []Entry
	for rows.Next() {
		e, effect, err := scanEntry(rows)
		if err == nil {
			err = e.setEffect(effect)
		}
		if err != nil {
			return nil, explain(a.path, err)
		}
		out = append(out, *e)
	}
	return out, explain(a.path, rows.Err())
}

// EachEntry hands over the operations of some kinds (all, where none is named) about a
// document ("": all), the oldest first, until f returns an error, which is returned. Only
// one is in memory at a time.
func (a *Archive) EachEntry(ctx context.Context, doc archive.ID, kinds []string, f func(*Entry) error) (err error) {
	rows, err := a.r.QueryContext(ctx, "SELECT "+entryColumns+` WHERE (?1='' OR l.subject=?1) AND (?2='[]' OR l.kind IN (SELECT value FROM json_each(?2)))
		ORDER BY l.clock, l.replica, l.seq`, doc, lineList(kinds))
	if err != nil {
		return explain(a.path, err)
	}
	defer func() { err = errors.Join(err, explain(a.path, rows.Close())) }()
	for rows.Next() {
		e, effect, err := scanEntry(rows)
		if err == nil {
			err = e.setEffect(effect)
		}
		if err != nil {
			return explain(a.path, err)
		}
		if err := f(e); err != nil {
			return err
		}
	}
	return explain(a.path, rows.Err())
}
