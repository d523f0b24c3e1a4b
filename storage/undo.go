package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"

	"fonds/storage/archive"
)

// Undone says what an Undo or Redo did.
type Undone struct {
	Batch archive.ID   // of the operations that did it
	Kind  string       // kind of the first operation that was taken back or brought back
	Ops   int          // how many were
	Docs  []archive.ID // about which documents, in order
	Left  []error      // what could not be, where the rest was asked for
}

// Undo takes back the latest batch of actor that is not taken back already, as
// operations of their own. Where a part of it was changed by somebody since,
// all of it is refused, unless rest asks for what still can be.
func (a *Archive) Undo(ctx context.Context, actor string, rest bool) (Undone, error) {
	return a.turn(ctx, actor, archive.UndoKind, rest, nil)
}

// UndoTelling is Undo that tells how far it is.
func (a *Archive) UndoTelling(ctx context.Context, actor string, rest bool, progress func(done, all int)) (Undone, error) {
	return a.turn(ctx, actor, archive.UndoKind, rest, progress)
}

// RedoTelling is Redo that tells how far it is.
func (a *Archive) RedoTelling(ctx context.Context, actor string, rest bool, progress func(done, all int)) (Undone, error) {
	return a.turn(ctx, actor, archive.RedoKind, rest, progress)
}

// Redo brings back what the actor's latest undo took, if that person has done
// nothing else since.
func (a *Archive) Redo(ctx context.Context, actor string, rest bool) (Undone, error) {
	return a.turn(ctx, actor, archive.RedoKind, rest, nil)
}

func (a *Archive) turn(ctx context.Context, actor, kind string, rest bool, progress func(done, all int)) (Undone, error) {
	var u Undone
	actor = archive.PersonName(actor)
	err := a.write(ctx, func(w *writer) error {
		u = Undone{Batch: a.newID()}
		w.follow = true
		batch, names, err := w.target(actor, kind)
		if err != nil {
			return err
		}
		ops, err := w.batch(batch, names)
		if err != nil {
			return err
		}
		if gone := slices.DeleteFunc(slices.Clone(ops), func(t target) bool { return t.outcome != archive.Destroyed }); !rest && len(gone) > 0 && len(gone) < len(ops) {
			return archive.Refuse("undo-part", "n", len(gone))
		}
		tell := w.halves(len(ops), progress)
		noted := map[archive.ID]bool{}
		for i := len(ops) - 1; i >= 0; i-- {
			if n := len(ops) - 1 - i; n%aheadStep == 0 {
				if err := w.pastAhead(ops, i+1); err != nil {
					return err
				}
			}
			err := w.takeBack(kind, actor, u.Batch, ops[i])
			tell(len(ops) - i)
			switch {
			case err == nil:
				u.note(ops[i], noted)
			case rest && refusal(err):
				u.Left = append(u.Left, err)
			default:
				return err
			}
		}
		if u.Ops == 0 && len(u.Left) > 0 {
			return u.Left[0]
		}
		// The loop runs backwards over what it takes back: over work, the first comes
		// last; over an undo, which ran backwards itself, it comes first.
		if kind == archive.UndoKind {
			slices.Reverse(u.Docs)
		}
		return nil
	})
	return u, err
}

// note counts one operation that was taken back.
func (u *Undone) note(op target, noted map[archive.ID]bool) {
	u.Ops++
	u.Kind = op.kind
	if !noted[op.subject] {
		noted[op.subject] = true
		u.Docs = append(u.Docs, op.subject)
	}
}

// target is the batch that an undo or a redo of actor is about, and the names that
// are or were theirs, as JSON.
func (w *writer) target(actor, kind string) (batch archive.ID, names string, err error) {
	self, err := w.doc("")
	if err != nil {
		return "", "", err
	}
	none := archive.Refuse("undo-nothing", "who", actor)
	if kind == archive.RedoKind {
		none = archive.Refuse("redo-nothing", "who", actor)
	}
	it := self.Person(actor)
	if it == nil {
		return "", "", none
	}
	names = namesOf(it)
	err = w.tx.QueryRowContext(w.ctx, turnQuery(kind), names).Scan(&batch)
	if errors.Is(err, sql.ErrNoRows) {
		return "", "", none
	}
	return batch, names, err
}

