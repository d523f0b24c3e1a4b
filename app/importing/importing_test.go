package importing

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"fonds/app/i18n"
	"fonds/app/intake"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
)

var ctx = context.Background()

const notice = "司法厅召开推进会\n李振国厅长对观摩点的工作给予肯定，并提出要求。\n"

// screen is the page in a window on an archive of Zhang's, which has the notice.
type screen struct {
	*Page
	t    *testing.T
	m    *session.Manual
	a    *storage.Archive // another program's hold
	path string
	in   string // folder of what is to be imported
	out  string // file that is named when one is asked for
	work func() // what interrupts the import that runs
}

func put(t *testing.T, dir, name, text string) string {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// folder is a mixed one: 3 that come in, of which one is damaged, a duplicate of what is
// there and one of another, and 2 that are left out.
func folder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	gb, err := simplifiedchinese.GB18030.NewEncoder().String("关于印发工作要点的通知\n各市、县司法局，监狱，戒毒所：请结合实际贯彻执行。\n")
	if err != nil {
		t.Fatal(err)
	}
	big5, err := traditionalchinese.Big5.NewEncoder().String("臺灣省政府公報\n本府各廳處局，各縣市政府：希遵照辦理並轉飭所屬知照。\n")
	if err != nil {
		t.Fatal(err)
	}
	put(t, dir, "1 gb.txt", gb)
	put(t, dir, "2 big5.txt", big5)
	put(t, dir, "3 same.txt", gb)
	put(t, dir, "4 there.txt", notice)
	put(t, dir, "5 broken.txt", "司法厅通知\n鎶婁娇鍛芥斁鍦ㄥ績涓婏紝鎶婁娇鍛芥墰鍦ㄨ偐涓婏紝鍔姏宸ヤ綔銆俓n")
	put(t, dir, "6 scan.pdf", "%PDF-1.4\n")
	put(t, dir, "7 empty.txt", "")
	return dir
}

