package export

import (
	"bufio"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"fonds/storage"
)

// NewFile writes a file that gets its name when it is whole and on the disk. Nothing is
// written over: errors.Is finds fs.ErrExist where something has the name.
func NewFile(path string, write func(w io.Writer) error) (err error) {
	if _, err := os.Lstat(path); err == nil {
		return &fs.PathError{Op: "write", Path: path, Err: fs.ErrExist}
	}
	folder := filepath.Dir(path)
	f, err := os.CreateTemp(folder, ".fonds-new-")
	if err != nil {
		var p *fs.PathError
		if errors.As(err, &p) {
			p.Path = path // and not the name in which it would have grown
		}
		return err
	}
	defer os.Remove(f.Name()) // nothing, once it has its name
	buf := bufio.NewWriterSize(f, 1<<16)
	err = write(buf)
	if err == nil {
		err = errors.Join(buf.Flush(), f.Chmod(0o644), f.Sync())
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	if err := os.Link(f.Name(), path); errors.Is(err, fs.ErrExist) {
		return &fs.PathError{Op: "write", Path: path, Err: fs.ErrExist}
	} else if err != nil { // a disk without links
		if err := os.Rename(f.Name(), path); err != nil {
			return err
		}
	}
	return storage.SyncFolder(folder)
}

// IsBook says whether a file is a workbook, by its name.
func IsBook(path string) bool { return strings.EqualFold(filepath.Ext(path), ".xlsx") }

// WriteListFile writes a list as a new file: a workbook where its name ends with .xlsx.
func WriteListFile(ctx context.Context, a *storage.Archive, l List, path string) error {
	l.XLSX, l.Folder = IsBook(path), filepath.Dir(path)
	return NewFile(path, func(w io.Writer) error { return WriteList(ctx, a, l, w) })
}
