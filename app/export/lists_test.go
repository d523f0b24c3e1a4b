package export

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/net/html"

	"fonds/app/i18n"
	"fonds/storage"
	"fonds/storage/archive"
)

func onPaper(t testing.TB, a *storage.Archive, l List) string {
	t.Helper()
	var b bytes.Buffer
	if err := WriteList(t.Context(), a, l, &b); err != nil {
		t.Fatalf("%s: %v", l.Kind, err)
	}
	return b.String()
}

// cells are those of the tables of a page, a line a row, and what else its elements of some
// names say.
func cells(t testing.TB, page string, also ...string) []string {
	t.Helper()
	var out, row []string
	for _, n := range nodes(parsed(t, page)) {
		switch {
		case n.Data == "tr":
			row = nil
		case n.Data == "td":
			row = append(row, strings.ReplaceAll(textOf(n), "\n", "⏎"))
			last := true
			for s := n.NextSibling; s != nil; s = s.NextSibling {
				last = last && s.Data != "td"
			}
			if last {
				out = append(out, strings.Join(row, "|"))
			}
		case slices.Contains(also, n.Data):
			out = append(out, textOf(n))
		}
	}
	return out
}

// rowsOf are the rows of a workbook's sheets, without the empty ones.
func rowsOf(t testing.TB, book string) []string {
	t.Helper()
	f, err := excelize.OpenReader(strings.NewReader(book))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []string
	for _, sheet := range f.GetSheetList() {
		if formula, err := f.GetCellFormula(sheet, "C4"); formula != "" || err != nil {
			t.Errorf("C4 of %s is a formula: %q, %v", sheet, formula, err)
		}
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			out = append(out, strings.ReplaceAll(strings.Join(r, "|"), "\n", "⏎"))
		}
	}
	return out
}

var wantLists = map[string][]string{
	FiledList: {
		"1|Z109-WS-001-0001|某发〔2015〕3号|市档案局|关于<b>会议</b>的通知|20150120||3|附件缺",
		"2|Z109-WS-001-0002||市档案局|决定|2014||4|",
		"3|Z109-WS-001-0003||市财政局；市档案局|会议纪要|2015-03|秘密|2|",
		"4|||市档案局|批复|03/04/2016|||",
		"5|||市档案局|报告|20160702||5|",
		"6||||6.txt||||",
	},
	FilesList: {
		"1|Z109-WS-001|会议文件|2014—201503|9|永久|",
		"2|Z109-WS-002|=1+1|20160702||永久|封皮已换⏎1 件未著录页数，其余共 5 页。⏎1 件无确定日期。",
		"3|Z109-WS-003|待归卷|||永久|卷内尚无文件。",
	},
	ContentsList: {
		"1|某发〔2015〕3号|市档案局|关于<b>会议</b>的通知|20150120||1|附件缺",
		"2||市档案局|决定|2014||4|",
		"3||市财政局；市档案局|会议纪要|2015-03|秘密|8-9|",
		"1||市档案局|批复|03/04/2016||1|",
		"2||市档案局|报告|20160702|||",
	},
}

// TestLists: every column holds what it is to hold, of closed documents too; the workbook
// says the same, and no text is a formula.
func TestLists(t *testing.T) {
	a, _ := arranged(t)
	for kind, want := range wantLists {
		if got := cells(t, onPaper(t, a, List{Kind: kind, Lang: "zh-Hans"})); !slices.Equal(got, want) {
			t.Errorf("%s:\ngot  %q\nwant %q", kind, got, want)
		}
		rows := rowsOf(t, onPaper(t, a, List{Kind: kind, Lang: "zh-Hans", XLSX: true}))
		for _, w := range want {
			if !slices.Contains(rows, strings.TrimRight(w, "|")) && !slices.Contains(rows, w) {
				t.Errorf("the workbook of %s has no row %q: %q", kind, w, rows)
			}
		}
	}
}

