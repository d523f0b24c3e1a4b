package finding

import (
	"fmt"
	"slices"
	"strings"
	"testing"

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
	if got := sc.s.Query().Search; got != "tag:党建 date:=2010" || sc.s.Rows() != 2 {
		t.Fatalf("asked %q, %d rows", got, sc.s.Rows())
	}
	sc.to("● 党建 2")
	sc.keys(fyne.KeyReturn)
	if got := sc.s.Query().Search; got != "date:=2010" {
		t.Fatalf("asked %q", got)
	}
	sc.to("● 2010 2")
	sc.keys(fyne.KeyLeft) // folded away
	if got := sc.counts(); slices.Contains(got, "● 2010 2") || !slices.Contains(got, "▶ Years ") {
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
	if got := sc.s.Query().Search; got != "date:=2011" || len(x.values) != 1 {
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
