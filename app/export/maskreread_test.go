package export

import (
	"context"
	"encoding/json"
	"errors"
	"path/filepath"
	"testing"

	"fonds/storage"
	"fonds/storage/archive"
)

// TestMaskOfAnotherText: a name that was marked in one source text and is written
// otherwise in the one that is read is not given out as if nobody had marked it.
func TestMaskOfAnotherText(t *testing.T) {
	ctx := context.Background()
	read := func(_ []byte, _ archive.Info, _ json.RawMessage, encoding string, _ bool) (*archive.Incoming, error) {
		text := map[string]string{"windows-1251": "Signed: Gцtz", "windows-1252": "Signed: Götz"}[encoding]
		return &archive.Incoming{Text: text, Encoding: encoding, Confidence: 1, Recipe: json.RawMessage(`{"decoder":"` + encoding + `"}`)}, nil
	}
	a, err := storage.Create(ctx, filepath.Join(t.TempDir(), "a.fonds"), storage.NewArchive{Owner: "Zhang", Template: "dublincore"}, storage.Options{ReadAgain: read})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	in := make(chan *archive.Incoming, 1)
	in <- &archive.Incoming{Path: "a.txt", Original: []byte("Signed: G\xf6tz"), SHA256: "a", Format: "text/plain", Encoding: "windows-1251", Confidence: 1,
		Text: "Signed: Gцtz", Recipe: json.RawMessage(`{"decoder":"windows-1251"}`)}
	close(in)
	var id archive.ID
	if err := a.Import(ctx, "Zhang", in, func(r storage.Imported) { id = r.ID }); err != nil {
		t.Fatal(err)
	}
	apply := func(e *archive.Edit) {
		t.Helper()
		e.Doc = string(id)
		if _, err := a.Apply(ctx, "Zhang", e); err != nil {
			t.Fatal(err)
		}
	}
	start, end := 8, 12
	apply(&archive.Edit{Do: "mark.add", Start: &start, End: &end, Label: "person"})
	apply(&archive.Edit{Do: archive.TextKind, Encoding: "windows-1252"})
	write := func() error {
		_, err := Write(ctx, a, Options{Out: filepath.Join(t.TempDir(), "out"), Choice: Choice{Formats: []string{"jsonl"}, Set: All, Mask: []string{"person"}}})
		return err
	}
	if err := write(); !errors.Is(err, ErrUnmasked) {
		t.Errorf("it is given out: %v", err)
	}
	apply(&archive.Edit{Do: archive.TextKind, Encoding: "windows-1251"})
	if err := write(); err != nil {
		t.Errorf("read as it was marked: %v", err)
	}
}
