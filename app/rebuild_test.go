package app

import (
	"testing"

	"fyne.io/fyne/v2"

	"fonds/storage/archive"
	"fonds/widgets"
)

// In another language and in other colours the keyboard stays where it was: what
// is typed next goes on where the last letter stands.
func TestAnotherLookKeepsTheKeyboardInItsPlace(t *testing.T) {
	b := newBench(t, zhang, Options{Sample: true})
	entry := func() *widgets.Entry { e, _ := b.win.Canvas().Focused().(*widgets.Entry); return e }
	title := func() string { return b.s.Document().Values(archive.TitleField)[0].Text }
	switches := []struct {
		what string
		do   func()
	}{
		{"Chinese", func() { b.speakIn("zh-Hans") }},
		{"dark", func() { b.dress("dark") }},
		{"English", func() { b.speakIn("en") }},
		{"light", func() { b.dress("light") }},
	}
	for _, sw := range switches {
		was := title()
		b.desk.FocusField(archive.TitleField)
		b.replace("甲乙")
		b.keys(fyne.KeyLeft)
		sw.do() // nothing is saved yet
		b.m.Settle()
		if entry() == nil || entry().Text != "甲乙" {
			t.Fatalf("%s: typing in the title (%q before), %T has the focus", sw.what, was, b.win.Canvas().Focused())
		}
		b.types("丙")
		if got := entry().Text; got != "甲丙乙" {
			t.Errorf("%s: typed on: %q", sw.what, got)
		}
		b.keys(fyne.KeyReturn)
		if title() != "甲丙乙" || b.s.Status().Error != "" {
			t.Errorf("%s: the title is %q, the status bar says %q", sw.what, title(), b.s.Status().Error)
		}

		b.desk.FocusText()
		b.keys(fyne.KeyDown, fyne.KeyDown, fyne.KeyRight)
		at, _, _ := b.s.Selection()
		sw.do()
		b.m.Settle()
		if got, _, _ := b.s.Selection(); !b.desk.TextFocused() || got != at || at == 0 {
			t.Errorf("%s: the caret in the text was at %d, is at %d; focused: %v", sw.what, at, got, b.desk.TextFocused())
		}

		for part, want := range map[int]string{1: "list", 2: "filters", 3: "search"} {
			b.lib.FocusPart(part)
			sw.do()
			b.m.Settle()
			if b.lib.Part() != part {
				t.Errorf("%s: from the %s the focus goes to %T", sw.what, want, b.win.Canvas().Focused())
			}
		}

		b.run("tab.marks")
		b.desk.FocusInspector()
		marks, _ := b.win.Canvas().Focused().(*widgets.List)
		b.keys(fyne.KeyDown)
		row := marks.Selected()
		sw.do()
		b.m.Settle()
		if l, ok := b.win.Canvas().Focused().(*widgets.List); !ok || l == marks || l.Selected() != row || row < 0 || b.lib.Part() > 0 {
			t.Errorf("%s: from row %d of the marks the focus goes to %T", sw.what, row, b.win.Canvas().Focused())
		}

		b.run("tag.name")
		b.types("水")
		sw.do()
		b.m.Settle()
		if e := entry(); e == nil || e.Text != "水" {
			t.Fatalf("%s: from a tag half typed the focus goes to %T", sw.what, b.win.Canvas().Focused())
		}
		b.keys(fyne.KeyBackspace)
		b.run("tab.fields")
	}
	b.lib.FocusSearch()
	b.types("图书馆")
	b.keys(fyne.KeyReturn)
	b.speakIn("zh-Hans")
	b.m.Settle()
	b.lib.FocusSearch()
	if got := entry().Text; got != "图书馆" || b.s.Query().Search != got {
		t.Errorf("the list is narrowed to %q, the search says %q", b.s.Query().Search, got)
	}
}
