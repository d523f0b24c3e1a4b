package storage

import (
	"context"
	"database/sql"
	"errors"
	"sync"
	"sync/atomic"
)

// behind is the transaction of a writer. Rows that tell the next operation nothing are written behind it (later), in the
// order in which they were given: of a big batch on another processor, while the rules of what follows are asked; of a
// small one before whatever is asked of the file next. Whatever asks waits for them, and so does the commit. Once a row
// could not be written, none is after it, and everything says why: SQLite may have taken the transaction back by itself,
// and what came then would be one of its own.
//
// Only the writer's goroutine calls its methods.
type behind struct {
	tx     *sql.Tx
	atOnce bool // nothing is written behind: others use the transaction too

	room    []rows      // that were not handed over
	todo    chan []rows // what the other goroutine is to write; nil where there is none
	waiting sync.WaitGroup
	why     atomic.Pointer[error]
}

// rows writes some rows.
type rows = func(*sql.Tx) error

// How many pieces of work are handed over at once, and how often more than are being written: bound to what is soon written.
const (
	behindStep  = 256
	behindSteps = 4
)

// later writes rows behind what is done next. An error is one of rows given before.
func (b *behind) later(f rows) error {
	if b.atOnce {
		return f(b.tx)
	}
	if b.room = append(b.room, f); len(b.room) < behindStep {
		return nil
	}
	if err := b.failed(); err != nil {
		return err
	}
	if b.todo == nil {
		b.todo = make(chan []rows, behindSteps)
		go func(todo <-chan []rows) {
			for some := range todo {
				b.do(some)
				b.waiting.Done()
			}
		}(b.todo)
	}
	b.waiting.Add(1)
	b.todo <- b.room
	b.room = make([]rows, 0, behindStep)
	return nil
}

func (b *behind) do(some []rows) {
	for _, f := range some {
		if b.why.Load() != nil {
			return
		}
		if err := f(b.tx); err != nil {
			b.why.Store(&err)
		}
	}
}

// settle writes all that was given.
func (b *behind) settle() error {
	b.waiting.Wait()
	b.do(b.room)
	clear(b.room)
	b.room = b.room[:0]
	return b.failed()
}

// failed is why a row could not be written, nil where all were that were tried.
func (b *behind) failed() error {
	if err := b.why.Load(); err != nil {
		return *err
	}
	return nil
}

// cause is why something failed that gave err: a row that could not be written before, if there was one.
func (b *behind) cause(err error) error {
	if why := b.failed(); why != nil && !errors.Is(err, why) {
		return why
	}
	return err
}

// ExecContext is that of the transaction.
func (b *behind) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if err := b.settle(); err != nil {
		return nil, err
	}
	return b.tx.ExecContext(ctx, query, args...)
}

// QueryContext is that of the transaction.
func (b *behind) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if err := b.settle(); err != nil {
		return nil, err
	}
	return b.tx.QueryContext(ctx, query, args...)
}

// QueryRowContext is that of the transaction. Where a row could not be written, its error is not the reason: see cause.
func (b *behind) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	if b.settle() != nil {
		var stop func()
		ctx, stop = context.WithCancel(ctx)
		stop()
	}
	return b.tx.QueryRowContext(ctx, query, args...)
}

// Commit is that of the transaction.
func (b *behind) Commit() error {
	if err := b.settle(); err != nil {
		return err
	}
	return b.tx.Commit()
}

// Rollback takes all back that is not committed, and ends what writes behind.
func (b *behind) Rollback() error {
	b.waiting.Wait()
	if b.todo != nil {
		close(b.todo)
		b.todo = nil
	}
	b.room = nil
	return b.tx.Rollback()
}
