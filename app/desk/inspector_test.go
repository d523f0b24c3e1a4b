package desk

import (
	"strings"
	"testing"

	"fonds/storage/archive"
	"fonds/widgets"
)

func TestProposalsAreTakenByKey(t *testing.T) {
	sc := opened(t)
	sc.FocusText()
	sc.keys("Alt+A")
	if sc.title() != "" {
		t.Fatal("a proposal was taken unseen")
	}
	if got := sc.inspector.fields.form.FocusedField(); got != archive.TitleField {
		t.Fatalf("the focus is on %q", got)
	}
	sc.keys("Alt+A")
	if got := sc.title(); got != "第一件通知" {
		t.Errorf("taken: %q", got)
	}
	sc.keys("Alt+Down", "Alt+R")
	if n := sc.s.Document().Proposals(); n != 0 || sc.title() != "" {
		t.Errorf("refused: %d are open, the title is %q", n, sc.title())
	}
	sc.keys("Alt+A")
	if sc.s.Status().Notice == "" && sc.inspector.fields.form.FocusedField() == "" {
		t.Error("nothing is said where there is nothing to take")
	}
}

// What is typed in a field gives way to the proposal that is taken there.
func TestTypingGivesWayToWhatIsTaken(t *testing.T) {
	sc := opened(t)
	sc.FocusInspector()
	sc.types("half a title")
	sc.keys("Alt+A")
	if got := sc.title(); got != "第一件通知" {
		t.Errorf("taken: %q", got)
	}
	sc.FocusText()
	sc.m.Settle()
	if got := sc.title(); got != "第一件通知" {
		t.Errorf("after leaving the field: %q", got)
	}
}

func TestTagsByNameAndKey(t *testing.T) {
	sc := opened(t)
	sc.FocusText()
	sc.keys("t")
	sc.types("党建/会议")
	sc.keys("Return")
	if sc.s.Document().Tag("党建/会议") == nil {
		t.Fatalf("not added: %s", sc.s.Status().Error)
	}
	sc.on.Focus(sc.inspector.tags.keys)
	sc.keys("Down", "Down", "Return")
	sc.types("党建")
	sc.keys("Return")
	if got := sc.s.Hotkeys()["2"]; got != "党建/会议" {
		t.Fatalf("key 2: %q (%s)", got, sc.s.Status().Error)
	}
	sc.FocusText()
	sc.keys("2")
	if sc.s.Document().Tag("党建/会议") != nil {
		t.Error("key 2 did not take the tag off")
	}
	sc.on.Focus(sc.inspector.tags.keys)
	sc.keys("Return", "Down", "Return")
	if got := sc.s.Hotkeys(); len(got) != 0 {
		t.Errorf("the key was not taken away: %v", got)
	}
}

func TestMarksTab(t *testing.T) {
	sc := opened(t)
	sc.selects("银川")
	sc.keys("l")
	sc.s.Correct(18, 20, "兰州城", "ocr", nil)
	sc.m.Settle()
	sc.s.AddNote(sc.s.Document().ID, "see b.txt", nil)
	sc.m.Settle()
	sc.s.Commands.Run("tab.marks")
	m := sc.inspector.marks
	if len(m.items) != 3 {
		t.Fatalf("%d items, want a mark, a correction, a note", len(m.items))
	}
	var badges []string
	for i := range m.items {
		r := markRow(sc.s.Document(), m.items[i])
		badges = append(badges, r.Badge)
		if r.Title == "" || !strings.Contains(r.Sub, "Zhang") || !strings.Contains(r.Sub, "20") {
			t.Errorf("row %d: %+v", i, r)
		}
	}
	if strings.Join(badges, "") != "look again" {
		t.Errorf("badges: %q", badges)
	}
	mark := 0
	if m.items[1].What == archive.AMark {
		mark = 1
	}
	m.choose(m.items[mark].ID)
	sc.keys("c")
	if sc.s.Document().Text.LookAgain(sc.s.Document().Item(m.items[mark].ID)) {
		t.Error("c does not confirm")
	}
	sc.keys("Return")
	if s, ok := sc.text.Selection(); !ok || s != (widgets.Span{Start: 18, End: 21}) || !sc.TextFocused() {
		t.Errorf("Enter goes to %v, %v", s, ok)
	}
	sc.s.Commands.Run("tab.marks")
	for n := len(m.items); n > 0; n-- {
		m.choose(m.items[0].ID)
		sc.keys("Delete")
		if len(m.items) != n-1 {
			t.Fatalf("%d items after Delete, want %d (%s)", len(m.items), n-1, sc.s.Status().Error)
		}
	}
	if sc.text.Text() != firstText {
		t.Errorf("the correction is still in the text")
	}
}

func TestHistoryInWords(t *testing.T) {
	sc := opened(t)
	sc.s.SetField(sc.s.Document().ID, archive.TitleField, []archive.ValueIn{{Value: "one"}}, nil)
	sc.m.Settle()
	sc.s.SetField(sc.s.Document().ID, archive.TitleField, []archive.ValueIn{{Value: "two and more words"}}, nil)
	sc.m.Settle()
	sc.s.SetField(sc.s.Document().ID, archive.TitleField, []archive.ValueIn{{Value: "three"}}, nil)
	sc.s.SetTag("x", true)
	sc.selects("李振国")
	sc.keys("p")
	sc.s.Undo(false, nil)
	sc.m.Settle()
	sc.s.Commands.Run("tab.history")
	sc.m.Settle()
	h := sc.inspector.history
	want := []struct{ title, badge string }{
		{"Undone · person “李振国”", ""},
		{"Marked · person “李振国”", "undone"},
		{"Tag added · x", ""},
		{"Field set · Title: two and … → three", ""},
		{"Field set · Title: one → two and more words", ""},
		{"Field set · Title: one", ""},
		{"Imported · a.txt, UTF-8, 1 proposal", ""},
	}
	if len(h.entries) != len(want) {
		t.Fatalf("%d entries, want %d", len(h.entries), len(want))
	}
	for i, w := range want {
		r := h.row(i)
		if r.Title != w.title || r.Badge != w.badge || !strings.HasPrefix(r.Sub, "Zhang · ") {
			t.Errorf("row %d: got %q [%s], want %q [%s]", i, r.Title, r.Badge, w.title, w.badge)
		}
	}
	sc.keys("Down", "Down", "Down")
	if got := h.detail.Text; !strings.Contains(got, "− Title: two and more words") || !strings.Contains(got, "+ Title: three") {
		t.Errorf("in full: %q", got)
	}
}

func TestTabsByKey(t *testing.T) {
	sc := opened(t)
	sc.on.Focus(sc.inspector.bar)
	sc.keys("Right", "Right", "Right", "Right", "Right")
	if sc.inspector.bar.chosen != talkTab {
		t.Errorf("tab %d", sc.inspector.bar.chosen)
	}
	for _, p := range sc.inspector.panes {
		if p.content().Visible() != (p == pane(sc.inspector.talk)) {
			t.Error("another tab is seen, or none")
		}
	}
	sc.keys("Left", "Left")
	if sc.inspector.bar.chosen != marksTab {
		t.Errorf("tab %d", sc.inspector.bar.chosen)
	}
}
