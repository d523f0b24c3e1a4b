package storage

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"

	sqlite3 "github.com/mattn/go-sqlite3"
)

// What a disk may say, with errors.Is. Nothing of what was asked for was changed,
// unless the error is ErrUnsure as well.
var (
	ErrFull   = errors.New("the disk is full")
	ErrDisk   = errors.New("the disk does not answer as it should")
	ErrUnsure = errors.New("whether it was done is not certain")
)

// code is SQLite's code of an error, and its further one; 0 where the error is
// not SQLite's. The driver's backup gives the further one for the code.
func code(err error) (sqlite3.ErrNo, sqlite3.ErrNoExtended) {
	var e sqlite3.Error
	if !errors.As(err, &e) {
		return 0, 0
	}
	if e.Code > 0xff {
		return e.Code & 0xff, sqlite3.ErrNoExtended(e.Code)
	}
	return e.Code, e.ExtendedCode
}

// isFull says whether an error of the system or of SQLite is that there is no room.
func isFull(err error) bool {
	var e sqlite3.Error
	if errors.As(err, &e) {
		c, _ := code(err)
		return c == sqlite3.ErrFull || noRoom(e.SystemErrno)
	}
	return noRoom(err)
}

// failed says whether the disk did not do what it was asked to.
func failed(err error) bool {
	c, _ := code(err)
	return c == sqlite3.ErrIoErr || errors.Is(err, syscall.EIO)
}

func noRoom(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}

// explainDisk says in our words what the disk said, or gives nil where it is
// another matter.
func explainDisk(path string, err error) error {
	_, more := code(err)
	switch {
	case errors.Is(err, ErrFull), errors.Is(err, ErrDisk):
		return err
	case isFull(err):
		return fmt.Errorf("archive %s: %w; nothing was changed: make room and try again", path, ErrFull)
	case more == sqlite3.ErrIoErrRead, more == sqlite3.ErrIoErrShortRead:
		return fmt.Errorf("archive %s cannot be read (%v): %w: look whether it was taken out, and verify the archive", path, err, ErrDisk)
	case failed(err):
		return fmt.Errorf("archive %s cannot be written (%v): %w; nothing was changed: look whether it was taken out, try again, and verify the archive", path, err, ErrDisk)
	}
	return nil
}

// probe finds out whether the disk takes what SQLite puts beside an archive when
// it opens it: SQLite itself says only that it could not. The error is that of a
// full or failing disk, else nil.
func probe(path string) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".fonds-probe-*")
	if err == nil {
		_, err = f.Write(make([]byte, 64<<10))
		f.Close()
		os.Remove(f.Name())
	}
	if noRoom(err) || errors.Is(err, syscall.EIO) {
		return err
	}
	return nil
}

// unsynced makes certain that a change which could not be synced is not in the
// file. SQLite has taken it back; but it lies in the journal as if it were done,
// and a program that is killed before the next change is written over it would
// find it there. So the journal is emptied; where that fails too, nobody knows.
func (a *Archive) unsynced(ctx context.Context, err error) error {
	if _, more := code(err); more != sqlite3.ErrIoErrFsync && more != sqlite3.ErrIoErrDirFsync {
		return explain(a.path, err)
	}
	if empty, e := a.checkpoint(context.WithoutCancel(ctx)); e == nil && empty {
		return explain(a.path, err)
	}
	is := ErrDisk
	if isFull(err) {
		is = ErrFull
	}
	return fmt.Errorf("archive %s: %w (%v), and %w: look at the history before you do it again", a.path, is, err, ErrUnsure)
}

// checkpoint puts the journal into the file and empties it; empty is false where
// somebody still reads in it.
func (a *Archive) checkpoint(ctx context.Context) (empty bool, err error) {
	var busy, frames, done int
	err = a.w.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &done)
	return busy == 0, err
}

// working is a name for a file that is being made, beside path so that it can
// get that name when it is whole.
func working(path, what string) string {
	return filepath.Join(filepath.Dir(path), ".fonds-"+what+"-"+rand.Text()[:10])
}

// publish gives a file that is whole, and synced, its name. Where something has
// that name already it stays, and the error is fs.ErrExist. When publish returns
// nil, a loss of power leaves the name.
func publish(making, path string) error {
	// A link does not write over what is there, as renaming would.
	err := os.Link(making, path)
	switch {
	case err == nil:
		os.Remove(making) // a second name, if it stays, does no harm
	case errors.Is(err, fs.ErrExist), noRoom(err), errors.Is(err, syscall.EIO):
		return err
	default: // a file system without links
		if _, err := os.Lstat(path); err == nil {
			return &fs.PathError{Op: "making", Path: path, Err: fs.ErrExist}
		}
		if err := os.Rename(making, path); err != nil {
			return err
		}
	}
	err = SyncFolder(filepath.Dir(path))
	if err != nil {
		os.Remove(path)
	}
	return err
}

// SyncFolder makes the names in a folder durable: the sync of a file does not
// (POSIX, fsync). Windows has no such call, and some file systems none for folders.
func SyncFolder(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := f.Sync(); err != nil && !errors.Is(err, syscall.EINVAL) && !errors.Is(err, syscall.ENOTSUP) {
		return err
	}
	return nil
}
