package finding

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/storage/query"
)

// screen is the page in a window on an archive of Zhang's.
type screen struct {
	*Page
	*session.Filled
	t      *testing.T
	m      *session.Manual
	left   int
	desk   int
	tables []Table
}

func opened(t *testing.T, tab Table, texts ...string) *screen {
	t.Helper()
	test.NewTempApp(t)
	i18n.Use("en")
	sc := &screen{t: t, m: session.NewManual(), Filled: session.Fill(t, texts...)}
	var edits []*archive.Edit
	for i, d := range sc.Docs {
		id := string(d.ID)
		edits = append(edits, &archive.Edit{Do: "field.set", Doc: id, Field: "dcterms:title", Values: []archive.ValueIn{archive.ValueOf([]string{"银川", "北京", "安徽"}[i%3])}},
			&archive.Edit{Do: "field.set", Doc: id, Field: "dcterms:date", Values: []archive.ValueIn{archive.ValueOf(fmt.Sprint(2010 + i%2))}})
		if i%2 == 0 {
			edits = append(edits, &archive.Edit{Do: "tag.add", Doc: id, Tag: "党建/会议"})
		}
	}
	edits = append(edits, &archive.Edit{Do: "person.set", Name: "Li", Role: "archivist"})
	sc.Apply("Zhang", edits...)
	s := session.New(sc.m.Config())
	s.SetActor("Zhang")
	w := test.NewTempWindow(t, nil)
	sc.Page = New(s, w.Canvas(), tab)
	sc.OnDesk = func() { sc.desk++ }
	sc.OnLeave = func() { sc.left++ }
	sc.OnTable = func(t Table) { sc.tables = append(sc.tables, t) }
	w.SetContent(sc.Content())
	w.Resize(fyne.NewSize(1280, 760))
	sc.m.Open(t, s, sc.File)
	sc.Show()
	sc.m.Settle()
	sc.Focus()
	return sc
}

func (sc *screen) keys(all ...fyne.KeyName) {
	sc.t.Helper()
	sc.m.Keys(sc.t, sc.on, all...)
	sc.m.Settle()
}

func (sc *screen) types(text string) {
	sc.m.Types(sc.on, text)
	sc.m.Settle()
}

// cells are what the rows say.
func (sc *screen) cells() (out []string) {
	for i := range sc.s.Rows() {
		sc.row(i)
		sc.m.Settle()
		out = append(out, strings.Join(sc.row(i).Cells, "|"))
	}
	return out
}

// counts are the rows of the facets.
func (sc *screen) counts() (out []string) {
	for i := range sc.facets.rows {
		out = append(out, strings.ReplaceAll(strings.Join(sc.facets.row(i).Cells, " "), "\u3000", "_"))
	}
	return out
}

// to goes to a row of the facets by what it says.
func (sc *screen) to(says string) {
	sc.t.Helper()
	at := slices.Index(sc.counts(), says)
	if at < 0 {
		sc.t.Fatalf("the facets say %q, not %q", sc.counts(), says)
	}
	sc.on.Focus(sc.facets.list)
	sc.facets.list.SetSelected(at)
}

