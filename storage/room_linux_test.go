package storage

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// smallDisk is a disk of so many bytes, where the system lets a test make one.
func smallDisk(t *testing.T, bytes int) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprintf("size=%d", bytes)); err != nil {
		t.Skipf("no disk can be made here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// TestNoRoomOnDisk: on a disk that is really full a copy, a daily copy and
// compacting say so, leave nothing behind and change nothing.
func TestNoRoomOnDisk(t *testing.T) {
	a := full(t, 40)
	if _, err := a.checkpoint(ctx); err != nil {
		t.Fatal(err)
	}
	st, err := os.Stat(a.Path())
	if err != nil {
		t.Fatal(err)
	}
	mustBackup(t, a, filepath.Join(t.TempDir(), "copy.fonds"))
	disk := smallDisk(t, int(st.Size())*3/2)
	path := filepath.Join(disk, "a.fonds")
	mustBackup(t, a, path)
	if _, err := a.Backup(ctx, filepath.Join(disk, "b.fonds"), nil); !errors.Is(err, ErrFull) || !strings.Contains(err.Error(), "make room") {
		t.Errorf("backup: %v", err)
	}
	b := mustOpen(t, path)
	if _, err := b.Compact(ctx, nil); !errors.Is(err, ErrFull) || !strings.Contains(err.Error(), "make room") {
		t.Errorf("compact: %v", err)
	}
	if got := left(t, path); len(got) != 0 {
		t.Errorf("left %v", got)
	}
	mustVerify(t, b)
	b.Close() // while the disk is there
}

// readOnlyDisk makes a disk, lets make put something on it, and makes it one that
// nobody can write, not even the system's own person.
func readOnlyDisk(t *testing.T, make func(dir string)) (dir string, writable func()) {
	t.Helper()
	dir = smallDisk(t, 16<<20)
	make(dir)
	remount := func(flags uintptr) {
		t.Helper()
		if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT|flags, ""); err != nil {
			t.Fatal(err)
		}
	}
	remount(syscall.MS_RDONLY)
	return dir, func() { remount(0) }
}

// TestReadOnlyDisk: a disk that cannot be written is read and said to be so; when
// it can be, the archive is written after it is opened again.
func TestReadOnlyDisk(t *testing.T) {
	a := full(t, 2)
	dir, writable := readOnlyDisk(t, func(dir string) { mustBackup(t, a, filepath.Join(dir, "a.fonds")) })
	path := filepath.Join(dir, "a.fonds")
	b := mustOpen(t, path)
	if ro, why := b.ReadOnly(); !ro || why != "folder" {
		t.Errorf("got %v %q", ro, why)
	}
	mustVerify(t, b)
	mustBackup(t, b, filepath.Join(t.TempDir(), "copy.fonds"))
	for how, write := range writers(b, "") {
		if err := write(); !errors.Is(err, ErrReadOnly) {
			t.Errorf("%s: got %v", how, err)
		}
	}
	if got := names(t, dir); got != "a.fonds" {
		t.Errorf("there is %s", got)
	}
	writable()
	if ro, why := b.ReadOnly(); !ro || why != "folder" {
		t.Errorf("while it is open: %v %q", ro, why)
	}
	b.Close()
	c := mustOpen(t, path)
	if ro, why := c.ReadOnly(); ro {
		t.Errorf("read-only: %s", why)
	}
	id := bring(t, c, incoming("new.txt", notice+"new"))[0]
	mustApply(t, c, "Zhang", tag("tag.add", id, "x"))
	mustVerify(t, c)
	c.Close()
}

// TestReadOnlyDiskPending: changes that lie in the journal of an archive on a disk
// that cannot be written are shown, or it is said where they are; never an older
// state.
func TestReadOnlyDiskPending(t *testing.T) {
	a := newArchive(t)
	id := bring(t, a, incoming("01.txt", notice))[0]
	mustApply(t, a, "Zhang", field(id, "dcterms:title", "新题名"))
	dir, _ := readOnlyDisk(t, func(dir string) {
		for _, end := range []string{"", "-wal"} {
			b, err := os.ReadFile(a.Path() + end)
			if err == nil {
				err = os.WriteFile(filepath.Join(dir, "a.fonds"+end), b, 0o666)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	})
	b, err := Open(ctx, filepath.Join(dir, "a.fonds"), Options{})
	if err == nil {
		defer b.Close()
		if d, err := b.Document(ctx, id); err != nil || d.Values("dcterms:title")[0].Text != "新题名" {
			t.Errorf("an older state is shown (%v)", err)
		}
		return
	}
	if !strings.Contains(err.Error(), "a.fonds-wal") || !strings.Contains(err.Error(), "copy both files") {
		t.Errorf("got %v", err)
	}
}

// TestOlderFormatReadOnly: an archive of an older format on such a disk is not
// half read: it is said what to do.
func TestOlderFormatReadOnly(t *testing.T) {
	a := full(t, 1)
	nextFormat(t, "CREATE TABLE extra(x INTEGER PRIMARY KEY) STRICT;")
	later := steps
	steps = migrations
	dir, _ := readOnlyDisk(t, func(dir string) { mustBackup(t, a, filepath.Join(dir, "a.fonds")) })
	steps = later
	if _, err := Open(ctx, filepath.Join(dir, "a.fonds"), Options{}); !errors.Is(err, ErrOlder) || !strings.Contains(err.Error(), "copy it to a folder") {
		t.Errorf("got %v", err)
	}
}

// TestUnplugged: a disk that is taken out is noticed before anything is written,
// and after it is put back the archive is opened again.
func TestUnplugged(t *testing.T) {
	disk := smallDisk(t, 16<<20)
	path := filepath.Join(disk, "a.fonds")
	a, err := Create(ctx, path, NewArchive{Owner: "Zhang"}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	id := bring(t, a, incoming("01.txt", notice))[0]
	over := func(cover bool) {
		t.Helper()
		if !cover {
			err = syscall.Unmount(disk, syscall.MNT_DETACH)
		} else {
			err = syscall.Mount("tmpfs", disk, "tmpfs", 0, "")
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	over(true) // an empty folder, as where a disk was
	if _, err := a.Apply(ctx, "Zhang", tag("tag.add", id, "x")); !errors.Is(err, ErrGone) {
		t.Errorf("got %v", err)
	}
	over(false)
	if _, err := a.Apply(ctx, "Zhang", tag("tag.add", id, "x")); !errors.Is(err, ErrGone) {
		t.Errorf("got %v", err)
	}
	a.Close()
	b := mustOpen(t, path)
	mustApply(t, b, "Zhang", tag("tag.add", id, "x"))
	mustVerify(t, b)
	b.Close()
}

// TestNoRoomToErase: on a full disk a document is destroyed, what is left in the
// file is said and remembered, and erased when there is room.
func TestNoRoomToErase(t *testing.T) {
	a := full(t, 40)
	id := bring(t, a, incoming("secretpath/Zyzzyva.txt", secret))[0]
	whole := filepath.Join(t.TempDir(), "copy.fonds")
	mustBackup(t, a, whole)
	st, err := os.Stat(whole)
	if err != nil {
		t.Fatal(err)
	}
	disk := smallDisk(t, int(st.Size())*3)
	path := filepath.Join(disk, "a.fonds")
	mustBackup(t, a, path)
	if err := os.WriteFile(filepath.Join(disk, "big"), make([]byte, st.Size()*3/2), 0o666); err != nil {
		t.Fatal(err)
	}
	b := mustOpen(t, path)
	mustApply(t, b, "Zhang", destroy(id))
	done, err := b.Erase(ctx, nil)
	if done || !errors.Is(err, ErrNotErased) || !errors.Is(err, ErrFull) || !strings.Contains(err.Error(), "make room") {
		t.Fatalf("erasing without room: %v, %v", done, err)
	}
	if r := mustVerify(t, b); r.Destroyed != 1 || r.Erasing != 1 {
		t.Errorf("verify: %d destroyed, %d not erased", r.Destroyed, r.Erasing)
	}
	if err := os.Remove(filepath.Join(disk, "big")); err != nil {
		t.Fatal(err)
	}
	if done, err := b.Erase(ctx, nil); !done || err != nil {
		t.Fatalf("erasing with room: %v, %v", done, err)
	}
	if got := inBytes(t, path, [][]byte{[]byte("Zyzzyva"), []byte("魑魅魍魉"), []byte("secretpath")}); len(got) > 0 {
		t.Errorf("left of it: %v", got)
	}
	mustVerify(t, b)
	b.Close() // while the disk is there
}
