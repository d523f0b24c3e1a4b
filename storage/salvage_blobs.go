package storage

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"unicode/utf8"

	"fonds/storage/archive"
	"fonds/storage/pages"
)

// listed notes what the list of documents called them.
func (s *salvage) listed() error {
	return s.rows("documents", func(r *pages.Row) error {
		w, ok := wordsAt(r, 1, 2, 3, 4, 5)
		if !ok || !s.fresh(r) || !isID(w[0]) {
			return nil
		}
		return s.do("INSERT OR IGNORE INTO docrows SELECT ?1,?2,?3,?4,?5 WHERE ?1 NOT IN (SELECT doc FROM gone)", w[0], w[1], w[2], w[3], w[4])
	})
}

// maxTurns is how many chunks of one number are tried: a number can be given
// again when what had it was destroyed.
const maxTurns = 4

// originals takes in the blobs whose chunks are all there and have the SHA-256
// that an import or the table of blobs names.
func (s *salvage) originals() error {
	if err := s.rows("blobs", func(r *pages.Row) error {
		w, ok := wordsAt(r, 1)
		if !ok {
			return nil
		}
		return s.do(`INSERT INTO named VALUES(?,?,?,?) ON CONFLICT DO UPDATE SET old=min(old, excluded.old)`, r.ID, w[0], r.Int(2), r.Where != pages.Live)
	}); err != nil {
		return err
	}
	if err := s.rows("chunks", func(r *pages.Row) error {
		return s.do(`INSERT INTO pieces SELECT ?1, count(*), ?2 FROM pieces WHERE id=?1 HAVING count(*)<?3`, r.ID, r.Place.Pack(), maxTurns)
	}); err != nil {
		return err
	}
	if err := s.empty(); err != nil {
		return err
	}
	groups, err := s.tx.Query("SELECT id>>20, max(turn) FROM pieces GROUP BY 1 ORDER BY 1")
	if err != nil {
		return err
	}
	defer groups.Close()
	for groups.Next() {
		var blob, turns int64
		if err := groups.Scan(&blob, &turns); err != nil {
			return err
		}
		for turn := range turns + 1 {
			if done, err := s.original(blob, turn); err != nil || done {
				if err != nil {
					return err
				}
				break
			}
		}
		if err := s.ctx.Err(); err != nil {
			return err
		}
	}
	return groups.Err()
}

// empty takes in the original of no bytes, which has no chunks.
func (s *salvage) empty() error {
	sum := sha256.Sum256(nil)
	sha := hex.EncodeToString(sum[:])
	if ok, err := s.wanted(sha); err != nil || !ok {
		return err
	}
	return s.keep(sha, nil)
}

// wanted says whether a blob of that name may come into the new archive: an
// import names it, or it counted when the file was damaged. One that is merely
// left over may be what is left of a document that was destroyed.
func (s *salvage) wanted(sha string) (bool, error) {
	var n int
	kept := s.past.Keeps(sha) // by an earlier recovery
	err := s.tx.QueryRow(`SELECT (?2 OR EXISTS (SELECT 1 FROM imports WHERE sha=?1) OR EXISTS (SELECT 1 FROM docrows WHERE sha=?1)
		OR EXISTS (SELECT 1 FROM named WHERE sha=?1 AND (NOT old OR NOT EXISTS (SELECT 1 FROM gone))))
		AND NOT EXISTS (SELECT 1 FROM blobs WHERE sha256=?1)`, sha, kept).Scan(&n)
	return n > 0, err
}

// original takes in a blob, if its chunks make what is wanted; turn chooses among
// chunks of one number.
func (s *salvage) original(blob, turn int64) (bool, error) {
	h, size := sha256.New(), int64(0)
	for n := int64(0); ; n++ {
		r, err := s.chunk(blob<<20|n, turn)
		if err != nil || r == nil {
			return false, err
		}
		added, err := unpackTo(h, r)
		if err != nil {
			return false, nil // lost, or no chunk at all
		}
		size += added
		sha := hex.EncodeToString(h.Sum(nil))
		ok, err := s.wanted(sha)
		if err != nil {
			return false, err
		}
		if ok {
			return true, s.takeOriginal(blob, turn, n+1, sha, size)
		}
	}
}

