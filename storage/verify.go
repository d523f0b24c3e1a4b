package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	sqlite3 "github.com/mattn/go-sqlite3"

	"fonds/storage/archive"
)

// VerifyOptions say how much to check.
type VerifyOptions struct {
	Quick bool // the chain only, not what is derived from it nor the originals
	// Known are heads that were kept elsewhere, one a replica: each must stand in
	// that replica's chain, at its end or further back.
	Known   map[archive.ID]archive.Hash
	KnownAt string // when they were kept, for the sentence; "" where nobody knows
	// Progress is told how far it is, in units of its own: done never runs
	// backwards, and total stays. It is called from several goroutines, one at a
	// time.
	Progress func(what string, done, total int)
}

// Report is what Verify found. It proves what VerifyProves says, and no more.
type Report struct {
	OK         bool
	Operations int
	Documents  int
	Destroyed  int
	Conflicts  int
	Heads      map[archive.ID]archive.Hash // the end of each replica's chain
	Known      int                         // heads of VerifyOptions.Known that were found
	Checked    []string                    // of chain, tables, originals, index: what was found to be whole
	ClockAhead time.Duration               // of the latest operation before this machine's, where more than 24 hours
	Bad        string                      // the first bad entry, in words
	BadID      archive.ID                  // the operation or document it concerns
	Entry      BadEntry                    // what the file says of that
	Recoveries []archive.Recovery          // from a damaged file, with what each did not find

	Destructions []archive.Destruction // how the documents ended that are destroyed, in order
	Erasing      int                   // how many of them may still have bytes in the file: see Erase
}

// VerifyProves is what Verify proves and what it cannot: for the manual, and for
// whoever relies on it.
const VerifyProves = `Identity is asserted (a name), not proven, until operations are signed. The chain
shows accidents, partial edits, deletions and reordering; someone who rewrites
the whole file is found only against a head kept elsewhere, which is why every
export, report and backup carries the heads.`

// bad is a finding: it ends the check.
type bad struct {
	id  archive.ID
	why string
}

func (b *bad) Error() string { return b.why }

func found(id archive.ID, format string, args ...any) error {
	return &bad{id, fmt.Sprintf(format, args...)}
}

// ErrNewer says that a newer program has written the archive: this one can read
// it, but not say whether it is whole.
var ErrNewer = errors.New("a newer Fonds has written it, and this one cannot check it: update Fonds")

// Verify checks the file against itself: the chain of every replica, then, unless
// Quick, that the log applied from empty gives the rows that screens read, that
// texts and originals have the hashes they are named by, and that the index holds
// what the texts say. Writers may go on meanwhile: it sees one moment. An error
// is what kept it from looking; a finding is in the report.
//
// The end of ctx ends it at once: where SQLite is at something that it
// does not interrupt, that is left to end by itself.
func (a *Archive) Verify(ctx context.Context, o VerifyOptions) (Report, error) {
	type answer struct {
		rep Report
		err error
	}
	m := &meter{tell: o.Progress}
	done := make(chan answer, 1)
	go func() {
		rep, err := a.verify(ctx, o, m)
		done <- answer{rep, err}
	}()
	select {
	case r := <-done:
		return r.rep, r.err
	case <-ctx.Done():
	}
	m.stop()
	select {
	case r := <-done:
		return r.rep, r.err
	case <-time.After(unwind):
		return Report{}, ctx.Err()
	}
}

// unwind is how long whoever stops a verification waits for it to clear up.
const unwind = 100 * time.Millisecond

func (a *Archive) verify(ctx context.Context, o VerifyOptions, m *meter) (Report, error) {
	rep := Report{Heads: map[archive.ID]archive.Hash{}}
	// Connections of its own: SQLite's quick_check trusts what a connection
	// remembers of the FTS5 index's structure, which another may have changed.
	db, err := openReader(a.path, a.busy, a.readOnly)
	if err != nil {
		return rep, explain(a.path, err)
	}
	defer db.Close()
	c := &checker{a: a, ctx: ctx, rep: &rep, o: o, meter: m, shas: map[string]archive.ID{}, sums: newSums()}
	end, err := c.begin(db)
	if err != nil {
		return c.outcome(a.path, []error{err})
	}
	defer end()
	if err := c.recovered(); err != nil {
		return c.outcome(a.path, []error{err})
	}
	// What concerns single rows is read on another processor.
	side := make(chan [3]error, 1)
	go func() {
		var errs [3]error
		if errs[0] = c.chain(); errs[0] == nil && !o.Quick {
			errs[1] = c.originals()
			errs[2] = c.index()
		}
		side <- errs
	}()
	if o.Quick {
		findings := <-side
		if rep.Documents, err = c.count("SELECT count(*) FROM documents"); err != nil {
			return rep, explain(a.path, err)
		}
		return c.outcome(a.path, findings[:1])
	}
	tables := c.tables()
	aside := <-side
	findings := []error{aside[0], tables, aside[1], aside[2]}
	if aside[0] == nil && tables == nil { // what follows compares with what they have seen
		findings[2] = first(findings[2], c.ownOriginals)
		findings[3] = first(findings[3], c.words)
	}
	return c.outcome(a.path, findings)
}

