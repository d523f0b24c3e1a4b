package jpegdc

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// photo makes a picture with colours in it, of any size.
func photo(w, h int) *image.RGBA {
	r := rand.New(rand.NewPCG(uint64(w), uint64(h)))
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.SetRGBA(x, y, color.RGBA{uint8(x*3 + int(r.Uint32()>>28)), uint8(y * 2), uint8((x ^ y) + int(r.Uint32()>>29)), 255})
		}
	}
	return m
}

// through runs a program of libjpeg over data; the test is skipped where it is not installed.
func through(t testing.TB, data []byte, args ...string) []byte {
	t.Helper()
	if _, err := exec.LookPath(args[0]); err != nil {
		t.Skipf("%s is not installed (libjpeg-turbo-progs)", args[0])
	}
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Stdin = bytes.NewReader(data)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %v", args, err)
	}
	return out
}

func ppm(m *image.RGBA) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "P6\n%d %d\n255\n", m.Rect.Dx(), m.Rect.Dy())
	for i := 0; i < len(m.Pix); i += 4 {
		b.Write(m.Pix[i : i+3])
	}
	return b.Bytes()
}

// same compares with image/jpeg: planes to within 1, so colours to within 4 at most.
func same(t *testing.T, data []byte) {
	t.Helper()
	want, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal("image/jpeg:", err)
	}
	im := open(t, data)
	if err := im.Rest(context.Background(), 1<<30); err != nil {
		t.Fatal(err)
	}
	if im.Damage() != "" {
		t.Error("damage:", im.Damage())
	}
	planesAgree(t, im, want)
	got, err := im.Region(context.Background(), want.Bounds(), 1)
	if err != nil || got.Rect != want.Bounds() {
		t.Fatal(got.Rect, want.Bounds(), err)
	}
	far := 0
	for y := range got.Rect.Dy() {
		for x := range got.Rect.Dx() {
			if !near(got.RGBAAt(x, y), color.RGBAModel.Convert(want.At(x, y)).(color.RGBA), 4) {
				far++
			}
		}
	}
	if far > 0 {
		t.Errorf("%d pixels of %v are not those of image/jpeg", far, got.Rect)
	}
	pieces(t, im, got)
	eighth(t, im)
}

// sameAsLibjpeg compares with the pixels of libjpeg's program.
func sameAsLibjpeg(t *testing.T, data, want []byte) {
	t.Helper()
	im := open(t, data)
	if err := im.Rest(context.Background(), 1<<30); err != nil {
		t.Fatal(err)
	}
	got, err := im.Region(context.Background(), image.Rect(0, 0, im.width, im.height), 1)
	if err != nil {
		t.Fatal(err)
	}
	pix := want[len(want)-3*im.width*im.height:]
	for i := 0; i < im.width*im.height; i++ {
		a, b := got.Pix[4*i:4*i+3], pix[3*i:3*i+3]
		if !near(color.RGBA{a[0], a[1], a[2], 255}, color.RGBA{b[0], b[1], b[2], 255}, 4) {
			t.Fatalf("pixel %d is %v, libjpeg says %v", i, a, b)
		}
	}
	pieces(t, im, got)
}

// planesAgree compares samples before colours are made of them.
func planesAgree(t *testing.T, im *Image, want image.Image) {
	t.Helper()
	var theirs [][]uint8
	var pitch []int
	switch m := want.(type) {
	case *image.YCbCr:
		theirs, pitch = [][]uint8{m.Y, m.Cb, m.Cr}, []int{m.YStride, m.CStride, m.CStride}
	case *image.Gray:
		theirs, pitch = [][]uint8{m.Pix}, []int{m.Stride}
	default:
		return
	}
	ours := im.whole(8)
	for i, c := range im.comps {
		w, h := up(im.width*c.h, im.hMax), up(im.height*c.v, im.vMax)
		for y := range h {
			for x := range w {
				a, b := int(ours.pix[i][y*ours.pitch[i]+x]), int(theirs[i][y*pitch[i]+x])
				if a-b > 1 || b-a > 1 {
					t.Fatalf("component %d at %d,%d is %d, image/jpeg says %d", i, x, y, a, b)
				}
			}
		}
	}
}

// whole is all planes with n samples a block.
func (im *Image) whole(n int) *planes {
	p := &planes{n: n, x1: im.mcusX, y1: im.mcusY}
	for _, c := range im.comps {
		p.pix, p.pitch = append(p.pix, make([]uint8, c.bw*c.bh*n*n)), append(p.pitch, c.bw*n)
	}
	if im.progressive {
		im.transform8(p)
	}
	for _, s := range im.scans {
		im.blocks(s, p)
	}
	return p
}

