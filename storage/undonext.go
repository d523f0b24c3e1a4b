package storage

import (
	"context"
	"database/sql"
	"errors"

	"fonds/storage/archive"
)

// Turn is what the next undo or redo of somebody would be about.
type Turn struct {
	Ops   int     // how many operations; 0: there is nothing
	First []Entry // the first of them, a few at most, as they were made
}

// turnEntries is how many operations a Turn tells of.
const turnEntries = 20

// NextTurns says what Undo would take back for actor, and what Redo would bring back.
func (a *Archive) NextTurns(ctx context.Context, actor string) (undo, redo Turn, err error) {
	self, err := a.Self(ctx) // once for both: the window asks after every edit
	if err != nil {
		return undo, redo, err
	}
	it := self.Person(archive.PersonName(actor))
	if it == nil {
		return undo, redo, nil
	}
	names := namesOf(it)
	if undo, err = a.nextTurn(ctx, names, archive.UndoKind); err != nil {
		return Turn{}, Turn{}, err
	}
	if redo, err = a.nextTurn(ctx, names, archive.RedoKind); err != nil {
		return Turn{}, Turn{}, err
	}
	return undo, redo, nil
}

// nextTurn is one of them; names are all names of the person, as JSON.
func (a *Archive) nextTurn(ctx context.Context, names, kind string) (t Turn, err error) {
	var batch archive.ID
	err = a.r.QueryRowContext(ctx, turnQuery(kind), names).Scan(&batch)
	if errors.Is(err, sql.ErrNoRows) {
		return t, nil
	}
	if err != nil {
		return t, explain(a.path, err)
	}
	if err := a.r.QueryRowContext(ctx, "SELECT count(*)"+ofBatch, batch, names).Scan(&t.Ops); err != nil {
		return Turn{}, explain(a.path, err)
	}
	rows, err := a.r.QueryContext(ctx, "SELECT l.id"+ofBatch+" ORDER BY l.clock, l.replica, l.seq LIMIT ?3", batch, names, turnEntries)
	if err != nil {
		return Turn{}, explain(a.path, err)
	}
	defer rows.Close()
	var ids []archive.ID
	for rows.Next() {
		var id archive.ID
		if err := rows.Scan(&id); err != nil {
			return Turn{}, explain(a.path, err)
		}
		ids = append(ids, id)
	}
	if err := rows.Err(); err != nil {
		return Turn{}, explain(a.path, err)
	}
	for _, id := range ids {
		e, err := oneEntry(ctx, a.r, id)
		if err == nil && e.Body != nil && e.Kind == archive.UndoKind { // what it had taken back
			var of archive.ID
			if of, err = archive.UndoTarget(&e.Op); err == nil {
				e, err = oneEntry(ctx, a.r, of)
			}
		}
		if err != nil {
			return Turn{}, explain(a.path, err)
		}
		t.First = append(t.First, *e)
	}
	return t, nil
}
