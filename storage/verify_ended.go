package storage

import (
	"database/sql"
	"errors"
	"slices"

	"fonds/storage/archive"
)

// ended reads which documents were destroyed, and how; nothing of them may be
// left where nothing else looks.
func (c *checker) ended() (err error) {
	if c.parts, err = readParts(c.ctx, c.side); err != nil {
		return err
	}
	if c.destroyed, err = destroyedSet(c.ctx, c.side); err != nil {
		return err
	}
	c.rep.Destroyed = len(c.destroyed)
	if err = c.side.QueryRowContext(c.ctx, "SELECT count(*) FROM erasing").Scan(&c.rep.Erasing); err != nil {
		return err
	}
	all, err := readDestructions(c.ctx, c.side, destructions)
	if err != nil {
		return err
	}
	for _, d := range all { // two copies may have destroyed the same document
		if !slices.ContainsFunc(c.rep.Destructions, func(e archive.Destruction) bool { return e.Doc == d.Doc }) {
			c.rep.Destructions = append(c.rep.Destructions, d)
		}
	}
	var stray archive.ID
	err = c.side.QueryRowContext(c.ctx, "SELECT doc FROM erasing WHERE doc NOT IN (SELECT subject FROM log WHERE kind='document.destroy') LIMIT 1").Scan(&stray)
	switch {
	case err == nil:
		return found(stray, "document %s is to be erased, and no operation has destroyed it", stray.Short())
	case !errors.Is(err, sql.ErrNoRows):
		return err
	}
	for _, id := range sortedIDs(c.destroyed) {
		var drafts int
		if err := c.side.QueryRowContext(c.ctx, "SELECT count(*) FROM drafts WHERE doc=?", id).Scan(&drafts); err != nil {
			return err
		}
		if drafts > 0 {
			return found(id, "drafts of document %s are still there, though it was destroyed", id.Short())
		}
	}
	return nil
}
