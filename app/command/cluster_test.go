package command

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

func TestCluster(t *testing.T) {
	b := newBench(t)
	values := []string{"司法厅", "司法厅", "司法廳", "宁夏司法厅", "Ministry of  Justice", "ministry of justice", "Justice, Ministry of", "水利局", "水利局 "}
	for i := range values {
		b.write(fmt.Sprintf("in/%d.txt", i+1), fmt.Sprintf("第%d件", i+1))
	}
	b.must("new", "@x.fonds", "--as", "Zhang")
	b.must("import", "@x.fonds", "@in", "--as", "Zhang")
	var edits []string
	for i, v := range values {
		id := b.must("list", "@x.fonds", "--json")
		doc := objects[listed](t, id)[i].ID
		e, err := json.Marshal(map[string]any{"do": "field.set", "doc": doc, "field": "dcterms:creator", "values": []map[string]string{{"value": v}}})
		if err != nil {
			t.Fatal(err)
		}
		edits = append(edits, string(e))
	}
	b.write("edits.jsonl", strings.Join(edits, "\n")+"\n")
	b.must("apply", "@x.fonds", "@edits.jsonl", "--as", "Zhang")

	out := b.must("cluster", "@x.fonds", "责任者", "--json")
	want := `{"method":"folded","into":"司法厅","values":[{"value":"司法厅","n":2},{"value":"司法廳","n":1}]}
{"method":"folded","into":"ministry of justice","values":[{"value":"ministry of justice","n":1},{"value":"Ministry of  Justice","n":1}]}
{"method":"folded","into":"水利局","values":[{"value":"水利局","n":1},{"value":"水利局 ","n":1}]}
{"method":"order","into":"Justice, Ministry of","values":[{"value":"Justice, Ministry of","n":1},{"value":"ministry of justice","n":1},{"value":"Ministry of  Justice","n":1}]}
{"method":"contains","into":"宁夏司法厅","values":[{"value":"司法厅","n":2},{"value":"宁夏司法厅","n":1},{"value":"司法廳","n":1}]}
`
	same(t, "groups", out, want)
	same(t, "for people", b.must("cluster", "@x.fonds", "creator", "--method", "folded,contains", "--query", "field:dcterms:creator=司法"), "folded, 2 values → 司法厅\n  →        2  司法厅\n           1  司法廳\n"+
		"contains, 3 values → 宁夏司法厅\n           2  司法厅\n  →        1  宁夏司法厅\n           1  司法廳\n")
	if out := b.must("cluster", "@x.fonds", "creator", "--method", "folded"); !strings.Contains(out, `"水利局 "`) {
		t.Errorf("a space at the end is not to be seen: %s", out)
	}

	lines := b.must("cluster", "@x.fonds", "creator", "--method=contains", "--edits")
	if strings.Count(lines, "\n") != 3 || !strings.HasPrefix(lines, `{"do":"field.set","doc":"`) || !strings.Contains(b.stderr, "2 values would become 1 in 3 documents.") {
		t.Errorf("%s%s", lines, b.stderr)
	}
	b.write("merge.jsonl", lines)
	b.must("apply", "@x.fonds", "@merge.jsonl", "--as", "Zhang")
	if out := b.must("facets", "@x.fonds", "--by", "creator"); !strings.Contains(out, "4  宁夏司法厅") || strings.Contains(out, "司法廳") {
		t.Errorf("after it: %s", out)
	}
	if code := b.run("apply", "@x.fonds", "@merge.jsonl", "--as", "Zhang"); code != 4 {
		t.Errorf("once more: %d", code)
	}
	b.must("undo", "@x.fonds", "--as", "Zhang")
	if out := b.must("facets", "@x.fonds", "--by", "creator"); !strings.Contains(out, "司法廳") {
		t.Errorf("after one undo: %s", out)
	}

	b.must("cluster", "@x.fonds", "subject")
	if !strings.Contains(b.stderr, "No two of 0 values") {
		t.Errorf("it says %q", b.stderr)
	}
	for _, args := range [][]string{{"creator", "--method", "sound"}, {"date"}, {"colour"}, {"creator", "--edits"}, {"creator", "--query", "tag:"}, {}} {
		if code := b.run(append([]string{"cluster", "@x.fonds"}, args...)...); code != 2 {
			t.Errorf("%v: %d %s", args, code, b.stderr)
		}
	}
}
