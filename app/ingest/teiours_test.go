package ingest

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// What package export writes is read back: the same text, marks, corrections, values and tags. It is asked to write,
// beside the TEI, JSON Lines, which say what should be there.
func TestReadTEIOfOurs(t *testing.T) {
	dir := t.TempDir()
	tags := "migrated_fynedo,sqlite_fts5"
	if runtime.GOOS == "linux" {
		tags += ",x11"
	}
	cmd := exec.Command("go", "test", "-count=1", "-tags", tags, "-run", "^TestTEIForReaders", "fonds/app/export")
	cmd.Env = append(os.Environ(), "FONDS_TEI_OUT="+dir)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("package export did not write: %v\n%s", err, out)
	}
	sets, err := filepath.Glob(filepath.Join(dir, "*", "jsonl", "documents.jsonl"))
	if err != nil || len(sets) < 40 {
		t.Fatalf("%d sets were written, %v", len(sets), err)
	}
	docs, marks, fixes, diary := 0, 0, 0, 0
	for _, set := range sets {
		f, err := os.Open(set)
		if err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(f)
		lines.Buffer(nil, 1<<26)
		for lines.Scan() {
			want := wantOf(t, lines.Bytes())
			if want == nil {
				continue
			}
			name := filepath.Join(filepath.Dir(filepath.Dir(set)), "tei", want.Name+".xml")
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			got, err := readTEI(data)
			if err != nil || len(got) != 1 {
				t.Fatalf("%s: %d documents, error %v", name, len(got), err)
			}
			docs, marks, fixes = docs+1, marks+len(got[0].Marks), fixes+len(got[0].Fixes)
			if strings.Contains(set, "diary") {
				diary += len(got[0].Marks)
			}
			compare(t, strings.TrimPrefix(name, dir), got[0], *want)
		}
		f.Close()
	}
	t.Logf("%d documents, %d marks, %d corrections; of the diary %d marks", docs, marks, fixes, diary)
}

// wantOf is a line of JSON Lines as readTEI should read it; nil for a document that is closed.
func wantOf(t *testing.T, line []byte) *Annotated {
	t.Helper()
	var in struct {
		ID     string
		Closed any
		Source string `json:"source_text"`
		Fields []struct {
			Field, Value, State string
			NotStated           bool `json:"not_stated"`
		}
		Tags  []struct{ Tag, State string }
		Marks []struct {
			Start, End             int
			Label, Text, Authority string
		}
		Corrections []struct {
			Start, End          int
			Text, State, Reason string
		}
	}
	if err := json.Unmarshal(line, &in); err != nil {
		t.Fatal(err)
	}
	if in.Closed != nil {
		return nil
	}
	out := &Annotated{Name: in.ID, Text: inXML(in.Source), Fields: map[string][]string{}}
	for _, f := range in.Fields {
		switch {
		case f.State != "accepted":
		case f.NotStated:
			out.Not = append(out.Not, f.Field)
		default:
			out.Fields[f.Field] = append(out.Fields[f.Field], inXML(f.Value))
		}
	}
	for _, g := range in.Tags {
		if g.State == "accepted" {
			out.Tags = append(out.Tags, inXML(g.Tag))
		}
	}
	for _, m := range in.Marks {
		out.Marks = append(out.Marks, Span{m.Start, m.End, inXML(m.Label), inXML(m.Text), m.Authority})
	}
	for _, c := range in.Corrections {
		if c.State == "accepted" {
			out.Fixes = append(out.Fixes, Fix{c.Start, c.End, inXML(c.Text), inXML(c.Reason)})
		}
	}
	return out
}

// inXML is s as XML can hold it.
func inXML(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r >= 0x7F && r <= 0x9F && r != 0x85 || r&0xFFFE == 0xFFFE || r >= 0xFDD0 && r <= 0xFDEF {
			return 0xFFFD
		}
		return r
	}, s)
}

func compare(t *testing.T, name string, got, want Annotated) {
	t.Helper()
	if got.Text != want.Text {
		t.Errorf("%s: the text is\n%q, want\n%q", name, got.Text, want.Text)
	}
	byPlace := func(a, b Span) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.Label, b.Label), cmp.Compare(a.Comment, b.Comment), cmp.Compare(a.Authority, b.Authority))
	}
	slices.SortFunc(got.Marks, byPlace)
	slices.SortFunc(want.Marks, byPlace)
	if !slices.Equal(got.Not, want.Not) {
		t.Errorf("%s: not stated are %q, want %q", name, got.Not, want.Not)
	}
	if !slices.Equal(got.Marks, want.Marks) {
		t.Errorf("%s: the marks are\n%+v, want\n%+v", name, got.Marks, want.Marks)
	}
	order := func(a, b Fix) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.Text, b.Text))
	}
	slices.SortFunc(want.Fixes, order)
	at := 0
	want.Fixes = slices.DeleteFunc(want.Fixes, func(f Fix) bool { // of corrections over one place that was masked there is one
		over := f.Start < at
		at = max(at, f.End)
		return over
	})
	if !slices.Equal(got.Fixes, want.Fixes) {
		t.Errorf("%s: the corrections are\n%+v, want\n%+v", name, got.Fixes, want.Fixes)
	}
	if fmt.Sprintf("%q", got.Fields) != fmt.Sprintf("%q", want.Fields) {
		t.Errorf("%s: the fields are\n%q, want\n%q", name, got.Fields, want.Fields)
	}
	slices.Sort(got.Tags)
	slices.Sort(want.Tags)
	want.Tags = slices.Compact(want.Tags) // what XML cannot hold made some of them one
	if !slices.Equal(got.Tags, want.Tags) {
		t.Errorf("%s: the tags are %q, want %q", name, got.Tags, want.Tags)
	}
}
