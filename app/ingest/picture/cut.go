package picture

import (
	"bytes"

	"fonds/app/ingest/content"
)

// This file says of a file whether it was cut short. What is there of it can be looked at; where nothing of its pixels is
// there, it is no picture any more.

// tail is how many of the last bytes of a file are looked at for its end: programs write something behind it.
const tail = 64 << 10

// cutShort says what a file that was cut short lacks, "" where it has its end.
func cutShort(kind string, data []byte) string {
	end := data[max(0, len(data)-tail):]
	var mark []byte
	switch kind {
	case PNG:
		mark = []byte("IEND")
	case JPEG:
		mark = []byte("\xFF\xD9")
	case GIF:
		mark = []byte(";")
	default:
		return ""
	}
	if bytes.Contains(end, mark) {
		return ""
	}
	return "it has no end: it was cut short, and what comes last of its picture is missing"
}

// hasPixels says whether anything of the pixels of a page of a TIFF file lies in the file.
func hasPixels(d *ifd) bool {
	for _, tag := range []uint16{273, 324, 513} { // strips, tiles, a JPEG file
		e := d.find(tag)
		for i := range min(e.count, 1<<16) {
			at, ok := d.integer(e, i)
			if !ok {
				break
			}
			if at < len(d.data) {
				return true
			}
		}
	}
	return false
}

// missing says of a page of a TIFF file that nothing of it is there.
func missing() error {
	return content.Refuse(content.Damaged, "its pixels lie outside the file, which was cut short")
}
