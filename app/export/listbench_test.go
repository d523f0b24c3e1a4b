package export

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"fonds/storage"
	"fonds/storage/archive"
)

// TestBenchLists times each list of many documents in files of a hundred, as a page and as a
// workbook, and the log by DA/T 46, and watches the memory meanwhile.
func TestBenchLists(t *testing.T) {
	if os.Getenv("FONDS_BENCH") == "" {
		t.Skip("a measurement: make bench")
	}
	n, dir := benchDocs(), t.TempDir()
	a, err := storage.Create(t.Context(), filepath.Join(dir, "a.fonds"), storage.NewArchive{Owner: "Zhang", Template: "dat18"}, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	in := make(chan *archive.Incoming, 64)
	go func() {
		defer close(in)
		for i := range n {
			text := fmt.Sprintf("关于第%d号事项的通知\n", i)
			sum := sha256.Sum256([]byte(text))
			in <- &archive.Incoming{Path: fmt.Sprintf("in/%d.txt", i), Order: i, Original: []byte(text), SHA256: hex.EncodeToString(sum[:]),
				Format: "text/plain", Encoding: "UTF-8", Confidence: 1, Text: text, Recipe: json.RawMessage(`{"decoder":"UTF-8"}`)}
		}
	}()
	var ids []archive.ID
	if err := a.Import(t.Context(), "Zhang", in, func(r storage.Imported) { ids = append(ids, r.ID) }); err != nil {
		t.Fatal(err)
	}
	top, fonds := "", "Z109"
	units := []*archive.Edit{{Do: archive.SetUnitKind, Parent: &top, Level: string(archive.AtFonds), Code: &fonds, Describe: map[string][]string{"dcterms:creator": {"档案局"}}}}
	for i := range n / 100 {
		code := fmt.Sprintf("%04d", i)
		units = append(units, &archive.Edit{Do: archive.SetUnitKind, Parent: &fonds, Level: string(archive.AtFile), Code: &code, Title: &code})
	}
	apply := func(edits []*archive.Edit) {
		t.Helper()
		results, err := a.ApplyMany(t.Context(), "Zhang", nil, edits...)
		for _, r := range results {
			if err == nil {
				err = r.Err
			}
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	apply(units)
	var edits []*archive.Edit
	for i, id := range ids {
		unit := fmt.Sprintf("Z109/%04d", i/100)
		edits = append(edits, &archive.Edit{Do: archive.PlaceKind, Doc: string(id), Unit: &unit})
		for field, value := range map[string]string{"dcterms:identifier": fmt.Sprintf("Z109-%04d-%04d", i/100, i%100+1), "dcterms:title": fmt.Sprintf("关于第%d号事项的通知", i),
			"dcterms:date": fmt.Sprintf("%d-%02d-%02d", 1950+i%60, i%12+1, i%28+1), "dcterms:extent": fmt.Sprintf("%d页", i%9+1)} {
			edits = append(edits, &archive.Edit{Do: "field.set", Doc: string(id), Field: field, Values: []archive.ValueIn{{Value: value}}})
		}
	}
	apply(edits)
	edits = nil
	measure := func(name string, write func(w io.Writer, tell func()) error) {
		t.Helper()
		runtime.GC()
		var most uint64
		steps := 0
		f, err := os.Create(filepath.Join(dir, "out"))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		from := time.Now()
		if err := write(f, func() {
			if steps++; steps%10 == 0 {
				var s runtime.MemStats
				runtime.ReadMemStats(&s)
				most = max(most, s.HeapInuse)
			}
		}); err != nil {
			t.Fatal(err)
		}
		took := time.Since(from)
		size, _ := f.Seek(0, io.SeekEnd)
		t.Logf("%-16s %d documents: %.1f s, %d MB of heap, %.1f MB written", name, n, took.Seconds(), most>>20, float64(size)/1e6)
		if limit := time.Duration(n) * 600 * time.Microsecond; took > limit {
			t.Errorf("%s took %v, more than %v", name, took, limit)
		}
		if most > 400<<20 {
			t.Errorf("%s held %d MB", name, most>>20)
		}
	}
	for _, kind := range Lists() {
		for _, book := range []bool{false, true} {
			name := kind
			if book {
				name += ".xlsx"
			}
			measure(name, func(w io.Writer, tell func()) error {
				return WriteList(t.Context(), a, List{Kind: kind, Lang: "zh-Hans", XLSX: book, Folder: dir, Progress: func(int, int) { tell() }}, w)
			})
		}
	}
	measure("dat46.csv", func(w io.Writer, tell func()) error {
		return WriteEntities(t.Context(), a, LogTable{Lang: "zh-Hans", Progress: func(int) { tell() }}, w)
	})
}