// chunk is the row of a chunk, nil where there is none.
func (s *salvage) chunk(id, turn int64) (*pages.Row, error) {
	var place int64
	err := s.tx.QueryRow("SELECT place FROM pieces WHERE id=? AND turn<=? ORDER BY turn DESC LIMIT 1", id, turn).Scan(&place)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	r, err := s.survey.At(pages.Unpack(place))
	if err != nil {
		return nil, nil // a disk that dies
	}
	return r, nil
}

// unpackTo adds to h what a chunk holds.
func unpackTo(h hash.Hash, r *pages.Row) (int64, error) {
	data, err := r.Bytes(2)
	if err != nil {
		return 0, err
	}
	if r.Int(1) != 0 {
		if data, err = unpack(data); err != nil {
			return 0, err
		}
	}
	h.Write(data)
	return int64(len(data)), nil
}

// takeOriginal writes a blob that is whole, its chunks as they were.
func (s *salvage) takeOriginal(blob, turn, chunks int64, sha string, size int64) error {
	res, err := s.tx.Exec("INSERT INTO blobs(sha256, size) VALUES(?,?)", sha, size)
	if err != nil {
		return err
	}
	id, err := res.LastInsertId()
	if err != nil {
		return err
	}
	for n := range chunks {
		r, err := s.chunk(blob<<20|n, turn)
		if err == nil && r == nil {
			err = pages.ErrLost
		}
		if err != nil {
			return err
		}
		data, err := r.Bytes(2)
		if err != nil {
			return err
		}
		if err := s.do("INSERT INTO chunks(id, packed, data) VALUES(?,?,?)", id<<20|n, r.Int(1), data); err != nil {
			return err
		}
	}
	return nil
}

// keep writes data as a blob.
func (s *salvage) keep(sha string, data []byte) error {
	w := &writer{ctx: s.ctx, tx: &behind{tx: s.tx, atOnce: true}}
	return w.putBlob(sha, int64(len(data)), pack(data))
}

// texts takes in every source text that an import names by its SHA-256, for each
// document that has it. One of which no import is left is kept as a blob.
func (s *salvage) texts() error {
	return s.rows("texts", func(r *pages.Row) error {
		h := sha256.New()
		if r.CopyTo(h, 5) != nil {
			return nil
		}
		sha := hex.EncodeToString(h.Sum(nil))
		var named int
		if err := s.tx.QueryRow("SELECT count(*) FROM imports WHERE text=?", sha).Scan(&named); err != nil {
			return err
		}
		text, err := r.Bytes(5)
		if err != nil {
			return nil
		}
		if named > 0 {
			return s.putText(sha, text)
		}
		w, ok := wordsAt(r, 1, 3)
		if !ok || w[1] != sha || !isID(w[0]) || !s.fresh(r) {
			return nil
		}
		// A further text of a document that is there can be made of its original again.
		var here int
		if err := s.tx.QueryRow("SELECT count(*) FROM imports WHERE doc=?", w[0]).Scan(&here); err != nil || here > 0 {
			return err
		}
		var gone int
		if err := s.tx.QueryRow("SELECT count(*) FROM gone WHERE doc=?", w[0]).Scan(&gone); err != nil || gone > 0 {
			return err
		}
		s.doc(archive.ID(w[0])).Text = sha
		return s.keep(sha, text)
	})
}

// putText writes the source text of every document that wants it.
func (s *salvage) putText(sha string, text []byte) error {
	if !utf8.Valid(text) {
		return nil
	}
	return s.do(`INSERT INTO texts(id, doc, n, sha256, recipe, text)
		SELECT CASE WHEN n>1 THEN `+nextBelow+`-row_number() OVER () END, doc, n, text, recipe, ?2 FROM imports
		WHERE text=?1 AND NOT EXISTS (SELECT 1 FROM texts t WHERE t.doc=imports.doc AND t.n=imports.n)`, sha, text)
}

