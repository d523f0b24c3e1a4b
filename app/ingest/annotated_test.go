package ingest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// corpus is material of others, beside the repository or below FONDS_SHARED.
func corpus(t testing.TB, path string) string {
	t.Helper()
	if dir := os.Getenv("FONDS_SHARED"); dir != "" {
		name := filepath.Join(dir, "corpora", filepath.FromSlash(path))
		if _, err := os.Stat(name); err == nil {
			return name
		}
	}
	return shared(t, "corpora/"+path)
}

// compact is what was read, in a line.
func compact(docs ...Annotated) string {
	var b strings.Builder
	for _, d := range docs {
		fmt.Fprintf(&b, "%s %q %v %v", d.Name, d.Text, d.Tags, d.Fields)
		if len(d.Not) > 0 {
			fmt.Fprintf(&b, " not %v", d.Not)
		}
		for _, m := range d.Marks {
			fmt.Fprintf(&b, " [%d %d %s %q %s]", m.Start, m.End, m.Label, m.Comment, m.Authority)
		}
		for _, f := range d.Fixes {
			fmt.Fprintf(&b, " {%d %d %q %q}", f.Start, f.End, f.Text, f.Reason)
		}
		b.WriteByte('\n')
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func TestReadDoccano(t *testing.T) {
	for _, tt := range []struct{ name, data, want, dropped, err string }{
		{"sequence labelling", `{"text": "EU 拒绝", "label": [[0, 2, "ORG"], [3,5,"人"]]}` + "\n" + `{"id": 7, "text": "b", "label": []}`,
			"1 \"EU 拒绝\" [] map[] [0 2 ORG \"\" ] [3 5 人 \"\" ]\n7 \"b\" [] map[]", "", ""},
		{"tags", `{"text":"ab","entities":[[0,1,"x"]],"cats":["flight"],"Comments":["c"]}`, `1 "ab" [flight] map[] [0 1 x "" ]`, "", ""},
		{"objects", `{"text":"ab","entities":[{"id":0,"start_offset":0,"end_offset":2,"label":"x"}],"relations":[{},{}]}`, `1 "ab" [] map[] [0 2 x "" ]`, "document 1: 2 relations between spans were left out", ""},
		{"lines", `{"text":"a\r\nb\rc","label":[[3,4,"b"],[0,3,"a"],[5,6,"c"]]}`, `1 "a\nb\nc" [] map[] [2 3 b "" ] [0 2 a "" ] [4 5 c "" ]`, "", ""},
		{"outside", `{"text":"𠀀b","label":[[0,3,"x"],[-1,1,"x"],[2,1,"x"],[0.5,1,"x"],["0",1,"x"],[0,1]]}`, `1 "𠀀b" [] map[]`,
			"document 1, span 4: it is not [start, end, \"label\"]; it was left out|document 1, span 5: it is not [start, end, \"label\"]; it was left out|document 1, span 6: it is not [start, end, \"label\"]; it was left out|" +
				"document 1, span 1: 0 to 3 is no place in the text of 2 characters; it was left out|document 1, span 2: -1 to 1 is no place in the text of 2 characters; it was left out|document 1, span 3: 2 to 1 ends before it begins; it was left out", ""},
		{"no text", `{"label":[[0,1,"x"]]}`, "", "", `document 1 has no text: it should be under "text"`},
		{"no JSON", `{"text":`, "", "", "it is no JSON: after value 0: unexpected EOF"},
		{"no UTF-8", "{\"text\":\"\xFF\"}", "", "", "it is no JSON: it is not in UTF-8; write it in UTF-8"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			docs, dropped, err := readDoccano([]byte(tt.data), 1)
			same(t, docs, dropped, err, tt.want, tt.dropped, tt.err)
		})
	}
}

func same(t *testing.T, docs []Annotated, dropped []string, err error, want, wantDropped, wantErr string) {
	t.Helper()
	if err != nil || wantErr != "" {
		if fmt.Sprint(err) != wantErr {
			t.Errorf("got error %v, want %s", err, wantErr)
		}
		return
	}
	if got := compact(docs...); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := strings.Join(dropped, "|"); got != wantDropped {
		t.Errorf("dropped %s\nwant    %s", got, wantDropped)
	}
}

func TestReadLabelStudio(t *testing.T) {
	task := func(text, results string) string {
		return `[{"id":3,"data":{"text":` + text + `},"annotations":[{"result":[` + results + `]}]}]`
	}
	region := func(id string, start, end int, text string) string {
		if text != "" {
			text = `,"text":` + text
		}
		return fmt.Sprintf(`{"id":%q,"from_name":"label","to_name":"text","type":"labels","value":{"start":%d,"end":%d,"labels":["P"]%s}}`, id, start, end, text)
	}
	for _, tt := range []struct{ name, data, want, dropped string }{
		{"code points", task(`"💩This is an annotation"`, region("r", 12, 22, `"annotation"`)), `3 "💩This is an annotation" [] map[] [12 22 P "" ]`, ""},
		{"code units", task(`"💩This is an annotation"`, region("r", 13, 23, `"annotation"`)+","+region("s", 0, 2, "")), `3 "💩This is an annotation" [] map[] [12 22 P "" ] [0 1 P "" ]`, ""},
		{"who knows", task(`"💩aa"`, region("r", 1, 2, "")), `3 "💩aa" [] map[]`,
			"task 3: the region from 1 to 2 comes without its words, and the text has characters that some versions count as two; it was left out"},
		{"either", task(`"aab"`, region("r", 1, 2, "")), `3 "aab" [] map[] [1 2 P "" ]`, ""},
		{"other words", task(`"abc"`, region("r", 1, 2, `"c"`)), `3 "abc" [] map[]`, "task 3, region \"r\": at 1 to 2 the text has \"b\", not \"c\"; it was left out"},
		{"lines", task(`"a\r\nb\nc"`, region("r", 3, 4, `"b"`)+","+region("s", 0, 4, `"a\\n\\nb"`)+","+region("q", 3, 6, `"b\\nc"`)), `3 "a\nb\nc" [] map[] [2 3 P "" ] [2 5 P "" ]`,
			"task 3, region \"s\": at 0 to 4 the text has \"a\\r\\nb\", not \"a\\\\n\\\\nb\"; it was left out"},
		{"comment, tag", task(`"abc"`, region("r", 0, 1, `"a"`)+`,{"id":"r","from_name":"c","type":"textarea","value":{"text":["one","two"]}},{"id":"z","type":"choices","value":{"choices":["good"]}}`),
			`3 "abc" [good] map[] [0 1 P "one\ntwo" ]`, ""},
		{"twice", `[{"id":3,"data":{"x":"abc"},"annotations":[{"result":[` + region("r", 0, 1, `"a"`) + `]},{"result":[` + region("s", 0, 1, `"a"`) + `]},{"was_cancelled":true,"result":[]}],"predictions":[{}]}]`,
			`3 "abc" [] map[] [0 1 P "" ]`, "task 3: a cancelled annotation was left out|task 3: 1 predictions of machines were left out"},
		{"a picture", `[{"id":3,"data":{"image":"x.png"},"annotations":[{"result":[{"id":"b","type":"rectanglelabels","value":{}}]}]}]`, "", "task 3: it has no text in its data; it was left out"},
		{"a page", task(`"abc"`, `{"id":"h","type":"labels","value":{"start":"/p[1]/text()[1]","end":"/p[1]","labels":["P"]}}`), `3 "abc" [] map[]`, "task 3: the region \"h\" has no start and end in the text; it was left out"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if !isLabelStudio([]byte(tt.data)) {
				t.Error("it is not taken for Label Studio's")
			}
			docs, dropped, err := readLabelStudio([]byte(tt.data), 1)
			same(t, docs, dropped, err, tt.want, tt.dropped, "")
		})
	}
}

