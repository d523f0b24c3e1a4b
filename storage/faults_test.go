package storage

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"fonds/storage/baddisk"
)

// fault is a way to fail.
type fault struct {
	name  string
	kinds baddisk.Kind
	how   baddisk.How
	errno syscall.Errno
	count int // calls that fail; 0: all from there on
}

var diskFaults = []fault{
	{"full, for one call", baddisk.Any, baddisk.Refuse, syscall.ENOSPC, 1},
	{"full from there on", baddisk.Any, baddisk.Refuse, syscall.ENOSPC, 0},
	{"full in the middle of a write", baddisk.Write, baddisk.Half, syscall.ENOSPC, 0},
	{"failing for one call", baddisk.Any, baddisk.Refuse, syscall.EIO, 1},
	{"failing from there on", baddisk.Any, baddisk.Refuse, syscall.EIO, 0},
	{"failing in the middle of a write, once", baddisk.Write, baddisk.Half, syscall.EIO, 1},
	{"failing every sync", baddisk.Sync, baddisk.Refuse, syscall.EIO, 0},
}

// The tests fail every call in turn (a few of them only, but under FONDS_LONG) in
// each way. What was promised holds if the program is killed there and then; what
// failed was not done, and is done when the disk works again; everything is whole
// in the end.

func TestDiskFaults(t *testing.T) { eachFault(t, daysWork, nil, nil) }

func TestDiskFaultsCopying(t *testing.T) { eachFault(t, copying, daysWork, nil) }

func TestDiskFaultsMigrating(t *testing.T) {
	eachFault(t, migrating, daysWork, func() { nextFormat(t, "CREATE TABLE extra(x INTEGER PRIMARY KEY) STRICT;") })
}

// eachFault fails the calls of acts; before that, begin was done where all went
// well, and between the two the program became another.
func eachFault(t *testing.T, acts, begin []act, become func()) {
	disk := baddisk.Under(t)
	if disk == nil {
		return
	}
	first := &sitting{path: filepath.Join(t.TempDir(), "a.fonds")}
	first.all(t, begin)
	if become != nil {
		become()
	}
	again := first.moved(t, t.TempDir())
	disk.Watch(filepath.Dir(again.path))
	again.all(t, acts)
	total, tried := disk.Journal(), 0
	for _, f := range diskFaults {
		every := rounds(61, 1)
		for n := 1 + tried%every; n <= baddisk.Count(total, f.kinds); n += every {
			tried++
			dir := t.TempDir()
			w := first.moved(t, dir)
			err := w.failOne(t, disk, acts, f, n)
			if err == nil && (len(w.docs) != len(again.docs) || len(w.ops) != len(again.ops)) {
				err = fmt.Errorf("%d documents and %d edits are there in the end, not %d and %d", len(w.docs), len(w.ops), len(again.docs), len(again.ops))
			}
			if err != nil {
				t.Errorf("%s, call %d: %v", f.name, n, err)
			}
			os.RemoveAll(dir)
		}
	}
	t.Logf("%d calls make up the work; %d faults tried", baddisk.Count(total, baddisk.Any), tried)
}

// all does everything, and nothing may fail.
func (w *sitting) all(t *testing.T, acts []act) {
	t.Helper()
	for _, s := range acts {
		if err := s.do(w); err != nil {
			t.Fatalf("%s: %v", s.name, err)
		}
	}
}

// moved is the same work in another folder.
func (w *sitting) moved(t *testing.T, dir string) *sitting {
	t.Helper()
	copyFiles(t, filepath.Dir(w.path), dir)
	m := *w
	m.path, m.docs, m.ops = filepath.Join(dir, filepath.Base(w.path)), slices.Clone(w.docs), slices.Clone(w.ops)
	return &m
}

func (w *sitting) failOne(t *testing.T, disk *baddisk.Disk, acts []act, f fault, n int) error {
	dir, killed := filepath.Dir(w.path), t.TempDir()
	defer os.RemoveAll(killed)
	disk.Watch(dir)
	disk.Fail(f.kinds, n, f.count, f.how, f.errno)
	defer disk.Heal()
	for _, s := range acts {
		err := s.do(w)
		if err == nil {
			continue
		}
		w.said = err.Error()
		if bad := told(err, f); bad != "" {
			return fmt.Errorf("%s: %s", s.name, bad)
		}
		copyFiles(t, dir, killed)
		disk.Heal()
		if err := w.check(killed, !errors.Is(err, ErrUnsure)); err != nil {
			return fmt.Errorf("%s: killed then: %w", s.name, err)
		}
		if strings.HasPrefix(s.name, "closing") {
			continue
		}
		if err := s.do(w); err != nil && !errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("%s, once the disk worked again: %w", s.name, err)
		}
	}
	disk.Heal()
	return w.check(dir, true)
}
