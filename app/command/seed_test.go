package command

import (
	"fmt"
	"os"
	"testing"

	"fonds/app/export"
)

// The document that Fonds was first made for: what stands plainly in it is
// proposed, each with the words it was read from.
func TestImportSeed(t *testing.T) {
	const seed = "../../../shared/seed"
	if _, err := os.Stat(seed); err != nil {
		t.Skip("the seed document is not here: ", err)
	}
	b := newBench(t)
	b.must("new", "@a.fonds")
	files := objects[imported](t, b.must("import", "@a.fonds", seed, "--json"))
	b.must("verify", "@a.fonds")
	view := objects[export.Document](t, b.must("show", "@a.fonds", string(files[0].ID), "--json"))[0]
	got := map[string]string{}
	for _, f := range view.Fields {
		if f.State != "proposed" || f.By != "machine" {
			t.Errorf("%s is %s by %s: a machine only proposes", f.Field, f.State, f.By)
		}
		got[f.Field] = fmt.Sprint(f.Value, "|", f.Detail, "|", f.Evidence.Start, "-", f.Evidence.End, "|", f.Evidence.Quote)
	}
	for field, want := range map[string]string{
		"dcterms:title":   "司法厅召开基层服务型党组织现场观摩学习推进会||0-22|司法厅召开基层服务型党组织现场观摩学习推进会",
		"dcterms:date":    "2015-11-22|13:35|23-39|22.11.2015 13:35",
		"dcterms:creator": "司法厅||46-49|司法厅",
		"dcterms:source":  "www.nxsft.gov.cn||54-70|www.nxsft.gov.cn",
	} {
		same(t, field, got[field], want)
	}
	text := []rune(b.must("text", "@a.fonds", string(files[0].ID)))
	if len(text) != files[0].Chars || string(text[54:70]) != "www.nxsft.gov.cn" {
		t.Errorf("%d code points, want %d; at 54-70 stands %q", len(text), files[0].Chars, string(text[54:70]))
	}
}
