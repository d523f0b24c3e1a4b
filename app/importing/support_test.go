package importing

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"fonds/app/i18n"
	"fonds/app/intake"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
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
	put(t, dir, "6 scan.pdf", "%!PS-Adobe-3.0\n")
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
	sc.m.Keys(sc.t, sc.on, all...)
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
