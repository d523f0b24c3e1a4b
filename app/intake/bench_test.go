package intake

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// notices writes n notices of about 8 KB each: a title, labels, paragraphs, and on
// some of them a line that was read in a wrong encoding.
func notices(t testing.TB, dir string, n int) {
	t.Helper()
	words := strings.Fields("会议 研究 了 档案 工作 的 规范化 建设 ， 强调 各 单位 要 按照 要求 抓好 落实 。 与会 同志 认真 讨论 ， 交流 经验 、 提出 建议 。 下一步 将 加强 督促 检查")
	for i := range n {
		var b strings.Builder
		fmt.Fprintf(&b, "某市召开第%d次档案工作会议\n%d.%d.2015 13:35\n本文来源: 某市档案局\n来源: www.example.gov.cn\n", i, 13+i%15, 1+i%12)
		for k := 0; b.Len() < 8000; k++ {
			b.WriteString(words[(i*31+k*k*7+k)%len(words)])
			if k%150 == 149 {
				b.WriteByte('\n')
			}
		}
		if i%20 == 0 {
			b.WriteString("\n鎶婁娇鍛芥斁鍦ㄥ績涓")
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