func TestReadBrat(t *testing.T) {
	for _, tt := range []struct{ name, txt, ann, want, dropped string }{
		{"place, note, name", "李振国 came", "T1\tPerson 0 3\t李振国\n#1\tAnnotatorNotes T1\ta note\nN1\tReference T1 https://viaf.org/1\tLi\n", ` "李振国 came" [] map[] [0 3 Person "a note" https://viaf.org/1]`, ""},
		{"over lines", "ab\ncd", "T1\tX 0 2;3 5\tab cd", ` "ab\ncd" [] map[] [0 5 X "" ]`, ""},
		{"fragments", "ab cd ef", "T1\tX 0 2;6 8\tab ef\n#1\tAnnotatorNotes T1\tn", ` "ab cd ef" [] map[] [0 2 X "n" ] [6 8 X "n" ]`, ""},
		{"\\r\\n as two", "a\r\nbc\r\n", "T1\tX 3 5\tbc", ` "a\nbc\n" [] map[] [2 4 X "" ]`, ""},
		{"\\r\\n as one", "a\r\nbc\r\n", "T1\tX 2 4\tbc\r\nT2\tX 0 1\ta", ` "a\nbc\n" [] map[] [2 4 X "" ] [0 1 X "" ]`, ""},
		{"bytes", "李振国 came", "T1\tX 10 14\tcame\nT2\tX 4 8\tcame", ` "李振国 came" [] map[] [4 8 X "" ]`, "T1: 10 to 14 is no place in the text of 8 characters; it was left out"},
		{"other words", "abc", "T1\tX 0 1\tb\nT2\tX 2 1\t\nT3 X 0 1\tq", ` "abc" [] map[]`,
			"\"T3 X 0 1\\tq\": it is not an identifier, a tab, a type, start and end, a tab, and the words; it was left out|T1: the text has \"a\" there, not \"b\"; it was left out|T2: 2 to 1 ends before it begins; it was left out"},
		{"others", "abc", "T1\tX 0 1\ta\nR1\tOf Arg1:T1 Arg2:T1\nA1\tNegated T1\nN1\tReference T1 Wikipedia:1\ta\n#1\tAnnotatorNotes T9\tx\n*\tEquiv T1 T1\n?\n", ` "abc" [] map[] [0 1 X "" ]`,
			"\"?\": it is none of brat's lines: \"?\"; it was left out|1 relations were left out|1 attributes were left out|1 names in lists that are no addresses, or of what is not there, were left out|1 notes on what is not there were left out|1 equivalences were left out"},
		{"correction", "abc", "T1\tCorrection 0 1\ta\n#1\tAnnotatorNotes T1\tnew words: x\\u{000A}\n#2\tAnnotatorNotes T1\treason: ocr\nT2\tCorrection 1 2\tb\n#3\tAnnotatorNotes T2\told words: q\nT3\tCorrection 2 3\tc\n",
			` "abc" [] map[] [2 3 Correction "" ] {0 1 "x\n" "ocr"}`, ""},
		{"names", "abc", "T1\t_u4EBA_ 0 1\ta\nT2\t_u0043_orrection 0 1\ta\n#1\tAnnotatorNotes T2\tnew words: \\u{zz} C:\\u\n", ` "abc" [] map[] [0 1 人 "" ] [0 1 Correction "new words: \\u{zz} C:\\u" ]`, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			doc, dropped, err := readBrat([]byte(tt.txt), []byte(tt.ann))
			same(t, []Annotated{doc}, dropped, err, tt.want, tt.dropped, "")
		})
	}
	if _, _, err := readBrat([]byte("\xFF"), nil); err == nil {
		t.Error("what is not in UTF-8 was read")
	}
}

