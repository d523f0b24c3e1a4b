package storage

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// The search index lies in parts of about partLen passages each, one FTS5 table
// a part. FTS5 only notes that a row is deleted (contentless_delete): its words
// stay in the file until the segment they lie in is merged with its neighbours.
// Merging a part takes a fraction of a second, merging the index of a large
// archive many.
var partLen = 8192 // tests make it small

// maxParts is less than how many SELECTs SQLite puts together (500). The last part
// grows beyond partLen.
const maxParts = 400

// part is one table of the index.
type part struct {
	n     int
	first int64 // documents.n of its first document
}

// table is the part's FTS5 table.
func (p part) table() string {
	if p.n == 0 {
		return "search"
	}
	return fmt.Sprintf("search_%d", p.n)
}

// insert is the statement that puts the words of a passage into it.
func (p part) insert() string { return "INSERT INTO " + p.table() + "(rowid, words) VALUES(?,?)" }

// create is the statement that makes the part's table: that of the migration.
func (p part) create() string {
	return "CREATE VIRTUAL TABLE " + p.table() + ` USING fts5(words, content='', contentless_delete=1,
  tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* P* S* C*'")`
}

// readParts lists the parts in order.
func readParts(ctx context.Context, q querier) ([]part, error) {
	rows, err := q.QueryContext(ctx, "SELECT n, first FROM parts ORDER BY n")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []part
	for rows.Next() {
		var p part
		if err := rows.Scan(&p.n, &p.first); err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, rows.Err()
}

// partOf is the part in which document n is indexed.
func partOf(parts []part, n int64) part {
	p := parts[0]
	for _, q := range parts[1:] {
		if q.first <= n {
			p = q
		}
	}
	return p
}

// matching are the documents that have a phrase, as a SELECT with one parameter.
func matching(parts []part) string {
	var each []string
	for _, p := range parts {
		each = append(each, fmt.Sprintf("SELECT rowid>>16 FROM %[1]s WHERE %[1]s MATCH ?1", p.table()))
	}
	return strings.Join(each, " UNION ALL ")
}

// part is the one in which document n is indexed.
func (w *writer) part(n int64) (part, error) {
	if w.parts == nil {
		var err error
		if w.parts, err = readParts(w.ctx, w.tx); err != nil {
			return part{}, err
		}
		if len(w.parts) == 0 {
			return part{}, fmt.Errorf("its search index has no parts: %w", ErrDamaged)
		}
	}
	return partOf(w.parts, n), nil
}

// roomFor begins a new part for document n, which is about to come in, where the
// last one is full.
func (w *writer) roomFor(n int64) error {
	if _, err := w.part(n); err != nil {
		return err
	}
	last := w.parts[len(w.parts)-1]
	if w.room == 0 {
		var have int
		var after int64 // the number of the last document that is indexed
		err := w.tx.QueryRowContext(w.ctx, `SELECT (SELECT count(*) FROM (SELECT 1 FROM passages WHERE id>=?1 LIMIT ?2)),
			(SELECT ifnull(max(id), 0)>>16 FROM passages)`, last.first<<16, partLen).Scan(&have, &after)
		if err != nil {
			return err
		}
		if w.room = partLen - have; w.room > 0 || n <= after || len(w.parts) == maxParts {
			w.room = max(w.room, 1)
			return nil
		}
		last = part{last.n + 1, n}
		w.parts, w.room = append(w.parts, last), partLen
		if _, err := w.tx.ExecContext(w.ctx, last.create()); err != nil {
			return err
		}
		_, err = w.tx.ExecContext(w.ctx, "INSERT INTO parts(n, first) VALUES(?,?)", last.n, last.first)
		return err
	}
	return nil
}

// layParts empties the index and lays out its parts for the texts that there are,
// by their numbers. No table is taken away: others may be about to read it.
func layParts(ctx context.Context, tx *sql.Tx) ([]part, error) {
	have, err := readParts(ctx, tx)
	if err != nil {
		return nil, err
	}
	firsts, err := fullAt(ctx, tx)
	if err != nil {
		return nil, err
	}
	var after int64
	if err := tx.QueryRowContext(ctx, "SELECT ifnull(max(id), 0)+1 FROM texts").Scan(&after); err != nil {
		return nil, err
	}
	for len(firsts) < len(have) { // those that are too many wait for what comes in
		firsts = append(firsts, after)
	}
	var parts []part
	for i, first := range firsts {
		p := part{i, first}
		parts = append(parts, p)
		do := fmt.Sprintf("INSERT INTO %[1]s(%[1]s) VALUES('delete-all')", p.table())
		if i >= len(have) {
			do = p.create()
		}
		if _, err := tx.ExecContext(ctx, do); err != nil {
			return nil, err
		}
		if _, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO parts(n, first) VALUES(?,?)", p.n, p.first); err != nil {
			return nil, err
		}
	}
	return parts, nil
}

// fullAt lists the numbers of the documents that begin a part. How many passages
// a text has is guessed from its bytes: of Chinese about two thirds of that.
func fullAt(ctx context.Context, q querier) ([]int64, error) {
	rows, err := q.QueryContext(ctx, "SELECT id, length(text) FROM texts WHERE n=1 ORDER BY id")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	firsts, passages := []int64{0}, 0
	for rows.Next() {
		var n int64
		var bytes int
		if err := rows.Scan(&n, &bytes); err != nil {
			return nil, err
		}
		if passages >= partLen && len(firsts) < maxParts {
			firsts, passages = append(firsts, n), 0
		}
		passages += 1 + passageCount(bytes/2)
	}
	return firsts, rows.Err()
}
