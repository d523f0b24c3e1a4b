package storage

import (
	"bytes"
	"compress/zlib"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"sync"

	"fonds/storage/archive"
)

// chunkSize is how much of an original lies in one row.
const chunkSize = 1 << 20

// chunk is a piece of an original as it is kept.
type chunk struct {
	packed bool // zlib, where that is shorter
	data   []byte
}

// packer compresses one piece after another.
type packer struct {
	*zlib.Writer
	room bytes.Buffer
}

var packers = sync.Pool{New: func() any {
	z, err := zlib.NewWriterLevel(io.Discard, zlib.BestSpeed)
	if err != nil {
		panic(err) // the level is a constant
	}
	return &packer{Writer: z}
}}

// pack cuts an original into chunks and compresses those that gain by it.
func pack(data []byte) []chunk {
	var out []chunk
	z := packers.Get().(*packer)
	defer packers.Put(z)
	for len(data) > 0 {
		piece := data[:min(chunkSize, len(data))]
		data = data[len(piece):]
		z.room.Reset()
		z.Reset(&z.room)
		_, err := z.Write(piece)
		if err == nil {
			err = z.Close()
		}
		if err == nil && z.room.Len() < len(piece) {
			out = append(out, chunk{true, bytes.Clone(z.room.Bytes())})
		} else {
			out = append(out, chunk{false, piece})
		}
	}
	return out
}

// putBlob writes an original that the file does not hold yet.
func (w *writer) putBlob(sha string, size int64, chunks []chunk) error {
	res, err := w.tx.ExecContext(w.ctx, "INSERT INTO blobs(sha256, size) VALUES(?,?) ON CONFLICT(sha256) DO NOTHING", sha, size)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return err
	}
	id, err := res.LastInsertId()
	if err != nil {
		return err
	}
	for i, c := range chunks {
		if _, err := w.tx.ExecContext(w.ctx, "INSERT INTO chunks(id, packed, data) VALUES(?,?,?)", id<<20|int64(i), c.packed, c.data); err != nil {
			return err
		}
	}
	return nil
}

// blobReader reads an original chunk by chunk.
type blobReader struct {
	ctx  context.Context
	q    querier
	next int64 // id of the next chunk
	blob int64
	rest []byte
	last bool // the piece at hand is shorter than a whole one: none follows
}

func (b *blobReader) Read(p []byte) (int, error) {
	for len(b.rest) == 0 {
		var packed bool
		var data []byte
		err := b.q.QueryRowContext(b.ctx, "SELECT packed, data FROM chunks WHERE id=?", b.next).Scan(&packed, &data)
		if errors.Is(err, sql.ErrNoRows) {
			return 0, io.EOF
		}
		if err != nil {
			return 0, err
		}
		b.next++
		if packed {
			if data, err = unpack(data); err != nil {
				return 0, fmt.Errorf("a piece of an original cannot be unpacked: %w", err)
			}
		}
		if b.last || len(data) == 0 || len(data) > chunkSize {
			return 0, errors.New("a piece of an original has another length than it was given")
		}
		b.rest, b.last = data, len(data) < chunkSize
	}
	n := copy(p, b.rest)
	b.rest = b.rest[n:]
	return n, nil
}

// unpackers are readers of packed pieces, each with its window of 32 KB.
var unpackers sync.Pool

// unpack reads a packed piece, and nothing longer than a piece can be.
func unpack(packed []byte) ([]byte, error) {
	in := bytes.NewReader(packed)
	z, _ := unpackers.Get().(io.ReadCloser)
	var err error
	if z == nil {
		z, err = zlib.NewReader(in)
	} else {
		err = z.(zlib.Resetter).Reset(in, nil)
	}
	if err != nil {
		return nil, err
	}
	defer unpackers.Put(z)
	var out bytes.Buffer
	out.Grow(min(4*len(packed), chunkSize) + bytes.MinRead)
	_, err = out.ReadFrom(io.LimitReader(z, chunkSize+1))
	if err == nil && in.Len() > 0 && out.Len() <= chunkSize {
		err = errors.New("something stands behind it")
	}
	return out.Bytes(), err
}

func (b *blobReader) Close() error { return nil }

// Original reads the bytes that a document was made of, as they came in.
func (a *Archive) Original(ctx context.Context, id archive.ID) (io.ReadCloser, error) {
	var blob int64
	err := a.r.QueryRowContext(ctx, "SELECT b.id FROM blobs b JOIN documents d ON d.sha256=b.sha256 WHERE d.id=?", id).Scan(&blob)
	if errors.Is(err, sql.ErrNoRows) {
		if err := refuseDestroyed(ctx, a.r, id); err != nil {
			return nil, explain(a.path, err)
		}
		return nil, archive.Refuse("doc-not-found", "doc", fmt.Sprintf("%q", id))
	}
	if err != nil {
		return nil, explain(a.path, err)
	}
	return &blobReader{ctx: ctx, q: a.r, blob: blob, next: blob << 20}, nil
}

// Blob reads what the archive holds under a SHA-256, in hex: an original, or what
// a recovery has kept (archive.RecoverBody).
func (a *Archive) Blob(ctx context.Context, sha string) (io.ReadCloser, error) {
	var blob int64
	err := a.r.QueryRowContext(ctx, "SELECT id FROM blobs WHERE sha256=?", sha).Scan(&blob)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("archive %s holds nothing of the SHA-256 %s", a.path, sha)
	}
	if err != nil {
		return nil, explain(a.path, err)
	}
	return &blobReader{ctx: ctx, q: a.r, blob: blob, next: blob << 20}, nil
}

// hashBlob is the SHA-256 and size of an original as the file holds it.
func hashBlob(ctx context.Context, q querier, blob int64) (string, int64, error) {
	h := sha256.New()
	n, err := io.Copy(h, &blobReader{ctx: ctx, q: q, next: blob << 20})
	return hex.EncodeToString(h.Sum(nil)), n, err
}
