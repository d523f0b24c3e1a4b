package export

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fonds/storage"
	"fonds/storage/archive"
)

// planted is an archive in which a name to be masked stands in every kind of place:
// the text, twice and once through a correction, a value, a tag, a comment, a quote,
// notes, threads, reasons, the name of the file, a person's name.
func planted(t *testing.T, name string) (*storage.Archive, archive.ID) {
	t.Helper()
	ctx := context.Background()
	broken := strings.Replace(name, "振", "辰", 1)
	text := "会议由" + name + "主持。\n" + broken + "讲话，" + name + "作报告。\n另有张三。"
	at := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	a, err := storage.Create(ctx, filepath.Join(t.TempDir(), "a.fonds"), storage.NewArchive{Owner: "Zhang", Template: "dublincore"}, storage.Options{Now: func() time.Time { return at }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	in := make(chan *archive.Incoming, 2)
	for i, words := range []string{text, "本件提到" + name + "，未作标注。"} {
		in <- &archive.Incoming{Path: fmt.Sprintf("in/%s 的信 %d.txt", name, i), Order: i, Original: []byte(words), SHA256: fmt.Sprintf("%064d", i+1),
			Format: "text/plain", Encoding: "UTF-8", Confidence: 1, Text: words, Recipe: []byte(`{"decoder":"UTF-8"}`),
			Proposals: []archive.Proposal{{Field: "dcterms:title", Value: "关于" + name, Rule: "r", Start: 3, End: 6, Confidence: 0.5}}}
	}
	close(in)
	var ids []archive.ID
	if err := a.Import(ctx, "Zhang", in, func(r storage.Imported) { ids = append(ids, r.ID) }); err != nil {
		t.Fatal(err)
	}
	doc := string(ids[0])
	start, end := 3, 3+len([]rune(name))
	second := strings.Count(strings.SplitN(text, broken, 2)[0], "") - 1
	n2, c2 := second+len([]rune(broken)), second+1
	for _, e := range []*archive.Edit{
		{Do: "mark.add", Start: &start, End: &end, Label: "person", Text: ptr(name + "，厅长")},
		{Do: "correction.propose", Start: &second, End: &c2, Text: ptr("x")},
		{Do: "field.set", Field: "dcterms:creator", Values: []archive.ValueIn{{Value: name, Evidence: &archive.RangeIn{Start: start, End: end}}}},
		{Do: "field.set", Field: "dcterms:description", Values: []archive.ValueIn{{Value: "写信给" + name + "的人"}}},
		{Do: "tag.add", Tag: "人物/" + name}, {Do: "note.add", Text: ptr("问过" + name)},
		{Do: "thread.start", Text: ptr(name + "是谁？")},
		{Do: "document.return", Reason: "写错了" + name},
	} {
		e.Doc = doc
		if e.Do == "correction.propose" { // the broken one is corrected to the name
			from, to := second, n2
			e.Start, e.End, e.Text = &from, &to, &name
		}
		if e.Do == "document.return" {
			if _, err := a.Apply(ctx, "Zhang", &archive.Edit{Do: "document.submit", Doc: doc}); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := a.Apply(ctx, "Zhang", e); err != nil {
			t.Fatalf("%s: %v", e.Do, err)
		}
	}
	// The corrected words are marked too: what they replace is masked with them.
	d, err := a.Document(ctx, ids[0])
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Apply(ctx, name+"助理", &archive.Edit{Do: "mark.add", Doc: doc, Start: &second, End: &n2, In: "reading", Label: "person"}); err != nil {
		t.Fatalf("%v in %s", err, d.ID)
	}
	return a, ids[0]
}

func ptr[T any](v T) *T { return &v }

// Names that are planted everywhere are in no byte that is written, in any format;
// places still fit the text that is given.
func TestNothingMaskedIsLeft(t *testing.T) {
	const name = "李振国"
	a, id := planted(t, name)
	for _, c := range []Choice{
		{Mask: []string{"person"}}, {Mask: []string{"person"}, Set: All}, {Hide: []string{"dcterms:creator"}, Set: All},
		{Mask: []string{"person"}, Hide: []string{"dcterms:creator"}, Set: All, Text: Source},
	} {
		c.Formats = Formats()
		out, m := exported(t, a, c)
		for path, data := range tree(t, out) {
			for _, form := range append(written(name), `\u674e`) {
				if strings.Contains(data, form) || strings.Contains(path, form) {
					t.Errorf("%+v: %s holds the name as %q", c, path, form)
				}
			}
		}
		if m.Masking == nil || m.Masking.Places == 0 || m.Set.Masked != 2 {
			t.Errorf("masking: %+v, %+v", m.Masking, m.Set)
		}
	}
	docs := readDocuments(t, a, Choice{Mask: []string{"person"}, Set: All})
	d := docs[id]
	if d == nil || !strings.Contains(d.Text, "会议由■■■主持。\n■■■讲话，■■■作报告。\n另有张三。") || d.Text != d.SourceText {
		t.Fatalf("text %q, source %q", d.Text, d.SourceText)
	}
	for _, k := range d.Marks {
		if got := string([]rune(d.Text)[k.Reading.Start:k.Reading.End]); got != k.Quote || got != DefaultMark {
			t.Errorf("mark at %v: %q, quoted %q", k.Reading, got, k.Quote)
		}
	}
	for _, f := range d.Corrections {
		if f.Source != DefaultMark || f.Text != DefaultMark {
			t.Errorf("correction %q to %q", f.Source, f.Text)
		}
	}
}

// Words that are part of what the program itself writes cannot be masked there: they
// are found afterwards, and nothing is given out until that is waived with a reason.
func TestMaskedWordsAreFoundAfterwards(t *testing.T) {
	ctx := context.Background()
	a, id := filled(t)
	start, end := 0, 2
	if _, err := a.Apply(ctx, "Zhang", &archive.Edit{Do: "field.set", Doc: string(id), Field: "dcterms:creator", Values: []archive.ValueIn{{Value: "text/plain"}}},
		&archive.Edit{Do: "mark.add", Doc: string(id), Start: &start, End: &end, Label: "place"}); err != nil {
		t.Fatal(err)
	}
	c := Choice{Formats: []string{"jsonl"}, Hide: []string{"dcterms:creator"}}
	dir := t.TempDir()
	_, err := Write(ctx, a, Options{Choice: c, Out: filepath.Join(dir, "x")})
	if !errors.Is(err, ErrMasked) || !strings.Contains(err.Error(), `"text/plain" in jsonl/documents.jsonl`) {
		t.Fatalf("got %v", err)
	}
	c.Waivers = []Waiver{{"text/plain", "the name of a format"}}
	m, err := Write(ctx, a, Options{Choice: c, Out: filepath.Join(dir, "y")})
	if err != nil || len(m.Masking.Waivers) != 1 || len(m.Masking.Waivers[0].Files) == 0 || m.Masking.Waivers[0].Reason != "the name of a format" {
		t.Errorf("%+v, %v", m.Masking, err)
	}
	if _, err := Write(ctx, a, Options{Choice: Choice{Formats: []string{"jsonl"}, Mask: []string{"place"}, Mark: "司法■"}, Out: filepath.Join(dir, "z")}); !errors.Is(err, ErrChoice) {
		t.Errorf("a mark that holds what it masks: %v", err)
	}
	if _, err := Write(ctx, a, Options{Choice: Choice{Formats: []string{"jsonl"}, Mask: []string{"place"}, Query: "司法", Set: All}, Out: filepath.Join(dir, "q")}); !errors.Is(err, ErrMasked) {
		t.Errorf("a query that names what is masked: %v", err)
	}
}

// Words are the same however they are written, for a waiver as for the search, and what
// is said of them is the same each time.
func TestWaiversFold(t *testing.T) {
	ctx := context.Background()
	a, id := filled(t)
	if _, err := a.Apply(ctx, "Zhang", &archive.Edit{Do: "field.set", Doc: string(id), Field: "dcterms:creator",
		Values: []archive.ValueIn{{Value: "text/plain"}, {Value: "TEXT/PLAIN"}, {Value: "ｔｅｘｔ/plain"}}}); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for n := range 12 { // the order of a map is another each time
		c := Choice{Formats: []string{"jsonl"}, Hide: []string{"dcterms:creator"}}
		_, err := Write(ctx, a, Options{Choice: c, Out: filepath.Join(dir, fmt.Sprint("refused", n))})
		if got := MaskedWords(err); len(got) != 1 || !strings.HasPrefix(got[0], `"TEXT/PLAIN" in `) {
			t.Fatalf("time %d: got %q, %v", n, got, err)
		}
		for _, words := range []string{"text/plain", "Text/Plain", "text/ｐｌａｉｎ"} {
			c.Waivers = []Waiver{{words, "the name of a format"}}
			m, err := Write(ctx, a, Options{Choice: c, Out: filepath.Join(dir, fmt.Sprintf("%d-%x", n, words))})
			if err != nil {
				t.Fatalf("time %d, %q: %v", n, words, err)
			}
			if w := m.Masking.Waivers; len(w) != 1 || w[0].Words != words || len(w[0].Files) == 0 {
				t.Errorf("time %d, %q: %+v", n, words, w)
			}
		}
	}
}

// Two waivers of the same words tell of the same files.
func TestWaiversOfTheSameWords(t *testing.T) {
	ctx := context.Background()
	a, id := filled(t)
	if _, err := a.Apply(ctx, "Zhang", &archive.Edit{Do: "field.set", Doc: string(id), Field: "dcterms:creator", Values: []archive.ValueIn{{Value: "text/plain"}}}); err != nil {
		t.Fatal(err)
	}
	m, err := Write(ctx, a, Options{Choice: Choice{Formats: []string{"jsonl"}, Hide: []string{"dcterms:creator"},
		Waivers: []Waiver{{"text/plain", "the name of a format"}, {"TEXT/plain", "the same"}}}, Out: filepath.Join(t.TempDir(), "x")})
	if err != nil {
		t.Fatal(err)
	}
	if w := m.Masking.Waivers; len(w) != 2 || len(w[0].Files) == 0 || !slices.Equal(w[0].Files, w[1].Files) {
		t.Errorf("%+v", w)
	}
}

func TestShift(t *testing.T) {
	s, sh := replaced("甲乙丙丁戊", []interval{{3, 9}}, "■■■■")
	if s != "甲■■■■丁戊" {
		t.Fatal(s)
	}
	for _, tt := range []struct{ start, end, from, to int }{
		{0, 1, 0, 1}, {0, 2, 0, 5}, {1, 3, 1, 5}, {2, 4, 1, 6}, {2, 3, 1, 5}, {3, 4, 5, 6}, {3, 3, 5, 5}, {1, 1, 1, 1}, {2, 2, 1, 1}, {5, 5, 7, 7}, {0, 5, 0, 7},
	} {
		if from, to := sh.place(tt.start, tt.end); from != tt.from || to != tt.to {
			t.Errorf("[%d,%d) is at [%d,%d), want [%d,%d)", tt.start, tt.end, from, to, tt.from, tt.to)
		}
	}
}

// readDocuments writes an archive as JSONL and reads the documents back.
func readDocuments(t *testing.T, a *storage.Archive, c Choice) map[archive.ID]*jsonlDocument {
	t.Helper()
	c.Formats = []string{"jsonl"}
	out, _ := exported(t, a, c)
	docs := map[archive.ID]*jsonlDocument{}
	for line := range strings.Lines(tree(t, out)["jsonl/documents.jsonl"]) {
		d := &jsonlDocument{}
		if err := unmarshal(line, d); err != nil {
			t.Fatal(err)
		}
		docs[d.ID] = d
	}
	return docs
}

// A name is masked however it is written, and what is no name is left.
func TestFinderFolds(t *testing.T) {
	f := newFinder([]string{"John Smith", "王建国", "José", "Li", "王 芳"})
	for text, want := range map[string]string{
		"JOHN SMITH, john\nsmith, John \u00a0 Smith, Ｊｏｈｎ Ｓｍｉｔｈ.": "■, ■, ■, ■.",
		"王建国、王\n建国、王\u200b建 国、王　建国":                               "■、■、■、■",
		"JOSE\u0301 and JOSÉ and jose":                            "■ and ■ and jose",
		"Li, LI; licence and Ali, 李Li李":                           "■, ■; licence and Ali, 李■李",
		"王芳和王\r\n芳":                                               "■和■",
		"nothing \x00 here":                                       "nothing \x00 here",
		"\xff王\xff建国":                                             "\xff王\xff建国",
	} {
		if got, _ := replaced(text, f.all(text), "■"); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// What would let somebody who guesses a masked word see that they are right is not
// given out: hashes and lengths of the original, the person's address, the remark on
// the mark. Names marked in documents that are not in the set are masked too.
func TestNothingConfirmsAGuess(t *testing.T) {
	ctx := context.Background()
	a, id := planted(t, "李振国")
	d, err := a.Document(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	var mark *archive.Item
	for _, it := range d.Of(archive.AMark) {
		mark = it
	}
	const viaf = "https://viaf.org/viaf/12345"
	if _, err := a.Apply(ctx, "Zhang", &archive.Edit{Do: "mark.edit", Doc: string(id), Mark: string(mark.ID), Authority: ptr(viaf), Text: ptr("局长")}); err != nil {
		t.Fatal(err)
	}
	c := Choice{Formats: Formats(), Mask: []string{"person"}, Set: All}
	out, _ := exported(t, a, c)
	for path, data := range tree(t, out) {
		for _, word := range []string{d.Info.SHA256, viaf, "局长"} {
			if strings.Contains(data, word) {
				t.Errorf("%s holds %s", path, word)
			}
		}
	}
	docs := readDocuments(t, a, Choice{Mask: []string{"person"}, Query: "未作标注"})
	if len(docs) != 1 {
		t.Fatalf("%d documents", len(docs))
	}
	for _, d := range docs {
		if strings.Contains(d.Text, "李振国") || d.SHA256 != "" || d.Size != 0 || d.Chars != len([]rune(d.SourceText)) {
			t.Errorf("a document beside: %+v %q", d.Document, d.Text)
		}
	}
	for _, c := range []Choice{{Mask: []string{"persons"}}, {Mask: []string{"Person"}}, {Hide: []string{"creator"}}} {
		c.Formats = []string{"jsonl"}
		if _, err := Write(ctx, a, Options{Choice: c, Out: filepath.Join(t.TempDir(), "x")}); !errors.Is(err, ErrChoice) || !strings.Contains(err.Error(), "the archive has: ") {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

// Who proposes to close a document is heard before the decision.
func TestProposedClosingHoldsBack(t *testing.T) {
	ctx := context.Background()
	a, id := filled(t)
	if _, err := a.Apply(ctx, "Zhang", &archive.Edit{Do: "policy.set", Review: "everything"}); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Apply(ctx, "Wang", &archive.Edit{Do: "field.set", Doc: string(id), Field: AccessField, Values: []archive.ValueIn{{Value: "家属要求保密至2050年"}}}); err != nil {
		t.Fatal(err)
	}
	out, m := exported(t, a, Choice{Formats: Formats(), Closed: ListClosed})
	if m.Set.Listed != 1 {
		t.Errorf("%+v", m.Set)
	}
	for path, data := range tree(t, out) {
		if strings.Contains(data, "家属") {
			t.Errorf("%s says why in words of its own", path)
		}
	}
}
