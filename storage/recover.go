package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"fonds/storage/archive"
	"fonds/storage/pages"
)

// ErrNothing says that a damaged file holds nothing of an archive any more.
var ErrNothing = errors.New("nothing of an archive can be read in it")

// RecoverOptions of a recovery.
type RecoverOptions struct {
	Options
	// Remake makes a text of its original again, and Rebuild an original of its
	// text, as the recipe says (app/ingest). What they give is taken where it has
	// the right SHA-256 and not otherwise. Either may be nil.
	Remake  func(original []byte, recipe json.RawMessage) (string, error)
	Rebuild func(text string, recipe json.RawMessage) ([]byte, error)
	// Progress is told how far it is: pages, operations … It may be nil.
	Progress Progress
}

// Recovered says what a recovery found, and what it did not.
type Recovered struct {
	Operations int // in the new archive, that of the recovery itself not counted
	Documents  int
	Drafts     int
	Pages      int // of the damaged file
	Refused    int // of those, that the disk would not give
	Remade     int // texts and originals that were lost and could be made again
	Lost       archive.RecoverBody
}

// Whole says that nothing is missing.
func (r *Recovered) Whole() bool { return r.Lost.Lost() == 0 && len(r.Lost.Documents) == 0 }

// Recover takes what can be read from a damaged archive into a new one at out,
// which must not exist (fs.ErrExist), and says what is missing: in what it
// returns, and in an operation of the new archive (archive.RecoverKind) by actor.
// It believes nothing but what a hash proves: operations by their seals, bodies by
// their commitments, texts and originals by their SHA-256; all else is made anew
// from them. The damaged file, and the write-ahead log beside it, are read and
// never changed; one that this program has open is refused (ErrInUse). Until the
// new archive is whole and on the disk it has another name beside out; where
// anything fails, or ctx ends, nothing is left there.
func Recover(ctx context.Context, damaged, out, actor string, o RecoverOptions) (r Recovered, err error) {
	o.fill()
	if o.Progress == nil {
		o.Progress = func(string, int, int) {}
	}
	fail := func(err error) (Recovered, error) {
		if ctx.Err() != nil {
			err = ctx.Err()
		}
		return Recovered{}, fmt.Errorf("recovering archive %s to %s: %w", damaged, out, err)
	}
	actor = archive.PersonName(actor)
	if err := archive.CheckName(actor); err != nil {
		return fail(err)
	}
	if _, err := os.Lstat(out); err == nil {
		return fail(fmt.Errorf("a file of that name exists; choose another name: %w", fs.ErrExist))
	}
	d, err := openDamaged(damaged)
	if err != nil {
		return fail(err)
	}
	defer d.close()
	making := working(out, "recover")
	f, err := os.OpenFile(making, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fail(explain(out, err))
	}
	f.Close()
	defer func() {
		for _, end := range []string{"", "-journal"} {
			os.Remove(making + end)
		}
	}()
	if r, err = d.into(ctx, making, actor, &o); err != nil {
		return fail(explain(out, err))
	}
	if err := ctx.Err(); err != nil {
		return fail(err)
	}
	if err := onDisk(making, d.mode); err != nil {
		return fail(explain(out, err))
	}
	if err := publish(making, out); err != nil {
		return fail(explain(out, err))
	}
	return r, nil
}

// damage is a damaged file open for reading, with its write-ahead log.
type damage struct {
	path    string
	db, wal *os.File // wal is nil where there is none
	size    int64
	walSize int64
	mode    fs.FileMode // of the new archive: it is for the same people
}

func openDamaged(path string) (*damage, error) {
	// Opening and closing it past SQLite would drop SQLite's locks.
	if isOpen(path) {
		return nil, fmt.Errorf("this program has it open: close it first: %w", ErrInUse)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	d := &damage{path: path, db: f}
	st, err := f.Stat()
	if err == nil && !st.Mode().IsRegular() {
		err = fmt.Errorf("it is no file: %w", ErrNotArchive)
	}
	if err != nil {
		d.close()
		return nil, err
	}
	d.size, d.mode = st.Size(), st.Mode().Perm()|0o600
	if w, err := os.Open(path + "-wal"); err == nil {
		if st, err := w.Stat(); err == nil && st.Mode().IsRegular() && st.Size() > 0 {
			d.wal, d.walSize = w, st.Size()
		} else {
			w.Close()
		}
	}
	return d, nil
}

// close gives the files back; where somebody in this program has opened the
// archive meanwhile, they stay open for its sake (see files.go).
func (d *damage) close() {
	if isOpen(d.path) {
		return
	}
	d.db.Close()
	if d.wal != nil {
		d.wal.Close()
	}
}

// into makes an archive of what can be read, in the empty file path.
func (d *damage) into(ctx context.Context, path, actor string, o *RecoverOptions) (r Recovered, err error) {
	var wal io.ReaderAt
	if d.wal != nil {
		wal = d.wal
	}
	f := pages.Open(d.db, d.size, wal, d.walSize)
	survey := f.Survey(truth, func(done, total int) { o.Progress("pages", done, total) })
	if err := ctx.Err(); err != nil {
		return r, err
	}
	db, err := sql.Open("sqlite3", dsn(path, o.Busy, "mode=rw&_journal_mode=OFF&_synchronous=OFF&_locking_mode=EXCLUSIVE"))
	if err != nil {
		return r, err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if _, err := db.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id=%d", applicationID)); err != nil {
		return r, err
	}
	if err := migrate(ctx, db); err != nil {
		return r, err
	}
	tx, err := db.BeginTx(context.WithoutCancel(ctx), nil)
	if err != nil {
		return r, err
	}
	defer tx.Rollback() // nothing, once it is committed
	found, err := os.CreateTemp("", "fonds-found-*")
	if err != nil {
		return r, err
	}
	defer os.Remove(found.Name())
	defer found.Close()
	s := &salvage{ctx: ctx, tx: tx, survey: survey, o: o, actor: actor, found: found, path: path, docs: map[archive.ID]*missing{}}
	if err := s.run(); err != nil {
		return r, err
	}
	if err := rebuild(ctx, tx, o.Progress); err != nil {
		return r, err
	}
	if err := tx.QueryRow("SELECT (SELECT count(*) FROM log)-1, (SELECT count(*) FROM documents), (SELECT count(*) FROM drafts)").
		Scan(&r.Operations, &r.Documents, &r.Drafts); err != nil {
		return r, err
	}
	if err := tx.Commit(); err != nil {
		return r, err
	}
	r.Lost, r.Remade = s.lost, s.remade
	r.Pages, r.Refused = f.Pages()
	return r, db.Close()
}
