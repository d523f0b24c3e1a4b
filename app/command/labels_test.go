package command

import (
	"os"
	"strings"
	"testing"
)

// A label of one's own, a mark with it and with the URI of what it names: shown,
// told, exported with what the label is for, undone, and proven by verify.
func TestLabelsAndAuthorities(t *testing.T) {
	b := noticeBench(t)
	for _, a := range b.apply(`{"do":"label.set","label":"官职","text":"an office held","key":"Q","style":7}`,
		`{"do":"mark.add","doc":"path:n.txt","start":0,"end":3,"label":"官职","authority":"https://viaf.org/viaf/12345"}`) {
		if !a.OK {
			t.Fatal(a.Error)
		}
	}
	if got := b.must("show", "@a.fonds", "path:n.txt", "--json"); !strings.Contains(got, `"look_again":false,"authority":"https://viaf.org/viaf/12345"`) {
		t.Errorf("show: %s", got)
	}
	if got := b.must("show", "@a.fonds", "path:n.txt"); !strings.Contains(got, "https://viaf.org/viaf/12345") {
		t.Errorf("show: %s", got)
	}
	if got := b.must("history", "@a.fonds"); !strings.Contains(got, "gave the label “官职” the style 7 and the key q") {
		t.Errorf("history: %s", got)
	}
	b.must("export", "@a.fonds", "--format", "jsonl", "--set", "all", "--out", "@out")
	labels, err := os.ReadFile(b.file("out/jsonl/labels.jsonl"))
	if err != nil || !strings.Contains(string(labels), `{"label":"官职","text":"an office held","style":7,"key":"q"}`) || !strings.Contains(string(labels), `{"label":"person","style":0}`) {
		t.Errorf("labels: %s (%v)", labels, err)
	}
	docs, err := os.ReadFile(b.file("out/jsonl/documents.jsonl"))
	if err != nil || strings.Count(string(docs), `"authority":"https://viaf.org/viaf/12345"`) != 2 {
		t.Errorf("the mark and the history of it should name the authority (%v): %s", err, docs)
	}
	b.apply(`{"do":"label.remove","label":"官职"}`)
	if got := b.must("history", "@a.fonds"); !strings.Contains(got, "took the label “官职” out of the palette") {
		t.Errorf("history: %s", got)
	}
	b.must("verify", "@a.fonds")
	b.must("undo", "@a.fonds")
	b.must("undo", "@a.fonds")
	if got := b.must("show", "@a.fonds", "path:n.txt", "--json"); strings.Contains(got, "authority") {
		t.Errorf("undone, and still there: %s", got)
	}
	b.must("verify", "@a.fonds")
	b.must("export", "@a.fonds", "--format", "jsonl", "--out", "@plain")
	if _, err := os.Stat(b.file("plain/jsonl/labels.jsonl")); err == nil {
		t.Error("the program's labels alone are written as the archive's")
	}
}
