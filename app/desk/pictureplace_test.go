package desk

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
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
