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
	defer c.sums.close()
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
			c.meter.add(tablesStage, 1000)
		}
	}
	if err := log.Err(); err != nil {
		return err
	}
	if err := rows.compare(r.doc, have); err != nil {
		return err
	}
	if n, err := c.count("SELECT count(*) FROM texts"); err != nil || n != len(c.texts)+len(c.laterTexts) {
		if err == nil {
			err = found("", "the file holds %d source texts, where the log has %d", n, len(c.texts)+len(c.laterTexts))
		}
		return err
	}
	if err := c.kinds(kinds); err != nil {
		return err
	}
	if err := rows.end(); err != nil {
		return err
	}
	if err := c.textOrder(); err != nil {
		return err
	}
	c.meter.done(tablesStage)
	return nil
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
	if errors.Is(err, archive.ErrUnknownKind) {
		return fmt.Errorf("operation %s: %w", e.ID.Short(), ErrNewer)
	}
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
	switch {
	case e.Body == nil || outcome == archive.Lost:
	case e.Kind == "document.import":
		return c.sourceText(e)
	case e.Kind == archive.TextKind:
		return c.laterText(e)
	}
	return nil
}

// sourceText holds the source text of an import against what the log says of it.
func (c *checker) sourceText(e *Entry) error {
	body, err := archive.ImportOf(&e.Op)
	if err != nil {
		return found(e.ID, "%v", err)
	}
	at := textAt{op: archive.Op{Clock: e.Clock, Replica: e.Replica, Seq: e.Seq, Subject: e.Subject}}
	if at.id, err = c.textRow(e.Subject, 1, body); err != nil {
		return err
	}
	if last := len(c.texts) - 1; last < 0 || c.texts[last].op.Subject != e.Subject {
		c.texts = append(c.texts, at)
	}
	if _, known := c.shas[body.Info.SHA256]; !known {
		c.shas[body.Info.SHA256] = e.Subject
	}
	return nil
}

// laterText holds a source text that was made later against what the log says of it.
func (c *checker) laterText(e *Entry) error {
	body, err := archive.TextOf(&e.Op)
	if err != nil {
		return found(e.ID, "%v", err)
	}
	if body.Read == nil || body.Read.Info.Text < 2 {
		return nil
	}
	n := body.Read.Info.Text
	if key := fmt.Sprint(e.Subject, " ", n); !c.laterTexts[key] { // the operation that made it may be lost
		if c.laterTexts == nil {
			c.laterTexts = map[string]bool{}
		}
		c.laterTexts[key] = true
		_, err = c.textRow(e.Subject, n, body.Read)
	}
	return err
}

// textRow is the number in the table of source text n of a document, which is as body
// says.
func (c *checker) textRow(doc archive.ID, n int, body *archive.ImportBody) (id int64, err error) {
	var sha, recipe string
	err = c.q.QueryRowContext(c.ctx, "SELECT id, sha256, recipe FROM texts WHERE doc=? AND n=?", doc, n).Scan(&id, &sha, &recipe)
	switch {
	case errors.Is(err, sql.ErrNoRows) && n == 1:
		return 0, found(doc, "document %s has lost its source text", doc.Short())
	case errors.Is(err, sql.ErrNoRows):
		return 0, found(doc, "document %s has lost its source text %d", doc.Short(), n)
	case err != nil:
		return 0, err
	case sha != body.TextSHA:
		return 0, found(doc, "source text %d of document %s is not the one that was imported", n, doc.Short())
	case recipe != body.RecipeText():
		return 0, found(doc, "the recipe of source text %d of document %s is not the one that was imported", n, doc.Short())
	}
	return id, nil
}
