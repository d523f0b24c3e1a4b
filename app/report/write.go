package report

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"fonds/storage"
)

// ErrWrite is said of a report that could not be written.
var ErrWrite = errors.New("the report cannot be written")

// Write writes a report to a file, in the place of one that is there. The file has
// its name when it is whole and on the disk; else nothing has changed.
func Write(path string, data []byte) error {
	if st, err := os.Stat(path); err == nil && !st.Mode().IsRegular() {
		return &unwritten{fmt.Sprintf("writing the report to %s: that is no file; name another", path)}
	}
	if err := write(path, data); err != nil {
		return cannot(path, err)
	}
	return nil
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
	return &unwritten{fmt.Sprintf("writing the report to %s: %s", path, text)}
}

// unwritten is an ErrWrite that says it in its own words.
type unwritten struct{ text string }

func (u *unwritten) Error() string { return u.text }

func (u *unwritten) Unwrap() error { return ErrWrite }
