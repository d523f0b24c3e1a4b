package catalogue

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"path/filepath"
	"testing"

	"fonds/app/template"
	"fonds/storage"
	"fonds/storage/archive"
)

var ctx = context.Background()

func dublinCore(t testing.TB) []template.Field {
	t.Helper()
	d, err := template.Read(template.Default)
	if err != nil {
		t.Fatal(err)
	}
	return d.Fields
}

// bench is an archive of Zhang's with documents of the given paths.
type bench struct {
	t    testing.TB
	a    *storage.Archive
	docs []storage.Summary
}

func newBench(t testing.TB, paths ...string) *bench {
	t.Helper()
	a, err := storage.Create(ctx, filepath.Join(t.TempDir(), "test.fonds"), storage.NewArchive{Owner: "Zhang", Template: template.Default}, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	in := make(chan *archive.Incoming, len(paths))
	for i, p := range paths {
		sum := sha256.Sum256([]byte(p))
		in <- &archive.Incoming{Path: p, Original: []byte(p), SHA256: hex.EncodeToString(sum[:]), Text: p, Format: "text/plain", Encoding: "UTF-8",
			Confidence: 1, Order: i, Recipe: json.RawMessage(`{"decoder":"UTF-8"}`)}
	}
	close(in)
	if err := a.Import(ctx, "Zhang", in, func(storage.Imported) {}); err != nil {
		t.Fatal(err)
	}
	b := &bench{t: t, a: a}
	if b.docs, err = a.List(ctx, storage.Query{}); err != nil {
		t.Fatal(err)
	}
	return b
}

func (b *bench) apply(edits ...*archive.Edit) {
	b.t.Helper()
	if _, err := b.a.Apply(ctx, "Zhang", edits...); err != nil {
		b.t.Fatal(err)
	}
}

// field sets a field of a document by its number from 1.
func (b *bench) field(n int, field string, values ...string) {
	b.t.Helper()
	e := &archive.Edit{Do: "field.set", Doc: string(b.docs[n-1].ID), Field: field}
	for _, v := range values {
		e.Values = append(e.Values, archive.ValueIn{Value: v})
	}
	b.apply(e)
}

func (b *bench) values(n int, field string) (out []string) {
	b.t.Helper()
	d, err := b.a.Document(ctx, b.docs[n-1].ID)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, it := range d.Values(field) {
		out = append(out, it.Text)
	}
	return out
}

func parse(t testing.TB, text string) *Table {
	t.Helper()
	c, err := Parse(ctx, "c.csv", []byte(text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func (b *bench) look(c *Table, p Plan) *Survey {
	b.t.Helper()
	s, err := Look(ctx, b.a, c, p, dublinCore(b.t), nil)
	if err != nil {
		b.t.Fatal(err)
	}
	return s
}

// take applies all that a survey says.
func (b *bench) take(s *Survey) {
	b.t.Helper()
	results, err := b.a.ApplyMany(ctx, "Zhang", nil, s.Edits(nil)...)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, r := range results {
		if r.Err != nil {
			b.t.Errorf("refused: %v", r.Err)
		}
	}
}
