package export

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fonds/storage/archive"
)

// Marks that cover nothing, or nothing but the end of a line, are counted where they cannot be written.
func TestMarksWithoutWords(t *testing.T) {
	a, id := filled(t)
	at := func(start, end int, e archive.Edit) {
		e.Doc, e.Start, e.End = string(id), &start, &end
		if _, err := a.Apply(t.Context(), "Zhang", &e); err != nil {
			t.Fatal(err)
		}
	}
	nothing := ""
	at(8, 9, archive.Edit{Do: "mark.add", Label: "place"}) // \n
	at(0, 2, archive.Edit{Do: "mark.add", Label: "place"})
	at(0, 2, archive.Edit{Do: "correction.propose", Text: &nothing})
	at(3, 11, archive.Edit{Do: "mark.add", Label: "event"})
	at(7, 9, archive.Edit{Do: "mark.add", Label: "work"})
	_, m := exported(t, a, Choice{Formats: Formats()})
	for format, want := range map[string]string{
		"webannotation": "map[annotations:9 corrections:2 corrections_left_out:0 documents:2 marks:5]",
		"brat":          "map[corrections:1 corrections_left_out:1 documents:2 left_out:2 marks:3 trimmed:1]",
		"conll":         "map[corrections_left_out:2 documents:2 left_out:2 marks:3 split:1]",
		"doccano":       "map[corrections_left_out:2 documents:2 left_out:1 marks:4]",
		"labelstudio":   "map[corrections:1 corrections_left_out:1 documents:2 left_out:1 marks:4]",
		"spacy":         "map[corrections_left_out:2 documents:2 entities:2 left_out:1 marks:4]",
	} {
		if got := fmt.Sprint(m.Counts[format]); got != want {
			t.Errorf("%s\n got %s\nwant %s", format, got, want)
		}
		if m.Positions[format] == "" {
			t.Errorf("%s says nothing of how it counts", format)
		}
	}
}

