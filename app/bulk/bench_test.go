package bulk

import (
	"fmt"
	"os"
	"runtime/pprof"
	"testing"
	"time"

	"fonds/storage/archive"
)

// TestBenchRetag renames a tag on many documents, and takes it back.
func TestBenchRetag(t *testing.T) {
	if os.Getenv("FONDS_BENCH") == "" {
		t.Skip("measures; run it by make bench")
	}
	n := 100_000
	fmt.Sscan(os.Getenv("FONDS_RETAG"), &n)
	var texts []string
	for i := range n {
		texts = append(texts, fmt.Sprint("第", i, "件"))
	}
	a, ids := made(t, texts...)
	var edits []*archive.Edit
	for _, id := range ids {
		edits = append(edits, &archive.Edit{Do: "tag.add", Doc: string(id), Tag: "党建"})
	}
	if _, err := a.ApplyMany(ctx, "Zhang", nil, edits...); err != nil {
		t.Fatal(err)
	}
	if to := os.Getenv("FONDS_PROFILE"); to != "" {
		f, err := os.Create(to)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			t.Fatal(err)
		}
		defer pprof.StopCPUProfile()
	}
	start := time.Now()
	w := Work{Do: Retag, Find: "党建", Value: "党务"}
	p, err := w.Plan(ctx, a, ids, false, nil)
	if err != nil {
		t.Fatal(err)
	}
	planned := time.Since(start)
	start = time.Now()
	if _, err := a.ApplyMany(ctx, "Zhang", nil, All(p.Changes)...); err != nil {
		t.Fatal(err)
	}
	done := time.Since(start)
	start = time.Now()
	if _, err := a.Undo(ctx, "Zhang", false); err != nil {
		t.Fatal(err)
	}
	undone := time.Since(start)
	t.Logf("BENCH a tag renamed on %d documents: planned in %.1f s, done in %.1f s, undone in %.1f s (to reach: 5)", n, planned.Seconds(), done.Seconds(), undone.Seconds())
}
