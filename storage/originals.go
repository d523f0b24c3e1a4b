package storage

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"

	"fonds/storage/archive"
)

// HeadBytes is how much of the beginning of an original Originals gives.
const HeadBytes = 4 << 10

// mostWhole is how long an original is at most that Originals gives whole.
const mostWhole = chunkSize - 1

// OriginalSum is what an original is now that the file holds under a SHA-256.
type OriginalSum struct {
	SHA256 string // that it was recorded under
	Now    string // that its bytes have; "" where they are not there or cannot be read
	Size   int64  // of its bytes, read
	Head   []byte // its first bytes, HeadBytes where it has them
	Whole  []byte // all of it, where it is less than 1 MB; else nil
	Err    error  // why it cannot be read
}

// Originals reads the originals of documents, each once, in one question, and says of
// each what its bytes are now, until f returns an error, which is returned. What it
// hands over is f's to keep. Ask for some hundred documents at a time.
func (a *Archive) Originals(ctx context.Context, ids []archive.ID, f func(OriginalSum) error) error {
	arg, err := json.Marshal(ids)
	if err != nil {
		return err
	}
	rows, err := a.r.QueryContext(ctx, `SELECT s.sha256, c.packed, c.data FROM (SELECT DISTINCT sha256 FROM documents WHERE id IN (`+numberList+`)) s
		LEFT JOIN blobs b ON b.sha256=s.sha256 LEFT JOIN chunks c ON c.id>=(b.id<<20) AND c.id<((b.id+1)<<20) ORDER BY s.sha256, c.id`, string(arg))
	if err != nil {
		return explain(a.path, err)
	}
	defer rows.Close()
	var s *summing
	for rows.Next() {
		var sha string
		var packed sql.NullBool
		var data []byte
		if err := rows.Scan(&sha, &packed, &data); err != nil {
			return explain(a.path, err)
		}
		if s == nil || s.SHA256 != sha {
			if err := s.end(f); err != nil {
				return err
			}
			s = &summing{OriginalSum: OriginalSum{SHA256: sha}, hash: sha256.New()}
		}
		s.add(packed, data)
	}
	if err := rows.Err(); err != nil {
		return explain(a.path, err)
	}
	return s.end(f)
}

// summing is an original on its way.
type summing struct {
	OriginalSum
	hash   hash.Hash
	pieces int
}

// add takes the next piece.
func (s *summing) add(packed sql.NullBool, data []byte) {
	if s.Err != nil || !packed.Valid {
		return
	}
	if packed.Bool {
		var err error
		if data, err = unpack(data); err != nil {
			s.Err = fmt.Errorf("a piece of an original cannot be unpacked: %w", err)
			return
		}
	}
	s.hash.Write(data)
	s.Size += int64(len(data))
	if s.pieces++; s.pieces == 1 {
		if len(data) <= mostWhole {
			s.Head, s.Whole = data[:min(len(data), HeadBytes)], data
		} else {
			s.Head = bytes.Clone(data[:HeadBytes])
		}
	} else {
		s.Whole = nil
	}
}

// end hands over what was found; nil is no original.
func (s *summing) end(f func(OriginalSum) error) error {
	switch {
	case s == nil:
		return nil
	case s.Err == nil && s.pieces == 0:
		s.Err = errors.New("the file does not hold it")
	case s.Err == nil:
		s.Now = hex.EncodeToString(s.hash.Sum(nil))
	}
	return f(s.OriginalSum)
}
