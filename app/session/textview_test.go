package session

import (
	"testing"

	"fyne.io/fyne/v2/test"
)

// The letters of all texts have one size: that of one follows another's, and one that is
// made later has it too.
func TestTextsHaveOneSize(t *testing.T) {
	test.NewTempApp(t)
	s := New(NewManual().Config())
	a, b := s.TextView(), s.TextView()
	was := a.Zoom()
	a.SetZoom(was + 5)
	if b.Zoom() != was+5 || s.TextSize() != was+5 {
		t.Errorf("one has %v, the other %v, noted is %v", a.Zoom(), b.Zoom(), s.TextSize())
	}
	if got := s.TextView().Zoom(); got != was+5 {
		t.Errorf("one that is made later has %v", got)
	}
}
