package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fonds/storage/archive"
)

// extension of an archive's file; names of copies are made without it.
const extension = ".fonds"

// CopiesFolder is the folder in which the program's own copies of an archive lie,
// beside it.
func CopiesFolder(path string) string { return stem(path) + ".copies" }

func stem(path string) string {
	if strings.EqualFold(filepath.Ext(path), extension) {
		return path[:len(path)-len(extension)]
	}
	return path
}

// partEnd is the end of the name of a copy that is being made; a part that nobody
// has touched for partStale was left behind by a program that ended.
const (
	partEnd   = ".part"
	partStale = time.Hour
)

// DailyCopy makes the copy of a day: where the newest daily copy is of an earlier
// day of now's zone and something was done since, a new one is made in
// CopiesFolder, checked, and those beyond the number to be kept (the setting
// copies; 0: none is made) are deleted. made is false where there was nothing to
// do, or another program is at it. Where a copy was made but an old one cannot be
// deleted, made is true and err says so.
func (a *Archive) DailyCopy(ctx context.Context, now time.Time, progress Progress) (path string, made bool, err error) {
	if a.w == nil {
		return "", false, nil
	}
	if err := a.Missing(); err != nil {
		return "", false, err
	}
	self, err := a.Self(ctx)
	if err != nil {
		return "", false, err
	}
	keep := self.Copies()
	if keep == 0 {
		return "", false, nil
	}
	day := now.Format(time.DateOnly)
	folder := CopiesFolder(a.real)
	copies, err := dailyCopies(folder, filepath.Base(stem(a.real)))
	if err != nil {
		return "", false, fmt.Errorf("making the daily copy of %s: %w", a.path, err)
	}
	if done, err := a.copied(ctx, copies, day); err != nil || done {
		return "", false, err
	}
	path = filepath.Join(folder, filepath.Base(stem(a.real))+" "+day+extension)
	f, err := a.part(path, now)
	if err != nil {
		return "", false, explainCopy(a.path, path, err)
	}
	defer os.Remove(folder) // where it is empty
	if f == nil {
		return "", false, nil
	}
	f.Close()
	switch _, err := a.copyTo(ctx, f.Name(), path, progress, whole); {
	case errors.Is(err, fs.ErrExist): // another program was quicker
		return "", false, nil
	case err != nil:
		return "", false, err
	}
	return path, true, a.prune(ctx, append(copies, daily{path, day}), keep, day)
}

// copied says whether there is nothing to be done on a day: its copy is there, or
// the latest one before it holds everything. A clock that once ran ahead stops
// nothing: copies of days to come are not asked.
func (a *Archive) copied(ctx context.Context, copies []daily, day string) (bool, error) {
	for i := len(copies) - 1; i >= 0; i-- {
		switch {
		case copies[i].day > day:
			continue
		case copies[i].day == day:
			return true, nil
		}
		mine, err := a.Heads(ctx)
		if err != nil {
			return false, err
		}
		c, err := peek(ctx, copies[i].path)
		return err == nil && sameHeads(mine, c.heads), nil // one that cannot be read holds nothing
	}
	return false, nil
}

func sameHeads(a, b map[archive.ID]archive.Hash) bool {
	if len(a) != len(b) {
		return false
	}
	for id, h := range a {
		if b[id] != h {
			return false
		}
	}
	return true
}

// daily is a daily copy by its name.
type daily struct{ path, day string }

// dailyCopies lists the daily copies of the archive called name, the oldest first.
func dailyCopies(folder, name string) ([]daily, error) {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var out []daily
	for _, e := range entries {
		day, ok := strings.CutPrefix(e.Name(), name+" ")
		if !ok || !e.Type().IsRegular() {
			continue
		}
		if day, ok = strings.CutSuffix(day, extension); !ok {
			continue
		}
		if _, err := time.Parse(time.DateOnly, day); err == nil {
			out = append(out, daily{filepath.Join(folder, e.Name()), day})
		}
	}
	slices.SortFunc(out, byDay)
	return out, nil
}

