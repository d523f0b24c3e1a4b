package picture

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/png"
	"strings"
	"testing"
	"time"

	"fonds/app/ingest/content"
)

// TIFF of every kind that ImageMagick and libtiff write, against the pixels that ImageMagick reads of it.
func TestTIFFKinds(t *testing.T) {
	source := pngOf(t, photo(203, 151))
	for _, args := range []string{
		"-compress none", "-compress lzw", "-compress zip", "-compress rle", "-compress jpeg -quality 90", "-compress jpeg -colorspace gray",
		"-monochrome -compress group4", "-monochrome -compress group4 -define quantum:polarity=min-is-black",
		"-monochrome -compress none", "-monochrome -compress lzw -define tiff:fill-order=lsb", "-colorspace cmyk -compress lzw", "-colorspace cmyk -compress jpeg",
		"-colorspace gray -depth 1", "-colorspace gray -depth 4", "-colorspace gray -depth 2 -compress zip", "-colorspace gray -depth 8 -compress zip", "-colorspace gray -depth 16 -compress lzw",
		"-depth 16 -compress zip -define tiff:predictor=2", "-type palette -colors 200 -compress lzw", "-type palette -colors 12 -depth 4",
		"-compress zip -define tiff:predictor=2", "-define tiff:tile-geometry=64x64 -compress lzw", "-define tiff:tile-geometry=128x32 -compress jpeg",
		"-define tiff:rows-per-strip=7 -compress zip", "-endian msb -depth 16", "-endian msb -compress lzw", "-interlace plane -compress zip",
		"-alpha set -channel A -evaluate set 60% +channel -compress zip", "-monochrome -compress fax", "-alpha set -compress jpeg -quality 90",
	} {
		t.Run(args, func(t *testing.T) {
			made := run(t, source, append(append([]string{"convert", "png:in"}, strings.Fields(args)...), "tiff:out")...)
			flat := run(t, made, "convert", "tiff:in", "-background", "white", "-flatten", "-colorspace", "sRGB", "-depth", "8", "png:out")
			want, err := png.Decode(bytes.NewReader(flat))
			if err != nil {
				t.Fatal(err)
			}
			s, err := Open(background, made, 0, Options{})
			if err != nil {
				t.Fatal(err)
			}
			by := 1
			if strings.Contains(args, "jpeg") {
				by = 60 // Chroma is widened otherwise.
			}
			got := all(t, s, 1)
			if s.Damage() != "" {
				t.Error(s.Damage())
			}
			alike(t, got, want, by)
			part, err := s.Region(background, image.Rect(32, 64, 160, 130), 2)
			if err != nil || part.Rect != image.Rect(0, 0, 64, 33) {
				t.Error(part.Rect, err)
			}
		})
	}
}

// Of libtiff's own program: planes apart, old tiles, group 3.
func TestTIFFOfLibtiff(t *testing.T) {
	source := pngOf(t, photo(203, 151))
	made := run(t, source, "convert", "png:in", "-compress", "none", "tiff:out")
	bits := run(t, source, "convert", "png:in", "-monochrome", "-compress", "group4", "tiff:out")
	rows := run(t, made, "tiffcp", "-r", "16", "in", "out")
	for _, args := range []string{"-p separate -c zip:2", "-p separate -t -w 48 -l 32 -c lzw", "-c packbits", "-c jpeg:75", "-c jpeg:r:90", "-B -c lzw:2"} {
		t.Run(args, func(t *testing.T) {
			file := run(t, rows, append(append([]string{"tiffcp"}, strings.Fields(args)...), "in", "out")...)
			by := 1
			if strings.Contains(args, "jpeg") {
				by = 60
			}
			alike(t, all(t, open(t, file, 0), 1), photo(203, 151), by)
		})
	}
	for _, args := range []string{"-c g3:1d", "-c g3:1d:fill", "-c g4", "-c g4 -f lsb2msb", "-c g4 -r 10"} {
		t.Run(args, func(t *testing.T) {
			file := run(t, bits, append(append([]string{"tiffcp"}, strings.Fields(args)...), "in", "out")...)
			s := open(t, file, 0)
			got := all(t, s, 1)
			if s.Damage() != "" {
				t.Fatal(s.Damage())
			}
			alike(t, got, all(t, open(t, bits, 0), 1), 0)
		})
	}
}

func TestTIFFPages(t *testing.T) {
	a := run(t, pngOf(t, photo(60, 40)), "convert", "png:in", "(", "-clone", "0", "-resize", "50%", ")", "(", "-clone", "0", "-rotate", "90", ")", "tiff:out")
	c, err := Read(background, a)
	if err != nil {
		t.Fatal(err)
	}
	want := []content.Page{{Width: 60, Height: 40}, {Width: 30, Height: 20}, {Width: 40, Height: 60}}
	if len(c.Pages) != 3 || c.Pages[0] != want[0] || c.Pages[1] != want[1] || c.Pages[2] != want[2] {
		t.Fatal(c.Pages)
	}
	for i, p := range want {
		if w, h := open(t, a, i).Size(); w != p.Width || h != p.Height {
			t.Error(i, w, h)
		}
	}
	_, err = Open(background, a, 3, Options{})
	refused(t, err, content.Damaged)
}

