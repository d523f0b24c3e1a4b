package export

import (
	"encoding/json"
	"io"

	"fonds/storage"
	"fonds/storage/archive"
)

// Where a set is the whole of its archive, with nothing chosen, held back or masked,
// the log itself is written beside the documents: jsonl/log.jsonl, one operation a
// line, chain by chain; jsonl/heads.json, where each chain ends; jsonl/texts.jsonl, the source texts; jsonl/originals, named
// by their SHA-256. An empty archive that imports the folder is the same archive, with
// its history and its chains, also of documents that were taken out of view.

// logLine is a line of log.jsonl. Salt and body are null where the document was
// destroyed.
type logLine struct {
	ID         archive.ID      `json:"id"`
	Kind       string          `json:"kind"`
	Version    int             `json:"version"`
	Replica    archive.ID      `json:"replica"`
	Seq        int64           `json:"seq"`
	Clock      archive.Clock   `json:"clock"` // milliseconds since 1970 << 16 | counter
	Actor      string          `json:"actor"`
	Layer      string          `json:"layer"`
	Batch      archive.ID      `json:"batch"`
	Subject    archive.ID      `json:"subject"`
	Prev       archive.Hash    `json:"prev"`
	Commitment archive.Hash    `json:"commitment"` // SHA-256(salt, body)
	Hash       archive.Hash    `json:"hash"`
	Salt       []byte          `json:"salt"` // base64
	Body       json.RawMessage `json:"body"` // RFC 8785
}

// textLine is a line of texts.jsonl.
type textLine struct {
	Doc    archive.ID      `json:"doc"`
	N      int             `json:"n"`
	Recipe json.RawMessage `json:"recipe"`
	Text   string          `json:"text"`
}

// removedInLog counts documents that were taken out of view, and are in the log.
const removedInLog = "removed_in_log"

// wholeArchive says whether nothing of the archive is left out of the set, and nothing of it
// is closed: the log has the documents that were taken out of view too, and all units.
func (j *job) wholeArchive() (bool, error) {
	c := &j.o.Choice
	if c.Set != All || c.Query != "" || len(c.Docs) > 0 || c.Documents != "" || c.Aside != "" || j.mask != nil || j.closed {
		return false, nil
	}
	hidden, err := j.closedInLog()
	j.closed = j.closed || hidden
	return !j.closed, err
}

// closedInLog says whether something that is not in the set is closed: a document that was
// taken out of view, a unit, also one that was removed.
func (j *job) closedInLog() (bool, error) {
	units, err := j.units()
	if err != nil {
		return false, err
	}
	self, err := j.a.Self(j.ctx)
	if err != nil {
		return false, err
	}
	for _, it := range self.Of(archive.AUnit) {
		if closedUnit(archive.UnitItem(it), j.o.Day) {
			return true, nil
		}
	}
	closed := false
	err = j.a.Each(j.ctx, storage.Query{Status: archive.Removed}, func(s storage.Summary) error {
		d, err := j.a.Document(j.ctx, s.ID)
		if err == nil {
			closed = closed || Closed(d, units, j.o.Day) != nil
		}
		return err
	})
	return closed, err
}

// writeLog writes the whole log.
func (w *jsonlWriter) writeLog() error {
	j := w.j
	err := j.lines("jsonl/log.jsonl", func(put func(any) error) error {
		return j.a.EachOp(j.ctx, func(op *archive.Op) error {
			l := logLine{ID: op.ID, Kind: op.Kind, Version: op.Version, Replica: op.Replica, Seq: op.Seq, Clock: op.Clock, Actor: op.Actor, Layer: op.Layer,
				Batch: op.Batch, Subject: op.Subject, Prev: op.Prev, Commitment: op.Commitment, Hash: op.Hash, Salt: op.Salt, Body: op.Body}
			if op.Body == nil {
				l.Body = json.RawMessage("null")
			}
			w.counts["log"]++
			return put(l)
		})
	})
	if err != nil {
		return err
	}
	heads, err := j.a.Heads(j.ctx)
	if err != nil {
		return err
	}
	if err := j.jsonFile("jsonl/heads.json", heads); err != nil {
		return err
	}
	if err := j.lines("jsonl/texts.jsonl", func(put func(any) error) error {
		return j.a.EachText(j.ctx, func(t storage.SourceText) error { return put(textLine{t.Doc, t.N, json.RawMessage(t.Recipe), t.Text}) })
	}); err != nil {
		return err
	}
	if err := j.a.Each(j.ctx, storage.Query{Status: archive.Removed}, func(storage.Summary) error {
		w.counts[removedInLog]++
		return nil
	}); err != nil {
		return err
	}
	list, err := j.a.Blobs(j.ctx)
	if err != nil {
		return err
	}
	for _, sha := range list {
		if err := j.blob("jsonl/originals/"+sha, sha); err != nil {
			return err
		}
		w.counts["originals"]++
	}
	return nil
}

// blob writes what the archive holds under a SHA-256.
func (j *job) blob(path, sha string) error {
	in, err := j.a.Blob(j.ctx, sha)
	if err != nil {
		return err
	}
	defer in.Close()
	return j.file(path, func(w io.Writer) error {
		_, err := io.Copy(w, in)
		return err
	})
}
