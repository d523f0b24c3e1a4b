package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// Fyne throws away the renderers of what nobody has seen for a minute, and makes
// new ones without giving them a size: what they show must not be gone.
func TestEntryDrawnAgain(t *testing.T) {
	test.NewTempApp(t)
	e := NewEntry()
	e.SetText("7")
	w := test.NewTempWindow(t, e)
	w.Resize(fyne.NewSize(72, 40))
	size := e.Size()
	r := e.CreateRenderer().(*entryRenderer)
	if got := r.line.Size(); got.Width < size.Width-20 || got.Height < 10 {
		t.Errorf("an entry of %v that is drawn again shows its text in %v", size, got)
	}
}