// namesOf are the names that are or were a person's, as JSON: what they did stands
// in the log under the name of that day.
func namesOf(it *archive.Item) string {
	list, _ := json.Marshal(it.Names())
	return string(list)
}

// neverTurned are the kinds that somebody does and that an undo passes by.
const neverTurned = "'archive.create','person.join','" + archive.RecordKind + "','" + archive.ImportBeginKind + "','" + archive.ImportEndKind + "'"

// turnQuery asks for the batch that an undo or a redo of one person is about, whose
// names are ?1: the latest of each name, and of these the latest.
func turnQuery(kind string) string {
	latest := func(not string) string {
		return `SELECT batch, kind FROM log WHERE n IN (SELECT (SELECT l.n FROM log l JOIN outcomes o ON o.n=l.n
			WHERE l.actor=names.value AND l.kind NOT IN (` + not + `'redo',` + neverTurned + `)
			AND o.outcome IN ('applied','destroyed') AND o.undone_by IS NULL ORDER BY l.clock DESC, l.replica DESC, l.seq DESC LIMIT 1)
			FROM json_each(?1) names) ORDER BY clock DESC, replica DESC, seq DESC LIMIT 1`
	}
	if kind == archive.RedoKind {
		// The latest undo that is not redone, unless something was done after it.
		return "SELECT batch FROM (" + latest("") + ") WHERE kind='undo'"
	}
	return "SELECT batch FROM (" + latest("'undo',") + ")"
}

// ofBatch are the operations of one person in a batch that count: ?1 is the batch,
// ?2 the person's names.
const ofBatch = ` FROM log l JOIN outcomes o ON o.n=l.n WHERE l.batch=?1 AND +l.actor IN (SELECT value FROM json_each(?2))
	AND o.outcome IN ('applied','destroyed') AND o.undone_by IS NULL AND l.kind NOT IN (` + neverTurned + `)`

// target is an operation that is to be taken back.
type target struct {
	n           int64 // log.n
	id, subject archive.ID
	kind        string
	outcome     archive.Outcome
}

// batch lists the operations of somebody of these names in a batch that count, in order.
func (w *writer) batch(id archive.ID, names string) ([]target, error) {
	rows, err := w.tx.QueryContext(w.ctx, "SELECT l.n, l.id, l.subject, l.kind, o.outcome"+ofBatch+" ORDER BY l.clock, l.replica, l.seq", id, names)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []target
	for rows.Next() {
		var t target
		if err := rows.Scan(&t.n, &t.id, &t.subject, &t.kind, &t.outcome); err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, rows.Err()
}

// takeBack appends the operation that takes one back, and notes that it is.
func (w *writer) takeBack(kind, actor string, batch archive.ID, t target) error {
	if t.kind == archive.DestroyKind {
		return archive.Refuse("undo-destroyed", "who", actor)
	}
	if t.outcome == archive.Destroyed {
		return refuseDestroyed(w.ctx, w.tx, t.subject)
	}
	body, version, err := archive.BodyOf(kind, archive.UndoBody{Op: t.id})
	if err != nil {
		return err
	}
	op, err := w.append(kind, version, actor, t.subject, batch, body)
	if err != nil {
		return err
	}
	return w.markUndone(t, op)
}

// markUndone notes that op took back what t did. Where t was an undo itself,
// what that had taken back counts again.
func (w *writer) markUndone(t target, op *archive.Op) error {
	if err := w.tx.later(func(tx *sql.Tx) error {
		_, err := tx.ExecContext(w.ctx, "UPDATE outcomes SET undone_by=? WHERE n=?", string(op.ID), t.n)
		return err
	}); err != nil {
		return err
	}
	if op.Kind != archive.RedoKind {
		return nil
	}
	_, err := w.tx.ExecContext(w.ctx, "UPDATE outcomes SET undone_by=NULL WHERE n IN (SELECT o.n FROM outcomes o JOIN log l ON l.n=o.n WHERE l.subject=? AND o.undone_by=?)", op.Subject, t.id)
	return err
}
