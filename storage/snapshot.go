package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"

	"fonds/storage/archive"
)

// Snapshot is the archive as it is at this moment: whatever is read from it is of
// one state of the log, while others go on writing. It cannot be written. Close it
// as any archive; the one that it was made of stays open, and has to.
func (a *Archive) Snapshot(ctx context.Context) (*Archive, error) {
	if err := a.Missing(); err != nil {
		return nil, err
	}
	tx, err := a.pool.BeginTx(context.WithoutCancel(ctx), nil)
	if err != nil {
		return nil, explain(a.path, err)
	}
	var n int64 // the first read begins the transaction's moment
	if err := tx.QueryRowContext(ctx, "SELECT ifnull(max(n), 0) FROM log").Scan(&n); err != nil {
		tx.Rollback()
		return nil, explain(a.path, err)
	}
	return &Archive{path: a.path, abs: a.abs, real: a.real, readOnly: "asked", now: a.now, busy: a.busy, r: tx, snap: tx}, nil
}

// ErrNoMoment is said of heads that the log of an archive has never had.
var ErrNoMoment = errors.New("the log of this archive has no such moment")

// AsOf makes the archive as it was when its chains had the given heads, in a file
// below folder that is gone when the answer is closed by done. The log is cut
// there and everything derived is made anew from it, so that it takes what Rebuild
// takes and a copy of the file. What was destroyed since is not in it. progress
// may be nil. errors.Is finds ErrNoMoment.
func (a *Archive) AsOf(ctx context.Context, heads map[archive.ID]archive.Hash, folder string, progress Progress) (b *Archive, done func(), err error) {
	if progress == nil {
		progress = func(string, int, int) {}
	}
	f, err := os.CreateTemp(folder, copyName)
	if err != nil {
		return nil, nil, explainCopy(a.path, folder, err)
	}
	path := f.Name()
	f.Close()
	sweepIt := func() {
		for _, end := range []string{"", "-journal", "-wal", "-shm"} {
			os.Remove(path + end)
		}
	}
	defer func() {
		if err != nil {
			sweepIt()
		}
	}()
	if err := a.copyPages(ctx, path, progress); err != nil {
		return nil, nil, explainCopy(a.path, folder, err)
	}
	if err := cutAt(ctx, path, a, heads, progress); err != nil {
		return nil, nil, err
	}
	if b, err = Open(ctx, path, Options{ReadOnly: true, Busy: a.busy, Now: a.now}); err != nil {
		return nil, nil, err
	}
	return b, func() { b.Close(); sweepIt() }, nil
}

// cutAt takes out of a copy of a what its log has after heads, and makes the rest
// of the file follow from it.
func cutAt(ctx context.Context, path string, a *Archive, heads map[archive.ID]archive.Hash, progress Progress) error {
	db, err := sql.Open("sqlite3", dsn(path, a.busy, "mode=rw&_journal_mode=DELETE&_synchronous=OFF&_txlock=immediate"))
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return explain(a.path, err)
	}
	defer tx.Rollback() // nothing, once it is committed
	if _, err := tx.ExecContext(ctx, "CREATE TEMP TABLE upto(replica TEXT PRIMARY KEY, seq INTEGER)"); err != nil {
		return explain(a.path, err)
	}
	for replica, hash := range heads {
		res, err := tx.ExecContext(ctx, "INSERT INTO upto SELECT replica, seq FROM log WHERE replica=? AND hash=?", replica, hash[:])
		if err != nil {
			return explain(a.path, err)
		}
		if n, err := res.RowsAffected(); err != nil || n != 1 {
			return fmt.Errorf("archive %s: chain %s with head %s: %w", a.path, replica.Short(), hash.String()[:12], ErrNoMoment)
		}
	}
	const later = " IN (SELECT n FROM log l WHERE l.seq > ifnull((SELECT seq FROM upto u WHERE u.replica=l.replica), -1))"
	if err := cutTexts(ctx, tx, "l.n"+later); err != nil {
		return explain(a.path, err)
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM bodies WHERE n"+later+"; DELETE FROM log WHERE n"+later+
		"; DELETE FROM texts WHERE doc NOT IN (SELECT subject FROM log WHERE kind='document.import'); DELETE FROM drafts"); err != nil {
		return explain(a.path, err)
	}
	if err := rebuild(ctx, tx, progress); err != nil {
		return explain(a.path, fmt.Errorf("making the archive as it was: %w", err))
	}
	if err := tx.Commit(); err != nil {
		return explain(a.path, err)
	}
	return db.Close()
}

// cutTexts takes out the source texts that operations have brought to documents that were there.
func cutTexts(ctx context.Context, tx *sql.Tx, which string) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM texts WHERE (doc, n) IN (SELECT l.subject, json_extract(b.body, '$.read.info.text')
		FROM log l JOIN bodies b ON b.n=l.n WHERE l.kind='document.text' AND json_extract(b.body, '$.new') AND `+which+")")
	return err
}
