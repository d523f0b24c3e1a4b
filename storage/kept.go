package storage

import (
	"context"

	"fonds/storage/archive"
)

// A document is kept in memory between one edit and the next where reading it
// takes longer than the edit itself: from keepPoints code points of text, or
// keepItems items.
var (
	keepPoints = 100_000
	keepItems  = 1_000
)

// kept is the document that was last read or written, as the file holds it while
// it is at state at. Nobody but its archive has it: others are given copies.
type kept struct {
	at  state
	doc *archive.Document
	n   int64 // documents.n
}

// state names what the file holds, as the connection that writes sees it: two
// that are equal hold the same. data changes with every commit of another
// connection, in this program or another (sqlite.org, "PRAGMA data_version"),
// changes with every row that this one writes; conn says which connection it is.
type state struct {
	conn, data, changes int64
}

// state asks the connection that writes, or its transaction.
func (a *Archive) state(ctx context.Context, q querier) (s state, err error) {
	if err = q.QueryRowContext(ctx, "PRAGMA data_version").Scan(&s.data); err == nil {
		err = q.QueryRowContext(ctx, "SELECT total_changes()").Scan(&s.changes)
	}
	s.conn = a.conns.Load() // only now: asking may have made another one
	return s, err
}

// current is the state of the file; it is not known while somebody writes, or where
// nobody can.
func (a *Archive) current(ctx context.Context) (s state, known bool) {
	if !a.mu.TryLock() {
		return s, false
	}
	defer a.mu.Unlock()
	if a.w == nil {
		return s, false
	}
	s, err := a.state(ctx, a.w)
	return s, err == nil
}

// copyAt is a copy of the document that is kept, if it is that one and the file
// is still at the state of then.
func (k *kept) copyAt(id archive.ID, at state) *archive.Document {
	if k == nil || k.doc.ID != id || k.at != at {
		return nil
	}
	return k.doc.Copy()
}

// keep keeps a copy of a document that the file holds at a state, if it is big.
func (a *Archive) keep(at state, d *archive.Document, n int64) bool {
	big := d.Info != nil && (d.Info.Chars >= keepPoints || len(d.Items) >= keepItems)
	if big {
		a.kept.Store(&kept{at, d.Copy(), n})
	}
	return big
}

// load is load, or the document that is kept.
func (w *writer) load(id archive.ID) (*archive.Document, int64, error) {
	if k := w.a.kept.Load(); k != nil {
		if d := k.copyAt(id, w.at); d != nil {
			d.Source = func(n int) (*archive.Text, error) { return source(w.ctx, w.tx, id, n) }
			return d, k.n, nil
		}
	}
	return load(w.ctx, w.tx, id)
}

// keep keeps a document that the transaction has written, where it was committed;
// or what was kept already, where it was not, or did not concern that.
func (w *writer) keep(done bool) {
	ctx := context.WithoutCancel(w.ctx)
	if !done {
		w.a.follow(ctx, w.at)
		return
	}
	k, follow := w.a.kept.Load(), w.follow
	if k != nil && w.docs[k.doc.ID] != nil {
		follow = false
	}
	after, err := w.a.state(ctx, w.a.w)
	if err == nil && after.conn == w.at.conn {
		// The state that this transaction left: what others have written since must
		// still show, as a change of data.
		at := state{w.at.conn, w.at.data, after.changes}
		for id, h := range w.docs {
			if id != "" && !h.gone && w.a.keep(at, h.Document, h.n) {
				return
			}
		}
	}
	if follow {
		w.a.follow(ctx, w.at)
	} else {
		w.a.kept.Store(nil)
	}
}

// follow takes what is kept through something that this connection did and that
// does not concern it: at is the state before.
func (a *Archive) follow(ctx context.Context, at state) {
	k := a.kept.Load()
	if k == nil || k.at != at {
		return
	}
	after, err := a.state(ctx, a.w)
	if err != nil || after.conn != at.conn {
		return
	}
	a.kept.Store(&kept{state{at.conn, at.data, after.changes}, k.doc, k.n})
}
