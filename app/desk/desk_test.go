package desk

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"fonds/app/session"
	"fonds/app/template"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
)

func TestDeskShowsTheDocument(t *testing.T) {
	sc := opened(t)
	if got := sc.text.Text(); got != firstText {
		t.Errorf("text: got %q", got)
	}
	if got := sc.Desk.title.Text; got != "第一件通知" {
		t.Errorf("title: got %q", got)
	}
	if sc.empty.Visible() {
		t.Error("a document is shown, and the words for none are too")
	}
	sc.s.CloseArchive(nil)
	sc.m.Settle()
	if sc.text.Visible() || sc.Desk.title.Text != "" {
		t.Error("the document of an archive that was closed is still shown")
	}
}

func TestTitleIsDurableOnEnter(t *testing.T) {
	sc := opened(t)
	sc.FocusInspector()
	sc.types("A title")
	sc.keys("Return")
	sc.wellSaved()
	if got := sc.title(); got != "A title" {
		t.Fatalf("got %q", got)
	}
	if got := sc.Desk.title.Text; got != "A title" {
		t.Errorf("the head says %q", got)
	}
}

// Typing that was not finished becomes an edit when another document is opened,
// of the document that it was typed on.
func TestTitleIsDurableOnChangingTheDocument(t *testing.T) {
	sc := opened(t)
	sc.FocusInspector()
	sc.types("half")
	first := sc.s.Document().ID
	sc.keys("Alt+Down")
	if sc.s.Document().ID == first || sc.title() != "" {
		t.Fatalf("the second document has the title %q", sc.title())
	}
	sc.keys("Alt+Up")
	if got := sc.title(); got != "half" {
		t.Errorf("the first document has the title %q", got)
	}
	sc.wellSaved()
}

func TestDraftIsOfferedAgain(t *testing.T) {
	sc := opened(t)
	sc.FocusInspector()
	sc.types("half a ti")
	if sc.s.Drafts() != 0 {
		t.Error("a draft before its time")
	}
	sc.m.Pass(400 * time.Millisecond)
	if sc.s.Drafts() != 1 {
		t.Fatal("400 ms after the key there is no draft")
	}
	sc.open() // the first program was killed here: this is another one
	if !sc.inspector.fields.form.Dirty() {
		t.Fatal("the draft is not offered")
	}
	sc.FocusInspector()
	sc.keys("Return")
	if got := sc.title(); got != "half a ti" {
		t.Errorf("taken over: got %q", got)
	}
	if sc.s.Drafts() != 0 {
		t.Error("the draft is still kept")
	}
}

