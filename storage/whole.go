package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"fonds/storage/archive"
)

// Whole is a document with all that the archive has of it but its original.
type Whole struct {
	*archive.Document
	Recipe  json.RawMessage // of its source text
	History []Entry         // the oldest first; nil where it was not asked for
}

// Wholes reads documents, in the order of ids, in one question for each table. An id
// that the archive does not hold is left out. Texts are held in memory: ask for few
// at a time.
func (a *Archive) Wholes(ctx context.Context, ids []archive.ID, history bool) ([]Whole, error) {
	arg, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	r := wholes{ctx, a.r, string(arg), map[archive.ID]*Whole{}}
	steps := []func() error{r.infos, r.texts, r.items}
	if history {
		steps = append(steps, r.histories)
	}
	for _, read := range steps {
		if err := read(); err != nil {
			return nil, explain(a.path, err)
		}
	}
	out := make([]Whole, 0, len(ids))
	for _, id := range ids {
		if w := r.found[id]; w != nil {
			out = append(out, *w)
		}
	}
	return out, nil
}

// Described reads documents in the order of ids, without their texts, and of what is
// attached to them only the items of the given kinds: what an index of many documents
// asks for. An id that the archive does not hold is left out.
func (a *Archive) Described(ctx context.Context, ids []archive.ID, whats ...archive.What) ([]*archive.Document, error) {
	arg, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	kinds, err := json.Marshal(append([]archive.What{}, whats...))
	if err != nil {
		return nil, err
	}
	r := wholes{ctx, a.r, string(arg), map[archive.ID]*Whole{}}
	if err := r.infos(); err != nil {
		return nil, explain(a.path, err)
	}
	if err := r.itemsOf("SELECT "+itemColumns+" FROM items WHERE doc IN ("+numberList+") AND what IN ("+numberList+") ORDER BY doc, id", r.ids, string(kinds)); err != nil {
		return nil, explain(a.path, err)
	}
	out := make([]*archive.Document, 0, len(ids))
	for _, id := range ids {
		if w := r.found[id]; w != nil {
			out = append(out, w.Document)
		}
	}
	return out, nil
}

// row is a row of an answer.
type row interface{ Scan(...any) error }

// wholes is one reading of Wholes.
type wholes struct {
	ctx   context.Context
	q     querier
	ids   string // JSON
	found map[archive.ID]*Whole
}

// each hands every row of a query over the ids to scan.
func (r *wholes) each(query string, scan func(row) error) error {
	rows, err := r.q.QueryContext(r.ctx, query, r.ids)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (r *wholes) infos() error {
	return r.each("SELECT id, info FROM documents WHERE id IN ("+numberList+")", func(rows row) error {
		var info sql.RawBytes
		d := &archive.Document{}
		if err := rows.Scan(&d.ID, &info); err != nil {
			return err
		}
		var err error
		if d.Info, err = archive.ReadInfo(info); err != nil {
			return fmt.Errorf("document %s: %w", d.ID.Short(), err)
		}
		r.found[d.ID] = &Whole{Document: d}
		return nil
	})
}

func (r *wholes) texts() error {
	texts := map[archive.ID]map[int]*archive.Text{}
	err := r.each("SELECT doc, n, recipe, CAST(text AS TEXT) FROM texts WHERE doc IN ("+numberList+")", func(rows row) error {
		var id archive.ID
		var n int
		var recipe, text string
		if err := rows.Scan(&id, &n, &recipe, &text); err != nil {
			return err
		}
		if texts[id] == nil {
			texts[id] = map[int]*archive.Text{}
		}
		texts[id][n] = archive.NewText(text)
		if w := r.found[id]; w != nil && w.Info.Text == n {
			w.Recipe = json.RawMessage(recipe)
		}
		return nil
	})
	for id, w := range r.found {
		of := texts[id]
		w.Source = func(n int) (*archive.Text, error) {
			if of[n] == nil {
				return nil, fmt.Errorf("document %s has no source text %d", id.Short(), n)
			}
			return of[n], nil
		}
	}
	return err
}

func (r *wholes) items() error {
	return r.itemsOf("SELECT "+itemColumns+" FROM items WHERE doc IN ("+numberList+") ORDER BY doc, id", r.ids)
}

func (r *wholes) itemsOf(query string, args ...any) error {
	shared := interned{}
	rows, err := r.q.QueryContext(r.ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		doc, it, err := shared.scanItem(rows)
		if err != nil {
			return err
		}
		if w := r.found[doc]; w != nil {
			w.Items = append(w.Items, it)
		}
	}
	return rows.Err()
}

func (r *wholes) histories() error {
	return r.each("SELECT "+entryColumns+" WHERE l.subject IN ("+numberList+") ORDER BY l.subject, l.clock, l.replica, l.seq", func(rows row) error {
		e, effect, err := scanEntry(rows)
		if err != nil {
			return err
		}
		if w := r.found[e.Subject]; w != nil {
			if err := e.setEffect(effect); err != nil {
				return err
			}
			w.History = append(w.History, *e)
		}
		return nil
	})
}

// Bearing lists the documents that bear a mark of one of some labels or a value of one
// of some fields, in whatever state.
func (a *Archive) Bearing(ctx context.Context, labels, fields []string) (out []archive.ID, err error) {
	marks, err := json.Marshal(append([]string{}, labels...))
	if err != nil {
		return nil, err
	}
	values, err := json.Marshal(append([]string{}, fields...))
	if err != nil {
		return nil, err
	}
	rows, err := a.r.QueryContext(ctx, `SELECT DISTINCT doc FROM items WHERE doc<>'' AND
		(what='mark' AND key IN (SELECT value FROM json_each(?1)) OR what='value' AND key IN (SELECT value FROM json_each(?2))) ORDER BY doc`, string(marks), string(values))
	if err != nil {
		return nil, explain(a.path, err)
	}
	defer rows.Close()
	for rows.Next() {
		var id archive.ID
		if err := rows.Scan(&id); err != nil {
			return nil, explain(a.path, err)
		}
		out = append(out, id)
	}
	return out, explain(a.path, rows.Err())
}
