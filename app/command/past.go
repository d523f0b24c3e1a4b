package command

import (
	"context"

	"fonds/app/export"
	"fonds/storage"
	"fonds/storage/archive"
)

// past knows operations by their ids, and reads the history of a document when
// one is asked for that it does not know.
type past struct {
	a    *storage.Archive
	ops  map[archive.ID]export.Operation
	read map[archive.ID]bool // documents whose whole history is in ops
}

func newPast(a *storage.Archive, entries []storage.Entry) *past {
	p := &past{a: a, ops: map[archive.ID]export.Operation{}, read: map[archive.ID]bool{}}
	p.add(entries)
	return p
}

func (p *past) add(entries []storage.Entry) {
	for _, e := range entries {
		p.ops[e.ID] = export.Log(e)
	}
}

// origin follows undos and redos to what was done first. ok is false where it
// cannot be found.
func (p *past) origin(ctx context.Context, op export.Operation) (_ export.Operation, ok bool, err error) {
	for op.Of != "" {
		before, known := p.ops[op.Of]
		if !known && !p.read[op.Doc] {
			p.read[op.Doc] = true
			entries, err := p.a.History(ctx, op.Doc, 0)
			if err != nil {
				return op, false, err
			}
			p.add(entries)
			before, known = p.ops[op.Of]
		}
		if !known {
			return op, false, nil
		}
		op = before
	}
	return op, op.Do != archive.UndoKind && op.Do != archive.RedoKind, nil
}
