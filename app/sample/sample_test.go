package sample

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"fonds/assets"
	"fonds/storage"
	"fonds/storage/archive"
)

func open(t *testing.T, path string) *storage.Archive {
	t.Helper()
	a, err := storage.Open(context.Background(), path, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a
}

// The samples of the program: every file becomes a document, every edit is done.
func TestMake(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "s.fonds")
	if err := Make(ctx, path, ""); err != nil {
		t.Fatal(err)
	}
	files := 0
	if err := fs.WalkDir(assets.Samples(), ".", func(_ string, d fs.DirEntry, err error) error {
		if !d.IsDir() {
			files++
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	a := open(t, path)
	if n, err := a.Count(ctx, storage.Query{}); err != nil || n != files {
		t.Errorf("%d documents, %v; there are %d files", n, err, files)
	}
	r, err := a.Verify(ctx, storage.VerifyOptions{})
	if err != nil || !r.OK {
		t.Errorf("%+v, %v", r, err)
	}
	edits, err := parse(assets.SamplesWork())
	if err != nil {
		t.Fatal(err)
	}
	if r.Operations < files+len(edits) {
		t.Errorf("%d operations for %d files and %d edits", r.Operations, files, len(edits))
	}
	if err := Make(ctx, path, ""); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a second time: %v", err)
	}
}

func TestBuild(t *testing.T) {
	ctx := context.Background()
	tree := fstest.MapFS{"a/n.txt": {Data: []byte("Letter to the keeper\nDear Sir\n")}, "b.txt": {Data: []byte("Another\n")}}
	work := `{"do":"tag.add","as":"Zhang","doc":"path:a/n.txt","tag":"letters"}

{"do":"mark.add","as":"Li","doc":"path:a/n.txt","start":14,"end":20,"label":"person"}
`
	for _, tt := range []struct {
		name, work string
		tree       fs.FS
		want       string // in the error; "" is none
	}{
		{"good", work, tree, ""},
		{"nobody", `{"do":"tag.add","doc":"path:b.txt","tag":"x"}`, tree, `line 1: it wants "as"`},
		{"no JSON", "\nnonsense", tree, "line 2"},
		{"refused", `{"do":"tag.add","as":"Li","doc":"path:c.txt","tag":"x"}`, tree, `edit 1 (tag.add): no document "path:c.txt"`},
		{"no document", "", fstest.MapFS{"x.bin": {Data: []byte("\x7fELF\x00")}}, "x.bin was left out: not a document"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "s.fonds")
			// What an attempt that was killed has left is in nobody's way.
			if err := os.WriteFile(path+".making", []byte("half"), 0o644); err != nil {
				t.Fatal(err)
			}
			err := build(ctx, path, "", tt.tree, []byte(tt.work), storage.Options{})
			if tt.want != "" {
				if err == nil || !strings.Contains(err.Error(), tt.want) {
					t.Errorf("got %v, want %q", err, tt.want)
				}
				if _, err := os.Stat(path); err == nil {
					t.Error("an archive was left behind")
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			a := open(t, path)
			d, err := a.Find(ctx, "path:a/n.txt")
			if err != nil {
				t.Fatal(err)
			}
			ops, err := a.History(ctx, d, 0)
			if err != nil || len(ops) != 3 || ops[0].Actor != "Li" || ops[1].Actor != "Zhang" || ops[0].Batch == ops[1].Batch {
				t.Errorf("history %+v, %v", ops, err)
			}
			if left, _ := filepath.Glob(path + ".*"); len(left) != 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}

// One of the people of the sample may look around in it too.
func TestMakeForOneOfThem(t *testing.T) {
	for _, who := range []string{"王雪梅", "赵敏"} {
		path := filepath.Join(t.TempDir(), "s.fonds")
		if err := Make(context.Background(), path, who); err != nil {
			t.Errorf("%s: %v", who, err)
		}
	}
}

// The sample shows a team at work: whoever looks around may decide on what waits, and
// finds of every step of a review one.
func TestSampleShowsAReview(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "s.fonds")
	if err := Make(ctx, path, "Zhang"); err != nil {
		t.Fatal(err)
	}
	a := open(t, path)
	self, err := a.Self(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if p := self.Person("Zhang"); p == nil || p.Text != string(archive.Reviewer) && p.Detail != string(archive.Reviewer) {
		t.Errorf("the guest: %+v", p)
	}
	waits, err := a.QueuePlaces(ctx, storage.Queue{Persons: true}, 0)
	if err != nil || len(waits) < 5 {
		t.Errorf("%d proposals of persons wait, %v", len(waits), err)
	}
	docs, err := a.List(ctx, storage.Query{})
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]int{}
	for _, s := range docs {
		d, err := a.Document(ctx, s.ID)
		if err != nil {
			t.Fatal(err)
		}
		found[string(d.Status())]++
		for _, it := range d.Items {
			switch {
			case it.State == archive.Rejected && it.Decision != nil && it.Decision.Reason != "":
				found["rejected"]++
			case it.Amends != "":
				found["amended"]++
			}
		}
		for _, th := range d.AllThreads() {
			if th.Resolved() {
				found["answered"]++
			} else {
				found["open"]++
			}
		}
		if d.Assignment() != nil {
			found["assigned"]++
		}
		if _, holds := d.Sample(); holds {
			found["sampled"]++
		}
	}
	for _, what := range []string{"submitted", "returned", "approved", "rejected", "amended", "answered", "open", "assigned", "sampled"} {
		if found[what] == 0 {
			t.Errorf("nothing is %s: %v", what, found)
		}
	}
}

// FONDS_CONFORMANCE names the folder of `make conformance`, which publishes the sample archive.
func TestArchiveForConformance(t *testing.T) {
	dir := os.Getenv("FONDS_CONFORMANCE")
	if dir == "" {
		t.Skip("FONDS_CONFORMANCE is not set: it is for make conformance")
	}
	if err := Make(context.Background(), filepath.Join(dir, "sample.fonds"), ""); err != nil {
		t.Fatal(err)
	}
}
