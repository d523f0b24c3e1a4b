package library

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"fonds/app/session"
	"fonds/app/template"
	"fonds/storage"
	"fonds/storage/archive"
)

// screen is the library in a window, with an archive of three documents open.
type screen struct {
	*Library
	t *testing.T
	m *session.Manual
	c fyne.Canvas
}

func opened(t *testing.T, texts ...string) *screen {
	t.Helper()
	test.NewTempApp(t)
	path := filepath.Join(t.TempDir(), "test.fonds")
	ctx := context.Background()
	a, err := storage.Create(ctx, path, storage.NewArchive{Owner: "Zhang", Template: template.Default}, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	in := make(chan *archive.Incoming, len(texts))
	for i, text := range texts {
		sum := sha256.Sum256([]byte(text))
		in <- &archive.Incoming{Path: string(rune('a'+i)) + ".txt", Order: i, Original: []byte(text), SHA256: hex.EncodeToString(sum[:]),
			Format: "text/plain", Encoding: "UTF-8", Confidence: 1, Text: text}
	}
	close(in)
	if err := a.Import(ctx, "Zhang", in, func(storage.Imported) {}); err != nil {
		t.Fatal(err)
	}
	a.Close()

	sc := &screen{t: t, m: session.NewManual()}
	s := session.New(sc.m.Config())
	s.SetActor("Zhang")
	w := test.NewTempWindow(t, nil)
	sc.c = w.Canvas()
	sc.Library = New(s, sc.c)
	w.SetContent(sc.Content())
	w.Resize(fyne.NewSize(300, 700))
	sc.m.Open(t, s, path)
	return sc
}

func (sc *screen) keys(names ...fyne.KeyName) {
	for _, k := range names {
		sc.c.Focused().TypedKey(&fyne.KeyEvent{Name: k})
		sc.m.Settle()
	}
}

func (sc *screen) shown() string { return sc.s.Document().Info.Name }

func TestListByKeyboard(t *testing.T) {
	sc := opened(t, "one", "two", "three")
	sc.Focus()
	if !sc.Focused() || sc.list.Count() != 3 || sc.list.Selected() != 0 {
		t.Fatalf("%d rows, row %d", sc.list.Count(), sc.list.Selected())
	}
	sc.keys(fyne.KeyDown, fyne.KeyDown)
	if got := sc.shown(); got != "c.txt" {
		t.Errorf("Down, Down: %s", got)
	}
	sc.c.Focused().TypedRune('k')
	sc.m.Settle()
	if got := sc.shown(); got != "b.txt" || sc.list.Selected() != 1 {
		t.Errorf("k: %s, row %d", got, sc.list.Selected())
	}
	went := 0
	sc.s.Commands.Bind("pane.text", func() { went++ }, nil)
	sc.keys(fyne.KeyReturn)
	if went != 1 {
		t.Error("Enter does not go to the text")
	}
}

func TestListByMouse(t *testing.T) {
	sc := opened(t, "one", "two", "three")
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(sc.list).AddXY(30, 44+20)
	sc.list.MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary, PointEvent: fyne.PointEvent{Position: fyne.NewPos(30, 64), AbsolutePosition: at}})
	sc.m.Settle()
	if got := sc.shown(); got != "b.txt" {
		t.Errorf("a click on the second row: %s", got)
	}
}

func TestRows(t *testing.T) {
	sc := opened(t, "one", "two")
	id := sc.s.Document().ID
	sc.s.SetField(id, archive.TitleField, []archive.ValueIn{{Value: "A title"}}, nil)
	sc.s.SetField(id, "dcterms:date", []archive.ValueIn{{Value: "2015-11-22"}}, nil)
	sc.m.Settle()
	if r := sc.row(0); r.Title != "A title" || r.Sub != "◐ in progress · 2015-11-22 · a.txt" || r.Badge != "" {
		t.Errorf("got %+v", r)
	}
	if r := sc.row(1); r.Title != "b.txt" || r.Sub != "○ to do" {
		t.Errorf("got %+v", r)
	}
}

func TestSearchWaitsForTheTyping(t *testing.T) {
	sc := opened(t, "one well", "two", "well three")
	sc.s.Commands.Run("search")
	test.Type(sc.c.Focused(), "well")
	sc.m.Settle()
	if sc.list.Count() != 3 {
		t.Fatal("the list did not wait")
	}
	sc.m.Pass(time.Second / 4)
	if sc.list.Count() != 2 {
		t.Fatalf("%d rows, want 2", sc.list.Count())
	}
	sc.keys(fyne.KeyReturn)
	if sc.c.Focused() != fyne.Focusable(sc.list) {
		t.Error("Enter does not go to what was found")
	}
	sc.s.Commands.Run("search")
	sc.keys(fyne.KeyEscape)
	if sc.list.Count() != 3 || sc.search.Entry.Text != "" {
		t.Errorf("Escape leaves %d rows and %q", sc.list.Count(), sc.search.Entry.Text)
	}
	test.Type(sc.c.Focused(), "no such words")
	sc.m.Pass(time.Second)
	if !sc.empty.Visible() || !strings.Contains(sc.empty.Text, "Esc") {
		t.Errorf("nothing found, and the list says %q", sc.empty.Text)
	}
}

