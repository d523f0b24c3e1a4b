package storage

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	sqlite3 "github.com/mattn/go-sqlite3"
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
	a.abs, a.identity = abs, st
	return nil
}

// Missing says whether the path no longer leads to the file that was opened, by
// an error that is ErrGone. It costs one look at the folder. An archive that was
// gone stays so until it is opened again, even where the file comes back: another
// program may have written to it elsewhere, and what SQLite remembers of it would
// spoil it.
func (a *Archive) Missing() error {
	if a.gone.Load() {
		return a.goneError("")
	}
	st, err := os.Stat(a.abs)
	switch {
	case err == nil && os.SameFile(a.identity, st):
		return nil
	case err == nil:
		a.gone.Store(true)
		return a.goneError("another file has its name")
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		a.gone.Store(true)
		return a.goneError("")
	}
	return a.goneError(err.Error()) // it may be reached again: only not now
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
	empty, err := a.checkpoint(ctx)
	if err != nil {
		return explain(a.path, err)
	}
	a.settled = empty
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

// sweep removes what SQLite leaves under the old name of a file that was moved.
// It keeps a journal with something in it, and everything where a file has come
// to the name.
func (a *Archive) sweep() {
	if !a.gone.Load() {
		return
	}
	if _, err := os.Lstat(a.abs); !errors.Is(err, fs.ErrNotExist) {
		return
	}
	if st, err := os.Stat(a.abs + "-wal"); err == nil && st.Size() == 0 {
		os.Remove(a.abs + "-wal")
		os.Remove(a.abs + "-shm")
	}
}

// connector opens connections to the one file that was opened, and to no other
// that has come to its name.
type connector struct {
	a   *Archive
	dsn string
}

// Connect is called by database/sql.
func (c connector) Connect(context.Context) (driver.Conn, error) {
	if err := c.a.Missing(); err != nil {
		return nil, err
	}
	return c.Driver().Open(c.dsn)
}

// Driver is called by database/sql.
func (c connector) Driver() driver.Driver { return &sqlite3.SQLiteDriver{} }
