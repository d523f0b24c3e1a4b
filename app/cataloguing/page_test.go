package cataloguing

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"fonds/app/catalogue"
	"fonds/app/i18n"
	"fonds/storage/archive"
)

const letters = "文件名,题名,责任者,页数\n1.txt,一件通知,甲；乙,3\n2.txt,二件通知,,4\n9.txt,没有,,\n"

// By keys alone: a file, its differences, one left out, the rest taken as one step, and
// taken back.
func TestByKeys(t *testing.T) {
	sc := opened(t, "Zhang", 3)
	sc.Apply("Zhang", sc.set(1, "dcterms:title", "旧题名"))
	if sc.on.Focused() != fyne.Focusable(sc.choose) || sc.body.Visible() || !sc.empty.Visible() {
		t.Error("without a file there is a list")
	}
	sc.catalogue(letters)
	sc.s.Commands.Run("catalogue.choose")
	sc.m.Settle()
	if got := sc.says.Text(); got != "list.csv · CSV, UTF-8 · 3 rows under the head in line 1" {
		t.Errorf("says %q", got)
	}
	if sc.on.Focused() != fyne.Focusable(sc.list) {
		t.Fatal("the keyboard is not in the list")
	}
	want := "Title  a/1.txt | 旧题名 → 一件通知 | ✓\nCreator  a/1.txt | – → 甲, 乙 | ✓\nTitle  a/2.txt | – → 二件通知 | ✓"
	if got := sc.shownRows(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := sc.about.Text(); got != "Title · 旧题名 · row 2, found by its file name" {
		t.Errorf("about: %q", got)
	}
	if got := sc.do.Label(); got != "Take 3 changes in 2 documents" {
		t.Errorf("the button says %q", got)
	}
	sc.keys(fyne.KeyDown)
	sc.types(" ")
	if got := sc.line(1); got.Badge != "" || !strings.HasPrefix(got.Sub, "left out · ") || sc.do.Label() != "Take 2 changes in 2 documents" {
		t.Errorf("left out: %+v, %q", got, sc.do.Label())
	}
	sc.types("  x") // in, out, in
	sc.types(" ")
	sc.take()
	if sc.values(1, "dcterms:title") != "一件通知" || sc.values(1, "dcterms:creator") != "" || sc.values(2, "dcterms:title") != "二件通知" {
		t.Errorf("took %q %q %q", sc.values(1, "dcterms:title"), sc.values(1, "dcterms:creator"), sc.values(2, "dcterms:title"))
	}
	if got := sc.done.Text(); got != "✓ 2 changes taken in 2 documents. Undo takes them back as one." {
		t.Errorf("done: %q", got)
	}
	if got := sc.shownRows(); got != "Creator  a/1.txt | left out · – → 甲, 乙 |" || !sc.do.Disabled() {
		t.Errorf("what is left: %s", got)
	}
	sc.s.Undo(false, nil)
	sc.m.Settle()
	if sc.values(1, "dcterms:title") != "旧题名" || sc.values(2, "dcterms:title") != "" {
		t.Error("one undo does not take it back")
	}
	if n := len(sc.rows); n != 3 {
		t.Errorf("after undo %d differences are shown", n)
	}
	if got := sc.done.Text(); got != "" {
		t.Errorf("after undo it still says %q", got)
	}
	sc.keys(fyne.KeyReturn)
	if sc.desk == "" {
		t.Error("Enter does not open the document")
	}
	sc.NextPane()
	if sc.on.Focused() != fyne.Focusable(sc.columns) {
		t.Error("F6 does not go to the columns")
	}
	sc.keys(fyne.KeyEscape)
	if sc.left != 0 || sc.on.Focused() != fyne.Focusable(sc.list) {
		t.Error("Escape in the columns does not go to the list")
	}
	sc.keys(fyne.KeyEscape)
	if sc.left != 1 {
		t.Error("Escape does not go back to work")
	}
}

// What differs is marked, and a cell of a megabyte shown in part.
func TestComparison(t *testing.T) {
	sides := comparison(&catalogue.Change{Old: []string{"甲乙丙"}, New: []string{"甲丁丙"}})
	if len(sides) != 2 || !sides[0].Gone || len(sides[0].Changed) != 1 || sides[0].Changed[0].Start != 1 || sides[0].Changed[0].End != 2 || len(sides[1].Changed) != 1 {
		t.Errorf("got %+v", sides)
	}
	long := comparison(&catalogue.Change{Old: []string{strings.Repeat("乙", 300_000)}, New: []string{strings.Repeat("甲", 300_000)}})
	if got := len([]rune(long[1].Text)); got != mostInFull+1 {
		t.Errorf("%d code points are shown", got)
	}
}

// The filters show what is the same and what has no counterpart.
func TestFilters(t *testing.T) {
	sc := opened(t, "Zhang", 3)
	sc.Apply("Zhang", sc.set(1, "dcterms:title", "一件通知"))
	sc.catalogue(letters + ",无名,,\n")
	sc.s.Commands.Run("catalogue.choose")
	sc.m.Settle()
	sc.on.Focus(sc.filter)
	for _, want := range []string{"Title  a/1.txt | 一件通知 |", "9.txt | No document is so named | row 4\n(no name) 无名 | It names no document | row 5", "3.txt | a/3.txt |"} {
		sc.keys(fyne.KeyRight, fyne.KeyReturn)
		if got := sc.shownRows(); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", sc.shows, got, want)
		}
	}
	sc.on.Focus(sc.list)
	sc.types(" ") // nothing to leave out here
	sc.types("d")
	if len(sc.out) != 0 || sc.desk != sc.Docs[2].ID {
		t.Errorf("left out %v, opened %s", sc.out, sc.desk)
	}
}