// Enter and Down in the search wait for what is found, however fast they come.
func TestFromTheSearchToWhatWasFound(t *testing.T) {
	for key, want := range map[fyne.KeyName]string{fyne.KeyReturn: "b.txt", fyne.KeyDown: "b.txt"} {
		sc := opened(t, "one", "two well", "well three")
		sc.s.Commands.Run("search")
		test.Type(sc.c.Focused(), "well")
		sc.keys(key)
		if got := sc.shown(); got != want || sc.c.Focused() != fyne.Focusable(sc.list) || sc.list.Selected() != 0 {
			t.Errorf("%s: %s is shown, the keyboard is with %T, row %d", key, got, sc.c.Focused(), sc.list.Selected())
		}
		sc.keys(fyne.KeyDown)
		if got := sc.shown(); got != "c.txt" {
			t.Errorf("%s, then Down: %s is shown", key, got)
		}
		// Down keeps a document that is found itself, Enter opens the first again.
		sc.s.Commands.Run("search")
		sc.keys(key)
		if again := map[fyne.KeyName]string{fyne.KeyReturn: "b.txt", fyne.KeyDown: "c.txt"}[key]; sc.shown() != again {
			t.Errorf("%s again: %s is shown, want %s", key, sc.shown(), again)
		}
	}
}

func TestFiltersByKeyAndMouse(t *testing.T) {
	sc := opened(t, "one", "two", "three")
	sc.s.SetTag("x", true)
	sc.m.Settle()
	if got := sc.filters.counts[session.ToDo]; got != "2" {
		t.Errorf("to do: %q", got)
	}
	sc.c.Focus(sc.filters)
	sc.keys(fyne.KeyDown)
	if sc.list.Count() != 2 || sc.s.Query().Filter != session.ToDo {
		t.Errorf("%d rows", sc.list.Count())
	}
	sc.keys(fyne.KeyDown, fyne.KeyDown)
	if sc.s.Query().Filter != session.WithProposals || !sc.empty.Visible() {
		t.Errorf("filter %d", sc.s.Query().Filter)
	}
	sc.keys(slices.Repeat([]fyne.KeyName{fyne.KeyDown}, 5)...)
	if sc.s.Query().Filter != session.Removed || sc.filters.counts[session.Removed] != "0" {
		t.Errorf("the last filter is %d", sc.s.Query().Filter)
	}
	sc.filters.MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary, PointEvent: fyne.PointEvent{Position: fyne.NewPos(20, 10)}})
	sc.m.Settle()
	if sc.list.Count() != 3 || sc.empty.Visible() {
		t.Errorf("all: %d rows", sc.list.Count())
	}
	sc.s.Commands.Run("filter.progress")
	sc.m.Settle()
	if sc.filters.chosen != session.InProgress || sc.list.Count() != 1 {
		t.Errorf("by the command: filter %d, %d rows", sc.filters.chosen, sc.list.Count())
	}
}

// At the height of a small window the filters are one row that opens.
func TestFiltersFold(t *testing.T) {
	sc := opened(t, "one", "two", "three")
	if h := sc.filters.Size().Height; h != rowHeight()*float32(len(sc.filters.shown())) {
		t.Errorf("in a high window the filters are %v high", h)
	}
	list := sc.list.Size().Height
	sc.content.Resize(fyne.NewSize(180, 420))
	if h := sc.filters.Size().Height; h != rowHeight() || sc.list.Size().Height < list/2 {
		t.Errorf("in a low one %v, the list %v", h, sc.list.Size().Height)
	}
	sc.c.Focus(sc.filters)
	sc.keys(fyne.KeyDown) // without opening
	if sc.filters.chosen != session.ToDo || sc.filters.open {
		t.Errorf("filter %d, open: %v", sc.filters.chosen, sc.filters.open)
	}
	sc.keys(fyne.KeyReturn)
	if h := sc.filters.Size().Height; h != rowHeight()*float32(len(sc.filters.shown())) {
		t.Errorf("open they are %v high", h)
	}
	sc.keys(fyne.KeyEscape)
	if h := sc.filters.Size().Height; h != rowHeight() {
		t.Errorf("closed again they are %v high", h)
	}
	press := func(y float32) {
		sc.filters.MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary, PointEvent: fyne.PointEvent{Position: fyne.NewPos(20, y)}})
		sc.m.Settle()
	}
	press(10)
	press(rowHeight()*float32(len(sc.filters.shown())-1) + 5)
	if sc.filters.chosen != session.Removed || sc.filters.open || sc.filters.Size().Height != rowHeight() {
		t.Errorf("a click in the open rows: filter %d, open: %v", sc.filters.chosen, sc.filters.open)
	}
	press(10)
	sc.Focus()
	if sc.filters.open {
		t.Error("they stay open when the keyboard goes elsewhere")
	}
}

