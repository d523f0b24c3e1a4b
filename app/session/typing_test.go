package session

import (
	"context"
	"strings"
	"testing"
	"time"

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

// TestADraftIsMadeOnWhatStoodWhenItWasTyped: what was typed before the program was
// killed is no more allowed to overwrite what came since than what is typed now.
func TestADraftIsMadeOnWhatStoodWhenItWasTyped(t *testing.T) {
	for name, who := range map[string]string{"somebody else": "Li", "oneself in another window": "Zhang"} {
		t.Run(name, func(t *testing.T) {
			path := filled(t, three()...)
			s := opening(t, path)
			id := s.Document().ID
			s.SetField(id, archive.TitleField, set("first"), nil)
			s.SaveDraft(id, archive.TitleField, "mi", true)
			s.m.Settle()
			a := other(t, path)
			if _, err := a.Apply(context.Background(), who, &archive.Edit{Do: "field.set", Doc: string(id), Field: archive.TitleField, Values: set("theirs")}); err != nil {
				t.Fatal(err)
			}
			again := opening(t, path) // the first was killed
			if d, ok := again.Draft(id, archive.TitleField); !ok || d.Text != "mi" {
				t.Fatalf("the draft is %q", d.Text)
			}
			again.SetField(id, archive.TitleField, set("mine"), nil)
			again.m.Settle()
			if got := again.Status().Error; !strings.Contains(got, "theirs") || again.title() != "theirs" {
				t.Errorf("the title is %q, the refusal %q", again.title(), got)
			}
			again.SaveDraft(id, archive.TitleField, "mine!", true) // typing on, with both in sight
			again.SetField(id, archive.TitleField, set("mine!"), nil)
			again.m.Settle()
			if again.title() != "mine!" {
				t.Errorf("the second try: the title is %q, %q", again.title(), again.Status().Error)
			}
		})
	}
}

// TestADraftThatNobodyOvertook is set at once.
func TestADraftThatNobodyOvertook(t *testing.T) {
	path := filled(t, three()...)
	s := opening(t, path)
	id := s.Document().ID
	s.SetField(id, archive.TitleField, set("first"), nil)
	s.m.Settle()
	s.m.Pass(s.Document().Values(archive.TitleField)[0].At.Time().Sub(s.Now()) + time.Minute)
	s.SaveDraft(id, archive.TitleField, "mi", true)
	s.m.Settle()
	again := opening(t, path)
	again.SetField(id, archive.TitleField, set("mine"), nil)
	again.m.Settle()
	if again.title() != "mine" {
		t.Errorf("the title is %q, %q", again.title(), again.Status().Error)
	}
}

// TestTypingInTwoWindowsOfOnePerson: neither overwrites the other unasked.
func TestTypingInTwoWindowsOfOnePerson(t *testing.T) {
	path := filled(t, three()...)
	s := opening(t, path)
	id := s.Document().ID
	s.SaveDraft(id, archive.TitleField, "mi", true)
	s.m.Settle()
	b := opening(t, path)
	b.SaveDraft(id, archive.TitleField, "theirs", true)
	b.m.Settle()
	b.SetField(id, archive.TitleField, set("theirs"), nil)
	b.m.Settle()
	s.Poll()
	s.m.Settle()
	s.SetField(id, archive.TitleField, set("mine"), nil)
	s.m.Settle()
	if got := s.Status().Error; !strings.Contains(got, "theirs") || s.title() != "theirs" {
		t.Errorf("the title is %q, the refusal %q", s.title(), got)
	}
}
