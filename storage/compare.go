package storage

import (
	"database/sql"
	"errors"
	"fmt"

	"fonds/storage/archive"
)

// tables replays the log and compares with the rows that screens read. Nothing is
// written.
func (c *checker) tables() error {
	total, err := c.count("SELECT count(*) FROM log")
	if err != nil {
		return err
	}
	log, err := c.q.QueryContext(c.ctx, "SELECT "+entryColumns+replayOrder)
	if err != nil {
		return err
	}
	defer log.Close()
	rows, err := newRowReader(c)
	if err != nil {
		return err
	}
	defer rows.close()
	r, err := newReplay(c.ctx, c.q)
	if err != nil {
		return err
	}
	done, have, kinds := 0, map[archive.ID]archive.ID{}, map[kindVersion]bool{}
	for log.Next() {
		e, effect, err := scanEntry(log)
		if err != nil {
			return err
		}
		if r.doc == nil || r.doc.ID != e.Subject {
			if err := rows.compare(r.doc, have); err != nil {
				return err
			}
			r.begin(e.Subject)
			clear(have)
		}
		if err := c.replayed(r, e, effect); err != nil {
			return err
		}
		kinds[kindVersion{e.Kind, e.Version}] = true
		if e.UndoneBy != "" {
			have[e.ID] = e.UndoneBy
		}
		if done++; done%1000 == 0 {
			c.o.Progress("tables", done, total)
		}
	}
	if err := log.Err(); err != nil {
		return err
	}
	if err := rows.compare(r.doc, have); err != nil {
		return err
	}
	if n, err := c.count("SELECT count(*) FROM texts"); err != nil || n != c.texts {
		if err == nil {
			err = found("", "the file holds %d source texts, where the log has %d", n, c.texts)
		}
		return err
	}
	if err := c.kinds(kinds); err != nil {
		return err
	}
	return rows.end()
}

// kinds compares the kinds of operations that the file names with those of the log.
func (c *checker) kinds(want map[kindVersion]bool) error {
	rows, err := c.q.QueryContext(c.ctx, "SELECT kind, version FROM kinds")
	if err != nil {
		return err
	}
	defer rows.Close()
	n := 0
	for rows.Next() {
		var k kindVersion
		if err := rows.Scan(&k.kind, &k.version); err != nil {
			return err
		}
		if !want[k] {
			return found("", "the file names operations of the kind %s %d, which the log has not", k.kind, k.version)
		}
		n++
	}
	if rows.Err() == nil && n != len(want) {
		return found("", "the file names %d kinds of operations, where the log has %d", n, len(want))
	}
	return rows.Err()
}

// replayed lets one operation take effect and compares what the file says of that.
func (c *checker) replayed(r *replay, e *Entry, effect sql.NullString) error {
	outcome, changes, err := r.apply(&e.Op)
	if err != nil {
		return found(e.ID, "%v", err)
	}
	if outcome == archive.Conflict {
		c.rep.Conflicts++
	}
	if outcome != e.Outcome {
		return found(e.ID, "operation %s is kept as %q, and the log makes it %q", e.ID.Short(), e.Outcome, outcome)
	}
	want, err := effectOf(e.Kind, changes)
	if err != nil {
		return err
	}
	if s, _ := want.(string); s != effect.String || (want == nil) == effect.Valid {
		return found(e.ID, "what operation %s changed is not what the log makes it change", e.ID.Short())
	}
	if e.Kind == "document.import" && e.Body != nil {
		return c.sourceText(e)
	}
	return nil
}

// sourceText holds the source text of an import against what the log says of it.
func (c *checker) sourceText(e *Entry) error {
	body, err := archive.ImportOf(&e.Op)
	if err != nil {
		return found(e.ID, "%v", err)
	}
	var sha, recipe string
	err = c.q.QueryRowContext(c.ctx, "SELECT sha256, recipe FROM texts WHERE doc=? AND n=1", e.Subject).Scan(&sha, &recipe)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return found(e.Subject, "document %s has lost its source text", e.Subject.Short())
	case err != nil:
		return err
	case sha != body.TextSHA:
		return found(e.Subject, "source text 1 of document %s is not the one that was imported", e.Subject.Short())
	case recipe != body.RecipeText():
		return found(e.Subject, "the recipe of source text 1 of document %s is not the one that was imported", e.Subject.Short())
	}
	c.texts++
	return nil
}

