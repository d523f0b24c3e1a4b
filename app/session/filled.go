package session

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"path/filepath"

	"fyne.io/fyne/v2"

	"fonds/app/template"
	"fonds/storage"
	"fonds/storage/archive"
)

// This file is what tests of screens begin with, beside Manual.

// Tester is what is asked of a test.
type Tester interface {
	Helper()
	Fatal(args ...any)
	Cleanup(f func())
	TempDir() string
}

// Filled is an archive of Zhang's with some documents.
type Filled struct {
	File    string           // its path
	Archive *storage.Archive // another program's hold of it, until the test is over
	Docs    []storage.Summary

	t Tester
}

// Fill makes one in a folder of its own, with documents a/1.txt and so on of texts.
func Fill(t Tester, texts ...string) *Filled {
	t.Helper()
	f := &Filled{File: filepath.Join(t.TempDir(), "test.fonds"), t: t}
	ctx := context.Background()
	a, err := storage.Create(ctx, f.File, storage.NewArchive{Owner: "Zhang", Template: template.Default}, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	f.Archive = a
	in := make(chan *archive.Incoming, len(texts))
	for i, text := range texts {
		sum := sha256.Sum256([]byte(text))
		in <- &archive.Incoming{Path: fmt.Sprintf("a/%d.txt", i+1), Original: []byte(text), SHA256: hex.EncodeToString(sum[:]), Text: text,
			Format: "text/plain", Encoding: "UTF-8", Confidence: 1, Order: i, Recipe: json.RawMessage(`{"decoder":"UTF-8"}`)}
	}
	close(in)
	if err := a.Import(ctx, "Zhang", in, func(r storage.Imported) {
		if r.Err != nil {
			t.Fatal(r.Err)
		}
	}); err != nil {
		t.Fatal(err)
	}
	if f.Docs, err = a.List(ctx, storage.Query{}); err != nil {
		t.Fatal(err)
	}
	return f
}

// Apply makes edits in it as who, past any window.
func (f *Filled) Apply(who string, edits ...*archive.Edit) {
	f.t.Helper()
	if _, err := f.Archive.Apply(context.Background(), who, edits...); err != nil {
		f.t.Fatal(err)
	}
}

// Keys presses keys on what has the keyboard of a window, one after another as a person
// does who sees what each has done; a key of one character is typed.
func (m *Manual) Keys(t Tester, on fyne.Canvas, all ...fyne.KeyName) {
	t.Helper()
	for _, k := range all {
		f := on.Focused()
		switch r := []rune(k); {
		case f == nil:
			t.Fatal(k, ": nothing has the focus")
		case len(r) == 1:
			f.TypedRune(r[0])
		default:
			f.TypedKey(&fyne.KeyEvent{Name: k})
		}
		m.Settle()
	}
}

// Types types characters where the keyboard of a window is.
func (m *Manual) Types(on fyne.Canvas, text string) {
	for _, r := range text {
		on.Focused().TypedRune(r)
		m.Settle()
	}
}
