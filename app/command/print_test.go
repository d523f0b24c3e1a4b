package command

import (
	"os"
	"strings"
	"testing"
)

// TestPrintLists: each list is written as a page and as a workbook, nothing over what is
// there, and what is asked wrongly is said.
func TestPrintLists(t *testing.T) {
	b := newBench(t)
	b.must("new", "@a.fonds", "--template", "dat18")
	b.write("in/1.txt", "第1件")
	b.write("in/2.txt", "第2件")
	b.must("import", "@a.fonds", "@in")
	b.run("print", "@a.fonds", "--list", "files", "--out", "@f.html")
	if b.exit != exitRefused || !strings.Contains(b.stderr, "make files in the arrangement") {
		t.Errorf("without files: exit %d, %s", b.exit, b.stderr)
	}
	b.apply(`{"do":"unit.set","level":"fonds","code":"Z109"}`, `{"do":"unit.set","parent":"Z109","level":"file","code":"001","title":"会议"}`,
		`{"do":"document.place","doc":"path:1.txt","unit":"Z109/001"}`)
	for _, list := range []string{"filed", "files", "contents", "note", "isadg"} {
		b.must("print", "@a.fonds", "--list", list, "--out", "@"+list+".html", "--lang", "zh-Hans")
		b.must("print", "@a.fonds", "--list", list, "--unit", "Z109", "--query", "第1件", "--out", "@"+list+".xlsx")
		page, err := os.ReadFile(b.file(list + ".html"))
		if err != nil || !strings.HasPrefix(string(page), "<!DOCTYPE html>") || !strings.HasSuffix(string(page), "</html>\n") {
			t.Errorf("%s: %v", list, err)
		}
		if book, err := os.ReadFile(b.file(list + ".xlsx")); err != nil || !strings.HasPrefix(string(book), "PK") {
			t.Errorf("%s: %v", list, err)
		}
	}
	before, _ := os.ReadFile(b.file("filed.html"))
	for _, c := range []struct{ args, says string }{
		{"--out @filed.html", "nothing is written over"}, {"--list none --out @x.html", "--list can be filed, files, contents, note, isadg"},
		{"--list files", "print wants --out"}, {"path:1.txt --list files --out @x.html", "one document or a list"}, {"path:1.txt --out @x.xlsx", "name a FILE.html"},
		{"--unit Z110 --out @x.html", "there is no unit"}, {"--query none-such --out @x.html", "nothing to list"}, {"--out @none/x.html", "none"}, {"--lang fr --out @x.html", "--lang can be"},
	} {
		b.run(append([]string{"print", "@a.fonds"}, strings.Fields(c.args)...)...)
		if b.exit == exitDone || !strings.Contains(b.stderr, c.says) {
			t.Errorf("%s: exit %d, %s", c.args, b.exit, b.stderr)
		}
	}
	if now, _ := os.ReadFile(b.file("filed.html")); string(now) != string(before) {
		t.Error("a page was written over")
	}
	left, _ := os.ReadDir(b.dir)
	for _, f := range left {
		if strings.HasPrefix(f.Name(), ".") || strings.HasPrefix(f.Name(), "x.") {
			t.Errorf("%s is left", f.Name())
		}
	}
}

// TestHistoryTable: the log as a table of DA/T 46.
func TestHistoryTable(t *testing.T) {
	b := newBench(t)
	b.must("new", "@a.fonds")
	b.write("in/1.txt", "第1件")
	b.must("import", "@a.fonds", "@in")
	b.must("history", "@a.fonds", "--format", "dat46", "--out", "@l.csv", "--lang", "zh-Hans")
	b.must("history", "@a.fonds", "path:1.txt", "--format", "dat46", "--out", "@l.xlsx")
	text, err := os.ReadFile(b.file("l.csv"))
	if err != nil || !strings.HasPrefix(string(text), "\uFEFF业务标识符,") || strings.Count(string(text), "\r\n") < 4 {
		t.Errorf("%v: %s", err, text)
	}
	for _, c := range []struct{ args, says string }{
		{"--format x --out @x.csv", "--format can be dat46"}, {"--format dat46 --out @x.txt", "FILE.csv or FILE.xlsx"}, {"--out @x.csv", "belong to --format"},
		{"--format dat46 --json --out @x.csv", "leave out --json"}, {"--format dat46 --out @l.csv", "nothing is written over"}, {"--format dat46 --lang fr --out @x.csv", "--lang can be"},
	} {
		b.run(append([]string{"history", "@a.fonds"}, strings.Fields(c.args)...)...)
		if b.exit == exitDone || !strings.Contains(b.stderr, c.says) {
			t.Errorf("%s: exit %d, %s", c.args, b.exit, b.stderr)
		}
	}
}
