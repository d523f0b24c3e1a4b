package session

import (
	"golang.org/x/text/encoding/htmlindex"

	"fonds/storage/archive"
)

// mostBytes is how many bytes of broken words are shown.
const mostBytes = 48

// SourceBytes are the bytes of the original that a correction's words were read
// from, the first 48, with the name of the encoding that they were read in; none
// where that encoding cannot say them again.
func SourceBytes(d *Doc, it *archive.Item) (encoding string, bytes []byte) {
	if d.Info == nil {
		return "", nil
	}
	e, err := htmlindex.Get(d.Info.Encoding)
	if err != nil {
		return "", nil
	}
	out, err := e.NewEncoder().Bytes([]byte(it.Source))
	if err != nil {
		return "", nil
	}
	return d.Info.Encoding, out[:min(len(out), mostBytes)]
}