// A page that nobody reads is an error of that page; the others are read.
func TestTIFFOnePageWrong(t *testing.T) {
	good := []tag{{256, 3, "", []uint32{4}}, {257, 3, "", []uint32{2}}, {258, 3, "", []uint32{8}}, {259, 3, "", []uint32{1}},
		{262, 3, "", []uint32{1}}, {273, 4, "", []uint32{1}}, {277, 3, "", []uint32{1}}, {278, 3, "", []uint32{2}}, {279, 4, "", []uint32{8}}}
	bad := append([]tag(nil), good...)
	bad[3].numbers = []uint32{34712}
	data := tiffFile(binary.LittleEndian, bad, good)
	c, err := Read(background, data)
	if err != nil || len(c.Pages) != 2 {
		t.Fatal(c, err)
	}
	_, err = Open(background, data, 0, Options{})
	refused(t, err, content.Damaged)
	if got := all(t, open(t, data, 1), 1); got.Rect.Dx() != 4 || got.Pix[0] != 'I' {
		t.Error(got)
	}
}

func TestTIFFHostile(t *testing.T) {
	page := func(w, h, block uint32, more ...tag) []tag {
		return append([]tag{{256, 4, "", []uint32{w}}, {257, 4, "", []uint32{h}}, {258, 3, "", []uint32{8}}, {259, 3, "", []uint32{8}},
			{262, 3, "", []uint32{1}}, {273, 4, "", []uint32{8}}, {278, 4, "", []uint32{block}}, {279, 4, "", []uint32{4}}}, more...)
	}
	order := binary.LittleEndian
	loop := tiffFile(order, page(9, 9, 9), page(9, 9, 9))
	order.PutUint32(loop[8+2+8*12+4+2+8*12:], 8)
	many := tiffFile(order, page(9, 9, 9))
	order.PutUint16(many[8:], 65535)
	var overlap []byte // Each directory lies two bytes behind the last, and has as many tags as can be.
	overlap = append(overlap, "II*\x00\x08\x00\x00\x00"...)
	for range 200_000 {
		overlap = append(overlap, 0xFF, 0xFF)
	}
	tests := []struct {
		name string
		data []byte
		read content.Reason // "" where it is read
	}{
		{"loop", loop, ""},
		{"65535 tags", many, ""},
		{"overlapping", overlap, content.Damaged},
		{"huge", tiffFile(order, page(65000, 65000, 65000)), content.TooMuch},
		{"huge strip", tiffFile(order, page(20000, 20000, 20000)), ""},
		{"tiles lie", tiffFile(order, page(100, 100, 9, tag{322, 4, "", []uint32{4_000_000_000}}, tag{323, 4, "", []uint32{16}})), ""},
		{"tiles of nothing", tiffFile(order, page(100, 100, 9, tag{322, 4, "", []uint32{0}}, tag{323, 4, "", []uint32{0}})), ""},
		{"tiny tiles", tiffFile(order, page(20000, 20000, 9, tag{322, 4, "", []uint32{1}}, tag{323, 4, "", []uint32{1}})), ""},
		{"big", []byte("II+\x00\x08\x00\x00\x00\x10\x00\x00\x00\x00\x00\x00\x00"), content.Damaged},
		{"outside", []byte("II*\x00\xFF\xFF\xFF\x7F"), content.Damaged},
		{"no page", tiffFile(order, []tag{{270, 2, "nothing", nil}}), content.Damaged},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			start := time.Now()
			c, err := Read(background, tt.data)
			if tt.read != "" {
				refused(t, err, tt.read)
			} else if err != nil {
				t.Fatal(err)
			}
			if tt.name == "loop" && (len(c.Pages) != 2 || len(c.Lost) != 1) {
				t.Error(c)
			}
			if s, err := Open(background, tt.data, 0, Options{}); err == nil {
				_, _ = s.Small(background, 500)
			}
			if d := time.Since(start); d > 5*time.Second {
				t.Errorf("it took %v", d)
			}
		})
	}
}

// TestTIFFCutShort: a file of which no pixel is there is refused, a page of several is kept and told of.
func TestTIFFCutShort(t *testing.T) {
	page := func(at uint32) []tag {
		return []tag{{256, 3, "", []uint32{4}}, {257, 3, "", []uint32{2}}, {258, 3, "", []uint32{8}}, {259, 3, "", []uint32{1}},
			{262, 3, "", []uint32{1}}, {273, 4, "", []uint32{at}}, {277, 3, "", []uint32{1}}, {278, 3, "", []uint32{2}}, {279, 4, "", []uint32{8}}}
	}
	_, err := Read(background, tiffFile(binary.LittleEndian, page(99_999)))
	refused(t, err, content.Damaged)
	data := tiffFile(binary.LittleEndian, page(8), page(99_999))
	c, err := Read(background, data)
	if err != nil || len(c.Pages) != 2 || len(c.Lost) != 1 || !strings.Contains(c.Lost[0], "page 2") {
		t.Fatal(c, err)
	}
	_, err = Open(background, data, 1, Options{})
	refused(t, err, content.Damaged)
}

// TestCutShort: a picture without its end says so.
func TestCutShort(t *testing.T) {
	m := photo(64, 64)
	for kind, data := range map[string][]byte{PNG: pngOf(t, m), JPEG: jpegOf(t, m)} {
		if c, err := Read(background, data); err != nil || len(c.Lost) != 0 {
			t.Errorf("%s: %v, %v", kind, c, err)
		}
		if c, err := Read(background, data[:len(data)-40]); err != nil || len(c.Lost) != 1 || !strings.Contains(c.Lost[0], "cut short") {
			t.Errorf("%s cut short: %v, %v", kind, c, err)
		}
	}
}
