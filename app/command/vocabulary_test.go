package command

import (
	"os"
	"strings"
	"testing"
)

// TestVocabulary: tags are described from SKOS and tables and written again, lists come
// in and in another version, terms are found by pinyin, and what is wrong changes nothing.
func TestVocabulary(t *testing.T) {
	b := noticeBench(t)
	if b.must("vocabulary", "@a.fonds"); !strings.Contains(b.stderr, "no tags and no lists") {
		t.Errorf("none: %s", b.stderr)
	}
	write := func(name, text string) {
		if err := os.WriteFile(b.file(name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	head := "@prefix s: <http://www.w3.org/2004/02/skos/core#> .\n"
	write("t.ttl", head+"<a:1> s:prefLabel \"党建\"@zh ; s:narrower <a:2> .\n<a:2> s:prefLabel \"会议\"@zh-Hans, \"Meetings\"@en ; s:altLabel \"开会\"@zh ; s:scopeNote \"纪要\" .")
	b.apply(`{"do":"tag.add","doc":"path:n.txt","tag":"党建/会议"}`)
	if got := objects[importedLine](t, b.must("vocabulary", "@a.fonds", "--import", "@t.ttl", "--as", "Zhang", "--json")); got[0].Imported != 2 || got[0].Changed != 2 || got[0].Odd != 0 {
		t.Errorf("imported %+v", got)
	}
	if s := b.must("vocabulary", "@a.fonds"); !strings.Contains(s, "1  党建/会议  (开会)  — 纪要") || !strings.Contains(s, "0  党建\n") {
		t.Errorf("tags: %s", s)
	}
	for words, want := range map[string]string{"kaihui": "党建/会议  ← 开会", "hy": "党建/会议", "MEET": "← Meetings"} {
		if s := b.must("vocabulary", "@a.fonds", "--find", words); !strings.Contains(s, want) {
			t.Errorf("%s: %s", words, s)
		}
	}
	write("p.csv", "编号,名称,别名,生卒年,上位词\n1,沈家本,沈子惇|寄簃,1840—1913,\n2,伍廷芳,,1842—1922,\n")
	b.must("vocabulary", "@a.fonds", "--list", "人名", "--kind", "persons", "--import", "@p.csv", "--as", "Zhang")
	write("p.csv", "编号,名称,别名,生卒年,上位词\n1,沈家本,沈子惇|寄簃,1840—1913,\n2,伍廷芳,,1842—1922,\n3,董康,,,\n4,董康,,,\n")
	if got := objects[importedLine](t, b.must("vocabulary", "@a.fonds", "--list", "人名", "--import", "@p.csv", "--as", "Zhang", "--json")); got[0].Odd != 1 || !strings.Contains(got[0].Problems[0], "董康") {
		t.Errorf("another version: %+v", got)
	}
	b.apply(`{"do":"list.add","list":"人名","name":"江庸","used_for":["翊云"]}`)
	if s := b.must("vocabulary", "@a.fonds", "--list", "人名", "--find", "szd"); !strings.Contains(s, "沈家本  ← 沈子惇  1840—1913") {
		t.Errorf("found: %s", s)
	}
	if s := b.must("vocabulary", "@a.fonds", "--list", "人名", "--find", "jiangy"); !strings.HasPrefix(s, "江庸") {
		t.Errorf("found what was added: %s", s)
	}
	for _, name := range []string{"@o.ttl", "@o.jsonld", "@o.csv", "@o.tsv"} {
		b.must("vocabulary", "@a.fonds", "--list", "人名", "--export", name)
		b.must("vocabulary", "@a.fonds", "--list", "again "+name[3:], "--import", name, "--as", "Zhang")
		if s := b.must("vocabulary", "@a.fonds", "--list", "again "+name[3:], "--find", "翊云"); !strings.HasPrefix(s, "江庸") {
			t.Errorf("%s: %s", name, s)
		}
		b.must("vocabulary", "@a.fonds", "--export", name)
		if got := objects[importedLine](t, b.must("vocabulary", "@a.fonds", "--import", name, "--as", "Zhang", "--json")); got[0].Changed != 0 {
			t.Errorf("%s: tags that were written and read again: %+v", name, got)
		}
	}
	before := b.must("vocabulary", "@a.fonds", "--json")
	for text, want := range map[string]string{
		head + "<a:1> s:prefLabel \"half": "line 2, column 19",
		head + `<a:1> s:prefLabel "甲" ; s:broader <a:2> . <a:2> s:prefLabel "乙" ; s:broader <a:1> .`: "甲 › 乙 › 甲",
		head + `<a:1> s:prefLabel "` + strings.Repeat("长", 300) + `" .`:                              "200 characters",
		head + `<a:1> s:prefLabel "` + strings.Repeat("x", 1<<20) + `" .`:                            "500 characters",
	} {
		write("bad.ttl", text)
		if b.run("vocabulary", "@a.fonds", "--import", "@bad.ttl", "--as", "Zhang") != exitRefused || !strings.Contains(b.stderr, want) || len(b.stderr) > 2000 {
			t.Errorf("%.60s: %d %.500s", text, b.exit, b.stderr)
		}
	}
	b.stdin = `{"do":"tag.add","doc":"path:n.txt","tag":"` + strings.Repeat("长", 1<<20) + `"}`
	if b.run("apply", "@a.fonds", "-", "--as", "Zhang") != exitRefused || !strings.Contains(b.stdout, "200 characters") || len(b.stdout) > 2000 {
		t.Errorf("a tag of a million characters: %d %.500s", b.exit, b.stdout)
	}
	if after := b.must("vocabulary", "@a.fonds", "--json"); after != before {
		t.Errorf("what was refused changed something: %s", after)
	}
	for _, args := range [][]string{{"--kind", "people"}, {"--find", "x", "--export", "@x.ttl"}, {"--import", "@none.ttl", "--as", "Zhang"}} {
		if b.run(append([]string{"vocabulary", "@a.fonds"}, args...)...) != exitUsage {
			t.Errorf("%v: %d %s", args, b.exit, b.stderr)
		}
	}
	if b.run("vocabulary", "@a.fonds", "--list", "none") != exitRefused || b.run("vocabulary", "@a.fonds", "--export", "@x.pdf") != exitRefused {
		t.Errorf("%d %s", b.exit, b.stderr)
	}
	b.must("verify", "@a.fonds")
	b.must("export", "@a.fonds", "--format", "skos,jsonl", "--set", "all", "--out", "@set")
	ttl, err := os.ReadFile(b.file("set/skos/tags.ttl"))
	if err != nil || !strings.Contains(string(ttl), "skos:prefLabel \"会议\"") || !strings.Contains(string(ttl), "fonds:documents 1") {
		t.Errorf("%s %v", ttl, err)
	}
	b.must("new", "@c.fonds", "--as", "Zhang")
	b.must("import", "@c.fonds", "@set", "--as", "Zhang")
	if s := b.must("vocabulary", "@c.fonds", "--json"); s != before {
		t.Errorf("an archive that was exported and imported whole: got\n%s\nwant\n%s", s, before)
	}
	if s := b.must("vocabulary", "@c.fonds", "--list", "人名", "--find", "szd"); !strings.Contains(s, "沈家本") {
		t.Errorf("its terms: %s", s)
	}
	b.must("recover", "@c.fonds", "@r.fonds", "--as", "Zhang")
	if s := b.must("vocabulary", "@r.fonds", "--list", "人名", "--find", "szd"); !strings.Contains(s, "沈家本") {
		t.Errorf("after a recovery: %s", s)
	}
	if got := b.apply(`{"do":"tag.delete","tag":"党建"}`); !got[0].OK {
		t.Errorf("delete: %+v", got)
	}
	if s := b.must("vocabulary", "@a.fonds", "--json"); strings.Contains(s, "党建") {
		t.Errorf("deleted: %s", s)
	}
	b.must("undo", "@a.fonds", "--as", "Zhang")
	if s := b.must("vocabulary", "@a.fonds", "--json"); s != before {
		t.Errorf("undone: %s", s)
	}
	if s := b.must("history", "@a.fonds"); !strings.Contains(s, "described the tag 党建/会议: 纪要") || !strings.Contains(s, "set the list “人名”") || !strings.Contains(s, "added “江庸” to a list") {
		t.Errorf("history: %s", s)
	}
}
