package concord

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fonds/storage"
	"fonds/storage/archive"
)

var ctx = context.Background()

func archiveOf(t *testing.T, texts ...string) (*storage.Archive, []archive.ID) {
	t.Helper()
	a, err := storage.Create(ctx, filepath.Join(t.TempDir(), "a.fonds"), storage.NewArchive{Owner: "Zhang", Template: "dublincore"}, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	in := make(chan *archive.Incoming, len(texts))
	for i, text := range texts {
		sum := sha256.Sum256([]byte(text))
		in <- &archive.Incoming{Path: fmt.Sprint(i, ".txt"), Original: []byte(text), SHA256: hex.EncodeToString(sum[:]), Text: text,
			Format: "text/plain", Encoding: "UTF-8", Confidence: 1}
	}
	close(in)
	var ids []archive.ID
	if err := a.Import(ctx, "Zhang", in, func(r storage.Imported) { ids = append(ids, r.ID) }); err != nil {
		t.Fatal(err)
	}
	return a, ids
}

func apply(t *testing.T, a *storage.Archive, edits ...*archive.Edit) {
	t.Helper()
	if _, err := a.Apply(ctx, "Zhang", edits...); err != nil {
		t.Fatal(err)
	}
}

func said(lines []Line) string {
	var b strings.Builder
	for _, l := range lines {
		fmt.Fprintf(&b, "%s%s[%s]%s %d-%d %d-%d\n", l.Path[:1], l.Before, l.Words, l.After, l.Start, l.End, l.From, l.To)
	}
	return b.String()
}

// TestFind: places are those of the text as it reads and of the source, a part has its
// words for itself, and what is folded is found unless the words are to be exact.
func TestFind(t *testing.T) {
	a, ids := archiveOf(t, "甲司法廳乙\n丙司法厅丁", "无", "错司法厅 司法厅尾")
	start, end, text := 0, 1, "改好了"
	apply(t, a, &archive.Edit{Do: "correction.propose", Doc: string(ids[2]), Start: &start, End: &end, Text: &text})
	from := 5
	apply(t, a, &archive.Edit{Do: archive.SplitKind, Doc: string(ids[2]), Start: &from})
	for _, tt := range []struct {
		name, say string
		o         Options
		want      string
		more      bool
	}{
		{"folded", "司法厅", Options{Context: 2}, "0甲[司法廳]乙  1-4 1-4\n0 丙[司法厅]丁 7-10 7-10\n2好了[司法厅] 司 3-6 1-4\n2[司法厅]尾 0-3 0-3\n", false},
		{"exact", "司法廳", Options{Context: 1, Exact: true}, "0甲[司法廳]乙 1-4 1-4\n", false},
		{"of a query", "司法厅", Options{Context: 1, Search: "name:2.txt"}, "2了[司法厅]  3-6 1-4\n2[司法厅]尾 0-3 0-3\n", false},
		{"no more than asked for", "司法厅", Options{Context: 1, Most: 1}, "0甲[司法廳]乙 1-4 1-4\n", true},
		{"nowhere", "财政", Options{}, "", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f, err := Find(ctx, a, tt.say, tt.o, nil)
			if err != nil {
				t.Fatal(err)
			}
			if got := said(f.Lines); got != tt.want || f.More != tt.more {
				t.Errorf("got\n%smore: %v; want\n%s", got, f.More, tt.want)
			}
		})
	}
	apply(t, a, &archive.Edit{Do: "furniture.add", Doc: string(ids[0]), Start: &start, End: &from})
	f, err := Find(ctx, a, "司法厅", Options{Context: 1, Search: "name:0.txt", Aside: true}, nil)
	if got := said(f.Lines); err != nil || got != "0丙[司法厅]丁 7-10 7-10\n" {
		t.Errorf("without furniture:\n%s%v", got, err)
	}
	if _, err := Find(ctx, a, "x", Options{Search: "("}, nil); err == nil {
		t.Error("a query that cannot be read is passed over")
	}
	stopped, stop := context.WithCancel(ctx)
	stop()
	if _, err := Find(stopped, a, "司法厅", Options{}, nil); err == nil {
		t.Error("it is not stopped")
	}
}