// pieces cuts rectangles out: each is what it is in the whole.
func pieces(t *testing.T, im *Image, whole *image.RGBA) {
	t.Helper()
	r := rand.New(rand.NewPCG(3, 4))
	for _, shrink := range []int{1, 2, 4, 8, 16, 32} {
		all := whole
		if shrink > 1 {
			all, _ = im.Region(context.Background(), whole.Rect, shrink)
		}
		if all.Rect.Dx() != up(im.width, shrink) || all.Rect.Dy() != up(im.height, shrink) {
			t.Fatalf("at %d it is %v", shrink, all.Rect)
		}
		for range 6 {
			x, y := r.IntN(im.width), r.IntN(im.height)
			got, err := im.Region(context.Background(), image.Rect(x, y, x+1+r.IntN(200), y+1+r.IntN(200)), shrink)
			if err != nil {
				t.Fatal(err)
			}
			for v := got.Rect.Min.Y; v < got.Rect.Max.Y; v++ {
				for h := got.Rect.Min.X; h < got.Rect.Max.X; h++ {
					if got.RGBAAt(h, v) != all.RGBAAt(h, v) {
						t.Fatalf("shrink %d: %d,%d of %v is %v, in the whole %v", shrink, h, v, got.Rect, got.RGBAAt(h, v), all.RGBAAt(h, v))
					}
				}
			}
		}
	}
}

// eighth compares the picture at an eighth, a quarter and a half with means of the whole. At an eighth they are the same
// but for what is clipped.
func eighth(t *testing.T, im *Image) {
	t.Helper()
	full := im.whole(8)
	for i, c := range im.comps {
		for by := range c.ownH {
			for bx := range c.ownW {
				sum, clipped := 0, false
				for y := range 8 {
					for _, v := range full.pix[i][(8*by+y)*full.pitch[i]+8*bx:][:8] {
						sum += int(v)
						clipped = clipped || v == 0 || v == 255
					}
				}
				mean := (sum + 32) / 64
				if got := int(c.mean[by*c.bw+bx]); !clipped && (got-mean > 1 || mean-got > 1) {
					t.Fatalf("component %d, block %d,%d: %d, its mean is %d", i, bx, by, got, mean)
				}
			}
		}
	}
}

func TestSameAsImageJPEG(t *testing.T) {
	for _, size := range []image.Point{{1, 1}, {7, 9}, {16, 16}, {17, 33}, {640, 401}, {333, 250}} {
		for _, q := range []int{20, 75, 90, 100} {
			t.Run(fmt.Sprintf("%dx%d q%d", size.X, size.Y, q), func(t *testing.T) { same(t, encode(t, photo(size.X, size.Y), q)) })
		}
	}
	g := image.NewGray(image.Rect(0, 0, 301, 203))
	for i := range g.Pix {
		g.Pix[i] = uint8(i * i >> 7)
	}
	t.Run("gray", func(t *testing.T) { same(t, encode(t, g, 85)) })
	t.Run("page", func(t *testing.T) { same(t, encode(t, page(1200, 900), 90)) })
}

func TestSameOfOtherKinds(t *testing.T) {
	source := ppm(photo(421, 317))
	for _, args := range []string{
		"-sample 1x1", "-sample 2x1", "-sample 1x2", "-sample 2x2", "-sample 4x1", "-grayscale",
		"-restart 1B", "-restart 7B", "-restart 1", "-restart 16B -sample 1x1", "-progressive", "-progressive -sample 1x1",
		"-progressive -sample 2x1", "-progressive -grayscale", "-optimize", "-rgb", "-progressive -quality 98",
		"-quality 3", "-baseline -quality 1",
	} {
		t.Run(args, func(t *testing.T) {
			same(t, through(t, source, append([]string{"cjpeg"}, strings.Fields(args)...)...))
		})
	}
	for _, args := range []string{"-sample 2x2,1x2,2x1", "-progressive -sample 2x1 -restart 3"} { // Not read by image/jpeg.
		t.Run(args, func(t *testing.T) {
			data := through(t, source, append([]string{"cjpeg"}, strings.Fields(args)...)...)
			sameAsLibjpeg(t, data, through(t, data, "djpeg", "-ppm", "-nosmooth", "-dct", "int"))
		})
	}
	t.Run("three scans", func(t *testing.T) {
		scans := filepath.Join(t.TempDir(), "scans")
		write(t, scans, "0;\n1;\n2;\n")
		same(t, through(t, source, "cjpeg", "-scans", scans))
	})
	t.Run("DC apart", func(t *testing.T) {
		scans := filepath.Join(t.TempDir(), "scans")
		write(t, scans, "0: 0-0,0,1;\n0: 1-63,0,2;\n1: 0-0,0,0;\n2: 0-0,0,0;\n0: 1-63,2,1;\n0: 1-63,1,0;\n0: 0-0,1,0;\n1: 1-63,0,0;\n2: 1-63,0,0;\n")
		same(t, through(t, source, "cjpeg", "-scans", scans))
	})
}

