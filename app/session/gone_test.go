package session

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"fonds/storage"
	"fonds/storage/archive"
)

func move(t *testing.T, from, to string) {
	t.Helper()
	if err := os.Rename(from, to); err != nil {
		t.Fatal(err)
	}
}

// TestArchiveGone: an archive that is moved away is noticed by the next look, what
// is typed then is kept, and is in the file when it was opened again.
func TestArchiveGone(t *testing.T) {
	path := filled(t, three()...)
	d := opening(t, path)
	id := d.Document().ID
	d.SetField(id, archive.TitleField, set("early"), nil)
	d.m.Settle()
	d.events = nil
	away := filepath.Join(t.TempDir(), "away.fonds")
	move(t, path, away)
	d.Poll()
	d.m.Settle()
	if ro, why := d.ReadOnly(); !ro || why != "gone" || d.Returned() {
		t.Fatalf("read-only: %v %q, returned %v", ro, why, d.Returned())
	}
	if n := d.told(NoticesChanged{}); n != 1 {
		t.Errorf("told %d times", n)
	}
	if why := d.Fixed(); why != "" {
		t.Errorf("the fields take no words any more: %s", why)
	}
	// What was answered is in the file, where it is now.
	if doc, err := other(t, away).Document(context.Background(), id); err != nil || doc.Title() != "early" {
		t.Errorf("it lies without its last change (%v)", err)
	}
	d.SaveDraft(id, NoteSlot, "half a note", true)
	d.SetField(id, archive.TitleField, set("late"), nil)
	d.m.Settle()
	d.Poll()
	d.m.Settle()
	if n := d.told(NoticesChanged{}); n != 0 {
		t.Errorf("told %d times more", n)
	}
	if draft, ok := d.Draft(id, NoteSlot); !ok || draft.Text != "half a note" || d.Unsaved() != 2 {
		t.Errorf("kept %+v %v, unsaved %d", draft, ok, d.Unsaved())
	}
	var err error
	d.Reopen(func(e error) { err = e })
	d.m.Settle()
	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("opened what is not there: %v", err)
	}
	if draft, ok := d.Draft(id, NoteSlot); !ok || draft.Text != "half a note" || d.Unsaved() != 2 {
		t.Errorf("kept %+v %v, unsaved %d", draft, ok, d.Unsaved())
	}
}

// TestArchiveReturns: it is offered to open it again, and what was typed meanwhile
// is written.
func TestArchiveReturns(t *testing.T) {
	path := filled(t, three()...)
	d := opening(t, path)
	id := d.Document().ID
	away := filepath.Join(t.TempDir(), "away.fonds")
	move(t, path, away)
	// Noticed by a write, before any look.
	d.SetField(id, archive.TitleField, set("late"), nil)
	d.m.Settle()
	if ro, why := d.ReadOnly(); !ro || why != "gone" {
		t.Fatalf("read-only: %v %q", ro, why)
	}
	d.SaveDraft(id, NoteSlot, "half a note", true)
	d.m.Settle()
	move(t, away, path)
	d.Poll()
	d.m.Settle()
	if !d.Returned() {
		t.Fatal("not offered")
	}
	d.SetTag("x", true) // not before it is opened again
	d.m.Settle()
	opened := false
	d.Reopen(func(err error) {
		opened = true
		if err != nil {
			t.Error(err)
		}
	})
	d.SetTag("y", true) // while it is being opened
	d.m.Settle()
	d.m.Pass(tryAgain)
	if ro, why := d.ReadOnly(); ro || !opened || d.Returned() {
		t.Errorf("read-only: %v %q", ro, why)
	}
	if n := d.Unsaved(); n != 0 {
		t.Errorf("%d are not in the file: %s", n, d.UnsavedText())
	}
	b := other(t, path)
	doc, err := b.Document(context.Background(), id)
	if err != nil || doc.Title() != "late" || len(doc.Of(archive.ATag)) != 2 {
		t.Errorf("title %q, tags %d (%v)", doc.Title(), len(doc.Of(archive.ATag)), err)
	}
	drafts, err := b.Drafts(context.Background(), "Zhang")
	if err != nil || len(drafts) != 1 || drafts[0].Text != "half a note" {
		t.Errorf("drafts %+v (%v)", drafts, err)
	}
	if d.title() != "late" || d.Status().Error != "" {
		t.Errorf("shown: %q, %+v", d.title(), d.Status())
	}
	// And it is a whole archive to work in.
	d.SetTag("z", true)
	d.m.Settle()
	if r, err := b.Verify(context.Background(), storage.VerifyOptions{}); err != nil || !r.OK {
		t.Errorf("verify: %v %v", r.Bad, err)
	}
}

// TestAnotherArchive: another archive under the name is not written into.
func TestAnotherArchive(t *testing.T) {
	path, second := filled(t, three()...), filled(t, notice("z.txt", "第四件通知\n正文。"))
	d := opening(t, path)
	id := d.Document().ID
	d.SetField(id, archive.TitleField, set("early"), nil)
	d.m.Settle()
	away := filepath.Join(t.TempDir(), "away.fonds")
	move(t, path, away)
	move(t, second, path)
	d.SetField(id, archive.TitleField, set("late"), nil)
	d.m.Settle()
	d.Poll()
	d.m.Settle()
	var err error
	d.Reopen(func(e error) { err = e })
	d.m.Settle()
	if !errors.Is(err, ErrAnother) || Words(err) == err.Error() {
		t.Errorf("got %v", err)
	}
	if ro, why := d.ReadOnly(); !ro || why != "gone" || d.Unsaved() != 1 {
		t.Errorf("read-only: %v %q, unsaved %d", ro, why, d.Unsaved())
	}
	d.Poll() // and goes on looking
	d.m.Settle()
	if n, err := other(t, path).Count(context.Background(), storage.Query{}); err != nil || n != 1 {
		t.Errorf("the other has %d documents: %v", n, err)
	}
	// Put right, it goes on.
	move(t, path, second)
	move(t, away, path)
	d.Poll()
	d.m.Settle()
	d.Reopen(func(e error) { err = e })
	d.m.Settle()
	if err != nil || d.Unsaved() != 0 || d.title() != "late" {
		t.Errorf("got %v, unsaved %d, title %q", err, d.Unsaved(), d.title())
	}
}

// TestOpenWhileGone: another archive is opened in the place of one that is gone.
func TestOpenWhileGone(t *testing.T) {
	path := filled(t, three()...)
	d := opening(t, path)
	move(t, path, path+".away")
	d.Poll()
	d.m.Settle()
	move(t, path+".away", path)
	var err error
	d.OpenArchive(path, "", func(e error) { err = e })
	d.m.Settle()
	if ro, why := d.ReadOnly(); err != nil || ro {
		t.Errorf("read-only %v %q: %v", ro, why, err)
	}
	d.SetTag("x", true)
	d.m.Settle()
	if e := d.Status().Error; e != "" {
		t.Error(e)
	}
}

// TestNewerArchive: what a newer Fonds has written is read-only, and why is known.
func TestNewerArchive(t *testing.T) {
	path := filled(t, three()...)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	b[63], b[62] = 0xe7, 3 // SQLite's user_version, 999: the number of the format
	if err := os.WriteFile(path, b, 0o666); err != nil {
		t.Fatal(err)
	}
	d := opening(t, path)
	if ro, why := d.ReadOnly(); !ro || why != "newer" {
		t.Errorf("read-only: %v %q", ro, why)
	}
	d.DailyCopy()
	d.m.Settle()
	if _, err := os.Stat(storage.CopiesFolder(path)); err == nil {
		t.Error("a copy was made of it")
	}
}
