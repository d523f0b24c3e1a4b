package export

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// cannot says that DIR cannot be written, why, and what to do. What the system
// says names the folder in which the export was growing, which nobody knows and
// which is gone: that is left out. errors.Is finds ErrWrite.
func cannot(out string, err error) error {
	why := err
	var path *fs.PathError
	var link *os.LinkError
	var call *os.SyscallError
	switch {
	case errors.As(err, &path):
		why = path.Err
	case errors.As(err, &link):
		why = link.Err
	case errors.As(err, &call):
		why = call.Err
	}
	text := why.Error() + "; name another folder"
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		text = "the disk is full; make room, or name a folder on another disk"
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		text = "you may not write there; name a folder where you may write"
	case errors.Is(err, syscall.EBUSY):
		text = "that folder is in use and cannot be replaced, perhaps because a disk begins there; name one below it that is not there yet, as " +
			filepath.Join(out, "export")
	}
	return &unwritten{fmt.Sprintf("writing the export to %s: %s", out, text)}
}

// unwritten is an ErrWrite that says it in its own words.
type unwritten struct{ text string }

func (u *unwritten) Error() string { return u.text }

func (u *unwritten) Unwrap() error { return ErrWrite }
