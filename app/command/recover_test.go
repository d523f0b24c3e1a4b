package command

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// damagedBench has an archive of notices, d.fonds, in which every page of a table
// that holds a word of it is overwritten.
func damagedBench(t *testing.T, word string) *bench {
	t.Helper()
	b := newBench(t)
	b.must("new", "@d.fonds")
	for i := range 12 {
		b.write(fmt.Sprintf("in/n%d.txt", i), fmt.Sprintf("第%d号\n", i)+strings.Repeat(notice, 30))
	}
	b.write("in/utf16.txt", "\xff\xfe"+strings.Repeat("A\x00b\x00\r\x00\n\x00", 3000))
	b.must("import", "@d.fonds", "@in")
	b.stdin = `{"do":"field.set","doc":"path:n3.txt","field":"dcterms:title","values":[{"value":"题名丁"}]}`
	b.must("apply", "@d.fonds", "-")
	data, err := os.ReadFile(b.file("d.fonds"))
	if err != nil {
		t.Fatal(err)
	}
	hit := 0
	for at := 0; word != "" && at < len(data); at += 4096 {
		if page := data[at : at+4096]; bytes.Contains(page, []byte(word)) {
			clear(page)
			hit++
		}
	}
	if word != "" && hit == 0 {
		t.Fatal("nothing was damaged")
	}
	b.write("d.fonds", string(data))
	return b
}

// TestRecoverVerb: the shape, what people are told, and the exit codes.
func TestRecoverVerb(t *testing.T) {
	b := damagedBench(t, "")
	v := objects[salvaged](t, b.must("recover", "@d.fonds", "@whole.fonds", "--json"))[0]
	if !v.OK || v.Documents != 13 || v.Archive != b.file("whole.fonds") || len(v.Lost.Documents) > 0 {
		t.Errorf("a sound file: %+v", v)
	}
	out := b.must("recover", "@d.fonds", "@whole2.fonds")
	if !strings.Contains(out, "Recovered 13 documents, ") || !strings.Contains(out, "Nothing is missing.") {
		t.Errorf("people are told %s", out)
	}
	if out := b.must("verify", "@whole.fonds"); !strings.Contains(out, "is whole: ") || !strings.Contains(out, "recovered from a damaged file on 2026-11-23 by Zhang.") {
		t.Errorf("verify says %s", out)
	}
	if out := b.must("history", "@whole.fonds", "--limit", "1"); !strings.Contains(out, "Zhang  recovered the archive from a damaged file") {
		t.Errorf("the history says %s", out)
	}
	b.write("noise.fonds", strings.Repeat("no archive ", 2000))
	for _, tt := range []struct {
		args string
		exit int
		want string
	}{
		{"recover @d.fonds @whole.fonds", 4, "choose another name"},
		{"recover @none.fonds @x.fonds", 3, "no archive "},
		{"recover @in @x.fonds", 3, "it is no file"},
		{"recover @noise.fonds @x.fonds", 3, "nothing of an archive can be read in it"},
		{"recover @d.fonds @no/x.fonds", 3, "no such file or directory"},
		{"recover @d.fonds @x.fonds --found @in", 4, "is there already"},
		{"recover @d.fonds", 2, "OUT behind DAMAGED"},
		{"recover @d.fonds @x.fonds --as machine", 4, "no name of a person"},
	} {
		if b.run(strings.Fields(tt.args)...); b.exit != tt.exit || !strings.Contains(b.stderr, tt.want) || b.stdout != "" {
			t.Errorf("%s: exit %d: %s%s", tt.args, b.exit, b.stdout, b.stderr)
		}
	}
	left, err := filepath.Glob(b.file(".fonds-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
	if _, err := os.Stat(b.file("x.fonds")); err == nil {
		t.Error("a recovery that failed has left an archive")
	}
}

// TestRecoverVerbMissing: what is missing is named, and what is left of it taken
// out; a text whose original is there is made again.
func TestRecoverVerbMissing(t *testing.T) {
	b := damagedBench(t, `"path":"n3.txt","sha256"`) // the body of the import, and with it those beside it
	b.run("recover", "@d.fonds", "@new.fonds", "--found", "@found")
	if b.exit != 1 || !strings.Contains(b.stdout, "MISSING: ") || !strings.Contains(b.stdout, "n3.txt") ||
		!strings.Contains(b.stdout, "What is left of the lost lies in ") {
		t.Fatalf("exit %d: %s%s", b.exit, b.stdout, b.stderr)
	}
	b.must("verify", "@new.fonds")
	if b.run("recover", "@d.fonds", "@new2.fonds", "--json"); b.exit != 1 {
		t.Errorf("exit %d", b.exit)
	}
	v := objects[salvaged](t, b.stdout)[0]
	if v.OK || v.Lost.Lost() == 0 || len(v.Lost.Documents) == 0 {
		t.Errorf("got %+v", v)
	}
	all := ""
	err := filepath.WalkDir(b.file("found"), func(name string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			data, e := os.ReadFile(name)
			all, err = all+d.Name()+"\n"+string(data), e
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range v.Lost.Documents {
		if d.Whole() && !strings.Contains(all, d.Name) {
			t.Errorf("%s is lost, and its original is not found in %.300s", d.Name, all)
		}
	}
}

// TestRecoverVerbRemakes: a text that is lost is made of its original again.
func TestRecoverVerbRemakes(t *testing.T) {
	b := damagedBench(t, "Ab\nAb\nAb\n") // the pages of the text of utf16.txt; its original is packed
	v := objects[salvaged](t, b.must("recover", "@d.fonds", "@new.fonds", "--json"))[0]
	if v.Remade < 1 || v.Documents != 13 {
		t.Errorf("got %+v", v)
	}
	same(t, "the text", b.must("text", "@new.fonds", "path:utf16.txt"), strings.Repeat("Ab\n", 3000))
	b.must("verify", "@new.fonds")
}
