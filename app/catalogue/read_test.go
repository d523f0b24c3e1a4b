package catalogue

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// said is a table as a test names it: head, rows with their numbers, findings.
func said(t *Table) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", strings.Join(t.Head, "|"))
	for _, r := range t.Rows {
		fmt.Fprintf(&b, "%d %s\n", r.N, strings.Join(r.Cells, "|"))
	}
	for _, f := range t.Findings {
		fmt.Fprintf(&b, "! %d %s %s\n", f.Row, f.Code, f.Detail)
	}
	return b.String()
}

func TestReadCSV(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"commas", "题名,日期\n通知,2015\n", "题名|日期\n2 通知|2015\n"},
		{"semicolons, with commas in the cells", "题名;责任者\n\"甲,乙\";丙\n丁,戊;己\n", "题名|责任者\n2 甲,乙|丙\n3 丁,戊|己\n"},
		{"tabs", "题名\t日期\n通知, 一\t2015\n", "题名|日期\n2 通知, 一|2015\n"},
		{"quotes, line ends within", "题名,摘要\r\n\"他说\"\"好\"\"\",\"一\r\n二\"\r\n甲,乙\r\n", "题名|摘要\n2 他说\"好\"|一\n二\n4 甲|乙\n"},
		{"a mark in front, and what Excel is told", "\uFEFFsep=;\n题名;日期\n甲;乙\n", "题名|日期\n3 甲|乙\n"},
		{"a title above", "归档文件目录,,\n题名,日期,档号\n甲,2015,A-1\n", "题名|日期|档号\n3 甲|2015|A-1\n! 1 above \n"},
		{"a title above columns that nobody knows", "List\nx,y\n1,2\n3,4\n", "x|y\n3 1|2\n4 3|4\n! 1 above \n"},
		{"the head again, empty rows", "题名,日期\n甲,1\n,\n题名,日期\n\n乙,2\n", "题名|日期\n2 甲|1\n6 乙|2\n! 4 head \n"},
		{"rows of other lengths", "题名,日期,档号\n甲,1\n乙,2,3,4\n丙,2,3,,\n", "题名|日期|档号\n2 甲|1\n3 乙|2|3|4\n4 丙|2|3||\n! 2 cells 2\n! 3 cells 4\n"},
		{"quotation marks that are words", "题名,日期\n论\"双百\"方针,1956\n", "题名|日期\n2 论\"双百\"方针|1956\n! 2 quotes \n"},
		{"formulas are text", "题名,日期\n=1+1,@x\n", "题名|日期\n2 =1+1|@x\n"},
		{"white space around", "题名, 日期 \n 甲　, 1\n", "题名|日期\n2 甲|1\n"},
		{"two columns of one name", "题名,题名\n甲,乙\n", "题名|题名\n2 甲|乙\n! 0 columns 题名\n"},
		{"one column", "题名\n甲\n乙\n", "题名\n2 甲\n3 乙\n"},
		{"lines of the Macintosh", "题名,日期\r甲,1\r", "题名|日期\n2 甲|1\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Parse(ctx, "c.csv", []byte(tt.in), Options{})
			if err != nil {
				t.Fatal(err)
			}
			if s := said(got); s != tt.want {
				t.Errorf("got\n%swant\n%s", s, tt.want)
			}
		})
	}
}

