package command

import (
	"strings"
	"testing"

	"fonds/app/template"
	"fonds/storage/query"
)

// read reads queries with the names of the usual template.
func read(t *testing.T) func(string) (string, error) {
	t.Helper()
	usual, err := template.Read(template.Default)
	if err != nil {
		t.Fatal(err)
	}
	return func(typed string) (string, error) {
		c := &call{template: usual}
		return c.readQuery("--query", typed)
	}
}

// TestQueryHelp: the page tells of every key, and each example is a query.
func TestQueryHelp(t *testing.T) {
	page := queryPage()
	for _, k := range query.Keys() {
		if keysSay[k] == "" || !strings.Contains(page, query.Example(k)) {
			t.Errorf("the page does not tell of %s", k)
		}
		if s, err := read(t)(query.Example(k)); err != nil || !strings.HasPrefix(s, string(k)+":") {
			t.Errorf("%s is read %q, %v", query.Example(k), s, err)
		}
	}
	for _, thing := range query.Things() {
		if !strings.Contains(page, thing) {
			t.Errorf("the page does not tell of has:%s", thing)
		}
	}
}

// TestReadQuery: names of fields, keys and values go by in both languages; what is
// wrong says where.
func TestReadQuery(t *testing.T) {
	for typed, want := range map[string]string{
		"题名:推进会":      "field:dcterms:title=推进会",
		"creator:司法厅": "field:dcterms:creator=司法厅",
		"责任者：司法厅 -会议": "field:dcterms:creator=司法厅 -会议",
		"标签:党建":       "tag:党建",
		"状态:已通过":      "status:approved",
		"mark:人名=李":   "mark:person=李",
		"has:乱码":      "has:mojibake",
		"":            "",
	} {
		if got, err := read(t)(typed); err != nil || got != want {
			t.Errorf("%s is read %q, want %q, %v", typed, got, want, err)
		}
	}
	_, err := read(t)("会议 titel:x")
	if err == nil || !strings.Contains(err.Error(), "at character 4: titel") {
		t.Errorf("%v", err)
	}
}
