package ingest

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"fonds/storage/archive"
)

// TestRepairs: what was read in a wrong encoding, and bytes that nothing reads, are
// corrections that are proposed; a sound text has none.
func TestRepairs(t *testing.T) {
	for _, tt := range []struct {
		name, bytes, encoding string
		want                  []archive.Repair
	}{
		{"sound", "司法厅召开推进会，会期两天。\nA plain line.", "", nil},
		{"quotation marks of Windows", "He said \x93yes\x94 and went, as was agreed.", "UTF-8", []archive.Repair{
			{Start: 8, End: 9, Text: "“", Recipe: "bytes 93 at 8 read as windows-1252", Rule: "bytes"},
			{Start: 12, End: 13, Text: "”", Recipe: "bytes 94 at 12 read as windows-1252", Rule: "bytes"}}},
		{"bytes that nothing reads", "今天\xff天气很好", "UTF-8", []archive.Repair{
			{Start: 2, End: 3, Text: "▯", Recipe: "bytes ff at 6", Rule: "bytes.lost"}}},
		{"lost before", "标题：锟斤拷锟斤拷，正文在此。", "", []archive.Repair{
			{Start: 3, End: 9, Text: "▯▯▯▯", Rule: "mojibake.lost"}}},
		{"read in a wrong encoding", "会议强调，鎶婁娇鍛芥斁鍦ㄥ績涓婏紝会后参观。", "", []archive.Repair{
			{Start: 5, End: 17, Text: "把使命放在心上，", Rule: "mojibake"}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d, err := Make([]byte(tt.bytes), "a.txt", tt.encoding)
			if err != nil {
				t.Fatal(err)
			}
			if len(d.Repairs) != len(tt.want) {
				t.Fatalf("got %+v", d.Repairs)
			}
			for i, w := range tt.want {
				g := d.Repairs[i]
				if g.Start != w.Start || g.End != w.End || g.Text != w.Text || g.Rule != w.Rule || w.Recipe != "" && g.Recipe != w.Recipe {
					t.Errorf("got %+v, want %+v", g, w)
				}
			}
		})
	}
}

// TestRepairsAreBounded: a text that is broken everywhere is not proposed of word
// by word without end.
func TestRepairsAreBounded(t *testing.T) {
	d, err := Make([]byte(strings.Repeat("a line of it \xff\n", 3*mostRepairs)), "a.txt", "UTF-8")
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Repairs) != mostRepairs {
		t.Errorf("%d are proposed", len(d.Repairs))
	}
}

// TestSeedRepairs: the broken lines of the sample as archives-zh.md, 6.2, reads them.
func TestSeedRepairs(t *testing.T) {
	data, err := os.ReadFile(shared(t, "seed/000_9213c3033239642a.txt"))
	if err != nil {
		t.Fatal(err)
	}
	d, err := Make(data, "seed.txt", "")
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Borders) != 1 || d.Borders[0].At != 2631 || !slices.Contains(d.Borders[0].Or, 2678) {
		t.Errorf("another document may begin at %+v", d.Borders)
	}
	var aside []string
	for _, z := range d.Furniture {
		aside = append(aside, fmt.Sprintf("%s %d-%d", z.Kind, z.Start, z.End))
	}
	want := "label 23-39, label 40-49, label 50-70, repeat 2600-2609, repeat 2610-2626, stray 2627-2628, stray 2629-2630"
	if got := strings.Join(aside, ", "); got != want {
		t.Errorf("furniture: %s, want %s", got, want)
	}
	if len(d.Repairs) != 2 {
		t.Fatalf("got %+v", d.Repairs)
	}
	for i, want := range []archive.Repair{{Start: 2631, End: 2652, Text: "把使命放在心▯ 把责任扛在肩▯"}, {Start: 2653, End: 2674, Text: "为深入▯习贯彻习近平新时代中▯"}} {
		g := d.Repairs[i]
		if g.Start != want.Start || g.End != want.End || g.Text != want.Text || g.Recipe != "utf-8 read as gbk" {
			t.Errorf("got %+v", g)
		}
		gaps := (&archive.Item{What: archive.ACorrection, Text: g.Text, Detail: g.Detail}).Lacunae()
		for k, c := range []string{[]string{"上", "学"}[i], []string{"上", "国"}[i]} {
			if k >= len(gaps) || !strings.Contains(strings.Join(gaps[k].Candidates[:min(5, len(gaps[k].Candidates))], " "), c) {
				t.Errorf("%s is not among the first five of %+v", c, gaps)
			}
		}
	}
}
