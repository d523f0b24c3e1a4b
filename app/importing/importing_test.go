package importing

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"fonds/app/report"
	"fonds/widgets"
)

// By keys alone: a folder is looked at and nothing is in; the list says what each file
// is; one is left out and another read in another encoding, in which the text is shown
// at once; then it is imported, and the report opened and saved.
func TestImportByKeys(t *testing.T) {
	sc := opened(t)
	sc.Take([]string{sc.in})
	sc.m.Settle()
	if got := sc.paths(); got != "notice.txt" {
		t.Fatalf("before anybody said so there is %s", got)
	}
	want := `7 empty.txt | — | left out: empty
1 gb.txt | GB18030 · sure |
2 big5.txt | Big5 · sure |
3 same.txt | GB18030 · sure | the same as 1 gb.txt
4 there.txt | UTF-8 · sure | in the archive already
5 broken.txt | UTF-8 · sure | 1 run of mojibake
6 scan.pdf | — | left out: not a document`
	got := sc.listed()
	for _, line := range strings.Split(want, "\n")[1:6] {
		if !strings.Contains(got, line) {
			t.Errorf("not listed: %q in\n%s", line, got)
		}
	}
	if !strings.Contains(got, "7 empty.txt | — | left out: empty") || !strings.Contains(got, "6 scan.pdf | — | left out: not a document") {
		t.Errorf("left out:\n%s", got)
	}
	if got := sc.says.Text(); got != "7 files · 3 to take · 2 duplicates · 2 left out · 1 damaged" {
		t.Errorf("the line says %q", got)
	}
	if sc.on.Focused() != fyne.Focusable(sc.files.list) {
		t.Fatalf("the keyboard is on %T", sc.on.Focused())
	}
	sc.keys(fyne.KeyDown, fyne.KeyDown) // empty, gb, big5
	if got := sc.files.text.Text(); !strings.HasPrefix(got, "臺灣省政府公報") {
		t.Errorf("the text of big5: %q", got)
	}
	if got := sc.files.about.Text(); !strings.Contains(got, "2 big5.txt · ") || !strings.Contains(got, "Big5 · sure (9") || !strings.Contains(got, "35 characters") {
		t.Errorf("about it: %q", got)
	}
	sc.s.Commands.Bind("importing.encoding", sc.Choose, nil)
	sc.keys("e")
	for _, r := range "18030" {
		sc.on.Focused().TypedRune(r)
	}
	sc.keys(fyne.KeyReturn)
	if got := sc.files.text.Text(); strings.HasPrefix(got, "臺灣") || got == "" {
		t.Errorf("in GB18030 it reads %q", got)
	}
	if got := sc.listed(); !strings.Contains(got, "2 big5.txt | GB18030 · chosen") {
		t.Errorf("in another encoding:\n%s", got)
	}
	sc.w.choose([]int{2}, "Big5")
	sc.m.Settle()
	if got := sc.files.text.Text(); !strings.HasPrefix(got, "臺灣省政府公報") {
		t.Errorf("back in Big5 it reads %q", got)
	}
	sc.keys(fyne.KeyUp, " ") // gb is left out: the same file further on comes in in its place
	if got := sc.says.Text(); got != "7 files · 3 to take · 1 duplicate · 3 left out · 1 damaged" {
		t.Errorf("the line says %q", got)
	}
	if got := sc.listed(); !strings.Contains(got, "1 gb.txt | GB18030 · sure | left out by you") || !strings.Contains(got, "3 same.txt | GB18030 · sure |\n") {
		t.Errorf("one is left out:\n%s", got)
	}
	if !sc.Submit() {
		t.Error("Ctrl+Enter is not the page's")
	}
	if sc.work == nil || !sc.Runs() || sc.CanRun() {
		t.Error("it does not run")
	}
	sc.m.Settle()
	if got := sc.paths(); got != "notice.txt, 2 big5.txt, 3 same.txt, 5 broken.txt" {
		t.Errorf("in are %s", got)
	}
	if sc.work != nil || sc.Runs() {
		t.Error("it still runs")
	}
	if got := sc.done.Text(); !strings.Contains(got, "3 documents imported · 1 file was there already") || !strings.Contains(got, "3 files") {
		t.Errorf("done: %q", got)
	}
	if sc.Section() != 1 {
		t.Fatal("the report is not shown")
	}
	got = sc.reports.text.Text()
	for _, want := range []string{"Imported by: Zhang", "From: " + sc.in, "Encodings chosen: Big5 for 1 file", "Outcome: finished", "Documents imported: 3", "Left out (by choice): 1", "1 gb.txt: left out by choice", "6 scan.pdf: "} {
		if !strings.Contains(got, want) {
			t.Errorf("the report does not say %q:\n%s", want, got)
		}
	}
	sc.on.Focus(sc.reports.page)
	sc.keys(fyne.KeyReturn)
	sc.on.Focus(sc.reports.table)
	sc.keys(fyne.KeyReturn)
	page, err := os.ReadFile(sc.out + ".html")
	if err != nil || !strings.Contains(string(page), "6 scan.pdf") || !strings.Contains(string(page), "<html lang=\"en\">") {
		t.Errorf("the page: %v\n%s", err, page)
	}
	table, err := os.ReadFile(sc.out + ".csv")
	if err != nil || !strings.HasPrefix(string(table), "\ufeffImported by,Zhang\r\n") || !strings.Contains(string(table), "\r\n1 gb.txt,left out by choice\r\n") {
		t.Errorf("the table: %v\n%s", err, table)
	}
	sc.keys(fyne.KeyReturn) // another file is there
	if got := sc.reports.said.Text(); !strings.Contains(got, "⚠") {
		t.Errorf("a file that is there: %q", got)
	}
}

