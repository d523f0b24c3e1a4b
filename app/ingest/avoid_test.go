package ingest

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The file that must not be opened is known by what it is, not by its name; an
// archive by its name, whatever is in it.
func TestAvoid(t *testing.T) {
	dir := tree(t, map[string]string{"work.db": "SQLite format 3\x00", "a.txt": "a", "link.txt": "-> work.db", "b/x.fonds": "text", "x.FONDS-wal": "",
		"y.fonds-shm": "text", "z.fonds-journal": "text", "of.fonds.txt": "text", "named.txt": "-> b/x.fonds"})
	name := filepath.Join(dir, "work.db")
	if err := os.Link(name, filepath.Join(dir, "hard.txt")); err != nil {
		t.Skip(err)
	}
	info, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	opts := Options{Avoid: func(i os.FileInfo) bool { return os.SameFile(i, info) }}
	want := "b/x.fonds(archive) hard.txt(this-archive) link.txt(this-archive) named.txt(archive) work.db(this-archive) a.txt of.fonds.txt"
	if got := walked(t, []string{dir}, opts); got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
	for root, want := range map[string]string{"work.db": "work.db(this-archive)", "link.txt": "link.txt(this-archive)", "named.txt": "named.txt(archive)",
		"x.FONDS-wal": "x.FONDS-wal(archive)"} {
		if got := walked(t, []string{filepath.Join(dir, root)}, opts); got != want {
			t.Errorf("of the root %s: got %s, want %s", root, got, want)
		}
	}
	// It took the place of a file after the scan.
	for name, want := range map[string]Reason{"hard.txt": ThisArchive, "link.txt": ThisArchive, "named.txt": AnArchive} {
		var skip *Skip
		opened := false
		opts.afterRead = func(string) { opened = true }
		_, err := Read(context.Background(), Found{Path: "a.txt", Name: filepath.Join(dir, name)}, opts)
		if !errors.As(err, &skip) || skip.Reason != want || opened {
			t.Errorf("reading %s: %v, opened %v", name, err, opened)
		}
	}
}

// What SQLite keeps beside an archive, and the folder of its copies, are no finding at all; what only is called so is one.
func TestOfArchive(t *testing.T) {
	dir := tree(t, map[string]string{"county.fonds": "", "county.fonds-wal": "x", "county.copies/county 2026-11-23.fonds": "x", "county.copies/read.txt": "x",
		"work.db": "SQLite", "work.db-wal": "x", "work.db-shm": "x", "work.db.copies/a.fonds": "x", "notes.copies/a.txt": "a", "notes-wal": "a", "b/gone.fonds-shm": "x"})
	info, err := os.Stat(filepath.Join(dir, "work.db"))
	if err != nil {
		t.Fatal(err)
	}
	opts := Options{Avoid: func(i os.FileInfo) bool { return os.SameFile(i, info) }}
	want := "county.fonds(archive) work.db(this-archive) notes-wal notes.copies/a.txt"
	if got := walked(t, []string{dir}, opts); got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
	// A person who names them means them, and is told.
	if got, want := walked(t, []string{filepath.Join(dir, "county.fonds-wal")}, opts), "county.fonds-wal(archive)"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := walked(t, []string{filepath.Join(dir, "county.copies")}, opts), "county 2026-11-23.fonds(archive) read.txt"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// A root that is no path, or leads nowhere, is said in words.
func TestRoots(t *testing.T) {
	dir := tree(t, map[string]string{"self": "-> self"})
	for root, want := range map[string]string{
		"":                         "importing: a path is empty; name a file or a folder",
		filepath.Join(dir, "self"): "importing " + filepath.Join(dir, "self") + ": it is a link that leads back to itself",
	} {
		if _, _, err := Scan(context.Background(), []string{root}, Options{}); err == nil || err.Error() != want {
			t.Errorf("the root %q: got %v, want %s", root, err, want)
		}
	}
}

// Of several roots those that are not there can be left out like any other file.
func TestRootsThatAreNotThere(t *testing.T) {
	dir := tree(t, map[string]string{"in/a.txt": "a", "b.txt": "b", "self": "-> self"})
	at := func(name string) string { return filepath.Join(dir, name) }
	roots := []string{at("none.txt"), at("in"), at("b.txt/below"), at("self"), at("b.txt")}
	all := Options{Without: func(string) bool { return true }}
	if got, want := walked(t, roots, all), "none.txt(not-there) below(not-there) self(unreadable) a.txt b.txt"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	one := Options{Without: func(root string) bool { return root == at("none.txt") }}
	if _, _, err := Scan(context.Background(), roots, one); err == nil || !strings.Contains(err.Error(), "below") {
		t.Errorf("another one that is not there: %v", err)
	}
}
