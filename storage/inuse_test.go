package storage

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// patience is how long the archives of these tests wait for another writer.
const patience = 30 * time.Millisecond

// lock holds an archive as another program does that is writing.
func lock(t *testing.T, path, how string) (release func()) {
	t.Helper()
	db, err := sql.Open("sqlite3", dsn(path, 0, "mode=rw"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	c, err := db.Conn(ctx)
	if err == nil {
		_, err = c.ExecContext(ctx, how)
	}
	if err != nil {
		t.Fatal(err)
	}
	return func() {
		if _, err := c.ExecContext(ctx, "ROLLBACK"); err != nil {
			t.Error(err)
		}
		c.Close()
		db.Close()
	}
}

// inUse holds what a way of working says against another program's lock: that it
// waited, and what can be done.
func inUse(t *testing.T, how string, work func() error) {
	t.Helper()
	began := time.Now()
	err := work()
	if took := time.Since(began); took < patience {
		t.Errorf("%s: gave up after %v", how, took)
	}
	if !errors.Is(err, ErrInUse) || !strings.Contains(err.Error(), "close the other program, or try again") {
		t.Errorf("%s: got %v", how, err)
	}
}

// TestInUse: every way to write waits for another writer, and then says so;
// reading and copying go on.
func TestInUse(t *testing.T) {
	a := newArchive(t)
	id := bring(t, a, incoming("01.txt", notice))[0]
	mustApply(t, a, "Zhang", tag("tag.add", id, "x"))
	out := filepath.Join(t.TempDir(), "copy.fonds")
	mustBackup(t, a, out)
	a.Close()
	release := lock(t, a.Path(), "BEGIN IMMEDIATE")
	b, err := Open(ctx, a.Path(), Options{Busy: patience})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	for how, write := range writers(b, id) {
		inUse(t, how, write)
	}
	mustVerify(t, b)
	mustBackup(t, b, filepath.Join(t.TempDir(), "copy.fonds"))
	release()
	mustApply(t, b, "Zhang", tag("tag.add", id, "y"))

	// A copy, which is in another journal mode: opening it changes that.
	release = lock(t, out, "BEGIN IMMEDIATE")
	inUse(t, "opening a copy", func() error {
		c, err := Open(ctx, out, Options{Busy: patience})
		if err == nil {
			c.Close()
		}
		return err
	})
	release()
	release = lock(t, out, "BEGIN EXCLUSIVE")
	inUse(t, "reading a copy", func() error {
		c, err := Open(ctx, out, Options{Busy: patience, ReadOnly: true})
		if err == nil {
			c.Close()
		}
		return err
	})
	release()
	c, err := Open(ctx, out, Options{Busy: patience, ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	release = lock(t, out, "BEGIN EXCLUSIVE")
	inUse(t, "copying a copy", func() error {
		_, err := c.Backup(ctx, filepath.Join(t.TempDir(), "copy.fonds"), nil)
		return err
	})
	release()
}

// TestInUseMigration: nothing is half migrated.
func TestInUseMigration(t *testing.T) {
	a := full(t, 1)
	a.Close()
	nextFormat(t, "CREATE TABLE extra(x INTEGER PRIMARY KEY) STRICT;")
	release := lock(t, a.Path(), "BEGIN IMMEDIATE")
	inUse(t, "migrating", func() error {
		b, err := Open(ctx, a.Path(), Options{Busy: patience})
		if err == nil {
			b.Close()
		}
		return err
	})
	release()
	mustVerify(t, mustOpen(t, a.Path()))
}

// TestPatience: without another word every connection waits for five seconds.
func TestPatience(t *testing.T) {
	a := newArchive(t)
	for name, db := range map[string]*sql.DB{"writer": a.w, "reader": a.pool} {
		var ms int
		if err := db.QueryRow("PRAGMA busy_timeout").Scan(&ms); err != nil || ms != 5000 {
			t.Errorf("%s waits %d ms: %v", name, ms, err)
		}
	}
	if a.busy != 5*time.Second {
		t.Errorf("the others wait %v", a.busy)
	}
}

// raw changes an archive past the program.
func raw(t *testing.T, path, query string, args ...any) {
	t.Helper()
	db, err := sql.Open("sqlite3", dsn(path, 0, "mode=rw"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(query, args...); err != nil {
		t.Fatal(err)
	}
}

// TestNewer: what a newer program has written is read and not touched, whether
// its format is newer or it knows more kinds of operations.
func TestNewer(t *testing.T) {
	for name, change := range map[string]string{
		"format":  "PRAGMA user_version=999",
		"kind":    "INSERT INTO kinds VALUES('page.turn', 1)",
		"version": "UPDATE kinds SET version=999 WHERE kind='tag.add' OR kind='field.set'",
	} {
		t.Run(name, func(t *testing.T) {
			a := full(t, 2)
			a.Close()
			raw(t, a.Path(), change)
			before, err := os.ReadFile(a.Path())
			if err != nil {
				t.Fatal(err)
			}
			b := mustOpen(t, a.Path())
			if ro, why := b.ReadOnly(); !ro || why != "newer" {
				t.Errorf("got %v %q", ro, why)
			}
			if n, err := b.Count(ctx, Query{}); err != nil || n != 2 {
				t.Errorf("got %d documents: %v", n, err)
			}
			for how, write := range writers(b, "") {
				if err := write(); !errors.Is(err, ErrReadOnly) {
					t.Errorf("%s: got %v", how, err)
				}
			}
			if _, err := b.Backup(ctx, filepath.Join(t.TempDir(), "copy.fonds"), nil); !errors.Is(err, ErrReadOnly) || !strings.Contains(err.Error(), "newer Fonds") {
				t.Errorf("backup: %v", err)
			}
			if _, made, err := b.DailyCopy(ctx, day(1), nil); made || err != nil {
				t.Errorf("daily copy: %v %v", made, err)
			}
			b.Close()
			if after, err := os.ReadFile(a.Path()); err != nil || string(after) != string(before) {
				t.Errorf("it was changed (%v)", err)
			}
		})
	}
}
