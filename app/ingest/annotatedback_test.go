package ingest

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// TestReadBack reads what app/export wrote into the folder FONDS_READ_BACK, beside what there is to be found.
func TestReadBack(t *testing.T) {
	dir := os.Getenv("FONDS_READ_BACK")
	if dir == "" {
		t.Skip("the test of this name in app/export writes what is read here")
	}
	var all []struct {
		Dir  string
		Want map[string]map[string]Annotated
	}
	data, err := os.ReadFile(filepath.Join(dir, "want.json"))
	if err == nil {
		err = json.Unmarshal(data, &all)
	}
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, b := range all {
		for format, want := range b.Want {
			got := readBack(t, b.Dir, format, want)
			for id, w := range want {
				n++
				if g := canonical(got[id]); !reflect.DeepEqual(g, canonical(w)) {
					t.Errorf("%s: %s: document %s\n got %s\nwant %s", b.Dir, format, id, compact(g), compact(canonical(w)))
				}
			}
			if len(got) != len(want) {
				t.Errorf("%s: %s: %d documents, want %d", b.Dir, format, len(got), len(want))
			}
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "read"), fmt.Append(nil, n), 0o666); err != nil {
		t.Fatal(err)
	}
}

func readBack(t *testing.T, dir, format string, ids map[string]Annotated) map[string]Annotated {
	t.Helper()
	file := func(name string) []byte {
		data, err := os.ReadFile(filepath.Join(dir, format, name))
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	out := map[string]Annotated{}
	keep := func(docs []Annotated, dropped []string, err error) {
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range dropped {
			t.Errorf("%s: %s: %s", dir, format, d)
		}
		for _, d := range docs {
			out[d.Name] = d
		}
	}
	is := func(want string, data []byte) []byte {
		for name, is := range recognisers {
			if is(data) != (name == want) {
				t.Errorf("%s: %s: taken for %s: %v", dir, format, name, name != want)
			}
		}
		return data
	}
	switch format {
	case "doccano":
		keep(readDoccano(is("doccano", file("documents.jsonl")), 1))
	case "labelstudio":
		keep(readLabelStudio(is("Label Studio", file("tasks.json")), 1))
	case "brat":
		for id := range ids {
			d, dropped, err := readBrat(file(id+".txt"), file(id+".ann"))
			d.Name = id
			keep([]Annotated{d}, dropped, err)
		}
	case "webannotation":
		for id := range ids {
			docs, dropped, err := readWebAnnotation(is("Web Annotation", file(id+".jsonld")), func(source string) (string, bool) {
				return string(file("text/" + strings.TrimPrefix(source, "urn:uuid:") + ".txt")), true
			})
			for i := range docs {
				docs[i].Name = id
			}
			keep(docs, dropped, err)
		}
	}
	return out
}

// canonical is what was read in one order, each thing once.
func canonical(a Annotated) Annotated {
	a.Name, a.source = "", ""
	slices.SortFunc(a.Marks, func(x, y Span) int { return strings.Compare(fmt.Sprint(x), fmt.Sprint(y)) })
	slices.SortFunc(a.Fixes, func(x, y Fix) int { return strings.Compare(fmt.Sprint(x), fmt.Sprint(y)) })
	slices.Sort(a.Tags)
	slices.Sort(a.Notes)
	slices.Sort(a.Not)
	a.Not = slices.Compact(a.Not)
	a.Marks, a.Fixes, a.Tags, a.Notes = slices.Compact(a.Marks), slices.Compact(a.Fixes), slices.Compact(a.Tags), slices.Compact(a.Notes)
	if len(a.Fields) == 0 {
		a.Fields = nil
	}
	if len(a.Not) == 0 {
		a.Not = nil
	}
	if len(a.Marks) == 0 {
		a.Marks = nil
	}
	if len(a.Fixes) == 0 {
		a.Fixes = nil
	}
	if len(a.Tags) == 0 {
		a.Tags = nil
	}
	return a
}

func fuzzReader(f *testing.F, seeds ...string) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) < 64<<10 {
			readAll(t, data)
			for _, is := range recognisers {
				is(data)
			}
		}
	})
}

// FuzzReadDoccano and those after it: whatever the bytes, an error or documents whose places lie within their texts.
func FuzzReadDoccano(f *testing.F) {
	fuzzReader(f, `{"text":"a\r\nb","label":[[0,1,"x"],[1,3,"y"]],"cats":["c"],"fields":{"f":["v"]}}`, `{"text":"𠀀","entities":[{"start_offset":0,"end_offset":9,"label":"x"}]}`)
}

func FuzzReadLabelStudio(f *testing.F) {
	fuzzReader(f, `[{"data":{"text":"💩a\r\nb"},"annotations":[{"result":[{"id":"r","type":"labels","value":{"start":1,"end":2,"text":"a","labels":["P"]}},{"id":"r","type":"textarea","from_name":"words","value":{"text":["x"]}}]}],"meta":{"fields":{"f":["v"]}}}]`)
}

func FuzzReadBrat(f *testing.F) {
	fuzzReader(f, "a\r\nb\x00T1\tX 0 1;3 4\ta b\n#1\tAnnotatorNotes T1\tn\nN1\tR T1 http://a/b\ta\nT2\tCorrection 0 1\ta\n#2\tAnnotatorNotes T2\tnew words: x\n")
}

func FuzzReadWebAnnotation(f *testing.F) {
	fuzzReader(f, `{"@context":"http://www.w3.org/ns/anno.jsonld","type":"AnnotationCollection","first":{"type":"AnnotationPage","items":[{"type":"Annotation","motivation":"editing","body":[{"value":"x"}],"target":{"source":"s","selector":[{"type":"TextPositionSelector","start":1,"end":3},{"type":"TextQuoteSelector","exact":" a"}]}}]}}`,
		`{"@context":"http://www.w3.org/ns/anno.jsonld","type":"Annotation","body":"http://a/b","target":{"source":"s","selector":{"type":"TextQuoteSelector","exact":"a","prefix":" ","suffix":""}}}`)
}
