package pdf

import (
	"context"
	"image"
	"image/color"
	"os"
	"testing"
)

// TestJP2Kinds decodes pictures of our own: 16 bits of grey from white to black, and colours that are transparent.
func TestJP2Kinds(t *testing.T) {
	for file, want := range map[string][2]color.RGBA{
		"testdata/grey16.jp2": {{255, 255, 255, 255}, {0, 0, 0, 255}}, "testdata/clear.jp2": {{255, 255, 255, 255}, {255, 255, 255, 255}},
	} {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		img, err := engine(t).JP2(context.Background(), data, 0, 0)
		if err != nil || img.Rect.Size() != image.Pt(300, 200) {
			t.Fatalf("%s: got %v, %v", file, img, err)
		}
		for i, at := range []image.Point{{150, 1}, {150, 198}} {
			if got := img.RGBAAt(at.X, at.Y); !alike(got, want[i]) {
				t.Errorf("%s: at %v got %v, want %v", file, at, got, want[i])
			}
		}
	}
}

// alike says whether two colours differ by no more than a gradient does from its end.
func alike(a, b color.RGBA) bool {
	near := func(a, b uint8) bool { return max(a, b)-min(a, b) < 8 }
	return near(a.R, b.R) && near(a.G, b.G) && near(a.B, b.B) && a.A == b.A
}

// TestJP2 decodes the one JPEG 2000 picture of the corpora, whole and smaller.
func TestJP2(t *testing.T) {
	data, err := os.ReadFile(shared + "tika-docs/files/testJPEG.jp2")
	if err != nil {
		t.Skip("no corpus of Tika beside the project")
	}
	w, h, err := JP2Size(data)
	if err != nil {
		t.Fatal(err)
	}
	img, err := engine(t).JP2(context.Background(), data, 0, 0)
	if err != nil || img.Rect.Dx() != w || img.Rect.Dy() != h {
		t.Fatalf("got %v, %v, want %d by %d", img, err, w, h)
	}
	t.Log(w, h, img.RGBAAt(w/2, h/2))
	small, err := engine(t).JP2(context.Background(), data, w/2, h)
	if err != nil || small.Rect.Dx() != w/2 {
		t.Fatalf("got %v, %v", small, err)
	}
}