// The table has the columns that were chosen, in the order that was; both are told.
func TestColumnsAndOrder(t *testing.T) {
	sc := opened(t, Table{}, "一 会议", "二", "三 会议")
	if got := sc.cells(); got[0] != "银川|2010||党建/会议|◐ in progress" {
		t.Fatalf("the first row says %q", got)
	}
	sc.keys(fyne.KeyDown) // from the search to the rows
	sc.types("s")
	sc.types("Title")
	sc.keys(fyne.KeyReturn)
	if got := sc.cells(); !strings.HasPrefix(got[0], "安徽") || !strings.HasPrefix(got[2], "银川") {
		t.Fatalf("by title: %q", got)
	}
	sc.types("r")
	if got := sc.cells(); !strings.HasPrefix(got[0], "银川") || sc.table.Columns[0].Title != "Title ▼" {
		t.Fatalf("the other way round: %q under %q", got, sc.table.Columns[0].Title)
	}
	sc.types("c")
	sc.types("Path")
	sc.keys(fyne.KeyReturn)
	sc.types("Tags")
	sc.keys(fyne.KeyReturn, fyne.KeyEscape)
	if got := sc.cells(); got[0] != "银川|2010||◐ in progress|a/1.txt" {
		t.Fatalf("other columns: %q", got)
	}
	last := sc.tables[len(sc.tables)-1]
	if fmt.Sprint(last.Columns) != "[title date field:dcterms:creator status path]" || last.Order != (storage.Order{By: storage.ByTitle, Down: true}) {
		t.Errorf("told %+v", last)
	}
	sc.head.OnTap(1)
	sc.m.Settle()
	if got := sc.cells(); !strings.HasPrefix(got[2], "北京") {
		t.Errorf("by date: %q", got)
	}
	sc.keys(fyne.KeyReturn)
	sc.keys(fyne.KeyEscape)
	if sc.desk != 1 || sc.left != 1 {
		t.Errorf("desk %d, left %d", sc.desk, sc.left)
	}
}

// What was chosen before is there; a column that is none is left out.
func TestTableOfBefore(t *testing.T) {
	sc := opened(t, Table{Columns: []storage.Column{storage.ByChars, "colour", storage.ByTitle}, Order: storage.Order{By: storage.ByChars, Down: true}}, "一", "二二二", "三三")
	if got := sc.cells(); strings.Join(got, " ") != "3|北京 2|安徽 1|银川" {
		t.Errorf("%q", got)
	}
}

// Values of the facets narrow the search, and again widen it; charts do the same.
func TestFacets(t *testing.T) {
	sc := opened(t, Table{}, "一 会议", "二", "三 会议", "四 会议")
	sc.to("_党建 2")
	sc.keys(fyne.KeyReturn)
	if got := sc.s.Query().Search; got != "tag:党建" || sc.s.Rows() != 2 || sc.box.Entry.Text != got {
		t.Fatalf("asked %q, typed %q, %d rows", got, sc.box.Entry.Text, sc.s.Rows())
	}
	sc.to("● 党建 2")
	sc.to("_2010 2")
	sc.types(" ")
	if got := sc.s.Query().Search; got != "tag:党建 date:2010" || sc.s.Rows() != 2 {
		t.Fatalf("asked %q, %d rows", got, sc.s.Rows())
	}
	sc.to("● 党建 2")
	sc.keys(fyne.KeyReturn)
	if got := sc.s.Query().Search; got != "date:2010" {
		t.Fatalf("asked %q", got)
	}
	sc.to("● 2010 2")
	sc.keys(fyne.KeyLeft) // folded away
	if got := sc.counts(); slices.Contains(got, "● 2010 2") || !slices.Contains(got, "▶ Year ") {
		t.Errorf("folded: %q", got)
	}
	sc.to("▶ File format ")
	sc.keys(fyne.KeyRight)
	if got := sc.counts(); !slices.Contains(got, "_text/plain 2") {
		t.Errorf("opened: %q", got)
	}
	sc.types("x")
	if sc.s.Rows() != 4 {
		t.Errorf("cleared: %d rows", sc.s.Rows())
	}
	sc.types("v")
	x := sc.side.charts.all[0]
	if sc.side.section != 1 || len(x.values) != 2 || x.values[0].Value != "2010" || x.facet.Key != query.Date {
		t.Fatalf("charts: %+v", x.values)
	}
	x.bars.OnActivate(1)
	sc.m.Settle()
	if got := sc.s.Query().Search; got != "date:2011" || len(x.values) != 1 {
		t.Errorf("a bar asks %q, and leaves %v", got, x.values)
	}
}

