package ingest

import (
	"bytes"
	"path"
	"strings"
)

// A magic is how a file of a kind that this package does not read begins.
type magic struct {
	at     int
	bytes  string
	format string
	binary bool // the beginning is short: only with a NUL near it
}

var magics = []magic{
	{0, "%PDF-", "application/pdf", false},
	{0, "%!PS", "application/postscript", false},
	{0, `{\rtf`, "application/rtf", false},
	{0, "\x89PNG\r\n\x1a\n", "image/png", false},
	{0, "\xFF\xD8\xFF", "image/jpeg", false},
	{0, "GIF8", "image/gif", true},
	{0, "II*\x00", "image/tiff", false},
	{0, "MM\x00*", "image/tiff", false},
	{0, "BM", "image/bmp", true},
	{8, "WEBP", "image/webp", true},
	{4, "jP  \r\n\x87\n", "image/jp2", false},
	{0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "application/x-ole-storage", false},
	{0, "\x7FELF", "application/x-elf", false},
	{0, "MZ", "application/vnd.microsoft.portable-executable", true},
	{0, "\xCA\xFE\xBA\xBE", "application/java-vm", true},
	{0, "\xCF\xFA\xED\xFE", "application/x-mach-binary", true},
	{0, "\x1F\x8B", "application/gzip", false},
	{0, "BZh", "application/x-bzip2", true},
	{0, "\xFD7zXZ\x00", "application/x-xz", false},
	{0, "\x28\xB5\x2F\xFD", "application/zstd", false},
	{0, "7z\xBC\xAF\x27\x1C", "application/x-7z-compressed", false},
	{0, "Rar!\x1A\x07", "application/vnd.rar", false},
	{257, "ustar", "application/x-tar", true},
	{0, "SQLite format 3\x00", "application/vnd.sqlite3", false},
	{0, "RIFF", "application/x-riff", true},
	{0, "OggS\x00", "application/ogg", false},
	{0, "ID3", "audio/mpeg", true},
	{0, "fLaC\x00", "audio/flac", false},
	{4, "ftyp", "video/mp4", true},
	{0, "\x1A\x45\xDF\xA3", "video/x-matroska", false},
	{0, "wOFF", "font/woff", true},
	{0, "wOF2", "font/woff2", true},
	{0, "\x00\x01\x00\x00\x00", "font/ttf", false},
	{0, "OTTO\x00", "font/otf", false},
}

// foreign gives the media type of a file that begins as one of the formats without a reader; head is its first bytes,
// 4 KB where it has them.
func foreign(head []byte) (format string, ok bool) {
	for _, m := range magics {
		if len(head) < m.at || !bytes.HasPrefix(head[m.at:], []byte(m.bytes)) {
			continue
		}
		if !m.binary || bytes.IndexByte(head[:min(len(head), 512)], 0) >= 0 {
			return m.format, true
		}
	}
	if bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06")) {
		return zipFormat(head), true
	}
	return "", false
}

// zipFormat looks for the names that office files have near their beginning.
func zipFormat(head []byte) string {
	if i := bytes.Index(head, []byte("mimetypeapplication/")); i == 30 {
		kind := head[i+len("mimetype"):]
		if end := bytes.Index(kind, []byte("PK")); end > 0 && end < 100 {
			return string(kind[:end])
		}
	}
	for _, part := range []struct{ name, format string }{
		{"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
		{"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
		{"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
	} {
		if bytes.Contains(head, []byte(part.name)) {
			return part.format
		}
	}
	return "application/zip"
}

// isHTML says whether a text is HTML: by the extension of its name, if it has a tag at all, or by how it begins.
func isHTML(name, text string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".html", ".htm", ".xhtml", ".shtml", ".xht":
		return strings.IndexByte(text, '<') >= 0
	}
	head := text[:min(len(text), 2048)]
	for {
		head = strings.TrimLeft(head, " \t\r\n\uFEFF")
		switch {
		case strings.HasPrefix(head, "<!--"):
			_, rest, ok := strings.Cut(head, "-->")
			if !ok {
				return false
			}
			head = rest
		case strings.HasPrefix(head, "<?xml"):
			_, rest, ok := strings.Cut(head, "?>")
			if !ok {
				return false
			}
			head = rest
		default:
			lower := strings.ToLower(head[:min(len(head), 32)])
			for _, tag := range []string{"<!doctype html", "<html", "<head", "<body"} {
				if rest, ok := strings.CutPrefix(lower, tag); ok && (rest == "" || !('a' <= rest[0] && rest[0] <= 'z')) {
					return true
				}
			}
			return false
		}
	}
}
