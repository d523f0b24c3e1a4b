package session

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fonds/app/i18n"
	"fonds/storage"
	"fonds/storage/archive"
)

func set(text string) []archive.ValueIn { return []archive.ValueIn{{Value: text}} }

func TestOpeningShowsTheFirstDocument(t *testing.T) {
	s := opening(t, filled(t, three()...))
	if got := s.Rows(); got != 3 {
		t.Fatalf("rows: got %d, want 3", got)
	}
	if d := s.Document(); d == nil || d.Title() != "第一件通知" {
		t.Fatalf("the first document is not shown: %+v", d)
	}
	if n, ok := s.Count(WithProposals); !ok || n != 3 {
		t.Errorf("with proposals: got %d, %v, want 3", n, ok)
	}
	if s.RowOfDocument() != 0 || s.Rows() != 3 || !s.ListRead() {
		t.Errorf("row %d of %d", s.RowOfDocument(), s.Rows())
	}
}

func TestOpeningBeginsWhereOneLeftOff(t *testing.T) {
	path := filled(t, three()...)
	s := opening(t, path)
	want := s.Row(2).ID
	s.OpenArchive(path, want, func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	})
	s.m.Settle()
	if got := s.Document().ID; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestOpeningWhatIsNoArchiveKeepsTheOldOne(t *testing.T) {
	s := opening(t, filled(t, three()...))
	bad := filepath.Join(t.TempDir(), "bad.fonds")
	if err := os.WriteFile(bad, []byte("not an archive"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{bad, filepath.Join(t.TempDir(), "none.fonds")} {
		var got error
		s.OpenArchive(name, "", func(err error) { got = err })
		s.m.Settle()
		if got == nil || strings.HasPrefix(Words(got), "error.") {
			t.Errorf("%s: got %v (%s), want an error in words", name, got, Words(got))
		}
	}
	if !s.Open() || s.Document() == nil {
		t.Error("the archive that was open is gone")
	}
}

// Two edits in a row, the second made before the screen has seen the first.
func TestQuickEditsKeepTheirOrder(t *testing.T) {
	s := opening(t, filled(t, three()...))
	id := s.Document().ID
	for _, text := range []string{"one", "two", "three"} {
		s.SetField(id, archive.TitleField, set(text), nil)
	}
	if got := s.Status().Saving; got != 3 {
		t.Errorf("saving: got %d, want 3", got)
	}
	s.m.Settle()
	if got := s.title(); got != "three" {
		t.Errorf("title: got %q, want three (%s)", got, s.Status().Error)
	}
	st := s.Status()
	if st.Saving != 0 || !st.SavedAt.Equal(s.Now()) || st.Error != "" {
		t.Errorf("status: %+v", st)
	}
	if s.Row(0).Title != "three" || s.Row(0).Status != archive.InProgress {
		t.Errorf("the row of the list says %+v", s.Row(0))
	}
}

func TestWhatAnotherProgramWroteIsSeenAndNotOverwritten(t *testing.T) {
	path := filled(t, three()...)
	s := opening(t, path)
	id := s.Document().ID
	a := other(t, path)
	if _, err := a.Apply(context.Background(), "Li", &archive.Edit{Do: "field.set", Doc: string(id), Field: archive.TitleField, Values: set("theirs")}); err != nil {
		t.Fatal(err)
	}
	s.SetField(id, archive.TitleField, set("mine"), nil)
	s.m.Settle()
	if got := s.Status().Error; !strings.Contains(got, "theirs") || !strings.Contains(got, "Li") {
		t.Errorf("the refusal does not show what stands there and whose it is: %q", got)
	}
	s.Poll()
	s.m.Settle()
	if got := s.title(); got != "theirs" {
		t.Errorf("after a second: got %q, want theirs", got)
	}
	s.told(ListChanged{})
	s.Poll()
	s.m.Settle()
	if got := s.told(ListChanged{}); got != 0 {
		t.Errorf("nothing was written, and the list was read %d times", got)
	}
}

// What another program does is shown within 0.3 s; what it types is not read for.
func TestWatch(t *testing.T) {
	path := filled(t, three()...)
	s := opening(t, path)
	id := s.Document().ID
	ended := false
	s.Watch(func() bool { return ended })
	a := other(t, path)
	for i, who := range []string{"Li", "Wang", "Li"} {
		if err := a.SaveDraft(context.Background(), storage.Draft{Doc: id, Slot: archive.TitleField, Actor: who, Text: "typing"}); err != nil {
			t.Fatal(err)
		}
		s.told(nil)
		s.m.Pass(watchEvery)
		if got := s.told(ListChanged{}) + s.told(DocumentChanged{}); got != 0 {
			t.Errorf("somebody's typing made the screens be read %d times", got)
		}
		want := fmt.Sprintf("theirs %d", i)
		if _, err := a.Apply(context.Background(), who, &archive.Edit{Do: "field.set", Doc: string(id), Field: archive.TitleField, Values: set(want)}); err != nil {
			t.Fatal(err)
		}
		s.m.Pass(300 * time.Millisecond)
		if got := s.title(); got != want {
			t.Errorf("after 0.3 s: got %q, want %q", got, want)
		}
	}
	ended = true
	s.m.Pass(time.Second)
	if _, err := a.Apply(context.Background(), "Li", &archive.Edit{Do: "field.set", Doc: string(id), Field: archive.TitleField, Values: set("later")}); err != nil {
		t.Fatal(err)
	}
	s.m.Pass(time.Second)
	if got := s.title(); got == "later" {
		t.Error("it watches on though it was to end")
	}
}

// A time far ahead is spoken of when the archive is opened, and refused nothing.
func TestClockAheadIsSaid(t *testing.T) {
	path := filled(t, three()...)
	if all := opening(t, path).Notices(); len(all) != 0 {
		t.Errorf("an archive of today: %v", all)
	}
	a, err := storage.Open(context.Background(), path, storage.Options{Now: func() time.Time { return time.Now().Add(75 * time.Hour) }})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if _, err := a.Apply(context.Background(), "Li", &archive.Edit{Do: "tag.hotkey", Tag: "t", Key: new(int)}); err != nil {
		t.Fatal(err)
	}
	s := opening(t, path)
	if all := s.Notices(); len(all) != 1 || all[0].Text != i18n.N("clock.ahead", 3) {
		t.Errorf("an archive of the day after tomorrow: %v", all)
	}
	s.SetHotkey("t", 1)
	s.m.Settle()
	if words := s.Status().Error; words != "" {
		t.Errorf("work was refused: %s", words)
	}
}

// The session's own writes are not taken for another program's.
func TestPollKnowsItsOwn(t *testing.T) {
	s := opening(t, filled(t, three()...))
	s.SetField(s.Document().ID, archive.TitleField, set("x"), nil)
	s.m.Settle()
	s.told(ListChanged{})
	s.Poll()
	s.m.Settle()
	if got := s.told(ListChanged{}); got != 0 {
		t.Errorf("an own edit made the list be read %d times", got)
	}
}

func TestLateDocumentsAreDropped(t *testing.T) {
	s := opening(t, filled(t, three()...))
	s.told(nil)
	s.Move(1)
	s.Move(1)
	s.m.Settle()
	if got := s.Document().Title(); got != "A letter" {
		t.Errorf("got %q, want the third document", got)
	}
	if got := s.told(DocumentOpened{}); got != 1 {
		t.Errorf("documents were shown %d times, want once", got)
	}
	if s.Move(1) {
		t.Error("there is a document after the last")
	}
}

// A command that is about the document waits for the one being opened.
func TestCommandsTypedAheadWait(t *testing.T) {
	s := opening(t, filled(t, three()...))
	s.SetHotkey("党建", 1)
	s.m.Settle()
	s.Commands.Run("doc.next")
	s.Commands.Run("tag.1")
	s.m.Settle()
	if d := s.Document(); d.Tag("党建") == nil || d.Title() != "第二件通知" {
		t.Errorf("the tag is not on the second document, which was opened: %s", s.Status().Error)
	}
}

// A mark made on words that a correction on its way is about to move.
func TestDraftsAreOfferedAgain(t *testing.T) {
	path := filled(t, three()...)
	s := opening(t, path)
	second := s.Row(1).ID
	s.SaveDraft(second, archive.TitleField, "half a ti", true)
	s.m.Settle()
	if !s.Status().DraftAt.Equal(s.Now()) {
		t.Error("the status does not say that the draft is kept")
	}

	again := opening(t, path)
	if d, ok := again.Draft(second, archive.TitleField); !ok || d.Text != "half a ti" {
		t.Fatalf("not offered again: %+v, %v", d, ok)
	}
	again.Commands.Run("draft.next")
	again.m.Settle()
	if again.Document().ID != second {
		t.Error("the document with the draft was not opened")
	}
	again.SetField(second, archive.TitleField, set("a whole title"), nil)
	again.m.Settle()
	if again.Drafts() != 0 {
		t.Error("the draft is still there")
	}
	third := opening(t, path)
	if third.Drafts() != 0 {
		t.Error("the draft is still in the archive")
	}
	// Another person's draft is nobody else's business.
	third.SaveDraft(second, NoteSlot, "mine", true)
	third.m.Settle()
	third.SetActor("Li")
	third.m.Settle()
	if third.Drafts() != 0 {
		t.Error("Li is offered Zhang's draft")
	}
}

func TestARefusedEditKeepsItsDraft(t *testing.T) {
	path := filled(t, three()...)
	s := opening(t, path)
	id := s.Document().ID
	s.SaveDraft(id, archive.TitleField, "mine", true)
	s.m.Settle()
	if _, err := other(t, path).Apply(context.Background(), "Li", &archive.Edit{Do: "field.set", Doc: string(id), Field: archive.TitleField, Values: set("theirs")}); err != nil {
		t.Fatal(err)
	}
	s.SetField(id, archive.TitleField, set("mine"), nil)
	s.m.Settle()
	if d, ok := s.Draft(id, archive.TitleField); !ok || d.Text != "mine" {
		t.Errorf("what was typed is lost: %+v", d)
	}
}

func TestClosingWaitsForEdits(t *testing.T) {
	path := filled(t, three()...)
	s := opening(t, path)
	id := s.Document().ID
	typed := "typed when the window closes"
	s.OnFlush(func() {
		if typed != "" {
			s.SetField(id, archive.TitleField, set(typed), nil)
			typed = ""
		}
	})
	closed := false
	s.CloseArchive(func() { closed = true })
	if s.Open() || s.Document() != nil {
		t.Error("the archive is still shown")
	}
	s.m.Settle()
	if !closed {
		t.Fatal("nobody was told")
	}
	again := opening(t, path)
	if again.title() != "typed when the window closes" {
		t.Errorf("lost: %q", again.title())
	}
	again.SetField(id, archive.TitleField, set("in a hurry"), nil)
	again.CloseNow()
	if d, err := other(t, path).Document(context.Background(), id); err != nil || d.Title() != "in a hurry" {
		t.Errorf("lost in a hurry: %v", err)
	}
}

func TestReadOnly(t *testing.T) {
	path := filled(t, three()...)
	m := NewManual()
	s := New(m.Config())
	s.SetActor("Zhang")
	s.openWith("", func(err error) {
		if err != nil {
			t.Error(err)
		}
	}, func(ctx context.Context) (*storage.Archive, error) {
		return storage.Open(ctx, path, storage.Options{ReadOnly: true})
	})
	m.Settle()
	if ro, why := s.ReadOnly(); !ro || why != "asked" {
		t.Errorf("read-only: %v, %q", ro, why)
	}
	if s.Commands.Enabled(s.Commands.Get("tag.1")) {
		t.Error("a tag can be put on")
	}
	s.SetTag("x", true)
	m.Settle()
	if s.Status().Error == "" || s.Status().Saving != 0 {
		t.Errorf("status: %+v", s.Status())
	}
	s.CloseArchive(nil)
	m.Settle()
}

func TestFiltersAndSearch(t *testing.T) {
	s := opening(t, filled(t, three()...))
	s.SetTag("x", true)
	s.m.Settle()
	s.Commands.Run("filter.todo")
	s.m.Settle()
	if s.Rows() != 2 || s.RowOfDocument() != -1 {
		t.Errorf("to do: %d rows, the document in row %d", s.Rows(), s.RowOfDocument())
	}
	if got := s.Document().Title(); got != "第一件通知" {
		t.Errorf("the filter changed the document to %q", got)
	}
	s.Move(1)
	s.m.Settle()
	if got := s.Document().Title(); got != "第二件通知" {
		t.Errorf("next: %q, want the first row of the list", got)
	}
	// A document that is no longer new keeps its row until the list is asked for again.
	s.SetTag("x", true)
	s.m.Settle()
	if s.Rows() != 2 || s.Row(0).Status != archive.InProgress {
		t.Errorf("%d rows, the first %s", s.Rows(), s.Row(0).Status)
	}
	s.SetQuery(Query{Search: "银川"})
	s.m.Settle()
	if s.Rows() != 1 || s.Row(0).Name != "b.txt" {
		t.Errorf("search: %d rows", s.Rows())
	}
	if n, _ := s.Count(All); n != 1 {
		t.Errorf("the count does not follow the search: %d", n)
	}
}

func TestManualTime(t *testing.T) {
	m := NewManual()
	s := New(m.Config())
	var got []string
	s.After(time.Second, func() { got = append(got, "one") })
	stop := s.After(time.Second, func() { got = append(got, "stopped") })
	stop()
	m.Pass(500 * time.Millisecond)
	if len(got) != 0 {
		t.Errorf("too early: %v", got)
	}
	m.Pass(500 * time.Millisecond)
	if len(got) != 1 || got[0] != "one" {
		t.Errorf("got %v, want one", got)
	}
}

// Who works is known by the composed name, however it is typed: what was done under
// it is found, and it is the same person.
func TestActorIsComposed(t *testing.T) {
	d := opening(t, filled(t, three()...))
	d.SetActor(" Jose\u0301 ")
	if got := d.Actor(); got != "Jos\u00e9" {
		t.Errorf("works: %q", got)
	}
	d.told(PersonChanged{})
	d.SetActor("Jos\u00e9")
	if n := d.told(PersonChanged{}); n != 0 {
		t.Errorf("told %d times of the same person", n)
	}
}
