package storage

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"fonds/storage/archive"
)

// ErrNotEmpty is said of an archive that is to receive a whole log and holds work
// of its own.
var ErrNotEmpty = errors.New("a whole archive is received by an empty one only: make one with `fonds new`")

// ErrNotWhole is said of a log that is to be received and is not what was written
// out: its chain does not hold, or something of it is missing.
var ErrNotWhole = errors.New("what is to be received is not whole")

// SourceText is a source text with how it was made.
type SourceText struct {
	Doc    archive.ID
	N      int
	Recipe string
	Text   string
}

// EachOp hands over every operation of the log, chain by chain. One whose body was
// destroyed has neither salt nor body.
func (a *Archive) EachOp(ctx context.Context, f func(*archive.Op) error) error {
	rows, err := a.r.QueryContext(ctx, "SELECT "+entryColumns+" ORDER BY l.replica, l.seq")
	if err != nil {
		return explain(a.path, err)
	}
	defer rows.Close()
	for rows.Next() {
		e, _, err := scanEntry(rows)
		if err == nil {
			err = f(&e.Op)
		}
		if err != nil {
			return explain(a.path, err)
		}
	}
	return explain(a.path, rows.Err())
}

// EachText hands over every source text.
func (a *Archive) EachText(ctx context.Context, f func(SourceText) error) error {
	rows, err := a.r.QueryContext(ctx, "SELECT doc, n, recipe, CAST(text AS TEXT) FROM texts ORDER BY id")
	if err != nil {
		return explain(a.path, err)
	}
	defer rows.Close()
	for rows.Next() {
		var t SourceText
		err := rows.Scan(&t.Doc, &t.N, &t.Recipe, &t.Text)
		if err == nil {
			err = f(t)
		}
		if err != nil {
			return explain(a.path, err)
		}
	}
	return explain(a.path, rows.Err())
}

// Blobs lists the SHA-256 of every original, in the order in which they came.
func (a *Archive) Blobs(ctx context.Context) ([]string, error) {
	rows, err := a.r.QueryContext(ctx, "SELECT sha256 FROM blobs ORDER BY id")
	if err != nil {
		return nil, explain(a.path, err)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var sha string
		if err := rows.Scan(&sha); err != nil {
			return nil, explain(a.path, err)
		}
		out = append(out, sha)
	}
	return out, explain(a.path, rows.Err())
}

// Whence is what a whole archive is received from. Ops come chain by chain.
type Whence interface {
	Ops(f func(*archive.Op) error) error
	Heads() (map[archive.ID]archive.Hash, error) // where each chain has to end
	Texts(f func(SourceText) error) error
	Original(sha string) (io.ReadCloser, error)
	Originals() ([]string, error) // SHA-256, hex
}

// Receive takes the log of another archive, with its texts and originals, into this
// one, which must be empty (ErrNotEmpty): afterwards it has the same documents,
// people, decisions and history, and the same chains beside its own. Each operation
// is checked against its chain, each text and original against its SHA-256; where
// one does not hold (ErrNotWhole), or ctx ends, nothing is changed. progress may be
// nil.
func (a *Archive) Receive(ctx context.Context, from Whence, progress Progress) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.w == nil {
		return a.fixed()
	}
	if err := a.here(ctx); err != nil {
		return err
	}
	tx, err := a.w.BeginTx(context.WithoutCancel(ctx), nil)
	if err != nil {
		return explain(a.path, err)
	}
	defer tx.Rollback() // nothing, once it is committed
	r := &receiver{ctx: ctx, tx: tx, from: from}
	for _, step := range []func() error{r.empty, r.ops, r.texts, r.originals, r.told} {
		if err := step(); err != nil {
			return explain(a.path, err)
		}
	}
	if err := rebuild(ctx, tx, progress); err != nil {
		return explain(a.path, fmt.Errorf("making the tables of what was received: %w", err))
	}
	if err := tx.Commit(); err != nil {
		return explain(a.path, fmt.Errorf("writing to the file: %w", err))
	}
	a.kinds = map[kindVersion]bool{}
	a.kept.Store(nil)
	a.orders.forget()
	a.censuses.forget()
	return nil
}

// receiver is one Receive on its way.
type receiver struct {
	ctx  context.Context
	tx   *sql.Tx
	from Whence
}

// Empty says whether nobody has done more in the archive than make it and come to it:
// such a one may Receive.
func (a *Archive) Empty(ctx context.Context) (bool, error) {
	none, err := emptyLog(ctx, a.r)
	return none, explain(a.path, err)
}