func TestReadWebAnnotation(t *testing.T) {
	one := func(body, target string) string {
		return `{"@context":"http://www.w3.org/ns/anno.jsonld","id":"urn:a","type":"Annotation",` + body + `"target":` + target + `}`
	}
	at := func(start, end int, exact string) string {
		return fmt.Sprintf(`{"source":"urn:d","selector":[{"type":"TextPositionSelector","start":%d,"end":%d}%s]}`, start, end, exact)
	}
	exact := func(s string) string { return `,{"type":"TextQuoteSelector","exact":"` + s + `"}` }
	label := `"motivation":"tagging","body":{"type":"TextualBody","value":"P"},`
	const text = "💩ab\r\nab c"
	for _, tt := range []struct{ name, data, want, dropped string }{
		{"code points", one(label, at(1, 3, exact("ab"))), ` "💩ab\nab c" [] map[] [1 3 P "" ]`, ""},
		{"code units", one(label, at(6, 8, exact("ab"))), ` "💩ab\nab c" [] map[] [4 6 P "" ]`, ""},
		{"by the standard", one(label, at(5, 7, "")), ` "💩ab\nab c" [] map[] [4 6 P "" ]`, ""},
		{"other words", one(label, at(1, 3, exact("c"))), ` "💩ab\nab c" [] map[]`, "urn:a: at 1 to 3 the text has \"ab\", not \"c\"; it was left out"},
		{"outside", one(label, at(1, 300, "")), ` "💩ab\nab c" [] map[]`, "urn:a: 1 to 300 is no place in the text of 9 characters; it was left out"},
		{"words once", one(label, `{"source":"urn:d","selector":{"type":"TextQuoteSelector","exact":"ab","suffix":" c"}}`), ` "💩ab\nab c" [] map[] [4 6 P "" ]`, ""},
		{"words twice", one(label, `{"source":"urn:d","selector":{"type":"TextQuoteSelector","exact":"ab"}}`), ` "💩ab\nab c" [] map[]`, "urn:a: the words \"ab\", with those around them, stand in the text 2 times; it was left out"},
		{"otherwise", one(label, `{"source":"urn:d","selector":{"type":"XPathSelector","value":"/p","refinedBy":{"type":"TextPositionSelector","start":0,"end":1}}}`), ` "💩ab\nab c" [] map[]`,
			"urn:a: its place is not given by position or words in a text; it was left out"},
		{"whole", one(label, `"urn:d"`), ` "💩ab\nab c" [P] map[]`, ""},
		{"whole, a comment", one(`"bodyValue":"c",`, `"urn:d"`), ` "💩ab\nab c" [] map[]`, ""},
		{"comment, authority", one(`"body":[{"value":"c","purpose":"commenting"},{"source":"https://viaf.org/1","purpose":"identifying"}],`, at(1, 3, "")), ` "💩ab\nab c" [] map[] [1 3  "c" https://viaf.org/1]`, ""},
		{"edit", one(`"motivation":"editing","body":[{"value":"x"},{"value":"why","purpose":"commenting"}],`, at(1, 3, "")), ` "💩ab\nab c" [] map[] {1 3 "x" "why"}`, ""},
		{"an edit in force", one(`"motivation":"editing","body":{"value":"ab"},`, at(1, 3, "")), ` "💩ab\nab c" [] map[]`, ""},
		{"elsewhere", one(label, `"urn:e"`), "", "urn:e: its text is not there; put it beside the annotations, 1 of which were left out"},
		{"a page", `{"@context":["http://www.w3.org/ns/anno.jsonld"],"type":"AnnotationPage","items":[` + one(label, at(1, 3, "")) + `],"next":"urn:p2"}`, ` "💩ab\nab c" [] map[] [1 3 P "" ]`,
			"the page urn:p2 is not in the file; read it too"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if !isWebAnnotation([]byte(tt.data)) {
				t.Error("it is not taken for a Web Annotation")
			}
			docs, dropped, err := readWebAnnotation([]byte(tt.data), func(s string) (string, bool) { return text, s == "urn:d" })
			same(t, docs, dropped, err, tt.want, tt.dropped, "")
		})
	}
}

