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
	if n, err := c.count("SELECT count(*) FROM texts"); err != nil || n != len(c.texts) {
		if err == nil {
			err = found("", "the file holds %d source texts, where the log has %d", n, len(c.texts))
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
	if e.Kind == "document.import" && e.Body != nil && outcome != archive.Lost {
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
	at := textAt{op: archive.Op{Clock: e.Clock, Replica: e.Replica, Seq: e.Seq, Subject: e.Subject}}
	err = c.q.QueryRowContext(c.ctx, "SELECT id, sha256, recipe FROM texts WHERE doc=? AND n=1", e.Subject).Scan(&at.id, &sha, &recipe)
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
	if last := len(c.texts) - 1; last < 0 || c.texts[last].op.Subject != e.Subject {
		c.texts = append(c.texts, at)
	}
	if _, known := c.shas[body.Info.SHA256]; !known {
		c.shas[body.Info.SHA256] = e.Subject
	}
	return nil
}
