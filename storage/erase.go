package storage

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	sqlite3 "github.com/mattn/go-sqlite3"

	"fonds/storage/archive"
)

// ErrNotErased says that documents are destroyed, but bytes of them may still lie
// between the rows of the file.
var ErrNotErased = errors.New("what is destroyed may still have bytes in the file")

// unfinished is ErrNotErased with why, in one sentence.
type unfinished struct {
	why string
	is  []error
}

func (u *unfinished) Error() string   { return ErrNotErased.Error() + ": " + u.why }
func (u *unfinished) Unwrap() []error { return append(u.is, ErrNotErased) }

// Erase finishes what destroying documents has begun: it takes their words out of
// the index's segments, brings the journal into the file and writes the file anew
// (VACUUM), so that no byte of them is left in it. Where nothing is due it does
// nothing. done is false where that could not be finished: the documents stay
// destroyed, err (ErrNotErased, and ErrFull where that is why) says what keeps
// it, the file remembers, and Erase or Compact finishes it later. It needs the
// room that Compact needs, and nobody else can write while it runs.
func (a *Archive) Erase(ctx context.Context, progress Progress) (done bool, err error) {
	if progress == nil {
		progress = func(string, int, int) {}
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.w == nil {
		return false, a.fixed()
	}
	if err := a.here(ctx); err != nil {
		return false, err
	}
	due, err := erasingDue(ctx, a.w)
	if len(due) > 0 {
		// What a killed program left of a copy holds what is destroyed, too; one that
		// is being made is written to all the time.
		sweep(filepath.Dir(realName(a.path)), time.Minute)
	}
	if err != nil || len(due) == 0 {
		return err == nil, explain(a.path, err)
	}
	if _, err := a.w.ExecContext(ctx, secureOn); err != nil {
		return false, explain(a.path, err)
	}
	defer a.w.Exec(secureOff) // where that fails, deleting goes on being thorough
	clean, err := a.writeAnew(ctx, partsOf(due), func(what string, done, total int) { progress("erasing from the "+what, done, total) })
	if err == nil && clean {
		return true, nil
	}
	return false, a.notErased(ctx, err)
}

// notErased says why erasing is not finished.
func (a *Archive) notErased(ctx context.Context, err error) error {
	is, _ := code(err)
	switch {
	case ctx.Err() != nil:
		return &unfinished{"erasing was stopped; compact the archive to finish it", []error{ctx.Err()}}
	case err == nil:
		return &unfinished{"another program still reads what was there before; close it, and compact the archive to finish", []error{ErrInUse}}
	case is == sqlite3.ErrBusy || is == sqlite3.ErrLocked:
		return &unfinished{"another program is at work in the archive; close it, and compact the archive to finish", []error{ErrInUse}}
	case isFull(err):
		size, _ := a.size() // for the sentence only
		return &unfinished{fmt.Sprintf("there must be room for two more files of its size (%d bytes), in %s and beside it; make room, and compact the archive to finish",
			size, os.TempDir()), []error{ErrFull}}
	}
	err = explain(a.path, err)
	return &unfinished{err.Error() + "; compact the archive to finish", []error{err}}
}

// EraseDue counts the documents that are destroyed and not yet erased from the
// file: see Erase.
func (a *Archive) EraseDue(ctx context.Context) (int, error) {
	due, err := erasingDue(ctx, a.r)
	return len(due), explain(a.path, err)
}

// erasing is a document that is not yet erased, and where its words were.
type erasing struct {
	doc  archive.ID
	part part
}

func erasingDue(ctx context.Context, q querier) ([]erasing, error) {
	rows, err := q.QueryContext(ctx, "SELECT e.doc, p.n, p.first FROM erasing e JOIN parts p ON p.n=e.part ORDER BY p.n, e.doc")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []erasing
	for rows.Next() {
		var e erasing
		if err := rows.Scan(&e.doc, &e.part.n, &e.part.first); err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, rows.Err()
}

// partsOf are the parts of the index that are concerned, each once.
func partsOf(due []erasing) []part {
	var out []part
	for _, e := range due {
		if len(out) == 0 || out[len(out)-1] != e.part {
			out = append(out, e.part)
		}
	}
	return out
}
