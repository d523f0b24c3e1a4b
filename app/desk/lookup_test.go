package desk

import (
	"encoding/json"
	"strings"
	"testing"

	"fonds/app/template"
	"fonds/storage/archive"
)

// A field whose values come of a list takes a term by its initials or another name, and
// doubts a value that is none; nothing is refused.
func TestFieldsLookTermsUp(t *testing.T) {
	sc := opened(t)
	data, err := template.Bytes(template.Default)
	if err != nil {
		t.Fatal(err)
	}
	var tpl map[string]any
	if err := json.Unmarshal(data, &tpl); err != nil {
		t.Fatal(err)
	}
	for _, f := range tpl["fields"].([]any) {
		if f := f.(map[string]any); f["id"] == "dcterms:creator" {
			f["vocabulary"] = "机构"
		}
	}
	out, err := json.Marshal(tpl)
	if err != nil {
		t.Fatal(err)
	}
	text := string(out)
	content, err := archive.PackTerms([]archive.Term{{ID: "1", Names: []archive.Name{{Text: "自治区司法厅"}}}, {ID: "2", Names: []archive.Name{{Text: "司法局"}}, Also: []archive.Name{{Text: "法务局"}}}})
	if err != nil {
		t.Fatal(err)
	}
	sc.s.Apply(nil, &archive.Edit{Do: "template.set", Template: "own", Text: &text}, &archive.Edit{Do: archive.SetListKind, Name: "机构", Content: content})
	sc.m.Settle()
	creators := func() string {
		var out []string
		for _, it := range sc.s.Document().Values("dcterms:creator") {
			out = append(out, it.Text)
		}
		return strings.Join(out, "|")
	}
	hint := func() string {
		f := sc.s.Field("dcterms:creator")
		return sc.inspector.fields.view(sc.s.Document(), &f).Hint
	}
	for _, x := range []struct{ types, keys, want, doubt string }{
		{"zzq", "Down Return", "自治区司法厅", ""},
		{"别处", "Return", "自治区司法厅别处", "自治区司法厅别处 is not in the list 机构"},
	} {
		sc.FocusField("dcterms:creator")
		sc.m.Settle()
		sc.types(x.types)
		sc.m.Settle()
		sc.keys(strings.Fields(x.keys)...)
		sc.m.Settle()
		if got := creators(); got != x.want {
			t.Errorf("%s %s: %s, want %s", x.types, x.keys, got, x.want)
		}
		if got := hint(); got != x.doubt {
			t.Errorf("%s: doubted %q, want %q", x.types, got, x.doubt)
		}
	}
}

// Typing a synonym or the initials of a tag offers it.
func TestTagsAreFoundByOtherNames(t *testing.T) {
	sc := opened(t)
	names := []string{"开会"}
	sc.s.Apply(nil, &archive.Edit{Do: archive.SetConceptKind, Tag: "党建/会议", UsedFor: &names})
	sc.m.Settle()
	find := sc.inspector.tags.field.OnFind
	for typed, want := range map[string]string{"开会": "党建/会议 开会", "kaih": "党建/会议 开会", "hy": "党建/会议 "} {
		if got := find(typed); len(got) == 0 || got[0].Tag+" "+got[0].By != want {
			t.Errorf("%s: %+v", typed, got)
		}
	}
	// All its initials, or the beginning of a synonym, and Enter: no new tag is made.
	for _, typed := range []string{"hy", "开"} {
		sc.run("tab.tags")
		sc.inspector.tags.focus()
		sc.types(typed)
		sc.keys("Return")
		sc.m.Settle()
		tags := sc.s.Document().Of(archive.ATag)
		if len(tags) == 0 || !tags[len(tags)-1].InForce() || sc.s.Document().Tag("党建/会议") == nil || sc.s.Document().Tag(typed) != nil {
			t.Errorf("%s made %+v", typed, tags)
		}
		sc.s.SetTag("党建/会议", false)
		sc.m.Settle()
	}
}

// The box of a mark offers the URI of whom its words name, of the lists of that kind.
func TestMarksAreOfferedAuthorities(t *testing.T) {
	sc, it := marked(t, "李振国")
	content, err := archive.PackTerms([]archive.Term{{ID: "https://example.org/lzg", Names: []archive.Name{{Text: "李振国"}}, Dates: "1950–"}, {ID: "2", Names: []archive.Name{{Text: "李振国", Lang: "zh"}}}})
	if err != nil {
		t.Fatal(err)
	}
	sc.s.Apply(nil, &archive.Edit{Do: archive.SetListKind, Name: "人名", Kind: "persons", Content: content})
	sc.m.Settle()
	sc.keys("m")
	sc.m.Settle()
	sc.small.FocusAlso()
	sc.keys("Down", "Return")
	sc.m.Settle()
	if got := sc.mark(it.ID).Detail; got != "https://example.org/lzg" {
		t.Errorf("the authority is %q", got)
	}
}