// TestContentsBreakPages: each file begins a page of the workbook, which Excel heeds only
// where it does not fit the pages itself; one table fits the width of the paper.
func TestContentsBreakPages(t *testing.T) {
	a, _ := arranged(t)
	for kind, want := range map[string][3]int{ContentsList: {0, 1, 80}, FiledList: {1, 0, 100}} {
		book := onPaper(t, a, List{Kind: kind, Lang: "zh-Hans", XLSX: true})
		f, err := excelize.OpenReader(strings.NewReader(book))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		sheet := f.GetSheetList()[0]
		props, _ := f.GetSheetProps(sheet)
		layout, _ := f.GetPageLayout(sheet)
		raw, _ := f.Pkg.Load("xl/worksheets/sheet1.xml")
		got := [3]int{0, strings.Count(string(raw.([]byte)), "<brk "), int(*layout.AdjustTo)}
		if props.FitToPage != nil && *props.FitToPage {
			got[0] = 1
		}
		if got != want || *layout.Orientation != "landscape" || *layout.Size != 9 {
			t.Errorf("%s: fits, breaks, scale are %v, want %v; %v, size %v", kind, got, want, *layout.Orientation, *layout.Size)
		}
	}
}

// TestListsOfAPart: a unit with all under it; a query, which chooses files that stand whole.
func TestListsOfAPart(t *testing.T) {
	a, _ := arranged(t)
	for _, c := range []struct {
		l    List
		want []string
	}{
		{List{Kind: FiledList, Unit: "Z109/WS/002"}, []string{"1|||市档案局|批复|03/04/2016|||", "2|||市档案局|报告|20160702||5|"}},
		{List{Kind: FiledList, Query: "报告"}, []string{"1|||市档案局|报告|20160702||5|"}},
		{List{Kind: FilesList, Query: "决定"}, wantLists[FilesList][:1]},
		{List{Kind: ContentsList, Query: "决定"}, wantLists[ContentsList][:3]},
		{List{Kind: ContentsList, Unit: "Z109/WS/002", Query: "报告"}, wantLists[ContentsList][3:]},
	} {
		c.l.Lang = "zh-Hans"
		if got := cells(t, onPaper(t, a, c.l)); !slices.Equal(got, c.want) {
			t.Errorf("%+v:\ngot  %q\nwant %q", c.l, got, c.want)
		}
	}
}

