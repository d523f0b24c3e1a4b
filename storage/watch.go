package storage

import (
	"context"
	"database/sql"
	"sync"
)

// watch tells cheaply whether anybody has written to the file. It has a
// connection of its own, because SQLite counts for a connection what the others
// do (sqlite.org, "PRAGMA data_version").
type watch struct {
	mu   sync.Mutex
	db   *sql.DB
	data int64 // data_version when n was read, 0 before
	n    int64
}

// Version grows whenever this program or another has added an operation to the
// file. Where nothing was written it costs some microseconds, so that it can be
// asked for several times a second. What is kept outside the log, as drafts, does
// not change it.
func (a *Archive) Version(ctx context.Context) (int64, error) {
	w := &a.watch
	w.mu.Lock()
	defer w.mu.Unlock()
	var data int64
	if err := w.db.QueryRowContext(ctx, "PRAGMA data_version").Scan(&data); err != nil {
		return 0, explain(a.path, err)
	}
	if data == w.data {
		return w.n, nil
	}
	var n sql.NullInt64
	if err := w.db.QueryRowContext(ctx, "SELECT max(n) FROM log").Scan(&n); err != nil {
		return 0, explain(a.path, err)
	}
	w.data, w.n = data, n.Int64
	return w.n, nil
}