// The filters show some of the rows, several are picked with Shift and left out
// together, and an empty filter says what to do.
func TestFilters(t *testing.T) {
	sc := opened(t)
	if got := sc.files.none; got.Hidden {
		t.Error("without files nothing says what to do")
	}
	sc.Take([]string{sc.in})
	sc.m.Settle()
	for f, want := range map[filter]int{all: 7, taken: 3, duplicates: 2, left: 2, damaged: 1} {
		sc.files.narrow(f)
		sc.m.Settle()
		if got := sc.files.list.Count(); got != want || sc.w.rows.counts[f] != want {
			t.Errorf("%s: %d rows, %d counted, want %d", filterNames[f], got, sc.w.rows.counts[f], want)
		}
	}
	if sc.files.list.Columns[4].Share != 0 {
		t.Error("there is a column of parts, and nothing has any")
	}
	sc.w.rows.at(1).Parts = 3
	sc.w.rows.count()
	sc.Show()
	sc.files.narrow(all)
	if got := sc.files.row(1).Cells[4]; sc.files.list.Columns[4].Share == 0 || got != "looks like 3 documents" {
		t.Errorf("of three documents it says %q", got)
	}
	sc.files.narrow(duplicates)
	sc.files.list.SetPicked(widgets.RowSet{}.Add(0, 2))
	sc.files.Leave()
	sc.m.Settle()
	if sc.files.list.Count() != 0 || sc.w.rows.counts[left] != 4 || sc.files.none.Hidden {
		t.Errorf("after both were left out %d duplicates, %d left out", sc.files.list.Count(), sc.w.rows.counts[left])
	}
	sc.files.narrow(left)
	sc.files.list.SetPicked(widgets.RowSet{}.Add(0, 4)) // two of them nobody can take in
	sc.files.Leave()
	if sc.w.rows.counts[left] != 2 || len(sc.w.leftOut()) != 0 {
		t.Errorf("taken in again: %d left out, %d by choice", sc.w.rows.counts[left], len(sc.w.leftOut()))
	}
	sc.files.narrow(all)
	sc.files.list.SetPicked(widgets.RowSet{}.Add(0, 7))
	sc.files.Leave()
	if sc.CanRun() || !sc.do.Disabled() {
		t.Error("with nothing to take it can be imported")
	}
	sc.Take([]string{put(t, t.TempDir(), "more.txt", "More to come\n")})
	sc.m.Settle()
	if got := len(sc.w.leftOut()); got != 5 || sc.w.rows.len() != 8 {
		t.Errorf("looked at again, %d of %d are left out", got, sc.w.rows.len())
	}
}

