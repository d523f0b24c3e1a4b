package export

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"fonds/storage"
	"fonds/storage/archive"
)

// shared is a file of others beside the repository, or below FONDS_SHARED.
func shared(t testing.TB, path string) string {
	t.Helper()
	dir := os.Getenv("FONDS_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	name := filepath.Join(dir, filepath.FromSlash(path))
	if _, err := os.Stat(name); err != nil {
		t.Skipf("%s is not on this machine", name)
	}
	return name
}

// seeds is how many random archives a property is tried on.
func xmlSeeds() int64 {
	if os.Getenv("FONDS_LONG") != "" {
		return 200
	}
	return 40
}

// valid asks a validator about files, many in one command.
func valid(t *testing.T, files []string, command ...string) {
	t.Helper()
	if _, err := exec.LookPath(command[0]); err != nil {
		t.Skipf("%s is not on this machine", command[0])
	}
	if len(files) == 0 {
		t.Fatal("there is nothing to validate")
	}
	for at := 0; at < len(files); at += 500 {
		part := files[at:min(at+500, len(files))]
		out, err := exec.Command(command[0], append(command[1:], part...)...).CombinedOutput()
		if err != nil {
			lines := strings.Split(string(out), "\n")
			var said []string
			for _, l := range lines {
				if !strings.HasPrefix(l, "[warning]") && !strings.HasSuffix(l, " validates") {
					said = append(said, l)
				}
			}
			t.Fatalf("%s: %v\n%s", command[0], err, strings.Join(said[:min(len(said), 15)], "\n"))
		}
	}
	t.Logf("%s: %d files are valid", command[0], len(files))
}

// choices are ways of choosing in which a format has to be right.
func choices(t *testing.T, a *storage.Archive, formats []string) []Choice {
	out := []Choice{
		{Set: All, Licence: "CC-BY-4.0", Title: "A set & more"},
		{Set: All, Text: Source, Closed: ListClosed, Creator: []string{"Archive <x>"}, Licence: "https://example.org/licence?a=b c"},
		{Set: Approved, Mask: []string{"person"}, Hide: []string{"dcterms:creator"}, Waivers: waivers(t, a)},
	}
	for i := range out {
		out[i].Formats = formats
	}
	return out
}

// more does to a random archive what formats in XML have to do with: marks of other
// labels, with authorities and comments, within one another and across; values of other
// fields; documents that are closed.
func xmlMore(t testing.TB, a *storage.Archive, seed int) {
	t.Helper()
	ctx := context.Background()
	var ids []storage.Summary
	if err := a.Each(ctx, storage.Query{}, func(s storage.Summary) error { ids = append(ids, s); return nil }); err != nil {
		t.Fatal(err)
	}
	put := func(e *archive.Edit) {
		if _, err := a.ApplyEach(ctx, "Li", e); err != nil {
			t.Fatal(err)
		}
	}
	for n, s := range ids {
		d, err := a.Document(ctx, s.ID)
		if err != nil {
			t.Fatal(err)
		}
		chars, comment, uri := d.Info.Chars, "a comment\r\n & <more>\t", "https://例子.中国/人?x=1&y=%C3%A4#f"
		for i, label := range []string{"event", "own label", "機構 ·ſ𠀀%20+", "person", "date", "place", "organisation"} {
			start := (seed*7 + n + i*3) % (chars + 1)
			end := min(chars, start+1+(seed+i)%9)
			if i == 3 {
				start, end = 0, chars
			}
			put(&archive.Edit{Do: "mark.add", Doc: string(s.ID), Start: &start, End: &end, Label: label, Text: &comment, Authority: &uri})
		}
		inNewWords(t, d, put)
		for _, v := range []struct{ field, value string }{{"dcterms:date", "2015-11-22"}, {"dcterms:date", "2015-02-30"}, {"dcterms:date", "1921/1925"}, {"dcterms:date", "1921-03~"}, {"dcterms:date", "before 1912"}, {"dcterms:date", "05/06/1990"},
			{"dcterms:date", "[194?]"}, {"dcterms:date", "光绪二十四年八月初六"}, {"dcterms:date", "1958年春"},
			{"dcterms:language", "zh-Hant"}, {"dcterms:created", "约1921年"}, {"dcterms:source", "https://example.org/a b?c=d&e"}, {"dcterms:issued", "1949"},
			{"dcterms:subject", "党建"}, {"dcterms:publisher", "A & B"}, {"dcterms:extent", "3 \u0000 pages"}, {"dcterms:isPartOf", "The whole"}, {"dcterms:abstract", "One.\n\nTwo.\r\n"}} {
			if (seed+len(v.value)+n)%3 > 0 {
				put(&archive.Edit{Do: "field.set", Doc: string(s.ID), Field: v.field, Values: []archive.ValueIn{{Value: v.value}, {Value: "and " + v.value}}})
			}
		}
		if n == 1 && seed%3 == 0 {
			put(&archive.Edit{Do: "field.set", Doc: string(s.ID), Field: AccessField, Values: []archive.ValueIn{{Value: "closed"}}})
			put(&archive.Edit{Do: "field.set", Doc: string(s.ID), Field: AvailableField, Values: []archive.ValueIn{{Value: "2050-01-01"}}})
		}
	}
}

// inNewWords marks words that begin or end within the new words of corrections.
func inNewWords(t testing.TB, d *archive.Document, put func(*archive.Edit)) {
	t.Helper()
	r, err := d.Reading()
	if err != nil {
		t.Fatal(err)
	}
	n := r.Text().Len()
	for _, s := range r.Spans() {
		for _, at := range [][2]int{{s.Start, s.End}, {s.Start + 1, s.End}, {s.Start, s.End - 1}, {s.Start - 2, s.Start + 1}, {s.End - 1, s.End + 2}} {
			if at[0] >= 0 && at[0] < at[1] && at[1] <= n {
				put(&archive.Edit{Do: "mark.add", Doc: string(d.ID), Start: &at[0], End: &at[1], In: "reading", Label: "place"})
			}
		}
	}
}

// everyArchive exports random archives in some formats and hands each on.
func everyArchive(t *testing.T, formats []string, look func(seed int64, a *storage.Archive, c Choice, dir string)) {
	t.Helper()
	for seed := range xmlSeeds() {
		a := randomArchive(t, seed)
		xmlMore(t, a, int(seed))
		for _, c := range choices(t, a, formats) {
			dir, _ := exported(t, a, c)
			look(seed, a, c, dir)
		}
		a.Close()
	}
}

// every lists the files of a folder.
func every(t *testing.T, dir string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.xml"))
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestWordOf(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"event", "event"}, {"own label", "own%20label"}, {"机构·", "机构%C2%B7"}, {"a+b%", "a%2Bb%25"}, {"", ""}, {"\x00", "%EF%BF%BD"}, {"𠀀", "%F0%A0%80%80"}, {"é\u0301", "%C3%A9%CC%81"},
	} {
		if got := wordOf(tt.in); got != tt.want {
			t.Errorf("wordOf(%q) is %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestFormsOfValues(t *testing.T) {
	for _, tt := range []struct {
		what      string
		of        func(string) string
		give, get []string
	}{
		{"isoDate", isoDate, []string{"2015-11-22", " 1921-03 ", "1949", "2015-02-30", "1921-13", "1921/1925", "1921~", "0000", "二〇一五年", "15-1-1"}, []string{"2015-11-22", "1921-03", "1949", "", "", "", "", "", "", ""}},
		{"languageTag", languageTag, []string{"zh", "ZH-hans-cn", "en_GB", "Chinese", "", "中文", "x-own"}, []string{"zh", "zh-Hans-CN", "en-GB", "", "", "", "x-own"}},
		{"pointerTo", pointerTo, []string{"https://example.org/a b", "urn:uuid:1", "no address", "#x", "https://例子.中国/人", "http://[bad", "a:\x00"}, []string{"https://example.org/a%20b", "urn:uuid:1", "", "", "https://例子.中国/人", "", ""}},
	} {
		for i, in := range tt.give {
			if got := tt.of(in); got != tt.get[i] {
				t.Errorf("%s(%q) is %q, want %q", tt.what, in, got, tt.get[i])
			}
		}
	}
}

func TestXMLIsValid(t *testing.T) {
	files := map[string][]string{}
	everyArchive(t, []string{"dc", "ead3", "tei"}, func(_ int64, _ *storage.Archive, _ Choice, dir string) {
		for _, format := range []string{"dc", "ead3", "tei"} {
			files[format] = append(files[format], every(t, filepath.Join(dir, format))...)
		}
	})
	for _, tt := range []struct {
		name, format, schema string
		command              []string
	}{
		{"TEI", "tei", "corpora/tei-schema/schema/tei_all.rng", []string{"jing"}},
		{"EAD3 by RELAX NG", "ead3", "corpora/ead3/ead3.rng", []string{"jing"}},
		{"EAD3 by XML Schema", "ead3", "corpora/ead3/ead3.xsd", []string{"xmllint", "--nonet", "--noout", "--schema"}},
		{"Dublin Core", "dc", "corpora/dc-xsd/data/xsd/oai_dc.xsd", []string{"xmllint", "--nonet", "--noout", "--schema"}},
	} {
		t.Run(tt.name, func(t *testing.T) { valid(t, files[tt.format], append(tt.command, shared(t, tt.schema))...) })
	}
}

// FONDS_TEI_OUT names a folder for documents as TEI and as JSON Lines, for the test of package ingest that reads them
// back: neither package knows the other.
func TestTEIForReaders(t *testing.T) {
	out := os.Getenv("FONDS_TEI_OUT")
	if out == "" {
		t.Skip("FONDS_TEI_OUT is not set")
	}
	n := 0
	everyArchive(t, []string{"jsonl", "tei"}, func(seed int64, _ *storage.Archive, _ Choice, dir string) {
		if err := os.CopyFS(filepath.Join(out, fmt.Sprintf("%d-%d", seed, n%3)), os.DirFS(dir)); err != nil {
			t.Fatal(err)
		}
		n++
	})
}

// The same of the diary of Schnitzler: its text and what its editors marked in it.
func TestTEIForReadersOfTheDiary(t *testing.T) {
	out := os.Getenv("FONDS_TEI_OUT")
	if out == "" {
		t.Skip("FONDS_TEI_OUT is not set")
	}
	data, err := os.ReadFile(shared(t, "corpora/tei-diary-schnitzler/gold-spans.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	a, err := storage.Create(ctx, filepath.Join(t.TempDir(), "diary.fonds"), storage.NewArchive{Owner: "Zhang", Template: "dublincore"}, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	for line := range strings.Lines(string(data)) {
		var g struct {
			File, Text string
			Spans      []struct {
				Start, End  int
				Label, Type string
				Ref         string
			}
		}
		if err := json.Unmarshal([]byte(line), &g); err != nil {
			t.Fatal(err)
		}
		in := make(chan *archive.Incoming, 1)
		sum := sha256.Sum256([]byte(g.Text))
		in <- &archive.Incoming{Path: g.File, Original: []byte(g.Text), SHA256: hex.EncodeToString(sum[:]), Format: "text/plain", Encoding: "UTF-8", Text: g.Text, Recipe: json.RawMessage(`{"decoder":"UTF-8"}`)}
		close(in)
		var id archive.ID
		if err := a.Import(ctx, "Zhang", in, func(r storage.Imported) { id = r.ID }); err != nil {
			t.Fatal(err)
		}
		for _, s := range g.Spans {
			uri := "https://pmb.acdh.oeaw.ac.at/" + strings.TrimPrefix(s.Ref, "#")
			if _, err := a.Apply(ctx, "Zhang", &archive.Edit{Do: "mark.add", Doc: string(id), Start: &s.Start, End: &s.End, Label: cmp.Or(s.Type, s.Label), Authority: &uri}); err != nil {
				t.Fatal(err)
			}
		}
	}
	dir, _ := exported(t, a, Choice{Formats: []string{"jsonl", "tei"}})
	if err := os.CopyFS(filepath.Join(out, "diary"), os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
}
