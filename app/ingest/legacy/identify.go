package legacy

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"strings"
	"sync"

	"github.com/richardlehane/siegfried"
	"github.com/richardlehane/siegfried/pkg/static"
)

// pronom is the registry of formats, unpacked when it is first asked (some 0.2 s, some 40 MB).
var pronom = sync.OnceValue(func() *siegfried.Siegfried { return static.New() })

// Bounds of what siegfried may look into: beyond them it is handed the head of the file only and names its container.
const (
	maxLook    = 128 << 20 // bytes of a file
	headBytes  = 64 << 10
	maxInside  = 256 << 20 // unpacked bytes of one member of a ZIP file
	maxEntries = 4096      // of a compound file: what reads it there makes a path for each
)

// Identify says what PRONOM calls a file: its identifier there (fmt/40), the name and version of the format, and its
// media types, comma and space between them; all "" where it knows none. name is that of the file, "" where there is
// none. data may be the beginning of a file. An error is that of ctx. It may be called from several goroutines.
func Identify(ctx context.Context, data []byte, name string) (puid, format, mime string, err error) {
	if err := ctx.Err(); err != nil {
		return "", "", "", err
	}
	type answer struct{ puid, format, mime string }
	done := make(chan answer, 1)
	go func() {
		var a answer
		a.puid, a.format, a.mime = identify(seen(data), name)
		done <- a
	}()
	select {
	case a := <-done:
		return a.puid, a.format, a.mime, nil
	case <-ctx.Done():
		return "", "", "", ctx.Err()
	}
}

// identify asks siegfried. The best answer comes first.
func identify(data []byte, name string) (puid, format, mime string) {
	if len(data) == 0 {
		return "", "", ""
	}
	sf := pronom()
	ids, _ := sf.Identify(&whole{*bytes.NewReader(data), data}, name, "") // an error is about a container that is cut off
	for _, id := range ids {
		if !id.Known() {
			continue
		}
		for _, label := range sf.Label(id) {
			switch label[0] {
			case "id":
				puid = label[1]
			case "format":
				format = label[1]
			case "version":
				if label[1] != "" {
					format += " " + label[1]
				}
			case "mime":
				mime = label[1]
			}
		}
		return puid, strings.TrimSpace(format), mime
	}
	return "", "", ""
}

// seen gives what siegfried may look at: the whole file, or its head where looking into it would take more than it may.
func seen(data []byte) []byte {
	head := data[:min(len(data), headBytes)]
	switch {
	case len(data) > maxLook:
		return head
	case bytes.HasPrefix(data, []byte(signature[:4])):
		c, err := openCompound(data)
		if err != nil || c.entries > maxEntries {
			return head[:min(len(head), 512)]
		}
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil && z == nil {
			return head
		}
		for _, f := range z.File {
			if f.UncompressedSize64 > maxInside { // archive/zip unpacks no more than this says
				return head
			}
		}
	}
	return data
}

// A whole hands siegfried slices of a file that is in memory, so that it copies none of it.
type whole struct {
	bytes.Reader
	data []byte
}

// IsSlicer says that it can.
func (w *whole) IsSlicer() bool { return true }

// Size gives the bytes of the file.
func (w *whole) Size() int64 { return int64(len(w.data)) }

// Slice gives l bytes from off, fewer at the end of the file.
func (w *whole) Slice(off int64, l int) ([]byte, error) {
	if off < 0 || off >= int64(len(w.data)) {
		return nil, io.EOF
	}
	end := off + int64(l)
	if end > int64(len(w.data)) {
		return w.data[off:], io.EOF
	}
	return w.data[off:end], nil
}

// EofSlice gives l bytes that end off bytes before the end of the file, fewer at its beginning.
func (w *whole) EofSlice(off int64, l int) ([]byte, error) {
	end := int64(len(w.data)) - off
	if off < 0 || end <= 0 {
		return nil, io.EOF
	}
	if start := end - int64(l); start >= 0 {
		return w.data[start:end], nil
	}
	return w.data[:end], io.EOF
}
