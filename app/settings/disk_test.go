package settings

import (
	"errors"
	"math/rand"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"

	"fonds/storage/baddisk"
)

// TestSaveOnBadDisk fails every call of a save in turn: the settings are the old
// ones where it gives an error, and the new ones where it gives none.
func TestSaveOnBadDisk(t *testing.T) {
	disk := baddisk.Under(t)
	if disk == nil {
		return
	}
	dir := t.TempDir()
	t.Setenv(FolderVariable, dir)
	now := 0 // what is saved
	save := func(n int) error { return Settings{Name: strconv.Itoa(n)}.Save() }
	check := func(want int) {
		t.Helper()
		if s, err := Load(); err != nil || s.Name != strconv.Itoa(want) {
			t.Errorf("loaded %q, %v; want %d", s.Name, err, want)
		}
	}
	if err := save(now); err != nil {
		t.Fatal(err)
	}
	for _, errno := range []syscall.Errno{syscall.ENOSPC, syscall.EIO} {
		for _, count := range []int{1, 0} {
			for n := 1; ; n++ {
				disk.Watch(dir)
				disk.Fail(baddisk.Any, n, count, baddisk.Half, errno)
				err := save(now + 1)
				calls := baddisk.Count(disk.Journal(), baddisk.Any)
				disk.Heal()
				if err == nil {
					now++
				} else if !errors.Is(err, errno) {
					t.Errorf("call %d: %v, not %v", n, err, errno)
				}
				check(now)
				left, err := filepath.Glob(filepath.Join(dir, ".settings-*"))
				if err != nil || len(left) > 0 && count == 1 {
					t.Errorf("call %d left %v (%v)", n, left, err)
				}
				for _, name := range left { // it could not be taken away either
					os.Remove(name)
				}
				if calls < n {
					break // there was no such call
				}
			}
		}
	}
}

// TestSaveAndPowerLoss: after a loss of power at any moment the settings are the
// old ones or the new ones, and the new ones once they were said to be saved.
func TestSaveAndPowerLoss(t *testing.T) {
	disk := baddisk.Under(t)
	if disk == nil {
		return
	}
	dir := t.TempDir()
	t.Setenv(FolderVariable, dir)
	if err := (Settings{Name: "old"}).Save(); err != nil {
		t.Fatal(err)
	}
	disk.Watch(dir)
	if err := (Settings{Name: "new"}).Save(); err != nil {
		t.Fatal(err)
	}
	calls := disk.Journal()
	for at := range len(calls) + 1 {
		for seed := range int64(20) {
			dst := t.TempDir()
			disk.After(calls, baddisk.Loss{At: at, Arrive: 0.5, Rand: rand.New(rand.NewSource(seed))}, dst)
			t.Setenv(FolderVariable, dst)
			s, err := Load()
			if err != nil || s.Name != "old" && s.Name != "new" || at == len(calls) && s.Name != "new" {
				t.Errorf("after %d calls: %q, %v", at, s.Name, err)
			}
			os.Remove(filepath.Join(dst, "settings.json"))
		}
	}
}
