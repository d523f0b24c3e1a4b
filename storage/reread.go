package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"fonds/storage/archive"
)

// Reader reads an original once more: info is the document as it came in, recipe how
// the text was made that is read now. An encoding of "" is found out; article is of a
// page its article alone. err says why it cannot be read so.
type Reader func(original []byte, info archive.Info, recipe json.RawMessage, encoding string, article bool) (*archive.Incoming, error)

// Rereading is what would become of a document with another source text.
type Rereading struct {
	Text     string // the source text, UTF-8
	Encoding string // as it would be recorded
	Same     bool   // it is the text that is read now
	Moved    int    // marks, corrections and values whose words it has
	Left     int    // marks and corrections whose words it has not
	Bare     int    // values whose evidence would stay in the text of now
	Return   int    // what would come back that had stayed with this text
}

// Reread says what a document.text would do, and changes nothing. A refusal is
// that of the edit.
func (a *Archive) Reread(ctx context.Context, actor string, e *archive.Edit) (r Rereading, err error) {
	e, err = a.withText(ctx, e)
	if err != nil {
		return r, err
	}
	r.Text, r.Encoding = e.Read.Text.String(), e.Read.Read.Info.Encoding
	id, err := a.Find(ctx, e.Doc)
	if err != nil {
		return r, err
	}
	d, err := a.Document(ctx, id)
	if err != nil {
		return r, err
	}
	if err := numbered(ctx, a.r, d, e.Read); err != nil {
		return r, explain(a.path, err)
	}
	if r.Same = e.Read.Read.Info.Text == d.Info.Text; r.Same {
		return r, nil
	}
	self, err := a.Self(ctx)
	if err != nil {
		return r, err
	}
	body, _, err := archive.Prepare(&archive.Ctx{Doc: d, Actor: actor, Rules: self.Rules(), NewID: a.newID, Self: self, Base: d.Reading}, e)
	if err != nil {
		return r, err
	}
	b, err := archive.TextOf(&archive.Op{Kind: e.Do, Body: body})
	if err == nil {
		r.Moved, r.Left, r.Bare, r.Return = len(b.Moved), len(b.Left), len(b.Bare), len(b.Return)
	}
	return r, err
}

// withTexts reads the originals again of which edits ask for another text. It is done
// before anything is written: originals never change.
func (a *Archive) withTexts(ctx context.Context, edits []*archive.Edit) ([]*archive.Edit, error) {
	out := edits
	for i, e := range edits {
		if e.Do != archive.TextKind || e.Read != nil {
			continue
		}
		if &out[0] == &edits[0] {
			out = append([]*archive.Edit(nil), edits...)
		}
		var err error
		if out[i], err = a.withText(ctx, e); err != nil {
			if !refusal(err) {
				return nil, err
			}
			return nil, &EditError{i, err}
		}
	}
	return out, nil
}

// withText is an edit with what the reader made of the original.
func (a *Archive) withText(ctx context.Context, e *archive.Edit) (*archive.Edit, error) {
	if e.Doc == "" {
		return nil, archive.Refuse("no-doc", "do", e.Do)
	}
	id, err := a.Find(ctx, e.Doc)
	if err != nil {
		return nil, err
	}
	d, err := a.Document(ctx, id)
	if err != nil {
		return nil, err
	}
	if d.Info.Part != nil {
		return nil, archive.Refuse("text-part", "whole", d.Info.Part.Doc.Short())
	}
	recipe, err := a.Recipe(ctx, id, d.Info.Text)
	if err != nil {
		return nil, err
	}
	var in *archive.Incoming
	if e.Pages != nil {
		in, err = a.typed(d.Info, recipe, e)
	} else {
		in, err = a.again(ctx, d, recipe, e)
	}
	if err != nil {
		return nil, err
	}
	text := archive.NewText(in.Text)
	b, err := a.bodyOf(in, text, archive.NewReading(text, 1, nil))
	if err != nil {
		return nil, archive.Refuse("text-cannot", "why", err.Error())
	}
	mine := *e
	mine.Doc, mine.Read = string(id), &archive.Rereading{Read: b, Text: text}
	return &mine, nil
}

// again reads the original of a document once more.
func (a *Archive) again(ctx context.Context, d *archive.Document, recipe json.RawMessage, e *archive.Edit) (*archive.Incoming, error) {
	if a.readAgain == nil {
		return nil, archive.Refuse("text-none")
	}
	file, err := a.Original(ctx, d.ID)
	if err != nil {
		return nil, err
	}
	original, err := io.ReadAll(file)
	if err = errors.Join(err, file.Close()); err != nil {
		return nil, explain(a.path, err)
	}
	in, err := a.tryRead(original, *d.Info, recipe, e)
	if err != nil {
		return nil, archive.Refuse("text-cannot", "why", err.Error())
	}
	return in, nil
}

// tryRead calls the reader, which may fail on any bytes.
func (a *Archive) tryRead(original []byte, info archive.Info, recipe json.RawMessage, e *archive.Edit) (in *archive.Incoming, err error) {
	err = guarded(func() (err error) {
		in, err = a.readAgain(original, info, recipe, e.Encoding, e.Article)
		if err == nil && !utf8.ValidString(in.Text) {
			err = fmt.Errorf("its text is no UTF-8")
		}
		if err == nil {
			in.Path, in.Order, in.Modified, in.SHA256, in.Size = info.Path, info.Order, info.Modified, info.SHA256, info.Size
			in.Format = info.Format
		}
		return err
	})
	return in, err
}

// numbered gives a text that was made once more its number: the one it has, where
// the document has had it before.
func numbered(ctx context.Context, q querier, d *archive.Document, r *archive.Rereading) error {
	var n int
	err := q.QueryRowContext(ctx, "SELECT n FROM texts WHERE doc=? AND sha256=?", d.ID, r.Read.TextSHA).Scan(&n)
	if r.New = errors.Is(err, sql.ErrNoRows); r.New {
		err = q.QueryRowContext(ctx, "SELECT max(n)+1 FROM texts WHERE doc=?", d.ID).Scan(&n)
	}
	if err == nil {
		r.Read.ToText(n)
	}
	return err
}

// readText does a document.text: the text is kept beside those that the document
// has, below them in the table, whose numbers above 0 are those of the documents.
func (w *writer) readText(h *held, r *archive.Rereading, do func() (Result, error)) (Result, error) {
	res, err := do()
	if err == nil && r.New {
		_, err = w.tx.ExecContext(w.ctx, "INSERT INTO texts(id, doc, n, sha256, recipe, text) VALUES("+nextBelow+",?,?,?,?,?)",
			h.ID, r.Read.Info.Text, r.Read.TextSHA, r.Read.RecipeText(), []byte(r.Text.String()))
	}
	h.base, h.loaded = nil, append([]*archive.Item(nil), h.Items...) // positions count in that text from here on
	return res, err
}

// nextBelow is the number in the table of a text that is not a document's first.
const nextBelow = "(SELECT min(0, ifnull(min(id), 0))-1 FROM texts)"
