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

	"fonds/app/intake"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
)

// many puts n files into a folder.
func many(t *testing.T, n int) string {
	t.Helper()
	dir := t.TempDir()
	for i := range n {
		put(t, dir, fmt.Sprintf("%04d.txt", i), fmt.Sprintf("Letter number %d\n", i))
	}
	return dir
}

// Another encoding for many files: they are read again some at a time, and another one
// in the middle holds for those that are left.
func TestEncodingForMany(t *testing.T) {
	sc := opened(t)
	sc.Take([]string{many(t, 300)})
	sc.m.Settle()
	sc.files.list.SetPicked(widgets.RowSet{}.Add(0, 300))
	sc.w.choose(sc.files.chosen(), "Big5")
	if got := sc.says.Text(); !strings.Contains(got, "300 files are read again") {
		t.Errorf("it says %q", got)
	}
	sc.w.choose([]int{5, 200, 299}, "GB18030")
	sc.m.Settle()
	for i := range 300 {
		want := "Big5"
		if i == 5 || i == 200 || i == 299 {
			want = "GB18030"
		}
		if l := sc.w.rows.at(i); l.Encoding != want || !l.Chosen {
			t.Fatalf("row %d: %+v", i, l)
		}
	}
	if sc.w.again != 0 || strings.Contains(sc.says.Text(), "again") {
		t.Errorf("%d are still being read; it says %q", sc.w.again, sc.says.Text())
	}
	sc.Run()
	sc.m.Settle()
	im, err := sc.imports()[1].Import()
	if err != nil || im.Begin.Encodings["Big5"] != 297 || im.Begin.Encodings["GB18030"] != 3 {
		t.Errorf("%+v, %v", im, err)
	}
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
	sc.Submit()
	if got := sc.s.Status().Notice; sc.Runs() || !strings.Contains(got, "still being looked at") {
		t.Errorf("before all were looked at it runs, or says %q", got)
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
