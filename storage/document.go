package storage

import (
	"context"
	"fmt"

	"fonds/storage/archive"
)

// Document is a document with all that is attached to it, as a copy that the
// caller may keep. Its texts are read from the file when they are asked for; of a
// big document the reading text comes with it.
func (a *Archive) Document(ctx context.Context, id archive.ID) (*archive.Document, error) {
	at, known := a.current(ctx)
	if known {
		if d := a.kept.Load().copyAt(id, at); d != nil {
			d.Source = a.sourceOf(ctx, id)
			return d, nil
		}
	}
	d, n, err := a.read(ctx, id)
	if err != nil {
		return nil, explain(a.path, err)
	}
	if d.Info == nil && id != "" {
		if err := refuseDestroyed(ctx, a.r, id); err != nil {
			return nil, explain(a.path, err)
		}
		return nil, archive.Refuse("doc-not-found", "doc", fmt.Sprintf("%q", id))
	}
	if known {
		if after, known := a.current(ctx); known && after == at { // nobody has written while it was read
			a.keep(at, d, n)
		}
	}
	return d, nil
}

// read is load with the readers' connections; a big text is read while the items
// are.
func (a *Archive) read(ctx context.Context, id archive.ID) (*archive.Document, int64, error) {
	d, n, err := loadInfo(ctx, a.r, id)
	if err != nil {
		return nil, 0, err
	}
	if id != "" {
		d.Source = a.sourceOf(ctx, id)
	}
	if d.Info == nil || d.Info.Chars < keepPoints {
		return d, n, loadItems(ctx, a.r, d)
	}
	type answer struct {
		text *archive.Text
		err  error
	}
	got := make(chan answer, 1)
	read := d.Source
	go func() {
		text, err := source(ctx, a.r, id, d.Info.Text)
		got <- answer{text, err}
	}()
	err = loadItems(ctx, a.r, d)
	first := <-got
	if err != nil {
		return nil, 0, err
	}
	if first.err == nil { // where there is none, whoever needs it is told
		d.Source = func(int) (*archive.Text, error) { return first.text, nil }
		_, err = d.Reading()
		d.Source = read
	}
	return d, n, err
}

// sourceOf reads source texts of a document. They are asked for later, when nobody
// says what SQLite means, and what the document was read for may have ended.
func (a *Archive) sourceOf(ctx context.Context, id archive.ID) func(n int) (*archive.Text, error) {
	ctx = context.WithoutCancel(ctx)
	return func(n int) (*archive.Text, error) {
		t, err := source(ctx, a.r, id, n)
		return t, explain(a.path, err)
	}
}
