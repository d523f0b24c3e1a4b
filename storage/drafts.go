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

// SaveDraft keeps a draft in the place of an earlier one of that slot.
func (a *Archive) SaveDraft(ctx context.Context, d Draft) error {
	return a.draft(ctx, `INSERT OR REPLACE INTO drafts(doc, slot, actor, text, at) VALUES(?,?,?,?,?)`,
		d.Doc, d.Slot, d.Actor, d.Text, d.At.UnixMilli())
}

// DropDraft forgets a draft; there need be none.
func (a *Archive) DropDraft(ctx context.Context, doc archive.ID, slot, actor string) error {
	return a.draft(ctx, "DELETE FROM drafts WHERE doc=? AND slot=? AND actor=?", doc, slot, actor)
}

func (a *Archive) draft(ctx context.Context, query string, args ...any) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.w == nil {
		return a.fixed()
	}
	if err := a.here(ctx); err != nil {
		return err
	}
	_, err := a.w.ExecContext(ctx, query, args...)
	return explain(a.path, err)
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