func opened(t *testing.T) *screen {
	t.Helper()
	test.NewTempApp(t)
	i18n.Use("en")
	dir := t.TempDir()
	sc := &screen{t: t, m: session.NewManual(), path: filepath.Join(dir, "test.fonds"), in: folder(t), out: filepath.Join(dir, "report")}
	a, err := storage.Create(ctx, sc.path, storage.NewArchive{Owner: "Zhang", Template: "dublincore"}, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	sc.a = a
	if _, err := intake.Run(ctx, a, "Zhang", []string{put(t, dir, "notice.txt", notice)}, intake.Options{}, nil); err != nil {
		t.Fatal(err)
	}
	s := session.New(sc.m.Config())
	s.SetActor("Zhang")
	sc.show(s, nil)
	sc.m.Open(t, s, sc.path)
	sc.Show()
	sc.m.Settle()
	sc.Focus()
	return sc
}

// show puts a page into a window.
func (sc *screen) show(s *session.Session, w *Work) {
	win := test.NewTempWindow(sc.t, nil)
	sc.Page = New(s, win.Canvas(), w)
	sc.OnFile = func(ending string, done func(string)) { done(sc.out + ending) }
	sc.OnWork = func(interrupt func()) { sc.work = interrupt }
	win.SetContent(sc.Content())
	win.Resize(fyne.NewSize(1280, 760))
}

// keys presses keys on what has the keyboard; a key of one character is typed.
func (sc *screen) keys(all ...fyne.KeyName) {
	sc.t.Helper()
	for _, k := range all {
		f := sc.on.Focused()
		if f == nil {
			sc.t.Fatalf("%s: nothing has the focus", k)
		}
		if len(k) == 1 {
			f.TypedRune(rune(k[0]))
		} else {
			f.TypedKey(&fyne.KeyEvent{Name: k})
		}
		sc.m.Settle()
	}
}

// listed are the rows in the list: name and what there is to know.
func (sc *screen) listed() string {
	var out []string
	for i := range sc.files.list.Count() {
		r := sc.files.row(i)
		out = append(out, strings.TrimSpace(r.Cells[0]+" | "+r.Cells[2]+" | "+r.Cells[5]))
	}
	return strings.Join(out, "\n")
}

func (sc *screen) imports() []*archive.Item {
	sc.t.Helper()
	self, err := sc.a.Self(ctx)
	if err != nil {
		sc.t.Fatal(err)
	}
	return self.Of(archive.AnImport)
}

func (sc *screen) paths() string {
	sc.t.Helper()
	docs, err := sc.a.List(ctx, storage.Query{})
	if err != nil {
		sc.t.Fatal(err)
	}
	var out []string
	for _, d := range docs {
		out = append(out, d.Path)
	}
	return strings.Join(out, ", ")
}

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
6 scan.pdf | — | left out: no document: application/pdf`
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
	if sc.w.rows.counts[left] != 2 || sc.w.rows.outs != 0 {
		t.Errorf("taken in again: %d left out, %d by choice", sc.w.rows.counts[left], sc.w.rows.outs)
	}
	sc.files.narrow(all)
	sc.files.list.SetPicked(widgets.RowSet{}.Add(0, 7))
	sc.files.Leave()
	if sc.CanRun() || !sc.do.Disabled() {
		t.Error("with nothing to take it can be imported")
	}
	sc.Take([]string{put(t, t.TempDir(), "more.txt", "More to come\n")})
	sc.m.Settle()
	if got := sc.w.rows.outs; got != 5 || sc.w.rows.len() != 8 {
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

// many puts n files into a folder.
func many(t *testing.T, n int) string {
	t.Helper()
	dir := t.TempDir()
	for i := range n {
		put(t, dir, fmt.Sprintf("%04d.txt", i), fmt.Sprintf("Letter number %d\n", i))
	}
	return dir
}

// A survey and an import can be stopped, and an import pauses; what came in stays, and
// the same again brings in the rest.
func TestStopAndPause(t *testing.T) {
	sc := opened(t)
	dir := many(t, 600)
	sc.Take([]string{dir})
	if !sc.Stops() {
		t.Error("the survey cannot be stopped")
	}
	sc.Stop()
	sc.m.Settle()
	if sc.w.looking != nil || sc.w.rows.len() == 600 && sc.w.fault != nil {
		t.Errorf("looked at %d, %v", sc.w.rows.len(), sc.w.fault)
	}
	if got := sc.done.Text(); sc.w.fault != nil && !strings.Contains(got, "Looking was stopped") {
		t.Errorf("it says %q", got)
	}
	sc.Take([]string{dir})
	sc.m.Settle()
	if sc.w.rows.len() != 600 {
		t.Fatalf("looked at %d", sc.w.rows.len())
	}
	sc.Run()
	sc.Pause()
	if got := sc.pause; got.Hidden || !sc.w.pace.Paused() {
		t.Error("it does not pause")
	}
	sc.Hide()
	if got := sc.s.Status().Notice; !strings.Contains(got, "goes on") {
		t.Errorf("leaving the page says %q", got)
	}
	sc.Pause()
	sc.Stop()
	sc.m.Settle()
	n, err := sc.a.Count(ctx, storage.Query{})
	if err != nil || sc.Runs() {
		t.Fatalf("%d, %v", n, err)
	}
	if all := sc.imports(); len(all) == 2 && all[1].Key != archive.ImportStopped && all[1].Key != archive.ImportFinished {
		t.Errorf("%+v", all)
	}
	sc.Take([]string{dir})
	sc.m.Settle()
	if sc.w.rows.counts[duplicates] != n-1 {
		t.Errorf("%d came in, %d are said to be there", n-1, sc.w.rows.counts[duplicates])
	}
	sc.Run()
	sc.m.Settle()
	if n, err := sc.a.Count(ctx, storage.Query{}); err != nil || n != 601 {
		t.Errorf("%d documents, %v", n, err)
	}
}

// interrupted begins an import and leaves it for later.
func (sc *screen) interrupted(dir string) {
	sc.t.Helper()
	later, cancel := context.WithCancelCause(ctx)
	n := 0
	if _, err := intake.Run(later, sc.a, "Li", []string{dir}, intake.Options{Readers: 1, Held: 1}, func(intake.Event) {
		if n++; n == 3 {
			cancel(intake.ErrLater)
		}
	}); !errors.Is(err, context.Canceled) {
		sc.t.Fatal(err)
	}
	sc.s.LookAtImports()
	sc.m.Settle()
}

// An import that was interrupted is offered, in a notice and in its report; it is
// continued, or left as it is.
func TestContinueOnThePage(t *testing.T) {
	sc := opened(t)
	dir := many(t, 30)
	sc.interrupted(dir)
	notices := sc.s.Notices()
	if len(notices) != 1 || notices[0].Do != "importing.continue" || notices[0].Also != "importing.leave" || !strings.Contains(notices[0].Text, "An import of Li from "+dir) {
		t.Fatalf("notices: %+v", notices)
	}
	sc.Refresh()
	sc.Open(1)
	sc.m.Settle()
	if got := sc.reports.text.Text(); !strings.Contains(got, "begun and not ended") || sc.reports.goOn.Hidden {
		t.Errorf("its report: %s", got)
	}
	sc.on.Focus(sc.reports.goOn)
	sc.keys(fyne.KeyReturn)
	if n, err := sc.a.Count(ctx, storage.Query{}); err != nil || n != 31 {
		t.Errorf("%d documents, %v", n, err)
	}
	if got := sc.reports.text.Text(); !strings.Contains(got, "continued after an interruption") || !sc.reports.goOn.Hidden {
		t.Errorf("its report: %s", got)
	}
	if got := sc.s.Notices(); len(got) != 0 {
		t.Errorf("notices: %+v", got)
	}
	sc.interrupted(many(t, 10))
	sc.Leave()
	sc.m.Settle()
	all := sc.imports()
	if last := all[len(all)-1]; last.Key != archive.ImportGivenUp || last.RevBy != "Zhang" || sc.s.InterruptedImport() != nil {
		t.Errorf("left as it is: %+v", last)
	}
}

// Refresh reads everything anew.
func (sc *screen) Refresh() {
	sc.s.Refresh()
	sc.m.Settle()
}

// An import goes on while the page is made anew in other colours, and when the archive
// is closed it is left for later.
func TestImportOutlivesThePage(t *testing.T) {
	sc := opened(t)
	sc.Take([]string{sc.in})
	sc.m.Settle()
	sc.files.narrow(left)
	w := sc.Work()
	sc.s.Quiet()
	sc.show(sc.s, w)
	sc.Show()
	if sc.files.list.Count() != 2 || sc.says.Text() == "" || sc.files.filter.On() != filterNames[left] {
		t.Errorf("the new page lists %d", sc.files.list.Count())
	}
	dir := many(t, 400)
	sc.Take([]string{dir})
	sc.m.Settle()
	sc.Run()
	bar := sc.s.BusyBar(nil, nil)
	sc.s.Quiet()
	sc.show(sc.s, sc.Work())
	sc.SetBar(bar)
	sc.m.Pass(time.Second)
	if sc.Runs() {
		t.Error("it runs for ever")
	}
	if n, err := sc.a.Count(ctx, storage.Query{}); err != nil || n != 404 {
		t.Errorf("%d documents, %v", n, err)
	}

	sc.Take([]string{many(t, 3000)})
	sc.m.Settle()
	sc.Run()
	sc.s.CloseArchive(nil)
	sc.m.Settle()
	all := sc.imports()
	if last := all[len(all)-1]; last.Key != "" && last.Key != archive.ImportFinished {
		t.Errorf("closed in the middle: %+v", last)
	}
}

// What cannot be: a folder that is not there, an import in an archive that is for
// reading, one beside another.
func TestImportRefused(t *testing.T) {
	sc := opened(t)
	sc.Take([]string{filepath.Join(sc.in, "nowhere")})
	sc.m.Settle()
	if got := sc.done.Text(); !strings.Contains(got, "not there any more") || sc.CanRun() {
		t.Errorf("it says %q", got)
	}
	sc.w.paths = nil
	dir := many(t, 20)
	sc.Take([]string{dir})
	sc.m.Settle()
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	sc.Run()
	sc.m.Settle()
	if got := sc.done.Text(); !strings.Contains(got, "not there any more") || len(sc.w.paths) != 1 || sc.Section() != 0 {
		t.Errorf("a folder that went: %q", got)
	}
	sc.Free = func() bool { return false }
	sc.changed()
	if sc.CanRun() || !sc.do.Disabled() {
		t.Error("beside other work it can be imported")
	}
	sc.Run()
	if got := sc.s.Status().Notice; !strings.Contains(got, "nothing to import now") {
		t.Errorf("it says %q", got)
	}
}

// Counting half a million rows again is a matter of a moment, whatever was left out;
// the same of a truth for each row.
func TestRows(t *testing.T) {
	r := newRows()
	const n = 500_000
	for i := range n {
		l := intake.Looked{Path: "x"}
		if i%2 == 1 {
			l.Earlier = i // the one before
		}
		if i%4 == 3 {
			l.Earlier = 1 // one group of a hundred thousand
		}
		r.add(l, false)
	}
	if r.counts[taken] != n/2 || r.counts[duplicates] != n/2 {
		t.Fatalf("%v", r.counts)
	}
	began := time.Now()
	r.out[0], r.out[1] = true, true
	r.count()
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("counting took %v", took)
	}
	// Row 3 comes in in the place of row 0, and row 1 is left out.
	if r.counts[taken] != n/2 || r.counts[left] != 2 || r.counts[duplicates] != n/2-2 || !r.takes(3) || r.takes(7) {
		t.Errorf("%v", r.counts)
	}
	r.narrow(left)
	if r.listed() != 2 || r.row(1) != 1 || r.place(1) != 1 || r.place(2) != -1 {
		t.Errorf("left out: %v", r.shown)
	}
}