// An encoding for many files; an answer that comes when another one was chosen counts
// for nothing.
func TestLateReadingsAreDropped(t *testing.T) {
	sc := opened(t)
	sc.Take([]string{sc.in})
	sc.m.Settle()
	which := []int{1, 2, 3}
	sc.w.choose(which, "Big5")
	sc.w.choose(which, "GB18030") // before the first has come
	sc.m.Settle()
	for _, i := range which {
		if l := sc.w.rows.at(i); l.Encoding != "GB18030" || !l.Chosen {
			t.Errorf("%s: %+v", l.Path, l)
		}
	}
	sc.w.choose(which, "")
	sc.m.Settle()
	if l := sc.w.rows.at(2); l.Encoding != "Big5" || l.Chosen {
		t.Errorf("found out again: %+v", l)
	}
	if sc.w.again != 0 || len(sc.w.encodings) != 0 {
		t.Errorf("%d are being read, %v", sc.w.again, sc.w.encodings)
	}
	old := sc.w.gen
	sc.w.choose([]int{2}, "GB18030")
	sc.w.look()
	sc.m.Settle()
	if l := sc.w.rows.at(2); sc.w.gen == old || l.Encoding != "GB18030" || !l.Chosen {
		t.Errorf("after looking again: %+v", l)
	}
}

// One of several that is not there is listed as left out and the others come in. Alone
// it is said in words, and what is named after it is looked at all the same.
func TestAPathThatIsNotThere(t *testing.T) {
	sc := opened(t)
	gone := filepath.Join(t.TempDir(), "没有 这个.txt")
	sc.Take([]string{gone})
	sc.m.Settle()
	if got := sc.done.Text(); !strings.Contains(got, "not there any more") || sc.CanRun() {
		t.Errorf("alone: %q", got)
	}
	sc.Take([]string{sc.in})
	sc.m.Settle()
	if got := sc.listed(); !strings.Contains(got, "没有 这个.txt | — | left out: not there\n") || sc.w.rows.counts[taken] != 3 {
		t.Errorf("listed:\n%s", got)
	}
	sc.Run()
	sc.m.Settle()
	if got := sc.paths(); got != "notice.txt, 1 gb.txt, 2 big5.txt, 5 broken.txt" {
		t.Errorf("in are %s", got)
	}
	if got := sc.reports.text.Text(); !strings.Contains(got, "没有 这个.txt: there is no file or folder of this name") {
		t.Errorf("the report:\n%s", got)
	}
}

// What was said of a survey that went on is not said when it has ended.
func TestNotYetIsTakenBack(t *testing.T) {
	sc := opened(t)
	sc.Take([]string{sc.in})
	sc.Run()
	if got := sc.s.Status().Notice; !strings.Contains(got, "still being looked at") {
		t.Fatalf("while files are looked at: %q", got)
	}
	sc.m.Settle()
	if got := sc.s.Status().Notice; got != "" {
		t.Errorf("when all have been: %q", got)
	}
	sc.Take([]string{put(t, t.TempDir(), "more.txt", "More to come\n")})
	sc.Run()
	sc.s.Say("Something else.")
	sc.m.Settle()
	if got := sc.s.Status().Notice; got != "Something else." {
		t.Errorf("what was said since: %q", got)
	}
}

// The name of a file is no formula in the table of a report, whatever it begins with.
func TestNoFormulaInAReport(t *testing.T) {
	table := report.Table{Facts: [][2]string{{"From", "=1"}}, Head: []string{"Name", "Why"},
		Rows: [][]string{{"\u200b=HYPERLINK(1)", "empty"}, {"'=1,\"2\".txt", "empty"}, {"a=1\n.txt", "empty"}}}
	want := "\ufeffFrom,'=1\r\nName,Why\r\n'\u200b=HYPERLINK(1),empty\r\n\"''=1,\"\"2\"\".txt\",empty\r\n\"a=1\n.txt\",empty\r\n"
	if got := string(csvOf(&table)); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
