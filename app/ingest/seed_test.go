package ingest

import (
	"context"
	"os"
	"path/filepath"
	"testing"
)

// shared is where the material of others lies that tests use and the project does not hold.
func shared(t testing.TB, path string) string {
	t.Helper()
	dir := os.Getenv("FONDS_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	name := filepath.Join(dir, filepath.FromSlash(path))
	if _, err := os.Stat(name); err != nil {
		t.Skipf("%s is not on this machine", name)
	}
	return name
}

func TestSeed(t *testing.T) {
	dir := shared(t, "seed")
	found, skips, err := Scan(context.Background(), []string{dir}, Options{})
	if err != nil || len(found) != 1 || len(skips) != 0 {
		t.Fatalf("Scan found %v, left out %v, error %v", found, skips, err)
	}
	doc, err := Read(context.Background(), found[0], Options{})
	if err != nil {
		t.Fatal(err)
	}
	if want := "000_9213c3033239642a.txt"; doc.Path != want {
		t.Errorf("path %q, want %q", doc.Path, want)
	}
	if want := "d41ad0aae7eaad9d7ba34a8ddda1554c7e3c2d73f3a68d8cfcf93b95231391fe"; doc.SHA256 != want {
		t.Errorf("SHA-256 %s, want %s", doc.SHA256, want)
	}
	runes := []rune(doc.Text)
	if len(runes) != 2708 || doc.Size != 7748 || doc.Encoding != "UTF-8" || doc.Language != "zh" || doc.Format != "text/plain" {
		t.Errorf("got %d characters, %d bytes, %s, %s, %s", len(runes), doc.Size, doc.Encoding, doc.Language, doc.Format)
	}
	want := []Proposal{
		{Field: "dcterms:title", Value: "司法厅召开基层服务型党组织现场观摩学习推进会", Start: 0, End: 22, Rule: "title.first-line", Confidence: 0.9},
		{Field: "dcterms:date", Value: "2015-11-22", Detail: "13:35", Start: 23, End: 39, Rule: "date.published-line", Confidence: 0.8},
		{Field: "dcterms:creator", Value: "司法厅", Start: 46, End: 49, Rule: "creator.label", Confidence: 0.75},
		{Field: "dcterms:source", Value: "www.nxsft.gov.cn", Start: 54, End: 70, Rule: "source.label", Confidence: 0.9},
		{Field: "dcterms:temporal", Value: "2015-11-16", Detail: "2015 ← 22.11.2015 13:35", Start: 169, End: 175, Rule: "date.event", Confidence: 0.7},
		{Field: "dcterms:coverage", Value: "石嘴山监狱", Start: 218, End: 223, Rule: "place.where", Confidence: 0.6},
		{Field: "dcterms:contributor", Value: "李振国", Detail: "自治区司法厅党委书记、厅长", Start: 271, End: 287, Rule: "person.office", Confidence: 0.8},
		{Field: "dcterms:contributor", Value: "蔡旭东", Detail: "区直机关工委副书记", Start: 295, End: 307, Rule: "person.office", Confidence: 0.8},
		{Field: "dcterms:contributor", Value: "杨少华", Detail: "司法厅党委副书记、副厅长,巡视员", Start: 317, End: 336, Rule: "person.office", Confidence: 0.8},
	}
	if len(doc.Proposals) != len(want) {
		t.Fatalf("proposals\n got %+v\nwant %+v", doc.Proposals, want)
	}
	for i, p := range doc.Proposals {
		if p != want[i] {
			t.Errorf("proposal %d\n got %+v\nwant %+v", i, p, want[i])
		}
	}
}
