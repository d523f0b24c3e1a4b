package session

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"testing"

	"fonds/app/template"
	"fonds/storage"
	"fonds/storage/archive"
)

// notice is a document with a proposal of its title.
func notice(name, text string) *archive.Incoming {
	sum := sha256.Sum256([]byte(text))
	in := &archive.Incoming{Path: name, Original: []byte(text), SHA256: hex.EncodeToString(sum[:]),
		Format: "text/plain", Encoding: "UTF-8", Confidence: 1, Text: text}
	for i, r := range []rune(text) {
		if r == '\n' {
			in.Proposals = []archive.Proposal{{Field: archive.TitleField, Value: string([]rune(text)[:i]), Rule: "first line", Start: 0, End: i, Confidence: 0.9}}
			break
		}
	}
	return in
}

// filled makes an archive of Zhang's with documents in it, and gives its path.
func filled(t testing.TB, docs ...*archive.Incoming) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "test.fonds")
	ctx := context.Background()
	a, err := storage.Create(ctx, path, storage.NewArchive{Owner: "Zhang", Template: template.Default}, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	in := make(chan *archive.Incoming, len(docs))
	for i, d := range docs {
		d.Order = i
		in <- d
	}
	close(in)
	if err := a.Import(ctx, "Zhang", in, func(r storage.Imported) {
		if r.Err != nil {
			t.Error(r.Err)
		}
	}); err != nil {
		t.Fatal(err)
	}
	return path
}

func three() []*archive.Incoming {
	return []*archive.Incoming{
		notice("a.txt", "第一件通知\n李振国厅长讲话。"),
		notice("b.txt", "第二件通知\n会议在银川召开。"),
		notice("c.txt", "A letter\nDear Sir, the well is dry."),
	}
}

// desk is a session with an archive open, and what it told.
type desk struct {
	*Session
	m      *Manual
	events []Event
}

func opening(t testing.TB, path string) *desk {
	t.Helper()
	m := NewManual()
	d := &desk{Session: New(m.Config()), m: m}
	d.On(func(e Event) { d.events = append(d.events, e) })
	d.SetActor("Zhang")
	m.Open(t, d.Session, path)
	return d
}

// told says how often an event of that type was told, and forgets all.
func (d *desk) told(like Event) int {
	n := 0
	for _, e := range d.events {
		if fmt.Sprintf("%T", e) == fmt.Sprintf("%T", like) {
			n++
		}
	}
	d.events = nil
	return n
}

// title is the title in force of the document that is shown, "" without one.
func (d *desk) title() string {
	if v := d.Document().Values(archive.TitleField); len(v) > 0 {
		return v[0].Text
	}
	return ""
}

// other is another program's hold on the same archive.
func other(t testing.TB, path string) *storage.Archive {
	t.Helper()
	a, err := storage.Open(context.Background(), path, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a
}
