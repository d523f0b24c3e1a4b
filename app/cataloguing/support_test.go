package cataloguing

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/app/template"
	"fonds/storage"
	"fonds/storage/archive"
)

var ctx = context.Background()

// screen is the page in a window on an archive of Zhang's with documents a/1.txt and so
// on, in which Li is an archivist and Sun a reader.
type screen struct {
	*Page
	t    *testing.T
	m    *session.Manual
	a    *storage.Archive // another program's hold
	docs []storage.Summary
	dir  string
	file string // that is chosen next
	desk archive.ID
	left int
}

func opened(t *testing.T, who string, docs int) *screen {
	t.Helper()
	test.NewTempApp(t)
	i18n.Use("en")
	sc := &screen{t: t, m: session.NewManual(), dir: t.TempDir()}
	path := filepath.Join(sc.dir, "test.fonds")
	a, err := storage.Create(ctx, path, storage.NewArchive{Owner: "Zhang", Template: template.Default}, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	in := make(chan *archive.Incoming, docs)
	for i := range docs {
		text := fmt.Sprintf("第%d件", i+1)
		sum := sha256.Sum256([]byte(text))
		in <- &archive.Incoming{Path: fmt.Sprintf("a/%d.txt", i+1), Original: []byte(text), SHA256: hex.EncodeToString(sum[:]), Text: text,
			Format: "text/plain", Encoding: "UTF-8", Confidence: 1, Order: i, Recipe: json.RawMessage(`{"decoder":"UTF-8"}`)}
	}
	close(in)
	if err := a.Import(ctx, "Zhang", in, func(storage.Imported) {}); err != nil {
		t.Fatal(err)
	}
	sc.a = a
	if sc.docs, err = a.List(ctx, storage.Query{}); err != nil {
		t.Fatal(err)
	}
	sc.apply("Zhang", &archive.Edit{Do: "person.set", Name: "Li", Role: "archivist"}, &archive.Edit{Do: "person.set", Name: "Sun", Role: "reader"})
	s := session.New(sc.m.Config())
	s.SetActor(who)
	w := test.NewTempWindow(t, nil)
	sc.Page = New(s, w.Canvas())
	sc.OnDesk = func(doc archive.ID) { sc.desk = doc }
	sc.OnLeave = func() { sc.left++ }
	sc.OnFile = func(done func(string)) { done(sc.file) }
	w.SetContent(sc.Content())
	w.Resize(fyne.NewSize(1280, 760))
	sc.m.Open(t, s, path)
	sc.Show()
	sc.m.Settle()
	sc.Focus()
	return sc
}

// list writes a catalogue, to be chosen next.
func (sc *screen) catalogue(text string) {
	sc.t.Helper()
	sc.file = filepath.Join(sc.dir, "list.csv")
	if err := os.WriteFile(sc.file, []byte(text), 0o644); err != nil {
		sc.t.Fatal(err)
	}
}

func (sc *screen) apply(who string, edits ...*archive.Edit) {
	sc.t.Helper()
	if _, err := sc.a.Apply(ctx, who, edits...); err != nil {
		sc.t.Fatal(err)
	}
}

func (sc *screen) set(n int, field, value string) *archive.Edit {
	return &archive.Edit{Do: "field.set", Doc: string(sc.docs[n-1].ID), Field: field, Values: []archive.ValueIn{{Value: value}}}
}

// values are those of a field in force, of a document by its number from 1.
func (sc *screen) values(n int, field string) string {
	sc.t.Helper()
	d, err := sc.a.Document(ctx, sc.docs[n-1].ID)
	if err != nil {
		sc.t.Fatal(err)
	}
	var out []string
	for _, it := range d.Values(field) {
		out = append(out, it.Text)
	}
	return strings.Join(out, "/")
}

// keys presses keys on what has the keyboard.
func (sc *screen) keys(all ...fyne.KeyName) {
	sc.t.Helper()
	for _, k := range all {
		f := sc.on.Focused()
		if f == nil {
			sc.t.Fatalf("%s: nothing has the focus", k)
		}
		f.TypedKey(&fyne.KeyEvent{Name: k})
		sc.m.Settle()
	}
}

// types types characters where the keyboard is.
func (sc *screen) types(text string) {
	sc.t.Helper()
	for _, r := range text {
		sc.on.Focused().TypedRune(r)
		sc.m.Settle()
	}
}

// take is Ctrl+Enter.
func (sc *screen) take() {
	sc.t.Helper()
	sc.s.Commands.Run("catalogue.take")
	sc.m.Settle()
}

// shown is what the list shows: title, what is below it, badge.
func (sc *screen) shownRows() string {
	var out []string
	for i := range sc.rows {
		r := sc.line(i)
		out = append(out, strings.TrimSpace(r.Title+" | "+r.Sub+" | "+r.Badge))
	}
	return strings.Join(out, "\n")
}
