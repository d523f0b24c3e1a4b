package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"fonds/storage/archive"
)

// querier is a database or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// itemColumns are the columns of items in the order of scanItem and saveItem.
const itemColumns = "id, doc, what, state, key, text, pos, by, at, rev, rev_by, rule, confidence, detail, anchor, confirmed, source, reason, recipe, replaces, decision, amends, first"

// scanItem reads a row of itemColumns. It takes what the driver has as it is:
// ten thousand rows of 23 columns are read where a big document is opened, and
// most of that time was database/sql's on finding out which type goes where.
func (n interned) scanItem(rows *sql.Rows) (doc archive.ID, it *archive.Item, err error) {
	var row [23]any
	var into [23]any
	for i := range row {
		into[i] = &row[i]
	}
	if err := rows.Scan(into[:]...); err != nil {
		return "", nil, err
	}
	c := columns{row: row[:]}
	it = &archive.Item{ID: archive.ID(c.text())}
	doc = archive.ID(n.one(c.text()))
	it.What, it.State, it.Key = archive.What(n.one(c.text())), archive.State(n.one(c.text())), n.one(c.text())
	it.Text, it.Pos, it.By, it.At = c.text(), int(c.int()), n.one(c.text()), archive.Clock(c.int())
	it.Rev, it.RevBy, it.Rule, it.Confidence, it.Detail = archive.ID(c.text()), n.one(c.text()), n.one(c.text()), c.float(), c.text()
	anchor, anchored := c.maybe()
	it.Confirmed, it.Source, it.Reason, it.Recipe = c.text(), c.text(), n.one(c.text()), n.one(c.text())
	replaces, replacing := c.maybe()
	decision, decided := c.maybe()
	it.Amends, it.First = archive.ID(c.text()), n.one(c.text())
	err = c.err
	if err == nil && anchored {
		it.Anchor, err = archive.ParseAnchor(anchor)
	}
	if err == nil && replacing {
		err = json.Unmarshal([]byte(replaces), &it.Replaces)
	}
	if err == nil && decided {
		it.Decision = &archive.Decision{}
		err = json.Unmarshal([]byte(decision), it.Decision)
	}
	return doc, it, err
}

// interned keeps one of each word that many items share: kinds, states, labels,
// people.
type interned map[string]string

func (n interned) one(s string) string {
	if s == "" {
		return ""
	}
	if have, ok := n[s]; ok {
		return have
	}
	n[s] = s
	return s
}

// columns reads a row from the left; err is the first column that was not of its
// type.
type columns struct {
	row []any
	at  int
	err error
}

func (c *columns) next() any {
	c.at++
	return c.row[c.at-1]
}

func (c *columns) text() string {
	v := c.next()
	s, ok := v.(string)
	if !ok {
		c.wrong(v)
	}
	return s
}

// maybe is the next column, and whether it is not NULL.
func (c *columns) maybe() (string, bool) {
	if c.row[c.at] == nil {
		c.at++
		return "", false
	}
	return c.text(), true
}

func (c *columns) int() int64 {
	v := c.next()
	n, ok := v.(int64)
	if !ok {
		c.wrong(v)
	}
	return n
}

func (c *columns) float() float64 {
	v := c.next()
	n, ok := v.(float64)
	if !ok {
		c.wrong(v)
	}
	return n
}

func (c *columns) wrong(v any) {
	if c.err == nil {
		c.err = fmt.Errorf("column %d of an item is %T", c.at, v)
	}
}

// load reads a document and all that is attached to it; id "" is the archive
// itself. n is its place in the order of import, 0 where it is not there.
func load(ctx context.Context, q querier, id archive.ID) (*archive.Document, int64, error) {
	d, n, err := loadInfo(ctx, q, id)
	if err != nil {
		return nil, 0, err
	}
	return d, n, loadItems(ctx, q, d)
}

// loadInfo is load without what is attached.
func loadInfo(ctx context.Context, q querier, id archive.ID) (*archive.Document, int64, error) {
	d := &archive.Document{ID: id}
	if id == "" {
		return d, 0, nil
	}
	d.Source = func(n int) (*archive.Text, error) { return source(ctx, q, id, n) }
	var n int64
	var info string
	err := q.QueryRowContext(ctx, "SELECT n, info FROM documents WHERE id=?", id).Scan(&n, &info)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return d, 0, nil // only a redo may still bring it back
	case err != nil:
		return nil, 0, err
	}
	if d.Info, err = archive.ReadInfo([]byte(info)); err != nil {
		return nil, 0, fmt.Errorf("document %s: %w", id.Short(), err)
	}
	return d, n, nil
}

