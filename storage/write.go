package storage

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"slices"

	"fonds/storage/archive"
)

// writer is one transaction on its way: the documents it has loaded, the end of
// this replica's chain, and what has to be indexed again.
type writer struct {
	a    *Archive
	ctx  context.Context
	tx   *behind
	docs map[archive.ID]*held

	replica archive.ID
	seq     int64
	head    archive.Hash
	kinds   map[kindVersion]bool // that were not in the file before
	last    int64                // log.n of the operation that was written last, 0 before the first
	imports int64                // number of the last import, 0 where SQLite counts

	numbered bool // SQLite counts the imports, which was asked

	parts  []part                      // of the index, once they are asked for
	room   int                         // passages that the last of them still takes, 0 where it is not known
	secure bool                        // what is deleted is overwritten with zeros
	at     state                       // of the file when the transaction began
	follow bool                        // what it does not load it does not change
	hidden map[string]string           // by document that an undo took out: SHA-256 of its original; nil until asked for
	ending map[archive.ID]bool         // documents that are being destroyed, with their parts
	past   map[archive.ID]archive.Done // of operations that are about to be taken back
	next   *ahead                      // what is being read for the operations behind those
	told   func(done, all int)         // documents that are written down; nil where nobody asks
}

// held is a document as a transaction has it.
type held struct {
	*archive.Document
	n       int64           // documents.n; 0: not in the table
	loaded  []*archive.Item // as the transaction found them
	base    *archive.Reading
	changes []archive.Change
	gone    bool     // no longer in the table, though it was
	known   bool     // its row is that of what was loaded, or of said
	said    *listRow // what the row says since it was written, or nil
}

// write runs f in one transaction: all of it is durable when write returns nil,
// and none of it where it returns an error.
func (a *Archive) write(ctx context.Context, f func(*writer) error) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.w == nil {
		return a.fixed()
	}
	if err := a.here(ctx); err != nil {
		return err
	}
	tx, err := a.w.BeginTx(ctx, nil)
	if err != nil {
		return explain(a.path, err)
	}
	w := &writer{a: a, ctx: ctx, tx: &behind{tx: tx}, replica: a.replica, docs: map[archive.ID]*held{}, kinds: map[kindVersion]bool{}}
	done := false
	defer func() { w.end(done) }()
	if w.at, err = a.state(ctx, tx); err != nil {
		return explain(a.path, err)
	}
	if err := w.findReplica(); err != nil {
		return explain(a.path, err)
	}
	if err := w.chain(); err != nil {
		return explain(a.path, err)
	}
	if _, err := w.doc(""); err != nil {
		return explain(a.path, err)
	}
	if err := f(w); err != nil {
		return explain(a.path, w.tx.cause(err))
	}
	if err := first(w.flush(), w.tx.settle); err != nil {
		return explain(a.path, w.tx.cause(err))
	}
	if err := a.Missing(); err != nil {
		return err
	}
	if err := w.tx.Commit(); err != nil {
		return a.unsynced(ctx, fmt.Errorf("writing to the file: %w", err))
	}
	done = true
	a.replica = w.replica
	for k := range w.kinds {
		a.kinds[k] = true
	}
	return nil
}

// end leaves the connection as it was; what is not committed is taken back.
func (w *writer) end(done bool) {
	if w.next != nil {
		<-w.next.ready
	}
	w.tx.Rollback()
	if w.secure {
		w.a.w.Exec(secureOff) // where that fails, deleting goes on being thorough
	}
	w.keep(done)
}

// chain reads where this replica's chain ends, and the latest clock.
func (w *writer) chain() error {
	var hash []byte
	err := w.tx.QueryRowContext(w.ctx, "SELECT seq, hash FROM log WHERE replica=? ORDER BY seq DESC LIMIT 1",
		w.replica).Scan(&w.seq, &hash)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	copy(w.head[:], hash)
	return w.seeClocks()
}

// doc is a document as this transaction has it; id "" is the archive itself.
func (w *writer) doc(id archive.ID) (*held, error) {
	if h := w.docs[id]; h != nil {
		return h, nil
	}
	d, n, err := w.load(id)
	if err != nil {
		return nil, err
	}
	h := &held{Document: d, n: n, known: true, loaded: append([]*archive.Item(nil), d.Items...)}
	w.hold(id, h)
	return h, nil
}

func (w *writer) hold(id archive.ID, h *held) {
	h.Past = func(op archive.ID) (archive.Done, error) {
		if done, ok := w.past[op]; ok {
			return done, nil
		}
		return past(w.ctx, w.tx, op)
	}
	h.Was = func(item, rev archive.ID) (*archive.Item, string) { return was(w.ctx, w.tx, id, item, rev) }
	h.RulesFor = func(*archive.Op) *archive.Rules { return w.rules() }
	w.docs[id] = h
}

// rules are those that hold now: the transaction has read the archive's own
// document before anything is asked of them.
func (w *writer) rules() *archive.Rules { return w.docs[""].Rules() }

// asLoaded is the document as the transaction found it.
func (h *held) asLoaded() *archive.Document {
	return &archive.Document{ID: h.ID, Info: h.Info, Items: h.loaded}
}

// reading is the document's reading text as it was when the transaction began.
func (h *held) reading() (*archive.Reading, error) {
	if h.base != nil {
		return h.base, nil
	}
	r, err := h.Document.Reading()
	if err != nil {
		return nil, err
	}
	if len(h.changes) > 0 {
		r = archive.NewReading(r.Source(), h.Info.Text, h.loaded)
	}
	h.base = r
	return r, nil
}