// The columns: another field by keys, splitting, beside; another way of matching.
func TestColumns(t *testing.T) {
	sc := opened(t, "Zhang", 2)
	sc.Apply("Zhang", sc.set(1, "dcterms:identifier", "D1"), sc.set(1, "dcterms:source", "甲"))
	sc.catalogue("某列,档号,出处\n2.txt,Ｄ１,甲;乙\n")
	sc.s.Commands.Run("catalogue.choose")
	sc.m.Settle()
	if got := sc.by.Label(); got != "Match by 档号: the document's Reference code" {
		t.Errorf("matched: %q", got)
	}
	if len(sc.rows) != 0 || !sc.nothing.Visible() {
		t.Error("what is the same is a change")
	}
	sc.on.Focus(sc.columns)
	sc.keys(fyne.KeyEnd, fyne.KeyReturn)
	sc.types("source")
	sc.keys(fyne.KeyReturn)
	if got := sc.shownRows(); got != "Source  a/1.txt | 甲 → 甲;乙 | ✓" {
		t.Errorf("another field: %s", got)
	}
	sc.on.Focus(sc.columns)
	sc.types("s")
	if got := sc.shownRows(); got != "Source  a/1.txt | 甲 → 甲, 乙 | ✓" {
		t.Errorf("split: %s", got)
	}
	if r := sc.column(2); r.Badge != "→ Source" || r.Sub != "split at ; ； | · such as 甲;乙" {
		t.Errorf("the column says %+v", r)
	}
	sc.types("b")
	if r := sc.column(2); !strings.Contains(r.Sub, "beside those there") {
		t.Errorf("beside: %+v", r)
	}
	sc.types("m")
	sc.types("某列")
	sc.keys(fyne.KeyReturn)
	if got := sc.shownRows(); !strings.Contains(got, "Source  a/2.txt | – → 甲, 乙 | ✓") || sc.by.Label() != "Match by 某列: file names" {
		t.Errorf("by file name: %s, %s", got, sc.by.Label())
	}
	sc.on.Focus(sc.columns)
	sc.keys(fyne.KeyReturn)
	sc.types("title")
	sc.keys(fyne.KeyReturn)
	sc.on.Focus(sc.columns)
	sc.types("s")
	if got := sc.s.Status().Notice; got != "Title holds one value" {
		t.Errorf("split of a title: %q", got)
	}
}

// No column is known: the page says what to do, and Enter there does it.
func TestNoMatch(t *testing.T) {
	sc := opened(t, "Zhang", 1)
	sc.catalogue("x,y\n1,2\n")
	sc.s.Commands.Run("catalogue.choose")
	sc.m.Settle()
	if sc.survey == nil || !sc.nothing.Visible() || sc.by.Label() != "Match by…" || !sc.do.Disabled() {
		t.Errorf("%v %q", sc.nothing.Visible(), sc.by.Label())
	}
	if sc.on.Focused() != fyne.Focusable(sc.columns) {
		t.Error("the keyboard is not at the columns")
	}
	if sc.columns.Selected() != 0 {
		t.Errorf("column %d is chosen", sc.columns.Selected())
	}
	sc.types("m")
	sc.keys(fyne.KeyReturn)
	if got := sc.by.Label(); got != "Match by x: file names" {
		t.Errorf("matched: %q", got)
	}
}

