package storage

import (
	"context"
	"time"

	"fonds/storage/archive"
)

// Draft is what somebody was typing and has not made an edit of: the one thing
// kept outside the log.
type Draft struct {
	Doc   archive.ID
	Slot  string // the field, or another place to type
	Actor string
	Text  string
	At    time.Time
}

// SaveDraft keeps a draft in the place of an earlier one of that slot, also where
// the same person types in two windows: the last one that was saved is kept. Not one on
// a document that was destroyed meanwhile, which it refuses.
func (a *Archive) SaveDraft(ctx context.Context, d Draft) error {
	n, err := a.draft(ctx, `INSERT OR REPLACE INTO drafts(doc, slot, actor, text, at) SELECT ?1,?2,?3,?4,?5
		WHERE NOT EXISTS (SELECT 1 FROM log WHERE kind='document.destroy' AND subject=?1)`,
		d.Doc, d.Slot, d.Actor, d.Text, d.At.UnixMilli())
	if err == nil && n == 0 {
		err = refuseDestroyed(ctx, a.r, d.Doc)
	}
	return err
}

// DropDraft forgets a draft, or what the slot held before it; there need be none.
// What the same person has typed there since, in another window, stays, unless it
// says the same.
func (a *Archive) DropDraft(ctx context.Context, d Draft) error {
	_, err := a.draft(ctx, "DELETE FROM drafts WHERE doc=? AND slot=? AND actor=? AND (at<=? OR text=?)",
		d.Doc, d.Slot, d.Actor, d.At.UnixMilli(), d.Text)
	return err
}

// draft runs a statement and says how many rows it changed.
func (a *Archive) draft(ctx context.Context, query string, args ...any) (int64, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.w == nil {
		return 0, a.fixed()
	}
	if err := a.here(ctx); err != nil {
		return 0, err
	}
	at, err := a.state(ctx, a.w)
	if err != nil {
		return 0, explain(a.path, err)
	}
	res, err := a.w.ExecContext(ctx, query, args...)
	a.follow(ctx, at)
	if err != nil {
		return 0, explain(a.path, err)
	}
	return res.RowsAffected()
}

// Drafts lists what actor was typing, the latest first.
func (a *Archive) Drafts(ctx context.Context, actor string) ([]Draft, error) {
	rows, err := a.r.QueryContext(ctx, "SELECT doc, slot, actor, text, at FROM drafts WHERE actor=? ORDER BY at DESC, doc, slot", actor)
	if err != nil {
		return nil, explain(a.path, err)
	}
	defer rows.Close()
	var out []Draft
	for rows.Next() {
		var d Draft
		var at int64
		if err := rows.Scan(&d.Doc, &d.Slot, &d.Actor, &d.Text, &at); err != nil {
			return nil, explain(a.path, err)
		}
		d.At = time.UnixMilli(at).UTC()
		out = append(out, d)
	}
	return out, explain(a.path, rows.Err())
}