// Cyan, magenta, yellow and black, as ImageMagick writes them; their colours are those of image/jpeg.
func TestFourColours(t *testing.T) {
	for _, args := range []string{"-quality 90", "-quality 75", "-interlace jpeg"} {
		all := append([]string{"convert", "ppm:-", "-colorspace", "cmyk"}, strings.Fields(args)...)
		data := through(t, ppm(photo(150, 90)), append(all, "jpg:-")...)
		if im := open(t, data); len(im.comps) != 4 {
			t.Fatalf("%d components", len(im.comps))
		}
		same(t, data)
	}
}

// What is progressive and too large is kept at a half or a quarter; the pixels there are those it has when all is kept.
func TestKeptInPart(t *testing.T) {
	data := through(t, ppm(photo(421, 317)), "cjpeg", "-progressive", "-quality", "90")
	all := open(t, data)
	if err := all.Rest(context.Background(), 1<<30); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ memory, finest int }{{1 << 30, 1}, {200_000, 2}, {60_000, 4}} {
		im := open(t, data)
		if err := im.Rest(context.Background(), tt.memory); err != nil {
			t.Fatal(err)
		}
		if im.Finest() != tt.finest {
			t.Fatalf("with %d bytes the finest is %d", tt.memory, im.Finest())
		}
		for shrink := tt.finest; shrink <= 8; shrink *= 2 {
			got, err := im.Region(context.Background(), image.Rect(0, 0, 421, 317), shrink)
			want, err2 := all.Region(context.Background(), image.Rect(0, 0, 421, 317), shrink)
			if err != nil || err2 != nil || !bytes.Equal(got.Pix, want.Pix) {
				t.Errorf("at %d it is another picture: %v, %v", shrink, err, err2)
			}
		}
		if tt.finest > 1 {
			if _, err := im.Region(context.Background(), image.Rect(0, 0, 9, 9), 1); err == nil {
				t.Error("what was not kept was given")
			}
		}
	}
}

// At a half and a quarter the picture is what averaging gives, nearly.
func TestHalfAndQuarter(t *testing.T) {
	im := open(t, encode(t, page(800, 600), 90))
	full := im.whole(8)
	for _, n := range []int{4, 2} {
		f := 8 / n
		less := im.whole(n)
		off, count := 0, 0
		for y := range 600 / f {
			for x := range 800 / f {
				sum := 0
				for v := range f {
					for h := range f {
						sum += int(full.pix[0][(y*f+v)*full.pitch[0]+x*f+h])
					}
				}
				d := sum/(f*f) - int(less.pix[0][y*less.pitch[0]+x])
				off, count = off+max(d, -d), count+1
			}
		}
		if mean := float64(off) / float64(count); mean > 6 {
			t.Errorf("at 1/%d the samples differ from the means by %.1f", f, mean)
		} else {
			t.Logf("at 1/%d the samples differ from the means by %.2f", f, mean)
		}
	}
}

func TestTruncated(t *testing.T) {
	whole := encode(t, photo(400, 400), 80)
	im := open(t, whole[:len(whole)/2])
	if im.Damage() == "" {
		t.Error("half of it is missing, and nothing says so")
	}
	got, err := im.Region(context.Background(), image.Rect(0, 0, 400, 400), 1)
	if err != nil {
		t.Fatal(err)
	}
	want, _ := open(t, whole).Region(context.Background(), image.Rect(0, 0, 400, 400), 1)
	if !bytes.Equal(got.Pix[:400*4*100], want.Pix[:400*4*100]) {
		t.Error("the first quarter is not what it was")
	}
	if c := got.RGBAAt(399, 399); c != (color.RGBA{128, 128, 128, 255}) {
		t.Errorf("what is missing is %v", c)
	}
	for n := range len(whole) / 50 {
		if im, err := Open(whole[:n*50]); err == nil {
			_ = im.First(context.Background())
		}
	}
}