// known makes the person a member of the archive where the name is new.
func (w *writer) known(actor string) error {
	if w.rules().Knows(actor) {
		return nil
	}
	if err := w.rules().Alike(actor, ""); err != nil {
		return err
	}
	return w.make("person.join", actor, "", w.a.newID(), archive.JoinBody{ID: w.a.newID(), Name: actor, Role: archive.Archivist})
}

// make appends an operation whose body the program itself made.
func (w *writer) make(kind, actor string, subject, batch archive.ID, body any) error {
	b, version, err := archive.BodyOf(kind, body)
	if err != nil {
		return err
	}
	_, err = w.append(kind, version, actor, subject, batch, b)
	return err
}

// append seals an operation, lets it take effect, and writes both down. Where
// the rules refuse it, nothing is written.
func (w *writer) append(kind string, version int, actor string, subject, batch archive.ID, body []byte) (*archive.Op, error) {
	read, err := archive.ReadBody(kind, version, body)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", kind, err)
	}
	return w.appendRead(kind, version, actor, subject, batch, body, read)
}

// appendRead is append of a body that was read before.
func (w *writer) appendRead(kind string, version int, actor string, subject, batch archive.ID, body []byte, read archive.Body) (*archive.Op, error) {
	h, err := w.doc(subject)
	if err != nil {
		return nil, err
	}
	op := &archive.Op{ID: w.a.newID(), Kind: kind, Version: version, Replica: w.replica, Seq: w.seq + 1,
		Clock: w.a.ticker.Next(), Actor: actor, Layer: archive.MainLayer, Batch: batch, Subject: subject,
		Salt: make([]byte, 16), Body: body}
	if _, err := io.ReadFull(w.a.rand, op.Salt); err != nil {
		return nil, err
	}
	_, changes, why, err := h.ApplyBody(op, read)
	if err != nil {
		return nil, err
	}
	if why != nil {
		return nil, why
	}
	op.Seal(w.head)
	if err := w.insert(op, changes); err != nil {
		return nil, err
	}
	w.seq, w.head = op.Seq, op.Hash
	h.changes = append(h.changes, changes...)
	if kind == archive.DestroyKind {
		return op, w.destroy(h)
	}
	return op, nil
}

// insert writes an operation with its body and outcome.
func (w *writer) insert(op *archive.Op, changes []archive.Change) error {
	effect, err := effectOf(op.Kind, changes)
	if err != nil {
		return err
	}
	if err := w.noteKind(op); err != nil {
		return err
	}
	if w.last == 0 {
		if err := w.tx.QueryRowContext(w.ctx, "SELECT ifnull(max(n), 0) FROM log").Scan(&w.last); err != nil {
			return err
		}
	}
	w.last++
	n := w.last
	return w.tx.later(func(tx *sql.Tx) error {
		if _, err := writeDown(w.ctx, tx, n, op); err != nil {
			return err
		}
		_, err := tx.ExecContext(w.ctx, "INSERT INTO outcomes(n, outcome, effect) VALUES(?,?,?)", n, archive.Applied, effect)
		return err
	})
}

// writeDown puts a sealed operation into the log, with its body unless that was destroyed, at a number, or at the end
// where that is 0, and says which number it has there.
func writeDown(ctx context.Context, tx *sql.Tx, n int64, op *archive.Op) (int64, error) {
	res, err := tx.ExecContext(ctx, `INSERT INTO log(n, id, kind, version, replica, seq, clock, actor, layer, batch, subject, prev, commitment, hash)
		VALUES(nullif(?,0),?,?,?,?,?,?,?,?,?,?,?,?,?)`, n, string(op.ID), op.Kind, op.Version, string(op.Replica), op.Seq, int64(op.Clock), op.Actor,
		op.Layer, string(op.Batch), string(op.Subject), op.Prev[:], op.Commitment[:], op.Hash[:])
	if err != nil {
		return 0, err
	}
	if n == 0 {
		n, err = res.LastInsertId()
	}
	if err == nil && op.Body != nil {
		_, err = tx.ExecContext(ctx, "INSERT INTO bodies(n, salt, body) VALUES(?,?,?)", n, op.Salt, string(op.Body))
	}
	return n, err
}

// kindVersion is one shape of operations.
type kindVersion struct {
	kind    string
	version int
}

// noteKind keeps the table of the kinds that the log holds.
func (w *writer) noteKind(op *archive.Op) error {
	k := kindVersion{op.Kind, op.Version}
	if w.a.kinds[k] || w.kinds[k] {
		return nil
	}
	w.kinds[k] = true
	_, err := w.tx.ExecContext(w.ctx, "INSERT OR IGNORE INTO kinds(kind, version) VALUES(?,?)", k.kind, k.version)
	return err
}

// halves makes of a step of work on all and of what is written down after it one progress.
func (w *writer) halves(all int, progress func(done, all int)) func(done int) {
	if progress == nil {
		return func(int) {}
	}
	w.told = func(written, touched int) { progress(all/2+(all-all/2)*written/touched, all) }
	return func(done int) { progress(done/2, all) }
}

// flush writes down what the operations have changed in the documents.
func (w *writer) flush() error {
	// In the order of their numbers: FTS5 writes out what it has gathered whenever
	// a row comes before the last one.
	var touched []*held
	for _, h := range w.docs {
		if len(h.changes) > 0 {
			touched = append(touched, h)
		}
	}
	slices.SortFunc(touched, func(a, b *held) int { return cmp.Compare(a.n, b.n) })
	for i, h := range touched {
		id := h.ID
		if w.told != nil {
			w.told(i+1, len(touched))
		}
		if err := w.saveItems(id, h.changes); err != nil {
			return err
		}
		if id == "" {
			continue
		}
		if err := w.saveDocument(h); err != nil {
			return err
		}
		if err := w.index(h); err != nil {
			return err
		}
		h.changes = nil
	}
	return nil
}
