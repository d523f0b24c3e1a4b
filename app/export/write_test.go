package export

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"fonds/storage"
	"fonds/storage/archive"
)

// What the system says of a place is said of DIR, with what to do, and without
// the folder in which the export was growing.
func TestCannot(t *testing.T) {
	for _, tt := range []struct {
		err  error
		want string
	}{
		{&fs.PathError{Op: "write", Path: "/x/.fonds-export-A/jsonl/d", Err: syscall.ENOSPC}, "the disk is full; make room, or name a folder on another disk"},
		{&fs.PathError{Op: "write", Path: "/x/.fonds-export-A", Err: syscall.EDQUOT}, "the disk is full; make room, or name a folder on another disk"},
		{&fs.PathError{Op: "mkdir", Path: "/x/.fonds-export-A", Err: syscall.EACCES}, "you may not write there; name a folder where you may write"},
		{&fs.PathError{Op: "mkdir", Path: "/x/.fonds-export-A", Err: syscall.EROFS}, "you may not write there; name a folder where you may write"},
		{&os.LinkError{Op: "rename", Old: "/x/.fonds-export-A", New: "out", Err: syscall.EBUSY},
			"that folder is in use and cannot be replaced, perhaps because a disk begins there; name one below it that is not there yet, as out/export"},
		{&os.LinkError{Op: "rename", Old: "/x/.fonds-export-A", New: "out", Err: syscall.EIO}, "input/output error; name another folder"},
		{fmt.Errorf("strange"), "strange; name another folder"},
	} {
		err := cannot("out", tt.err)
		if got, want := err.Error(), "writing the export to out: "+tt.want; got != want || !errors.Is(err, ErrWrite) {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

func TestWriteWhereNobodyMay(t *testing.T) {
	a, _ := filled(t)
	for _, out := range []string{"/proc/nothing/here", "/dev/full/x"} {
		if _, err := os.Stat(filepath.Dir(filepath.Dir(out))); err != nil {
			t.Skip(err)
		}
		_, err := Write(context.Background(), a, Options{Choice: Choice{Formats: []string{"jsonl"}}, Out: out})
		if !errors.Is(err, ErrWrite) || !strings.HasPrefix(err.Error(), "writing the export to "+out+": ") || strings.Contains(err.Error(), ".fonds-export") {
			t.Errorf("got %v", err)
		}
	}
}

// A folder that a killed program has left is taken away by the next export beside
// it, one that is in use is not.
func TestLeftFoldersAreSwept(t *testing.T) {
	a, _ := filled(t)
	dir := t.TempDir()
	old, used, mine := filepath.Join(dir, ".fonds-export-ABCDEFGHIJ"), filepath.Join(dir, ".fonds-export-KLMNOPQRST"), filepath.Join(dir, ".fonds-export-mine")
	for _, d := range []string{old, used, mine} {
		if err := os.MkdirAll(filepath.Join(d, "jsonl"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	long := time.Now().Add(-2 * time.Hour)
	for _, d := range []string{old, mine} {
		if err := os.Chtimes(d, long, long); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Write(context.Background(), a, Options{Choice: Choice{Formats: []string{"jsonl"}}, Out: filepath.Join(dir, "out")}); err != nil {
		t.Fatal(err)
	}
	for d, want := range map[string]bool{old: false, used: true, mine: true} {
		if _, err := os.Stat(d); (err == nil) != want {
			t.Errorf("%s: %v", d, err)
		}
	}
}

// A whole archive has its log, also of what was taken out of view, which is said.
func TestRemovedIsInTheLog(t *testing.T) {
	ctx := context.Background()
	a, id := filled(t)
	if _, err := a.Apply(ctx, "Zhang", &archive.Edit{Do: "document.remove", Doc: string(id), Reason: "mistake"}); err != nil {
		t.Fatal(err)
	}
	c := Choice{Formats: []string{"jsonl"}, Set: All}
	s, err := Look(ctx, a, c, nil, Options{})
	if err != nil || s.Removed != 1 || s.Documents != 1 {
		t.Errorf("%+v, %v", s, err)
	}
	out, m := exported(t, a, c)
	log := tree(t, out)["jsonl/log.jsonl"]
	if !strings.Contains(log, string(id)) || !strings.Contains(strings.Join(m.Warnings(), "\n"), "1 document that was taken out of view is in jsonl/log.jsonl.") {
		t.Errorf("warnings: %v", m.Warnings())
	}
	for _, less := range []Choice{{Set: Approved}, {Set: All, Query: "Second"}, {Set: All, Mask: []string{"person"}}, {Set: All, Documents: ApprovedOnly}} {
		less.Formats = []string{"jsonl"}
		out, _ := exported(t, a, less)
		if _, there := tree(t, out)["jsonl/log.jsonl"]; there {
			t.Errorf("%+v: the log is given out with a part of the archive", less)
		}
	}
}

// What the rest of a set masks is masked in the preview of one document of it.
func TestPreviewIsMasked(t *testing.T) {
	ctx := context.Background()
	a, _ := planted(t, "李振国")
	c := Choice{Formats: []string{"jsonl"}, Mask: []string{"person"}}
	s, err := Look(ctx, a, c, func(*archive.Document) []string { return []string{"dcterms:date"} }, Options{})
	if err != nil || s.Missing != 2 || s.Names != 2 || s.Masked != 2 || len(s.Words) == 0 {
		t.Fatalf("%+v, %v", s, err)
	}
	for _, format := range Formats() {
		var unmarked archive.ID
		if err := a.Each(ctx, storage.Query{}, func(d storage.Summary) error { unmarked = d.ID; return nil }); err != nil {
			t.Fatal(err)
		}
		path, text, err := Preview(ctx, a, c, unmarked, format, s.Words)
		if err != nil || path == "" || strings.Contains(text, "李振国") {
			t.Errorf("%s: %s %q, %v", format, path, text, err)
		}
	}
}
