package storage

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

//go:embed migrations/*.sql
var migrations embed.FS

// steps are the migrations; tests add one.
var steps fs.FS = migrations

// newest is the format that this program writes: the number of the last
// migration, kept in the file as SQLite's user_version.
func newest() int {
	files, err := fs.Glob(steps, "migrations/*.sql")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	return len(files)
}

// migrate brings the file up to newest, each step in a transaction of its own.
func migrate(ctx context.Context, db *sql.DB) error {
	for n := 1; n <= newest(); n++ {
		text, err := fs.ReadFile(steps, fmt.Sprintf("migrations/%04d.sql", n))
		if err != nil {
			return err
		}
		if err := step(ctx, db, n, string(text)); err != nil {
			return fmt.Errorf("bringing the archive to format %d: %w", n, err)
		}
	}
	return nil
}

// step does one migration, unless another program has done it meanwhile.
func step(ctx context.Context, db *sql.DB, n int, text string) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // nothing, once it is committed
	var at int
	if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&at); err != nil || at >= n {
		return err
	}
	if _, err := tx.ExecContext(ctx, text+fmt.Sprintf(";PRAGMA user_version=%d;", n)); err != nil {
		return err
	}
	if n == rebuilt {
		if err := rebuildWhereWorked(ctx, tx); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// rebuilt is the last format that has something derived which a statement cannot make:
// with 4 the words of the index are folded otherwise, with 5 documents say what they have, with 6
// the days of their dates and where they lie.
const rebuilt = 6

// rebuildWhereWorked makes the index anew, and all else that is derived, of an archive
// in which something was done.
func rebuildWhereWorked(ctx context.Context, tx *sql.Tx) error {
	var worked bool
	if err := tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM log)").Scan(&worked); err != nil || !worked {
		return err
	}
	return rebuild(ctx, tx, nil)
}

// upgrade brings an archive of an older format up to newest, after a copy of it
// was made in CopiesFolder: without the copy it is not begun.
func (a *Archive) upgrade(ctx context.Context, from int) error {
	if a.w == nil {
		return fmt.Errorf("archive %s: it is of format %d, and can be read only when it is brought to format %d: open it where it can be written, or copy it to a folder where you may write, and open it there: %w",
			a.path, from, newest(), ErrOlder)
	}
	if err := a.Missing(); err != nil {
		return err
	}
	if from > 0 { // in format 0 there are no tables yet: nothing to lose
		if err := a.copyBefore(ctx); err != nil {
			return fmt.Errorf("archive %s is of format %d, and must be brought to format %d; a copy has to be made before that, which was not possible, so nothing was changed: %w",
				a.path, from, newest(), err)
		}
	}
	return migrate(ctx, a.w)
}

// copyBefore makes the copy before a migration. One that is there already and
// holds the same is as good; none is written over or deleted.
func (a *Archive) copyBefore(ctx context.Context) error {
	mine, err := peekAt(ctx, a.r)
	if err != nil || len(mine.heads) == 0 { // no operation: nothing to lose
		return err
	}
	folder := CopiesFolder(a.real)
	for n := 1; n < 100; n++ {
		path := filepath.Join(folder, fmt.Sprintf("%s before format %d%s", filepath.Base(stem(a.real)), newest(), extension))
		if n > 1 {
			path = fmt.Sprintf("%s (%d)%s", stem(path), n, extension)
		}
		if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
			if made, err := a.copyInto(ctx, path, older); err != nil || made {
				return err
			}
		}
		if there, err := peek(ctx, path); err == nil && sameHeads(mine.heads, there.heads) {
			return nil
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return fmt.Errorf("the folder %s is full of such copies", folder)
}

// copyInto makes a copy under a name in a folder, which is made where it is not
// there. made is false where another program was quicker.
func (a *Archive) copyInto(ctx context.Context, path string, check checkCopy) (made bool, err error) {
	f, err := makeIn(path, func(folder string) (*os.File, error) { return os.CreateTemp(folder, "*"+partEnd) })
	if err != nil {
		return false, explainCopy(a.path, path, err)
	}
	defer os.Remove(filepath.Dir(path)) // where it is empty
	f.Close()
	_, err = a.copyTo(ctx, f.Name(), path, nil, check)
	if errors.Is(err, fs.ErrExist) {
		return false, nil
	}
	return err == nil, err
}

// makeIn makes a file in the folder of path, and the folder where it is not there.
func makeIn(path string, how func(folder string) (*os.File, error)) (*os.File, error) {
	folder := filepath.Dir(path)
	err := os.Mkdir(folder, 0o777)
	if err == nil {
		err = SyncFolder(filepath.Dir(folder))
	}
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	return how(folder)
}

// older checks a copy of an archive of an older format, of which this program
// knows the log: the database is sound, and every chain ends where it does in the
// archive.
func older(ctx context.Context, a *Archive, path string, _ Progress) (rep Report, err error) {
	db, err := openReader(path, a.busy, "")
	if err != nil {
		return rep, err
	}
	defer db.Close()
	var sound string
	if err := db.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&sound); err != nil {
		return rep, err
	}
	if sound != "ok" {
		return rep, fmt.Errorf("%w: %s", ErrDamaged, sound)
	}
	rep.Heads, err = heads(ctx, db)
	if err != nil {
		return rep, err
	}
	mine, err := heads(ctx, a.r)
	if err == nil && !sameHeads(rep.Heads, mine) {
		err = fmt.Errorf("%w: somebody writes to it at this moment", ErrInUse)
	}
	return rep, err
}