// Files that are none, one after another, each in words; what was read before stays.
func TestProblems(t *testing.T) {
	sc := opened(t, "Zhang", 1)
	sc.file = filepath.Join(sc.dir, "none.csv")
	sc.s.Commands.Run("catalogue.choose")
	sc.m.Settle()
	if sc.table != nil || !strings.HasPrefix(sc.problem, "none.csv cannot be opened.") || !sc.empty.Visible() {
		t.Errorf("problem %q", sc.problem)
	}
	sc.catalogue(letters)
	sc.s.Commands.Run("catalogue.choose")
	sc.m.Settle()
	sc.catalogue("题名\n")
	sc.s.Commands.Run("catalogue.choose")
	sc.m.Settle()
	if sc.table == nil || len(sc.rows) == 0 || !strings.HasPrefix(sc.found.Text(), "list.csv has no rows under a head.") {
		t.Errorf("found %q", sc.found.Text())
	}
}

func TestSheets(t *testing.T) {
	sc := opened(t, "Zhang", 2)
	f := excelize.NewFile()
	if _, err := f.NewSheet("二"); err != nil {
		t.Fatal(err)
	}
	for sheet, title := range map[string]string{"Sheet1": "甲", "二": "乙"} {
		if err := f.SetSheetRow(sheet, "A1", &[]any{"文件名", "题名"}); err != nil {
			t.Fatal(err)
		}
		if err := f.SetSheetRow(sheet, "A2", &[]any{"1.txt", title}); err != nil {
			t.Fatal(err)
		}
	}
	sc.file = filepath.Join(sc.dir, "list.xlsx")
	if err := f.SaveAs(sc.file); err != nil {
		t.Fatal(err)
	}
	sc.s.Commands.Run("catalogue.choose")
	sc.m.Settle()
	if got := sc.says.Text(); got != "list.xlsx · XLSX, sheet Sheet1 · 1 row under the head in row 1" || sc.how.Label() != "Sheet: Sheet1" {
		t.Errorf("says %q, %q", got, sc.how.Label())
	}
	sc.types("e")
	sc.keys(fyne.KeyDown, fyne.KeyReturn)
	if got := sc.shownRows(); got != "Title  a/1.txt | – → 乙 | ✓" {
		t.Errorf("the other sheet: %s", got)
	}
}

// A CSV is read again in another encoding, by keys.
func TestEncoding(t *testing.T) {
	sc := opened(t, "Zhang", 2)
	text, err := simplifiedchinese.GBK.NewEncoder().String("文件名,题名\n1.txt,关于召开会议的通知\n")
	if err != nil {
		t.Fatal(err)
	}
	sc.catalogue(text)
	sc.s.Commands.Run("catalogue.choose")
	sc.m.Settle()
	for _, e := range []string{"windows-1252", "GB18030", "What it looks like"} {
		sc.types("e")
		sc.types(e)
		sc.keys(fyne.KeyReturn)
		want := "Encoding: " + strings.Replace(e, "What it looks like", "GB18030", 1)
		if got := sc.how.Label(); got != want {
			t.Errorf("%s: the button says %q", e, got)
		}
		if read := sc.shownRows() == "Title  a/1.txt | – → 关于召开会议的通知 | ✓"; read != (e != "windows-1252") {
			t.Errorf("%s: %s", e, sc.shownRows())
		}
	}
}

// Under a policy of review the page says that it proposes, and proposes once.
func TestReview(t *testing.T) {
	sc := opened(t, "Li", 2)
	sc.Apply("Zhang", &archive.Edit{Do: "policy.set", Review: "everything"})
	sc.catalogue(letters)
	sc.s.Refresh()
	sc.s.Poll()
	sc.m.Settle()
	sc.s.Commands.Run("catalogue.choose")
	sc.m.Settle()
	if got := sc.do.Label(); got != "Propose 3 changes in 2 documents" || !strings.HasPrefix(sc.done.Text(), "This archive asks for review") {
		t.Errorf("%q %q", got, sc.done.Text())
	}
	sc.take()
	if sc.values(1, "dcterms:title") != "" || len(sc.rows) != 0 {
		t.Errorf("in force: %q, still to be done: %s", sc.values(1, "dcterms:title"), sc.shownRows())
	}
	sc.on.Focus(sc.filter)
	sc.keys(fyne.KeyRight, fyne.KeyReturn)
	if got := sc.shownRows(); !strings.HasPrefix(got, "Title  a/1.txt | proposed already · – → 一件通知 |") {
		t.Errorf("got %s", got)
	}
}

