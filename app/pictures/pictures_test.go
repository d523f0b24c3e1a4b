package pictures

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"testing"
)

var ctx = context.Background()

// pdfOf is a PDF of one page of w by h points with a black square at (x, y) from its lower left corner, turned.
func pdfOf(w, h, x, y, side, turned int) []byte {
	var b bytes.Buffer
	var at []int
	obj := func(s string) {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(at), s)
	}
	b.WriteString("%PDF-1.4\n")
	obj("<</Type/Catalog/Pages 2 0 R>>")
	obj("<</Type/Pages/Kids[3 0 R]/Count 1>>")
	obj(fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Rotate %d/Contents 4 0 R>>", w, h, turned))
	draw := fmt.Sprintf("0 g %d %d %d %d re f", x, y, side, side)
	obj(fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(draw), draw))
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return b.Bytes()
}

func dark(m *image.RGBA, x, y int) bool { return m.RGBAAt(m.Rect.Min.X+x, m.Rect.Min.Y+y).R < 60 }

// TestPageOfPDF: a page of a PDF is as large as regions count on it, and its parts join on exactly, at every shrink and
// turned.
func TestPageOfPDF(t *testing.T) {
	for _, turned := range []int{0, 90} {
		f, err := Open(ctx, pdfOf(144, 288, 0, 216, 72, turned), "application/pdf")
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		p, err := f.Page(ctx, 1)
		if err != nil {
			t.Fatal(err)
		}
		w, h := p.Size()
		if wantW, wantH := 600, 1200; turned == 0 && (w != wantW || h != wantH) || turned == 90 && (w != wantH || h != wantW) {
			t.Errorf("turned by %d it is %d x %d", turned, w, h)
		}
		// The square lies at the upper left corner, or turned clockwise at the upper right one.
		inX, outX := 150, 450
		if turned == 90 {
			inX, outX = w-150, w-450
		}
		for _, shrink := range []int{1, 2, 4} {
			whole, err := p.Region(ctx, image.Rect(0, 0, w, h), shrink)
			if err != nil || whole.Rect.Dx() != (w+shrink-1)/shrink || whole.Rect.Dy() != (h+shrink-1)/shrink {
				t.Fatalf("%v %v", whole.Rect, err)
			}
			if !dark(whole, inX/shrink, 150/shrink) || dark(whole, outX/shrink, 150/shrink) || dark(whole, inX/shrink, 450/shrink) {
				t.Errorf("turned by %d, shrunk by %d the square is not where it is", turned, shrink)
			}
			part, err := p.Region(ctx, image.Rect(256, 128, 512, 384), shrink)
			if err != nil || part.Rect.Dx() != 256/shrink || part.Rect.Dy() != 256/shrink {
				t.Fatalf("%v %v", part.Rect, err)
			}
			for _, q := range []image.Point{{10, 10}, {40, 100}, {200, 60}, {250, 250}} {
				x, y := q.X/shrink, q.Y/shrink
				a, b := part.RGBAAt(x, y), whole.RGBAAt(256/shrink+x, 128/shrink+y)
				if d := int(a.R) - int(b.R); d < -40 || d > 40 {
					t.Errorf("turned by %d, shrunk by %d at %v the part is %v and the whole %v", turned, shrink, q, a, b)
				}
			}
		}
	}
}

// TestWhole: the picture of a page is at most as large as is asked for, and says how large.
func TestWhole(t *testing.T) {
	m := image.NewRGBA(image.Rect(0, 0, 300, 150))
	for i := range m.Pix {
		m.Pix[i] = 255
	}
	m.SetRGBA(10, 10, color.RGBA{A: 255})
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	f, err := Open(ctx, b.Bytes(), "image/png")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, most := range []int{5000, 300, 299, 100, 7} {
		got, scale, err := f.Whole(ctx, 1, most)
		if err != nil {
			t.Fatal(err)
		}
		if w := got.Rect.Dx(); w > most || w != int(300*scale+0.5) || got.Rect.Dy() < 1 || most >= 300 && w != 300 {
			t.Errorf("at most %d: %v, scale %v", most, got.Rect, scale)
		}
	}
	if _, err := f.Page(ctx, 2); err == nil {
		t.Error("there is a second page")
	}
	if _, err := f.Page(ctx, 0); err == nil {
		t.Error("there is a page before the first")
	}
}
