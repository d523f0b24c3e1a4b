package command

import (
	"strings"
	"testing"
)

// counted is an archive of three notices, one tagged.
func counted(t *testing.T) *bench {
	t.Helper()
	b := newBench(t)
	b.must("new", "@a.fonds")
	b.write("in/1.txt", "宁夏司法廳召开会议")
	b.write("in/2.txt", "司法厅 通知")
	b.write("in/3.txt", "财政厅 通知")
	b.must("import", "@a.fonds", "@in")
	b.apply(`{"do":"tag.add","doc":"path:1.txt","tag":"党建/会议"}`, `{"do":"field.set","doc":"path:2.txt","field":"dcterms:creator","values":[{"value":"司法厅"}]}`)
	return b
}

// TestFacetsVerb: each count comes with the condition that finds as many.
func TestFacetsVerb(t *testing.T) {
	b := counted(t)
	lines := objects[facetLine](t, b.must("facets", "@a.fonds", "--json", "--by", "tag,creator,format"))
	got := map[string]int{}
	for _, l := range lines {
		got[l.Condition] = l.N
		if n := len(strings.Fields(b.must("list", "@a.fonds", "--json", "--query", l.Condition))); n == 0 || strings.Count(b.stdout, "\n") != l.N {
			t.Errorf("%s counts %d, and the list has\n%s", l.Condition, l.N, b.stdout)
		}
	}
	for condition, want := range map[string]int{"tag:党建": 1, "tag:党建/会议": 1, "field:dcterms:creator==司法厅": 1, "format:text/plain": 3} {
		if got[condition] != want {
			t.Errorf("%s counts %d, want %d", condition, got[condition], want)
		}
	}
	if s := b.must("facets", "@a.fonds", "--query", "司法厅", "--by", "format"); !strings.Contains(s, "2  text/plain") {
		t.Errorf("of a query:\n%s", s)
	}
	if b.run("facets", "@a.fonds", "--by", "wings") != 2 || !strings.Contains(b.stderr, "wings") {
		t.Errorf("by what is none: %d, %s", b.exit, b.stderr)
	}
	if b.run("facets", "@a.fonds", "--query", "(") != 2 {
		t.Errorf("of what cannot be read: %d, %s", b.exit, b.stderr)
	}
}

// TestConcordanceVerb: a line a place, with its places in both texts.
func TestConcordanceVerb(t *testing.T) {
	b := counted(t)
	lines := objects[place](t, b.must("concordance", "@a.fonds", "司法厅", "--json", "--sort", "left"))
	if len(lines) != 2 || lines[0].Words != "司法厅" || lines[1].Words != "司法廳" || lines[1].Before != "宁夏" || lines[1].Start != 2 || lines[1].Reading.End != 5 {
		t.Errorf("%+v", lines)
	}
	if s := b.must("concordance", "@a.fonds", "通知", "--exact", "--limit", "1"); strings.Count(s, "\n") != 1 || !strings.Contains(s, "司法厅 【通知】") || !strings.Contains(b.stderr, "--limit") {
		t.Errorf("one line:\n%s%s", s, b.stderr)
	}
	for _, wrong := range [][]string{{"x", "--sort", "up"}, {"x", "--query", "titel:x"}, {""}} {
		if b.run(append([]string{"concordance", "@a.fonds"}, wrong...)...) != 2 {
			t.Errorf("%q: %d, %s", wrong, b.exit, b.stderr)
		}
	}
}

// TestListSorted: --sort orders by what documents say; a column that is none is an error.
func TestListSorted(t *testing.T) {
	b := counted(t)
	b.apply(`{"do":"field.set","doc":"path:1.txt","field":"dcterms:title","values":[{"value":"银川第10号"}]}`,
		`{"do":"field.set","doc":"path:2.txt","field":"dcterms:title","values":[{"value":"银川第2号"}]}`,
		`{"do":"field.set","doc":"path:3.txt","field":"dcterms:title","values":[{"value":"安徽"}]}`)
	for flags, want := range map[string]string{
		"--sort title": "3 2 1", "--sort title --down": "1 2 3", "--sort title --strokes": "3 2 1", "--sort name --down": "3 2 1", "--sort 责任者": "2 1 3",
		"--sort creator --limit 1": "2", "--down": "3 2 1",
	} {
		var got []string
		for _, l := range objects[listed](t, b.must(append([]string{"list", "@a.fonds", "--json"}, strings.Fields(flags)...)...)) {
			got = append(got, strings.TrimSuffix(l.Name, ".txt"))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %s", flags, got, want)
		}
	}
	if b.run("list", "@a.fonds", "--sort", "colour") != 2 || !strings.Contains(b.stderr, "colour") {
		t.Errorf("a column that is none: %s", b.stderr)
	}
	if s := b.must("facets", "@a.fonds", "--by", "missing"); !strings.Contains(s, "missing:dcterms:date") {
		t.Errorf("required and missing:\n%s", s)
	}
}
