package storage

import (
	"context"
	"database/sql"
	"maps"
	"slices"

	"fonds/storage/archive"
)

// While this is on, SQLite overwrites what it deletes with zeros.
const (
	secureOn  = "PRAGMA secure_delete=ON"
	secureOff = "PRAGMA secure_delete=OFF"
)

// destroy takes everything of a document out of the tables, but for the headers
// of its operations and what the operation says that destroyed it. What may then
// still lie between the rows of the file is noted, for Erase.
func (w *writer) destroy(h *held) error {
	w.secure, w.numbered = true, false
	if _, err := w.tx.ExecContext(w.ctx, secureOn); err != nil {
		return err
	}
	n := h.n
	if n == 0 { // its import was undone: its text lies there, and its words in the index
		err := w.tx.QueryRowContext(w.ctx, "SELECT ifnull(min(id), 0) FROM texts WHERE doc=? AND n=1", h.ID).Scan(&n)
		if err != nil {
			return err
		}
	}
	p, err := w.part(n)
	if err != nil {
		return err
	}
	blobs, err := w.onlyNeededBy(h.ID)
	if err != nil {
		return err
	}
	lo, hi := n<<16, n<<16|0xffff
	for _, s := range []struct {
		query string
		args  []any
	}{
		{"DELETE FROM bodies WHERE n IN (SELECT n FROM log WHERE subject=? AND kind<>'document.destroy')", []any{h.ID}},
		{"UPDATE outcomes SET outcome='destroyed', effect=NULL, undone_by=NULL WHERE n IN (SELECT n FROM log WHERE subject=? AND kind<>'document.destroy')", []any{h.ID}},
		{"DELETE FROM items WHERE doc=?", []any{h.ID}},
		{"DELETE FROM drafts WHERE doc=?", []any{h.ID}},
		{"DELETE FROM texts WHERE doc=?", []any{h.ID}},
		{"DELETE FROM documents WHERE id=?", []any{h.ID}},
		{"DELETE FROM passages WHERE id BETWEEN ? AND ?", []any{lo, hi}},
		{"DELETE FROM " + p.table() + " WHERE rowid BETWEEN ? AND ?", []any{lo, hi}},
		{"INSERT OR REPLACE INTO erasing(doc, part) VALUES(?,?)", []any{h.ID, p.n}},
	} {
		if _, err := w.tx.ExecContext(w.ctx, s.query, s.args...); err != nil {
			return err
		}
	}
	for _, b := range blobs {
		if _, err := w.tx.ExecContext(w.ctx, "DELETE FROM chunks WHERE id BETWEEN ? AND ?", b<<20, b<<20|0xfffff); err != nil {
			return err
		}
		if _, err := w.tx.ExecContext(w.ctx, "DELETE FROM blobs WHERE id=?", b); err != nil {
			return err
		}
	}
	h.Info, h.Items, h.changes, h.gone = nil, nil, nil, true
	return nil
}

// onlyNeededBy lists the originals of a document that no other needs: neither one
// that is there, nor one whose import was undone and may be redone.
func (w *writer) onlyNeededBy(id archive.ID) ([]int64, error) {
	if w.hidden == nil {
		hidden, err := pairs(w.ctx, w.tx, `SELECT k.subject, json_extract(b.body, '$.info.sha256')
			FROM outcomes o JOIN log k ON k.n=o.n JOIN bodies b ON b.n=o.n
			WHERE (o.undone_by IS NOT NULL OR o.outcome='conflict') AND k.kind='document.import'`)
		if err != nil {
			return nil, err
		}
		w.hidden = hidden
	}
	delete(w.hidden, string(id))
	rows, err := w.tx.QueryContext(w.ctx, `SELECT DISTINCT o.id, o.sha256 FROM log l JOIN bodies b ON b.n=l.n
		JOIN blobs o ON o.sha256=json_extract(b.body, '$.info.sha256')
		WHERE l.subject=?1 AND l.kind='document.import'
		AND NOT EXISTS (SELECT 1 FROM documents WHERE sha256=o.sha256 AND id<>?1)`, id)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []int64
	for rows.Next() {
		var b int64
		var sha string
		if err := rows.Scan(&b, &sha); err != nil {
			return nil, err
		}
		if !slices.Contains(slices.Collect(maps.Values(w.hidden)), sha) {
			out = append(out, b)
		}
	}
	return out, rows.Err()
}

