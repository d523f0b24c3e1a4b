package storage

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	sqlite3 "github.com/mattn/go-sqlite3"

	"fonds/storage/archive"
)

// VerifyOptions say how much to check.
type VerifyOptions struct {
	Quick    bool // the chain only, not what is derived from it nor the originals
	Progress func(what string, done, total int)
}

// Report is what Verify found. It proves what ARCHIVE.md says under "What verify
// proves", and no more.
type Report struct {
	OK         bool
	Operations int
	Documents  int
	Destroyed  int
	Conflicts  int
	Heads      map[archive.ID]archive.Hash // the end of each replica's chain
	Checked    []string                    // chain, tables, originals, index
	ClockAhead time.Duration               // of the latest operation before this machine's, where more than 24 hours
	Bad        string                      // the first bad entry, in words
	BadID      archive.ID                  // the operation or document it concerns
}

// bad is a finding: it ends the check.
type bad struct {
	id  archive.ID
	why string
}

func (b *bad) Error() string { return b.why }

func found(id archive.ID, format string, args ...any) error {
	return &bad{id, fmt.Sprintf(format, args...)}
}

// Verify checks the file against itself: the chain of every replica, then, unless
// Quick, that the log applied from empty gives the rows that screens read, that
// texts and originals have the hashes they are named by, and that the index holds
// what the texts say. Writers may go on meanwhile: it sees one moment. An error
// is what kept it from looking; a finding is in the report.
func (a *Archive) Verify(ctx context.Context, o VerifyOptions) (Report, error) {
	rep := Report{Heads: map[archive.ID]archive.Hash{}}
	// A connection of its own: SQLite's quick_check trusts what a connection
	// remembers of the FTS5 index's structure, which another may have changed.
	db, err := openReader(a.path, a.busy, a.readOnly)
	if err != nil {
		return rep, explain(a.path, err)
	}
	defer db.Close()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return rep, explain(a.path, err)
	}
	defer tx.Rollback()
	if o.Progress == nil {
		o.Progress = func(string, int, int) {}
	}
	c := &checker{a: a, ctx: ctx, q: tx, rep: &rep, o: o}
	var last int64
	if err := tx.QueryRowContext(ctx, "SELECT ifnull(max(n), 0) FROM log").Scan(&last); err != nil {
		return rep, explain(a.path, err)
	}
	// What is written once is read on another processor, in another moment: the
	// log up to here, and the blobs.
	side := make(chan [2]error, 1)
	go func() {
		var errs [2]error
		if errs[0] = c.chain(db, last); errs[0] == nil && !o.Quick {
			errs[1] = c.originals(db)
		}
		side <- errs
	}()
	var findings []error
	names := []string{"chain", "tables", "originals", "index"}
	if o.Quick {
		findings = append(findings, (<-side)[0])
		if rep.Documents, err = c.count("SELECT count(*) FROM documents"); err != nil {
			return rep, explain(a.path, err)
		}
	} else {
		tables := c.tables()
		aside := <-side
		findings = append(findings, aside[0], tables, aside[1])
		if tables == nil {
			findings = append(findings, c.index())
		}
	}
	for i, err := range findings {
		var b *bad
		switch {
		case err == nil:
			rep.Checked = append(rep.Checked, names[i])
		case errors.As(err, &b):
			rep.Bad, rep.BadID = b.why, b.id
			return rep, nil
		case errors.Is(explain(a.path, err), ErrDamaged):
			rep.Bad = "the database itself is damaged: " + err.Error()
			return rep, nil
		case ctx.Err() != nil || errors.As(err, new(sqlite3.Error)):
			return rep, explain(a.path, err)
		default: // what could be read of a row makes no sense
			rep.Bad = err.Error()
			return rep, nil
		}
	}
	rep.OK = true
	return rep, nil
}

// Heads is the end of each replica's chain: kept elsewhere, it shows later
// whether the whole file was rewritten.
func (a *Archive) Heads(ctx context.Context) (map[archive.ID]archive.Hash, error) {
	h, err := heads(ctx, a.r)
	return h, explain(a.path, err)
}

// checker is one verification on its way.
type checker struct {
	a   *Archive
	ctx context.Context
	q   *sql.Tx
	rep *Report
	o   VerifyOptions

	indexed int // passages that the documents ought to have
	texts   int // source texts that the log has
}

func (c *checker) count(query string) (n int, err error) {
	err = c.q.QueryRowContext(c.ctx, query).Scan(&n)
	return n, err
}

