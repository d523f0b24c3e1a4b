package session

import (
	"context"
	"encoding/json"
	"io"

	"fonds/app/ingest"
	"fonds/app/intake"
	"fonds/storage"
	"fonds/storage/archive"
)

// This file reads the original of the document that is shown once more, as another
// source text.

// FoundOut is the encoding that the program is to find out.
const FoundOut = intake.FoundOut

// sampled is how much of an original is read for its samples, in bytes.
const sampled = 1 << 20

// Readings are the ways in which the document that is shown could be read.
type Readings struct {
	Samples []intake.Sample
	Page    bool // it can be read as its article alone, or whole
	Article bool // its article is what is read now
}

// Readings reads them on a worker; answer gets them on the UI goroutine.
func (s *Session) Readings(answer func(Readings)) {
	doc := s.doc
	if doc == nil {
		return
	}
	Read(s, &s.textGen, func(ctx context.Context, a *storage.Archive) (r Readings, err error) {
		raw, err := a.Recipe(ctx, doc.ID, doc.Info.Text)
		if err != nil {
			return r, err
		}
		var recipe ingest.Recipe
		if err := json.Unmarshal(raw, &recipe); err != nil {
			return r, err
		}
		r.Page, r.Article = doc.Info.Format == "text/html", recipe.OfArticle()
		file, err := a.Original(ctx, doc.ID)
		if err != nil {
			return r, err
		}
		defer file.Close()
		data, err := io.ReadAll(io.LimitReader(file, sampled))
		r.Samples = intake.Samples(data)
		return r, err
	}, func(r Readings, err error) {
		switch {
		case err != nil:
			s.failFile(err)
		case s.doc != nil && s.doc.ID == doc.ID:
			answer(r)
		}
	})
}

// textEdit is the edit that reads the document so.
func (s *Session) textEdit(encoding string, article bool) *archive.Edit {
	e := s.docEdit(archive.TextKind)
	if e != nil {
		e.Encoding, e.Article = encoding, article
	}
	return e
}

// TryText says what would become of the document with another source text: in an
// encoding ("": that of now; FoundOut), all of it or its article.
func (s *Session) TryText(encoding string, article bool, answer func(storage.Rereading, error)) {
	e, actor := s.textEdit(encoding, article), s.actor
	if e == nil {
		return
	}
	Read(s, &s.textGen, func(ctx context.Context, a *storage.Archive) (storage.Rereading, error) {
		return a.Reread(ctx, actor, e)
	}, func(r storage.Rereading, err error) {
		if s.doc != nil && string(s.doc.ID) == e.Doc {
			answer(r, err)
		}
	})
}

// ReadText reads the document so from now on.
func (s *Session) ReadText(encoding string, article bool, done func(error)) {
	if e := s.textEdit(encoding, article); e != nil {
		s.Apply(func(_ []storage.Result, err error) { done(err) }, e)
	}
}
