package intake

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime/metrics"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"fonds/app/ingest"
	"fonds/app/ingest/records"
	"fonds/storage"
	"fonds/storage/archive"
)

const listed = "档号,题名,日期,标签,全文\nA-1,春耕,2015-11-22,农业;通知,各县抓紧春耕。\nA-2,防汛,1958,,\nA-1,春耕,2015-11-22,农业;通知,各县抓紧春耕。\n"

func asListed() records.Plan {
	return records.Plan{Mapping: records.Mapping{Text: "全文", Title: "题名", Name: "档号", Fields: map[string]string{"日期": "dcterms:date"}, Tags: []string{"标签"}, Split: records.Usual}}
}

// described is what the archive holds: of each document its path, text, values in force and tags.
func described(t *testing.T, a *storage.Archive) string {
	t.Helper()
	list, err := a.List(context.Background(), storage.Query{})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, s := range list {
		d, err := a.Document(context.Background(), s.ID)
		if err != nil {
			t.Fatal(err)
		}
		r, err := a.Reading(context.Background(), s.ID)
		if err != nil {
			t.Fatal(err)
		}
		line := fmt.Sprintf("%s %q", s.Path, r.Text)
		for _, it := range d.Items {
			if it.What == archive.AValue && it.InForce() {
				line += fmt.Sprintf(" %s=%s (%s)", strings.TrimPrefix(it.Key, "dcterms:"), it.Text, it.By)
			}
			if it.What == archive.ATag && it.InForce() {
				line += " #" + it.Key
			}
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}

// The rows of a file come in as documents with their fields and tags, by whoever imports; the same row twice is once in the
// archive; a survey says before what each would be, and a file that nobody has mapped is one document and says how many it
// could be.
func TestRowsComeIn(t *testing.T) {
	a := newArchive(t)
	dir := written(t, "list.csv", listed, "note.txt", "司法厅召开推进会\n")
	name := filepath.Join(dir, "list.csv")
	looked := func(o Options) (out []Looked, s Survey) {
		s, err := Look(context.Background(), a, []string{dir}, o, func(l Looked) { out = append(out, l) })
		if err != nil {
			t.Fatal(err)
		}
		return out, s
	}
	all, _ := looked(Options{})
	if len(all) != 2 || all[0].Records != 3 || all[1].Records != 0 || all[0].Name != name {
		t.Fatalf("before: %+v", all)
	}
	o := Options{Records: map[string]records.Plan{name: asListed()}}
	all, s := looked(o)
	if len(all) != 4 || all[0].Path != "list.csv/A-1" || all[0].Chars != 7 || !all[0].Within || all[1].Chars != 0 || all[1].Skip != nil || all[2].Path != "list.csv/A-1 (2)" || all[2].Earlier != 1 {
		t.Fatalf("mapped: %+v", all)
	}
	if want := "list.csv: 1 row has no text: 3."; len(s.Notes) != 1 || s.Notes[0] != want {
		t.Errorf("the survey notes %q", s.Notes)
	}
	if text, _, skip, err := Text(context.Background(), a, all[2], o); err != nil || skip != nil || text != "各县抓紧春耕。" {
		t.Errorf("its text is %q, %v, %v", text, skip, err)
	}
	o.LeftOut = map[string]bool{}
	r, err := Run(context.Background(), a, "Zhang", []string{dir}, o, nil)
	if err != nil || r.Imported != 3 || r.Duplicates != 1 || r.Skipped != 0 || r.Total != 4 || len(r.Notes) != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	want := `list.csv/A-1 "各县抓紧春耕。" date=2015-11-22 (Zhang) title=春耕 (Zhang) #农业 #通知
list.csv/A-2 "" date=1958 (Zhang) title=防汛 (Zhang)
note.txt "司法厅召开推进会\n"`
	if got := described(t, a); got != want {
		t.Errorf("in the archive is\n%s\nwant\n%s", got, want)
	}
	if r, err := Run(context.Background(), a, "Zhang", []string{dir}, o, nil); err != nil || r.Imported != 0 || r.Duplicates != 4 {
		t.Errorf("once more: %+v, %v", r, err)
	}
	if _, err := a.Verify(context.Background(), storage.VerifyOptions{}); err != nil {
		t.Error(err)
	}
}

// A row can be left out, and a tag that a rule refuses is said and keeps nothing else out.
func TestRowsLeftOut(t *testing.T) {
	a := newArchive(t)
	dir := written(t, "list.csv", strings.Replace(listed, "1958,,", "1958,"+strings.Repeat("长", 5000)+",", 1))
	name := filepath.Join(dir, "list.csv")
	p := asListed()
	var refused []error
	r, err := Run(context.Background(), a, "Zhang", []string{dir}, Options{Records: map[string]records.Plan{name: p}, LeftOut: map[string]bool{keyOf(name, 1): true}}, func(e Event) {
		refused = append(refused, e.File.Refused...)
	})
	if err != nil || r.Imported != 2 || r.Skipped != 1 || r.Reasons[LeftOut] != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	if len(refused) != 1 {
		t.Errorf("refused: %v", refused)
	}
	if got := described(t, a); strings.Contains(got, "长") || !strings.Contains(got, "title=防汛") {
		t.Errorf("in the archive is\n%s", got)
	}
}

// What another tool has written is records too where somebody says so.
func TestRowsOfAnotherTool(t *testing.T) {
	a := newArchive(t)
	dir := written(t, "d.jsonl", `{"id":1,"text":"EU rejects","label":[[0,2,"ORG"]]}`+"\n")
	name := filepath.Join(dir, "d.jsonl")
	p := records.Plan{Mapping: records.Mapping{Text: "text", Tags: []string{"label"}}}
	r, err := Run(context.Background(), a, "Zhang", []string{dir}, Options{Records: map[string]records.Plan{name: p}}, nil)
	if err != nil || r.Imported != 1 || len(r.Notes) != 1 || !strings.Contains(r.Notes[0], "more than words") {
		t.Fatalf("%+v, %v", r, err)
	}
	if got := described(t, a); got != `d.jsonl/d 000001 "EU rejects"` {
		t.Errorf("in the archive is\n%s", got)
	}
}

// An import of records that was interrupted is continued as records.
func TestRowsContinue(t *testing.T) {
	a := newArchive(t)
	dir := written(t, "list.csv", listed)
	name := filepath.Join(dir, "list.csv")
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(ErrLater)
	o := Options{Records: map[string]records.Plan{name: asListed()}}
	id, err := begin(context.Background(), a, "Zhang", []string{dir}, &o)
	if err != nil || howEnded(ctx, ctx.Err()) != "" {
		t.Fatal(err)
	}
	paths, kept, err := Kept(context.Background(), a, id)
	if err != nil || !slices.Equal(slices.Collect(maps.Keys(kept.Records)), []string{name}) {
		t.Fatalf("kept: %+v, %v", kept, err)
	}
	if r, err := Run(context.Background(), a, "Zhang", paths, kept, nil); err != nil || r.Imported != 2 || r.Duplicates != 1 {
		t.Errorf("%+v, %v", r, err)
	}
}

// Each mistake is said of the file, and nothing of it comes in.
func TestRowsMistaken(t *testing.T) {
	a := newArchive(t)
	dir := written(t, "list.csv", listed)
	name := filepath.Join(dir, "list.csv")
	for _, c := range []struct {
		change func(*records.Plan)
		want   ingest.Reason
	}{
		{func(p *records.Plan) { p.Sheet = "x" }, ingest.NoSheet},
		{func(p *records.Plan) { p.Text = "x" }, ingest.NoColumn},
		{func(p *records.Plan) { p.HeadRow = 4 }, ingest.NoRows},
	} {
		p := asListed()
		c.change(&p)
		r, err := Run(context.Background(), a, "Zhang", []string{dir}, Options{Records: map[string]records.Plan{name: p}}, nil)
		if err != nil || r.Imported != 0 || r.Reasons[c.want] != 1 {
			t.Errorf("%s: %+v, %v", c.want, r, err)
		}
	}
}

// TestBenchRows brings in a table of 100,000 rows, with what the heap has meanwhile.
func TestBenchRows(t *testing.T) {
	if os.Getenv("FONDS_BENCH") == "" {
		t.Skip("a measurement: make bench")
	}
	var s strings.Builder
	s.WriteString("档号,题名,日期,标签,全文\n")
	for i := range records.MaxRows {
		fmt.Fprintf(&s, "A-%06d,关于第%d号工作的通知,19%02d-11-22,农业;通知,各县、区：第%d号工作要点已经印发，请结合实际贯彻执行，并按期报送情况。\n", i, i, i%100, i)
	}
	a, dir := newArchive(t), written(t, "list.csv", s.String())
	name := filepath.Join(dir, "list.csv")
	o := Options{Records: map[string]records.Plan{name: asListed()}}
	size := s.Len()
	s.Reset()
	for what, do := range map[string]func() (int, error){
		"looked at": func() (n int, err error) {
			_, err = Look(context.Background(), a, []string{name}, o, func(Looked) { n++ })
			return n, err
		},
		"brought in": func() (int, error) {
			r, err := Run(context.Background(), a, "Zhang", []string{name}, o, nil)
			return r.Imported, err
		},
	} {
		stop, highest := make(chan struct{}), make(chan uint64)
		go func() {
			var most uint64
			for {
				sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
				metrics.Read(sample)
				most = max(most, sample[0].Value.Uint64())
				select {
				case <-stop:
					highest <- most
					return
				case <-time.After(20 * time.Millisecond):
				}
			}
		}()
		began := time.Now()
		n, err := do()
		took := time.Since(began)
		close(stop)
		most := <-highest
		if err != nil || n != records.MaxRows {
			t.Fatalf("%s: %d, %v", what, n, err)
		}
		t.Logf("%d rows of %d KB %s in %.1f s; heap %d MB at most", n, size>>10, what, took.Seconds(), most>>20)
		if most > 500<<20 {
			t.Errorf("%s: the heap had %d MB", what, most>>20)
		}
	}
}

// TestBenchWorkbookRows looks at a workbook of one row more than can be documents: how long it takes until its columns can be
// asked about, and to look at all rows; what follows is said to be left out.
func TestBenchWorkbookRows(t *testing.T) {
	if os.Getenv("FONDS_BENCH") == "" {
		t.Skip("a measurement: make bench")
	}
	f := excelize.NewFile()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	if err := w.SetRow("A1", []any{"档号", "题名", "日期", "标签", "全文"}); err != nil {
		t.Fatal(err)
	}
	for i := range records.MaxRows + 1 {
		if err := w.SetRow(fmt.Sprintf("A%d", i+2), []any{fmt.Sprintf("A-%06d", i), fmt.Sprintf("关于第%d号工作的通知", i), "2015-11-22", "农业;通知", fmt.Sprintf("各县、区：第%d号工作要点已经印发。", i)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "list.xlsx")
	if err := f.SaveAs(name); err != nil {
		t.Fatal(err)
	}
	f.Close()
	began := time.Now()
	table, err := TableOf(context.Background(), name, TableOptions{Keep: 200})
	if err != nil || !table.More || table.Count != 200 {
		t.Fatalf("%+v, %v", table, err)
	}
	asked := time.Since(began)
	began = time.Now()
	var rows int
	var skips []*ingest.Skip
	o := Options{Records: map[string]records.Plan{name: asListed()}}
	_, err = Look(context.Background(), newArchive(t), []string{name}, o, func(l Looked) {
		if l.Skip != nil {
			skips = append(skips, l.Skip)
		} else {
			rows++
		}
	})
	if err != nil || rows != records.MaxRows || len(skips) != 1 || skips[0].Reason != ingest.InPart {
		t.Fatalf("%d rows, %v, %v", rows, skips, err)
	}
	t.Logf("a workbook of %d rows: its columns in %.1f s, all rows looked at in %.1f s; %v", records.MaxRows+1, asked.Seconds(), time.Since(began).Seconds(), skips[0])
}
