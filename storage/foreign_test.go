package storage

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// TestForeignState: a file and its journal as they lie on the disk at any moment belong
// together, whatever was written and put into the file meanwhile. A file of another
// moment beside a journal that is none of its own is refused, and not touched; what is
// opened is whole.
func TestForeignState(t *testing.T) {
	a := full(t, 3)
	ids := bring(t, a, incoming("one.txt", notice))
	type moment struct{ file, journal []byte }
	var all []moment
	lay := func(m moment) string {
		path := filepath.Join(t.TempDir(), "x.fonds")
		for end, data := range map[string][]byte{"": m.file, "-wal": m.journal} {
			if err := os.WriteFile(path+end, data, 0o666); err != nil {
				t.Fatal(err)
			}
		}
		return path
	}
	for i := range 18 {
		switch i % 6 {
		case 0:
			bring(t, a, incoming(fmt.Sprint(i, ".txt"), notice+fmt.Sprint(i)))
		case 2:
			if _, err := a.w.Exec("PRAGMA wal_checkpoint(PASSIVE)"); err != nil {
				t.Fatal(err)
			}
		case 4:
			if _, err := a.w.Exec("PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
				t.Fatal(err)
			}
		case 5:
			if i == 11 {
				if _, err := a.Compact(ctx, nil); err != nil {
					t.Fatal(err)
				}
			}
		}
		mustApply(t, a, "Zhang", tag("tag.add", ids[0], fmt.Sprint("t", i)), field(ids[0], "dcterms:title", fmt.Sprint("题", i)))
		var m moment
		var err error
		if m.file, err = os.ReadFile(a.Path()); err != nil {
			t.Fatal(err)
		}
		if m.journal, err = os.ReadFile(a.Path() + "-wal"); err != nil {
			t.Fatal(err)
		}
		all = append(all, m)
		b, err := Open(ctx, lay(m), Options{})
		if err != nil {
			t.Fatalf("moment %d beside its own journal: %v", i, err)
		}
		if d, err := b.Document(ctx, ids[0]); err != nil || d.Title() != fmt.Sprint("题", i) {
			t.Errorf("moment %d says %q, %v", i, d.Title(), err)
		}
		mustVerify(t, b)
		b.Close()
	}
	refused, opened := 0, 0
	for i, f := range all {
		for k, j := range all {
			if bytes.Equal(f.file, j.file) || bytes.Equal(f.journal[16:24], j.journal[16:24]) {
				continue // one journal, which was put into the file in part
			}
			path := lay(moment{f.file, j.journal})
			b, err := Open(ctx, path, Options{})
			switch {
			case errors.Is(err, ErrJournal):
				refused++
				if now, err := os.ReadFile(path); err != nil || !bytes.Equal(now, f.file) {
					t.Errorf("the file of moment %d was changed by looking at it beside the journal of %d", i, k)
				}
			case err != nil:
				t.Errorf("the file of moment %d beside the journal of %d: %v", i, k, err)
			default:
				opened++
				if rep, err := b.Verify(ctx, VerifyOptions{}); err != nil || !rep.OK {
					t.Errorf("the file of moment %d beside the journal of %d is opened, and is not whole: %s, %v", i, k, rep.Bad, err)
				}
				b.Close()
			}
		}
	}
	if t.Logf("%d refused, %d opened and whole", refused, opened); refused < 50 {
		t.Errorf("only %d were refused", refused)
	}
}
