package session

import (
	"context"
	"strings"
	"testing"

	"fonds/storage/archive"
)

// TestTypingIsMadeOnWhatItBeganOn: what somebody else writes while one is typing
// is refused to be overwritten, even where the screen has been told of it since,
// because the field shows the typing; the next try knows.
func TestTypingIsMadeOnWhatItBeganOn(t *testing.T) {
	path := filled(t, three()...)
	s := opening(t, path)
	id := s.Document().ID
	s.SaveDraft(id, archive.TitleField, "mi", true)
	s.m.Settle()
	a := other(t, path)
	if _, err := a.Apply(context.Background(), "Li", &archive.Edit{Do: "field.set", Doc: string(id), Field: archive.TitleField, Values: set("theirs")}); err != nil {
		t.Fatal(err)
	}
	s.Poll()
	s.m.Settle()
	s.SetField(id, archive.TitleField, set("mine"), nil)
	s.m.Settle()
	if got := s.Status().Error; !strings.Contains(got, "theirs") || !strings.Contains(got, "Li") || s.title() != "theirs" {
		t.Errorf("the title is %q, the refusal %q", s.title(), got)
	}
	s.SetField(id, archive.TitleField, set("mine"), nil)
	s.m.Settle()
	if s.title() != "mine" {
		t.Errorf("the second try: the title is %q, %q", s.title(), s.Status().Error)
	}
}

// TestTypingTwiceInARow: typing again before the screen shows the first is not
// in one's own way.
func TestTypingTwiceInARow(t *testing.T) {
	s := opening(t, filled(t, three()...))
	id := s.Document().ID
	for _, text := range []string{"one", "two", "three"} {
		s.SaveDraft(id, archive.TitleField, text, true)
		s.SetField(id, archive.TitleField, set(text), nil)
	}
	s.m.Settle()
	if s.title() != "three" {
		t.Errorf("the title is %q, %q", s.title(), s.Status().Error)
	}
}
