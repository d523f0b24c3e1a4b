package storage

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"fonds/storage/archive"
)

// aheadStep is how many documents or operations of a batch are read at once: few
// questions, and no more in memory than is soon needed.
const aheadStep = 500

// loadAhead reads documents that are about to be changed, all in one question for
// each table, where reading each by itself would be most of the work. What is here
// already, or kept, is left alone.
func (w *writer) loadAhead(ids []archive.ID) error {
	var ask []archive.ID
	asked := map[archive.ID]bool{}
	kept := w.a.kept.Load()
	for _, id := range ids {
		if id != "" && w.docs[id] == nil && !asked[id] && (kept == nil || kept.doc.ID != id) {
			asked[id] = true
			ask = append(ask, id)
		}
	}
	if len(ask) < 2 {
		return nil
	}
	arg, err := json.Marshal(ask)
	if err != nil {
		return err
	}
	found, err := readAhead(w.ctx, w.tx, string(arg))
	if err != nil {
		return err
	}
	for id, h := range found {
		w.hold(id, h)
	}
	return nil
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
		var info []byte
		h := &held{}
		if err := rows.Scan(&id, &h.n, &info); err != nil {
			return nil, err
		}
		h.Document = &archive.Document{ID: id, Info: &archive.Info{}}
		h.Source = func(n int) (*archive.Text, error) { return source(ctx, q, id, n) }
		if err := json.Unmarshal(info, h.Info); err != nil {
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

// pastAhead reads what operations changed that are about to be taken back. It
// holds no more than those: what was read before is forgotten.
func (w *writer) pastAhead(ops []target) error {
	w.past = map[archive.ID]archive.Done{}
	if len(ops) < 2 {
		return nil
	}
	ids := make([]archive.ID, len(ops))
	docs := make([]archive.ID, len(ops))
	for i, t := range ops {
		ids[i], docs[i] = t.id, t.subject
	}
	if err := w.loadAhead(docs); err != nil {
		return err
	}
	arg, err := json.Marshal(ids)
	if err != nil {
		return err
	}
	rows, err := w.tx.QueryContext(w.ctx, `SELECT l.id, l.kind, o.effect FROM log l JOIN outcomes o ON o.n=l.n
		WHERE o.effect IS NOT NULL AND l.kind NOT IN ('document.import','undo','redo') AND l.id IN (`+numberList+`)`, string(arg))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id archive.ID
		var effect []byte
		var done archive.Done
		if err := rows.Scan(&id, &done.Kind, &effect); err != nil {
			return err
		}
		if err := json.Unmarshal(effect, &done.Changes); err != nil {
			return fmt.Errorf("operation %s: what it changed cannot be read: %w", id.Short(), err)
		}
		w.past[id] = done
	}
	return rows.Err()
}
