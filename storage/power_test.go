package storage

import (
	"errors"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"fonds/storage/baddisk"
)

// What a loss of power leaves. Every disk of these tests is one that the system's
// promises allow (POSIX, fsync) and no other program could do anything about.

// recorded does acts on a disk that keeps a journal. promised gives what was
// promised when so many calls of the journal had happened.
func recorded(t *testing.T, disk *baddisk.Disk, acts []act) (calls []baddisk.Call, promised func(at int) *sitting) {
	t.Helper()
	w := &sitting{path: filepath.Join(t.TempDir(), "a.fonds")}
	disk.Watch(filepath.Dir(w.path))
	states := []sitting{*w}
	for _, s := range acts {
		if err := s.do(w); err != nil {
			t.Fatalf("%s: %v", s.name, err)
		}
		disk.Note(strconv.Itoa(len(states)))
		states = append(states, *w)
	}
	calls = disk.Journal()
	return calls, func(at int) *sitting {
		for at--; at >= 0; at-- {
			if calls[at].IsNote() {
				n, err := strconv.Atoi(calls[at].Path)
				if err != nil {
					t.Fatal(err)
				}
				return &states[n]
			}
		}
		return &states[0]
	}
}

// losses calls f with losses of power at moments of a journal, each with an empty
// folder for the disk it leaves.
func losses(t *testing.T, calls []baddisk.Call, few, many int, f func(l baddisk.Loss, dst string)) {
	n := rounds(few, many)
	for i := range n {
		rng := rand.New(rand.NewSource(int64(i)))
		dst, err := os.MkdirTemp("", "fonds-power-*")
		if err != nil {
			t.Fatal(err)
		}
		f(baddisk.Loss{At: (i*len(calls)/n + rng.Intn(20)) % (len(calls) + 1), Arrive: []float64{0, 0.1, 0.5, 0.9, 1}[rng.Intn(5)], Rand: rng}, dst)
		os.RemoveAll(dst)
	}
}

// TestPowerLoss: whatever was answered as done is there after a loss of power at
// any moment, and everything that has a name is whole.
func TestPowerLoss(t *testing.T) {
	disk := baddisk.Under(t)
	if disk == nil {
		return
	}
	calls, promised := recorded(t, disk, slices.Concat(daysWork, copying))
	tried := 0
	losses(t, calls, 100, 20000, func(l baddisk.Loss, dst string) {
		tried++
		disk.After(calls, l, dst)
		if err := promised(l.At).check(dst, false); err != nil {
			t.Errorf("after %d calls, %v of the rest: %v", l.At, l.Arrive, err)
		}
	})
	t.Logf("%d calls, power lost %d times", len(calls), tried)
}

// TestPowerLossLying: a disk that says of a sync that it was done where it was
// not can lose what was answered as done; no program can help that. Where it
// writes in order all the same, as a disk with a cache does, the archive is as it
// was at an earlier moment.
func TestPowerLossLying(t *testing.T) {
	disk := baddisk.Under(t)
	if disk == nil {
		return
	}
	calls, promised := recorded(t, disk, daysWork)
	losses(t, calls, 40, 5000, func(l baddisk.Loss, dst string) {
		l.Arrive = 1
		disk.After(calls, l, dst)
		w := promised(l.At)
		if err := w.check(dst, false); err != nil {
			t.Errorf("in order, after %d calls: %v", l.At, err)
		}
	})

	// Where it does not even keep the order, the file may be damaged: then opening or
	// verifying it says so, it is never taken for whole, and what is left of it can be
	// taken out.
	whole, named, recovered := 0, 0, 0
	losses(t, calls, 40, 5000, func(l baddisk.Loss, dst string) {
		lies := l.Rand.Float64()
		seed := l.Rand.Int63()
		l.Lie = func(i int) bool { return rand.New(rand.NewSource(seed+int64(i))).Float64() < lies }
		disk.After(calls, l, dst)
		var nothing sitting
		switch err := nothing.check(dst, false); {
		case err == nil:
			whole++
		case damaged(err):
			named++
			out := filepath.Join(dst, "recovered.fonds")
			_, err := Recover(ctx, filepath.Join(dst, "a.fonds"), out, "Zhang", RecoverOptions{})
			if err == nil {
				recovered++
				err = opens(out)
			}
			if err != nil && !errors.Is(err, ErrNothing) {
				t.Errorf("after %d calls, %v of the rest: recovering: %v", l.At, l.Arrive, err)
			}
		default:
			t.Errorf("after %d calls, %v of the rest: %v", l.At, l.Arrive, err)
		}
	})
	t.Logf("a disk that lies left %d archives whole and %d damaged ones that were named, of which %d held something", whole, named, recovered)
	if whole == 0 {
		t.Error("no archive survived: the lies were of another kind than meant")
	}
}

// damaged says whether an error tells a person that the file is damaged.
func damaged(err error) bool {
	return errors.Is(err, ErrDamaged) || errors.Is(err, ErrNotArchive) || errors.As(err, new(*unwhole))
}

// unwhole is what verify found.
type unwhole struct{ bad string }

func (u *unwhole) Error() string { return fmt.Sprintf("verify: %s", u.bad) }
