package command

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fonds/app/export"
)

// published is an archive with three documents that people have worked on, and what
// each says: by name.
func published(t *testing.T) (*bench, map[string]string) {
	t.Helper()
	b := newBench(t)
	for i := range 3 {
		b.write(fmt.Sprintf("in/%d.txt", i+1), fmt.Sprintf("第%d号通知\n李振国主持会议，👨‍👩‍👧 𠀀 在银川。\n", i+1))
	}
	b.must("new", "@a.fonds", "--as", "Zhang")
	b.must("import", "@a.fonds", "@in", "--as", "Zhang")
	b.as("Zhang", `{"do":"person.set","name":"Li","role":"reviewer"}`)
	for i := range 3 {
		doc := fmt.Sprintf(`"doc":"path:%d.txt"`, i+1)
		b.as("Wang", `{"do":"mark.add",`+doc+`,"start":6,"end":9,"label":"person","text":"厅长"}`, `{"do":"mark.add",`+doc+`,"start":7,"end":13,"label":"event"}`,
			`{"do":"correction.propose",`+doc+`,"start":11,"end":13,"text":"座谈会","reason":"typo"}`,
			`{"do":"tag.add",`+doc+`,"tag":"党建/会议"}`, `{"do":"field.set",`+doc+`,"field":"dcterms:title","values":[{"value":"题名 `+fmt.Sprint(i)+`","evidence":{"start":0,"end":5}}]}`,
			`{"do":"note.add",`+doc+`,"text":"看过"}`)
	}
	b.as("Wang", `{"do":"document.submit","doc":"path:1.txt"}`)
	b.stdin = `{"do":"document.return","doc":"path:1.txt","reason":"再看"}`
	b.must("apply", "@a.fonds", "-", "--as", "Li")
	return b, saidBy(t, b, "@a.fonds", true)
}

// saidBy is what an archive says of each document, by its text: marks by label and
// words, and with all: titles, tags, corrections.
func saidBy(t *testing.T, b *bench, name string, all bool) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, l := range objects[listed](t, b.must("list", name, "--json")) {
		d := objects[export.Document](t, b.must("show", name, string(l.ID), "--json"))[0]
		var said []string
		for _, m := range d.Marks {
			said = append(said, fmt.Sprintf("%s %d-%d %s %s", m.Label, m.Start, m.End, m.Quote, m.Text))
		}
		if all {
			for _, f := range d.Fields {
				if f.State == "accepted" {
					said = append(said, f.Field+"="+f.Value)
				}
			}
			for _, tag := range d.Tags {
				said = append(said, tag.Tag)
			}
			for _, c := range d.Corrections {
				said = append(said, fmt.Sprintf("%d-%d %s→%s", c.Start, c.End, c.Source, c.Text))
			}
		}
		slices.Sort(said)
		out[b.must("text", name, string(l.ID), "--source")] = strings.Join(said, "\n")
	}
	return out
}

// Each format that other tools read comes back with its text, its spans and its labels.
func TestFormatsComeBack(t *testing.T) {
	b, want := published(t)
	for _, format := range []string{"jsonl", "tei", "webannotation", "brat", "doccano", "labelstudio"} {
		out, back := "@out-"+format, "@back-"+format+".fonds"
		b.must("export", "@a.fonds", "--format", format, "--text", "source", "--out", out)
		b.must("new", back, "--as", "Qian")
		b.must("import", back, out+"/"+format, "--as", "Qian")
		all := format == "jsonl" || format == "tei" || format == "webannotation"
		got := saidBy(t, b, back, all)
		if len(got) != len(want) {
			t.Errorf("%s: %d documents, not %d: %v", format, len(got), len(want), slices.Collect(maps.Keys(got)))
			continue
		}
		for text, said := range want {
			have, there := got[text]
			if !there {
				t.Errorf("%s: the text %q did not come back", format, text)
			}
			for line := range strings.Lines(have + "\n") {
				if line = strings.TrimSpace(line); !all { // without corrections, the words of the source
					line = strings.Join(strings.Fields(line + "   ")[:2*min(1, len(line))], " ")
				}
				if !strings.Contains(said, line) {
					t.Errorf("%s: %q was not there before:\n%s", format, line, said)
				}
			}
			for _, mark := range []string{"person 6-9 李振国", "event 7-1"} {
				if !strings.Contains(have, mark) {
					t.Errorf("%s: lost %q of\n%s", format, mark, have)
				}
			}
		}
		b.must("verify", back)
	}
}

