package export

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"fonds/storage"
	"fonds/storage/archive"
)

// workbookRows are the rows of a table in a workbook, from all of its sheets, with the
// parts of a row put together; and how many rows of sheets they took.
func workbookRows(t testing.TB, f *excelize.File, tab *table) (out [][]string, took int) {
	t.Helper()
	for n := 1; ; n++ {
		name := tab.name
		if n > 1 {
			name = fmt.Sprintf("%s %d", name, n)
		}
		if i, err := f.GetSheetIndex(name); err != nil || i < 0 {
			return out, took
		}
		rows, err := f.GetRows(name, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		for k, c := range tab.columns {
			if rows[0][k] != c.name {
				t.Fatalf("%s: column %d is %q, want %q", name, k, rows[0][k], c.name)
			}
		}
		for _, row := range rows[1:] {
			took++
			row = append(row, make([]string, len(tab.columns)+1-len(row))...)
			part := row[len(tab.columns)]
			row = row[:len(tab.columns)]
			for k, c := range tab.columns {
				if len(utf16.Encode([]rune(row[k]))) > cellUnits {
					t.Errorf("%s: a cell of more than %d units", name, cellUnits)
				}
				if c.kind == aTruth && row[k] != "" {
					row[k] = truth(row[k] == "1")
				}
			}
			if part == "1" {
				out = append(out, row)
				continue
			}
			last := out[len(out)-1]
			for k, c := range tab.columns {
				if c.name == "id" || c.name == belongs || c.name == "operation" || c.name == "item" {
					if row[k] != last[k] {
						t.Errorf("%s: part %s of another row", name, part)
					}
					continue
				}
				last[k] += row[k]
			}
		}
	}
}

func openedWorkbook(t testing.TB, out string) *excelize.File {
	t.Helper()
	f, err := excelize.OpenFile(filepath.Join(out, "xlsx", "documents.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// What is read from the workbook is what the documents say.
func TestWorkbookReadsBack(t *testing.T) {
	for seed := range int64(5) {
		a := worked(t, seed)
		for _, c := range []Choice{{Set: All}, {Text: Source, Mask: []string{"person"}, Hide: []string{"dcterms:creator"}, Waivers: waivers(t, a)}} {
			c.Formats = []string{"xlsx", "jsonl"}
			out, m := exported(t, a, c)
			want, f := everything(t, out), openedWorkbook(t, out)
			for i := range tables {
				tab := &tables[i]
				got, _ := workbookRows(t, f, tab)
				if got, want := unmasked(tab.name, got), unmasked(tab.name, want[tab.name]); !slices.EqualFunc(got, want, slices.Equal) {
					t.Errorf("seed %d: %s:\n got %q\nwant %q", seed, tab.name, got, want)
				}
				if m.Counts["xlsx"][tab.name] != len(got) {
					t.Errorf("%s: counts %v, %d rows", tab.name, m.Counts["xlsx"], len(got))
				}
			}
		}
	}
}

// No formula, no time of the clock, nothing beside the parts; the first row stays.
func TestWorkbookIsPlain(t *testing.T) {
	out, _ := exported(t, worked(t, 1), Choice{Formats: []string{"xlsx"}, Set: All})
	z, err := zip.OpenReader(filepath.Join(out, "xlsx", "documents.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	names := []string{}
	for _, p := range z.File {
		names = append(names, p.Name)
		if len(p.Extra) > 0 || p.Comment != "" || p.Flags != 0 || !p.Modified.Equal(time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)) {
			t.Errorf("%s: %+v", p.Name, p.FileHeader)
		}
		r, err := p.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(data), "<f>") || strings.Contains(string(data), "<f ") {
			t.Errorf("%s holds a formula", p.Name)
		}
		if strings.HasPrefix(p.Name, "xl/worksheets/") && !strings.Contains(string(data), `state="frozen"`) {
			t.Errorf("the first row of %s does not stay", p.Name)
		}
		if p.Name == "docProps/core.xml" && (!strings.Contains(string(data), "2026-11-23T10:") || strings.Contains(string(data), "xuri")) {
			t.Errorf("properties: %s", data)
		}
	}
	if !slices.IsSorted(names) || names[0] != "[Content_Types].xml" {
		t.Errorf("parts: %q", names)
	}
}

// long is an archive with a text of n code points, some of them two units long.
func long(t testing.TB, n int) *storage.Archive {
	t.Helper()
	ctx := context.Background()
	a, err := storage.Create(ctx, filepath.Join(t.TempDir(), "long.fonds"), storage.NewArchive{Owner: "Zhang", Template: "dublincore"},
		storage.Options{Now: func() time.Time { return time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	in := make(chan *archive.Incoming, 1)
	text := strings.Repeat("党𠀀\r\n", n/4)
	sum := sha256.Sum256([]byte(text))
	in <- &archive.Incoming{Path: "in/long.txt", Original: []byte(text), SHA256: hex.EncodeToString(sum[:]), Format: "text/plain", Encoding: "UTF-8",
		Confidence: 1, Text: text, Recipe: json.RawMessage(`{"decoder":"UTF-8"}`)}
	close(in)
	if err := a.Import(ctx, "Zhang", in, func(storage.Imported) {}); err != nil {
		t.Fatal(err)
	}
	return a
}

// A text that is too long for a cell goes on below; one that just fits does not.
func TestWorkbookLongText(t *testing.T) {
	for _, tt := range []struct{ n, rows int }{{4, 1}, {26200, 1}, {26216, 2}, {200000, 8}} {
		out, _ := exported(t, long(t, tt.n), Choice{Formats: []string{"xlsx"}})
		rows, took := workbookRows(t, openedWorkbook(t, out), &tables[0])
		if got := rows[0][len(rows[0])-1]; got != strings.Repeat("党𠀀\r\n", tt.n/4) || took != tt.rows {
			t.Errorf("%d code points: %d bytes came back of %d rows, want %d", tt.n, len(got), took, tt.rows)
		}
	}
}

// What is more than a sheet holds is in the next.
func TestWorkbookManyRows(t *testing.T) {
	was := formats["xlsx"]
	defer func() { formats["xlsx"] = was }()
	small := was
	small.open = func(j *job) (writer, error) { return openWorkbook(j, 4) }
	formats["xlsx"] = small
	out, m := exported(t, worked(t, 2), Choice{Formats: []string{"xlsx", "jsonl"}, Set: All})
	want, f := everything(t, out), openedWorkbook(t, out)
	for i := range tables {
		got, _ := workbookRows(t, f, &tables[i])
		if !slices.EqualFunc(got, want[tables[i].name], slices.Equal) {
			t.Errorf("%s: got %d rows, want %d", tables[i].name, len(got), len(want[tables[i].name]))
		}
	}
	if i, _ := f.GetSheetIndex("marks 2"); i < 0 || m.Counts["xlsx"]["marks"] < 4 {
		t.Errorf("sheets %q, %v", f.GetSheetList(), m.Counts)
	}
}

func TestFitting(t *testing.T) {
	for _, tt := range []struct {
		s       string
		n, want int
	}{{"abc", 3, 3}, {"abc", 2, 2}, {"𠀀𠀀", 4, 8}, {"𠀀𠀀", 3, 4}, {"𠀀𠀀", 2, 4}, {"a\r\nb", 2, 1}, {"a\r\nb", 3, 3}, {"党党", 1, 3}, {"", 5, 0}, {"a_x000D_", 2, 2}} {
		if got := fitting(tt.s, tt.n); got != tt.want {
			t.Errorf("fitting(%q, %d) = %d, want %d", tt.s, tt.n, got, tt.want)
		}
	}
}

// Texts that look as if the workbook had escaped them come back as they were.
func TestWorkbookEscapes(t *testing.T) {
	for _, s := range []string{"_x000D_", "_x005F_", "_x005F_x0041_", "a_x0041_b", "_x_", "__x0041__", "_x005f_", "_x005F__x005F_", " a ", "\r", "a\rb", "&#13;", "=1+1", "00123", "1e5", "TRUE"} {
		f := excelize.NewFile()
		w, err := f.NewStreamWriter("Sheet1")
		if err != nil {
			t.Fatal(err)
		}
		if err := w.SetRow("A1", []any{textCell(s)}); err != nil {
			t.Fatal(err)
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		buf, err := f.WriteToBuffer()
		if err != nil {
			t.Fatal(err)
		}
		r, err := excelize.OpenReader(buf)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := r.GetCellValue("Sheet1", "A1", excelize.Options{RawCellValue: true}); got != s {
			t.Errorf("%q came back as %q, %v", s, got, err)
		}
	}
}

// What the library would lose is in the file, in two pieces; read by the library it
// is lost all the same.
func TestWorkbookHalfSurrogates(t *testing.T) {
	runs, ok := textCell("a_xD800_xdfff_b_xD7FF_").([]excelize.RichTextRun)
	if !ok || len(runs) != 3 || runs[0].Text != "a_" || runs[1].Text != "xD800_" || runs[2].Text != "xdfff_b_xD7FF_" {
		t.Errorf("%v", runs)
	}
}
