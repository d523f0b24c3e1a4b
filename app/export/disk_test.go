package export

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"fonds/storage/baddisk"
)

// whole says what is wrong with an export: a file that its manifest does not
// know, or one that is not as the manifest says.
func whole(out string) error {
	data, err := os.ReadFile(filepath.Join(out, "manifest.json"))
	if err != nil {
		return err
	}
	var m Manifest
	if err := json.Unmarshal(data, &m); err != nil {
		return err
	}
	for _, f := range m.Files {
		data, err := os.ReadFile(filepath.Join(out, filepath.FromSlash(f.Path)))
		if err != nil {
			return err
		}
		if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != f.SHA256 {
			return fmt.Errorf("%s is not as the manifest says", f.Path)
		}
	}
	return nil
}

// TestWriteOnBadDisk fails every call of an export in turn: it is there, whole,
// where no error is given, and else nothing of it is.
func TestWriteOnBadDisk(t *testing.T) {
	disk := baddisk.Under(t)
	if disk == nil {
		return
	}
	a, _ := filled(t)
	for _, errno := range []syscall.Errno{syscall.ENOSPC, syscall.EIO} {
		for n := 1; ; n++ {
			dir := t.TempDir()
			out := filepath.Join(dir, "out")
			disk.Watch(dir)
			disk.Fail(baddisk.Any, n, 1, baddisk.Refuse, errno)
			_, err := Write(context.Background(), a, Options{Choice: Choice{Formats: []string{"bagit", "jsonl"}}, Out: out})
			calls := baddisk.Count(disk.Journal(), baddisk.Any)
			disk.Heal()
			if err != nil {
				if !errors.Is(err, ErrWrite) || errno == syscall.ENOSPC && !strings.Contains(err.Error(), "the disk is full; make room") {
					t.Errorf("call %d: %v", n, err)
				}
				if entries, e := os.ReadDir(dir); e != nil || len(entries) > 0 {
					t.Errorf("call %d: %d files are left", n, len(entries))
				}
			} else if err := whole(out); err != nil {
				t.Errorf("call %d: %v", n, err)
			}
			if calls < n {
				break // there was no such call
			}
		}
	}
}

// TestWriteAndPowerLoss: after a loss of power at any moment the export is whole
// or not there, and it is there once Write has said so.
func TestWriteAndPowerLoss(t *testing.T) {
	disk := baddisk.Under(t)
	if disk == nil {
		return
	}
	a, _ := filled(t)
	dir := t.TempDir()
	disk.Watch(dir)
	if _, err := Write(context.Background(), a, Options{Choice: Choice{Formats: []string{"bagit", "jsonl"}}, Out: filepath.Join(dir, "out")}); err != nil {
		t.Fatal(err)
	}
	calls := disk.Journal()
	for at := range len(calls) + 1 {
		for seed := range int64(20) {
			dst := t.TempDir()
			disk.After(calls, baddisk.Loss{At: at, Arrive: 0.5, Rand: rand.New(rand.NewSource(seed))}, dst)
			out := filepath.Join(dst, "out")
			if _, err := os.Lstat(out); errors.Is(err, fs.ErrNotExist) && at < len(calls) {
				continue
			}
			if err := whole(out); err != nil {
				t.Errorf("after %d of %d calls: %v", at, len(calls), err)
			}
		}
	}
}
