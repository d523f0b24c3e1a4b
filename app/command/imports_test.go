package command

import (
	"context"
	"strings"
	"testing"

	"fonds/app/export"
	"fonds/app/intake"
	"fonds/storage"
)

// Every import is listed, with what was left out of it and why; one that was stopped
// says so, and one that was interrupted has no end.
func TestImportsVerb(t *testing.T) {
	b := newBench(t)
	b.must("new", "@a.fonds")
	same(t, "none yet", b.must("imports", "@a.fonds", "--json"), "")
	if b.must("imports", "@a.fonds"); !strings.Contains(b.stderr, "No import is recorded") {
		t.Errorf("none yet: %s", b.stderr)
	}
	b.write("in/1.txt", "Letter one\n")
	b.write("in/2.txt", "Letter one\n")
	b.write("in/x.ps", "%!PS-Adobe-3.0\n")
	if b.run("import", "@a.fonds", "@in", "--encoding", "UTF-8"); b.exit != 1 {
		t.Fatalf("exit %d: %s", b.exit, b.stderr)
	}
	all := objects[export.Import](t, b.must("imports", "@a.fonds", "--json"))
	if len(all) != 1 || all[0].By != "Zhang" || all[0].Encoding != "UTF-8" || len(all[0].From) != 1 || all[0].From[0] != b.file("in") {
		t.Fatalf("%+v", all)
	}
	if e := all[0].End; e == nil || e.How != "finished" || e.Imported != 1 || e.Duplicates != 1 || e.Skipped != 1 || e.Reasons["no-reader"] != 1 || len(e.Skips) != 1 || e.Skips[0].Path != "x.ps" {
		t.Errorf("%+v", all[0].End)
	}
	got := b.must("imports", "@a.fonds")
	for _, want := range []string{"Zhang  from " + b.file("in") + ", all read as UTF-8", "finished: 1 document, 1 there already, 1 left out", "left out x.ps: not a document: no reader for application/postscript"} {
		if !strings.Contains(got, want) {
			t.Errorf("not said: %q in\n%s", want, got)
		}
	}
	got = b.must("history", "@a.fonds")
	for _, want := range []string{"began an import from " + b.file("in"), "ended the import from " + b.file("in") + ", all read as UTF-8: finished, 1 document"} {
		if !strings.Contains(got, want) {
			t.Errorf("the history does not say %q:\n%s", want, got)
		}
	}

	ctx := context.Background()
	a, err := storage.Open(ctx, b.file("a.fonds"), storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	later, cancel := context.WithCancelCause(ctx)
	b.write("more/3.txt", "Letter three\n")
	if _, err := intake.Run(later, a, "Li", []string{b.file("more")}, intake.Options{Found: func(int) { cancel(intake.ErrLater) }}, nil); err == nil {
		t.Error("it was not interrupted")
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if got := b.must("imports", "@a.fonds"); !strings.Contains(got, "Li  from "+b.file("more")+"\n   it has not ended") {
		t.Errorf("interrupted:\n%s", got)
	}
	if all := objects[export.Import](t, b.must("imports", "@a.fonds", "--json")); len(all) != 2 || all[1].End != nil {
		t.Errorf("%+v", all)
	}
	b.must("verify", "@a.fonds")
	b.must("undo", "@a.fonds")
	if got := b.must("list", "@a.fonds", "--json"); got != "" {
		t.Errorf("after an undo: %s", got)
	}
}