// What has changed since it was compared is refused and stays with why; a reader is refused
// as a whole.
func TestRefused(t *testing.T) {
	sc := opened(t, "Zhang", 2)
	sc.catalogue(letters)
	sc.s.Commands.Run("catalogue.choose")
	sc.m.Settle()
	sc.Apply("Li", sc.set(1, "dcterms:title", "另一题名"))
	sc.take()
	if sc.values(1, "dcterms:title") != "另一题名" || sc.values(2, "dcterms:title") != "二件通知" {
		t.Errorf("%q %q", sc.values(1, "dcterms:title"), sc.values(2, "dcterms:title"))
	}
	if got := sc.done.Text(); !strings.Contains(got, "2 changes taken") || !strings.Contains(got, "1 was refused") {
		t.Errorf("done: %q", got)
	}
	if got := sc.shownRows(); !strings.HasSuffix(got, "| ⚠") || !strings.Contains(got, "另一题名 → 一件通知") {
		t.Errorf("got %s", got)
	}
	sc.take() // now as it was shown
	if got := sc.values(1, "dcterms:title"); got != "一件通知" {
		t.Errorf("the second time: %q", got)
	}

	reader := opened(t, "Sun", 1)
	reader.catalogue(letters)
	reader.s.Commands.Run("catalogue.choose")
	reader.m.Settle()
	reader.take()
	if reader.values(1, "dcterms:title") != "" || reader.done.Text() != "⚠ All 2 changes were refused; the list says why." || reader.line(0).Badge != "⚠" {
		t.Errorf("a reader: %q, %q", reader.values(1, "dcterms:title"), reader.done.Text())
	}
}

// A page that is made anew has what was chosen; of another archive nothing.
func TestKept(t *testing.T) {
	sc := opened(t, "Zhang", 2)
	sc.catalogue(letters)
	sc.s.Commands.Run("catalogue.choose")
	sc.m.Settle()
	sc.types(" ")
	rows := sc.shownRows()
	k := sc.Kept()
	i18n.Use("zh-Hans")
	defer i18n.Use("en")
	next := New(sc.s, sc.on)
	next.Restore(k)
	sc.m.Settle()
	if len(next.rows) != 3 || len(next.out) != 1 || !strings.HasPrefix(next.do.Label(), "采用 2 处差异") {
		t.Errorf("%d rows, %q; before\n%s", len(next.rows), next.do.Label(), rows)
	}
	k.of = "another"
	other := New(sc.s, sc.on)
	other.Restore(k)
	if other.table != nil {
		t.Error("the catalogue of another archive is shown")
	}
}

// The archive is closed while the catalogue is being taken: the page waits for nothing.
func TestClosedWhileTaken(t *testing.T) {
	sc := opened(t, "Zhang", 2)
	sc.catalogue(letters)
	sc.s.Commands.Run("catalogue.choose")
	sc.m.Settle()
	sc.s.Commands.Run("catalogue.take")
	if !sc.writing || !sc.do.Disabled() {
		t.Error("it is not being taken")
	}
	sc.s.CloseArchive(nil)
	sc.m.Settle()
	if sc.writing || sc.stop != nil || sc.table != nil {
		t.Error("the page waits for an answer that does not come")
	}
	if got := sc.values(2, "dcterms:title"); got != "二件通知" {
		t.Errorf("what was under way is not in the file: %q", got)
	}
}

// Stopped while it reads, nothing is shown and nothing waits.
func TestStopped(t *testing.T) {
	sc := opened(t, "Zhang", 2)
	sc.catalogue(letters)
	sc.s.Commands.Run("catalogue.choose")
	sc.halt()
	sc.m.Settle()
	if sc.table != nil || sc.stop != nil {
		t.Error("what was stopped came in")
	}
	if err := os.Remove(sc.file); err != nil {
		t.Fatal(err)
	}
}
