package pdf

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// dense is a PDF of so many pages with some 3,000 characters each, as a page of a book has them.
func dense(n int) []byte {
	line := "It was the best of times, it was the worst of times, it was the age of wisdom, 1789"
	all := make([]string, n)
	for i := range all {
		var b strings.Builder
		for j := range 36 {
			b.WriteString(latin(40, 800-20*j, fmt.Sprintf("%d %s", i*36+j, line)))
		}
		all[i] = b.String()
	}
	return pages(all...)
}

// denseHan is such a PDF in Chinese, 1,200 characters a page, without its font.
func denseHan(n int) []byte {
	line := "第一条为了加强档案管理规范档案收集整理工作有效保护利用"
	all := make([]string, n)
	for i := range all {
		var b strings.Builder
		for j := range 40 {
			b.WriteString(han("F2", 20, 800-20*j, line))
		}
		all[i] = b.String()
	}
	return pages(all...)
}

// beside runs a program over a file and says how long it took; false where it is not installed.
func beside(b testing.TB, data []byte, name string, args func(in, out string) []string) (time.Duration, bool) {
	b.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		return 0, false
	}
	in := filepath.Join(b.TempDir(), "in.pdf")
	if err := os.WriteFile(in, data, 0o600); err != nil {
		b.Fatal(err)
	}
	begun := time.Now()
	if err := exec.Command(path, args(in, filepath.Join(b.TempDir(), "out"))...).Run(); err != nil {
		b.Fatal(err)
	}
	return time.Since(begun), true
}

func BenchmarkText(b *testing.B) {
	const n = 100
	for name, data := range map[string][]byte{"Latin": dense(n), "Han": denseHan(n)} {
		b.Run(name, func(b *testing.B) {
			e := engine(b)
			if _, err := e.Read(context.Background(), pages(latin(1, 1, "warm"))); err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if _, err := e.Read(context.Background(), data); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "pages/s")
			took, is := beside(b, data, "pdftotext", func(in, out string) []string { return []string{"-q", in, out} })
			if is {
				b.ReportMetric(n/took.Seconds(), "pdftotext-pages/s")
			}
		})
	}
}

// BenchmarkPicture draws a page at the size of a screen, from a document that stays open.
func BenchmarkPicture(b *testing.B) {
	for name, data := range map[string][]byte{"Latin": dense(1), "Han": denseHan(1)} {
		b.Run(name, func(b *testing.B) {
			d, err := engine(b).Document(context.Background(), data)
			if err != nil {
				b.Fatal(err)
			}
			defer d.Close()
			if _, err := d.Render(context.Background(), 0, 1200, 1600); err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if _, err := d.Render(context.Background(), 0, 1200, 1600); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(b.Elapsed().Seconds()*1000/float64(b.N), "ms/page")
			took, is := beside(b, data, "pdftoppm", func(in, out string) []string {
				return []string{"-q", "-scale-to-x", "1131", "-scale-to-y", "1600", in, out}
			})
			if is {
				b.ReportMetric(took.Seconds()*1000, "pdftoppm-ms")
			}
		})
	}
}
