package storage

import (
	"fmt"
	"math/rand"
	"testing"
	"time"
)

// TestBenchDestroy times how one document of many is destroyed: in the tables,
// then in the index and the journal, then the whole file written anew; beside it
// what merging the whole index takes. Searches are timed too, because they ask
// every part of the index.
func TestBenchDestroy(t *testing.T) {
	needBench(t)
	for _, n := range []int{1000, 100000} {
		a := newArchive(t)
		ids, _ := fill(t, a, n)
		rng := rand.New(rand.NewSource(1))
		var rows, words, file []float64
		for range 3 {
			id := ids[rng.Intn(len(ids))]
			mustApply(t, a, "Zhang", field(id, title, "题名"))
			start := time.Now()
			mustApply(t, a, "Zhang", destroy(id))
			rows = append(rows, time.Since(start).Seconds())
			start = time.Now()
			var at time.Time // when all is done but writing the file anew
			if done, err := a.Erase(ctx, func(what string, _, _ int) {
				if what == "erasing from the file" {
					at = time.Now()
				}
			}); !done || err != nil {
				t.Fatal(done, err)
			}
			words = append(words, at.Sub(start).Seconds())
			file = append(file, time.Since(at).Seconds())
		}
		parts, err := readParts(ctx, a.r)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("BENCH %-46s %10.4g %-12s (to reach: 3, both together)", fmt.Sprintf("destroying one of %d documents: the tables", n), median(rows), "s")
		t.Logf("BENCH %-46s %10.4g %-12s (one of %d parts)", "  its words in the index", median(words), "s", len(parts))
		t.Logf("BENCH %-46s %10.4g %-12s", "  the file written anew", median(file), "s")
		for _, q := range []string{"司法厅召开", "监狱", "第77号", "工作会议部署"} {
			var took []float64
			for range 5 {
				start := time.Now()
				if _, err := a.List(ctx, Query{Search: q, Limit: 200}); err != nil {
					t.Fatal(err)
				}
				took = append(took, float64(time.Since(start).Microseconds())/1000)
			}
			t.Logf("BENCH %-46s %10.4g %-12s", "  the first 200 documents with "+q, median(took), "ms")
		}
		a.Close()
	}
}
