package command

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fonds/app/export"
)

// An edition is recorded, listed, and written again by its number; what does not go
// together is said.
func TestEditionsByVerb(t *testing.T) {
	b, _ := published(t)
	same(t, "none yet", b.must("editions", "@a.fonds", "--json"), "")
	b.must("export", "@a.fonds", "--format", "jsonl,tei", "--out", "@one", "--record", "--title", "通知", "--licence", "CC-BY-4.0", "--creators", "县档案馆; 王芳", "--as", "Zhang")
	type line struct {
		Edition int
		Title   string
		By      string
		SHA256  string `json:"manifest_sha256"`
	}
	all := objects[line](t, b.must("editions", "@a.fonds", "--json"))
	if len(all) != 1 || all[0].Edition != 1 || all[0].Title != "通知" || all[0].By != "Zhang" || len(all[0].SHA256) != 64 {
		t.Fatalf("editions: %+v", all)
	}
	b.as("Wang", `{"do":"tag.add","doc":"path:2.txt","tag":"后来"}`)
	b.must("export", "@a.fonds", "--edition", "1", "--out", "@again")
	for _, name := range []string{"manifest.json", "jsonl/documents.jsonl", "CITATION.cff", "about.html"} {
		one, err := os.ReadFile(filepath.Join(b.dir, "one", name))
		if err != nil {
			t.Fatal(err)
		}
		two, err := os.ReadFile(filepath.Join(b.dir, "again", name))
		if err != nil || string(one) != string(two) {
			t.Errorf("%s is other bytes, %v", name, err)
		}
	}
	cff, err := os.ReadFile(filepath.Join(b.dir, "one", "CITATION.cff"))
	if err != nil || !strings.Contains(string(cff), `- name: "县档案馆"`) || !strings.Contains(string(cff), `license: "CC-BY-4.0"`) || !strings.Contains(string(cff), `version: "1"`) {
		t.Errorf("CITATION.cff, %v:\n%s", err, cff)
	}
	for _, tt := range []struct {
		want string
		exit int
		args []string
	}{
		{"leave out --query", exitUsage, []string{"--edition", "1", "--query", "x", "--out", "@x"}},
		{"there is no edition 9", exitRefused, []string{"--edition", "9", "--out", "@x"}},
		{"from 1 up", exitUsage, []string{"--edition", "0", "--out", "@x"}},
		{`the day "soon"`, exitUsage, []string{"--format", "jsonl", "--day", "soon", "--out", "@x"}},
		{"name a format", exitUsage, []string{"--out", "@x"}},
		{`the format "pdf"`, exitUsage, []string{"--format", "pdf", "--out", "@x"}},
		{"is not empty", exitRefused, []string{"--format", "jsonl", "--out", "@one"}},
		{"no such file", exitUsage, []string{"--format", "jsonl", "--mask", "person", "--waive", "@none", "--out", "@x"}},
	} {
		if b.run(append([]string{"export", "@a.fonds"}, tt.args...)...); b.exit != tt.exit || !strings.Contains(b.stderr, tt.want) {
			t.Errorf("%v: exit %d, want %d with %q: %s", tt.args, b.exit, tt.exit, tt.want, b.stderr)
		}
	}
	b.must("verify", "@a.fonds")
}

// Names are masked by verb, and what cannot be masked is refused until it is waived.
func TestMaskByVerb(t *testing.T) {
	b, _ := published(t)
	b.must("export", "@a.fonds", "--format", strings.Join(export.Formats(), ","), "--set", "all", "--mask", "person", "--hide", "dcterms:title", "--out", "@masked")
	err := filepath.WalkDir(filepath.Join(b.dir, "masked"), func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if strings.Contains(string(data), "李振国") || strings.Contains(string(data), "题名 1") {
			t.Errorf("%s holds what is masked", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	b.as("Wang", `{"do":"field.set","doc":"path:1.txt","field":"dcterms:subject","values":[{"value":"text/plain"}]}`)
	if b.run("export", "@a.fonds", "--format", "jsonl", "--hide", "dcterms:subject", "--out", "@no"); b.exit != exitRefused || !strings.Contains(b.stderr, `"text/plain" in jsonl/documents.jsonl`) {
		t.Errorf("exit %d: %s", b.exit, b.stderr)
	}
	b.write("waive.jsonl", `{"words":"text/plain","reason":"the name of a format"}`+"\n")
	var m export.Manifest
	if err := json.Unmarshal([]byte(b.must("export", "@a.fonds", "--format", "jsonl", "--hide", "dcterms:subject", "--waive", "@waive.jsonl", "--out", "@yes", "--json")), &m); err != nil || len(m.Masking.Waivers) != 1 {
		t.Errorf("%+v, %v", m.Masking, err)
	}
}

// A document and a list as pages to print, in either language.
func TestPrintByVerb(t *testing.T) {
	b, _ := published(t)
	for _, tt := range []struct {
		want string
		args []string
	}{
		{"座谈会", []string{"path:1.txt", "--out", "@d.html", "--lang", "zh-Hans"}},
		{"归档文件目录", []string{"--out", "@l.html", "--lang", "zh-Hans"}},
		{"题名 2", []string{"--out", "@e.html", "--query", "第3号", "--lang", "en"}},
	} {
		b.must(append([]string{"print", "@a.fonds"}, tt.args...)...)
		name := strings.TrimPrefix(tt.args[slices.Index(tt.args, "--out")+1], "@")
		data, err := os.ReadFile(filepath.Join(b.dir, name))
		if err != nil || !strings.Contains(string(data), tt.want) {
			t.Errorf("%v: %q is not in it, %v", tt.args, tt.want, err)
		}
	}
	if b.run("print", "@a.fonds", "--out", "@l.html"); b.exit != exitUsage || !strings.Contains(b.stderr, "nothing is written over") {
		t.Errorf("exit %d: %s", b.exit, b.stderr)
	}
}