// An empty archive that imports all of another's JSON Lines is that archive: rows,
// people, decisions, history and chains.
func TestWholeArchiveComesBack(t *testing.T) {
	b, _ := published(t)
	b.must("export", "@a.fonds", "--format", "jsonl", "--set", "all", "--out", "@whole")
	b.must("new", "@b.fonds", "--as", "Qian")
	same(t, "received", b.must("import", "@b.fonds", "@whole/jsonl", "--as", "Qian"), "Received a whole archive: 3 documents, with people, decisions and history.\n")
	for _, call := range [][]string{{"list", "--json"}, {"show", "path:1.txt", "--json"}, {"show", "path:2.txt", "--json"}, {"history", "path:1.txt", "--json"}, {"review", "--json"}} {
		of := func(name string) string { return b.must(append([]string{call[0], name}, call[1:]...)...) }
		same(t, strings.Join(call, " "), of("@b.fonds"), of("@a.fonds"))
	}
	b.must("verify", "@b.fonds")
	b.must("export", "@b.fonds", "--format", "jsonl", "--set", "all", "--out", "@again")
	one, err := os.ReadFile(filepath.Join(b.dir, "whole/jsonl/documents.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	two, err := os.ReadFile(filepath.Join(b.dir, "again/jsonl/documents.jsonl"))
	if err != nil || string(one) != string(two) {
		t.Errorf("the documents are written otherwise, %v", err)
	}
	// Into one with work of its own, the documents come in as texts with what is in force.
	b.write("other.txt", "别的\n")
	b.must("new", "@c.fonds", "--as", "Qian")
	b.must("import", "@c.fonds", "@other.txt", "--as", "Qian")
	for range 2 { // the second time they are there
		if b.run("import", "@c.fonds", "@whole/jsonl", "--as", "Qian"); b.exit != exitPart || !strings.Contains(b.stdout, "only an empty archive takes them") {
			t.Errorf("exit %d: %s", b.exit, b.stdout)
		}
	}
	if n := len(objects[listed](t, b.must("list", "@c.fonds", "--json"))); n != 4 {
		t.Errorf("%d documents, want 4", n)
	}
	// What was changed on the way is found, and nothing comes in.
	log := filepath.Join(b.dir, "whole/jsonl/log.jsonl")
	data, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(log, []byte(strings.Replace(string(data), "再看", "看过", 1)), 0o666); err != nil {
		t.Fatal(err)
	}
	b.must("new", "@d.fonds", "--as", "Qian")
	if b.run("import", "@d.fonds", "@whole/jsonl", "--as", "Qian"); b.exit == 0 || !strings.Contains(b.stderr, "is not the one that was committed to") {
		t.Errorf("exit %d: %s", b.exit, b.stderr)
	}
	same(t, "left", b.must("list", "@d.fonds", "--json"), "")
}

// The folder of a set comes in by the one format of it that says most, and none of its
// papers is a document.
func TestSetComesIn(t *testing.T) {
	b, _ := published(t)
	b.write("in/empty.txt", "没有标注\n")
	b.must("import", "@a.fonds", "@in/empty.txt", "--as", "Zhang")
	b.must("export", "@a.fonds", "--format", strings.Join(export.Formats(), ","), "--set", "all", "--out", "@mix")
	b.must("new", "@e.fonds", "--as", "Qian")
	same(t, "a whole set", b.must("import", "@e.fonds", "@mix", "--as", "Qian"), "Received a whole archive: 4 documents, with people, decisions and history.\n")
	for _, format := range []string{"tei", "webannotation", "brat", "doccano", "labelstudio"} {
		out, back := "@one-"+format, "@e-"+format+".fonds"
		b.must("export", "@a.fonds", "--format", format+",csv,findingaid", "--out", out)
		b.must("new", back, "--as", "Qian")
		b.must("import", back, out, "--as", "Qian")
		docs := objects[listed](t, b.must("list", back, "--json"))
		if len(docs) != 4 {
			t.Errorf("%s: %d documents, want 4", format, len(docs))
		}
		for _, d := range docs {
			if d.Name == "" || d.Title == "" || d.Title == "." {
				t.Errorf("%s: a document without a name: %+v", format, d)
			}
		}
	}
	// A log whose end is missing is not whole.
	log := filepath.Join(b.dir, "mix/jsonl/log.jsonl")
	data, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(strings.TrimSuffix(string(data), "\n"), "\n")
	if err := os.WriteFile(log, []byte(strings.Join(lines[:len(lines)-1], "")), 0o666); err != nil {
		t.Fatal(err)
	}
	b.must("new", "@f.fonds", "--as", "Qian")
	if b.run("import", "@f.fonds", "@mix", "--as", "Qian"); b.exit != exitArchive || !strings.Contains(b.stderr, "the last operations are missing") {
		t.Errorf("exit %d: %s", b.exit, b.stderr)
	}
	b.must("verify", "@f.fonds")
}

// A file that looks like one of another tool and is spoiled is read as a text, and that
// is said.
func TestSpoiledFilesOfOtherTools(t *testing.T) {
	b := newBench(t)
	b.write("d.jsonl", `{"text":"张三","label":[[0,2,"person"]]}`+"\nnot json\n")
	b.write("t.xml", `<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>张三</body></text></TEI>`)
	b.must("new", "@a.fonds", "--as", "Zhang")
	for name, want := range map[string]string{"d.jsonl": "line 2 is none", "t.xml": "looks like TEI and cannot be read as that"} {
		if b.run("import", "@a.fonds", "@"+name, "--as", "Zhang"); b.exit != exitPart || !strings.Contains(b.stdout, want) || !strings.Contains(b.stdout, "Imported 1 document") {
			t.Errorf("%s: exit %d: %s%s", name, b.exit, b.stdout, b.stderr)
		}
		b.must("import", "@a.fonds", "@"+name, "--plain", "--as", "Zhang")
	}
}