// The document of the row is shown beside it, at what is looked for; n goes on.
func TestPreview(t *testing.T) {
	sc := opened(t, Table{}, "一 会议 会议", "二", strings.Repeat("长\n", 300)+"会议")
	sc.box.Set("会议")
	sc.m.Settle()
	sc.keys(fyne.KeyReturn)
	if sc.on.Focused() != fyne.Focusable(sc.table) || sc.side.text.Text() != "一 会议 会议" || len(sc.side.hits) != 2 || sc.side.at != 0 {
		t.Fatalf("shown %.20q, %d hits, at %d", sc.side.text.Text(), len(sc.side.hits), sc.side.at)
	}
	sc.on.Focus(sc.side.text)
	sc.types("n")
	if sc.side.at != 1 {
		t.Errorf("n goes to %d", sc.side.at)
	}
	sc.types("nN")
	if sc.side.at != 1 {
		t.Errorf("n around and back goes to %d", sc.side.at)
	}
	sc.on.Focus(sc.table)
	sc.keys(fyne.KeyDown)
	if len(sc.side.hits) != 1 || !strings.HasPrefix(sc.side.text.Text(), "长") {
		t.Errorf("the next row shows %.10q with %d hits", sc.side.text.Text(), len(sc.side.hits))
	}
}

func (sc *screen) tagged(tag string) (n int) {
	sc.t.Helper()
	n, err := sc.Archive.Count(context.Background(), storage.Query{Tag: tag})
	if err != nil {
		sc.t.Fatal(err)
	}
	return n
}

// All of a list are given a tag by the keyboard, one is left out; one undo takes it back.
func TestChange(t *testing.T) {
	sc := opened(t, Table{}, "一 会议", "二", "三 会议", "四")
	sc.keys(fyne.KeyDown)
	sc.types("b")
	sc.types("add a tag")
	sc.keys(fyne.KeyReturn)
	if sc.change == nil || sc.on.Focused() != fyne.Focusable(sc.change.value) {
		t.Fatal("nothing is asked")
	}
	sc.types("会议")
	sc.m.Pass(time.Second)
	if got := sc.change.says.Text(); !strings.HasPrefix(got, "4 documents would change, 0 stay") {
		t.Fatalf("it says %q", got)
	}
	if got := sc.change.offers; !got.Shown() || got.Text(0) != "党建/会议" {
		t.Errorf("nothing is offered")
	}
	sc.keys(fyne.KeyReturn, fyne.KeyDown)
	sc.types(" ")
	if got := sc.change.row(1); sc.change.do.Label() != "Change 3 documents" || !strings.HasPrefix(got.Sub, "Left out") {
		t.Errorf("left out: %q, %+v", sc.change.do.Label(), got)
	}
	if got := sc.change.row(0).Sub; got != "+ 会议" {
		t.Errorf("a row says %q", got)
	}
	sc.keys(fyne.KeyReturn)
	if sc.change != nil || sc.tagged("会议") != 3 || !strings.HasPrefix(sc.s.Status().Notice, "3 documents were changed") {
		t.Fatalf("afterwards %d have it, said %q", sc.tagged("会议"), sc.s.Status().Notice)
	}
	if sc.on.Focused() != fyne.Focusable(sc.table) {
		t.Error("the keyboard is not on the rows")
	}
	sc.s.Undo(false, nil)
	sc.m.Settle()
	if n := sc.tagged("会议"); n != 0 {
		t.Errorf("after undo %d have it", n)
	}
}

