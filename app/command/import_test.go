package command

import (
	"os"
	"strings"
	"testing"
)

// A folder in which the archive lies: what else is there comes in, the archive
// is said to be left out, and that is no fault.
func TestImportBesideTheArchive(t *testing.T) {
	b := newBench(t)
	b.write("in/n.txt", notice)
	b.must("new", "@in/a.fonds")
	b.write("in/other.fonds", "any")
	if err := os.Symlink(b.file("in/a.fonds"), b.file("in/link.txt")); err != nil {
		t.Skip(err)
	}
	same(t, "people", b.must("import", "@in/a.fonds", "@in"), `left out a.fonds: this is the archive itself
left out a.fonds-shm: this is the archive itself
left out a.fonds-wal: this is the archive itself
left out link.txt: this is the archive itself
left out other.fonds: an archive of Fonds, which holds documents and is none; it was not opened
Imported 1 document; 5 left out.
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