// recognisers are those of each shape.
var recognisers = map[string]func([]byte) bool{"doccano": isDoccano, "Label Studio": isLabelStudio, "Web Annotation": isWebAnnotation}

// TestShapes: each file is taken for what it is, and other JSON for nothing.
func TestShapes(t *testing.T) {
	for data, want := range map[string]string{
		"": "", "null": "", "[]": "", "{}": "", "3": "", `{"text":"a"}`: "", `{"text":"a","label":["positive"]}`: "", `{"text":"a","label":[]}`: "",
		`{"text":"a","label":[[0,1,"x"],"y"]}`: "", `{"text":"a","ents":[],"spans":{"sc":[]}}`: "", `{"text":"a","label":[[0,1,"x"]]} 3`: "",
		`{"text":"a","label":[],"Comments":[]}`: "doccano", `[{"text":"a","label":[[0,1,"x"]]}]`: "doccano",
		`[{"data":{"text":"a"}}]`: "", `[{"data":{},"annotations":[{}]}]`: "", `[{"data":{},"annotations":[]}]`: "Label Studio",
		`{"type":"Annotation"}`: "", `{"@context":"http://www.w3.org/ns/anno.jsonld","type":"Note"}`: "", `{"@context":"http://www.w3.org/ns/anno.jsonld","type":["Annotation"]}`: "Web Annotation",
	} {
		for name, is := range recognisers {
			if got := is([]byte(data)); got != (name == want) {
				t.Errorf("%s: taken for %s: %v", data, name, got)
			}
		}
	}
}

