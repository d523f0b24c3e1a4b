//go:build unix

package ingest

import (
	"io/fs"
	"syscall"
)

// noWait lets a pipe that took the place of a file be opened, and then refused, without waiting for its other end.
const noWait = syscall.O_NONBLOCK

// inode tells a folder from any other, whatever it is called.
func inode(name string, info fs.FileInfo) any {
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		return [2]uint64{uint64(st.Dev), uint64(st.Ino)} //nolint:unconvert // the types differ from system to system
	}
	return name
}
