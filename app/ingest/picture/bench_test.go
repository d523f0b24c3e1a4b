package picture

import (
	"context"
	"image"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// BenchmarkScan opens a large file as a window does: the first picture, then what is seen at each step of the zoom, with the
// memory that is in use after it. FONDS_SCANS names the files, by colons.
func BenchmarkScan(b *testing.B) {
	files := os.Getenv("FONDS_SCANS")
	if files == "" {
		b.Skip("FONDS_SCANS names no files")
	}
	for _, file := range strings.Split(files, ":") {
		data, err := os.ReadFile(file)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(filepath.Base(file), func(b *testing.B) {
			start := time.Now()
			s := open(b, data, 0)
			if _, err := s.Small(context.Background(), 1600); err != nil {
				b.Fatal(err)
			}
			b.Logf("%s: first picture %v, finest %d, kept %d MB", file, time.Since(start), s.Finest(), s.Held()>>20)
			w, h := s.Size()
			for shrink := s.Finest(); shrink <= 16; shrink *= 2 {
				var worst time.Duration
				for i := range 12 {
					x, y := max(0, i%4*(w/4)-640)/16*16, max(0, i/4*(h/3)-400)/16*16
					start := time.Now()
					if _, err := s.Region(context.Background(), image.Rect(x, y, x+1280*shrink, y+800*shrink), shrink); err != nil {
						b.Fatal(err)
					}
					worst = max(worst, time.Since(start))
				}
				b.Logf("1/%d: %v at worst", shrink, worst)
			}
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			b.Logf("%d MB of the system", m.Sys>>20)
		})
	}
}
