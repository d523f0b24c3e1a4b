package picture

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"fonds/app/ingest/content"
)

var background = context.Background()

// photo makes a smooth picture with colours in it.
func photo(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.SetRGBA(x, y, color.RGBA{uint8(x * 255 / w), uint8(y * 255 / h), uint8((x + y) * 127 / (w + h)), 255})
		}
	}
	return m
}

func pngOf(t testing.TB, m image.Image) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func jpegOf(t testing.TB, m image.Image) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 92}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// run runs a program in a folder of its own that has the file "in"; it gives the file "out". The test is skipped where the
// program is not installed.
func run(t testing.TB, in []byte, args ...string) []byte {
	t.Helper()
	if _, err := exec.LookPath(args[0]); err != nil {
		t.Skipf("%s is not installed", args[0])
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "in"), in, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Dir = dir
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Skipf("%v: %v %s", args, err, text)
	}
	out, err := os.ReadFile(filepath.Join(dir, "out"))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func open(t testing.TB, data []byte, n int) *Scan {
	t.Helper()
	s, err := Open(background, data, n, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func all(t testing.TB, s *Scan, shrink int) *image.RGBA {
	t.Helper()
	w, h := s.Size()
	m, err := s.Region(background, image.Rect(0, 0, w, h), shrink)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// alike fails where two pictures differ by more than a little anywhere.
func alike(t testing.TB, got, want image.Image, by int) {
	t.Helper()
	if got.Bounds().Size() != want.Bounds().Size() {
		t.Fatalf("its size is %v, not %v", got.Bounds().Size(), want.Bounds().Size())
	}
	a, b := got.Bounds().Min, want.Bounds().Min
	for y := range got.Bounds().Dy() {
		for x := range got.Bounds().Dx() {
			p := color.RGBAModel.Convert(got.At(a.X+x, a.Y+y)).(color.RGBA)
			q := color.RGBAModel.Convert(want.At(b.X+x, b.Y+y)).(color.RGBA)
			d := max(int(p.R)-int(q.R), int(q.R)-int(p.R), int(p.G)-int(q.G), int(q.G)-int(p.G), int(p.B)-int(q.B), int(q.B)-int(p.B))
			if d > by {
				t.Fatalf("pixel %d,%d is %v, not %v", x, y, p, q)
			}
		}
	}
}

func refused(t testing.TB, err error, want content.Reason) {
	t.Helper()
	var r *content.Refusal
	if !errors.As(err, &r) || r.Reason != want {
		t.Fatalf("the answer is %v, not %s", err, want)
	}
}

// said is what Read says, as lines field=value.
func said(t testing.TB, data []byte) (out []string) {
	t.Helper()
	c, err := Read(background, data)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range c.Said {
		out = append(out, s.Field[len("dcterms:"):]+"="+s.Value)
	}
	return out
}

// withSegment puts a segment behind SOI.
func withSegment(data []byte, marker byte, body string) []byte {
	n := len(body) + 2
	return append(append([]byte{0xFF, 0xD8, 0xFF, marker, byte(n >> 8), byte(n)}, body...), data[2:]...)
}

// withChunk puts a chunk behind IHDR of PNG.
func withChunk(data []byte, id, body string) []byte {
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	chunk = append(append(chunk, id...), body...)
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk[4:]))
	return append(append(append([]byte(nil), data[:33]...), chunk...), data[33:]...)
}

// A tag is one of a TIFF file: kind 2 has text, 3 and 4 numbers, 5 fractions.
type tag struct {
	id, kind uint16
	text     string
	numbers  []uint32
}

// tiffFile writes a file of directories, one behind another, then rest.
func tiffFile(order binary.AppendByteOrder, pages ...[]tag) []byte {
	out := []byte("II*\x00")
	if order.String() == "BigEndian" {
		out = []byte("MM\x00*")
	}
	out = order.AppendUint32(out, 8)
	for i, tags := range pages {
		at := len(out)
		extra := at + 2 + 12*len(tags) + 4
		var behind []byte
		out = order.AppendUint16(out, uint16(len(tags)))
		for _, g := range tags {
			value, count := []byte(g.text), len(g.text)
			if g.kind != 2 && g.kind != 7 && g.kind != 1 {
				value, count = nil, len(g.numbers)
				for _, n := range g.numbers {
					if g.kind == 3 {
						value = order.AppendUint16(value, uint16(n))
					} else {
						value = order.AppendUint32(value, n)
					}
				}
			}
			if g.kind == 5 {
				count /= 2
			}
			out = order.AppendUint16(order.AppendUint16(out, g.id), g.kind)
			out = order.AppendUint32(out, uint32(count))
			if len(value) <= 4 {
				out = append(out, append(value, 0, 0, 0, 0)[:4]...)
				continue
			}
			out = order.AppendUint32(out, uint32(extra+len(behind)))
			behind = append(behind, value...)
		}
		next := uint32(0)
		if i+1 < len(pages) {
			next = uint32(extra + len(behind))
		}
		out = append(order.AppendUint32(out, next), behind...)
	}
	return out
}
