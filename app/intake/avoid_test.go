package intake

import (
	"context"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"fonds/storage"
)

// A folder that holds the archive itself: its files are left out by what they
// are, under whatever name, because opening and closing one of them would drop
// SQLite's locks.
func TestRunAvoidsTheArchive(t *testing.T) {
	ctx := context.Background()
	dir := written(t, "a.txt", "Letter one\n", "other.fonds", "not to be opened", "sub/b.txt", "Letter two\n")
	name := filepath.Join(dir, "store", "work.db")
	if err := os.Mkdir(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	alias := filepath.Join(t.TempDir(), "alias.fonds")
	made, err := storage.Create(ctx, name, storage.NewArchive{Owner: "Li", Template: "dublincore"}, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := made.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(name, alias); err != nil {
		t.Skip(err)
	}
	a, err := storage.Open(ctx, alias, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if _, err := a.List(ctx, storage.Query{}); err != nil {
		t.Fatal(err)
	}
	if err := os.Link(name+"-shm", filepath.Join(dir, "sub", "index.txt")); err != nil {
		t.Skip(err)
	}
	o := &told{t: t}
	r, err := Run(ctx, a, "Li", []string{dir}, Options{}, o.on)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"other.fonds skipped archive", "store/work.db skipped this-archive", "sub/index.txt skipped this-archive", "a.txt in", "sub/b.txt in"}
	if !reflect.DeepEqual(o.events, want) {
		t.Errorf("got  %q\nwant %q", o.events, want)
	}
	if r.Imported != 2 || r.Skipped != 3 || r.Archives != 3 {
		t.Errorf("report %+v", r)
	}
	if v, err := a.Verify(ctx, storage.VerifyOptions{}); err != nil || !v.OK {
		t.Errorf("verify: %+v, %v", v, err)
	}
}