// loadItems reads what is attached to a document.
func loadItems(ctx context.Context, q querier, d *archive.Document) error {
	rows, err := q.QueryContext(ctx, "SELECT "+itemColumns+" FROM items WHERE doc=? ORDER BY id", d.ID)
	if err != nil {
		return err
	}
	defer rows.Close()
	shared := interned{}
	for rows.Next() {
		_, it, err := shared.scanItem(rows)
		if err != nil {
			return err
		}
		d.Items = append(d.Items, it)
	}
	return rows.Err()
}

// source reads source text n of a document.
func source(ctx context.Context, q querier, id archive.ID, n int) (*archive.Text, error) {
	// A blob would be copied once more than a text is, and once more into a string.
	var text string
	err := q.QueryRowContext(ctx, "SELECT CAST(text AS TEXT) FROM texts WHERE doc=? AND n=?", id, n).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("document %s has no source text %d", id.Short(), n)
	}
	if err != nil {
		return nil, err
	}
	return archive.NewText(text), nil
}

func nullJSON(v any, is bool) (any, error) {
	if !is {
		return nil, nil
	}
	b, err := json.Marshal(v)
	return string(b), err
}

// saveItems writes what became of the items; of several changes of one, the last.
// SQLite reads all of a long row that lies where it looks for another's place, and
// beside one that holds megabytes that was so for each of ten thousand: so they
// come in the order of their ids, and go in the other.
func (w *writer) saveItems(doc archive.ID, changes []archive.Change) error {
	if len(changes) == 1 { // as most edits of a batch
		return w.saveItem(doc, changes[0].Before, changes[0].After)
	}
	last := map[archive.ID]archive.Change{}
	first := map[archive.ID]*archive.Item{} // as the file has it
	for _, c := range changes {
		id := changed(c)
		if id == "" {
			continue
		}
		if _, again := last[id]; !again {
			first[id] = c.Before
		}
		last[id] = c
	}
	ids := slices.Sorted(maps.Keys(last))
	for _, id := range ids {
		it := last[id].After
		if it == nil {
			continue
		}
		if err := w.saveItem(doc, first[id], it); err != nil {
			return err
		}
	}
	for _, id := range slices.Backward(ids) {
		if last[id].After != nil {
			continue
		}
		if err := w.deleteItem(id); err != nil {
			return err
		}
	}
	return nil
}

// saveItem writes what became of an item: of one that the file has only what is not as it was, for an index of what stayed
// need not be touched; nil is none.
func (w *writer) saveItem(doc archive.ID, was, is *archive.Item) error {
	if is == nil {
		if was == nil {
			return nil
		}
		return w.deleteItem(was.ID)
	}
	row, err := itemRow(doc, is)
	if err != nil {
		return err
	}
	insert := func(tx *sql.Tx) error {
		_, err := tx.ExecContext(w.ctx, "INSERT OR REPLACE"+intoItems, row...)
		return err
	}
	if was == nil {
		return w.tx.later(insert)
	}
	old, err := itemRow(doc, was)
	if err != nil {
		return err
	}
	var set strings.Builder
	var args []any
	for i, c := range itemColumnList {
		if row[i] != old[i] {
			if args != nil {
				set.WriteString(", ")
			}
			set.WriteString(c + "=?")
			args = append(args, row[i])
		}
	}
	if args == nil {
		return nil
	}
	update := "UPDATE items SET " + set.String() + " WHERE id=?"
	args = append(args, string(was.ID))
	return w.tx.later(func(tx *sql.Tx) error {
		res, err := tx.ExecContext(w.ctx, update, args...)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n > 0 {
			return err
		}
		return insert(tx) // the file has no such row
	})
}

func (w *writer) deleteItem(id archive.ID) error {
	return w.tx.later(func(tx *sql.Tx) error {
		_, err := tx.ExecContext(w.ctx, "DELETE FROM items WHERE id=?", string(id))
		return err
	})
}

var itemColumnList = strings.Split(itemColumns, ", ")

// changed is the item that a change is about, or "".
func changed(c archive.Change) archive.ID {
	switch {
	case c.After != nil:
		return c.After.ID
	case c.Before != nil:
		return c.Before.ID
	}
	return ""
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
