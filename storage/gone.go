package storage

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync/atomic"
	"syscall"

	"fonds/storage/archive"
)

// ErrGone says that the file is no longer where it was opened: moved, deleted,
// replaced by another, or on a disk that was taken out.
var ErrGone = errors.New("the archive is no longer in its place")

// identify remembers which file is being opened.
func (a *Archive) identify() error {
	abs, err := filepath.Abs(a.path)
	if err != nil {
		return err
	}
	st, err := os.Stat(abs)
	if err != nil {
		return err
	}
	os.SameFile(st, st) // where asking is left for later (Windows), it is asked now
	a.abs, a.real, a.identity = abs, realName(abs), st
	return nil
}

// Missing says whether the path no longer leads to the file that was opened, or
// to the journal that SQLite keeps beside it, by an error that is ErrGone. It
// costs a look or two at the folder. An archive that was gone stays so until it is
// opened again, even where the file comes back: another program may have written
// to it elsewhere, and what SQLite remembers of it would spoil it.
func (a *Archive) Missing() error {
	if a.gone.Load() {
		return a.goneError("")
	}
	st, err := os.Stat(a.abs)
	switch {
	case err == nil && !os.SameFile(a.identity, st):
		a.gone.Store(true)
		return a.goneError("another file has its name")
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		a.gone.Store(true)
		return a.goneError("")
	case err != nil:
		return a.goneError(err.Error()) // it may be reached again: only not now
	case a.journal == nil:
		return nil
	}
	if st, err = os.Stat(a.real + "-wal"); err == nil && os.SameFile(a.journal, st) {
		return nil
	}
	a.gone.Store(true)
	return a.goneError("its journal was taken away, or belongs to another program by now")
}

// Returned says of an archive that was gone whether a file has its name (again).
// Whether that is the same archive, Origin tells when it is opened.
func (a *Archive) Returned() bool {
	st, err := os.Stat(a.abs)
	return err == nil && st.Mode().IsRegular()
}

// Origin names the archive through all of its copies: the operation that made it.
func (a *Archive) Origin(ctx context.Context) (archive.ID, error) {
	var id archive.ID
	err := a.r.QueryRowContext(ctx, "SELECT id FROM log WHERE subject='' ORDER BY clock, replica, seq LIMIT 1").Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return id, explain(a.path, err)
}

func (a *Archive) goneError(why string) error {
	if why != "" {
		why = " (" + why + ")"
	}
	return fmt.Errorf("archive %s: %w%s: put it back, or find where it is, and open it again", a.path, ErrGone, why)
}

// Settle brings everything that was answered as done from SQLite's journal into
// the file itself, wherever that is now: the journal lies under the old name,
// where nobody would look for it. It is for an archive that is Missing.
func (a *Archive) Settle(ctx context.Context) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.settle(ctx)
}

func (a *Archive) settle(ctx context.Context) error {
	if a.w == nil || a.settled {
		return nil
	}
	st, err := os.Stat(a.real + "-wal")
	own := err == nil && os.SameFile(a.journal, st)
	if !own && !errors.Is(err, fs.ErrNotExist) {
		return nil // others work with a journal of theirs: it is not for us to touch the file
	}
	var busy, frames, done int
	if err := a.w.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &done); err != nil {
		return explain(a.path, err)
	}
	if a.settled = busy == 0; a.settled && own {
		// Empty, and under a name where another file will take it for its own.
		os.Remove(a.real + "-wal")
		os.Remove(a.real + "-shm")
	}
	return nil
}

// here refuses to write into a file that is not in its place, under the lock. What
// was written before is brought to safety.
func (a *Archive) here(ctx context.Context) error {
	err := a.Missing()
	if err != nil {
		_ = a.settle(context.WithoutCancel(ctx)) // err is what there is to be told
	}
	return err
}

// connector opens connections to the one file that was opened, and to no other
// that has come to its name.
type connector struct {
	a     *Archive
	count *atomic.Int64 // of the connections made; nil where nobody asks
	dsn   string
}

// Connect is called by database/sql.
func (c connector) Connect(context.Context) (driver.Conn, error) {
	if err := c.a.Missing(); err != nil {
		return nil, err
	}
	if c.count != nil {
		c.count.Add(1)
	}
	return c.Driver().Open(c.dsn)
}

// Driver is called by database/sql.
func (c connector) Driver() driver.Driver { return findDriver }
