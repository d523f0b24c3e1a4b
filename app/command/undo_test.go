package command

import (
	"regexp"
	"strings"
	"testing"

	"fonds/app/export"
)

// ends are the last digits of ids, which are another in every run.
var ends = regexp.MustCompile(`(?m)^  [0-9a-f]{8}  `)

// An import is taken back as so many documents, and none of them is listed: none
// has a title any more.
func TestUndoImport(t *testing.T) {
	b := noticeBench(t)
	b.write("in/a.txt", "Letter one\nDear Sir\n")
	b.write("in/b.txt", "Letter two\nDear Sir\n")
	b.write("in/c.txt", notice)
	b.must("import", "@a.fonds", "@in")
	same(t, "undo", ends.ReplaceAllString(b.must("undo", "@a.fonds"), "  #  "), "Took back the import of 2 documents, and 1 change more.\n  #  司法厅召开推进会\n")
	same(t, "redo --json", plain(b.must("redo", "@a.fonds", "--json")), `{"ok":true,"batch":"#1","do":"document.import","ops":3,"docs":["#2","#3","#4"],"left":[]}`+"\n")
	b.must("undo", "@a.fonds")
	if got := b.must("redo", "@a.fonds"); !strings.HasPrefix(got, "Brought back the import of 2 documents, and 1 change more.\n") || !strings.Contains(got, "Letter two") {
		t.Errorf("redo: %s", got)
	}
	b.must("undo", "@a.fonds")
	same(t, "undo of the first", b.must("undo", "@a.fonds"), "Took back the import of 1 document.\n")
	if got := b.must("history", "@a.fonds"); !strings.Contains(got, "took back: brought it in") || strings.Contains(got, "took back 1") {
		t.Errorf("history: %s", got)
	}
}

// The history of an undo says what was taken back, also where the line of that
// is not asked for.
func TestHistoryOfUndo(t *testing.T) {
	b := noticeBench(t)
	b.apply(`{"do":"tag.add","doc":"path:n.txt","tag":"会议"}`)
	b.apply(`{"do":"tag.hotkey","tag":"会议","key":3}`)
	b.must("undo", "@a.fonds")
	b.must("undo", "@a.fonds")
	for _, tt := range []struct{ args, want string }{
		{"history @a.fonds path:n.txt --limit 1", "took back: put on the tag “会议”\n"},
		{"history @a.fonds --limit 2", "took back: gave the tag “会议” the key 3\n"},
	} {
		if got := b.must(strings.Fields(tt.args)...); !strings.Contains(got, tt.want) {
			t.Errorf("%s: %s", tt.args, got)
		}
	}
	b.must("redo", "@a.fonds")
	same(t, "redo", b.must("history", "@a.fonds", "path:n.txt", "--limit", "1"), "2026-11-23 10:00  Zhang  brought back: put on the tag “会议”\n")
	ops := objects[export.Operation](t, b.must("history", "@a.fonds", "path:n.txt", "--json"))
	if len(ops) != 4 || ops[0].Of != ops[1].Op || ops[1].Of != ops[2].Op || ops[2].Of != "" {
		t.Errorf("got %+v", ops)
	}
}
