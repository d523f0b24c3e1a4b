package storage

import (
	"context"
	"fmt"

	"fonds/storage/archive"
)

// replay is the log applied from empty: the archive's own document first, then
// document by document, and within each in the total order. Each operation is
// judged by the rules of its moment. Verify compares what it gives with the rows
// that are there, Rebuild writes it down: it holds one document at a time.
type replay struct {
	source    func(doc archive.ID, n int) (*archive.Text, error)
	destroyed map[archive.ID]bool // documents whose bodies were erased, and who asked for it is known
	moments   archive.Moments     // the rules through the log
	lost      *archive.Losses     // what recoveries did not find

	doc *replayed
}

// replayOrder is the order in which a replay wants its operations.
const replayOrder = " ORDER BY l.subject, l.clock, l.replica, l.seq"

func newReplay(ctx context.Context, q querier) (*replay, error) {
	destroyed, err := destroyedSet(ctx, q)
	if err != nil {
		return nil, err
	}
	lost, err := lossesOf(ctx, q)
	return &replay{source: func(doc archive.ID, n int) (*archive.Text, error) { return source(ctx, q, doc, n) },
		destroyed: destroyed, lost: lost}, err
}

// replayed is a document as the log alone makes it.
type replayed struct {
	*archive.Document
	past map[archive.ID]archive.Done
	// undone holds, for each operation taken back, by which; turned, for each undo
	// and redo, what it is about.
	undone, turned map[archive.ID]archive.ID
}

// begin takes up the next document.
func (r *replay) begin(id archive.ID) {
	d := &replayed{Document: &archive.Document{ID: id}, past: map[archive.ID]archive.Done{},
		undone: map[archive.ID]archive.ID{}, turned: map[archive.ID]archive.ID{}}
	d.Past = func(op archive.ID) (archive.Done, error) {
		done, ok := d.past[op]
		if !ok {
			return archive.Done{}, archive.Refuse("undo-changed", "by", "", "what", "operation", "now", "")
		}
		return done, nil
	}
	d.RulesFor, d.Lost = r.moments.At, r.lost
	d.Source = func(n int) (*archive.Text, error) { return r.source(id, n) }
	r.doc = d
}

// apply lets the next operation of the document take effect. An operation
// without a body takes none, nor does one on a document that a recovery did not
// find.
func (r *replay) apply(op *archive.Op) (archive.Outcome, []archive.Change, error) {
	d := r.doc
	switch {
	case r.destroyed[op.Subject] && op.Kind != archive.DestroyKind:
		return archive.Destroyed, nil, nil
	case op.Body == nil, r.lost.Ended(op):
		return archive.Lost, nil, nil
	}
	outcome, changes, _, err := d.Apply(op)
	if err != nil {
		return "", nil, fmt.Errorf("operation %s cannot be applied: %w", op.ID.Short(), err)
	}
	done := archive.Done{Kind: op.Kind, Changes: changes}
	if op.Kind == archive.UndoKind || op.Kind == archive.RedoKind {
		t, err := archive.UndoTarget(op)
		if err != nil {
			return "", nil, err
		}
		done.Kind = d.past[t].Kind
		if outcome == archive.Applied {
			d.noteUndo(op, t)
		}
	}
	d.past[op.ID] = done
	if op.Subject == "" {
		r.moments.Note(op, d.Rules())
	}
	return outcome, changes, nil
}

// noteUndo follows which operations are taken back, as the writer's markUndone
// does.
func (d *replayed) noteUndo(op *archive.Op, target archive.ID) {
	d.undone[target], d.turned[op.ID] = op.ID, target
	if t, ok := d.turned[target]; ok && op.Kind == archive.RedoKind && d.undone[t] == target {
		delete(d.undone, t)
	}
}
