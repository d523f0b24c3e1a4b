package command

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestBackupVerb: the shape, what people are told, and the exit codes.
func TestBackupVerb(t *testing.T) {
	b := noticeBench(t)
	got := b.must("backup", "@a.fonds", "@copy.fonds", "--json")
	v := objects[copied](t, got)[0]
	st, err := os.Stat(b.file("copy.fonds"))
	if err != nil {
		t.Fatal(err)
	}
	if !v.OK || v.Operations != 4 || v.Documents != 1 || v.Bytes != st.Size() || v.Copy != b.file("copy.fonds") {
		t.Errorf("got %+v", v)
	}
	heads := objects[verified](t, b.must("verify", "@a.fonds", "--json"))[0].Heads
	copies := objects[verified](t, b.must("verify", "@copy.fonds", "--json"))[0].Heads
	for replica, head := range heads {
		if v.Heads[replica] != head || copies[replica] != head || len(v.Heads) != 1 {
			t.Errorf("heads: the archive's %v, those told %v, the copy's %v", heads, v.Heads, copies)
		}
	}
	if b.run("backup", "@a.fonds", "@copy.fonds"); b.exit != 4 || !strings.Contains(b.stderr, "choose another name") {
		t.Errorf("a copy that is there: exit %d: %s", b.exit, b.stderr)
	}
	if b.run("backup", "@a.fonds", "@no/copy.fonds"); b.exit != 3 || !strings.Contains(b.stderr, "folder is not there") {
		t.Errorf("no folder: exit %d: %s", b.exit, b.stderr)
	}
	if b.run("backup", "@a.fonds"); b.exit != 2 || !strings.Contains(b.stderr, "OUT behind ARCHIVE") {
		t.Errorf("no name: exit %d: %s", b.exit, b.stderr)
	}
	out := b.must("backup", "@a.fonds", "@second.fonds")
	if !strings.Contains(out, "4 operations, 1 document, ") || !strings.Contains(out, "Head of ") {
		t.Errorf("people are told %s", out)
	}
}

// stopAt presses Ctrl+C when a word is drawn.
type stopAt struct {
	bytes.Buffer
	word   string
	cancel func()
}

func (s *stopAt) Write(p []byte) (int, error) {
	if strings.Contains(string(p), s.word) {
		s.cancel()
	}
	return s.Buffer.Write(p)
}

// TestBackupVerbStopped: Ctrl+C leaves nothing behind, and the archive as it was.
func TestBackupVerbStopped(t *testing.T) {
	b := noticeBench(t)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	seen := &stopAt{word: "copying", cancel: cancel}
	exit := b.runWith(ctx, func(e *Env) { e.IsTerminal, e.Stderr = true, seen }, "backup", "@a.fonds", "@copy.fonds")
	if exit != 1 || !strings.Contains(seen.String(), "no copy was made") {
		t.Errorf("exit %d: %s", exit, seen.String())
	}
	if left, err := filepath.Glob(b.file("*copy*")); err != nil || len(left) > 0 {
		t.Errorf("left %v", left)
	}
	if left, err := filepath.Glob(b.file(".*")); err != nil || len(left) > 0 {
		t.Errorf("left %v", left)
	}
	ctx, cancel = context.WithCancel(context.Background())
	defer cancel()
	seen = &stopAt{word: "compacting the file", cancel: cancel}
	exit = b.runWith(ctx, func(e *Env) { e.IsTerminal, e.Stderr = true, seen }, "compact", "@a.fonds")
	if exit != 1 || !strings.Contains(seen.String(), "as it was") {
		t.Errorf("exit %d: %s", exit, seen.String())
	}
	b.must("verify", "@a.fonds")
}

// TestCompactVerb: bytes are won and told.
func TestCompactVerb(t *testing.T) {
	b := noticeBench(t)
	c := rawSQL(t, b.file("a.fonds"))
	exec(t, c, "CREATE TABLE hole(x)")
	exec(t, c, "INSERT INTO hole VALUES(randomblob(3000000))")
	exec(t, c, "DROP TABLE hole")
	if out := b.must("compact", "@a.fonds"); !strings.Contains(out, "2.8 MB won") && !strings.Contains(out, "2.9 MB won") {
		t.Errorf("people are told %s", out)
	}
	same(t, "again", strings.Split(b.must("compact", "@a.fonds", "--json"), ",\"bytes\"")[0], `{"ok":true,"won":0`)
	b.must("verify", "@a.fonds")
}
