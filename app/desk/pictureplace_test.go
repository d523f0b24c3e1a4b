package desk

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"fonds/storage/archive"
	"fonds/widgets"
)

// anew makes the screen anew on the same session, as other colours or another language do.
func (sc *screen) anew() {
	sc.t.Helper()
	place := sc.Place()
	sc.flush()
	w := test.NewTempWindow(sc.t, nil)
	sc.Desk = New(sc.s, w.Canvas())
	w.SetContent(container.NewGridWithColumns(2, sc.Reader(), sc.Inspector()))
	w.Resize(fyne.NewSize(1280, 800))
	sc.Return(place)
	sc.m.Settle()
}

// TestPicturesAreReturnedTo: other colours leave the page, the way of looking, what is drawn and what is being typed.
func TestPicturesAreReturnedTo(t *testing.T) {
	sc := scanned(t, threePages(2))
	sc.runs("picture.view") // the picture alone
	sc.keys("End")
	sc.draws()
	drawn := sc.pic.drawn
	sc.anew()
	if sc.pic.mode != pictureAlone || sc.pic.view.Page() != 2 || sc.pic.drawn != drawn || sc.on.Focused() != fyne.Focusable(sc.pic.view) {
		t.Errorf("mode %v, page %d, drawn %q", sc.pic.mode, sc.pic.view.Page()+1, sc.pic.drawn)
	}
	sc.keys("p")
	if len(sc.marks()) != 1 || sc.marks()[0].Anchor.Region != drawn {
		t.Errorf("marked are %+v", sc.marks())
	}
	sc.runs("picture.type")
	sc.replace("half a page")
	sc.anew()
	if !sc.pic.typed.on || sc.pic.typed.entry.Text != "half a page" || sc.pic.view.Page() != 2 || sc.on.Focused() != fyne.Focusable(sc.pic.typed.entry) {
		t.Errorf("typing %v of page %d: %q", sc.pic.typed.on, sc.pic.view.Page()+1, sc.pic.typed.entry.Text)
	}
}

// TestTypedBesideProposals: what is proposed of a picture does not hold up that its page is typed, and stays where it lies.
func TestTypedBesideProposals(t *testing.T) {
	sc := scanned(t, untyped(1))
	for _, e := range []*archive.Edit{{Do: "person.set", Name: "Wang", Role: "archivist"}, {Do: "policy.set", Review: "everything"}} {
		sc.s.Apply(nil, e)
		sc.m.Settle()
	}
	sc.s.CloseArchive(nil)
	sc.m.Settle()
	sc.actor = "Wang"
	sc.open()
	sc.draws()
	sc.keys("p")
	region := sc.marks()[0].Anchor.Region
	sc.draws("Right", "Right", "Right")
	sc.keys("f", "1")
	sc.types("A leaf")
	sc.keys("Return")
	sc.runs("picture.type")
	sc.types("what it says")
	sc.runs("picture.take")
	if sc.pic.typed.on || sc.s.Document().Text.Source().String() != "what it says" {
		t.Fatalf("it is not taken: %s", sc.pic.typed.head.Text())
	}
	if it := sc.marks()[0]; !it.Open() || it.Anchor.Region != region || sc.shape(string(it.ID)) == nil {
		t.Errorf("the region has become %+v", it)
	}
	for _, v := range sc.s.Document().Of(archive.AValue) {
		if v.By == "Wang" && (!v.Open() || !v.Anchor.OnPicture()) {
			t.Errorf("the evidence has become %+v", v)
		}
	}
}

// TestKeyboardWithoutAText: where something stands in the place of the text it has the keyboard when that is asked for.
func TestKeyboardWithoutAText(t *testing.T) {
	sc := scanned(t, untyped(1), scan{name: "x.bin", format: "application/octet-stream", data: []byte("bytes"), recipe: map[string]any{"extractor": "none"}})
	sc.shows("leaves.tiff")
	sc.runs("pane.text")
	if f := sc.on.Focused(); f == nil || f == fyne.Focusable(sc.text) {
		t.Errorf("it is with %T", f)
	}
	sc.FocusInspector()
	sc.FocusText()
	if sc.on.Focused() == fyne.Focusable(sc.text) || !sc.MiddleFocused() {
		t.Errorf("it is with %T", sc.on.Focused())
	}
	sc.runs("picture.type")
	sc.FocusInspector()
	sc.runs("pane.text")
	if sc.on.Focused() != fyne.Focusable(sc.pic.typed.entry) || !sc.MiddleFocused() {
		t.Errorf("while it is typed it is with %T", sc.on.Focused())
	}
	sc.shows("x.bin")
	sc.runs("pane.text")
	sc.keys("t") // a key of the desk is one there
	if sc.on.Focused() == nil {
		t.Error("nothing has the keyboard")
	}
}

// TestNoteWithoutText: the box for a note is seen also where there is no text beside which it could stand.
func TestNoteWithoutText(t *testing.T) {
	sc := scanned(t, untyped(1))
	sc.FocusInspector()
	sc.runs("note.add")
	if !sc.small.IsOpen() || len(sc.pic.over.Objects) == 0 {
		t.Fatalf("open %v, over the picture %d", sc.small.IsOpen(), len(sc.pic.over.Objects))
	}
	sc.types("bound with string")
	sc.s.Commands.Run("doc.next")
	sc.leaveBox()
	sc.runs("note.add")
	if got := sc.small.Text(); got != "bound with string" {
		t.Errorf("the draft is %q", got)
	}
}

// TestAskedWithoutText: why a document is given back is asked where it can be seen; the text comes back where its picture stood
// alone.
func TestAskedWithoutText(t *testing.T) {
	other := threePages(2)
	other.name = "more.tiff"
	sc := scanned(t, untyped(1), other)
	sc.shows("leaves.tiff")
	sc.FocusInspector()
	sc.ask(nil, "return", widgets.SmallBoxAsk{Title: "Why"}, func(string, func(error)) {})
	if !sc.decided.IsOpen() || len(sc.pic.over.Objects) == 0 {
		t.Errorf("open %v, over the picture %d", sc.decided.IsOpen(), len(sc.pic.over.Objects))
	}
	sc.leaveAsk()
	sc.s.OpenDocument(sc.s.Row(1).ID)
	sc.m.Settle()
	sc.runs("picture.view") // the picture alone
	sc.FocusText()
	if !sc.pic.textSeen() || sc.on.Focused() != fyne.Focusable(sc.text) {
		t.Errorf("the text is seen: %v", sc.pic.textSeen())
	}
}
