package desk

import (
	"strings"
	"testing"

	"fonds/storage/archive"
)

func TestUndoSaysWhatItTakesBack(t *testing.T) {
	sc := opened(t)
	label := func(id string) string { return sc.s.Commands.Get(id).Words() }
	if got := label("undo"); got != "Undo" && !strings.HasPrefix(got, "Undo: Imported") {
		t.Errorf("nothing is done yet: %q", got)
	}
	set := func(text string) {
		sc.s.SetField(sc.s.Document().ID, archive.TitleField, []archive.ValueIn{{Value: text}}, nil)
		sc.m.Settle()
	}
	set("old")
	set("new")
	if got := label("undo"); got != "Undo: Title: old → new" {
		t.Errorf("a value: %q", got)
	}
	sc.run("undo")
	if got := label("redo"); got != "Redo: Title: old → new" {
		t.Errorf("to be done again: %q", got)
	}
	if got := sc.s.Status().Notice; !strings.HasPrefix(got, "Undone: Title: old → new") {
		t.Errorf("said: %q", got)
	}
	if got := shortTurn("Title: " + strings.Repeat("旧", 40) + " → " + strings.Repeat("新", 40)); !strings.HasPrefix(got, "Title: 旧") || !strings.Contains(got, "… → 新") || len([]rune(got)) > 50 {
		t.Errorf("long words: %q", got)
	}
	sc.s.SetTag("党建", true)
	sc.m.Settle()
	if got := label("undo") + "|" + label("redo"); got != "Undo: Tag added: 党建|Redo" {
		t.Errorf("a tag: %q", got)
	}
	mark := func(start int) *archive.Edit {
		end := start + 2
		return &archive.Edit{Do: "mark.add", Doc: string(sc.s.Document().ID), Start: &start, End: &end, Label: "place"}
	}
	sc.s.Apply(nil, mark(18), mark(18), mark(18))
	sc.m.Settle()
	if got := label("undo"); got != "Undo: Marked: place “银川” (3 changes)" && !strings.HasSuffix(got, "(3 changes)") {
		t.Errorf("several: %q", got)
	}
	sc.s.Apply(nil, mark(18), mark(6))
	sc.m.Settle()
	if got := label("undo"); got != "Undo: Marked (2 changes)" {
		t.Errorf("several of different words: %q", got)
	}
	own := `{"id":"ours","label":{"en":"Our own"},"fields":[{"id":"x:y","label":{"en":"Y"},"type":"text"}]}`
	sc.s.Apply(nil, &archive.Edit{Do: "template.set", Template: "ours", Text: &own})
	sc.m.Settle()
	if got := label("undo"); !strings.Contains(got, "Our own") || strings.Contains(got, "{") {
		t.Errorf("a template: %q", got)
	}
}