// TestNothingToList: a sentence says what to do, and nothing is written.
func TestNothingToList(t *testing.T) {
	a, _ := arranged(t)
	empty, err := storage.Create(t.Context(), filepath.Join(t.TempDir(), "e.fonds"), storage.NewArchive{Owner: "Li", Template: "isadg"}, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer empty.Close()
	flat, _ := filled(t)
	for _, c := range []struct {
		a    *storage.Archive
		l    List
		code string
	}{
		{empty, List{Kind: FiledList}, "paper-empty"}, {empty, List{Kind: NoteList}, "paper-empty"}, {empty, List{Kind: ISADGList}, "paper-empty"},
		{empty, List{Kind: FilesList}, "paper-files"}, {empty, List{Kind: ContentsList}, "paper-empty"},
		{flat, List{Kind: FilesList}, "paper-files"}, {flat, List{Kind: ContentsList}, "paper-contents"},
		{a, List{Kind: FiledList, Query: "none-such"}, "paper-none"}, {a, List{Kind: FilesList, Query: "6.txt"}, "paper-contents"},
		{a, List{Kind: FiledList, Unit: "Z109/WS/003"}, "paper-unit"}, {a, List{Kind: FiledList, Unit: "Z110"}, "unit-unknown"},
	} {
		for _, book := range []bool{false, true} {
			var b bytes.Buffer
			c.l.Lang, c.l.XLSX = "en", book
			var r *archive.Refusal
			if err := WriteList(t.Context(), c.a, c.l, &b); !errors.As(err, &r) || r.Code != c.code || b.Len() > 0 {
				t.Errorf("%+v: %v, %d bytes", c.l, err, b.Len())
			}
		}
	}
}

// TestListsAreTheSame: the same bytes each time, whole as pages and as workbooks.
func TestListsAreTheSame(t *testing.T) {
	a, _ := arranged(t)
	for _, kind := range Lists() {
		for _, lang := range i18n.Languages() {
			for _, book := range []bool{false, true} {
				l := List{Kind: kind, Lang: lang, XLSX: book, Folder: t.TempDir()}
				one, two := onPaper(t, a, l), onPaper(t, a, l)
				if one != two {
					t.Errorf("%s in %s (workbook: %v): not the same bytes", kind, lang, book)
				}
				if !book {
					checkPrint(t, kind+" "+lang, one)
					balanced(t, kind, one)
				}
			}
		}
	}
}

// balanced says where an element of a page is not closed, or another one is.
func balanced(t testing.TB, name, page string) {
	t.Helper()
	var open []string
	for z := html.NewTokenizer(strings.NewReader(page)); ; {
		switch z.Next() {
		case html.ErrorToken:
			if len(open) > 0 {
				t.Errorf("%s: %q is open at the end", name, open)
			}
			return
		case html.StartTagToken:
			if tag, _ := z.TagName(); string(tag) != "meta" {
				open = append(open, string(tag))
			}
		case html.EndTagToken:
			tag, _ := z.TagName()
			if len(open) == 0 || open[len(open)-1] != string(tag) {
				t.Fatalf("%s: </%s> in %q", name, tag, open)
			}
			open = open[:len(open)-1]
		}
	}
}

// TestISADG: levels from the top, each with what is said of itself and nothing twice.
func TestISADG(t *testing.T) {
	a, _ := arranged(t)
	got := strings.Join(cells(t, onPaper(t, a, List{Kind: ISADGList, Lang: "zh-Hans"}), "h2", "dt", "dd"), " / ")
	for _, want := range []string{
		"全宗级 Z109 某某市档案局 / 日期 / 2014—2016-07-02 / 载体形态 / 5 件（据所含文件统计） / 责任者 / 市档案局 / 类别级 Z109-WS 文书档案",
		"保管期限 / 永久 / 案卷级 Z109-WS-001 会议文件 / 日期 / 2014—2015-03 / 载体形态 / 3 件，9 页（据所含文件统计） / 文件级 Z109-WS-001-0001 关于<b>会议</b>的通知 / 日期 / 2015-01-20",
		"责任者 / 市财政局；市档案局", "文件级 批复 / 日期 / 03/04/2016 / 文件级 报告", "文件级 6.txt",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("there is no %q in\n%s", want, got)
		}
	}
	if n := strings.Count(got, "永久"); n != 1 {
		t.Errorf("the period of retention is said %d times", n)
	}
	part := strings.Join(cells(t, onPaper(t, a, List{Kind: ISADGList, Unit: "Z109/WS/001", Lang: "zh-Hans"}), "h2", "dt", "dd"), " / ")
	if !strings.Contains(part, "责任者 / 市档案局") || strings.Contains(part, "文书档案") {
		t.Errorf("a unit alone does not say what it has from above: %s", part)
	}
}

