package picture

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/binary"
	"encoding/hex"
	"image"
	"io"
	"strings"
)

const (
	maxChunk = 4 << 20  // bytes unpacked of one text of a PNG file
	maxTexts = 16 << 20 // of all of them
)

// pngTexts is which field a keyword of a PNG text is about.
var pngTexts = map[string]string{
	"title": "title", "author": "creator", "description": "description", "copyright": "rights", "creation time": "date",
	"source": "medium", "comment": "description",
}

// pngHead walks the chunks. Of the pixels nothing is unpacked, of compressed texts at most a stated part.
func pngHead(ctx context.Context, data []byte, m *meta) (size image.Point, wrong string) {
	left := maxTexts
	for p := 8; p+12 <= len(data) && ctx.Err() == nil; {
		n, id := int(binary.BigEndian.Uint32(data[p:])), string(data[p+4:p+8])
		body := data[p+8:]
		if n > len(body) {
			break
		}
		body = body[:n]
		p += 12 + n
		switch id {
		case "IHDR":
			if n >= 13 && size == (image.Point{}) {
				size = image.Pt(int(binary.BigEndian.Uint32(body)), int(binary.BigEndian.Uint32(body[4:])))
			}
		case "eXIf":
			m.exif(bytes.TrimPrefix(body, []byte(exifMark)))
		case "tEXt", "zTXt", "iTXt":
			key, value := pngText(id, body, min(left, maxChunk))
			left -= len(value)
			m.pngText(key, value, id)
		case "IEND":
			p = len(data)
		}
	}
	if size == (image.Point{}) {
		return size, "a PNG file without its size"
	}
	return size, ""
}

// pngText gives keyword and text of a chunk, at most limit bytes of it.
func pngText(id string, body []byte, limit int) (key string, value []byte) {
	k, rest, ok := bytes.Cut(body, []byte{0})
	if !ok || len(k) > 79 {
		return "", nil
	}
	packed := id == "zTXt"
	switch {
	case packed && len(rest) > 0:
		rest = rest[1:]
	case id == "iTXt":
		if len(rest) < 2 {
			return "", nil
		}
		packed, rest = rest[0] == 1, rest[2:]
		for range 2 { // Language, keyword in it.
			if _, rest, ok = bytes.Cut(rest, []byte{0}); !ok {
				return "", nil
			}
		}
	}
	if packed {
		z, err := zlib.NewReader(bytes.NewReader(rest))
		if err != nil {
			return "", nil
		}
		rest, _ = io.ReadAll(io.LimitReader(z, int64(max(limit, 0))))
	}
	return string(k), rest[:min(len(rest), max(limit, 0))]
}

// pngText takes a text of a PNG file: a packet of XMP, a profile as ImageMagick writes it, or words.
func (m *meta) pngText(key string, value []byte, id string) {
	switch {
	case key == "" || len(value) == 0:
	case key == "XML:com.adobe.xmp":
		m.xmp(value)
	case strings.HasPrefix(key, "Raw profile type "):
		raw := profile(value)
		switch key[len("Raw profile type "):] {
		case "exif", "APP1":
			if rest, ok := bytes.CutPrefix(raw, []byte(xmpMark)); ok {
				m.xmp(rest)
			} else {
				m.exif(bytes.TrimPrefix(raw, []byte(exifMark)))
			}
		case "iptc", "8bim":
			m.photoshop(raw)
			m.iptc(raw)
		case "xmp":
			m.xmp(raw)
		}
	default:
		field := pngTexts[strings.ToLower(key)]
		words := text(value)
		if field == "medium" { // "Source" is the device that made the picture.
			return
		}
		if field == "date" {
			words = isoDate(words)
		}
		m.add(fromOther, field, words, "PNG "+id+" "+key)
	}
}

// profile reads lines of hexadecimal digits behind a name and a length.
func profile(b []byte) []byte {
	lines := strings.SplitN(strings.TrimLeft(string(b), "\n"), "\n", 3)
	if len(lines) < 3 {
		return nil
	}
	digits := strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' || r == ' ' {
			return -1
		}
		return r
	}, lines[2])
	raw, _ := hex.DecodeString(digits[:len(digits)&^1])
	return raw
}
