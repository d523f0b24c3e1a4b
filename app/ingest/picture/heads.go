package picture

import (
	"bytes"
	"encoding/binary"
	"image"
)

// The sizes of pictures, and where what they say of themselves lies in them.

const (
	exifMark = "Exif\x00\x00"
	xmpMark  = "http://ns.adobe.com/xap/1.0/\x00"
	psMark   = "Photoshop 3.0\x00"
)

// jpegHead walks the segments up to the first scan.
func jpegHead(data []byte, m *meta) (size image.Point, wrong string) {
	var resources []byte
	for p := 2; p+4 <= len(data); {
		if data[p] != 0xFF {
			p++
			continue
		}
		marker := data[p+1]
		if marker == 0xFF || marker == 0 || marker == 1 || marker >= 0xD0 && marker <= 0xD8 {
			p++
			continue
		}
		n := int(binary.BigEndian.Uint16(data[p+2:]))
		if n < 2 || marker == 0xD9 {
			break
		}
		body := data[p+4 : max(p+4, min(p+2+n, len(data)))]
		p += 2 + n
		text := func(mark string) bool { return bytes.HasPrefix(body, []byte(mark)) }
		switch {
		case marker == 0xE1 && text(exifMark):
			m.exif(body[len(exifMark):])
		case marker == 0xE1 && text(xmpMark):
			m.xmp(body[len(xmpMark):])
		case marker == 0xED && text(psMark) && len(resources) < 16<<20:
			resources = append(resources, body[len(psMark):]...)
		case marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC && len(body) >= 5 && size == (image.Point{}):
			size = image.Pt(int(binary.BigEndian.Uint16(body[3:])), int(binary.BigEndian.Uint16(body[1:])))
		}
		if marker == 0xDA {
			break
		}
	}
	m.photoshop(resources)
	if size == (image.Point{}) {
		return size, "a JPEG file without its size"
	}
	return size, ""
}

func webpHead(data []byte, m *meta) (size image.Point, wrong string) {
	for p := 12; p+8 <= len(data); {
		id, n := string(data[p:p+4]), int(binary.LittleEndian.Uint32(data[p+4:]))
		body := data[p+8:]
		body = body[:min(n, len(body))]
		p += 8 + n + n&1
		switch {
		case id == "VP8X" && len(body) >= 10:
			size = image.Pt(1+(int(body[4])|int(body[5])<<8|int(body[6])<<16), 1+(int(body[7])|int(body[8])<<8|int(body[9])<<16))
		case id == "VP8 " && len(body) >= 10 && size == image.Point{}:
			size = image.Pt(int(binary.LittleEndian.Uint16(body[6:])&0x3FFF), int(binary.LittleEndian.Uint16(body[8:])&0x3FFF))
		case id == "VP8L" && len(body) >= 5 && size == image.Point{}:
			v := binary.LittleEndian.Uint32(body[1:])
			size = image.Pt(int(v&0x3FFF)+1, int(v>>14&0x3FFF)+1)
		case id == "EXIF":
			m.exif(bytes.TrimPrefix(body, []byte(exifMark)))
		case id == "XMP ":
			m.xmp(body)
		}
	}
	if size == (image.Point{}) {
		return size, "a WebP file without its size"
	}
	return size, ""
}

// gifHead reads the size and the comments that stand before the first picture.
func gifHead(data []byte, m *meta) (image.Point, string) {
	if len(data) < 13 {
		return image.Point{}, "a GIF file without its size"
	}
	size := image.Pt(int(binary.LittleEndian.Uint16(data[6:])), int(binary.LittleEndian.Uint16(data[8:])))
	p := 13
	if data[10]&0x80 != 0 {
		p += 3 << (data[10]&7 + 1)
	}
	for p+2 < len(data) && data[p] == 0x21 {
		kind := data[p+1]
		var body []byte
		for p += 2; p < len(data) && data[p] != 0; p += 1 + int(data[p]) {
			if kind == 0xFE && len(body) < 1<<16 {
				body = append(body, data[p+1:min(p+1+int(data[p]), len(data))]...)
			}
		}
		p++
		if kind == 0xFE {
			m.add(fromOther, "description", text(body), "GIF comment")
		}
	}
	return size, ""
}

func bmpHead(data []byte) (image.Point, string) {
	if len(data) < 26 {
		return image.Point{}, "a BMP file without its size"
	}
	if binary.LittleEndian.Uint32(data[14:]) == 12 {
		return image.Pt(int(binary.LittleEndian.Uint16(data[18:])), int(binary.LittleEndian.Uint16(data[20:]))), ""
	}
	w, h := int(int32(binary.LittleEndian.Uint32(data[18:]))), int(int32(binary.LittleEndian.Uint32(data[22:])))
	return image.Pt(w, max(h, -h)), ""
}

// The boxes of JPEG 2000 that say something of the picture.
const (
	jp2XMP  = "\xBE\x7A\xCF\xCB\x97\xA9\x42\xE8\x9C\x71\x99\x94\x91\xE3\xAF\xAC"
	jp2EXIF = "JpgTiffExif->JP2"
	jp2IPTC = "\x33\xC7\xA4\xD2\xB8\x1D\x47\x23\xA0\xBA\xF1\xA3\xE0\x97\xAD\x38"
)

// jp2Head walks the boxes, or reads the head of a bare codestream.
func jp2Head(data []byte, m *meta) (size image.Point, wrong string) {
	if bytes.HasPrefix(data, []byte("\xFF\x4F\xFF\x51")) {
		return codestream(data)
	}
	for p := 0; p+8 <= len(data); {
		n, head := int(binary.BigEndian.Uint32(data[p:])), 8
		id := string(data[p+4 : p+8])
		if n == 1 && p+16 <= len(data) {
			n, head = int(binary.BigEndian.Uint64(data[p+8:])&(1<<40-1)), 16
		}
		if n == 0 {
			n = len(data) - p
		}
		if n < head {
			break
		}
		body := data[min(p+head, len(data)):min(p+n, len(data))]
		p += n
		switch {
		case id == "jp2h" && len(body) >= 22 && string(body[4:8]) == "ihdr":
			size = image.Pt(int(binary.BigEndian.Uint32(body[12:])), int(binary.BigEndian.Uint32(body[8:])))
		case id == "jp2c" && size == image.Point{}:
			size, _ = codestream(body)
		case id == "uuid" && len(body) > 16:
			switch string(body[:16]) {
			case jp2XMP:
				m.xmp(body[16:])
			case jp2EXIF:
				m.exif(bytes.TrimPrefix(body[16:], []byte(exifMark)))
			case jp2IPTC:
				m.iptc(body[16:])
			}
		}
	}
	if size == (image.Point{}) {
		return size, "a JPEG 2000 file without its size"
	}
	return size, ""
}

// codestream reads SIZ.
func codestream(data []byte) (image.Point, string) {
	if len(data) < 24 {
		return image.Point{}, "a JPEG 2000 file without its size"
	}
	at := func(i int) int { return int(binary.BigEndian.Uint32(data[i:])) }
	return image.Pt(at(8)-at(16), at(12)-at(20)), ""
}
