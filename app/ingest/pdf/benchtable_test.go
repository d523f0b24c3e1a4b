package pdf

import (
	"context"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"
)

// TestBenchPDF prints how fast pages are read and drawn, beside poppler in the same run.
func TestBenchPDF(t *testing.T) {
	if os.Getenv("FONDS_BENCH") == "" {
		t.Skip("a measurement: make bench")
	}
	const n = 100
	ctx, e := context.Background(), engine(t)
	if _, err := e.Read(ctx, pages(latin(1, 1, "warm"))); err != nil {
		t.Fatal(err)
	}
	for _, f := range []struct {
		name string
		data []byte
	}{{"Latin, 3,000 characters a page", dense(n)}, {"Chinese, 1,100 characters a page", denseHan(n)}} {
		begun := time.Now()
		if _, err := e.Read(ctx, f.data); err != nil {
			t.Fatal(err)
		}
		ours := n / time.Since(begun).Seconds()
		rival := "not installed"
		if took, is := beside(t, f.data, "pdftotext", func(in, out string) []string { return []string{"-q", in, out} }); is {
			rival = fmt.Sprintf("%.1f", n/took.Seconds())
		}
		t.Logf("BENCH %-46s %10.1f %-12s pdftotext %10s   (to reach: at least 30)", "PDF text: "+f.name, ours, "pages/s", rival)
		if ours < 30 {
			t.Errorf("%.1f pages a second", ours)
		}
		d, err := e.Document(ctx, f.data)
		if err != nil {
			t.Fatal(err)
		}
		var all []time.Duration
		for i := range 21 {
			begun := time.Now()
			if _, err := d.Render(ctx, i, 1280, 1810); err != nil {
				t.Fatal(err)
			}
			all = append(all, time.Since(begun))
		}
		d.Close()
		all = all[1:] // the first warms it
		slices.Sort(all)
		rival = "not installed"
		if took, is := beside(t, f.data, "pdftoppm", func(in, out string) []string {
			return []string{"-q", "-f", "1", "-l", "20", "-scale-to-x", "1280", "-scale-to-y", "1810", in, out}
		}); is {
			rival = fmt.Sprintf("%.1f", float64(took.Microseconds())/20_000)
		}
		middle, worst := ms(all[len(all)/2]), ms(all[len(all)-1])
		t.Logf("BENCH %-46s %10.1f %-12s pdftoppm  %10s   (to reach: at most 150), slowest %.1f", "PDF page as a picture, 1280 wide: "+f.name, middle, "ms", rival, worst)
		if middle > 150 {
			t.Errorf("a page takes %.1f ms", middle)
		}
	}
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
