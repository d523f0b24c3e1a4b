package command

import (
	"strings"
	"testing"
)

// Searches are saved, listed with what they find, asked for by their names, told of by
// the history, and taken away; what is wrong with one is said.
func TestSearches(t *testing.T) {
	b := noticeBench(t)
	if b.must("searches", "@a.fonds"); !strings.Contains(b.stderr, "no saved searches") {
		t.Errorf("none: %s", b.stderr)
	}
	for _, a := range b.apply(`{"do":"search.save","name":"会","query":"题名:推进会 OR 司法厅"}`, `{"do":"search.save","name":"two words","query":"saved:会 -has:附注"}`,
		`{"do":"search.save","name":"无","query":"已存：会 题名:没有此题"}`) {
		if !a.OK {
			t.Fatal(a.Error)
		}
	}
	lines := objects[searchLine](t, b.must("searches", "@a.fonds", "--json"))
	if len(lines) != 3 || lines[0].Name != "two words" || lines[0].Query != "saved:会 -has:note" || lines[0].By != "Zhang" ||
		lines[1].Query != "field:dcterms:title=推进会 OR 司法厅" || *lines[0].Count != 1 || *lines[1].Count != 1 || *lines[2].Count != 0 {
		t.Errorf("got %+v", lines)
	}
	if s := b.must("searches", "@a.fonds"); !strings.Contains(s, "1  会 ") {
		t.Errorf("in words: %s", s)
	}
	if s := b.must("list", "@a.fonds", "--query", `saved:"two words"`, "--json"); strings.Count(s, "\n") != 1 {
		t.Errorf("list: %s", s)
	}
	if s := b.must("facets", "@a.fonds", "--query", "已存:会", "--by", "format"); !strings.Contains(s, "text/plain") {
		t.Errorf("facets: %s", s)
	}
	for _, args := range [][]string{{"list", "@a.fonds", "--query", "司法厅 saved:lost"}, {"concordance", "@a.fonds", "会", "--query", "司法厅 通知 全文 saved:lost"},
		{"export", "@a.fonds", "--format", "csv", "--out", "@x", "--query", "saved:lost"}} {
		if b.run(args...) != exitUsage || !strings.Contains(b.stderr, "no saved search lost: there are two words, 会, 无") {
			t.Errorf("%v: %d, %s", args, b.exit, b.stderr)
		}
	}
	for line, code := range map[string]string{`{"do":"search.save","name":"a","query":"titel:x"}`: "search-query", `{"do":"search.save","name":"a","query":"saved:lost"}`: "search-query",
		`{"do":"search.save","name":"a","query":"a\u0000b"}`: "", `{"do":"search.remove","name":"a"}`: "search-absent"} {
		b.stdin = line
		if b.run("apply", "@a.fonds", "-", "--as", "Zhang") != exitRefused || !strings.Contains(b.stdout, `"code":"`+code) && code != "" {
			t.Errorf("%s: %d %s", line, b.exit, b.stdout)
		}
	}
	b.apply(`{"do":"search.remove","name":"会"}`)
	lines = objects[searchLine](t, b.must("searches", "@a.fonds", "--json"))
	if len(lines) != 2 || lines[0].Count != nil || !strings.Contains(lines[0].Error, "no saved search 会") {
		t.Errorf("of what is no more: %+v", lines)
	}
	if s := b.must("searches", "@a.fonds"); !strings.Contains(s, "—  two words") {
		t.Errorf("in words: %s", s)
	}
	if s := b.must("history", "@a.fonds"); !strings.Contains(s, "saved the search “会”: field:dcterms:title=推进会 OR 司法厅") || !strings.Contains(s, "removed the saved search “会”") {
		t.Errorf("history: %s", s)
	}
	b.must("undo", "@a.fonds")
	if lines = objects[searchLine](t, b.must("searches", "@a.fonds", "--json")); len(lines) != 3 || lines[0].Count == nil {
		t.Errorf("undone: %+v", lines)
	}
	b.must("verify", "@a.fonds")
}
