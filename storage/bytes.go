package storage

import "unsafe"

// bytesOf is the bytes of s and not a copy of them: for what only reads them, as a hash
// and SQLite do. A text has megabytes.
func bytesOf(s string) []byte {
	if s == "" {
		return []byte{} // nil would be NULL
	}
	return unsafe.Slice(unsafe.StringData(s), len(s))
}
