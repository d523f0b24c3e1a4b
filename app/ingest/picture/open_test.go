package picture

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"os"
	"strings"
	"testing"
	"time"

	"golang.org/x/image/bmp"

	"fonds/app/ingest/content"
)

func TestOrientation(t *testing.T) {
	m := photo(96, 64)
	plain := jpegOf(t, m)
	for orient := 1; orient <= 8; orient++ {
		data := withSegment(plain, 0xE1, exifMark+string(tiffFile(binary.LittleEndian, []tag{{274, 3, "", []uint32{uint32(orient)}}})))
		s := open(t, data, 0)
		got := all(t, s, 1)
		want := image.NewRGBA(got.Rect)
		as := all(t, open(t, plain, 0), 1)
		for y := range 64 {
			for x := range 96 { // By the words of the standard: which side of the stored picture is which.
				tx, ty := map[int][2]int{1: {x, y}, 2: {95 - x, y}, 3: {95 - x, 63 - y}, 4: {x, 63 - y},
					5: {y, x}, 6: {63 - y, x}, 7: {63 - y, 95 - x}, 8: {y, 95 - x}}[orient][0], 0
				ty = map[int]int{1: y, 2: y, 3: 63 - y, 4: 63 - y, 5: x, 6: x, 7: 95 - x, 8: 95 - x}[orient]
				want.SetRGBA(tx, ty, as.RGBAAt(x, y))
			}
		}
		alike(t, got, want, 0)
		for _, shrink := range []int{1, 2, 4, 8} {
			whole := all(t, s, shrink)
			r := image.Rect(16, 8, 48, 40)
			part, err := s.Region(background, r, shrink)
			if err != nil {
				t.Fatal(err)
			}
			small := image.Rect(r.Min.X/shrink, r.Min.Y/shrink, r.Max.X/shrink, r.Max.Y/shrink)
			alike(t, part, whole.SubImage(small), 0)
		}
	}
}

