package ingest

import (
	"fmt"
	"strings"
	"testing"
)

// Texts of one file have paths of their own, whatever they are named: those without an id by their number in the file.
func TestTextsOfOneFileHavePathsOfTheirOwn(t *testing.T) {
	spans := `"label":[[0,1,"x"]]`
	task := func(more string) string {
		return `{` + more + `"data":{"text":"ab"},"annotations":[{"result":[{"id":"r","type":"labels","from_name":"label","to_name":"text","value":{"start":0,"end":1,"text":"a","labels":["x"]}}]}]}`
	}
	tei := func(id string) string { return `<TEI xml:id="` + id + `"><text><body><p>a</p></body></text></TEI>` }
	ours := func(id string) string {
		return `{"id":"` + id + `","name":"a.txt","source_text":"a","history":[]}`
	}
	for _, tt := range []struct{ name, file, data, want, dropped string }{
		{"doccano", "a.jsonl", `{"text":"ab",` + spans + "}\n" + `{"text":"cd",` + spans + "}\n" + `{"id":"x","text":"ef",` + spans + `}`,
			"a.jsonl/1|a.jsonl/2|a.jsonl/x", ""},
		{"doccano, one id twice", "a.jsonl", `{"id":"x","text":"ab",` + spans + "}\n" + `{"id":"x","text":"cd",` + spans + "}\n" + `{"id":"x","text":"ef",` + spans + `}`,
			"a.jsonl/x|a.jsonl/x (2)|a.jsonl/x (3)", ""},
		{"doccano, an id that is a number", "a.jsonl", `{"id":2,"text":"ab",` + spans + "}\n" + `{"text":"cd",` + spans + `}`, "a.jsonl/2|a.jsonl/2 (2)", ""},
		{"doccano, what is left out", "a.jsonl", `{"text":"ab",` + spans + "}\n" + `{"text":"cd","label":[[0,9,"x"]]}`, "a.jsonl/1|a.jsonl/2",
			"a.jsonl, text 2: document 2, span 1: 0 to 9 is no place in the text of 2 characters; it was left out"},
		{"Label Studio", "a.json", "[" + task("") + "," + task("") + "," + task(`"id":7,`) + "]", "a.json/1|a.json/2|a.json/7", ""},
		{"TEI", "a.xml", "<teiCorpus><teiHeader/>" + tei("one") + tei("one") + tei("2") + "</teiCorpus>", "a.xml/one|a.xml/one (2)|a.xml/2", ""},
		{"our own", "a.jsonl", ours("1") + "\n" + ours("2"), "a.jsonl/a.txt|a.jsonl/a.txt (2)", ""},
	} {
		c := open([]byte(tt.data), tt.file, func(string) ([]byte, bool) { return nil, false })
		if c == nil {
			t.Errorf("%s: it is not known", tt.name)
			continue
		}
		var got []string
		for _, d := range c.Docs {
			got = append(got, d.Path)
		}
		if strings.Join(got, "|") != tt.want || strings.Join(c.Dropped, "|") != tt.dropped {
			t.Errorf("%s: got %q, dropped %q; want %q, %q", tt.name, got, c.Dropped, tt.want, tt.dropped)
		}
	}
}

// Of ten thousand texts of one name each is named in a step or two.
func TestManyTextsOfOneName(t *testing.T) {
	paths, seen := taken{}, map[string]bool{}
	for range 10_000 {
		seen[paths.apart("a.jsonl/x")] = true
	}
	if last := fmt.Sprintf("a.jsonl/x (%d)", 10_000); len(seen) != 10_000 || !seen[last] {
		t.Errorf("%d paths, %s among them: %v", len(seen), last, seen[last])
	}
}

// An address names a place below the folder of its annotations, however it is written: what would climb out of it is
// cut off, and a name that begins with two points climbs nowhere.
func TestPlaces(t *testing.T) {
	for source, want := range map[string]string{
		"a.txt": "in/a.txt", "b/a.txt": "in/b/a.txt", "..foo": "in/..foo", "...": "in/...", "..foo/a.txt": "in/..foo/a.txt", "b/..foo": "in/b/..foo",
		"../x": "in/x", "a/../../x": "in/x", "/etc/passwd": "in/etc/passwd", "/../x": "in/x", "..": "in", "../..": "in", "../..foo": "in/..foo",
		"http://a.b/x": "", "file:///etc/passwd": "", "urn:uuid:1": "in/text/1.txt|in/1.txt", "urn:uuid:../../1": "in/text/1.txt|in/1.txt",
	} {
		if got := strings.Join(places(source, "in"), "|"); got != want {
			t.Errorf("%q: got %q, want %q", source, got, want)
		}
	}
}
