package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"

	"fonds/storage/archive"
)

// aheadStep is how many documents or operations of a batch are read at once: few
// questions, and no more in memory than is soon needed.
var aheadStep = 500

// ahead is what is read of the file before it is wanted: documents, and what operations changed that are to be taken back.
type ahead struct {
	docs  map[archive.ID]*held
	past  map[archive.ID]archive.Done
	err   error
	ready chan struct{} // closed when it is read
}

// readStep reads documents, all in one question for each table, where reading each by itself would be most of the work.
func readStep(ctx context.Context, q querier, docs, ops []archive.ID) (out ahead) {
	arg, err := json.Marshal(docs)
	if err == nil {
		out.docs, err = readAhead(ctx, q, string(arg))
	}
	if err == nil && len(ops) > 1 {
		out.past, err = readPast(ctx, q, ops)
	}
	out.err = err
	return out
}

// step makes ready what the next operations of a batch are about: reads it, or waits for what was being read. Meanwhile it
// lets the step behind it be read on another connection: nobody else writes during this transaction, so that the file has
// for others all that the transaction has not changed, and what it has changed is held.
func (w *writer) step(docs, ops, nextDocs, nextOps []archive.ID) error {
	var got ahead
	if w.next != nil {
		<-w.next.ready
		got, w.next = *w.next, nil
	} else if docs = w.unknown(docs); len(docs) > 1 || len(ops) > 1 {
		got = readStep(w.ctx, w.tx, docs, ops)
	}
	if got.err != nil {
		return got.err
	}
	kept := w.a.kept.Load()
	for id, h := range got.docs {
		if w.docs[id] == nil && (kept == nil || kept.doc.ID != id) {
			h.Source = func(n int) (*archive.Text, error) { return source(w.ctx, w.tx, id, n) }
			w.hold(id, h)
		}
	}
	w.past = got.past
	if nextDocs = w.unknown(nextDocs); len(nextDocs) > 1 || len(nextOps) > 1 {
		next := &ahead{ready: make(chan struct{})}
		w.next = next
		ctx := w.ctx
		go func() {
			defer close(next.ready)
			out := readStep(ctx, w.a.pool, nextDocs, nextOps)
			next.docs, next.past, next.err = out.docs, out.past, out.err
		}()
	}
	return nil
}

// unknown are the documents that are neither here already nor kept, each once.
func (w *writer) unknown(ids []archive.ID) (out []archive.ID) {
	kept := w.a.kept.Load()
	asked := map[archive.ID]bool{}
	for _, id := range ids {
		if id != "" && w.docs[id] == nil && !asked[id] && (kept == nil || kept.doc.ID != id) {
			asked[id] = true
			out = append(out, id)
		}
	}
	return out
}

// readAhead reads the documents of a list of ids that are in the table, with what is
// attached to them.
func readAhead(ctx context.Context, q querier, ids string) (map[archive.ID]*held, error) {
	found, err := infosAhead(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	rows, err := q.QueryContext(ctx, "SELECT "+itemColumns+" FROM items WHERE doc IN ("+numberList+") ORDER BY doc, id", ids)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	shared := interned{}
	for rows.Next() {
		doc, it, err := shared.scanItem(rows)
		if err != nil {
			return nil, err
		}
		if h := found[doc]; h != nil {
			h.Items = append(h.Items, it)
			h.loaded = append(h.loaded, it)
		}
	}
	return found, rows.Err()
}

// infosAhead are those documents without what is attached to them.
func infosAhead(ctx context.Context, q querier, ids string) (map[archive.ID]*held, error) {
	rows, err := q.QueryContext(ctx, "SELECT id, n, info FROM documents WHERE id IN ("+numberList+")", ids)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	found := map[archive.ID]*held{}
	for rows.Next() {
		var id archive.ID
		var info sql.RawBytes
		h := &held{known: true}
		if err := rows.Scan(&id, &h.n, &info); err != nil {
			return nil, err
		}
		h.Document = &archive.Document{ID: id}
		h.Source = func(n int) (*archive.Text, error) { return source(ctx, q, id, n) }
		if h.Info, err = archive.ReadInfo(info); err != nil {
			return nil, fmt.Errorf("document %s: %w", id.Short(), err)
		}
		found[id] = h
	}
	return found, rows.Err()
}

// Documents hands documents to f in the order of their ids here, until f returns an
// error, which is returned; those that are not in the archive are left out. They are
// read some hundred at once.
func (a *Archive) Documents(ctx context.Context, ids []archive.ID, f func(*archive.Document) error) error {
	for some := range slices.Chunk(ids, aheadStep) {
		arg, err := json.Marshal(some)
		if err != nil {
			return err
		}
		found, err := readAhead(ctx, a.r, string(arg))
		if err != nil {
			return explain(a.path, err)
		}
		for _, id := range some {
			h, ok := found[id]
			if !ok {
				continue
			}
			h.Source = a.sourceOf(ctx, id)
			if err := f(h.Document); err != nil {
				return err
			}
		}
	}
	return nil
}

// pastAhead makes ready what is taken back by the step of ops that ends at end, with the step before it behind.
func (w *writer) pastAhead(ops []target, end int) error {
	begin := max(0, end-aheadStep)
	docs, ids := subjectsOf(ops[begin:end])
	nextDocs, nextIDs := subjectsOf(ops[max(0, begin-aheadStep):begin])
	return w.step(docs, ids, nextDocs, nextIDs)
}

// subjectsOf are the documents and the ids of operations.
func subjectsOf(ops []target) (docs, ids []archive.ID) {
	for _, t := range ops {
		docs, ids = append(docs, t.subject), append(ids, t.id)
	}
	return docs, ids
}

// readPast reads what operations changed.
func readPast(ctx context.Context, q querier, ops []archive.ID) (map[archive.ID]archive.Done, error) {
	arg, err := json.Marshal(ops)
	if err != nil {
		return nil, err
	}
	rows, err := q.QueryContext(ctx, `SELECT l.id, l.kind, o.effect FROM log l JOIN outcomes o ON o.n=l.n
		WHERE o.effect IS NOT NULL AND l.kind NOT IN ('document.import','undo','redo') AND l.id IN (`+numberList+`)`, string(arg))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	past := map[archive.ID]archive.Done{}
	for rows.Next() {
		var id archive.ID
		var effect sql.RawBytes
		var done archive.Done
		if err := rows.Scan(&id, &done.Kind, &effect); err != nil {
			return nil, err
		}
		if done.Changes, err = archive.ReadChanges(effect); err != nil {
			return nil, fmt.Errorf("operation %s: what it changed cannot be read: %w", id.Short(), err)
		}
		past[id] = done
	}
	return past, rows.Err()
}
