package storage

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	sqlite3 "github.com/mattn/go-sqlite3"

	"fonds/storage/archive"
)

// What a caller may want to decide on, with errors.Is.
var (
	ErrNotArchive = errors.New("not a Fonds archive")
	ErrInUse      = errors.New("the archive is in use by another program")
	ErrReadOnly   = errors.New("the archive is open for reading only")
	ErrDamaged    = errors.New("the archive is damaged")
	ErrJournal    = errors.New("a journal of another file lies beside it")
	ErrOlder      = errors.New("the archive is of an older format")
)

// Options of an open archive; the zero value is what a program wants. Tests hand
// in clocks, ids and randomness.
type Options struct {
	ReadOnly bool
	Now      func() time.Time
	NewID    func() archive.ID
	Rand     io.Reader     // for salts
	Busy     time.Duration // how long to wait for another writer; 5 s unless set

	// ReadPart says what a reader sees in a text that becomes a document of its own:
	// its language and proposals; nil sees nothing.
	ReadPart func(text string) *archive.Incoming
	// Fields says, for a template by its id and its JSON ("" where programs bring it),
	// into which field a machine's proposal for one goes; nil leaves all where they are.
	Fields func(id, json string) func(field, rule string) string
	// ReadAgain reads an original once more; nil refuses to.
	ReadAgain Reader

	full bool // there is no room to write
}

// Archive is an open archive file. Its methods may be called from several
// goroutines; none of them may be called on a goroutine that draws a window,
// because any may wait for the disk.
type Archive struct {
	path      string
	abs       string      // path, wherever the program goes
	real      string      // abs without links: where SQLite has its journal
	identity  os.FileInfo // of the file that was opened
	journal   os.FileInfo // of SQLite's journal beside it; nil where it is only read
	gone      atomic.Bool // the path led elsewhere once
	settled   bool        // gone, and everything is in the file
	readOnly  string      // why, or ""
	replica   archive.ID  // found when it is first needed
	newID     func() archive.ID
	rand      io.Reader
	now       func() time.Time
	readPart  func(text string) *archive.Incoming // see Options
	fields    fieldsOf
	readAgain Reader
	ticker    *archive.Ticker
	busy      time.Duration
	opened    os.FileInfo // in the list of open files, while it is open

	kinds map[kindVersion]bool // that the file is known to hold; under mu
	seen  int64                // log.n up to which the ticker knows the clocks; under mu

	mu sync.Mutex // one writer in this program; SQLite sees to the others
	w  *sql.DB    // one connection, BEGIN IMMEDIATE; nil where read-only
	r  querier    // pool, or of a Snapshot its transaction

	pool *sql.DB // readers; nil of a Snapshot
	snap *sql.Tx // of a Snapshot

	watch    watch
	orders   orders
	censuses censuses
	conns    atomic.Int64 // connections that w has had
	kept     atomic.Pointer[kept]
}

func (o *Options) fill() {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.NewID == nil {
		o.NewID = archive.NewID
	}
	if o.Rand == nil {
		o.Rand = rand.Reader
	}
	if o.Busy == 0 {
		o.Busy = 5 * time.Second
	}
}

func dsn(path string, busy time.Duration, more string) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		abs = path
	}
	u := url.URL{Scheme: "file", Path: filepath.ToSlash(abs)}
	return u.String() + fmt.Sprintf("?_busy_timeout=%d&_foreign_keys=on&_stmt_cache_size=64&_cache_size=-16000&%s", busy.Milliseconds(), more)
}

// Open opens an archive. One that this program may not or cannot write is
// opened for reading: see ReadOnly.
func Open(ctx context.Context, path string, o Options) (*Archive, error) {
	o.fill()
	// Where this process has the file open, it may not be opened and closed past
	// SQLite: that would drop SQLite's locks (POSIX locks belong to the process).
	if !isOpen(path) {
		if err := looksLikeArchive(path); err != nil {
			return nil, err
		}
		if err := leftBehind(ctx, path, o.Busy); err != nil {
			return nil, explain(path, err)
		}
	}
	a, err := open(ctx, path, o)
	if errors.Is(err, ErrFull) && !o.ReadOnly && !pending(path) {
		// SQLite wants room beside the file even to read, unless it is told that nothing
		// changes: and nothing can.
		o.full = true
		if r, e := open(ctx, path, o); e == nil {
			return r, nil
		}
	}
	return a, err
}

