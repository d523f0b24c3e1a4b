package records

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fonds/app/ingest/content"
)

func TestCSV(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"commas", "题名,日期\n通知,2015\n", "[题名|日期]\n2 通知|2015\n"},
		{"bars", "a|b\n1,5|2\n", "[a|b]\n2 1,5|2\n"},
		{"cells in apostrophes", "'a','b'\n'1, \"one\"','it''s'\n", "[a|b]\n2 1, \"one\"|it's\n"},
		{"apostrophes in words", "a,b\n'tis,it's\n", "[a|b]\n2 'tis|it's\n"},
		{"rows of other lengths", "a,b\n1\n1,2,3\n", "[a|b]\n2 1\n3 1|2|3\n! 1 row has more cells than there are columns: 3.\n"},
		{"columns without a name, and of one name", "a,,a,2\n1,2,3,4\n", "[a|2|a (2)|2 (2)]\n2 1|2|3|4\n"},
		{"no names", "1956-01-02,甲\n1957-01-02,乙\n", "[1|2]\n1 1956-01-02|甲\n2 1957-01-02|乙\n"},
		{"a title above", "归档文件目录,,\n题名,日期,档号\n甲,2015,A-1\n", "[题名|日期|档号]\n3 甲|2015|A-1\n! Row 1 stands above the names of the columns: 归档文件目录\n"},
		{"controls", "a,b\n\x001\x07,\x7F2\n", "[a|b]\n2 \uFFFD1|2\n"},
		{"a mark in front", "\uFEFFa,b\r\n1,2\r\n", "[a|b]\n2 1|2\n"},
		{"quotes that are words", "a,b\nx\"y\",2\n", "[a|b]\n2 x\"y\"|2\n! Line 2 has a quotation mark where CSV has none: what follows may be read in another way.\n"},
		{"nothing", "\n\n", "error: it has no row below the names of columns\n"},
	} {
		if got := said(t, Source{Name: "x.csv", Text: tt.in}, Options{}); got != tt.want {
			t.Errorf("%s: got\n%swant\n%s", tt.name, got, tt.want)
		}
	}
	for head, want := range map[int]string{NoHead: "[1|2]\n1 a|b\n2 1|2\n", 2: "[1|2]\n! Row 1 stands above the names of the columns: a b\n", 1: "[a|b]\n2 1|2\n"} {
		if got := said(t, Source{Name: "x.csv", Text: "a,b\n1,2\n"}, Options{HeadRow: head}); got != want && !(head == 2 && strings.HasPrefix(got, "error")) {
			t.Errorf("head %d: got\n%swant\n%s", head, got, want)
		}
	}
	if got := said(t, Source{Name: "x.tab", Text: "a\tb\n1\t2\n"}, Options{}); got != "[a|b]\n2 1|2\n" {
		t.Errorf("tabs: %s", got)
	}
	many := "a,b\n" + strings.Repeat("1,2\n", MaxRows+1)
	if _, err := Open(ctx, Source{Name: "x.csv", Text: many}, Options{}); reason(err) != content.TooMuch {
		t.Errorf("too many rows: %v", err)
	}
	if _, err := Open(ctx, Source{Name: "x.csv", Text: strings.Repeat("x,", MaxColumns+1) + "x\n1\n"}, Options{}); reason(err) != content.TooMuch {
		t.Errorf("too many columns: %v", err)
	}
}

