package command

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

const itemList = "档号,题名,日期,标签,全文,备注\nA-1,春耕,2015-11-22,农业;通知,各县抓紧春耕，不误农时，切实保证种子化肥及时到位，请遵照执行。,x\nA-2,防汛,1958,,,\n"

// What is printed of a file of records says what its columns would be; its mapping, changed, is what an import does.
func TestRecords(t *testing.T) {
	b := newBench(t)
	b.write("list.csv", itemList)
	same(t, "for people", b.must("records", "@list.csv"), b.file("list.csv")+`: text/csv, UTF-8; 2 records; row 1 names the columns
  档号 → dcterms:identifier   A-1
  题名 → title   春耕
  日期 → dcterms:date   2015-11-22
  标签 → tag   农业;通知
  全文 → text   各县抓紧春耕，不误农时，切实保证种子化肥及时到位，请遵照执行。
  备注 → –   x
`)
	out := b.must("records", "@list.csv", "--json")
	var shown map[string]any
	if err := json.Unmarshal([]byte(out), &shown); err != nil {
		t.Fatal(err)
	}
	if s := shown["sample"].([]any); len(s) != 2 || s[0].(map[string]any)["备注"] != "x" {
		t.Errorf("sample %v", s)
	}
	b.write("map.json", strings.Replace(out, `"题名": "",`, "", 1))
	b.must("new", "@a.fonds")
	same(t, "import", b.must("import", "@a.fonds", "@list.csv", "--records", b.file("map.json")), "note: list.csv: 1 row has no text: 3.\nImported 2 documents.\n")
	if got := b.must("list", "@a.fonds", "--json"); !strings.Contains(got, `"path":"list.csv/list 000002"`) || strings.Count(got, "\n") != 2 {
		t.Errorf("list: %s", got)
	}
	if got := b.must("show", "@a.fonds", "path:list.csv/list 000003"); !strings.Contains(got, "防汛") || !strings.Contains(got, "1958") || !strings.Contains(got, "A-2") {
		t.Errorf("show: %s", got)
	}
	if got := b.must("import", "@a.fonds", "@list.csv", "--records", "auto", "--json"); !strings.Contains(got, `"imported":0,"duplicates":2`) || !strings.Contains(b.stderr, "题名 → title") {
		t.Errorf("auto: %s%s", got, b.stderr)
	}
	b.must("verify", "@a.fonds")
}

// Whoever says something that does not hold of the file is told, and nothing comes in.
func TestRecordsRefused(t *testing.T) {
	b := newBench(t)
	b.must("new", "@a.fonds")
	b.write("list.csv", itemList)
	b.write("n.txt", notice)
	for _, c := range []struct {
		mapping, file, want string
	}{
		{`{"text":"nowhere"}`, "@list.csv", "does not have all the columns that the mapping says: nowhere"},
		{`{"text":"全文","sheet":"x"}`, "@list.csv", `it has no sheet "x"`},
		{`{}`, "@list.csv", "it says of no column what it is"},
		{`{"texts":"全文"}`, "@list.csv", "unknown field"},
		{`not`, "@list.csv", "it is no JSON"},
		{`{"text":"全文"}`, "@n.txt", "it is no file of records"},
		{`{"text":"全文"}`, "@", "it is a folder"},
		{`{"text":"全文"}`, "@gone.csv", "there is no file of this name"},
	} {
		b.write("map.json", c.mapping)
		if b.run("import", "@a.fonds", c.file, "--records", b.file("map.json")); b.exit != 2 || !strings.Contains(b.stderr, c.want) {
			t.Errorf("%s of %s: exit %d, %s", c.mapping, c.file, b.exit, b.stderr)
		}
	}
	if got := b.must("list", "@a.fonds", "--json"); got != "" {
		t.Errorf("something came in: %s", got)
	}
	b.write("map.json", `{"text":"全文","fields":{"日期":"when"}}`)
	if b.must("import", "@a.fonds", "@list.csv", "--records", b.file("map.json")); !strings.Contains(b.stderr, "when is no field of this archive's template") {
		t.Errorf("stderr %s", b.stderr)
	}
	for _, args := range [][]string{{"records", "@n.txt"}, {"records", "@list.csv", "--head", "x"}, {"records", "@list.csv", "--head", "3"}, {"records", "@list.csv", "--encoding", "x"}, {"records", os.TempDir()}} {
		if b.run(args...); b.exit != 2 || b.stderr == "" {
			t.Errorf("%v: exit %d %s", args, b.exit, b.stderr)
		}
	}
}
