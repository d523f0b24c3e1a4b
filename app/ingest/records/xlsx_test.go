package records

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"fonds/app/ingest/content"
)

func contextSoon() (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, 20*time.Millisecond)
}

func TestXLSX(t *testing.T) {
	day := time.Date(2015, 11, 22, 20, 30, 0, 0, time.UTC)
	data := workbookOf(t, func(f *excelize.File) {
		for i, h := range []string{"题名", "日期", "n", "类"} {
			set(t, f, fmt.Sprintf("%c1", 'A'+i), h, "")
		}
		for i, format := range []string{"yyyy-mm-dd", `yyyy"年"m"月"d"日"`, `yyyy"年"m"月"`, "yyyymmdd", "m/d/yy", "yyyy-mm-dd hh:mm", "d-mmm-yy", "mmm-yy", `0"份"`, "0.00"} {
			set(t, f, fmt.Sprintf("A%d", i+2), format, "")
			set(t, f, fmt.Sprintf("B%d", i+2), day, format)
		}
		set(t, f, "C2", 20151122000001, "")
		set(t, f, "C3", "2015-11-22", "")
		set(t, f, "C4", 1.5, "")
		set(t, f, "D3", "merged", "")
		if err := f.MergeCell("Sheet1", "D3", "D5"); err != nil {
			t.Fatal(err)
		}
		if err := f.MergeCell("Sheet1", "A30", "C30"); err != nil {
			t.Fatal(err)
		}
		set(t, f, "A12", strings.Repeat("字", MaxCell), "")
		if err := f.SetCellFormula("Sheet1", "A13", "1+1"); err != nil {
			t.Fatal(err)
		}
		if _, err := f.NewSheet("empty"); err != nil {
			t.Fatal(err)
		}
		if _, err := f.NewSheet("other"); err != nil {
			t.Fatal(err)
		}
		if err := f.SetSheetRow("other", "A1", &[]any{"x", "y"}); err != nil {
			t.Fatal(err)
		}
		if err := f.SetSheetRow("other", "A2", &[]any{"1", true}); err != nil {
			t.Fatal(err)
		}
	})
	want := "Sheet1[题名|日期|n|类]\n2 yyyy-mm-dd|2015-11-22|20151122000001 {1 2015-11-22}\n" +
		"3 yyyy\"年\"m\"月\"d\"日\"|2015年11月22日|2015-11-22|merged {1 2015-11-22}\n4 yyyy\"年\"m\"月\"|2015年11月|1.5|merged {1 2015-11}\n" +
		"5 yyyymmdd|20151122||merged {1 2015-11-22}\n6 m/d/yy|11/22/15 {1 2015-11-22}\n7 yyyy-mm-dd hh:mm|2015-11-22 20:30 {1 2015-11-22T20:30:00}\n" +
		"8 d-mmm-yy|22-Nov-15 {1 2015-11-22}\n9 mmm-yy|Nov-15 {1 2015-11}\n10 0\"份\"|42331份\n11 0.00|42330.85\n12 " + strings.Repeat("字", MaxCell) + "\n" +
		"! 1 row has a cell of just 32767 characters, and may have been cut by the program that wrote them: 12.\nother[x|y]\n2 1|TRUE\n"
	if got := said(t, Source{Name: "x.xlsx", Data: data}, Options{}); got != want {
		t.Errorf("got\n%swant\n%s", strings.ReplaceAll(got, strings.Repeat("字", 100), "字"), strings.ReplaceAll(want, strings.Repeat("字", 100), "字"))
	}
	f, err := Open(ctx, Source{Name: "x.xlsx", Data: data}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for d, err := range Documents(f.Tables[0], Guess(f.Tables[0].Columns, nil)) {
		if err != nil {
			t.Fatal(err)
		}
		if d.Row == 4 && (len(d.Fields) != 2 || d.Fields[1].Value != "2015-11" || d.Fields[1].Where != "sheet Sheet1, column 日期, row 4: 2015年11月") {
			t.Errorf("%+v", d.Fields)
		}
	}
	for n := 0; n < len(data); n += 211 { // cut anywhere, damaged anywhere: refused or read, never a panic
		said(t, Source{Data: data[:n]}, Options{})
		broken := bytes.Clone(data)
		broken[n] ^= 0x55
		said(t, Source{Data: broken}, Options{})
	}
}

// again is a workbook with parts put in the place of its own, or beside them.
func again(t testing.TB, data []byte, parts map[string]string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range z.File {
		if _, other := parts[f.Name]; !other {
			if err := w.Copy(f); err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, text := range parts {
		p, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		p.Write([]byte(text))
	}
	w.Close()
	return out.Bytes()
}

func TestXLSXBombs(t *testing.T) {
	small := workbookOf(t, func(f *excelize.File) { set(t, f, "A1", "a", ""); set(t, f, "A2", "1", "") })
	head := `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`
	rows := func(n int, row string) string {
		var b strings.Builder
		for i := 1; i <= n; i++ {
			fmt.Fprintf(&b, row, i)
		}
		return head + b.String() + "</sheetData></worksheet>"
	}
	spaces := strings.Repeat(" ", 60<<20)
	for _, tt := range []struct {
		name string
		data []byte
		want content.Reason
	}{
		{"a sheet of spaces", again(t, small, map[string]string{"xl/worksheets/sheet1.xml": head + spaces}), content.TooMuch},
		{"styles of spaces", again(t, small, map[string]string{"xl/styles.xml": spaces}), content.TooMuch},
		{"a picture of zeros is left alone", again(t, small, map[string]string{"xl/media/image1.png": spaces}), ""},
		{"entities", again(t, small, map[string]string{"xl/worksheets/sheet1.xml": "<!DOCTYPE w [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>" + head + `<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>`}), "any"},
		{"too many rows", again(t, small, map[string]string{"xl/worksheets/sheet1.xml": rows(MaxRows+2, `<row r="%d"><c><v>1</v></c></row>`)}), content.TooMuch},
		{"a row far down", again(t, small, map[string]string{"xl/worksheets/sheet1.xml": head + `<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>`}), ""},
		{"a row beyond all", again(t, small, map[string]string{"xl/worksheets/sheet1.xml": head + `<row r="1"><c r="A1"><v>1</v></c></row><row r="99999999"><c><v>1</v></c></row></sheetData></worksheet>`}), content.TooMuch},
		{"an older workbook", []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and more"), content.NotIt},
		{"an encrypted one", append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), wide("EncryptedPackage")...), content.Encrypted},
		{"none", []byte("text"), content.NotIt},
		{"a ZIP file with a workbook in it", packed(t, "a.xlsx", string(small)), content.NotIt},
	} {
		began := time.Now()
		f, err := Open(ctx, Source{Name: "x", Data: tt.data}, Options{})
		if err == nil {
			for _, tab := range f.Tables {
				for _, e := range tab.Rows() {
					err = e
				}
			}
			f.Close()
		}
		if got := reason(err); got != tt.want && tt.want != "any" || err != nil && got == "" {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
		if took := time.Since(began); took > 15*time.Second {
			t.Errorf("%s: %v", tt.name, took)
		}
	}
}

func odsOf(t testing.TB, tables string) []byte {
	return packed(t, "mimetype", FormatODS, "content.xml", `<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet>`+tables+`</office:spreadsheet></office:body></office:document-content>`)
}

func TestODS(t *testing.T) {
	cell := func(s string) string { return "<table:table-cell><text:p>" + s + "</text:p></table:table-cell>" }
	row := func(s string) string { return "<table:table-row>" + s + "</table:table-row>" }
	data := odsOf(t, `<table:table table:name="甲">`+row(cell("题名")+cell("日期")+cell("x"))+`<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>`+
		row(cell("a<text:s text:c=\"2\"/>b</text:p><text:p>c")+`<table:table-cell office:value-type="date" office:date-value="2015-11-22T00:00:00"><text:p>22.11.15</text:p></table:table-cell>`+
			`<table:table-cell table:number-columns-repeated="2"><office:annotation><text:p>no</text:p></office:annotation><text:p>z</text:p></table:table-cell>`)+
		`<table:table-row table:number-rows-repeated="2">`+cell("twice")+`</table:table-row></table:table><table:table table:name="乙">`+row(cell("k")+cell("v"))+row(cell("1")+cell("2"))+`</table:table>`)
	want := "甲[题名|日期|x]\n5 a  b\nc|22.11.15|z|z {1 2015-11-22}\n6 twice\n7 twice\n! 1 row has more cells than there are columns: 5.\n乙[k|v]\n2 1|2\n"
	if got := said(t, Source{Name: "x.ods", Data: data}, Options{}); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	bomb := odsOf(t, `<table:table table:name="a">`+row(cell("a")+cell("b"))+`<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"><text:p>`+strings.Repeat("x", 2000)+`</text:p></table:table-cell></table:table-row></table:table>`)
	began := time.Now()
	f, err := Open(ctx, Source{Data: bomb}, Options{HeadRow: 1})
	if err == nil {
		for _, err = range f.Tables[0].Rows() {
			if err != nil {
				break
			}
		}
	}
	if reason(err) != content.TooMuch {
		t.Errorf("a bomb: %v", err)
	}
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("a bomb: %v", took)
	}
}

// Workbooks of others are read or refused, and one in both formats reads the same in both.
func TestWorkbooksOfOthers(t *testing.T) {
	var files []string
	for _, p := range []string{"tika-docs/files/*.xlsx", "tika-docs/files/*.ods", "aspace/backend/spec/fixtures/bulk_import/*.xlsx"} {
		some, _ := filepath.Glob(corpora + p)
		files = append(files, some...)
	}
	if len(files) == 0 {
		t.Skip("the workbooks are not on this machine")
	}
	read, refused := 0, 0
	for _, path := range files {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got := said(t, Source{Name: path, Data: data}, Options{}); strings.Contains(got, "error: it is encrypted") || strings.Contains(got, "error: it has no row below") {
			refused++
		} else if strings.Contains(got, "error") {
			t.Logf("%s: %.200s", filepath.Base(path), got)
		} else {
			read++
		}
	}
	t.Logf("%d of %d workbooks were read, %d are encrypted or have no two rows", read, len(files), refused)
	if read < 18 || read+refused < len(files) {
		t.Errorf("%d read, %d refused of %d", read, refused, len(files))
	}
	ods, err := os.ReadFile(corpora + "tika-docs/files/test-columnar.ods")
	xlsx, err2 := os.ReadFile(corpora + "tika-docs/files/test-columnar.xlsx")
	if err != nil || err2 != nil {
		t.Fatal(err, err2)
	}
	dates := regexp.MustCompile(`\{[56] [^}]*\}`)
	a, b := dates.FindAllString(said(t, Source{Data: ods}, Options{}), -1), dates.FindAllString(said(t, Source{Data: xlsx}, Options{}), -1)
	if len(a) < 22 || !slices.Equal(a, b) {
		t.Errorf("dates of test-columnar: ODS %q, XLSX %q", a, b)
	}
}

// A workbook whose table of texts takes long to read lets go when its context ends, and is closed all the same.
func TestXLSXStopped(t *testing.T) {
	small := workbookOf(t, func(f *excelize.File) { set(t, f, "A1", "a", ""); set(t, f, "A2", "b", "") })
	var texts strings.Builder
	texts.WriteString(`<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`)
	for i := range 300_000 {
		fmt.Fprintf(&texts, "<si><t>%d %x</t></si>", i, i*7919)
	}
	data := again(t, small, map[string]string{"xl/sharedStrings.xml": texts.String() + "</sst>"})
	f, err := Open(ctx, Source{Data: data}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	f.Close()
	for _, after := range []time.Duration{time.Millisecond, 20 * time.Millisecond, 100 * time.Millisecond} {
		c, cancel := context.WithTimeout(ctx, after)
		began := time.Now()
		f, err := Open(c, Source{Data: data}, Options{})
		took := time.Since(began)
		cancel()
		if err == nil { // a quick machine
			f.Close()
		} else if err != context.DeadlineExceeded || took > after+5*time.Second {
			t.Errorf("stopped after %v: %v after %v", after, err, took)
		}
	}
}
