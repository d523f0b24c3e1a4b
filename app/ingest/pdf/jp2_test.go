package pdf

import (
	"context"
	"os"
	"testing"
)

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
