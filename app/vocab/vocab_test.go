package vocab

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"fonds/storage/archive"
)

func sample() *Vocabulary {
	return &Vocabulary{Title: "会议 \"词表\"", URI: "https://example.org/scheme", Licence: "https://creativecommons.org/publicdomain/zero/1.0/", Terms: []archive.Term{
		{ID: "https://example.org/1", Names: []archive.Name{{Text: "会议", Lang: "zh-Hans"}, {Text: "Meetings", Lang: "en"}}, Also: []archive.Name{{Text: "开会", Lang: "zh-Hans"}, {Text: "a|b", Lang: "en"}}, Scope: "记录、纪要。\nNot: =letters"},
		{ID: "2 号", Names: []archive.Name{{Text: "党建会议"}}, Broader: "https://example.org/1", Dates: "1949–", Colour: 3},
		{ID: "3", Names: []archive.Name{{Text: "=SUM(A1)"}, {Text: "'quoted"}}, Broader: "2 号"},
	}}
}

// TestRoundTrip: what is written in any format is read again as it was.
func TestRoundTrip(t *testing.T) {
	v := sample()
	v.Terms[2].Names = v.Terms[2].Names[:1] // one preferred name of a language
	for _, f := range []Format{Turtle, JSONLD, CSV, TSV} {
		again(t, v, f)
	}
	out, _ := Write(v, Turtle)
	w, err := Read(out, Turtle)
	if err != nil || w.Title != v.Title || w.URI != v.URI || w.Licence != v.Licence || w.Wrong != 0 {
		t.Errorf("%+v %v", w, err)
	}
}

// TestRefused: what cannot be a vocabulary is refused whole, in words that name what is
// wrong.
func TestRefused(t *testing.T) {
	head := "@prefix s: <" + skosNS + "> .\n"
	for _, tt := range []struct {
		in   string
		f    Format
		code string
		says string
	}{
		{head + `<a:1> s:prefLabel "甲" ; s:broader <a:2> . <a:2> s:prefLabel "乙" ; s:broader <a:3> . <a:3> s:prefLabel "丙" ; s:broader <a:1> .`, Turtle, "vocab-loop", "甲 › 乙 › 丙 › 甲"},
		{head + `<a:1> s:prefLabel "甲" ; s:broader <a:1> .`, Turtle, "vocab-loop", "甲 › 甲"},
		{head + `<a:1> s:prefLabel "甲" . <a:2> s:prefLabel "乙`, Turtle, "vocab-turtle", "2"},
		{head, Turtle, "vocab-none", ""},
		{head + `<a:1> s:prefLabel "` + strings.Repeat("x", 1<<20) + `" .`, Turtle, "term-name", "500"},
		{`{"@context":"https://example.org/c.jsonld","@id":"a:1"}`, JSONLD, "vocab-context", "https://example.org/c.jsonld"},
		{`{"@graph":[` + "\n" + `{"@id":}]}`, JSONLD, "vocab-json", "2"},
		{strings.Repeat("[", 100000), JSONLD, "vocab-jsonld", ""},
		{"label,broader\na,b\nb,a\n", CSV, "vocab-loop", "a › b › a"},
		{"x,y\n1,2\n", CSV, "vocab-head", "x, y"},
		{"id,label\n1,a\n1,b\n", CSV, "vocab-row-twice", "3"},
		{"id,label\n1,\n", CSV, "vocab-row", "2"},
		{"id,label\n1,\"a\n", CSV, "vocab-table", "2"},
		{"", CSV, "vocab-none", ""},
		{"\xff\xfe\x00", CSV, "vocab-encoding", ""},
	} {
		v, err := Read([]byte(tt.in), tt.f)
		var r *archive.Refusal
		if !errors.As(err, &r) || r.Code != tt.code || !strings.Contains(r.Error()+fmt.Sprint(r.Args), tt.says) {
			t.Errorf("%.60q: got %v, want %s", tt.in, err, tt.code)
		}
		if err != nil && v != nil && len(v.Terms) > 0 && tt.code == "vocab-turtle" {
			t.Errorf("%.60q: half of it was taken", tt.in)
		}
	}
}

