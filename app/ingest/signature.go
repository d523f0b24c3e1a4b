package ingest

import "strings"

// Formats are the media types that an original can be recorded with, beside those that
// readers of formats of their own say (Recipe.OfReader).
func Formats() []string {
	return []string{"text/plain", "text/html", "text/markdown", "application/tei+xml", "application/json"}
}

// OfReader says whether the text is what the reader of a format of its own says: of a PDF file, a letter, a picture. It
// has no encoding.
func (r *Recipe) OfReader() bool { return ownFormats()[r.Extractor] != nil }

// OldReader says whether the reader that made the text was one of other rules than it has now.
func (r *Recipe) OldReader() bool {
	f := ownFormats()[r.Extractor]
	return f != nil && f.version != r.Version
}

// families are the beginnings of media types whose first bytes do not tell them apart.
var families = []string{"application/vnd.openxmlformats-officedocument.", "application/vnd.oasis.opendocument."}

// Signed says whether a file that begins so can be of a format that a reader of formats recorded. Many are packed files,
// whose first bytes say no more than that.
func Signed(head []byte, format string) bool {
	is, known := foreign(head)
	if !known || is == format || is == "application/zip" || is == "application/x-ole-storage" {
		return true
	}
	for _, f := range families {
		if strings.HasPrefix(is, f) && (strings.HasPrefix(format, f) || strings.HasPrefix(format, "application/vnd.ms-")) {
			return true
		}
	}
	return false
}

// Signature is the media type that the first bytes of a file say, 4 KB where it has
// them; false where they are those of no format that is known by its signature, as
// texts are not.
func Signature(head []byte) (format string, ok bool) { return foreign(head) }

// HasDecoder says whether bytes in an encoding can be read, by its WHATWG name.
func HasDecoder(encoding string) bool {
	return codecNamed(encoding) != nil
}
