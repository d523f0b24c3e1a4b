package command

import (
	"os"
	"strings"
	"testing"
)

// TestReportVerb: the page, the numbers, and how it is called wrongly.
func TestReportVerb(t *testing.T) {
	b := noticeBench(t)
	b.stdin = `{"do":"tag.add","doc":"path:n.txt","tag":"会议"}` + "\n" + `{"do":"document.submit","doc":"path:n.txt"}`
	b.must("apply", "@a.fonds", "-")
	out := b.must("report", "@a.fonds", "--out", "@r.html", "--lang", "zh-Hans")
	page, err := os.ReadFile(b.file("r.html"))
	if err != nil || !strings.Contains(string(page), `<html lang="zh-Hans">`) || !strings.Contains(string(page), "质量星级") || !strings.Contains(out, "1 document") {
		t.Errorf("%v: %s", err, out)
	}
	b.must("report", "@a.fonds", "--out", "@r.html", "--lang", "zh-Hans")
	if again, _ := os.ReadFile(b.file("r.html")); string(again) != string(page) {
		t.Error("the same archive gives other bytes")
	}
	lines := objects[map[string]any](t, b.must("report", "@a.fonds", "--json", "--days", "2"))
	seen := map[string]int{}
	for _, l := range lines {
		seen[l["of"].(string)]++
		if l["of"] == "kinds" && (l["tags"] != 1.0 || l["submitted"] != 1.0) {
			t.Errorf("kinds: %v", l)
		}
		if l["of"] == "quality" && l["documents"] != 1.0 {
			t.Errorf("quality: %v", l)
		}
	}
	if seen["day"] != 2 || seen["person"] != 1 || seen["folder"] != 1 || seen["archive"] != 1 || seen["age"] != 2 {
		t.Errorf("lines: %v", seen)
	}
	for _, c := range []struct {
		args string
		exit int
		says string
	}{{"report @a.fonds", 2, "--out FILE.html"}, {"report @a.fonds --out @x --lang fr", 2, "en or zh-Hans"}, {"report @a.fonds --out @x --days 0", 2, "1 to 366"},
		{"report @a.fonds --out @no/r.html", 3, "folder is not there"}, {"report @none.fonds --out @x", 3, "none.fonds"}} {
		if b.run(strings.Fields(c.args)...); b.exit != c.exit || !strings.Contains(b.stderr, c.says) {
			t.Errorf("%s: exit %d: %s", c.args, b.exit, b.stderr)
		}
	}
}