func emptyLog(ctx context.Context, q querier) (none bool, err error) {
	err = q.QueryRowContext(ctx, "SELECT NOT EXISTS (SELECT 1 FROM log WHERE kind NOT IN ('archive.create','person.join',?,?))",
		archive.ImportBeginKind, archive.ImportEndKind).Scan(&none)
	return none, err
}

// empty refuses an archive that is not.
func (r *receiver) empty() error {
	none, err := emptyLog(r.ctx, r.tx)
	if err == nil && !none {
		err = ErrNotEmpty
	}
	return err
}

// ops writes the operations down, each as it was sealed.
func (r *receiver) ops() error {
	want, err := r.from.Heads()
	if err != nil {
		return err
	}
	var last *archive.Op
	have := map[archive.ID]archive.Hash{}
	err = r.from.Ops(func(op *archive.Op) error {
		if err := r.ctx.Err(); err != nil {
			return err
		}
		prev := archive.Hash{}
		switch {
		case last != nil && last.Replica == op.Replica && op.Seq == last.Seq+1:
			prev = last.Hash
		case op.Seq != 1:
			return fmt.Errorf("%w: before operation %s one is missing", ErrNotWhole, op.ID.Short())
		}
		if err := op.CheckSeal(prev); err != nil {
			return fmt.Errorf("%w: %w", ErrNotWhole, err)
		}
		if !archive.KnownKind(op.Kind, op.Version) {
			return fmt.Errorf("%w: %s, which a newer Fonds has written: receive it with that", ErrNotWhole, op.Kind)
		}
		last, have[op.Replica] = op, op.Hash
		if _, err := writeDown(r.ctx, r.tx, 0, op); err != nil {
			return fmt.Errorf("%w: operation %s: %w", ErrNotWhole, op.ID.Short(), err)
		}
		return nil
	})
	if err == nil && (len(have) == 0 || !maps.Equal(have, want)) {
		err = fmt.Errorf("%w: the log does not end where it ended when it was written out; the last operations are missing", ErrNotWhole)
	}
	return err
}

func (r *receiver) texts() error {
	return r.from.Texts(func(t SourceText) error {
		if err := r.ctx.Err(); err != nil {
			return err
		}
		sum := sha256.Sum256([]byte(t.Text))
		_, err := r.tx.ExecContext(r.ctx, "INSERT INTO texts(doc, n, sha256, recipe, text) VALUES(?,?,?,?,?)",
			t.Doc, t.N, hex.EncodeToString(sum[:]), t.Recipe, []byte(t.Text))
		return err
	})
}

func (r *receiver) originals() error {
	list, err := r.from.Originals()
	if err != nil {
		return err
	}
	w := &writer{ctx: r.ctx, tx: &behind{tx: r.tx, atOnce: true}}
	for _, sha := range list {
		if err := r.ctx.Err(); err != nil {
			return err
		}
		in, err := r.from.Original(sha)
		if err != nil {
			return fmt.Errorf("%w: the original %s: %w", ErrNotWhole, sha, err)
		}
		data, err := io.ReadAll(in)
		in.Close()
		if err != nil {
			return err
		}
		if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != sha {
			return fmt.Errorf("%w: the original %s has other bytes", ErrNotWhole, sha)
		}
		if err := w.putBlob(sha, int64(len(data)), pack(data)); err != nil {
			return err
		}
	}
	return nil
}

// told refuses what the log tells of and did not come: an import without its text or
// its original, unless they were destroyed.
func (r *receiver) told() error {
	rows, err := r.tx.QueryContext(r.ctx, `SELECT l.kind, l.subject, b.body FROM log l JOIN bodies b ON b.n=l.n WHERE l.kind IN ('document.import', ?)`, archive.TextKind)
	if err != nil {
		return err
	}
	defer rows.Close()
	type wanted struct {
		doc       archive.ID
		text, sha string
	}
	var all []wanted
	for rows.Next() {
		op := &archive.Op{Version: 1}
		if err := rows.Scan(&op.Kind, &op.Subject, &op.Body); err != nil {
			return err
		}
		b, err := archive.ReadBy(op)
		if err != nil {
			return fmt.Errorf("%w: %w", ErrNotWhole, err)
		}
		all = append(all, wanted{op.Subject, b.TextSHA, b.Info.SHA256})
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for i := range all {
		var has [2]int
		if err := r.tx.QueryRowContext(r.ctx, "SELECT (SELECT count(*) FROM texts WHERE doc=?1 AND sha256=?2), (SELECT count(*) FROM blobs WHERE sha256=?3)",
			all[i].doc, all[i].text, all[i].sha).Scan(&has[0], &has[1]); err != nil {
			return err
		}
		if slices.Contains(has[:], 0) {
			return fmt.Errorf("%w: the text or the original of document %s is missing", ErrNotWhole, all[i].doc.Short())
		}
	}
	return nil
}
