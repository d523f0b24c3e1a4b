package intake

import (
	"context"
	"path/filepath"
	"syscall"
	"testing"

	"fonds/storage"
	"fonds/storage/archive"
	"fonds/storage/baddisk"
)

// A disk that fills, or fails, at any call of an import, and later works again: the
// import says so or goes on, what it told of is in the archive and nothing else, and the
// same again, or continuing where that is offered, brings in the rest.
func TestImportOnABadDisk(t *testing.T) {
	disk := baddisk.Under(t)
	if disk == nil {
		return
	}
	ctx := context.Background()
	in := letters(t, 25)
	attempt := func(errno syscall.Errno, n int) (calls int) {
		dir := t.TempDir()
		a, err := storage.Create(ctx, filepath.Join(dir, "a.fonds"), storage.NewArchive{Owner: "Zhang", Template: "dublincore"}, storage.Options{})
		if err != nil {
			t.Fatal(err)
		}
		disk.Watch(dir)
		if n > 0 {
			disk.Fail(baddisk.Any, n, 0, baddisk.Refuse, errno)
		}
		told := 0
		_, err = Run(ctx, a, "Zhang", []string{in}, Options{Readers: 1, Held: 1}, func(e Event) {
			if e.File.ID != "" {
				told++
			}
		})
		calls = baddisk.Count(disk.Journal(), baddisk.Any)
		disk.Heal()
		if n > 0 && n < calls && err == nil {
			t.Errorf("call %d fails with %v, and nothing is said", n, errno)
		}
		_ = a.Close() // whatever it says of a disk that failed: what counts is what is there then
		if a, err = storage.Open(ctx, a.Path(), storage.Options{}); err != nil {
			t.Fatalf("call %d, %v: %v", n, errno, err)
		}
		defer a.Close()
		if docs, err := a.Count(ctx, storage.Query{}); err != nil || docs < told {
			t.Errorf("call %d, %v: %d documents are there, %d were told of, %v", n, errno, docs, told, err)
		}
		paths, o := []string{in}, Options{}
		if it, err := Interrupted(ctx, a); err != nil {
			t.Fatal(err)
		} else if it != nil {
			if paths, o, err = Kept(ctx, a, it.ID); err != nil {
				t.Fatal(err)
			}
		}
		if r, err := Run(ctx, a, "Zhang", paths, o, nil); err != nil || r.Imported+r.Duplicates != 25 {
			t.Errorf("call %d, %v, once the disk worked again: %+v, %v", n, errno, r, err)
		}
		if docs, err := a.Count(ctx, storage.Query{}); err != nil || docs != 25 {
			t.Errorf("call %d, %v: %d documents in the end, %v", n, errno, docs, err)
		}
		if v, err := a.Verify(ctx, storage.VerifyOptions{}); err != nil || !v.OK {
			t.Errorf("call %d, %v: %+v, %v", n, errno, v, err)
		}
		self, err := a.Self(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if all := self.Of(archive.AnImport); len(all) == 0 || all[len(all)-1].Key != archive.ImportFinished && n == 0 {
			t.Errorf("call %d, %v: the imports are %+v", n, errno, all)
		}
		return calls
	}
	total := attempt(0, 0)
	for n := 1; n <= total; n += max(1, total/5) {
		attempt(syscall.ENOSPC, n)
		attempt(syscall.EIO, n)
	}
	t.Logf("an import is %d calls", total)
}
