package storage

import (
	"context"

	"fonds/storage/archive"
)

// lossesOf reads what the recoveries of an archive have listed; nil where there was
// none.
func lossesOf(ctx context.Context, q querier) (*archive.Losses, error) {
	// The table of kinds tells without a walk through the log that there are none.
	rows, err := q.QueryContext(ctx, "SELECT "+entryColumns+` WHERE l.kind=?1 AND EXISTS (SELECT 1 FROM kinds WHERE kind=?1)
		ORDER BY l.clock, l.replica, l.seq`, archive.RecoverKind)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var l *archive.Losses
	for rows.Next() {
		e, _, err := scanEntry(rows)
		if err != nil {
			return nil, err
		}
		if e.Body == nil {
			continue // verify finds that
		}
		if l == nil {
			l = &archive.Losses{}
		}
		if err := l.Add(&e.Op); err != nil {
			return nil, err
		}
	}
	return l, rows.Err()
}

// recovered reads which losses are known. A recovery whose body says nothing is
// found in the chain.
func (c *checker) recovered() error {
	lost, err := lossesOf(c.ctx, c.q)
	if err != nil {
		return c.ctx.Err()
	}
	if c.lost = lost; lost != nil {
		c.rep.Recoveries = lost.Recoveries
	}
	return nil
}
