package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"fonds/storage/archive"
)

// Result is what became of one edit.
type Result struct {
	Op   archive.ID // the operation
	Item archive.ID // the value, tag, mark … that it made or changed, where it is one
	Doc  archive.ID
	Part archive.ID // the document that a split made
	Err  error      // why it was not done (ApplyEach only)
}

// EditError says which of several edits was refused. It unwraps to the reason.
type EditError struct {
	Index int
	Err   error
}

// Error is the reason; the caller knows which edit was which.
func (e *EditError) Error() string { return e.Err.Error() }

// Unwrap gives the reason.
func (e *EditError) Unwrap() error { return e.Err }

// Apply does what the edits say, all of it or nothing, as one batch of actor;
// an edit that names its own person (As) is that person's. It returns when the
// change is durable. A refusal is an *EditError.
func (a *Archive) Apply(ctx context.Context, actor string, edits ...*archive.Edit) ([]Result, error) {
	edits, err := a.withTexts(ctx, edits)
	if err != nil {
		return nil, err
	}
	out := make([]Result, len(edits))
	err = a.write(ctx, func(w *writer) error {
		batch := a.newID()
		w.follow = true
		for i, e := range edits {
			if err := w.editsAhead(edits, i); err != nil {
				return err
			}
			r, err := w.edit(actor, batch, e)
			if err != nil {
				return &EditError{i, err}
			}
			out[i] = r
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// ApplyEach does each edit that is not refused, as one batch, and says of the
// others why not. err is for what concerns them all.
func (a *Archive) ApplyEach(ctx context.Context, actor string, edits ...*archive.Edit) ([]Result, error) {
	return a.ApplyMany(ctx, actor, nil, edits...)
}

// ApplyMany is ApplyEach that tells progress (nil: nobody) how many of the edits are done, an edit being half done until what
// it changed is written down. Where
// ctx ends before the last, none of them is done.
func (a *Archive) ApplyMany(ctx context.Context, actor string, progress func(done int), edits ...*archive.Edit) ([]Result, error) {
	out := make([]Result, len(edits))
	err := a.write(ctx, func(w *writer) error {
		batch := a.newID()
		w.follow = true
		var tell func(int)
		if progress != nil {
			tell = w.halves(len(edits), func(done, _ int) { progress(done) })
		}
		for i, e := range edits {
			if err := w.editsAhead(edits, i); err != nil {
				return err
			}
			r, err := w.edit(actor, batch, e)
			if err != nil && !refusal(err) {
				return err
			}
			r.Err = err
			out[i] = r
			if tell != nil {
				tell(i + 1)
			}
		}
		return ctx.Err()
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// editsAhead makes ready, at the beginning of each step of a batch, the documents that
// its edits name by their ids.
func (w *writer) editsAhead(edits []*archive.Edit, at int) error {
	if at%aheadStep != 0 || len(edits) == 1 {
		return nil
	}
	named := func(at int) (ids []archive.ID) {
		for _, e := range edits[min(at, len(edits)):min(at+aheadStep, len(edits))] {
			ids = append(ids, archive.ID(e.Doc))
		}
		return ids
	}
	return w.step(named(at), nil, named(at+aheadStep), nil)
}

// refusal tells what a rule says from what a disk says.
func refusal(err error) bool {
	return errors.Is(err, archive.ErrRefused) || errors.Is(err, archive.ErrInvalid) ||
		errors.Is(err, archive.ErrNotFound) || errors.Is(err, archive.ErrStale)
}

// edit makes one edit an operation. A refusal leaves the transaction as it was.
func (w *writer) edit(actor string, batch archive.ID, e *archive.Edit) (Result, error) {
	if e.As != "" {
		actor = e.As
	}
	actor = archive.PersonName(actor)
	if err := archive.CheckName(actor); err != nil {
		return Result{}, err
	}
	h, err := w.subject(e)
	if err != nil {
		return Result{}, err
	}
	if err := w.partsAllow(actor, batch, h, e); err != nil {
		return Result{}, err
	}
	if e.Do == archive.TextKind {
		if e.Read == nil {
			again, err := w.a.withText(w.ctx, e)
			if err != nil {
				return Result{}, err
			}
			e = again
		}
		if err := numbered(w.ctx, w.tx, h.Document, e.Read); err != nil {
			return Result{}, err
		}
	}
	if e.Do == archive.SaveSearchKind {
		if e, err = savedQuery(h.Document, e); err != nil {
			return Result{}, err
		}
	}
	c := &archive.Ctx{Doc: h.Document, Actor: actor, Rules: w.rules(), NewID: w.a.newID, Self: w.docs[""].Document,
		Base: h.reading, Package: w.packageState, Placed: w.placed, Above: w.above, PageSize: w.pageSize(h)}
	body, version, err := archive.Prepare(c, e)
	if err != nil {
		return Result{}, err
	}
	if !w.rules().Knows(actor) { // nobody joins for an edit that is refused then
		if err := h.WouldRefuse(&archive.Op{Kind: e.Do, Version: version, Actor: actor, Body: body}); err != nil {
			return Result{}, err
		}
		if err := w.known(actor); err != nil {
			return Result{}, err
		}
	}
	do := func() (Result, error) { return w.appended(actor, batch, h, e.Do, version, body) }
	switch e.Do {
	case archive.SplitKind:
		return w.split(actor, batch, h, body, do)
	case archive.TextKind:
		return w.readText(h, e.Read, do)
	}
	r, err := do()
	if err == nil && e.Do == archive.JoinKind {
		err = w.join(actor, batch, h, r.Item)
	}
	return r, err
}

// appended makes a body an operation on a document.
func (w *writer) appended(actor string, batch archive.ID, h *held, kind string, version int, body []byte) (Result, error) {
	before := len(h.changes)
	op, err := w.append(kind, version, actor, h.ID, batch, body)
	if err != nil {
		return Result{}, err
	}
	if kind == archive.TextKind {
		before = len(h.changes) // it is about none of them
	}
	return Result{Op: op.ID, Item: madeItem(h.changes[min(before, len(h.changes)):]), Doc: h.ID}, nil
}

// madeItem is the item an operation is about: one that it made, else the last
// that it changed.
func madeItem(changes []archive.Change) archive.ID {
	var id archive.ID
	for _, c := range changes {
		if c.After != nil && c.Before == nil {
			return c.After.ID
		}
		if c.After != nil {
			id = c.After.ID
		}
	}
	return id
}

// subject finds the document that an edit is about, by name or by the item that
// it names.
func (w *writer) subject(e *archive.Edit) (*held, error) {
	if archive.AboutArchive(e.Do) {
		return w.doc("")
	}
	if h := w.docs[archive.ID(e.Doc)]; e.Doc != "" && h != nil && h.Info != nil {
		return h, nil // as the transaction has it: most edits of a batch
	}
	var id archive.ID
	var err error
	ref, what := e.ItemRef()
	switch {
	case e.Doc != "":
		id, err = find(w.ctx, w.tx, e.Doc)
		if e.Do == archive.DestroyKind && errors.Is(err, archive.ErrNotFound) && !ambiguous(err) {
			// One whose import was undone still lies in the file, and can come back.
			if hidden, e := one(w.ctx, w.tx, e.Doc, "SELECT DISTINCT doc FROM texts WHERE doc=?", e.Doc); e == nil {
				return w.doc(hidden)
			}
		}
	case ref != "":
		id, err = findItem(w.ctx, w.tx, what, ref)
	default:
		err = archive.Refuse("no-doc", "do", e.Do)
	}
	if err != nil {
		return nil, err
	}
	h, err := w.doc(id)
	if err == nil && h.Info == nil {
		err = archive.Refuse("doc-not-found", "doc", e.Doc)
	}
	return h, err
}

// find is the document that a reference names: an id, the end of one, or
// path:NAME.
func find(ctx context.Context, q querier, ref string) (archive.ID, error) {
	if name, ok := cutPath(ref); ok {
		id, err := one(ctx, q, ref, "SELECT id FROM documents WHERE path=?", name)
		if errors.Is(err, archive.ErrNotFound) && !ambiguous(err) { // perhaps the other place of a duplicate
			return one(ctx, q, ref, "SELECT DISTINCT doc FROM items WHERE what='origin' AND key=?", name)
		}
		return id, err
	}
	id, err := one(ctx, q, ref, "SELECT id FROM documents WHERE id=?", ref)
	if err == nil || !errors.Is(err, archive.ErrNotFound) {
		return id, err
	}
	tail, ok := tailPattern(ref)
	if ok {
		id, err = one(ctx, q, ref, "SELECT id FROM documents WHERE replace(id,'-','') LIKE ?", tail)
	}
	if errors.Is(err, archive.ErrNotFound) && !ambiguous(err) {
		gone, e := one(ctx, q, ref, "SELECT DISTINCT subject FROM log WHERE kind='document.destroy' AND (subject=?1 OR replace(subject,'-','') LIKE ?2)", ref, tail)
		if e == nil {
			err = refuseDestroyed(ctx, q, gone)
		}
	}
	return id, err
}

// findItem is the document of an item that a reference names.
func findItem(ctx context.Context, q querier, what archive.What, ref string) (archive.ID, error) {
	var doc archive.ID
	err := q.QueryRowContext(ctx, "SELECT doc FROM items WHERE id=?1 AND (what=?2 OR ?2='')", ref, what).Scan(&doc)
	if err == nil || !errors.Is(err, sql.ErrNoRows) {
		return doc, err
	}
	if tail, ok := tailPattern(ref); ok {
		id, err := one(ctx, q, ref, "SELECT doc FROM items WHERE replace(id,'-','') LIKE ?1 AND (what=?2 OR ?2='')", tail, what)
		if err == nil || !errors.Is(err, archive.ErrNotFound) {
			return id, err
		}
	}
	if what == "" {
		what = "proposal"
	}
	return "", archive.Refuse("item-not-found", "what", what, "id", ref)
}

// one runs a query that names one document, or says that none or several do.
func one(ctx context.Context, q querier, ref, query string, args ...any) (archive.ID, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	var ids []archive.ID
	for rows.Next() {
		var id archive.ID
		if err := rows.Scan(&id); err != nil {
			return "", err
		}
		ids = append(ids, id)
	}
	switch {
	case rows.Err() != nil:
		return "", rows.Err()
	case len(ids) == 0:
		return "", archive.Refuse("doc-not-found", "doc", fmt.Sprintf("%q", ref))
	case len(ids) > 1:
		names := make([]string, min(len(ids), 5))
		for i := range names {
			names[i] = ids[i].Short()
		}
		return "", archive.Refuse("doc-ambiguous", "doc", fmt.Sprintf("%q", ref), "ids", strings.Join(names, ", "))
	}
	return ids[0], nil
}

func ambiguous(err error) bool {
	var r *archive.Refusal
	return errors.As(err, &r) && r.Code == "doc-ambiguous"
}
