package storage

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"fonds/storage/archive"
)

// full makes an archive with some documents and edits.
func full(t testing.TB, docs int) *Archive {
	t.Helper()
	a := newArchive(t)
	var in []*archive.Incoming
	for i := range docs {
		in = append(in, incoming(fmt.Sprintf("%02d.txt", i), fmt.Sprintf("%s第%d号\n%s", notice, i, strings.Repeat("很长的正文。", 400))))
	}
	for _, id := range bring(t, a, in...) {
		mustApply(t, a, "Zhang", field(id, "dcterms:title", "新题名"))
	}
	return a
}

// left lists what lies in the folder of path beside the archive itself.
func left(t testing.TB, path string) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), filepath.Base(path)) {
			out = append(out, e.Name())
		}
	}
	return out
}

func mustOpen(t testing.TB, path string) *Archive {
	t.Helper()
	a, err := Open(ctx, path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a
}

func mustBackup(t testing.TB, a *Archive, out string) Report {
	t.Helper()
	r, err := a.Backup(ctx, out, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestBackup: the copy is whole, has the heads of the original, and is one file
// that opens where nothing can be written beside it.
func TestBackup(t *testing.T) {
	a := full(t, 5)
	out := filepath.Join(t.TempDir(), "copy.fonds")
	rep := mustBackup(t, a, out)
	want := mustVerify(t, a)
	if fmt.Sprint(rep.Heads) != fmt.Sprint(want.Heads) || rep.Operations != want.Operations || rep.Documents != 5 {
		t.Errorf("got %+v, want %+v", rep, want)
	}
	if got := left(t, out); len(got) != 0 {
		t.Errorf("beside the copy lies %v", got)
	}
	head := make([]byte, 20)
	f, err := os.Open(out)
	if err != nil {
		t.Fatal(err)
	}
	f.Read(head)
	f.Close()
	if head[18] != 1 || head[19] != 1 {
		t.Errorf("the copy needs a write-ahead log: %v", head[18:20])
	}
	st, _ := os.Stat(out)
	orig, _ := os.Stat(a.Path())
	if st.Mode() != orig.Mode() {
		t.Errorf("the copy is for %v, the archive for %v", st.Mode(), orig.Mode())
	}
	db, err := openReader(out, 0, "folder")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var title string
	if err := db.QueryRow("SELECT title FROM documents LIMIT 1").Scan(&title); err != nil || title != "新题名" {
		t.Errorf("got %q, %v", title, err)
	}
	if _, err := a.Backup(ctx, out, nil); !errors.Is(err, fs.ErrExist) {
		t.Errorf("written over: %v", err)
	}
	if _, err := a.Backup(ctx, filepath.Join(t.TempDir(), "no", "copy.fonds"), nil); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}

// TestBackupWhileWriting: writers go on, and the copy is of one moment.
func TestBackupWhileWriting(t *testing.T) {
	a := full(t, 20)
	ids := bring(t, a, incoming("x.txt", notice+"x"))
	out := filepath.Join(t.TempDir(), "copy.fonds")
	other := mustOpen(t, a.Path())
	wrote := 0
	var once sync.Once
	rep, err := a.Backup(ctx, out, func(what string, done, total int) {
		if what == "copying" {
			// Between two steps, in this program and in another.
			mustApply(t, a, "Zhang", tag("tag.add", ids[0], fmt.Sprint("t", wrote)))
			mustApply(t, other, "Li", tag("tag.add", ids[0], fmt.Sprint("u", wrote)))
			wrote++
		}
		once.Do(func() {
			if len(left(t, out)) == 0 {
				t.Error("nothing is being made")
			}
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	if wrote == 0 {
		t.Fatal("nobody wrote meanwhile")
	}
	if got := mustVerify(t, a).Operations; got < rep.Operations+2*wrote {
		t.Errorf("the copy has %d operations, the archive %d after %d edits", rep.Operations, got, 2*wrote)
	}
	if wrote > 200 {
		t.Errorf("the copy began again and again: %d steps", wrote)
	}
	mustVerify(t, mustOpen(t, out))
}

// TestBackupStopped: at whatever moment it is stopped, nothing is left: at the
// first step, and when all is copied and only the check remains.
func TestBackupStopped(t *testing.T) {
	a := full(t, 20)
	for name, at := range map[string]func(done, total int) bool{
		"first": func(done, total int) bool { return true },
		"last":  func(done, total int) bool { return done == total },
	} {
		out := filepath.Join(t.TempDir(), "copy.fonds")
		stop, cancel := context.WithCancel(ctx)
		_, err := a.Backup(stop, out, func(_ string, done, total int) {
			if at(done, total) {
				cancel()
			}
		})
		cancel()
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: got %v", name, err)
		}
		if got := left(t, out); len(got) != 0 {
			t.Errorf("%s: left %v", name, got)
		}
	}
}

// TestBackupNoRoom: a full disk is said in words, and nothing is left on it.
func TestBackupNoRoom(t *testing.T) {
	a := full(t, 5)
	copyPragma = "PRAGMA max_page_count=8"
	defer func() { copyPragma = "" }()
	out := filepath.Join(t.TempDir(), "copy.fonds")
	_, err := a.Backup(ctx, out, nil)
	if !errors.Is(err, ErrFull) || !strings.Contains(err.Error(), "make room") {
		t.Errorf("got %v", err)
	}
	if got := left(t, out); len(got) != 0 {
		t.Errorf("left %v", got)
	}
}

// TestBackupOfDamaged: what does not verify is no copy.
func TestBackupOfDamaged(t *testing.T) {
	a := full(t, 2)
	if _, err := a.w.Exec("UPDATE bodies SET body=replace(body, '新题名', '旧题名')"); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "copy.fonds")
	if _, err := a.Backup(ctx, out, nil); !errors.Is(err, ErrDamaged) {
		t.Errorf("got %v", err)
	}
	if got := left(t, out); len(got) != 0 {
		t.Errorf("left %v", got)
	}
}

// TestRestoredBackup: a copy put back in the place of the original, in whatever
// way, begins a chain of its own, for the later operations of the original's
// chain live on elsewhere.
func TestRestoredBackup(t *testing.T) {
	for name, restore := range map[string]func(from, to string) error{
		"over its bytes": func(from, to string) error {
			b, err := os.ReadFile(from)
			if err != nil {
				return err
			}
			return os.WriteFile(to, b, 0o666)
		},
		"by its name": os.Rename,
	} {
		t.Run(name, func(t *testing.T) {
			a := full(t, 2)
			id := bring(t, a, incoming("x.txt", notice+"x"))[0]
			dir := t.TempDir()
			mustBackup(t, a, filepath.Join(dir, "first.fonds"))
			mustApply(t, a, "Zhang", tag("tag.add", id, "later"))
			first := a.Replica()
			a.Close()
			seen := map[archive.ID]bool{first: true}
			for round := range 3 { // the same copy again and again
				from := filepath.Join(dir, "again.fonds")
				b, err := os.ReadFile(filepath.Join(dir, "first.fonds"))
				if err == nil {
					err = os.WriteFile(from, b, 0o666)
				}
				if err == nil {
					err = restore(from, a.Path())
				}
				if err != nil {
					t.Fatal(err)
				}
				r := mustOpen(t, a.Path())
				mustApply(t, r, "Zhang", tag("tag.add", id, fmt.Sprint("other ", round)))
				if seen[r.Replica()] {
					t.Fatalf("round %d: two histories under one chain %s", round, r.Replica())
				}
				mine := r.Replica()
				seen[mine] = true
				r.Close()
				again := mustOpen(t, a.Path())
				mustApply(t, again, "Zhang", tag("tag.add", id, fmt.Sprint("more ", round)))
				if again.Replica() != mine {
					t.Errorf("round %d: the chain is not gone on with", round)
				}
				mustVerify(t, again)
				again.Close()
			}
		})
	}
}

// TestCompact: bytes are won, nothing else changes, and others may look on.
func TestCompact(t *testing.T) {
	a := full(t, 40)
	want := mustVerify(t, a)
	if _, err := a.w.Exec("CREATE TABLE hole(x); INSERT INTO hole SELECT randomblob(2000000); DROP TABLE hole"); err != nil {
		t.Fatal(err)
	}
	other := mustOpen(t, a.Path())
	var told []string
	won, err := a.Compact(ctx, func(what string, done, total int) { told = append(told, what) })
	if err != nil || won < 1_500_000 {
		t.Errorf("won %d: %v", won, err)
	}
	if len(told) != 4 {
		t.Errorf("told %v", told)
	}
	if got := mustVerify(t, other); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", got, want)
	}
	stop, cancel := context.WithCancel(ctx)
	if _, err := a.Compact(stop, func(what string, _, _ int) {
		if strings.HasSuffix(what, "file") {
			cancel()
		}
	}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	mustVerify(t, a)
}
