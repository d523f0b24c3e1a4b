package storage

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fonds/storage/archive"
)

// writers are all the ways to change an open archive.
func writers(a *Archive, id archive.ID) map[string]func() error {
	return map[string]func() error{
		"apply": func() error { _, err := a.Apply(ctx, "Zhang", tag("tag.add", id, "late")); return err },
		"each":  func() error { _, err := a.ApplyEach(ctx, "Zhang", tag("tag.add", id, "late")); return err },
		"undo":  func() error { _, err := a.Undo(ctx, "Zhang", false); return err },
		"redo":  func() error { _, err := a.Redo(ctx, "Zhang", false); return err },
		"import": func() error {
			in := make(chan *archive.Incoming, 1)
			in <- incoming("late.txt", "late\n")
			close(in)
			return a.Import(ctx, "Zhang", in, func(Imported) {})
		},
		"draft": func() error {
			return a.SaveDraft(ctx, Draft{Doc: id, Slot: "x", Actor: "Zhang", Text: "late", At: time.Now()})
		},
		"drop":    func() error { return a.DropDraft(ctx, Draft{Doc: id, Slot: "x", Actor: "Zhang"}) },
		"compact": func() error { _, err := a.Compact(ctx, nil); return err },
	}
}

// away is a way in which a file leaves its place; it gives the path where the
// file then is, or "".
var away = map[string]func(t *testing.T, path string) string{
	"moved": func(t *testing.T, path string) string {
		to := filepath.Join(t.TempDir(), "moved.fonds")
		if err := os.Rename(path, to); err != nil {
			t.Fatal(err)
		}
		return to
	},
	"deleted": func(t *testing.T, path string) string {
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		return ""
	},
	"replaced": func(t *testing.T, path string) string {
		to := filepath.Join(t.TempDir(), "moved.fonds")
		b := newArchive(t)
		b.Close()
		err := os.Rename(path, to)
		if err == nil {
			err = os.Rename(b.Path(), path)
		}
		if err != nil {
			t.Fatal(err)
		}
		return to
	},
	"folder moved": func(t *testing.T, path string) string {
		to := filepath.Join(t.TempDir(), "elsewhere")
		if err := os.Rename(filepath.Dir(path), to); err != nil {
			t.Fatal(err)
		}
		return filepath.Join(to, filepath.Base(path))
	},
}

// TestGone: an archive whose file left its place is not written any more, by no
// way; what was answered before is in the file, wherever it is.
func TestGone(t *testing.T) {
	for name, leave := range away {
		t.Run(name, func(t *testing.T) {
			a := newArchive(t)
			id := bring(t, a, incoming("01.txt", notice))[0]
			mustApply(t, a, "Zhang", tag("tag.add", id, "early"))
			if err := a.Missing(); err != nil {
				t.Fatal(err)
			}
			want := mustVerify(t, a)
			path := leave(t, a.Path())
			for how, write := range writers(a, id) {
				if err := write(); !errors.Is(err, ErrGone) {
					t.Errorf("%s: got %v", how, err)
				}
			}
			if err := a.Missing(); !errors.Is(err, ErrGone) {
				t.Errorf("got %v", err)
			}
			// What was open can still be saved, and is what it was.
			out := filepath.Join(t.TempDir(), "saved.fonds")
			if rep := mustBackup(t, a, out); fmt.Sprint(rep.Heads) != fmt.Sprint(want.Heads) {
				t.Errorf("saved %+v, want %+v", rep, want)
			}
			if err := a.Close(); err != nil {
				t.Error(err)
			}
			if name == "moved" || name == "deleted" {
				if rest, err := filepath.Glob(a.Path() + "*"); err != nil || len(rest) > 0 {
					t.Errorf("left under the old name: %v", rest)
				}
			}
			if path == "" {
				return
			}
			b := mustOpen(t, path)
			if got := mustVerify(t, b); fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("the file has %+v, want %+v", got, want)
			}
		})
	}
}

// TestGoneWhileWriting: a file that leaves between the beginning and the end of a
// transaction gets nothing of it.
func TestGoneWhileWriting(t *testing.T) {
	for name, leave := range away {
		t.Run(name, func(t *testing.T) {
			a := newArchive(t)
			id := bring(t, a, incoming("01.txt", notice))[0]
			want := mustVerify(t, a)
			path := ""
			err := a.write(ctx, func(w *writer) error {
				_, err := w.edit("Zhang", a.newID(), tag("tag.add", id, "late"))
				path = leave(t, a.Path())
				return err
			})
			if !errors.Is(err, ErrGone) {
				t.Errorf("got %v", err)
			}
			a.Close()
			if path != "" {
				if got := mustVerify(t, mustOpen(t, path)); fmt.Sprint(got) != fmt.Sprint(want) {
					t.Errorf("the file has %+v, want %+v", got, want)
				}
			}
		})
	}
}

