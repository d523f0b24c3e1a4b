package command

import (
	"os"
	"strings"
	"testing"
)

// checkObject is any line of check --json.
type checkObject struct {
	checkLine
	findingLine
	Summary *checkSum `json:"summary"`
}

// The checks of some documents by the verb: lines, files, exits.
func TestCheck(t *testing.T) {
	b := newBench(t)
	b.must("new", "@x.fonds", "--template", "dat18", "--as", "Zhang")
	b.write("in/1.txt", "关于清淤的通知\n各河段已完成。\n")
	b.write("in/2.txt", "防汛值班表\n")
	b.must("import", "@x.fonds", "@in", "--as", "Zhang")
	if code := b.run("check", "@x.fonds", "--json", "--lang", "en"); code != exitPart || b.stderr != "" {
		t.Fatalf("exit %d: %s", code, b.stderr)
	}
	lines := objects[checkObject](t, b.stdout)
	checks, missing := 0, 0
	for _, l := range lines {
		switch {
		case l.Check != "":
			checks++
			if l.Name == "" || l.NameZh == "" || l.Result == "" || l.Basis == "" {
				t.Errorf("%+v", l.checkLine)
			}
		case l.Finding == "C2" && l.Code == "missing":
			missing++
			if l.Path == "" || l.Says != "Required, and has no value in force" || l.Severity != "error" {
				t.Errorf("%+v", l.findingLine)
			}
		}
	}
	sum := lines[len(lines)-1].Summary
	if checks != 37 || missing != 14 || sum == nil || sum.Documents != 2 || sum.OK || sum.Failed != 1 || len(sum.Heads) != 1 {
		t.Errorf("%d checks, %d fields missing, %+v", checks, missing, sum)
	}
	page, book := b.file("r.html"), b.file("r.xlsx")
	if code := b.run("check", "@x.fonds", "--html", page, "--xlsx", book, "--lang", "zh-Hans", "--query", "清淤"); code != exitPart {
		t.Fatalf("exit %d: %s", code, b.stderr)
	}
	first, err := os.ReadFile(page)
	if err != nil || !strings.Contains(string(first), "四性检测报告") || !strings.Contains(string(first), "检测文档 1 件，为检索“清淤”的结果") {
		t.Errorf("the page: %v", err)
	}
	firstBook, err := os.ReadFile(book)
	if err != nil {
		t.Fatal(err)
	}
	b.run("check", "@x.fonds", "--html", page, "--xlsx", book, "--lang", "zh-Hans", "--query", "清淤")
	if again, _ := os.ReadFile(page); string(again) != string(first) {
		t.Error("another page of the same state")
	}
	if again, _ := os.ReadFile(book); string(again) != string(firstBook) {
		t.Error("another workbook of the same state")
	}
	if !strings.Contains(b.stdout, "真实性\n  A1  ✓ 固化信息有效性检测") || !strings.Contains(b.stdout, "× 必填著录项目检测") {
		t.Errorf("printed %s", b.stdout)
	}
	other := b.write("letter.html", "a letter")
	for _, tt := range []struct {
		args []string
		want int
	}{
		{[]string{"check"}, exitUsage}, {[]string{"check", "@x.fonds", "--lang", "fr"}, exitUsage}, {[]string{"check", "@x.fonds", "--query", "nokey:1"}, exitUsage},
		{[]string{"check", "@none.fonds"}, exitArchive}, {[]string{"check", "@x.fonds", "--html", other}, exitArchive},
	} {
		if code := b.run(tt.args...); code != tt.want {
			t.Errorf("%v: exit %d, want %d: %s", tt.args, code, tt.want, b.stderr)
		}
	}
	// An archive in which everything that a template asks for is said.
	b.must("new", "@y.fonds", "--as", "Zhang")
	b.must("import", "@y.fonds", "@in/2.txt", "--as", "Zhang")
	edits := b.write("edits.jsonl", strings.Join([]string{`{"do":"field.set","doc":"path:2.txt","field":"dcterms:title","values":[{"value":"防汛值班表"}]}`,
		`{"do":"field.set","doc":"path:2.txt","field":"dcterms:date","values":[{"not_stated":true}]}`,
		`{"do":"field.set","doc":"path:2.txt","field":"dcterms:creator","values":[{"value":"水务局"}]}`,
		`{"do":"field.set","doc":"path:2.txt","field":"dcterms:language","values":[{"value":"zh-Hans"}]}`}, "\n"))
	b.must("apply", "@y.fonds", edits, "--as", "Zhang")
	if code := b.run("check", "@y.fonds"); code != exitDone {
		t.Errorf("exit %d: %s%s", code, b.stdout, b.stderr)
	}
}

// The document that Fonds was first made for, as the import reads it.
func TestCheckSeed(t *testing.T) {
	const seed = "../../../shared/seed"
	if _, err := os.Stat(seed); err != nil {
		t.Skip("the seed document is not here: ", err)
	}
	b := newBench(t)
	b.must("new", "@a.fonds", "--template", "dat18")
	b.must("import", "@a.fonds", seed)
	if code := b.run("check", "@a.fonds", "--json", "--lang", "en"); code != exitPart {
		t.Fatalf("exit %d: %s", code, b.stderr)
	}
	want := map[string]string{"A1": "passed", "A2": "passed", "A7": "not applicable", "A11": "not applicable", "C2": "failed", "C3": "passed", "C6": "not applicable",
		"U1": "passed", "U2": "passed", "U3": "failed", "U4": "passed", "S6": "not done", "T1": "not applicable"}
	for _, l := range objects[checkObject](t, b.stdout) {
		if want[l.Check] != "" && l.Result != want[l.Check] {
			t.Errorf("%s: %s, want %s", l.Check, l.Result, want[l.Check])
		}
		if l.Finding == "U3" && l.Code != "text-repairs" {
			t.Errorf("U3: %s", l.Says)
		}
	}
}
