package storage

import (
	"crypto/sha256"
	"encoding/hex"
	"sort"

	"fonds/storage/archive"
)

// originals checks that texts and originals are what they are named.
func (c *checker) originals() error {
	rows, err := c.side.QueryContext(c.ctx, "SELECT doc, n, sha256, text FROM texts ORDER BY id")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var doc archive.ID
		var n int
		var sha string
		var text []byte
		if err := rows.Scan(&doc, &n, &sha, &text); err != nil {
			return err
		}
		if sum := sha256.Sum256(text); hex.EncodeToString(sum[:]) != sha {
			return found(doc, "source text %d of document %s was changed", n, doc.Short())
		}
		c.meter.add(originalsStage, 1)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	blobs, err := c.blobs()
	if err != nil {
		return err
	}
	pieces := 0
	for _, b := range blobs {
		sha, size, err := hashBlob(c.ctx, c.side, b.id)
		if c.ctx.Err() != nil {
			return c.ctx.Err()
		}
		if err != nil || sha != b.sha || size != b.size {
			return found(c.whose(b.sha), "the original %s was changed or has lost a piece", b.sha)
		}
		n := int((size + chunkSize - 1) / chunkSize)
		c.meter.add(originalsStage, n)
		pieces += n
	}
	var have int
	if err := c.side.QueryRowContext(c.ctx, "SELECT count(*) FROM chunks").Scan(&have); err != nil {
		return err
	}
	if have != pieces {
		return found("", "the file holds %d pieces of originals, where the originals have %d", have, pieces)
	}
	c.meter.done(originalsStage)
	return nil
}

// whose is the document of an original, where the list says it.
func (c *checker) whose(sha string) (id archive.ID) {
	if c.side.QueryRowContext(c.ctx, "SELECT id FROM documents WHERE sha256=? ORDER BY n LIMIT 1", sha).Scan(&id) != nil {
		return ""
	}
	return id
}

type blobRow struct {
	id, size int64
	sha      string
}

func (c *checker) blobs() ([]blobRow, error) {
	rows, err := c.side.QueryContext(c.ctx, "SELECT id, sha256, size FROM blobs ORDER BY id")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []blobRow
	for rows.Next() {
		var b blobRow
		if err := rows.Scan(&b.id, &b.sha, &b.size); err != nil {
			return nil, err
		}
		out = append(out, b)
	}
	return out, rows.Err()
}

// ownOriginals checks that the file holds the originals that the log names, those
// of imports taken back too, and no others.
func (c *checker) ownOriginals() error {
	blobs, err := c.blobs()
	if err != nil {
		return err
	}
	for _, b := range blobs {
		if _, ok := c.shas[b.sha]; !ok && !c.lost.Keeps(b.sha) {
			return found("", "the file holds an original %s, which no operation has brought in", b.sha)
		}
		delete(c.shas, b.sha)
	}
	var lost archive.ID
	for _, id := range c.shas {
		if (lost == "" || id < lost) && !c.lost.Original(id) {
			lost = id
		}
	}
	if lost != "" {
		return found(lost, "document %s has lost its original", lost.Short())
	}
	return nil
}

// textAt is the source text that an import brought in.
type textAt struct {
	op archive.Op // its place in the total order only
	id int64      // texts.id, and the document's number
}

// textOrder checks that documents are numbered in the order of their imports.
func (c *checker) textOrder() error {
	sort.Slice(c.texts, func(i, j int) bool { return c.texts[i].op.Before(&c.texts[j].op) })
	for i := 1; i < len(c.texts); i++ {
		if t := c.texts[i]; t.id <= c.texts[i-1].id {
			return found(t.op.Subject, "document %s is not numbered in the order of the imports", t.op.Subject.Short())
		}
	}
	return nil
}
