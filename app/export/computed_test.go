package export

import (
	"context"
	"slices"
	"strings"
	"testing"

	"fonds/app/template"
	"fonds/storage/archive"
)

// TestComputed: what the program knows of a document by the template stands among its
// values in every format, and a value that somebody gave stands in its place.
func TestComputed(t *testing.T) {
	ctx := context.Background()
	a, id := planted(t, "李振国")
	if _, err := a.Apply(ctx, "Zhang", &archive.Edit{Do: "template.set", Template: "dat18"}); err != nil {
		t.Fatal(err)
	}
	formats := slices.DeleteFunc(Formats(), func(f string) bool { return f == "ro-crate" || f == "bagit" }) // they want the originals
	out, _ := exported(t, a, Choice{Formats: formats})
	files := tree(t, out)
	for name, wants := range map[string][]string{
		"jsonl/documents.jsonl": {`"dat18:fileFormat","value":"txt"`, `"dat18:describer","value":"Zhang"`, `"dat18:described","value":"2026-11-23"`, `"by":"machine"`},
		"csv/values.csv":        {",dat18:fileSize,"},
	} {
		said, ok := files[name]
		for _, want := range wants {
			if !strings.Contains(said, want) {
				t.Errorf("%s lacks %s", name, want)
			}
		}
		if !ok && name == "jsonl/documents.jsonl" {
			t.Errorf("there is no %s", name)
		}
	}
	if _, err := a.Apply(ctx, "Zhang", &archive.Edit{Do: "field.set", Doc: string(id), Field: "dat18:fileFormat", Values: []archive.ValueIn{{Value: "纯文本"}}}); err != nil {
		t.Fatal(err)
	}
	out, _ = exported(t, a, Choice{Formats: []string{"jsonl"}})
	if said := tree(t, out)["jsonl/documents.jsonl"]; !strings.Contains(said, `"dat18:fileFormat","value":"纯文本"`) || strings.Count(said, `"computed.format"`) != 1 {
		t.Errorf("a value that somebody gave does not stand in the place of the computed one: %s", said)
	}
	// An item without a value in what only a fonds needs lacks nothing by that.
	tpl, err := template.Read("dat18")
	if err != nil {
		t.Fatal(err)
	}
	set := func(field, value string) {
		t.Helper()
		if _, err := a.Apply(ctx, "Zhang", &archive.Edit{Do: "field.set", Doc: string(id), Field: field, Values: []archive.ValueIn{{Value: value}}}); err != nil {
			t.Fatal(err)
		}
	}
	lacks := func() int {
		t.Helper()
		s, err := Look(ctx, a, Choice{Formats: []string{"jsonl"}}, tpl.Required, Options{})
		if err != nil {
			t.Fatal(err)
		}
		return s.Missing
	}
	if got := lacks(); got != 2 {
		t.Errorf("%d lack something before anything is filled, want 2", got)
	}
	for field, value := range map[string]string{"dat18:level": "类别级", "dcterms:identifier": "Z109-WS", "dcterms:title": "文书", "dcterms:date": "2015", "dcterms:creator": "司法厅"} {
		set(field, value)
	}
	if got := lacks(); got != 1 {
		t.Errorf("%d lack something when a series has what it needs, want 1", got)
	}
	set("dat18:level", "全宗级")
	if got := lacks(); got != 2 {
		t.Errorf("%d lack something when it is a fonds, want 2: the repository's code", got)
	}
}
