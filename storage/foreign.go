package storage

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"time"

	"github.com/mattn/go-sqlite3"
)

// SQLite puts a journal (FILE-wal) that it finds beside a file into that file, without
// knowing whether it is its own: a copy that took the place of an archive which was not
// closed would be mixed with it, or cut. So a journal that nobody is working with is
// looked at before it is taken: what both make together has to be whole.

// leftBehind refuses a file beside which a journal lies that belongs to another, or to
// another state of it. It writes nothing.
func leftBehind(ctx context.Context, path string, busy time.Duration) error {
	if !pending(path) || heldElsewhere(path) {
		return nil
	}
	// What cannot be opened at all is said when it is opened.
	if whole, known := sound(ctx, path, dsn(path, busy, "mode=ro&_query_only=on")); whole || !known {
		return nil
	}
	// The file by itself may be damaged: that is said in other words, and by others.
	if alone, _ := sound(ctx, path, dsn(path, busy, "mode=ro&immutable=1")); !alone {
		return nil
	}
	return journalError(path)
}

// looksAtAll is up to which size all of a file is looked at, in bytes: it takes a second.
// Of a larger one it is the tables to which every transaction adds.
const looksAtAll = 256 << 20

// sound says whether the file has the size that it says, and its tables as many entries
// as each index of them; known is false where it cannot be opened.
func sound(ctx context.Context, path, name string) (whole, known bool) {
	db, err := sql.Open("sqlite3", name)
	if err != nil {
		return false, false
	}
	defer db.Close()
	var pages, size int64
	if err := db.QueryRowContext(ctx, "SELECT page_count, page_size FROM pragma_page_count, pragma_page_size").Scan(&pages, &size); err != nil {
		return false, senseless(err)
	}
	if st, err := os.Stat(path); err != nil {
		return false, false
	} else if st.Size() > pages*size {
		// Written anew and made shorter, it has every page in its journal.
		if j, err := os.Stat(realName(path) + "-wal"); err != nil || j.Size() < pages*size {
			return false, err == nil
		}
	}
	checks := []string{"PRAGMA integrity_check(1)"}
	if pages*size > looksAtAll {
		checks = []string{"PRAGMA integrity_check('log')", "PRAGMA integrity_check('documents')", "PRAGMA integrity_check('items')"}
	}
	for _, check := range checks {
		var said string
		if err := db.QueryRowContext(ctx, check).Scan(&said); err != nil {
			return false, senseless(err)
		}
		if said != "ok" {
			return false, true
		}
	}
	return true, true
}

// senseless says whether SQLite makes no sense of a file.
func senseless(err error) bool {
	c, _ := code(err)
	return c == sqlite3.ErrCorrupt || c == sqlite3.ErrNotADB || c == sqlite3.ErrError || c == sqlite3.ErrIoErr
}

// journalError says what to do with a journal that belongs to another file.
func journalError(path string) error {
	return fmt.Errorf("opening archive %s: %w: %s-wal is that of the file which was here before, and may hold its latest changes; close the program that has it open, or move %s-wal and %s-shm away, and try again",
		path, ErrJournal, path, path, path)
}
