package export

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fonds/app/template"
	"fonds/storage/archive"
)

// TestEAD3Units: the components of documents lie in those of their units, in the order of
// the tree; of a unit without documents of the set there is none, nothing that is hidden is
// said of one, and the file validates.
func TestEAD3Units(t *testing.T) {
	ctx := context.Background()
	a, id := filled(t)
	s := func(v string) *string { return &v }
	unit := func(parent, level, code, title string, values map[string][]string) *archive.Edit {
		return &archive.Edit{Do: archive.SetUnitKind, Parent: &parent, Level: level, Code: &code, Title: &title, Describe: values}
	}
	for _, e := range []*archive.Edit{
		unit("", "fonds", "Z109", "某某局", map[string][]string{"dcterms:creator": {"某某局"}, "dcterms:date": {"1949/1955"}, "dcterms:provenance": {"kept since 1949"}, "dcterms:language": {"zh-Hans"}, "dcterms:rights": {"secret words"}}),
		unit("Z109", "series", "WS", "", nil), unit("Z109/WS", "series", "1949", "", nil), unit("Z109/WS/1949", "file", "003", "会议", nil), unit("Z109", "series", "KJ", "", nil),
		{Do: archive.PlaceKind, Doc: string(id), Unit: s("Z109/WS/1949/003")},
	} {
		if _, err := a.Apply(ctx, "Zhang", e); err != nil {
			t.Fatal(err)
		}
	}
	dir, m := exported(t, a, Choice{Formats: []string{"ead3"}, Hide: []string{"dcterms:rights"}})
	name := filepath.Join(dir, "ead3", "ead3.xml")
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	at := 0
	for _, want := range []string{"\n   <c level=\"fonds\"", "<unittitle>某某局</unittitle>", "<unitid>Z109</unitid>", "1949", "<part>某某局</part>", "<custodhist", "\n    <c level=\"series\"", "\n     <c level=\"subseries\"",
		"\n      <c level=\"file\"", "<unittitle>会议</unittitle>", "\n       <c level=\"item\" id=\"d-" + string(id), "\n      </c>\n     </c>\n    </c>\n   </c>\n", "\n   <c level=\"item\""} {
		i := strings.Index(string(data[at:]), want)
		if i < 0 {
			t.Fatalf("there is no %q behind what comes before it in\n%s", want, data)
		}
		at += i
	}
	units, err := os.ReadFile(filepath.Join(dir, "arrangement.json"))
	if err != nil || !strings.Contains(string(units), `"path": "Z109/WS/1949/003"`) || strings.Contains(string(units), "secret words") || strings.Contains(string(units), "KJ") {
		t.Errorf("the units that go along: %s %v", units, err)
	}
	for _, no := range []string{"KJ", "secret words"} {
		if strings.Contains(string(data), no) {
			t.Errorf("%s is given out", no)
		}
	}
	if n := m.Counts["ead3"]["units"]; n != 4 {
		t.Errorf("counted %d units", n)
	}
	if left := every(t, dir); strings.Contains(strings.Join(left, " "), ".part") {
		t.Errorf("left beside it: %v", left)
	}
	valid(t, []string{name}, "xmllint", "--nonet", "--noout", "--schema", shared(t, "corpora/ead3/ead3.xsd"))
	valid(t, []string{name}, "jing", shared(t, "corpora/ead3/ead3.rng"))
}

// TestTemplatesAsXML: a document with every field of a template filled is valid, whichever
// of the program's templates it is, and nothing of it is lost.
func TestTemplatesAsXML(t *testing.T) {
	ctx := context.Background()
	for _, id := range template.IDs() {
		form, err := template.Read(id)
		if err != nil {
			t.Fatal(err)
		}
		a, doc := filled(t)
		var edits []*archive.Edit
		if id != template.Default { // which it has
			edits = append(edits, &archive.Edit{Do: "template.set", Template: id})
		}
		var said []string
		for i, f := range form.Fields {
			value := fmt.Sprintf("值%d号", i)
			switch {
			case f.Compute != "" || f.ID == AccessField || f.ID == AvailableField:
				continue
			case len(f.Choices) > 0:
				value = f.Choices[0].Value
			case f.Type == template.Date:
				value = "1958-03"
			case f.Type == template.Language:
				value = "zh-Hans"
			case f.Type == template.Address:
				value = fmt.Sprintf("https://example.org/%d", i)
			default:
				said = append(said, value)
			}
			edits = append(edits, &archive.Edit{Do: "field.set", Doc: string(doc), Field: f.ID, Values: []archive.ValueIn{{Value: value}}})
		}
		for _, e := range edits {
			if _, err := a.Apply(ctx, "Zhang", e); err != nil {
				t.Fatal(id, e.Field, err)
			}
		}
		dir, _ := exported(t, a, Choice{Formats: []string{"ead3"}})
		name := filepath.Join(dir, "ead3", "ead3.xml")
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range said {
			if !strings.Contains(string(data), v) {
				t.Errorf("%s: %s is lost", id, v)
			}
		}
		valid(t, []string{name}, "xmllint", "--nonet", "--noout", "--schema", shared(t, "corpora/ead3/ead3.xsd"))
	}
}