func TestJSON(t *testing.T) {
	lines := "{\"text\":\"a\\u0000b\\r\\nc\",\"tags\":[\"x\",\"y\"],\"n\":12345678901234567890}\nno\n\n{\"more\":{\"a\":[1, 2]},\"text\":null}\n{\"text\":\"d\",\"text\":\"e\"}\n{}\n"
	want := "[text|tags|n|more]\n1 a\uFFFDb\nc|x; y|12345678901234567890\n4 |||{\"a\":[1,2]}\n5 e\n! 1 line is no JSON object: 2.\n! 1 object has nothing in them: 6.\n"
	if got := said(t, Source{Name: "x.jsonl", Text: lines}, Options{}); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	array := "\uFEFF [ {\"a\": 1},\n 5, {\"b\": true} ] "
	want = "[a|b]\n1 1\n3 |true\n! 1 member of the array is no object: 2.\n"
	if got := said(t, Source{Name: "x.json", Text: array}, Options{}); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if got := said(t, Source{Name: "x.json", Text: "[{\"a\": 1},{\"a\": 2},{\"a"}, Options{}); !strings.HasPrefix(got, "[a]\n1 1\n2 2\n! ") {
		t.Errorf("cut short: %s", got)
	}
	deep := "[{\"a\":" + strings.Repeat("[", 200_000) + strings.Repeat("]", 200_000) + "}]"
	if _, err := Open(ctx, Source{Name: "x.json", Text: deep}, Options{}); reason(err) != content.Damaged {
		t.Errorf("deep: %v", err)
	}
	spans, err := Open(ctx, Source{Name: "x.jsonl", Text: `{"text":"EU rejects","label":[[0,2,"ORG"]]}` + "\n" + `{"text":"b","label":["x","y"]}`}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var tags []string
	for d, err := range Documents(spans.Tables[0], Guess(spans.Tables[0].Columns, nil)) {
		if err != nil {
			t.Fatal(err)
		}
		tags = append(tags, d.Tags...)
	}
	if notes := spans.Tables[0].Notes(); !slices.Equal(tags, []string{"x", "y"}) || len(notes) != 1 {
		t.Errorf("spans are no tags: %q, %q", tags, notes)
	}
	f, err := Open(ctx, Source{Name: "x.jsonl", Text: "{\"b\": 1,  \"a\": \"题\"}\n"}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for d, err := range Documents(f.Tables[0], Mapping{Text: "a"}) {
		if err != nil || string(d.Original) != "{\"b\": 1,  \"a\": \"题\"}" || d.Text != "题" || d.Name != "x 000001" {
			t.Errorf("%+v %v", d, err)
		}
	}
}

// Every file of csv-spectrum reads as its author says.
func TestSpectrum(t *testing.T) {
	files, _ := filepath.Glob(corpora + "csv-spectrum/csvs/*.csv")
	if len(files) == 0 {
		t.Skip("csv-spectrum is not on this machine")
	}
	good := 0
	for _, path := range files {
		data, _ := os.ReadFile(path)
		base := strings.TrimSuffix(filepath.Base(path), ".csv")
		wanted, _ := os.ReadFile(corpora + "csv-spectrum/json/" + base + ".json")
		var want []map[string]string
		if json.Unmarshal(wanted, &want) != nil { // of one row
			want = make([]map[string]string, 1)
			if err := json.Unmarshal(wanted, &want[0]); err != nil {
				t.Fatal(err)
			}
		}
		f, err := Open(ctx, Source{Name: path, Text: strings.ToValidUTF8(string(data), "\uFFFD")}, Options{HeadRow: 1})
		if err != nil {
			t.Errorf("%s: %v", base, err)
			continue
		}
		var got []map[string]string
		for r, err := range f.Tables[0].Rows() {
			if err != nil {
				t.Fatal(err)
			}
			m := map[string]string{}
			for i, c := range f.Tables[0].Columns {
				m[c] = r.Cell(i)
			}
			got = append(got, m)
		}
		same := len(got) == len(want)
		for i := range want {
			for k, v := range want[i] {
				v = strings.ReplaceAll(v, "\r\n", "\n")
				same = same && i < len(got) && strings.ReplaceAll(got[i][k], "\uFFFD", "") == strings.ReplaceAll(v, "\uFFFD", "")
			}
		}
		if same {
			good++
		} else {
			t.Logf("%s: got %q, want %q", base, got, want)
		}
	}
	t.Logf("%d of %d files of csv-spectrum", good, len(files))
	if good < len(files)-1 { // of one, the JSON has another telephone number than the CSV
		t.Errorf("%d of %d", good, len(files))
	}
}

// What would run in a spreadsheet is text here, and stays as it is.
func TestInjection(t *testing.T) {
	data, err := os.ReadFile(corpora + "csv-injection/Intruder/csv-payload.txt")
	if err != nil {
		t.Skip("csv-injection is not on this machine")
	}
	n := 0
	for l := range strings.Lines(string(data)) {
		l = strings.TrimSpace(l)
		if l == "" {
			continue
		}
		n++
		in := "title,text\nx,\"" + strings.ReplaceAll(l, `"`, `""`) + "\"\n"
		f, err := Open(ctx, Source{Name: "x.csv", Text: in}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for d, err := range Documents(f.Tables[0], Guess(f.Tables[0].Columns, nil)) {
			if err != nil || d.Text != tidy(l) {
				t.Errorf("%q is %q, %v", l, d.Text, err)
			}
		}
	}
	t.Logf("%d payloads are text", n)
	if n == 0 {
		t.Error("no payload")
	}
}

// Files of doccano read as records, and their column of text is found.
func TestDoccano(t *testing.T) {
	n, texts := 0, 0
	for _, pattern := range []string{"*.jsonl", "*.json", "*.csv"} {
		files, _ := filepath.Glob(corpora + "doccano-examples/backend/data_*/pipeline/examples/*/" + pattern)
		for _, path := range files {
			data, _ := os.ReadFile(path)
			if strings.Contains(path, "image_") || strings.Contains(path, "bounding_box") || strings.Contains(path, "segmentation") || strings.Contains(path, "speech") {
				continue // their text is a file of another kind
			}
			n++
			f, err := Open(ctx, Source{Name: path, Text: string(data)}, Options{})
			if err != nil {
				t.Logf("%s: %v", path, err)
				continue
			}
			tab := f.Tables[0]
			var sample []*Row
			for r, err := range tab.Rows() {
				if err != nil {
					t.Fatal(err)
				}
				sample = append(sample, r)
			}
			rows, full := 0, 0
			for d, err := range Documents(tab, Guess(tab.Columns, sample)) {
				if err != nil {
					t.Fatal(err)
				}
				if rows++; d.Text != "" {
					full++
				}
			}
			if full == rows && rows > 0 {
				texts++
			} else {
				t.Logf("%s: %q, %d of %d rows have a text", path, tab.Columns, full, rows)
			}
		}
	}
	if n == 0 {
		t.Skip("doccano-examples is not on this machine")
	}
	t.Logf("the text is found in %d of %d files of doccano", texts, n)
	if texts < n-1 { // one has the ending of JSON Lines, and is an object over many lines
		t.Errorf("%d of %d", texts, n)
	}
}

func TestGuess(t *testing.T) {
	long := []*Row{{Cells: []string{"1", strings.Repeat("很长的文字", 20)}}}
	for _, tt := range []struct {
		columns string
		sample  []*Row
		want    Mapping
	}{
		{"题名,正文,形成时间,责任者,主题词,档号,文号", nil, Mapping{Text: "正文", Title: "题名", Tags: []string{"主题词"},
			Fields: map[string]string{"形成时间": "dcterms:date", "责任者": "dcterms:creator", "档号": "dcterms:identifier", "文号": "dcterms:identifier"}}},
		{"題名,內容,責任者,標籤,檔號,檔名", nil, Mapping{Text: "內容", Title: "題名", Name: "檔名", Tags: []string{"標籤"},
			Fields: map[string]string{"責任者": "dcterms:creator", "檔號": "dcterms:identifier"}}},
		{"id,Title,Full text,Date,Author,Tags", nil, Mapping{Text: "Full text", Title: "Title", Name: "id", Tags: []string{"Tags"},
			Fields: map[string]string{"Date": "dcterms:date", "Author": "dcterms:creator"}}},
		{"标题,日期,日期 (2)", nil, Mapping{Title: "标题", Fields: map[string]string{"日期": "dcterms:date"}}},
		{"n,words", long, Mapping{Text: "words", Fields: map[string]string{}}},
		{"x,y", []*Row{{Cells: []string{"1", "2"}}}, Mapping{Fields: map[string]string{}}},
	} {
		got := Guess(strings.Split(tt.columns, ","), tt.sample)
		tt.want.Split = Usual
		a, _ := json.Marshal(got)
		b, _ := json.Marshal(tt.want)
		if string(a) != string(b) {
			t.Errorf("%s:\ngot  %s\nwant %s", tt.columns, a, b)
		}
	}
}

func TestDocuments(t *testing.T) {
	in := "题名,全文,责任者,标签,日期,x\n通  知,\"一\n二\",甲；乙,a;b;a,2015年,<1>\n无,,,,,,7\n"
	f, err := Open(ctx, Source{Name: `d\目录.csv`, Text: in}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	tab := f.Tables[0]
	var all []*Record
	for d, err := range Documents(tab, Guess(tab.Columns, nil)) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, d)
	}
	got, _ := json.Marshal(all[0].Fields)
	want := `[{"Field":"dcterms:title","Value":"通 知","Where":"column 题名, row 2"},{"Field":"dcterms:creator","Value":"甲","Where":"column 责任者, row 2"},{"Field":"dcterms:creator","Value":"乙","Where":"column 责任者, row 2"},{"Field":"dcterms:date","Value":"2015年","Where":"column 日期, row 2"}]`
	if d := all[0]; string(got) != want || d.Text != "一\n二" || !slices.Equal(d.Tags, []string{"a", "b"}) || d.Name != "目录 000002" || d.Row != 2 ||
		string(d.Original) != `{"题名":"通  知","全文":"一\n二","责任者":"甲；乙","标签":"a;b;a","日期":"2015年","x":"<1>"}` {
		t.Errorf("%+v\n%s\n%s", d, got, d.Original)
	}
	if d := all[1]; len(all) != 2 || d.Text != "" || string(d.Original) != `{"题名":"无","7":"7"}` {
		t.Errorf("%+v %s", d, d.Original)
	}
	if got := strings.Join(tab.Notes(), " "); got != "1 row has more cells than there are columns: 4. 1 row has no text: 4." {
		t.Error(got)
	}
}

// Reading ends with its context, within 100 ms and what a shared machine adds.
func TestStopped(t *testing.T) {
	row := strings.Repeat("words ", 100)
	for name, s := range map[string]Source{
		"csv":      {Name: "x.csv", Text: "a,b\n" + strings.Repeat(row+","+row+"\n", 40_000)},
		"one cell": {Name: "x.csv", Text: "a,b\n\"" + strings.Repeat(row, 80_000)},
		"jsonl":    {Name: "x.jsonl", Text: strings.Repeat("{\"a\":\""+row+"\"}\n", 80_000)},
		"an array": {Name: "x.json", Text: "[" + strings.Repeat("{\"a\":\""+row+"\"},", 80_000) + "{}]"},
	} {
		c, cancel := contextSoon()
		began := time.Now()
		f, err := Open(c, s, Options{})
		if err == nil {
			for _, err = range f.Tables[0].Rows() {
				if err != nil {
					break
				}
			}
		}
		cancel()
		if took := time.Since(began); err == nil || err != c.Err() || took > 5*time.Second {
			t.Errorf("%s: %v after %v", name, err, took)
		}
	}
}
