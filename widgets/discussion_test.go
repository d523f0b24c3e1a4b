package widgets

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// The keyboard goes through the buttons of all threads and stays where it is when
// they are shown anew; what is resolved is folded until it is opened.
func TestDiscussion(t *testing.T) {
	test.NewTempApp(t)
	d := NewDiscussion("Ask…", "Nothing")
	var did []string
	d.OnAct = func(id, act string) { did = append(did, id+" "+act) }
	d.OnAsk = func() { did = append(did, "ask") }
	d.More = func(n int) string { return string(rune('0'+n)) + " answers" }
	w := test.NewTempWindow(t, d)
	w.Resize(fyne.NewSize(300, 120))
	if !d.Focus() || len(d.buttons) != 1 {
		t.Fatalf("%d buttons where nothing was said", len(d.buttons))
	}
	say := []Saying{{Who: "Li", When: "today", Text: "Why?"}, {Who: "Wang", When: "today", Text: "So."}}
	threads := []ThreadView{
		{ID: "a", State: "open", Waits: true, Says: say, Acts: []ThreadAct{{"answer", "Answer"}, {"resolve", "Resolved"}}},
		{ID: "b", State: "resolved", Resolved: true, Says: say, Acts: []ThreadAct{{"reopen", "Open"}}},
	}
	d.SetThreads(threads, false)
	var labels []string
	for _, b := range d.buttons {
		labels = append(labels, b.label)
	}
	if !slices.Equal(labels, []string{"Answer", "Resolved", "1 answers", "Open", "Ask…"}) {
		t.Fatalf("buttons %q", labels)
	}
	press := func(keys ...fyne.KeyName) {
		for _, k := range keys {
			w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: k})
		}
	}
	d.Focus()
	press(fyne.KeyUp, fyne.KeyReturn, fyne.KeyDown, fyne.KeyReturn, fyne.KeyDown, fyne.KeyReturn)
	if !slices.Equal(did, []string{"a answer", "a resolve"}) || len(d.buttons) != 4 || d.focusedAt() != 2 {
		t.Fatalf("did %q; %d buttons, the keyboard at %d", did, len(d.buttons), d.focusedAt())
	}
	press(fyne.KeyReturn, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	if !slices.Equal(did[2:], []string{"b reopen", "ask"}) {
		t.Errorf("did %q", did)
	}
	if d.scroll.Offset.Y == 0 {
		t.Error("the button at the end is out of sight")
	}
	d.SetThreads(threads[:1], true)
	if len(d.buttons) != 2 || d.focusedAt() != 1 {
		t.Errorf("fixed: %d buttons, the keyboard at %d", len(d.buttons), d.focusedAt())
	}
}