func TestSelecting(t *testing.T) {
	sc := opened(t, "one", "two", "three")
	sc.Focus()
	if sc.foot.content.Visible() {
		t.Error("something is said of a selection that is none")
	}
	sc.list.TypedShortcut(&fyne.ShortcutSelectAll{})
	sc.m.Settle()
	high := sc.list.Size().Height
	if x := sc.s.Selected(); x.Count() != 3 || !sc.foot.content.Visible() || sc.foot.words.Text != "3 selected" {
		t.Errorf("%d selected, and %q is said", x.Count(), sc.foot.words.Text)
	}
	// They stay selected while others work on them, and when one goes to the next.
	sc.s.SetTag("x", true)
	sc.s.Refresh()
	sc.m.Settle()
	sc.s.Commands.Run("doc.next")
	sc.m.Settle()
	if n := sc.list.Picked().Count(); n != 3 || sc.shown() != "b.txt" {
		t.Errorf("%d are drawn as selected, %s is shown", n, sc.shown())
	}
	var ids []archive.ID
	selected := sc.s.Selected()
	sc.s.Background(func(ctx context.Context, a *storage.Archive) {
		var err error
		if ids, err = selected.Documents(ctx, a); err != nil {
			t.Error(err)
		}
	})
	sc.m.Settle()
	if len(ids) != 3 {
		t.Errorf("%d documents to work on", len(ids))
	}
	sc.keys(fyne.KeyEscape)
	if x := sc.s.Selected(); x.Count() != 0 || sc.foot.content.Visible() || sc.list.Size().Height <= high {
		t.Errorf("Escape leaves %d selected", x.Count())
	}
	sc.keys(fyne.KeyHome)
	sc.list.TypedRune(' ')
	if x := sc.s.Selected(); x.Count() != 1 || sc.foot.words.Text != "1 selected" {
		t.Errorf("Space: %d, %q", x.Count(), sc.foot.words.Text)
	}
	test.Tap(sc.foot.clear)
	if x := sc.s.Selected(); x.Count() != 0 || len(sc.list.Picked()) != 0 || !sc.Focused() {
		t.Errorf("the button leaves %d selected", x.Count())
	}
	sc.list.TypedRune(' ')
	sc.filters.pick(row{filter: session.ToDo})
	sc.m.Settle()
	if x := sc.s.Selected(); x.Count() != 0 || len(sc.list.Picked()) != 0 {
		t.Errorf("in another list %d are selected", x.Count())
	}
}

func TestGoingToATitle(t *testing.T) {
	sc := opened(t, "one", "two", "three", "four")
	for i, title := range []string{"Alpha", "报告一", "50%_off", "报告二"} {
		sc.s.OpenRow(i)
		sc.m.Settle()
		sc.s.SetField(sc.s.Row(i).ID, archive.TitleField, []archive.ValueIn{{Value: title}}, nil)
		sc.m.Settle()
	}
	sc.s.OpenRow(0)
	sc.m.Settle()
	sc.Focus()
	sc.c.Focused().TypedRune('/')
	sc.c.Focused().TypedRune('报')
	sc.m.Settle()
	if got := sc.shown(); got != "b.txt" || sc.foot.words.Text != "Title: 报" {
		t.Errorf("%s is shown, %q is said", got, sc.foot.words.Text)
	}
	for _, r := range "告二" {
		sc.c.Focused().TypedRune(r)
		sc.m.Settle()
	}
	if got := sc.shown(); got != "d.txt" || sc.list.Selected() != 3 {
		t.Errorf("%s is shown in row %d", got, sc.list.Selected())
	}
	sc.c.Focused().TypedRune('x')
	sc.m.Settle()
	if sc.foot.words.Text != "Not found: 报告二x" || sc.shown() != "d.txt" {
		t.Errorf("%q is said, %s shown", sc.foot.words.Text, sc.shown())
	}
	sc.keys(fyne.KeyReturn)
	if sc.foot.content.Visible() || sc.list.Seeking() {
		t.Error("Enter does not end it")
	}
	sc.s.Commands.Run("list.find")
	for _, r := range "50%_" { // signs that SQL takes for others
		sc.c.Focused().TypedRune(r)
	}
	sc.m.Settle()
	if got := sc.shown(); got != "c.txt" {
		t.Errorf("from the last row on and around: %s is shown", got)
	}
	sc.keys(fyne.KeyBackspace, fyne.KeyBackspace, fyne.KeyBackspace, fyne.KeyBackspace)
	sc.c.Focused().TypedRune('a')
	sc.m.Settle()
	if got := sc.shown(); got != "a.txt" {
		t.Errorf("a small letter for a capital: %s is shown", got)
	}
}

func TestEmptyArchiveSaysWhatToDo(t *testing.T) {
	sc := opened(t)
	if !sc.empty.Visible() || sc.empty.Text == "" {
		t.Error("nothing is said")
	}
	sc.s.CloseArchive(nil)
	sc.m.Settle()
	if sc.list.Count() != 0 {
		t.Error("rows of a closed archive")
	}
}