// TestNote: what the log says of a file, and who did it; a check has a name where all of it
// is approved.
func TestNote(t *testing.T) {
	a, do := arranged(t)
	note := func(unit string) string {
		t.Helper()
		return strings.Join(cells(t, onPaper(t, a, List{Kind: NoteList, Unit: unit, Lang: "zh-Hans"}), "p"), " / ")
	}
	want := func(got string, all ...string) {
		t.Helper()
		for _, w := range all {
			if !strings.Contains(got, w) {
				t.Errorf("there is no %q in\n%s", w, got)
			}
		}
	}
	want(note("Z109/WS/001"), "共 3 件 9 页。起止日期：2014—201503。", "档号无缺号", "更正：无", "补充：无", "调出：无", "移出：无", "审核：3 件中 0 件审核通过", "王芳|20261120", "/ | /")
	want(note("Z109/WS/002"), "补充：首次归入之后补入 1 件，最近为 20261122（李雷）。", "李雷|20261122")
	do(23, "王芳", `{"do":"document.place","doc":"path:in/3.txt","unit":"Z109/WS/003"}`, `{"do":"document.remove","doc":"path:in/4.txt","reason":"重复"}`,
		`{"do":"correction.propose","doc":"path:in/1.txt","start":1,"end":2,"text":"一"}`)
	do(24, "王芳", `{"do":"policy.set","four_eyes":false}`, `{"do":"document.submit","doc":"path:in/5.txt"}`)
	do(25, "王芳", `{"do":"document.approve","doc":"path:in/5.txt"}`)
	want(note("Z109/WS/001"), "缺失：档号缺 2 号。", "更正：1 件文本共更正 1 处", "调出：1 件调出，最近为 20261123（王芳）。")
	want(note("Z109/WS/002"), "移出：1 件移出，最近为 20261123（王芳）。", "审核：1 件中 1 件审核通过", "王芳|20261125")
	do(26, "王芳", `{"do":"document.destroy","doc":"path:in/3.txt","authority":"销毁清册2026-1","reason":"期满"}`)
	all := strings.Join(cells(t, onPaper(t, a, List{Kind: NoteList, Lang: "zh-Hans"}), "p"), " / ")
	want(all, "依据“销毁清册2026-1”销毁 1 件，最近为 20261126（王芳）；原因：期满。", "未归入任何单元的文件")
}

// TestBookGoesOn: what is too much for a cell goes on below, and for a sheet in the next,
// under the same heads.
func TestBookGoesOn(t *testing.T) {
	var b bytes.Buffer
	p := newBookPaper(&b, t.TempDir(), "en", true)
	p.most = 1100
	if err := p.leaf("A/B: list", []string{"under"}); err != nil {
		t.Fatal(err)
	}
	if err := p.table(filedColumns[:3], []string{"No.", "Code", "Number"}); err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("长", cellUnits+5)
	for i := range 1500 {
		if err := p.row([]string{fmt.Sprint(i + 1), "007", map[bool]string{true: long}[i == 0]}); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(p.foot("1500"), p.end("2026-11-20T10:00:00Z")); err != nil {
		t.Fatal(err)
	}
	rows := rowsOf(t, b.String())
	if rows[3] != "1|007|"+long[:3*cellUnits] || rows[4] != "||长长长长长" {
		t.Errorf("the long text is %.40q and %q", rows[3], rows[4])
	}
	f, err := excelize.OpenReader(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got := f.GetSheetList(); !slices.Equal(got, []string{"AB list", "AB list 2"}) {
		t.Errorf("the sheets are %q", got)
	}
	for cell, want := range map[string]string{"A1": "A/B: list", "A3": "No.", "B4": "007"} {
		if got, _ := f.GetCellValue("AB list 2", cell); got != want {
			t.Errorf("%s of the second sheet is %q, want %q", cell, got, want)
		}
	}
	if kind, _ := f.GetCellType("AB list", "B4"); kind == excelize.CellTypeNumber || kind == excelize.CellTypeFormula {
		t.Errorf("a code is of type %v", kind)
	}
	if n := len(rows); n != 1500+1+2*3+2 {
		t.Errorf("%d rows", n)
	}
}

func TestGaps(t *testing.T) {
	for refs, want := range map[string]string{"": "", "A-1 A-2 A-3": "", "A-1 A-4 B-7 A-9": "2–3, 5–8", "A-0001 A-0003": "2", "x y": ""} {
		if got := gaps(strings.Fields(refs)); got != want {
			t.Errorf("%s: got %q, want %q", refs, got, want)
		}
	}
}