func TestEncodings(t *testing.T) {
	text := "文件名,题名,责任者,成文日期\n01.txt,关于召开全省档案工作会议的通知,省档案局,2015年11月22日\n02.txt,关于印发归档文件整理规则的通知,国家档案局,2016年1月3日\n"
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	want, err := Parse(ctx, "c.csv", []byte(text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	for name, in := range map[string]string{"GBK": gbk, "UTF-16": utf16} {
		got, err := Parse(ctx, "c.csv", []byte(in), Options{})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if said(got) != said(want) {
			t.Errorf("%s (%s): got\n%swant\n%s", name, got.Encoding, said(got), said(want))
		}
	}
	if got, err := Parse(ctx, "c.csv", []byte(gbk), Options{Encoding: "gbk"}); err != nil || said(got) != said(want) {
		t.Errorf("as GBK: %v", err)
	}
}

func TestProblems(t *testing.T) {
	wide := strings.Repeat("x,", MostColumns) + "x\n1\n"
	many := "a,b\n" + strings.Repeat("1,2\n", MostRows+1)
	for _, tt := range []struct{ name, in, code string }{
		{"nothing", "", Empty},
		{"a head alone", "题名,日期\n", Empty},
		{"binary", "\x00\x01\x02\x03\x00\x00\x00\x00\x00\x00", NotTable},
		{"too wide", wide, TooWide},
		{"too many", many, TooMany},
		{"too long", "a,b\n1," + strings.Repeat("x", MostCell+1) + "\n", TooLong},
		{"an older workbook", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and more", NotTable},
		{"a zip that is none", "PK\x03\x04 and more", NotTable},
	} {
		_, err := Parse(ctx, "c", []byte(tt.in), Options{})
		var p *Problem
		if !errors.As(err, &p) || p.Code != tt.code {
			t.Errorf("%s: got %v, want %s", tt.name, err, tt.code)
		}
	}
	if _, err := Parse(ctx, "c", []byte("a,b\n"+strings.Repeat("1,2\n", MostRows)), Options{}); err != nil {
		t.Errorf("as many rows as may be: %v", err)
	}
	var p *Problem
	if _, err := Read(ctx, filepath.Join(t.TempDir(), "none.csv"), Options{}); !errors.As(err, &p) || p.Code != Unreadable || strings.Contains(p.Detail, "none.csv") {
		t.Errorf("a file that is not there: %v", err)
	}
	if _, err := Read(ctx, t.TempDir(), Options{}); !errors.As(err, &p) || p.Code != NotTable {
		t.Errorf("a folder: %v", err)
	}
}

// Reading ends where its context does.
func TestReadStopped(t *testing.T) {
	over, cancel := context.WithCancel(ctx)
	cancel()
	for name, data := range map[string][]byte{"c.csv": []byte("a,b\n1,2\n"), "c.xlsx": book(t, func(f *excelize.File) { set(t, f, "A1", "a", nil) })} {
		if _, err := Parse(over, name, data, Options{}); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// book makes a workbook.
func book(t testing.TB, fill func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	fill(f)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func set(t testing.TB, f *excelize.File, cell string, v any, style *excelize.Style) {
	t.Helper()
	if err := f.SetCellValue("Sheet1", cell, v); err != nil {
		t.Fatal(err)
	}
	if style != nil {
		id, err := f.NewStyle(style)
		if err == nil {
			err = f.SetCellStyle("Sheet1", cell, cell, id)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestReadXLSX(t *testing.T) {
	day := time.Date(2015, 11, 22, 0, 0, 0, 0, time.UTC)
	own := func(s string) *excelize.Style { return &excelize.Style{CustomNumFmt: &s} }
	data := book(t, func(f *excelize.File) {
		set(t, f, "A1", "归档文件目录", nil)
		if err := f.MergeCell("Sheet1", "A1", "D1"); err != nil {
			t.Fatal(err)
		}
		for i, h := range []string{"件号", "题名", "日期", "页数"} {
			set(t, f, fmt.Sprintf("%c2", 'A'+i), h, nil)
		}
		styles := []*excelize.Style{{NumFmt: 14}, {NumFmt: 31}, {NumFmt: 57}, own("yyyy-mm-dd"), own(`yyyy"年"m"月"d"日"`), own("[$-F800]dddd, mmmm dd, yyyy"), own("yyyymmdd")}
		for i, s := range styles {
			set(t, f, fmt.Sprintf("A%d", 3+i), i+1, nil)
			set(t, f, fmt.Sprintf("B%d", 3+i), "=1+1", nil)
			set(t, f, fmt.Sprintf("C%d", 3+i), day, s)
		}
		set(t, f, "C20", "20151122", nil)
		set(t, f, "D20", 12, nil)
		set(t, f, "E20", "beyond", nil)
		if err := f.SetCellFormula("Sheet1", "B20", "1+1"); err != nil {
			t.Fatal(err)
		}
		if _, err := f.NewSheet("other"); err != nil {
			t.Fatal(err)
		}
	})
	got, err := Parse(ctx, "c.xlsx", data, Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := "件号|题名|日期|页数\n" +
		"3 1|=1+1|2015-11-22\n4 2|=1+1|2015年11月22日\n5 3|=1+1|2015年11月\n6 4|=1+1|2015-11-22\n7 5|=1+1|2015年11月22日\n8 6|=1+1|2015-11-22\n9 7|=1+1|20151122\n" +
		"20 ||20151122|12|beyond\n! 1 above \n! 20 cells 5\n"
	if s := said(got); s != want {
		t.Errorf("got\n%swant\n%s", s, want)
	}
	if got.Sheet != "Sheet1" || !reflect.DeepEqual(got.Sheets, []string{"Sheet1", "other"}) {
		t.Errorf("sheets %q %q", got.Sheet, got.Sheets)
	}
	var p *Problem
	if _, err := Parse(ctx, "c.xlsx", data, Options{Sheet: "none"}); !errors.As(err, &p) || p.Code != NoSheet || p.Detail != "Sheet1, other" {
		t.Errorf("a sheet that is not there: %v", err)
	}
	if _, err := Parse(ctx, "c.xlsx", data, Options{Sheet: "other"}); !errors.As(err, &p) || p.Code != Empty {
		t.Errorf("an empty sheet: %v", err)
	}
	for n := 0; n < len(data); n += 97 { // cut anywhere, damaged anywhere: refused or read, never a panic
		_, _ = Parse(ctx, "c.xlsx", data[:n], Options{})
		broken := bytes.Clone(data)
		broken[n] ^= 0x55
		_, _ = Parse(ctx, "c.xlsx", broken, Options{})
	}
}

// A reference code that was typed as a number keeps all of its figures; what is text stays
// as it is.
func TestLongNumbers(t *testing.T) {
	general := &excelize.Style{Font: &excelize.Font{Bold: true}}
	data := book(t, func(f *excelize.File) {
		set(t, f, "A1", "档号", nil)
		set(t, f, "B1", "编号", nil)
		for i, v := range []any{123456789012, 20151122000001, int64(1234567890123450), "1E+15", "1.5E+3", 3.5, 0.1 + 0.2} {
			set(t, f, fmt.Sprintf("A%d", i+2), v, nil)
			set(t, f, fmt.Sprintf("B%d", i+2), v, general)
		}
	})
	got, err := Parse(ctx, "c.xlsx", data, Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"123456789012", "20151122000001", "1234567890123450", "1E+15", "1.5E+3", "3.5", "0.3"}
	for i, w := range want {
		if r := got.Rows[i]; r.Cell(0) != w || r.Cell(1) != w {
			t.Errorf("row %d reads %q, want %q twice", r.N, r.Cells, w)
		}
	}
}

// Catalogues of other programs: AtoM's for ISAD(G), ArchivesSpace's. FONDS_SHARED says
// where they lie.
func TestOthersCatalogues(t *testing.T) {
	dir := os.Getenv("FONDS_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	for name, want := range map[string]string{
		"atom-isad/lib/task/import/example/isad/example_information_objects_isad.csv": "identifier>identifier title>title extentAndMedium>format scopeAndContent>description accessConditions>rights language>language relatedUnitsOfDescription>relation subjectAccessPoints>subject placeAccessPoints>coverage nameAccessPoints>contributor eventDates>date eventActors>creator",
		"aspace/backend/spec/fixtures/bulk_import/testTopLinkerUpload.xlsx":           "title>title",
		"csv-spectrum/csvs/quotes_and_newlines.csv":                                   "",
	} {
		path := filepath.Join(dir, "corpora", filepath.FromSlash(name))
		if _, err := os.Stat(path); err != nil {
			t.Skipf("%s is not on this machine", path)
		}
		c, err := Read(ctx, path, Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var got []string
		p := Guess(c, dublinCore(t))
		for _, col := range p.Columns {
			got = append(got, c.Head[col.At]+">"+strings.TrimPrefix(col.Field, "dcterms:"))
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%s:\ngot  %s\nwant %s", name, s, want)
		}
	}
}

// FuzzParse: whatever the bytes are, they are refused by a Problem, or read within the
// bounds.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"题名,日期\n甲,1\n", "a;b\n\"1;\n2\";3\n", "sep=\t\na\tb\n1\t2", "\xFF\xFEa\x00,\x00b\x00\n\x001\x00", "a,b\n\"1,2", "归档\n题名,日期\n\n,\n题名,日期\n1,2,3"} {
		f.Add([]byte(s))
	}
	f.Add(book(f, func(w *excelize.File) { set(f, w, "A1", "题名", nil); set(f, w, "A2", "甲", nil) }))
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := Parse(ctx, "c.csv", data, Options{})
		if err != nil {
			var p *Problem
			if !errors.As(err, &p) || got != nil {
				t.Fatalf("%v %v", got, err)
			}
			return
		}
		if len(got.Rows) == 0 || len(got.Rows) > MostRows || len(got.Head) > MostColumns {
			t.Fatalf("%d rows, %d columns", len(got.Rows), len(got.Head))
		}
		last := got.HeadRow
		for _, r := range got.Rows {
			if r.N <= last {
				t.Fatalf("row %d after %d", r.N, last)
			}
			last = r.N
			if len(trimmed(r.Cells)) == 0 {
				t.Fatal("an empty row")
			}
			for _, c := range r.Cells {
				if len(c) > MostCell || strings.TrimSpace(c) != c || strings.Contains(c, "\x00") {
					t.Fatalf("cell %q", c)
				}
			}
		}
		Guess(got, dublinCore(t))
	})
}

func BenchmarkReadXLSX(b *testing.B) {
	path := filepath.Join(b.TempDir(), "c.xlsx")
	f := excelize.NewFile()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	for n := 1; n <= 20_000; n++ {
		row := []any{fmt.Sprintf("%05d.txt", n), "关于召开会议的通知", "省档案局；省司法厅", "2015-11-22", "D1-2015-" + fmt.Sprint(n)}
		if n == 1 {
			row = []any{"文件名", "题名", "责任者", "日期", "档号"}
		}
		if err := w.SetRow(fmt.Sprintf("A%d", n), row); err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := f.SaveAs(path); err != nil {
		b.Fatal(err)
	}
	st, _ := os.Stat(path)
	b.SetBytes(st.Size())
	for b.Loop() {
		if t, err := Read(ctx, path, Options{}); err != nil || len(t.Rows) != 19_999 {
			b.Fatal(err)
		}
	}
}
