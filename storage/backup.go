package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	sqlite3 "github.com/mattn/go-sqlite3"
)

// Progress is told how far long work is; a total of 0 is not known yet.
type Progress func(what string, done, total int)

// stepPages is how many pages of the file are copied before somebody may stop it.
const stepPages = 512

// copyName is what a copy is called until it is whole.
const copyName = ".fonds-copy-*"

// sweep takes out of a folder the copies that a killed program has left half
// made, where nobody has written to them for so long. A program that still works
// on one notices, and says that its copy is not made.
func sweep(folder string, old time.Duration) {
	names, err := filepath.Glob(filepath.Join(folder, copyName))
	if err != nil {
		return // the pattern of the folder's own name: nothing is swept
	}
	for _, name := range names {
		if st, err := os.Lstat(name); err == nil && st.Mode().IsRegular() && time.Since(st.ModTime()) >= old {
			os.Remove(name)
		}
	}
}

// copyPragma is run on the file that a copy is made in; tests make its disk small.
var copyPragma = ""

// Backup copies the archive to out, which must not exist (fs.ErrExist), and
// checks the copy as Verify does; the report, with the heads, is that of the
// copy. Writers go on meanwhile: the copy is of one moment. Until it is whole and
// on the disk it has another name beside out; where anything fails, or ctx ends,
// nothing is left there.
//
// The copy is in rollback journal mode, and so one file that opens anywhere. It
// remembers no place where it lies: whoever writes into it begins a chain of
// their own, also where it was put back in the place of the original.
func (a *Archive) Backup(ctx context.Context, out string, progress Progress) (Report, error) {
	sweep(filepath.Dir(out), time.Hour)
	f, err := os.CreateTemp(filepath.Dir(out), copyName)
	if err != nil {
		return Report{}, explainCopy(a.path, out, err)
	}
	f.Close()
	return a.copyTo(ctx, f.Name(), out, progress, whole)
}

// checkCopy looks whether a copy is whole.
type checkCopy func(ctx context.Context, a *Archive, path string, progress Progress) (Report, error)

// whole is what Verify says of the copy.
func whole(ctx context.Context, a *Archive, path string, progress Progress) (Report, error) {
	c, err := Open(ctx, path, Options{ReadOnly: true, Busy: a.busy})
	if err != nil {
		return Report{}, err
	}
	defer c.Close()
	r, err := c.Verify(ctx, VerifyOptions{Progress: progress})
	if err == nil && !r.OK {
		err = fmt.Errorf("%w: %s: verify the archive", ErrDamaged, r.Bad)
	}
	return r, err
}

// copyTo makes a copy in the empty file tmp, which is the caller's own, and gives
// it the name out. tmp is gone in any case.
func (a *Archive) copyTo(ctx context.Context, tmp, out string, progress Progress, check checkCopy) (rep Report, err error) {
	own, err := os.Stat(tmp)
	if err != nil {
		return rep, explainCopy(a.path, out, err)
	}
	defer func() {
		if now, e := os.Lstat(tmp); e == nil && os.SameFile(own, now) {
			for _, end := range []string{"", "-journal", "-wal", "-shm"} {
				os.Remove(tmp + end)
			}
		}
		if err != nil && ctx.Err() != nil {
			err = ctx.Err()
		}
		err = explainCopy(a.path, out, err)
	}()
	if progress == nil {
		progress = func(string, int, int) {}
	}
	if a.readOnly == "newer" {
		return rep, fmt.Errorf("a newer Fonds has written it, and this one cannot check the copy: make it with that one: %w", ErrReadOnly)
	}
	if _, err := os.Lstat(out); !errors.Is(err, fs.ErrNotExist) {
		if err == nil {
			err = fs.ErrExist
		}
		return rep, err
	}
	if err := a.copyPages(ctx, tmp, progress); err != nil {
		return rep, err
	}
	if err := looseCopy(ctx, tmp); err != nil {
		return rep, err
	}
	if err := onDisk(tmp, a.mode()); err != nil {
		return rep, err
	}
	if rep, err = check(ctx, a, tmp, progress); err != nil {
		return rep, err
	}
	if now, err := os.Stat(tmp); err != nil || !os.SameFile(own, now) {
		return rep, errors.New("another program has taken the file in which it was being made")
	}
	if err := ctx.Err(); err != nil {
		return rep, err
	}
	return rep, publish(tmp, out)
}

// mode is who may read and write the archive's file: its copies are for the same.
func (a *Archive) mode() fs.FileMode {
	if st, err := os.Stat(a.path); err == nil {
		return st.Mode().Perm() | 0o600
	}
	return a.identity.Mode().Perm() | 0o600
}