func TestARefusalIsSaidBesideTheField(t *testing.T) {
	sc := opened(t)
	other, err := storage.Open(context.Background(), sc.path, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if _, err := other.Apply(context.Background(), "Li", &archive.Edit{Do: "field.set", Doc: string(sc.s.Document().ID),
		Field: archive.TitleField, Values: []archive.ValueIn{{Value: "theirs"}}}); err != nil {
		t.Fatal(err)
	}
	sc.FocusInspector()
	sc.types("mine")
	sc.keys("Return")
	doc := sc.s.Document()
	got := sc.inspector.fields.view(doc, &template.Field{ID: archive.TitleField})
	if !strings.Contains(got.Error, "theirs") || !strings.Contains(got.Error, "Li") || !got.Choice {
		t.Errorf("beside the field: %q, asked %v", got.Error, got.Choice)
	}
	if e, ok := sc.on.Focused().(*widgets.Entry); !ok || e.Text != "mine" {
		t.Error("what was typed is gone from the field")
	}
}

func TestMarkByKey(t *testing.T) {
	sc := opened(t)
	sc.selects("李振国")
	sc.keys("p")
	sc.wellSaved()
	marks := sc.s.Document().Of(archive.AMark)
	if len(marks) != 1 || marks[0].Key != "person" || marks[0].Anchor.Quote != "李振国" {
		t.Fatalf("marks: %d", len(marks))
	}
	if got := session.Shown(sc.s.Document(), sc.s.LabelStyles()).Marks[0]; got.Label != "person" || got.Style != 0 || got.Start != 6 || got.End != 9 {
		t.Errorf("drawn as %+v", got)
	}
	sc.keys("Delete")
	if n := len(session.Shown(sc.s.Document(), sc.s.LabelStyles()).Marks); n != 0 {
		t.Errorf("after Delete %d marks are drawn", n)
	}
}

func TestCorrectInTheBox(t *testing.T) {
	sc := opened(t)
	sc.selects("银川")
	sc.keys("e")
	if !sc.small.IsOpen() || sc.small.Text() != "银川" {
		t.Fatalf("the box is open: %v, with %q", sc.small.IsOpen(), sc.small.Text())
	}
	sc.replace("兰州")
	sc.keys("Escape")
	if sc.small.IsOpen() || !sc.TextFocused() {
		t.Fatal("Escape does not leave the box for the text")
	}
	if got := sc.text.Text(); got != firstText {
		t.Fatalf("Escape changed the text to %q", got)
	}
	sc.keys("e")
	sc.replace("兰州")
	sc.keys("Return")
	if got := sc.text.Text(); !strings.Contains(got, "会议在兰州召开") {
		t.Fatalf("the text reads %q", got)
	}
	// A second one says that it takes the place of the first.
	sc.selects("兰州")
	if got := correctionsIn(sc.s.Document(), 18, 20); len(got) != 1 || got[0].Fix.Source != "银川" {
		t.Errorf("replaced: %d", len(got))
	}
	sc.keys("e")
	sc.replace("天水")
	sc.keys("Return")
	if got := sc.text.Text(); !strings.Contains(got, "会议在天水召开") {
		t.Errorf("the text reads %q", got)
	}
	sc.wellSaved()
	// Without a selection it is about the correction that the caret is in.
	sc.text.Select(widgets.Span{Start: 19, End: 19})
	sc.keys("e")
	if sc.small.Text() != "天水" {
		t.Errorf("at the caret: %q", sc.small.Text())
	}
	sc.keys("Escape")
	sc.text.Select(widgets.Span{Start: 1, End: 1})
	sc.keys("e")
	if !sc.small.IsOpen() || sc.small.Text() != "" {
		t.Fatal("at the caret nothing can be put in")
	}
	sc.types("〔新〕")
	sc.keys("Return")
	if got := sc.text.Text(); !strings.HasPrefix(got, "第〔新〕一件通知") {
		t.Errorf("put in at the caret: the text reads %q", got)
	}
}

func TestWhatIsTypedInTheBoxIsKept(t *testing.T) {
	sc := opened(t)
	sc.FocusText()
	sc.keys("n")
	sc.types("to be continued")
	sc.keys("Alt+Down")
	if sc.small.IsOpen() {
		t.Error("the box of the document before is still open")
	}
	sc.keys("Alt+Up")
	sc.FocusText()
	sc.keys("n")
	if got := sc.small.Text(); got != "to be continued" {
		t.Fatalf("offered again: %q", got)
	}
	sc.keys("Ctrl+Return")
	notes := sc.s.Document().Of(archive.ANote)
	if len(notes) != 1 || notes[0].Text != "to be continued" || sc.s.Drafts() != 0 {
		t.Errorf("%d notes, %d drafts", len(notes), sc.s.Drafts())
	}
}

func TestSelectionIntoAField(t *testing.T) {
	sc := opened(t)
	sc.selects("李振国")
	sc.keys("f")
	sc.types("creator")
	sc.keys("Return")
	v := sc.s.Document().Values("dcterms:creator")
	if len(v) != 1 || v[0].Text != "李振国" {
		t.Fatalf("values: %d (%s)", len(v), sc.s.Status().Error)
	}
	if start, end, ok := sc.s.Document().Span(v[0]); !ok || start != 6 || end != 9 {
		t.Errorf("evidence at %d to %d", start, end)
	}
	if got := session.Shown(sc.s.Document(), sc.s.LabelStyles()).Evidence; len(got) != 1 || got[0] != (widgets.Span{Start: 6, End: 9}) {
		t.Errorf("framed: %v", got)
	}
	if !sc.TextFocused() {
		t.Error("the text has not got the focus back")
	}
}

func TestReadOnlyDeskChangesNothing(t *testing.T) {
	sc := opened(t)
	sc.s.SetActor("") // nobody: the same rule
	sc.m.Settle()
	sc.selects("李振国")
	for _, k := range []string{"p", "e", "f", "n", "1", "Delete", "Alt+A", "Alt+T"} {
		sc.keys(k)
		if !sc.TextFocused() {
			t.Fatalf("%s did something", k)
		}
		if sc.s.Status().Notice == "" {
			t.Errorf("%s says nothing", k)
		}
	}
}

func TestTextSize(t *testing.T) {
	sc := opened(t)
	was := sc.text.Zoom()
	sc.s.Commands.Run("text.larger")
	if sc.text.Zoom() != was+1 || sc.s.TextSize() != was+1 {
		t.Errorf("larger: %v, noted as %v", sc.text.Zoom(), sc.s.TextSize())
	}
	sc.s.Commands.Run("text.normal")
	if sc.text.Zoom() != was {
		t.Errorf("normal: %v", sc.text.Zoom())
	}
}

func TestContextMenuOffersWhatCanBeDone(t *testing.T) {
	sc := opened(t)
	sc.selects("李振国")
	sc.contextMenu(fyne.NewPos(200, 200))
	if sc.on.Overlays().Top() == nil {
		t.Fatal("there is no menu")
	}
	sc.on.Overlays().Remove(sc.on.Overlays().Top())
}
