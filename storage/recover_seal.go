package storage

import (
	"crypto/sha256"
	"encoding/hex"
	"io"

	"fonds/storage/archive"
)

// seal writes the operation that says what was lost, as the first of a new
// replica.
func (s *salvage) seal() error {
	if err := s.do("INSERT INTO replicas SELECT DISTINCT replica, '' FROM log"); err != nil {
		return err
	}
	if err := s.keepFound(); err != nil {
		return err
	}
	rows, err := s.tx.Query("SELECT sha256 FROM blobs WHERE sha256 NOT IN (SELECT sha FROM imports JOIN texts USING(doc)) ORDER BY 1")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var sha string
		if err := rows.Scan(&sha); err != nil {
			return err
		}
		if !s.past.Keeps(sha) {
			s.lost.Kept = append(s.lost.Kept, sha)
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	at, err := place(s.path)
	if err != nil {
		return err
	}
	op := &archive.Op{ID: s.o.NewID(), Replica: s.o.NewID(), Seq: 1, Actor: s.actor, Layer: archive.MainLayer,
		Batch: s.o.NewID(), Salt: make([]byte, 16), Kind: archive.RecoverKind}
	if err := s.do("INSERT INTO replicas VALUES(?,?)", op.Replica, at); err != nil {
		return err
	}
	if _, err := io.ReadFull(s.o.Rand, op.Salt); err != nil {
		return err
	}
	var clock int64
	if err := s.tx.QueryRow("SELECT ifnull(max(clock), 0) FROM log").Scan(&clock); err != nil {
		return err
	}
	ticker := archive.NewTicker(s.o.Now)
	ticker.Saw(archive.Clock(clock))
	op.Clock = ticker.Next()
	if err := s.ownerLeft(op); err != nil {
		return err
	}
	if op.Body, op.Version, err = archive.BodyOf(op.Kind, s.lost); err != nil {
		return err
	}
	op.Seal(archive.Hash{})
	n := s.last + 1
	if err := s.do(`INSERT INTO log(n, id, kind, version, replica, seq, clock, actor, layer, batch, subject, prev, commitment, hash)
		VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)`, n, op.ID, op.Kind, op.Version, op.Replica, op.Seq, int64(op.Clock), op.Actor,
		op.Layer, op.Batch, op.Subject, op.Prev[:], op.Commitment[:], op.Hash[:]); err != nil {
		return err
	}
	return s.do("INSERT INTO bodies(n, salt, body) VALUES(?,?,?); INSERT OR IGNORE INTO kinds VALUES(?,?)", n, op.Salt, string(op.Body), op.Kind, op.Version)
}

// ownerLeft makes who recovers the archive its owner, where it has lost all it
// had: nobody could give anybody a role in it.
func (s *salvage) ownerLeft(at *archive.Op) error {
	lost := *at
	var err error
	if lost.Body, lost.Version, err = archive.BodyOf(lost.Kind, s.lost); err != nil {
		return err
	}
	r, err := newReplay(s.ctx, s.tx)
	if err != nil {
		return err
	}
	if r.lost == nil {
		r.lost = &archive.Losses{}
	}
	if err := r.lost.Add(&lost); err != nil {
		return err
	}
	rows, err := s.tx.Query("SELECT " + entryColumns + " WHERE l.subject='' ORDER BY l.clock, l.replica, l.seq")
	if err != nil {
		return err
	}
	defer rows.Close()
	r.begin("")
	for rows.Next() {
		e, _, err := scanEntry(rows)
		if err != nil {
			return err
		}
		if _, _, err := r.apply(&e.Op); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if _, _, err := r.apply(&lost); err != nil {
		return err
	}
	if len(r.doc.Rules().People(archive.Owner)) > 0 {
		return nil
	}
	owner := archive.Item{ID: s.o.NewID(), What: archive.APerson, State: archive.Accepted, Key: s.actor}
	if it := r.doc.Person(s.actor); it != nil {
		owner = *it.Clone()
	}
	owner.Text, owner.By, owner.At, owner.Rev, owner.RevBy = string(archive.Owner), s.actor, at.Clock, at.ID, s.actor
	s.lost.Self = append(s.lost.Self, owner)
	return nil
}

// keepFound keeps what was read of the lost as a blob.
func (s *salvage) keepFound() error {
	size, err := s.found.Seek(0, io.SeekCurrent)
	if err != nil || size == 0 {
		return err
	}
	h := sha256.New()
	if _, err := s.found.Seek(0, io.SeekStart); err != nil {
		return err
	}
	if _, err := io.Copy(h, s.found); err != nil {
		return err
	}
	if _, err := s.found.Seek(0, io.SeekStart); err != nil {
		return err
	}
	s.lost.Found = hex.EncodeToString(h.Sum(nil))
	res, err := s.tx.Exec("INSERT INTO blobs(sha256, size) VALUES(?,?) ON CONFLICT DO NOTHING", s.lost.Found, size)
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
	for n := int64(0); ; n++ {
		piece := make([]byte, chunkSize)
		got, err := io.ReadFull(s.found, piece)
		if got > 0 {
			c := pack(piece[:got])[0]
			if err := s.do("INSERT INTO chunks(id, packed, data) VALUES(?,?,?)", id<<20|n, c.packed, c.data); err != nil {
				return err
			}
		}
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}
