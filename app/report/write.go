package report

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"fonds/storage"
)

// What a caller may want to decide on, with errors.Is.
var (
	// ErrWrite is said of a report that could not be written.
	ErrWrite = errors.New("the report cannot be written")
	// ErrTaken is said of a place where something else is than a report: it stays.
	ErrTaken = errors.New("something else is there")
)

// mark is in every report, near its beginning: only what has it is written over.
const mark = `<meta name="generator" content="Fonds report">`

// Write writes a report to a file, in the place of a report that is there; what is
// anything else stays. The file has its name when it is whole and on the disk;
// else nothing has changed.
func Write(path string, data []byte) error { return writeOver(path, data, isPage) }

// writeOver writes over what is there where ours says that it is a report.
func writeOver(path string, data []byte, ours func(f *os.File, size int64) (bool, error)) error {
	if err := free(path, ours); err != nil {
		return err
	}
	if err := write(path, data); err != nil {
		return cannot(path, err)
	}
	return nil
}

// free refuses a place where something else is than a report.
func free(path string, ours func(f *os.File, size int64) (bool, error)) error {
	st, err := os.Stat(path)
	switch {
	case err != nil:
		return nil // whatever it is, writing says so
	case !st.Mode().IsRegular():
		return &unwritten{fmt.Sprintf("writing the report to %s: that is no file; name another", path), ErrTaken}
	case st.Size() == 0:
		return nil
	}
	f, err := os.Open(path)
	if err != nil {
		return cannot(path, err)
	}
	defer f.Close()
	is, err := ours(f, st.Size())
	if err != nil {
		return cannot(path, err)
	}
	if !is {
		return &unwritten{fmt.Sprintf("writing the report to %s: another file is there, and it stays; name another", path), ErrTaken}
	}
	return nil
}

// isPage says whether a file is a page of a report.
func isPage(f *os.File, _ int64) (bool, error) {
	head := make([]byte, 1024)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return false, err
	}
	return bytes.Contains(head[:n], []byte(mark)), nil
}

func write(path string, data []byte) error {
	folder := filepath.Dir(path)
	name := filepath.Join(folder, ".fonds-report-"+rand.Text()[:10])
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	defer os.Remove(name) // nothing, once it has its own
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(name, path); err != nil {
		return err
	}
	return storage.SyncFolder(folder)
}

// cannot says that a report could not be written, why, and what to do. What the
// system says names the file in which it was growing, which nobody knows.
func cannot(path string, err error) error {
	why := err
	var p *fs.PathError
	var l *os.LinkError
	switch {
	case errors.As(err, &p):
		why = p.Err
	case errors.As(err, &l):
		why = l.Err
	}
	text := why.Error() + "; name another file"
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		text = "the disk is full; make room, or name a file on another disk"
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		text = "you may not write there; name a file where you may write"
	case errors.Is(err, fs.ErrNotExist):
		text = "its folder is not there; make it, or name another"
	}
	return &unwritten{fmt.Sprintf("writing the report to %s: %s", path, text), err}
}

// unwritten is an ErrWrite, and what it comes of, that says it in its own words.
type unwritten struct {
	text string
	why  error
}

func (u *unwritten) Error() string { return u.text }

func (u *unwritten) Unwrap() []error { return []error{ErrWrite, u.why} }