func open(ctx context.Context, path string, o Options) (*Archive, error) {
	a, err := connect(ctx, path, o)
	if err != nil {
		return nil, explain(path, err)
	}
	if err := a.check(ctx); err != nil {
		a.Close()
		if c, _ := code(err); c == sqlite3.ErrError { // a table that every archive has is not there
			return nil, fmt.Errorf("archive %s: %w (%v): leave it as it is and go back to a copy", path, ErrDamaged, err)
		}
		return nil, explain(path, err)
	}
	return a, nil
}

// connect opens the connections: a writer where the file and its folder can be
// written, readers in any case.
func connect(ctx context.Context, path string, o Options) (*Archive, error) {
	a := &Archive{path: path, newID: o.NewID, rand: o.Rand, busy: o.Busy, now: o.Now, readPart: o.ReadPart, fields: fieldsOf{of: o.Fields}, readAgain: o.ReadAgain, ticker: archive.NewTicker(o.Now), kinds: map[kindVersion]bool{}}
	if err := a.identify(); err != nil {
		return nil, err
	}
	switch {
	case o.ReadOnly:
		a.readOnly = "asked"
	case o.full:
		a.readOnly = "full"
	case !isOpen(path):
		may, err := writable(path)
		if err != nil {
			return nil, err
		}
		if !may {
			a.readOnly = "folder"
		}
	}
	if a.readOnly == "" {
		w := sql.OpenDB(connector{a, &a.conns, dsn(path, o.Busy, "mode=rw&_txlock=immediate&_journal_mode=WAL&_synchronous=FULL&_secure_delete=off")})
		w.SetMaxOpenConns(1)
		a.w = w
		if err := a.firstLook(ctx); err != nil {
			w.Close()
			return nil, err
		}
	}
	a.pool = sql.OpenDB(connector{a, nil, readerDSN(path, o.Busy, a.readOnly)})
	a.pool.SetMaxOpenConns(readers)
	a.pool.SetMaxIdleConns(readers)
	a.r = a.pool
	a.watch.db = sql.OpenDB(connector{a, nil, readerDSN(path, o.Busy, a.readOnly)})
	a.watch.db.SetMaxOpenConns(1)
	a.opened = markOpen(path)
	return a, nil
}

