package storage

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestBenchRecover measures a recovery beside the import that made the archive.
func TestBenchRecover(t *testing.T) {
	needBench(t)
	const n = 10_000
	a := newArchive(t)
	_, took := fill(t, a, n)
	a.Close()
	st, err := os.Stat(a.Path())
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	r, err := Recover(ctx, a.Path(), filepath.Join(t.TempDir(), "new.fonds"), "Li", RecoverOptions{})
	if err != nil || !r.Whole() || r.Documents != n {
		t.Fatalf("%+v %v", r, err)
	}
	t.Logf("recovering %d documents (%d MB): %.1f s, importing them %.1f s", n, st.Size()>>20, time.Since(start).Seconds(), took.Seconds())
}
