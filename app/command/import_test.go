package command

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"fonds/app/export"
	"fonds/app/intake"
)

// A folder in which the archive lies: what else is there comes in, the archive
// is said to be left out, and that is no fault; its journal is not spoken of.
func TestImportBesideTheArchive(t *testing.T) {
	b := newBench(t)
	b.write("in/n.txt", notice)
	b.must("new", "@in/a.fonds")
	b.write("in/other.fonds", "any")
	if err := os.Symlink(b.file("in/a.fonds"), b.file("in/link.txt")); err != nil {
		t.Skip(err)
	}
	same(t, "people", b.must("import", "@in/a.fonds", "@in"), `left out a.fonds: this is the archive itself
left out link.txt: this is the archive itself
left out other.fonds: an archive of Fonds, which holds documents and is none; it was not opened
Imported 1 document; 3 left out.
`)
	if got := b.must("import", "@in/a.fonds", "@in", "--json"); !strings.Contains(got, `{"path":"a.fonds","skipped":"this is the archive itself","reason":"this-archive"}`) {
		t.Errorf("got %s", got)
	}
	b.write("in/x.bin", "\x7fELF\x00\x01")
	if b.run("import", "@in/a.fonds", "@in"); b.exit != 1 {
		t.Errorf("with something else left out: exit %d", b.exit)
	}
	b.must("verify", "@in/a.fonds")
}

func TestImportNoPath(t *testing.T) {
	b := noticeBench(t)
	t.Chdir(b.dir)
	for _, args := range [][]string{{"import", "@a.fonds", ""}, {"import", "@a.fonds", "@n.txt", ""}} {
		if b.run(args...); b.exit != 2 || !strings.Contains(b.stderr, "a path is empty; name a file or a folder") {
			t.Errorf("exit %d: %s%s", b.exit, b.stdout, b.stderr)
		}
	}
	if got := b.must("list", "@a.fonds", "--json"); strings.Count(got, "\n") != 1 {
		t.Errorf("something came in:\n%s", got)
	}
}

// The archive fails in the middle: what came in by then is counted, and stays.
func TestImportFailsInTheMiddle(t *testing.T) {
	b := newBench(t)
	b.must("new", "@a.fonds")
	for i := range 600 {
		b.write(fmt.Sprintf("in/%d.txt", i), fmt.Sprintf("Letter %d\nDear Sir, %s\n", i, strings.Repeat("word ", 50)))
	}
	other := rawSQL(t, b.file("a.fonds"))
	var seen strings.Builder
	lock := func() {
		if seen.Len() == 0 {
			exec(t, other, "BEGIN IMMEDIATE")
		}
	}
	b.exit = b.runWith(context.Background(), func(e *Env) { e.Stdout = stopper{&seen, lock} }, "import", "@a.fonds", "@in", "--json")
	exec(t, other, "ROLLBACK")
	lines := objects[map[string]any](t, seen.String())
	in, left := lines[len(lines)-1]["imported"].(float64), lines[len(lines)-1]["left"].(float64)
	if in < 1 || in+left != 600 {
		t.Fatalf("summary %v", lines[len(lines)-1])
	}
	want := fmt.Sprintf("; %.0f documents came in and stay, %.0f more files did not: import the same again, and what is there is passed over\n", in, left)
	if b.exit != 3 || !strings.Contains(b.stderr, "in use") || !strings.HasSuffix(b.stderr, want) {
		t.Errorf("exit %d: %s\nwant %s", b.exit, b.stderr, want)
	}
}

func TestImportFault(t *testing.T) {
	full := fmt.Errorf("archive a.fonds: the disk is full; nothing was changed: make room and try again")
	same(t, "at once", importFault(intake.Report{Total: 3}, full).Error(), full.Error())
	same(t, "in the middle", importFault(intake.Report{Imported: 1, Total: 3}, full).Error(),
		"archive a.fonds: the disk is full: make room and try again; 1 document came in and stays, 2 more files did not: import the same again, and what is there is passed over")
}

// Bytes that are no character in the encoding are counted where the document
// comes in and where it is shown.
func TestUndecoded(t *testing.T) {
	b := noticeBench(t)
	b.write("bad.txt", "Letter to the editor\nDear Sir, this caf\xe9 is closed\n"+strings.Repeat("本文来源是司法厅的通知。\n", 40)+"The end\xff\n")
	if got := b.must("import", "@a.fonds", "@n.txt", "@bad.txt", "--encoding", "UTF-8", "--json"); !strings.Contains(got, `"undecoded":2,"repairs":2,"parts":1`) {
		t.Errorf("import --json: %s", got)
	}
	view := objects[export.Document](t, b.must("show", "@a.fonds", "path:bad.txt", "--json"))[0]
	if view.Undecoded != 2 {
		t.Errorf("show --json: %+v", view)
	}
	if got := b.must("show", "@a.fonds", "path:bad.txt"); !strings.Contains(got, "  undecoded   2 places read as no character of UTF-8: \ufffd stands there\n") {
		t.Errorf("show: %s", got)
	}
	if got := b.must("show", "@a.fonds", "path:n.txt"); strings.Contains(got, "undecoded") {
		t.Errorf("show: %s", got)
	}
	b.must("undo", "@a.fonds")
	same(t, "people", b.must("import", "@a.fonds", "@bad.txt", "--encoding", "UTF-8"),
		"bad.txt: 2 places read as no character of UTF-8: \ufffd stands there\nImported 1 document.\n")
}
