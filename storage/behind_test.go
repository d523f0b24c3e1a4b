package storage

import (
	"database/sql"
	"errors"
	"fmt"
	"testing"
)

// TestBehind: rows that are written behind stand in their order before whatever asks, whether they are few or many; after
// the first that cannot be written none is, all that follows says why, and nothing stays.
func TestBehind(t *testing.T) {
	a := newArchive(t)
	if _, err := a.w.Exec("CREATE TABLE t(n INTEGER PRIMARY KEY, v)"); err != nil {
		t.Fatal(err)
	}
	insert := func(n any, v int) rows {
		return func(tx *sql.Tx) error { _, err := tx.Exec("INSERT INTO t(n, v) VALUES(?,?)", n, v); return err }
	}
	begin := func() *behind {
		tx, err := a.w.BeginTx(ctx, nil)
		if err != nil {
			t.Fatal(err)
		}
		return &behind{tx: tx}
	}
	count := func(q querier) (n int) {
		if err := q.QueryRowContext(ctx, "SELECT count(*) FROM t").Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	for _, n := range []int{0, 1, behindStep - 1, behindStep, 10*behindStep + 7} {
		b := begin()
		for i := range n {
			if err := b.later(insert(i, 1)); err != nil {
				t.Fatal(err)
			}
			if err := b.later(func(tx *sql.Tx) error { _, err := tx.Exec("UPDATE t SET v=v+1 WHERE n=?", i); return err }); err != nil {
				t.Fatal(err)
			}
		}
		if got := count(b); got != n {
			t.Errorf("%d rows were given, and %d are seen", n, got)
		}
		res, err := b.ExecContext(ctx, "DELETE FROM t WHERE v=2")
		if err != nil {
			t.Fatal(err)
		}
		if done, _ := res.RowsAffected(); int(done) != n {
			t.Errorf("of %d rows %d came in their order", n, done)
		}
		if err := b.Commit(); err != nil {
			t.Fatal(err)
		}
		b.Rollback()
	}
	for _, at := range []int{0, 3, 5 * behindStep} {
		b := begin()
		var err error
		for i := 0; i < 8*behindStep && err == nil; i++ {
			if i == at {
				err = b.later(func(*sql.Tx) error { return fmt.Errorf("row %d: %w", at, errTest) })
				continue
			}
			err = b.later(insert(i, 1))
		}
		if _, e := b.QueryContext(ctx, "SELECT 1"); !errors.Is(e, errTest) {
			t.Errorf("asked after row %d: %v", at, e)
		}
		if _, e := b.ExecContext(ctx, "INSERT INTO t(n) VALUES(-1)"); !errors.Is(e, errTest) {
			t.Errorf("written after row %d: %v", at, e)
		}
		var n int
		if e := b.QueryRowContext(ctx, "SELECT 1").Scan(&n); e == nil || !errors.Is(b.cause(e), errTest) {
			t.Errorf("a row asked for after row %d: %v", at, e)
		}
		if e := b.Commit(); !errors.Is(e, errTest) || err != nil && !errors.Is(err, errTest) {
			t.Errorf("committed after row %d: %v, %v", at, e, err)
		}
		b.Rollback()
		if n := count(a.w); n != 0 {
			t.Errorf("after row %d failed %d rows stay", at, n)
		}
	}
}

var errTest = errors.New("no room in the test")
