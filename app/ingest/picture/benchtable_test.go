package picture

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"strings"
	"testing"
	"time"
)

// textured is a scan of 12,000 x 9,000 pixels, as a JPEG file: paper with grain and lines on it.
func textured(t *testing.T) []byte {
	t.Helper()
	m := image.NewYCbCr(image.Rect(0, 0, 12000, 9000), image.YCbCrSubsampleRatio420)
	noise := uint32(1)
	for y := range 9000 {
		row := m.Y[y*m.YStride : y*m.YStride+12000]
		for x := range row {
			noise = noise*1664525 + 1013904223
			row[x] = 200 + byte(noise>>27)
			if y%120 < 40 && (x/17+y/9)%3 == 0 {
				row[x] -= 150
			}
		}
	}
	for i := range m.Cb {
		m.Cb[i], m.Cr[i] = 118, 136
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 90}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// objects is how many bytes the heap has, garbage that was not swept yet too.
func objects() uint64 {
	s := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}

// atMost runs f and says how many bytes more the heap had at most.
func atMost(f func()) (more int64) {
	debug.FreeOSMemory()
	base, stop, done := objects(), make(chan bool), make(chan uint64)
	go func() {
		most := uint64(0)
		for {
			most = max(most, objects())
			select {
			case <-stop:
				done <- most
				return
			case <-time.After(time.Millisecond):
			}
		}
	}()
	f()
	close(stop)
	return int64(<-done) - int64(base)
}

func at(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// TestBenchScan opens a scan of 108 megapixels as a window does, and decodes it by image/jpeg in the same run.
func TestBenchScan(t *testing.T) {
	if os.Getenv("FONDS_BENCH") == "" {
		t.Skip("a measurement: make bench")
	}
	data := textured(t)
	var first, step time.Duration
	var steps []string
	memory := atMost(func() {
		begun := time.Now()
		s := open(t, data, 0)
		if _, err := s.Small(background, 1600); err != nil {
			t.Fatal(err)
		}
		first = time.Since(begun)
		// A step of zooming paints what is there at once (widgets/pyramid measures that); it gets sharp tile by tile. What
		// is smaller than the first picture is made of that.
		for shrink := s.Finest(); shrink*1600 < 12000; shrink *= 2 {
			worst := time.Duration(0)
			for i := range 12 {
				x, y := i%4*2900/16*16, i/4*2900/16*16
				begun := time.Now()
				if _, err := s.Region(background, image.Rect(x, y, min(x+512*shrink, 12000), min(y+512*shrink, 9000)), shrink); err != nil {
					t.Fatal(err)
				}
				worst = max(worst, time.Since(begun))
			}
			step = max(step, worst)
			steps = append(steps, fmt.Sprintf("1/%d %.1f", shrink, at(worst)))
		}
	})
	var alone time.Duration
	decoded := atMost(func() {
		begun := time.Now()
		if _, err := jpeg.Decode(bytes.NewReader(data)); err != nil {
			t.Fatal(err)
		}
		alone = time.Since(begun)
	})
	name := "a scan of 108 megapixels, JPEG of "
	t.Logf("BENCH %-46s %10.1f %-12s image/jpeg alone %.1f   (to reach: at most 600)", fmt.Sprintf("%s%d MB: first", name, len(data)>>20), at(first), "ms", at(alone))
	t.Logf("BENCH %-46s %10.1f %-12s the slowest of 12 at each level: %s", "  a tile of 512 x 512 made sharp, at most", at(step), "ms", strings.Join(steps, ", "))
	t.Logf("BENCH %-46s %10d %-12s image/jpeg alone %d   (to reach: at most 300, with the pictures that it gave)", "  memory beside the file, at most", memory>>20, "MB", decoded>>20)
	if first > 600*time.Millisecond || memory > 300<<20 {
		t.Errorf("it missed what is to be reached, or the machine was busy")
	}
}
