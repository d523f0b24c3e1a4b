package session

import (
	"strings"
	"testing"
	"time"

	"fonds/storage/archive"
)

// One person types in the same field in two windows: what was saved last is kept,
// and neither window drops what the other has kept since.
func TestDraftsOfTwoWindows(t *testing.T) {
	path := filled(t, three()...)
	a, b := opening(t, path), opening(t, path)
	id := a.Document().ID
	a.SaveDraft(id, archive.TitleField, "typed in a", true)
	a.m.Settle()
	b.m.Pass(time.Second)
	b.SaveDraft(id, archive.TitleField, "typed in b", true)
	b.m.Settle()
	a.SetField(id, archive.TitleField, set("typed in a, to the end"), nil)
	a.m.Settle()
	if a.Drafts() != 0 {
		t.Error("the window that has made an edit of its draft still has it")
	}
	if d, ok := opening(t, path).Draft(id, archive.TitleField); !ok || d.Text != "typed in b" {
		t.Errorf("the other window's draft: got %v %q", ok, d.Text)
	}
	// The other window's typing is refused with both values, and kept.
	b.SetField(id, archive.TitleField, set("typed in b, to the end"), nil)
	b.m.Settle()
	if got := b.Status().Error; !strings.Contains(got, "typed in a, to the end") {
		t.Errorf("what is refused does not show what stands there: %q", got)
	}
	if d, ok := b.Draft(id, archive.TitleField); !ok || d.Text != "typed in b, to the end" {
		t.Errorf("what was refused is not kept: %v %q", ok, d.Text)
	}
	// What was typed and taken back is nobody else's loss.
	a.m.Pass(2 * time.Second)
	a.SaveDraft(id, NoteSlot, "x", true)
	a.m.Settle()
	b.m.Pass(2 * time.Second)
	b.SaveDraft(id, NoteSlot, "a note", true)
	b.m.Settle()
	a.SaveDraft(id, NoteSlot, "", false)
	a.m.Settle()
	if d, ok := opening(t, path).Draft(id, NoteSlot); !ok || d.Text != "a note" {
		t.Errorf("the other window's note: got %v %q", ok, d.Text)
	}
}
