package jpegdc

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
	"os"
	"testing"
	"time"
)

// page makes a scan of w x h pixels: paper with its grain, and lines of strokes like script.
func page(w, h int) *image.YCbCr {
	r := rand.New(rand.NewPCG(1, 2))
	m := image.NewYCbCr(image.Rect(0, 0, w, h), image.YCbCrSubsampleRatio420)
	for y := range h {
		for x := range w {
			v := 225 + int(r.Uint32()>>29) - 4
			if y%60 < 34 && x%40 < 28 && ((x/5+y/7)*2654435761>>8)%3 == 0 {
				v = 40 + int(r.Uint32()>>28)
			}
			m.Y[y*m.YStride+x] = uint8(v)
		}
	}
	for i := range m.Cb {
		m.Cb[i], m.Cr[i] = uint8(120+r.Uint32()>>31), uint8(134+r.Uint32()>>31)
	}
	return m
}

func encode(t testing.TB, m image.Image, q int) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: q}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func open(t testing.TB, data []byte) *Image {
	im, err := Open(data)
	if err == nil {
		err = im.First(context.Background())
	}
	if err != nil {
		t.Fatal(err)
	}
	return im
}

var huge []byte

func hugeFile(b *testing.B) []byte {
	if huge == nil {
		const at = "/dev/shm/fonds-108mp.jpg"
		huge, _ = os.ReadFile(at)
		if huge == nil {
			huge = encode(b, page(12000, 9000), 90)
			_ = os.WriteFile(at, huge, 0o600)
		}
	}
	b.ReportMetric(float64(len(huge))/1e6, "MB-file")
	return huge
}

func BenchmarkStd108(b *testing.B) {
	data := hugeFile(b)
	for b.Loop() {
		if _, err := jpeg.Decode(bytes.NewReader(data)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFirst108(b *testing.B) {
	data := hugeFile(b)
	for b.Loop() {
		open(b, data)
	}
}

func BenchmarkZoom108(b *testing.B) {
	im := open(b, hugeFile(b))
	for _, shrink := range []int{1, 2, 4, 8, 16} {
		var worst, all time.Duration
		n := 0
		for y := 0; y+800*shrink <= 9000+shrink*800; y += 1600 {
			for x := 0; x < 12000; x += 2500 {
				start := time.Now()
				if _, err := im.Region(context.Background(), image.Rect(x, y, x+1280*shrink, y+800*shrink), shrink); err != nil {
					b.Fatal(err)
				}
				d := time.Since(start)
				worst, all, n = max(worst, d), all+d, n+1
			}
		}
		b.Logf("shrink %d: mean %v, worst %v", shrink, all/time.Duration(n), worst)
	}
	for b.Loop() {
		if _, err := im.Region(context.Background(), image.Rect(3000, 3000, 3000+1280, 3800), 1); err != nil {
			b.Fatal(err)
		}
	}
}

// Of a progressive file of 108 megapixels, made by jpegtran: the first picture, then all that is kept within 224 MB.
func BenchmarkProgressive108(b *testing.B) {
	const at = "/dev/shm/fonds-108mp-progressive.jpg"
	data, err := os.ReadFile(at)
	if err != nil {
		data = through(b, hugeFile(b), "jpegtran", "-progressive")
		_ = os.WriteFile(at, data, 0o600)
	}
	for b.Loop() {
		start := time.Now()
		im := open(b, data)
		first := time.Since(start)
		start = time.Now()
		if err := im.Rest(context.Background(), 224<<20); err != nil {
			b.Fatal(err)
		}
		rest := time.Since(start)
		start = time.Now()
		f := im.Finest()
		if _, err := im.Region(context.Background(), image.Rect(3000, 3000, 3000+1280*f, 3000+800*f), f); err != nil {
			b.Fatal(err)
		}
		b.Logf("first %v, rest %v, finest 1/%d, region %v", first, rest, f, time.Since(start))
	}
}

func near(a, b color.RGBA, by int) bool {
	d := func(x, y uint8) bool { return int(x)-int(y) <= by && int(y)-int(x) <= by }
	return d(a.R, b.R) && d(a.G, b.G) && d(a.B, b.B)
}

func write(t testing.TB, path, text string) {
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
