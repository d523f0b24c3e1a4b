package storage

import (
	"encoding/binary"
	"fmt"
	"os"
	"sync"
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
	st, err := os.Stat(path + "-wal")
	return err == nil && st.Size() > 0
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