// TestGoneAndBack: a file that comes back is the old one only when it is opened
// again; a reader meanwhile sees no other archive that has its name.
func TestGoneAndBack(t *testing.T) {
	a := newArchive(t)
	id := bring(t, a, incoming("01.txt", notice))[0]
	origin, err := a.Origin(ctx)
	if err != nil || a.Missing() != nil || !a.Returned() {
		t.Fatalf("before: %v", err)
	}
	path := away["replaced"](t, a.Path())
	if err := a.Missing(); !errors.Is(err, ErrGone) {
		t.Fatalf("got %v", err)
	}
	if !a.Returned() { // another file has the name: who opens it finds out
		t.Error("nothing is there")
	}
	if err := a.Settle(ctx); err != nil {
		t.Error(err)
	}
	if b := mustOpen(t, a.Path()); true {
		if id, err := b.Origin(ctx); err != nil || id == origin {
			t.Errorf("another archive has the origin %s (%v)", id, err)
		}
		b.Close()
	}
	for range 2 * readers {
		if _, err := a.Document(ctx, id); err != nil && !errors.Is(err, ErrGone) {
			t.Errorf("another archive was read: %v", err)
		}
	}
	if err := os.Rename(path, a.Path()); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Apply(ctx, "Zhang", tag("tag.add", id, "late")); !errors.Is(err, ErrGone) {
		t.Errorf("written without being opened again: %v", err)
	}
	a.Close()
	b := mustOpen(t, a.Path())
	mustApply(t, b, "Zhang", tag("tag.add", id, "late"))
	mustVerify(t, b)
	out := filepath.Join(t.TempDir(), "copy.fonds")
	mustBackup(t, b, out)
	for _, c := range []*Archive{b, mustOpen(t, out)} {
		if id, err := c.Origin(ctx); err != nil || id != origin {
			t.Errorf("the origin is %s, not %s (%v)", id, origin, err)
		}
	}
}

// TestJournalTaken: who tidies the journal away while an archive is open takes
// nothing of what was answered, and no second journal is begun beside it.
func TestJournalTaken(t *testing.T) {
	a := newArchive(t)
	id := bring(t, a, incoming("01.txt", notice))[0]
	second := mustOpen(t, a.Path())
	mustApply(t, second, "Li", tag("tag.add", id, "x"))
	want := mustVerify(t, a)
	for _, end := range []string{"-wal", "-shm"} {
		if err := os.Remove(a.Path() + end); err != nil {
			t.Fatal(err)
		}
	}
	for how, write := range writers(a, id) {
		if err := write(); !errors.Is(err, ErrGone) {
			t.Errorf("%s: got %v", how, err)
		}
	}
	b := mustOpen(t, a.Path())
	if got := mustVerify(t, b); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	mustApply(t, b, "Zhang", tag("tag.add", id, "y"))
	if _, err := second.Apply(ctx, "Li", tag("tag.add", id, "z")); !errors.Is(err, ErrGone) {
		t.Errorf("a second journal: %v", err)
	}
	second.Close()
	a.Close()
	mustVerify(t, b)
}

// TestGoneByLink: an archive opened by a link is looked for where the link leads.
func TestGoneByLink(t *testing.T) {
	a := newArchive(t)
	a.Close()
	link := filepath.Join(t.TempDir(), "link.fonds")
	if err := os.Symlink(a.Path(), link); err != nil {
		t.Skip(err)
	}
	b := mustOpen(t, link)
	id := bring(t, b, incoming("01.txt", notice))[0]
	if path := mustDaily(t, b, day(1), true); filepath.Dir(path) != CopiesFolder(a.Path()) {
		t.Errorf("the copy is %s", path)
	}
	away["moved"](t, a.Path())
	if _, err := b.Apply(ctx, "Zhang", tag("tag.add", id, "x")); !errors.Is(err, ErrGone) {
		t.Errorf("got %v", err)
	}
	if rest, err := filepath.Glob(a.Path() + "*"); err != nil || len(rest) > 0 {
		t.Errorf("left under the old name: %v", rest)
	}
}

// TestForeignJournal: a copy that was put in the place of an archive which is
// open, or whose program was killed, is not mixed with that one's journal.
func TestForeignJournal(t *testing.T) {
	a := full(t, 2)
	copied := filepath.Join(t.TempDir(), "copy.fonds")
	mustBackup(t, a, copied)
	mustApply(t, a, "Zhang", tag("tag.add", bring(t, a, incoming("x.txt", notice+"x"))[0], "late"))
	if err := os.Rename(copied, a.Path()); err != nil {
		t.Fatal(err)
	}
	_, err := Open(ctx, a.Path(), Options{})
	if !errors.Is(err, ErrJournal) || !strings.Contains(err.Error(), "move "+a.Path()+"-wal") {
		t.Errorf("got %v", err)
	}
	a.Close() // finds that it is gone, and takes its journal along
	mustVerify(t, mustOpen(t, a.Path()))
}
