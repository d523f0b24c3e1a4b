package ingest

// Formats are the media types that an original can be recorded with: those that there
// is a reader for.
func Formats() []string {
	return []string{"text/plain", "text/html", "application/tei+xml", "application/json"}
}

// Signature is the media type that the first bytes of a file say, 4 KB where it has
// them; false where they are those of no format that is known by its signature, as
// texts are not.
func Signature(head []byte) (format string, ok bool) { return foreign(head) }

// HasDecoder says whether bytes in an encoding can be read, by its WHATWG name.
func HasDecoder(encoding string) bool {
	return codecNamed(encoding) != nil
}
