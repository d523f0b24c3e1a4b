package session

import (
	"database/sql"
	"strings"
	"testing"
	"time"

	"fonds/storage/archive"
)

// fill makes a disk on which nothing can be written any more of an archive's
// file, and gives what makes room again.
func fill(t testing.TB, path string) (room func()) {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	exec := func(query string) {
		if _, err := db.Exec(query); err != nil {
			t.Fatal(err)
		}
	}
	for _, table := range []string{"log", "drafts"} {
		exec("CREATE TRIGGER full_" + table + " BEFORE INSERT ON " + table + " BEGIN SELECT RAISE(ABORT, 'no room'); END")
	}
	return func() { exec("DROP TRIGGER full_log"); exec("DROP TRIGGER full_drafts") }
}

func TestWhatCannotBeWrittenIsHeldAndTriedAgain(t *testing.T) {
	path := filled(t, three()...)
	s := opening(t, path)
	id := s.Document().ID
	room := fill(t, path)
	s.SetField(id, archive.TitleField, set("typed"), nil)
	s.SetTag("党建", true)
	s.Move(1)
	s.SaveDraft(id, NoteSlot, "half a note", true)
	s.m.Settle()
	if s.Unsaved() != 3 {
		t.Fatalf("%d are not saved, want 3", s.Unsaved())
	}
	if h := s.HeldIn(id, archive.TitleField); h == nil || h.Refused() || strings.Join(h.Texts, "|") != "typed" {
		t.Fatalf("held: %+v", h)
	}
	if s.NotKept(id, NoteSlot) == nil {
		t.Error("the draft is said to be kept")
	}
	words := s.UnsavedText()
	for _, want := range []string{"typed", "half a note", "第一件通知"} {
		if !strings.Contains(words, want) {
			t.Errorf("in words it lacks %q: %s", want, words)
		}
	}
	s.m.Pass(tryAgain) // in vain
	if s.Unsaved() != 3 {
		t.Errorf("after a vain try %d are not saved", s.Unsaved())
	}
	room()
	s.m.Pass(tryAgain)
	if s.Unsaved() != 0 || s.HeldIn(id, archive.TitleField) != nil {
		t.Errorf("with room again %d are not saved", s.Unsaved())
	}
	s.Move(-1)
	s.m.Settle()
	if s.title() != "typed" || s.Document().Tag("党建") == nil {
		t.Errorf("the title is %q", s.title())
	}
	if d, ok := s.Draft(id, NoteSlot); !ok || d.Text != "half a note" {
		t.Errorf("the draft: %+v", d)
	}
}

// The next edit tries again too, in the order in which things were done, and what
// was typed anew in the same place takes the place of what waits.
func TestTheNextEditWritesWhatWaits(t *testing.T) {
	path := filled(t, three()...)
	s := opening(t, path)
	id := s.Document().ID
	room := fill(t, path)
	for _, text := range []string{"one", "two"} {
		s.SetField(id, archive.TitleField, set(text), nil)
		s.m.Settle()
	}
	if s.Unsaved() != 1 {
		t.Errorf("%d are not saved, want 1", s.Unsaved())
	}
	room()
	s.AddNote(id, "then", nil)
	s.m.Settle()
	if s.title() != "two" || len(s.Document().Of(archive.ANote)) != 1 || s.Unsaved() != 0 || s.Status().Error != "" {
		t.Errorf("the title is %q, %d notes, %d not saved, %q", s.title(), len(s.Document().Of(archive.ANote)), s.Unsaved(), s.Status().Error)
	}
	s.Commands.Run("undo")
	s.Commands.Run("undo")
	s.m.Settle()
	if s.title() != "" {
		t.Errorf("two steps undone: the title is %q", s.title())
	}
}