func first(err error, then func() error) error {
	if err != nil {
		return err
	}
	return then()
}

// stages are what Verify checks, in this order.
var stages = []string{"chain", "tables", "originals", "index"}

// outcome makes the report of what each stage has found.
func (c *checker) outcome(path string, findings []error) (Report, error) {
	for i, err := range findings {
		if err == nil {
			c.rep.Checked = append(c.rep.Checked, stages[i])
			continue
		}
		var b *bad
		switch {
		case c.ctx.Err() != nil:
			return *c.rep, c.ctx.Err()
		case errors.As(err, &b):
			c.rep.BadID = b.id
			c.rep.Bad = b.why + c.describe(b.id)
		case errors.Is(explain(path, err), ErrDamaged), errors.Is(explain(path, err), ErrNotArchive):
			c.rep.Bad = "the database itself is damaged: " + err.Error()
		case errors.Is(err, ErrNewer), errors.Is(err, ErrReadOnly), errors.Is(err, ErrInUse):
			return *c.rep, fmt.Errorf("archive %s: %w", path, err)
		case refusedToAnswer(err):
			return *c.rep, explain(path, err)
		case errors.As(err, new(sqlite3.Error)): // of what it has read, as of a damaged index
			c.rep.Bad = "the database itself is damaged: " + err.Error()
		default: // what could be read of a row makes no sense
			c.rep.Bad = err.Error()
		}
		return *c.rep, nil
	}
	c.meter.finish()
	c.rep.OK = true
	return *c.rep, nil
}

// refusedToAnswer says whether SQLite could not read, and so found nothing.
func refusedToAnswer(err error) bool {
	switch c, _ := code(err); c {
	case sqlite3.ErrBusy, sqlite3.ErrLocked, sqlite3.ErrNomem, sqlite3.ErrInterrupt, sqlite3.ErrIoErr, sqlite3.ErrFull, sqlite3.ErrCantOpen:
		return true
	}
	return false
}

// Heads is the end of each replica's chain: kept elsewhere, it shows later
// whether the whole file was rewritten.
func (a *Archive) Heads(ctx context.Context) (map[archive.ID]archive.Hash, error) {
	h, err := heads(ctx, a.r)
	return h, explain(a.path, err)
}

// checker is one verification on its way.
type checker struct {
	a     *Archive
	ctx   context.Context
	q     *sql.Tx // for the tables
	side  *sql.Tx // of the same moment, for the rest
	rep   *Report
	o     VerifyOptions
	meter *meter

	lost       *archive.Losses       // what recoveries say is missing
	shas       map[string]archive.ID // originals that the log names, and a document of each
	laterTexts map[string]bool       // source texts that were made of an original once more, by document and number
	texts      []textAt              // source texts that the log has, document by document
	sums       *sums                 // of the words that the index ought to hold
	indexed    map[int]uint64        // the sums of those that its parts hold

	parts     []part // of the index
	destroyed map[archive.ID]bool
}

// begin takes two transactions that see the same moment.
func (c *checker) begin(db *sql.DB) (end func(), err error) {
	var txs [2]*sql.Tx
	var conns [2]*sql.Conn
	end = func() {
		for i := range txs {
			if txs[i] != nil {
				txs[i].Rollback()
			}
			if conns[i] != nil {
				conns[i].Close()
			}
		}
	}
	for i := range conns {
		if conns[i], err = db.Conn(c.ctx); err != nil {
			return end, err
		}
		// The words of the index are read by a table of the connection's own.
		if _, err = conns[i].ExecContext(c.ctx, "PRAGMA temp_store=MEMORY; PRAGMA query_only=OFF; PRAGMA trusted_schema=OFF"); err != nil {
			return end, err
		}
	}
	for try := 0; ; try++ {
		var at [2]int64
		for i := range txs {
			if txs[i], err = conns[i].BeginTx(c.ctx, nil); err != nil {
				return end, err
			}
			if err = txs[i].QueryRowContext(c.ctx, "SELECT ifnull(max(n), 0) FROM log").Scan(&at[i]); err != nil {
				return end, err
			}
		}
		c.q, c.side = txs[0], txs[1]
		if at[0] == at[1] {
			break
		}
		if try == 100 {
			return end, fmt.Errorf("others write into it all the time: %w", ErrInUse)
		}
		for i := range txs {
			txs[i].Rollback()
		}
	}
	return end, c.measure()
}

func (c *checker) count(query string) (n int, err error) {
	err = c.q.QueryRowContext(c.ctx, query).Scan(&n)
	return n, err
}
