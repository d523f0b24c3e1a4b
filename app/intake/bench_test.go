package intake

import (
	"context"
	"fmt"
	"io/fs"
	"math/rand"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"fonds/assets"
)

// notices writes n notices of about 8 KB each, put together from the paragraphs of
// those of the sample: a title, labels, paragraphs, and on some of them a line that was
// read in a wrong encoding.
func notices(t testing.TB, dir string, n int) {
	t.Helper()
	names, err := fs.Glob(assets.Samples(), "notices/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	var paragraphs []string
	for _, name := range names {
		data, err := fs.ReadFile(assets.Samples(), name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			if len(line) > 200 && !strings.Contains(line, "锛") {
				paragraphs = append(paragraphs, line)
			}
		}
	}
	if len(paragraphs) < 50 {
		t.Fatalf("the sample has %d paragraphs", len(paragraphs))
	}
	rng := rand.New(rand.NewSource(1))
	for i := range n {
		var b strings.Builder
		fmt.Fprintf(&b, "某市召开第%d次档案工作会议\n%d.%d.2015 13:35\n本文来源: 某市档案局\n来源: www.example.gov.cn\n", i, 13+i%15, 1+i%12)
		for b.Len() < 7600 {
			b.WriteString(paragraphs[rng.Intn(len(paragraphs))])
		}
		if i%20 == 0 {
			b.WriteString("鎶婁娇鍛芥斁鍦ㄥ績涓")
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%05d.txt", i)), []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// TestBenchIntake compares an import of 2,000 notices of 8 KB, from the folder on,
// with all that is read in them, with SQLite inserting the rows and the index that it
// leaves, bare, in transactions of the same size, one after the other in the same run.
func TestBenchIntake(t *testing.T) {
	if os.Getenv("FONDS_BENCH") == "" {
		t.Skip("a measurement: make bench")
	}
	const n, rounds, floor = 2000, 5, 0.5
	ctx, dir := context.Background(), t.TempDir()
	notices(t, dir, n)
	var rows bareRows
	var ours, bare, ratios []float64
	for range rounds {
		a := newArchive(t)
		start := time.Now()
		if r, err := Run(ctx, a, "Zhang", []string{dir}, Options{}, nil); err != nil || r.Imported != n {
			t.Fatalf("%+v, %v", r, err)
		}
		ours = append(ours, n/time.Since(start).Seconds())
		if rows == nil {
			rows = readBare(t, a.Path())
		}
		a.Close()
		runtime.GC()
		b := newArchive(t)
		b.Close()
		bare = append(bare, n/rows.write(t, b.Path(), n).Seconds())
		ratios = append(ratios, ours[len(ours)-1]/bare[len(bare)-1])
		t.Logf("%.4g documents/s, bare %.4g", ours[len(ours)-1], bare[len(bare)-1])
	}
	slices.Sort(ours)
	slices.Sort(bare)
	slices.Sort(ratios)
	t.Logf("BENCH %-46s %10.4g %-12s floor %10.4g   ratio %.2f (to reach: at least %.1f)", "import of 8 KB notices with all that is read",
		ours[rounds/2], "documents/s", bare[rounds/2], ratios[rounds/2], floor)
}
