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

// Originals reads the originals of documents, each once, and says of each what its bytes
// are now, until f returns an error, which is returned. What it hands over is f's to keep. A
// piece of an original is in memory at a time, and one of less than 1 MB whole. Ask for some
// hundred documents at a time.
func (a *Archive) Originals(ctx context.Context, ids []archive.ID, f func(OriginalSum) error) error {
	blobs, err := a.blobsOf(ctx, ids)
	if err != nil {
		return explain(a.path, err)
	}
	var there []int64
	for _, b := range blobs {
		if b.id != 0 {
			there = append(there, b.id)
		} else if err := (&summing{OriginalSum: OriginalSum{SHA256: b.sha}}).end(f); err != nil {
			return err
		}
	}
	blobs = blobs[len(blobs)-len(there):]
	// One blob after the other, its pieces by their numbers: a sorting question would copy
	// all of them first.
	rows, err := a.r.QueryContext(ctx, "SELECT v.value, c.id, c.packed, c.data FROM json_each(?) v LEFT JOIN chunks c ON c.id>=(v.value<<20) AND c.id<((v.value+1)<<20)", numbersArg(there))
	if err != nil {
		return explain(a.path, err)
	}
	defer rows.Close()
	var s *summing
	at, last := int64(0), int64(-1)
	for rows.Next() {
		var blob int64
		var id sql.NullInt64
		var packed sql.NullBool
		var data []byte
		if err := rows.Scan(&blob, &id, &packed, &data); err != nil {
			return explain(a.path, err)
		}
		if blob != at {
			if err := s.end(f); err != nil {
				return err
			}
			if len(blobs) == 0 || blobs[0].id != blob {
				return fmt.Errorf("the originals of archive %s come in another order than they were asked for", a.path)
			}
			s, at, last = &summing{OriginalSum: OriginalSum{SHA256: blobs[0].sha}, hash: sha256.New()}, blob, -1
			blobs = blobs[1:]
		}
		if id.Valid && id.Int64 <= last {
			return fmt.Errorf("the pieces of an original of archive %s come in another order than they were asked for", a.path)
		}
		last = id.Int64
		s.add(packed, data)
	}
	if err := rows.Err(); err != nil {
		return explain(a.path, err)
	}
	return s.end(f)
}

// blobsOf are the originals of documents, by the numbers of their blobs, 0 for one that is
// not there.
func (a *Archive) blobsOf(ctx context.Context, ids []archive.ID) (out []blobRow, err error) {
	arg, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	rows, err := a.r.QueryContext(ctx, "SELECT ifnull(b.id, 0), s.sha256 FROM (SELECT DISTINCT sha256 FROM documents WHERE id IN ("+numberList+")) s LEFT JOIN blobs b ON b.sha256=s.sha256 ORDER BY 1, 2", string(arg))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var b blobRow
		if err := rows.Scan(&b.id, &b.sha); err != nil {
			return nil, err
		}
		out = append(out, b)
	}
	return out, rows.Err()
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
