package export

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fonds/storage"
	"fonds/storage/archive"
)

const notice = "司法厅召开推进会\n会议由李振国主持。 <b>\n"

// filled is an archive with two documents, one of them worked on.
func filled(t *testing.T) (*storage.Archive, archive.ID) {
	t.Helper()
	ctx := context.Background()
	a, err := storage.Create(ctx, filepath.Join(t.TempDir(), "a.fonds"), storage.NewArchive{Owner: "Zhang", Template: "dublincore"},
		storage.Options{Now: func() time.Time { return time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	in := make(chan *archive.Incoming, 2)
	for i, text := range []string{notice, "Second\n"} {
		sum := sha256.Sum256([]byte(text))
		in <- &archive.Incoming{Path: fmt.Sprintf("in/%d.txt", 2-i), Order: i, Original: []byte(text), SHA256: hex.EncodeToString(sum[:]),
			Format: "text/plain", Encoding: "UTF-8", Confidence: 1, Text: text, Recipe: json.RawMessage(`{"decoder":"UTF-8"}`),
			Proposals: []archive.Proposal{{Field: "dcterms:title", Value: "proposed", Rule: "r", Start: 0, End: 3, Confidence: 0.5}}}
	}
	close(in)
	var ids []archive.ID
	if err := a.Import(ctx, "Zhang", in, func(r storage.Imported) { ids = append(ids, r.ID) }); err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{
		`{"do":"tag.add","doc":"path:in/2.txt","tag":"党建"}`,
		`{"do":"mark.add","doc":"path:in/2.txt","start":12,"end":15,"label":"person"}`,
		`{"do":"correction.propose","doc":"path:in/2.txt","start":15,"end":17,"text":"召集"}`,
		`{"do":"note.add","doc":"path:in/2.txt","text":"look","as":"Li"}`,
	} {
		e, err := archive.ParseEdit([]byte(line))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := a.Apply(ctx, "Zhang", e); err != nil {
			t.Fatal(err)
		}
	}
	return a, ids[0]
}

// tree is every file under a folder.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	if err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		out[filepath.ToSlash(rel)] = string(data)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestWriteJSONL(t *testing.T) {
	ctx := context.Background()
	a, id := filled(t)
	dir := t.TempDir()
	out := filepath.Join(dir, "new", "x")
	var progress []int
	m, err := Write(ctx, a, Options{Choice: Choice{Formats: []string{"jsonl", "jsonl"}}, Out: out, Version: "1", Progress: func(step Step, done, total int) {
		if step == stepWrite {
			progress = append(progress, done, total)
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(progress) != "[1 2 2 2]" {
		t.Errorf("progress %v", progress)
	}
	files := tree(t, out)
	if got := slices.Sorted(maps.Keys(files)); fmt.Sprint(got) != "[CITATION.cff about.html jsonl/documents.jsonl jsonl/people.jsonl manifest.json template.json vocabulary.json]" {
		t.Fatalf("files %v", got)
	}
	var read Manifest
	if err := json.Unmarshal([]byte(files["manifest.json"]), &read); err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(read.Files, read.Set, read.Heads) != fmt.Sprint(m.Files, m.Set, m.Heads) || len(m.Files) != 6 || len(m.Heads) != 1 || m.AsOf != "2026-11-23T10:00:00Z" {
		t.Errorf("manifest %+v", m)
	}
	for _, f := range m.Files {
		sum := sha256.Sum256([]byte(files[f.Path]))
		if f.SHA256 != hex.EncodeToString(sum[:]) || f.Bytes != int64(len(files[f.Path])) {
			t.Errorf("the manifest is wrong about %s", f.Path)
		}
	}
	want := map[string]int{"documents": 2, "values": 0, "tags": 1, "marks": 1, "corrections": 1, "notes": 1, "operations": 6, "people": 2}
	if !maps.Equal(m.Counts["jsonl"], want) {
		t.Errorf("counts %v, want %v", m.Counts["jsonl"], want)
	}
	lines := strings.SplitAfter(files["jsonl/documents.jsonl"], "\n")
	if len(lines) != 3 || lines[2] != "" {
		t.Fatalf("%d lines", len(lines))
	}
	var doc jsonlDocument
	if err := json.Unmarshal([]byte(lines[0]), &doc); err != nil {
		t.Fatal(err)
	}
	if doc.ID != id || doc.Path != "in/2.txt" || doc.SourceText != notice || doc.Text != strings.Replace(notice, "主持", "召集", 1) ||
		string(doc.Recipe) != `{"decoder":"UTF-8"}` || doc.Title != "2.txt" || len(doc.Fields) != 0 {
		t.Errorf("got %s", lines[0])
	}
	if len(doc.History) != 5 || doc.History[0].Do != "document.import" || doc.History[4].By != "Li" {
		t.Errorf("history %+v", doc.History)
	}
	if q := []rune(doc.Text)[doc.Marks[0].Reading.Start:doc.Marks[0].Reading.End]; string(q) != "李振国" || doc.Marks[0].Quote != "李振国" {
		t.Errorf("mark %+v", doc.Marks[0])
	}
	if !strings.Contains(lines[0], "<b>") || strings.Contains(lines[0], `\u003c`) {
		t.Error("JSON was escaped for HTML")
	}
	if !strings.Contains(files["jsonl/people.jsonl"], `"name":"Zhang","role":"owner"`) || !strings.Contains(files["jsonl/people.jsonl"], `"name":"Li","role":"archivist"`) {
		t.Errorf("people %s", files["jsonl/people.jsonl"])
	}

	// The same archive gives the same bytes; into an empty folder too.
	again := t.TempDir()
	if _, err := Write(ctx, a, Options{Choice: Choice{Formats: []string{"jsonl"}}, Out: again, Version: "1"}); err != nil {
		t.Fatal(err)
	}
	if !maps.Equal(files, tree(t, again)) {
		t.Error("the same archive gave other bytes")
	}
	entries, err := os.ReadDir(filepath.Dir(out))
	if err != nil || len(entries) != 1 {
		t.Errorf("left beside the export: %v, %v", entries, err)
	}
}

func TestWriteChoices(t *testing.T) {
	ctx := context.Background()
	a, id := filled(t)
	write := func(o Options) []jsonlDocument {
		t.Helper()
		o.Formats, o.Out = []string{"jsonl"}, filepath.Join(t.TempDir(), "x")
		if _, err := Write(ctx, a, o); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(filepath.Join(o.Out, "jsonl", "documents.jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		var docs []jsonlDocument
		for line := range bytes.Lines(data) {
			var d jsonlDocument
			if err := json.Unmarshal(line, &d); err != nil {
				t.Fatal(err)
			}
			docs = append(docs, d)
		}
		return docs
	}
	if docs := write(Options{Choice: Choice{Set: All, Text: Source}}); docs[0].Text != notice || len(docs[0].Fields) != 1 || docs[0].Fields[0].State != "proposed" ||
		docs[0].Fields[0].By != Machine || docs[0].Title != "proposed" {
		t.Errorf("all: %+v", docs[0])
	}
	if docs := write(Options{Choice: Choice{Query: "李振国"}}); len(docs) != 1 || docs[0].ID != id {
		t.Errorf("query: %+v", docs)
	}
	if docs := write(Options{Choice: Choice{Query: "nowhere"}}); len(docs) != 0 {
		t.Errorf("query: %+v", docs)
	}
}

func TestWriteRefuses(t *testing.T) {
	a, _ := filled(t)
	dir := t.TempDir()
	taken := filepath.Join(dir, "taken")
	if err := os.MkdirAll(filepath.Join(taken, "x"), 0o755); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name string
		o    Options
		is   error
		want string
	}{
		{"taken", Options{Choice: Choice{Formats: []string{"jsonl"}}, Out: taken}, ErrTaken, `"x" is in it`},
		{"a file", Options{Choice: Choice{Formats: []string{"jsonl"}}, Out: file}, ErrOut, "it is a file; name a folder"},
		{"under a file", Options{Choice: Choice{Formats: []string{"jsonl"}}, Out: filepath.Join(file, "x")}, ErrWrite, "writing the export to " + filepath.Join(file, "x") + ": not a directory; name another folder"},
		{"no format", Options{Out: filepath.Join(dir, "n")}, ErrChoice, "name a format: "},
		{"format", Options{Choice: Choice{Formats: []string{"x"}}, Out: filepath.Join(dir, "n")}, ErrChoice, `"x"`},
		{"set", Options{Choice: Choice{Formats: []string{"jsonl"}, Set: "x"}, Out: filepath.Join(dir, "n")}, ErrChoice, `"x"`},
		{"text", Options{Choice: Choice{Formats: []string{"jsonl"}, Text: "x"}, Out: filepath.Join(dir, "n")}, ErrChoice, `"x"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := Write(context.Background(), a, tt.o); !errors.Is(err, tt.is) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v", err)
			}
		})
	}
	ctx, cancel := context.WithCancel(context.Background())
	if _, err := Write(ctx, a, Options{Choice: Choice{Formats: []string{"jsonl"}}, Out: filepath.Join(dir, "n"), Progress: func(Step, int, int) { cancel() }}); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 2 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
}

// What others do meanwhile is not in it: an export is of one moment.
func TestWriteWhileOthersWork(t *testing.T) {
	ctx := context.Background()
	a, id := filled(t)
	n := 0
	before, err := a.Heads(ctx)
	if err != nil {
		t.Fatal(err)
	}
	m, err := Write(ctx, a, Options{Choice: Choice{Formats: []string{"jsonl"}}, Out: filepath.Join(t.TempDir(), "x"), Progress: func(Step, int, int) {
		n++
		if _, err := a.Apply(ctx, "Wang", &archive.Edit{Do: "tag.add", Doc: string(id), Tag: fmt.Sprint("t", n)}); err != nil {
			t.Error(err)
		}
	}})
	if err != nil || m.Counts["jsonl"]["tags"] != 1 || !maps.Equal(m.Heads, before) || n == 0 {
		t.Errorf("%+v, %v", m.Counts, err)
	}
}
