package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestReadFolder: what belongs to an archive is not offered to be imported; its
// copies can be opened.
func TestReadFolder(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a.txt", "county.fonds", "county.fonds-wal", "county.fonds-shm", "county.copies/county 2026-11-23.fonds", "notes.copies/x.txt", "old.fonds-journal"} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("x"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for kind, want := range map[pickKind]string{
		pickFiles:   "notes.copies a.txt",
		pickArchive: "county.copies notes.copies county.fonds",
	} {
		all, err := readFolder(dir, kind)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, c := range all {
			got = append(got, c.name)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%d: got %q, want %q", kind, got, want)
		}
	}
}
