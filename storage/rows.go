package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"fonds/storage/archive"
)

// querier is a database or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// itemColumns are the columns of items in the order of scanItem and saveItem.
const itemColumns = "id, doc, what, state, key, text, pos, by, at, rev, rev_by, rule, confidence, detail, anchor, confirmed, source, reason, recipe, replaces, decision, amends, first"

// scanItem reads a row of itemColumns.
func scanItem(rows *sql.Rows) (doc archive.ID, it *archive.Item, err error) {
	it = &archive.Item{}
	var anchor, replaces, decision sql.NullString
	err = rows.Scan(&it.ID, &doc, &it.What, &it.State, &it.Key, &it.Text, &it.Pos, &it.By, &it.At, &it.Rev, &it.RevBy,
		&it.Rule, &it.Confidence, &it.Detail, &anchor, &it.Confirmed, &it.Source, &it.Reason, &it.Recipe, &replaces, &decision, &it.Amends, &it.First)
	if err == nil && anchor.Valid {
		it.Anchor = &archive.Anchor{}
		err = json.Unmarshal([]byte(anchor.String), it.Anchor)
	}
	if err == nil && replaces.Valid {
		err = json.Unmarshal([]byte(replaces.String), &it.Replaces)
	}
	if err == nil && decision.Valid {
		it.Decision = &archive.Decision{}
		err = json.Unmarshal([]byte(decision.String), it.Decision)
	}
	return doc, it, err
}

// load reads a document and all that is attached to it; id "" is the archive
// itself. n is its place in the order of import, 0 where it is not there.
func load(ctx context.Context, q querier, id archive.ID) (*archive.Document, int64, error) {
	d := &archive.Document{ID: id}
	var n int64
	if id != "" {
		var info string
		err := q.QueryRowContext(ctx, "SELECT n, info FROM documents WHERE id=?", id).Scan(&n, &info)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			// Not there: only a redo may still bring it back.
		case err != nil:
			return nil, 0, err
		default:
			d.Info = &archive.Info{}
			if err := json.Unmarshal([]byte(info), d.Info); err != nil {
				return nil, 0, fmt.Errorf("document %s: %w", id.Short(), err)
			}
		}
		d.Source = func(n int) (*archive.Text, error) { return source(ctx, q, id, n) }
	}
	rows, err := q.QueryContext(ctx, "SELECT "+itemColumns+" FROM items WHERE doc=? ORDER BY id", id)
	if err != nil {
		return nil, 0, err
	}
	defer rows.Close()
	for rows.Next() {
		_, it, err := scanItem(rows)
		if err != nil {
			return nil, 0, err
		}
		d.Items = append(d.Items, it)
	}
	return d, n, rows.Err()
}

// source reads source text n of a document.
func source(ctx context.Context, q querier, id archive.ID, n int) (*archive.Text, error) {
	var text []byte
	err := q.QueryRowContext(ctx, "SELECT text FROM texts WHERE doc=? AND n=?", id, n).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("document %s has no source text %d", id.Short(), n)
	}
	if err != nil {
		return nil, err
	}
	return archive.NewText(string(text)), nil
}

func nullJSON(v any, is bool) (any, error) {
	if !is {
		return nil, nil
	}
	b, err := json.Marshal(v)
	return string(b), err
}

// saveItems writes what became of the items; of several changes of one, the last.
func (w *writer) saveItems(doc archive.ID, changes []archive.Change) error {
	done := map[archive.ID]bool{}
	for i := len(changes) - 1; i >= 0; i-- {
		c := changes[i]
		it := c.After
		if it == nil {
			it = c.Before
		}
		if it == nil || done[it.ID] {
			continue
		}
		done[it.ID] = true
		if c.After == nil {
			if _, err := w.tx.ExecContext(w.ctx, "DELETE FROM items WHERE id=?", it.ID); err != nil {
				return err
			}
			continue
		}
		row, err := itemRow(doc, it)
		if err != nil {
			return err
		}
		if _, err := w.tx.ExecContext(w.ctx, "INSERT OR REPLACE"+intoItems, row...); err != nil {
			return err
		}
	}
	return nil
}

const intoItems = " INTO items(" + itemColumns + ") VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"

// itemRow is an item as a row of itemColumns.
func itemRow(doc archive.ID, it *archive.Item) ([]any, error) {
	anchor, err := nullJSON(it.Anchor, it.Anchor != nil)
	if err != nil {
		return nil, err
	}
	replaces, err := nullJSON(it.Replaces, len(it.Replaces) > 0)
	if err != nil {
		return nil, err
	}
	decision, err := nullJSON(it.Decision, it.Decision != nil)
	if err != nil {
		return nil, err
	}
	return []any{it.ID, doc, it.What, it.State, it.Key, it.Text, it.Pos, it.By, int64(it.At), it.Rev, it.RevBy,
		it.Rule, it.Confidence, it.Detail, anchor, it.Confirmed, it.Source, it.Reason, it.Recipe, replaces, decision, it.Amends, it.First}, nil
}

// docRow is the derived row of a document, in the order of its columns.
func docRow(d *archive.Document) ([]any, error) {
	info, err := json.Marshal(d.Info)
	if err != nil {
		return nil, err
	}
	return []any{d.ID, d.Info.Name, d.Info.Path, d.Info.SHA256, d.Title(), d.Date(), string(d.Status()),
		int64(d.Proposals()), int64(d.Info.Chars), string(info)}, nil
}

const intoDocuments = "INSERT INTO documents(n, id, name, path, sha256, title, date, status, proposals, chars, info)"

// saveDocument writes the row that lists show.
func (w *writer) saveDocument(h *held) error {
	if h.Info == nil {
		h.gone = true
		_, err := w.tx.ExecContext(w.ctx, "DELETE FROM documents WHERE id=?", h.ID)
		return err
	}
	row, err := docRow(h.Document)
	if err != nil {
		return err
	}
	if h.n != 0 && !h.gone {
		_, err = w.tx.ExecContext(w.ctx, "UPDATE documents SET title=?, date=?, status=?, proposals=? WHERE n=?",
			row[4], row[5], row[6], row[7], h.n)
		return err
	}
	// A document has the number of its first source text, which stays when an
	// import is undone: redone, it stands where it stood.
	res, err := w.tx.ExecContext(w.ctx, intoDocuments+`
		VALUES((SELECT id FROM texts WHERE doc=?1 AND n=1),?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)`, row...)
	if err == nil {
		h.n, err = res.LastInsertId()
		h.gone = false
	}
	return err
}

// effectOf is what an operation changed, as it is kept; an import's is its body.
func effectOf(kind string, changes []archive.Change) (any, error) {
	if kind == "document.import" || len(changes) == 0 {
		return nil, nil
	}
	b, err := json.Marshal(changes)
	return string(b), err
}

// past reads what an operation changed, for its undo.
func past(ctx context.Context, q querier, id archive.ID) (archive.Done, error) {
	e, err := oneEntry(ctx, q, id)
	if err != nil {
		return archive.Done{}, err
	}
	switch e.Kind {
	case "document.import":
		d := &archive.Document{ID: e.Subject}
		_, changes, _, err := d.Apply(&e.Op)
		return archive.Done{Kind: e.Kind, Changes: changes}, err
	case archive.UndoKind, archive.RedoKind:
		target, err := archive.UndoTarget(&e.Op)
		if err != nil {
			return archive.Done{}, err
		}
		done, err := past(ctx, q, target)
		return archive.Done{Kind: done.Kind, Changes: e.Changes}, err
	}
	return archive.Done{Kind: e.Kind, Changes: e.Changes}, nil
}
