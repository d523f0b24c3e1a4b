package app

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"fonds/app/template"
	"fonds/app/templating"
)

// A template is made in the editor by keys alone, with a field of each type; saved, each is
// filled at the desk, and undo takes it all back.
func TestTemplateMadeByKeys(t *testing.T) {
	b := newBench(t, zhang, Options{})
	b.createArchive(filepath.Join(t.TempDir(), "x.fonds"))
	b.m.Settle()
	from := filepath.Join(t.TempDir(), "one.txt")
	if err := os.WriteFile(from, []byte("one\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	b.importPaths([]string{from})
	b.m.Settle()
	b.run("template.edit")
	if b.showing != templating.Screen || !b.screen().Content().Visible() {
		t.Fatal("the editor is not shown")
	}
	c := b.win.Canvas()
	tab := func(n int) {
		for range n {
			c.FocusNext()
			b.m.Settle()
		}
	}
	words := map[string]string{template.Text: "a line", template.LongText: "a line", template.Date: "民国三十八年", template.Address: "www.nxsft.gov.cn",
		template.Language: "zh-Hans", template.AChoice: "red", template.Checklist: "green", template.Reference: "Z109-WS·2011·Y·办公室-0001",
		template.Number: "中发〔1980〕16号", template.Identifier: "CN-1", template.Figure: "3.5", template.YesNo: "yes", template.Stars: "4",
		template.Person: "李振国", template.Organisation: "司法厅", template.Place: "银川"}
	for _, kind := range template.Types() {
		b.types("a") // a new field: the keyboard is in its id
		b.replace("test:" + kind)
		tab(1)
		b.replace("Field of " + kind)
		tab(2)
		b.replace(kind)
		b.keys(fyne.KeyReturn)
		if kind == template.AChoice || kind == template.Checklist {
			tab(9) // four constraints, several values, handed down, two helps, choices
			b.types("red | Red | 红")
			b.keys(fyne.KeyReturn)
			b.types("green")
			tab(1)
		}
		b.keys(fyne.KeyEscape)
	}
	before := b.s.Template().ID
	b.types("s")
	if got := b.s.Template(); got.ID == before || len(got.Fields) < len(template.Types()) {
		t.Fatalf("saved it is %s with %d fields; said %q", got.ID, len(got.Fields), b.s.Status().Notice)
	}
	b.run("doc.previous") // moves the field, and stays
	if b.showing != templating.Screen {
		t.Fatal("a key that moves a field leaves the page")
	}
	b.run("templating.discard")
	b.keys(fyne.KeyEscape)
	if b.showing != "" {
		t.Fatal("Escape does not go back to work")
	}
	for _, kind := range template.Types() {
		field := "test:" + kind
		if f := b.s.Field(field); f.Type != kind {
			t.Errorf("%s has the type %q", field, f.Type)
		}
		if !b.desk.FocusField(field) {
			t.Fatalf("the desk has no %s", field)
		}
		b.types(words[kind])
		if kind == template.LongText {
			tab(1)
		} else {
			b.keys(fyne.KeyReturn)
		}
		v := b.s.Document().Values(field)
		if len(v) != 1 || v[0].Text != words[kind] {
			t.Errorf("%s has %v, and %q was typed", kind, v, words[kind])
		}
		f := b.s.Field(field)
		if doubt := f.Doubt(words[kind], 0); doubt != "" {
			t.Errorf("%s doubts %q: %s", kind, words[kind], doubt)
		}
	}
	for range template.Types() {
		b.run("undo")
	}
	for _, kind := range template.Types() {
		if v := b.s.Document().Values("test:" + kind); len(v) != 0 {
			t.Errorf("undone %s has %v", kind, v)
		}
	}
	b.run("undo")
	if got := b.s.Template(); got.ID != before || slices.ContainsFunc(got.Fields, func(f template.Field) bool { return strings.HasPrefix(f.ID, "test:") }) {
		t.Errorf("undone the template is %s", got.ID)
	}
}