func TestOtherKinds(t *testing.T) {
	m := photo(120, 90)
	var g, b bytes.Buffer
	if err := errors.Join(gif.Encode(&g, m, nil), bmp.Encode(&b, m)); err != nil {
		t.Fatal(err)
	}
	alike(t, all(t, open(t, b.Bytes(), 0), 1), m, 0)
	want, err := gif.Decode(bytes.NewReader(g.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	alike(t, all(t, open(t, g.Bytes(), 0), 1), want, 0)
	alike(t, all(t, open(t, pngOf(t, m), 0), 1), m, 0)
	clear := image.NewNRGBA(image.Rect(0, 0, 10, 10))
	clear.SetNRGBA(0, 0, color.NRGBA{255, 0, 0, 128})
	got := all(t, open(t, pngOf(t, clear), 0), 1)
	if got.RGBAAt(5, 5) != (color.RGBA{255, 255, 255, 255}) || got.RGBAAt(0, 0).G != 127 {
		t.Error("what is clear is not white:", got.RGBAAt(5, 5), got.RGBAAt(0, 0))
	}
	webp := run(t, pngOf(t, m), "convert", "png:in", "-define", "webp:lossless=true", "webp:out")
	if Kind(webp) == WebP {
		alike(t, all(t, open(t, webp, 0), 1), m, 0)
	}
	for shrink := 2; shrink <= 64; shrink *= 2 {
		s := all(t, open(t, pngOf(t, m), 0), shrink)
		if s.Rect != image.Rect(0, 0, up(120, shrink), up(90, shrink)) {
			t.Error(shrink, s.Rect)
		}
		if c := s.RGBAAt(s.Rect.Dx()/2, s.Rect.Dy()/2); c.R < 100 || c.R > 200 {
			t.Error(shrink, c)
		}
	}
}

func TestJP2IsHanded(t *testing.T) {
	data := jp2("")
	_, err := Open(background, data, 0, Options{})
	refused(t, err, content.Needs)
	o := Options{JP2: func(context.Context, []byte) (image.Image, error) { return photo(40, 30), nil }}
	m, err := Decode(background, data, 0, o)
	if err != nil {
		t.Fatal(err)
	}
	alike(t, m, photo(40, 30), 0)
	o.JP2 = func(context.Context, []byte) (image.Image, error) { return photo(41, 30), nil }
	_, err = Open(background, data, 0, o)
	refused(t, err, content.Damaged)
}

// The reader of rows gives what image/png gives, of every kind.
func TestPNGRows(t *testing.T) {
	r := image.Rect(0, 0, 61, 47)
	gray, gray16, rgba64, nrgba := image.NewGray(r), image.NewGray16(r), image.NewRGBA64(r), image.NewNRGBA(r)
	few, many := image.NewPaletted(r, color.Palette{color.White, color.Black, color.RGBA{9, 8, 7, 255}}), image.NewPaletted(r, nil)
	for i := range 200 {
		many.Palette = append(many.Palette, color.RGBA{uint8(i), uint8(255 - i), 7, 255})
	}
	for y := range 47 {
		for x := range 61 {
			gray.SetGray(x, y, color.Gray{uint8(x * y)})
			gray16.SetGray16(x, y, color.Gray16{uint16(x*y) << 4})
			rgba64.SetRGBA64(x, y, color.RGBA64{uint16(x) << 9, uint16(y) << 9, 77, 65535})
			nrgba.SetNRGBA(x, y, color.NRGBA{uint8(x), uint8(y), 99, uint8(x + y)})
			few.SetColorIndex(x, y, uint8((x+y)%3))
			many.SetColorIndex(x, y, uint8((x*y)%200))
		}
	}
	for i, m := range []image.Image{gray, gray16, rgba64, nrgba, few, many, photo(61, 47)} {
		data := pngOf(t, m)
		src, err := openPNG(background, data, page{size: r.Size(), orient: 1})
		if err != nil {
			t.Fatal(i, err)
		}
		got, err := src.region(background, r, 1)
		if err != nil {
			t.Fatal(err)
		}
		alike(t, got, all(t, open(t, data, 0), 1), 1)
	}
}

// A picture that would need too much memory unpacked is kept reduced, and says so.
func TestPNGTooLarge(t *testing.T) {
	if os.Getenv("FONDS_LONG") == "" {
		t.Skip("it unpacks 432 MB: FONDS_LONG does")
	}
	b := onlyRows(12000, 9000, [3]byte{200, 100, 50})
	start := time.Now()
	s := open(t, b, 0)
	if s.Finest() != 2 || s.Held() > Memory {
		t.Errorf("finest %d, %d bytes", s.Finest(), s.Held())
	}
	t.Logf("108 megapixels of PNG: %v, %d MB kept", time.Since(start), s.Held()>>20)
	got, err := s.Region(background, image.Rect(11000, 8000, 12000, 9000), 2)
	if err != nil || got.Rect != image.Rect(0, 0, 500, 500) || got.RGBAAt(499, 499) != (color.RGBA{200, 100, 50, 255}) {
		t.Error(got.Rect, got.RGBAAt(499, 499), err)
	}
	_, err = s.Region(background, image.Rect(0, 0, 100, 100), 1)
	refused(t, err, content.TooMuch)
	_, err = Decode(background, b, 0, Options{})
	refused(t, err, content.TooMuch)
}

func TestTruncated(t *testing.T) {
	m := photo(400, 300)
	for name, data := range map[string][]byte{"jpeg": jpegOf(t, m), "png": pngOf(t, m)} {
		s := open(t, data[:len(data)/2], 0)
		got := all(t, s, 1)
		if s.Damage() == "" {
			t.Errorf("%s: half of it is missing, and nothing says so", name)
		}
		alike(t, got.SubImage(image.Rect(0, 0, 400, 8)), m.SubImage(image.Rect(0, 0, 400, 8)), 30)
		if c := got.RGBAAt(399, 299); c != (color.RGBA{128, 128, 128, 255}) {
			t.Errorf("%s: what is missing is %v", name, c)
		}
		for n := 0; n < len(data); n += len(data)/40 + 1 {
			_, _ = Read(background, data[:n])
			_, _ = Decode(background, data[:n], 0, Options{})
		}
	}
}

func TestSmallAndThumbnail(t *testing.T) {
	big := jpegOf(t, photo(1600, 1200))
	var small bytes.Buffer
	_ = jpeg.Encode(&small, photo(160, 120), nil)
	first := []tag{{274, 3, "", []uint32{6}}}
	at := uint32(len(tiffFile(binary.LittleEndian, first, []tag{{513, 4, "", []uint32{0}}, {514, 4, "", []uint32{0}}})))
	block := append(tiffFile(binary.LittleEndian, first, []tag{{513, 4, "", []uint32{at}}, {514, 4, "", []uint32{uint32(small.Len())}}}), small.Bytes()...)
	data := withSegment(big, 0xE1, exifMark+string(block))
	thumb, err := Thumbnail(background, data)
	if err != nil || thumb.Rect != image.Rect(0, 0, 120, 160) {
		t.Fatal(thumb, err)
	}
	for side, want := range map[int]image.Point{100: {60, 80}, 160: {120, 160}, 500: {300, 400}, 2000: {1200, 1600}} {
		m, err := DecodeSmall(background, data, 0, side, Options{})
		if err != nil || m.Bounds().Size() != want {
			t.Errorf("%d: %v, %v", side, m.Bounds(), err)
		}
	}
	if _, err := Thumbnail(background, big); err == nil {
		t.Error("there is none, and it was given")
	}
}

func TestStops(t *testing.T) {
	data := jpegOf(t, photo(4000, 3000))
	ctx, cancel := context.WithCancel(background)
	cancel()
	if _, err := Open(ctx, data, 0, Options{}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	s := open(t, data, 0)
	if _, err := s.Region(ctx, image.Rect(0, 0, 4000, 3000), 1); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// onlyRows is a PNG file of one colour, made without a picture of its size.
func onlyRows(w, h int, c [3]byte) []byte {
	row := append([]byte{0}, bytes.Repeat(c[:], w)...)
	var packed bytes.Buffer
	z, _ := zlib.NewWriterLevel(&packed, zlib.BestSpeed)
	for range h {
		_, _ = z.Write(row)
	}
	_ = z.Close()
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, uint32(w)), uint32(h))
	out := withChunk([]byte("\x89PNG\r\n\x1A\n"+strings.Repeat(" ", 25)), "IDAT", packed.String())
	return append(append([]byte("\x89PNG\r\n\x1A\n\x00\x00\x00\x0DIHDR"), append(head, 8, 2, 0, 0, 0, 0, 0, 0, 0)...), out[33:]...)
}

func FuzzRead(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		start := time.Now()
		c, err := Read(background, data)
		var r *content.Refusal
		if err != nil && !errors.As(err, &r) {
			t.Fatal(err)
		}
		if err == nil {
			for _, s := range c.Said {
				if s.Value == "" || clean(s.Value) != s.Value {
					t.Fatalf("%+q", s)
				}
			}
			again, _ := Read(background, data)
			if fmt.Sprint(c) != fmt.Sprint(again) {
				t.Fatal("read twice it is another")
			}
		}
		if d := time.Since(start); d > 2*time.Second {
			t.Fatal(d)
		}
	})
}

