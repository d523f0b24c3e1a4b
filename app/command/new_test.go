package command

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"
	"testing"

	"fonds/storage"
)

// An archive that cannot be made: each sentence says what to do, once.
func TestMakingFault(t *testing.T) {
	for _, tt := range []struct {
		err  error
		exit int
		want string
	}{
		{fmt.Errorf("making archive x: taken: %w", fs.ErrExist), 4, "making archive in/a.fonds: a file of that name exists; choose another name"},
		{&fs.PathError{Op: "open", Path: "x", Err: syscall.ENOENT}, 3, "making archive in/a.fonds: its folder in is not there; make it first, or name another place"},
		{&fs.PathError{Op: "open", Path: "x", Err: syscall.ENOTDIR}, 3, "making archive in/a.fonds: its folder in is not there; make it first, or name another place"},
		{&fs.PathError{Op: "open", Path: "x", Err: syscall.EACCES}, 3, "making archive in/a.fonds: you may not write to the folder in; name another place"},
		{&fs.PathError{Op: "open", Path: "x", Err: syscall.EROFS}, 3, "making archive in/a.fonds: you may not write to the folder in; name another place"},
		{fmt.Errorf("making archive in/a.fonds: %w", storage.ErrFull), 3, "making archive in/a.fonds: the disk is full; make room, or name a place on another disk"},
		{errors.New("making archive in/a.fonds: strange"), 3, "making archive in/a.fonds: strange"},
	} {
		err := makingFault("in/a.fonds", tt.err)
		if exit := exitOf(err); err.Error() != tt.want || exit != tt.exit {
			t.Errorf("got  %d %v\nwant %d %s", exit, err, tt.exit, tt.want)
		}
	}
}

func TestReadOnlySentence(t *testing.T) {
	for why, want := range map[string]string{
		"newer":  "archive a.fonds: a newer Fonds has written it, and this one can only read it; update Fonds",
		"folder": "archive a.fonds: the file or its folder cannot be written; copy it to where you may write",
		"asked":  "archive a.fonds: the archive is open for reading only",
	} {
		if err := readOnlySentence("a.fonds", why); err.Error() != want || !errors.Is(err, storage.ErrReadOnly) {
			t.Errorf("%s: got %v, want %s", why, err, want)
		}
	}
}
