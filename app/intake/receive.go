package intake

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"fonds/app/ingest"
	"fonds/storage"
	"fonds/storage/archive"
)

// A whole archive that was written out as JSON Lines lies in one folder: log.jsonl,
// heads.json, texts.jsonl and originals. An empty archive receives it as it was.

// whole is such a folder.
type whole struct {
	log, heads, texts string
	originals         map[string]string // files by the SHA-256 that they are named by
}

// logName is the file by which such a folder is known.
const logName = "log.jsonl"

// wholeArchive finds one among the files, of several the one that lies highest: a bag
// and a crate hold copies of what is beside them. nil where there is none.
func wholeArchive(found []ingest.Found) *whole {
	at := -1
	for i, f := range found {
		if path.Base(f.Path) == logName && (at < 0 || strings.Count(f.Path, "/") < strings.Count(found[at].Path, "/")) {
			at = i
		}
	}
	if at < 0 {
		return nil
	}
	dir := filepath.Dir(found[at].Name)
	w := &whole{log: found[at].Name, heads: filepath.Join(dir, "heads.json"), texts: filepath.Join(dir, "texts.jsonl"), originals: map[string]string{}}
	// The files themselves, and not those found: an original may be empty.
	entries, err := os.ReadDir(filepath.Join(dir, "originals"))
	if err != nil {
		return w
	}
	for _, e := range entries {
		w.originals[e.Name()] = filepath.Join(dir, "originals", e.Name())
	}
	return w
}

// receive takes it in; on is told of every document that the archive has then.
func receive(ctx context.Context, a *storage.Archive, w *whole, on func(Event)) (r Report, err error) {
	if err := a.Receive(ctx, w, nil); err != nil {
		if errors.Is(err, storage.ErrNotWhole) {
			err = fmt.Errorf("%w: write it out again, or name documents.jsonl alone, which brings in the texts with what is in force in them", err)
		}
		return r, err
	}
	r.Received = true
	var docs []storage.Summary
	if err := a.Each(ctx, storage.Query{}, func(d storage.Summary) error {
		docs = append(docs, d)
		return nil
	}); err != nil {
		return r, err
	}
	r.Total, r.Imported = len(docs), len(docs)
	for i, s := range docs {
		d, err := a.Document(ctx, s.ID)
		if err != nil {
			return r, err
		}
		if on != nil {
			on(Event{Done: i + 1, Total: len(docs), File: File{Path: s.Path, ID: s.ID, Chars: s.Chars, Read: &archive.Incoming{Path: s.Path,
				SHA256: d.Info.SHA256, Format: d.Info.Format, Encoding: d.Info.Encoding, Confidence: d.Info.Confidence}}})
		}
	}
	return r, nil
}

// opLine is a line of log.jsonl.
type opLine struct {
	ID         archive.ID      `json:"id"`
	Kind       string          `json:"kind"`
	Version    int             `json:"version"`
	Replica    archive.ID      `json:"replica"`
	Seq        int64           `json:"seq"`
	Clock      archive.Clock   `json:"clock"`
	Actor      string          `json:"actor"`
	Layer      string          `json:"layer"`
	Batch      archive.ID      `json:"batch"`
	Subject    archive.ID      `json:"subject"`
	Prev       archive.Hash    `json:"prev"`
	Commitment archive.Hash    `json:"commitment"`
	Hash       archive.Hash    `json:"hash"`
	Salt       []byte          `json:"salt"`
	Body       json.RawMessage `json:"body"`
}

// textLine is a line of texts.jsonl.
type textLine struct {
	Doc    archive.ID      `json:"doc"`
	N      int             `json:"n"`
	Recipe json.RawMessage `json:"recipe"`
	Text   string          `json:"text"`
}

// Ops is part of storage.Whence, as all that follow.
func (w *whole) Ops(f func(*archive.Op) error) error {
	return eachLine(w.log, func(line []byte) error {
		var l opLine
		if err := json.Unmarshal(line, &l); err != nil {
			return err
		}
		op := &archive.Op{ID: l.ID, Kind: l.Kind, Version: l.Version, Replica: l.Replica, Seq: l.Seq, Clock: l.Clock, Actor: l.Actor, Layer: l.Layer,
			Batch: l.Batch, Subject: l.Subject, Prev: l.Prev, Commitment: l.Commitment, Hash: l.Hash, Salt: l.Salt}
		if len(l.Body) > 0 && !bytes.Equal(l.Body, []byte("null")) {
			op.Body = l.Body
		}
		return f(op)
	})
}

// Heads says where each chain ends.
func (w *whole) Heads() (heads map[archive.ID]archive.Hash, err error) {
	data, err := os.ReadFile(w.heads)
	if err == nil {
		err = json.Unmarshal(data, &heads)
	}
	if err != nil {
		err = fmt.Errorf("%w: heads.json: %w", storage.ErrNotWhole, err)
	}
	return heads, err
}

// Texts hands over the source texts.
func (w *whole) Texts(f func(storage.SourceText) error) error {
	return eachLine(w.texts, func(line []byte) error {
		var l textLine
		if err := json.Unmarshal(line, &l); err != nil {
			return err
		}
		return f(storage.SourceText{Doc: l.Doc, N: l.N, Recipe: string(l.Recipe), Text: l.Text})
	})
}

// Originals lists the originals.
func (w *whole) Originals() ([]string, error) {
	var out []string
	for sha := range w.originals {
		if len(sha) == 64 && strings.Trim(sha, "0123456789abcdef") == "" {
			out = append(out, sha)
		}
	}
	slices.Sort(out)
	return out, nil
}

// Original opens one.
func (w *whole) Original(sha string) (io.ReadCloser, error) { return os.Open(w.originals[sha]) }

// eachLine hands over the lines of a file, however long.
func eachLine(name string, f func(line []byte) error) error {
	file, err := os.Open(name)
	if err != nil {
		return fmt.Errorf("%w: %w", storage.ErrNotWhole, err)
	}
	defer file.Close()
	in := bufio.NewReaderSize(file, 1<<20)
	for n := 1; ; n++ {
		line, err := in.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			if err := f(line); err != nil {
				var syntax *json.SyntaxError
				if errors.As(err, &syntax) || errors.Is(err, io.ErrUnexpectedEOF) {
					return fmt.Errorf("%w: line %d of %s is no JSON", storage.ErrNotWhole, n, filepath.Base(name))
				}
				return err
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}
