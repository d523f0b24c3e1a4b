package storage

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"

	"fonds/storage/archive"
)

// above is the document that a reference names and all that it belongs to, as this
// transaction has them.
func (w *writer) above(ref string) ([]archive.ID, error) {
	id, err := find(w.ctx, w.tx, ref)
	if err != nil {
		return nil, err
	}
	out := []archive.ID{id}
	for i := 0; i < len(out); i++ {
		h, err := w.doc(out[i])
		if err != nil {
			return nil, err
		}
		for _, it := range h.Belongs() {
			if whole := archive.ID(it.Text); !slices.Contains(out, whole) {
				out = append(out, whole)
			}
		}
	}
	return out, nil
}

// belongs says of a document that came in, or was there, to what it belongs: where
// that is in the archive, and is not said already.
func (w *writer) belongs(actor string, batch, id archive.ID, to []archive.Belonged) error {
	if id == "" {
		return nil // refused
	}
	for _, b := range to {
		var whole archive.ID
		err := w.tx.QueryRowContext(w.ctx, "SELECT id FROM documents WHERE sha256=? ORDER BY n LIMIT 1", b.SHA256).Scan(&whole)
		if errors.Is(err, sql.ErrNoRows) {
			continue
		}
		if err != nil {
			return err
		}
		_, err = w.edit(actor, batch, &archive.Edit{Do: archive.BelongKind, Doc: string(id), Whole: string(whole), How: b.How, Rank: &b.Rank})
		if err != nil && !refusal(err) {
			return err
		}
	}
	return nil
}

// A Belonging is one document of two that belong together: the part, or the whole.
type Belonging struct {
	ID          archive.ID
	Title, Name string
	Format      string // media type
	How         string // one of archive.Belongings
	Removed     bool   // out of view
}

// Called is the title, or the name of the file where there is none.
func (b *Belonging) Called() string { return cmp.Or(b.Title, b.Name) }

// Parts lists what belongs to a document, in their order: by rank, then as they came
// in.
func (a *Archive) Parts(ctx context.Context, whole archive.ID) ([]Belonging, error) {
	return a.belongings(ctx, `SELECT d.id, d.title, d.name, json_extract(d.info, '$.format'), i.key, d.status='removed' FROM items i JOIN documents d ON d.id=i.doc
		WHERE i.what='belonging' AND i.state='accepted' AND i.text=? ORDER BY i.source='', i.source, d.n`, whole)
}

// BelongsTo lists what a document belongs to. One that was destroyed is not among them.
func (a *Archive) BelongsTo(ctx context.Context, part archive.ID) ([]Belonging, error) {
	return a.belongings(ctx, `SELECT d.id, d.title, d.name, json_extract(d.info, '$.format'), i.key, d.status='removed' FROM items i JOIN documents d ON d.id=i.text
		WHERE i.doc=? AND i.what='belonging' AND i.state='accepted' ORDER BY i.id`, part)
}

func (a *Archive) belongings(ctx context.Context, query string, id archive.ID) (out []Belonging, err error) {
	rows, err := a.r.QueryContext(ctx, query, id)
	if err != nil {
		return nil, explain(a.path, err)
	}
	defer func() { err = errors.Join(explain(a.path, err), rows.Close()) }()
	for rows.Next() {
		var b Belonging
		if err := rows.Scan(&b.ID, &b.Title, &b.Name, &b.Format, &b.How, &b.Removed); err != nil {
			return nil, err
		}
		out = append(out, b)
	}
	return out, rows.Err()
}

// pageSize says how large the pages of a document are, by the recipe of the text that is
// read; it asks the file when it is asked.
func (w *writer) pageSize(h *held) func(page int) (int, int, bool) {
	return func(page int) (int, int, bool) {
		var raw string
		if h.Info == nil || w.tx.QueryRowContext(w.ctx, "SELECT recipe FROM texts WHERE doc=? AND n=?", h.ID, h.Info.Text).Scan(&raw) != nil {
			return 0, 0, false
		}
		p := archive.ParsePages([]byte(raw))
		return p.Size(page)
	}
}
