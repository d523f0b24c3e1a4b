package command

import (
	"encoding/json"
	"strings"
	"testing"

	"fonds/app/template"
)

// TestTemplateVerb: an archive is described by another template, by one of a file, and
// nothing that documents say is lost by it; names of its fields go into queries.
func TestTemplateVerb(t *testing.T) {
	b := counted(t)
	if s := b.must("template"); !strings.Contains(s, "dat18 ") || !strings.Contains(s, "isadg ") || len(strings.Split(strings.TrimSpace(s), "\n")) != len(template.IDs()) {
		t.Errorf("there are:\n%s", s)
	}
	if s := b.must("template", "@a.fonds"); !strings.Contains(s, "dcterms:title") {
		t.Errorf("the archive has:\n%s", s)
	}
	if s := b.must("template", "@a.fonds", "--set", "dat18", "--as", "Zhang"); !strings.Contains(s, "DA/T 18") {
		t.Errorf("set:\n%s", s)
	}
	b.apply(`{"do":"field.set","doc":"path:3.txt","field":"保管期限","values":[{"value":"永久"}]}`)
	if s := b.must("list", "@a.fonds", "--json", "--query", "保管期限:永久"); strings.Count(s, "\n") != 1 {
		t.Errorf("by a field of the template:\n%s", s)
	}
	var own map[string]any
	if err := json.Unmarshal([]byte(b.must("template", "@a.fonds", "--json")), &own); err != nil {
		t.Fatal(err)
	}
	own["id"] = "county"
	own["fields"] = append(own["fields"].([]any)[:4:4], map[string]any{"id": "county:shelf", "label": map[string]any{"en": "Shelf", "zh-Hans": "架位"}, "type": "text", "pattern": "^[A-Z]"})
	data, err := json.Marshal(own)
	if err != nil {
		t.Fatal(err)
	}
	b.write("own.json", string(data))
	s := b.must("template", "@a.fonds", "--set", b.file("own.json"), "--as", "Zhang")
	if !strings.Contains(s, "dat18:retention (1 document)") || !strings.Contains(s, "dcterms:creator (1 document)") {
		t.Errorf("what stays:\n%s", s)
	}
	b.apply(`{"do":"field.set","doc":"path:3.txt","field":"Shelf","values":[{"value":"A1"}]}`)
	if s := b.must("show", "@a.fonds", "path:3.txt", "--json"); !strings.Contains(s, "county:shelf") || !strings.Contains(s, "永久") {
		t.Errorf("the document says:\n%s", s)
	}
	for range 2 { // the value, and the template
		b.must("undo", "@a.fonds", "--as", "Zhang")
	}
	if s := b.must("template", "@a.fonds"); !strings.Contains(s, "(dat18)") {
		t.Errorf("after undo it has:\n%s", s)
	}
	b.must("verify", "@a.fonds")
}

// TestTemplateWrong: what is no template says what is wrong with which field, and the
// archive keeps its own.
func TestTemplateWrong(t *testing.T) {
	b := counted(t)
	field := `{"id":"x:a","label":{"en":"A"},"type":"text"}`
	for body, says := range map[string]string{
		`{`: "no template",
		`{"id":"x","label":{"en":"X"},"fields":[` + field + `]} more`:                                          "behind its end",
		`{"id":"x","label":{"en":"X"},"fields":[` + field + `,` + field + `]}`:                                 "another field has the same id",
		`{"id":"x","label":{"en":"X"},"fields":[]}`:                                                            "no fields",
		`{"id":"x y","label":{"en":"X"},"fields":[` + field + `]}`:                                             "not called",
		`{"id":"x","label":{"en":"X"},"fields":[{"id":"a","label":{"en":"A"},"type":"text"}]}`:                 "a prefix",
		`{"id":"x","label":{"en":"X"},"fields":[{"id":"x:a","label":{"en":"A"},"type":"colour"}]}`:             "colour",
		`{"id":"x","label":{"en":"X"},"fields":[{"id":"x:a","label":{"en":"A"},"type":"choice"}]}`:             "the list is empty",
		`{"id":"x","label":{"en":"X"},"fields":[{"id":"x:a","label":{"en":"A"},"type":"text","pattern":"("}]}`: "pattern",
		`{"id":"x","label":{"en":"X"},"fields":[{"id":"x:a","label":{"en":"A"},"type":"text","wings":2}]}`:     "wings",
	} {
		b.write("t.json", body)
		if code := b.run("template", "@a.fonds", "--set", b.file("t.json"), "--as", "Zhang"); code == 0 || !strings.Contains(b.stderr, says) {
			t.Errorf("%s ends with %d: %s", body, code, b.stderr)
		}
	}
	if b.run("template", "@a.fonds", "--set", "none", "--as", "Zhang") != 2 || b.run("template", "--set", "isadg") != 2 {
		t.Errorf("one that is none: %s", b.stderr)
	}
	if b.run("template", "@a.fonds", "--set", "isadg", "--as", "Li"); b.exit != 4 {
		t.Errorf("by who is no owner: %d %s", b.exit, b.stderr)
	}
	if s := b.must("template", "@a.fonds"); !strings.Contains(s, "(dublincore)") {
		t.Errorf("the archive has:\n%s", s)
	}
}
