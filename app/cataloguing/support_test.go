package cataloguing

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage/archive"
)

var ctx = context.Background()

// screen is the page in a window on an archive of Zhang's with documents a/1.txt and so
// on, in which Li is an archivist and Sun a reader.
type screen struct {
	*Page
	*session.Filled
	t    *testing.T
	m    *session.Manual
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
	texts := make([]string, docs)
	for i := range texts {
		texts[i] = fmt.Sprintf("第%d件", i+1)
	}
	sc.Filled = session.Fill(t, texts...)
	sc.Apply("Zhang", &archive.Edit{Do: "person.set", Name: "Li", Role: "archivist"}, &archive.Edit{Do: "person.set", Name: "Sun", Role: "reader"})
	s := session.New(sc.m.Config())
	s.SetActor(who)
	w := test.NewTempWindow(t, nil)
	sc.Page = New(s, w.Canvas())
	sc.OnDesk = func(doc archive.ID) { sc.desk = doc }
	sc.OnLeave = func() { sc.left++ }
	sc.OnFile = func(done func(string)) { done(sc.file) }
	w.SetContent(sc.Content())
	w.Resize(fyne.NewSize(1280, 760))
	sc.m.Open(t, s, sc.File)
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

func (sc *screen) set(n int, field, value string) *archive.Edit {
	return &archive.Edit{Do: "field.set", Doc: string(sc.Docs[n-1].ID), Field: field, Values: []archive.ValueIn{{Value: value}}}
}

// values are those of a field in force, of a document by its number from 1.
func (sc *screen) values(n int, field string) string {
	sc.t.Helper()
	d, err := sc.Archive.Document(ctx, sc.Docs[n-1].ID)
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
	sc.m.Keys(sc.t, sc.on, all...)
}

// types types characters where the keyboard is.
func (sc *screen) types(text string) { sc.m.Types(sc.on, text) }

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
