package storage

import (
	"context"
	"database/sql"
	"time"

	"fonds/storage/archive"
)

// clockSlack is how far a clock of the log may be ahead of the wall clock before
// that is worth a word: more than time zones and a day's mistake (ARCHIVE.md,
// "Order").
const clockSlack = 24 * time.Hour

// latestClock is the latest clock of the log. It is asked for each person by the
// index of people and clocks: the rows come in any order where copies were put
// together, and there are few people.
const latestClock = `WITH RECURSIVE people(actor) AS (SELECT min(actor) FROM log UNION ALL
	SELECT (SELECT min(actor) FROM log WHERE actor>people.actor) FROM people WHERE actor IS NOT NULL)
	SELECT ifnull(max((SELECT max(clock) FROM log WHERE actor=people.actor)), 0) FROM people WHERE actor IS NOT NULL`

// seeClocks brings the ticker past the latest clock of the log. Rows that it has
// seen once it does not look at again.
func (w *writer) seeClocks() error {
	a := w.a
	var clock int64
	var n sql.NullInt64
	if a.seen == 0 {
		if err := w.tx.QueryRowContext(w.ctx, latestClock).Scan(&clock); err != nil {
			return err
		}
		a.ticker.Saw(archive.Clock(clock))
		if err := w.tx.QueryRowContext(w.ctx, "SELECT max(n) FROM log").Scan(&n); err != nil {
			return err
		}
		a.seen = n.Int64
		return nil
	}
	if err := w.tx.QueryRowContext(w.ctx, "SELECT ifnull(max(clock), 0), max(n) FROM log WHERE n>?", a.seen).Scan(&clock, &n); err != nil {
		return err
	}
	a.ticker.Saw(archive.Clock(clock))
	a.seen = max(a.seen, n.Int64)
	return nil
}

// LastClock is the latest clock of the log, 0 where it is empty.
func (a *Archive) LastClock(ctx context.Context) (archive.Clock, error) {
	var clock int64
	err := a.r.QueryRowContext(ctx, latestClock).Scan(&clock)
	return archive.Clock(clock), explain(a.path, err)
}

// ClockAhead says how far the latest clock of the log is ahead of this machine's,
// where that is more than 24 hours; else 0. Somebody's clock was wrong then, or
// is wrong here; nothing is refused for it, but what is done from now on stands
// at that later time.
func (a *Archive) ClockAhead(ctx context.Context) (time.Duration, error) {
	last, err := a.LastClock(ctx)
	if err != nil {
		return 0, err
	}
	return a.ahead(last), nil
}

func (a *Archive) ahead(latest archive.Clock) time.Duration {
	if by := latest.Time().Sub(a.now()); by > clockSlack {
		return by
	}
	return 0
}
