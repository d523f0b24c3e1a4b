package session

import (
	"context"
	"slices"

	"fonds/storage"
)

// This file reads what the rows of the queue say.

// Rows is how many proposals the queue has; known is false while they are read.
func (r *Review) Rows() (n int, known bool) { return len(r.places), r.read }

// Row is one of them; ok is false while it is being read: ReviewChanged says when
// it has come.
func (r *Review) Row(i int) (w storage.Waiting, ok bool) {
	if i < 0 || i >= len(r.places) {
		return w, false
	}
	if w, ok = r.rows[r.places[i].ID]; !ok {
		r.ask(i / reviewPage * reviewPage)
	}
	return w, ok
}

// ask reads the page of rows that begins at a row, one page at a time: others are
// asked for again when the rows are drawn.
func (r *Review) ask(from int) {
	if r.asking || !r.on {
		return
	}
	r.asking = true
	page := slices.Clone(r.places[from:min(from+reviewPage, len(r.places))])
	Read(r.s, &r.rowsGen, func(ctx context.Context, a *storage.Archive) ([]storage.Waiting, error) {
		return a.QueueRows(ctx, page)
	}, func(rows []storage.Waiting, err error) {
		r.asking = false
		if err != nil {
			r.s.failFile(err)
			return
		}
		r.note(rows)
		for _, p := range page { // what was decided on meanwhile has no row
			if _, ok := r.rows[p.ID]; !ok {
				r.rows[p.ID] = storage.Waiting{Place: p}
			}
		}
		r.s.emit(ReviewChanged{})
	})
}

// mostRows is how many rows are held: those that come after are read again.
const mostRows = 5000

func (r *Review) note(rows []storage.Waiting) {
	if len(r.rows) > mostRows {
		clear(r.rows)
	}
	for _, w := range rows {
		r.rows[w.ID] = w
	}
}