// documentsOf are the documents of an export, as the formats got them: from the format jsonl, which is in it.
func documentsOf(t *testing.T, out string, c Choice) []*Doc {
	t.Helper()
	f, err := os.Open(filepath.Join(out, "jsonl", "documents.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var docs []*Doc
	for dec := json.NewDecoder(f); ; {
		var d jsonlDocument
		if err := dec.Decode(&d); err == io.EOF {
			return docs
		} else if err != nil {
			t.Fatal(err)
		}
		docs = append(docs, &Doc{Document: d.Document, Text: d.Text, SourceText: d.SourceText, reading: c.Text != Source})
	}
}

func read(t *testing.T, names ...string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(names...))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// expected is what a reader is to find of a document, in the shape of ingest.Annotated.
type expected struct {
	Text   string
	Fields map[string][]string
	Not    []string // fields that the source does not state
	Tags   []string
	Notes  []string
	Marks  []saidMark
	Fixes  []saidFix
}

type saidMark struct {
	Start, End                int
	Label, Comment, Authority string
}

type saidFix struct {
	Start, End   int
	Text, Reason string
}

// saying says what the formats can hold of a document: text makes of a string what the format holds of it, border moves
// a place's borders.
func saying(d *Doc, text func(string) string, border func(text []rune, from, to int) (int, int, bool)) expected {
	out := expected{Text: text(d.Text)}
	runes := []rune(out.Text)
	for _, p := range d.Placed() {
		if from, to, ok := border(runes, p.From, p.To); ok {
			out.Marks = append(out.Marks, saidMark{from, to, text(p.Label), text(p.Text), p.Authority})
		}
	}
	for _, f := range d.Fixed() {
		if from, to, ok := border(runes, f.From, f.To); ok && string(runes[from:to]) != text(f.Text) {
			out.Fixes = append(out.Fixes, saidFix{from, to, text(f.Text), text(f.Reason)})
		}
	}
	return out
}

// described adds tags and values.
func (s expected) described(d *Doc, text func(string) string) expected {
	for _, t := range d.tagNames() {
		s.Tags = append(s.Tags, text(t))
	}
	s.Fields = map[string][]string{}
	for _, v := range d.Fields {
		if v.NotStated {
			s.Not = append(s.Not, text(v.Field))
			continue
		}
		s.Fields[v.Field] = append(s.Fields[v.Field], text(v.Value))
	}
	return s
}

// remarked adds the notes.
func (s expected) remarked(d *Doc, text func(string) string) expected {
	for _, n := range d.Notes {
		s.Notes = append(s.Notes, text(n.Text))
	}
	return s
}

func asItIs(s string) string { return s }

func anywhere(_ []rune, from, to int) (int, int, bool) { return from, to, true }

func covered(_ []rune, from, to int) (int, int, bool) { return from, to, from < to }

// lined is without ends of lines at the borders.
func lined(text []rune, from, to int) (int, int, bool) {
	for from < to && endsLine(text[from]) {
		from++
	}
	for from < to && endsLine(text[to-1]) {
		to--
	}
	return from, to, from < to
}

// TestAnnotationTools holds what is written for the tools to what each of them asks for, and lets the readers of
// app/ingest read it back: the same text, places, labels and all else that a format holds. The readers are not below
// this package: their own test reads what lies in a folder. Marks on pictures have tests of their own (region_test.go).
func TestAnnotationTools(t *testing.T) {
	var all []back
	sums := map[string]int{}
	for seed := range int64(seeds()) {
		a := randomWith(t, seed, false)
		for i, c := range []Choice{{Set: All}, {Text: Source}} {
			c.Formats = []string{"brat", "conll", "doccano", "jsonl", "labelstudio", "spacy", "webannotation"}
			out, m := exported(t, a, c)
			name, docs := fmt.Sprintf("archive %d, choice %d", seed, i), documentsOf(t, out, c)
			checkBrat(t, name, out, docs)
			checkCoNLL(t, name, out, m, docs)
			checkSpaCy(t, name, out, docs)
			checkLabelStudio(t, name, out, docs)
			all = append(all, toRead(t, name, out, m, docs))
			for f, counts := range m.Counts {
				for what, n := range counts {
					sums[f+" "+what] += n
				}
			}
		}
	}
	for _, what := range []string{"brat trimmed", "brat left_out", "conll split", "spacy entities", "brat corrections"} {
		if sums[what] == 0 {
			t.Errorf("there is nothing of %s in any archive", what)
		}
	}
	readBack(t, all)
}

// back is an export to be read back.
type back struct {
	Dir  string
	Want map[string]map[string]expected // by format and document
}

// toRead says what there is to be read, and holds the counts of the manifest to it.
func toRead(t *testing.T, name, out string, m Manifest, docs []*Doc) back {
	t.Helper()
	b := back{out, map[string]map[string]expected{"webannotation": {}, "brat": {}, "doccano": {}, "labelstudio": {}}}
	marks := map[string]int{}
	for _, d := range docs {
		id, text := string(d.ID), []rune(bratText(d.Text))
		b.Want["webannotation"][id] = saying(d, asItIs, anywhere).described(d, asItIs).remarked(d, asItIs)
		brat := saying(d, asItIs, func(_ []rune, from, to int) (int, int, bool) { return lined(text, from, to) })
		if brat.Text = string(text); d.reading {
			brat.Fixes = nil // they are in force
		}
		b.Want["brat"][id] = brat
		b.Want["labelstudio"][id] = saying(d, legal, covered).described(d, legal)
		doccano := saying(d, legal, covered).described(d, legal).remarked(d, legal)
		doccano.Fixes = nil
		for i := range doccano.Marks {
			doccano.Marks[i].Comment = ""
		}
		b.Want["doccano"][id] = doccano
		for _, p := range d.Placed() {
			marks["webannotation"]++
			if _, _, ok := lined(text, p.From, p.To); ok {
				marks["brat"]++
			}
			if p.From < p.To {
				marks["labelstudio"]++
			}
		}
		marks["all"] += len(d.Marks)
	}
	for f, n := range marks {
		if got := m.Counts[f]; f != "all" && (got["marks"] != n || got["marks"]+got["left_out"] != marks["all"]) {
			t.Errorf("%s: %s counts %v, want %d of %d marks", name, f, got, n, marks["all"])
		}
	}
	for _, f := range []string{"doccano", "conll", "spacy"} {
		if got := m.Counts[f]; got["marks"]+got["left_out"] != marks["all"] {
			t.Errorf("%s: %s counts %v of %d", name, f, got, marks["all"])
		}
	}
	return b
}

// readBack lets the test of app/ingest read it.
func readBack(t *testing.T, all []back) {
	t.Helper()
	goTool, err := exec.LookPath("go")
	if err != nil {
		t.Skip(err)
	}
	dir := t.TempDir()
	data, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "want.json"), data, 0o666); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(goTool, "test", "-count=1", "-run", "^TestReadBack$", "fonds/app/ingest")
	cmd.Env = append(os.Environ(), "FONDS_READ_BACK="+dir)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Logf("%s documents and formats read back", read(t, dir, "read"))
}