func TestSort(t *testing.T) {
	a, _ := archiveOf(t, "甲丙司法厅乙，丁丙司法厅甲，乙司法厅甲甲")
	f, err := Find(ctx, a, "司法厅", Options{Context: 2}, nil)
	if err != nil || len(f.Lines) != 3 || f.Documents != 1 {
		t.Fatalf("%+v, %v", f, err)
	}
	order := func(by Order) string {
		Sort(f.Lines, by)
		var out []string
		for _, l := range f.Lines {
			out = append(out, l.Before+l.After)
		}
		return strings.Join(out, " ")
	}
	for by, want := range map[Order]string{ByRight: "丁丙甲， ，乙甲甲 甲丙乙，", ByLeft: "丁丙甲， 甲丙乙， ，乙甲甲", ByPlace: "甲丙乙， 丁丙甲， ，乙甲甲"} {
		if got := order(by); got != want {
			t.Errorf("%q: %s, want %s", by, got, want)
		}
		Sort(f.Lines, ByPlace)
	}
}

// The lines of each document are handed over when they are found, those of all pages of
// documents once each, and progress reaches the number of the documents.
func TestFindHandsOver(t *testing.T) {
	n := firstPage*5 + 3
	texts := make([]string, n)
	for i := range texts {
		texts[i] = fmt.Sprintf("第%d件会\n议，又会议", i)
	}
	a, _ := archiveOf(t, texts...)
	var told []Line
	var done, total int
	f, err := Find(ctx, a, "会议", Options{Context: 2, Each: func(lines []Line) {
		if len(lines) != 2 || lines[0].Doc != lines[1].Doc {
			t.Errorf("told of %d lines at once", len(lines))
		}
		told = append(told, lines...)
	}}, func(d, all int) { done, total = d, all })
	if err != nil || len(f.Lines) != 2*n || f.Documents != n || f.More {
		t.Fatalf("%d lines of %d documents, more: %v, %v", len(f.Lines), f.Documents, f.More, err)
	}
	if !slices.Equal(told, f.Lines) {
		t.Errorf("told of %d lines, %d were found, or others", len(told), len(f.Lines))
	}
	for i := range f.Lines {
		l := &f.Lines[i]
		if i > 0 && l.N < f.Lines[i-1].N || l.Words != strings.ReplaceAll(l.Quote, "\n", " ") || l.Quote != []string{"会\n议", "会议"}[i%2] {
			t.Fatalf("line %d: %+v", i, l)
		}
	}
	if done != n-1 || total != n {
		t.Errorf("progress %d of %d at last", done, total)
	}
}

// Sorted says the order in which Sort puts lines, and changes none.
func TestSorted(t *testing.T) {
	a, _ := archiveOf(t, "甲丙司法厅乙，丁丙司法厅甲，乙司法厅甲甲", "司法厅乙")
	f, err := Find(ctx, a, "司法厅", Options{}, nil)
	if err != nil || len(f.Lines) != 4 {
		t.Fatal(f, err)
	}
	for _, by := range []Order{ByRight, ByLeft, ByPlace} {
		before, sorted := slices.Clone(f.Lines), slices.Clone(f.Lines)
		at := Sorted(f.Lines, by)
		Sort(sorted, by)
		for i, k := range at {
			if sorted[i] != f.Lines[k] {
				t.Errorf("%q: line %d is not the same", by, i)
			}
		}
		if !slices.Equal(before, f.Lines) {
			t.Errorf("%q: the lines were moved", by)
		}
	}
}

// A document without a text has no places, and those of what was typed of it.
func TestFindWithoutTexts(t *testing.T) {
	a, _ := archiveOf(t, "司法厅")
	in := make(chan *archive.Incoming, 1)
	in <- &archive.Incoming{Path: "scan.png", Original: []byte("scan"), SHA256: "5c", Format: "image/png", Confidence: 1, Pages: 2, Recipe: json.RawMessage(`{"extractor":"picture","version":"1"}`)}
	close(in)
	var id archive.ID
	if err := a.Import(ctx, "Zhang", in, func(r storage.Imported) { id = r.ID }); err != nil {
		t.Fatal(err)
	}
	found := func(want int) {
		t.Helper()
		if f, err := Find(ctx, a, "司法厅", Options{}, nil); err != nil || len(f.Lines) != want {
			t.Errorf("found %+v, %v; want %d", f.Lines, err, want)
		}
	}
	found(1)
	apply(t, a, &archive.Edit{Do: archive.TextKind, Doc: string(id), Pages: &[]string{"第一页", "吴忠市司法厅 typed"}})
	found(2)
}
