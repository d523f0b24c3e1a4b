package export

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

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

// eachExport writes random archives out in every way, with their documents.
func eachExport(t *testing.T, formats []string, do func(name, out string, m Manifest, docs []*Doc)) {
	t.Helper()
	for seed := range int64(seeds()) {
		a := randomArchive(t, seed)
		for i, c := range []Choice{{Set: All}, {Text: Source}} {
			c.Formats = append([]string{"jsonl"}, formats...)
			out, m := exported(t, a, c)
			do(fmt.Sprintf("archive %d, choice %d", seed, i), out, m, documentsOf(t, out, c))
		}
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

// said is what a reader is to find of a document, in the shape of ingest.Annotated.
type said struct {
	Text   string
	Fields map[string][]string
	Tags   []string
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
func saying(d *Doc, text func(string) string, border func(text []rune, from, to int) (int, int, bool)) said {
	out := said{Text: text(d.Text)}
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
func (s said) described(d *Doc, text func(string) string) said {
	for _, t := range d.tagNames() {
		s.Tags = append(s.Tags, text(t))
	}
	s.Fields = map[string][]string{}
	for _, v := range d.Fields {
		s.Fields[v.Field] = append(s.Fields[v.Field], text(v.Value))
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

// TestReadBack lets the readers of app/ingest read what is written here: the same text, places, labels and all else that
// a format holds. The readers are not below this package: their own test reads what lies in a folder.
func TestReadBack(t *testing.T) {
	goTool, err := exec.LookPath("go")
	if err != nil {
		t.Skip(err)
	}
	type back struct {
		Dir  string
		Want map[string]map[string]said // by format and document
	}
	var all []back
	eachExport(t, []string{"webannotation", "brat", "doccano", "labelstudio"}, func(name, out string, m Manifest, docs []*Doc) {
		b := back{out, map[string]map[string]said{"webannotation": {}, "brat": {}, "doccano": {}, "labelstudio": {}}}
		marks := map[string]int{}
		for _, d := range docs {
			id := string(d.ID)
			b.Want["webannotation"][id] = saying(d, asItIs, anywhere).described(d, asItIs)
			brat := saying(d, asItIs, func(text []rune, from, to int) (int, int, bool) {
				return lined([]rune(bratText(string(text))), from, to)
			})
			if brat.Text = bratText(d.Text); d.reading {
				brat.Fixes = nil // they are in force
			}
			b.Want["brat"][id] = brat
			b.Want["labelstudio"][id] = saying(d, legal, covered).described(d, legal)
			doccano := saying(d, legal, covered).described(d, legal)
			doccano.Fixes = nil
			for i := range doccano.Marks {
				doccano.Marks[i].Comment = ""
			}
			b.Want["doccano"][id] = doccano
			for _, p := range d.Placed() {
				marks["webannotation"]++
				if _, _, ok := lined([]rune(bratText(d.Text)), p.From, p.To); ok {
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
		if got := m.Counts["doccano"]; got["marks"]+got["left_out"] != marks["all"] {
			t.Errorf("%s: doccano counts %v of %d", name, got, marks["all"])
		}
		all = append(all, b)
	})
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

// brat's own checks of a .ann file: places within the text, fragments apart and in their order, words as the text has
// them, no end of a line in them, legal names.
func TestBratHolds(t *testing.T) {
	n := 0
	eachExport(t, []string{"brat"}, func(name, out string, _ Manifest, docs []*Doc) {
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
				n++
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
	})
	t.Logf("%d entities", n)
}

func TestBratNames(t *testing.T) {
	for label, want := range map[string]string{"person": "person", "人": "_u4EBA_", "a b": "a_u0020_b", "Correction": "_u0043_orrection", "my_unit": "my_unit",
		"_u4EBA_": "_u005F_u4EBA_", "_": "_", "_人": "__u4EBA_", "𠀀": "_u20000_", "": ""} {
		if got := bratName(label); got != want {
			t.Errorf("%q: got %q, want %q", label, got, want)
		}
	}
}

// CoNLL: as many columns in every line, IOB2, and the text and the marks can be had back.
func TestCoNLLHolds(t *testing.T) {
	lines, split := 0, 0
	eachExport(t, []string{"conll"}, func(name, out string, m Manifest, docs []*Doc) {
		kept := 0
		for _, d := range docs {
			text, columns := conllRead(t, name, read(t, out, "conll", string(d.ID)+".conll"))
			lines += len(text)
			if string(text) != d.Text {
				t.Fatalf("%s: the text is %q, want %q", name, string(text), d.Text)
			}
			want := map[string]int{}
			for _, p := range d.Placed() {
				from := p.From
				some := false
				for i := p.From; i <= p.To; i++ {
					if i == p.To || text[i] == '\n' {
						if i > from {
							want[fmt.Sprint(from, i, " ", conllWord(p.Label))]++
							some = true
						}
						from = i + 1
					}
				}
				if some {
					kept++
				}
			}
			got := map[string]int{}
			for _, c := range columns {
				conllSpans(t, name, text, c, got)
			}
			if !maps.Equal(got, want) {
				t.Errorf("%s: marks %v, want %v", name, got, want)
			}
		}
		if m.Counts["conll"]["marks"] != kept {
			t.Errorf("%s: counts %v, want %d marks", name, m.Counts["conll"], kept)
		}
		split += m.Counts["conll"]["split"]
	})
	if split == 0 {
		t.Error("no mark goes over the end of a line")
	}
	t.Logf("%d lines, %d marks split", lines, split)
}

// conllRead reads a file: its text, and its columns of tags, a tag each code point.
func conllRead(t *testing.T, name, data string) (text []rune, columns [][]string) {
	t.Helper()
	body, ok := strings.CutSuffix(data, "\n")
	if !ok {
		t.Fatalf("%s: the last line has no end", name)
	}
	for _, line := range strings.SplitAfter(body, "\n") {
		line, whole := strings.CutSuffix(line, "\n")
		switch {
		case strings.HasPrefix(line, "# "):
			if of, ok := strings.CutPrefix(line, "# columns = character, "); ok {
				columns = make([][]string, len(strings.Split(of, ", ")))
			}
			continue
		case line == "" && whole:
			text = append(text, '\n')
			for i := range columns {
				columns[i] = append(columns[i], "")
			}
			continue
		case line == "":
			continue
		}
		part := strings.Split(line, "\t")
		if len(part) != 1+len(columns) || len(strings.Fields(line)) != len(part) {
			t.Fatalf("%s: %q has not %d columns", name, line, 1+len(columns))
		}
		var n rune
		r := []rune(part[0])
		if _, err := fmt.Sscanf(part[0], `\u%04X`, &n); err == nil && len(r) == 6 {
			r = []rune{n}
		} else if _, err := fmt.Sscanf(part[0], `\U%08X`, &n); err == nil && len(r) == 10 {
			r = []rune{n}
		}
		if len(r) != 1 {
			t.Fatalf("%s: %q is no character", name, part[0])
		}
		text = append(text, r[0])
		for i := range columns {
			columns[i] = append(columns[i], part[1+i])
		}
	}
	return text, columns
}

// conllSpans counts the spans of a column, and holds it to IOB2.
func conllSpans(t *testing.T, name string, text []rune, column []string, got map[string]int) {
	t.Helper()
	start, open := 0, ""
	for i, tag := range append(slices.Clone(column), "") {
		kind, label, _ := strings.Cut(tag, "-")
		if kind == "I" && label == open && open != "" {
			continue
		}
		if open != "" {
			got[fmt.Sprint(start, i, " ", open)]++
			open = ""
		}
		switch {
		case kind == "B" && label != "":
			start, open = i, label
		case tag == "O" && text[i] != '\n', tag == "":
		default:
			t.Fatalf("%s: the tag %q after %q", name, tag, column[max(0, i-1)])
		}
	}
}

// The lines of spaCy and doccano, and the interface of Label Studio.
func TestOtherToolsHold(t *testing.T) {
	entities := 0
	eachExport(t, []string{"spacy", "labelstudio"}, func(name, out string, m Manifest, docs []*Doc) {
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
				entities++
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
	})
	t.Logf("%d entities", entities)
}

type spacyLineRead struct {
	Text  string
	Ents  []spacySpan
	Spans map[string][]spacySpan
	Cats  map[string]json.RawMessage
}