func FuzzDecode(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		start := time.Now()
		c, err := Read(background, data)
		if err != nil || c.Pages[0].Width*c.Pages[0].Height > 1e6 {
			return
		}
		s, err := Open(background, data, 0, Options{})
		if err != nil {
			return
		}
		if w, h := s.Size(); w != c.Pages[0].Width || h != c.Pages[0].Height {
			t.Fatalf("%d x %d, Read said %v", w, h, c.Pages[0])
		}
		for _, shrink := range []int{1, 2, 8} {
			if shrink >= s.Finest() {
				_, err = s.Region(background, image.Rect(8, 8, c.Pages[0].Width, 500), shrink)
			}
		}
		var r *content.Refusal
		if err != nil && !errors.As(err, &r) {
			t.Fatal(err)
		}
		if d := time.Since(start); d > 2*time.Second {
			t.Fatal(d)
		}
	})
}

func seeds(f *testing.F) {
	plain := jpegOf(f, photo(40, 30))
	f.Add(withSegment(plain, 0xE1, exifMark+exifBlock(binary.LittleEndian)))
	f.Add(withSegment(plain, 0xE1, xmpMark+packet))
	f.Add(withSegment(plain, 0xED, resource(dataset(1, 90, "\x1B%G")+dataset(2, 5, "a")+dataset(2, 55, "19580300"))))
	f.Add(withChunk(pngOf(f, photo(20, 10)), "iTXt", "XML:com.adobe.xmp\x00\x00\x00\x00\x00"+packet))
	f.Add(pngOf(f, image.NewPaletted(image.Rect(0, 0, 9, 9), color.Palette{color.White, color.Black})))
	f.Add(jp2(exifBlock(binary.BigEndian)))
	f.Add(riff("VP8L\x05\x00\x00\x00\x2F\x27\x40\x07\x00\x00", chunk("XMP ", packet)))
	var g, b bytes.Buffer
	_ = gif.Encode(&g, photo(20, 10), nil)
	_ = bmp.Encode(&b, photo(20, 10))
	f.Add(g.Bytes())
	f.Add(b.Bytes())
	for _, compression := range []uint32{1, 2, 3, 4, 5, 6, 7, 8, 32773} {
		for _, tiles := range [][]tag{nil, {{322, 4, "", []uint32{16}}, {323, 4, "", []uint32{16}}}} {
			f.Add(tiffFile(binary.LittleEndian, append([]tag{{256, 4, "", []uint32{40}}, {257, 4, "", []uint32{30}}, {258, 3, "", []uint32{1}},
				{259, 3, "", []uint32{compression}}, {262, 3, "", []uint32{1}}, {273, 4, "", []uint32{8}}, {278, 4, "", []uint32{8}}, {279, 4, "", []uint32{100}}}, tiles...)))
		}
	}
}
