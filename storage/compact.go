package storage

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// Compact gives back what the file no longer needs: it merges the search index
// and writes the database anew without its holes (VACUUM). It says how many bytes
// that won, which may be none. It finishes what Erase has left. Meanwhile it needs room for a second copy twice:
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
	sweep(filepath.Dir(realName(a.path)), time.Hour)
	before, err := a.size()
	if err != nil {
		return 0, err
	}
	all, err := readParts(ctx, a.w)
	if err != nil {
		return 0, explain(a.path, err)
	}
	if _, err := a.writeAnew(ctx, all, func(what string, done, total int) { progress("compacting the "+what, done, total) }); err != nil {
		switch {
		case ctx.Err() != nil:
			return 0, ctx.Err()
		case isFull(err):
			return 0, fmt.Errorf("compacting archive %s: %w: there must be room for two more files of its size (%d bytes), in %s and beside it; nothing was changed: make room and try again",
				a.path, ErrFull, before, os.TempDir())
		}
		return 0, explain(a.path, err)
	}
	after, err := a.size()
	return max(before-after, 0), err
}

// writeAnew merges parts of the index and writes the database anew, which ends
// the erasing of whatever was destroyed before. clean is false where others still
// read what was there before, so that SQLite keeps it for them in the file.
func (a *Archive) writeAnew(ctx context.Context, parts []part, progress Progress) (clean bool, err error) {
	due, err := erasingDue(ctx, a.w)
	if err != nil {
		return false, err
	}
	total, done := len(parts)+3, 0
	step := func(what string) { progress(what, done, total); done++ }
	step("journal")
	if _, err := a.checkpoint(ctx); err != nil {
		return false, err
	}
	for _, p := range parts {
		step("index")
		// The first may be no more than the end of a merge that was on its way.
		for range 2 {
			if _, err := a.w.ExecContext(ctx, fmt.Sprintf("INSERT INTO %[1]s(%[1]s) VALUES('optimize')", p.table())); err != nil {
				return false, err
			}
		}
	}
	step("file")
	if _, err := a.w.ExecContext(ctx, "VACUUM"); err != nil {
		return false, err
	}
	step("journal")
	clean, err = a.checkpoint(ctx)
	if err != nil || !clean {
		return false, err
	}
	for _, e := range due {
		if _, err := a.w.ExecContext(ctx, "DELETE FROM erasing WHERE doc=?", e.doc); err != nil {
			return false, err
		}
	}
	return true, nil
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
