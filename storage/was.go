package storage

import (
	"context"
	"encoding/json"

	"fonds/storage/archive"
)

// was finds in the history of a document an item as operation rev left it, or,
// where rev is "", as it was last, and who changed it last. What cannot be found
// is nil and "": it is for the words of a refusal only.
func was(ctx context.Context, q querier, doc, item, rev archive.ID) (it *archive.Item, by string) {
	if rev != "" {
		if done, err := past(ctx, q, rev); err == nil {
			for _, c := range done.Changes {
				if c.After != nil && c.After.ID == item {
					it = c.After
				}
			}
		}
	}
	rows, err := q.QueryContext(ctx, `SELECT l.actor, o.effect FROM log l JOIN outcomes o ON o.n=l.n
		WHERE l.subject=? AND o.outcome='applied' AND instr(o.effect, ?)>0 ORDER BY l.clock DESC, l.replica DESC, l.seq DESC`, doc, item)
	if err != nil {
		return it, ""
	}
	defer rows.Close()
	for rows.Next() {
		var actor, effect string
		var changes []archive.Change
		if rows.Scan(&actor, &effect) != nil || json.Unmarshal([]byte(effect), &changes) != nil {
			return it, ""
		}
		for _, c := range changes {
			last := c.After
			if last == nil {
				last = c.Before
			}
			if last == nil || last.ID != item {
				continue // it is only named there
			}
			if it == nil {
				it = last
			}
			return it, actor
		}
	}
	return it, ""
}