// Somebody else's edit comes while one's own waits: it is not written over.
func TestWhatWaitedIsRefusedWhereItIsStale(t *testing.T) {
	path := filled(t, three()...)
	s := opening(t, path)
	id := s.Document().ID
	room := fill(t, path)
	s.SetField(id, archive.TitleField, set("mine"), nil)
	s.m.Settle()
	s.Move(1)
	s.m.Settle()
	room()
	if _, err := other(t, path).Apply(t.Context(), "Li", &archive.Edit{Do: "field.set", Doc: string(id), Field: archive.TitleField, Values: set("theirs")}); err != nil {
		t.Fatal(err)
	}
	s.SaveAgain(nil)
	s.m.Settle()
	h := s.HeldIn(id, archive.TitleField)
	if h == nil || !Stale(h.Err) || s.Unsaved() != 0 {
		t.Fatalf("held: %+v, %d not saved", h, s.Unsaved())
	}
	if d, ok := s.Draft(id, archive.TitleField); !ok || d.Text != "mine" {
		t.Error("what was typed is no draft")
	}
	s.Move(-1)
	s.m.Settle()
	if s.title() != "theirs" {
		t.Errorf("the title is %q", s.title())
	}
	s.Forget(id, archive.TitleField)
	s.m.Settle()
	if s.Drafts() != 0 || s.HeldIn(id, archive.TitleField) != nil {
		t.Error("given up, and still kept")
	}
}

func TestLeavingIsToldWhatIsNotSaved(t *testing.T) {
	path := filled(t, three()...)
	s := opening(t, path)
	fill(t, path)
	typing := true
	s.OnFlush(func() {
		if typing {
			typing = false
			s.SetField(s.Document().ID, archive.TitleField, set("typed"), nil)
		}
	})
	left := -1
	s.Settled(func(n int) { left = n })
	s.m.Settle()
	if left != 1 {
		t.Fatalf("told %d, want 1", left)
	}
	s.SetActor("Li")
	s.m.Settle()
	if s.Unsaved() != 1 {
		t.Error("with another person working it is forgotten")
	}
	s.LoseUnsaved()
	s.Settled(func(n int) { left = n })
	s.m.Settle()
	if left != 0 {
		t.Errorf("given up, and %d are not saved", left)
	}
}

// Where it is not certain whether something was written, it is looked for before
// it is written again.
func TestWhatWasWrittenAfterAllIsNotWrittenTwice(t *testing.T) {
	path := filled(t, three()...)
	s := opening(t, path)
	id := s.Document().ID
	o := s.open
	text := "a note"
	w := s.typed(id, NoteSlot, []string{text}, nil, &archive.Edit{Do: "note.add", Doc: string(id), Text: &text})
	w.unsure, w.at = true, s.Now()
	if o.done(w) {
		t.Error("it is said to be there before it was written")
	}
	a := other(t, path)
	if _, err := a.Apply(t.Context(), "Li", &archive.Edit{Do: "note.add", Doc: string(id), Text: &text}); err != nil {
		t.Fatal(err)
	}
	w.at = time.Now().Add(-time.Hour)
	if o.done(w) {
		t.Error("somebody else's note is taken for it")
	}
	if _, err := a.Apply(t.Context(), "Zhang", &archive.Edit{Do: "note.add", Doc: string(id), Text: &text}); err != nil {
		t.Fatal(err)
	}
	s.make(w, nil)
	s.m.Settle()
	if n := len(s.Document().Of(archive.ANote)); n != 2 || s.Unsaved() != 0 {
		t.Errorf("%d notes, %d not saved", n, s.Unsaved())
	}
}

// Nobody is decided about, and no document taken further, when nobody looks any more.
func TestADecisionIsNotTriedAgainByItself(t *testing.T) {
	path := filled(t, three()...)
	s := opening(t, path)
	room := fill(t, path)
	told := 0
	s.Decide(s.Document().Item(proposalOf(s.Document())), archive.ActTake, "", func(err error) {
		told++
		if err == nil {
			t.Error("it is said to be done")
		}
	})
	s.m.Settle()
	room()
	s.m.Pass(2 * tryAgain)
	if told != 1 || s.title() != "" || s.Unsaved() != 0 {
		t.Errorf("told %d times, the title is %q, %d not saved", told, s.title(), s.Unsaved())
	}
}

func TestTogglingATagByKeyIsSaid(t *testing.T) {
	s := opening(t, filled(t, three()...))
	s.SetHotkey("党建", 1)
	s.m.Settle()
	for _, want := range []string{"Tag on: 党建", "Tag off: 党建"} {
		s.Commands.Run("tag.1")
		s.m.Settle()
		if got := s.Status().Notice; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