// firstLook opens the journal: who never looked, as where a copy has just been
// given one, would not tidy it away when closing. Giving it one, SQLite does not
// wait for another writer by itself.
func (a *Archive) firstLook(ctx context.Context) error {
	for waited := time.Duration(0); ; waited += busyWait {
		_, err := a.w.ExecContext(ctx, "SELECT count(*) FROM sqlite_master")
		var e sqlite3.Error
		if err == nil {
			a.journal, err = os.Stat(a.real + "-wal")
		}
		if !errors.As(err, &e) || e.Code != sqlite3.ErrBusy || waited >= a.busy {
			return err
		}
		select {
		case <-time.After(busyWait):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// openReader opens connections that cannot write. Where the folder cannot be
// written either, SQLite is told that nothing changes: but not while changes lie
// beside the file in its journal, which it then would not see.
func openReader(path string, busy time.Duration, readOnly string) (*sql.DB, error) {
	db, err := sql.Open("sqlite3", readerDSN(path, busy, readOnly))
	if err == nil {
		db.SetMaxOpenConns(readers)
	}
	return db, err
}

// readers is how many connections read at once.
const readers = 4

func readerDSN(path string, busy time.Duration, readOnly string) string {
	if (readOnly == "folder" || readOnly == "full") && !pending(path) {
		return dsn(path, busy, "mode=ro&immutable=1")
	}
	return dsn(path, busy, "mode=ro&_query_only=on")
}

// check looks at format and kinds, and migrates.
func (a *Archive) check(ctx context.Context) error {
	var id, version int
	if err := a.r.QueryRowContext(ctx, "PRAGMA application_id").Scan(&id); err != nil {
		return err
	}
	if id != applicationID {
		return fmt.Errorf("opening archive %s: it is a database of another program: %w", a.path, ErrNotArchive)
	}
	if err := a.r.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	if version > newest() {
		a.becomeReadOnly("newer")
		return nil
	}
	if version < newest() {
		if err := a.upgrade(ctx, version); err != nil {
			return err
		}
	}
	rows, err := a.r.QueryContext(ctx, "SELECT kind, version FROM kinds")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var kind string
		var v int
		if err := rows.Scan(&kind, &v); err != nil {
			return fmt.Errorf("archive %s: %w: its list of kinds makes no sense (%v): %s", a.path, ErrDamaged, err, wayOut)
		}
		if !archive.KnownKind(kind, v) {
			a.becomeReadOnly("newer")
			return rows.Err()
		}
		a.kinds[kindVersion{kind, v}] = true
	}
	return rows.Err()
}

func (a *Archive) becomeReadOnly(why string) {
	if a.w != nil {
		a.w.Close()
		a.w = nil
	}
	a.readOnly = why
}

// wayOut is what to do with a damaged archive.
const wayOut = "leave it as it is and go back to a copy, or take out of it what can be read: fonds recover DAMAGED OUT"

// explain turns SQLite's words into ours.
func explain(path string, err error) error {
	if said := explainDisk(path, err); said != nil {
		return said
	}
	switch c, _ := code(err); c {
	case sqlite3.ErrBusy, sqlite3.ErrLocked:
		return fmt.Errorf("archive %s: %w: close the other program, or try again", path, ErrInUse)
	case sqlite3.ErrNotADB:
		return fmt.Errorf("archive %s: %w: choose a file made by Fonds; where it was one, its beginning is damaged: %s", path, ErrNotArchive, wayOut)
	case sqlite3.ErrError:
		if strings.Contains(err.Error(), "invalid fts5 file format") { // which is how FTS5 says that its own tables are
			return fmt.Errorf("archive %s: %w (%v): %s", path, ErrDamaged, err, wayOut)
		}
	case sqlite3.ErrCorrupt:
		return fmt.Errorf("archive %s: %w (%v): %s", path, ErrDamaged, err, wayOut)
	case sqlite3.ErrReadonly:
		return fmt.Errorf("archive %s: %w", path, ErrReadOnly)
	case sqlite3.ErrCantOpen:
		if err := probe(path); err != nil {
			return explainDisk(path, err)
		}
		if pending(path) {
			return fmt.Errorf("archive %s: its latest changes lie in %s-wal, which cannot be read here: copy both files to a folder where you may write, and open it there", path, path)
		}
		return fmt.Errorf("archive %s cannot be opened (%v): look whether you may read it and its folder is there", path, err)
	}
	return err
}

// fixed is the error of whoever wants to write where nothing can be.
func (a *Archive) fixed() error {
	if a.readOnly == "full" {
		return fmt.Errorf("archive %s: %w, and was when it was opened; nothing was changed: make room, open it again and try again", a.path, ErrFull)
	}
	return fmt.Errorf("archive %s: %w", a.path, ErrReadOnly)
}

// Close closes the file. Everything answered as done is in it already.
func (a *Archive) Close() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.identity != nil {
		_ = a.here(context.Background())
	}
	var errs []error
	if a.snap != nil {
		return a.snap.Rollback() // it has only read
	}
	if a.pool != nil {
		errs = append(errs, a.pool.Close(), a.watch.db.Close())
	}
	if a.w != nil {
		errs = append(errs, a.w.Close())
		a.w = nil
	}
	markClosed(a.opened)
	a.opened = nil
	return errors.Join(errs...)
}

// Path is the file's path as it was opened.
func (a *Archive) Path() string { return a.path }

// Now is the moment on the clock that the archive goes by.
func (a *Archive) Now() time.Time { return a.now() }

// ReadOnly says whether nothing can be changed, and why: "asked", "folder" (the
// file or its folder cannot be written), "newer" (a newer program wrote it),
// "full" (the disk had no room when it was opened).
func (a *Archive) ReadOnly() (bool, string) { return a.readOnly != "", a.readOnly }

// Replica names the chain that this program appends to; "" until it has written.
func (a *Archive) Replica() archive.ID {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.replica
}
