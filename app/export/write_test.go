package export

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// What the system says of a place is said of DIR, with what to do, and without
// the folder in which the export was growing.
func TestCannot(t *testing.T) {
	for _, tt := range []struct {
		err  error
		want string
	}{
		{&fs.PathError{Op: "write", Path: "/x/.fonds-export-A/jsonl/d", Err: syscall.ENOSPC}, "the disk is full; make room, or name a folder on another disk"},
		{&fs.PathError{Op: "write", Path: "/x/.fonds-export-A", Err: syscall.EDQUOT}, "the disk is full; make room, or name a folder on another disk"},
		{&fs.PathError{Op: "mkdir", Path: "/x/.fonds-export-A", Err: syscall.EACCES}, "you may not write there; name a folder where you may write"},
		{&fs.PathError{Op: "mkdir", Path: "/x/.fonds-export-A", Err: syscall.EROFS}, "you may not write there; name a folder where you may write"},
		{&os.LinkError{Op: "rename", Old: "/x/.fonds-export-A", New: "out", Err: syscall.EBUSY},
			"that folder is in use and cannot be replaced, perhaps because a disk begins there; name one below it that is not there yet, as out/export"},
		{&os.LinkError{Op: "rename", Old: "/x/.fonds-export-A", New: "out", Err: syscall.EIO}, "input/output error; name another folder"},
		{fmt.Errorf("strange"), "strange; name another folder"},
	} {
		err := cannot("out", tt.err)
		if got, want := err.Error(), "writing the export to out: "+tt.want; got != want || !errors.Is(err, ErrWrite) {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

func TestWriteWhereNobodyMay(t *testing.T) {
	a, _ := filled(t)
	for _, out := range []string{"/proc/nothing/here", "/dev/full/x"} {
		if _, err := os.Stat(filepath.Dir(filepath.Dir(out))); err != nil {
			t.Skip(err)
		}
		_, err := Write(context.Background(), a, Options{Choice: Choice{Formats: []string{"jsonl"}}, Out: out})
		if !errors.Is(err, ErrWrite) || !strings.HasPrefix(err.Error(), "writing the export to "+out+": ") || strings.Contains(err.Error(), ".fonds-export") {
			t.Errorf("got %v", err)
		}
	}
}