// source is a connection that sees the archive as it was opened, and how to give
// it back. A file that is gone from its place can be read by the connection only
// that has it open.
func (a *Archive) source(ctx context.Context) (*sql.Conn, func(), error) {
	if a.Missing() != nil && a.w != nil {
		a.mu.Lock()
		c, err := a.w.Conn(ctx)
		if err != nil {
			a.mu.Unlock()
			return nil, nil, err
		}
		return c, func() { c.Close(); a.mu.Unlock() }, nil
	}
	db, err := openReader(a.path, a.busy, a.readOnly)
	if err != nil {
		return nil, nil, err
	}
	c, err := db.Conn(ctx)
	if err != nil {
		db.Close()
		return nil, nil, err
	}
	return c, func() { c.Close(); db.Close() }, nil
}

// copyPages copies the file page by page, by SQLite's online backup. The read
// transaction keeps the moment: without it, every writer would make the copy
// begin again.
func (a *Archive) copyPages(ctx context.Context, tmp string, progress Progress) error {
	src, giveBack, err := a.source(ctx)
	if err != nil {
		return err
	}
	defer giveBack()
	if _, err := src.ExecContext(ctx, "BEGIN"); err != nil {
		return err
	}
	defer src.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
	var n int
	if err := src.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_master").Scan(&n); err != nil {
		return err
	}
	db, err := sql.Open("sqlite3", dsn(tmp, a.busy, "mode=rw&_journal_mode=OFF&_synchronous=OFF"))
	if err != nil {
		return err
	}
	defer db.Close()
	dst, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer dst.Close()
	if _, err := dst.ExecContext(ctx, copyPragma); err != nil {
		return err
	}
	return dst.Raw(func(d any) error {
		return src.Raw(func(s any) error {
			return a.steps(ctx, d.(*sqlite3.SQLiteConn), s.(*sqlite3.SQLiteConn), progress)
		})
	})
}

// steps copies from one connection to the other, some pages at a time.
func (a *Archive) steps(ctx context.Context, dst, src *sqlite3.SQLiteConn, progress Progress) error {
	b, err := dst.Backup("main", src, "main")
	if err != nil {
		return err
	}
	defer b.Finish()
	for left, stuck := -1, time.Duration(0); ; {
		done, err := b.Step(stepPages)
		if err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		progress("copying", b.PageCount()-b.Remaining(), b.PageCount())
		if done {
			return b.Finish()
		}
		// The driver says nothing of a file that is locked: no page was copied then.
		if b.Remaining() != left {
			left, stuck = b.Remaining(), 0
			continue
		}
		if stuck += busyWait; stuck > a.busy {
			return sqlite3.Error{Code: sqlite3.ErrBusy}
		}
		time.Sleep(busyWait)
	}
}

// busyWait is how long a locked file is left alone.
const busyWait = 10 * time.Millisecond

// looseCopy makes a copied file one that opens anywhere: without a write-ahead
// log, and without the places of those who wrote into its original.
func looseCopy(ctx context.Context, tmp string) error {
	db, err := sql.Open("sqlite3", dsn(tmp, time.Second, "mode=rw&_locking_mode=EXCLUSIVE&_synchronous=FULL"))
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	var mode string
	if err := db.QueryRowContext(ctx, "PRAGMA journal_mode=DELETE").Scan(&mode); err != nil {
		return err
	}
	if mode != "delete" {
		return fmt.Errorf("the copy stays in journal mode %s", mode)
	}
	if _, err := db.ExecContext(ctx, "UPDATE replicas SET place=''"); err != nil {
		return err
	}
	return db.Close()
}

// onDisk waits until a file that SQLite has closed is on the disk.
func onDisk(path string, mode fs.FileMode) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := f.Chmod(mode); err != nil && !errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	return f.Sync()
}

// explainCopy says why a copy was not made, and what to do.
func explainCopy(path, out string, err error) error {
	if err == nil {
		return nil
	}
	say := func(why string, is error) error {
		return fmt.Errorf("copying archive %s to %s: %s; nothing was left there: %w", path, out, why, is)
	}
	if c, _ := code(err); c == sqlite3.ErrCantOpen {
		if e := probe(out); e != nil {
			err = e
		}
	}
	switch {
	case errors.Is(err, fs.ErrExist):
		return fmt.Errorf("copying archive %s to %s: a file of that name exists; choose another name: %w", path, out, fs.ErrExist)
	case isFull(err), errors.Is(err, ErrFull):
		return fmt.Errorf("copying archive %s to %s: %w; make room, or name a place on another disk; nothing was left there", path, out, ErrFull)
	case failed(err), errors.Is(err, ErrDisk):
		return say("the disk of the archive or of the copy failed; verify the archive", ErrDisk)
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		return say("its folder is not there; make it first, or name another place", err)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return say("you may not write there; name another place", err)
	}
	return fmt.Errorf("copying archive %s to %s: %w", path, out, explain(path, err))
}