// chain checks every operation against its seal and its place in its replica's
// chain, replica by replica: the order in which they were written down means
// nothing where copies were put together.
func (c *checker) chain(q querier, last int64) error {
	var sound string
	check := "PRAGMA integrity_check(1)"
	if c.o.Quick {
		check = "PRAGMA quick_check(1)" // leaves out what the indexes say
	}
	if err := q.QueryRowContext(c.ctx, check).Scan(&sound); err != nil {
		return err
	}
	if sound != "ok" {
		return found("", "the database itself is damaged: %s", sound)
	}
	if err := c.schema(q); err != nil {
		return err
	}
	// + keeps SQLite from reading in the order of n and sorting.
	rows, err := q.QueryContext(c.ctx, "SELECT "+entryColumns+" WHERE +l.n<=? ORDER BY l.replica, l.seq", last)
	if err != nil {
		return err
	}
	defer rows.Close()
	seqs, latest := map[archive.ID]int64{}, archive.Clock(0)
	for rows.Next() {
		e, _, err := scanEntry(rows)
		if err != nil {
			return err
		}
		if e.Seq != seqs[e.Replica]+1 {
			return found(e.ID, "operation %s has number %d in its chain, where %d comes next", e.ID.Short(), e.Seq, seqs[e.Replica]+1)
		}
		if e.Body == nil {
			return found(e.ID, "operation %s has lost its body", e.ID.Short())
		}
		if err := e.CheckSeal(c.rep.Heads[e.Replica]); err != nil {
			return found(e.ID, "%v", err)
		}
		seqs[e.Replica], c.rep.Heads[e.Replica] = e.Seq, e.Hash
		c.rep.Operations++
		latest = max(latest, e.Clock)
	}
	c.rep.ClockAhead = c.a.ahead(latest)
	return rows.Err()
}

// originals checks that texts and originals are what they are named, and that
// every document has its own.
func (c *checker) originals(q querier) error {
	rows, err := q.QueryContext(c.ctx, "SELECT doc, n, sha256, text FROM texts ORDER BY id")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var doc archive.ID
		var n int
		var sha string
		var text []byte
		if err := rows.Scan(&doc, &n, &sha, &text); err != nil {
			return err
		}
		if sum := sha256.Sum256(text); hex.EncodeToString(sum[:]) != sha {
			return found(doc, "source text %d of document %s was changed", n, doc.Short())
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	blobs, err := c.blobs(q)
	if err != nil {
		return err
	}
	for _, b := range blobs {
		sha, size, err := hashBlob(c.ctx, q, b.id)
		if err != nil || sha != b.sha || size != b.size {
			return found("", "the original %s was changed or has lost a piece", b.sha)
		}
	}
	var lost archive.ID
	err = q.QueryRowContext(c.ctx, "SELECT id FROM documents WHERE sha256 NOT IN (SELECT sha256 FROM blobs) ORDER BY n LIMIT 1").Scan(&lost)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	return found(lost, "document %s has lost its original", lost.Short())
}

type blobRow struct {
	id, size int64
	sha      string
}

func (c *checker) blobs(q querier) ([]blobRow, error) {
	rows, err := q.QueryContext(c.ctx, "SELECT id, sha256, size FROM blobs ORDER BY id")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []blobRow
	for rows.Next() {
		var b blobRow
		if err := rows.Scan(&b.id, &b.sha, &b.size); err != nil {
			return nil, err
		}
		out = append(out, b)
	}
	return out, rows.Err()
}

// index checks that the search index holds the passages that tables looked at,
// and no others.
func (c *checker) index() error {
	for _, table := range []string{"passages", "search_docsize"} {
		have, err := c.count("SELECT count(*) FROM " + table)
		if err != nil {
			return err
		}
		if have != c.indexed {
			return found("", "the search index has %d passages in %s, where the texts have %d", have, table, c.indexed)
		}
	}
	return nil
}

// passages checks that every passage of one document is indexed under the words
// it has now.
func (c *checker) passages(n int64, d *archive.Document) error {
	r, err := d.Reading()
	if err != nil {
		return err
	}
	rows, err := c.q.QueryContext(c.ctx, "SELECT id, hash FROM passages WHERE id BETWEEN ? AND ? ORDER BY id", n<<16, n<<16|0xffff)
	if err != nil {
		return err
	}
	defer rows.Close()
	i := 0
	for ; rows.Next(); i++ {
		var at int64
		var hash []byte
		if err := rows.Scan(&at, &hash); err != nil {
			return err
		}
		words := fieldWords(d)
		if i > 0 {
			words = passageWords(r, i)
		}
		if at != n<<16|int64(i) || string(hash) != string(wordsHash(tokens(words))) {
			return found(d.ID, "the search index of document %s is not that of its text (passage %d)", d.ID.Short(), i)
		}
	}
	if count := passageCount(r.Source().Len()) + 1; i != count && rows.Err() == nil {
		return found(d.ID, "document %s has %d passages in the search index, where its text has %d", d.ID.Short(), i, count)
	}
	c.indexed += i
	return rows.Err()
}

// short joins what differs between two rows for a finding.
func short(parts ...any) string {
	s := strings.TrimSpace(fmt.Sprintln(parts...))
	if r := []rune(s); len(r) > 200 {
		return string(r[:200]) + "…"
	}
	return s
}
