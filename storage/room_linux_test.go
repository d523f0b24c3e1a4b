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
	st, err := os.Stat(a.Path())
	if err != nil {
		t.Fatal(err)
	}
	mustBackup(t, a, filepath.Join(t.TempDir(), "copy.fonds"))
	disk := smallDisk(t, int(st.Size())*3/2)
	path := filepath.Join(disk, "a.fonds")
	mustBackup(t, a, path)
	if _, err := a.Backup(ctx, filepath.Join(disk, "b.fonds"), nil); !errors.Is(err, ErrNoRoom) || !strings.Contains(err.Error(), "make room") {
		t.Errorf("backup: %v", err)
	}
	b := mustOpen(t, path)
	if _, err := b.Compact(ctx, nil); !errors.Is(err, ErrNoRoom) || !strings.Contains(err.Error(), "make room") {
		t.Errorf("compact: %v", err)
	}
	if got := left(t, path); len(got) != 0 {
		t.Errorf("left %v", got)
	}
	mustVerify(t, b)
	b.Close() // while the disk is there
}
