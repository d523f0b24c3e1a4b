package session

import (
	"context"
	"testing"

	"fonds/storage"
	"fonds/widgets"
)

// TestTagSelected: a key tags all that are selected as one step, and takes the tag
// off again where all have it.
func TestTagSelected(t *testing.T) {
	s := opening(t, filled(t, three()...))
	key := 4
	s.SetHotkey("会议", key)
	s.m.Settle()
	tagged := func() int {
		t.Helper()
		s.m.Settle()
		n, err := s.open.a().Count(context.Background(), storage.Query{Tag: "会议"})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	s.SetTag("会议", true) // on the document that is shown, which is one of them
	s.Select(widgets.RowSet{{From: 0, To: 2}})
	for i, step := range []struct {
		do   func()
		want int
		said string
	}{
		{func() {}, 1, ""},
		{func() { s.TagSelected(key) }, 2, "Tag on 1 document: 会议. Ctrl+Z takes it back."},
		{func() { s.TagSelected(key) }, 0, "Tag off 2 documents: 会议. Ctrl+Z takes it back."},
		{func() { s.TagSelected(key) }, 2, "Tag on 2 documents: 会议. Ctrl+Z takes it back."},
		{func() { s.Undo(false, nil) }, 0, ""},
		{func() { s.TagSelected(9) }, 0, "No tag has the key 9: give it one in the Tags tab"},
	} {
		step.do()
		if got := tagged(); got != step.want {
			t.Errorf("step %d: %d have the tag, want %d (%s)", i, got, step.want, s.Status().Notice)
		}
		if got := s.Status().Notice; step.said != "" && got != step.said {
			t.Errorf("step %d: said %q, want %q", i, got, step.said)
		}
	}
}
