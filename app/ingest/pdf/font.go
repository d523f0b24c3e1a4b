package pdf

import (
	"bytes"
	"io"
	"io/fs"
	"time"
)

// fontPath is where PDFium looks for the fonts of its system, and the one font that it finds there.
var fontPath = []string{".", "usr", "usr/share", "usr/share/fonts", "usr/share/fonts/fonds-cjk.otf"}

// fontFS is all that PDFium sees of a disk: a folder with one font, or no more than the folders to it.
func fontFS(font []byte) fs.FS { return disk(font) }

type disk []byte

// Open opens the font or a folder above it.
func (d disk) Open(name string) (fs.File, error) {
	for i, path := range fontPath {
		last := i == len(fontPath)-1
		if path != name || last && len(d) == 0 {
			continue
		}
		n := node{depth: i, size: int64(len(d))}
		if last {
			return &openFont{node: n, Reader: bytes.NewReader(d)}, nil
		}
		return &openFolder{node: n}, nil
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// A node is the font or a folder, by how many folders it lies under.
type node struct {
	depth int
	size  int64
}

func (n node) Name() string {
	path := fontPath[n.depth]
	for i := len(path) - 1; i >= 0; i-- {
		if path[i] == '/' {
			return path[i+1:]
		}
	}
	return path
}

func (n node) Size() int64 {
	if n.IsDir() {
		return 0
	}
	return n.size
}

func (n node) Mode() fs.FileMode {
	if n.IsDir() {
		return fs.ModeDir | 0o555
	}
	return 0o444
}

func (n node) ModTime() time.Time         { return time.Time{} }
func (n node) IsDir() bool                { return n.depth < len(fontPath)-1 }
func (n node) Sys() any                   { return nil }
func (n node) Stat() (fs.FileInfo, error) { return n, nil }
func (n node) Close() error               { return nil }

// An openFont is the font, read at any place.
type openFont struct {
	node
	*bytes.Reader
}

// Size is that of the font, which node and Reader agree on.
func (f *openFont) Size() int64 { return f.node.size }

// An openFolder has one entry, or none.
type openFolder struct {
	node
	read bool
}

// Read is not for folders.
func (f *openFolder) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: fontPath[f.depth], Err: fs.ErrInvalid}
}

// ReadDir names what lies in the folder.
func (f *openFolder) ReadDir(n int) ([]fs.DirEntry, error) {
	inner := node{depth: f.depth + 1, size: f.size}
	if f.read || !inner.IsDir() && f.size == 0 {
		if n > 0 {
			return nil, io.EOF
		}
		return nil, nil
	}
	f.read = true
	return []fs.DirEntry{fs.FileInfoToDirEntry(inner)}, nil
}