// checkBrat makes brat's own checks of a .ann file: places within the text, fragments apart and in their order, words as the text has
// them, no end of a line in them, legal names.
func checkBrat(t *testing.T, name, out string, docs []*Doc) {
	t.Helper()
	conf := read(t, out, "brat", "annotation.conf")
	for _, d := range docs {
		text := []rune(read(t, out, "brat", string(d.ID)+".txt"))
		ids := map[string]bool{}
		for _, line := range strings.Split(strings.TrimSuffix(read(t, out, "brat", string(d.ID)+".ann"), "\n"), "\n") {
			if line == "" {
				continue
			}
			if strings.ContainsFunc(line, func(r rune) bool { return r == '\r' || endsLine(r) }) {
				t.Errorf("%s: the line %q is two", name, line)
			}
			part := strings.SplitN(line, "\t", 3)
			if len(part) != 3 || ids[part[0]] {
				t.Fatalf("%s: %q has not three columns, or the number of another", name, line)
			}
			ids[part[0]] = true
			if part[0][0] != 'T' {
				if of := strings.Fields(part[1]); !ids[of[1]] {
					t.Errorf("%s: %q is of nothing", name, line)
				}
				continue
			}
			label, places, _ := strings.Cut(part[1], " ")
			if strings.ContainsFunc(label, func(r rune) bool { return !bratLetter(r) }) || !strings.Contains(conf, "\n"+label+"\n") {
				t.Errorf("%s: the type %q is not in annotation.conf", name, label)
			}
			var quotes []string
			last := -1
			for _, p := range strings.Split(places, ";") {
				var from, to int
				if _, err := fmt.Sscanf(p, "%d %d", &from, &to); err != nil || from <= last || from >= to || to > len(text) {
					t.Fatalf("%s: %q: the fragment %q of %d", name, line, p, len(text))
				}
				last = to
				quotes = append(quotes, string(text[from:to]))
			}
			if strings.Join(quotes, " ") != part[2] {
				t.Errorf("%s: %q has the words %q", name, line, quotes)
			}
		}
	}
}

func TestBratNames(t *testing.T) {
	for label, want := range map[string]string{"person": "person", "人": "_u4EBA_", "a b": "a_u0020_b", "Correction": "_u0043_orrection", "my_unit": "my_unit",
		"_u4EBA_": "_u005F_u4EBA_", "_": "_", "_人": "__u4EBA_", "𠀀": "_u20000_", "": ""} {
		if got := bratName(label); got != want {
			t.Errorf("%q: got %q, want %q", label, got, want)
		}
	}
}

// checkSpaCy: places within the text, entities that do not overlap and leave no room for another.
func checkSpaCy(t *testing.T, name, out string, docs []*Doc) {
	t.Helper()
	for i, line := range strings.Split(strings.TrimSuffix(read(t, out, "spacy", "documents.jsonl"), "\n"), "\n") {
		var got spacyLineRead
		if err := json.Unmarshal([]byte(line), &got); err != nil {
			t.Fatal(err)
		}
		if got.Text != docs[i].Text || len(got.Cats) != len(docs[i].tagNames()) {
			t.Errorf("%s: %s", name, line)
		}
		for tag, n := range got.Cats {
			if string(n) != "1.0" {
				t.Errorf("%s: the tag %q is %s: spaCy wants a float", name, tag, n)
			}
		}
		n := len([]rune(got.Text))
		taken := make([]bool, n)
		for _, e := range got.Ents {
			if !slices.Contains(got.Spans["sc"], e) {
				t.Errorf("%s: the entity %v is no span", name, e)
			}
			for j := e.Start; j < e.End; j++ {
				if taken[j] {
					t.Errorf("%s: entities overlap at %d: %v", name, j, got.Ents)
				}
				taken[j] = true
			}
		}
		for _, s := range got.Spans["sc"] {
			if s.Start < 0 || s.Start >= s.End || s.End > n || !slices.Contains(taken[s.Start:s.End], true) {
				t.Errorf("%s: the span %v of %d, or there is room for it", name, s, n)
			}
		}
	}
}

// checkLabelStudio: an interface that has every label and tag.
func checkLabelStudio(t *testing.T, name, out string, docs []*Doc) {
	t.Helper()
	config := read(t, out, "labelstudio", "config.xml")
	var view struct {
		Labels []struct {
			Name  string `xml:"name,attr"`
			Label []struct {
				Value string `xml:"value,attr"`
			}
		}
		Choices struct {
			Choice []struct {
				Value string `xml:"value,attr"`
			}
		}
	}
	if err := xml.Unmarshal([]byte(config), &view); err != nil || len(view.Labels) != 2 || len(view.Labels[0].Label) < 6 {
		t.Fatalf("%s: %v: %s", name, err, config)
	}
	var choices []string
	for _, c := range view.Choices.Choice {
		choices = append(choices, c.Value)
	}
	for _, d := range docs {
		for _, tag := range d.tagNames() {
			if !slices.Contains(choices, legal(tag)) {
				t.Errorf("%s: the tag %q is not in %q", name, tag, choices)
			}
		}
	}
}

type spacyLineRead struct {
	Text  string
	Ents  []spacySpan
	Spans map[string][]spacySpan
	Cats  map[string]json.RawMessage
}