// What is selected is changed, and not the rest; what a pattern makes of a field is shown
// first; a wrong one says so; Escape changes nothing.
func TestChangeSelected(t *testing.T) {
	sc := opened(t, Table{}, "一", "二", "三", "四")
	sc.keys(fyne.KeyDown)
	sc.s.Select(sc.s.SelectedRows().Add(0, 2))
	sc.types("b")
	sc.types("replace")
	sc.keys(fyne.KeyReturn)
	sc.types("Title")
	sc.keys(fyne.KeyReturn)
	c := sc.change
	if c == nil || c.find == nil {
		t.Fatal("nothing is asked")
	}
	sc.types("(.)(.)")
	sc.keys(fyne.KeyReturn)
	sc.types("$2$1")
	c.pattern.OnPick("pattern", true)
	sc.m.Pass(time.Second)
	if len(c.plan.Changes) != 2 || c.row(0).Sub != "银川 → 川银" {
		t.Fatalf("planned: %+v", c.plan)
	}
	c.find.SetText("(")
	c.look()
	sc.m.Settle()
	if got := c.says.Text(); !strings.Contains(got, "pattern") || !c.do.Disabled() {
		t.Errorf("of an open bracket it says %q", got)
	}
	sc.keys(fyne.KeyEscape)
	if sc.change != nil || sc.s.SelectedRows().Count() != 2 {
		t.Error("Escape has not left it, or has taken the selection")
	}
	sc.types("b")
	sc.types("clear")
	sc.keys(fyne.KeyReturn)
	sc.types("Date")
	sc.keys(fyne.KeyReturn)
	if len(sc.change.plan.Changes) != 2 || sc.change.row(0).Sub != "2010 → –" {
		t.Fatalf("clearing: %+v", sc.change.plan)
	}
	sc.keys(fyne.KeyReturn)
	n, err := sc.Archive.Count(context.Background(), storage.Query{Search: "missing:dcterms:date"})
	if err != nil || n != 2 {
		t.Errorf("%d are without a date, %v", n, err)
	}
}

// Escape stops what is being written: nothing is changed, and what was asked stays.
func TestChangeStopped(t *testing.T) {
	sc := opened(t, Table{}, "一", "二", "三")
	sc.keys(fyne.KeyDown)
	sc.types("b")
	sc.types("add a tag")
	sc.keys(fyne.KeyReturn)
	sc.types("新")
	sc.keys(fyne.KeyReturn)
	sc.change.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	sc.change.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	sc.m.Settle()
	if sc.tagged("新") != 0 || sc.change == nil || sc.change.do.Disabled() || !strings.Contains(sc.change.says.Text(), "topped") {
		t.Fatalf("%d have it; it says %q", sc.tagged("新"), sc.change.says.Text())
	}
	sc.keys(fyne.KeyReturn)
	if sc.tagged("新") != 3 {
		t.Errorf("once more: %d have it", sc.tagged("新"))
	}
}

// Who may only read is told so before anything is asked.
func TestChangeAsReader(t *testing.T) {
	sc := opened(t, Table{}, "一")
	sc.Apply("Zhang", &archive.Edit{Do: "person.set", Name: "Sun", Role: "reader"})
	sc.s.SetActor("Sun")
	sc.s.Poll()
	sc.m.Settle()
	sc.keys(fyne.KeyDown)
	sc.types("b")
	if sc.change != nil || sc.on.Overlays().Top() != nil || !strings.Contains(sc.s.Status().Notice, "may read") {
		t.Errorf("said %q", sc.s.Status().Notice)
	}
}

// A value that somebody else changes meanwhile is refused, stays in the list and says why.
func TestChangeRefused(t *testing.T) {
	sc := opened(t, Table{}, "一", "二")
	sc.keys(fyne.KeyDown)
	sc.types("b")
	sc.types("set a")
	sc.keys(fyne.KeyReturn)
	sc.types("Title")
	sc.keys(fyne.KeyReturn)
	sc.types("新")
	sc.keys(fyne.KeyReturn)
	sc.Apply("Li", &archive.Edit{Do: "field.set", Doc: string(sc.Docs[1].ID), Field: "dcterms:title", Values: []archive.ValueIn{archive.ValueOf("李")}})
	sc.keys(fyne.KeyReturn)
	c := sc.change
	if c == nil || len(c.plan.Changes) != 1 || c.row(0).Badge != "⚠" || !strings.Contains(c.says.Text(), "refused") {
		t.Fatalf("refused: %+v", c)
	}
	if d, err := sc.Archive.Document(context.Background(), sc.Docs[1].ID); err != nil || d.Title() != "李" {
		t.Errorf("the title is %q, %v", d.Title(), err)
	}
}