// TestOthersFiles reads the files of the other tools, and is taken in by none of the others'.
func TestOthersFiles(t *testing.T) {
	counts := map[string]int{}
	for _, of := range []struct {
		dir  string
		want func(path string) string
	}{
		{"doccano-examples", func(p string) string {
			if (strings.Contains(p, "sequence_labeling") || strings.Contains(p, "relation_extraction") || strings.Contains(p, "intent_detection")) && strings.HasSuffix(p, ".jsonl") {
				return "doccano"
			}
			return ""
		}},
		{"labelstudio-data", func(p string) string {
			if strings.HasSuffix(p, ".json") && !strings.Contains(p, "label_config") {
				return "Label Studio"
			}
			return ""
		}},
		{"w3c-wa-tests/tools/samples/correct", func(string) string { return "Web Annotation" }},
		{"frictionless-specs", func(string) string { return "" }},
		{"json-testsuite", func(string) string { return "" }},
	} {
		err := filepath.WalkDir(corpus(t, of.dir), func(name string, e os.DirEntry, err error) error {
			if err != nil || !e.Type().IsRegular() {
				return err
			}
			data, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			want := of.want(filepath.ToSlash(name))
			for kind, is := range recognisers {
				if got := is(data); got != (kind == want) {
					t.Errorf("%s: taken for %s: %v", name, kind, got)
				}
			}
			if want != "" {
				readAll(t, data)
				docs := readAs(t, want, data)
				counts[want+" files"]++
				counts[want+" documents"] += len(docs)
				for _, d := range docs {
					counts[want+" marks"] += len(d.Marks)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	t.Log(counts)
	if counts["doccano files"] != 6 || counts["doccano marks"] < 20 || counts["Label Studio files"] < 5 {
		t.Errorf("got %v", counts)
	}
}

// readAs reads data with the one reader; every text is the same.
func readAs(t *testing.T, kind string, data []byte) []Annotated {
	t.Helper()
	var docs []Annotated
	var dropped []string
	var err error
	switch kind {
	case "doccano":
		docs, dropped, err = readDoccano(data, 1)
	case "Label Studio":
		docs, dropped, err = readLabelStudio(data, 1)
	default:
		docs, dropped, err = readWebAnnotation(data, func(string) (string, bool) { return strings.Repeat("a text ", 1000), true })
	}
	if err != nil || kind == "doccano" && len(dropped) > 2 {
		t.Errorf("%s: %v, dropped %v", kind, err, dropped)
	}
	return docs
}

// readAll reads data with every reader, and holds what it gets to what every Annotated keeps.
func readAll(t *testing.T, data []byte) (docs []Annotated) {
	t.Helper()
	text := func(string) (string, bool) { return "💩 a text\r\nof two lines\rand more", true }
	for _, read := range []func() ([]Annotated, []string, error){
		func() ([]Annotated, []string, error) { return readDoccano(data, 1) },
		func() ([]Annotated, []string, error) { return readLabelStudio(data, 1) },
		func() ([]Annotated, []string, error) { return readWebAnnotation(data, text) },
		func() ([]Annotated, []string, error) {
			txt, ann, _ := strings.Cut(string(data), "\x00")
			d, dropped, err := readBrat([]byte(txt), []byte(ann))
			return []Annotated{d}, dropped, err
		},
	} {
		got, dropped, err := read()
		if err != nil {
			continue
		}
		for _, s := range dropped {
			if s == "" {
				t.Error("something was dropped without a word")
			}
		}
		for _, d := range got {
			n := len([]rune(d.Text))
			if strings.Contains(d.Text, "\r") {
				t.Errorf("%q has other ends of lines", d.Text)
			}
			for _, m := range d.Marks {
				if m.Start < 0 || m.Start > m.End || m.End > n {
					t.Errorf("the mark %+v lies outside of %d characters", m, n)
				}
			}
			for _, f := range d.Fixes {
				if f.Start < 0 || f.Start > f.End || f.End > n || string([]rune(d.Text)[f.Start:f.End]) == f.Text {
					t.Errorf("the correction %+v lies outside of %d characters, or is none", f, n)
				}
			}
			docs = append(docs, d)
		}
	}
	return docs
}