func byDay(x, y daily) int { return strings.Compare(x.day, y.day) }

// prune deletes the oldest daily copies beyond keep; never the one of today, and
// none that is not ours, that somebody has worked in or has open.
func (a *Archive) prune(ctx context.Context, copies []daily, keep int, today string) error {
	slices.SortFunc(copies, byDay)
	var errs []error
	for _, c := range copies[:max(len(copies)-keep, 0)] {
		if c.day == today || isOpen(c.path) || pending(c.path) || looksLikeArchive(c.path) != nil {
			continue
		}
		if p, err := peek(ctx, c.path); err != nil || p.worked {
			continue
		}
		if err := os.Remove(c.path); err != nil {
			errs = append(errs, fmt.Errorf("the copy of today is made, but an old one cannot be deleted: %w", err))
		}
	}
	return errors.Join(errs...)
}

// part begins the copy of a day, under a name that one program can have. f is nil
// where another program is at it.
func (a *Archive) part(path string, now time.Time) (f *os.File, err error) {
	name := path + partEnd
	if st, err := os.Stat(name); err == nil {
		if now.Sub(st.ModTime()) < partStale {
			return nil, nil
		}
		if err := os.Remove(name); err != nil {
			return nil, err
		}
	}
	f, err = makeIn(path, func(string) (*os.File, error) { return os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600) })
	if errors.Is(err, fs.ErrExist) {
		return nil, nil
	}
	return f, err
}

// peeked is what can be seen of an archive of any format, without opening it as
// one: tables of the first format only.
type peeked struct {
	heads  map[archive.ID]archive.Hash
	worked bool // somebody has written into this copy
}

func peek(ctx context.Context, path string) (p peeked, err error) {
	db, err := openReader(path, time.Second, "folder") // leaves nothing beside it
	if err != nil {
		return p, err
	}
	defer db.Close()
	return peekAt(ctx, db)
}

func peekAt(ctx context.Context, q querier) (p peeked, err error) {
	if err := q.QueryRowContext(ctx, "SELECT EXISTS(SELECT 1 FROM replicas WHERE place<>'')").Scan(&p.worked); err != nil {
		return p, err
	}
	p.heads, err = heads(ctx, q)
	return p, err
}

// heads finds the end of each replica's chain by the index of the chains, without
// reading the log.
func heads(ctx context.Context, q querier) (map[archive.ID]archive.Hash, error) {
	rows, err := q.QueryContext(ctx, `WITH RECURSIVE r(id) AS (SELECT min(replica) FROM log
		UNION ALL SELECT (SELECT min(replica) FROM log WHERE replica>r.id) FROM r WHERE r.id IS NOT NULL)
		SELECT id, (SELECT hash FROM log WHERE replica=r.id ORDER BY seq DESC LIMIT 1) FROM r WHERE id IS NOT NULL`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[archive.ID]archive.Hash{}
	for rows.Next() {
		var id archive.ID
		var hash sql.RawBytes
		if err := rows.Scan(&id, &hash); err != nil {
			return nil, err
		}
		var h archive.Hash
		copy(h[:], hash)
		out[id] = h
	}
	return out, rows.Err()
}

// Copy is a daily copy of an archive.
type Copy struct {
	Path string
	Day  string // 2006-01-02
}

// Copies lists the daily copies that lie in CopiesFolder, the oldest first.
func (a *Archive) Copies() ([]Copy, error) {
	all, err := dailyCopies(CopiesFolder(a.abs), filepath.Base(stem(a.real)))
	if err != nil {
		return nil, fmt.Errorf("looking for the copies of %s: %w", a.path, err)
	}
	var out []Copy
	for _, c := range all {
		out = append(out, Copy{c.path, c.day})
	}
	return out, nil
}
