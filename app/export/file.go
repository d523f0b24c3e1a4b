package export

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"os"
)

// file is a file of an export that is being written: counted and hashed on the
// way.
type file struct {
	f    *os.File
	buf  *bufio.Writer
	hash hash.Hash
	path string
	out  string // DIR, which errors name
	n    int64
}

func newFile(f *os.File, path, out string) *file {
	return &file{f: f, buf: bufio.NewWriterSize(f, 1<<16), hash: sha256.New(), path: path, out: out}
}

// Write takes part in the hash and the count.
func (f *file) Write(p []byte) (int, error) {
	n, err := f.buf.Write(p)
	f.hash.Write(p[:n])
	f.n += int64(n)
	if err != nil {
		err = cannot(f.out, err)
	}
	return n, err
}

// close says what the file is. It is on the disk when the export is finished.
func (f *file) close() (File, error) {
	err := f.buf.Flush()
	if e := f.f.Close(); err == nil {
		err = e
	}
	if err != nil {
		return File{}, cannot(f.out, err)
	}
	return File{f.path, f.n, hex.EncodeToString(f.hash.Sum(nil))}, nil
}
