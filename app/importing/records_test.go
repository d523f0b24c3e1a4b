package importing

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/xuri/excelize/v2"

	"fonds/app/i18n"
	"fonds/storage"
	"fonds/storage/archive"
)

const catalogueCSV = "2015 年收文目录\n档号,题名,日期,标签,全文,备注\nA-1,春耕,2015-11-22,农业;通知,各县抓紧春耕，不误农时，切实保证种子化肥及时到位。,x\nA-2,防汛,二月三十日,,,\n"

// table opens the page with one file, and binds the commands that are the window's.
func table(t *testing.T, name, text string) *screen {
	t.Helper()
	sc := opened(t)
	sc.in = put(t, t.TempDir(), name, text)
	for id, do := range map[string]func(){"importing.records": sc.Page.Records, "importing.one": sc.Page.AsOne, "importing.sheet": sc.Page.Sheet, "importing.head": sc.Page.Head,
		"importing.split": sc.Page.Split, "importing.leaveout": sc.Page.LeaveOut, "importing.encoding": sc.Page.Choose} {
		sc.s.Commands.Bind(id, do, nil)
	}
	sc.Take([]string{sc.in})
	sc.m.Settle()
	return sc
}

// columns are the rows in the list of columns: name, what it becomes, what is doubted.
func (sc *screen) columns() string {
	var out []string
	v := sc.files.mapper
	for i := range v.columns.Count() {
		r := v.column(i)
		line := r.Title + " " + r.Badge
		if strings.Contains(r.Sub, "⚠") {
			line += " " + strings.Split(r.Sub, " · such")[0]
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}

// typed types into what has the keyboard.
func (sc *screen) typed(words string) {
	sc.t.Helper()
	for _, r := range words {
		sc.on.Focused().TypedRune(r)
	}
}

// By keys alone: a table says how many records it has; R asks what its columns are, with the guess filled in; a column
// becomes another thing, a date that cannot be is marked, the preview follows; Ctrl+Enter uses it, the survey lists the
// records, and what is imported are documents with their fields.
func TestRecordsByKeys(t *testing.T) {
	sc := table(t, "list.csv", catalogueCSV)
	if got := sc.listed(); got != "list.csv | UTF-8 · sure | 2 records" {
		t.Fatalf("listed: %s", got)
	}
	sc.keys("r")
	if sc.on.Focused() != fyne.Focusable(sc.files.mapper.columns) {
		t.Fatalf("the keyboard is on %T", sc.on.Focused())
	}
	want := `档号 → Reference code
题名 → Title
日期 → Date ⚠ 1 value is doubted
标签 → Tag
全文 → Text
备注 not taken`
	if got := sc.columns(); got != want {
		t.Errorf("guessed\n%s\nwant\n%s", got, want)
	}
	preview := sc.files.mapper.preview.Text()
	for _, words := range []string{"list.csv/list 000003\n", "Title: 春耕\n", "Date: 2015-11-22\n", "Tags: 农业, 通知\n", "Text: \n各县抓紧春耕", "Date: 二月三十日   ⚠ ", "\nNo text"} {
		if !strings.Contains(preview, words) {
			t.Errorf("the preview does not say %q:\n%s", words, preview)
		}
	}
	if got := sc.files.mapper.found.Text(); got != "1 row above the names is left out." {
		t.Errorf("found: %q", got)
	}
	if sc.CanRun() {
		t.Error("an import can begin while it is asked what the columns are")
	}
	sc.keys(fyne.KeyReturn) // 档号
	sc.typed("name of the doc")
	sc.keys(fyne.KeyReturn)
	sc.keys(fyne.KeyEnd, fyne.KeyReturn) // 备注
	sc.typed("scope and")
	sc.keys(fyne.KeyReturn)
	if got := sc.columns(); !strings.Contains(got, "档号 → Name of the document") || !strings.Contains(got, "备注 → Scope and abstract") {
		t.Errorf("changed\n%s", got)
	}
	if got := sc.files.mapper.preview.Text(); !strings.HasPrefix(got, "list.csv/A-1\n") || !strings.Contains(got, "Scope and abstract: x\n") {
		t.Errorf("the preview does not follow:\n%s", got)
	}
	sc.keys("p")
	if got := sc.files.mapper.preview.Text(); !strings.Contains(got, "Tags: 农业;通知\n") {
		t.Errorf("not split:\n%s", got)
	}
	sc.keys("p", fyne.KeyUp, fyne.KeyUp, "x")
	if got := sc.columns(); !strings.Contains(got, "标签 not taken") {
		t.Errorf("left out\n%s", got)
	}
	if !sc.Submit() {
		t.Error("Ctrl+Enter is not the page's")
	}
	sc.m.Settle()
	if got := sc.listed(); got != "list.csv/A-1 | UTF-8 · sure |\nlist.csv/A-2 | UTF-8 · sure |" {
		t.Fatalf("listed:\n%s", got)
	}
	if sc.on.Focused() != fyne.Focusable(sc.files.list) {
		t.Fatalf("the keyboard is on %T", sc.on.Focused())
	}
	if got := sc.files.text.Text(); !strings.HasPrefix(got, "Title: 春耕\nDate: 2015-11-22\nScope and abstract: x\n\n各县抓紧春耕") {
		t.Errorf("the first will read\n%s", got)
	}
	sc.Submit()
	sc.m.Settle()
	if got := sc.paths(); got != "notice.txt, list.csv/A-1, list.csv/A-2" {
		t.Errorf("in are %s", got)
	}
	if got := sc.valuesOf("list.csv/A-2"); got != "dcterms:date=二月三十日, dcterms:title=防汛" {
		t.Errorf("A-2 says %s", got)
	}
	if got := sc.reports.text.Text(); !strings.Contains(got, "list.csv: 1 row has no text: 4.") || !strings.Contains(got, "list.csv: Row 1 stands above") {
		t.Errorf("the report:\n%s", got)
	}
	if len(sc.w.records) > 0 {
		t.Error("the choice outlives the import")
	}
}

func (sc *screen) valuesOf(path string) string {
	sc.t.Helper()
	docs, err := sc.a.List(ctx, storage.Query{})
	if err != nil {
		sc.t.Fatal(err)
	}
	var out []string
	for _, s := range docs {
		if s.Path != path {
			continue
		}
		d, err := sc.a.Document(ctx, s.ID)
		if err != nil {
			sc.t.Fatal(err)
		}
		for _, it := range d.Of(archive.AValue) {
			if it.InForce() {
				out = append(out, it.Key+"="+it.Text)
			}
		}
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}

// The row of names is another, or none; Escape leaves all as it was; D takes a file that was mapped as one again.
func TestRecordsHead(t *testing.T) {
	sc := table(t, "list.csv", catalogueCSV)
	sc.keys("r", "h")
	sc.typed("row 3")
	sc.keys(fyne.KeyReturn)
	if got := sc.columns(); !strings.HasPrefix(got, "A-1 not taken\n春耕") {
		t.Errorf("names in row 3:\n%s", got)
	}
	if words, _ := sc.files.mapper.notes(); !strings.Contains(words, "2 rows above the names are left out.") {
		t.Errorf("found %q", words)
	}
	sc.keys("h")
	sc.typed("none")
	sc.keys(fyne.KeyReturn)
	if got := sc.columns(); !strings.HasPrefix(got, "Column 1 ") || strings.Count(got, "\n") != 5 {
		t.Errorf("without names:\n%s", got)
	}
	sc.keys(fyne.KeyEscape)
	if sc.w.mapping != nil || len(sc.w.records) > 0 || sc.on.Focused() != fyne.Focusable(sc.files.list) {
		t.Error("Escape does not go back to the files")
	}
	if got := sc.listed(); got != "list.csv | UTF-8 · sure | 2 records" {
		t.Errorf("listed: %s", got)
	}
	sc.keys("r")
	sc.Submit()
	sc.m.Settle()
	if got := sc.listed(); strings.Count(got, "\n") != 1 {
		t.Errorf("listed:\n%s", got)
	}
	sc.keys("r") // once more, of a row of it: what was chosen is there
	if got := sc.files.mapper.m(); got == nil || got.path != "list.csv" || got.plan.Text != "全文" {
		t.Errorf("asked about %+v", got)
	}
	sc.keys(fyne.KeyEscape, "d")
	if got := sc.listed(); got != "list.csv | UTF-8 · sure | 2 records" || !sc.CanRun() {
		t.Errorf("listed: %s", got)
	}
}

// Two columns of one name are told apart, two that go into one field of one value are marked, and where no column is
// anything nothing can be used.
func TestRecordsCrowded(t *testing.T) {
	sc := table(t, "list.csv", "date,date,title\n1958,1959,a\n")
	sc.s.Commands.Bind("importing.records", sc.Page.Records, nil)
	sc.keys("r")
	if got := sc.columns(); got != "date → Date\ndate (2) → Date\ntitle → Title" && got != "date → Date\ndate (2) not taken\ntitle → Title" {
		t.Errorf("guessed\n%s", got)
	}
	f := sc.s.Field("dcterms:date")
	f.Repeatable = false
	m := sc.w.mapping
	m.set("date (2)", f.ID)
	if !m.crowded("date", &f) || !m.crowded("date (2)", &f) {
		t.Error("two columns of one field are not marked")
	}
	for _, c := range m.table.Columns {
		m.set(c, isNothing)
	}
	sc.Show()
	if m.can() || !sc.files.mapper.use.Disabled() {
		t.Error("a mapping of nothing can be used")
	}
	sc.Submit()
	if sc.w.mapping == nil || len(sc.w.records) > 0 {
		t.Error("it was used")
	}
	for _, is := range []string{isText, isTitle, isName} { // there is one of each
		m.set("date", is)
		m.set("title", is)
		if got := m.plan.Is("date"); got != "" {
			t.Errorf("beside title, date is %q", got)
		}
	}
}

// A workbook asks for its sheet; what is no table says why, and that it can come in as one document.
func TestRecordsSheets(t *testing.T) {
	f := excelize.NewFile()
	for _, row := range []struct {
		sheet, cell, words string
	}{{"Sheet1", "A1", "title"}, {"Sheet1", "A2", "one"}, {"目录", "A1", "题名"}, {"目录", "A2", "春耕"}, {"目录", "A3", "防汛"}} {
		if i, _ := f.GetSheetIndex(row.sheet); i < 0 {
			if _, err := f.NewSheet(row.sheet); err != nil {
				t.Fatal(err)
			}
		}
		if err := f.SetCellValue(row.sheet, row.cell, row.words); err != nil {
			t.Fatal(err)
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	sc := table(t, "book.xlsx", b.String())
	if got := sc.listed(); got != "book.xlsx | — | 1 record" {
		t.Errorf("listed: %s", got)
	}
	sc.keys("r")
	if got := sc.files.mapper.sheet.Label(); got != "Sheet: Sheet1" || sc.files.mapper.encoding.Visible() {
		t.Errorf("the sheet is %q", got)
	}
	sc.keys("s")
	sc.typed("目录")
	sc.keys(fyne.KeyReturn)
	if got := sc.files.mapper.line(); got != "book.xlsx · XLSX · 2 records" || sc.w.mapping.plan.Sheet != "目录" {
		t.Errorf("%q, %+v", got, sc.w.mapping.plan)
	}
	sc.Submit()
	sc.m.Settle()
	if got := sc.listed(); !strings.HasPrefix(got, "book.xlsx/book 目录 000002 | UTF-8") {
		t.Errorf("listed:\n%s", got)
	}
	put(t, strings.TrimSuffix(sc.in, "/book.xlsx"), "book.xlsx", "no workbook any more\n")
	sc.keys("r")
	if title, why := sc.files.mapper.none.Words(); title != "Its rows cannot be read" || why == "" {
		t.Errorf("%q %q", title, why)
	}
	sc.keys(fyne.KeyReturn) // as one document
	if sc.w.mapping != nil || len(sc.w.records) > 0 {
		t.Errorf("it is asked about still")
	}
}

// A text in another encoding is read anew where its columns are; a file that is no table asks nothing.
func TestRecordsEncoding(t *testing.T) {
	sc := table(t, "list.csv", "title\n"+strings.Repeat("na\xefve, un caf\xe9 tr\xe8s bien r\xe9serv\xe9 \xe0 l'h\xf4tel\n", 20))
	sc.keys("r")
	first := sc.w.mapping.table.Encoding
	sc.keys("e")
	sc.typed("iso-8859-7")
	sc.keys(fyne.KeyReturn)
	if m := sc.w.mapping; m.table.Encoding == first || m.table.Rows[0].Cell(0) != "naοve" {
		t.Errorf("read as %s: %q", m.table.Encoding, m.table.Rows[0].Cell(0))
	}
	other := table(t, "n.txt", notice+"another line\n")
	other.keys("r")
	if other.w.mapping != nil || !other.files.records.Disabled() {
		t.Error("it is asked what the columns of a letter are")
	}
}

// What another tool has written can be records too, and be what it was again.
func TestRecordsOfAnotherTool(t *testing.T) {
	sc := table(t, "d.jsonl", `{"id":1,"text":"EU rejects the call","label":[[0,2,"ORG"]]}`+"\n"+`{"id":2,"text":"No","label":[]}`+"\n")
	was := sc.listed()
	if strings.Count(was, "d.jsonl/") != 2 {
		t.Fatalf("listed:\n%s", was)
	}
	sc.keys("r")
	if got := sc.columns(); got != "id → Name of the document\ntext → Text\nlabel → Tag" || !sc.files.mapper.head.Hidden || sc.w.mapping.path != "d.jsonl" {
		t.Errorf("of %s guessed\n%s", sc.w.mapping.path, got)
	}
	sc.Submit()
	sc.m.Settle()
	if got := sc.listed(); !strings.HasPrefix(got, "d.jsonl/1 | UTF-8 · sure") || len(sc.w.survey.Notes) != 1 {
		t.Errorf("listed:\n%s\n%v", got, sc.w.survey.Notes)
	}
	sc.keys("d")
	if got := sc.listed(); got != was {
		t.Errorf("listed again:\n%s", got)
	}
}

// What is asked outlives the page, which is made anew in another language, and is left with the archive.
func TestRecordsOutlive(t *testing.T) {
	sc := table(t, "list.csv", catalogueCSV)
	sc.keys("r")
	sc.w.mapping.set("备注", isTag)
	w := sc.Work()
	i18n.Use("zh-Hans")
	t.Cleanup(func() { i18n.Use("en") })
	sc.show(sc.s, w)
	sc.Show()
	sc.Focus()
	if got := sc.columns(); !strings.Contains(got, "备注 → 标签") || !strings.Contains(got, "全文 → 正文") {
		t.Errorf("in Chinese:\n%s", got)
	}
	if sc.on.Focused() != fyne.Focusable(sc.files.mapper.columns) {
		t.Errorf("the keyboard is on %T", sc.on.Focused())
	}
}
