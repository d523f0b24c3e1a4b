package pdf

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image"

	"github.com/klippa-app/go-pdfium"

	"fonds/app/ingest/content"
)

// IsJP2 says whether a file is a JPEG 2000 picture by its beginning: a JP2 file, or a codestream without one around it.
func IsJP2(head []byte) bool {
	return bytes.HasPrefix(head, []byte("\x00\x00\x00\x0CjP  \r\n\x87\n")) || bytes.HasPrefix(head, []byte("\xFF\x4F\xFF\x51"))
}

// JP2Size is the width and height in pixels that the codestream of a JPEG 2000 picture states. The error is a
// *content.Refusal: of a picture that is none, is damaged or has more pixels than content.MaxPixels.
func JP2Size(data []byte) (width, height int, err error) {
	if !IsJP2(data) {
		return 0, 0, content.Refuse(content.NotIt, "it does not begin like a JPEG 2000 picture")
	}
	code, err := codestream(data)
	if err != nil {
		return 0, 0, err
	}
	// SOC, SIZ, its length, capabilities; the size of the grid, and where the picture begins on it.
	if len(code) < 24 {
		return 0, 0, content.Refuse(content.Damaged, "its codestream ends after %d bytes", len(code))
	}
	at := func(i int) int64 { return int64(binary.BigEndian.Uint32(code[i:])) }
	w, h := at(8)-at(16), at(12)-at(20)
	if w < 1 || h < 1 {
		return 0, 0, content.Refuse(content.Damaged, "its codestream says %d by %d pixels", w, h)
	}
	if float64(w)*float64(h) > content.MaxPixels {
		return 0, 0, content.Refuse(content.TooMuch, "pixels %d x %d > %.0f", w, h, float64(content.MaxPixels))
	}
	return int(w), int(h), nil
}

// codestream is where the codestream of a JPEG 2000 file begins, behind the boxes before it.
func codestream(data []byte) ([]byte, error) {
	if bytes.HasPrefix(data, []byte("\xFF\x4F\xFF\x51")) {
		return data, nil
	}
	for rest := data; len(rest) >= 8; {
		size, kind, head := uint64(binary.BigEndian.Uint32(rest)), string(rest[4:8]), uint64(8)
		if size == 1 && len(rest) >= 16 {
			size, head = binary.BigEndian.Uint64(rest[8:]), 16
		}
		if kind == "jp2c" {
			if !bytes.HasPrefix(rest[head:], []byte("\xFF\x4F\xFF\x51")) {
				break
			}
			return rest[head:], nil
		}
		if size < head || size > uint64(len(rest)) {
			break
		}
		rest = rest[size:]
	}
	return nil, content.Refuse(content.Damaged, "there is no codestream in its boxes")
}

// JP2 decodes a JPEG 2000 picture, whose transparent parts become white (half transparent ones too light). With a width and height it is at most as large,
// which needs less time and memory; with 0 and 0 it has all its pixels. A picture whose pixels do not fit into the memory
// of an instance is refused as too much, and may be had smaller.
func (e *Engine) JP2(ctx context.Context, data []byte, width, height int) (*image.RGBA, error) {
	w, h, err := JP2Size(data)
	if err != nil {
		return nil, err
	}
	if width <= 0 || height <= 0 {
		width, height = w, h
	}
	d, err := e.Document(ctx, onPage(data, w, h))
	if err != nil {
		return nil, err
	}
	defer d.Close()
	scale := min(1, float64(width)/float64(w), float64(height)/float64(h))
	var img *image.RGBA
	err = d.do(ctx, e.o.PageTime, func(p pdfium.Pdfium) error {
		all := image.Rect(0, 0, pixels(float64(w)*scale, w), pixels(float64(h)*scale, h))
		img, err = d.draw(p, 0, all, all.Size())
		return err
	})
	if errors.Is(err, errBroken) {
		return nil, content.Refuse(content.TooMuch, "its %d x %d pixels, drawn %d x %d, want more memory than there is", w, h, int(float64(w)*scale), int(float64(h)*scale))
	}
	return img, reason(err)
}

// maxPoints is how large a page may be that a picture is laid on, a point for each of its pixels where that is possible.
const maxPoints = 14_000

// onPage is a PDF of one page that is covered by a JPEG 2000 picture, which stays as it is.
func onPage(data []byte, w, h int) []byte {
	scale := min(1, maxPoints/float64(max(w, h)))
	pw, ph := float64(w)*scale, float64(h)*scale
	draw := fmt.Sprintf("q %.4f 0 0 %.4f 0 0 cm /I Do Q", pw, ph)
	var b bytes.Buffer
	b.Grow(len(data) + 2048)
	b.WriteString("%PDF-1.7\n")
	var at []int
	object := func(format string, args ...any) {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n", len(at))
		fmt.Fprintf(&b, format, args...)
	}
	object("<< /Type /Catalog /Pages 2 0 R >>\nendobj\n")
	object("<< /Type /Pages /Count 1 /Kids [3 0 R] >>\nendobj\n")
	object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %.4f %.4f] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>\nendobj\n", pw, ph)
	object("<< /Length %d >>\nstream\n%s\nendstream\nendobj\n", len(draw), draw)
	object("<< /Type /XObject /Subtype /Image /Width %d /Height %d /SMaskInData 1 /Filter /JPXDecode /Length %d >>\nstream\n", w, h, len(data))
	b.Write(data)
	b.WriteString("\nendstream\nendobj\n")
	begin := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, a := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", a)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, begin)
	return b.Bytes()
}