// rowReader walks documents and items in the order of the replay.
type rowReader struct {
	c     *checker
	docs  *sql.Rows
	items *sql.Rows

	doc     []any // the next row of documents, or nil
	n       int64 // its place in the order of import
	item    *archive.Item
	itemDoc archive.ID
}

func newRowReader(c *checker) (*rowReader, error) {
	r := &rowReader{c: c}
	var err error
	if r.docs, err = c.q.QueryContext(c.ctx, "SELECT n, id, name, path, sha256, title, date, status, proposals, chars, info FROM documents ORDER BY id"); err != nil {
		return nil, err
	}
	if r.items, err = c.q.QueryContext(c.ctx, "SELECT "+itemColumns+" FROM items ORDER BY doc, id"); err != nil {
		r.docs.Close()
		return nil, err
	}
	return r, errors.Join(r.nextDoc(), r.nextItem())
}

func (r *rowReader) close() {
	r.docs.Close()
	r.items.Close()
}

func (r *rowReader) nextDoc() error {
	r.doc = nil
	if !r.docs.Next() {
		return r.docs.Err()
	}
	var id, name, path, sha, title, date, status, info string
	var proposals, chars int64
	if err := r.docs.Scan(&r.n, &id, &name, &path, &sha, &title, &date, &status, &proposals, &chars, &info); err != nil {
		return err
	}
	r.doc = []any{archive.ID(id), name, path, sha, title, date, status, proposals, chars, info}
	return nil
}

func (r *rowReader) nextItem() (err error) {
	r.item, r.itemDoc = nil, ""
	if !r.items.Next() {
		return r.items.Err()
	}
	r.itemDoc, r.item, err = scanItem(r.items)
	return err
}

// compare holds one replayed document against its rows; have is what the file says
// of which operation took back which.
func (r *rowReader) compare(d *replayed, have map[archive.ID]archive.ID) error {
	if d == nil {
		return nil
	}
	n := int64(0)
	if d.Info != nil {
		r.c.rep.Documents++
		n = r.n
		want, err := docRow(d.Document)
		if err != nil {
			return err
		}
		if r.doc == nil || fmt.Sprint(r.doc...) != fmt.Sprint(want...) {
			return found(d.ID, "the row of document %s is not what the log makes it: %s", d.ID.Short(), short(r.doc...))
		}
		if err := r.nextDoc(); err != nil {
			return err
		}
	}
	for _, want := range d.Items {
		if r.item == nil || r.itemDoc != d.ID || !want.Equal(r.item) {
			return found(d.ID, "the %s %s of document %s is not what the log makes it", want.What, want.ID.Short(), d.ID.Short())
		}
		if err := r.nextItem(); err != nil {
			return err
		}
	}
	if r.item != nil && r.itemDoc <= d.ID {
		return found(r.itemDoc, "the %s %s stands in no operation of the log", r.item.What, r.item.ID.Short())
	}
	if len(d.undone) != len(have) {
		return found(d.ID, "what is undone of document %s is not what the log says", d.ID.Short())
	}
	for op, by := range have {
		if d.undone[op] != by {
			return found(op, "operation %s is not undone by what the file says", op.Short())
		}
	}
	if d.Info == nil {
		return nil
	}
	return r.c.passages(n, d.Document)
}

// end finds rows that are left over.
func (r *rowReader) end() error {
	if r.doc != nil {
		id := r.doc[0].(archive.ID)
		return found(id, "document %s stands in no operation of the log", id.Short())
	}
	if r.item != nil {
		return found(r.itemDoc, "the %s %s stands in no operation of the log", r.item.What, r.item.ID.Short())
	}
	return nil
}