// pairs reads rows of two strings, the first of which are all different.
func pairs(ctx context.Context, q querier, query string) (map[string]string, error) {
	rows, err := q.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[string]string{}
	for rows.Next() {
		var k, v string
		if err := rows.Scan(&k, &v); err != nil {
			return nil, err
		}
		out[k] = v
	}
	return out, rows.Err()
}

// destroyArrived takes out of the file what operations from another copy have
// brought of documents that are destroyed: bodies, texts, originals, drafts.
func destroyArrived(ctx context.Context, tx *sql.Tx) error {
	destroyed, err := destroyedSet(ctx, tx)
	if err != nil || len(destroyed) == 0 {
		return err
	}
	if _, err := tx.ExecContext(ctx, secureOn); err != nil {
		return err
	}
	defer tx.Exec(secureOff) // where that fails, deleting goes on being thorough
	const of = " IN (SELECT subject FROM log WHERE kind='document.destroy')"
	const bodies = "FROM bodies WHERE n IN (SELECT n FROM log WHERE subject" + of + " AND kind<>'document.destroy')"
	_, err = tx.ExecContext(ctx, `INSERT OR REPLACE INTO erasing(doc, part)
			SELECT DISTINCT subject, 0 FROM log l JOIN bodies b ON b.n=l.n WHERE subject`+of+` AND kind<>'document.destroy'
			UNION SELECT doc, 0 FROM texts WHERE doc`+of+`;
		DELETE `+bodies+`;
		DELETE FROM texts WHERE doc`+of+`;
		DELETE FROM drafts WHERE doc`+of+`;
		CREATE TEMP TABLE arrived AS SELECT id FROM blobs WHERE sha256 NOT IN (
			SELECT json_extract(b.body, '$.info.sha256') FROM log l JOIN bodies b ON b.n=l.n WHERE l.kind='document.import')
			AND NOT EXISTS (SELECT 1 FROM log l WHERE l.kind='document.import' AND l.subject NOT`+of+`
				AND NOT EXISTS (SELECT 1 FROM bodies WHERE n=l.n)); -- whose original it is could not be told
		DELETE FROM chunks WHERE id IN (SELECT c.id FROM arrived a JOIN chunks c ON c.id BETWEEN a.id<<20 AND a.id<<20|0xfffff);
		DELETE FROM blobs WHERE id IN (SELECT id FROM arrived);
		DROP TABLE arrived`)
	return err
}

const destructions = `SELECT l.id, l.subject, l.actor, l.clock, b.body FROM log l JOIN bodies b ON b.n=l.n
	WHERE l.kind='document.destroy'`

// readDestructions runs a query that begins with destructions.
func readDestructions(ctx context.Context, q querier, query string, args ...any) ([]archive.Destruction, error) {
	rows, err := q.QueryContext(ctx, query+" ORDER BY l.clock, l.replica, l.seq", args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []archive.Destruction
	for rows.Next() {
		var op archive.Op
		var body string
		if err := rows.Scan(&op.ID, &op.Subject, &op.Actor, &op.Clock, &body); err != nil {
			return nil, err
		}
		op.Body = []byte(body)
		d, err := archive.DestructionOf(&op)
		if err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, rows.Err()
}

// refuseDestroyed says of a document that was destroyed how, and nothing of
// another. One that two copies of the archive have destroyed is destroyed by the
// first.
func refuseDestroyed(ctx context.Context, q querier, id archive.ID) error {
	all, err := readDestructions(ctx, q, destructions+" AND l.subject=?", id)
	if err != nil || len(all) == 0 {
		return err
	}
	return all[0].Refusal()
}

// Destroyed lists how documents ended, in order.
func (a *Archive) Destroyed(ctx context.Context) ([]archive.Destruction, error) {
	all, err := readDestructions(ctx, a.r, destructions)
	return all, explain(a.path, err)
}

// destroyedSet are the documents that were destroyed.
func destroyedSet(ctx context.Context, q querier) (map[archive.ID]bool, error) {
	rows, err := q.QueryContext(ctx, "SELECT DISTINCT subject FROM log WHERE kind='document.destroy'")
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
