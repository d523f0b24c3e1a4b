package intake

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"
)

// ownFresh is how long what was seen of the archive's own files counts: to look for
// them beside each file takes longer than to read it.
const ownFresh = 100 * time.Millisecond

// itself knows the files of the open archive, by what they are and not by their
// names: a link may be called anything. SQLite makes and removes those beside
// the archive as it works, next to the file that the path leads to, so that they
// are looked for again and again.
func itself(path string) func(fs.FileInfo) bool {
	names := []string{path}
	if real, err := filepath.EvalSymlinks(path); err == nil && real != path {
		names = append(names, real)
	}
	var mu sync.Mutex
	var own []fs.FileInfo
	var at time.Time
	return func(info fs.FileInfo) bool {
		mu.Lock()
		defer mu.Unlock()
		if own == nil || time.Since(at) > ownFresh {
			own, at = own[:0], time.Now()
			for _, name := range names {
				for _, end := range []string{"", "-wal", "-shm", "-journal"} {
					if info, err := os.Stat(name + end); err == nil {
						own = append(own, info)
					}
				}
			}
		}
		return slices.ContainsFunc(own, func(o fs.FileInfo) bool { return os.SameFile(o, info) })
	}
}
