package assets

import (
	"bytes"
	"encoding/json"
	"path"
	"sort"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	utf "golang.org/x/text/encoding/unicode"
)

// The samples that are not UTF-8, each with what it is.
var sampleEncodings = map[string]encoding.Encoding{
	"papers/05-shuiku-guanli.txt":         simplifiedchinese.GBK,
	"papers/06-shuji-tushuguan.txt":       traditionalchinese.Big5,
	"papers/07-huiyi-jilu-1985.txt":       utf.UTF16(utf.LittleEndian, utf.ExpectBOM),
	"web/01-jiangzuo-yugao.html":          simplifiedchinese.GBK,
	"notices/16-jiangjieyuan-zhaopin.txt": utf.UTF8BOM,
}

// sampleTexts returns every sample as its import reads it, by path: decoded,
// without a byte order mark, lines ended by "\n". An HTML page is its markup.
func sampleTexts(t *testing.T) map[string]string {
	t.Helper()
	texts := map[string]string{}
	for name, data := range files(t, Samples()) {
		if e := sampleEncodings[name]; e != nil {
			var err error
			if data, err = e.NewDecoder().Bytes(data); err != nil {
				t.Fatalf("samples/%s: %v", name, err)
			}
		}
		texts[name] = strings.ReplaceAll(string(data), "\r\n", "\n")
	}
	return texts
}

func TestSamples(t *testing.T) {
	texts := sampleTexts(t)
	if len(texts) < 24 {
		t.Errorf("%d samples; want 24 or more", len(texts))
	}
	raw := files(t, Samples())
	for name, e := range sampleEncodings {
		data, there := raw[name]
		if !there {
			t.Errorf("samples/%s is not there", name)
		}
		if e != utf.UTF8BOM && utf8.Valid(data) {
			t.Errorf("samples/%s is UTF-8; it is there to be something else", name)
		}
	}
	longest := 0
	for name, text := range texts {
		if strings.ContainsAny(text, "\r\x00\uFEFF\uFFFD") {
			t.Errorf("samples/%s: a character that no sample has: damage in the making", name)
		}
		han := 0
		for _, r := range text {
			if unicode.Is(unicode.Han, r) {
				han++
			}
		}
		longest = max(longest, han)
	}
	if longest < 40000 {
		t.Errorf("the longest sample has %d Han characters; want 40,000", longest)
	}
}

// workLine is a line of samples-work.jsonl, with what any kind of it may have.
type workLine struct {
	As, Do, Doc, Field, Tag, Label, Quote, Text, Reason, Recipe string

	Key        *int
	Start, End *int
	Values     []struct {
		Value    string
		Evidence *struct{ Start, End int }
	}
}

func readWork(t *testing.T) []workLine {
	t.Helper()
	var lines []workLine
	for i, data := range bytes.Split(bytes.TrimSpace(SamplesWork()), []byte("\n")) {
		var l workLine
		dec := json.NewDecoder(bytes.NewReader(data))
		dec.DisallowUnknownFields()
		if err := dec.Decode(&l); err != nil {
			t.Fatalf("line %d: %v", i+1, err)
		}
		lines = append(lines, l)
	}
	return lines
}

