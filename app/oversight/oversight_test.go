package oversight

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"fonds/app/session"
	"fonds/app/template"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
)

var ctx = context.Background()

func ptr[T any](v T) *T { return &v }

// screen is the page in a window, with an archive of Zhang's open.
type screen struct {
	*Page
	t    *testing.T
	m    *session.Manual
	left int // times that the person went back to work
	ids  []archive.ID
}

// opened makes an archive of n documents, lets work be done in it, and opens it.
func opened(t *testing.T, who string, n int, work func(do func(who string, edits ...*archive.Edit), ids []archive.ID)) *screen {
	t.Helper()
	test.NewTempApp(t)
	path := filepath.Join(t.TempDir(), "test.fonds")
	a, err := storage.Create(ctx, path, storage.NewArchive{Owner: "Zhang", Template: template.Default}, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	in := make(chan *archive.Incoming, n)
	for i := range n {
		text := fmt.Sprint("第", i, "号通知")
		sum := sha256.Sum256([]byte(text))
		in <- &archive.Incoming{Path: fmt.Sprint("卷/", i, ".txt"), Order: i, Original: []byte(text), SHA256: hex.EncodeToString(sum[:]),
			Format: "text/plain", Encoding: "UTF-8", Confidence: 1, Text: text, Recipe: json.RawMessage(`{}`)}
	}
	close(in)
	sc := &screen{t: t, m: session.NewManual()}
	if err := a.Import(ctx, "Zhang", in, func(r storage.Imported) { sc.ids = append(sc.ids, r.ID) }); err != nil {
		t.Fatal(err)
	}
	do := func(who string, edits ...*archive.Edit) {
		t.Helper()
		if _, err := a.Apply(ctx, who, edits...); err != nil {
			t.Fatal(err)
		}
	}
	do("Zhang", &archive.Edit{Do: "person.set", Name: "Li", Role: "archivist"}, &archive.Edit{Do: "person.set", Name: "Wang", Role: "reviewer"})
	if work != nil {
		work(do, sc.ids)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	s := session.New(sc.m.Config())
	s.SetActor(who)
	w := test.NewTempWindow(t, nil)
	sc.Page = New(s, w.Canvas())
	sc.OnLeave = func() { sc.left++ }
	w.SetContent(sc.Content())
	w.Resize(fyne.NewSize(1180, 700))
	sc.m.Open(t, s, path)
	sc.Show()
	sc.m.Settle()
	sc.Focus()
	return sc
}

func (sc *screen) keys(all ...fyne.KeyName) {
	sc.t.Helper()
	for _, k := range all {
		f := sc.on.Focused()
		if f == nil {
			sc.t.Fatalf("%s: nothing has the focus", k)
		}
		if k == fyne.KeyTab {
			sc.on.FocusNext()
		} else {
			f.TypedKey(&fyne.KeyEvent{Name: k})
		}
		sc.m.Settle()
	}
}

func (sc *screen) types(words string) {
	for _, r := range words {
		sc.on.Focused().TypedRune(r)
	}
}

func (sc *screen) press(b *widgets.Button) {
	sc.t.Helper()
	if b.Disabled() || b.Hidden {
		sc.t.Fatalf("a button that cannot be pressed: disabled %v, hidden %v", b.Disabled(), b.Hidden)
	}
	sc.on.Focus(b)
	sc.keys(fyne.KeyReturn)
}

// reviewed is some work and its review.
func reviewed(do func(who string, edits ...*archive.Edit), ids []archive.ID) {
	for _, id := range ids[:3] {
		do("Li", &archive.Edit{Do: "tag.add", Doc: string(id), Tag: "会议"}, &archive.Edit{Do: "document.submit", Doc: string(id)})
	}
	do("Wang", &archive.Edit{Do: "document.return", Doc: string(ids[0]), Reason: "日期不符"}, &archive.Edit{Do: "document.approve", Doc: string(ids[1])})
}

// A package is made, filled, ticked, signed off and opened again, by keyboard.
func TestAPackageFromPlanToSignOff(t *testing.T) {
	sc := opened(t, "Zhang", 3, nil)
	p := sc.packages
	if !p.empty.Visible() || p.detail.Visible() {
		t.Error("without packages it does not say what to do")
	}
	sc.keys(fyne.KeyRight, fyne.KeyReturn) // the button that makes one
	if sc.on.Focused() != fyne.Focusable(p.form.name) {
		t.Fatalf("the form has not the keyboard: %T", sc.on.Focused())
	}
	sc.keys(fyne.KeyReturn)
	if p.form.said.Text() == "" {
		t.Error("a package without a name is not refused")
	}
	sc.types("第一批")
	p.form.until.SetText("2026-13-01")
	sc.keys(fyne.KeyReturn)
	if !strings.Contains(p.form.said.Text(), "2026-13-01") || !p.form.Visible() {
		t.Errorf("a day that is none: %q", p.form.said.Text())
	}
	p.form.until.SetText("2099-12-31")
	p.form.checks.SetText("题名照录\n\n 日期已核对 ")
	p.form.setPerson("Wang")
	sc.keys(fyne.KeyReturn)
	if p.form.Visible() || len(p.items) != 1 || p.chosen().Detail != "Wang" {
		t.Fatalf("after making it: form %v, %d packages", p.form.Visible(), len(p.items))
	}
	sc.s.Select(widgets.RowSet{}.Add(0, 2))
	sc.m.Settle()
	sc.press(p.selected)
	if w := p.work(); w == nil || w.Documents != 2 || !strings.Contains(p.said.Text(), "2 documents") {
		t.Errorf("two put in: %+v, %q", w, p.said.Text())
	}
	sc.press(p.listed)
	if w := p.work(); w.Documents != 3 || p.row(0).Badge != "0 of 3" {
		t.Errorf("all of the list put in: %+v, %q", w, p.row(0).Badge)
	}
	sc.s.Undo(false, nil)
	sc.m.Settle()
	sc.press(sc.again)
	if w := p.work(); w.Documents != 2 {
		t.Errorf("one undo takes the batch back: %+v", w)
	}
	sc.on.Focus(p.checks)
	sc.keys(fyne.KeySpace, fyne.KeyDown, fyne.KeySpace)
	for _, c := range sc.s.Self().Checks(p.chosen().ID) {
		if c.Decision == nil {
			t.Errorf("%q is not ticked", c.Text)
		}
	}
	sc.press(p.sign)
	sc.types("齐全")
	sc.keys(fyne.KeyReturn)
	if !p.form.Visible() || !strings.Contains(p.form.said.Text(), "2 of the 2") {
		t.Errorf("signed off with open documents: %q", p.form.said.Text())
	}
	sc.keys(fyne.KeyEscape)
	if p.form.Visible() || !p.detail.Visible() {
		t.Error("Escape does not leave the form")
	}
	sc.press(p.open)
	if q := sc.s.Query(); q.Package != p.chosen().ID || sc.left != 1 {
		t.Errorf("its documents: %+v, left %d times", q, sc.left)
	}
	sc.m.Settle()
	if sc.s.Rows() != 2 {
		t.Errorf("the list has %d rows", sc.s.Rows())
	}
}

func TestSignOff(t *testing.T) {
	sc := opened(t, "Wang", 2, func(do func(who string, edits ...*archive.Edit), ids []archive.ID) {
		do("Zhang", &archive.Edit{Do: "package.set", Name: "一", Responsible: ptr("Wang")})
		do("Li", &archive.Edit{Do: "tag.add", Doc: string(ids[0]), Tag: "会议"}, &archive.Edit{Do: "document.submit", Doc: string(ids[0])})
		do("Wang", &archive.Edit{Do: "document.approve", Doc: string(ids[0])})
		do("Zhang", &archive.Edit{Do: "package.put", Doc: string(ids[0]), Package: ptr("一")})
	})
	p := sc.packages
	sc.press(p.sign)
	sc.types("已完成")
	sc.keys(fyne.KeyReturn)
	if p.chosen().Decision == nil || !strings.Contains(p.facts.Text(), "已完成") || !strings.Contains(p.facts.Text(), "signed off") || p.sign.Visible() {
		t.Fatalf("signed off: %+v, %q", p.chosen().Decision, p.facts.Text())
	}
	sc.s.Select(nil)
	sc.press(p.listed) // another document is put in: what was signed is not what is there
	if !strings.Contains(p.facts.Text(), "changed since") {
		t.Errorf("a sign-off that is stale: %q", p.facts.Text())
	}
	sc.press(p.reopen)
	if p.chosen().Decision != nil || !p.sign.Visible() {
		t.Error("it was not opened again")
	}
}

// Each section shows its charts; the keyboard reaches them, and they say where it
// is; Escape leads back.
func TestSectionsByKeyboard(t *testing.T) {
	sc := opened(t, "Zhang", 4, reviewed)
	for i, f := range sc.figures {
		sc.Open(i + 1)
		sc.m.Settle()
		sc.FocusSection()
		c, ok := sc.on.Focused().(*widgets.Chart)
		if !ok {
			t.Fatalf("%s: the keyboard is on %T", f.id, sc.on.Focused())
		}
		sc.keys(fyne.KeyHome, fyne.KeyEnd)
		for _, b := range f.blocks {
			if b.chart == c && !strings.Contains(sc.s.Status().Notice, b.says[c.At()]) {
				t.Errorf("%s: the bar %q is not said: %q", f.id, b.says[c.At()], sc.s.Status().Notice)
			}
		}
		sc.keys(fyne.KeyTab)
		if _, ok := sc.on.Focused().(*widgets.DataTable); !ok {
			t.Errorf("%s: beside the chart the keyboard is on %T", f.id, sc.on.Focused())
		}
		sc.keys(fyne.KeyEscape)
		if sc.on.Focused() != fyne.Focusable(sc.Nav) {
			t.Errorf("%s: Escape leads to %T", f.id, sc.on.Focused())
		}
	}
	if rows := sc.figures[2].blocks[0].table.Rows(); len(rows) != 1 || rows[0][0] != "日期不符" {
		t.Errorf("reasons: %v", rows)
	}
	sc.keys(fyne.KeyEscape)
	if sc.left != 1 {
		t.Errorf("left %d times", sc.left)
	}
}

func TestDaysAreChosen(t *testing.T) {
	sc := opened(t, "Zhang", 4, reviewed)
	f := sc.figures[0]
	if n := f.blocks[0].chart.Bars(); n != 30 {
		t.Errorf("%d days", n)
	}
	sc.Open(1)
	sc.on.Focus(f.days)
	sc.keys(fyne.KeyRight, fyne.KeySpace)
	if n := f.blocks[0].chart.Bars(); n != 90 {
		t.Errorf("%d days after choosing 90", n)
	}
}

// The stars are computed when they are asked for; what lacks the sample alone can
// be opened.
func TestQuality(t *testing.T) {
	sc := opened(t, "Zhang", 3, func(do func(who string, edits ...*archive.Edit), ids []archive.ID) {
		id := string(ids[1])
		for _, f := range []string{"dcterms:title", "dcterms:date", "dcterms:creator", "dcterms:language"} {
			do("Li", &archive.Edit{Do: "field.set", Doc: id, Field: f, Values: []archive.ValueIn{{Value: "1", Evidence: &archive.RangeIn{Start: 1, End: 2}}}})
		}
		do("Li", &archive.Edit{Do: "document.submit", Doc: id})
		do("Wang", &archive.Edit{Do: "document.approve", Doc: id})
	})
	sc.Open(4)
	q := sc.quality
	if len(q.blocks) != 0 && q.blocks[0].content.Visible() || !strings.Contains(q.means.Text(), "5. ") {
		t.Errorf("before it is computed: %q", q.means.Text())
	}
	sc.FocusSection()
	sc.keys(fyne.KeyReturn)
	if rows := q.blocks[0].table.Rows(); len(rows) != 6 || rows[1][1] != "1" || rows[4][1] != "2" {
		t.Fatalf("stars: %v, %q", rows, q.said.Text())
	}
	if len(q.of) != 1 || q.of[0].ID != sc.ids[1] || !q.rest.Visible() {
		t.Fatalf("to sample: %v", q.of)
	}
	sc.on.Focus(q.list)
	sc.keys(fyne.KeyReturn)
	if d := sc.s.Document(); sc.left != 1 || d == nil || d.ID != sc.ids[1] {
		t.Errorf("opened %v, left %d times", d, sc.left)
	}
}

// What is counted of an archive that was closed meanwhile is dropped.
func TestLateAnswersAreDropped(t *testing.T) {
	sc := opened(t, "Zhang", 4, reviewed)
	sc.gather()
	sc.s.CloseArchive(nil)
	sc.m.Settle()
	if sc.numbers != nil || len(sc.packages.items) != 0 || sc.said.Text() != "" {
		t.Errorf("after closing: %v, %q", sc.numbers, sc.said.Text())
	}
	if sc.figures[0].blocks[0].content.Visible() {
		t.Error("charts of an archive that is closed are shown")
	}
}

// Who may not plan sees why, where they have tried.
func TestAnArchivistPlansNothing(t *testing.T) {
	sc := opened(t, "Li", 1, func(do func(who string, edits ...*archive.Edit), ids []archive.ID) {
		do("Zhang", &archive.Edit{Do: "package.set", Name: "一"})
	})
	sc.press(sc.packages.remove)
	if !strings.Contains(sc.packages.said.Text(), "Zhang") || len(sc.packages.items) != 1 {
		t.Errorf("refused: %q", sc.packages.said.Text())
	}
}
