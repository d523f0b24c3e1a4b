package command

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
)

// longNotice is an invented notice of some hundred code points.
func longNotice(n int) string {
	var b strings.Builder
	for i := range 30 {
		fmt.Fprintf(&b, "第%d条：%d号河段的清淤由%d组负责，于%d日前完成。\n", i+1, i*n+7, (i*i+n)%19, (i*n*3)%28+1)
	}
	return b.String()
}

func TestDuplicates(t *testing.T) {
	b := newBench(t)
	a := longNotice(3)
	b.write("in/1.txt", a)
	b.write("in/2.txt", strings.Replace(a, "清淤", "疏浚", 2))
	b.write("in/3.txt", longNotice(11))
	b.write("in/4.txt", longNotice(17)+longNotice(11)+longNotice(23))
	b.write("in/5.txt", "\ufeff"+a) // other bytes, the same text
	b.write("in/6.txt", a)          // the same bytes: another origin of the first
	b.must("new", "@x.fonds")
	b.must("import", "@x.fonds", "@in")

	groups := objects[alikeGroup](t, b.must("duplicates", "@x.fonds", "--json"))
	if len(groups) != 2 {
		t.Fatalf("%d groups: %s", len(groups), b.stdout)
	}
	names := func(g alikeGroup) (out string) {
		for _, d := range g.Documents {
			out += d.Path[len(d.Path)-5 : len(d.Path)-4]
		}
		return out
	}
	if g := groups[0]; names(g) != "125" || g.Likeness < 0.85 || g.Likeness >= 1 || g.Exact || g.Within != "" {
		t.Errorf("got %+v", g)
	}
	if g := groups[1]; names(g) != "34" || g.Within != g.Documents[1].ID || g.Likeness < 0.3 || g.Likeness > 0.36 {
		t.Errorf("got %+v", g)
	}
	if !strings.HasPrefix(b.stdout, `{"likeness":0.`) || !strings.Contains(b.stdout, `,"documents":[{"id":"`) || !strings.Contains(b.stdout, `"}],"exact":false}`) || b.stderr != "" {
		t.Errorf("printed %s%s", b.stdout, b.stderr)
	}
	if groups := objects[alikeGroup](t, b.must("duplicates", "@x.fonds", "--least", "1", "--json")); len(groups) != 2 || names(groups[0]) != "15" || !groups[0].Exact || groups[0].Likeness != 1 {
		t.Errorf("at least 1: %s", b.stdout)
	}

	people := b.must("duplicates", "@x.fonds", "--least=0.7")
	for _, want := range []string{"% alike, 3 documents\n", "inside a longer one, 2 documents\n", "  ⊃ ", "1.txt  "} {
		if !strings.Contains(people, want) {
			t.Errorf("for people, %q is missing:\n%s", want, people)
		}
	}
	if people := b.must("duplicates", "@x.fonds", "--least=1"); !strings.HasPrefix(people, "the same text, 2 documents\n") {
		t.Errorf("at least 1: %s", people)
	}
	b.stdin = fmt.Sprintf(`{"do":"document.remove","doc":%q}`+"\n"+`{"do":"document.remove","doc":%q}`, groups[0].Documents[1].ID, groups[0].Documents[2].ID)
	b.must("apply", "@x.fonds", "-", "--as", "Zhang")
	b.stdin = ""
	if groups := objects[alikeGroup](t, b.must("duplicates", "@x.fonds", "--json")); len(groups) != 1 || names(groups[0]) != "34" {
		t.Errorf("after two were removed: %s", b.stdout)
	}
}

func TestDuplicatesOthers(t *testing.T) {
	b := newBench(t)
	b.must("new", "@x.fonds")
	b.write("in/1.txt", longNotice(3))
	b.write("in/2.txt", longNotice(11))
	b.must("import", "@x.fonds", "@in")
	for _, tt := range []struct {
		args           string
		exit           int
		stdout, stderr string
	}{
		{"duplicates @x.fonds", 0, "", "No two of 2 documents are so alike.\n"},
		{"duplicates @x.fonds --json", 0, "", ""},
		{"duplicates @x.fonds --least 0", 2, "", "--least wants a number over 0 and up to 1"},
		{"duplicates @x.fonds --least NaN", 2, "", "--least wants a number"},
		{"duplicates @x.fonds --least 80%", 2, "", "--least wants a number"},
		{"duplicates", 2, "", "usage: fonds duplicates"},
		{"duplicates @none.fonds", 3, "", "no archive"},
	} {
		b.run(strings.Fields(tt.args)...)
		if b.exit != tt.exit || b.stdout != tt.stdout || !strings.Contains(b.stderr, tt.stderr) {
			t.Errorf("fonds %s: exit %d, want %d\n%s%s", tt.args, b.exit, tt.exit, b.stdout, b.stderr)
		}
	}
	if err := os.Chmod(b.file("x.fonds"), 0o444); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(b.file("x.fonds"))
	if err != nil {
		t.Fatal(err)
	}
	b.must("duplicates", "@x.fonds")
	if after, err := os.ReadFile(b.file("x.fonds")); err != nil || !bytes.Equal(before, after) {
		t.Errorf("looking for duplicates has changed the archive: %v", err)
	}
	stopped, cancel := context.WithCancel(context.Background())
	cancel()
	if exit := b.runWith(stopped, nil, "duplicates", "@x.fonds"); exit != 1 || b.stdout != "" {
		t.Errorf("stopped: exit %d, %s%s", exit, b.stdout, b.stderr)
	}
	b.runWith(context.Background(), func(e *Env) { e.IsTerminal = true }, "duplicates", "@x.fonds")
	if !strings.Contains(b.stderr, "reading [") {
		t.Errorf("no progress on a terminal: %q", b.stderr)
	}
}
