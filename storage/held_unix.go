//go:build unix

package storage

import (
	"io"
	"os"
	"syscall"
)

// heldElsewhere says whether another process is working with the journal beside a file.
// Each that does holds a lock on the byte 128 of FILE-shm (SQLite's os_unix.c,
// UNIX_SHM_DMS).
func heldElsewhere(path string) bool {
	f, err := os.Open(realName(path) + "-shm")
	if err != nil {
		return false
	}
	defer f.Close()
	lock := syscall.Flock_t{Type: syscall.F_WRLCK, Whence: io.SeekStart, Start: 128, Len: 1}
	if err := syscall.FcntlFlock(f.Fd(), syscall.F_GETLK, &lock); err != nil {
		return false
	}
	return lock.Type != syscall.F_UNLCK
}
