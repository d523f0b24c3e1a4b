package jpegdc

import (
	"bytes"
	"context"
	"image"
	"image/jpeg"
	"testing"
	"time"
)

// FuzzImage decodes anything: nothing crashes, nothing takes long, and regions have the size they should.
func FuzzImage(f *testing.F) {
	small := encode(f, photo(40, 30), 60)
	f.Add(small)
	var gray bytes.Buffer
	_ = jpeg.Encode(&gray, image.NewGray(image.Rect(0, 0, 20, 20)), nil)
	f.Add(gray.Bytes())
	for _, args := range [][]string{
		{"cjpeg", "-progressive"}, {"cjpeg", "-restart", "1B"}, {"cjpeg", "-sample", "2x1", "-progressive", "-restart", "2B"}, {"cjpeg", "-rgb"},
	} {
		f.Add(through(f, ppm(photo(40, 30)), args...))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		start := time.Now()
		im, err := Open(data)
		if err != nil {
			return
		}
		w, h := im.Size()
		if w*h > 4e6 {
			return
		}
		ctx := context.Background()
		if im.First(ctx) != nil {
			return
		}
		if err := im.Rest(ctx, 1<<26); err != nil {
			t.Fatal(err)
		}
		for _, shrink := range []int{1, 2, 4, 8, 16} {
			if shrink < im.Finest() {
				continue
			}
			got, err := im.Region(ctx, image.Rect(w/3, h/3, w, h), shrink)
			if err != nil || got.Rect.Max.X != up(w, shrink) {
				t.Fatal(w, h, shrink, err)
			}
		}
		if d := time.Since(start); d > 2*time.Second {
			t.Fatalf("%v for %d bytes, %dx%d", d, len(data), w, h)
		}
	})
}