// TestSamplesWork holds that every line names a sample that is there, that
// every range is inside its text and stands over the words it says, and that
// corrections of one document do not overlap.
func TestSamplesWork(t *testing.T) {
	texts := sampleTexts(t)
	people, keys, tags, docs := map[string]bool{}, map[int]string{}, map[string]bool{}, map[string]bool{}
	fixed := map[string][][2]int{}
	for i, l := range readWork(t) {
		n := i + 1
		people[l.As] = true
		if l.As == "" {
			t.Errorf("line %d says not who does it", n)
		}
		if l.Do == "tag.hotkey" {
			if l.Key == nil || l.Tag == "" {
				t.Errorf("line %d: a hotkey without key or tag", n)
				continue
			}
			keys[*l.Key] = l.Tag
			continue
		}
		name, named := strings.CutPrefix(l.Doc, "path:")
		text, there := texts[name]
		if !named || !there {
			t.Errorf("line %d: no sample %q", n, l.Doc)
			continue
		}
		docs[name] = true
		runes := []rune(text)
		inside := func(start, end int) bool {
			if path.Ext(name) == ".html" {
				t.Errorf("line %d: a position in a page whose text is not written down here", n)
				return false
			}
			if start < 0 || end <= start || end > len(runes) {
				t.Errorf("line %d: [%d,%d) is not inside %s, 0 to %d", n, start, end, name, len(runes))
				return false
			}
			return true
		}
		switch l.Do {
		case "field.set":
			if !strings.HasPrefix(l.Field, "dcterms:") || len(l.Values) == 0 {
				t.Errorf("line %d: field %q, %d values", n, l.Field, len(l.Values))
			}
			for _, v := range l.Values {
				if v.Value == "" {
					t.Errorf("line %d: an empty value", n)
				}
				if v.Evidence != nil && inside(v.Evidence.Start, v.Evidence.End) && l.Field == "dcterms:title" {
					words := string(runes[v.Evidence.Start:v.Evidence.End])
					if !strings.HasPrefix(v.Value, "[") && l.As != "Helen Ashby" && words != v.Value {
						t.Errorf("line %d: the title is %q, its evidence %q", n, v.Value, words)
					}
				}
			}
		case "mark.add", "correction.propose":
			if l.Start == nil || l.End == nil || !inside(*l.Start, *l.End) {
				t.Errorf("line %d: no range", n)
				continue
			}
			if got := string(runes[*l.Start:*l.End]); got != l.Quote {
				t.Errorf("line %d: [%d,%d) of %s is %q; the line says %q", n, *l.Start, *l.End, name, got, l.Quote)
			}
			if l.Do == "correction.propose" {
				fixed[name] = append(fixed[name], [2]int{*l.Start, *l.End})
				if l.Text == "" || l.Text == l.Quote || !oneOf(l.Reason, "typo", "mojibake", "ocr") {
					t.Errorf("line %d: correction to %q for the reason %q", n, l.Text, l.Reason)
				}
			} else if !oneOf(l.Label, "person", "organisation", "place", "date", "event", "work") {
				t.Errorf("line %d: label %q", n, l.Label)
			}
		case "tag.add":
			tags[l.Tag] = true
		case "tag.remove":
			if !tags[l.Tag] {
				t.Errorf("line %d takes off %q, which nobody put on", n, l.Tag)
			}
		case "note.add":
			if l.Text == "" {
				t.Errorf("line %d: an empty note", n)
			}
		default:
			t.Errorf("line %d: unknown %q", n, l.Do)
		}
	}
	for name, ranges := range fixed {
		sort.Slice(ranges, func(i, j int) bool { return ranges[i][0] < ranges[j][0] })
		for i := 1; i < len(ranges); i++ {
			if ranges[i][0] < ranges[i-1][1] {
				t.Errorf("%s: corrections over %v and %v overlap", name, ranges[i-1], ranges[i])
			}
		}
	}
	for k := 1; k <= 9; k++ {
		if keys[k] == "" {
			t.Errorf("the key %d has no tag", k)
		}
	}
	if len(people) < 3 || len(tags) < 9 || len(docs) < 12 || len(docs) == len(texts) {
		t.Errorf("%d people, %d tags, %d of %d documents: want 3, 9, about half", len(people), len(tags), len(docs), len(texts))
	}
}

// TestTemplates holds that every template can be shown in both languages and
// asks for nothing that a form could not draw.
func TestTemplates(t *testing.T) {
	for name, data := range files(t, Templates()) {
		var tpl struct {
			ID, Rules  string
			Label, Use map[string]string
			Fields     []struct {
				ID, Type             string
				Must, Pattern        string
				Map                  map[string]string
				Takes                []string
				Label, Help          map[string]string
				Repeatable, Required bool
				Inherit              bool
				Levels               map[string]string
				Compute, Default     string
				Choices              []struct {
					Value string
					Label map[string]string
				}
			}
		}
		dec := json.NewDecoder(bytes.NewReader(data))
		dec.DisallowUnknownFields()
		if err := dec.Decode(&tpl); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if tpl.ID+".json" != name {
			t.Errorf("%s has the id %q", name, tpl.ID)
		}
		words := func(what string, m map[string]string) {
			if m["en"] == "" || m["zh-Hans"] == "" {
				t.Errorf("%s: %s is not said in both languages", name, what)
			}
		}
		words("its label", tpl.Label)
		words("its use", tpl.Use)
		seen := map[string]bool{}
		for _, f := range tpl.Fields {
			if seen[f.ID] || f.ID == "" {
				t.Errorf("%s: the field %q twice, or without an id", name, f.ID)
			}
			seen[f.ID] = true
			words(f.ID, f.Label)
			words("the help of "+f.ID, f.Help)
			if !oneOf(f.Type, "text", "longtext", "date", "language", "address", "choice", "reference", "number",
				"checklist", "identifier", "figure", "yesno", "stars", "person", "organisation", "place") {
				t.Errorf("%s: %s has the type %q", name, f.ID, f.Type)
			}
			if (f.Type == "choice" || f.Type == "checklist") != (len(f.Choices) > 0) {
				t.Errorf("%s: %s is a %s with %d choices", name, f.ID, f.Type, len(f.Choices))
			}
			for _, c := range f.Choices {
				words(f.ID+" "+c.Value, c.Label)
			}
		}
		if !seen["dcterms:title"] || !seen["dcterms:date"] {
			t.Errorf("%s has no title, or no date", name)
		}
		for _, l := range readWork(t) {
			if l.Do == "field.set" && tpl.ID == "dublincore" && !seen[l.Field] {
				t.Errorf("the samples are described in %s, which %s lacks", l.Field, name)
			}
		}
	}
}

func oneOf(s string, of ...string) bool {
	for _, x := range of {
		if s == x {
			return true
		}
	}
	return false
}