// remake makes a text again whose original is there, and an original whose text is.
func (s *salvage) remake() error {
	type half struct {
		doc, text, sha, recipe string
		n                      int
		blob                   sql.NullInt64
	}
	rows, err := s.tx.Query(`SELECT i.doc, i.n, i.text, i.sha, i.recipe, b.id FROM imports i LEFT JOIN texts t ON t.doc=i.doc AND t.n=i.n
		LEFT JOIN blobs b ON b.sha256=i.sha WHERE (t.id IS NULL)+(b.id IS NULL)=1`)
	if err != nil {
		return err
	}
	var halves []half
	for rows.Next() {
		var h half
		if err := rows.Scan(&h.doc, &h.n, &h.text, &h.sha, &h.recipe, &h.blob); err != nil {
			rows.Close()
			return err
		}
		halves = append(halves, h)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return err
	}
	for _, h := range halves {
		if h.blob.Valid {
			original, err := io.ReadAll(&blobReader{ctx: s.ctx, q: s.tx, blob: h.blob.Int64, next: h.blob.Int64 << 20})
			if err != nil {
				return err
			}
			if text, ok := s.textOf(original, json.RawMessage(h.recipe), h.text); ok {
				s.remade++
				if err := s.putText(h.text, []byte(text)); err != nil {
					return err
				}
			}
			continue
		}
		var text []byte
		if err := s.tx.QueryRow("SELECT text FROM texts WHERE doc=? AND n=?", h.doc, h.n).Scan(&text); err != nil {
			return err
		}
		if original, ok := s.originalOf(string(text), json.RawMessage(h.recipe), h.sha); ok {
			s.remade++
			if err := s.keep(h.sha, original); err != nil {
				return err
			}
		}
	}
	return s.withoutText()
}

// withoutText gives up operations that have a further text read which is lost and could
// not be made again: the document is read as it was before.
func (s *salvage) withoutText() error {
	const lost = `SELECT l.n FROM log l JOIN bodies b ON b.n=l.n JOIN imports i ON i.doc=l.subject AND i.n=b.body->>'$.read.info.text'
		LEFT JOIN texts t ON t.doc=i.doc AND t.n=i.n WHERE l.kind='document.text' AND i.n>1 AND t.id IS NULL`
	if err := s.do("DELETE FROM bodies WHERE n IN (" + lost + ")"); err != nil {
		return err
	}
	return s.do("DELETE FROM imports WHERE n>1 AND NOT EXISTS (SELECT 1 FROM texts t WHERE t.doc=imports.doc AND t.n=imports.n)")
}

// textOf is the text of an original, if it can be made and is the one wanted.
func (s *salvage) textOf(original []byte, recipe json.RawMessage, sha string) (text string, ok bool) {
	if is(original, sha) {
		return string(original), true
	}
	if s.o.Remake == nil {
		return "", false
	}
	err := guarded(func() (err error) { text, err = s.o.Remake(original, recipe); return err })
	return text, err == nil && is([]byte(text), sha)
}

// originalOf is the original of a text, if it can be made and is the one wanted.
func (s *salvage) originalOf(text string, recipe json.RawMessage, sha string) (original []byte, ok bool) {
	if is([]byte(text), sha) {
		return []byte(text), true
	}
	if s.o.Rebuild == nil {
		return nil, false
	}
	err := guarded(func() (err error) { original, err = s.o.Rebuild(text, recipe); return err })
	return original, err == nil && is(original, sha)
}

// guarded runs what reads documents: one that makes the program fail costs that
// document only.
func guarded(f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the program failed on it: %v", r)
		}
	}()
	return f()
}

// is says whether data has that SHA-256, in hex.
func is(data []byte, sha string) bool {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:]) == sha
}
