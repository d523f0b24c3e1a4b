package storage

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"syscall"
)

// The archive files that this process has open. Opening and closing one of them
// past SQLite would drop SQLite's locks on it (sqlite.org, "How To Corrupt An
// SQLite Database File", 2.2).
var (
	openMu    sync.Mutex
	openFiles []os.FileInfo
)

func isOpen(path string) bool {
	st, err := os.Stat(path)
	if err != nil {
		return false
	}
	openMu.Lock()
	defer openMu.Unlock()
	for _, o := range openFiles {
		if os.SameFile(o, st) {
			return true
		}
	}
	return false
}

func markOpen(path string) os.FileInfo {
	st, err := os.Stat(path)
	if err != nil {
		return nil
	}
	openMu.Lock()
	defer openMu.Unlock()
	openFiles = append(openFiles, st)
	return st
}

func markClosed(st os.FileInfo) {
	openMu.Lock()
	defer openMu.Unlock()
	for i, o := range openFiles {
		if st != nil && o == st {
			openFiles = append(openFiles[:i], openFiles[i+1:]...)
			return
		}
	}
}

// pending says whether changes lie beside the file in its write-ahead log.
func pending(path string) bool {
	st, err := os.Stat(realName(path) + "-wal")
	return err == nil && st.Size() > 0
}

// realName is a path without links: SQLite keeps its files beside what a link
// leads to.
func realName(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	return path
}

// cutOff refuses a file that is shorter than its header says (SQLite's file
// format, 1.3.7: the size in pages, which counts where the two change counters
// agree). While changes lie beside it, the header may run ahead.
func cutOff(path string, head []byte) error {
	if string(head[24:28]) != string(head[92:96]) || pending(path) {
		return nil
	}
	page := int64(binary.BigEndian.Uint16(head[16:]))
	if page == 1 {
		page = 65536
	}
	want := page * int64(binary.BigEndian.Uint32(head[28:]))
	if st, err := os.Stat(path); err == nil && st.Size() < want {
		return fmt.Errorf("opening archive %s: %w: it has lost its end, %d of %d bytes are there: %s", path, ErrDamaged, st.Size(), want, wayOut)
	}
	return nil
}

// looksLikeArchive reads the first 100 bytes: SQLite's header with our mark.
func looksLikeArchive(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("opening archive %s: %w", path, err)
	}
	defer f.Close()
	if st, err := f.Stat(); err == nil && st.IsDir() {
		return fmt.Errorf("opening archive %s: it is a folder: %w", path, ErrNotArchive)
	}
	head := make([]byte, 100)
	if _, err := io.ReadFull(f, head); err != nil || string(head[:16]) != "SQLite format 3\x00" {
		return fmt.Errorf("opening archive %s: %w: choose a file made by Fonds; where it was one, its beginning is damaged: %s", path, ErrNotArchive, wayOut)
	}
	if err := cutOff(path, head); err != nil {
		return err
	}
	// A copy, which has no journal, beside that of the file whose place it took.
	if head[18] == 1 && pending(path) {
		return journalError(path)
	}
	// While changes lie beside it, our mark may be among them.
	if id := binary.BigEndian.Uint32(head[68:]); id != applicationID && (id != 0 || !pending(path)) {
		return fmt.Errorf("opening archive %s: it is a database of another program: %w", path, ErrNotArchive)
	}
	return nil
}

// writable says whether the file and its folder, where SQLite puts its journal,
// may be written. That the disk is full or fails is another matter, and an error.
func writable(path string) (bool, error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return false, nil
	}
	f.Close()
	if f, err = os.CreateTemp(filepath.Dir(path), ".fonds-probe-*"); err == nil {
		f.Close()
		os.Remove(f.Name())
	}
	if noRoom(err) || errors.Is(err, syscall.EIO) {
		return false, err
	}
	return err == nil, nil
}
