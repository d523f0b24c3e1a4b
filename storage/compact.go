package storage

import (
	"context"
	"fmt"
	"os"
)

// Compact gives back what the file no longer needs: it merges the search index
// and writes the database anew without its holes (VACUUM). It says how many bytes
// that won, which may be none. Meanwhile it needs room for a second copy twice:
// in the system's folder for temporary files and beside the archive; where there
// is none it fails with ErrFull, and where it fails or ctx ends the archive is
// as it was. Nobody else can write while it runs.
func (a *Archive) Compact(ctx context.Context, progress Progress) (won int64, err error) {
	if progress == nil {
		progress = func(string, int, int) {}
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.w == nil {
		return 0, a.fixed()
	}
	if err := a.here(ctx); err != nil {
		return 0, err
	}
	before, err := a.size()
	if err != nil {
		return 0, err
	}
	defer func() {
		if ctx.Err() != nil && err != nil {
			err = ctx.Err()
		} else if isFull(err) {
			err = fmt.Errorf("compacting archive %s: %w: there must be room for two more files of its size (%d bytes), in %s and beside it; nothing was changed: make room and try again",
				a.path, ErrFull, before, os.TempDir())
		} else {
			err = explain(a.path, err)
		}
	}()
	for i, step := range []struct{ what, sql string }{
		{"journal", "PRAGMA wal_checkpoint(TRUNCATE)"},
		{"index", "INSERT INTO search(search) VALUES('optimize')"},
		{"file", "VACUUM"},
		{"journal", "PRAGMA wal_checkpoint(TRUNCATE)"},
	} {
		progress("compacting the "+step.what, i, 4)
		if _, err := a.w.ExecContext(ctx, step.sql); err != nil {
			return 0, err
		}
	}
	after, err := a.size()
	return max(before-after, 0), err
}

// size is how many bytes the archive takes on the disk, its journal included.
func (a *Archive) size() (int64, error) {
	st, err := os.Stat(a.path)
	if err != nil {
		return 0, err
	}
	size := st.Size()
	if wal, err := os.Stat(a.path + "-wal"); err == nil {
		size += wal.Size()
	}
	return size, nil
}
