package ingest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"fonds/app/ingest/records"
)

// rowsOf are the documents that the rows of a file make, with what else was said of it.
func rowsOf(t testing.TB, name string, data []byte, p records.Plan) (docs []*Document, skips []*Skip, notes []string) {
	t.Helper()
	at := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(at, data, 0o644); err != nil {
		t.Fatal(err)
	}
	err := EachRow(context.Background(), Found{Path: name, Name: at, Size: int64(len(data))}, Options{}, p, 0, func(in Inner) error {
		switch {
		case in.Doc != nil:
			if docs = append(docs, in.Doc); in.Inside != len(docs)+len(skips) {
				t.Errorf("document %d is number %d in its file", len(docs), in.Inside)
			}
			if text, err := Remake(in.Doc.Original, in.Doc.Recipe); err != nil || text != in.Doc.Text {
				t.Errorf("%s: made again it is %q, %v; it was %q", in.Doc.Path, text, err, in.Doc.Text)
			}
			if !json.Valid(in.Doc.Original) {
				t.Errorf("%s: its original is no JSON: %s", in.Doc.Path, in.Doc.Original)
			}
		case in.Skip != nil:
			skips = append(skips, in.Skip)
		default:
			notes = append(notes, in.Notes...)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return docs, skips, notes
}

// saidOf is what a document is: path, text, fields, tags.
func saidOf(d *Document) string {
	out := fmt.Sprintf("%s %q", d.Path, d.Text)
	for _, f := range slices.Sorted(maps.Keys(d.Said.Fields)) {
		out += fmt.Sprintf(" %s=%q", strings.TrimPrefix(f, "dcterms:"), d.Said.Fields[f])
	}
	if len(d.Said.Tags) > 0 {
		out += fmt.Sprintf(" tags=%q", d.Said.Tags)
	}
	if len(d.Said.Not) > 0 {
		out += fmt.Sprintf(" not=%q", d.Said.Not)
	}
	return out
}

func TestRows(t *testing.T) {
	full := records.Plan{Mapping: records.Mapping{Text: "全文", Title: "题名", Name: "档号", Fields: map[string]string{"日期": "dcterms:date", "责任者": "dcterms:creator"},
		Tags: []string{"标签"}, Split: records.Usual}}
	head := "档号,题名,日期,责任者,标签,全文,备注\n"
	sheet := workbook(t, func(f *excelize.File) {
		for i, row := range [][]any{{"2015 年收文目录"}, {"档号", "题名", "日期"}, {"A-1", "关于春耕的通知", time.Date(2015, 11, 22, 0, 0, 0, 0, time.UTC)}, {"A-2", "关于防汛的通知", "2015 年夏"}} {
			if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := f.NewSheet("Other"); err != nil || f.SetCellValue("Other", "A1", "x") != nil || f.SetCellValue("Other", "A2", "y") != nil {
			t.Fatal(err)
		}
	})
	for _, c := range []struct {
		about, name string
		data        string
		plan        records.Plan
		want        []string
		notes       string
		skip        Reason
	}{
		{"a list of notices", "a.csv", head + "A-1,关于春耕的通知,2015-11-22,省厅；市局,农业;通知,各县：抓紧春耕。,x\nA-2,无文,,,,,\n", full, []string{
			`a.csv/A-1 "各县：抓紧春耕。" creator=["省厅" "市局"] date=["2015-11-22"] title=["关于春耕的通知"] tags=["农业" "通知"]`,
			`a.csv/A-2 "" title=["无文"]`}, "a.csv: 1 row has no text: 3.", ""},
		{"names that are alike, climb or say nothing", "a.csv", head + "../../x,一,,,,甲,\n../../x,二,,,,乙,\n,三,,,,丙,\n/,四,,,,丁,\n2015/7,五,,,,戊,\n", full, []string{
			`a.csv/x "甲" title=["一"]`, `a.csv/x (2) "乙" title=["二"]`, `a.csv/a 000004 "丙" title=["三"]`, `a.csv/part 5 "丁" title=["四"]`, `a.csv/2015/7 "戊" title=["五"]`}, "", ""},
		{"no text at all: a list of items", "a.tsv", "题名\t日期\n甲\t1958\n乙\t\n\t\n", records.Plan{Mapping: records.Mapping{Title: "题名", Fields: map[string]string{"日期": "dcterms:date"}}}, []string{
			`a.tsv/a 000002 "" date=["1958"] title=["甲"]`, `a.tsv/a 000003 "" title=["乙"]`}, "", ""},
		{"formulas are words, rows are ragged", "a.csv", "title,text\n=1+1,\"=HYPERLINK(\"\"x\"\")\",more\n@x\n", records.Plan{Mapping: records.Mapping{Title: "title", Text: "text"}}, []string{
			`a.csv/a 000002 "=HYPERLINK(\"x\")" title=["=1+1"]`, `a.csv/a 000003 "" title=["@x"]`}, "a.csv: 1 row has more cells than there are columns: 2.\na.csv: 1 row has no text: 3.", ""},
		{"what the source does not state", "a.csv", "title,date,creator\na,原文未载,not stated in the source; b\n", records.Plan{Mapping: records.Mapping{Title: "title",
			Fields: map[string]string{"date": "dcterms:date", "creator": "dcterms:creator"}, Split: ";"}}, []string{`a.csv/a 000002 "" creator=["b"] title=["a"] not=["dcterms:date" "dcterms:creator"]`}, "", ""},
		{"a column twice", "a.csv", "title,text,text\na,b,c\n", records.Plan{Mapping: records.Mapping{Text: "text (2)"}}, []string{`a.csv/a 000002 "c"`}, "", ""},
		{"JSON Lines", "a.jsonl", "{\"id\":7,\"text\":\" a\\r\\nb \",\"text\":\"c\\u0000\",\"label\":[\"x\",\"y\"]}\nnot\n{\"text\":{\"deep\":1}}\n", records.Plan{Mapping: records.Mapping{Text: "text", Name: "id", Tags: []string{"label"}}}, []string{
			"a.jsonl/7 \"c\uFFFD\" tags=[\"x\" \"y\"]", `a.jsonl/a 000003 "{\"deep\":1}"`}, "a.jsonl: 1 line is no JSON object: 2.", ""},
		{"an array whose names have spaces", "a.json", `[{" text ":"one","text":"two"},{"text":"three"}]`, records.Plan{Mapping: records.Mapping{Text: "text"}}, []string{
			`a.json/a 000001 "one"`, `a.json/a 000002 ""`}, "a.json: 1 row has no text: 2.", ""},
		{"a workbook", "a.xlsx", sheet, records.Plan{HeadRow: 2, Mapping: records.Mapping{Name: "档号", Title: "题名", Fields: map[string]string{"日期": "dcterms:date"}}}, []string{
			`a.xlsx/A-1 "" date=["2015-11-22"] title=["关于春耕的通知"]`, `a.xlsx/A-2 "" date=["2015 年夏"] title=["关于防汛的通知"]`},
			"a.xlsx: Row 1 stands above the names of the columns: 2015 年收文目录\na.xlsx: Other sheets were not read: Other.", ""},
		{"a sheet that is not there", "a.xlsx", sheet, records.Plan{Sheet: "目录", Mapping: records.Mapping{Title: "题名"}}, nil, "", NoSheet},
		{"a column that is not there", "a.csv", head + "1,2,3,4,5,6,7\n", records.Plan{Mapping: records.Mapping{Text: "text"}}, nil, "", NoColumn},
		{"no records", "a.txt", "司法厅召开推进会\n", full, nil, "", NoRows},
		{"a picture", "a.csv", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", full, nil, "", NoRows},
		{"a sheet without rows", "a.xlsx", sheet, records.Plan{HeadRow: 2, Sheet: "Other", Mapping: records.Mapping{Title: "x"}}, nil, "", NoSheet},
		{"nothing", "a.csv", "", full, nil, "", Empty},
		{"the head alone", "a.csv", head, full, nil, "", NoRows},
	} {
		docs, skips, notes := rowsOf(t, c.name, []byte(c.data), c.plan)
		var got []string
		for _, d := range docs {
			got = append(got, saidOf(d))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got\n%s\nwant\n%s", c.about, strings.Join(got, "\n"), strings.Join(c.want, "\n"))
		}
		if got := strings.Join(notes, "\n"); got != c.notes {
			t.Errorf("%s: notes\n%s\nwant\n%s", c.about, got, c.notes)
		}
		switch {
		case c.skip == "" && len(skips) > 0, c.skip != "" && (len(skips) != 1 || skips[0].Reason != c.skip):
			t.Errorf("%s: left out %v, want %q", c.about, skips, c.skip)
		}
	}
}

func workbook(t testing.TB, fill func(f *excelize.File)) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	fill(f)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Whatever a table has in it and whatever its columns are said to be: every cell that is mapped arrives, and nothing else
// does.
func TestRowsHaveWhatIsMapped(t *testing.T) {
	r := rand.New(rand.NewSource(7))
	words := []string{"", "", "甲", "b c", "=1+1", "1958", "two\nlines", `"quoted"`, "a,b", "x;y；z", "\ttab", "𠮷", "<b>"}
	fields := []string{"dcterms:date", "dcterms:creator", "dcterms:description"}
	for range 300 {
		columns := 1 + r.Intn(6)
		plan := records.Plan{HeadRow: 1, Mapping: records.Mapping{Fields: map[string]string{}}}
		if r.Intn(2) == 0 {
			plan.Split = records.Usual
		}
		is := make([]string, columns)
		rows := [][]string{make([]string, columns)}
		for i := range columns {
			name := fmt.Sprintf("c%d", i)
			rows[0][i] = name
			switch k := r.Intn(6); {
			case k == 0 && plan.Text == "":
				plan.Text, is[i] = name, "text"
			case k == 1 && plan.Title == "":
				plan.Title, is[i] = name, "dcterms:title"
			case k == 2:
				plan.Tags, is[i] = append(plan.Tags, name), "tag"
			case k == 3:
				is[i] = fields[r.Intn(len(fields))]
				plan.Fields[name] = is[i]
			}
		}
		for range 1 + r.Intn(5) {
			row := make([]string, columns)
			for i := range row {
				row[i] = words[r.Intn(len(words))]
			}
			rows = append(rows, row)
		}
		rows[1][0] = "full" // a table has one row at least
		var b strings.Builder
		for _, row := range rows {
			for i, c := range row {
				if i > 0 {
					b.WriteByte(',')
				}
				b.WriteString(`"` + strings.ReplaceAll(c, `"`, `""`) + `"`)
			}
			b.WriteByte('\n')
		}
		docs, skips, _ := rowsOf(t, "p.csv", []byte(b.String()), plan)
		if len(skips) > 0 {
			t.Fatalf("%s\n%v", b.String(), skips)
		}
		n := 0
		for _, row := range rows[1:] {
			if strings.TrimSpace(strings.Join(row, "")) == "" {
				continue
			}
			if n++; n > len(docs) {
				t.Fatalf("%d documents of\n%s", len(docs), b.String())
			}
			text, said, tags := wanted(row, is, plan.Split)
			d := docs[n-1]
			if d.Text != text || !maps.EqualFunc(d.Said.Fields, said, slices.Equal) || !slices.Equal(d.Said.Tags, tags) {
				t.Fatalf("of the row %q as %q: got %s\nwant %q %q %q", row, is, saidOf(d), text, said, tags)
			}
			if len(d.Said.Marks)+len(d.Said.Fixes)+len(d.Said.Notes)+len(d.Said.Not) > 0 || (plan.Title != "" || len(plan.Fields) > 0) && len(d.Proposals) > 0 {
				t.Fatalf("of the row %q more is said than it has: %+v %v", row, d.Said, d.Proposals)
			}
			kept := map[string]string{}
			if err := json.Unmarshal(d.Original, &kept); err != nil {
				t.Fatal(err)
			}
			for i, c := range row {
				if got := kept[fmt.Sprintf("c%d", i)]; got != strings.TrimSpace(c) {
					t.Fatalf("the original of %q has %q in column %d", row, got, i)
				}
			}
		}
		if n != len(docs) {
			t.Fatalf("%d documents of %d rows", len(docs), n)
		}
	}
}

// wanted is what a row is to make, worked out the plain way.
func wanted(row, is []string, split string) (text string, fields map[string][]string, tags []string) {
	fields = map[string][]string{}
	put := func(to *[]string, v string) {
		if v = strings.Join(strings.Fields(v), " "); v != "" && !slices.Contains(*to, v) {
			*to = append(*to, v)
		}
	}
	for _, title := range []bool{true, false} { // the title comes first
		for i, c := range row {
			c = strings.TrimSpace(c)
			parts := []string{c}
			if split != "" && (is[i] == "tag" || is[i] == "dcterms:creator") {
				parts = strings.FieldsFunc(c, func(r rune) bool { return strings.ContainsRune(split, r) })
			}
			for _, p := range parts {
				switch {
				case is[i] == "" || c == "":
				case is[i] == "text":
					text = c
				case is[i] == "tag":
					if p = strings.TrimSpace(p); !title && p != "" && !slices.Contains(tags, p) {
						tags = append(tags, p)
					}
				case title == (is[i] == "dcterms:title"):
					all := fields[is[i]]
					if put(&all, p); len(all) > 0 {
						fields[is[i]] = all
					}
				}
			}
		}
	}
	return text, fields, tags
}

// What is larger than it may be is refused or said, in time: a million rows, a cell that a program has cut, rows past the
// limit of a workbook.
func TestRowsHostile(t *testing.T) {
	if d, skip := ofRecord(&records.Record{Text: strings.Repeat("long ", MaxText/5+1)}, "l.xlsx/1", &records.Mapping{}); d != nil || skip.Reason != TextTooLong || skip.Path != "l.xlsx/1" {
		t.Errorf("of a text that is too long: %v", skip)
	}
	began := time.Now()
	million := strings.Repeat("a,b\n", 1_000_000)
	docs, skips, _ := rowsOf(t, "m.csv", []byte(million), records.Plan{HeadRow: records.NoHead, Mapping: records.Mapping{Text: "1"}})
	if len(docs) != 0 || len(skips) != 1 || skips[0].Reason != TooMuch {
		t.Errorf("of a million rows: %d documents, %v", len(docs), skips)
	}
	lines := strings.Repeat("{\"text\":\"a\"}\n", records.MaxRows+1)
	docs, skips, _ = rowsOf(t, "m.jsonl", []byte(lines), records.Plan{Mapping: records.Mapping{Text: "text"}})
	if len(docs) != 0 || len(skips) != 1 || skips[0].Reason != TooMuch {
		t.Errorf("of %d objects: %d documents, %v", records.MaxRows+1, len(docs), skips)
	}
	if d := time.Since(began); d > 30*time.Second {
		t.Errorf("refusing took %v", d)
	}
	long := strings.Repeat("长", 32_767)
	data := workbook(t, func(f *excelize.File) {
		for cell, v := range map[string]string{"A1": "title", "B1": "text", "A2": "cut", "B2": long, "A3": "=1+1"} {
			if err := f.SetCellValue("Sheet1", cell, v); err != nil {
				t.Fatal(err)
			}
		}
		if err := f.SetCellFormula("Sheet1", "B3", `=HYPERLINK("http://x","y")`); err != nil {
			t.Fatal(err)
		}
	})
	docs, _, notes := rowsOf(t, "l.xlsx", []byte(data), records.Plan{Mapping: records.Mapping{Title: "title", Text: "text"}})
	if len(docs) != 2 || docs[0].Text != long || docs[1].Said.Fields["dcterms:title"][0] != "=1+1" || !strings.Contains(strings.Join(notes, "\n"), "may have been cut") {
		t.Errorf("%d documents, notes %q", len(docs), notes)
	}
}

// A reading that is ended says so at once, and gives nothing more.
func TestRowsStop(t *testing.T) {
	at := filepath.Join(t.TempDir(), "m.csv")
	if err := os.WriteFile(at, []byte("text\n"+strings.Repeat("a\n", 90_000)), 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	n := 0
	err := EachRow(ctx, Found{Path: "m.csv", Name: at}, Options{}, records.Plan{Mapping: records.Mapping{Text: "text"}}, 0, func(Inner) error {
		if n++; n == 10 {
			cancel()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) || n > 11 {
		t.Errorf("%v after %d documents", err, n)
	}
}

// Tables that nobody here has made become documents, and their texts are made again of their originals.
func TestRowsOfCorpora(t *testing.T) {
	var files []string
	for _, pattern := range []string{"csv-spectrum/csvs/*.csv", "doccano-examples/backend/data_*/pipeline/examples/*/*.csv", "doccano-examples/backend/data_*/pipeline/examples/*/*.json*"} {
		some, _ := filepath.Glob("../../../shared/corpora/" + pattern)
		files = append(files, some...)
	}
	if len(files) == 0 {
		t.Skip("csv-spectrum and doccano-examples are not on this machine")
	}
	good, all := 0, 0
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		tab, err := openRecords(context.Background(), data, Found{Path: filepath.Base(file), Name: file}, "", records.Options{})
		if err != nil {
			t.Logf("%s: %v", file, err)
			continue
		}
		var sample []*records.Row
		for r, err := range tab.Tables[0].Rows() {
			if err != nil {
				t.Fatal(err)
			}
			sample = append(sample, r)
		}
		m := records.Guess(tab.Tables[0].Columns, sample)
		tab.Close()
		docs, skips, _ := rowsOf(t, filepath.Base(file), data, records.Plan{Mapping: m})
		if len(docs) != len(sample) || len(skips) > 0 {
			t.Errorf("%s: %d documents of %d rows, %v", file, len(docs), len(sample), skips)
		}
		good++
		all += len(docs)
	}
	t.Logf("%d of %d files, %d documents", good, len(files), all)
	if good < 32 {
		t.Errorf("%d of %d files read", good, len(files))
	}
}