// TestProblems: what can be taken with something to be wished for is taken, and told.
func TestProblems(t *testing.T) {
	v, err := Read([]byte("@prefix s: <"+skosNS+`> .
<a:1> a s:Concept ; s:prefLabel "甲"@zh , "甲二"@zh ; s:definition "d" ; s:narrower <a:2> .
<a:2> s:prefLabel "乙" ; s:broader <a:9> .
<a:3> s:prefLabel "丙" ; s:broader <a:8> . <a:4> s:prefLabel "丙" . <x:y/5> a s:Concept .`), Turtle)
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, p := range v.Problems {
		var r *archive.Refusal
		if errors.As(p, &r) {
			codes = append(codes, r.Code)
		}
	}
	if got := strings.Join(codes, " "); got != "vocab-several vocab-preferred vocab-unnamed vocab-broader vocab-broader vocab-same" {
		t.Error(got)
	}
	if v.Terms[0].Scope != "d" || len(v.Terms[0].Also) != 1 || v.Terms[4].Name("") != "5" || v.Wrong != len(codes) {
		t.Errorf("%+v", v.Terms)
	}
}

// TestTables: columns may have Chinese names, broader terms are named by id or name, a
// table in GB 18030 is read.
func TestTables(t *testing.T) {
	for in, want := range map[string]string{
		"编号,上位词,规范名称,英文,label@en,别名\n1,,机构,x,Bodies,\n2,1,司法局,y,,司法厅|法务局\n": "1 机构 Bodies <; 2 司法局 <1 司法厅 法务局; ",
		"label;broader\n甲;\n乙;甲\n":                                 "甲 甲 <; 乙 乙 <甲; ",
		"路径\t说明\n党建/会议/纪要\tx\n":                                    "党建/会议/纪要 纪要 <党建/会议; 党建/会议 会议 <党建; 党建 党建 <; ",
		"\xb1\xe0\xba\xc5,\xc3\xfb\xb3\xc6\n1,\xb5\xb3\xbd\xa8\n":  "1 党建 <; ",
		"uri,id,label,parent\nhttp://x/1,1,a,\nhttp://x/2,2,b,1\n": "http://x/1 a <; http://x/2 b <http://x/1; ",
	} {
		v, err := Read([]byte(in), CSV)
		if err != nil {
			t.Errorf("%q: %v", in, err)
			continue
		}
		got := ""
		for _, x := range v.Terms {
			got += x.ID
			for _, n := range x.Names {
				got += " " + n.Text
			}
			got += " <" + x.Broader
			for _, n := range x.Also {
				got += " " + n.Text
			}
			got += "; "
		}
		if got != want {
			t.Errorf("%q:\n got %s\nwant %s", in, got, want)
		}
	}
}

// TestTags: the archive's tags as a vocabulary say again what is said of them.
func TestTags(t *testing.T) {
	concepts := map[string]archive.Concept{
		"党建/会议": {Tag: "党建/会议", Scope: "纪要", UsedFor: []string{"开会"}, Names: map[string]string{"en": "Meetings"}, URI: "https://example.org/1", Colour: 2},
		"未用":    {Tag: "未用", Scope: "planned"},
	}
	v := OfTags(map[string]int{"党建/会议": 3, "党建/学习/2015": 1}, concepts)
	var ids []string
	for _, x := range v.Terms {
		ids = append(ids, fmt.Sprintf("%s:%d", x.ID, v.Counts[x.ID]))
	}
	if got := strings.Join(ids, " "); got != "党建:0 党建/会议:3 党建/学习:0 党建/学习/2015:1 未用:0" {
		t.Fatal(got)
	}
	for _, f := range []Format{Turtle, JSONLD, CSV, TSV} {
		out, err := Write(v, f)
		if err != nil {
			t.Fatal(err)
		}
		w, err := Read(out, f)
		if err != nil {
			t.Fatalf("%s: %v\n%s", f, err, out)
		}
		w.Paths = w.Paths || f == CSV || f == TSV
		edits, tags := TagEdits(w, nil, "zh-Hans")
		if len(edits) != 5 {
			t.Fatalf("%s: %v\n%s", f, tags, out)
		}
		e := edits[1]
		if e.Tag != "党建/会议" || *e.Scope != "纪要" || strings.Join(*e.UsedFor, ",") != "开会" || (*e.Names)["en"] != "Meetings" || *e.URI != "https://example.org/1" || *e.Colour != 2 {
			t.Errorf("%s: %s %+v", f, e.Tag, e)
		}
		if edits, _ := TagEdits(w, concepts, "zh-Hans"); len(edits) != 3 { // those that nothing was said of
			t.Errorf("%s: %d edits of what is said already", f, len(edits))
		}
	}
}
