package export

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fonds/storage"
)

// FONDS_CONFORMANCE names the folder of `make conformance`, in which this leaves
// archives: some that are odd in every way that the tests know, and one with a text
// that is too long for a cell; and a file with the names of the formats. Package
// sample leaves its own archive beside them.
func TestArchivesForConformance(t *testing.T) {
	dir := os.Getenv("FONDS_CONFORMANCE")
	if dir == "" {
		t.Skip("FONDS_CONFORMANCE is not set: it is for make conformance")
	}
	leave := func(name string, a *storage.Archive) {
		if _, err := a.Backup(context.Background(), filepath.Join(dir, name), nil); err != nil {
			t.Fatal(err)
		}
	}
	for seed, name := range []string{"odd0.fonds", "odd1.fonds", "odd2.fonds", "odd3.fonds"} {
		a := worked(t, int64(seed))
		xmlMore(t, a, seed)
		leave(name, a)
	}
	leave("long.fonds", long(t, 200_000))
	if err := os.WriteFile(filepath.Join(dir, "formats"), []byte(strings.Join(Formats(), ",")), 0o666); err != nil {
		t.Fatal(err)
	}
}

// The bags that `make conformance` wrote are valid, to the letter of RFC 8493.
func TestBagsOfConformance(t *testing.T) {
	dir := os.Getenv("FONDS_CONFORMANCE")
	if dir == "" {
		t.Skip("FONDS_CONFORMANCE is not set: it is for make conformance")
	}
	bags, err := filepath.Glob(filepath.Join(dir, "sets", "*", "bagit"))
	if err != nil || len(bags) == 0 {
		t.Fatalf("there is no bag below %s, %v", dir, err)
	}
	for _, bag := range bags {
		if err := checkBag(bag); err != nil {
			t.Errorf("%s: %v", bag, err)
		}
	}
}
